//! Coming late: additions, which count for nothing that was counted or chosen; and a host's word before the opening.

use super::*;
use crate::path::{addition, table};

fn add(ask: &str, key: &str, words: &str) -> Act {
    Act::Give(Giving { ask: ask.to_owned(), fields: with(&[(key, words)]), late: true, ..Giving::default() })
}

/// *Give* has closed; Bea gave, Ben skipped, Cyd was never there.
fn closed() -> Walk {
    let mut walk = Walk::joined();
    walk.opens("give");
    walk.gives("Bea", "causes", &[("cause", "No kitchen")]);
    walk.does("Ben", &Act::Pass { ask: "causes".to_owned() });
    walk.closes("give");
    walk
}

#[test]
fn whoever_missed_a_closed_ask_adds_to_it_and_a_host_hears_it_once() {
    let mut walk = closed();
    walk.refused("Cyd", &giving("causes", &[("cause", "Not knowing that it closed")]), "closed");
    walk.opens("choose");
    let window = walk.board.window_of("core-causes").unwrap().clone();
    let (table, given) = (table::table(&walk.board, &window).len(), walk.board.given.clone());
    walk.notices.clear();
    let reply = walk.does("Cyd", &add("causes", "cause", "No fuel"));
    assert_eq!(reply.said.key, "added");
    walk.does("Ben", &add("causes", "cause", "No cook"));
    walk.does("Cyd", &add("causes", "cause", "No time"));
    let card = walk.board.cards[&walk.card("No fuel")].clone();
    assert!(card.added && walk.sees(Viewer::Room, "No fuel"));
    assert_eq!(walk.board.given, given, "it is not counted as given");
    assert_eq!(table::table(&walk.board, &window).len(), table, "it is not chosen from");
    walk.refused("Cyd", &marks("core-causes", &[card.id]), "not-on-the-table");
    let told =
        walk.notices.iter().filter(|notice| matches!(notice, Notice::Say { said, .. } if said.key == "added-late"));
    assert_eq!(told.count(), 2, "once for Cyd, once for Ben");
    walk.refused("Bea", &add("causes", "cause", "Too late"), "closed");
    walk.refused("Cyd", &marks("figures", &[card.id]), "wrong-kind");
}

#[test]
fn an_addition_is_its_authors_to_word_anew_and_to_take_back() {
    let mut walk = closed();
    walk.does("Cyd", &add("causes", "cause", "No feul"));
    let card = walk.card("No feul");
    let edit = Act::Give(Giving {
        ask: "causes".to_owned(),
        card: Some(card),
        fields: with(&[("cause", "No fuel")]),
        late: true,
        ..Giving::default()
    });
    walk.refused("Ben", &edit, "closed");
    walk.does("Cyd", &edit);
    assert_eq!(walk.board.cards[&card].texts.len(), 2);
    walk.refused("Ben", &Act::Withdraw { card }, "closed");
    walk.does("Cyd", &Act::Withdraw { card });
    assert!(!walk.sees(Viewer::Room, "No fuel"));
}

#[test]
fn nothing_is_added_to_a_choice_a_ballot_or_a_triad() {
    let mut walk = Walk::joined();
    for sitting in ["triads", "choose", "red-and-green", "farewell"] {
        walk.opens(sitting);
        walk.closes(sitting);
    }
    let cyd = walk.board.people[&walk.person("Cyd")].clone();
    for ask in ["story", "notes", "core-causes", "figures", "reasons", "quiet"] {
        let ask = walk.board.plan.ask(ask).unwrap().clone();
        assert!(addition::window(&walk.board, &ask, &cyd).is_none(), "{}", ask.key);
    }
    walk.refused("Cyd", &add("quiet", "note", "x"), "closed");
    for nth in 1..=5 {
        walk.opens_alone("causes", nth);
    }
}

impl Walk {
    /// An ask is opened and closed by itself, so that additions to it end where its bound does.
    fn opens_alone(&mut self, ask: &str, nth: usize) {
        let because = "again".to_owned();
        self.does("Ann", &Act::OpenAsk { ask: ask.to_owned(), because, slate: vec![], about: vec![] });
        self.does("Ann", &Act::CloseAsk { ask: ask.to_owned(), despite: Some("x".to_owned()) });
        self.does("Cyd", &add(ask, "cause", &format!("Cause {nth}")));
        if nth == 5 {
            self.refused("Cyd", &add(ask, "cause", "One too many"), "closed");
        }
    }
}

#[test]
fn joined_additions_stay_additions() {
    let mut walk = closed();
    walk.does("Cyd", &add("causes", "cause", "No fuel"));
    walk.does("Cyd", &add("causes", "cause", "Fuel is dear"));
    let cards = vec![walk.card("No fuel"), walk.card("Fuel is dear")];
    walk.does("Ann", &Act::Joining(Joining::Merge { cards, text: "Fuel".to_owned() }));
    assert!(walk.board.cards[&walk.card("Fuel")].added);
}

#[test]
fn a_hosts_word_is_theirs_until_the_opening() {
    let mut walk = Walk::joined();
    let word = |text: &str| Act::Word(WordAct::Above { sitting: "give".to_owned(), text: text.to_owned() });
    walk.refused("Bea", &word("Mine"), "hosts-only");
    walk.refused("Ann", &word(&"a".repeat(401)), "too-long");
    walk.refused("Ann", &Act::Word(WordAct::Above { sitting: "nothing".to_owned(), text: "x".to_owned() }), "unknown");
    walk.does("Ann", &word("First"));
    walk.does("Ann", &word("I look forward to this."));
    let words = |walk: &Walk, viewer| view(&walk.board, viewer, walk.now).shown().words.len();
    assert_eq!(words(&walk, Viewer::Room), 0, "not before it opens");
    assert_eq!(words(&walk, Viewer::Person(walk.person("Ann"))), 1);
    assert_eq!(words(&walk, Viewer::Person(walk.person("Bea"))), 0);
    walk.opens("give");
    assert_eq!(words(&walk, Viewer::Room), 1);
    assert_eq!(words(&walk, Viewer::Outside), 0);
    walk.refused("Ann", &word("Too late"), "already-open");
    let other = |text: &str| Act::Word(WordAct::Above { sitting: "choose".to_owned(), text: text.to_owned() });
    walk.does("Ann", &other("Soon"));
    walk.does("Ann", &other(""));
    assert_eq!(walk.board.words.len(), 1);
}
