//! Trees: where cards stand, what hangs loose, and the tree turned around. And counts of figures.

use super::hand::Hand;
use super::ruvani;
use crate::canvas::bars::reading;
use crate::canvas::*;
use crate::path::plan::LinkKind;
use crate::path::{CardId, Settled, Value, Viewer, view};

const PLAN: &str = "
key = 'small'
[[phase]]
key = 'one'
[[phase.sitting]]
key = 'sit'
days = 1
minutes = 1
[[phase.sitting.ask]]
key = 'core'
kind = 'consent'
from = ['issue']
keep = { min = 1, max = 1 }
[[phase.sitting.ask]]
key = 'why'
kind = 'cards'
seal = 'none'
field = [{ key = 'text', type = 'line' }]
[[phase.sitting.ask]]
key = 'then'
kind = 'cards'
seal = 'none'
field = [{ key = 'text', type = 'line' }]
[[phase.sitting.ask]]
key = 'grow'
kind = 'tree'
from = ['why', 'then']
crown = ['then']
under = 'core'
[[phase.sitting.ask]]
key = 'turned'
kind = 'cards'
seal = 'none'
field = [{ key = 'of', type = 'card', from = ['why', 'then'], link = 'mirrors' }, { key = 'text', type = 'line' }]
[[section]]
key = 'tree'
shape = 'tree'
from = ['grow']
phase = 'one'
[[section]]
key = 'mirror'
shape = 'tree'
from = ['turned']
phase = 'one'
";

/// Puts a card under another.
fn under(hand: &mut Hand, ask: &str, text: &str, parent: Option<CardId>) -> CardId {
    let card = hand.give(ask, "Ana", &[("text", text)]);
    if let Some(parent) = parent {
        hand.link(LinkKind::Under, card, parent);
    }
    card
}

fn tree(hand: &Hand, at: usize) -> Tree {
    match hand.canvas().sections.remove(at).body {
        Body::Tree(tree) => tree,
        other => panic!("not a tree: {other:?}"),
    }
}

/// Places and texts of nodes, depth first.
fn told(nodes: &[Node]) -> Vec<String> {
    let text = |node: &Node| node.line.as_ref().map_or("–".to_owned(), |line| line.text.clone());
    nodes.iter().flat_map(|node| [vec![format!("{} {}", node.place, text(node))], told(&node.children)].concat()).collect()
}

fn small() -> (Hand, CardId) {
    let mut hand = Hand::small(PLAN);
    for ask in ["core", "why", "then", "grow", "turned"] {
        hand.open(ask);
    }
    let issue = hand.board.issue().unwrap().id;
    (hand, issue)
}

#[test]
fn cards_stand_by_their_links_and_are_called_by_their_place() {
    let (mut hand, issue) = small();
    let one = under(&mut hand, "why", "one", Some(issue));
    let a = under(&mut hand, "why", "a", Some(one));
    under(&mut hand, "why", "deep", Some(a));
    under(&mut hand, "why", "two", Some(issue));
    under(&mut hand, "why", "loose", None);
    let effect = under(&mut hand, "then", "effect", Some(issue));
    under(&mut hand, "then", "further", Some(effect));
    hand.link(LinkKind::LeadsTo, effect, one);
    let tree = tree(&hand, 0);
    assert_eq!(told(&tree.roots), ["C1 one", "C1a a", "C1a1 deep", "C2 two"]);
    assert_eq!(told(&tree.loose_roots), ["C3 loose"]);
    assert_eq!(told(&tree.crown), ["E1 effect", "E1a further"]);
    assert!(tree.loose_crown.is_empty());
    let crosses: Vec<(&str, &str)> = tree.crosses.iter().map(|c| (c.from_place.as_str(), c.to_place.as_str())).collect();
    assert_eq!(crosses, [("E1", "C1")]);
    let ids = short_ids(&view(&hand.board, Viewer::Room, hand.at), "grow");
    assert_eq!((ids[&one].as_str(), ids[&a].as_str(), ids[&effect].as_str()), ("C1", "C1a", "E1"));
}

