//! Counts, on the worked example's own numbers.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::{VOICE, count, leading};
use crate::path::board::Board;
use crate::path::card::CardId;
use crate::path::change::Change;
use crate::path::figure::{Figure, FigureKey, Tally, Value};
use crate::path::group::GroupId;
use crate::path::people::{Level, Partner, PartnerId, Partnership, PartnershipId, Person, PersonId, RoomId, Standing};
use crate::path::plan::Plan;
use crate::path::window::{Giver, WindowId};

const RWA: PartnerId = PartnerId(1);
const CITY: PartnerId = PartnerId(2);
const BAHARI: PartnerId = PartnerId(3);
const CIES: PartnerId = PartnerId(4);
const UMOJA: PartnerId = PartnerId(5);

const PEOPLE: [(&str, PartnerId); 13] = [
    ("amara", RWA),
    ("joel", RWA),
    ("leila", RWA),
    ("daniel", CITY),
    ("grace", CITY),
    ("peter", CITY),
    ("nadia", BAHARI),
    ("marc", BAHARI),
    ("ines", CIES),
    ("rohan", CIES),
    ("fatuma", UMOJA),
    ("musa", UMOJA),
    ("zainab", UMOJA),
];

/// Roles as cards: their numbers.
const ROLES: [&str; 9] =
    ["backbone", "implementer", "resources", "data", "expert", "advocate", "voice", "communicator", "innovator"];

const POLL: &[(PartnerId, &str, &str)] = &[
    (RWA, "backbone", "amara joel daniel grace nadia ines rohan marc"),
    (RWA, "voice", "leila musa zainab"),
    (RWA, "communicator", "peter fatuma"),
    (CITY, "implementer", "daniel grace peter amara joel ines rohan musa zainab"),
    (CITY, "advocate", "leila fatuma"),
    (CITY, "resources", "nadia marc"),
    (BAHARI, "resources", "amara joel leila grace peter fatuma"),
    (BAHARI, "innovator", "nadia marc ines rohan musa daniel"),
    (BAHARI, "communicator", "zainab"),
    (CIES, "data", "ines rohan amara joel grace peter nadia marc daniel musa"),
    (CIES, "expert", "leila fatuma zainab"),
    (UMOJA, "voice", "fatuma zainab amara leila ines nadia joel"),
    (UMOJA, "implementer", "musa grace peter marc rohan"),
    (UMOJA, "advocate", "daniel"),
];

const RUN_OFF: &[(PartnerId, &str, &str)] = &[
    (BAHARI, "innovator", "nadia marc ines rohan musa daniel zainab amara"),
    (BAHARI, "resources", "joel leila grace peter fatuma"),
];

/// Who put three green and three red figures on which of ten fields.
const TOKENS: [(&str, [i64; 3], [i64; 3]); 13] = [
    ("amara", [1, 4, 9], [8, 8, 6]),
    ("joel", [1, 3, 7], [8, 6, 10]),
    ("leila", [1, 4, 7], [8, 2, 6]),
    ("daniel", [1, 3, 9], [8, 10, 7]),
    ("grace", [1, 4, 5], [8, 6, 2]),
    ("peter", [5, 7, 4], [8, 10, 9]),
    ("nadia", [1, 3, 5], [10, 7, 2]),
    ("marc", [2, 5, 3], [7, 9, 1]),
    ("ines", [1, 10, 9], [8, 2, 5]),
    ("rohan", [1, 4, 7], [10, 8, 3]),
    ("fatuma", [2, 4, 8], [6, 6, 3]),
    ("musa", [2, 3, 9], [6, 4, 5]),
    ("zainab", [1, 5, 6], [7, 4, 2]),
];

fn person(name: &str) -> PersonId {
    let place = PEOPLE.iter().position(|(known, _)| *known == name).unwrap();
    PersonId(i64::try_from(place).unwrap() + 1)
}

fn role(key: &str) -> CardId {
    let place = ROLES.iter().position(|known| *known == key).unwrap();
    CardId(i64::try_from(place).unwrap() + 1)
}

fn board() -> Board {
    let partnership = Partnership {
        id: PartnershipId(1),
        name: "Ruvani Without Plastic".to_owned(),
        language: "en".to_owned(),
        house: 1,
        room: RoomId(1),
        welcome: String::new(),
        founded: DateTime::UNIX_EPOCH,
    };
    let plan = Plan { key: "test".to_owned(), ..Plan::without_road() };
    let mut board = Board::new(partnership, Arc::new(plan));
    let partner = |id: PartnerId| {
        let (name, short, sector) = (String::new(), id.to_string(), String::new());
        Change::Partner(Partner { id, name, short, sector, lag_days: 3, until: None })
    };
    board.apply(&[RWA, CITY, BAHARI, CIES, UMOJA].map(partner));
    board.apply(&PEOPLE.map(|(name, partner)| {
        Change::Person(Person {
            id: person(name),
            name: name.to_owned(),
            partner,
            level: Level::Operational,
            zone: "UTC".to_owned(),
            handle: String::new(),
            host: false,
            standing: Standing::Present,
            accounts: BTreeSet::new(),
            from: None,
            until: None,
        })
    }));
    board
}

