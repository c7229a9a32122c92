//! *Subject to approval by …*: it counts as *stands*, silence never approves, and a partner's house has the word.

use super::*;
use crate::path::approval::{self, On};

fn approving(act: Approving) -> Act {
    Act::Consent(Consenting::Approving(act))
}

fn subject(until: &str) -> Act {
    approving(Approving::Subject { ask: "rules".to_owned(), until: until.to_owned() })
}

fn say(approval: ApprovalId, yes: bool, reason: &str) -> Act {
    approving(Approving::Say { approval, yes, reason: reason.to_owned() })
}

fn only(walk: &Walk) -> Approval {
    let all: Vec<&Approval> = walk.board.approvals.values().collect();
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].clone()
}

/// The rules stand, for Beta subject to approval by 20 March.
fn settled() -> (Walk, ApprovalId) {
    let mut walk = Walk::joined();
    walk.opens("round");
    walk.does("Ben", &subject("20 March"));
    for name in ["Ann", "Cid"] {
        walk.does(name, &answer("rules", None, Value::Stands, ""));
    }
    walk.closes("round");
    let id = only(&walk).id;
    (walk, id)
}

fn told(walk: &Walk, spot: &Spot) -> usize {
    walk.notices.iter().filter(|notice| matches!(notice, Notice::Approval { spot: of, .. } if of == spot)).count()
}

#[test]
fn it_counts_as_stands_and_is_sealed_like_the_answer() {
    let mut walk = Walk::joined();
    walk.opens("round");
    for (typed, key) in [("soon", "unreadable-date"), ("1 March 2026", "past-date"), ("2028-01-01", "far-date")] {
        walk.refused("Ben", &subject(typed), key);
    }
    walk.does("Ben", &subject("20 March"));
    assert_eq!(only(&walk).until.to_string(), "2026-03-20");
    let ben = Viewer::Person(walk.person("Ben"));
    let hidden = [Viewer::Room, Viewer::Hosts, Viewer::Partner(walk.partner("Beta")), Viewer::Outside];
    for viewer in hidden.into_iter().chain([Viewer::Person(walk.person("Bea"))]) {
        assert!(view(&walk.board, viewer, walk.now).shown().approvals.is_empty(), "{viewer:?}: sealed until the close");
    }
    assert_eq!(view(&walk.board, ben, walk.now).shown().approvals.len(), 1);
    let before = only(&walk).id;
    walk.refused("Bea", &say(before, true, ""), "nothing-to-approve");
    walk.does("Ben", &answer("rules", None, Value::Stands, ""));
    assert!(walk.board.approvals.is_empty(), "a plain yes takes the condition away");
    walk.does("Ben", &subject("20 March"));
    let unconditional = Approving::Unconditional { ask: "rules".to_owned() };
    walk.does("Ben", &approving(unconditional));
    assert!(walk.board.approvals.is_empty());
    walk.does("Ben", &subject("20 March"));
    walk.does("Ben", &subject("24 March"));
    assert_eq!(only(&walk).until.to_string(), "2026-03-24");
    walk.closes("round");
    assert_eq!(walk.board.kept("rules").len(), 3, "it counts as stands");
    assert_eq!(told(&walk, &Spot::Partner(walk.partner("Beta"))), 1);
    assert!(!view(&walk.board, Viewer::Room, walk.now).shown().approvals.is_empty(), "told at the close");
}

#[test]
fn whoever_agrees_to_nothing_in_the_end_has_no_condition() {
    let mut walk = Walk::joined();
    walk.opens("round");
    walk.does("Ben", &subject("20 March"));
    walk.does("Ben", &answer("rules", None, Value::NotYet, "We cannot"));
    walk.does("Ann", &answer("rules", None, Value::Stands, ""));
    walk.closes("round");
    assert!(walk.board.approvals.is_empty());
    assert_eq!(told(&walk, &Spot::Partner(walk.partner("Beta"))), 0);
}

#[test]
fn the_house_says_yes_or_no_and_nobody_else_does() {
    let (mut walk, id) = settled();
    walk.refused("Ben", &say(id, true, ""), "strategic-only");
    walk.refused("Cid", &say(id, true, ""), "strategic-only");
    walk.refused("Bea", &say(id, false, "  "), "needs-reason");
    walk.refused("Bea", &say(ApprovalId(4711), true, ""), "nothing-to-approve");
    walk.does("Bea", &say(id, false, "No money\nbefore June"));
    let verdict = only(&walk).verdict.expect("a verdict");
    assert_eq!((verdict.yes, verdict.behalf, verdict.reason.as_str()), (false, false, "No money before June"));
    assert_eq!(walk.board.kept("rules").len(), 3, "a no undoes nothing by itself");
    assert_eq!(told(&walk, &Spot::Hosts), 1);
    let before = walk.board.clone();
    walk.does("Bea", &say(id, false, "No money before June"));
    assert_eq!(Board { revision: 0, ..before }, Board { revision: 0, ..walk.board.clone() }, "twice is once");
    assert_eq!(told(&walk, &Spot::Hosts), 1);
    walk.does("Ann", &say(id, true, ""));
    let verdict = only(&walk).verdict.expect("a verdict");
    assert!(verdict.yes && verdict.behalf && verdict.reason.is_empty(), "a host tells it for them, marked");
    let late = approving(Approving::Until { approval: id, until: "24 March".to_owned() });
    walk.refused("Bea", &late, "nothing-to-approve");
    let outside = view(&walk.board, Viewer::Outside, walk.now);
    assert!(outside.shown().approvals.values().all(|one| one.by.is_none()));
}

