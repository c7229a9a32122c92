//! Scales: from a first number to a goal, a row each.

use serde::Serialize;

use crate::path::plan::Ask;

use super::super::beside::Part;
use super::super::source::Source;
use super::super::table::{Row, Table};
use super::super::wall::Wall;
use super::amount::Amount;

/// A scale for each row of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Scales {
    /// How the first number is called.
    pub baseline_label: String,
    /// How the goal is called.
    pub target_label: String,
    /// The scales in the table's order.
    pub scales: Vec<Scale>,
}

/// One scale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scale {
    /// What is measured.
    pub text: String,
    /// What is counted; may be empty.
    pub unit: String,
    /// Where it stands today.
    pub baseline: Amount,
    /// Where it shall come to.
    pub target: Amount,
    /// What else is said of it, with its label: who leads, the source, the rhythm.
    pub parts: Vec<Part>,
    /// Where the row comes from.
    pub source: Source,
}

/// What the plan says of a scale.
pub(super) struct Told<'a> {
    pub ask: &'a str,
    pub baseline: &'a str,
    pub target: &'a str,
    pub unit: Option<&'a str>,
}

impl Told<'_> {
    fn is(&self, column: &str, field: &str) -> bool {
        column.split_once('.') == Some((self.ask, field))
    }
}

/// The scales of a table. What a number is called does not wait for one: the table has no column for it before.
pub(super) fn compile(wall: &Wall<'_>, told: &Told<'_>, table: &Table) -> Scales {
    let ask = wall.board.plan.ask(told.ask);
    let label = |key: &str| {
        let field =
            |ask: &Ask| ask.fields.iter().find(|field| field.key == key).map(|field| wall.field_label(ask, field));
        ask.and_then(field).unwrap_or_default()
    };
    Scales {
        baseline_label: label(told.baseline),
        target_label: label(told.target),
        scales: table.rows.iter().map(|row| scale(told, table, row)).collect(),
    }
}

fn scale(told: &Told<'_>, table: &Table, row: &Row) -> Scale {
    let cells = || table.columns.iter().zip(&row.cells);
    // Several cards may speak of one row; the last word counts.
    let field = |field: &str| {
        let cell = cells().find(|(column, _)| told.is(&column.key, field));
        cell.and_then(|(_, texts)| texts.last()).cloned().unwrap_or_default()
    };
    let of_scale = |key: &str| {
        [Some(told.baseline), Some(told.target), told.unit].into_iter().flatten().any(|field| told.is(key, field))
    };
    let others = cells().skip(1).filter(|(column, texts)| !of_scale(&column.key) && !texts.is_empty());
    Scale {
        text: row.cells.first().map(|texts| texts.join("; ")).unwrap_or_default(),
        unit: told.unit.map(field).unwrap_or_default(),
        baseline: Amount::of(&field(told.baseline)),
        target: Amount::of(&field(told.target)),
        parts: others.map(|(column, texts)| Part { label: column.label.clone(), text: texts.join("; ") }).collect(),
        source: row.source.clone(),
    }
}
