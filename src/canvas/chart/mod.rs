//! Charts: a second way to draw a section, where the plan asks for one.

use serde::Serialize;

use crate::path::plan;

use super::section::Body;
use super::wall::Wall;

mod amount;
mod grid;
mod map;
mod scale;

pub use amount::Amount;
pub use grid::{Axis, Grid, Placed};
pub use map::{Cell, Map, MapColumn, MapRow, Share};
pub use scale::{Scale, Scales};

/// A second way to draw a section.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Chart {
    /// Who works on what.
    Map(Map),
    /// From first numbers to goals.
    Scale(Scales),
    /// Two choices as two axes.
    Grid(Grid),
}

/// The chart of a section, made from what the section shows.
pub(super) fn compile(wall: &Wall<'_>, section: &plan::Section, body: &Body) -> Option<Chart> {
    match (section.chart.as_ref()?, body) {
        (plan::Chart::Map { ask, field, now, planned }, Body::Tree(tree)) => {
            map::compile(wall, &map::Told { ask, field, now, planned }, tree).map(Chart::Map)
        }
        (plan::Chart::Scale { ask, baseline, target, unit }, Body::Table(table)) => {
            let told = scale::Told { ask, baseline, target, unit: unit.as_deref() };
            Some(Chart::Scale(scale::compile(wall, &told, table)))
        }
        (plan::Chart::Grid { ask, across, up }, _) => grid::compile(wall, ask, across, up).map(Chart::Grid),
        (plan::Chart::Map { .. } | plan::Chart::Scale { .. }, _) => None,
    }
}
