//! One part of a card: what it takes, and how the card is joined to a chosen one.

use serde::{Deserialize, Serialize};

use super::is_false;

/// One part of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its key, unique in the ask.
    pub key: String,
    /// What it takes.
    #[serde(rename = "type")]
    pub kind: FieldKind,
    /// The most characters a line or text may have; 0 means the kind's own bound.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub chars_max: u32,
    /// Whether it may stay empty.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// Choices, as keys; their words stand in the words file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// Of the choices, those that stand subject to approval by the partner's own house, by a day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subject: Vec<String>,
    /// For a card field: the asks or lists to choose from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// For a card field: only from what was kept there.
    #[serde(default, skip_serializing_if = "is_false")]
    pub kept: bool,
    /// For a card field: how the new card is joined to the chosen one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkKind>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// One line, 140 characters unless said otherwise.
    Line,
    /// Several lines, 900 characters unless said otherwise.
    Text,
    /// One of the choices.
    Choice,
    /// A number, with a unit if wished.
    Number,
    /// A date, `2026-05-15`.
    Date,
    /// A person of the partnership.
    Person,
    /// A partner.
    Partner,
    /// A card of the sources in `from`.
    Card,
}

/// How cards are joined. A closed set (design: the materials are the model).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// Lies under: one a card, no cycle.
    Under,
    /// Says the other as if it were solved.
    Mirrors,
    /// Was made from it: merging, rewording.
    MadeFrom,
    /// Feeds back into it: a cross-link, drawn dashed.
    LeadsTo,
    /// Answers it.
    Answers,
    /// Serves it: a step serves a priority, a partner's work serves a cause.
    Serves,
    /// Stands behind it: says nearly the same, and its author supports that card instead.
    Supports,
}

impl Field {
    /// The most characters it takes.
    #[must_use]
    pub fn chars_max(&self) -> u32 {
        match (self.chars_max, self.kind) {
            (0, FieldKind::Text) => 900,
            (0, FieldKind::Line) => 140,
            (0, _) => 60,
            (bound, _) => bound,
        }
    }

    /// Whether it is typed by hand (and so stands in a form) rather than chosen.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        matches!(self.kind, FieldKind::Line | FieldKind::Text | FieldKind::Number | FieldKind::Date)
    }
}
