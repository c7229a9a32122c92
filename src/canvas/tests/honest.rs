//! What reports say of silence, of what is over, and of what nobody has said yet: on plans of a few lines.

use super::hand::Hand;
use crate::canvas::Captions;
use crate::canvas::report::{Block, Kind, Report, make, markdown};
use crate::path::plan::ANSWERS;
use crate::path::{CardId, Settled, Value, Viewer, view};

const PLAN: &str = "
key = 'small'
[[phase]]
key = 'one'
[[phase.sitting]]
key = 'first'
days = 1
minutes = 1
[[phase.sitting.ask]]
key = 'cause'
kind = 'cards'
seal = 'none'
field = [
  { key = 'text', type = 'line' },
  { key = 'under', type = 'card', from = ['cause', 'issue'], link = 'under', optional = true },
]
[[phase.sitting.ask]]
key = 'claim'
kind = 'cards'
by = 'partner'
seal = 'none'
field = [
  { key = 'cause', type = 'card', from = ['cause'], link = 'answers' },
  { key = 'state', type = 'choice', choices = ['doing', 'soon', 'once'] },
  { key = 'what', type = 'line' },
]
[[phase.sitting.ask]]
key = 'pick'
kind = 'marks'
from = ['cause']
seal = 'close'
pile = [{ key = 'dot', budget = 2 }]
[[phase.sitting.ask]]
key = 'rules'
kind = 'consent'
from = ['cause']
seal = 'close'
[[phase.sitting.ask]]
key = 'tree'
kind = 'tree'
from = ['cause']
under = 'issue'
[[phase.sitting.ask]]
key = 'facts'
kind = 'cards'
by = 'owner'
seal = 'none'
field = [
  { key = 'sign', type = 'card', from = ['pick'], kept = true, link = 'answers' },
  { key = 'lead', type = 'partner' },
  { key = 'unit', type = 'line' },
  { key = 'note', type = 'line', optional = true },
]
[[section]]
key = 'agreed'
phase = 'one'
promise = 'agreements'
shape = 'lines'
from = ['rules']
kept = true
[[section]]
key = 'core'
phase = 'one'
promise = 'understanding'
shape = 'lines'
from = ['pick']
kept = true
beside = ['claim']
[[section]]
key = 'grown'
phase = 'one'
promise = 'understanding'
shape = 'tree'
from = ['tree']
beside = ['claim']
chart = { kind = 'map', ask = 'claim', field = 'state', now = ['doing'], planned = ['soon'] }
[[section]]
key = 'signs'
phase = 'one'
promise = 'tracking'
shape = 'table'
from = ['pick']
kept = true
beside = ['facts']
";

struct Room {
    hand: Hand,
    causes: Vec<CardId>,
}

impl Room {
    /// Two causes and one that lies under the first; the first two are chosen.
    fn new() -> Self {
        let mut hand = Hand::small(PLAN);
        for ask in ["cause", "claim", "facts"] {
            hand.open(ask);
        }
        let issue = hand.board.issue().unwrap().id.to_string();
        let mut give = |text: &str, under: &str| hand.give("cause", "Ana", &[("text", text), ("under", under)]);
        let one = give("No bins", &issue);
        let causes = vec![one, give("No trucks", &issue), give("No lids", &one.to_string())];
        hand.keep("pick", None, &causes[..2], Settled::Host);
        Self { hand, causes }
    }

    fn claim(&mut self, by: &str, cause: usize, state: &str, what: &str) {
        let cause = self.causes[cause].to_string();
        self.hand.give("claim", by, &[("cause", &cause), ("state", state), ("what", what)]);
    }

    fn made(&self, kind: Kind) -> Report {
        make(&view(&self.hand.board, Viewer::Room, self.hand.at), &Captions::default(), kind).unwrap()
    }

    fn said(&self, kind: Kind) -> String {
        markdown(&self.made(kind))
    }
}

