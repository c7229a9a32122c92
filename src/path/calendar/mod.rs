//! Zones and working time. The one place where zone data is used.
//!
//! The data lies in the program itself, so that a deadline does not hang on the machine it runs
//! on. Nothing here reads a clock: the caller brings the moment. Windows end in the working time
//! of whoever is furthest west (method, rule 7 of section 3), and are worked out from the rules of
//! each zone, never from a fixed offset: summer time may begin within one Path.
//!
//! A zone name that is not known counts as UTC; [`zone`] is the door where names are checked.

mod daytime;
mod name;
#[cfg(test)]
mod tests;
mod typed;
mod wall;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};

pub use daytime::{clock, daytime, is_working_day, local, midnight, morning};
pub use name::zone;
pub use typed::{Typed, typed, typed_date, until};
pub use wall::Wall;

/// The hour at which windows end.
const END_HOUR: i8 = 18;
/// Days on which nobody works: first and last, both with them.
pub type DaysOff = BTreeSet<(NaiveDate, NaiveDate)>;

const UTC: &str = "UTC";
/// The hour at which a day's work begins.
const MORNING_HOUR: i8 = 9;
/// Waking hours: from the first to before the second.
const WAKING_HOURS: (i8, i8) = (8, 20);
/// Minutes of a day in UTC, which has neither gaps nor overlaps.
pub const DAY_MINUTES: u32 = 24 * 60;

/// The zone data that was current when the program was built.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// When a window ends that stays open for so many working days: at 18:00 of the last of them,
/// where 18:00 comes latest among the zones (the westernmost).
///
/// Working days are Monday to Friday, but for days off. The day of opening is the first of them if the window opens
/// on a working day before 18:00; the days are counted in the zone that is westernmost at the
/// opening. Zero days are one day; no zones are UTC. Always later than the opening.
#[must_use]
pub fn ends(opens: DateTime<Utc>, days: u16, zones: &[&str], off: &DaysOff) -> Wall {
    let from = stamp(opens);
    let west = west(from, zones).to_datetime(from);
    end_of(last_day(west, days, off).map_or_else(|| opens.date_naive(), naive_date), zones)
}

/// 18:00 of a date, where 18:00 comes latest among the zones; no zones are UTC.
#[must_use]
pub fn end_of(day: NaiveDate, zones: &[&str]) -> Wall {
    let ends = zones.iter().map(|zone| Wall::new(day, END_HOUR, zone));
    ends.max_by_key(Wall::at).unwrap_or_else(|| Wall::new(day, END_HOUR, UTC))
}

/// 9:00 of a date in a zone.
#[must_use]
pub fn morning_of(day: NaiveDate, zone: &str) -> Wall {
    Wall::new(day, MORNING_HOUR, zone)
}

/// An end that is moved by so many days, to the next day on which people work: at 18:00 as before.
#[must_use]
pub fn moved(end: DateTime<Utc>, days: u64, zones: &[&str], off: &DaysOff) -> Wall {
    let end = stamp(end);
    let day = west(end, zones).to_datetime(end).date();
    let span = i32::try_from(days).unwrap_or(i32::MAX).days();
    let day = day.checked_add(span).unwrap_or(day);
    let working = if is_working(day, off) { Some(day) } else { next_working(day, off) };
    end_of(naive_date(working.unwrap_or(day)), zones)
}

/// 9:00 of the first working day in a zone after a moment: when something new may open by itself.
#[must_use]
pub fn next_morning(after: DateTime<Utc>, zone: &str, off: &DaysOff) -> DateTime<Utc> {
    let place = place(zone);
    let shown = place.to_datetime(stamp(after));
    let today = shown.date();
    let is_early = is_working(today, off) && shown < today.at(MORNING_HOUR, 0, 0, 0);
    let day = if is_early { Some(today) } else { next_working(today, off) };
    day.map_or(after, |day| back(moment(&place, day.at(MORNING_HOUR, 0, 0, 0))))
}

/// The westernmost of the zones at a moment; no zones are UTC.
fn west(at: Timestamp, zones: &[&str]) -> TimeZone {
    zones.iter().map(|name| place(name)).min_by_key(|zone| zone.to_offset(at)).unwrap_or(TimeZone::UTC)
}

/// The last of so many working days; none beyond the end of all calendars.
fn last_day(opens: civil::DateTime, days: u16, off: &DaysOff) -> Option<civil::Date> {
    let mut day = opens.date();
    if opens.hour() >= END_HOUR || !is_working(day, off) {
        day = next_working(day, off)?;
    }
    for _ in 1..days.max(1) {
        day = next_working(day, off)?;
    }
    Some(day)
}

