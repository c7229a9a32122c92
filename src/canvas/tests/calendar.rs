//! The calendar file, read by a small strict reader of RFC 5545 that knows nothing of its writer.

use std::collections::BTreeMap;

use chrono::Duration;
use proptest::prelude::*;

use super::hand::Hand;
use super::ruvani;
use crate::canvas::{Captions, ics};
use crate::path::{
    Approval, ApprovalId, CardState, Change, LeftOut, Text, Timetable, Viewer, Window, WindowId, WindowState, approval,
    view,
};

const PLAN: &str = "
key = 'small'
[[phase]]
key = 'one'
[[phase.sitting]]
key = 'first'
days = 1
minutes = 8
[[phase.sitting.ask]]
key = 'idea'
kind = 'cards'
seal = 'none'
field = [{ key = 'text', type = 'line' }]
[[phase.sitting]]
key = 'second'
days = 1
minutes = 5
[[phase.sitting.ask]]
key = 'steps'
kind = 'cards'
seal = 'none'
confirm = 'owner'
field = [{ key = 'step', type = 'line' }, { key = 'owner', type = 'person' }, { key = 'due', type = 'date' }]
[[phase.sitting.ask]]
key = 'page'
kind = 'consent'
named = 'yes'
from = ['steps']
[[section]]
key = 'next'
phase = 'one'
shape = 'steps'
from = ['steps']
";

type Entry = BTreeMap<String, String>;

fn file(hand: &Hand, viewer: Viewer) -> String {
    ics(&view(&hand.board, viewer, hand.at), &Captions::default())
}

