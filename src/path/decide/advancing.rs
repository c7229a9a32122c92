//! The Path goes on by itself: a phase that is done closes, the next sitting opens.

use super::closing::phase_by_itself;
use super::making::Making;
use super::{grouping, opening};
use crate::path::change::Change;
use crate::path::coming::coming;
use crate::path::plan::{Kind, Phase, Sitting};
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::timetable::Timetable;

/// What is due comes: or hosts are told, once, what it waits for.
pub(super) fn go_forward(making: &mut Making) {
    let Some(coming) = coming(&making.board).filter(|coming| coming.at <= making.now) else { return };
    let lacks: Vec<String> = coming.lacks.iter().map(|ask| ask.key.clone()).collect();
    let Some(sitting) = coming.sitting.cloned() else { return finish(making) };
    if let Some(ask) = lacks.first() {
        hold_up(making, &sitting.key, Said::new("waits-for").with("sitting", &sitting.key).with("ask", ask));
        return;
    }
    let just_left = last_phase(making);
    for phase in left_behind(making, &sitting) {
        match phase_by_itself(making, &phase) {
            Err(refusal) if just_left.as_ref() == Some(&phase.key) => making.tell_hosts(stays_open(&phase, &refusal)),
            Ok(()) | Err(_) => {}
        }
    }
    opening::begin(making, &sitting);
    for ask in sitting.asks.iter().filter(|ask| ask.kind == Kind::Groups) {
        let seed = making.board.window_of(&ask.key).map_or(0, |window| window.id.0.unsigned_abs());
        grouping::by_itself(making, &ask.key, seed);
    }
}

/// Hosts hear right after a close what they have to put down before the next sitting can open, and by when.
pub(super) fn tell_what_is_lacking(making: &mut Making) {
    let Some(coming) = coming(&making.board) else { return };
    if let (Some(sitting), Some(ask)) = (coming.sitting, coming.lacks.first()) {
        let said = Said::new("put-down-first").with("sitting", &sitting.key).with("ask", &ask.key);
        let said = said.with("at_s", coming.at.timestamp());
        making.tell_hosts(said);
    }
}

/// Everything was asked: the last phase closes, or hosts hear once why not.
fn finish(making: &mut Making) {
    let Some(phase) = making.board.plan.phases.last().cloned() else { return };
    if let Err(refusal) = phase_by_itself(making, &phase) {
        hold_up(making, &phase.key, stays_open(&phase, &refusal));
    }
}

/// Hosts are told, once, that something waits.
fn hold_up(making: &mut Making, key: &str, said: Said) {
    if making.board.timetable.held_up.as_deref() != Some(key) {
        let timetable = Timetable { held_up: Some(key.to_owned()), ..making.board.timetable.clone() };
        making.record(Change::Timetable(timetable));
        making.tell_hosts(said);
    }
}

/// The phase of what closed last.
fn last_phase(making: &Making) -> Option<String> {
    let board = &making.board;
    let road = board.windows.values().filter(|window| board.plan.poll(&window.ask).is_none());
    let last = road.max_by_key(|window| window.closed)?;
    board.plan.sitting_of(&last.ask).map(|(phase, _)| phase.key.clone())
}

/// Phases that are done now that the next sitting is another's: all of each was asked or left out, nothing of it is
/// open, and it was not closed.
fn left_behind(making: &Making, next: &Sitting) -> Vec<Phase> {
    let board = &making.board;
    let is_over = |sitting: &Sitting| {
        let windows = || sitting.asks.iter().filter_map(|ask| board.window_of(&ask.key));
        let asked = windows().next().is_some() || board.timetable.left_out.contains_key(&sitting.key);
        asked && windows().all(|window| !window.is_open())
    };
    let is_others = |phase: &&Phase| phase.sittings.iter().all(|sitting| sitting.key != next.key);
    let is_done = |phase: &&Phase| phase.sittings.iter().all(is_over) && !board.is_closed(phase);
    board.plan.phases.iter().filter(is_others).filter(is_done).cloned().collect()
}

/// Why a phase does not close by itself.
fn stays_open(phase: &Phase, refusal: &Refusal) -> Said {
    let said = refusal.said();
    let what = said.with.get("ask").cloned().unwrap_or_default();
    let found = said.with.get("found").cloned().unwrap_or_default();
    Said::new("phase-stays-open").with("phase", &phase.key).with("ask", what).with("found", found)
}
