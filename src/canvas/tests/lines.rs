//! Lines and sentences, on plans of a few lines.

use super::hand::Hand;
use super::shapes::{plan, section};
use crate::canvas::*;
use crate::path::plan::ANSWERS;
use crate::path::{CardId, CardState, Change, Group as Triad, GroupId, Settled, Text, Value, Via, calendar};

fn lines(hand: &Hand) -> Vec<Group> {
    match section(hand).body {
        Body::Lines { groups } => groups,
        other => panic!("not lines: {other:?}"),
    }
}

const CAUSES: &str = "
[[ask]]
key = 'cause'
kind = 'cards'
seal = 'none'
field = [{ key = 'text', type = 'line' }]
[[ask]]
key = 'claim'
kind = 'cards'
by = 'partner'
seal = 'none'
field = [
  { key = 'of', type = 'card', from = ['cause'], link = 'serves' },
  { key = 'status', type = 'choice', choices = ['active'] },
  { key = 'what', type = 'line' },
]
[[ask]]
key = 'pick'
kind = 'marks'
from = ['cause']
pile = [{ key = 'dot', budget = 2 }]
seal = 'close'
named = 'never'
keep = { min = 1, max = 2 }
";
const KEPT: &str = "shape = 'lines'\nfrom = ['pick']\nkept = true\nparked = true\nbeside = ['claim']";

#[test]
fn kept_lines_stand_in_the_order_of_the_decision_with_their_sources() {
    let mut hand = Hand::small(&plan(CAUSES, KEPT));
    hand.open("cause");
    hand.open("claim");
    hand.open("pick");
    let one = hand.give("cause", "Ana", &[("text", "No bins")]);
    let two = hand.give("cause", "Caro", &[("text", "No trucks")]);
    let three = hand.give("cause", "Dan", &[("text", "No law")]);
    hand.give("claim", "Ben", &[("of", &two.to_string()), ("status", "active"), ("what", "Weekly routes")]);
    hand.mark("pick", "Ana", &[one, two]);
    hand.mark("pick", "Caro", &[two]);
    assert_eq!(section(&hand).state, Fill::Begun, "nothing is kept while the marks are sealed");
    hand.close("pick");
    let reworded = hand.make("pick", "text", "Trucks do not come", &[two], false);
    hand.keep("pick", None, &[reworded, one], Settled::Host);
    hand.amend(three, |card| card.parked = Some("A matter of the state".to_owned()));

    let shown = section(&hand);
    let groups = lines(&hand);
    let texts: Vec<&str> = groups[0].lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["Trucks do not come", "No bins"]);
    let line = &groups[0].lines[0];
    let origins: Vec<(CardId, &str)> =
        line.source.cards.iter().map(|origin| (origin.card, origin.text.as_str())).collect();
    assert_eq!(origins, [(reworded, "Trucks do not come"), (two, "No trucks")]);
    assert_eq!(line.source.cards[1].by.as_deref(), Some("Caro (RWA)"));
    assert_eq!((line.source.counts[0].people, line.source.counts[0].partners), (2, 2));
    assert_eq!(line.source.settled.as_ref().unwrap().how, Settled::Host);
    assert_eq!(line.source.summary, "made from 1 card: Caro (RWA) · 2 people, 2 partners · kept on 2 March 2026");
    assert_eq!((line.beside[0].who.as_deref(), line.beside[0].marks[0].as_str()), (Some("City"), "active"));
    assert_eq!(line.beside[0].parts.len(), 1, "the card it serves is the line itself and is not named again");
    assert_eq!((line.nobody_yet, groups[0].lines[1].nobody_yet), (false, true));
    assert_eq!(shown.put_aside[0].line.text, "No law");
    assert_eq!(shown.put_aside[0].reason, "A matter of the state");
}

#[test]
fn a_line_without_an_author_has_no_hour() {
    let unnamed = CAUSES.replacen("seal = 'none'", "seal = 'none'\nnamed = 'never'", 1);
    for (asks, told) in [(CAUSES, true), (unnamed.as_str(), false)] {
        let mut hand = Hand::small(&plan(asks, "shape = 'lines'\nfrom = ['cause']"));
        hand.open("cause");
        hand.at += chrono::Duration::minutes(7);
        let hour = calendar::local(hand.at, "Africa/Nairobi").to_rfc3339();
        hand.give("cause", "Ana", &[("text", "No bins")]);
        hand.at += chrono::Duration::days(1);
        let canvas = hand.canvas();
        assert!(json(&canvas).contains("No bins") && html(&canvas).contains("No bins"));
        assert_eq!((json(&canvas).contains(&hour), html(&canvas).contains(&hour)), (told, told), "{asks}");
    }
}

