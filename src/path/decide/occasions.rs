//! Occasions in the house's calendar: switched on and off by a host; that they are not allowed there is told once.

use super::Outcome;
use super::making::Making;
use crate::path::change::Change;
use crate::path::notice::Notice;
use crate::path::occasion::Occasions;
use crate::path::people::Who;
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::timetable::Timetable;

/// A host switches occasions on, or off where they are on; `barred` says that they are not allowed there yet.
pub(super) fn switch(mut making: Making, who: &Who, barred: bool) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let is_on = making.board.timetable.occasions.is_some();
    let now = making.now;
    keep(&mut making, (!is_on).then_some(Occasions { since: now, barred }));
    // Also where nothing is open: whatever is left of an earlier time goes.
    making.notice(Notice::Occasions);
    let said = match (is_on, barred) {
        (true, _) => "events-off",
        (false, false) => "events-on",
        (false, true) => "events-on-barred",
    };
    Ok(making.done(Said::new(said)))
}

/// The house said whether it lets us write into its calendar. Hosts are told that it does not, once until it does.
pub(super) fn bar(mut making: Making, who: &Who, barred: bool) -> Result<Outcome, Refusal> {
    if *who != Who::Clock {
        return Err(Refusal::HostsOnly);
    }
    if let Some(on) = making.board.timetable.occasions.filter(|on| on.barred != barred) {
        keep(&mut making, Some(Occasions { barred, ..on }));
        if barred {
            making.tell_hosts(Said::new("events-barred"));
        }
    }
    Ok(making.done(Said::new("room")))
}

fn keep(making: &mut Making, occasions: Option<Occasions>) {
    making.record(Change::Timetable(Timetable { occasions, ..making.board.timetable.clone() }));
}
