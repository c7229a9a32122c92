//! A settled choice is opened again when two people of two partners ask for it.

use super::*;
use crate::path::reopening;

/// The three rules stand; the sitting has closed.
fn settled() -> Walk {
    let mut walk = Walk::joined();
    walk.opens("round");
    for name in ["Ann", "Bea", "Cid"] {
        walk.does(name, &answer("rules", None, Value::Stands, ""));
    }
    walk.closes("round");
    walk
}

fn newest(walk: &Walk, ask: &str) -> DecisionId {
    walk.board.decision(ask, None).expect("settled").id
}

fn plead(decision: DecisionId, reason: &str) -> Act {
    Act::Consent(Consenting::Reopening(Reopening::Plead { decision, reason: reason.to_owned() }))
}

fn back(decision: DecisionId) -> Act {
    Act::Consent(Consenting::Reopening(Reopening::TakeBack { decision }))
}

fn is_open(walk: &Walk) -> bool {
    walk.board.window_of("rules").unwrap().is_open()
}

#[test]
fn two_people_of_two_partners_open_a_choice_again_with_both_reasons() {
    let mut walk = settled();
    let rules = newest(&walk, "rules");
    walk.refused("Bea", &plead(rules, " \u{200b}"), "needs-reason");
    walk.refused("Bea", &plead(rules, &"long ".repeat(61)), "too-long");
    let said = walk.does("Bea", &plead(rules, "A rule\nis missing")).said;
    assert_eq!(said.key, "pleaded");
    assert!(!is_open(&walk), "one is not enough");
    assert!(walk.notices.iter().any(|notice| matches!(notice, Notice::Pleads { .. })));
    walk.refused("Ben", &plead(rules, "I think so too"), "partner-asked");
    let told = walk.notices.len();
    walk.does("Bea", &plead(rules, "Two rules are missing"));
    assert!(!is_open(&walk), "the same person twice is one");
    assert!(walk.notices[told..].iter().all(|notice| !matches!(notice, Notice::Pleads { .. })), "hosts are told once");
    let said = walk.does("Cyd", &plead(rules, "Nobody keeps them")).said;
    assert_eq!(said.key, "pleaded-open");
    let window = walk.board.window_of("rules").unwrap();
    assert!(window.is_open());
    assert_eq!((window.nth, window.because_of.as_str()), (2, "Two rules are missing · Nobody keeps them"));
    assert_eq!(crate::path::rounds::round(&walk.board, window), 1);
    assert!(walk.notices.contains(&Notice::AskOpens { ask: "rules".to_owned() }));
    assert_eq!(walk.board.kept("rules").len(), 3, "what was settled stands until it is settled anew");
    walk.refused("Ann", &plead(rules, "Me too"), "already-open");
    walk.does("Ann", &Act::CloseAsk { ask: "rules".to_owned(), despite: Some("test".to_owned()) });
    let before = walk.board.windows.len();
    walk.does("Bea", &plead(rules, "Once more"));
    assert_eq!(walk.board.windows.len(), before, "who asked for the last opening does not count again");
}

#[test]
fn a_phase_is_told_to_be_done_once_whatever_of_it_is_opened_again() {
    let mut walk = settled();
    let close = Act::ClosePhase { phase: "orientation".to_owned(), despite: Some("test".to_owned()) };
    let told = |walk: &Walk| walk.notices.iter().filter(|one| matches!(one, Notice::PhaseCloses { .. })).count();
    walk.does("Ann", &close);
    let rules = newest(&walk, "rules");
    walk.does("Bea", &plead(rules, "A rule is missing"));
    walk.does("Cid", &plead(rules, "Nobody keeps them"));
    walk.does("Ann", &close);
    assert!(!is_open(&walk), "it closes with its phase");
    assert_eq!(told(&walk), 1);
    let kept = walk.board.versions.iter().filter(|version| version.label == "orientation").count();
    assert_eq!(kept, 2, "how it stands then is kept all the same");
    // It was closed in the middle: when the rest of it has been asked, that is a close.
    walk.opens("triads");
    walk.does("Ann", &close);
    assert_eq!(told(&walk), 2);
}

#[test]
fn whenever_the_second_one_asks_all_its_days_are_there_and_a_few_settle_nothing_anew() {
    let mut walk = settled();
    let rules = newest(&walk, "rules");
    walk.does("Bea", &plead(rules, "A rule is missing"));
    // Tuesday, an hour before the working day ends.
    walk.now = "2026-03-03T17:00:00Z".parse().unwrap();
    walk.does("Cid", &plead(rules, "Nobody keeps them"));
    let ends = |walk: &Walk| walk.board.window_of("rules").unwrap().ends.to_string();
    assert_eq!(ends(&walk), "2026-03-05 18:00:00 UTC", "Wednesday and Thursday");
    for name in ["Bea", "Cid", "Ann"] {
        walk.does(name, &answer("rules", None, Value::Stands, ""));
    }
    walk.passes_until("2026-03-05T18:00:00Z".parse().unwrap());
    assert!(is_open(&walk), "three of six");
    assert_eq!(ends(&walk), "2026-03-06 18:00:00 UTC", "once more, half the time");
    walk.passes_until("2026-03-06T18:00:00Z".parse().unwrap());
    assert!(!is_open(&walk), "and no further");
}

