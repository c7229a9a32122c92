//! Near-doubles: authors who support another's card, hosts who join look-alikes, and the ways back.

use super::*;
use crate::path::plan::LinkKind;
use crate::path::speaking::Speaking;
use crate::path::{alike, joining};

const FUEL: &str = "Fuel is too expensive for small kitchens";
const FUEL_TOO: &str = "Small kitchens find fuel too expensive";

fn support(card: CardId, other: CardId) -> Act {
    Act::Joining(Joining::Support { card, other })
}

fn alone(card: CardId) -> Act {
    Act::Joining(Joining::StandAlone { card })
}

fn merge(cards: &[CardId], text: &str) -> Act {
    Act::Joining(Joining::Merge { cards: cards.to_vec(), text: text.to_owned() })
}

fn split(card: CardId) -> Act {
    Act::Joining(Joining::SplitOff { card })
}

/// Bea and Cid have given nearly the same cause.
fn doubled() -> Walk {
    let mut walk = Walk::joined();
    walk.opens("give");
    walk.gives("Bea", "causes", &[("cause", FUEL)]);
    walk.gives("Cid", "causes", &[("cause", FUEL_TOO)]);
    walk
}

/// What is hinted to somebody about a card of theirs.
fn hinted(walk: &Walk, name: &str, card: CardId) -> Option<CardId> {
    let view = view(&walk.board, Viewer::Person(walk.person(name)), walk.now);
    alike::double(&view, card).map(|card| card.id)
}

fn how(walk: &Walk, name: &str, ask: &str) -> Option<How> {
    let window = walk.board.window_of(ask)?.id;
    walk.board.given.get(&(window, Giver::Person(walk.person(name)))).map(|given| given.how)
}

#[test]
fn whoever_says_nearly_the_same_may_support_it_instead() {
    let mut walk = doubled();
    let (bea, cid) = (walk.card(FUEL), walk.card(FUEL_TOO));
    assert_eq!(hinted(&walk, "Cid", cid), Some(bea));
    assert_eq!(hinted(&walk, "Bea", cid), None, "only about one's own");
    assert_eq!(walk.does("Cid", &support(cid, bea)).said.key, "supported");
    assert_eq!(walk.board.standing_for(cid).map(|card| card.id), Some(bea));
    assert_eq!(walk.board.origins(bea), [bea, cid], "a source, with its author");
    assert_eq!(walk.board.cards_of("causes", false).len(), 1);
    assert_eq!(how(&walk, "Cid", "causes"), Some(How::Gave));
    assert_eq!(hinted(&walk, "Bea", bea), None, "what stands behind another is nobody's double");
    walk.refused("Cid", &support(cid, bea), "card-gone");
    assert_eq!(walk.does("Cid", &alone(cid)).said.key, "stands-alone");
    assert!(walk.board.support_of(&walk.board.cards[&cid]).is_none() && walk.board.behind(bea).is_empty());
    assert_eq!(walk.board.cards_of("causes", false).len(), 2);
    assert_eq!(walk.does("Cid", &alone(cid)).said.key, "stands-already");
}

#[test]
fn what_stands_behind_another_counts_as_given_and_no_more() {
    let mut walk = doubled();
    let (bea, cid) = (walk.card(FUEL), walk.card(FUEL_TOO));
    walk.does("Cid", &support(cid, bea));
    for words in ["Nobody plans", "Cooks are tired", "Rice is wet", "Water is far"] {
        walk.gives("Cid", "causes", &[("cause", words)]);
    }
    walk.refused("Cid", &giving("causes", &[("cause", "A sixth")]), "enough");
    for words in ["Nobody plans", "Cooks are tired", "Rice is wet", "Water is far"] {
        walk.does("Cid", &Act::Withdraw { card: walk.card(words) });
    }
    assert_eq!(how(&walk, "Cid", "causes"), Some(How::Gave), "it was given");
    walk.does("Cid", &alone(cid));
    walk.does("Cid", &Act::Withdraw { card: cid });
    assert_eq!(how(&walk, "Cid", "causes"), Some(How::Passed));
    // Where one card is given, supporting does not make room for a second.
    walk.opens("dream");
    walk.gives("Bea", "drafts", &[("draft", "Every child eats a warm meal at school")]);
    walk.gives("Cid", "drafts", &[("draft", "Every child eats one warm meal at school")]);
    let drafts = ["Every child eats one warm meal at school", "Every child eats a warm meal at school"];
    let [mine, other] = drafts.map(|words| walk.card(words));
    walk.does("Cid", &support(mine, other));
    walk.refused("Cid", &giving("drafts", &[("draft", "Another dream")]), "enough");
}

