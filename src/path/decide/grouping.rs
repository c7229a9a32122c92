//! Triads are made, people change places.

use super::Outcome;
use super::making::Making;
use crate::path::change::Change;
use crate::path::group::{Group, GroupId};
use crate::path::notice::Notice;
use crate::path::people::{Level, PersonId, Who};
use crate::path::plan::{Ask, Kind};
use crate::path::refusal::Refusal;
use crate::path::said::{Next, Reply, Said};
use crate::path::spot::Spot;
use crate::path::triads::{Candidate, triads};
use crate::path::window::{Given, Giver};
use crate::path::{calendar, giver};

/// A host has the triads made; again, as long as their rooms are not there.
pub(super) fn make(mut making: Making, who: &Who, key: &str, seed: u64) -> Result<Outcome, Refusal> {
    making.host(who)?;
    making.open(key, &[Kind::Groups])?;
    if has_rooms(&making) {
        return Err(Refusal::AlreadyOpen { what: key.to_owned() });
    }
    let (proven, count) = mix(&mut making, key, seed)?;
    let said = Said::new(if proven { "triads-proven" } else { "triads-good" }).with("count", count).with("ask", key);
    Ok(making.reply(Reply { said, next: Next::Stay { ask: key.to_owned() } }))
}

/// The triads are made and stand at once: their sitting has opened by itself. Hosts may still let people change
/// places. With fewer than three people there are none, and hosts hear it.
pub(super) fn by_itself(making: &mut Making, key: &str, seed: u64) {
    if has_rooms(making) {
        return;
    }
    if mix(making, key, seed).is_err() {
        making.tell_hosts(Said::new("triads-too-few"));
        return;
    }
    let_stand(making);
    let count = making.board.groups.len();
    making.tell_hosts(Said::new("triads-by-itself").with("count", count));
}

/// New triads in the place of those that were there: whether there is provably no better mix, and how many.
fn mix(making: &mut Making, key: &str, seed: u64) -> Result<(bool, usize), Refusal> {
    let people: Vec<Candidate> = making.board.counting().map(|person| candidate(making, person)).collect();
    if people.len() < 3 {
        return Err(Refusal::TooFewPeople { least: 3 });
    }
    let found = triads(&people, &[], calendar::date(making.now, "UTC"), seed);
    for old in making.board.groups.keys().copied().collect::<Vec<_>>() {
        making.record(Change::GroupGone(old));
    }
    let count = found.groups.len();
    for (nth, members) in (1..).zip(found.groups) {
        let id = GroupId(making.number());
        let members = members.into_iter().collect();
        making.record(Change::Group(Group { id, ask: key.to_owned(), name: format!("T{nth}"), nth, members }));
    }
    Ok((found.proven, count))
}

fn candidate(making: &Making, person: &crate::path::people::Person) -> Candidate {
    Candidate {
        person: person.id,
        partner: person.partner,
        sector: making.board.partners.get(&person.partner).map_or(String::new(), |partner| partner.sector.clone()),
        strategic: person.level == Level::Strategic,
        zone: person.zone.clone(),
    }
}

fn has_rooms(making: &Making) -> bool {
    making.board.rooms.keys().any(|spot| matches!(spot, Spot::Group(_)))
}

/// A host lets two people change places.
pub(super) fn swap(mut making: Making, who: &Who, one: PersonId, other: PersonId) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let group_of = |person| giver::group_of(&making.board, person).and_then(|id| making.board.groups.get(&id)).cloned();
    let (Some(mut first), Some(mut second)) = (group_of(one), group_of(other)) else {
        return Err(Refusal::TooFewPeople { least: 2 });
    };
    if first.id != second.id {
        first.members.remove(&one);
        second.members.remove(&other);
        first.members.insert(other);
        second.members.insert(one);
        for (person, out, into) in [(one, first.id, second.id), (other, second.id, first.id)] {
            leave_room(&mut making, out, person);
            enter_room(&mut making, into, person);
        }
        for (group, comes, goes) in [(first.id, other, one), (second.id, one, other)] {
            let (comes, goes) = (making.person(comes)?.name, making.person(goes)?.name);
            let said = Said::new("triad-changed").with("comes", comes).with("goes", goes);
            say_in_room(&mut making, group, said);
        }
        making.record(Change::Group(first));
        making.record(Change::Group(second));
    }
    Ok(making.done(Said::new("swapped")))
}

