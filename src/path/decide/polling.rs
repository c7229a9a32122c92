//! Quick polls: asked on the spot, sealed, closed by time or by whoever asked.
//!
//! A poll is a sitting of one ask that a partnership's own plan gains. Giving, sealing, changing,
//! passing, counting and closing are those of every ask; only how it begins and ends stands here.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::Outcome;
use super::closing::close_window;
use super::founding::{self, NAME_CHARS_MAX, line};
use super::making::{Making, unknown};
use super::people::partner_called;
use super::public;
use crate::path::act::Founding;
use crate::path::board::Board;
use crate::path::change::Change;
use crate::path::notice::Notice;
use crate::path::people::{AccountId, Level, Partner, PartnerId, PartnershipId, Person, PersonId, Standing, Who};
use crate::path::plan::{Ballot, ISSUE, Item, Kind, LIST_MAX, Plan, Poll};
use crate::path::poll::{Arrival, PollAct, Polling};
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::spot::Spot;
use crate::path::window::{Window, WindowId, WindowState};
use crate::path::{calendar, giver, wording};

/// The most characters of a question.
pub const QUESTION_CHARS_MAX: u32 = 300;
/// The most characters of an option: it has to be read in one line.
pub const CHOICE_CHARS_MAX: u32 = 100;
/// The least that can be chosen from.
const CHOICES_MIN: usize = 2;
/// The shortest time a poll is open, in minutes.
const OPEN_MINUTES_MIN: i64 = 60;
/// The longest, in days.
const OPEN_DAYS_MAX: u64 = 365;
/// Working days it is open where nothing else is said.
const OPEN_DAYS: u16 = 2;
/// Once everybody has voted it stays open so long, for a change of mind.
const SECOND_THOUGHT: TimeDelta = TimeDelta::minutes(10);

/// What somebody does about a quick poll.
pub(super) fn decide(mut making: Making, who: &Who, act: &PollAct) -> Result<Outcome, Refusal> {
    match act {
        PollAct::Found(..) => Err(Refusal::PartnershipExists),
        PollAct::Ask(polling, arrival) => {
            let asker = match (who, arrival) {
                (Who::Stranger { account, handle, .. }, Some(arrival)) => {
                    let partner = organisation(&mut making, arrival)?;
                    arrive(&mut making, (*account, handle), &arrival.name, partner)?
                }
                _ => making.giving(who)?,
            };
            put(making, &asker, polling)
        }
        PollAct::Speak { ask, arrival, partner } => speak(making, who, ask, arrival, *partner),
        PollAct::End { ask } => end(making, who, ask),
        PollAct::Look { ask } => public::look(making, who, ask),
        PollAct::Counted { ask, votes, is_final } => public::counted(making, who, ask, votes.as_deref(), *is_final),
    }
}

/// A room's first quick poll makes a small partnership of its own, whose people come by voting.
///
/// # Errors
/// The [`Refusal`] that says why there is none.
pub fn found_poll(
    id: PartnershipId,
    founding: &Founding,
    polling: &Polling,
    now: DateTime<Utc>,
) -> Result<(Board, Outcome), Refusal> {
    let (empty, mut making) = founding::begin(Arc::new(Plan::without_road()), id, founding, now)?;
    let card = making.new_card(ISSUE, ISSUE, &line(&founding.issue, "question", QUESTION_CHARS_MAX)?, None);
    making.record(Change::Card(card));
    let asker = making.board.people.values().next().cloned().ok_or(Refusal::NotAMember)?;
    Ok((empty, put(making, &asker, polling)?))
}