fn next_working(day: civil::Date, off: &DaysOff) -> Option<civil::Date> {
    let mut next = day.tomorrow().ok()?;
    while !is_working(next, off) {
        next = next.tomorrow().ok()?;
    }
    Some(next)
}

fn is_working(day: civil::Date, off: &DaysOff) -> bool {
    let is_off = |(first, last): &(NaiveDate, NaiveDate)| (civil_date(*first)..=civil_date(*last)).contains(&day);
    day.weekday().to_monday_one_offset() <= 5 && !off.iter().any(is_off)
}

/// The moment at which the clocks of a zone show this. If they never do (a gap), the first moment
/// after the gap; if they do twice (an overlap), the first time.
fn moment(zone: &TimeZone, shown: civil::DateTime) -> Timestamp {
    let found = zone.to_ambiguous_timestamp(shown);
    let gap = match found.offset() {
        AmbiguousOffset::Gap { after, .. } => after.to_timestamp(shown).ok(),
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => None,
    };
    match gap.and_then(|before| zone.following(before).next()) {
        Some(change) => change.timestamp(),
        None => found.compatible().unwrap_or(Timestamp::MAX),
    }
}

/// The minutes of one day of UTC at which somebody is likely to be awake: those between 8:00 and
/// 20:00 on their own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Waking([u64; DAY_MINUTES.div_ceil(64) as usize]);

impl Waking {
    /// The waking minutes of a zone on a day of UTC.
    #[must_use]
    pub fn of(zone: &str, day: NaiveDate) -> Self {
        let zone = place(zone);
        let mut bits = Self([0; _]);
        let Ok(start) = civil_date(day).at(0, 0, 0, 0).to_zoned(TimeZone::UTC) else { return bits };
        let mut minute = 0_usize;
        let mut at = start.timestamp();
        while minute < DAY_MINUTES as usize {
            let hour = zone.to_datetime(at).hour();
            if (WAKING_HOURS.0..WAKING_HOURS.1).contains(&hour) {
                bits.0[minute / 64] |= 1 << (minute % 64);
            }
            at = at.checked_add(1.minute()).unwrap_or(at);
            minute += 1;
        }
        bits
    }

    /// All minutes of the day: what nobody at all leaves of it.
    #[must_use]
    pub fn all() -> Self {
        let mut bits = [u64::MAX; _];
        bits[DAY_MINUTES as usize / 64] = (1 << (DAY_MINUTES % 64)) - 1;
        Self(bits)
    }

    /// The minutes that both are awake.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine &= theirs;
        }
        self
    }

    /// How many minutes.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }
}

/// Minutes of a day of UTC that lie between 8:00 and 20:00 in all of the zones; without zones,
/// the whole day.
#[must_use]
pub fn shared_minutes(zones: &[&str], day: NaiveDate) -> u32 {
    zones.iter().fold(Waking::all(), |shared, zone| shared.and(&Waking::of(zone, day))).minutes()
}

/// The date in a zone at a moment.
#[must_use]
pub fn date(now: DateTime<Utc>, zone: &str) -> NaiveDate {
    naive_date(place(zone).to_datetime(stamp(now)).date())
}

/// The date in a zone so many days after a moment: Saturdays and Sundays count.
#[must_use]
pub fn in_days(now: DateTime<Utc>, days: u16, zone: &str) -> NaiveDate {
    let today = date(now, zone);
    today.checked_add_days(chrono::Days::new(days.into())).unwrap_or(today)
}

fn place(name: &str) -> TimeZone {
    ZONES.get(name).unwrap_or(TimeZone::UTC)
}

/// Our moments as the zone library's: to the millisecond, as they are stored.
fn stamp(moment: DateTime<Utc>) -> Timestamp {
    Timestamp::from_millisecond(moment.timestamp_millis()).unwrap_or(Timestamp::MAX)
}

fn back(stamp: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(stamp.as_millisecond()).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn civil_date(day: NaiveDate) -> civil::Date {
    let year = i16::try_from(day.year()).unwrap_or(i16::MAX);
    let month = i8::try_from(day.month()).unwrap_or(1);
    let day = i8::try_from(day.day()).unwrap_or(1);
    civil::Date::new(year, month, day).unwrap_or(civil::Date::MAX)
}

fn naive_date(day: civil::Date) -> NaiveDate {
    let (year, month, day) = (i32::from(day.year()), day.month().unsigned_abs(), day.day().unsigned_abs());
    NaiveDate::from_ymd_opt(year, month.into(), day.into()).unwrap_or(NaiveDate::MAX)
}