#[test]
fn only_what_is_open_and_ones_own_is_joined() {
    let mut walk = doubled();
    let (bea, cid) = (walk.card(FUEL), walk.card(FUEL_TOO));
    walk.gives("Cid", "causes", &[("cause", "Nobody plans")]);
    walk.gives("Bea", "effects", &[("effect", FUEL)]);
    let effect = walk.card(FUEL);
    let plans = walk.card("Nobody plans");
    walk.refused("Ben", &support(cid, bea), "not-yours");
    walk.refused("Cid", &support(cid, plans), "not-on-the-table");
    walk.refused("Cid", &support(cid, cid), "not-on-the-table");
    walk.refused("Cid", &support(cid, CardId(9999)), "card-gone");
    walk.gives("Cid", "effects", &[("effect", "Children learn hungry")]);
    walk.refused("Cid", &support(cid, effect), "not-on-the-table");
    walk.does("Ann", &Act::Park { card: bea, reason: Some("Later".to_owned()) });
    assert_eq!(hinted(&walk, "Cid", cid), None);
    walk.refused("Cid", &support(cid, bea), "not-on-the-table");
    walk.does("Ann", &Act::Park { card: bea, reason: None });
    walk.closes("give");
    assert_eq!(hinted(&walk, "Cid", cid), None);
    walk.refused("Cid", &support(cid, bea), "closed");
    // Asked once more, the new cards are sealed from whoever has not given a new one.
    walk.does(
        "Ann",
        &Act::OpenAsk { ask: "causes".to_owned(), because: "more".to_owned(), slate: vec![], about: vec![] },
    );
    walk.gives("Ben", "causes", &[("cause", "Fuel is much too expensive for small kitchens")]);
    let ben = walk.card("Fuel is much too expensive for small kitchens");
    walk.refused("Cid", &support(cid, ben), "card-gone");
    assert_eq!(hinted(&walk, "Cid", cid), Some(bea), "the sealed one is not hinted");
}

#[test]
fn what_binds_somebody_or_nobody_may_name_is_not_joined() {
    let mut walk = Walk::joined();
    walk.opens("hello");
    let six = ["intent", "capabilities", "resources", "constraints", "offers", "needs"].map(|key| (key, FUEL));
    walk.gives("Bea", "interface", &six);
    walk.gives("Bea", "hello-line", &[("line", FUEL)]);
    walk.gives("Cid", "hello-line", &[("line", FUEL)]);
    let greeting = walk.card(FUEL);
    assert_eq!(hinted(&walk, "Cid", greeting), None, "a greeting is nobody's double");
    walk.gives("Cid", "interface", &six);
    let sheets: Vec<CardId> = walk.board.cards_of("interface", false).iter().map(|card| card.id).collect();
    walk.closes("hello");
    walk.refused("Ann", &merge(&sheets, "One sheet"), "not-to-join");
    walk.opens("red-and-green");
    let field = walk.item("assessment-fields", "one").to_string();
    for name in ["Bea", "Cid"] {
        walk.gives(name, "reasons", &[("field", &field), ("reason", FUEL)]);
    }
    let reasons: Vec<CardId> = walk.board.cards_of("reasons", false).iter().map(|card| card.id).collect();
    walk.refused("Cid", &support(reasons[1], reasons[0]), "card-gone");
    walk.refused("Ann", &merge(&reasons, "One reason"), "card-gone");
}

