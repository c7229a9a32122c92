//! The canvas as one self-contained HTML file: no script, nothing fetched, all words escaped.
//!
//! The template engine escapes every value by the file's name; the content policy forbids whatever
//! an overlooked escape could start: no script, no image, no style but the one named by its hash.

use chrono::{DateTime, Utc};
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value, context};
use serde::Deserialize;

use super::Canvas;
use super::captions::{self, Captions};

const TEMPLATE: &str = include_str!("canvas.html");
pub(super) const STYLE: &str = include_str!("canvas.css");
/// The hash that lets exactly this style through the content policy; a test recomputes it.
pub(super) const STYLE_HASH: &str = "sha256-DIqaCG9JQ0OYWac9tvCm8Tk1UpdzZ0Vz1r2LX7hXOHk=";

/// The canvas as HTML.
#[must_use]
pub fn html(canvas: &Canvas) -> String {
    const BUG: &str = "BUG: the built-in template fits every canvas";
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    let words = Captions {
        labels: canvas
            .words
            .iter()
            .map(|(key, word)| (format!("canvas-{}", key.replace('_', "-")), word.clone()))
            .collect(),
        ..Captions::default()
    };
    let days = words.clone();
    engine.add_filter("day", move |at: Serde<DateTime<Utc>>| days.day_of(at.0));
    engine.add_filter("people", move |count: Serde<Counted>| {
        format!("{}, {}", words.people(count.people), words.partners(count.partners))
    });
    engine.add_filter("fill", |word: &str, gap: &str, value: Value| captions::fill(word, gap, &value.to_string()));
    engine.add_template("canvas.html", TEMPLATE).expect(BUG);
    let template = engine.get_template("canvas.html").expect(BUG);
    let page = template.render(context! {
        canvas => value(canvas),
        w => Serde(&canvas.words),
        style => STYLE,
        style_hash => STYLE_HASH,
    });
    page.expect(BUG)
}

/// What the filter for counts reads of one.
#[derive(Deserialize)]
struct Counted {
    people: u32,
    partners: u32,
}

/// The canvas as the template sees it: each section also says whether it has
/// nothing to show, or nothing that the head does not show.
fn value(canvas: &Canvas) -> Value {
    let mut json = serde_json::to_value(canvas).unwrap_or_default();
    let sections = json.get_mut("sections").and_then(serde_json::Value::as_array_mut);
    for (section, drawn) in canvas.sections.iter().zip(sections.into_iter().flatten()) {
        drawn["vacant"] = section.body.is_empty().into();
        drawn["in_head"] = section.is_in_head(&canvas.head).into();
    }
    Value::from(Serde(json))
}
