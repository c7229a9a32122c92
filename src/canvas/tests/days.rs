//! Days are told by the partnership's own clock: as everybody there saw them, not as UTC counts them.

use chrono::{DateTime, Utc};
use serde_json::Value as Json;

use super::hand::{Hand, moment};
use crate::canvas::draw::{Ink, Order, Paper, Picture};
use crate::canvas::report::{Block, Kind, make};
use crate::canvas::{Captions, compile, html, json, log, outline};
use crate::path::calendar::{DaysOff, ends};
use crate::path::*;

const PLAN: &str = "
key = 'small'
[[phase]]
key = 'one'
[[phase.sitting]]
key = 'first'
days = 5
minutes = 5
[[phase.sitting.ask]]
key = 'idea'
kind = 'cards'
seal = 'none'
field = [{ key = 'text', type = 'line' }]
[[phase.sitting.ask]]
key = 'pick'
kind = 'marks'
from = ['idea']
pile = [{ key = 'dot', budget = 1 }]
seal = 'close'
named = 'never'
keep = { min = 1, max = 1 }
[[section]]
key = 'kept'
phase = 'one'
shape = 'lines'
from = ['pick']
kept = true
";

/// A partnership whose people are all in one zone, with a step that opens at a moment, so many working days long.
fn all_in(zone: &str, opens: &str, days: u16) -> (Hand, DateTime<Utc>) {
    let mut hand = Hand::small(PLAN);
    hand.at = moment(opens);
    for person in hand.board.people.values_mut() {
        zone.clone_into(&mut person.zone);
    }
    for ask in ["idea", "pick"] {
        hand.open(ask);
        let window = hand.board.window_of(ask).unwrap().clone();
        hand.put(Change::Window(window.ending(ends(hand.at, days, &[zone], &DaysOff::new()))));
    }
    let end = hand.board.window_of("pick").unwrap().ends;
    (hand, end)
}

/// One idea is given, and kept when the step closes.
fn close(hand: &mut Hand, at: DateTime<Utc>) {
    let idea = hand.give("idea", "Ana", &[("text", "Bins")]);
    hand.mark("pick", "Ana", &[idea]);
    hand.at = at;
    hand.close("idea");
    hand.close("pick");
    hand.keep("pick", None, &[idea], Settled::Poll);
}

/// What the pre-read says in the column of ends.
fn until(hand: &Hand) -> Vec<String> {
    let seen = view(&hand.board, Viewer::Room, hand.at);
    let report = make(&seen, &Captions::default(), Kind::Preread).unwrap();
    let tables = report.parts.iter().flat_map(|part| &part.blocks).filter_map(|block| match block {
        Block::Table { columns, rows } => {
            let column = columns.iter().position(|column| column == Captions::default().say("report-until"))?;
            Some(rows.iter().map(move |row| row[column].clone()))
        }
        _ => None,
    });
    tables.flatten().collect()
}

fn date(value: &Json) -> &str {
    &value.as_str().unwrap()[..10]
}

/// Holds every form of the canvas to one day, in digits and in words.
#[track_caller]
fn told(hand: &Hand, viewer: Viewer, digits: &str, words: &str) {
    let seen = view(&hand.board, viewer, hand.at);
    let canvas = compile(&seen, &Captions::default());
    let value: Json = serde_json::from_str(&json(&canvas)).unwrap();
    assert_eq!(date(&value["head"]["at"]), digits);
    assert_eq!(date(&value["head"]["phases"][0]["closed"]), digits);
    assert!(outline(&canvas).contains(&format!("As of {words}")), "{}", outline(&canvas));
    assert!(html(&canvas).contains(&format!("As of {words}")));
    let order = Order::picture(&canvas, &Picture::Whole, Paper::Screen, Ink::Png);
    assert_eq!(date(&order.data["canvas"]["head"]["at"]), digits);
    for section in value["sections"].as_array().unwrap() {
        let source = &section["body"]["groups"][0]["lines"][0]["source"];
        assert_eq!(date(&source["settled"]["at"]), digits);
        assert!(source["summary"].as_str().unwrap().ends_with(&format!("kept on {words}")), "{source}");
    }
    let log = log::compile(&seen, &Captions::default());
    assert!(log.entries.iter().all(|entry| entry.day == words));
}