#[test]
fn a_hidden_author_is_not_told_by_the_link() {
    let mut walk = Walk::joined();
    walk.opens("dream");
    for (name, words) in
        [("Bea", "Every child eats a warm meal at school"), ("Cid", "Every child eats one warm meal at school")]
    {
        walk.gives(name, "drafts", &[("draft", words)]);
    }
    let (bea, cid) =
        (walk.card("Every child eats a warm meal at school"), walk.card("Every child eats one warm meal at school"));
    walk.does("Cid", &support(cid, bea));
    walk.gives("Ben", "drafts", &[("draft", "Nobody is hungry")]);
    let by = |name: &str| {
        let view = view(&walk.board, Viewer::Person(walk.person(name)), walk.now);
        let links: Vec<_> = view.shown().links.of(LinkKind::Supports).cloned().collect();
        links.first().expect("the link is there").by
    };
    assert_eq!(by("Ben"), None);
    let sealed = view(&walk.board, Viewer::Person(walk.person("Abe")), walk.now);
    assert!(sealed.shown().links.of(LinkKind::Supports).next().is_none(), "sealed with its cards");
}

#[test]
fn what_loses_its_card_stands_alone_again() {
    let mut walk = doubled();
    let (bea, cid) = (walk.card(FUEL), walk.card(FUEL_TOO));
    walk.does("Cid", &support(cid, bea));
    walk.does("Bea", &Act::Withdraw { card: bea });
    assert_eq!(walk.board.cards_of("causes", false).iter().map(|card| card.id).collect::<Vec<_>>(), [cid]);
    assert!(walk.board.links.of(LinkKind::Supports).next().is_none());
    let mut walk = doubled();
    walk.does("Cid", &support(cid, bea));
    let undo = Act::Joining(Joining::Unmerge { card: bea });
    walk.refused("Ann", &undo, "card-gone");
    walk.gives("Ann", "causes", &[("cause", "Nobody has time to cook")]);
    walk.gives("Ann", "causes", &[("cause", "No kitchen is near")]);
    walk.does("Ann", &undo);
    assert_eq!(
        walk.board.cards_of("causes", false).len(),
        4,
        "a host undoes it once it is open to them, and both stand"
    );
}

#[test]
fn what_was_joined_twice_can_still_be_split_off_by_its_author() {
    let mut walk = doubled();
    walk.gives("Ben", "causes", &[("cause", "Nobody has time to cook")]);
    let (bea, cid, ben) = (walk.card(FUEL), walk.card(FUEL_TOO), walk.card("Nobody has time to cook"));
    walk.closes("give");
    let merge = |cards: Vec<CardId>, text: &str| Act::Joining(Joining::Merge { cards, text: text.to_owned() });
    walk.does("Ann", &merge(vec![bea, cid], "Fuel is dear"));
    let first = walk.card("Fuel is dear");
    walk.notices.clear();
    walk.does("Ann", &merge(vec![first, ben], "Fuel and time are dear"));
    let told = walk.notices.iter().filter(|notice| matches!(notice, Notice::Tell { .. })).count();
    assert_eq!(told, 3, "all whose words are in it: {:?}", walk.notices);
    let both = walk.card("Fuel and time are dear");
    walk.does("Bea", &Act::Joining(Joining::SplitOff { card: both }));
    assert!(walk.board.cards[&bea].stands() && walk.board.cards[&both].stands());
    // The button of the first joining works as well.
    walk.does("Cid", &Act::Joining(Joining::SplitOff { card: first }));
    assert!(walk.board.cards[&cid].stands());
}

#[test]
fn a_dot_on_what_went_meanwhile_blocks_nobody() {
    let mut walk = doubled();
    walk.gives("Ben", "causes", &[("cause", "Nobody has time to cook")]);
    let (bea, cid, ben) = (walk.card(FUEL), walk.card(FUEL_TOO), walk.card("Nobody has time to cook"));
    walk.closes("give");
    walk.opens("choose");
    let mark = |among: &[CardId], cards: &[CardId]| Act::MarkAmong {
        ask: "core-causes".to_owned(),
        among: among.iter().copied().collect(),
        cards: cards.iter().copied().collect(),
    };
    walk.does("Abe", &mark(&[bea, cid, ben], &[bea]));
    walk.does("Ann", &Act::Joining(Joining::Merge { cards: vec![bea, cid], text: "Fuel is dear".to_owned() }));
    walk.does("Abe", &mark(&[ben], &[ben]));
}