/// One figure to be put on a card.
fn figure(window: i64, giver: Giver, pile: &str, (about, slot): (Option<PartnerId>, u8), card: CardId) -> Figure {
    let key = FigureKey { window: WindowId(window), giver, pile: pile.to_owned(), about, slot };
    Figure {
        key,
        card,
        value: Value::Here,
        note: String::new(),
        proposal: String::new(),
        at: DateTime::<Utc>::UNIX_EPOCH,
    }
}

fn put(board: &mut Board, figure: Figure, secret: bool) {
    board.apply(&[Change::Figure { figure, secret }]);
}

fn poll(board: &mut Board, window: i64, nominations: &[(PartnerId, &str, &str)]) {
    for (about, key, names) in nominations {
        for name in names.split(' ') {
            let giver = Giver::Person(person(name));
            put(board, figure(window, giver, "nomination", (Some(*about), 1), role(key)), true);
        }
    }
}

/// (people, partners, voices) for a role of a partner.
fn counted(tallies: &[Tally], about: PartnerId, key: &str) -> (u32, u32, u32) {
    let found = tallies.iter().find(|tally| tally.about == Some(about) && tally.card == role(key)).unwrap();
    assert_eq!(found.figures, found.people, "one nomination a person");
    (found.people, found.partners, found.voices)
}

#[test]
fn the_role_poll_comes_to_its_counts() {
    let mut board = board();
    poll(&mut board, 1, POLL);
    let tallies = count(&board, WindowId(1));
    assert_eq!(tallies.len(), POLL.len());
    for (about, key, names) in POLL {
        assert_eq!(counted(&tallies, *about, key).0 as usize, names.split(' ').count(), "{about} {key}");
    }
    for about in [RWA, CITY, BAHARI, CIES, UMOJA] {
        let of_one = tallies.iter().filter(|tally| tally.about == Some(about));
        let (people, voices) = of_one.fold((0, 0), |sum, tally| (sum.0 + tally.people, sum.1 + tally.voices));
        assert_eq!((people, voices), (13, 5 * VOICE), "everybody nominated once");
    }
    // Two of RWA, two of City, both of Bahari and of CIES.
    assert_eq!(counted(&tallies, RWA, "backbone"), (8, 4, 667 + 667 + 1000 + 1000));
    assert_eq!(counted(&tallies, BAHARI, "communicator"), (1, 1, 333));
}

#[test]
fn only_bahari_needs_a_run_off() {
    let mut board = board();
    poll(&mut board, 1, POLL);
    let tallies = count(&board, WindowId(1));
    let clear = |about| leading(&tallies, Some(about)).clear();
    assert_eq!(clear(RWA), Some(role("backbone")));
    assert_eq!(clear(CITY), Some(role("implementer")));
    assert_eq!(clear(CIES), Some(role("data")));
    assert_eq!(clear(UMOJA), Some(role("voice")));
    assert_eq!(clear(BAHARI), None);

    let bahari = leading(&tallies, Some(BAHARI));
    assert_eq!(bahari.by_people, [role("resources"), role("innovator")], "six to six");
    assert_eq!(bahari.by_voices, [role("innovator")]);
    // Umoja's three parted: what does not divide goes to the lowest card.
    assert_eq!(counted(&tallies, BAHARI, "resources"), (6, 3, 1000 + 667 + 334));
    assert_eq!(counted(&tallies, BAHARI, "innovator"), (6, 4, 1000 + 1000 + 333 + 333));
}

#[test]
fn the_run_off_is_clear() {
    let mut board = board();
    poll(&mut board, 1, POLL);
    poll(&mut board, 2, RUN_OFF);
    let tallies = count(&board, WindowId(2));
    assert_eq!(tallies.len(), 2, "the first window is not counted again");
    assert_eq!(counted(&tallies, BAHARI, "innovator").0, 8);
    assert_eq!(counted(&tallies, BAHARI, "resources").0, 5);
    assert_eq!(leading(&tallies, Some(BAHARI)).clear(), Some(role("innovator")));
}

