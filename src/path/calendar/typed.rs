//! Dates and times as people type them: *20 March*, *20.3.2026*, *2026-03-20 18:00*, *3 hours*, *2 working days*.
//! Wherever a date is typed it is read here.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use jiff::civil;

use super::{DaysOff, END_HOUR, back, civil_date, date, ends, moment, place};

/// The months as they are typed: the first three letters are enough.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// More than a year of working days is more than anything here may last.
const WORKING_DAYS_MAX: u16 = 366;

/// What somebody typed where a date, or a date with a time, is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// A date alone. What hour it means, the one who asked knows.
    Day(NaiveDate),
    /// A date with a time, or so many minutes, hours, days or weeks from now.
    Moment(DateTime<Utc>),
    /// So many working days from now, today with them.
    WorkingDays(u16),
}

/// What somebody in a zone typed at a moment; none if it cannot be read.
#[must_use]
pub fn typed(words: &str, now: DateTime<Utc>, zone: &str) -> Option<Typed> {
    let words = words.trim().to_lowercase();
    if let Some(span) = span(&words, now) {
        return Some(span);
    }
    let today = date(now, zone);
    if !words.contains(':') {
        return typed_date(&words, today).map(Typed::Day);
    }
    let shown = words.parse::<civil::DateTime>().ok().or_else(|| dated_time(&words, today))?;
    Some(Typed::Moment(back(moment(&place(zone), shown))))
}

/// The end that somebody typed: a date ends at 18:00 of their own zone, working days where 18:00 comes latest.
/// None if it cannot be read.
#[must_use]
pub fn until(words: &str, now: DateTime<Utc>, zone: &str, zones: &[&str], off: &DaysOff) -> Option<DateTime<Utc>> {
    Some(match typed(words, now, zone)? {
        Typed::Day(day) => back(moment(&place(zone), civil_date(day).at(END_HOUR, 0, 0, 0))),
        Typed::Moment(at) => at,
        Typed::WorkingDays(days) => ends(now, days, zones, off).at(),
    })
}

/// The date that somebody typed on a day; without a year, the next one with that name. Where a form could mean two
/// days (3/4), it means none.
#[must_use]
pub fn typed_date(words: &str, today: NaiveDate) -> Option<NaiveDate> {
    let words = words.trim();
    if let Some(date) = numbered(words) {
        return Some(date);
    }
    let parts: Vec<&str> = words.split([' ', ',', '.']).filter(|part| !part.is_empty()).collect();
    let (day, month, year) = match parts.as_slice() {
        [one, other] => (*one, *other, None),
        [one, other, year] => (*one, *other, Some(year.parse::<i32>().ok()?)),
        _ => return None,
    };
    let (day, month) = match (number(day), named(month), named(day), number(month)) {
        (Some(day), Some(month), _, _) | (_, _, Some(month), Some(day)) => (day, month),
        (Some(day), None, None, Some(month)) if words.contains('.') => (day, month),
        _ => return None,
    };
    match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day),
        None => {
            let this = NaiveDate::from_ymd_opt(today.year(), month, day).filter(|date| *date >= today);
            this.or_else(|| NaiveDate::from_ymd_opt(today.year() + 1, month, day))
        }
    }
}

/// `3 hours`, `2 working days`.
fn span(words: &str, now: DateTime<Utc>) -> Option<Typed> {
    let digits = words.find(|char: char| !char.is_ascii_digit()).unwrap_or(words.len());
    let (number, unit) = words.split_at(digits);
    let number: u16 = number.parse().ok()?;
    let count = i64::from(number);
    let span = match unit.trim().trim_end_matches('s') {
        "minute" | "min" => TimeDelta::minutes(count),
        "hour" | "h" => TimeDelta::hours(count),
        "day" | "d" => TimeDelta::days(count),
        "week" | "w" => TimeDelta::weeks(count),
        "working day" => return Some(Typed::WorkingDays(number.min(WORKING_DAYS_MAX))),
        _ => return None,
    };
    now.checked_add_signed(span).map(Typed::Moment)
}

/// `2026-03-20`, as either of two readers knows it.
fn numbered(words: &str) -> Option<NaiveDate> {
    let other = || {
        let day: civil::Date = words.parse().ok()?;
        NaiveDate::from_ymd_opt(day.year().into(), day.month().unsigned_abs().into(), day.day().unsigned_abs().into())
    };
    words.parse().ok().or_else(|| other().filter(|_| !words.contains(':')))
}

