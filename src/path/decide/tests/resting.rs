//! When nudges rest: days off, pauses, what is not needed any more; and what hosts are told.

use super::nudging::{LONG, at, of, week};
use super::*;
use crate::path::nudge::Request;
use crate::path::nudging;
use crate::path::timetable::Past;

/// A sitting of two days that decides.
const DECIDES: &str = "choose";

pub(super) fn days_off(walk: &mut Walk, days: &str) {
    walk.does("Ann", &Act::Time(TimeAct::DaysOff { days: days.to_owned() }));
}

#[test]
fn no_nudge_falls_on_a_day_off() {
    let mut walk = week();
    // Open from Monday to Thursday. The half lies on Tuesday evening, and nobody works on Wednesday.
    days_off(&mut walk, "2026-03-04");
    let free = nudging::days(&walk.board, walk.person("Ben"), walk.now);
    assert_eq!(free.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2026-03-03", "2026-03-05"]);
    assert_eq!(walk.asks("Ben", Request::Day("2026-03-04".parse().unwrap())), Err(Refusal::NoSuchDay));
    let out = walk.goes_on("2026-03-10T00:00:00Z");
    assert_eq!(of(&out, "Ben"), ["Thu 08:00"], "one, and no second within twelve hours");
    // Decided before somebody said that the day is off: it is not said, and comes on the next working day.
    let mut walk = week();
    let wednesday = at("2026-03-04T08:00:00Z");
    let ben = walk.person("Ben");
    assert_eq!(walk.told(wednesday).iter().filter(|nudge| nudge.person == ben).count(), 1);
    assert_eq!(nudging::still(&walk.board, ben, wednesday, wednesday).len(), 1);
    days_off(&mut walk, "2026-03-04");
    assert!(nudging::still(&walk.board, ben, wednesday, wednesday).is_empty());
}

#[test]
fn a_pause_is_no_part_of_the_time_that_has_passed() {
    let mut walk = week();
    walk.now = at("2026-03-03T09:00:00Z");
    walk.does("Ann", &Act::Time(TimeAct::Pause { until: "2026-03-10".to_owned() }));
    walk.passes_until(at("2026-03-10T09:00:00Z"));
    assert!(walk.board.nudging.nudges.is_empty(), "nobody is nudged the moment it ends");
    assert_eq!(walk.board.timetable.pauses.len(), 1);
    // A day of it had passed; three are left, until Thursday at 18:00.
    let out = walk.goes_on("2026-03-20T00:00:00Z");
    assert_eq!(of(&out, "Ben"), ["Wed 08:00", "Thu 08:00"]);
    // A better day that fell into the pause is asked for no more.
    let mut walk = week();
    walk.asks("Ben", Request::Day("2026-03-04".parse().unwrap())).unwrap();
    walk.now = at("2026-03-03T09:00:00Z");
    walk.does("Ann", &Act::Time(TimeAct::Pause { until: "2026-03-10".to_owned() }));
    walk.passes_until(at("2026-03-10T09:00:00Z"));
    assert!(walk.board.nudging.nudges.is_empty());
}

#[test]
fn thousandths_are_counted_around_pauses() {
    let past = |from: &str, until: &str| Past { from: at(from), until: at(until) };
    let whole = (at("2026-03-02T00:00:00Z"), at("2026-03-12T00:00:00Z"));
    let table = [
        (vec![], 500, "2026-03-07T00:00:00Z"),
        (vec![past("2026-03-04T00:00:00Z", "2026-03-06T00:00:00Z")], 500, "2026-03-08T00:00:00Z"),
        (vec![past("2026-03-08T00:00:00Z", "2026-03-10T00:00:00Z")], 500, "2026-03-06T00:00:00Z"),
        // Two, one of which began before anything was open.
        (
            vec![
                past("2026-02-20T00:00:00Z", "2026-03-04T00:00:00Z"),
                past("2026-03-06T00:00:00Z", "2026-03-08T00:00:00Z"),
            ],
            500,
            "2026-03-09T00:00:00Z",
        ),
        // Clocks that were set back make no time of a pause.
        (
            vec![
                past("2026-03-03T00:00:00Z", "2026-03-05T00:00:00Z"),
                past("2026-03-04T00:00:00Z", "2026-03-06T00:00:00Z"),
            ],
            0,
            "2026-03-02T00:00:00Z",
        ),
        // Nothing but pause: there is no time to count.
        (vec![past("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")], 500, "2026-03-02T00:00:00Z"),
        (vec![past("2026-04-01T00:00:00Z", "2026-04-05T00:00:00Z")], 850, "2026-03-10T12:00:00Z"),
    ];
    for (pauses, thousandths, expected) in table {
        let timetable = Timetable { pauses: pauses.into_iter().collect(), ..Timetable::default() };
        assert_eq!(timetable.after(whole, thousandths), at(expected), "{:?}", timetable.pauses);
    }
}

#[test]
fn what_was_not_needed_any_more_counts_for_nothing() {
    let mut walk = week();
    let nudges = walk.told(at("2026-03-04T08:00:00Z"));
    let (person, decided) = (walk.person("Ben"), nudges[0].at);
    assert_eq!(nudging::still(&walk.board, person, decided, decided).len(), 1);
    let newer = Nudge { at: decided + TimeDelta::days(1), ..nudges[0].clone() };
    let mut outage = walk.board.clone();
    outage.apply(&[Change::Nudging(nudge::Fact::Nudged(Nudge { person, ..newer }))]);
    assert!(nudging::still(&outage, person, decided, decided).is_empty(), "the newest speaks for all");
    let evening = at("2026-03-04T21:00:00Z");
    assert!(nudging::still(&walk.board, person, decided, evening).is_empty(), "it is night where Ben is");
    walk.asks("Ben", Request::PassAll { sitting: LONG.to_owned() }).unwrap();
    assert!(nudging::still(&walk.board, person, decided, decided).is_empty());
    let before = walk.board.nudging.nudges.len();
    walk.act(&Who::Clock, &Act::Nudging(Request::Unsaid { person, at: decided })).unwrap();
    assert_eq!(walk.board.nudging.nudges.len(), before - 1);
}

#[test]
fn hosts_are_told_once_which_partners_are_missing_where_it_decides() {
    let mut walk = Walk::joined();
    walk.opens("give");
    walk.opens(DECIDES);
    for name in ["Ann", "Bea"] {
        walk.asks(name, Request::PassAll { sitting: DECIDES.to_owned() }).unwrap();
    }
    walk.goes_on("2026-03-10T00:00:00Z");
    let missing = |notice: &&Notice| matches!(notice, Notice::Missing { .. });
    let told: Vec<&Notice> = walk.notices.iter().filter(missing).collect();
    assert_eq!(told, [&Notice::Missing { sitting: DECIDES.to_owned() }]);
    let (_, sitting) = walk.board.plan.sitting(DECIDES).unwrap();
    assert!(nudging::missing(&walk.board, sitting).contains(&walk.partner("Gamma")));
}
