//! The decision log: the worked example's, and that nothing sealed or unnamed gets into it.

use chrono::Duration;
use proptest::prelude::*;

use super::hand::Hand;
use super::ruvani;
use crate::canvas::log::{Log, compile, json, markdown};
use crate::canvas::{Captions, sheet};
use crate::path::plan::ANSWERS;
use crate::path::{Settled, Value, Viewer, view};

const ASKS: [&str; 2] = ["page", "hushed"];
const NAMES: [&str; 4] = ["Ana", "Ben", "Caro", "Dan"];

const PLAN: &str = "
key = 'small'
[[phase]]
key = 'one'
[[phase.sitting]]
key = 'first'
days = 1
minutes = 1
[[phase.sitting.ask]]
key = 'idea'
kind = 'cards'
seal = 'none'
field = [{ key = 'text', type = 'line' }]
[[phase.sitting.ask]]
key = 'page'
kind = 'consent'
from = ['idea']
seal = 'close'
[[phase.sitting.ask]]
key = 'hushed'
kind = 'consent'
from = ['idea']
seal = 'close'
named = 'never'
";

fn log(hand: &Hand, viewer: Viewer) -> Log {
    compile(&view(&hand.board, viewer, hand.at), &Captions::default())
}

/// All its documents.
fn documents(log: &Log) -> [String; 3] {
    let words = Captions::default();
    [markdown(log, &words), json(log), String::from_utf8(sheet::log_csv(log, &words)).unwrap()]
}

#[test]
fn the_worked_example_has_its_log() {
    let hand = ruvani::up_to(7);
    let log = log(&hand, Viewer::Room);
    assert_eq!(log.entries.len(), hand.board.decisions.len());
    insta::assert_snapshot!("log", markdown(&log, &Captions::default()));
    let table = &documents(&log)[2];
    assert_eq!(table.matches("\r\n").count(), log.entries.iter().map(|entry| entry.lines.len()).sum::<usize>() + 1);
}

#[test]
fn each_line_stands_with_the_round_that_settled_it() {
    let mut hand = Hand::small(PLAN);
    hand.open("idea");
    let [one, two] = ["First", "Second"].map(|text| hand.give("idea", "Ana", &[("text", text)]));
    hand.open("page");
    for (name, value, note) in [("Ana", Value::Stands, ""), ("Caro", Value::NotYet, "Say how")] {
        hand.figure(("page", ANSWERS, 1), name, one, (Value::Stands, ""));
        hand.figure(("page", ANSWERS, 2), name, two, (value, note));
    }
    hand.at += Duration::minutes(1);
    hand.close("page");
    hand.keep("page", None, &[one], Settled::Consent);
    hand.at += Duration::minutes(1);
    let window = hand.open("page");
    hand.figure(("page", ANSWERS, 1), "Ana", two, (Value::Remark, "Look again in May"));
    hand.at += Duration::minutes(1);
    let mut row = hand.board.windows[&window].clone();
    row.slate = vec![two];
    hand.put(crate::path::Change::Window(row));
    hand.close("page");
    hand.keep("page", None, &[one, two], Settled::Consent);
    let log = log(&hand, Viewer::Room);
    let told = |nth: usize| {
        let entry = &log.entries[nth];
        (entry.round, entry.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>())
    };
    assert_eq!((told(0), told(1)), ((Some(1), vec!["First"]), (Some(2), vec!["Second"])));
    let second = &log.entries[1].lines[0];
    assert_eq!(second.unheard, ["RWA"], "silence binds no partner");
    assert_eq!(second.remarks[0].text, "Look again in May");
    assert_eq!(log.entries[0].lines[0].agreed, ["Ana (City)", "Caro (RWA)"]);
}

#[test]
fn nothing_that_is_typed_becomes_structure_in_the_log() {
    let of = |words: &str| {
        let mut hand = Hand::small(PLAN);
        hand.open("idea");
        let card = hand.give("idea", "Ana", &[("text", words)]);
        hand.open("page");
        hand.figure(("page", ANSWERS, 1), "Ana", card, (Value::Remark, words));
        hand.close("page");
        hand.keep("page", None, &[card], Settled::Consent);
        documents(&log(&hand, Viewer::Room))
    };
    let evil = of("=1+1\n# head\n- item\n| a | @everyone <@1> [l](https://e.example)");
    let calm = of("calm");
    let kind = |line: &str| line.chars().take_while(|letter| " #->".contains(*letter)).collect::<String>();
    let shape = |text: &str| text.lines().map(kind).collect::<Vec<_>>();
    assert_eq!(shape(&evil[0]), shape(&calm[0]));
    assert!(!evil[0].contains("@everyone") && !evil[0].contains("https://"));
    assert!(evil[2].contains("\"'=1+1"), "no formula: {}", evil[2]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is opened, answered and closed: the log holds no answer of an open round, and of an unnamed
    /// ask neither words nor names.
    #[test]
    fn nothing_sealed_or_unnamed_is_in_the_log(moves in prop::collection::vec((0_usize..2, 0_usize..4, 0_usize..4), 1..40)) {
        let mut hand = Hand::small(PLAN);
        hand.open("idea");
        let card = hand.give("idea", "Ana", &[("text", "An idea")]);
        let mut said: Vec<(usize, String)> = Vec::new();
        for (nth, (ask, who, what)) in moves.into_iter().enumerate() {
            hand.at += Duration::minutes(1);
            let open = hand.board.window_of(ASKS[ask]).is_some_and(crate::path::Window::is_open);
            let note = format!("hush{nth}.");
            match (what, open) {
                (0, true) => {
                    hand.close(ASKS[ask]);
                    hand.keep(ASKS[ask], None, &[card], Settled::Consent);
                    said.retain(|(of, _)| *of != ask || ask == 1);
                }
                (_, false) => drop(hand.open(ASKS[ask])),
                (what, true) => {
                    let value = [Value::Stands, Value::Remark, Value::NotYet][what - 1];
                    hand.figure((ASKS[ask], ANSWERS, 1), NAMES[who], card, (value, &note));
                    said.push((ask, note));
                }
            }
        }
        let city = hand.whose("City");
        let people = NAMES.map(|name| Viewer::Person(hand.who(name)));
        for viewer in people.into_iter().chain([Viewer::Room, Viewer::Hosts, Viewer::Partner(city), Viewer::Outside]) {
            let log = log(&hand, viewer);
            let documents = documents(&log);
            for (_, words) in &said {
                prop_assert!(documents.iter().all(|text| !text.contains(words)), "{viewer:?}: {words}");
            }
            for line in log.entries.iter().filter(|entry| entry.ask == "hushed").flat_map(|entry| &entry.lines) {
                prop_assert!(line.agreed.is_empty() && line.remarks.is_empty() && line.unheard.is_empty());
            }
            if viewer == Viewer::Outside {
                prop_assert!(documents.iter().all(|text| NAMES.iter().all(|name| !text.contains(name))));
            }
        }
    }
}
