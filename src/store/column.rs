//! What is read from a row, and what to say if it cannot be read.

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;

use super::error::StoreError;

/// A time, from its milliseconds.
pub(super) fn time(table: &'static str, ms: i64) -> Result<DateTime<Utc>, StoreError> {
    DateTime::from_timestamp_millis(ms).ok_or(StoreError::Corrupt { table, why: "a time is out of range" })
}

/// A time that may be missing.
pub(super) fn maybe_time(table: &'static str, ms: Option<i64>) -> Result<Option<DateTime<Utc>>, StoreError> {
    ms.map(|ms| time(table, ms)).transpose()
}

/// A word of a closed set.
pub(super) fn word<T: DeserializeOwned>(table: &'static str, spelt: String) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(spelt))
        .map_err(|_| StoreError::Corrupt { table, why: "a word is not of its closed set" })
}

/// A small number.
pub(super) fn small<T: TryFrom<i64>>(table: &'static str, number: i64) -> Result<T, StoreError> {
    T::try_from(number).map_err(|_| StoreError::Corrupt { table, why: "a number is out of range" })
}

/// A thing kept as JSON.
pub(super) fn json<T: DeserializeOwned>(table: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt { table, why: "its JSON does not fit" })
}
