//! Sections: what each shows by its shape, and how far it has come.

use serde::Serialize;

use crate::path::plan::{self, Element, Shape};

use super::bars::{self, Bars};
use super::chart::{self, Chart};
use super::line::{self, Group, Line, PutAside, Remark};
use super::matrix::{self, Matrix, Role};
use super::mirror;
use super::steps::{self, Step, Word};
use super::table::{self, Table};
use super::tree::{self, Tree};
use super::wall::Wall;

/// One section of the canvas.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// Its key in the plan.
    pub key: String,
    /// Its name.
    pub title: String,
    /// What stands there while it is empty: an invitation.
    pub invitation: String,
    /// The phase that fills it: key.
    pub phase: String,
    /// The phase that fills it: name.
    pub phase_name: String,
    /// Which of the five conditions of Collective Impact it shows, if one.
    pub element: Option<Element>,
    /// How far it has come.
    pub state: Fill,
    /// What it shows.
    pub body: Body,
    /// A second way to draw it, where the plan asks for one.
    pub chart: Option<Chart>,
    /// What people said with all of it when they were asked whether it stands.
    pub remarks: Vec<Remark>,
    /// What was put aside, with the reasons.
    pub put_aside: Vec<PutAside>,
}

/// How far a section has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fill {
    /// Nothing there, nothing asked.
    Empty,
    /// Asked, or still being gathered.
    Begun,
    /// There, and nothing that fills it is open.
    Filled,
}

/// What a section shows, by its shape.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "shape", rename_all = "kebab-case")]
pub enum Body {
    /// A line a card.
    Lines {
        /// The lines, by triad where the cards carry one.
        groups: Vec<Group>,
    },
    /// One card said large.
    Sentence {
        /// The card; none: nothing yet.
        line: Option<Box<Line>>,
    },
    /// A tree of cards.
    Tree(Tree),
    /// A row a card.
    Table(Table),
    /// Partner by card.
    Matrix(Matrix),
    /// Counts of figures.
    Bars(Bars),
    /// Steps with owner and date.
    Steps {
        /// The steps, by date.
        steps: Vec<Step>,
    },
    /// Single words, each with its giver.
    Words {
        /// The words in the order they were given.
        words: Vec<Word>,
    },
}

impl Section {
    /// Whether it only says large what the head of the canvas says already.
    pub(super) fn is_in_head(&self, head: &super::Head) -> bool {
        let card = |line: &Line| line.source.cards.first().map(|origin| origin.card);
        match (&self.body, &head.issue) {
            (Body::Sentence { line: Some(line) }, Some(issue)) => card(line) == card(issue),
            _ => false,
        }
    }
}

impl Body {
    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Lines { groups } => groups.iter().all(|group| group.lines.is_empty()),
            Self::Sentence { line } => line.is_none(),
            Self::Tree(tree) => tree.is_empty(),
            Self::Table(table) => table.rows.is_empty(),
            Self::Matrix(matrix) => matrix.roles.iter().all(Role::is_empty),
            Self::Bars(bars) => !bars.counted,
            Self::Steps { steps } => steps.is_empty(),
            Self::Words { words } => words.is_empty(),
        }
    }
}

/// A section as the plan describes it, drawn; none if it is left out while it is empty.
pub(super) fn compile(wall: &Wall<'_>, section: &plan::Section) -> Option<Section> {
    let mut body = match section.shape {
        Shape::Lines => Body::Lines { groups: line::compile(wall, section) },
        Shape::Sentence => Body::Sentence { line: line::sentence(wall, section).map(Box::new) },
        Shape::Tree => Body::Tree(mirror::compile(wall, section).unwrap_or_else(|| tree::compile(wall, section))),
        Shape::Table => Body::Table(table::compile(wall, section)),
        Shape::Matrix => Body::Matrix(matrix::compile(wall, section)),
        Shape::Bars => Body::Bars(bars::compile(wall, section)),
        Shape::Steps => Body::Steps { steps: steps::compile(wall, section) },
        Shape::Words => Body::Words { words: steps::words(wall, section) },
    };
    if section.when_filled && body.is_empty() {
        return None;
    }
    let remarks = match &mut body {
        Body::Lines { groups } => line::lift_remarks(groups),
        _ => Vec::new(),
    };
    let (title, invitation) = wall.captions.section(&section.key);
    let chart = chart::compile(wall, section, &body);
    Some(Section {
        key: section.key.clone(),
        title,
        invitation,
        phase: section.phase.clone(),
        phase_name: wall.captions.phase(&section.phase),
        element: section.element,
        state: fill(wall, section, body.is_empty()),
        body,
        chart,
        remarks,
        put_aside: line::put_aside(wall, section),
    })
}

/// How far a section has come: by what is there, and by the windows of what fills it.
fn fill(wall: &Wall<'_>, section: &plan::Section, empty: bool) -> Fill {
    let windows: Vec<_> = section.from.iter().filter_map(|key| wall.board.window_of(key)).collect();
    let open = windows.iter().any(|window| window.is_open());
    match (empty, open) {
        (false, false) => Fill::Filled,
        (_, true) => Fill::Begun,
        (true, false) => Fill::Empty,
    }
}
