//! Occasions: what stands in the house's calendar, and when that is to be seen to.

use super::*;
use crate::path::occasion::{LAST, all};

fn switch() -> Act {
    Act::Time(TimeAct::Occasions { barred: false })
}

fn bar(barred: bool) -> Act {
    Act::Time(TimeAct::Barred(barred))
}

/// Monday, 2 March: occasions are on, and nothing is open.
fn on() -> Walk {
    let mut walk = Walk::joined();
    walk.does("Ann", &switch());
    walk
}

/// Whether the calendar is to be seen to since the last time this was asked.
fn is_due(walk: &mut Walk) -> bool {
    std::mem::take(&mut walk.notices).contains(&Notice::Occasions)
}

fn end(walk: &Walk, ask: &str) -> DateTime<Utc> {
    walk.board.window_of(ask).unwrap().ends
}

fn ends(walk: &Walk) -> Vec<DateTime<Utc>> {
    all(&walk.board).iter().map(|one| one.ends).collect()
}

#[test]
fn they_are_off_until_a_host_switches_them_on_and_off_again() {
    let mut walk = Walk::joined();
    walk.opens("give");
    walk.closes("give");
    walk.opens("dream");
    assert!(all(&walk.board).is_empty() && !is_due(&mut walk), "nothing while off");
    walk.refused("Ben", &switch(), "hosts-only");
    assert_eq!(walk.does("Ann", &switch()).said.key, "events-on");
    assert!(is_due(&mut walk));
    assert_eq!(ends(&walk), [end(&walk, "drafts")]);
    assert_eq!(walk.does("Ann", &switch()).said.key, "events-off");
    assert!(is_due(&mut walk) && all(&walk.board).is_empty(), "what stands there goes");
}

#[test]
fn each_open_sitting_has_its_last_hour() {
    let mut walk = on();
    assert!(all(&walk.board).is_empty(), "nothing is open");
    walk.opens("dream");
    assert!(is_due(&mut walk));
    let one = all(&walk.board).remove(0);
    assert_eq!((one.sitting.as_str(), &one.ask), ("dream", &None));
    assert_eq!((one.starts, one.ends), (one.ends - LAST, end(&walk, "drafts")));
    walk.gives("Ben", "drafts", &[("draft", "Every child eats.")]);
    assert!(!is_due(&mut walk), "what is given moves nothing");
    // One window of a sitting that closes earlier leaves the occasion where it is.
    let asks: Vec<String> =
        walk.board.windows.values().filter(|one| one.is_open()).map(|one| one.ask.clone()).collect();
    assert!(asks.len() > 1, "{asks:?}");
    let first = walk.board.windows.values().find(|one| one.is_open()).unwrap().ask.clone();
    let despite = Some("test".to_owned());
    walk.does("Ann", &Act::CloseAsk { ask: first, despite });
    assert_eq!(all(&walk.board), [one]);
    walk.closes("dream");
    assert!(is_due(&mut walk) && all(&walk.board).is_empty());
}

#[test]
fn an_ask_that_is_opened_by_itself_has_its_own() {
    let mut walk = on();
    walk.opens("dream");
    walk.does("Ann", &Act::OpenAsk { ask: "causes".to_owned(), because: String::new(), slate: vec![], about: vec![] });
    let asks: Vec<Option<String>> = all(&walk.board).into_iter().map(|one| one.ask).collect();
    assert_eq!(asks, [Some("causes".to_owned()), None]);
}

#[test]
fn one_moves_with_its_end() {
    let mut walk = on();
    walk.opens("dream");
    let before = all(&walk.board).remove(0);
    is_due(&mut walk);
    walk.does("Ann", &Act::Time(TimeAct::Extend { sitting: "dream".to_owned(), until: "20 March".to_owned() }));
    let after = all(&walk.board).remove(0);
    let reworded = Notice::Reworded { sitting: "dream".to_owned() };
    assert!(walk.notices.contains(&reworded), "the post in the channel says when it ends, too");
    assert!(is_due(&mut walk));
    assert_eq!((after.window, after.ends), (before.window, "2026-03-20T18:00:00Z".parse().unwrap()));
    // What decides and has no quorum is given more time once.
    let mut walk = on();
    walk.opens("choose");
    let before = all(&walk.board).remove(0);
    is_due(&mut walk);
    walk.passes_until(before.ends);
    let after = all(&walk.board).remove(0);
    assert!(after.window == before.window && after.ends > before.ends, "{after:?}");
}

#[test]
fn it_begins_at_the_opening_where_less_than_an_hour_is_left() {
    let mut walk = on();
    walk.opens("dream");
    let opened = walk.board.window_of("drafts").unwrap().opens;
    for window in walk.board.windows.values_mut().filter(|window| window.is_open()) {
        window.ends = opened + LAST / 2;
    }
    assert_eq!(all(&walk.board)[0].starts, opened);
}

#[test]
fn in_a_pause_it_stands_where_the_end_will_be() {
    let mut walk = on();
    walk.opens("dream");
    let before = end(&walk, "drafts");
    is_due(&mut walk);
    walk.does("Ann", &Act::Time(TimeAct::Pause { until: "9 March".to_owned() }));
    assert!(is_due(&mut walk));
    let expected = ends(&walk);
    assert!(expected[0] > before, "{expected:?}");
    let until = walk.board.timetable.pause.unwrap().until;
    walk.notices.clear();
    let said = walk.passes_until(until);
    assert_eq!([end(&walk, "drafts")], expected[..], "it was no empty promise");
    assert!(!said.contains(&Notice::Occasions), "nothing moved");
    // A pause that is over earlier brings it back.
    let mut walk = on();
    walk.opens("dream");
    walk.does("Ann", &Act::Time(TimeAct::Pause { until: "9 March".to_owned() }));
    is_due(&mut walk);
    walk.does("Ann", &Act::Time(TimeAct::Resume));
    assert!(is_due(&mut walk));
    assert_eq!(ends(&walk), [end(&walk, "drafts")]);
}

#[test]
fn hosts_are_told_once_that_it_is_not_allowed() {
    let told = |walk: &mut Walk| {
        let is_told = |notice: &&Notice| matches!(notice, Notice::Say { said, .. } if said.key == "events-barred");
        std::mem::take(&mut walk.notices).iter().filter(is_told).count()
    };
    let mut walk = on();
    for who in ["Ann", "Ben"] {
        walk.refused(who, &bar(true), "hosts-only");
    }
    walk.act(&Who::Clock, &bar(true)).unwrap();
    walk.act(&Who::Clock, &bar(true)).unwrap();
    assert_eq!(told(&mut walk), 1);
    walk.act(&Who::Clock, &bar(false)).unwrap();
    assert_eq!(told(&mut walk), 0);
    walk.act(&Who::Clock, &bar(true)).unwrap();
    assert_eq!(told(&mut walk), 1, "it was taken away again");
    // Whoever hears it at the switch does not hear it again.
    let mut walk = Walk::joined();
    let reply = walk.does("Ann", &Act::Time(TimeAct::Occasions { barred: true }));
    assert_eq!(reply.said.key, "events-on-barred");
    walk.act(&Who::Clock, &bar(true)).unwrap();
    assert_eq!(told(&mut walk), 0);
    walk.does("Ann", &switch());
    walk.act(&Who::Clock, &bar(true)).unwrap();
    assert_eq!((told(&mut walk), walk.board.timetable.occasions), (0, None), "it is off");
}