/// A host lets somebody into the triad of somebody else.
pub(super) fn into(mut making: Making, who: &Who, person: PersonId, beside: PersonId) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let row = making.person(person)?;
    if !row.counts() {
        return Err(Refusal::HasLeft);
    }
    let mut group = in_group(&making, beside)?;
    let from = giver::group_of(&making.board, person).and_then(|id| making.board.groups.get(&id)).cloned();
    if group.members.insert(person) {
        if let Some(mut from) = from {
            from.members.remove(&person);
            leave_room(&mut making, from.id, person);
            if !from.members.is_empty() {
                say_in_room(&mut making, from.id, Said::new("triad-left").with("goes", row.name.clone()));
            }
            making.record(if from.members.is_empty() { Change::GroupGone(from.id) } else { Change::Group(from) });
        }
        enter_room(&mut making, group.id, person);
        say_in_room(&mut making, group.id, Said::new("triad-entered").with("comes", row.name.clone()));
        making.record(Change::Group(group));
    }
    Ok(making.done(Said::new("into-group").with("name", row.name)))
}

/// A host joins two triads: the people of the other, and what they told there, move into the one.
pub(super) fn join(mut making: Making, who: &Who, one: PersonId, other: PersonId) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let (mut stays, goes) = (in_group(&making, one)?, in_group(&making, other)?);
    if stays.id == goes.id {
        return Err(Refusal::TooFewPeople { least: 2 });
    }
    for person in &goes.members {
        leave_room(&mut making, goes.id, *person);
        enter_room(&mut making, stays.id, *person);
    }
    stays.members.extend(&goes.members);
    let (into, from) = (stays.id, goes.id);
    making.record(Change::Group(stays));
    let told: Vec<_> = making.board.cards.values().filter(|card| card.group == Some(from)).cloned().collect();
    for card in told {
        making.record(Change::Card(crate::path::Card { group: Some(into), ..card }));
    }
    // What the other triad gave counts for the joined one.
    let given = making.board.given.values().filter(|given| given.giver == Giver::Group(from));
    for given in given.cloned().collect::<Vec<_>>() {
        if !making.board.given.contains_key(&(given.window, Giver::Group(into))) {
            making.record(Change::Given(Given { giver: Giver::Group(into), ..given }));
        }
    }
    making.record(Change::GroupGone(from));
    making.notice(Notice::Say { spot: Spot::Group(into), said: Said::new("triads-joined") });
    Ok(making.done(Said::new("groups-joined")))
}

fn in_group(making: &Making, person: PersonId) -> Result<Group, Refusal> {
    let group = giver::group_of(&making.board, person).and_then(|id| making.board.groups.get(&id));
    group.cloned().ok_or(Refusal::TooFewPeople { least: 2 })
}

fn leave_room(making: &mut Making, group: GroupId, person: PersonId) {
    if has_rooms(making) {
        making.notice(Notice::LetOut { spot: Spot::Group(group), person });
    }
}

fn enter_room(making: &mut Making, group: GroupId, person: PersonId) {
    if has_rooms(making) {
        making.notice(Notice::LetIn { spot: Spot::Group(group), person });
    }
}

/// Whoever tells a story there should know who reads it: the room's first post names those of its first day.
fn say_in_room(making: &mut Making, group: GroupId, said: Said) {
    if has_rooms(making) {
        making.notice(Notice::Say { spot: Spot::Group(group), said });
    }
}

/// A host says that the triads stand: each gets its room.
pub(super) fn stand(mut making: Making, who: &Who, ask: &Ask) -> Result<Outcome, Refusal> {
    making.host(who)?;
    making.open(&ask.key, &[Kind::Groups])?;
    if making.board.groups.is_empty() {
        return Err(Refusal::TooFewPeople { least: 3 });
    }
    if has_rooms(&making) {
        return Err(Refusal::AlreadyOpen { what: ask.key.clone() });
    }
    let_stand(&mut making);
    let count = making.board.groups.len();
    Ok(making.done(Said::new("groups-stand").with("count", count)))
}

/// Each triad gets its room.
fn let_stand(making: &mut Making) {
    for group in making.board.groups.keys().copied().collect::<Vec<_>>() {
        making.notice(Notice::Room(Spot::Group(group)));
    }
}
