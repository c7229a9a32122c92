//! Two canvases compared: what came, what went, what changed, section by section.
//!
//! Lines are matched by the card they come from, so a line that was worded anew is one that changed, and so
//! is one that was made from lines of before. What neither canvas shows is not told.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::path::CardId;

use super::Canvas;
use super::entries::{Entry, Key, of_partners, of_phases, of_section};

/// What came, went and changed between two canvases.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The older one.
    pub old: Side,
    /// The newer one.
    pub new: Side,
    /// How many lines came.
    pub came: usize,
    /// How many went.
    pub went: usize,
    /// How many changed.
    pub changed: usize,
    /// What is different, by section in the plan's order; the head's first. Nothing that is alike.
    pub parts: Vec<Different>,
    /// The canvas's own words, for whoever tells it.
    pub words: BTreeMap<String, String>,
}

/// One of the two canvases.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Side {
    /// As of when.
    pub at: DateTime<FixedOffset>,
    /// The newest published version by then.
    pub version: Option<u16>,
}

/// What is different in one section.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Different {
    /// The section's key; none for what stands in the head.
    pub section: Option<String>,
    /// Its name.
    pub title: String,
    /// Lines that came.
    pub came: Vec<Told>,
    /// Lines that went.
    pub went: Vec<Told>,
    /// Lines that changed.
    pub changed: Vec<Changed>,
}

/// A line that came or went.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Told {
    /// Its card, where it comes from one.
    pub card: Option<CardId>,
    /// What it says.
    pub text: String,
}

/// A line that changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changed {
    /// Its card today, where it comes from one.
    pub card: Option<CardId>,
    /// What it said; several lines, if several were joined into it.
    pub before: Vec<String>,
    /// What it says.
    pub after: String,
}

impl Different {
    fn is_nothing(&self) -> bool {
        self.came.is_empty() && self.went.is_empty() && self.changed.is_empty()
    }
}

impl Comparison {
    /// Whether both show the same.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.parts.is_empty()
    }
}

/// What came, went and changed from one canvas to another.
#[must_use]
pub fn compare(old: &Canvas, new: &Canvas) -> Comparison {
    let word = |key: &str| new.words.get(key).cloned().unwrap_or_default();
    let mut parts = vec![
        different(None, &word("where"), of_phases(old), of_phases(new)),
        different(None, &word("who"), of_partners(old), of_partners(new)),
    ];
    for key in keys(old, new) {
        let in_old = old.sections.iter().find(|section| section.key == key);
        let in_new = new.sections.iter().find(|section| section.key == key);
        let title = in_new.or(in_old).map_or("", |section| section.title.as_str());
        let before = in_old.map(|section| of_section(old, section)).unwrap_or_default();
        let after = in_new.map(|section| of_section(new, section)).unwrap_or_default();
        parts.push(different(Some(key), title, before, after));
    }
    parts.retain(|part| !part.is_nothing());
    let side =
        |canvas: &Canvas| Side { at: canvas.head.at, version: canvas.head.version.as_ref().map(|version| version.nth) };
    Comparison {
        old: side(old),
        new: side(new),
        came: parts.iter().map(|part| part.came.len()).sum(),
        went: parts.iter().map(|part| part.went.len()).sum(),
        changed: parts.iter().map(|part| part.changed.len()).sum(),
        parts,
        words: new.words.clone(),
    }
}

/// The sections of both, in the order of the new one; what only the old one has comes last.
fn keys(old: &Canvas, new: &Canvas) -> Vec<String> {
    let mut keys: Vec<String> = new.sections.iter().map(|section| section.key.clone()).collect();
    for section in &old.sections {
        if !keys.contains(&section.key) {
            keys.push(section.key.clone());
        }
    }
    keys
}

fn different(section: Option<String>, title: &str, old: Vec<Entry>, new: Vec<Entry>) -> Different {
    let mut part = Different { section, title: title.to_owned(), ..Different::default() };
    let mut left: Vec<Option<Entry>> = old.into_iter().map(Some).collect();
    let mut fresh = Vec::new();
    for entry in new {
        let same = left.iter_mut().find(|old| old.as_ref().is_some_and(|old| old.key == entry.key));
        match same.and_then(Option::take) {
            Some(old) if old.text == entry.text => {}
            Some(old) => part.changed.push(entry.changed(vec![old.text])),
            None => fresh.push(entry),
        }
    }
    for entry in fresh {
        let sources = left.iter_mut().filter(|old| old.as_ref().is_some_and(|old| entry.is_made_from(old)));
        let before: Vec<String> = sources.filter_map(Option::take).map(|old| old.text).collect();
        if before.is_empty() {
            part.came.push(entry.told());
        } else {
            part.changed.push(entry.changed(before));
        }
    }
    part.went = left.into_iter().flatten().map(Entry::told).collect();
    part
}

impl Entry {
    /// Whether the card of another line is among those this one was made from.
    fn is_made_from(&self, old: &Self) -> bool {
        matches!(old.key, Key::Card(card) if self.origins.contains(&card))
    }

    fn card(&self) -> Option<CardId> {
        match self.key {
            Key::Card(card) | Key::Beside(card, _) => Some(card),
            Key::Partner(_) | Key::Phase(_) | Key::Remark(_) => None,
        }
    }

    fn told(self) -> Told {
        Told { card: self.card(), text: self.text }
    }

    fn changed(self, before: Vec<String>) -> Changed {
        Changed { card: self.card(), before, after: self.text }
    }
}