#[test]
fn supporting_keeps_the_tree_whole() {
    let mut walk = doubled();
    let trunk = walk.board.issue().unwrap().id;
    walk.closes("give");
    walk.opens("choose");
    let (bea, cid) = (walk.card(FUEL), walk.card(FUEL_TOO));
    let give = |walk: &mut Walk, name: &str, words: &str, under: CardId| {
        walk.gives(name, "more-cards", &[("cause", words), ("under", &under.to_string())]);
        walk.card(words)
    };
    let upper = give(&mut walk, "Ben", "Gas comes by truck from far away", bea);
    let mine = give(&mut walk, "Cyd", "Gas comes from far away by truck", cid);
    let below = give(&mut walk, "Ben", "Roads are bad", mine);
    walk.does("Bea", &Act::Under { card: bea, parent: Some(trunk) });
    // Chosen alike in all but what they hang under: so they are not one.
    walk.refused("Cyd", &support(mine, upper), "not-on-the-table");
    let twin = give(&mut walk, "Abe", "Gas comes from far off by truck", cid);
    walk.does("Cyd", &support(mine, twin));
    assert_eq!(walk.board.above(below).map(|link| link.to), Some(twin));
    assert!(walk.board.above(mine).is_none());
    walk.does("Cyd", &alone(mine));
    assert_eq!(walk.board.above(mine).map(|link| link.to), Some(cid), "where it says that it lies");
    assert_eq!(walk.board.above(below).map(|link| link.to), Some(twin));
}

#[test]
fn authors_split_theirs_off_for_a_day() {
    let mut walk = doubled();
    walk.gives("Ben", "causes", &[("cause", "Fuel is far too expensive for small kitchens")]);
    walk.closes("give");
    let cards = [FUEL, FUEL_TOO, "Fuel is far too expensive for small kitchens"].map(|words| walk.card(words));
    walk.does("Ann", &merge(&cards, "Fuel costs too much"));
    let joint = walk.card("Fuel costs too much");
    let told = walk.notices.iter().filter(|notice| {
        matches!(notice, Notice::Tell { said, card, .. } if said.key == "merged-yours" && *card == Some(joint))
    });
    assert_eq!(told.count(), 3, "each author once");
    walk.refused("Abe", &split(joint), "nothing-to-split");
    let before = walk.now;
    walk.now += joining::SPLIT_TIME;
    walk.refused("Ben", &split(joint), "too-late-to-split");
    walk.now = before;
    walk.does("Ben", &split(joint));
    walk.refused("Ben", &split(joint), "nothing-to-split");
    assert_eq!(walk.board.cards[&cards[2]].state, CardState::Open);
    assert_eq!(walk.board.cards[&joint].state, CardState::Open, "two are joined still");
    assert!(walk.notices.iter().any(|notice| matches!(notice, Notice::Say { said, .. } if said.key == "split-off")));
    walk.does("Cid", &split(joint));
    assert_eq!(walk.board.cards[&joint].state, CardState::Withdrawn, "one alone is not joined");
    assert_eq!(walk.board.cards_of("causes", false).len(), 3);
    walk.refused("Bea", &split(joint), "card-gone");
}

#[test]
fn a_joint_card_that_was_chosen_stays_when_one_splits_off() {
    let mut walk = doubled();
    walk.closes("give");
    let cards = [FUEL, FUEL_TOO].map(|words| walk.card(words));
    walk.does("Ann", &merge(&cards, "Fuel costs too much"));
    let joint = walk.card("Fuel costs too much");
    walk.opens("choose");
    walk.closes("choose");
    let keep = |cards| Act::Keep { ask: "core-causes".to_owned(), about: None, cards, despite: Some("one".to_owned()) };
    walk.does("Ann", &keep(vec![joint]));
    walk.does("Cid", &split(joint));
    assert_eq!(walk.board.cards[&joint].state, CardState::Open);
    assert_eq!(walk.board.origins(joint), [joint, cards[0]]);
}

