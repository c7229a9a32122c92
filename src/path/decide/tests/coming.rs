//! What opens by itself, when, and what it waits for.

use super::timing::{closed, told};
use super::*;
use crate::path::coming::{coming, next};
use crate::path::{Spot, WindowState};

fn at(moment: &str) -> DateTime<Utc> {
    moment.parse().unwrap()
}

fn time(act: TimeAct) -> Act {
    Act::Time(act)
}

/// Everybody is in, and the Path goes on by itself.
fn goes_by_itself() -> Walk {
    let mut walk = Walk::joined();
    walk.does("Ann", &time(TimeAct::ByItself(true)));
    walk
}

fn is_open(walk: &Walk, ask: &str) -> bool {
    walk.board.window_of(ask).is_some_and(|window| window.state == WindowState::Open)
}

fn opened(notices: &[Notice]) -> Vec<&str> {
    let opens = notices.iter().filter_map(|notice| match notice {
        Notice::Opens { sitting } => Some(sitting.as_str()),
        _ => None,
    });
    opens.collect()
}

/// The next thing that time has to do, done.
fn goes_on(walk: &mut Walk) -> Vec<Notice> {
    let at = wakes(&walk.board).expect("time has something to do");
    walk.passes_until(at)
}

#[test]
fn a_road_goes_by_itself_from_its_founding_and_a_host_takes_the_first_step() {
    let walk = Walk::just_founded();
    assert!(walk.board.timetable.by_itself);
    assert_eq!(coming(&walk.board), None, "nothing opens before a host has opened something");
    assert_eq!(next(&walk.board).map(|sitting| sitting.key.as_str()), Some("hello"));
}

#[test]
fn an_ask_opened_alone_does_not_stand_for_its_sitting() {
    let mut walk = goes_by_itself();
    walk.opens("hello");
    let alone = Act::OpenAsk { ask: "rules".to_owned(), because: String::new(), slate: vec![], about: vec![] };
    walk.does("Ann", &alone);
    walk.closes("hello");
    assert_eq!(next(&walk.board).map(|sitting| sitting.key.as_str()), Some("round"));
    let notices = goes_on(&mut walk);
    let notices = if opened(&notices).is_empty() { goes_on(&mut walk) } else { notices };
    assert_eq!(opened(&notices), ["round"]);
    assert!(is_open(&walk, "take-away"));
}

#[test]
fn a_sitting_of_which_everything_was_opened_alone_is_behind_us() {
    let mut walk = goes_by_itself();
    walk.opens("hello");
    let (_, round) = walk.board.plan.sitting("round").unwrap();
    for ask in round.asks.iter().map(|ask| ask.key.clone()).collect::<Vec<_>>() {
        walk.does("Ann", &Act::OpenAsk { ask: ask.clone(), because: String::new(), slate: vec![], about: vec![] });
        walk.does("Ann", &Act::CloseAsk { ask, despite: Some("test".to_owned()) });
    }
    walk.closes("hello");
    assert_eq!(next(&walk.board).map(|sitting| sitting.key.as_str()), Some("triads"));
    assert_eq!(opened(&goes_on(&mut walk)), ["triads"]);
}

#[test]
fn whoever_opens_a_sitting_in_the_middle_has_that_one_alone() {
    let mut walk = goes_by_itself();
    walk.opens("dream");
    walk.closes("dream");
    assert_eq!((coming(&walk.board), wakes(&walk.board)), (None, None));
}

#[test]
fn the_next_sitting_opens_on_the_working_morning_after_a_close_and_once() {
    let mut walk = goes_by_itself();
    walk.opens("hello");
    assert_eq!(coming(&walk.board), None, "not while something is open");
    // Thursday 18:00 in UTC.
    let ends = walk.board.window_of("hello-line").unwrap().ends;
    assert_eq!(ends, at("2026-03-05T18:00:00Z"));
    let notices = walk.passes_until(ends);
    assert!(opened(&notices).is_empty() && closed(&walk, "hello-line"));
    assert_eq!(wakes(&walk.board), Some(at("2026-03-06T09:00:00Z")));
    assert!(opened(&walk.passes_until(at("2026-03-06T08:59:59Z"))).is_empty());
    let notices = walk.passes_until(at("2026-03-06T09:00:00Z"));
    assert_eq!(opened(&notices), ["round"]);
    // No partner has filled in its sheet.
    assert_eq!(told(&notices), ["phase-stays-open"]);
    assert!(opened(&walk.passes_until(at("2026-03-06T09:00:00Z"))).is_empty(), "once");
    assert!(opened(&walk.passes_until(at("2026-03-06T08:00:00Z"))).is_empty(), "also where the clock is set back");
}