/// Lays a whole Path into a room where only quick polls were asked so far: they stay beside it, and whoever
/// said for themselves for whom they speak now waits for a host's yes.
///
/// # Errors
/// The [`Refusal`] that says why not.
pub fn grow(
    board: &Board,
    plan: &Plan,
    founding: &Founding,
    who: &Who,
    now: DateTime<Utc>,
) -> Result<Outcome, Refusal> {
    if board.plan.has_road() {
        return Err(Refusal::PartnershipExists);
    }
    let mut making = Making::new(board, now);
    let me = founding::steps_in(&mut making, founding, who)?;
    founding::set_out(&mut making, plan.clone().with_polls_of(&board.plan), &plan.lists);
    making.notice(Notice::Board);
    making.notice(Notice::Room(Spot::Hosts));
    let others: Vec<Person> =
        making.board.people.values().filter(|person| person.id != me && person.takes_part()).cloned().collect();
    let partners: Vec<PartnerId> = making.board.partners_now().map(|partner| partner.id).collect();
    for partner in partners {
        making.notice(Notice::Room(Spot::Partner(partner)));
    }
    for other in others {
        making.notice(Notice::Asks { spot: Spot::Hosts, person: other.id });
        making.record(Change::Person(Person { standing: Standing::Asking, host: false, ..other }));
    }
    let said = Said::new("founded").with("name", &making.board.partnership.name);
    Ok(making.done(said))
}

/// Puts a poll beside the road, opens it and says so.
fn put(mut making: Making, asker: &Person, polling: &Polling) -> Result<Outcome, Refusal> {
    let question = line(&polling.question, "question", QUESTION_CHARS_MAX)?;
    let about = organisations(&mut making, &polling.about)?;
    let kind = if polling.about.is_empty() { Kind::Marks } else { Kind::Assign };
    let items = items(&polling.choices, if kind == Kind::Assign { "role" } else { "option" })?;
    let marks = if kind == Kind::Assign { 1 } else { usize::from(polling.marks) };
    between("marks", 1, items.len(), marks)?;
    quorum(&making, polling.quorum)?;
    let mut ends = ends(&making, asker, &polling.until)?;
    // On roles there is nothing that the place where people meet could count.
    let public = polling.public && kind == Kind::Marks;
    if public {
        ends = public::fits(&items, marks, making.now, ends, &asker.zone)?;
    }
    let key = format!("poll-{}", making.number());
    let budget = u8::try_from(marks).unwrap_or(LIST_MAX);
    let ballot = Ballot { key: key.clone(), kind, budget, named: polling.named || public, items };
    let poll = Poll { asker: asker.id, question, quorum: polling.quorum, public };
    let plan = (*making.board.plan).clone().with_poll(poll, &ballot);
    let list = plan.lists.last().cloned();
    making.record(Change::Plan(Arc::new(plan)));
    founding::lay_lists(&mut making, list.as_slice());
    open(&mut making, &ballot, about, ends);
    Ok(making.done(Said::new("poll-asked").with("ask", &key).with("ends_s", ends.timestamp())))
}

fn open(making: &mut Making, ballot: &Ballot, about: Vec<PartnerId>, ends: DateTime<Utc>) {
    let list = ballot.list();
    let slate = making.board.cards_of(&list, false).into_iter().map(|card| card.id).collect();
    let window = Window {
        id: WindowId(making.number()),
        ask: ballot.key.clone(),
        nth: 1,
        opens: making.now,
        ends,
        wall: None,
        state: WindowState::Open,
        closed: None,
        because_of: String::new(),
        despite: String::new(),
        slate,
        about,
        drafters: BTreeSet::new(),
        alone: true,
        extended: false,
        itself: false,
    };
    making.record(Change::Window(window));
    making.notice(Notice::AskOpens { ask: ballot.key.clone() });
}

/// The options or roles: cleaned, each once, from two to as many as a menu holds.
fn items(typed: &[Item], field: &str) -> Result<Vec<Item>, Refusal> {
    let filled = typed.iter().filter(|item| !wording::clean(&item.name).is_empty());
    let mut items: Vec<Item> = Vec::new();
    for (nth, item) in (1..).zip(filled) {
        let name = line(&item.name, field, CHOICE_CHARS_MAX)?;
        once(items.iter().map(|item| &item.name), &name)?;
        let about = wording::clean(&item.line).replace('\n', " ").chars().take(240).collect();
        items.push(Item { key: format!("{nth}"), name, line: about });
    }
    between(field, CHOICES_MIN, usize::from(LIST_MAX), items.len())?;
    Ok(items)
}

