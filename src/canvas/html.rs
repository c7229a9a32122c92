//! The canvas as one self-contained HTML file: no script, nothing fetched, all words escaped.
//!
//! The template engine escapes every value by the file's name; the content policy forbids whatever
//! an overlooked escape could start: no script, no image, no style but the one named by its hash.

use chrono::{DateTime, FixedOffset};
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value, context};
use serde::Deserialize;

use super::captions::{self, Captions};
use super::{Body, Canvas};

/// The page, and the shapes that it draws sections with.
const TEMPLATES: [(&str, &str); 3] = [
    (PAGE, include_str!("canvas.html")),
    ("parts.html", include_str!("parts.html")),
    ("shapes.html", include_str!("shapes.html")),
];
const PAGE: &str = "canvas.html";
/// The style of every page of ours.
pub const STYLE: &str = include_str!("canvas.css");
/// The hash that lets exactly this style through the content policy; a test recomputes it.
pub const STYLE_HASH: &str = "sha256-+MLBF1dTwX8rP/QeKstfkBQQfbn6HfWA9Gzl56qWtLU=";

/// What stands around the canvas where it is served by itself, and kept new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// Where the page's script is, seen from the page.
    pub script: String,
    /// A mark of what the page shows; when it changes, there is something new.
    pub mark: String,
    /// The same canvas in other forms: where, and the word for it.
    pub files: Vec<(String, String)>,
}

/// The canvas as HTML: one file that needs nothing else.
#[must_use]
pub fn html(canvas: &Canvas) -> String {
    page(canvas, None)
}

/// The canvas as the page that a server keeps new. The server has to send the content policy.
#[must_use]
pub fn live(canvas: &Canvas, around: &Around) -> String {
    page(canvas, Some(around))
}

fn page(canvas: &Canvas, around: Option<&Around>) -> String {
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
    engine.add_filter("day", move |at: Serde<DateTime<FixedOffset>>| days.day_of(at.0));
    engine.add_filter("people", move |count: Serde<Counted>| {
        format!("{}, {}", words.people(count.people), words.partners(count.partners))
    });
    engine.add_filter("fill", |word: &str, gap: &str, value: Value| captions::fill(word, gap, &value.to_string()));
    engine.add_filter("unbroken", unbroken);
    for (name, template) in TEMPLATES {
        engine.add_template(name, template).expect(BUG);
    }
    let template = engine.get_template(PAGE).expect(BUG);
    let page = template.render(context! {
        canvas => value(canvas),
        w => Serde(&canvas.words),
        style => STYLE,
        style_hash => STYLE_HASH,
        around => around.map(Around::value),
    });
    page.expect(BUG)
}

/// Keeps a month in one piece, *2025-11*: no line ends at a hyphen between two digits.
fn unbroken(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let mut out = String::with_capacity(text.len());
    for (at, letter) in letters.iter().enumerate() {
        out.push(*letter);
        if *letter == '-' && is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) {
            out.push('\u{2060}');
        }
    }
    out
}

impl Around {
    fn value(&self) -> Value {
        let files: Vec<Value> =
            self.files.iter().map(|(address, word)| context! { address => address, word => word }).collect();
        context! { script => self.script.as_str(), mark => self.mark.as_str(), files => files }
    }
}

/// What the filter for counts reads of one.
#[derive(Deserialize)]
struct Counted {
    people: u32,
    partners: u32,
}

/// The canvas as the template sees it: each section also says whether it has
/// nothing to show, or nothing that the head does not show; a matrix also what is in its cells.
fn value(canvas: &Canvas) -> Value {
    let mut json = serde_json::to_value(canvas).unwrap_or_default();
    let sections = json.get_mut("sections").and_then(serde_json::Value::as_array_mut);
    for (section, drawn) in canvas.sections.iter().zip(sections.into_iter().flatten()) {
        drawn["vacant"] = section.body.is_empty().into();
        drawn["in_head"] = section.is_in_head(&canvas.head).into();
        if let Body::Matrix(matrix) = &section.body {
            for (offer, drawn) in matrix.offers.iter().zip(drawn["body"]["offers"].as_array_mut().into_iter().flatten())
            {
                let parts: Vec<_> = matrix.roles.iter().map(|role| role.part(offer.card)).collect();
                drawn["parts"] = serde_json::to_value(parts).unwrap_or_default();
            }
        }
    }
    Value::from(Serde(json))
}
