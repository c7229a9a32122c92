//! Hosts' hands on time: more time for a sitting, a pause of the whole Path, days off.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::Outcome;
use super::making::{Making, unknown};
use crate::path::calendar::{self, Typed, Wall};
use crate::path::change::Change;
use crate::path::notice::Notice;
use crate::path::people::{Person, Who};
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::timetable::{Past, Pause, Timetable};
use crate::path::window::Window;

/// The shortest time that anything is open: less, and nobody far away could come (our proposal).
const LEAST: TimeDelta = TimeDelta::hours(1);
/// What is typed is kept to the minute.
const MINUTE: TimeDelta = TimeDelta::minutes(1);
/// How far off an end may lie, in days.
const DAYS_MAX: u64 = 366;
/// The most days off that are kept, in ranges, and the most days of one of them.
const RANGES_MAX: usize = 40;
const RANGE_DAYS_MAX: u64 = 92;

/// A host gives a sitting more time: until a moment, or until 18:00 of a date, where that comes latest.
pub(super) fn extend(mut making: Making, who: &Who, key: &str, until: &str) -> Result<Outcome, Refusal> {
    let host = making.host(who)?;
    let (_, sitting) = making.board.plan.sitting(key).ok_or_else(|| unknown(key))?;
    let windows: Vec<Window> = sitting
        .asks
        .iter()
        .filter_map(|ask| making.board.window_of(&ask.key))
        .filter(|w| w.is_open())
        .cloned()
        .collect();
    let Some(last) = windows.iter().map(|window| window.ends).max() else {
        return Err(Refusal::NotOpenYet { ask: key.to_owned() });
    };
    let ends = typed_end(&making, &host, until, |day| calendar::end_of(day, &zones(&making)))?;
    if ends.at() + MINUTE <= making.now + LEAST {
        return Err(Refusal::TooSoon { ends_s: ends.at().timestamp() });
    }
    if ends.at() <= last {
        return Err(Refusal::NotLater { ends_s: last.timestamp() });
    }
    for window in windows {
        making.record(Change::Window(window.ending(ends.clone())));
    }
    making.notice(Notice::Board);
    Ok(making.done(Said::new("more-time").with("sitting", key).with("ends_s", ends.at().timestamp())))
}

/// A host lets the whole Path pause until a moment, or until the morning of a date.
pub(super) fn pause(mut making: Making, who: &Who, until: &str) -> Result<Outcome, Refusal> {
    let host = making.host(who)?;
    let until = typed_end(&making, &host, until, |day| calendar::morning_of(day, &host.zone))?.at();
    if until + MINUTE <= making.now + LEAST {
        return Err(Refusal::TooSoon { ends_s: until.timestamp() });
    }
    let before = making.board.timetable.pause;
    let pause = Some(Pause { from: before.map_or(making.now, |pause| pause.from), until });
    if before != pause {
        making.record(Change::Timetable(Timetable { pause, ..making.board.timetable.clone() }));
        making.notice(Notice::Pause);
        making.notice(Notice::Board);
    }
    Ok(making.done(Said::new("paused-until").with("until_s", until.timestamp())))
}

/// A host lets the Path go on before the pause is over.
pub(super) fn resume(mut making: Making, who: &Who) -> Result<Outcome, Refusal> {
    making.host(who)?;
    go_on(&mut making);
    Ok(making.done(Said::new("goes-on")))
}

/// The pause is over: what is open gets back the days that it took.
pub(super) fn go_on(making: &mut Making) {
    let Some(pause) = making.board.timetable.pause else { return };
    let days = pause.days(making.now);
    let open: Vec<Window> = making.board.windows.values().filter(|window| window.is_open()).cloned().collect();
    for window in open {
        let ends = calendar::moved(window.ends, days, &zones(making), &making.board.timetable.days_off);
        making.record(Change::Window(window.ending(ends)));
    }
    // The very morning on which a pause ends still counts.
    let since = Some(making.now - TimeDelta::milliseconds(1));
    let mut timetable = Timetable { pause: None, since, ..making.board.timetable.clone() };
    if pause.from < making.now {
        timetable.pauses.insert(Past { from: pause.from, until: making.now });
    }
    making.record(Change::Timetable(timetable));
    making.notice(Notice::Pause);
    making.notice(Notice::Board);
    super::reopening::open_what_waits(making);
}

/// A host says on which days the partnership does not work. The list replaces the one before; windows that are
/// open keep their ends.
pub(super) fn days_off(mut making: Making, who: &Who, typed: &str) -> Result<Outcome, Refusal> {
    let host = making.host(who)?;
    let today = calendar::date(making.now, &host.zone);
    let mut days_off = calendar::DaysOff::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let unreadable = || Refusal::UnreadableDate { typed: line.to_owned() };
        let (first, last) =
            [" - ", "–", " to "].iter().find_map(|between| line.split_once(between)).unwrap_or((line, line));
        let first = calendar::typed_date(first, today).ok_or_else(unreadable)?;
        let last = calendar::typed_date(last, first).ok_or_else(unreadable)?;
        let days = u64::try_from((last - first).num_days()).map_err(|_| unreadable())?;
        if days >= RANGE_DAYS_MAX {
            return Err(Refusal::FarDate { date: last.to_string(), days_max: RANGE_DAYS_MAX });
        }
        days_off.insert((first, last));
    }
    if days_off.len() > RANGES_MAX {
        return Err(Refusal::TooManyDaysOff { most: RANGES_MAX });
    }
    let count = days_off.len();
    making.record(Change::Timetable(Timetable { days_off, ..making.board.timetable.clone() }));
    Ok(making.done(Said::new("days-off-kept").with("count", count)))
}

/// The date that somebody typed: not past, and not further off than a year.
pub(super) fn date(making: &Making, person: &Person, typed: &str) -> Result<NaiveDate, Refusal> {
    let end = typed_end(making, person, typed, |day| calendar::morning_of(day, &person.zone))?;
    Ok(calendar::date(end.at(), &person.zone))
}

/// The end that a host typed: on no day that is past, and not further off than a year. What a date alone means
/// is said by `of`.
fn typed_end(making: &Making, host: &Person, typed: &str, of: impl Fn(NaiveDate) -> Wall) -> Result<Wall, Refusal> {
    let today = calendar::date(making.now, &host.zone);
    let end = match calendar::typed(typed, making.now, &host.zone) {
        None => return Err(Refusal::UnreadableDate { typed: typed.trim().to_owned() }),
        Some(Typed::Day(day)) => of(day),
        Some(Typed::Moment(at)) => Wall::showing(at, &host.zone),
        Some(Typed::WorkingDays(days)) => super::timing::ends(making, making.now, days),
    };
    let day = calendar::date(end.at(), &host.zone);
    if day < today {
        return Err(Refusal::PastDate { date: day.to_string() });
    }
    if (day - today).num_days().unsigned_abs() > DAYS_MAX {
        return Err(Refusal::FarDate { date: day.to_string(), days_max: DAYS_MAX });
    }
    Ok(end)
}

fn zones(making: &Making) -> Vec<&str> {
    making.board.counting().map(|person| person.zone.as_str()).collect()
}

/// Refuses to open anything while the Path pauses.
pub(super) fn not_paused(making: &Making) -> Result<(), Refusal> {
    let until = making.board.timetable.pause.map(|pause: Pause| pause.until);
    until.map_or(Ok(()), |until: DateTime<Utc>| Err(Refusal::Paused { until_s: until.timestamp() }))
}
