//! Occasions: what stands in the house's own calendar, where hosts switched that on: the last hour of each thing
//! that is open.
//!
//! Worked out from the board alone, like all that time does. Only what is open has an occasion: when the next step
//! opens follows from when this one closes, and nobody knows that beforehand.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::calendar;
use super::timing::{Batch, batches};
use super::window::{Window, WindowId};

/// How long before its end an occasion begins: long enough to see it and to come, too short to be forgotten in
/// (our proposal).
pub const LAST: TimeDelta = TimeDelta::hours(1);

/// Since when what is open stands in the house's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occasions {
    /// When a host switched it on.
    pub since: DateTime<Utc>,
    /// Whether hosts know that it is not allowed there.
    pub barred: bool,
}

/// The last hour of a sitting, or of an ask that was opened by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occasion {
    /// The first of the windows that opened together: it stands for all of them as long as one is open.
    pub window: WindowId,
    /// The sitting's key.
    pub sitting: String,
    /// The ask's key, where it was opened by itself.
    pub ask: Option<String>,
    /// When it begins: an hour before the end, or at the opening where less is left.
    pub starts: DateTime<Utc>,
    /// When whatever is open ends, as far as that is known.
    pub ends: DateTime<Utc>,
}

/// What has been written into the house's calendar. Whatever moves, or is switched on anew, is another entry; so it is
/// known whether this very one was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// For which occasion.
    pub window: WindowId,
    /// With which end.
    pub ends: DateTime<Utc>,
    /// Since when occasions were switched on.
    pub since: DateTime<Utc>,
}

/// All occasions there are now, in the plan's order; none while hosts have not switched them on.
///
/// While the Path pauses, each stands where its end will be if the pause lasts as long as was said.
#[must_use]
pub fn all(board: &Board) -> Vec<Occasion> {
    if board.timetable.occasions.is_none() {
        return Vec::new();
    }
    batches(board).iter().filter_map(|batch| of(board, batch)).collect()
}

fn of(board: &Board, batch: &Batch<'_>) -> Option<Occasion> {
    let ends = ends(board, batch);
    let alone = batch.windows.first().filter(|_| batch.alone);
    Some(Occasion {
        window: first(board, batch)?,
        sitting: batch.sitting.key.clone(),
        ask: alone.map(|(ask, _)| ask.key.clone()),
        starts: (ends - LAST).max(batch.opens()),
        ends,
    })
}

/// The first window of those that opened together, whether or not it is still open.
fn first(board: &Board, batch: &Batch<'_>) -> Option<WindowId> {
    let own = batch.windows.first()?.1;
    let together = |window: &&Window| {
        !window.alone && window.opens == own.opens && batch.sitting.asks.iter().any(|ask| ask.key == window.ask)
    };
    let first = board.windows.values().find(together).filter(|_| !batch.alone);
    Some(first.unwrap_or(own).id)
}

fn ends(board: &Board, batch: &Batch<'_>) -> DateTime<Utc> {
    let ends = batch.ends();
    let Some(pause) = board.timetable.pause else { return ends };
    let zones: Vec<&str> = board.counting().map(|person| person.zone.as_str()).collect();
    calendar::moved(ends, pause.days(pause.until), &zones, &board.timetable.days_off).at()
}
