//! The weekly line: one short post at the beginning of each week, where hosts switched it on.
//!
//! When it is due follows from the board alone. What is kept is the moment after which the next one comes; so it
//! is told once a week whatever happens to the program or its clock.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};

use super::board::Board;
use super::calendar;
use super::coming::zone;
use super::window::Window;

/// So many weeks ahead a week with a working day may lie.
const WEEKS_MAX: u64 = 60;

/// When the next weekly line is due: none while it is off, while the Path pauses, before the first opening and
/// after the last close.
#[must_use]
pub fn next(board: &Board) -> Option<DateTime<Utc>> {
    let on = board.timetable.weekly.filter(|_| is_told(board))?;
    // What was due before the first opening is not made up for.
    let after = on.max(road(board).map(|window| window.opens).min()?);
    let first = monday(board, after);
    let mut slots = (0..WEEKS_MAX).filter_map(|week| slot(board, first.checked_add_days(Days::new(week * 7))?));
    slots.find(|slot| *slot > after)
}

/// Whether a weekly line that is due may be told now: in the week in which it was due, on a working day, and not
/// because a pause is just over.
#[must_use]
pub fn is_fresh(board: &Board, now: DateTime<Utc>) -> bool {
    let (zone, off) = (zone(board), &board.timetable.days_off);
    let slot = slot(board, monday(board, now)).filter(|slot| *slot <= now);
    slot.is_some_and(|slot| !board.timetable.paused_at(slot))
        && calendar::is_working_day(calendar::date(now, zone), off)
}

/// The last moment of the week in which a moment lies: the next line comes after it.
#[must_use]
pub fn week_ends(board: &Board, now: DateTime<Utc>) -> DateTime<Utc> {
    let next = monday(board, now).checked_add_days(Days::new(7));
    next.map_or(now, |monday| calendar::morning_of(monday, zone(board)).at() - TimeDelta::milliseconds(1)).max(now)
}

/// The Monday of the week in which a moment lies, where the first host is.
#[must_use]
pub fn monday(board: &Board, at: DateTime<Utc>) -> NaiveDate {
    let day = calendar::date(at, zone(board));
    day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())).unwrap_or(day)
}

/// Whether there is anything to tell: the Path has begun, is not over and does not pause.
#[must_use]
pub fn is_told(board: &Board) -> bool {
    let mut windows = road(board).peekable();
    let to_come = board.plan.sittings().any(|(_, sitting)| {
        let opened = sitting.asks.iter().any(|ask| board.window_of(&ask.key).is_some());
        !opened && !board.timetable.left_out.contains_key(&sitting.key)
    });
    board.timetable.pause.is_none() && windows.peek().is_some() && (to_come || windows.any(Window::is_open))
}

/// The windows of the Path itself, without quick polls.
fn road(board: &Board) -> impl Iterator<Item = &Window> {
    board.windows.values().filter(|window| board.plan.poll(&window.ask).is_none())
}

/// 9:00 of a week's first working day.
fn slot(board: &Board, monday: NaiveDate) -> Option<DateTime<Utc>> {
    let mut days = (0..5).filter_map(|day| monday.checked_add_days(Days::new(day)));
    let day = days.find(|day| calendar::is_working_day(*day, &board.timetable.days_off))?;
    Some(calendar::morning_of(day, zone(board)).at())
}