#[test]
fn red_and_green_come_to_the_given_table() {
    let mut board = board();
    for (name, greens, reds) in TOKENS {
        for (pile, fields) in [("green", greens), ("red", reds)] {
            for (slot, field) in (1..).zip(fields) {
                put(&mut board, figure(1, Giver::Person(person(name)), pile, (None, slot), CardId(field)), true);
            }
        }
    }
    let tallies = count(&board, WindowId(1));
    // Field: green, red, people with red, partners with red.
    let table = [
        (9, 1, 1, 1),
        (3, 5, 5, 5),
        (5, 2, 2, 2),
        (6, 2, 2, 1),
        (5, 2, 2, 2),
        (1, 7, 6, 3),
        (4, 4, 4, 3),
        (1, 9, 8, 3),
        (4, 2, 2, 2),
        (1, 5, 5, 4),
    ];
    for (field, expected) in (1..).zip(table) {
        let of = |pile: &str| tallies.iter().find(|tally| tally.pile == pile && tally.card == CardId(field)).unwrap();
        let (green, red) = (of("green"), of("red"));
        assert_eq!((green.figures, red.figures, red.people, red.partners), expected, "F{field}");
    }
    for pile in ["green", "red"] {
        let of_one = tallies.iter().filter(|tally| tally.pile == pile);
        let (figures, voices) = of_one.fold((0, 0), |sum, tally| (sum.0 + tally.figures, sum.1 + tally.voices));
        assert_eq!((figures, voices), (39, 5 * VOICE), "{pile}");
    }
}

#[test]
fn a_voice_is_shared_among_those_who_answered() {
    let mut board = board();
    // Of Umoja's three one answers: the whole voice. Her three figures share it.
    for (slot, card) in [(1, 1), (2, 1), (3, 2)] {
        put(&mut board, figure(1, Giver::Person(person("fatuma")), "dots", (None, slot), CardId(card)), false);
    }
    let tallies = count(&board, WindowId(1));
    let told: Vec<_> = tallies.iter().map(|t| (t.card.0, t.figures, t.people, t.partners, t.voices)).collect();
    assert_eq!(told, [(1, 2, 1, 1, 667), (2, 1, 1, 1, 333)]);
}

#[test]
fn what_does_not_divide_goes_to_the_lower_card() {
    let mut board = board();
    for (name, card) in [("fatuma", 3), ("musa", 2), ("zainab", 1)] {
        put(&mut board, figure(1, Giver::Person(person(name)), "mark", (None, 1), CardId(card)), false);
    }
    let tallies = count(&board, WindowId(1));
    assert_eq!(tallies.iter().map(|tally| tally.voices).collect::<Vec<_>>(), [334, 333, 333]);
    let tie = [CardId(1), CardId(2), CardId(3)];
    assert_eq!(leading(&tallies, None).by_voices, tie, "rounding makes no leader");
    assert_eq!(leading(&tallies, None).clear(), None);
}

#[test]
fn partners_and_triads_give_in_their_own_way() {
    let mut board = board();
    put(&mut board, figure(1, Giver::Partner(RWA), "claim", (None, 1), CardId(1)), false);
    put(&mut board, figure(1, Giver::Group(GroupId(1)), "claim", (None, 1), CardId(1)), false);
    let tallies = count(&board, WindowId(1));
    let told = &tallies[0];
    assert_eq!((told.figures, told.people, told.partners, told.voices), (2, 0, 1, VOICE));
    assert_eq!(leading(&tallies, None).by_people, [], "nobody in their own name");
}

#[test]
fn answers_of_a_consent_are_told_apart_and_do_not_lead() {
    let mut board = board();
    for (name, value) in [("amara", Value::Stands), ("grace", Value::Stands), ("nadia", Value::NotYet)] {
        let mut answer = figure(1, Giver::Person(person(name)), "answer", (None, 1), CardId(7));
        answer.value = value;
        put(&mut board, answer, false);
    }
    let tallies = count(&board, WindowId(1));
    let told: Vec<_> = tallies.iter().map(|tally| (tally.value, tally.people, tally.voices)).collect();
    assert_eq!(told, [(Value::Stands, 2, 2000), (Value::NotYet, 1, 1000)]);
    assert_eq!(leading(&tallies, None), super::Leading::default());
}

#[test]
fn nothing_set_is_nothing_counted() {
    assert_eq!(count(&board(), WindowId(1)), []);
    assert_eq!(leading(&[], None).clear(), None);
}

proptest! {
    #[test]
    fn each_partner_that_answered_has_exactly_one_voice(
        set in prop::collection::btree_map((0..13_usize, 1..9_u8), 1..6_i64, 0..80)
    ) {
        let mut board = board();
        for ((who, slot), card) in &set {
            let giver = Giver::Person(person(PEOPLE[*who].0));
            put(&mut board, figure(1, giver, "dots", (None, *slot), CardId(*card)), who % 2 == 0);
        }
        let tallies = count(&board, WindowId(1));
        let heard: BTreeSet<PartnerId> = set.keys().map(|(who, _)| PEOPLE[*who].1).collect();
        let voices: u32 = tallies.iter().map(|tally| tally.voices).sum();
        prop_assert_eq!(voices as usize, heard.len() * VOICE as usize);
        let figures: u32 = tallies.iter().map(|tally| tally.figures).sum();
        prop_assert_eq!(figures as usize, set.len());
        prop_assert!(tallies.is_sorted_by_key(|tally| tally.card));
        for tally in &tallies {
            prop_assert!(tally.people <= tally.figures && tally.partners <= tally.people);
            prop_assert!(tally.voices <= tally.partners * VOICE);
        }
    }
}
