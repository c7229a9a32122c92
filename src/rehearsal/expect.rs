//! What a section of the canvas must hold at the end of a rehearsal.
//!
//! One shape for all sections: only what is written down is compared, but that exactly.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What one section must hold. Parts that are not written down are not compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// One sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<SentenceExpected>,
    /// Lines, in this order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<LineExpected>>,
    /// What was put aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parked: Option<Vec<ParkedExpected>>,
    /// Rows of a table; the keys are those of the fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<Vec<BTreeMap<String, String>>>,
    /// A tree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tree: Option<TreeExpected>,
    /// What each partner took on, by short name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matrix: Option<BTreeMap<String, RoleExpected>>,
    /// Counts for each card, by its words and by pile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bars: Option<BTreeMap<String, BTreeMap<String, u32>>>,
    /// Next steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<StepExpected>>,
    /// One word for each person, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<BTreeMap<String, String>>,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentenceExpected {
    /// Its words.
    pub text: String,
    /// Remarks printed with it.
    #[serde(default)]
    pub remarks: Vec<String>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineExpected {
    /// Its words.
    pub text: String,
    /// The smaller words beside it, where it has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<String>,
    /// The group it comes from, by the script's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The words of the card it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

/// Something put aside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParkedExpected {
    /// Its words.
    pub text: String,
    /// Why.
    pub reason: String,
}

/// A tree: its core, and what lies under what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TreeExpected {
    /// The core's words.
    pub core: String,
    /// Every card and the one above it.
    pub under: Vec<UnderExpected>,
    /// Links across.
    #[serde(default)]
    pub cross: Vec<CrossExpected>,
}

/// A card and the one above it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnderExpected {
    /// The card's words.
    pub text: String,
    /// The words of the one above.
    pub under: String,
}

/// A link across the tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrossExpected {
    /// The words of the card that leads.
    pub from: String,
    /// The words of the card it leads to.
    pub to: String,
}

/// A partner's part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleExpected {
    /// The primary role's name.
    pub primary: String,
    /// Supporting roles.
    #[serde(default)]
    pub support: Vec<String>,
    /// The key of its answer: accept, subject, decline.
    #[serde(default)]
    pub answer: String,
    /// What the canvas says beside the answer: that it stands subject to approval.
    #[serde(default)]
    pub condition: String,
    /// Its note.
    #[serde(default)]
    pub note: String,
}

/// A next step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepExpected {
    /// What.
    pub step: String,
    /// For which field or priority.
    #[serde(rename = "for")]
    pub for_: String,
    /// Whose, by name.
    pub owner: String,
    /// Until when.
    pub due: String,
}
