//! Nudges: who was reminded of what, and who wants it how.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::people::PersonId;

/// Where somebody wants to be nudged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// In their partner's room.
    #[default]
    Room,
    /// By a message to them alone.
    Direct,
    /// Not at all.
    Nowhere,
}

/// Which nudge of a sitting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// After half of its time.
    Half,
    /// Near its end.
    Late,
}

/// That somebody was nudged about a sitting. All with one person and moment are one message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Nudge {
    /// Who.
    pub person: PersonId,
    /// When it was decided.
    pub at: DateTime<Utc>,
    /// About which sitting, by its key.
    pub sitting: String,
    /// Which nudge of that sitting.
    pub stage: Stage,
}

/// *Tell me a better day*: the next nudge comes then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Who.
    pub person: PersonId,
    /// For which sitting, by its key.
    pub sitting: String,
    /// The day, in their own zone.
    pub day: NaiveDate,
    /// When they said so.
    pub at: DateTime<Utc>,
}

/// One fact to record about nudges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// Somebody is nudged.
    Nudged(Nudge),
    /// That nudge was not needed any more when it was to be sent; it counts for nothing.
    Unsaid {
        /// Whose.
        person: PersonId,
        /// Decided when.
        at: DateTime<Utc>,
    },
    /// Hosts are told that partners are missing.
    Told {
        /// In which sitting.
        sitting: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// A better day.
    Wish(Wish),
    /// Where somebody wants to be nudged.
    Reach {
        /// Who.
        person: PersonId,
        /// Where.
        reach: Reach,
    },
}

/// What somebody asks for with a nudge in hand, or the program itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Where I want to be nudged.
    Reach(Reach),
    /// The next nudge on that day.
    Day(NaiveDate),
    /// *Pass* for all that still waits for me in a sitting.
    PassAll {
        /// The sitting's key.
        sitting: String,
    },
    /// A nudge was not needed any more. By nobody but the program.
    Unsaid {
        /// Whose.
        person: PersonId,
        /// Decided when.
        at: DateTime<Utc>,
    },
    /// Somebody cannot be written to directly. By nobody but the program.
    Unreachable {
        /// Who.
        person: PersonId,
    },
}

/// All that is known about nudges of one partnership.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Nudging {
    /// Who was nudged.
    pub nudges: BTreeSet<Nudge>,
    /// When hosts were told of missing partners, by sitting.
    pub told: BTreeSet<(String, DateTime<Utc>)>,
    /// Better days.
    pub wishes: BTreeMap<(PersonId, String), Wish>,
    /// Where people want to be nudged, if they said so.
    pub reaches: BTreeMap<PersonId, Reach>,
}

impl Nudging {
    /// Takes one fact.
    pub(super) fn take(&mut self, fact: Fact) {
        match fact {
            Fact::Nudged(nudge) => drop(self.nudges.insert(nudge)),
            Fact::Unsaid { person, at } => self.nudges.retain(|nudge| (nudge.person, nudge.at) != (person, at)),
            Fact::Told { sitting, at } => drop(self.told.insert((sitting, at))),
            Fact::Wish(wish) => drop(self.wishes.insert((wish.person, wish.sitting.clone()), wish)),
            Fact::Reach { person, reach } => drop(self.reaches.insert(person, reach)),
        }
    }

    /// Only what is one person's own; nothing if it is nobody who looks.
    pub(super) fn keep_own(&mut self, me: Option<PersonId>) {
        self.nudges.retain(|nudge| Some(nudge.person) == me);
        self.wishes.retain(|(person, _), _| Some(*person) == me);
        self.reaches.retain(|person, _| Some(*person) == me);
        self.told.clear();
    }

    /// Where somebody wants to be nudged.
    #[must_use]
    pub fn reach(&self, person: PersonId) -> Reach {
        self.reaches.get(&person).copied().unwrap_or_default()
    }
}