/// `20 march 18:00`, `20 march at 18:00`.
fn dated_time(words: &str, today: NaiveDate) -> Option<civil::DateTime> {
    let (day, time) = words.rsplit_once(char::is_whitespace)?;
    let day = day.trim_end();
    let day = day.strip_suffix(" at").unwrap_or(day).trim_end_matches(',');
    let (hour, minute) = time.split_once(':')?;
    let time = civil::Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
    Some(civil_date(typed_date(day, today)?).to_datetime(time))
}

fn number(text: &str) -> Option<u32> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &text[digits.len()..];
    if matches!(ending, "" | "st" | "nd" | "rd" | "th") { digits.parse().ok() } else { None }
}

fn named(text: &str) -> Option<u32> {
    let lower = text.to_lowercase();
    let first = lower.get(..3)?;
    let at = MONTHS.iter().position(|month| *month == first)?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn dates_are_read_as_people_type_them() {
        let today = "2026-03-10".parse().unwrap();
        let cases = [
            ("2026-03-20", "2026-03-20"),
            ("2026-3-5", "2026-03-05"),
            ("20260320", "2026-03-20"),
            (" 20 March ", "2026-03-20"),
            ("March 20", "2026-03-20"),
            ("20th mar 2027", "2027-03-20"),
            ("20.3.2026", "2026-03-20"),
            ("20.3.", "2026-03-20"),
            ("9 March", "2027-03-09"),
            ("10 March", "2026-03-10"),
        ];
        for (words, date) in cases {
            assert_eq!(typed_date(words, today).map(|date| date.to_string()).as_deref(), Some(date), "{words}");
        }
        for words in ["", "soon", "3/4", "31 April", "2026-02-30", "20 3", "20", "März 20x", "1 2 3 4", "é20 ×"] {
            assert_eq!(typed_date(words, today), None, "{words}");
        }
        assert_eq!(typed_date("2026-03-20 18:00", today), None, "no time is dropped in silence");
    }

    #[test]
    fn ends_are_read_as_people_type_them() {
        let now = at("2026-03-27T09:00:00Z");
        let zones = ["Europe/Berlin", "America/Lima"];
        let table = [
            ("90 minutes", Some("2026-03-27T10:30:00Z")),
            ("3 Hours", Some("2026-03-27T12:00:00Z")),
            ("1 day", Some("2026-03-28T09:00:00Z")),
            ("2 weeks", Some("2026-04-10T09:00:00Z")),
            // Friday and Monday; 18:00 in Lima is 23:00 in UTC.
            ("2 working days", Some("2026-03-30T23:00:00Z")),
            ("2026-03-30", Some("2026-03-30T16:00:00Z")),
            ("30 March", Some("2026-03-30T16:00:00Z")),
            ("30.3.", Some("2026-03-30T16:00:00Z")),
            ("2026-03-30 12:15", Some("2026-03-30T10:15:00Z")),
            ("2026-03-30T12:15", Some("2026-03-30T10:15:00Z")),
            ("30 March 12:15", Some("2026-03-30T10:15:00Z")),
            ("March 30 at 12:15", Some("2026-03-30T10:15:00Z")),
            ("30.3.2026, 12:15", Some("2026-03-30T10:15:00Z")),
            // 02:30 does not exist that night: the first moment after the gap.
            ("2026-03-29 02:30", Some("2026-03-29T01:00:00Z")),
            ("2026-02-30", None),
            ("30 March 25:00", None),
            ("30 March 12:60", None),
            ("12:15", None),
            (":", None),
            ("soon", None),
            ("", None),
            ("3", None),
            ("99999 days", None),
            ("-1 days", None),
        ];
        for (words, expected) in table {
            assert_eq!(until(words, now, "Europe/Berlin", &zones, &DaysOff::new()), expected.map(at), "{words}");
        }
    }

    #[test]
    fn a_date_a_moment_and_working_days_are_told_apart() {
        let now = at("2026-03-27T09:00:00Z");
        let table = [
            ("30 March", Some(Typed::Day("2026-03-30".parse().unwrap()))),
            ("30 March 18:00", Some(Typed::Moment(at("2026-03-30T15:00:00Z")))),
            ("1 week", Some(Typed::Moment(at("2026-04-03T09:00:00Z")))),
            ("2 working days", Some(Typed::WorkingDays(2))),
            ("65535 working days", Some(Typed::WorkingDays(366))),
            ("next week", None),
        ];
        for (words, expected) in table {
            assert_eq!(typed(words, now, "Africa/Nairobi"), expected, "{words}");
        }
    }
}
