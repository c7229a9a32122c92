//! The Path canvas: a view turned into sections, and sections into documents. Pure.
//!
//! [`compile`] draws what a [`View`] shows, section by section as the plan lists them, into a
//! [`Canvas`]; [`outline`], [`html`] and [`json`] turn that value into documents. Nothing here knows
//! a key of any Path, and nothing here sees a board but through its view. Every line carries its
//! [`Source`], so that any statement can be followed back to the cards and counts it came from.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use serde::Serialize;

use crate::path::View;

mod approvals;
mod bars;
mod beside;
mod calendar;
mod captions;
mod changes;
mod chart;
mod compare;
pub mod draw;
mod entries;
mod escape;
mod head;
mod heading;
mod html;
mod line;
pub mod log;
mod matrix;
mod mirror;
mod names;
mod outline;
pub mod report;
mod section;
pub mod sheet;
mod source;
mod steps;
mod table;
mod tree;
mod wall;

pub use bars::{Bar, Bars, Pile, Reading};
pub use beside::{Beside, Confirmation, Confirmed, Part};
pub use calendar::ics;
pub use captions::{Captions, FIXED};
pub use changes::comparison_outline;
pub use chart::{Amount, Axis, Cell, Chart, Grid, Map, MapColumn, MapRow, Placed, Scale, Scales, Share};
pub use compare::{Changed, Comparison, Different, Side, Told, compare};
pub use head::{Companion, ElementState, Head, Member, Organisation, PhaseState, PhaseStep, Published, Triad};
pub use heading::Heading;
pub use html::{Around, STYLE, STYLE_HASH, html, live};
pub use line::{Group, Line, PutAside, Remark};
pub use matrix::{Matrix, Nomination, Offer, Role};
pub use outline::outline;
pub use section::{Body, Fill, Section};
pub use source::{Adopted, Count, Origin, Source};
pub use steps::{Step, Word};
pub use table::{Column, Row, Table};
pub use tree::{Cross, Node, Tree, short_ids};

/// The JSON Schema of [`json`]'s result.
pub const SCHEMA: &str = include_str!("canvas.schema.json");

/// The form of the value; raised when a reader of the JSON would have to change.
const FORMAT: u16 = 1;

/// The canvas as a value: what every document is made from, and what is published as JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Canvas {
    /// The form of this value, now 1.
    pub format: u16,
    /// Language of its words (`en`).
    pub language: String,
    /// Name, issue, where the Path is, who is on it.
    pub head: Head,
    /// The sections in the plan's order.
    pub sections: Vec<Section>,
    /// The canvas's own words, as the caller's captions word them, for whoever draws it.
    pub words: BTreeMap<String, String>,
}

impl Canvas {
    /// The same as of the day, without its hour and without the count of acts: alike as long as it shows
    /// the same, so that nobody learns from it of an act that they may not see.
    #[must_use]
    pub fn timeless(&self) -> Self {
        let mut timeless = self.clone();
        timeless.head.revision = 0;
        timeless.head.at = self.head.at - self.head.at.time().signed_duration_since(NaiveTime::MIN);
        timeless
    }
}

/// Draws what a view shows.
#[must_use]
pub fn compile(view: &View, captions: &Captions) -> Canvas {
    let wall = wall::Wall::new(view, captions);
    let sections: Vec<Section> =
        wall.board.plan.sections.iter().filter_map(|planned| section::compile(&wall, planned)).collect();
    let head = head::compile(&wall, &sections);
    Canvas {
        format: FORMAT,
        language: wall.board.partnership.language.clone(),
        head,
        sections,
        words: captions.fixed(),
    }
}

/// The canvas as JSON, by the schema in [`SCHEMA`].
#[must_use]
pub fn json(canvas: &Canvas) -> String {
    serde_json::to_string_pretty(canvas).expect("BUG: a canvas holds only texts, numbers, lists and maps keyed by text")
}

#[cfg(test)]
mod tests;
