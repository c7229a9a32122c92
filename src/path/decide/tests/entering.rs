//! What hosts enter for others: marked, sealed from them too, and theirs to change.

use super::*;

fn enter(walk: &Walk, name: &str, act: Act) -> Act {
    Act::For { person: walk.person(name), via: Via::Phone, act: Box::new(act) }
}

/// What a host sees of somebody's ballots.
fn ballots(walk: &Walk, name: &str) -> usize {
    view(&walk.board, Viewer::Person(walk.person(name)), walk.now).shown().ballots.len()
}

#[test]
fn marks_are_entered_for_somebody_and_sealed_from_the_host() {
    let mut walk = Walk::joined();
    walk.opens("give");
    for words in ["No fuel", "No cook", "No time"] {
        walk.gives("Bea", "causes", &[("cause", words)]);
    }
    walk.closes("give");
    walk.opens("choose");
    let cards: Vec<CardId> = ["No fuel", "No cook", "No time"].map(|words| walk.card(words)).to_vec();
    walk.notices.clear();
    walk.does("Ann", &enter(&walk, "Cyd", marks("core-causes", &cards[..1])).clone());
    let among = |among: &[CardId], cards: &[CardId]| Act::MarkAmong {
        ask: "core-causes".to_owned(),
        among: among.iter().copied().collect(),
        cards: cards.iter().copied().collect(),
    };
    walk.does("Ann", &enter(&walk, "Cyd", among(&cards[1..], &cards[2..])).clone());
    assert_eq!((ballots(&walk, "Cyd"), ballots(&walk, "Ann")), (2, 0), "sealed from whoever entered it");
    let told = walk.notices.iter().filter(|notice| matches!(notice, Notice::Tell { .. })).count();
    assert_eq!(told, 1, "Cyd is told once");
    let entered = walk.board.entered.values().next().unwrap().clone();
    assert_eq!((entered.by, entered.via), (walk.person("Ann"), Via::Phone));
    walk.does("Cyd", &marks("core-causes", &cards[1..2]));
    assert!(walk.board.entered.is_empty(), "now it is Cyd's own");
    assert_eq!(ballots(&walk, "Cyd"), 1);
    walk.refused("Ann", &enter(&walk, "Cyd", marks("core-causes", &cards)).clone(), "their-own");
    walk.refused("Ben", &enter(&walk, "Bea", marks("core-causes", &cards)).clone(), "hosts-only");
    let given = enter(&walk, "Bea", giving("causes", &[("cause", "x")]));
    walk.refused("Ann", &given, "wrong-kind");
    walk.closes("choose");
    walk.refused("Ann", &enter(&walk, "Bea", marks("core-causes", &cards)).clone(), "closed");
}

#[test]
fn answers_figures_and_roles_are_entered_and_counted() {
    let mut walk = Walk::joined();
    for sitting in ["round", "who-does-what", "red-and-green"] {
        walk.opens(sitting);
    }
    walk.does("Ann", &enter(&walk, "Ben", answer("rules", None, Value::Stands, "")).clone());
    let line = walk.item("ground-rules", "one");
    walk.refused("Ann", &enter(&walk, "Ben", answer("rules", Some(line), Value::NotYet, "")).clone(), "needs-words");
    walk.does("Ann", &enter(&walk, "Ben", answer("rules", Some(line), Value::NotYet, "Too strict")).clone());
    let field = walk.board.cards_of("assessment-fields", false)[0].id;
    let green = |count| Act::Place { ask: "figures".to_owned(), pile: "green".to_owned(), card: field, count };
    walk.does("Ann", &enter(&walk, "Ben", green(2)).clone());
    walk.refused("Ann", &enter(&walk, "Ben", green(4)).clone(), "budget-spent");
    let role = walk.item("partnership-roles", "backbone");
    for partner in ["Alpha", "Beta", "Gamma"] {
        let act = Act::Assign { ask: "roles".to_owned(), about: walk.partner(partner), card: role };
        walk.does("Ann", &enter(&walk, "Ben", act).clone());
    }
    walk.does("Ann", &enter(&walk, "Cyd", Act::Pass { ask: "roles".to_owned() }).clone());
    let gave = |ask: &str, name: &str| {
        let window = walk.board.window_of(ask).unwrap().id;
        walk.board.given.get(&(window, Giver::Person(walk.person(name)))).map(|given| given.how)
    };
    assert_eq!(gave("rules", "Ben"), Some(How::Gave));
    assert_eq!(gave("roles", "Ben"), Some(How::Gave));
    assert_eq!(gave("roles", "Cyd"), Some(How::Passed));
    assert_eq!(ballots(&walk, "Ann"), 0);
    walk.closes("round");
    let noted = walk.board.figures.values().find(|figure| figure.note == "Too strict").unwrap();
    assert_eq!(noted.key.giver, Giver::Person(walk.person("Ben")));
}

