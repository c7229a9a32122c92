//! Decisions: when, what, how and why; and what was closed although something was missing.

use std::collections::BTreeMap;

use crate::canvas::escape::leaf;
use crate::canvas::log;
use crate::canvas::wall::Wall;
use crate::path::{DecisionId, rewording};

use super::places::called;
use super::{Cell, MIDDLE, NARROW, Sheet, WIDE};

/// A row for each decision, oldest first.
pub(super) fn decisions(wall: &Wall<'_>) -> Sheet {
    let columns = [
        ("sheet-when", 18),
        ("sheet-decision", NARROW),
        ("sheet-asked-as", MIDDLE),
        ("sheet-of-partner", 16),
        ("sheet-kept", WIDE),
        ("sheet-how", MIDDLE),
        ("sheet-why", WIDE),
    ];
    let mut sheet = Sheet::new(wall.captions, "sheet-decisions", &columns);
    let words = wall.captions;
    // The numbers of the decision log, by which people speak of decisions.
    let log = log::compile(wall.view, words);
    let numbers: BTreeMap<DecisionId, usize> = log.entries.iter().map(|entry| (entry.decision, entry.nth)).collect();
    let mut rows = Vec::new();
    for decision in &wall.board.decisions {
        let kept: Vec<String> = decision.cards.iter().filter_map(|id| called(wall, *id)).collect();
        let how = match rewording::words_anew(wall.board, decision) {
            Some(older) => wall.worded_anew(decision, older),
            None => words.settled(decision.how).to_owned(),
        };
        let row = vec![
            Cell::Time(decision.at),
            numbers.get(&decision.id).map_or(Cell::Nothing, |nth| Cell::count(*nth)),
            Cell::text(words.label(&[&decision.ask])),
            Cell::maybe(decision.about.and_then(|id| wall.partner(id))),
            Cell::text(kept.join("\n")),
            Cell::text(how),
            Cell::text(leaf(&decision.reason)),
        ];
        rows.push((decision.at, row));
    }
    let closings = wall.board.windows.values().filter(|window| !window.despite.trim().is_empty());
    for (window, at) in closings.filter_map(|window| window.closed.map(|at| (window, at))) {
        rows.push((at, despite(wall, Cell::Time(at), words.label(&[&window.ask]), &window.despite)));
    }
    for version in wall.board.versions.iter().filter(|version| !version.despite.trim().is_empty()) {
        rows.push((version.at, despite(wall, Cell::Time(version.at), wall.closing(&version.label), &version.despite)));
    }
    rows.sort_by_key(|(at, _)| *at);
    sheet.rows = rows.into_iter().map(|(_, row)| row).collect();
    sheet
}

/// The row of something that was closed although something was missing.
fn despite(wall: &Wall<'_>, at: Cell, what: String, why: &str) -> Vec<Cell> {
    let how = Cell::text(wall.captions.say("sheet-closed-despite"));
    vec![at, Cell::Nothing, Cell::text(what), Cell::Nothing, Cell::Nothing, how, Cell::text(leaf(why))]
}
