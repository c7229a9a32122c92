//! The Path goes on by itself: a phase that is done closes, the next sitting opens.

use super::closing::phase_by_itself;
use super::making::Making;
use super::{grouping, opening};
use crate::path::change::Change;
use crate::path::coming::{coming, done, is_late};
use crate::path::notice::Notice;
use crate::path::plan::{Kind, Phase, Sitting};
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::timetable::Timetable;

/// What is due comes: or hosts are told, once, what it waits for. What comes too late for its day waits for another.
pub(super) fn go_forward(making: &mut Making) {
    let Some(coming) = coming(&making.board).filter(|coming| coming.at <= making.now) else { return };
    let (at, lacking) = (coming.at, coming.lacks.first().map(|ask| ask.key.clone()));
    let Some(sitting) = coming.sitting.cloned() else { return finish(making) };
    if let Some(ask) = lacking {
        hold_up(making, &sitting.key, Said::new("waits-for").with("sitting", &sitting.key).with("ask", ask));
    } else if is_late(&making.board, at, making.now) {
        let since = Some(making.now);
        making.record(Change::Timetable(Timetable { since, ..making.board.timetable.clone() }));
        making.notice(Notice::Board);
    } else {
        close_what_is_left(making, &sitting);
        open(making, &sitting);
    }
}

fn open(making: &mut Making, sitting: &Sitting) {
    opening::begin(making, sitting);
    for ask in sitting.asks.iter().filter(|ask| ask.kind == Kind::Groups) {
        let seed = making.board.window_of(&ask.key).map_or(0, |window| window.id.0.unsigned_abs());
        grouping::by_itself(making, &ask.key, seed);
    }
}

/// Phases that are done now that another one begins; of the one that was just left hosts hear why it stays open.
fn close_what_is_left(making: &mut Making, next: &Sitting) {
    let just_left = last_phase(making);
    let phases: Vec<Phase> = done(&making.board, Some(next)).cloned().collect();
    for phase in phases {
        match phase_by_itself(making, &phase) {
            Err(refusal) if just_left.as_ref() == Some(&phase.key) => {
                making.tell_hosts(stays_open("phase-stays-open", &phase, &refusal));
            }
            Ok(()) | Err(_) => {}
        }
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

/// Everything was asked: what is done closes, or hosts hear once why not.
fn finish(making: &mut Making) {
    let phases: Vec<Phase> = done(&making.board, None).cloned().collect();
    let mut open = Vec::new();
    for phase in phases {
        match phase_by_itself(making, &phase) {
            Ok(()) => let_go(making, &phase.key),
            Err(refusal) => {
                open.push((phase.key.clone(), stays_open("last-phase-stays-open", &phase, &refusal)));
            }
        }
    }
    let known = making.board.timetable.held_up.clone();
    if open.iter().any(|(key, _)| Some(key) == known.as_ref()) {
        return;
    }
    for (key, said) in open {
        hold_up(making, &key, said);
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

/// What held this up is mended: if it happens once more, hosts hear it once more.
fn let_go(making: &mut Making, key: &str) {
    if making.board.timetable.held_up.as_deref() == Some(key) {
        making.record(Change::Timetable(Timetable { held_up: None, ..making.board.timetable.clone() }));
    }
}

/// The phase of what closed last.
fn last_phase(making: &Making) -> Option<String> {
    let board = &making.board;
    let road = board.windows.values().filter(|window| board.plan.poll(&window.ask).is_none());
    let last = road.max_by_key(|window| window.closed)?;
    board.plan.sitting_of(&last.ask).map(|(phase, _)| phase.key.clone())
}

/// Why a phase does not close by itself.
fn stays_open(key: &str, phase: &Phase, refusal: &Refusal) -> Said {
    let said = refusal.said();
    let what = said.with.get("ask").cloned().unwrap_or_default();
    let found = said.with.get("found").cloned().unwrap_or_default();
    Said::new(key).with("phase", &phase.key).with("ask", what).with("found", found)
}
