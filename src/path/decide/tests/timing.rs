//! What closes by itself, when, and who is told.

use super::*;

const ALL: [&str; 6] = ["Ann", "Abe", "Bea", "Ben", "Cid", "Cyd"];

pub(super) fn hours(hours: i64) -> TimeDelta {
    TimeDelta::hours(hours)
}

pub(super) fn closed(walk: &Walk, ask: &str) -> bool {
    !walk.board.window_of(ask).unwrap().is_open()
}

fn pass(walk: &mut Walk, names: &[&str], asks: &[&str]) {
    for name in names {
        for ask in asks {
            walk.does(name, &Act::Pass { ask: (*ask).to_owned() });
        }
    }
}

fn close(sitting: &str) -> Act {
    Act::Close { sitting: sitting.to_owned(), despite: None }
}

/// The keys of what hosts are told.
pub(super) fn told(notices: &[Notice]) -> Vec<&str> {
    let said = notices.iter().filter_map(|notice| match notice {
        Notice::Say { spot: Spot::Hosts, said } => Some(said.key.as_str()),
        _ => None,
    });
    said.collect()
}

pub(super) fn posts(notices: &[Notice]) -> usize {
    let post = |notice: &&Notice| {
        matches!(
            notice,
            Notice::Closes { .. } | Notice::AskCloses { .. } | Notice::Opens { .. } | Notice::AskOpens { .. }
        )
    };
    notices.iter().filter(post).count()
}

#[test]
fn a_step_closes_an_hour_after_the_last_one_has_given_and_once() {
    let mut walk = Walk::joined();
    walk.opens("give");
    pass(&mut walk, &ALL, &["problem", "causes"]);
    pass(&mut walk, &ALL[..5], &["effects"]);
    assert!(walk.passes_until(walk.now + hours(3)).is_empty(), "one is missing");
    pass(&mut walk, &ALL[5..], &["effects"]);
    let last = walk.now - TimeDelta::minutes(1);
    assert!(walk.passes_until(last + hours(1) - TimeDelta::seconds(1)).is_empty(), "a slip can still be mended");
    // Somebody mends one, and the hour begins anew.
    walk.gives("Cyd", "causes", &[("cause", "No gas")]);
    let last = walk.now - TimeDelta::minutes(1);
    assert_eq!(wakes(&walk.board), Some(last + hours(1)));
    assert!(walk.passes_until(last + hours(1) - TimeDelta::seconds(1)).is_empty());
    let notices = walk.passes_until(last + hours(1));
    assert_eq!(notices, [Notice::Closes { sitting: "give".to_owned() }, Notice::Board]);
    assert!(["problem", "causes", "effects"].iter().all(|ask| closed(&walk, ask)));
    assert!(walk.passes_until(last + hours(1)).is_empty(), "it closes once");
    assert!(walk.passes_until(last).is_empty(), "and not again where the clock is set back");
    assert_eq!(wakes(&walk.board), None);
}

#[test]
fn what_gathers_closes_at_its_end_and_hosts_hear_who_is_missing() {
    let mut walk = Walk::joined();
    walk.opens("give");
    pass(&mut walk, &ALL[..4], &["problem", "causes", "effects"]);
    let ends = walk.board.window_of("causes").unwrap().ends;
    assert!(walk.passes_until(ends - TimeDelta::seconds(1)).is_empty());
    let notices = walk.passes_until(ends);
    assert_eq!((told(&notices), posts(&notices)), (vec!["closed-without"], 1));
    let names = notices.iter().find_map(|notice| match notice {
        Notice::Say { said, .. } => said.with.get("names").cloned(),
        _ => None,
    });
    assert_eq!(names.as_deref(), Some("Cid, Cyd"));
    assert!(closed(&walk, "causes") && walk.board.window_of("causes").unwrap().itself);
}

#[test]
fn what_decides_without_a_quorum_is_extended_once() {
    let mut walk = Walk::joined();
    walk.opens("choose");
    pass(&mut walk, &ALL[..4], &["core-causes"]);
    let window = walk.board.window_of("core-causes").unwrap().clone();
    // Two thirds have given, but nobody of Gamma.
    let notices = walk.passes_until(window.ends);
    assert_eq!((told(&notices), posts(&notices)), (vec!["extended"], 0));
    let longer = walk.board.window_of("core-causes").unwrap().clone();
    assert!(longer.is_open() && longer.extended);
    // Two days on a Monday end on Tuesday; half of that again is one day more.
    assert_eq!(
        (window.ends, longer.ends),
        ("2026-03-03T18:00:00Z".parse().unwrap(), "2026-03-04T18:00:00Z".parse().unwrap())
    );
    walk.refused("Ann", &close("choose"), "missing");
    let notices = walk.passes_until(longer.ends);
    assert_eq!((told(&notices), posts(&notices)), (vec!["closed-without"], 1));
    assert!(closed(&walk, "core-causes"));
}

