//! Quick polls as they are asked, answered for, and ended.

use serde::{Deserialize, Serialize};

use super::act::Founding;
use super::card::CardId;
use super::people::{AccountId, PartnerId};
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
    /// Held by the place where people meet: few and short options, and everybody sees every vote.
    pub public: bool,
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
    Found(Box<Founding>, Polling),
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
    /// Somebody should look what was counted in a public one. By the clock alone.
    Look {
        /// Which.
        ask: String,
    },
    /// What was counted in a public one: the whole of it, in place of what was known before. By the clock alone.
    Counted {
        /// Which.
        ask: String,
        /// Whose account stands at which card; none: it cannot be read any more.
        votes: Option<Vec<(AccountId, CardId)>>,
        /// Whether nothing will change any more.
        is_final: bool,
    },
}
