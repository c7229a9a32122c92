//! Versions as they were seen, and what changed between them.

use super::hand::Hand;
use super::ruvani;
use crate::canvas::{
    Body, Canvas, Captions, Comparison, Told, compare, comparison_outline, compile, html, json, outline,
};
use crate::path::{Card, CardState, Change, Version, VersionId, Viewer, view_at};

fn at(hand: &Hand, version: VersionId) -> Canvas {
    compile(&view_at(&hand.board, Viewer::Room, version).unwrap(), &ruvani::captions())
}

fn snapshots(hand: &Hand) -> Vec<VersionId> {
    hand.board.versions.iter().filter(|version| version.label == "snapshot").map(|version| version.id).collect()
}

fn part<'a>(comparison: &'a Comparison, section: &str) -> &'a crate::canvas::Different {
    comparison.parts.iter().find(|part| part.section.as_deref() == Some(section)).unwrap()
}

#[test]
fn a_snapshot_shows_what_was_seen_then() {
    let whole = ruvani::with_snapshots(7);
    for (phases, version) in (1..).zip(snapshots(&whole)) {
        let then = ruvani::with_snapshots(phases).canvas_with(&ruvani::captions());
        let mut now = at(&whole, version);
        now.head.revision = then.head.revision;
        assert_eq!(outline(&now), outline(&then), "after phase {phases}");
        assert!(now == then, "after phase {phases}");
    }
}

#[test]
fn between_alike_canvases_nothing_has_changed() {
    let canvas = ruvani::board().canvas_with(&ruvani::captions());
    let comparison = compare(&canvas, &canvas);
    assert!(comparison.is_nothing());
    assert_eq!((comparison.came, comparison.went, comparison.changed), (0, 0, 0));
    assert!(comparison_outline(&comparison).contains("Nothing has changed."));
}

#[test]
fn two_phases_of_the_example_are_told_apart() {
    let whole = ruvani::with_snapshots(7);
    let versions = snapshots(&whole);
    let [old, new] = [versions[2], versions[6]].map(|version| at(&whole, version));
    let comparison = compare(&old, &new);
    let vision = part(&comparison, "vision");
    let sentence = new.sections.iter().find(|section| section.key == "vision").unwrap();
    assert!(matches!(&sentence.body, Body::Sentence { line: Some(line) } if line.text == vision.came[0].text));
    assert!(vision.went.is_empty() && vision.changed.is_empty());
    assert_eq!(part(&comparison, "indicators").came.len(), 3);
    let phases = &comparison.parts[0].changed;
    assert_eq!(phases.last().map(|phase| phase.before.join("")), Some("Closing: to come".to_owned()));
    assert_eq!(comparison.came, comparison.parts.iter().map(|part| part.came.len()).sum::<usize>());
    let told = comparison_outline(&comparison);
    for part in &comparison.parts {
        assert!(told.contains(&format!("\n## {}\n", part.title)), "{}", part.title);
    }
    insta::assert_snapshot!("comparison", told);
}

const PLAN: &str = r#"
    key = "small"
    [[phase]]
    key = "one"
    [[phase.sitting]]
    key = "first"
    days = 1
    minutes = 1
    ask = [{ key = "tell", kind = "cards", seal = "none", each = { min = 1, max = 3 },
             field = [{ key = "line", type = "line" }] }]
    [[section]]
    key = "all"
    shape = "lines"
    from = ["tell"]
    phase = "one"
"#;

/// Two cards, a snapshot, then whatever happens, then another.
fn changed(what: impl FnOnce(&mut Hand, &[crate::path::CardId])) -> (Hand, Comparison) {
    let mut hand = Hand::small(PLAN);
    hand.open("tell");
    let cards = ["Nets tear", "Bins overflow"].map(|line| hand.give("tell", "Ana", &[("line", line)]));
    let first = hand.version("first", None);
    hand.at += chrono::TimeDelta::days(1);
    what(&mut hand, &cards);
    let second = hand.version("second", None);
    let [old, new] = [first, second]
        .map(|version| compile(&view_at(&hand.board, Viewer::Room, version).unwrap(), &Captions::default()));
    (hand, compare(&old, &new))
}

