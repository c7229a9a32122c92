//! Consent in rounds: objections with a reason and a proposal, the next round, the fallback.

use super::*;
use crate::path::plan::Fallback;
use crate::path::rounds;

const ALL: [&str; 6] = ["Ann", "Abe", "Bea", "Ben", "Cid", "Cyd"];

fn objects(card: Option<CardId>, note: &str, proposal: &str) -> Act {
    let (note, proposal) = (note.to_owned(), proposal.to_owned());
    Act::Answer { ask: "rules".to_owned(), card, value: Value::NotYet, note, proposal }
}

fn next() -> Act {
    Act::Consent(Consenting::NextRound { ask: "rules".to_owned() })
}

fn close() -> Act {
    Act::CloseAsk { ask: "rules".to_owned(), despite: None }
}

/// The rules are asked, these object to the first, the others can live with all.
fn asked(walk: &mut Walk, objecting: &[&str]) {
    let line = walk.board.window_of("rules").map(|window| table::table(&walk.board, window)[0].id);
    for name in ALL {
        let act = if objecting.contains(&name) { objects(line, "Say how", "Say: by noon") } else { stands() };
        walk.does(name, &act);
    }
}

fn stands() -> Act {
    answer("rules", None, Value::Stands, "")
}

fn words(walk: &Walk) -> Vec<String> {
    walk.board.cards_of("rules", true).iter().map(|card| walk.board.words_of(card).to_owned()).collect()
}

fn told(walk: &Walk, key: &str) -> bool {
    walk.notices.iter().any(|notice| matches!(notice, Notice::Say { said, .. } if said.key == key))
}

#[test]
fn a_reason_and_a_proposal_lie_apart_and_an_answer_changes_until_the_close() {
    let mut walk = Walk::joined();
    walk.opens("round");
    let line = walk.item("ground-rules", "one");
    walk.refused("Bea", &objects(Some(line), " ", "Only a proposal"), "needs-words");
    walk.refused("Bea", &objects(Some(line), "Why", &"long ".repeat(61)), "too-long");
    walk.does("Bea", &objects(Some(line), "Say how", "Say: by noon"));
    let said = |walk: &Walk| {
        let figure = walk.board.figures.values().find(|figure| figure.card == line).unwrap();
        (figure.value, figure.note.clone(), figure.proposal.clone())
    };
    assert_eq!(said(&walk), (Value::NotYet, "Say how".to_owned(), "Say: by noon".to_owned()));
    for viewer in [Viewer::Hosts, Viewer::Room, Viewer::Person(walk.person("Ben"))] {
        assert!(view(&walk.board, viewer, walk.now).shown().figures.is_empty(), "sealed until the close");
    }
    walk.does("Bea", &answer("rules", Some(line), Value::Stands, "no words go with it"));
    assert_eq!(said(&walk), (Value::Stands, String::new(), String::new()));
}

#[test]
fn three_rounds_each_with_the_open_lines_only_and_what_stands_stands_on() {
    let mut walk = Walk::joined();
    walk.opens("round");
    walk.refused("Ann", &next(), "already-open");
    asked(&mut walk, &["Bea"]);
    walk.closes("round");
    assert_eq!(words(&walk), ["ground-rules two", "ground-rules three"]);
    assert!(told(&walk, "next-round"));
    walk.refused("Bea", &next(), "hosts-only");
    let line = walk.item("ground-rules", "one");
    let reword = Act::Reword { ask: "rules".to_owned(), card: line, text: "One, said better".to_owned() };
    walk.does("Ann", &reword);
    walk.does("Ann", &next());
    let window = walk.board.window_of("rules").unwrap().clone();
    assert_eq!((window.nth, window.because_of.as_str()), (2, "Say how"));
    assert_eq!(window.slate, [walk.card("One, said better")]);
    asked(&mut walk, &[]);
    walk.does("Ann", &close());
    assert_eq!(words(&walk), ["One, said better", "ground-rules two", "ground-rules three"]);
    walk.refused("Ann", &next(), "nothing-objected");
}

#[test]
fn a_card_that_people_wrote_is_worded_anew_once_it_is_objected_to() {
    let mut walk = Walk::joined();
    walk.opens("moves-me");
    let people = [walk.person("Bea")].into();
    walk.does("Ann", &Act::Drafters { ask: "sentence".to_owned(), people });
    walk.does("Bea", &giving("sentence", &[("sentence", "All children eat.")]));
    walk.closes("moves-me");
    walk.opens("sentence-and-signs");
    let card = walk.card("All children eat.");
    let reword = |text: &str| Act::Reword { ask: "vision".to_owned(), card, text: text.to_owned() };
    walk.refused("Ann", &reword("All children eat well."), "not-on-the-table");
    walk.does("Cid", &answer("vision", None, Value::NotYet, "Well, or just enough?"));
    walk.closes("sentence-and-signs");
    walk.refused("Ann", &reword("They eat. They learn."), "not-one-sentence");
    walk.does("Ann", &reword("All children eat well."));
    let bea = walk.person("Bea");
    assert!(walk.notices.iter().any(|notice| matches!(notice, Notice::Tell { person, .. } if *person == bea)));
    walk.does("Ann", &Act::Consent(Consenting::NextRound { ask: "vision".to_owned() }));
    assert_eq!(walk.board.window_of("vision").unwrap().slate, [walk.card("All children eat well.")]);
}

