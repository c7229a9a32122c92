//! What people answer in a script, and what they try in vain.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::script::Opening;

/// What one person answers to one ask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// *Skip*.
    Pass,
    /// *Told*.
    Told,
    /// Read to the end.
    Read,
    /// *Stands*.
    Stands,
    /// *Stands, with a remark*.
    Remark(Note),
    /// *Not yet, because…*.
    NotYet(Note),
    /// *Stands, subject to approval* by this day.
    Subject(NaiveDate),
    /// Cards, in this order.
    Cards(Vec<CardScript>),
    /// Marks on these cards.
    Marks(Vec<String>),
    /// A card for each partner, by short name.
    Assign(BTreeMap<String, String>),
    /// Figures, by pile; a card named twice takes two.
    Figures(BTreeMap<String, Vec<String>>),
    /// Cards put under others.
    Places(Vec<Put>),
}

/// Words with an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The words.
    pub words: String,
    /// Which line of the slate it is about, if it is one.
    #[serde(default)]
    pub line: Option<String>,
}

/// A card that somebody gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardScript {
    /// The script's own id.
    #[serde(default)]
    pub id: String,
    /// What stands in each field. Cards, people and partners stand by their ids in the script.
    pub fields: BTreeMap<String, String>,
    /// How it is given.
    #[serde(default)]
    pub via: Via,
    /// The card that its giver supports in its place, when they are told that it says nearly the same.
    #[serde(default)]
    pub supports: Option<String>,
    /// The card that is worded anew, if it is not a new one.
    #[serde(default)]
    pub changes: Option<String>,
}

/// How a card is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// By *Start* and its forms.
    #[default]
    Form,
    /// By the ask's command.
    Command,
    /// As an ordinary message that its author then gives.
    Message,
}

/// One card put under another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Put {
    /// The card.
    pub put: String,
    /// The one above it.
    pub under: String,
}

/// Something that must be refused, privately and kindly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrong {
    /// Who tries.
    pub who: String,
    /// In which ask.
    #[serde(default)]
    pub ask: Option<String>,
    /// A card that is not taken.
    #[serde(default)]
    pub cards: Vec<CardScript>,
    /// Figures, one too many.
    #[serde(default)]
    pub place: BTreeMap<String, Vec<String>>,
    /// A place in the tree that cannot be.
    #[serde(default)]
    pub places: Vec<Put>,
    /// The button of an older post.
    #[serde(default)]
    pub press: Option<Opening>,
    /// The refusal's key in the words.
    pub refusal: String,
}

impl Answer {
    /// The cards it gives.
    #[must_use]
    pub fn cards(&self) -> &[CardScript] {
        if let Self::Cards(cards) = self { cards } else { &[] }
    }
}