#[test]
fn hosts_are_offered_groups_of_look_alikes_the_largest_first() {
    let mut walk = doubled();
    for (name, words) in [
        ("Ben", "Small kitchens find fuel far too expensive"),
        ("Abe", "Nobody plans the meals"),
        ("Ann", "The meals nobody plans"),
        ("Cyd", "Roads are bad"),
    ] {
        walk.gives(name, "causes", &[("cause", words)]);
    }
    let groups = |walk: &Walk, viewer| -> Vec<Vec<String>> {
        let view = view(&walk.board, viewer, walk.now);
        let (board, ask) = (view.shown(), walk.board.plan.ask("causes").unwrap());
        let words = |card: &&Card| board.words_of(card).to_owned();
        alike::groups(board, ask).iter().map(|group| group.iter().map(words).collect()).collect()
    };
    let found = groups(&walk, Viewer::Person(walk.person("Ann")));
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [3, 2], "{found:?}");
    assert_eq!(found[0][0], "Small kitchens find fuel far too expensive", "the longest wording first");
    assert!(groups(&walk, Viewer::Room).is_empty(), "what is sealed is no look-alike");
    let sheets = walk.board.plan.ask("interface").unwrap();
    assert!(alike::groups(&walk.board, sheets).is_empty());
}

#[test]
fn a_joined_card_keeps_what_was_chosen_alike() {
    let mut walk = doubled();
    let cause = walk.card(FUEL).to_string();
    walk.closes("give");
    walk.opens("groundwork-stands");
    for (name, words) in [("Bea", "Kitchens can pay for fuel"), ("Cid", "All kitchens can pay for fuel")] {
        walk.gives(name, "solved", &[("problem", &cause), ("solved", words)]);
    }
    walk.closes("groundwork-stands");
    let cards = ["Kitchens can pay for fuel", "All kitchens can pay for fuel"].map(|words| walk.card(words));
    walk.does("Ann", &merge(&cards, "Fuel is paid"));
    let joint = walk.card("Fuel is paid");
    assert_eq!(walk.board.cards[&joint].field("problem"), cause);
    assert!(Speaking::on(&walk.board).of(&[walk.card(FUEL)]).contains(&joint));
}

#[test]
fn whoever_stands_behind_a_joined_card_is_told_and_may_split_off_too() {
    let mut walk = doubled();
    walk.gives("Ben", "causes", &[("cause", "Fuel is far too expensive for small kitchens")]);
    let cards = [FUEL, FUEL_TOO, "Fuel is far too expensive for small kitchens"].map(|words| walk.card(words));
    walk.does("Cid", &support(cards[1], cards[0]));
    walk.closes("give");
    walk.does("Ann", &merge(&[cards[0], cards[2]], "Fuel costs too much"));
    let joint = walk.card("Fuel costs too much");
    let cid = walk.person("Cid");
    let told = |notice: &Notice| matches!(notice, Notice::Tell { said, person, .. } if said.key == "merged-yours" && *person == cid);
    assert!(walk.notices.iter().any(told));
    walk.does("Cid", &split(joint));
    assert_eq!(walk.board.cards[&cards[1]].state, CardState::Open);
    assert_eq!(walk.board.cards[&joint].state, CardState::Open, "the others are joined still");
}

#[test]
fn a_supported_card_that_says_something_else_is_told_to_those_behind_it() {
    let mut walk = doubled();
    let (bea, cid) = (walk.card(FUEL), walk.card(FUEL_TOO));
    walk.does("Cid", &support(cid, bea));
    let edit = |words: &str| {
        Act::Give(Giving {
            ask: "causes".to_owned(),
            card: Some(bea),
            fields: with(&[("cause", words)]),
            ..Giving::default()
        })
    };
    let told = |walk: &Walk| {
        let anew = |notice: &&Notice| matches!(notice, Notice::Tell { said, .. } if said.key == "supported-anew");
        walk.notices.iter().filter(anew).count()
    };
    walk.does("Bea", &edit("Fuel is much too expensive for small kitchens"));
    assert_eq!(told(&walk), 0, "a small change is no news");
    walk.does("Bea", &edit("Nobody plans the meals"));
    assert_eq!(told(&walk), 1);
    walk.does("Cid", &alone(cid));
    assert_eq!(walk.board.cards_of("causes", false).len(), 2);
}
