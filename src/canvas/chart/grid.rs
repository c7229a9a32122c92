//! Grids: two choices as two axes, each card in its corner.

use serde::Serialize;

use crate::path::plan::{Ask, Field};

use super::super::beside::Part;
use super::super::source::Source;
use super::super::wall::Wall;

/// Two choices as two axes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Grid {
    /// From left to right.
    pub across: Axis,
    /// From below to above.
    pub up: Axis,
    /// The cards in their corners.
    pub placed: Vec<Placed>,
    /// Cards that miss one of the two choices.
    pub unplaced: Vec<Placed>,
}

/// One axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Axis {
    /// How it is called.
    pub label: String,
    /// Its choices in the plan's order.
    pub choices: Vec<String>,
}

/// One card in a grid.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Placed {
    /// What it is called.
    pub text: String,
    /// Which choice across, from 0.
    pub across: Option<usize>,
    /// Which choice up, from 0.
    pub up: Option<usize>,
    /// What else it says.
    pub parts: Vec<Part>,
    /// Where it comes from.
    pub source: Source,
}

/// The grid of an ask's cards.
pub(super) fn compile(wall: &Wall<'_>, ask: &str, across: &str, up: &str) -> Option<Grid> {
    let ask = wall.board.plan.ask(ask)?;
    let field = |key: &str| ask.fields.iter().find(|field| field.key == key);
    let (across, up) = (field(across)?, field(up)?);
    let mut grid =
        Grid { across: axis(wall, ask, across), up: axis(wall, ask, up), placed: Vec::new(), unplaced: Vec::new() };
    for card in wall.board.cards_of(&ask.key, false) {
        let chosen = |field: &Field| field.choices.iter().position(|choice| choice == card.field(&field.key));
        let axes = [wall.field_label(ask, across), wall.field_label(ask, up)];
        let placed = Placed {
            text: wall.title(card),
            across: chosen(across),
            up: chosen(up),
            parts: wall.parts(card).into_iter().filter(|part| !axes.contains(&part.label)).collect(),
            source: wall.source(card, None),
        };
        let side = if placed.across.is_some() && placed.up.is_some() { &mut grid.placed } else { &mut grid.unplaced };
        side.push(placed);
    }
    Some(grid)
}

fn axis(wall: &Wall<'_>, ask: &Ask, field: &Field) -> Axis {
    let choices = field.choices.iter().map(|choice| wall.captions.choice(&[&ask.key, &field.key, choice]));
    Axis { label: wall.field_label(ask, field), choices: choices.collect() }
}