#[test]
fn what_decides_with_a_quorum_closes_at_its_end() {
    let mut walk = Walk::joined();
    walk.opens("choose");
    pass(&mut walk, &["Ann", "Abe", "Bea", "Cid"], &["core-causes"]);
    let ends = walk.board.window_of("core-causes").unwrap().ends;
    let notices = walk.passes_until(ends);
    assert_eq!((told(&notices), posts(&notices)), (vec!["closed-without"], 1), "Ben and Cyd are missing");
    assert!(closed(&walk, "core-causes"));
}

#[test]
fn a_long_absence_is_caught_up_with_in_one_go() {
    let mut walk = Walk::joined();
    walk.opens("give");
    walk.opens("choose");
    walk.does("Ann", &Act::OpenAsk { ask: "brings".to_owned(), because: "x".to_owned(), slate: vec![], about: vec![] });
    let late = walk.board.window_of("causes").unwrap().ends + TimeDelta::days(10);
    let notices = walk.passes_until(late);
    assert_eq!(posts(&notices), 2, "one post a sitting: {notices:?}");
    assert!(closed(&walk, "causes") && closed(&walk, "brings"));
    let choose = walk.board.window_of("core-causes").unwrap();
    assert!(choose.is_open() && choose.ends > late, "its second time is one in which people can come");
    assert!(walk.passes_until(late + TimeDelta::minutes(5)).is_empty());
}

#[test]
fn a_step_waits_for_drafters_and_triads_that_are_still_to_be_named_but_not_for_ever() {
    for (sitting, asks) in [("moves-me", ["moving", "signs"].as_slice()), ("triads", &["story"])] {
        let mut walk = Walk::joined();
        walk.opens(sitting);
        pass(&mut walk, &ALL, asks);
        let ends = walk.board.window_of(asks[0]).unwrap().ends;
        assert_eq!(wakes(&walk.board), Some(ends), "{sitting}");
        assert_eq!(posts(&walk.passes_until(ends)), 1, "{sitting}");
        assert!(closed(&walk, asks[0]), "{sitting}");
    }
}

#[test]
fn one_drafter_is_enough() {
    let mut walk = Walk::joined();
    walk.opens("moves-me");
    pass(&mut walk, &ALL, &["moving", "signs"]);
    let people = [walk.person("Bea"), walk.person("Cid")].into();
    walk.does("Ann", &Act::Drafters { ask: "sentence".to_owned(), people });
    walk.gives("Bea", "sentence", &[("sentence", "All children eat well at school.")]);
    assert_eq!(posts(&walk.passes_until(walk.now + hours(1))), 1);
}

#[test]
fn an_ask_that_was_opened_alone_closes_alone() {
    let mut walk = Walk::joined();
    let open = |ask: &str| Act::OpenAsk { ask: ask.to_owned(), because: "x".to_owned(), slate: vec![], about: vec![] };
    walk.does("Ann", &open("brings"));
    let ends = walk.board.window_of("brings").unwrap().ends;
    walk.does("Ann", &open("backbone-hours"));
    for name in ["Ann", "Bea"] {
        walk.gives(name, "brings", &[("brings", "A van")]);
    }
    // All people of a partner skip: so does the partner.
    pass(&mut walk, &["Cid"], &["brings"]);
    assert_eq!(wakes(&walk.board), Some(ends));
    pass(&mut walk, &["Cyd"], &["brings"]);
    let notices = walk.passes_until(walk.now + hours(1));
    assert_eq!(notices, [Notice::AskCloses { ask: "brings".to_owned() }, Notice::Board]);
    assert!(!closed(&walk, "backbone-hours"), "whoever owns it comes when they come");
    let ends = walk.board.window_of("backbone-hours").unwrap().ends;
    assert_eq!(posts(&walk.passes_until(ends)), 1);
}

#[test]
fn the_last_one_missing_leaves_and_the_step_closes_an_hour_later() {
    let mut walk = Walk::joined();
    walk.opens("dream");
    pass(&mut walk, &ALL[..5], &["collective-impact", "drafts"]);
    walk.now += hours(5);
    let left = walk.now;
    walk.does("Ann", &Act::Leave { person: walk.person("Cyd") });
    assert_eq!(wakes(&walk.board), Some(left + hours(1)));
}

#[test]
fn a_host_who_comes_too_late_is_answered_kindly() {
    let mut walk = Walk::joined();
    walk.refused("Ann", &close("give"), "not-open-yet");
    walk.opens("give");
    let ends = walk.board.window_of("causes").unwrap().ends;
    walk.passes_until(ends);
    let before = walk.board.windows.clone();
    let reply = walk.does("Ann", &close("give"));
    assert_eq!(
        (reply.said.key.as_str(), reply.said.with["at_s"].clone()),
        ("closed-itself", ends.timestamp().to_string())
    );
    let reply = walk.does("Ann", &Act::CloseAsk { ask: "causes".to_owned(), despite: None });
    assert_eq!(reply.said.key, "closed-itself-ask");
    assert_eq!(before, walk.board.windows);
    walk.opens("dream");
    walk.does("Ann", &close("dream"));
    let reply = walk.does("Ann", &close("dream"));
    assert_eq!(reply.said.key, "closed-already", "two hosts at once");
    walk.refused("Ben", &close("dream"), "hosts-only");
}