/// The organisations that are spoken of; those of a Path are its partners, elsewhere new ones are entered.
fn organisations(making: &mut Making, typed: &[String]) -> Result<Vec<PartnerId>, Refusal> {
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let mut names: Vec<String> = Vec::new();
    for name in typed.iter().filter(|name| !wording::clean(name).is_empty()) {
        let name = line(name, "organisation", NAME_CHARS_MAX)?;
        once(names.iter(), &name)?;
        names.push(name);
    }
    between("organisation", CHOICES_MIN, usize::from(LIST_MAX), names.len())?;
    names.iter().map(|name| partner(making, name)).collect()
}

fn once<'a>(mut before: impl Iterator<Item = &'a String>, name: &str) -> Result<(), Refusal> {
    let known = before.any(|known| known.to_lowercase() == name.to_lowercase());
    if known { Err(Refusal::Twice { text: name.to_owned() }) } else { Ok(()) }
}

fn between(field: &str, min: usize, max: usize, count: usize) -> Result<(), Refusal> {
    if (min..=max).contains(&count) {
        return Ok(());
    }
    Err(Refusal::NotBetween { field: field.to_owned(), min, max, count })
}

/// A quorum has to be one that can be met; where people come by voting nobody knows how many they are.
fn quorum(making: &Making, quorum: Option<u16>) -> Result<(), Refusal> {
    let known = if making.board.plan.has_road() { making.board.counting().count() } else { usize::from(u16::MAX) };
    quorum.map_or(Ok(()), |quorum| between("quorum", 1, known.max(1), usize::from(quorum)))
}

fn ends(making: &Making, asker: &Person, typed: &str) -> Result<DateTime<Utc>, Refusal> {
    let off = &making.board.timetable.days_off;
    let zones: Vec<&str> = making.board.counting().map(|person| person.zone.as_str()).collect();
    if typed.trim().is_empty() {
        return Ok(calendar::ends(making.now, OPEN_DAYS, &zones, off).at());
    }
    let ends = calendar::until(typed, making.now, &asker.zone, &zones, off)
        .ok_or_else(|| Refusal::UnreadableDate { typed: typed.trim().to_owned() })?;
    if ends <= making.now {
        return Err(Refusal::PastDate { date: typed.trim().to_owned() });
    }
    if ends < making.now + TimeDelta::minutes(OPEN_MINUTES_MIN) {
        return Err(Refusal::TooSoon { ends_s: ends.timestamp() });
    }
    if ends > making.now + TimeDelta::days(OPEN_DAYS_MAX.cast_signed()) {
        return Err(Refusal::FarDate { date: typed.trim().to_owned(), days_max: OPEN_DAYS_MAX });
    }
    Ok(ends)
}

/// A partner by name; entered where no host enters them.
fn partner(making: &mut Making, name: &str) -> Result<PartnerId, Refusal> {
    if let Some(known) = partner_called(making, name) {
        return Ok(known.id);
    }
    if making.board.plan.has_road() {
        return Err(unknown(name));
    }
    let id = PartnerId(making.number());
    let (name, short) = (name.to_owned(), name.to_owned());
    making.record(Change::Partner(Partner { id, name, short, sector: String::new(), lag_days: 0, until: None }));
    Ok(id)
}

/// The organisation that somebody names; their own name if they speak for nobody else.
fn organisation(making: &mut Making, arrival: &Arrival) -> Result<PartnerId, Refusal> {
    if making.board.plan.has_road() {
        return Err(Refusal::NotAMember);
    }
    let own = if wording::clean(&arrival.organisation).is_empty() { &arrival.name } else { &arrival.organisation };
    let name = line(own, "organisation", NAME_CHARS_MAX)?;
    partner(making, &name)
}

/// Somebody comes in by saying for whom they speak: only where nothing but quick polls is asked.
fn arrive(
    making: &mut Making,
    (account, handle): (AccountId, &str),
    name: &str,
    partner: PartnerId,
) -> Result<Person, Refusal> {
    if making.board.plan.has_road() {
        return Err(Refusal::NotAMember);
    }
    let zone = making.board.people.values().next().map_or_else(String::new, |first| first.zone.clone());
    let person = Person {
        id: PersonId(making.number()),
        name: line(name, "name", NAME_CHARS_MAX)?,
        partner,
        level: Level::Operational,
        zone,
        handle: handle.to_lowercase(),
        host: false,
        standing: Standing::Present,
        accounts: BTreeSet::from([account]),
        from: Some(making.now),
        until: None,
    };
    making.record(Change::Person(person.clone()));
    Ok(person)
}

