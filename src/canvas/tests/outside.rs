//! The canvas for outsiders: of the worked example only what was released, in every form.

use std::collections::BTreeSet;

use super::hand::Hand;
use super::ruvani;
use crate::canvas::{Body, Canvas, compile, html, json, outline};
use crate::path::plan::ANSWERS;
use crate::path::{Change, Release, ReleaseId, Settled, Value, Viewer, view, view_at};

pub(super) fn release(hand: &mut Hand, sections: &[&str]) {
    let by = *hand.board.people.keys().next().unwrap();
    let id = ReleaseId(hand.number());
    let sections: BTreeSet<String> = sections.iter().map(|key| (*key).to_owned()).collect();
    hand.put(Change::Release(Release { id, sections, by, at: hand.at }));
}

fn outside(hand: &Hand) -> Canvas {
    compile(&view(&hand.board, Viewer::Outside, hand.at), &ruvani::captions())
}

fn documents(canvas: &Canvas) -> [String; 3] {
    [outline(canvas), html(canvas), json(canvas)]
}

#[test]
fn without_a_release_there_is_a_head_and_nothing_more() {
    let hand = ruvani::board();
    let canvas = outside(&hand);
    assert!(canvas.sections.is_empty());
    assert_eq!(canvas.head.name, "Ruvani Without Plastic");
    assert!(canvas.head.issue.is_none() && canvas.head.elements.is_empty());
    assert_eq!(canvas.head.partners.len(), 5);
    assert!(canvas.head.partners.iter().all(|partner| partner.people.is_empty()));
    assert_eq!(canvas.head.people_said, "13 people");
    assert_eq!(canvas.head.phases.len(), 7);
}

#[test]
fn each_section_alone_shows_what_it_shows_inside_and_no_other_section_does() {
    let mut hand = ruvani::board();
    let inside = hand.canvas_with(&ruvani::captions());
    for section in &inside.sections {
        release(&mut hand, &[&section.key]);
        let canvas = outside(&hand);
        assert_eq!(canvas.sections.len(), 1, "{}", section.key);
        let there = &canvas.sections[0];
        assert_eq!((&there.key, there.body.is_empty()), (&section.key, section.body.is_empty()));
        match (&section.body, &there.body) {
            (Body::Tree(one), Body::Tree(other)) => {
                let places = |nodes: &[crate::canvas::Node]| -> Vec<(String, Option<String>)> {
                    nodes.iter().map(|node| (node.place.clone(), node.line.as_ref().map(|l| l.text.clone()))).collect()
                };
                assert_eq!(places(&one.roots), places(&other.roots));
                assert_eq!(places(&one.crown), places(&other.crown));
            }
            (Body::Bars(one), Body::Bars(other)) => {
                let ratios = |bars: &crate::canvas::Bars| -> Vec<String> {
                    bars.bars.iter().map(|bar| bar.ratio.clone()).collect()
                };
                assert_eq!(ratios(one), ratios(other));
            }
            (Body::Steps { steps }, Body::Steps { steps: there }) => {
                assert!(there.len() <= steps.len());
                assert!(there.iter().all(|step| steps.iter().any(|inside| inside.text == step.text)));
                assert!(there.iter().all(|step| step.owner.as_ref().is_none_or(|owner| !owner.contains('('))));
            }
            _ => {}
        }
    }
}

/// Every word of every card becomes like no other card's, so that it is found wherever it stands.
fn make_unique(hand: &mut Hand) {
    for (nth, id) in hand.board.cards.keys().copied().collect::<Vec<_>>().into_iter().enumerate() {
        let source = hand.board.cards[&id].source.clone();
        let plan = hand.board.plan.clone();
        let written: Vec<String> = match plan.ask(&source) {
            Some(ask) => ask
                .fields
                .iter()
                .filter(|field| {
                    matches!(field.kind, crate::path::plan::FieldKind::Line | crate::path::plan::FieldKind::Text)
                })
                .map(|field| field.key.clone())
                .collect(),
            // A card of the plan: its words are as much its own.
            None => hand.board.cards[&id].texts.iter().flat_map(|text| text.fields.keys().cloned()).collect(),
        };
        hand.amend(id, |card| {
            for field in card.texts.iter_mut().flat_map(|text| &mut text.fields) {
                if written.contains(field.0) && !field.1.is_empty() {
                    *field.1 = format!("unique{nth}x");
                }
            }
        });
    }
}

