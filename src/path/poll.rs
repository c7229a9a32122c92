//! Quick polls as they are asked, answered for, and ended.

use serde::{Deserialize, Serialize};

use super::act::Founding;
use super::people::PartnerId;
use super::plan::Item;

/// A quick poll as somebody asks it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Polling {
    /// The question.
    pub question: String,
    /// What may be chosen; their keys do not matter.
    pub choices: Vec<Item>,
    /// Organisations, by short name: everybody chooses one card for each of them. None: marks are set.
    pub about: Vec<String>,
    /// How many marks each may set.
    pub marks: u16,
    /// Whether people see afterwards who chose what.
    pub named: bool,
    /// So many people must vote for it to count; none: any number.
    pub quorum: Option<u16>,
    /// Until when, as typed: `3 hours`, `2 working days`, `2026-11-24 18:00`. Empty: two working days.
    pub until: String,
}

/// Somebody who takes part in a room's quick polls without having been entered by anybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// Their name.
    pub name: String,
    /// For which organisation they say they speak, as typed; empty: for themselves.
    pub organisation: String,
}

/// What somebody does about quick polls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PollAct {
    /// Asks one, in a room where nothing is set up.
    Found(Founding, Polling),
    /// Asks one, coming in by it where anybody may.
    Ask(Polling, Option<Arrival>),
    /// Says for which organisation they speak.
    Speak {
        /// In which poll.
        ask: String,
        /// Who they say they are.
        arrival: Arrival,
        /// An organisation that is there already.
        partner: Option<PartnerId>,
    },
    /// Ends one before its time.
    End {
        /// Which.
        ask: String,
    },
}
