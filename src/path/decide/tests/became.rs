//! What became of a card, and in which order each reader sees what is chosen from.

use super::*;
use crate::path::became::{Became, became};
use crate::path::table::turned;

/// What became of a card, as its author may see it.
fn fate(walk: &Walk, name: &str, card: CardId) -> Vec<Became> {
    let view = view(&walk.board, Viewer::Person(walk.person(name)), walk.now);
    became(view.shown(), &view.shown().cards[&card])
}

fn stands(section: &str) -> Became {
    Became::Stands { section: section.to_owned() }
}

#[test]
fn every_card_says_what_became_of_it() {
    let mut walk = Walk::joined();
    walk.opens("give");
    for (name, words) in
        [("Bea", "Fuel is dear"), ("Bea", "Roads are bad"), ("Cid", "Fuel costs too much"), ("Cid", "Water is far")]
    {
        walk.gives(name, "causes", &[("cause", words)]);
    }
    let [fuel, roads, costs, water] =
        ["Fuel is dear", "Roads are bad", "Fuel costs too much", "Water is far"].map(|words| walk.card(words));
    let ends = walk.board.window_of("causes").unwrap().ends;
    assert_eq!(fate(&walk, "Bea", fuel), [Became::Sealed { ends, by_own: true }]);
    walk.does("Cid", &Act::Joining(Joining::Support { card: costs, other: fuel }));
    assert_eq!(fate(&walk, "Cid", costs)[0], Became::Behind { card: fuel });
    assert_eq!(fate(&walk, "Bea", fuel)[0], Became::Supported { count: 1 });
    walk.closes("give");
    assert_eq!(fate(&walk, "Bea", roads), [stands("problem-tree")]);
    walk.does("Ann", &Act::Park { card: roads, reason: Some("Not ours".to_owned()) });
    assert_eq!(fate(&walk, "Bea", roads), [Became::Aside { reason: "Not ours".to_owned() }]);
    walk.opens("choose");
    walk.does("Ben", &marks("core-causes", &[fuel, water]));
    walk.does("Cid", &marks("core-causes", &[fuel]));
    assert_eq!(fate(&walk, "Cid", water), [stands("problem-tree")], "never a running tally");
    walk.closes("choose");
    let counted = |count| Became::Marks { ask: "core-causes".to_owned(), count };
    assert_eq!(fate(&walk, "Cid", water), [counted(1), stands("problem-tree")]);
    let keep = Act::Keep {
        ask: "core-causes".to_owned(),
        about: None,
        cards: vec![water, fuel],
        despite: Some("two".to_owned()),
    };
    walk.does("Ann", &keep);
    let kept = |nth| Became::Kept { ask: "core-causes".to_owned(), nth, of: 2 };
    assert_eq!(fate(&walk, "Bea", fuel), [Became::Supported { count: 1 }, counted(2), kept(2)]);
    assert_eq!(fate(&walk, "Cid", costs), [Became::Behind { card: fuel }, counted(2), kept(2)], "with the other card");
    walk.does(
        "Ann",
        &Act::Reword { ask: "core-causes".to_owned(), card: water, text: "Clean water is far".to_owned() },
    );
    let anew = walk.card("Clean water is far");
    assert_eq!(fate(&walk, "Cid", water), [counted(1), kept(1), Became::Reworded { card: anew }]);
    // Marked once more: the old count is not told while the new one is running.
    walk.does(
        "Ann",
        &Act::OpenAsk { ask: "core-causes".to_owned(), because: "again".to_owned(), slate: vec![], about: vec![] },
    );
    assert!(!fate(&walk, "Bea", fuel).iter().any(|became| matches!(became, Became::Marks { .. })));
}

#[test]
fn what_hosts_join_and_what_waits_for_a_yes_is_told() {
    let mut walk = Walk::joined();
    walk.opens("give");
    for (name, words) in [("Bea", "Fuel is dear"), ("Cid", "Fuel is too dear"), ("Ben", "Fuel is very dear")] {
        walk.gives(name, "causes", &[("cause", words)]);
    }
    walk.closes("give");
    let cards = ["Fuel is dear", "Fuel is too dear", "Fuel is very dear"].map(|words| walk.card(words));
    walk.does("Ann", &Act::Joining(Joining::Merge { cards: cards.to_vec(), text: "Fuel".to_owned() }));
    let joint = walk.card("Fuel");
    assert_eq!(fate(&walk, "Ben", cards[2]), [Became::Joined { card: joint, others: 2 }, stands("problem-tree")]);
    walk.opens("next");
    let (serves, owner) = (walk.item("assessment-fields", "one").to_string(), walk.person("Cid"));
    let due = (walk.now + TimeDelta::days(30)).date_naive().to_string();
    let step = [("step", "Buy pots"), ("for", serves.as_str()), ("owner", &owner.to_string()), ("due", &due)];
    walk.gives("Bea", "steps", &step);
    let step = walk.card("Buy pots");
    assert_eq!(fate(&walk, "Bea", step)[0], Became::WaitsForPerson(owner));
    walk.does("Cid", &Act::Confirm { card: step, yes: false });
    assert_eq!(fate(&walk, "Bea", step)[0], Became::Declined(owner));
    walk.opens("farewell");
    walk.gives("Bea", "quiet", &[("note", "For me alone")]);
    assert_eq!(fate(&walk, "Bea", walk.card("For me alone")), [Became::OnlyMine]);
}

#[test]
fn over_all_readers_each_card_stands_in_front_equally_often() {
    let mut walk = Walk::joined();
    walk.opens("give");
    for nth in 0..5 {
        for name in ["Ann", "Abe", "Bea", "Ben", "Cid", "Cyd"] {
            walk.gives(name, "causes", &[("cause", &format!("{name} {nth}"))]);
        }
    }
    walk.closes("give");
    let all: Vec<&Card> = walk.board.cards_of("causes", false);
    let people: Vec<PersonId> = walk.board.counting().map(|person| person.id).collect();
    for many in 1..=all.len() {
        for screen in [1, 5, 10, 25] {
            let front = |card: &Card| {
                let sees = |reader: &&PersonId| {
                    let order = turned(&walk.board, **reader, all[..many].to_vec());
                    order.iter().take(screen).any(|shown| shown.id == card.id)
                };
                people.iter().filter(sees).count()
            };
            let often: Vec<usize> = all[..many].iter().map(|card| front(card)).collect();
            let (least, most) = (often.iter().min().unwrap(), often.iter().max().unwrap());
            assert!(most - least <= 1, "{many} cards, {screen} on a screen: {often:?}");
        }
    }
    let lists = walk.board.cards_of("assessment-fields", false);
    assert_eq!(turned(&walk.board, people[3], lists.clone()), lists, "the plan's own order stays");
    assert_eq!(turned(&walk.board, PersonId(9999), all.clone()), all, "a stranger sees the one order");
}