#[test]
fn a_close_in_the_morning_leaves_hosts_their_rest_and_a_weekend_is_skipped() {
    let mut walk = goes_by_itself();
    walk.opens("hello");
    walk.now = at("2026-03-04T07:30:00Z");
    walk.closes("hello");
    assert_eq!(coming(&walk.board).unwrap().at, at("2026-03-05T09:00:00Z"), "9:00 is less than two hours away");
    walk.passes_until(at("2026-03-05T09:00:00Z"));
    walk.now = at("2026-03-06T12:00:00Z");
    walk.closes("round");
    assert_eq!(coming(&walk.board).unwrap().at, at("2026-03-09T09:00:00Z"), "Friday noon: Monday morning");
    walk.does("Ann", &time(TimeAct::DaysOff { days: "2026-03-09 – 2026-03-10".to_owned() }));
    assert_eq!(coming(&walk.board).unwrap().at, at("2026-03-11T09:00:00Z"), "days off are skipped");
}

#[test]
fn after_an_outage_one_sitting_closes_and_the_next_waits_for_its_morning() {
    let mut walk = goes_by_itself();
    walk.opens("hello");
    let notices = walk.passes_until(at("2026-03-12T12:00:00Z"));
    assert!(opened(&notices).is_empty(), "no burst: {notices:?}");
    assert_eq!(wakes(&walk.board), Some(at("2026-03-13T09:00:00Z")));
}

#[test]
fn what_speaks_of_an_outcome_waits_until_hosts_have_put_it_down_and_they_hear_it_once() {
    let mut walk = goes_by_itself();
    for sitting in ["hello", "round", "triads"] {
        let because = "We did that in a room".to_owned();
        walk.does("Ann", &time(TimeAct::LeaveOut { sitting: sitting.to_owned(), because }));
    }
    walk.opens("give");
    walk.gives("Ann", "causes", &[("cause", "No gas")]);
    walk.gives("Bea", "causes", &[("cause", "No lorry")]);
    walk.gives("Cid", "causes", &[("cause", "No cook")]);
    walk.closes("give");
    walk.opens("choose");
    for name in ["Ann", "Abe", "Bea", "Ben", "Cid", "Cyd"] {
        walk.does(name, &Act::Pass { ask: "core-causes".to_owned() });
    }
    let notices = goes_on(&mut walk);
    assert!(told(&notices).contains(&"put-down-first") && closed(&walk, "core-causes"), "{notices:?}");
    let lacks = |walk: &Walk| coming(&walk.board).unwrap().lacks.iter().map(|ask| ask.key.clone()).collect::<Vec<_>>();
    assert_eq!(next(&walk.board).map(|sitting| sitting.key.as_str()), Some("groundwork-stands"));
    assert_eq!(lacks(&walk), ["core-causes"]);
    let notices = goes_on(&mut walk);
    assert_eq!((opened(&notices), told(&notices)), (vec![], vec!["waits-for"]));
    assert_eq!(wakes(&walk.board), None, "hosts know");
    assert!(told(&walk.passes_until(walk.now + TimeDelta::days(2))).is_empty(), "once");
    let cards = ["No gas", "No lorry", "No cook"].map(|words| walk.card(words)).to_vec();
    walk.now = at("2026-03-06T10:00:00Z");
    walk.does("Ann", &Act::Keep { ask: "core-causes".to_owned(), about: None, cards, despite: None });
    assert_eq!(wakes(&walk.board), Some(at("2026-03-09T09:00:00Z")), "time to word them, and no post on a Friday");
    assert_eq!(opened(&goes_on(&mut walk)), ["groundwork-stands"]);
    assert_eq!((walk.board.timetable.first.clone(), walk.board.timetable.held_up.clone()), (None, None));
}

