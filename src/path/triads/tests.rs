//! Triads against every other way of grouping, and on the worked example.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::worth::Table;
use super::{Candidate, Chance, PROVEN_MAX, Triads, Worth, exact, search, sizes, triads, worth};
use crate::path::people::{PartnerId, PersonId};

const ZONES: [&str; 6] =
    ["Africa/Nairobi", "Asia/Dubai", "America/Toronto", "Europe/Lisbon", "Asia/Kolkata", "Pacific/Auckland"];
const SECTORS: [&str; 5] = ["civil society", "public", "business", "research", ""];

type Met = Vec<(PersonId, PersonId)>;

fn day() -> NaiveDate {
    "2026-03-10".parse().unwrap()
}

/// The thirteen of the worked example: name, partner, strategic, zone.
const EXAMPLE: [(&str, i64, bool, usize); 13] = [
    ("Amara", 1, true, 0),
    ("Joel", 1, false, 0),
    ("Leila", 1, false, 0),
    ("Daniel", 2, true, 0),
    ("Grace", 2, false, 0),
    ("Peter", 2, false, 0),
    ("Nadia", 3, true, 1),
    ("Marc", 3, false, 2),
    ("Inês", 4, true, 3),
    ("Rohan", 4, false, 4),
    ("Fatuma", 5, true, 0),
    ("Musa", 5, false, 0),
    ("Zainab", 5, false, 0),
];

fn example() -> Vec<Candidate> {
    let sectors = ["civil society", "public", "business", "research", "social economy"];
    (1..)
        .zip(EXAMPLE)
        .map(|(number, (_, partner, strategic, zone))| Candidate {
            person: PersonId(number),
            partner: PartnerId(partner),
            sector: sectors[usize::try_from(partner - 1).unwrap()].to_owned(),
            strategic,
            zone: ZONES[zone].to_owned(),
        })
        .collect()
}

/// So many people of five partners, spread over levels and zones.
fn crowd(size: i64) -> Vec<Candidate> {
    (1..=size)
        .map(|number| {
            let spread = |among: usize| usize::try_from(number * 7 / 3).unwrap() % among;
            Candidate {
                person: PersonId(number),
                partner: PartnerId(number % 5),
                sector: SECTORS[spread(5)].to_owned(),
                strategic: number % 3 == 0,
                zone: ZONES[spread(6)].to_owned(),
            }
        })
        .collect()
}

fn found_worth(people: &[Candidate], met: &Met, found: &Triads) -> Worth {
    worth(people, met, day(), &found.groups)
}

/// Every person in exactly one group, groups of the right sizes, in order.
#[track_caller]
fn is_whole(people: &[Candidate], found: &Triads) {
    let mut placed: Vec<PersonId> = found.groups.iter().flatten().copied().collect();
    placed.sort_unstable();
    let mut all: Vec<PersonId> = people.iter().map(|one| one.person).collect();
    all.sort_unstable();
    assert_eq!(placed, all);
    let mut found_sizes: Vec<usize> = found.groups.iter().map(Vec::len).collect();
    found_sizes.sort_unstable_by(|one, other| other.cmp(one));
    assert_eq!(found_sizes, sizes(people.len()));
    assert!(found.groups.is_sorted() && found.groups.iter().all(|group| group.is_sorted()));
}

/// The least worth of all ways to group these people, each looked at.
fn by_hand(people: &[Candidate], met: &Met) -> Worth {
    let table = Table::new(&people.iter().collect::<Vec<_>>(), met, day());
    let everybody: Vec<usize> = (0..people.len()).collect();
    all_ways(&table, &everybody, &sizes(people.len()), Worth::default()).unwrap()
}

/// Places the first open person with everybody else who may sit there, and so on to the end; `so_far`
/// is what the groups before come to.
fn all_ways(table: &Table, open: &[usize], left: &[usize], so_far: Worth) -> Option<Worth> {
    let Some((first, others)) = open.split_first() else { return Some(so_far) };
    let mut least = None;
    let mut kinds = left.to_vec();
    kinds.dedup();
    for size in kinds {
        let mut left = left.to_vec();
        left.remove(left.iter().position(|other| *other == size)?);
        for chosen in (0..1_usize << others.len()).filter(|chosen| chosen.count_ones() as usize + 1 == size) {
            let (mut group, mut rest) = (vec![*first], Vec::new());
            for (nth, other) in others.iter().enumerate() {
                if chosen & (1 << nth) == 0 { rest.push(*other) } else { group.push(*other) }
            }
            let whole = all_ways(table, &rest, &left, so_far.and(table.worth(&group)));
            least = [least, whole].into_iter().flatten().min();
        }
    }
    least
}

#[test]
fn groups_are_threes_then_fours() {
    let table: [(usize, &[usize]); 16] = [
        (0, &[]),
        (1, &[1]),
        (2, &[2]),
        (3, &[3]),
        (4, &[4]),
        (5, &[5]),
        (6, &[3, 3]),
        (7, &[4, 3]),
        (8, &[4, 4]),
        (9, &[3, 3, 3]),
        (10, &[4, 3, 3]),
        (11, &[4, 4, 3]),
        (12, &[3, 3, 3, 3]),
        (13, &[4, 3, 3, 3]),
        (14, &[4, 4, 3, 3]),
        (15, &[3, 3, 3, 3, 3]),
    ];
    for (people, expected) in table {
        assert_eq!(sizes(people), expected);
    }
    for people in 3..200 {
        assert_eq!(sizes(people).iter().sum::<usize>(), people);
        assert!(sizes(people).iter().all(|size| *size >= 3), "never a pair");
    }
}

