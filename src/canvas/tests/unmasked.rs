//! The tables beside one another: that numbers, their order and counts say nobody's name, and what was said to which
//! words.

use super::hand::Hand;
use super::sheets::{column, rows, seen};
use crate::path::*;

/// Two asks beside one another: one with names, one whose names come later.
const BESIDE: &str = "
key = 'small'
[[phase]]
key = 'one'
[[phase.sitting]]
key = 'first'
days = 1
minutes = 8
[[phase.sitting.ask]]
key = 'named'
kind = 'cards'
seal = 'none'
field = [{ key = 'text', type = 'line' }]
[[phase.sitting.ask]]
key = 'later'
kind = 'cards'
seal = 'none'
named = 'after-close'
field = [{ key = 'text', type = 'line' }]
[[phase.sitting.ask]]
key = 'never'
kind = 'cards'
seal = 'close'
named = 'never'
field = [{ key = 'text', type = 'line' }]
[[phase.sitting.ask]]
key = 'page'
kind = 'consent'
named = 'yes'
from = ['named']
";

#[test]
fn a_number_unmasks_nobody_either() {
    let mut hand = Hand::small(BESIDE);
    hand.open("named");
    hand.open("later");
    let told = hand.give("named", "Caro", &[("text", "With a name")]);
    let zebra = hand.give("later", "Caro", &[("text", "Zebra")]);
    let apple = hand.give("later", "Ben", &[("text", "Apple")]);
    hand.link(crate::path::plan::LinkKind::Serves, told, zebra);
    hand.link(crate::path::plan::LinkKind::Serves, told, apple);
    let room = seen(&hand, Viewer::Room);
    let cards = rows(&room, "cards.csv");
    let says = column(&cards, "What it says");
    assert_eq!(says[says.len() - 2..], ["Apple", "Zebra"], "by their words, and behind all others");
    let numbers = column(&cards, "Card");
    assert!(numbers[numbers.len() - 2..].iter().all(String::is_empty), "{numbers:?}");
    assert!(numbers.contains(&told.to_string()), "{numbers:?}");
    let serves = column(&cards, "Serves");
    assert!(serves.contains(&"Apple\nZebra".to_owned()), "{serves:?}");
    let wordings = rows(&room, "wordings.csv");
    for row in wordings.iter().filter(|row| row.iter().any(|cell| cell == "Zebra" || cell == "Apple")) {
        assert_eq!(row[0], "", "{row:?}");
    }
    // Once it is told who gave them, they have their numbers.
    hand.close("later");
    let numbers = column(&rows(&seen(&hand, Viewer::Room), "cards.csv"), "Card");
    assert!([told, zebra, apple].iter().all(|card| numbers.contains(&card.to_string())), "{numbers:?}");
}

#[test]
fn how_many_gave_does_not_say_who() {
    let mut hand = Hand::small(BESIDE);
    let names: Vec<String> = (0..12).map(|nth| format!("P{nth:02}")).collect();
    let city = hand.whose("City");
    for name in &names {
        hand.person(name, city, Level::Operational);
    }
    let gave = |hand: &Hand, ask: usize| {
        let given = rows(&seen(hand, Viewer::Hosts), "given.csv");
        column(&given, "Gave").get(ask).cloned().unwrap()
    };
    let put = |hand: &mut Hand, ask: &str, name: &str, how: How| {
        let (window, giver) = (hand.board.window_of(ask).unwrap().id, Giver::Person(hand.who(name)));
        hand.put(Change::Given(Given { window, giver, how, at: hand.at }));
    };
    hand.open("named");
    hand.open("never");
    put(&mut hand, "named", "P00", How::Gave);
    put(&mut hand, "never", "P00", How::Passed);
    assert_eq!([gave(&hand, 0), gave(&hand, 1)], ["", ""], "one is done: whether they gave is theirs");
    for name in &names[1..6] {
        put(&mut hand, "never", name, How::Gave);
    }
    hand.close("named");
    hand.close("never");
    assert_eq!([gave(&hand, 0), gave(&hand, 1)], ["1", ""], "one of six did not give");
    for name in &names[6..10] {
        put(&mut hand, "never", name, How::Passed);
    }
    assert_eq!(gave(&hand, 1), "5", "five gave and five did not");
}

#[test]
fn what_was_said_stands_beside_the_words_it_was_said_to() {
    let mut hand = Hand::small(BESIDE);
    hand.open("named");
    let line = hand.give("named", "Ana", &[("text", "Clean by May")]);
    hand.close("named");
    hand.open("page");
    hand.figure(("page", &line.to_string(), 1), "Ben", line, (Value::NotYet, "May is too early"));
    hand.close("page");
    hand.at += chrono::Duration::days(1);
    let at = hand.at;
    hand.amend(line, |card| {
        let fields = [("text".to_owned(), "Clean by June".to_owned())].into();
        card.texts.push(Text { fields, at, ..card.texts[0].clone() });
    });
    hand.open("page");
    hand.figure(("page", &line.to_string(), 1), "Ben", line, (Value::Stands, ""));
    hand.close("page");
    for file in ["counts.csv", "figures.csv"] {
        let rows = rows(&seen(&hand, Viewer::Room), file);
        let said: Vec<(String, String)> =
            column(&rows, "Round").into_iter().zip(column(&rows, "What it says")).collect();
        let expected = [("1", "Clean by May"), ("2", "Clean by June")].map(|(n, text)| (n.to_owned(), text.to_owned()));
        assert_eq!(said, expected, "{file}");
    }
}

/// With a triad's three members known, a number beside a named card of the same minute would point at one of them.
#[test]
fn a_triads_card_has_no_number_either() {
    let hand = super::ruvani::board();
    let of_triads = |card: &&crate::path::Card| {
        hand.board.plan.ask(&card.source).is_some_and(|ask| ask.by == crate::path::plan::By::Group)
    };
    let numbers: Vec<String> =
        hand.board.cards.values().filter(of_triads).map(|card| format!("\"{}\",", card.id)).collect();
    assert!(!numbers.is_empty());
    let seen = crate::path::view(&hand.board, crate::path::Viewer::Room, hand.at);
    let files = crate::canvas::sheet::csv(&seen, &crate::canvas::Captions::default());
    let (_, bytes) = files.iter().find(|(name, _)| name.ends_with("cards.csv")).unwrap();
    let text = String::from_utf8_lossy(bytes);
    let told = text.lines().filter(|line| numbers.iter().any(|number| line.starts_with(number.as_str())));
    assert_eq!(told.collect::<Vec<_>>(), Vec::<&str>::new());
}
