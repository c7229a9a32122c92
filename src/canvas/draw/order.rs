//! What is to be drawn, as one JSON value: it crosses to the process that draws.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::canvas::captions::fill;
use crate::canvas::escape::cut;
use crate::canvas::{Body, Canvas, Section};

use super::alt::{ALT_MAX, alt};
use super::cap;
use super::picture::Picture;

/// What it is drawn on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// One picture, as tall as it needs to be; pages once it is too tall to be looked at.
    Screen,
    /// A poster: A3 landscape.
    A3,
    /// Pages to print: A4 portrait.
    A4,
}

/// In which form it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ink {
    /// Pixels, a file a page.
    Png,
    /// A document of all pages, its text marked up for readers.
    Pdf,
    /// Shapes, a file a page.
    Svg,
}

/// What is to be drawn. Made whole here: whatever it holds is capped already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// What the templates read as `/order.json`.
    pub data: Value,
    /// On what.
    pub paper: Paper,
    /// In which form.
    pub ink: Ink,
    /// Pixels for each point, for PNG.
    pub scale: f32,
}

impl Order {
    /// A picture of a canvas.
    #[must_use]
    pub fn picture(canvas: &Canvas, picture: &Picture, paper: Paper, ink: Ink) -> Self {
        let canvas = &shown(canvas, picture);
        let mut drawn = serde_json::to_value(canvas).unwrap_or_default();
        if (picture, paper) != (&Picture::Whole, Paper::A4) {
            without_sources(&mut drawn);
        }
        let alone = picture.section(canvas).map(|section| section.key.as_str());
        let footnotes = cap::cap(&mut drawn, alone);
        let data = json!({
            "kind": "picture",
            "picture": picture.key(),
            "title": picture.title(canvas),
            "alt": alt(canvas, picture),
            "paper": paper,
            "height": null,
            "canvas": drawn,
            "footnotes": footnotes,
        });
        Self { data, paper, ink, scale: scale(picture, paper) }
    }

    /// A report, or anything else that a template of its kind can draw.
    #[must_use]
    pub fn report(report: &impl Serialize, paper: Paper, ink: Ink) -> Self {
        let mut report = serde_json::to_value(report).unwrap_or_default();
        cap::shorten(&mut report);
        let title = report["title"].clone();
        let data = json!({ "kind": "report", "title": title, "paper": paper, "height": null, "report": report, "footnotes": [] });
        Self { data, paper, ink, scale: ON_PAPER }
    }

    /// What the picture says, in words; empty for a report.
    #[must_use]
    pub fn alt(&self) -> &str {
        self.data["alt"].as_str().unwrap_or_default()
    }

    /// What is said for one of several pages: which one it is, and then what is said for all.
    #[must_use]
    pub fn of_page(&self, said: &str, nth: usize, pages: usize) -> String {
        let word = self.data["canvas"]["words"]["page"].as_str().unwrap_or_default();
        let page = fill(&fill(word, "n", &nth.to_string()), "all", &pages.to_string());
        let parts = [page.as_str(), said].into_iter().filter(|part| !part.is_empty());
        cut(&parts.collect::<Vec<_>>().join(": "), ALT_MAX, "…")
    }
}

/// What a picture shows of a canvas, and no more. So a picture that shows the same is the same order, which
/// need not be drawn twice; and no letters are missed that stand on another one.
fn shown(canvas: &Canvas, picture: &Picture) -> Canvas {
    let mut shown = canvas.timeless();
    if *picture == Picture::Whole {
        return shown;
    }
    match picture {
        Picture::Section(key) | Picture::Map(key) => shown.sections.retain(|section| section.key == *key),
        _ => shown.sections.iter_mut().for_each(close),
    }
    let head = &mut shown.head;
    (head.issue, head.version) = (None, None);
    head.partners.clear();
    if *picture != Picture::Elements {
        head.elements.clear();
    }
    if *picture != Picture::Progress {
        head.phases.clear();
        head.people_said.clear();
        head.partners_said.clear();
    }
    if !shown.sections.iter().any(is_by_triad) {
        head.groups.clear();
    }
    shown
}

/// Leaves of a section its name and how far it has come.
fn close(section: &mut Section) {
    section.body = Body::Lines { groups: Vec::new() };
    section.chart = None;
    section.remarks.clear();
    section.put_aside.clear();
}

fn is_by_triad(section: &Section) -> bool {
    matches!(&section.body, Body::Lines { groups } if groups.iter().any(|group| group.group.is_some()))
}

/// Leaves of every source only the numbers of its cards: its words are printed with the whole canvas alone.
fn without_sources(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(without_sources),
        Value::Object(fields) => {
            for (key, value) in fields {
                match value.get_mut("cards").and_then(Value::as_array_mut) {
                    Some(cards) if key == "source" => {
                        let cards: Vec<Value> = cards.iter().map(|card| json!({ "card": card["card"] })).collect();
                        *value = json!({ "summary": "", "cards": cards, "counts": [], "settled": null });
                    }
                    _ => without_sources(value),
                }
            }
        }
        _ => {}
    }
}

/// 150 dots an inch, in pixels for each point.
const ON_PAPER: f32 = 150.0 / 72.0;

/// Sharp on a phone's screen. The whole canvas is wide: one opens it and moves about in it, and it is sharp there.
fn scale(picture: &Picture, paper: Paper) -> f32 {
    match (paper, picture) {
        (Paper::Screen, Picture::Whole) => 1.5,
        (Paper::Screen, _) => 2.0,
        (Paper::A3 | Paper::A4, _) => ON_PAPER,
    }
}

/// Says on the picture which scripts it could not draw.
pub(super) fn note_missing(data: &mut Value, missing: &[String]) {
    data["missing"] = missing.into();
    let Some(word) = data["canvas"]["words"]["no_letters"].as_str() else { return };
    if !missing.is_empty() {
        let note = fill(word, "scripts", &missing.join(", "));
        if let Some(notes) = data["footnotes"].as_array_mut() {
            notes.push(note.into());
        }
    }
}
