//! Reports: what a partnership takes home, made from a [`View`] and from nothing else.
//!
//! [`make`] makes one of four: the *final report* in the order of the Path's promises, the *pre-read*
//! for a meeting, a partner's *memorandum* to be completed by its own people, and a person's own
//! sheet. A [`Report`] is headings and blocks, without looks; [`markdown`] and [`docx`] turn it into
//! documents, and its JSON is what the printed form is drawn from.

use serde::Serialize;

use crate::path::{PartnerId, View};

use super::captions::Captions;
use super::wall::Wall;
use super::{Canvas, compile};

mod below;
mod docx;
mod doubts;
mod ending;
mod gaps;
mod log;
mod markdown;
mod memorandum;
mod mine;
mod preread;
mod shapes;
mod short;
mod words;

pub use docx::docx;
pub use markdown::markdown;
pub(super) use words::WORDS;

/// Which report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What the Path promised and what the partnership has.
    Final,
    /// What to know before the next meeting.
    Preread,
    /// A draft of what one partner commits to.
    Memorandum(PartnerId),
    /// What the person who looks has given.
    Mine,
}

impl Kind {
    /// Its name in file names and menus.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Final => "final",
            Self::Preread => "preread",
            Self::Memorandum(_) => "memorandum",
            Self::Mine => "mine",
        }
    }
}

/// A report: headings and blocks, without looks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Which report, by [`Kind::key`].
    pub kind: &'static str,
    /// Language of its words (`en`).
    pub language: String,
    /// Its title.
    pub title: String,
    /// What it is, and of whom.
    pub subtitle: String,
    /// The day it speaks of, in words.
    pub day: String,
    /// The same moment on the clock by which it is told, as `2026-04-10T18:00:00+03:00`.
    pub at: String,
    /// Its parts in order.
    pub parts: Vec<Part>,
}

/// A heading and what stands under it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// The heading.
    pub heading: String,
    /// How deep it lies: 1 or 2.
    pub level: u8,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

/// One block.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A paragraph.
    Text {
        /// What it says.
        text: String,
    },
    /// A list.
    List {
        /// Its items.
        items: Vec<String>,
        /// How deep each item lies, from 0; empty where all lie at the top.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        depths: Vec<u8>,
    },
    /// A table.
    Table {
        /// Its headings.
        columns: Vec<String>,
        /// Its rows, each as long as the headings.
        rows: Vec<Vec<String>>,
    },
    /// What the group or somebody said, in their words.
    Quote {
        /// The words.
        text: String,
        /// Whose, or where from; may be empty.
        by: String,
    },
    /// A line to fill in by hand.
    Blank {
        /// What belongs there.
        label: String,
    },
    /// A word of our own, set apart.
    Note {
        /// What it says.
        text: String,
    },
}

impl Block {
    fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    fn note(text: impl Into<String>) -> Self {
        Self::Note { text: text.into() }
    }

    fn blank(label: impl Into<String>) -> Self {
        Self::Blank { label: label.into() }
    }

    fn quote(text: impl Into<String>, by: impl Into<String>) -> Self {
        Self::Quote { text: text.into(), by: by.into() }
    }

    /// A list; nothing if it is empty.
    fn list(items: Vec<String>) -> Option<Self> {
        (!items.is_empty()).then_some(Self::List { items, depths: Vec::new() })
    }

    /// A list of items with their depths; nothing if it is empty.
    fn branches(branches: Vec<(u8, String)>) -> Option<Self> {
        let (depths, items): (Vec<u8>, Vec<String>) = branches.into_iter().unzip();
        (!items.is_empty()).then_some(Self::List { items, depths })
    }

    /// A table; nothing if it has no rows.
    fn table(columns: Vec<String>, rows: Vec<Vec<String>>) -> Option<Self> {
        (!rows.is_empty()).then_some(Self::Table { columns, rows })
    }
}

impl Part {
    fn new(level: u8, heading: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { heading: heading.into(), level, blocks }
    }
}

/// What every report is made from.
struct Maker<'a> {
    wall: Wall<'a>,
    canvas: Canvas,
    words: &'a Captions,
}

impl Maker<'_> {
    fn say(&self, key: &str) -> String {
        self.words.say(key).to_owned()
    }

    fn tell(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        self.words.tell(key, gaps)
    }

    fn report(&self, kind: Kind, subtitle: String, parts: Vec<Part>) -> Report {
        let at = self.canvas.head.at;
        Report {
            kind: kind.key(),
            language: self.canvas.language.clone(),
            title: self.canvas.head.name.clone(),
            subtitle,
            day: self.words.day_of(at),
            at: at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            parts,
        }
    }
}

/// A report of what a view shows; none for a partner it does not show, and no sheet of one's own for
/// whoever is not one person.
#[must_use]
pub fn make(view: &View, captions: &Captions, kind: Kind) -> Option<Report> {
    let maker = Maker { wall: Wall::new(view, captions), canvas: compile(view, captions), words: captions };
    match kind {
        Kind::Final => Some(ending::report(&maker)),
        Kind::Preread => Some(preread::report(&maker)),
        Kind::Memorandum(partner) => memorandum::report(&maker, partner),
        Kind::Mine => mine::report(&maker),
    }
}

/// A report as JSON.
#[must_use]
pub fn json(report: &Report) -> String {
    serde_json::to_string_pretty(report).expect("BUG: a report holds only texts, numbers and lists")
}
