//! Somebody's daytime: when they may be spoken to without being disturbed.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Offset, Utc};

use super::{DaysOff, WAKING_HOURS, back, civil_date, date, is_working, moment, next_working, place, stamp};

/// The first moment, not before this one, between 8:00 and 20:00 of a working day on the clocks of a zone.
#[must_use]
pub fn daytime(at: DateTime<Utc>, zone: &str, off: &DaysOff) -> DateTime<Utc> {
    let zone = place(zone);
    let shown = zone.to_datetime(stamp(at));
    let (day, hour) = (shown.date(), shown.hour());
    if is_working(day, off) && (WAKING_HOURS.0..WAKING_HOURS.1).contains(&hour) {
        return at;
    }
    let day = if is_working(day, off) && hour < WAKING_HOURS.0 { Some(day) } else { next_working(day, off) };
    day.map_or(at, |day| back(moment(&zone, day.at(WAKING_HOURS.0, 0, 0, 0))).max(at))
}

/// When somebody's day begins on a date: 8:00 on the clocks of their zone.
#[must_use]
pub fn morning(day: NaiveDate, zone: &str) -> DateTime<Utc> {
    back(moment(&place(zone), civil_date(day).at(WAKING_HOURS.0, 0, 0, 0)))
}

/// What the clocks of a zone show at a moment.
#[must_use]
pub fn clock(at: DateTime<Utc>, zone: &str) -> NaiveDateTime {
    let time = place(zone).to_datetime(stamp(at)).time();
    let (hour, minute) = (time.hour().unsigned_abs(), time.minute().unsigned_abs());
    date(at, zone).and_hms_opt(hour.into(), minute.into(), 0).unwrap_or_else(|| at.naive_utc())
}

/// The same moment with what the clocks of a zone show then: its date is the day there.
///
/// The offset is the one that holds at that moment, so it differs in summer and winter where the clocks are put forward.
#[must_use]
pub fn local(at: DateTime<Utc>, zone: &str) -> DateTime<FixedOffset> {
    let seconds = place(zone).to_offset(stamp(at)).seconds();
    at.with_timezone(&FixedOffset::east_opt(seconds).unwrap_or(Utc.fix()))
}

/// The first moment of the day on which a moment lies on the clocks of a zone.
#[must_use]
pub fn midnight(at: DateTime<Utc>, zone: &str) -> DateTime<Utc> {
    back(moment(&place(zone), civil_date(date(at, zone)).at(0, 0, 0, 0)))
}

/// Whether a date is none of a weekend and no day off.
#[must_use]
pub fn is_working_day(day: NaiveDate, off: &DaysOff) -> bool {
    is_working(civil_date(day), off)
}