#[test]
fn a_new_decision_or_a_host_who_opens_it_ends_what_was_asked() {
    let mut walk = settled();
    let rules = newest(&walk, "rules");
    walk.does("Bea", &plead(rules, "A rule is missing"));
    let first = walk.board.kept("rules")[0];
    walk.does("Ann", &Act::Reword { ask: "rules".to_owned(), card: first, text: "Everybody speaks".to_owned() });
    walk.refused("Cid", &plead(rules, "Still not good"), "decided-since");
    let anew = newest(&walk, "rules");
    walk.does("Cid", &plead(anew, "Still not good"));
    assert!(!is_open(&walk), "Bea asked about what stood before");

    let mut walk = settled();
    let rules = newest(&walk, "rules");
    walk.does("Bea", &plead(rules, "A rule is missing"));
    let because = "We look again".to_owned();
    walk.does("Ann", &Act::OpenAsk { ask: "rules".to_owned(), because, slate: Vec::new(), about: Vec::new() });
    walk.does("Ann", &Act::CloseAsk { ask: "rules".to_owned(), despite: Some("test".to_owned()) });
    walk.does("Cid", &plead(rules, "Still not good"));
    assert!(!is_open(&walk), "a host has opened it since Bea asked");
    assert!(
        view(&walk.board, Viewer::Hosts, walk.now)
            .shown()
            .pleas
            .values()
            .all(|plea| plea.by != Some(walk.person("Bea")))
    );
}

#[test]
fn whoever_takes_it_back_observes_or_left_does_not_count() {
    let mut walk = settled();
    let rules = newest(&walk, "rules");
    walk.does("Bea", &plead(rules, "A rule is missing"));
    walk.does("Bea", &back(rules));
    walk.does("Bea", &back(rules));
    assert!(walk.board.pleas.is_empty());
    walk.does("Cid", &plead(rules, "Nobody keeps them"));
    assert!(!is_open(&walk), "Bea took it back");
    let person = walk.person("Cid");
    walk.does("Ann", &Act::Change { person, level: None, zone: None, host: None, observer: Some(true) });
    walk.refused("Cid", &plead(rules, "Nobody keeps them"), "observer");
    walk.does("Bea", &plead(rules, "A rule is missing"));
    assert!(!is_open(&walk), "Cid only watches now");
    let stranger = Who::Stranger { account: AccountId(900), handle: "eve".to_owned(), manager: false };
    assert_eq!(walk.act(&stranger, &plead(rules, "Me too")).unwrap_err().key(), "not-a-member");
    walk.refused("Ann", &plead(DecisionId(4711), "What?"), "unknown");
}

#[test]
fn what_was_asked_during_a_pause_opens_when_it_is_over() {
    let mut walk = settled();
    let rules = newest(&walk, "rules");
    walk.does("Bea", &plead(rules, "A rule is missing"));
    walk.does("Ann", &Act::Time(TimeAct::Pause { until: "20 March".to_owned() }));
    let said = walk.does("Cid", &plead(rules, "Nobody keeps them")).said;
    assert_eq!(said.key, "pleaded-in-pause");
    assert!(!is_open(&walk));
    let notices = walk.passes_until("2026-03-20T09:00:00Z".parse().unwrap());
    assert!(is_open(&walk), "it opens by itself");
    assert!(notices.contains(&Notice::AskOpens { ask: "rules".to_owned() }));
    let window = walk.board.window_of("rules").unwrap();
    assert!(window.ends > walk.now);
}

#[test]
fn a_role_is_opened_again_for_that_partner_alone() {
    let mut walk = Walk::joined();
    walk.opens("who-does-what");
    let (one, other) = (walk.item("partnership-roles", "backbone"), walk.item("partnership-roles", "data"));
    let partners: Vec<PartnerId> = walk.board.partners.keys().copied().collect();
    for name in ["Ann", "Bea", "Cid"] {
        for (nth, about) in partners.iter().enumerate() {
            let card = if nth == 0 { one } else { other };
            walk.does(name, &Act::Assign { ask: "roles".to_owned(), about: *about, card });
        }
    }
    walk.closes("who-does-what");
    let beta = walk.partner("Beta");
    let role = walk.board.decision("roles", Some(beta)).unwrap().id;
    assert_eq!(reopening::askable(&walk.board, "roles").len(), 3);
    walk.does("Ben", &plead(role, "We cannot do this"));
    walk.does("Abe", &plead(role, "They told us"));
    let window = walk.board.window_of("roles").unwrap();
    assert_eq!((window.is_open(), window.about.as_slice()), (true, &[beta][..]));
}

#[test]
fn who_asks_is_known_to_hosts_until_it_opens_and_then_to_all() {
    let mut walk = settled();
    let rules = newest(&walk, "rules");
    walk.does("Bea", &plead(rules, "A rule is missing"));
    let bea = walk.person("Bea");
    let seen = |walk: &Walk, viewer| {
        let view = view(&walk.board, viewer, walk.now);
        let plea = view.shown().pleas.values().next().unwrap();
        (plea.by, plea.reason.clone())
    };
    for viewer in [Viewer::Hosts, Viewer::Person(walk.person("Ann")), Viewer::Person(bea)] {
        assert_eq!(seen(&walk, viewer), (Some(bea), "A rule is missing".to_owned()), "{viewer:?}");
    }
    let colleagues = Viewer::Partner(walk.partner("Beta"));
    for viewer in [Viewer::Room, Viewer::Person(walk.person("Ben")), colleagues, Viewer::Outside] {
        assert_eq!(seen(&walk, viewer), (None, String::new()), "{viewer:?}");
    }
    walk.does("Cid", &plead(rules, "Nobody keeps them"));
    assert_eq!(seen(&walk, Viewer::Room).0, Some(bea));
    assert_eq!(seen(&walk, Viewer::Outside), (None, String::new()));
}
