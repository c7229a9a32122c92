//! How well a group is mixed, by the six aims.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Candidate;
use crate::path::calendar::{DAY_MINUTES, Waking};
use crate::path::people::PersonId;

/// What is amiss with one group or with all: the less the better, in the order of the fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Worth {
    /// Pairs of one partner in a group.
    pub same_partner: u32,
    /// Groups in which all work on one level.
    pub one_level: u32,
    /// Minutes of the day that are not shared waking time, in the group where they are most.
    pub worst_apart: u32,
    /// Minutes of the day that are not shared waking time, summed over the groups.
    pub apart: u32,
    /// People more than sectors in their group, summed.
    pub same_sector: u32,
    /// Pairs in a group who have met before.
    pub met: u32,
}

impl Worth {
    /// Two groups' worth together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            same_partner: self.same_partner + other.same_partner,
            one_level: self.one_level + other.one_level,
            worst_apart: self.worst_apart.max(other.worst_apart),
            apart: self.apart + other.apart,
            same_sector: self.same_sector + other.same_sector,
            met: self.met + other.met,
        }
    }

    /// The least shared waking minutes of any group.
    #[must_use]
    pub fn shared_minutes(&self) -> u32 {
        DAY_MINUTES.saturating_sub(self.worst_apart)
    }
}

/// What is amiss with these groups, for example after a host has swapped two people. Somebody who
/// is not among the people counts for nothing.
#[must_use]
pub fn worth(people: &[Candidate], met: &[(PersonId, PersonId)], day: NaiveDate, groups: &[Vec<PersonId>]) -> Worth {
    let people: Vec<&Candidate> = people.iter().collect();
    let table = Table::new(&people, met, day);
    let places = |group: &Vec<PersonId>| -> Vec<usize> {
        group.iter().filter_map(|person| people.iter().position(|candidate| candidate.person == *person)).collect()
    };
    groups.iter().map(|group| table.worth(&places(group))).fold(Worth::default(), Worth::and)
}

/// Everything the aims look at, by place in the order of people. Zones are looked up once each:
/// what a group shares is then a few words of bits.
pub(super) struct Table {
    partners: Vec<i64>,
    /// The same number for the same sector; none for an unknown one.
    sectors: Vec<Option<usize>>,
    strategic: Vec<bool>,
    waking: Vec<Waking>,
    met: Vec<bool>,
}

impl Table {
    pub(super) fn new(people: &[&Candidate], met: &[(PersonId, PersonId)], day: NaiveDate) -> Self {
        let places: BTreeMap<PersonId, usize> = people.iter().map(|one| one.person).zip(0..).collect();
        let mut have_met = vec![false; people.len() * people.len()];
        for (one, other) in met {
            if let (Some(one), Some(other)) = (places.get(one), places.get(other)) {
                have_met[one * people.len() + other] = true;
                have_met[other * people.len() + one] = true;
            }
        }
        let mut zones: BTreeMap<&str, Waking> = BTreeMap::new();
        let mut sectors: BTreeMap<String, usize> = BTreeMap::new();
        let mut sector = |name: &str| {
            let next = sectors.len();
            let name = name.trim().to_lowercase();
            (!name.is_empty()).then(|| *sectors.entry(name).or_insert(next))
        };
        Self {
            partners: people.iter().map(|one| one.partner.0).collect(),
            sectors: people.iter().map(|one| sector(&one.sector)).collect(),
            strategic: people.iter().map(|one| one.strategic).collect(),
            waking: people
                .iter()
                .map(|one| *zones.entry(&one.zone).or_insert_with(|| Waking::of(&one.zone, day)))
                .collect(),
            met: have_met,
        }
    }

    /// How many people.
    pub(super) fn len(&self) -> usize {
        self.partners.len()
    }

    /// What is amiss with one group.
    pub(super) fn worth(&self, group: &[usize]) -> Worth {
        let mut worth = Worth::default();
        let mut shared = Waking::all();
        let mut sectors: Vec<usize> = Vec::with_capacity(group.len());
        for (nth, one) in group.iter().enumerate() {
            shared = shared.and(&self.waking[*one]);
            if let Some(sector) = self.sectors[*one]
                && !sectors.contains(&sector)
            {
                sectors.push(sector);
            }
            for other in &group[..nth] {
                worth.same_partner += u32::from(self.partners[*one] == self.partners[*other]);
                worth.met += u32::from(self.met[one * self.len() + other]);
            }
        }
        let strategic = group.iter().filter(|one| self.strategic[**one]).count();
        worth.one_level = u32::from(strategic == 0 || strategic == group.len());
        worth.apart = DAY_MINUTES - shared.minutes();
        worth.worst_apart = worth.apart;
        worth.same_sector = u32::try_from(group.len() - sectors.len()).unwrap_or(u32::MAX);
        worth
    }
}