#[test]
fn what_was_not_released_appears_in_no_form() {
    let mut hand = ruvani::board();
    make_unique(&mut hand);
    let people: Vec<(crate::path::PersonId, String)> =
        hand.board.people.keys().map(|id| (*id, format!("nobody{id}x"))).collect();
    for (id, name) in &people {
        let mut person = hand.board.people[id].clone();
        person.name.clone_from(name);
        person.handle = format!("handle{id}x");
        hand.put(Change::Person(person));
    }
    let sections: Vec<String> = hand.board.plan.sections.iter().map(|section| section.key.clone()).collect();
    let words = |canvas: &Canvas| -> BTreeSet<String> {
        let all = documents(canvas).concat();
        let letters = all.split(|letter: char| !letter.is_alphanumeric());
        letters.filter(|word| word.starts_with("unique")).map(str::to_owned).collect()
    };
    let inside = hand.canvas_with(&ruvani::captions());
    let mut seen = BTreeSet::new();
    for key in &sections {
        release(&mut hand, &[key]);
        let canvas = outside(&hand);
        let alone = Canvas {
            sections: inside.sections.iter().filter(|section| section.key == *key).cloned().collect(),
            head: canvas.head.clone(),
            ..inside.clone()
        };
        let (there, drawn) = (words(&canvas), words(&alone));
        assert!(there.is_subset(&drawn), "{key}: {:?}", there.difference(&drawn).collect::<Vec<_>>());
        if let Some(shape) = alone.sections.first().and_then(|section| filled(&section.body)) {
            assert!(!there.is_empty(), "{key}: nothing of it is shown");
            seen.insert(shape);
        }
        for document in documents(&canvas) {
            for (id, name) in &people {
                assert!(!document.contains(name.as_str()), "{key}: person {id} is named");
                assert!(!document.contains(&format!("handle{id}x")), "{key}: an account is named");
            }
        }
    }
    assert_eq!(seen, BTreeSet::from(["lines", "table", "tree"]));
}

/// The shape of a section that shows people's cards, one by one.
fn filled(body: &Body) -> Option<&'static str> {
    match body {
        _ if body.is_empty() => None,
        Body::Lines { .. } => Some("lines"),
        Body::Table(_) => Some("table"),
        Body::Tree(_) => Some("tree"),
        _ => None,
    }
}

#[test]
fn outsiders_look_at_published_versions_only_and_see_what_is_released_today() {
    let mut hand = ruvani::with_snapshots(7);
    let snapshot = hand.board.versions[0].id;
    let published = hand.board.versions.iter().find(|version| version.nth.is_some()).unwrap().id;
    assert!(view_at(&hand.board, Viewer::Outside, snapshot).is_none());
    assert!(view_at(&hand.board, Viewer::Room, snapshot).is_some());
    let sections = |hand: &Hand| {
        let view = view_at(&hand.board, Viewer::Outside, published).unwrap();
        compile(&view, &ruvani::captions()).sections.len()
    };
    assert_eq!(sections(&hand), 0);
    release(&mut hand, &["vision"]);
    assert_eq!(sections(&hand), 1);
    let listed = view(&hand.board, Viewer::Outside, hand.at).shown().versions.clone();
    assert_eq!(listed.iter().map(|version| version.id).collect::<Vec<_>>(), [published]);
    assert!(listed.iter().all(|version| version.label.is_empty() && version.cards.is_empty()));
}

/// Two sections that draw the same card: as it was given, and as it was agreed to.
const TWICE: &str = "
[[ask]]
key = 'cause'
kind = 'cards'
seal = 'none'
field = [{ key = 'text', type = 'line' }]
[[ask]]
key = 'stand'
kind = 'consent'
from = ['cause']
kept = true
seal = 'close'
[[section]]
key = 'given'
shape = 'lines'
from = ['cause']
[[section]]
key = 'agreed'
shape = 'lines'
from = ['stand']
kept = true
";

/// All agree, each with a remark.
fn agreed_with_remarks() -> Hand {
    let mut hand = Hand::small(&super::shapes::phase(TWICE));
    hand.open("cause");
    let card = hand.give("cause", "Ana", &[("text", "No bins")]);
    hand.close("cause");
    hand.open("stand");
    for name in ["Ana", "Ben", "Caro", "Dan"] {
        hand.figure(("stand", ANSWERS, 1), name, card, (Value::Remark, "Look at the hills too"));
    }
    hand.close("stand");
    hand.keep("stand", None, &[card], Settled::Consent);
    hand
}

#[test]
fn nobody_is_called_silent_whose_remark_is_printed() {
    let mut hand = agreed_with_remarks();
    release(&mut hand, &["agreed"]);
    let canvas = outside(&hand);
    let Body::Lines { groups } = &canvas.sections[0].body else { panic!("lines") };
    let line = &groups[0].lines[0];
    assert!(line.source.summary.contains("kept"), "{}", line.source.summary);
    assert!(line.source.settled.as_ref().unwrap().unheard.is_empty());
}

#[test]
fn what_was_said_in_a_section_that_was_not_released_stays_inside() {
    let mut hand = agreed_with_remarks();
    release(&mut hand, &["given"]);
    for document in documents(&outside(&hand)) {
        assert!(document.contains("No bins") && !document.contains("the hills"), "{document}");
    }
    release(&mut hand, &["given", "agreed"]);
    assert!(outline(&outside(&hand)).contains("the hills"));
}