/// Reads a calendar file; every rule it knows is checked on the way.
fn read(file: &str) -> Vec<Entry> {
    assert!(file.ends_with("\r\n"));
    assert_eq!(file.matches('\n').count(), file.matches("\r\n").count(), "every line ends with both");
    let physical: Vec<&str> = file.strip_suffix("\r\n").unwrap().split("\r\n").collect();
    assert!(physical.iter().all(|line| line.len() <= 75 && !line.is_empty()), "75 octets a line");
    let mut lines: Vec<String> = Vec::new();
    for line in physical {
        assert!(!line.contains(|letter: char| letter.is_control()), "{line:?}");
        match line.strip_prefix(' ') {
            Some(rest) => lines.last_mut().expect("no line to go on").push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    assert_eq!((lines.first().unwrap().as_str(), lines.last().unwrap().as_str()), ("BEGIN:VCALENDAR", "END:VCALENDAR"));
    let mut entries: Vec<Entry> = Vec::new();
    let mut inside = false;
    for line in &lines[1..lines.len() - 1] {
        let (name, value) = line.split_once(':').expect("a line has a name and a value");
        assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-;=".contains(letter)), "{name}");
        match (name, value) {
            ("BEGIN", "VEVENT") => {
                assert!(!std::mem::replace(&mut inside, true), "an entry in an entry");
                entries.push(Entry::new());
            }
            ("END", "VEVENT") => assert!(std::mem::replace(&mut inside, false)),
            ("BEGIN" | "END", other) => panic!("an unknown part: {other}"),
            _ if inside => {
                let before = entries.last_mut().unwrap().insert(name.to_owned(), plain(value));
                assert!(before.is_none(), "{name} twice");
            }
            _ => {}
        }
    }
    for entry in &entries {
        assert!(["UID", "DTSTAMP", "SEQUENCE", "SUMMARY"].iter().all(|name| entry.contains_key(*name)), "{entry:?}");
        assert!(entry.contains_key("DTSTART") || entry.contains_key("DTSTART;VALUE=DATE"), "{entry:?}");
    }
    entries
}

/// A text value as it was before it was escaped.
fn plain(value: &str) -> String {
    let mut plain = String::new();
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        assert!(!";,".contains(letter), "not escaped: {value}");
        plain.push(match letter {
            '\\' => match letters.next() {
                Some('n') => '\n',
                Some(letter @ ('\\' | ';' | ',')) => letter,
                other => panic!("escaped what needs it not: {other:?} in {value}"),
            },
            letter => letter,
        });
    }
    plain
}

fn change(hand: &mut Hand, window: WindowId, change: impl FnOnce(&mut Window)) {
    let mut row = hand.board.windows[&window].clone();
    change(&mut row);
    hand.put(Change::Window(row));
}

#[test]
fn an_end_that_moves_keeps_its_name_and_raises_its_number() {
    let mut hand = Hand::small(PLAN);
    let window = hand.open("idea");
    let first = read(&file(&hand, Viewer::Room)).remove(0);
    assert_eq!(first["DTEND"], "20260304T070000Z");
    assert_eq!((first["DTSTART"].as_str(), first["DTSTAMP"].as_str()), ("20260304T065200Z", "20260302T070000Z"));
    assert_eq!((first["SUMMARY"].as_str(), first["STATUS"].as_str()), ("First: ends (Clean River)", "CONFIRMED"));
    assert!(first["DESCRIPTION"].contains("8 minutes"));
    change(&mut hand, window, |window| window.ends += Duration::days(1));
    let moved = read(&file(&hand, Viewer::Room)).remove(0);
    assert_eq!((moved["UID"].as_str(), moved["DTEND"].as_str()), (first["UID"].as_str(), "20260305T070000Z"));
    let number = |entry: &Entry| entry["SEQUENCE"].parse::<u32>().unwrap();
    assert!(number(&moved) > number(&first));
    // A country changes its clocks' rules: the end moves to an earlier moment, the number never falls.
    change(&mut hand, window, |window| window.ends -= Duration::hours(2));
    let earlier = read(&file(&hand, Viewer::Room)).remove(0);
    assert_eq!(earlier["DTEND"], "20260305T050000Z");
    assert!(number(&earlier) > number(&moved));
    let moved = earlier;
    // Closed early: it ended then.
    hand.at += Duration::hours(3);
    let at = hand.at;
    change(&mut hand, window, |window| (window.state, window.closed) = (WindowState::Closed, Some(at)));
    let closed = read(&file(&hand, Viewer::Room)).remove(0);
    assert_eq!((closed["UID"].as_str(), closed["DTEND"].as_str()), (first["UID"].as_str(), "20260302T100000Z"));
    assert!(number(&closed) > number(&moved));
    // Opened once more: another one.
    hand.open("idea");
    let uids: Vec<String> =
        read(&file(&hand, Viewer::Room)).into_iter().map(|mut entry| entry.remove("UID").unwrap()).collect();
    assert_eq!((uids.len(), &uids[0]), (2, &first["UID"]));
    assert_ne!(uids[0], uids[1]);
}

#[test]
fn what_was_left_out_is_called_off_and_the_same_view_is_the_same_file() {
    let mut hand = Hand::small(PLAN);
    let left_out = LeftOut { why: "We did that; in January, twice".to_owned(), at: hand.at };
    hand.put(Change::Timetable(Timetable {
        left_out: [("second".to_owned(), left_out)].into(),
        ..Timetable::default()
    }));
    let before = file(&hand, Viewer::Room);
    let entry = read(&before).remove(0);
    assert_eq!((entry["STATUS"].as_str(), entry["SUMMARY"].as_str()), ("CANCELLED", "Second (Clean River)"));
    assert!(entry["DESCRIPTION"].ends_with("We did that; in January, twice"), "{entry:?}");
    hand.at += Duration::days(3);
    assert_eq!(file(&hand, Viewer::Room), before, "no clock is in it");
}

#[test]
fn steps_have_a_day_and_an_owner_for_those_who_may_see_them() {
    let mut hand = Hand::small(PLAN);
    hand.open("steps");
    let owner = hand.who("Caro").to_string();
    hand.give("steps", "Ana", &[("step", "Ask the port"), ("owner", &owner), ("due", "2026-05-15")]);
    hand.give("steps", "Ana", &[("step", "Some day"), ("owner", &owner), ("due", "")]);
    hand.close("steps");
    let room = read(&file(&hand, Viewer::Room));
    let step = room.iter().find(|entry| entry["SUMMARY"] == "Due: Ask the port (Clean River)").unwrap();
    assert_eq!(step["DTSTART;VALUE=DATE"], "20260515");
    assert!(step["DESCRIPTION"].contains("Caro"), "{step:?}");
    assert!(!room.iter().any(|entry| entry["SUMMARY"].contains("Some day")), "a step without a day has no place");
    assert!(!file(&hand, Viewer::Outside).contains("Caro"));
}

/// The one entry whose title has these words.
fn entry(file: &str, words: &str) -> Option<Entry> {
    let mut found = read(file).into_iter().filter(|entry| entry["SUMMARY"].contains(words));
    let one = found.next();
    assert!(found.next().is_none(), "{words} twice");
    one
}

fn number(entry: &Entry) -> u32 {
    entry["SEQUENCE"].parse().unwrap()
}

#[test]
fn nobody_takes_on_what_they_have_not_said_yes_to() {
    let mut hand = Hand::small(PLAN);
    hand.open("steps");
    let owner = hand.who("Caro").to_string();
    let card = hand.give("steps", "Ana", &[("step", "Ask the port"), ("owner", &owner), ("due", "2026-05-15")]);
    hand.close("steps");
    let now = |hand: &Hand| entry(&file(hand, Viewer::Room), "Ask the port").unwrap();
    let waits = now(&hand);
    assert_eq!((waits["STATUS"].as_str(), waits["SUMMARY"].as_str()), ("TENTATIVE", "Due: Ask the port (Clean River)"));
    assert!(waits["DESCRIPTION"].contains("Caro") && waits["DESCRIPTION"].contains("waits for a yes"), "{waits:?}");
    hand.confirm(card, "Caro", true);
    let yes = now(&hand);
    assert!(yes["STATUS"] == "CONFIRMED" && yes["DESCRIPTION"].contains("Caro"), "{yes:?}");
    hand.confirm(card, "Caro", false);
    let no = now(&hand);
    assert_eq!((no["STATUS"].as_str(), &no["UID"]), ("CANCELLED", &waits["UID"]));
    assert_eq!(no["DESCRIPTION"], "Who takes it on: nobody yet · declined by Caro");
    assert!(number(&waits) < number(&yes) && number(&yes) < number(&no), "{waits:?}, {yes:?}, {no:?}");
}

#[test]
fn a_step_that_is_none_any_more_is_called_off_by_its_name() {
    let mut hand = Hand::small(PLAN);
    hand.open("steps");
    let day = ("due", "2026-05-15");
    let [aside, joined, undated, never] =
        [("Ask the port", day), ("Ask a port", day), ("Ask them", day), ("Ask us", ("due", ""))]
            .map(|(step, due)| hand.give("steps", "Ana", &[("step", step), due]));
    hand.close("steps");
    let before = ["the port", "a port", "them"].map(|words| entry(&file(&hand, Viewer::Room), words).unwrap());
    assert!(before.iter().all(|entry| entry["STATUS"] != "CANCELLED"));
    let into = hand.give("steps", "Ben", &[("step", "Ask both"), day]);
    hand.amend(aside, |card| card.parked = Some("Too early; wait".to_owned()));
    hand.amend(joined, |card| card.state = CardState::Merged(into));
    hand.amend(undated, |card| {
        let fields = [("step".to_owned(), "Ask them".to_owned())].into();
        card.texts.push(Text { fields, ..card.texts[0].clone() });
    });
    let after = ["the port", "a port", "them"].map(|words| entry(&file(&hand, Viewer::Room), words).unwrap());
    for (before, after) in before.iter().zip(&after) {
        assert_eq!((&after["UID"], after["STATUS"].as_str()), (&before["UID"], "CANCELLED"));
        assert!(number(before) < number(after) && after["DTSTART;VALUE=DATE"] == "20260515", "{after:?}");
    }
    assert_eq!(after[0]["DESCRIPTION"], "Put aside: Too early; wait");
    assert_eq!(after[1]["DESCRIPTION"], "Taken up in Ask both");
    assert_eq!(entry(&file(&hand, Viewer::Room), "Ask us"), None, "card {never} never had a day");
}

#[test]
fn what_is_behind_us_is_left_out_and_what_was_left_out_keeps_its_name() {
    let mut hand = Hand::small(PLAN);
    hand.open("idea");
    hand.at += Duration::hours(1);
    hand.close("idea");
    let moved = entry(&file(&hand, Viewer::Room), "First").unwrap();
    hand.at += Duration::days(1);
    let next = entry(&file(&hand, Viewer::Room), "First");
    assert_eq!(next.unwrap(), moved, "it closed early, and a calendar may still have its planned end");
    hand.at += Duration::days(2);
    assert_eq!(entry(&file(&hand, Viewer::Room), "First"), None);
    let left_out = LeftOut { why: "Twice".to_owned(), at: hand.at };
    let timetable = Timetable { left_out: [("first".to_owned(), left_out)].into(), ..Timetable::default() };
    hand.put(Change::Timetable(timetable));
    let off = entry(&file(&hand, Viewer::Room), "First").unwrap();
    assert_eq!((off["STATUS"].as_str(), &off["UID"]), ("CANCELLED", &moved["UID"]));
    assert!(number(&off) > number(&moved));
    let mut whole = ruvani::board();
    whole.at += Duration::days(3);
    let entries = read(&ics(&view(&whole.board, Viewer::Room, whole.at), &ruvani::captions()));
    assert!(!entries.is_empty() && entries.iter().all(|entry| entry["SUMMARY"].starts_with("Due: ")), "{entries:?}");
}

#[test]
fn the_day_by_which_a_house_says_yes_is_an_entry_until_it_has() {
    let mut hand = Hand::small(PLAN);
    hand.open("steps");
    let card = hand.give("steps", "Ana", &[("step", "Ask the port")]);
    hand.close("steps");
    let window = hand.open("page");
    change(&mut hand, window, |window| window.slate = vec![card]);
    let (id, until) = (ApprovalId(hand.number()), "2026-04-24".parse().unwrap());
    let (partner, by, at) = (hand.whose("RWA"), Some(hand.who("Caro")), hand.at);
    let on = approval::On::Answers(window);
    let mut one = Approval { id, on, partner, by, until, at, told: None, verdict: None };
    hand.put(Change::Approval(one.clone()));
    assert_eq!(entry(&file(&hand, Viewer::Room), "its house"), None, "it is sealed with its answer");
    hand.close("page");
    let waits = entry(&file(&hand, Viewer::Room), "its house").unwrap();
    assert_eq!((waits["STATUS"].as_str(), waits["DTSTART;VALUE=DATE"].as_str()), ("CONFIRMED", "20260424"));
    assert!(waits["SUMMARY"].starts_with("RWA: ") && waits["SUMMARY"].ends_with("(Clean River)"), "{waits:?}");
    assert_eq!(waits["DESCRIPTION"], "Page: subject to approval by 24 April 2026");
    one.verdict = Some(approval::Verdict { yes: true, reason: String::new(), by, behalf: false, at });
    hand.put(Change::Approval(one));
    let said = entry(&file(&hand, Viewer::Room), "its house").unwrap();
    assert_eq!((said["STATUS"].as_str(), &said["UID"]), ("CANCELLED", &waits["UID"]));
    assert!(said["DESCRIPTION"].contains("approved on") && number(&said) > number(&waits), "{said:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_words_become_more_than_words(words in hostile()) {
        let mut hand = Hand::small(PLAN);
        hand.open("steps");
        let owner = hand.who("Caro").to_string();
        hand.give("steps", "Ana", &[("step", &format!("x{words}x")), ("owner", &owner), ("due", "2026-05-15")]);
        let left_out = LeftOut { why: words.clone(), at: hand.at };
        let timetable = Timetable { left_out: [("first".to_owned(), left_out)].into(), ..Timetable::default() };
        hand.put(Change::Timetable(timetable));
        hand.board.partnership.name.clone_from(&words);
        let entries = read(&file(&hand, Viewer::Room));
        prop_assert_eq!(entries.len(), 3);
        let step = entries.iter().find(|entry| entry.contains_key("DTSTART;VALUE=DATE")).unwrap();
        prop_assert!(step["SUMMARY"].starts_with("Due: x") && step["SUMMARY"].contains("x ("));
    }
}

fn hostile() -> impl Strategy<Value = String> {
    let bad = "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:forged";
    prop_oneof![
        2 => any::<String>(),
        1 => prop::collection::vec(prop_oneof![Just(","), Just(";"), Just("\\"), Just("\n"), Just("\\n"), Just("é"), Just("😀"), Just(bad)], 0..60)
            .prop_map(|parts| parts.concat()),
    ]
}
