//! People change: hosts, partners, accounts, triads.

use super::*;
use crate::path::giver;

fn host(walk: &Walk, name: &str, host: bool) -> Act {
    Act::Change { person: walk.person(name), level: None, zone: None, host: Some(host), observer: None }
}

#[test]
fn a_host_hands_over_and_the_last_one_cannot_go() {
    let mut walk = Walk::joined();
    walk.refused("Ann", &host(&walk, "Ann", false).clone(), "last-host");
    walk.refused("Ann", &Act::Leave { person: walk.person("Ann") }, "last-host");
    walk.refused("Ann", &Act::PartnerLeaves { partner: walk.partner("Alpha") }, "last-host");
    walk.does("Ann", &host(&walk, "Bea", true).clone());
    walk.notices.clear();
    walk.does("Ann", &host(&walk, "Ann", false).clone());
    walk.refused("Ann", &Act::Open { sitting: "give".to_owned() }, "hosts-only");
    walk.does("Bea", &Act::Open { sitting: "give".to_owned() });
    let out = Notice::LetOut { spot: Spot::Hosts, person: walk.person("Ann") };
    assert!(walk.notices.contains(&out), "and is let out of the hosts' room");
}

#[test]
fn a_partner_leaves_and_nobody_waits_for_it() {
    let mut walk = Walk::joined();
    walk.opens("hello");
    walk.opens("give");
    walk.gives("Cid", "causes", &[("cause", "No fuel")]);
    let of = |walk: &Walk, ask: &str| giver::progress(&walk.board, walk.board.window_of(ask).unwrap()).of;
    assert_eq!((of(&walk, "causes"), of(&walk, "interface")), (6, 3));
    let gamma = walk.partner("Gamma");
    walk.refused("Bea", &Act::PartnerLeaves { partner: gamma }, "hosts-only");
    walk.does("Ann", &Act::PartnerLeaves { partner: gamma });
    assert_eq!((of(&walk, "causes"), of(&walk, "interface")), (4, 2));
    assert!(walk.board.cards[&walk.card("No fuel")].stands(), "its cards stay");
    walk.refused("Cid", &giving("causes", &[("cause", "x")]), "has-left");
    walk.refused("Ann", &Act::PartnerLeaves { partner: gamma }, "unknown");
    let delta = NewPartner { short: "Delta".to_owned(), ..NewPartner::default() };
    let dan = NewPerson {
        name: "Dan".to_owned(),
        partner: "Delta".to_owned(),
        level: Level::Strategic,
        zone: String::new(),
        handle: "dan".to_owned(),
        host: false,
    };
    walk.does("Ann", &Act::Enter { partners: vec![delta], people: vec![dan] });
    walk.joins(200, "Dan", "dan").unwrap();
    assert_eq!((of(&walk, "causes"), of(&walk, "interface")), (5, 3), "one that joins is asked at once");
    walk.gives("Dan", "causes", &[("cause", "No cook")]);
}

#[test]
fn a_new_account_is_let_in_by_a_host_alone() {
    let mut walk = Walk::joined();
    let (bea, new) = (walk.person("Bea"), AccountId(777));
    let stranger = Who::Stranger { account: new, handle: "bea2".to_owned(), manager: false };
    let claim = Act::Claim { account: new, person: bea };
    walk.refused("Ben", &claim, "taken");
    walk.act(&stranger, &claim).unwrap();
    assert!(walk.notices.contains(&Notice::Claims { person: bea, account: new }));
    assert!(walk.board.person_of(new).is_none(), "nobody lets themselves in");
    let answer = |account, yes| Act::Account { person: bea, account, yes };
    walk.refused("Ben", &answer(new, true), "hosts-only");
    walk.refused("Ann", &answer(AccountId(103), true), "taken");
    walk.does("Ann", &answer(new, false));
    assert!(walk.board.person_of(new).is_none());
    walk.does("Ann", &answer(new, true));
    assert_eq!(walk.board.person_of(new).unwrap().id, bea);
    assert_eq!(walk.board.people[&bea].accounts.len(), 2, "the old one stays theirs");
    assert_eq!(walk.act(&stranger, &claim).unwrap_err().key(), "taken");
}

