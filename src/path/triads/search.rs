//! Good groups for more people than can be proven: swap, settle, shake, and keep the best.
//!
//! From a chance beginning, two people of different groups change places wherever that is better,
//! until no swap is. Then a few are moved by chance and it begins again from the best so far. The
//! number of swaps looked at is bounded, so it takes a bounded time, and the seed repeats it.

use super::worth::{Table, Worth};
use super::{Chance, sizes};

/// How many swaps are looked at in all, at least; more people need more to settle once.
const SWAPS_LOOKED_AT: usize = 60_000;
/// How many swaps a shake makes.
const SHAKEN: usize = 4;

/// Good groups: places of people in the table.
pub(super) fn good(table: &Table, chance: &mut Chance) -> Vec<Vec<usize>> {
    let mut seats: Vec<usize> = (0..table.len()).collect();
    chance.shuffle(&mut seats);
    let mut left = SWAPS_LOOKED_AT.max(4 * table.len() * table.len());
    let mut best = Room::new(table, &seats);
    best.settle(&mut left);
    while left > 0 {
        let mut next = best.clone();
        for _ in 0..SHAKEN {
            let (one, other) = (chance.below(next.groups.len()), chance.below(next.groups.len()));
            let seats = (chance.below(next.groups[one].len()), chance.below(next.groups[other].len()));
            if one != other {
                next.swap((one, seats.0), (other, seats.1));
            }
        }
        next.settle(&mut left);
        if next.total() <= best.total() {
            best = next;
        }
    }
    best.groups
}

/// A seat: the group and the place in it.
type Seat = (usize, usize);

/// People in groups, and what is amiss with each group.
#[derive(Clone)]
struct Room<'a> {
    table: &'a Table,
    groups: Vec<Vec<usize>>,
    worth: Vec<Worth>,
}

impl<'a> Room<'a> {
    fn new(table: &'a Table, seats: &[usize]) -> Self {
        let mut rest = seats.iter().copied();
        let groups: Vec<Vec<usize>> =
            sizes(seats.len()).into_iter().map(|size| rest.by_ref().take(size).collect()).collect();
        let worth = groups.iter().map(|group| table.worth(group)).collect();
        Self { table, groups, worth }
    }

    fn total(&self) -> Worth {
        self.worth.iter().copied().fold(Worth::default(), Worth::and)
    }

    fn swap(&mut self, one: Seat, other: Seat) {
        self.change_places(one, other);
        for group in [one.0, other.0] {
            self.worth[group] = self.table.worth(&self.groups[group]);
        }
    }

    fn change_places(&mut self, one: Seat, other: Seat) {
        let moved = self.groups[one.0][one.1];
        self.groups[one.0][one.1] = self.groups[other.0][other.1];
        self.groups[other.0][other.1] = moved;
    }

    /// Makes better swaps until there is none, or no more may be looked at.
    fn settle(&mut self, left: &mut usize) {
        while self.pass(left) {}
    }

    /// Looks at every pair of groups once; whether anything became better.
    fn pass(&mut self, left: &mut usize) -> bool {
        let mut better = false;
        for one in 0..self.groups.len() {
            for other in one + 1..self.groups.len() {
                let others = (0..self.groups.len()).filter(|group| *group != one && *group != other);
                let rest = others.map(|group| self.worth[group]).fold(Worth::default(), Worth::and);
                let seats = self.groups[one].len() * self.groups[other].len();
                for seat in 0..seats {
                    if *left == 0 {
                        return false;
                    }
                    *left -= 1;
                    let pair = ((one, seat % self.groups[one].len()), (other, seat / self.groups[one].len()));
                    better |= self.try_swap(pair, rest);
                }
            }
        }
        better
    }

    /// Swaps two people if all is better for it.
    fn try_swap(&mut self, (one, other): (Seat, Seat), rest: Worth) -> bool {
        let (old_one, old_other) = (self.worth[one.0], self.worth[other.0]);
        self.swap(one, other);
        let better = rest.and(self.worth[one.0]).and(self.worth[other.0]) < rest.and(old_one).and(old_other);
        if !better {
            self.change_places(one, other);
            (self.worth[one.0], self.worth[other.0]) = (old_one, old_other);
        }
        better
    }
}
