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
    /// A second way to draw it, where its shape alone does not say enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chart: Option<Chart>,
    /// Left out while there is nothing in it: for what only some partnerships ask.
    #[serde(default, skip_serializing_if = "is_false")]
    pub when_filled: bool,
    /// Which of the Path's four promises it keeps, if one: a report is ordered by them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
}

/// A second way to draw a section. A closed set; what it names are asks, fields and choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Chart {
    /// For a tree: card by partner, who works on what.
    Map {
        /// The ask beside the tree whose cards say who works on what.
        ask: String,
        /// Its choice field that says how far.
        field: String,
        /// The choices that mean *now*; the cell is filled.
        now: Vec<String>,
        /// The choices that mean *planned*; the cell is outlined.
        planned: Vec<String>,
    },
    /// For a table: a scale a row, from a first number to a goal.
    Scale {
        /// The ask whose fields follow.
        ask: String,
        /// The field that holds the first number.
        baseline: String,
        /// The field that holds the goal.
        target: String,
        /// The field that says what is counted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
    },
    /// For a table: two choices as two axes, each card in its corner.
    Grid {
        /// The ask whose cards are placed.
        ask: String,
        /// The choice field from left to right.
        across: String,
        /// The choice field from below to above.
        up: String,
    },
}

/// What the Path promises a partnership (Path card, in our words).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Promise {
    /// One understanding of the issue, one vision, one purpose.
    Understanding,
    /// One way to see whether we get there.
    Tracking,
    /// A clear structure of roles that works.
    Structure,
    /// Agreements on talking, sharing what we know, and the next steps.
    Agreements,
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