#[test]
fn a_phase_that_is_done_closes_as_the_next_one_begins() {
    let mut walk = goes_by_itself();
    walk.opens("hello");
    walk.closes("hello");
    let phase = walk.board.plan.phases[0].clone();
    let notices = goes_on(&mut walk);
    assert_eq!(opened(&notices), ["round"]);
    // No partner has filled in its sheet: hosts hear it, and the Path goes on.
    assert!(told(&notices).contains(&"phase-stays-open") && !walk.board.is_closed(&phase));
    let mut walk = goes_by_itself();
    walk.opens("hello");
    for (name, partner) in [("Ann", "Alpha"), ("Bea", "Beta"), ("Cid", "Gamma")] {
        let _ = partner;
        walk.does(name, &Act::Pass { ask: "interface".to_owned() });
    }
    for name in ["Abe", "Ben", "Cyd"] {
        walk.does(name, &Act::Pass { ask: "interface".to_owned() });
    }
    walk.does("Ann", &Act::Waive { ask: "interface".to_owned(), person: None, partner: Some(walk.partner("Alpha")) });
    walk.does("Ann", &Act::Waive { ask: "interface".to_owned(), person: None, partner: Some(walk.partner("Beta")) });
    walk.does("Ann", &Act::Waive { ask: "interface".to_owned(), person: None, partner: Some(walk.partner("Gamma")) });
    walk.closes("hello");
    let notices = goes_on(&mut walk);
    assert!(notices.contains(&Notice::PhaseCloses { phase: phase.key.clone() }), "{notices:?}");
    assert!(walk.board.is_closed(&phase));
}

#[test]
fn triads_are_made_and_have_their_rooms_when_their_sitting_opens_by_itself() {
    let mut walk = goes_by_itself();
    for sitting in ["hello", "round"] {
        walk.opens(sitting);
        walk.closes(sitting);
    }
    assert!(walk.board.groups.is_empty());
    let notices = goes_on(&mut walk);
    assert_eq!(opened(&notices), ["triads"]);
    assert_eq!(walk.board.groups.len(), 2);
    let rooms = notices.iter().filter(|notice| matches!(notice, Notice::Room(Spot::Group(_)))).count();
    assert_eq!((rooms, told(&notices).contains(&"triads-by-itself")), (2, true));
}

#[test]
fn what_could_not_open_on_its_day_waits_for_a_morning() {
    let mut walk = goes_by_itself();
    walk.opens("hello");
    walk.closes("hello");
    // Tuesday 9:00 passes while nobody is there; it is Friday night when time goes on.
    assert!(opened(&walk.passes_until(at("2026-03-06T22:00:00Z"))).is_empty());
    assert_eq!(wakes(&walk.board), Some(at("2026-03-09T09:00:00Z")));
    assert_eq!(opened(&goes_on(&mut walk)), ["round"]);
    // Later on its own day is soon enough.
    walk.closes("round");
    assert_eq!(opened(&walk.passes_until(at("2026-03-10T16:00:00Z"))), ["triads"]);
}

#[test]
fn a_pause_that_ends_at_night_opens_nothing_before_the_morning() {
    let mut walk = goes_by_itself();
    walk.opens("hello");
    walk.closes("hello");
    walk.does("Ann", &time(TimeAct::Pause { until: "2026-03-20".to_owned() }));
    walk.now = at("2026-03-07T23:00:00Z");
    walk.does("Ann", &time(TimeAct::Resume));
    assert!(opened(&walk.passes_until(at("2026-03-07T23:05:00Z"))).is_empty(), "Saturday night");
    assert_eq!(opened(&walk.passes_until(at("2026-03-09T09:00:00Z"))), ["round"]);
}

