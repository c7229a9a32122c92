//! Links and releases: hosts only, within bounds, told to the other hosts.

use chrono::TimeDelta;

use super::*;
use crate::path::decide::{SHARE_DAYS, SHARE_DAYS_MAX, SHARES_MAX};

pub(super) fn link(scope: Scope, nth: usize) -> Act {
    Act::Share { scope, hash: format!("{nth:064x}"), until: None }
}

fn until(at: DateTime<Utc>) -> Act {
    Act::Share { scope: Scope::Partners, hash: "a".repeat(64), until: Some(at) }
}

fn only(walk: &Walk) -> Share {
    assert_eq!(walk.board.shares.len(), 1);
    walk.board.shares.values().next().unwrap().clone()
}

#[test]
fn a_link_opens_until_it_ends_or_is_taken_back() {
    let mut walk = Walk::joined();
    let at = walk.now;
    let reply = walk.does("Ann", &link(Scope::Partners, 1));
    let share = only(&walk);
    assert_eq!(reply.said.key, "shared");
    assert_eq!(reply.said.with["share"], share.id.to_string());
    assert!(!format!("{reply:?}").contains(&share.hash), "a receipt keeps the reply");
    assert_eq!((share.at, share.until), (at, at + TimeDelta::days(SHARE_DAYS)));
    assert!(share.is_live(at) && share.is_live(share.until - TimeDelta::seconds(1)));
    assert!(!share.is_live(share.until));
    assert_eq!(share.viewer(), Viewer::Room);
    walk.does("Ann", &Act::Unshare { share: share.id });
    assert!(!only(&walk).is_live(at));
    walk.refused("Ann", &Act::Unshare { share: share.id }, "link-gone");
    walk.refused("Ann", &Act::Unshare { share: ShareId(77) }, "link-gone");
}

#[test]
fn only_hosts_share_and_release_and_the_others_hear_of_it() {
    let mut walk = Walk::joined();
    let release = Act::Release { sections: Vec::new() };
    for name in ["Bea", "Abe"] {
        walk.refused(name, &link(Scope::Partners, 1), "hosts-only");
        walk.refused(name, &Act::Unshare { share: ShareId(1) }, "hosts-only");
        walk.refused(name, &release, "hosts-only");
    }
    walk.notices.clear();
    walk.does("Ann", &link(Scope::Outside, 1));
    let told = |walk: &Walk, key: &str| {
        walk.notices.iter().any(|notice| match notice {
            Notice::Say { spot: Spot::Hosts, said } => said.key == key && said.with["name"] == "Ann",
            _ => false,
        })
    };
    assert!(told(&walk, "link-for-outside"));
    let share = only(&walk).id;
    walk.does("Ann", &Act::Unshare { share });
    assert!(told(&walk, "link-taken-back"));
}

#[test]
fn a_link_ends_neither_in_the_past_nor_after_more_than_a_year() {
    let mut walk = Walk::joined();
    let now = walk.now;
    walk.refused("Ann", &until(now), "past-date");
    walk.refused("Ann", &until(now - TimeDelta::days(1)), "past-date");
    walk.refused("Ann", &until(now + TimeDelta::days(SHARE_DAYS_MAX) + TimeDelta::seconds(1)), "too-far-off");
    walk.does("Ann", &until(now + TimeDelta::days(SHARE_DAYS_MAX)));
    walk.refused("Ann", &until(now + TimeDelta::days(1)), "shown-once");
}

#[test]
fn what_is_no_hash_is_not_kept() {
    let mut walk = Walk::joined();
    for hash in [String::new(), "a".repeat(32), "A".repeat(64), "g".repeat(64), "é".repeat(32)] {
        walk.refused("Ann", &Act::Share { scope: Scope::Partners, hash, until: None }, "unknown");
    }
}

#[test]
fn so_many_links_open_at_once_and_no_more() {
    let mut walk = Walk::joined();
    for nth in 0..SHARES_MAX {
        walk.does("Ann", &link(Scope::Partners, nth));
    }
    walk.refused("Ann", &link(Scope::Partners, 100), "too-many-links");
    let first = *walk.board.shares.keys().next().unwrap();
    walk.does("Ann", &Act::Unshare { share: first });
    walk.does("Ann", &link(Scope::Partners, 100));
    walk.now += TimeDelta::days(SHARE_DAYS);
    walk.does("Ann", &link(Scope::Partners, 101));
}

#[test]
fn nothing_is_released_until_a_host_says_so() {
    let mut walk = Walk::joined();
    let sections: Vec<String> = walk.board.plan.sections.iter().map(|section| section.key.clone()).collect();
    assert!(!sections.iter().any(|key| walk.board.is_released(key)));
    assert_eq!(walk.does("Ann", &link(Scope::Outside, 1)).said.key, "shared-outside-nothing");
    let both = vec![sections[1].clone(), sections[0].clone(), sections[1].clone()];
    let reply = walk.does("Ann", &Act::Release { sections: both.clone() });
    assert_eq!((reply.said.key.as_str(), reply.said.with["count"].as_str()), ("released", "2"));
    assert!(walk.board.is_released(&sections[0]) && !walk.board.is_released(&sections[2]));
    walk.does("Ann", &Act::Release { sections: both });
    assert_eq!(walk.board.releases.len(), 1, "what is said twice is said once");
    assert_eq!(walk.does("Ann", &link(Scope::Outside, 2)).said.key, "shared-outside");
    walk.refused("Ann", &Act::Release { sections: vec!["no such section".to_owned()] }, "unknown");
    assert_eq!(walk.does("Ann", &Act::Release { sections: Vec::new() }).said.key, "released-nothing");
    assert!(!walk.board.is_released(&sections[0]));
    assert_eq!(walk.board.releases.len(), 2, "what was released stays known");
}

#[test]
fn hosts_see_which_links_there_are_and_nobody_sees_a_hash() {
    let mut walk = Walk::joined();
    walk.does("Ann", &link(Scope::Partners, 1));
    let seen = |viewer| view(&walk.board, viewer, walk.now).shown().shares.clone();
    for viewer in [Viewer::Hosts, Viewer::Person(walk.person("Ann"))] {
        assert_eq!(seen(viewer).values().map(|share| share.hash.as_str()).collect::<Vec<_>>(), [""]);
    }
    let beta = walk.partner("Beta");
    for viewer in [Viewer::Room, Viewer::Outside, Viewer::Partner(beta), Viewer::Person(walk.person("Bea"))] {
        assert!(seen(viewer).is_empty(), "{viewer:?}");
    }
}
