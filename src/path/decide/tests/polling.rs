//! Quick polls: who asks, who votes, what stays sealed, when they end.

use super::*;
use crate::path::plan::Kind;

fn items(names: &[&str]) -> Vec<Item> {
    let item = |name: &&str| Item { key: String::new(), name: (*name).to_owned(), line: String::new() };
    names.iter().map(item).collect()
}

fn about_days() -> Polling {
    let question = "Which day?".to_owned();
    Polling { question, choices: items(&["Monday", "Friday"]), marks: 1, ..Polling::default() }
}

fn ask(poll: Polling) -> Act {
    Act::Poll(PollAct::Ask(poll, None))
}

/// The newest poll's key.
fn newest(walk: &Walk) -> String {
    walk.board.plan.beside[0].sittings.last().unwrap().key.clone()
}

fn passes_time(walk: &mut Walk, at: &str) {
    walk.now = at.parse().unwrap();
    walk.act(&Who::Clock, &Act::TimePassed).unwrap();
}

fn stranger(account: u64, handle: &str) -> Who {
    Who::Stranger { account: AccountId(account), handle: handle.to_owned(), manager: false }
}

/// A room with nothing set up, in which Ann of Alpha asks.
fn in_an_empty_room(poll: &Polling) -> Result<Walk, Refusal> {
    let founding = Founding {
        name: "Quick polls".to_owned(),
        issue: poll.question.clone(),
        language: "en".to_owned(),
        house: 7,
        room: RoomId(8),
        account: AccountId(100),
        host: "Ann".to_owned(),
        handle: "ann".to_owned(),
        partner: "Alpha".to_owned(),
        zone: "UTC".to_owned(),
    };
    let now = "2026-03-02T08:00:00Z".parse().unwrap();
    let (mut board, outcome) = found_poll(PartnershipId(1), &founding, poll, now)?;
    board.apply(&outcome.changes);
    Ok(Walk { board, now, notices: outcome.notices })
}

fn on_roles() -> Polling {
    Polling {
        question: "Which role?".to_owned(),
        choices: items(&["Coordinator", "Counter", "Messenger"]),
        about: vec!["Alpha".to_owned(), "Beta".to_owned()],
        ..Polling::default()
    }
}

fn speaks(walk: &mut Walk, account: u64, name: &str, partner: Option<PartnerId>, own: &str) -> Result<Reply, Refusal> {
    let key = newest(walk);
    let arrival = Arrival { name: name.to_owned(), organisation: own.to_owned() };
    let known = walk.board.person_of(AccountId(account)).map(|person| Who::Person(person.id));
    let who = known.unwrap_or_else(|| stranger(account, &name.to_lowercase()));
    walk.act(&who, &Act::Poll(PollAct::Speak { ask: key, arrival, partner }))
}

#[test]
fn a_poll_stands_beside_the_road_and_is_sealed_until_its_end() {
    let mut walk = Walk::joined();
    walk.does("Bea", &ask(about_days()));
    let key = newest(&walk);
    let (monday, friday) = (walk.card("Monday"), walk.card("Friday"));
    walk.does("Ben", &marks(&key, &[monday]));
    walk.does("Ben", &marks(&key, &[friday]));
    walk.does("Cid", &marks(&key, &[friday]));
    for viewer in [Viewer::Room, Viewer::Hosts, Viewer::Person(walk.person("Bea"))] {
        let seen = view(&walk.board, viewer, walk.now);
        assert!(seen.shown().ballots.is_empty() && seen.shown().tallies.is_empty(), "{viewer:?}");
    }
    walk.refused("Ben", &marks(&key, &[monday, friday]), "budget-spent");
    passes_time(&mut walk, "2026-03-03T18:00:00Z");
    assert!(walk.board.ballots.is_empty());
    let counts: Vec<_> = walk.board.tallies.iter().map(|row| (row.card, row.people, row.partners)).collect();
    assert_eq!(counts, [(friday, 2, 2)]);
    assert!(walk.notices.contains(&Notice::AskCloses { ask: key.clone() }));
    walk.refused("Abe", &marks(&key, &[monday]), "closed");
    assert_eq!(walk.board.plan.phases, plan().phases, "the road is untouched");
}

