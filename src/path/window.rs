//! Windows: one opening of one ask, and who has given in it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::calendar::Wall;
use super::card::CardId;
use super::people::{PartnerId, PersonId, id};

id!(/// One opening of one ask.
    WindowId);

/// One opening of one ask. A consent round, run-off or repetition is a new window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Its number.
    pub id: WindowId,
    /// The ask's key.
    pub ask: String,
    /// The how-many-eth opening of this ask, from 1.
    pub nth: u16,
    /// When it opened.
    pub opens: DateTime<Utc>,
    /// When it ends, known from the start: by then it closes by itself, if nothing has closed it before.
    pub ends: DateTime<Utc>,
    /// What the clocks show then, and where: `ends` is worked out from it. None where an end is a moment and no more,
    /// as with a quick poll of three hours.
    pub wall: Option<Wall>,
    /// Whether it is open.
    pub state: WindowState,
    /// When it was closed.
    pub closed: Option<DateTime<Utc>>,
    /// Why it was opened again; empty at the first opening.
    pub because_of: String,
    /// Why it was closed although people were missing; empty otherwise.
    pub despite: String,
    /// The cards on the table, for asks that choose: fixed when it opens. Empty: whatever comes.
    pub slate: Vec<CardId>,
    /// In a run-off: only these partners are spoken of. Empty: all.
    pub about: Vec<PartnerId>,
    /// For asks given by drafters: who they are.
    pub drafters: BTreeSet<PersonId>,
    /// Whether it was opened by itself (a further round, a run-off, an ask between two meetings) and not with its sitting.
    pub alone: bool,
    /// Whether it was extended already because the quorum was missing at its end: that happens once.
    pub extended: bool,
    /// Whether it closed by itself.
    pub itself: bool,
}

/// Whether a window is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WindowState {
    /// Answers are taken.
    Open,
    /// Its end has passed, and its last count is not in yet: a quick poll that is held elsewhere.
    Due,
    /// Closed by a host or by time.
    Closed,
}

impl Window {
    /// Whether answers are taken.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state != WindowState::Closed
    }

    /// The same, with another end.
    #[must_use]
    pub fn ending(self, end: Wall) -> Self {
        Self { ends: end.at(), wall: Some(end), ..self }
    }

    /// The same, with its end where the zone data of today puts it; none if it lies there already.
    #[must_use]
    pub fn put_right(&self) -> Option<Self> {
        let end = self.wall.clone().filter(|end| self.is_open() && end.at() != self.ends)?;
        Some(self.clone().ending(end))
    }
}

/// In whose name something was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Giver {
    /// A person's own.
    Person(PersonId),
    /// A partner's, by any one of its people.
    Partner(PartnerId),
    /// A triad's, by any one of its members.
    Group(super::group::GroupId),
}

/// That somebody gave, apart from what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Gave.
    Gave,
    /// Passed, no reason asked.
    Passed,
    /// Told it by voice.
    Told,
    /// Was let off by a host.
    Waived,
}

/// One entry of the list of those who have given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// In which window.
    pub window: WindowId,
    /// In whose name.
    pub giver: Giver,
    /// How.
    pub how: How,
    /// When.
    pub at: DateTime<Utc>,
}