#[test]
fn what_was_put_aside_is_not_also_said_to_be_nobodys() {
    let mut hand = Hand::small(&plan(CAUSES, KEPT));
    for ask in ["cause", "claim"] {
        hand.open(ask);
    }
    let card = hand.give("cause", "Ana", &[("text", "No bins")]);
    hand.amend(card, |card| card.parked = Some("A matter of the state".to_owned()));
    assert!(!section(&hand).put_aside[0].line.nobody_yet);
}

const STAND: &str = "
[[ask]]
key = 'stand'
kind = 'consent'
from = ['pick']
kept = true
seal = 'close'
";

#[test]
fn a_kept_line_tells_the_count_that_settled_it_with_its_remarks() {
    let asks = format!("{CAUSES}{STAND}");
    for (shown, expected) in [
        (
            "from = ['pick']\nkept = true",
            "2 people, 2 partners · stands: 3 people, 2 partners, and 1 with a remark · kept on 3 March 2026",
        ),
        ("from = ['stand']\nkept = true", "stands: 3 people, 2 partners, and 1 with a remark · kept on 3 March 2026"),
    ] {
        let mut hand = Hand::small(&plan(&asks, &format!("shape = 'lines'\n{shown}")));
        hand.open("cause");
        hand.open("pick");
        let card = hand.give("cause", "Ana", &[("text", "No bins")]);
        hand.mark("pick", "Ana", &[card]);
        hand.mark("pick", "Caro", &[card]);
        hand.close("pick");
        hand.keep("pick", None, &[card], Settled::Host);
        hand.at += chrono::Duration::days(1);
        hand.open("stand");
        for (by, value) in
            [("Ana", Value::Stands), ("Ben", Value::Stands), ("Caro", Value::Stands), ("Dan", Value::Remark)]
        {
            hand.figure(("stand", ANSWERS, 1), by, card, (value, ""));
        }
        hand.close("stand");
        hand.keep("stand", None, &[card], Settled::Consent);
        assert_eq!(lines(&hand)[0].lines[0].source.summary, format!("Ana (City) · {expected}"));
    }
}

#[test]
fn nobody_yet_is_said_only_of_what_could_be_seen() {
    let sealed = CAUSES.replacen("by = 'partner'\nseal = 'none'", "by = 'partner'\nseal = 'end'", 1);
    for (asks, open, closed, expected) in [
        (CAUSES, false, false, false),
        (CAUSES, true, false, true),
        (sealed.as_str(), true, false, false),
        (sealed.as_str(), true, true, true),
    ] {
        let mut hand = Hand::small(&plan(asks, "shape = 'lines'\nfrom = ['cause']\nbeside = ['claim']"));
        hand.open("cause");
        hand.give("cause", "Ana", &[("text", "No bins")]);
        if open {
            hand.open("claim");
        }
        if closed {
            hand.close("claim");
        }
        assert_eq!(lines(&hand)[0].lines[0].nobody_yet, expected, "open {open}, closed {closed}");
    }
}

#[test]
fn claims_on_merged_cards_stand_beside_what_they_became() {
    let mut hand = Hand::small(&plan(CAUSES, "shape = 'lines'\nfrom = ['cause']\nbeside = ['claim']"));
    hand.open("cause");
    hand.open("claim");
    let one = hand.give("cause", "Ana", &[("text", "No bins")]);
    let two = hand.give("cause", "Caro", &[("text", "Too few bins")]);
    hand.give("claim", "Ben", &[("of", &one.to_string()), ("status", "active"), ("what", "Bins in two streets")]);
    hand.make("cause", "text", "Bins are missing", &[one, two], true);
    let groups = lines(&hand);
    assert_eq!(groups[0].lines.len(), 1);
    assert_eq!(groups[0].lines[0].beside.len(), 1);
    assert_eq!(groups[0].lines[0].source.summary, "made from 2 cards: Ana (City), Caro (RWA)");
    assert_eq!(groups[0].lines[0].who, None, "whoever merges is not the author");
}