#[test]
fn somebody_reached_by_phone_need_not_have_come_here() {
    let mut walk = Walk::joined();
    let eve = NewPerson {
        name: "Eve".to_owned(),
        partner: "Beta".to_owned(),
        level: Level::Operational,
        zone: String::new(),
        handle: "eve".to_owned(),
        host: false,
    };
    walk.does("Ann", &Act::Enter { partners: vec![], people: vec![eve] });
    walk.opens("round");
    walk.does("Ann", &enter(&walk, "Eve", answer("rules", None, Value::Stands, "")).clone());
    let live = Act::For {
        person: walk.person("Eve"),
        via: Via::Button,
        act: Box::new(answer("rules", None, Value::Stands, "")),
    };
    walk.refused("Ann", &live, "unknown");
    let ben = walk.person("Ben");
    walk.does("Ann", &Act::Leave { person: ben });
    walk.refused("Ann", &enter(&walk, "Ben", answer("rules", None, Value::Stands, "")).clone(), "has-left");
}

#[test]
fn a_timer_runs_within_bounds() {
    let mut walk = Walk::joined();
    walk.refused("Bea", &Act::Timer { minutes: 10 }, "hosts-only");
    for minutes in [0, 181] {
        walk.refused("Ann", &Act::Timer { minutes }, "out-of-bounds");
    }
    walk.does("Ann", &Act::Timer { minutes: 10 });
    assert!(walk.notices.iter().any(|notice| matches!(notice, Notice::Timer { .. })));
}

#[test]
fn a_condition_is_entered_for_somebody_and_theirs_to_change() {
    let mut walk = Walk::joined();
    walk.opens("round");
    let subject = |until: &str| {
        Act::Consent(Consenting::Approving(Approving::Subject { ask: "rules".to_owned(), until: until.to_owned() }))
    };
    let without = Act::Consent(Consenting::Approving(Approving::Unconditional { ask: "rules".to_owned() }));
    walk.refused("Bea", &enter(&walk, "Ben", subject("20 March")).clone(), "hosts-only");
    walk.refused("Ann", &enter(&walk, "Ben", subject("one day")).clone(), "unreadable-date");
    walk.does("Ann", &enter(&walk, "Ben", subject("20 March")).clone());
    walk.does("Ann", &enter(&walk, "Ben", subject("24 March")).clone());
    let one = walk.board.approvals.values().next().unwrap().clone();
    let (ben, beta) = (walk.person("Ben"), walk.partner("Beta"));
    assert_eq!((walk.board.approvals.len(), one.by, one.partner), (1, Some(ben), beta));
    assert_eq!(one.until.to_string(), "2026-03-24");
    assert_eq!(walk.board.entered.values().next().map(|entered| entered.via), Some(Via::Phone));
    let ann = view(&walk.board, Viewer::Person(walk.person("Ann")), walk.now);
    assert!(ann.shown().approvals.is_empty(), "sealed from whoever entered it");
    walk.refused("Ann", &enter(&walk, "Ben", without.clone()).clone(), "wrong-kind");
    walk.does("Ben", &without);
    assert!(walk.board.approvals.is_empty() && walk.board.entered.is_empty(), "now the answer is Ben's own");
    walk.refused("Ann", &enter(&walk, "Ben", subject("20 March")).clone(), "their-own");
    walk.does("Cid", &answer("rules", None, Value::Stands, ""));
    walk.refused("Ann", &enter(&walk, "Cid", subject("20 March")).clone(), "their-own");
}
