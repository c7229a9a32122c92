//! Mixed triads: who sits with whom.
//!
//! Stories are told in small groups of people who do not know each other's work (Path card: mixed
//! groups of three). What counts, in this order; each aim only breaks ties of those before it:
//!
//! 1. as few pairs of one partner as can be,
//! 2. as few groups as can be in which all work on one level,
//! 3. in the group that has least of them, as many shared waking minutes as can be,
//! 4. the sum of those minutes over the groups,
//! 5. the number of different sectors, summed over the groups,
//! 6. as few pairs as can be who have met before;
//!
//! what is then still equal is settled by the seed. Up to [`PROVEN_MAX`] people the answer is the
//! best there is (`exact`); beyond that it is the best that a bounded search finds (`search`).

mod exact;
mod search;
#[cfg(test)]
mod tests;
mod worth;

use chrono::NaiveDate;

use self::worth::Table;
use super::people::{PartnerId, PersonId};

pub use self::worth::{Worth, worth};

/// For so many people the best groups are found and proven.
pub const PROVEN_MAX: usize = 16;

/// Somebody to be placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Their partner.
    pub partner: PartnerId,
    /// Their partner's sector; empty if it is not known, and then it mixes nothing.
    pub sector: String,
    /// Whether they work on the strategic level.
    pub strategic: bool,
    /// Their zone.
    pub zone: String,
}

/// Triads, and how good they are known to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Triads {
    /// The groups in order of their first members, members in order of their numbers.
    pub groups: Vec<Vec<PersonId>>,
    /// Whether no better ones exist.
    pub proven: bool,
}

/// The sizes of the groups: threes, the remainder as fours, never a pair. Up to five people, and
/// so also one or two, are one group.
#[must_use]
pub fn sizes(people: usize) -> Vec<usize> {
    match people {
        0 => Vec::new(),
        1..=5 => vec![people],
        _ => (0..people / 3).map(|group| if group < people % 3 { 4 } else { 3 }).collect(),
    }
}

/// The best triads for these people on this day; ties by seed.
///
/// `met` are pairs who sat together before. The order in which people, pairs and the two of a pair
/// are named does not matter; somebody named twice is placed once.
#[must_use]
pub fn triads(people: &[Candidate], met: &[(PersonId, PersonId)], day: NaiveDate, seed: u64) -> Triads {
    let mut people: Vec<&Candidate> = people.iter().collect();
    people.sort_by_key(|candidate| candidate.person);
    people.dedup_by_key(|candidate| candidate.person);
    let mut chance = Chance(seed);
    chance.shuffle(&mut people);
    let table = Table::new(&people, met, day);
    let proven = people.len() <= PROVEN_MAX;
    let placed = match people.len() {
        0 => Vec::new(),
        1..=5 => vec![(0..people.len()).collect()],
        6..=PROVEN_MAX => exact::best(&table),
        _ => search::good(&table, &mut chance),
    };
    let mut groups: Vec<Vec<PersonId>> =
        placed.into_iter().map(|group| group.into_iter().map(|place| people[place].person).collect()).collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    Triads { groups, proven }
}

/// Chance that can be repeated: the same seed, the same course (splitmix64, public domain).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which is not zero.
    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.next() % bound).unwrap_or(0)
    }

    fn shuffle<T>(&mut self, things: &mut [T]) {
        for place in (1..things.len()).rev() {
            things.swap(place, self.below(place + 1));
        }
    }
}