#[test]
fn triads_follow_their_people_and_two_become_one() {
    let mut walk = Walk::joined();
    walk.opens("triads");
    walk.does("Ann", &Act::MakeGroups { ask: "mixed-triads".to_owned(), seed: 1 });
    let groups: Vec<Group> = walk.board.groups.values().cloned().collect();
    let [one, other] = &groups[..] else { panic!("not two triads") };
    let name = |walk: &Walk, id: &PersonId| walk.board.people[id].name.clone();
    let (first, second) = (*one.members.first().unwrap(), *other.members.first().unwrap());
    let teller = name(&walk, &second);
    walk.gives(&teller, "story", &[("kind", "success"), ("story", "Told over there")]);
    assert!(!walk.sees(Viewer::Person(first), "Told over there"));
    let join = Act::JoinGroups { one: first, other: second };
    walk.refused("Bea", &join, "hosts-only");
    walk.refused("Ann", &Act::JoinGroups { one: first, other: first }, "too-few-people");
    walk.does("Ann", &join);
    assert_eq!(walk.board.groups.len(), 1);
    assert_eq!(walk.board.groups[&one.id].members.len(), 6);
    assert!(walk.sees(Viewer::Person(first), "Told over there"), "what was told moves with its people");
    let notes = giver::progress(&walk.board, walk.board.window_of("notes").unwrap());
    assert_eq!(notes.of, 1, "one triad is waited for");
}

#[test]
fn somebody_who_comes_late_is_let_into_a_triad() {
    let mut walk = Walk::joined();
    walk.opens("triads");
    walk.does("Ann", &Act::MakeGroups { ask: "mixed-triads".to_owned(), seed: 1 });
    let dan = NewPerson {
        name: "Dan".to_owned(),
        partner: "Gamma".to_owned(),
        level: Level::Strategic,
        zone: String::new(),
        handle: "dan".to_owned(),
        host: false,
    };
    walk.does("Ann", &Act::Enter { partners: vec![], people: vec![dan] });
    walk.joins(200, "Dan", "dan").unwrap();
    let story = giving("story", &[("kind", "success"), ("story", "Late, but in")]);
    walk.refused("Dan", &story, "first");
    let (person, beside) = (walk.person("Dan"), walk.person("Bea"));
    walk.refused("Ann", &Act::IntoGroup { person, beside: person }, "too-few-people");
    walk.does("Ann", &Act::IntoGroup { person, beside });
    walk.does("Dan", &story);
    let (ben, cyd) = (walk.person("Ben"), walk.person("Cyd"));
    let here = giver::group_of(&walk.board, ben);
    walk.does("Ann", &Act::IntoGroup { person: ben, beside: cyd });
    assert_eq!(giver::group_of(&walk.board, ben), giver::group_of(&walk.board, cyd));
    assert!(here.is_some());
}

#[test]
fn a_triads_room_is_told_who_is_in_it_now() {
    let mut walk = Walk::joined();
    walk.opens("triads");
    walk.does("Ann", &Act::MakeGroups { ask: "mixed-triads".to_owned(), seed: 1 });
    let triads: Vec<_> = walk.board.groups.values().cloned().collect();
    for (at, triad) in (900..).zip(&triads) {
        walk.board.apply(&[Change::Room { spot: Spot::Group(triad.id), room: RoomId(at) }]);
    }
    let [one, other] = [0, 1].map(|nth| *triads[nth].members.first().unwrap());
    let before = walk.notices.len();
    walk.does("Ann", &Act::Swap { one, other });
    let name = |id| walk.board.people[&id].name.clone();
    let said: Vec<(Spot, Said)> = walk.notices[before..].iter().filter_map(said_in).collect();
    let changed = |comes, goes| Said::new("triad-changed").with("comes", name(comes)).with("goes", name(goes));
    let [here, there] = [0, 1].map(|nth| Spot::Group(triads[nth].id));
    assert_eq!(said, [(here.clone(), changed(other, one)), (there.clone(), changed(one, other))]);
    let before = walk.notices.len();
    walk.does("Ann", &Act::IntoGroup { person: one, beside: other });
    let said: Vec<(Spot, Said)> = walk.notices[before..].iter().filter_map(said_in).collect();
    let left = Said::new("triad-left").with("goes", walk.board.people[&one].name.clone());
    let entered = Said::new("triad-entered").with("comes", walk.board.people[&one].name.clone());
    assert_eq!(said, [(there, left), (here, entered)]);
}

fn said_in(notice: &Notice) -> Option<(Spot, Said)> {
    match notice {
        Notice::Say { spot, said } => Some((spot.clone(), said.clone())),
        _ => None,
    }
}