#[test]
fn an_ask_of_the_last_phase_that_is_opened_again_publishes_nothing_twice() {
    let mut walk = goes_by_itself();
    let last = walk.board.plan.phases.last().unwrap().clone();
    let sittings = walk.board.plan.phases.iter().flat_map(|phase| &phase.sittings).map(|one| one.key.clone());
    for sitting in sittings.filter(|key| *key != last.sittings[0].key).collect::<Vec<_>>() {
        walk.does("Ann", &time(TimeAct::LeaveOut { sitting, because: "test".to_owned() }));
    }
    walk.opens(&last.sittings[0].key);
    walk.closes(&last.sittings[0].key);
    let ask = last.sittings[0].asks.last().unwrap().key.clone();
    let again = Act::OpenAsk { ask: ask.clone(), because: "One was ill".to_owned(), slate: vec![], about: vec![] };
    walk.does("Ann", &again);
    let ends = walk.board.window_of(&ask).unwrap().ends;
    assert!(coming(&walk.board).is_none(), "something of it is open");
    let mut turns = 0;
    while let Some(at) = wakes(&walk.board) {
        turns += 1;
        assert!(turns < 10, "time comes to rest");
        let now = at.max(walk.now);
        walk.passes_until(now);
    }
    assert!(walk.now >= ends && walk.board.is_closed(&last));
    assert_eq!(walk.board.versions.iter().filter(|version| version.nth.is_some()).count(), 1);
}

#[test]
fn what_is_asked_again_is_waited_for() {
    let mut walk = goes_by_itself();
    for sitting in ["hello", "round", "triads"] {
        let because = "We did that in a room".to_owned();
        walk.does("Ann", &time(TimeAct::LeaveOut { sitting: sitting.to_owned(), because }));
    }
    walk.opens("give");
    for words in ["No gas", "No lorry", "No cook"] {
        walk.gives("Ann", "causes", &[("cause", words)]);
    }
    walk.closes("give");
    walk.opens("choose");
    walk.closes("choose");
    let cards = ["No gas", "No lorry", "No cook"].map(|words| walk.card(words)).to_vec();
    walk.does("Ann", &Act::Keep { ask: "core-causes".to_owned(), about: None, cards, despite: None });
    assert!(coming(&walk.board).is_some());
    let again =
        Act::OpenAsk { ask: "core-causes".to_owned(), because: "test".to_owned(), slate: vec![], about: vec![] };
    walk.does("Ann", &again);
    assert!(coming(&walk.board).is_none(), "the next sitting speaks of it");
}

#[test]
fn the_last_phase_closes_by_itself_and_publishes() {
    let mut walk = goes_by_itself();
    let last = walk.board.plan.phases.last().unwrap().clone();
    let before = walk.board.plan.phases.iter().flat_map(|phase| &phase.sittings).map(|one| one.key.clone());
    for sitting in before.filter(|key| *key != last.sittings[0].key).collect::<Vec<_>>() {
        walk.does("Ann", &time(TimeAct::LeaveOut { sitting, because: "test".to_owned() }));
    }
    walk.opens(&last.sittings[0].key);
    walk.closes(&last.sittings[0].key);
    let coming = coming(&walk.board).unwrap();
    assert_eq!(coming.sitting, None);
    let notices = goes_on(&mut walk);
    assert!(notices.contains(&Notice::PhaseCloses { phase: last.key.clone() }), "{notices:?}");
    assert_eq!(walk.board.versions.last().and_then(|version| version.nth), Some(1));
    assert_eq!(wakes(&walk.board), None, "that was all");
}

#[test]
fn hosts_say_by_hand_not_before_a_day_and_which_comes_first() {
    let mut walk = goes_by_itself();
    walk.opens("hello");
    walk.closes("hello");
    let date = |date: &str| time(TimeAct::Date { sitting: "round".to_owned(), date: date.to_owned() });
    walk.does("Ann", &date("20 March"));
    assert_eq!(coming(&walk.board).unwrap().at, at("2026-03-20T09:00:00Z"));
    walk.refused("Ann", &date("1 March 2026"), "past-date");
    walk.refused("Ann", &date("soon"), "unreadable-date");
    walk.refused("Bea", &date("20 March"), "hosts-only");
    walk.does("Ann", &date(" "));
    assert_eq!(coming(&walk.board).unwrap().at, at("2026-03-03T09:00:00Z"));
    walk.does("Ann", &time(TimeAct::First { sitting: "dream".to_owned() }));
    assert_eq!(next(&walk.board).map(|sitting| sitting.key.as_str()), Some("dream"));
    walk.refused("Ann", &time(TimeAct::First { sitting: "hello".to_owned() }), "already-open");
    walk.refused("Ann", &time(TimeAct::First { sitting: "nowhere".to_owned() }), "unknown");
    walk.does("Ann", &time(TimeAct::ByItself(false)));
    assert_eq!((coming(&walk.board), wakes(&walk.board)), (None, None));
    assert!(!is_open(&walk, "dream"));
}

