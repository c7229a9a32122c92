//! The weekly line: when it is told, and when it stays away.

use super::*;
use crate::path::weekly;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn switch() -> Act {
    Act::Time(TimeAct::Weekly)
}

/// Monday, 2 March: a sitting is open, and the line is on.
fn on() -> Walk {
    let mut walk = Walk::joined();
    walk.opens("hello");
    walk.does("Ann", &switch());
    walk
}

/// The Mondays of the lines that are told when time passes until then, each wake by itself.
fn told(walk: &mut Walk, until: &str) -> Vec<String> {
    let mut told = Vec::new();
    while let Some(next) = wakes(&walk.board).filter(|next| *next <= at(until)) {
        told.extend(lines(&walk.passes_until(next.max(walk.now))));
    }
    told
}

fn lines(notices: &[Notice]) -> Vec<String> {
    let monday = |notice: &Notice| match notice {
        Notice::Weekly { monday } => Some(monday.to_string()),
        _ => None,
    };
    notices.iter().filter_map(monday).collect()
}

#[test]
fn it_is_off_until_a_host_switches_it_on_and_off_again() {
    let mut walk = Walk::joined();
    walk.opens("hello");
    assert!(told(&mut walk, "2026-03-20T00:00:00Z").is_empty());
    let mut walk = on();
    walk.refused("Ben", &switch(), "hosts-only");
    assert_eq!(weekly::next(&walk.board), Some(at("2026-03-02T09:00:00Z")));
    assert_eq!(walk.does("Ann", &switch()).said.key, "weekly-off");
    assert_eq!(weekly::next(&walk.board), None);
}

#[test]
fn it_is_told_once_a_week_on_the_first_working_day() {
    let mut walk = on();
    walk.does("Ann", &Act::Time(TimeAct::DaysOff { days: "2026-03-09\n16 March – 20 March".to_owned() }));
    let mondays = told(&mut walk, "2026-03-31T00:00:00Z");
    assert_eq!(mondays, ["2026-03-02", "2026-03-09", "2026-03-23", "2026-03-30"], "a week off has none");
    // A day off that is entered later brings no second one.
    let mut walk = on();
    assert_eq!(told(&mut walk, "2026-03-02T12:00:00Z").len(), 1);
    walk.does("Ann", &Act::Time(TimeAct::DaysOff { days: "2 March".to_owned() }));
    assert!(told(&mut walk, "2026-03-08T00:00:00Z").is_empty());
}

#[test]
fn after_an_outage_it_is_told_once_and_only_in_its_week() {
    let mut walk = on();
    assert_eq!(lines(&walk.passes_until(at("2026-03-05T10:00:00Z"))), ["2026-03-02"]);
    assert!(lines(&walk.passes_until(at("2026-03-05T11:00:00Z"))).is_empty());
    let mut walk = on();
    assert!(lines(&walk.passes_until(at("2026-03-07T10:00:00Z"))).is_empty(), "it is Saturday");
    let mut walk = on();
    assert!(lines(&walk.passes_until(at("2026-03-09T07:00:00Z"))).is_empty(), "its week is over");
    assert_eq!(told(&mut walk, "2026-03-10T00:00:00Z"), ["2026-03-09"]);
}

#[test]
fn it_stays_away_in_a_pause_before_the_first_opening_and_after_the_last_close() {
    let mut walk = Walk::joined();
    walk.does("Ann", &switch());
    assert_eq!(weekly::next(&walk.board), None, "nothing was opened yet");
    walk.now = at("2026-03-04T10:00:00Z");
    walk.opens("hello");
    assert_eq!(weekly::next(&walk.board), Some(at("2026-03-09T09:00:00Z")), "not in the middle of the week");
    let mut walk = on();
    walk.does("Ann", &Act::Time(TimeAct::Pause { until: "11 March".to_owned() }));
    assert_eq!(weekly::next(&walk.board), None);
    assert_eq!(told(&mut walk, "2026-03-17T00:00:00Z"), ["2026-03-16"], "not because the pause is over");
    let sittings: Vec<String> = walk.board.plan.sittings().map(|(_, sitting)| sitting.key.clone()).collect();
    for sitting in sittings.iter().filter(|sitting| *sitting != "hello") {
        walk.does("Ann", &Act::Time(TimeAct::LeaveOut { sitting: sitting.clone(), because: "x".to_owned() }));
    }
    if walk.board.windows.values().any(Window::is_open) {
        walk.closes("hello");
    }
    assert_eq!(weekly::next(&walk.board), None, "it is over");
}
