//! Snowflakes: ids that carry the moment they were made.
//!
//! Discord's ids hold milliseconds since 2015 in their upper 42 bits. Here those are milliseconds of
//! **world time**, so an id made on day nine of a rehearsal says day nine.

use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The first second of 2015, Discord's epoch, in Unix milliseconds.
pub const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// An id as Discord hands it out: 64 bits, written as a string in JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u64);

impl Id {
    /// Reads an id from its decimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    /// Reads an id from JSON, where it may stand as a string or as a number.
    pub fn from_json(value: &serde_json::Value) -> Option<Self> {
        value.as_str().map_or_else(|| value.as_u64().map(Self), Self::parse)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        Self::from_json(&value).ok_or_else(|| de::Error::custom("an id is a number, or a string of digits"))
    }
}

/// Makes ids: never the same twice, always rising.
#[derive(Debug, Default)]
pub(crate) struct Mint {
    last: u64,
}

impl Mint {
    /// The next id for something that happens at `now_ms` of world time.
    pub(crate) fn next(&mut self, now_ms: i64) -> Id {
        let since = u64::try_from(now_ms.saturating_sub(DISCORD_EPOCH_MS)).unwrap_or(0);
        self.last = (since << 22).max(self.last + 1);
        Id(self.last)
    }
}

/// A moment of world time as Discord writes it: ISO 8601 with microseconds and an offset.
pub(crate) fn iso(ms: i64) -> String {
    DateTime::<Utc>::from_timestamp_millis(ms).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Micros, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_even_while_time_stands_still() {
        let mut mint = Mint::default();
        let now = DISCORD_EPOCH_MS + 5;
        let (a, b, c) = (mint.next(now), mint.next(now), mint.next(now - 3));
        assert!(a < b && b < c);
        assert_eq!(a.0 >> 22, 5);
    }
}
