//! A time as people agree on it: what the clocks of a place will show.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use jiff::civil;
use serde::{Deserialize, Serialize};

use super::{back, civil_date, clock, moment, place};

/// What the clocks of a place show. The moment is worked out from it by the zone data that is current, so that a
/// window still ends at 18:00 there if a country changes its rules while the window is open.
///
/// Where the clocks never show this (a gap), it is the first moment after the gap; where they show it twice
/// (an overlap), the first time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wall {
    /// What the clocks show, to the minute.
    pub shows: NaiveDateTime,
    /// Where: the name of a zone. One that is not known counts as UTC.
    pub zone: String,
}

impl Wall {
    /// So many o'clock of a date in a zone.
    pub(super) fn new(day: NaiveDate, hour: i8, zone: &str) -> Self {
        let hour = u32::from(hour.unsigned_abs());
        let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        Self { shows: day.and_time(time), zone: zone.to_owned() }
    }

    /// What the clocks of a zone show at a moment, to the minute.
    #[must_use]
    pub fn showing(at: DateTime<Utc>, zone: &str) -> Self {
        Self { shows: clock(at, zone), zone: zone.to_owned() }
    }

    /// The moment, by the zone data of this program.
    #[must_use]
    pub fn at(&self) -> DateTime<Utc> {
        back(moment(&place(&self.zone), civil_datetime(self.shows)))
    }
}

fn civil_datetime(shows: NaiveDateTime) -> civil::DateTime {
    use chrono::Timelike;
    let part = |part: u32| i8::try_from(part).unwrap_or(0);
    let time = shows.time();
    civil_date(shows.date()).at(part(time.hour()), part(time.minute()), 0, 0)
}
