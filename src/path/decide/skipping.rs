//! A sitting that is left out, and one that is opened once more.

use super::Outcome;
use super::making::{Making, unknown};
use super::opening::{self, Again};
use super::pausing::not_paused;
use super::timing::ends;
use crate::path::change::Change;
use crate::path::notice::Notice;
use crate::path::people::Who;
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::timetable::{LeftOut, Timetable};
use crate::path::wording;

/// A host leaves a sitting out. It stays on the record with the reason, and may be opened later all the same.
pub(super) fn leave_out(mut making: Making, who: &Who, key: &str, because: &str) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let (_, sitting) = making.board.plan.sitting(key).ok_or_else(|| unknown(key))?;
    if sitting.asks.iter().any(|ask| making.board.window_of(&ask.key).is_some()) {
        return Err(Refusal::AlreadyOpen { what: key.to_owned() });
    }
    let why = reason(because)?;
    let mut timetable = making.board.timetable.clone();
    timetable.left_out.entry(key.to_owned()).or_insert(LeftOut { why, at: making.now });
    if timetable != making.board.timetable {
        making.record(Change::Timetable(timetable));
        making.notice(Notice::Board);
    }
    Ok(making.done(Said::new("left-out").with("sitting", key)))
}

/// What was left out is opened after all.
pub(super) fn take_in(making: &mut Making, key: &str) {
    if making.board.timetable.left_out.contains_key(key) {
        let mut timetable: Timetable = making.board.timetable.clone();
        timetable.left_out.remove(key);
        making.record(Change::Timetable(timetable));
    }
}

/// A host opens a closed sitting once more: a new window for each of its asks, beside those that are closed.
pub(super) fn reopen(mut making: Making, who: &Who, key: &str, because: &str) -> Result<Outcome, Refusal> {
    making.host(who)?;
    not_paused(&making)?;
    let (_, sitting) = making.board.plan.sitting(key).ok_or_else(|| unknown(key))?;
    let sitting = sitting.clone();
    let windows: Vec<_> = sitting.asks.iter().filter_map(|ask| making.board.window_of(&ask.key)).collect();
    if windows.is_empty() {
        return Err(Refusal::NotOpenYet { ask: key.to_owned() });
    }
    if windows.iter().any(|window| window.is_open()) {
        return Err(Refusal::AlreadyOpen { what: key.to_owned() });
    }
    let because = reason(because)?;
    for ask in &sitting.asks {
        let window = opening::window(&mut making, &sitting, ask, &Again { because: &because, ..Again::default() });
        making.record(Change::Window(window));
    }
    making.notice(Notice::Opens { sitting: key.to_owned() });
    making.notice(Notice::Board);
    let ends_s = ends(&making, making.now, making.board.days(&sitting)).at().timestamp();
    Ok(making.done(Said::new("opened").with("sitting", key).with("ends_s", ends_s)))
}

fn reason(typed: &str) -> Result<String, Refusal> {
    let why = wording::clean(typed).replace('\n', " ").trim().to_owned();
    if why.is_empty() { Err(Refusal::NeedsReason) } else { Ok(why) }
}
