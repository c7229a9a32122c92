//! One section of the canvas: what it shows, and in which shape.

use serde::{Deserialize, Serialize};

use super::is_false;

/// One section of the canvas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its key.
    pub key: String,
    /// How it is drawn.
    pub shape: Shape,
    /// The asks or lists whose cards it shows.
    pub from: Vec<String>,
    /// Only what was kept.
    #[serde(default, skip_serializing_if = "is_false")]
    pub kept: bool,
    /// Show, beside what was kept, what was parked and why.
    #[serde(default, skip_serializing_if = "is_false")]
    pub parked: bool,
    /// Asks whose linked cards stand under each line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<String>,
    /// The phase that fills it.
    pub phase: String,
    /// Which of the five conditions of Collective Impact it shows, if one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<Element>,
}

/// How a section is drawn. A closed set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A line a card.
    Lines,
    /// One sentence, large.
    Sentence,
    /// A tree of cards with one core.
    Tree,
    /// A row a card, a column a field.
    Table,
    /// Partner by card, for example roles.
    Matrix,
    /// Counts of figures for every card.
    Bars,
    /// Steps with owner and date.
    Steps,
    /// Single words, each with its giver.
    Words,
}

/// The five conditions of Collective Impact (background paper 31, in our words).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Element {
    /// One understanding and one joint approach.
    Agenda,
    /// The same few measures.
    Measurement,
    /// Activities that fit together.
    Activities,
    /// Steady exchange inside and outside.
    Communication,
    /// Somebody who holds it together.
    Backbone,
}