#[test]
fn a_reworded_trunk_and_merged_cards_keep_what_hangs_on_them() {
    let (mut hand, issue) = small();
    let one = under(&mut hand, "why", "one", Some(issue));
    let twin = under(&mut hand, "why", "twin", Some(issue));
    let child = under(&mut hand, "why", "child", Some(twin));
    let trunk = hand.make("core", "text", "The real problem", &[issue], false);
    hand.keep("core", None, &[trunk], Settled::Consent);
    hand.make("why", "text", "both", &[one, twin], true);
    let parked = under(&mut hand, "why", "parked", Some(issue));
    hand.amend(parked, |card| card.parked = Some("later".to_owned()));
    let gone = under(&mut hand, "why", "parked and loose", None);
    hand.amend(gone, |card| card.parked = Some("twice here".to_owned()));
    let tree = tree(&hand, 0);
    assert_eq!(tree.trunk.unwrap().line.unwrap().text, "The real problem");
    assert_eq!(told(&tree.roots), ["C1 both", "C1a child", "C2 parked"]);
    assert_eq!(tree.roots[1].line.as_ref().unwrap().aside.as_deref(), Some("later"));
    assert!(tree.loose_roots.is_empty());
    assert_eq!(tree.roots[0].children[0].card, child);
}

#[test]
fn a_ring_of_links_is_shown_and_does_not_hang() {
    let (mut hand, _) = small();
    let a = under(&mut hand, "why", "a", None);
    let b = under(&mut hand, "why", "b", Some(a));
    hand.link(LinkKind::Under, a, b);
    assert_eq!(told(&tree(&hand, 0).loose_roots), ["C1 a", "C1a b"]);
}

#[test]
fn the_turned_tree_has_the_same_places_and_shows_its_gaps() {
    let (mut hand, issue) = small();
    let one = under(&mut hand, "why", "No bins", Some(issue));
    let a = under(&mut hand, "why", "No money", Some(one));
    let loose = under(&mut hand, "why", "Loose", None);
    assert!(tree(&hand, 1).is_empty(), "nobody has turned anything around");
    hand.give("turned", "Ana", &[("of", &a.to_string()), ("text", "There is money")]);
    hand.give("turned", "Ben", &[("of", &a.to_string()), ("text", "Bins are paid for")]);
    let turned = tree(&hand, 1);
    assert_eq!(told(&turned.roots), ["C1 –", "C1a There is money"]);
    let node = &turned.roots[0].children[0];
    assert_eq!((node.mirrors.as_deref(), node.others[0].text.as_str()), (Some("No money"), "Bins are paid for"));
    assert!(turned.loose_roots.is_empty(), "a loose card appears once somebody turns it around");
    hand.give("turned", "Ben", &[("of", &loose.to_string()), ("text", "Tight")]);
    assert_eq!(told(&tree(&hand, 1).loose_roots), ["C2 Tight"]);
}

#[test]
fn a_count_reads_as_the_method_says() {
    for (good, critical, expected) in [
        (0, 0, Reading::None),
        (1, 1, Reading::Few),
        (2, 0, Reading::Few),
        (2, 1, Reading::Strength),
        (4, 2, Reading::Strength),
        (5, 3, Reading::Contested),
        (1, 1 + 1, Reading::WorkNeeded),
        (3, 5, Reading::Contested),
        (1, 5, Reading::WorkNeeded),
        (0, 3, Reading::WorkNeeded),
    ] {
        assert_eq!(reading(good, critical), expected, "{good}:{critical}");
    }
}

const FIGURES: &str = "
key = 'small'
[[phase]]
key = 'one'
[[phase.sitting]]
key = 'sit'
days = 1
minutes = 1
[[phase.sitting.ask]]
key = 'place'
kind = 'figures'
from = ['area']
pile = [{ key = 'green', budget = 3 }, { key = 'red', budget = 3 }]
stack = true
seal = 'close'
named = 'never'
[[phase.sitting.ask]]
key = 'why'
kind = 'cards'
seal = 'close'
named = 'never'
each = { min = 0, max = 3 }
field = [{ key = 'of', type = 'card', from = ['area'], link = 'answers' }, { key = 'text', type = 'line' }]
[[list]]
key = 'area'
phase = 'one'
items = [{ key = 'trust', name = 'Trust', line = 'We can rely on one another.' }, { key = 'money', name = 'Money' }]
[[section]]
key = 'bars'
shape = 'bars'
from = ['place']
beside = ['why']
phase = 'one'
";

/// A board where so many people placed one green on trust, and so many of them one red on money.
fn placed(people: usize, red: usize, reasons: usize) -> Hand {
    let mut hand = Hand::small(FIGURES);
    let (city, rwa) = (hand.whose("City"), hand.whose("RWA"));
    let names = ["Ana", "Ben", "Caro", "Dan", "Eve", "Fay"];
    for (name, partner) in names[4..].iter().zip([city, rwa]) {
        hand.person(name, partner, crate::path::Level::Operational);
    }
    hand.open("place");
    hand.open("why");
    let (trust, money) = (hand.item("area", "trust"), hand.item("area", "money"));
    for (nth, name) in names.iter().take(people).enumerate() {
        hand.figure(("place", "green", 1), name, trust, (Value::Here, ""));
        if nth < red {
            hand.figure(("place", "red", 1), name, money, (Value::Here, ""));
            hand.figure(("place", "red", 2), name, money, (Value::Here, ""));
        }
    }
    for nth in 0..reasons {
        hand.give("why", "Ana", &[("of", &money.to_string()), ("text", &format!("Reason {nth}"))]);
    }
    hand
}