#[test]
fn a_day_that_passes_without_a_word_is_told_once_and_approves_nothing() {
    let (mut walk, id) = settled();
    let beta = Spot::Partner(walk.partner("Beta"));
    let approvals =
        |notices: &[Notice]| notices.iter().filter(|notice| matches!(notice, Notice::Approval { .. })).count();
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    // 20 March is a Friday: the day after is a Saturday, so it is told on Monday morning.
    for early in ["2026-03-20T17:00:00Z", "2026-03-21T12:00:00Z", "2026-03-23T07:59:00Z"] {
        assert_eq!(approvals(&walk.passes_until(at(early))), 0, "{early}");
        assert_eq!(approval::next(&walk.board, walk.now), Some(at("2026-03-23T08:00:00Z")), "{early}");
    }
    assert_eq!(approvals(&walk.passes_until(at("2026-03-23T08:00:00Z"))), 2);
    assert_eq!(approvals(&walk.passes_until(at("2026-03-25T08:00:00Z"))), 0, "once");
    assert_eq!(approval::next(&walk.board, walk.now), None);
    let one = only(&walk);
    assert!(one.told.is_some() && one.verdict.is_none(), "silence never approves");
    // Another day is told again when it is over; a pause is over first.
    let later = |typed: &str| approving(Approving::Until { approval: id, until: typed.to_owned() });
    walk.refused("Cid", &later("27 March"), "strategic-only");
    walk.refused("Ben", &later("24 March 2026"), "past-date");
    walk.does("Ben", &later("27 March"));
    walk.does("Ann", &Act::Time(TimeAct::Pause { until: "10 April".to_owned() }));
    assert_eq!(approvals(&walk.passes_until(at("2026-03-31T09:00:00Z"))), 0, "not during a pause");
    assert_eq!(approvals(&walk.passes_until(at("2026-04-10T09:00:00Z"))), 2);
    assert_eq!(told(&walk, &beta), 1, "those told by time are not kept by this test");
}

#[test]
fn a_round_about_it_all_ends_the_condition_of_the_one_before() {
    let (mut walk, id) = settled();
    assert!(approval::waits(&walk.board, &only(&walk)));
    let because = "We look again".to_owned();
    walk.does("Ann", &Act::OpenAsk { ask: "rules".to_owned(), because, slate: Vec::new(), about: Vec::new() });
    walk.does("Bea", &answer("rules", None, Value::Stands, ""));
    walk.does("Ann", &Act::CloseAsk { ask: "rules".to_owned(), despite: Some("test".to_owned()) });
    assert!(!approval::waits(&walk.board, &only(&walk)));
    walk.refused("Bea", &say(id, true, ""), "nothing-to-approve");
    walk.passes_until("2026-03-23T09:00:00Z".parse().unwrap());
    assert!(only(&walk).told.is_none(), "nobody is told of what does not count");
}

#[test]
fn a_role_that_is_accepted_subject_to_approval_has_the_partners_usual_day() {
    let mut walk = Walk::joined();
    let gamma = walk.partner("Gamma");
    let row = walk.board.partners[&gamma].clone();
    walk.board.apply(&[Change::Partner(Partner { lag_days: 10, ..row })]);
    walk.opens("who-does-what");
    let said = walk.gives("Cyd", "accepts", &[("answer", "subject")]).said;
    assert_eq!(said.key, "saved-subject");
    let one = only(&walk);
    assert_eq!((one.partner, one.until.to_string().as_str()), (gamma, "2026-03-12"));
    assert_eq!(one.on, On::Card(walk.card("subject")));
    assert_eq!(told(&walk, &Spot::Partner(gamma)), 1);
    let later = approving(Approving::Until { approval: one.id, until: "2 April".to_owned() });
    walk.does("Cyd", &later);
    assert_eq!(only(&walk).until.to_string(), "2026-04-02");
    walk.does("Cid", &say(one.id, true, ""));
    assert!(only(&walk).verdict.is_some_and(|verdict| verdict.yes));
    walk.gives("Cyd", "accepts", &[("answer", "accept")]);
    assert!(walk.board.approvals.is_empty(), "a plain yes needs no approval");
}

#[test]
fn an_unnamed_ask_carries_no_condition() {
    let mut walk = Walk::joined();
    let mut plan = (*walk.board.plan).clone();
    for ask in plan.phases.iter_mut().flat_map(|phase| &mut phase.sittings).flat_map(|sitting| &mut sitting.asks) {
        if ask.key == "rules" {
            ask.named = crate::path::plan::Named::Never;
        }
    }
    walk.board.apply(&[Change::Plan(Arc::new(plan))]);
    walk.opens("round");
    walk.refused("Ben", &subject("20 March"), "wrong-kind");
}