#[test]
fn nothing_opens_in_a_pause() {
    let mut walk = goes_by_itself();
    walk.opens("hello");
    walk.closes("hello");
    walk.does("Ann", &time(TimeAct::Pause { until: "2026-03-10".to_owned() }));
    assert!(opened(&walk.passes_until(at("2026-03-09T12:00:00Z"))).is_empty());
    let notices = walk.passes_until(at("2026-03-10T09:00:00Z"));
    assert_eq!(walk.board.timetable.pause, None);
    assert_eq!(opened(&notices), ["round"], "its morning has come meanwhile");
}

#[test]
fn a_pace_and_own_days_hold_for_what_has_not_opened() {
    let mut walk = goes_by_itself();
    walk.opens("hello");
    let ends = walk.board.window_of("hello-line").unwrap().ends;
    walk.does("Ann", &time(TimeAct::Pace { pace: Some("brisk".to_owned()) }));
    assert_eq!(walk.board.window_of("hello-line").unwrap().ends, ends, "what is open keeps its end");
    let all = || walk.board.plan.phases.iter().flat_map(|phase| &phase.sittings);
    assert_eq!(all().map(|sitting| walk.board.days(sitting)).sum::<u16>(), 16);
    let days = |days: &str| time(TimeAct::Days { sitting: "round".to_owned(), days: days.to_owned() });
    for (typed, key) in [("0", "out-of-bounds"), ("31", "out-of-bounds"), ("two", "unreadable"), ("", "unreadable")] {
        walk.refused("Ann", &days(typed), key);
    }
    walk.refused("Ann", &time(TimeAct::Days { sitting: "hello".to_owned(), days: "3".to_owned() }), "already-open");
    walk.refused("Ann", &time(TimeAct::Pace { pace: Some("hasty".to_owned()) }), "unknown");
    walk.does("Ann", &days("3"));
    walk.closes("hello");
    walk.opens("round");
    // Monday, Tuesday, Wednesday.
    assert_eq!(walk.board.window_of("rules").unwrap().ends, at("2026-03-04T18:00:00Z"));
    walk.does("Ann", &time(TimeAct::Pace { pace: None }));
    let (_, give) = walk.board.plan.sitting("give").unwrap();
    assert_eq!(walk.board.days(give), 2);
}

#[test]
fn a_window_still_ends_at_18_when_a_country_changes_its_rules() {
    let mut walk = Walk::joined();
    walk.does(
        "Cyd",
        &Act::Change {
            person: walk.person("Cyd"),
            level: None,
            zone: Some("America/Toronto".to_owned()),
            host: None,
            observer: None,
        },
    );
    walk.opens("hello");
    let window = walk.board.window_of("hello-line").unwrap().clone();
    let shown = window.wall.clone().unwrap();
    assert_eq!((shown.zone.as_str(), shown.shows.to_string().as_str()), ("America/Toronto", "2026-03-05 18:00:00"));
    assert_eq!((window.ends, shown.at()), (at("2026-03-05T23:00:00Z"), at("2026-03-05T23:00:00Z")));
    // As if it had been worked out by the data of before: an hour off.
    let stale = crate::path::Window { ends: window.ends + TimeDelta::hours(1), ..window.clone() };
    walk.board.apply(&[Change::Window(stale)]);
    assert!(wakes(&walk.board).is_some_and(|at| at <= walk.now), "at the next start it is put right");
    let notices = walk.passes_until(walk.now);
    assert_eq!(walk.board.window_of("hello-line").unwrap().ends, window.ends);
    assert!(notices.contains(&Notice::Board));
}
