//! Marks, consent, roles, figures: set, counted, settled.

use super::*;

#[test]
fn core_causes_are_marked_in_secret_kept_and_worded_anew() {
    let mut walk = Walk::joined();
    walk.opens("give");
    for (name, words) in [("Bea", "A"), ("Bea", "B"), ("Cid", "C"), ("Cid", "D")] {
        walk.gives(name, "causes", &[("cause", words)]);
    }
    walk.closes("give");
    walk.opens("choose");
    let [a, b, c, d] = ["A", "B", "C", "D"].map(|words| walk.card(words));
    let stranger = walk.item("assessment-fields", "one");
    walk.refused("Bea", &marks("core-causes", &[stranger]), "not-on-the-table");
    for name in ["Ann", "Bea", "Cid"] {
        walk.does(name, &marks("core-causes", &[a, b]));
    }
    walk.refused("Ann", &keep("core-causes", &[a, b, c]), "already-open");
    walk.refused("Ann", &Act::Close { sitting: "choose".to_owned(), despite: None }, "missing");
    walk.does("Cyd", &marks("core-causes", &[a, d]));
    walk.does("Cyd", &marks("core-causes", &[c]));
    assert_eq!(view(&walk.board, Viewer::Hosts, walk.now).shown().ballots.len(), 0);
    walk.closes("choose");
    assert!(walk.board.ballots.is_empty(), "ballots are gone");
    let count = |card| walk.board.tallies.iter().find(|row| row.card == card).map(|row| row.people);
    assert_eq!((count(a), count(b), count(c), count(d)), (Some(3), Some(3), Some(1), None));
    walk.refused("Ann", &keep("core-causes", &[a, b]), "out-of-bounds");
    walk.does("Ann", &keep("core-causes", &[a, b, c]));
    walk.does("Ann", &Act::Park { card: d, reason: Some("Next year".to_owned()) });
    let reword = Act::Reword { ask: "core-causes".to_owned(), card: b, text: "B, said better".to_owned() };
    walk.does("Ann", &reword);
    let kept: Vec<&str> =
        walk.board.cards_of("core-causes", true).iter().map(|card| walk.board.words_of(card)).collect();
    assert_eq!(kept, ["A", "B, said better", "C"]);
    assert_eq!(walk.board.origins(walk.card("B, said better")), [walk.card("B, said better"), b]);
}

fn keep(ask: &str, cards: &[CardId]) -> Act {
    Act::Keep { ask: ask.to_owned(), about: None, cards: cards.to_vec(), despite: None }
}

#[test]
fn a_vision_is_one_sentence_and_stands_when_nobody_says_not_yet() {
    let mut walk = Walk::joined();
    walk.opens("moves-me");
    let sentence = |words: &str| giving("sentence", &[("sentence", words)]);
    walk.refused("Bea", &sentence("All eat."), "not-for-you");
    let people = [walk.person("Bea"), walk.person("Cid")].into();
    walk.does("Ann", &Act::Drafters { ask: "sentence".to_owned(), people });
    walk.refused("Bea", &sentence("All children eat. They learn well."), "not-one-sentence");
    walk.does("Bea", &sentence("All children eat well at school."));
    walk.does("Cid", &sentence("By 2030 all children eat well at school."));
    assert_eq!(walk.board.cards_of("sentence", false).len(), 1, "drafters share one card");
    walk.closes("moves-me");
    walk.opens("sentence-and-signs");
    walk.refused("Bea", &answer("vision", None, Value::NotYet, " "), "needs-words");
    for name in ["Ann", "Abe", "Ben", "Cid", "Cyd"] {
        walk.does(name, &answer("vision", None, Value::Stands, ""));
    }
    walk.does("Bea", &answer("vision", None, Value::NotYet, "Who cooks?"));
    walk.closes("sentence-and-signs");
    assert!(walk.board.kept("vision").is_empty());
    let again = |because: &str| Act::OpenAsk {
        ask: "vision".to_owned(),
        because: because.to_owned(),
        slate: vec![],
        about: vec![],
    };
    walk.refused("Ann", &again(""), "needs-reason");
    walk.does("Ann", &again("Amended"));
    for name in ["Ann", "Abe", "Ben", "Cid", "Cyd", "Bea"] {
        walk.does(name, &answer("vision", None, Value::Stands, ""));
    }
    walk.does("Ann", &Act::CloseAsk { ask: "vision".to_owned(), despite: None });
    assert_eq!(walk.board.kept("vision"), [walk.card("By 2030 all children eat well at school.")]);
    let two = Act::Reword {
        ask: "vision".to_owned(),
        card: walk.board.kept("vision")[0],
        text: "All eat. All learn.".to_owned(),
    };
    walk.refused("Ann", &two, "not-one-sentence");
}