#[test]
fn every_number_of_people_is_placed_whole() {
    for size in 0..=20 {
        let people = crowd(size);
        let found = triads(&people, &Vec::new(), day(), 1);
        is_whole(&people, &found);
        assert_eq!(found.proven, people.len() <= PROVEN_MAX);
    }
}

#[test]
fn the_example_is_mixed() {
    let people = example();
    let found = triads(&people, &Vec::new(), day(), 7);
    is_whole(&people, &found);
    for group in &found.groups {
        let names: Vec<&str> = group.iter().map(|person| EXAMPLE[usize::try_from(person.0 - 1).unwrap()].0).collect();
        println!("{}", names.join(", "));
    }
    let ours = found_worth(&people, &Vec::new(), &found);
    assert!(found.proven);
    assert_eq!((ours.same_partner, ours.one_level), (0, 0));
    // Marc in Toronto shares at most five hours with anybody in Nairobi.
    assert_eq!(ours.shared_minutes(), 300);
    let by_host = [&[1, 5, 10][..], &[2, 4, 8, 12], &[3, 9, 13], &[6, 7, 11]];
    let by_host = by_host.map(|group| group.iter().map(|number| PersonId(*number)).collect::<Vec<_>>());
    assert!(ours <= worth(&people, &[], day(), &by_host), "no worse than the host's own");
}

#[test]
fn ten_and_twelve_are_the_best_of_all_ways() {
    for size in [10, 12] {
        let people = crowd(size);
        let found = triads(&people, &Vec::new(), day(), 3);
        assert_eq!(found_worth(&people, &Vec::new(), &found), by_hand(&people, &Vec::new()));
    }
}

#[test]
fn the_search_is_as_good_as_the_proof_where_both_can_be_had() {
    let people = crowd(15);
    let table = Table::new(&people.iter().collect::<Vec<_>>(), &[], day());
    let total =
        |groups: &[Vec<usize>]| groups.iter().map(|group| table.worth(group)).fold(Worth::default(), Worth::and);
    for seed in 0..3 {
        assert_eq!(total(&search::good(&table, &mut Chance(seed))), total(&exact::best(&table)), "seed {seed}");
    }
}

#[test]
fn sixteen_are_proven() {
    let people = crowd(16);
    let found = triads(&people, &Vec::new(), day(), 2);
    is_whole(&people, &found);
    assert!(found.proven);
    assert_eq!(found_worth(&people, &Vec::new(), &found).same_partner, 0);
}

#[test]
fn more_are_searched_and_said_so() {
    for size in [17, 20, 30, 100] {
        let people = crowd(size);
        let found = triads(&people, &Vec::new(), day(), 5);
        is_whole(&people, &found);
        assert!(!found.proven);
        let ours = found_worth(&people, &Vec::new(), &found);
        assert_eq!((ours.same_partner, ours.one_level), (0, 0), "{size} people: {ours:?}");
    }
}

#[test]
fn the_same_seed_makes_the_same_groups() {
    for size in [9, 13, 20] {
        let people = crowd(size);
        let reversed: Vec<Candidate> = people.iter().rev().cloned().collect();
        let found = triads(&people, &Vec::new(), day(), 11);
        assert_eq!(triads(&people, &Vec::new(), day(), 11), found);
        assert_eq!(triads(&reversed, &Vec::new(), day(), 11), found, "the order of people does not matter");
    }
}

#[test]
fn another_seed_settles_ties_in_another_way() {
    let people = example();
    let ways: Vec<Triads> = (0..8).map(|seed| triads(&people, &Vec::new(), day(), seed)).collect();
    let first = found_worth(&people, &Vec::new(), &ways[0]);
    assert!(ways.iter().all(|way| found_worth(&people, &Vec::new(), way) == first), "all are the best");
    assert!(ways.iter().any(|way| *way != ways[0]), "chance decides between equals");
}

#[test]
fn those_who_have_met_are_parted() {
    // Nine of nine partners, all alike: only who has met is left to look at.
    let people: Vec<Candidate> = (1..=9)
        .map(|number| Candidate {
            person: PersonId(number),
            partner: PartnerId(number),
            sector: String::new(),
            strategic: false,
            zone: "UTC".to_owned(),
        })
        .collect();
    let mut met = Met::new();
    for seed in 0..4 {
        let found = triads(&people, &met, day(), seed);
        assert_eq!(found_worth(&people, &met, &found).met, 0, "four rounds of nine need no second meeting");
        for group in &found.groups {
            met.extend([(group[0], group[1]), (group[2], group[0]), (group[1], group[2])]);
        }
    }
    let again = triads(&people, &met, day(), 9);
    assert_eq!(found_worth(&people, &met, &again).met, 9, "after four rounds everybody has met");
}

fn some_people(most: usize) -> impl Strategy<Value = Vec<Candidate>> {
    let one = (0..4_i64, 0..5_usize, any::<bool>(), 0..6_usize);
    prop::collection::vec(one, 3..=most).prop_map(|drawn| {
        (1..)
            .zip(drawn)
            .map(|(number, (partner, sector, strategic, zone))| Candidate {
                person: PersonId(number),
                partner: PartnerId(partner),
                sector: SECTORS[sector].to_owned(),
                strategic,
                zone: ZONES[zone].to_owned(),
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_better_groups_exist(
        people in some_people(9),
        met in prop::collection::vec((1..10_i64, 1..10_i64), 0..8),
        seed in any::<u64>(),
    ) {
        let met: Met = met.into_iter().map(|(one, other)| (PersonId(one), PersonId(other))).collect();
        let found = triads(&people, &met, day(), seed);
        is_whole(&people, &found);
        prop_assert_eq!(found_worth(&people, &met, &found), by_hand(&people, &met));
    }
}