fn bars(hand: &Hand) -> Bars {
    match hand.canvas().sections.remove(0).body {
        Body::Bars(bars) => bars,
        other => panic!("not bars: {other:?}"),
    }
}

#[test]
fn counts_are_shown_only_of_enough_people() {
    for (people, red, shown, behind) in [(4, 4, false, None), (5, 2, true, None), (5, 3, true, Some((3, 2))), (6, 6, true, Some((6, 2)))] {
        let mut hand = placed(people, red, 0);
        assert!(!bars(&hand).counted, "nothing of an open round");
        hand.close("place");
        hand.close("why");
        let bars = bars(&hand);
        assert_eq!((bars.too_few, !bars.bars.is_empty()), (!shown, shown), "{people} people");
        let money = bars.bars.iter().find(|bar| bar.text == "Money");
        let seen = money.and_then(|bar| Some((bar.critical_people?, bar.critical_partners?)));
        assert_eq!(seen, behind, "{people} people, {red} with red");
        if let Some(money) = money {
            assert_eq!(money.ratio, format!("0:{}", 2 * red));
        }
    }
}

#[test]
fn passes_do_not_make_a_few_look_like_many() {
    let mut hand = placed(2, 2, 0);
    let window = hand.board.window_of("place").unwrap().id;
    for name in ["Caro", "Dan", "Eve", "Fay"] {
        let giver = crate::path::Giver::Person(hand.who(name));
        let how = crate::path::How::Passed;
        hand.put(crate::path::Change::Given(crate::path::Given { window, giver, how, at: hand.at }));
    }
    hand.close("place");
    assert!(bars(&hand).too_few);
}

#[test]
fn reasons_are_shown_only_if_enough_exist() {
    for (reasons, shown) in [(4, 0), (5, 5)] {
        let mut hand = placed(6, 3, reasons);
        hand.close("place");
        hand.close("why");
        let found: usize = bars(&hand).bars.iter().map(|bar| bar.reasons.len()).sum();
        assert_eq!(found, shown);
        let text = json(&hand.canvas());
        assert_eq!(text.contains("Reason 0"), shown > 0);
    }
}

#[test]
fn the_example_counts_as_it_was_counted_by_hand() {
    let canvas = ruvani::board().canvas();
    let found = canvas.sections.iter().find_map(|section| match &section.body {
        Body::Bars(bars) => Some(bars),
        _ => None,
    });
    let bars = found.unwrap();
    let told: Vec<(&str, Option<u32>, Reading, Option<(u32, u32)>)> = bars
        .bars
        .iter()
        .map(|bar| (bar.ratio.as_str(), bar.share_percent, bar.reading, bar.critical_people.zip(bar.critical_partners)))
        .collect();
    use Reading::{Contested, Strength, WorkNeeded};
    assert_eq!(
        told,
        [
            ("9:1", Some(90), Strength, None),
            ("3:5", Some(37), Contested, Some((5, 5))),
            ("5:2", Some(71), Strength, None),
            ("6:2", Some(75), Strength, None),
            ("5:2", Some(71), Strength, None),
            ("1:7", Some(12), WorkNeeded, Some((6, 3))),
            ("4:4", Some(50), Contested, Some((4, 3))),
            ("1:9", Some(10), WorkNeeded, Some((8, 3))),
            ("4:2", Some(66), Strength, None),
            ("1:5", Some(16), WorkNeeded, Some((5, 4))),
        ]
    );
    let talk: Vec<&str> = bars.talk.iter().map(|id| bars.bars.iter().find(|bar| bar.card == *id).unwrap().text.as_str()).collect();
    assert_eq!(&talk[..4], ["Resources and capacity", "Decisions and power", "Measuring and learning", "Right people at the table"]);
    let kept: Vec<&str> = bars.bars.iter().filter(|bar| bar.kept).map(|bar| bar.text.as_str()).collect();
    assert_eq!(kept, ["Decisions and power", "Resources and capacity", "Measuring and learning"]);
    assert_eq!(bars.bars[7].about, "");
}