#[test]
fn named_marks_are_sealed_too_and_seen_after_the_end() {
    let mut walk = Walk::joined();
    walk.does("Bea", &ask(Polling { named: true, ..about_days() }));
    let key = newest(&walk);
    let monday = walk.card("Monday");
    walk.does("Ben", &marks(&key, &[monday]));
    assert!(view(&walk.board, Viewer::Room, walk.now).shown().figures.is_empty());
    walk.does("Bea", &Act::Poll(PollAct::End { ask: key }));
    assert_eq!(view(&walk.board, Viewer::Room, walk.now).shown().figures.len(), 1);
}

#[test]
fn when_all_have_voted_the_end_comes_soon() {
    let mut walk = Walk::joined();
    walk.does("Ann", &ask(about_days()));
    let key = newest(&walk);
    let monday = walk.card("Monday");
    for name in ["Ann", "Abe", "Bea", "Ben", "Cid"] {
        walk.does(name, &marks(&key, &[monday]));
    }
    let before = walk.board.window_of(&key).unwrap().ends;
    walk.does("Cyd", &Act::Pass { ask: key.clone() });
    let window = walk.board.window_of(&key).unwrap();
    assert!(window.ends < before && window.ends > walk.now && window.is_open());
    walk.now = window.ends;
    walk.act(&Who::Clock, &Act::TimePassed).unwrap();
    assert!(!walk.board.window_of(&key).unwrap().is_open());
}

#[test]
fn only_who_asked_or_a_host_ends_it_and_only_once() {
    let mut walk = Walk::joined();
    walk.does("Bea", &ask(about_days()));
    let end = Act::Poll(PollAct::End { ask: newest(&walk) });
    walk.refused("Ben", &end, "asker-only");
    walk.does("Ann", &end);
    walk.refused("Bea", &end, "closed");
    let roads_own = Act::Poll(PollAct::End { ask: "causes".to_owned() });
    walk.refused("Ann", &roads_own, "unknown");
}