/// Somebody says for which organisation they speak: once, and only for one that the poll knows.
fn speak(
    mut making: Making,
    who: &Who,
    key: &str,
    arrival: &Arrival,
    partner: Option<PartnerId>,
) -> Result<Outcome, Refusal> {
    let (_, window) = making.open(key, &[Kind::Marks, Kind::Assign])?;
    making.board.plan.poll(key).ok_or_else(|| unknown(key))?;
    let partner = match partner {
        Some(partner) if making.board.partners_now().any(|known| known.id == partner) => partner,
        Some(partner) => return Err(unknown(partner)),
        None => organisation(&mut making, arrival)?,
    };
    if !window.about.is_empty() && !window.about.contains(&partner) {
        return Err(unknown(&arrival.organisation));
    }
    let (account, handle) = match who {
        Who::Stranger { account, handle, .. } => (*account, handle),
        Who::Person(_) => {
            let person = making.giving(who)?;
            let own = making.board.partners.get(&person.partner).map_or("", |partner| &partner.short).to_owned();
            let said = Said::new("speaks").with("partner", &own);
            return if person.partner == partner {
                Ok(making.done(said))
            } else {
                Err(Refusal::SpeaksFor { partner: own })
            };
        }
        Who::Clock => return Err(Refusal::NotAMember),
    };
    arrive(&mut making, (account, handle), &arrival.name, partner)?;
    let own = making.board.partners.get(&partner).map_or("", |partner| &partner.short).to_owned();
    Ok(making.done(Said::new("speaks").with("partner", own)))
}

/// Whoever asked, or a host, ends it before its time.
fn end(mut making: Making, who: &Who, key: &str) -> Result<Outcome, Refusal> {
    let person = making.giving(who)?;
    let poll = making.board.plan.poll(key).ok_or_else(|| unknown(key))?;
    if poll.asker != person.id && !person.host {
        return Err(Refusal::AskerOnly);
    }
    let is_public = poll.public;
    let (_, window) = making.open(key, &[Kind::Marks, Kind::Assign])?;
    if is_public {
        let ends = making.now;
        public::is_over(&mut making, Window { ends, ..window });
        return Ok(making.done(Said::new("poll-ending")));
    }
    finish(&mut making, key);
    Ok(making.done(Said::new("closed-ask").with("ask", key)))
}

/// Time passed: polls whose end has come are closed.
pub(super) fn run_out(making: &mut Making) {
    let due = making.board.windows.values().filter(|window| window.is_open() && window.ends <= making.now);
    let due = due.filter(|window| making.board.plan.poll(&window.ask).is_some());
    for window in due.cloned().collect::<Vec<_>>() {
        if !making.board.plan.poll(&window.ask).is_some_and(|poll| poll.public) {
            finish(making, &window.ask);
        } else if window.state == WindowState::Open {
            public::is_over(making, window);
        }
    }
}

pub(super) fn finish(making: &mut Making, key: &str) {
    let (Ok(ask), Some(window)) = (making.ask(key), making.board.window_of(key).cloned()) else { return };
    close_window(making, &ask, &window, None);
    making.notice(Notice::AskCloses { ask: key.to_owned() });
}

/// Somebody has given: when all whom a poll knows have, its end comes soon. Where people come by voting
/// nobody knows who else will.
pub(super) fn heard(making: &mut Making, window: WindowId) {
    let Some(window) = making.board.windows.get(&window) else { return };
    let soon = making.now + SECOND_THOUGHT;
    let waits = making.board.plan.poll(&window.ask).is_some_and(|poll| !poll.public)
        && making.board.plan.has_road()
        && window.ends > soon;
    if waits && giver::progress(&making.board, window).missing.is_empty() {
        let window = Window { ends: soon, ..window.clone() };
        making.record(Change::Window(window));
    }
}