#[test]
fn a_tie_over_a_role_leads_to_a_run_off() {
    let mut walk = Walk::joined();
    walk.opens("who-does-what");
    let partners = ["Alpha", "Beta", "Gamma"].map(|short| walk.partner(short));
    let (one, other) = (walk.item("partnership-roles", "backbone"), walk.item("partnership-roles", "data"));
    let assign = |about, card| Act::Assign { ask: "roles".to_owned(), about, card };
    for (nth, name) in ["Ann", "Abe", "Bea", "Ben", "Cid", "Cyd"].iter().enumerate() {
        walk.does(name, &assign(partners[0], one));
        walk.does(name, &assign(partners[1], other));
        assert!(
            walk.board.window_of("roles").is_some_and(|window| {
                !walk.board.given.contains_key(&(window.id, Giver::Person(walk.person(name))))
            })
        );
        walk.does(name, &assign(partners[2], if nth % 2 == 0 { one } else { other }));
    }
    walk.closes("who-does-what");
    let role =
        |walk: &Walk, partner| walk.board.decision("roles", Some(partner)).map(|decision| decision.cards.clone());
    assert_eq!(role(&walk, partners[0]), Some(vec![one]));
    assert_eq!(role(&walk, partners[1]), Some(vec![other]));
    assert_eq!(role(&walk, partners[2]), None);
    assert!(walk.notices.iter().any(|notice| matches!(notice, Notice::Say { said, .. } if said.key == "run-off")));
    let run_off = Act::OpenAsk {
        ask: "roles".to_owned(),
        because: "A tie".to_owned(),
        slate: vec![one, other],
        about: vec![partners[2]],
    };
    walk.does("Ann", &run_off);
    walk.refused("Ann", &assign(partners[0], one), "unknown");
    walk.refused("Ann", &assign(partners[2], walk.item("partnership-roles", "voice")), "not-on-the-table");
    for name in ["Ann", "Abe", "Bea", "Ben"] {
        walk.does(name, &assign(partners[2], one));
    }
    for name in ["Cid", "Cyd"] {
        walk.does(name, &assign(partners[2], other));
    }
    walk.does("Ann", &Act::CloseAsk { ask: "roles".to_owned(), despite: None });
    assert_eq!(role(&walk, partners[2]), Some(vec![one]));
}

#[test]
fn nobody_has_a_fourth_green_and_late_presses_change_nothing() {
    let mut walk = Walk::joined();
    walk.opens("red-and-green");
    let [one, two] = ["one", "two"].map(|item| walk.item("assessment-fields", item));
    let place = |pile: &str, card, count| Act::Place { ask: "figures".to_owned(), pile: pile.to_owned(), card, count };
    walk.does("Bea", &place("green", one, 2));
    walk.does("Bea", &place("green", two, 1));
    walk.refused("Bea", &place("green", two, 2), "budget-spent");
    walk.refused("Bea", &place("green", one, 4), "budget-spent");
    walk.refused("Bea", &place("red", one, 1), "both-colours");
    walk.refused("Bea", &place("blue", one, 1), "unknown");
    walk.does("Bea", &place("green", one, 1));
    let bea = Who::Person(walk.person("Bea"));
    let earlier = walk.now - TimeDelta::minutes(30);
    let late = decide(&walk.board, &bea, &place("green", one, 3), earlier).unwrap();
    assert!(late.changes.is_empty());
    assert_eq!(walk.board.ballots.len(), 2);
    walk.closes("red-and-green");
    assert!(walk.board.ballots.is_empty() && walk.board.figures.is_empty());
    assert_eq!(walk.board.tallies.iter().map(|row| row.figures).sum::<u32>(), 2);
    walk.refused("Bea", &place("green", one, 2), "closed");
}

#[test]
fn a_phase_closes_when_its_checks_hold_and_leaves_a_snapshot() {
    let mut walk = Walk::joined();
    walk.opens("give");
    walk.closes("give");
    walk.refused("Ann", &Act::ClosePhase { phase: "groundwork".to_owned(), despite: None }, "check-fails");
    walk.does("Ann", &Act::ClosePhase { phase: "groundwork".to_owned(), despite: Some("We met".to_owned()) });
    assert_eq!(walk.board.versions.len(), 1);
    assert_eq!(walk.board.versions[0].nth, None);
    walk.does("Ann", &Act::ClosePhase { phase: "closing".to_owned(), despite: None });
    assert_eq!(walk.board.versions[1].nth, Some(1), "the last phase publishes version 1");
}

#[test]
fn a_phase_that_two_hosts_close_is_closed_and_told_once() {
    let mut walk = Walk::joined();
    for phase in ["groundwork", "closing"] {
        let close = Act::ClosePhase { phase: phase.to_owned(), despite: Some("We met".to_owned()) };
        walk.does("Ann", &close);
        let kept = walk.board.versions.len();
        let again = decide(&walk.board, &Who::Person(walk.person("Ann")), &close, walk.now).unwrap();
        assert!(again.changes.is_empty() && again.notices.is_empty(), "{phase}");
        walk.now += TimeDelta::hours(1);
        walk.opens(if phase == "closing" { "farewell" } else { "give" });
        walk.does("Ann", &close);
        assert_eq!(walk.board.versions.len(), kept + 1, "{phase} was opened again");
    }
}

#[test]
fn a_host_reworks_a_line_that_was_there_from_the_start_but_nobodys_own_words() {
    let mut walk = Walk::joined();
    walk.opens("round");
    let line = walk.item("ground-rules", "one");
    for name in ["Ann", "Abe", "Ben", "Cid", "Cyd"] {
        walk.does(name, &answer("rules", None, Value::Stands, ""));
    }
    walk.does("Bea", &answer("rules", Some(line), Value::NotYet, "Say how"));
    walk.closes("round");
    assert_eq!(walk.board.kept("rules").len(), 2, "the other lines stand");
    let reword = |card| Act::Reword { ask: "rules".to_owned(), card, text: "A clearer rule".to_owned() };
    walk.refused("Bea", &reword(line), "hosts-only");
    walk.does("Ann", &reword(line));
    let table: Vec<&str> =
        walk.board.cards_of("ground-rules", false).iter().map(|card| walk.board.words_of(card)).collect();
    assert_eq!(table, ["ground-rules two", "ground-rules three", "A clearer rule"]);
    walk.opens("give");
    walk.gives("Bea", "causes", &[("cause", "Her own words")]);
    let own = walk.card("Her own words");
    let act = Act::Reword { ask: "problem".to_owned(), card: own, text: "The host's words".to_owned() };
    walk.refused("Ann", &act, "not-on-the-table");
}