/// Walks to the close of the last round with these objecting each time.
fn to_the_last(walk: &mut Walk, objecting: &[&str]) {
    walk.opens("round");
    asked(walk, objecting);
    walk.closes("round");
    for _ in 1..3 {
        walk.does("Ann", &next());
        asked(walk, objecting);
        walk.does("Ann", &close());
    }
}

#[test]
fn after_the_last_round_the_fallback_settles_and_says_so() {
    let mut walk = Walk::joined();
    to_the_last(&mut walk, &["Bea"]);
    assert_eq!(words(&walk).len(), 3);
    let decision = walk.board.decision("rules", None).unwrap();
    assert_eq!(decision.how, Settled::Fallback);
    let how = |item| rounds::settled_by(&walk.board, decision, walk.item("ground-rules", item)).how;
    assert_eq!((how("one"), how("two")), (Settled::Fallback, Settled::Consent));
    walk.refused("Ann", &next(), "nothing-objected");
}

#[test]
fn the_fallback_needs_people_and_partners() {
    // Four of six are two thirds; but Beta and Gamma together object by half each: no majority is missing.
    for (objecting, settled) in [
        (&["Bea", "Ben"][..], true),
        (&["Bea", "Cid"][..], true),
        (&["Bea", "Ben", "Cid"][..], false),
        (&["Bea", "Ben", "Cid", "Cyd"][..], false),
    ] {
        let mut walk = Walk::joined();
        to_the_last(&mut walk, objecting);
        assert_eq!(words(&walk).len() == 3, settled, "{objecting:?}");
        assert_eq!(told(&walk, "no-more-rounds"), !settled, "{objecting:?}");
        if !settled {
            walk.refused("Ann", &next(), "rounds-over");
            let because = "We talked".to_owned();
            walk.does("Ann", &Act::OpenAsk { ask: "rules".to_owned(), because, slate: vec![], about: vec![] });
            let window = walk.board.window_of("rules").unwrap();
            assert_eq!(rounds::round(&walk.board, window), 1, "rounds that are over begin anew");
        }
    }
}

#[test]
fn a_plan_may_know_no_fallback_and_fewer_rounds() {
    let mut walk = Walk::joined();
    let mut plan = (*walk.board.plan).clone();
    let asks = plan.phases.iter_mut().flat_map(|phase| &mut phase.sittings).flat_map(|sitting| &mut sitting.asks);
    for ask in asks {
        (ask.rounds, ask.fallback) = (2, Fallback::Nothing);
    }
    walk.board.plan = Arc::new(plan);
    walk.opens("round");
    asked(&mut walk, &["Bea"]);
    walk.closes("round");
    walk.does("Ann", &next());
    asked(&mut walk, &["Bea"]);
    walk.does("Ann", &close());
    assert!(told(&walk, "no-more-rounds"));
    assert_eq!(words(&walk), ["ground-rules two", "ground-rules three"]);
}

#[test]
fn silence_binds_no_partner() {
    let mut walk = Walk::joined();
    walk.opens("round");
    for name in ["Ann", "Abe", "Bea"] {
        walk.does(name, &stands());
    }
    walk.does("Cid", &Act::Pass { ask: "rules".to_owned() });
    walk.closes("round");
    let window = walk.board.window_of("rules").unwrap();
    let line = walk.item("ground-rules", "one");
    assert_eq!(rounds::unheard(&walk.board, window, line), [walk.partner("Gamma")]);
    let outside = view(&walk.board, Viewer::Outside, walk.now);
    let window = outside.shown().window_of("rules").unwrap();
    assert!(rounds::unheard(outside.shown(), window, line).is_empty(), "nobody outside is told who was silent");
}

#[test]
fn a_focal_issue_that_was_worded_anew_is_the_issue_from_then_on() {
    let mut walk = Walk::joined();
    let first = walk.board.issue().unwrap().id;
    walk.opens("give");
    for name in &ALL[1..] {
        walk.does(name, &answer("problem", None, Value::Stands, ""));
    }
    walk.does("Ann", &answer("problem", None, Value::NotYet, "Say whose"));
    walk.does("Ann", &Act::CloseAsk { ask: "problem".to_owned(), despite: Some("time".to_owned()) });
    let text = "Children learn hungry".to_owned();
    walk.does("Ann", &Act::Reword { ask: "problem".to_owned(), card: first, text });
    let said = |walk: &Walk| walk.board.words_of(walk.board.issue().unwrap()).to_owned();
    assert_eq!(said(&walk), "Children learn hungry");
    assert_ne!(walk.board.issue().unwrap().id, first);
    let issue = Some("Children learn hungry every day".to_owned());
    walk.does("Ann", &Act::Describe { name: None, issue, welcome: None });
    assert_eq!(said(&walk), "Children learn hungry every day");
}
