//! After the last step a phase that could not close closes by itself, once what held it up is mended.

use super::*;
use crate::path::coming::coming;

fn at(moment: &str) -> DateTime<Utc> {
    moment.parse().unwrap()
}

fn said(notices: &[Notice], key: &str) -> usize {
    notices.iter().filter(|notice| matches!(notice, Notice::Say { said, .. } if said.key == key)).count()
}

fn published(walk: &Walk) -> usize {
    walk.board.versions.iter().filter(|version| version.nth.is_some()).count()
}

/// The whole road has been gone; of groundwork nothing was kept, so that it cannot close.
fn at_the_end() -> Walk {
    let mut walk = Walk::joined();
    walk.does("Ann", &Act::Time(TimeAct::ByItself(true)));
    let sittings: Vec<String> = walk.board.plan.sittings().map(|(_, sitting)| sitting.key.clone()).collect();
    for sitting in sittings.iter().filter(|key| !["give", "choose", "farewell"].contains(&key.as_str())) {
        let because = "we did it in a room".to_owned();
        walk.does("Ann", &Act::Time(TimeAct::LeaveOut { sitting: sitting.clone(), because }));
    }
    walk.opens("give");
    for words in ["No gas", "No lorry", "No cook"] {
        walk.gives("Ann", "causes", &[("cause", words)]);
    }
    walk.closes("give");
    walk.opens("choose");
    walk.closes("choose");
    walk.opens("farewell");
    walk.closes("farewell");
    walk
}

/// Time does what it has to do until it rests; it must come to rest.
fn rests(walk: &mut Walk) -> Vec<Notice> {
    let mut notices = Vec::new();
    for turn in 0.. {
        assert!(turn < 6, "time does not come to rest: {:?}", coming(&walk.board));
        let Some(at) = wakes(&walk.board) else { break };
        notices.extend(walk.passes_until(at.max(walk.now)));
    }
    notices
}

fn groundwork(walk: &Walk) -> plan::Phase {
    walk.board.plan.sitting("choose").unwrap().0.clone()
}

fn keep(walk: &Walk) -> Act {
    let cards = ["No gas", "No lorry", "No cook"].map(|words| walk.card(words)).to_vec();
    Act::Keep { ask: "core-causes".to_owned(), about: None, cards, despite: None }
}

#[test]
fn what_is_mended_closes_on_the_next_working_morning_and_once() {
    let mut walk = at_the_end();
    let notices = rests(&mut walk);
    assert_eq!((said(&notices, "last-phase-stays-open"), published(&walk)), (1, 1), "{notices:?}");
    assert!(!walk.board.is_closed(&groundwork(&walk)) && wakes(&walk.board).is_none(), "hosts know");
    // Friday afternoon.
    walk.now = at("2026-03-13T15:00:00Z");
    let act = keep(&walk);
    walk.does("Ann", &act);
    assert_eq!(wakes(&walk.board), Some(at("2026-03-16T09:00:00Z")), "hosts may go on mending until Monday morning");
    let notices = rests(&mut walk);
    let closes = Notice::PhaseCloses { phase: groundwork(&walk).key };
    assert_eq!(notices.iter().filter(|notice| **notice == closes).count(), 1, "{notices:?}");
    assert!(walk.board.is_closed(&groundwork(&walk)));
    assert_eq!((published(&walk), walk.board.timetable.held_up.clone()), (1, None), "nothing else is published");
    assert!(walk.passes_until(at("2026-03-20T09:00:00Z")).is_empty() && wakes(&walk.board).is_none());
}

#[test]
fn what_is_mended_halfway_waits_and_hosts_hear_nothing_twice() {
    let mut walk = at_the_end();
    rests(&mut walk);
    let Act::Keep { ask, about, cards, .. } = keep(&walk) else { unreachable!("BUG: it keeps") };
    let despite = Some("one is enough".to_owned());
    walk.does("Ann", &Act::Keep { ask, about, cards: cards[..1].to_vec(), despite });
    assert_eq!(wakes(&walk.board), None, "one is not three to five");
    assert!(walk.passes_until(walk.now + TimeDelta::days(5)).is_empty());
    assert!(!walk.board.is_closed(&groundwork(&walk)));
}

#[test]
fn what_goes_wrong_again_is_told_again_and_rests_again() {
    let mut walk = at_the_end();
    rests(&mut walk);
    let act = keep(&walk);
    walk.does("Ann", &act);
    rests(&mut walk);
    let again = Act::OpenAsk {
        ask: "core-causes".to_owned(),
        because: "Another one".to_owned(),
        slate: Vec::new(),
        about: Vec::new(),
    };
    walk.does("Ann", &again);
    let Act::Keep { ask, about, cards, .. } = keep(&walk) else { unreachable!("BUG: it keeps") };
    walk.does("Ann", &Act::CloseAsk { ask: ask.clone(), despite: Some("test".to_owned()) });
    let despite = Some("test".to_owned());
    walk.does("Ann", &Act::Keep { ask, about, cards: cards[..1].to_vec(), despite });
    let notices = rests(&mut walk);
    assert_eq!((said(&notices, "last-phase-stays-open"), published(&walk)), (1, 1), "{notices:?}");
    let act = keep(&walk);
    walk.does("Ann", &act);
    rests(&mut walk);
    assert!(walk.board.is_closed(&groundwork(&walk)));
}

#[test]
fn by_hand_or_in_a_pause_nothing_closes() {
    let mut walk = at_the_end();
    rests(&mut walk);
    let act = keep(&walk);
    walk.does("Ann", &act);
    walk.does("Ann", &Act::Time(TimeAct::ByItself(false)));
    assert_eq!(wakes(&walk.board), None);
    walk.does("Ann", &Act::Time(TimeAct::ByItself(true)));
    let until = "2026-03-20".to_owned();
    walk.does("Ann", &Act::Time(TimeAct::Pause { until }));
    assert!(walk.passes_until(at("2026-03-17T09:00:00Z")).is_empty());
    rests(&mut walk);
    assert!(walk.board.is_closed(&groundwork(&walk)) && walk.now >= at("2026-03-20T00:00:00Z"));
}
