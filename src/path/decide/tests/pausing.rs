//! Hosts' hands on time, and what they may not do with it.

use super::timing::{closed, hours, posts, told};
use super::*;
use crate::path::nudging;

fn extend(sitting: &str, until: &str) -> Act {
    Act::Time(TimeAct::Extend { sitting: sitting.to_owned(), until: until.to_owned() })
}

fn pause(until: &str) -> Act {
    Act::Time(TimeAct::Pause { until: until.to_owned() })
}

fn skip(sitting: &str, because: &str) -> Act {
    Act::Time(TimeAct::LeaveOut { sitting: sitting.to_owned(), because: because.to_owned() })
}

fn reopen(sitting: &str, because: &str) -> Act {
    Act::Time(TimeAct::Reopen { sitting: sitting.to_owned(), because: because.to_owned() })
}

fn ends(walk: &Walk, ask: &str) -> DateTime<Utc> {
    walk.board.window_of(ask).unwrap().ends
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn a_host_gives_more_time_until_a_day_and_only_more() {
    let mut walk = Walk::joined();
    walk.refused("Ann", &extend("give", "6 March"), "not-open-yet");
    walk.refused("Ann", &extend("nothing", "6 March"), "unknown");
    walk.opens("give");
    let cases = [
        ("soon", "unreadable-date"),
        ("31 April", "unreadable-date"),
        ("1 March 2026", "past-date"),
        ("2027-12-01", "far-date"),
        ("3 March", "not-later"),
        ("2026-03-02", "not-later"),
        ("2 hours", "not-later"),
        ("20 minutes", "too-soon"),
        ("1 March 2026 18:00", "past-date"),
        ("6 March 25:00", "unreadable-date"),
    ];
    for (typed, key) in cases {
        walk.refused("Ann", &extend("give", typed), key);
    }
    walk.refused("Ben", &extend("give", "6 March"), "hosts-only");
    let reply = walk.does("Ann", &extend("give", "6 March"));
    assert_eq!(reply.said.with["ends_s"], at("2026-03-06T18:00:00Z").timestamp().to_string());
    assert_eq!(
        (ends(&walk, "causes"), ends(&walk, "effects")),
        (at("2026-03-06T18:00:00Z"), at("2026-03-06T18:00:00Z"))
    );
    walk.refused("Ann", &extend("give", "6 March"), "not-later");
    let mut other = Walk::joined();
    other.opens("give");
    for (typed, until) in [
        ("5 March 14:15", "2026-03-05T14:15:00Z"),
        ("2026-03-05 17:00", "2026-03-05T17:00:00Z"),
        ("5 working days", "2026-03-06T18:00:00Z"),
        ("1 week", "2026-03-09T08:21:00Z"),
    ] {
        other.now = at("2026-03-02T08:21:00Z");
        other.does("Ann", &extend("give", typed));
        assert_eq!(ends(&other, "causes"), at(until), "{typed}");
    }
    assert!(walk.passes_until(at("2026-03-06T17:59:59Z")).is_empty());
    walk.refused("Ann", &extend("give", "6 March"), "too-soon");
    assert_eq!(posts(&walk.passes_until(at("2026-03-06T18:00:00Z"))), 1);
}

#[test]
fn in_a_pause_nothing_opens_and_nothing_closes_and_the_days_come_back() {
    let mut walk = Walk::joined();
    walk.opens("give");
    walk.opens("red-and-green");
    assert_eq!(ends(&walk, "causes"), at("2026-03-03T18:00:00Z"));
    walk.refused("Ann", &pause("yesterday"), "unreadable-date");
    walk.refused("Ann", &pause("2026-03-01"), "past-date");
    walk.refused("Ann", &pause("2026-03-02"), "too-soon");
    walk.refused("Ben", &pause("9 March"), "hosts-only");
    walk.notices.clear();
    walk.does("Ann", &pause("9 March"));
    assert_eq!(walk.notices, [Notice::Pause, Notice::Board]);
    walk.does("Ann", &pause("9 March"));
    assert_eq!(walk.notices.len(), 2, "two hosts at once: it is told once");
    walk.refused("Ann", &Act::Open { sitting: "choose".to_owned() }, "paused");
    walk.refused("Ann", &reopen("give", "x"), "paused");
    let alone = Act::OpenAsk { ask: "brings".to_owned(), because: "x".to_owned(), slate: vec![], about: vec![] };
    walk.refused("Ann", &alone, "paused");
    assert!(walk.passes_until(at("2026-03-04T10:00:00Z")).is_empty(), "its end lies in the pause");
    walk.does("Bea", &Act::Pass { ask: "causes".to_owned() });
    assert!(walk.passes_until(at("2026-03-09T08:59:59Z")).is_empty());
    let notices = walk.passes_until(at("2026-03-09T09:00:00Z"));
    let reworded = ["give", "red-and-green"].map(|sitting| Notice::Reworded { sitting: sitting.to_owned() });
    assert_eq!(notices[..2], [Notice::Pause, Notice::Board]);
    assert_eq!(notices[2..], reworded, "their posts say until when");
    // Seven days, begun or whole, from Tuesday to Tuesday.
    assert_eq!(ends(&walk, "causes"), at("2026-03-10T18:00:00Z"));
    assert!(walk.passes_until(at("2026-03-09T09:00:00Z")).is_empty());
    walk.does("Ann", &Act::Open { sitting: "choose".to_owned() });
}

#[test]
fn a_pause_that_ends_early_takes_only_its_days() {
    let mut walk = Walk::joined();
    walk.opens("give");
    walk.does("Ann", &pause("20 March"));
    walk.now += hours(30);
    walk.refused("Ben", &Act::Time(TimeAct::Resume), "hosts-only");
    walk.does("Ann", &Act::Time(TimeAct::Resume));
    assert_eq!(ends(&walk, "causes"), at("2026-03-05T18:00:00Z"), "two days begun");
    walk.notices.clear();
    walk.does("Ann", &Act::Time(TimeAct::Resume));
    assert!(walk.notices.is_empty(), "there is nothing to end any more");
    assert_eq!(ends(&walk, "causes"), at("2026-03-05T18:00:00Z"));
}

#[test]
fn what_was_complete_in_a_pause_closes_when_it_ends() {
    let mut walk = Walk::joined();
    walk.opens("dream");
    walk.does("Ann", &pause("9 March"));
    for name in ["Ann", "Abe", "Bea", "Ben", "Cid", "Cyd"] {
        for ask in ["collective-impact", "drafts"] {
            walk.does(name, &Act::Pass { ask: ask.to_owned() });
        }
    }
    assert!(walk.passes_until(walk.now + hours(20)).is_empty());
    let notices = walk.passes_until(at("2026-03-12T10:00:00Z"));
    assert_eq!((posts(&notices), told(&notices).len()), (1, 0), "{notices:?}");
}

#[test]
fn a_step_is_left_out_with_a_reason_and_may_be_opened_later() {
    let mut walk = Walk::joined();
    walk.refused("Ann", &skip("dream", " "), "needs-reason");
    walk.refused("Ann", &skip("nothing", "x"), "unknown");
    walk.refused("Ben", &skip("dream", "x"), "hosts-only");
    walk.does("Ann", &skip("dream", "We did that in January"));
    walk.does("Ann", &skip("dream", "Another host, at the same time"));
    assert_eq!(walk.board.timetable.left_out["dream"].why, "We did that in January");
    walk.opens("dream");
    assert!(walk.board.timetable.left_out.is_empty());
    walk.refused("Ann", &skip("dream", "x"), "already-open");
}

#[test]
fn a_closed_step_is_opened_once_more_beside_the_first() {
    let mut walk = Walk::joined();
    walk.refused("Ann", &reopen("dream", "x"), "not-open-yet");
    walk.opens("dream");
    walk.refused("Ann", &reopen("dream", "x"), "already-open");
    walk.closes("dream");
    walk.refused("Ann", &reopen("dream", "\n"), "needs-reason");
    walk.refused("Ben", &reopen("dream", "x"), "hosts-only");
    walk.does("Ann", &reopen("dream", "Beta was away"));
    let window = walk.board.window_of("drafts").unwrap().clone();
    assert_eq!((window.nth, window.because_of.as_str()), (2, "Beta was away"));
    walk.refused("Ann", &reopen("dream", "Another host, at the same time"), "already-open");
    let notices = walk.passes_until(window.ends);
    assert!(notices.contains(&Notice::Closes { sitting: "dream".to_owned() }), "as a sitting: {notices:?}");
    assert!(closed(&walk, "drafts"));
}

#[test]
fn days_off_are_skipped_by_what_opens_after_them() {
    let mut walk = Walk::joined();
    let days = |days: &str| Act::Time(TimeAct::DaysOff { days: days.to_owned() });
    for typed in ["Easter", "3 April – soon", "6 April – 3 April 2026"] {
        walk.refused("Ann", &days(typed), "unreadable-date");
    }
    walk.refused("Ann", &days("1 April – 2026-12-01"), "far-date");
    let many: Vec<String> = (1..=41).map(|day| format!("2027-{:02}-{:02}", day % 12 + 1, day % 28 + 1)).collect();
    walk.refused("Ann", &days(&many.join("\n")), "too-many-days-off");
    walk.refused("Ben", &days("3 March"), "hosts-only");
    walk.does("Ann", &days("3 March – 4 March\n\n2026-12-24 to 2027-01-02"));
    assert_eq!(walk.board.timetable.days_off.len(), 2);
    walk.opens("give");
    assert_eq!(ends(&walk, "causes"), at("2026-03-05T18:00:00Z"));
    walk.does("Ann", &days(""));
    assert!(walk.board.timetable.days_off.is_empty());
}

#[test]
fn nobody_is_nudged_while_the_path_pauses_nor_about_a_quick_poll() {
    let mut walk = Walk::joined();
    walk.opens("hello");
    walk.does("Ann", &Act::Time(TimeAct::Pause { until: "20 March".to_owned() }));
    assert_eq!(nudging::next(&walk.board, walk.now), None);
    walk.passes_until(at("2026-03-05T12:00:00Z"));
    assert!(walk.board.nudging.nudges.is_empty(), "near the end it had before the pause");
    let mut walk = Walk::joined();
    let item = |name: &str| Item { key: String::new(), name: name.to_owned(), line: String::new() };
    let choices = vec![item("Monday"), item("Friday")];
    let poll = Polling { question: "Which day?".to_owned(), choices, marks: 1, ..Polling::default() };
    walk.does("Ann", &Act::Poll(PollAct::Ask(poll, None)));
    assert!(walk.board.windows.values().any(Window::is_open));
    assert_eq!(nudging::next(&walk.board, walk.now), None);
}
