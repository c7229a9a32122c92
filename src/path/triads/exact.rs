//! The best groups for up to sixteen people, proven by looking at every set of people once.
//!
//! A set of people already placed is a number of sixteen bits. Whoever is first among those not yet
//! placed must sit in the next group, so each way of grouping is met once; how many fours are still
//! to come follows from how many people are. The aims add up over the groups, all but one: least
//! shared waking time is that of the worst group, and a way that is behind on a set may still win
//! by it. So there are three passes:
//!
//! 1. the least sum of the aims before it, for every set;
//! 2. among the ways that reach that, the best worst group;
//! 3. without the groups that are worse than that, the least sum of all aims that add up.

use super::worth::{Table, Worth};

/// A set of people, one bit each.
type Set = usize;
/// The aims that add up, as one number, the first in its highest bits. Sixteen people overflow none
/// of them: at most 30 pairs, 5 groups, 7,200 minutes, 16 people without a sector, 30 pairs.
type Sum = u64;

/// No way to get there.
const NONE: Sum = Sum::MAX;

/// The best groups: places of people in the table, which holds six to sixteen.
pub(super) fn best(table: &Table) -> Vec<Vec<usize>> {
    let groups = Groups::new(table);
    let firsts = groups.sums(first_aims);
    let first_pass = groups.least(&firsts);
    let worst_apart = groups.least_worst(&firsts, &first_pass.least);
    let alls = groups.sums(|worth| if worth.worst_apart <= worst_apart { all_sums(worth) } else { NONE });
    groups.course(&groups.least(&alls))
}

fn first_aims(worth: &Worth) -> Sum {
    (Sum::from(worth.same_partner) << 8) | Sum::from(worth.one_level)
}

fn all_sums(worth: &Worth) -> Sum {
    let later = (Sum::from(worth.apart) << 16) | (Sum::from(worth.same_sector) << 8) | Sum::from(worth.met);
    (first_aims(worth) << 32) | later
}

/// Every group of three or four, by its set.
struct Groups {
    people: usize,
    worth: Vec<Option<Worth>>,
}

/// What one pass finds for every set of people.
struct Pass {
    /// The least sum with which it can be placed.
    least: Vec<Sum>,
    /// The group that was placed last.
    last: Vec<Set>,
}

impl Groups {
    fn new(table: &Table) -> Self {
        let people = table.len();
        let worth = |set: Set| matches!(set.count_ones(), 3 | 4).then(|| table.worth(&members(set)));
        Self { people, worth: (0..1 << people).map(worth).collect() }
    }

    fn sums(&self, sum: impl Fn(&Worth) -> Sum) -> Vec<Sum> {
        self.worth.iter().map(|worth| worth.as_ref().map_or(NONE, &sum)).collect()
    }

    fn all(&self) -> Set {
        (1 << self.people) - 1
    }

    /// The least sum for every set.
    fn least(&self, sums: &[Sum]) -> Pass {
        let mut pass = Pass { least: vec![NONE; self.all() + 1], last: vec![0; self.all() + 1] };
        pass.least[0] = 0;
        for placed in 0..self.all() {
            let so_far = pass.least[placed];
            if so_far == NONE {
                continue;
            }
            self.each_next(placed, |group| {
                if sums[group] != NONE && so_far + sums[group] < pass.least[placed | group] {
                    pass.least[placed | group] = so_far + sums[group];
                    pass.last[placed | group] = group;
                }
            });
        }
        pass
    }

    /// How far apart the worst group has to be, on the best of the ways that reach the least sums.
    fn least_worst(&self, sums: &[Sum], least: &[Sum]) -> u32 {
        let mut worst = vec![u32::MAX; self.all() + 1];
        worst[0] = 0;
        for placed in 0..self.all() {
            let so_far = worst[placed];
            if so_far == u32::MAX {
                continue;
            }
            self.each_next(placed, |group| {
                let Some(worth) = &self.worth[group] else { return };
                if least[placed] + sums[group] == least[placed | group] {
                    let reached = &mut worst[placed | group];
                    *reached = (*reached).min(so_far.max(worth.worst_apart));
                }
            });
        }
        worst[self.all()]
    }

    /// Every group that may come next: with the first person not yet placed.
    fn each_next(&self, placed: Set, mut take: impl FnMut(Set)) {
        let open: Vec<Set> = (0..self.people).map(|place| 1 << place).filter(|one| placed & one == 0).collect();
        let fours = open.len() % 3;
        let threes = (open.len() - 4 * fours) / 3;
        let Some((first, others)) = open.split_first() else { return };
        for (nth, second) in others.iter().enumerate() {
            for (after, third) in others.iter().enumerate().skip(nth + 1) {
                let three = first | second | third;
                if threes > 0 {
                    take(three);
                }
                if fours > 0 {
                    others[after + 1..].iter().for_each(|fourth| take(three | fourth));
                }
            }
        }
    }

    /// The groups of a pass, back from everybody placed to nobody.
    fn course(&self, pass: &Pass) -> Vec<Vec<usize>> {
        let mut groups = Vec::new();
        let mut placed = self.all();
        while placed != 0 && pass.last[placed] != 0 {
            groups.push(members(pass.last[placed]));
            placed &= !pass.last[placed];
        }
        groups
    }
}

fn members(set: Set) -> Vec<usize> {
    (0..Set::BITS as usize).filter(|place| set & (1 << place) != 0).collect()
}
