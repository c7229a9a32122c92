//! When people are at work: Monday to Friday, 8:00 to 18:00 in their own zone.

use chrono::{DateTime, TimeDelta, Utc};
use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

/// The first hour of a working day.
const FROM_HOUR: i8 = 8;
/// The hour at which it ends.
const UNTIL_HOUR: i8 = 18;
/// People come at a full ten minutes and a little: the grid on which chance picks.
const GRID_MINUTES: i64 = 10;

/// Moments between two others at which somebody in a zone may be at work.
#[must_use]
pub fn working(from: DateTime<Utc>, until: DateTime<Utc>, zone: &str) -> Vec<DateTime<Utc>> {
    let Ok(zone) = TimeZone::get(zone) else { return Vec::new() };
    let mut moments = Vec::new();
    let mut at = from + TimeDelta::minutes(GRID_MINUTES);
    while at < until - TimeDelta::minutes(GRID_MINUTES) {
        if is_working(at, &zone) {
            moments.push(at);
        }
        at += TimeDelta::minutes(GRID_MINUTES);
    }
    moments
}

fn is_working(at: DateTime<Utc>, zone: &TimeZone) -> bool {
    let Ok(moment) = Timestamp::from_millisecond(at.timestamp_millis()) else { return false };
    let local = moment.to_zoned(zone.clone());
    let weekend = matches!(local.weekday(), Weekday::Saturday | Weekday::Sunday);
    !weekend && (FROM_HOUR..UNTIL_HOUR).contains(&local.hour())
}

#[cfg(test)]
mod tests {
    use super::working;
    use chrono::{DateTime, Utc};

    fn count(from: &str, until: &str, zone: &str) -> usize {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        working(at(from), at(until), zone).len()
    }

    #[test]
    fn nobody_works_at_night_or_on_sunday() {
        assert_eq!(count("2026-03-07T00:00:00Z", "2026-03-08T23:00:00Z", "Africa/Nairobi"), 0, "a weekend");
        assert_eq!(count("2026-03-09T18:00:00Z", "2026-03-10T04:00:00Z", "Africa/Nairobi"), 0, "a night");
        assert_eq!(
            count("2026-03-09T05:00:00Z", "2026-03-09T06:00:00Z", "Africa/Nairobi"),
            4,
            "8:10, 8:20, 8:30, 8:40"
        );
        assert_eq!(
            count("2026-03-09T12:00:00Z", "2026-03-09T13:00:00Z", "America/Toronto"),
            4,
            "summer time since the day before"
        );
        assert_eq!(
            count("2026-03-06T12:00:00Z", "2026-03-06T13:00:00Z", "America/Toronto"),
            0,
            "winter time: seven o'clock"
        );
    }
}
