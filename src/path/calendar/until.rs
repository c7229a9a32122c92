//! When something ends, as people type it.

use chrono::{DateTime, TimeDelta, Utc};
use jiff::civil;

use super::{DaysOff, END_HOUR, back, ends, moment, place};

/// What somebody typed as an end: `90 minutes`, `3 hours`, `2 days`, `1 week`, `2 working days`,
/// `2026-11-24`, `2026-11-24 18:00`. Dates are read in their own zone, and end at 18:00 where no hour
/// stands; working days end where 18:00 comes latest. None if it cannot be read.
#[must_use]
pub fn until(typed: &str, now: DateTime<Utc>, zone: &str, zones: &[&str], off: &DaysOff) -> Option<DateTime<Utc>> {
    let typed = typed.trim().to_lowercase();
    let digits = typed.find(|char: char| !char.is_ascii_digit()).unwrap_or(typed.len());
    let (number, unit) = typed.split_at(digits);
    if let Ok(number) = number.parse::<u16>() {
        let count = i64::from(number);
        match unit.trim().trim_end_matches('s') {
            "minute" | "min" => return now.checked_add_signed(TimeDelta::minutes(count)),
            "hour" | "h" => return now.checked_add_signed(TimeDelta::hours(count)),
            "day" | "d" => return now.checked_add_signed(TimeDelta::days(count)),
            "week" | "w" => return now.checked_add_signed(TimeDelta::weeks(count)),
            // More than a year of them is more than anything here may last.
            "working day" => return Some(ends(now, number.min(366), zones, off).at()),
            _ => {}
        }
    }
    let shown = typed.parse::<civil::Date>().map(|date| date.at(END_HOUR, 0, 0, 0));
    let shown = if typed.contains(':') { typed.parse::<civil::DateTime>().ok() } else { shown.ok() }?;
    Some(back(moment(&place(zone), shown)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_read_as_people_type_them() {
        let now: DateTime<Utc> = "2026-03-27T09:00:00Z".parse().unwrap();
        let zones = ["Europe/Berlin", "America/Lima"];
        let table = [
            ("90 minutes", Some("2026-03-27T10:30:00Z")),
            ("3 Hours", Some("2026-03-27T12:00:00Z")),
            ("1 day", Some("2026-03-28T09:00:00Z")),
            ("2 weeks", Some("2026-04-10T09:00:00Z")),
            // Friday and Monday; 18:00 in Lima is 23:00 in UTC.
            ("2 working days", Some("2026-03-30T23:00:00Z")),
            ("2026-03-30", Some("2026-03-30T16:00:00Z")),
            ("2026-03-30 12:15", Some("2026-03-30T10:15:00Z")),
            // 02:30 does not exist that night: the first moment after the gap.
            ("2026-03-29 02:30", Some("2026-03-29T01:00:00Z")),
            ("2026-02-30", None),
            ("soon", None),
            ("", None),
            ("3", None),
            ("99999 days", None),
            ("-1 days", None),
        ];
        for (typed, expected) in table {
            let expected = expected.map(|at| at.parse::<DateTime<Utc>>().unwrap());
            assert_eq!(until(typed, now, "Europe/Berlin", &zones, &DaysOff::new()), expected, "{typed}");
        }
    }
}