fn texts(told: &[Told]) -> Vec<&str> {
    told.iter().map(|line| line.text.as_str()).collect()
}

fn reword(hand: &mut Hand, card: crate::path::CardId, line: &str) {
    let at = hand.at;
    hand.amend(card, |card| {
        let mut text = card.texts[0].clone();
        text.fields.insert("line".to_owned(), line.to_owned());
        card.texts.push(crate::path::Text { at, ..text });
    });
}

#[test]
fn what_came_went_and_changed_is_told_by_its_card() {
    let (_, comparison) = changed(|hand, cards| {
        reword(hand, cards[0], "Nets tear each month");
        hand.amend(cards[1], |card| card.parked = Some("Later".to_owned()));
        hand.give("tell", "Ben", &[("line", "Nobody counts")]);
    });
    let part = part(&comparison, "all");
    assert_eq!((texts(&part.came), texts(&part.went)), (vec!["Nobody counts"], vec!["Bins overflow"]));
    assert_eq!(part.changed[0].before, ["Nets tear"]);
    assert_eq!(part.changed[0].after, "Nets tear each month");
    assert_eq!((comparison.came, comparison.went, comparison.changed), (1, 1, 1));
}

#[test]
fn what_was_joined_has_changed() {
    let (_, comparison) = changed(|hand, cards| {
        hand.make("tell", "line", "Nets and bins fail", cards, true);
    });
    let part = part(&comparison, "all");
    assert!(part.came.is_empty() && part.went.is_empty());
    assert_eq!(part.changed[0].before, ["Nets tear", "Bins overflow"]);
    assert_eq!(part.changed[0].after, "Nets and bins fail");
}

#[test]
fn what_was_erased_is_a_gap_in_every_version() {
    let erasures: [fn(&mut Card); 3] =
        [|card| card.texts[0].fields.clear(), |card| card.texts.clear(), |card| card.state = CardState::Withdrawn];
    for erase in erasures {
        let (mut hand, _) = changed(|_, _| {});
        let versions: Vec<Version> = hand.board.versions.clone();
        let id = versions[0].cards.iter().map(|(card, _)| *card).find(|id| hand.board.cards[id].source == "tell");
        hand.amend(id.unwrap(), erase);
        for version in &versions {
            let canvas = compile(&view_at(&hand.board, Viewer::Room, version.id).unwrap(), &Captions::default());
            for document in [outline(&canvas), html(&canvas), json(&canvas)] {
                assert!(!document.contains("Nets tear"), "what was erased is shown");
                assert!(document.contains("(taken back)") || document.contains("\\(taken back\\)"), "{document}");
                assert!(document.contains("Bins overflow"));
            }
        }
    }
}

#[test]
fn a_link_that_is_gone_stays_in_its_version() {
    let mut hand = ruvani::up_to(3);
    let version = hand.version("tree", None);
    let before = at(&hand, version);
    for link in hand.board.links.iter().map(|link| link.id).collect::<Vec<_>>() {
        hand.put(Change::LinkGone(link));
    }
    let mut after = at(&hand, version);
    after.head.revision = before.head.revision;
    assert!(before == after);
    let comparison = compare(&after, &hand.canvas_with(&ruvani::captions()));
    assert!(!comparison.is_nothing());
}

#[test]
fn hostile_words_are_told_as_they_are() {
    let (_, comparison) = changed(|hand, cards| reword(hand, cards[0], "{text} # <b>@everyone</b> {{ new }}"));
    let told = comparison_outline(&comparison);
    assert!(!told.contains("<b>") && !told.contains("@everyone"), "{told}");
    assert!(told.contains("text") && told.contains("new"), "{told}");
}