#[test]
fn a_partner_that_said_nothing_is_named_in_every_report() {
    let mut room = Room::new();
    room.hand.open("rules");
    let one = room.causes[0];
    room.hand.figure(("rules", ANSWERS, 1), "Ana", one, (Value::Stands, ""));
    room.hand.at += chrono::Duration::minutes(1);
    room.hand.close("rules");
    room.hand.keep("rules", None, &[one], Settled::Consent);
    let report = room.said(Kind::Final);
    assert_eq!(report.matches("not answered yet: RWA").count(), 3, "first page, what waits, how we decided: {report}");
    assert!(room.said(Kind::Preread).contains("not answered yet: RWA"));
    let (city, rwa) = (room.hand.whose("City"), room.hand.whose("RWA"));
    let silent = "has not answered to this yet, so it does not bind it: No bins";
    assert!(room.said(Kind::Memorandum(rwa)).contains(silent));
    assert!(!room.said(Kind::Memorandum(city)).contains(silent));
}

#[test]
fn who_worked_on_something_once_does_not_work_on_it() {
    let mut room = Room::new();
    room.claim("Caro", 0, "once", "A clean-up in 2019");
    room.claim("Ana", 1, "soon", "Two more trucks");
    let report = room.said(Kind::Final);
    assert!(report.contains("Grown: 2 with nobody yet (C1, C1a)"), "{report}");
    assert!(report.contains("RWA (once): A clean-up in 2019; nobody yet |"), "{report}");
    assert!(report.contains("City (soon): Two more trucks |"), "{report}");
    let memorandum = room.said(Kind::Memorandum(room.hand.whose("RWA")));
    let at = |words: &str| memorandum.find(words).unwrap_or_else(|| panic!("no {words}: {memorandum}"));
    assert!(at("You did this before") < at("A clean-up in 2019"));
    assert!(!memorandum.contains("You work on:"), "{memorandum}");
}

#[test]
fn nobody_is_looked_for_below_what_was_put_aside() {
    let mut room = Room::new();
    let one = room.causes[0];
    room.hand.amend(one, |card| card.parked = Some("Later".to_owned()));
    assert!(room.said(Kind::Final).contains("Grown: 1 with nobody yet (C2)"));
}

#[test]
fn what_is_done_about_a_branch_stands_with_its_head() {
    let mut room = Room::new();
    room.claim("Caro", 2, "doing", "Lids for forty bins");
    let report = room.made(Kind::Final);
    let core = report.parts.iter().find(|part| part.heading == "Core").unwrap();
    let below = core.blocks.iter().rev().find_map(|block| match block {
        Block::Table { rows, .. } => Some(rows.clone()),
        _ => None,
    });
    assert_eq!(below.unwrap(), [["C1a No lids".to_owned(), "RWA (doing): Lids for forty bins".to_owned()]]);
}

#[test]
fn a_sign_without_its_facts_is_not_complete() {
    let mut room = Room::new();
    let sign = room.causes[0].to_string();
    room.hand.give("facts", "Ana", &[("sign", &sign), ("unit", "bins")]);
    let report = room.said(Kind::Final);
    assert!(report.contains("No bins: not said yet: Lead\n"), "{report}");
    assert!(report.contains("No trucks: not said yet: Lead, Unit\n"), "what is optional is not asked for: {report}");
    assert!(report.contains("Signs: 2 not complete yet"), "{report}");
}

#[test]
fn a_sentence_drafted_by_two_names_both() {
    let plan = "
key = 'small'
[[phase]]
key = 'one'
[[phase.sitting]]
key = 'first'
days = 1
minutes = 1
[[phase.sitting.ask]]
key = 'sentence'
kind = 'cards'
by = 'drafters'
seal = 'none'
field = [{ key = 'text', type = 'line' }]
[[section]]
key = 'vision'
phase = 'one'
shape = 'sentence'
from = ['sentence']
";
    let mut hand = Hand::small(plan);
    hand.open("sentence");
    let card = hand.give("sentence", "Ana", &[("text", "A river")]);
    let other = hand.who("Caro");
    hand.amend(card, |card| {
        let mut text = card.texts[0].clone();
        text.by = Some(other);
        card.texts.push(text);
    });
    let canvas = hand.canvas();
    let crate::canvas::Body::Sentence { line: Some(line) } = &canvas.sections[0].body else { panic!("no sentence") };
    let both = "Ana (City), Caro (RWA)";
    assert_eq!((line.source.summary.as_str(), line.source.cards[0].by.as_deref()), (both, Some(both)));
}
