//! How much a picture may hold: more than a reader would read is left out, and that is said.
//!
//! One measure for a whole order: every list is cut at the same length, the greatest with which all of
//! it weighs no more than a picture can carry. So a long list does not push the others out, and what
//! hundreds of people wrote is drawn as quickly as what a dozen did.

use serde_json::{Map, Value};

use crate::canvas::captions::fill;

/// The longest list.
const LIST_MAX: usize = 60;
/// The longest text, in letters: what can be typed in any one box fits.
const LETTERS_MAX: usize = 4000;
/// What a picture carries: so many things, a thing being a text, or two hundred letters of one. A whole
/// Path of five partners weighs 1,200.
const WEIGHT_MAX: usize = 4_000;
/// Letters that weigh as much as a text.
const LETTERS_A_THING: usize = 200;
/// Cards and counts that a source names.
const SOURCES_MAX: usize = 24;
/// Lists that are never cut: the canvas's own order, and facts about one thing; nor are lists of numbers.
const WHOLE: [&str; 6] = ["cells", "columns", "elements", "phases", "piles", "sections"];

/// Cuts a canvas to what a picture can carry, and says what was left out: of one section, if only that one
/// is drawn, else section by section.
pub(super) fn cap(canvas: &mut Value, drawn: Option<&str>) -> Vec<String> {
    shorten(canvas);
    let limit = widest(canvas);
    let word = canvas["words"]["left_out"].as_str().unwrap_or_default().to_owned();
    let said = |title: &Value, left: usize| {
        fill(&fill(&word, "n", &left.to_string()), "section", title.as_str().unwrap_or_default())
    };
    let mut footnotes = Vec::new();
    let mut left = 0;
    cut(&mut canvas["head"], limit, &mut left);
    if left > 0 && drawn.is_none() {
        footnotes.push(said(&canvas["head"]["name"], left));
    }
    for section in canvas["sections"].as_array_mut().into_iter().flatten() {
        let alone = drawn.is_some_and(|key| section["key"] == key);
        // Alone a section has the whole picture's room for itself.
        let limit = if alone { widest(section) } else { limit };
        let mut left = 0;
        for part in ["body", "remarks", "put_aside"] {
            cut(&mut section[part], limit, &mut left);
        }
        // A chart shows what the body holds, so what it leaves out is counted already.
        cut(&mut section["chart"], limit, &mut 0);
        section["left_out"] = left.into();
        if left > 0 {
            let note = said(&section["title"], left);
            section["left_out_said"] = note.clone().into();
            if alone || drawn.is_none() {
                footnotes.push(note);
            }
        }
    }
    footnotes
}

/// The greatest length of lists with which a canvas is light enough; 1 if none is.
fn widest(canvas: &Value) -> usize {
    let light = |limit: usize| weight(canvas, limit) <= WEIGHT_MAX;
    let (mut fits, mut heavy) = (1, LIST_MAX + 1);
    while heavy - fits > 1 {
        let middle = usize::midpoint(fits, heavy);
        if light(middle) { fits = middle } else { heavy = middle }
    }
    fits
}

/// What a value weighs if its lists are cut.
fn weight(value: &Value, limit: usize) -> usize {
    weight_of(value, limit, limit)
}

/// The same, if itself is a list that may be longer than those in it.
fn weight_of(value: &Value, own: usize, limit: usize) -> usize {
    match value {
        Value::String(text) => 1 + text.len() / LETTERS_A_THING,
        Value::Array(list) => list.iter().take(own).map(|one| weight(one, limit)).sum(),
        Value::Object(fields) => {
            let drawn = fields.iter().filter(|(key, _)| !matches!(key.as_str(), "source" | "words"));
            let limit_of = |key: &str| if WHOLE.contains(&key) { usize::MAX } else { limit };
            drawn.map(|(key, value)| weight_of(value, limit_of(key), limit)).sum()
        }
        _ => 0,
    }
}

/// Cuts the lists in a value, and counts what is left out, with all that hangs on it.
fn cut(value: &mut Value, limit: usize, left: &mut usize) {
    match value {
        Value::Array(list) if !list.first().is_some_and(Value::is_number) => {
            *left += list.iter().skip(limit).map(things).sum::<usize>();
            list.truncate(limit);
            for one in list {
                cut(one, limit, left);
            }
        }
        Value::Object(fields) => cut_fields(fields, limit, left),
        _ => {}
    }
}

fn cut_fields(fields: &mut Map<String, Value>, limit: usize, left: &mut usize) {
    for (key, value) in fields {
        match key.as_str() {
            "source" if value.is_object() => {
                for list in ["cards", "counts"] {
                    value[list].as_array_mut().into_iter().for_each(|list| list.truncate(SOURCES_MAX));
                }
            }
            key if WHOLE.contains(&key) => {}
            _ => cut(value, limit, left),
        }
    }
}

/// How many cards are in something that is left out: itself and what grows on it, or the lines of a group.
fn things(value: &Value) -> usize {
    let of = |key: &str| value[key].as_array().map_or(0, |list| list.iter().map(things).sum());
    let itself = usize::from(value.get("lines").is_none());
    itself + of("children") + of("lines")
}

/// Shortens texts that nobody could have typed.
pub(super) fn shorten(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some((end, _)) = text.char_indices().nth(LETTERS_MAX) {
                text.truncate(end);
                text.push('…');
            }
        }
        Value::Array(list) => list.iter_mut().for_each(shorten),
        Value::Object(fields) => fields.values_mut().for_each(shorten),
        _ => {}
    }
}
