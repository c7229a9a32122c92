//! What pictures must hold to.

mod caps;
mod faces;
mod hostile;
mod looks;
mod measured;
mod pictures;
mod shapes;
mod svg;
mod written;

use serde_json::Value;
use typst::layout::{Frame, FrameItem};

use super::{Fonts, Order, desk};

/// All that is written on the pages of an order, without spaces and breaks.
fn written(order: &Order, fonts: &Fonts) -> String {
    let document = desk::lay_out(&order.data, fonts).unwrap();
    let mut text = String::new();
    document.pages().iter().for_each(|page| read(&page.frame, &mut text));
    bare(&text)
}

fn read(frame: &Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => read(&group.frame, text),
            FrameItem::Text(run) => text.push_str(&run.text),
            _ => {}
        }
    }
}

/// A text without what only makes room in it.
fn bare(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '\u{200b}' | '\u{ad}')).collect()
}

/// Puts texts in the place of those of a canvas, in turn.
fn reword(value: &mut Value, texts: &mut impl Iterator<Item = &'static str>) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|one| reword(one, texts)),
        Value::Object(fields) => {
            for (key, inner) in fields {
                if key == "text" && inner.is_string() {
                    *inner = texts.next().unwrap().into();
                } else if key != "source" {
                    reword(inner, texts);
                }
            }
        }
        _ => {}
    }
}