#[test]
fn lines_of_triads_are_grouped_and_name_no_single_person() {
    let asks = "[[ask]]\nkey = 'note'\nkind = 'cards'\nby = 'group'\nplace = 'group'\nseal = 'none'\nfield = [{ key = 'text', type = 'line' }]";
    let mut hand = Hand::small(&plan(asks, "shape = 'lines'\nfrom = ['note']"));
    let group = |nth: u16| Triad {
        id: GroupId(900 + i64::from(nth)),
        ask: "note".to_owned(),
        name: format!("Triad {nth}"),
        nth,
        members: [].into(),
    };
    hand.put(Change::Group(group(1)));
    hand.put(Change::Group(group(2)));
    hand.open("note");
    for (triad, text) in [(2, "Later"), (1, "Sooner")] {
        let card = hand.give("note", "Ana", &[("text", text)]);
        hand.amend(card, |card| card.group = Some(GroupId(900 + triad)));
    }
    assert_eq!(hand.canvas().sections[0].state, Fill::Begun);
    assert!(lines(&hand).is_empty(), "notes stay in the triad while its window is open");
    hand.close("note");
    let groups = lines(&hand);
    let names: Vec<Option<&str>> = groups.iter().map(|group| group.name.as_deref()).collect();
    assert_eq!(names, [Some("Triad 1"), Some("Triad 2")]);
    assert_eq!(groups[0].lines[0].source.summary, "Triad 1");
    assert_eq!(groups[0].lines[0].source.cards[0].by, None);
}

#[test]
fn remarks_are_printed_and_those_on_all_lines_are_printed_once() {
    let asks =
        format!("{CAUSES}[[ask]]\nkey = 'page'\nkind = 'consent'\nfrom = ['pick']\nkept = true\nseal = 'close'\n");
    let mut hand = Hand::small(&plan(&asks, KEPT));
    hand.open("cause");
    hand.open("pick");
    let one = hand.give("cause", "Ana", &[("text", "No bins")]);
    let two = hand.give("cause", "Caro", &[("text", "No trucks")]);
    hand.close("pick");
    hand.keep("pick", None, &[one, two], Settled::Host);
    hand.open("page");
    hand.figure(("page", ANSWERS, 1), "Ana", one, (Value::Remark, "Both are one"));
    hand.figure(("page", ANSWERS, 2), "Ana", two, (Value::Remark, "Both are one"));
    hand.figure(("page", ANSWERS, 1), "Dan", one, (Value::NotYet, "Say where"));
    assert!(lines(&hand)[0].lines[0].remarks.is_empty(), "answers are sealed until the close");
    hand.close("page");
    let shown = section(&hand);
    assert_eq!((shown.remarks.len(), shown.remarks[0].text.as_str()), (1, "Both are one"));
    let line = &lines(&hand)[0].lines[0];
    assert_eq!((line.remarks.len(), line.remarks[0].by.as_deref()), (1, Some("Dan (RWA)")));
    let said: Vec<&str> = line.source.counts.iter().map(|count| count.label.as_str()).collect();
    assert_eq!(said, ["agrees, with a remark", "not yet"]);
}

const SENTENCE: &str = "
[[ask]]
key = 'draft'
kind = 'cards'
seal = 'none'
field = [{ key = 'text', type = 'text' }]
[[ask]]
key = 'adopt'
kind = 'consent'
from = ['draft']
seal = 'close'
keep = { min = 1, max = 1 }
";

#[test]
fn a_sentence_is_what_was_kept_or_else_the_newest() {
    for (from, kept, decided, expected) in
        [("draft", false, false, Some("Second")), ("adopt", true, false, None), ("adopt", true, true, Some("First"))]
    {
        let shape = format!("shape = 'sentence'\nfrom = ['{from}']\nkept = {kept}");
        let mut hand = Hand::small(&plan(SENTENCE, &shape));
        hand.open("draft");
        let first = hand.give("draft", "Ana", &[("text", "First")]);
        hand.give("draft", "Ben", &[("text", "Second")]);
        if decided {
            hand.keep("adopt", None, &[first], Settled::Consent);
        }
        let Body::Sentence { line } = section(&hand).body else { panic!("not a sentence") };
        assert_eq!(line.map(|line| line.text).as_deref(), expected, "from {from}, decided {decided}");
    }
}

#[test]
fn taken_back_and_erased_cards_leave_no_words() {
    let mut hand = Hand::small(&plan(CAUSES, "shape = 'lines'\nfrom = ['cause']"));
    hand.open("cause");
    let back = hand.give("cause", "Ana", &[("text", "Secret one")]);
    let erased = hand.give("cause", "Ben", &[("text", "Secret two")]);
    hand.amend(back, |card| card.state = CardState::Withdrawn);
    hand.amend(erased, |card| {
        let at = card.texts[0].at;
        card.texts = vec![Text { fields: [].into(), by: None, via: Via::Button, at }];
    });
    let texts: Vec<String> = lines(&hand)[0].lines.iter().map(|line| line.text.clone()).collect();
    assert_eq!(texts, ["(taken back)"]);
    assert!(!json(&hand.canvas()).contains("Secret"));
}