#[test]
fn a_step_that_ends_on_friday_in_the_west_ends_on_friday() {
    let (mut hand, end) = all_in("America/Los_Angeles", "2026-05-04T16:00:00Z", 5);
    assert_eq!(end, moment("2026-05-09T01:00:00Z"), "18:00 there is Saturday in UTC");
    assert_eq!(until(&hand), ["8 May 2026", "8 May 2026"]);
    close(&mut hand, end);
    told(&hand, Viewer::Room, "2026-05-08", "8 May 2026");
    let canvas = hand.canvas();
    assert!(json(&canvas).contains("2026-05-08T18:00:00-07:00"), "the moment itself is told as their clock shows it");
    assert_eq!(canvas.head.at, hand.at, "and is the same moment");
}

#[test]
fn an_early_morning_in_the_east_is_that_morning() {
    let (mut hand, _) = all_in("Asia/Tokyo", "2026-05-07T22:30:00Z", 1);
    assert_eq!(until(&hand), ["8 May 2026", "8 May 2026"]);
    close(&mut hand, moment("2026-05-07T23:30:00Z"));
    told(&hand, Viewer::Room, "2026-05-08", "8 May 2026");
}

#[test]
fn outsiders_and_versions_have_the_same_days() {
    let (mut hand, end) = all_in("America/Los_Angeles", "2026-05-04T16:00:00Z", 5);
    close(&mut hand, end);
    let by = hand.who("Ana");
    let release = Release { id: ReleaseId(hand.number()), sections: ["kept".to_owned()].into(), by, at: hand.at };
    hand.put(Change::Release(release));
    told(&hand, Viewer::Outside, "2026-05-08", "8 May 2026");
    let version = hand.version("", Some(1));
    for viewer in [Viewer::Room, Viewer::Outside] {
        let then = compile(&view_at(&hand.board, viewer, version).unwrap(), &Captions::default());
        assert_eq!(then.head.at.date_naive().to_string(), "2026-05-08");
        assert_eq!(then.head.version.unwrap().at.date_naive().to_string(), "2026-05-08");
    }
}

#[test]
fn outsiders_are_told_a_day_and_no_hour_of_it() {
    let (mut hand, _) = all_in("America/Los_Angeles", "2026-05-04T16:00:00Z", 5);
    // Friday, 17:30 there; the day is theirs, and begins when theirs begins.
    hand.at = moment("2026-05-09T00:30:00Z");
    let idea = hand.give("idea", "Ana", &[("text", "Bins")]);
    let mut plan = (*hand.board.plan).clone();
    plan.sections[0].from = vec!["idea".to_owned()];
    plan.sections[0].kept = false;
    hand.board.plan = std::sync::Arc::new(plan);
    let by = hand.who("Ana");
    let release = Release { id: ReleaseId(hand.number()), sections: ["kept".to_owned()].into(), by, at: hand.at };
    hand.put(Change::Release(release));
    let seen = view(&hand.board, Viewer::Outside, hand.at);
    assert_eq!(seen.shown().cards[&idea].texts[0].at, moment("2026-05-08T07:00:00Z"));
}

#[test]
fn before_a_step_has_an_end_the_first_hosts_clock_tells_the_day_and_nobodys_outside() {
    let mut hand = Hand::small(PLAN);
    hand.at = moment("2026-05-07T23:30:00Z");
    let first = hand.who("Ana");
    hand.board.people.get_mut(&first).unwrap().zone = "Asia/Tokyo".to_owned();
    let day = |viewer| compile(&view(&hand.board, viewer, hand.at), &Captions::default()).head.at.to_rfc3339();
    assert_eq!(day(Viewer::Room), "2026-05-08T08:30:00+09:00");
    assert_eq!(day(Viewer::Outside), "2026-05-07T23:30:00+00:00");
    assert_eq!(hand.board.zone(Viewer::Room), "Asia/Tokyo");
    hand.board.people.clear();
    assert_eq!(hand.board.zone(Viewer::Room), "UTC");
}
