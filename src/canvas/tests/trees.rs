//! Trees: where cards stand, what hangs loose, and the tree turned around.

use super::hand::Hand;
use crate::canvas::*;
use crate::path::plan::LinkKind;
use crate::path::{CardId, Settled, Viewer, view};

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
    nodes
        .iter()
        .flat_map(|node| [vec![format!("{} {}", node.place, text(node))], told(&node.children)].concat())
        .collect()
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
    let crosses: Vec<(&str, &str)> =
        tree.crosses.iter().map(|c| (c.from_place.as_str(), c.to_place.as_str())).collect();
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
