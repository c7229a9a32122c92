//! What is bound to a statement: the two types that both engines read alike.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::path::{
    AccountId, ApprovalId, CardId, ClusterId, DecisionId, GroupId, LinkId, PartnerId, PartnershipId, PersonId, PleaId,
    ReleaseId, RoomId, ShareId, VersionId, WindowId,
};

/// One bound value.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    /// A `BIGINT`, or none.
    Number(Option<i64>),
    /// A `TEXT`, or none.
    Text(Option<String>),
}

/// The cells of one statement, in order.
macro_rules! cells {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::cell::Cell::from($value)),*] };
}
pub(super) use cells;

/// A word of a closed set, spelt as serde spells it.
pub(super) fn spell(word: &impl Serialize) -> String {
    let spelt = serde_json::to_value(word).ok();
    spelt.as_ref().and_then(serde_json::Value::as_str).expect("BUG: only plain words are spelt").to_owned()
}

/// Numbers of the meeting place have 64 bits without a sign; they are kept bit for bit.
pub(super) fn bits(number: u64) -> i64 {
    number.cast_signed()
}

macro_rules! numbers {
    ($($name:ident),*) => { $(impl From<$name> for Cell {
        fn from(id: $name) -> Self { Self::Number(Some(id.0)) }
    }
    impl From<Option<$name>> for Cell {
        fn from(id: Option<$name>) -> Self { Self::Number(id.map(|id| id.0)) }
    })* };
}
numbers!(
    ApprovalId,
    CardId,
    ClusterId,
    DecisionId,
    GroupId,
    LinkId,
    PartnerId,
    PartnershipId,
    PersonId,
    PleaId,
    ReleaseId,
    ShareId,
    VersionId,
    WindowId
);

macro_rules! widened {
    ($($name:ident),*) => { $(impl From<$name> for Cell {
        fn from(number: $name) -> Self { Self::Number(Some(i64::from(number))) }
    }
    impl From<Option<$name>> for Cell {
        fn from(number: Option<$name>) -> Self { Self::Number(number.map(i64::from)) }
    })* };
}
widened!(bool, i64, u8, u16, u32);

impl From<AccountId> for Cell {
    fn from(id: AccountId) -> Self {
        Self::Number(Some(bits(id.0)))
    }
}

impl From<RoomId> for Cell {
    fn from(id: RoomId) -> Self {
        Self::Number(Some(bits(id.0)))
    }
}

impl From<DateTime<Utc>> for Cell {
    fn from(time: DateTime<Utc>) -> Self {
        Self::Number(Some(time.timestamp_millis()))
    }
}

impl From<Option<DateTime<Utc>>> for Cell {
    fn from(time: Option<DateTime<Utc>>) -> Self {
        Self::Number(time.map(|time| time.timestamp_millis()))
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(Some(text.clone()))
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<&Option<String>> for Cell {
    fn from(text: &Option<String>) -> Self {
        Self::Text(text.clone())
    }
}
