//! The weekly line: switched on and off by a host, told by time.

use super::Outcome;
use super::making::Making;
use crate::path::change::Change;
use crate::path::notice::Notice;
use crate::path::people::Who;
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::timetable::Timetable;
use crate::path::weekly;

/// A host switches the weekly line on, or off where it is on.
pub(super) fn switch(mut making: Making, who: &Who) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let weekly = making.board.timetable.weekly.is_none().then_some(making.now);
    making.record(Change::Timetable(Timetable { weekly, ..making.board.timetable.clone() }));
    Ok(making.done(Said::new(if weekly.is_some() { "weekly-on" } else { "weekly-off" })))
}

/// Time passed: the line is told if it is due. One whose week is over is told no more.
pub(super) fn pass(making: &mut Making) {
    if weekly::next(&making.board).is_none_or(|at| at > making.now) {
        return;
    }
    let is_fresh = weekly::is_fresh(&making.board, making.now);
    // A slot of this week may be still to come: then only those before it are over.
    let this = weekly::monday(&making.board, making.now);
    let weekly = Some(if is_fresh { weekly::week_ends(&making.board, making.now) } else { making.now });
    making.record(Change::Timetable(Timetable { weekly, ..making.board.timetable.clone() }));
    if is_fresh {
        making.notice(Notice::Weekly { monday: this });
    }
}
