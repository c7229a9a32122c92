//! What is typed with an act: a founding, partners, people, a card.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::card::{CardId, Via};
use super::people::{AccountId, Level, PersonId, RoomId};

/// What a new partnership starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founding {
    /// Its name.
    pub name: String,
    /// Its focal issue, one or two sentences.
    pub issue: String,
    /// Language of words and prompts.
    pub language: String,
    /// The house.
    pub house: u64,
    /// Its room.
    pub room: RoomId,
    /// The first host's account.
    pub account: AccountId,
    /// The first host's name as people say it.
    pub host: String,
    /// The first host's account name.
    pub handle: String,
    /// The first host's partner, short name.
    pub partner: String,
    /// The first host's zone, as typed.
    pub zone: String,
}

/// A partner as a host types it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPartner {
    /// Short name.
    pub short: String,
    /// Full name; the short one if empty.
    pub name: String,
    /// Sector; may be empty.
    pub sector: String,
    /// Days it needs for a decision.
    pub lag_days: u16,
}

/// A person as a host types it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPerson {
    /// Their name.
    pub name: String,
    /// Their partner's short name.
    pub partner: String,
    /// Their level.
    pub level: Level,
    /// Their zone; empty: the first host's.
    pub zone: String,
    /// Their account's unique name; may be empty.
    pub handle: String,
    /// Whether they are a host too.
    pub host: bool,
}

/// A card being given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Giving {
    /// The ask's key.
    pub ask: String,
    /// The card that is edited; none: a new one.
    pub card: Option<CardId>,
    /// What stands in each field.
    pub fields: BTreeMap<String, String>,
    /// Fields not named keep what they hold (a page of a longer form).
    pub partial: bool,
    /// For whom a host writes it down.
    pub behalf: Option<PersonId>,
    /// How it reached us.
    pub via: Via,
    /// Given although a form check spoke against it (*It is one sentence*).
    pub despite: bool,
    /// Given knowing that the ask has closed: as an addition.
    pub late: bool,
}
