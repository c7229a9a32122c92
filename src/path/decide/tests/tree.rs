//! The tree: places, loops, merging.

use super::*;

fn grown() -> Walk {
    let mut walk = Walk::joined();
    walk.opens("give");
    for words in ["A", "B", "C"] {
        walk.gives("Bea", "causes", &[("cause", words)]);
    }
    walk.gives("Cid", "causes", &[("cause", "D")]);
    walk.closes("give");
    walk.opens("choose");
    walk
}

fn under(walk: &Walk, card: &str, parent: &str) -> Act {
    Act::Under { card: walk.card(card), parent: Some(walk.card(parent)) }
}

#[test]
fn no_card_lies_under_itself_or_in_a_circle_or_too_deep() {
    let mut walk = grown();
    walk.refused("Bea", &under(&walk, "A", "A"), "under-itself");
    let (act_b, act_c) = (under(&walk, "B", "A"), under(&walk, "C", "B"));
    walk.does("Bea", &act_b);
    walk.does("Bea", &act_c);
    walk.refused("Bea", &under(&walk, "A", "C"), "cycle");
    walk.refused("Bea", &under(&walk, "D", "A"), "not-yours");
    let act_d = under(&walk, "D", "C");
    walk.does("Ann", &act_d);
    let trunk = Act::Under { card: walk.card("A"), parent: walk.board.issue().map(|card| card.id) };
    walk.does("Bea", &trunk);
    walk.refused("Bea", &Act::Under { card: walk.card("A"), parent: Some(CardId(9999)) }, "card-gone");
    walk.gives("Cid", "more-cards", &[("cause", "E")]);
    walk.refused("Cid", &under(&walk, "E", "D"), "too-deep");
}

#[test]
fn merged_cards_can_stand_again() {
    let mut walk = grown();
    let act = under(&walk, "C", "B");
    walk.does("Bea", &act);
    let (a, b, c) = (walk.card("A"), walk.card("B"), walk.card("C"));
    walk.refused("Ann", &Act::Joining(Joining::Merge { cards: vec![a, a], text: "AB".to_owned() }), "too-few-to-merge");
    walk.refused("Bea", &Act::Joining(Joining::Merge { cards: vec![a, b], text: "AB".to_owned() }), "hosts-only");
    walk.does("Ann", &Act::Joining(Joining::Merge { cards: vec![a, b], text: "AB".to_owned() }));
    let merged = walk.card("AB");
    assert_eq!(walk.board.above(c).map(|link| link.to), Some(merged));
    assert_eq!(walk.board.standing_for(a).map(|card| card.id), Some(merged));
    assert!(
        walk.notices.iter().any(|notice| matches!(notice, Notice::Tell { said, .. } if said.key == "merged-yours"))
    );
    walk.does("Ann", &Act::Joining(Joining::Unmerge { card: merged }));
    assert_eq!(walk.board.standing_for(a).map(|card| card.id), Some(a));
    assert_eq!(walk.board.above(c).map(|link| link.to), Some(a));
    walk.refused("Ann", &Act::Joining(Joining::Unmerge { card: merged }), "card-gone");
}

#[test]
fn merging_makes_no_circle() {
    let mut walk = grown();
    for act in [under(&walk, "C", "B"), under(&walk, "A", "C")] {
        walk.does("Bea", &act);
    }
    let (a, b, c) = (walk.card("A"), walk.card("B"), walk.card("C"));
    walk.does("Ann", &Act::Joining(Joining::Merge { cards: vec![a, b], text: "AB".to_owned() }));
    let merged = walk.card("AB");
    assert_eq!(walk.board.above(c).map(|link| link.to), Some(merged));
    assert!(walk.board.above(merged).is_none(), "A lay under C, which now lies under A and B");
}

#[test]
fn merging_takes_the_place_that_has_room() {
    let mut walk = grown();
    let trunk = walk.board.issue().unwrap().id;
    walk.does("Ann", &Act::Under { card: walk.card("D"), parent: Some(trunk) });
    for act in [under(&walk, "C", "B"), under(&walk, "A", "C")] {
        walk.does("Bea", &act);
    }
    let act = under(&walk, "B", "D");
    walk.does("Bea", &act);
    let (a, b) = (walk.card("A"), walk.card("B"));
    walk.does("Ann", &Act::Joining(Joining::Merge { cards: vec![a, b], text: "AB".to_owned() }));
    assert_eq!(walk.board.above(walk.card("AB")).map(|link| link.to), Some(walk.card("D")), "where B lay");
}