#[test]
fn what_cannot_be_a_poll_is_refused_and_nothing_is_made() {
    let long = "x".repeat(301);
    let many: Vec<String> = (0..26).map(|nth| format!("Option {nth}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let until = |until: &str| Polling { until: until.to_owned(), ..about_days() };
    let table = [
        (Polling { choices: items(&["Monday"]), ..about_days() }, "not-between"),
        (Polling { choices: items(&many), ..about_days() }, "not-between"),
        (Polling { choices: items(&["Monday", " monday "]), ..about_days() }, "twice"),
        (Polling { question: "  ".to_owned(), ..about_days() }, "empty"),
        (Polling { question: long.clone(), ..about_days() }, "too-long"),
        (Polling { choices: items(&["Monday", &long]), ..about_days() }, "too-long"),
        (Polling { marks: 0, ..about_days() }, "not-between"),
        (Polling { marks: 3, ..about_days() }, "not-between"),
        (Polling { quorum: Some(7), ..about_days() }, "not-between"),
        (until("2026-03-01"), "past-date"),
        (until("0 hours"), "past-date"),
        (until("59 minutes"), "too-soon"),
        (until("400 days"), "far-date"),
        (until("some day"), "unreadable-date"),
        (Polling { about: vec!["Alpha".to_owned()], ..on_roles() }, "not-between"),
        (Polling { about: vec!["Alpha".to_owned(), "alpha".to_owned()], ..on_roles() }, "twice"),
        (Polling { about: vec!["Alpha".to_owned(), "Nobody".to_owned()], ..on_roles() }, "unknown"),
    ];
    let mut walk = Walk::joined();
    for (poll, key) in table {
        walk.refused("Bea", &ask(poll), key);
    }
    let alone = Polling { choices: items(&["Monday"]), ..about_days() };
    assert_eq!(in_an_empty_room(&alone).err().map(|refusal| refusal.key()), Some("not-between"));
    let eve = stranger(999, "eve");
    let arrival = Arrival { name: "Eve".to_owned(), organisation: "Beta".to_owned() };
    let refused = walk.act(&eve, &Act::Poll(PollAct::Ask(about_days(), Some(arrival)))).unwrap_err();
    assert_eq!(refused.key(), "not-a-member", "a Path lets nobody in by their own word");
}

#[test]
fn in_an_empty_room_people_come_by_voting() {
    let mut walk = in_an_empty_room(&about_days()).unwrap();
    let key = newest(&walk);
    let monday = walk.card("Monday");
    assert!(walk.notices.iter().all(|notice| matches!(notice, Notice::AskOpens { .. })), "{:?}", walk.notices);
    speaks(&mut walk, 101, "Bea", None, "Beta").unwrap();
    speaks(&mut walk, 102, "Ben", None, " beta ").unwrap();
    speaks(&mut walk, 103, "Cid", None, "").unwrap();
    assert_eq!(walk.board.partners.len(), 3, "Alpha, Beta, and Cid for himself");
    for name in ["Ann", "Bea", "Ben"] {
        walk.does(name, &marks(&key, &[monday]));
    }
    walk.does("Cid", &marks(&key, &[monday]));
    assert!(walk.board.window_of(&key).unwrap().ends > walk.now + TimeDelta::hours(1), "others may still come");
    walk.does("Ann", &Act::Poll(PollAct::End { ask: key }));
    assert_eq!(walk.board.tallies.iter().map(|row| (row.people, row.partners)).collect::<Vec<_>>(), [(4, 3)]);
}

#[test]
fn roles_are_voted_for_by_those_who_speak_for_the_named() {
    let mut walk = in_an_empty_room(&on_roles()).unwrap();
    let key = newest(&walk);
    let (alpha, beta) = (walk.partner("Alpha"), walk.partner("Beta"));
    assert_eq!(speaks(&mut walk, 101, "Eve", None, "Gamma").unwrap_err().key(), "unknown");
    assert_eq!(walk.board.partners.len(), 2, "nothing was made");
    speaks(&mut walk, 101, "Bea", Some(beta), "").unwrap();
    speaks(&mut walk, 101, "Bea", Some(beta), "").unwrap();
    assert_eq!(walk.board.people.len(), 2, "two presses at once are one person");
    assert_eq!(speaks(&mut walk, 101, "Bea", Some(alpha), "").unwrap_err().key(), "speaks-for");
    let role = |walk: &Walk, about, words: &str| Act::Assign { ask: key.clone(), about, card: walk.card(words) };
    for (name, about, words) in [("Ann", alpha, "Coordinator"), ("Ann", beta, "Counter"), ("Bea", alpha, "Coordinator")]
    {
        let act = role(&walk, about, words);
        walk.does(name, &act);
    }
    walk.does("Ann", &Act::Poll(PollAct::End { ask: key.clone() }));
    assert_eq!(walk.board.decision(&key, Some(alpha)).unwrap().cards, [walk.card("Coordinator")]);
    assert_eq!(walk.board.plan.ask(&key).unwrap().kind, Kind::Assign);
}

#[test]
fn a_path_can_be_set_up_where_polls_were_and_lets_nobody_in_by_their_own_word() {
    let mut walk = in_an_empty_room(&about_days()).unwrap();
    speaks(&mut walk, 101, "Bea", None, "Beta").unwrap();
    let founding = Founding {
        name: "School Meals".to_owned(),
        issue: "Children learn hungry".to_owned(),
        language: "en".to_owned(),
        house: 7,
        room: RoomId(8),
        account: AccountId(105),
        host: "Dan".to_owned(),
        handle: "dan".to_owned(),
        partner: "Alpha".to_owned(),
        zone: "UTC".to_owned(),
    };
    let refused = grow(&walk.board, &plan(), &founding, &stranger(105, "dan"), walk.now).unwrap_err();
    assert_eq!(refused.key(), "not-a-manager");
    let dan = Who::Stranger { account: AccountId(105), handle: "dan".to_owned(), manager: true };
    let outcome = grow(&walk.board, &plan(), &founding, &dan, walk.now).unwrap();
    walk.board.apply(&outcome.changes);
    assert!(walk.board.plan.has_road() && walk.board.plan.poll(&newest(&walk)).is_some());
    let standing = |name: &str| walk.board.people[&walk.person(name)].standing;
    assert_eq!((standing("Ann"), standing("Bea")), (Standing::Asking, Standing::Asking));
    assert!(walk.board.people[&walk.person("Dan")].host && !walk.board.people[&walk.person("Ann")].host);
    walk.does("Dan", &Act::Open { sitting: "round".to_owned() });
    let again = grow(&walk.board, &plan(), &founding, &dan, walk.now).unwrap_err();
    assert_eq!(again.key(), "partnership-exists");
}

#[test]
fn a_public_poll_takes_over_what_was_counted_and_closes_with_the_last_count() {
    let mut walk = Walk::joined();
    walk.does("Bea", &ask(Polling { public: true, until: "90 minutes".to_owned(), ..about_days() }));
    let key = newest(&walk);
    let window = walk.board.window_of(&key).unwrap().clone();
    assert_eq!(window.ends - window.opens, TimeDelta::hours(2), "whole hours");
    assert!(waiting::waiting(&walk.board, walk.person("Ben")).is_empty(), "nothing waits here");
    let (monday, friday) = (walk.card("Monday"), walk.card("Friday"));
    let counted = |votes: &[(u64, CardId)], is_final| {
        let votes = votes.iter().map(|(account, card)| (AccountId(*account), *card)).collect();
        Act::Poll(PollAct::Counted { ask: key.clone(), votes: Some(votes), is_final })
    };
    walk.refused("Ann", &counted(&[(102, monday)], true), "hosts-only");
    walk.act(&Who::Clock, &counted(&[(102, monday), (103, monday), (999, monday)], false)).unwrap();
    assert_eq!(walk.board.figures.len(), 2);
    walk.now = window.ends;
    walk.act(&Who::Clock, &Act::TimePassed).unwrap();
    assert!(walk.board.window_of(&key).unwrap().is_open(), "nothing counts before the last count");
    assert!(walk.notices.contains(&Notice::Count { ask: key.clone() }));
    walk.act(&Who::Clock, &counted(&[(102, friday), (104, friday), (999, monday)], true)).unwrap();
    assert!(!walk.board.window_of(&key).unwrap().is_open());
    let rows: Vec<_> =
        walk.board.tallies.iter().map(|row| (row.pile.as_str(), row.card, row.people, row.partners)).collect();
    assert_eq!(rows, [("mark", friday, 2, 2), (super::super::GUESTS, monday, 1, 0)]);
}

#[test]
fn what_cannot_be_public_is_refused() {
    let public = Polling { public: true, ..about_days() };
    let eleven: Vec<String> = (0..11).map(|nth| format!("Day {nth}")).collect();
    let eleven: Vec<&str> = eleven.iter().map(String::as_str).collect();
    let mut walk = Walk::joined();
    for (poll, key) in [
        (Polling { choices: items(&eleven), ..public.clone() }, "not-between"),
        (Polling { choices: items(&["Monday", &"x".repeat(56)]), ..public.clone() }, "too-long"),
        (Polling { choices: items(&["a", "b", "c"]), marks: 2, ..public.clone() }, "not-between"),
        (Polling { until: "33 days".to_owned(), ..public.clone() }, "far-date"),
    ] {
        walk.refused("Ann", &ask(poll), key);
    }
}
