//! A Path as data: phases, their sittings, their asks, and what becomes of the answers.
//!
//! `prompts/path.toml` is read straight into these types; the words stand beside it, one file a
//! phase. So a new phase of known kinds needs no Rust. Everything here is a closed set: there are
//! no expressions, and no key of the shipped Path is known to the code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::ask::{Ask, By, Confirm, Fallback, Form, Kind, Named, Pile, Place, ROUNDS, Seal};
pub use self::bounds::Bounds;
pub use self::drafting::Drafting;
pub use self::field::{Field, FieldKind, LinkKind};
pub use self::poll::{Ballot, Poll};
pub use self::section::{Chart, Element, Promise, Section, Shape};

mod ask;
mod bounds;
mod drafting;
mod field;
mod poll;
mod section;

/// The source of one card that every Path has: the focal issue, as it was worded at the start.
pub const ISSUE: &str = "issue";

/// The pile of answers that everybody has in a consent round, one for each line.
pub const ANSWERS: &str = "answer";

/// The most cards that can be offered at once in one menu (Discord: 25 options a select), and so
/// the most lines of a consent round and the most items of a list.
pub const LIST_MAX: u8 = 25;

/// A whole Path: what is asked, in which order, of whom, and where it lands on the canvas.
///
/// Source: the Path card "Path of Joint Action" of the Civil Society Toolbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Which plan this is, for example `joint-action`.
    pub key: String,
    /// The phases in order.
    #[serde(rename = "phase")]
    pub phases: Vec<Phase>,
    /// What was asked beside the road: quick polls. Never in a file; a partnership's own plan gains it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Phase>,
    /// Other paces than that of the sittings' own days, for example a brisk one.
    #[serde(rename = "pace", default, skip_serializing_if = "Vec::is_empty")]
    pub paces: Vec<Pace>,
    /// Cards that are there from the start: roles, assessment fields, ground rules.
    #[serde(rename = "list", default)]
    pub lists: Vec<List>,
    /// The canvas's sections in order.
    #[serde(rename = "section", default)]
    pub sections: Vec<Section>,
}

/// One phase of the Path, for example what is done in the room in two hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Its key; also the name of its words file and of its command.
    pub key: String,
    /// Minutes the phase takes in a room (Path card); 0 where the card gives none.
    #[serde(default)]
    pub room_minutes: u16,
    /// The sittings in order.
    #[serde(rename = "sitting")]
    pub sittings: Vec<Sitting>,
    /// What must hold when the phase closes; a host may overrule with a reason.
    #[serde(rename = "check", default)]
    pub checks: Vec<Check>,
}

/// What a person meets at one go: one post, one *Start*, a few asks one after another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sitting {
    /// Its key, unique in the plan.
    pub key: String,
    /// How long its windows stay open, in working days.
    pub days: u16,
    /// What it asks of one person, in minutes.
    pub minutes: u16,
    /// Whether it decides (closes with a quorum) or gathers (closes by time).
    #[serde(default)]
    pub rule: Rule,
    /// What makes it a quick poll, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poll: Option<Poll>,
    /// The asks in order.
    #[serde(rename = "ask")]
    pub asks: Vec<Ask>,
}

/// Another pace for the whole Path: for how long each sitting stays open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    /// Its key, unique among paces.
    pub key: String,
    /// Working days, by sitting. One that does not stand here keeps its own.
    pub days: BTreeMap<String, u16>,
}

/// When a sitting may close.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// By time, with what there is.
    #[default]
    Gather,
    /// With two thirds of the people and one person of each partner.
    Decide,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// Something that must hold at the end of a phase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The rule.
    pub rule: CheckRule,
    /// The ask it looks at.
    pub ask: String,
    /// For `covers`: the list cards that must be held by someone, by key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<String>,
}

/// The closed set of checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckRule {
    /// Each giver of the ask has given.
    EachHas,
    /// What was kept lies within `keep`.
    Count,
    /// Each named card is chosen at least once.
    Covers,
    /// No text stands twice among the kept.
    Distinct,
}

/// Cards that are there from the start, by the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Its key, unique among asks and lists.
    pub key: String,
    /// The phase in whose words file its items are worded.
    pub phase: String,
    /// The items: key and words. Empty in `path.toml`; filled from the words at loading.
    #[serde(default)]
    pub items: Vec<Item>,
}

/// One card of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its key, unique in the list.
    pub key: String,
    /// Its short name.
    pub name: String,
    /// One line on it; may be empty.
    #[serde(default)]
    pub line: String,
}

impl Plan {
    /// Whether it is a Path to walk, or nothing but quick polls.
    #[must_use]
    pub fn has_road(&self) -> bool {
        !self.phases.is_empty()
    }

    /// All phases in order, and what stands beside the road.
    #[must_use]
    pub fn all_phases(&self) -> impl DoubleEndedIterator<Item = &Phase> {
        self.phases.iter().chain(&self.beside)
    }

    /// All sittings in order, each with its phase.
    pub fn sittings(&self) -> impl Iterator<Item = (&Phase, &Sitting)> {
        self.all_phases().flat_map(|phase| phase.sittings.iter().map(move |sitting| (phase, sitting)))
    }

    /// All asks in order, each with its phase and sitting.
    pub fn asks(&self) -> impl Iterator<Item = (&Phase, &Sitting, &Ask)> {
        self.sittings().flat_map(|(phase, sitting)| sitting.asks.iter().map(move |ask| (phase, sitting, ask)))
    }

    /// The ask with this key.
    #[must_use]
    pub fn ask(&self, key: &str) -> Option<&Ask> {
        self.asks().find(|(_, _, ask)| ask.key == key).map(|(_, _, ask)| ask)
    }

    /// The sitting with this key, and its phase.
    #[must_use]
    pub fn sitting(&self, key: &str) -> Option<(&Phase, &Sitting)> {
        self.sittings().find(|(_, sitting)| sitting.key == key)
    }

    /// The sitting that holds an ask, and its phase.
    #[must_use]
    pub fn sitting_of(&self, ask: &str) -> Option<(&Phase, &Sitting)> {
        self.asks().find(|(_, _, found)| found.key == ask).map(|(phase, sitting, _)| (phase, sitting))
    }

    /// The quick poll that an ask is, if it is one.
    #[must_use]
    pub fn poll(&self, ask: &str) -> Option<&Poll> {
        self.sitting_of(ask).and_then(|(_, sitting)| sitting.poll.as_ref())
    }

    /// The phase with this key.
    #[must_use]
    pub fn phase(&self, key: &str) -> Option<&Phase> {
        self.all_phases().find(|phase| phase.key == key)
    }

    /// The pace with this key.
    #[must_use]
    pub fn pace(&self, key: &str) -> Option<&Pace> {
        self.paces.iter().find(|pace| pace.key == key)
    }

    /// The list with this key.
    #[must_use]
    pub fn list(&self, key: &str) -> Option<&List> {
        self.lists.iter().find(|list| list.key == key)
    }
}
