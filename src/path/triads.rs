//! Mixed triads: who sits with whom.

use chrono::NaiveDate;

use super::people::{PartnerId, PersonId};

/// Somebody to be placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Their partner.
    pub partner: PartnerId,
    /// Their partner's sector.
    pub sector: String,
    /// Whether they work on the strategic level.
    pub strategic: bool,
    /// Their zone.
    pub zone: String,
}

/// Triads, and how good they are known to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Triads {
    /// The groups, members in order of their numbers.
    pub groups: Vec<Vec<PersonId>>,
    /// Whether no better ones exist.
    pub proven: bool,
}

/// The best triads for these people on this day; ties by seed.
#[must_use]
pub fn triads(_people: &[Candidate], _met: &[(PersonId, PersonId)], _day: NaiveDate, _seed: u64) -> Triads {
    Triads { groups: Vec::new(), proven: false }
}
