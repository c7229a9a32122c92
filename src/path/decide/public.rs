//! Public quick polls: held by the place where people meet, where everybody sees every vote. What is counted
//! there is taken over whole, so that votes given while nobody looked count too.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::Outcome;
use super::making::Making;
use super::polling::finish;
use crate::path::calendar;
use crate::path::card::CardId;
use crate::path::change::Change;
use crate::path::figure::{Figure, FigureKey, Tally, Value};
use crate::path::notice::Notice;
use crate::path::people::{AccountId, PersonId, Who};
use crate::path::plan::{Ask, Item, Kind};
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::window::{Giver, How, Window, WindowState};
use crate::path::wording;

/// The pile under which votes are counted of people whom nobody here knows.
pub const GUESTS: &str = "guests";
/// The most days a public poll is open.
pub const PUBLIC_DAYS_MAX: i64 = 32;
/// The most options of a public poll.
const CHOICES_MAX: usize = 10;
/// The most characters of one of them.
const CHOICE_CHARS_MAX: u32 = 55;

/// Whether a poll can be public; its end, a whole number of hours ahead. A refusal names the day in the asker's zone.
pub(super) fn fits(
    items: &[Item],
    marks: usize,
    now: DateTime<Utc>,
    ends: DateTime<Utc>,
    zone: &str,
) -> Result<DateTime<Utc>, Refusal> {
    let between = |field: &str, min: usize, max: usize, count: usize| {
        let field = field.to_owned();
        if (min..=max).contains(&count) { Ok(()) } else { Err(Refusal::NotBetween { field, min, max, count }) }
    };
    between("option", 2, CHOICES_MAX, items.len())?;
    if marks > 1 {
        // One answer, or as many as there are: nothing between can be said there.
        between("marks", items.len(), items.len(), marks)?;
    }
    for item in items {
        let chars = wording::chars(&item.name);
        if chars > CHOICE_CHARS_MAX as usize {
            let (field, ask) = ("option".to_owned(), String::new());
            return Err(Refusal::TooLong { field, ask, chars_max: CHOICE_CHARS_MAX, chars });
        }
    }
    let hours = ((ends - now).num_minutes() + 59) / 60;
    if hours > PUBLIC_DAYS_MAX * 24 {
        return Err(Refusal::FarDate {
            date: calendar::date(ends, zone).to_string(),
            days_max: PUBLIC_DAYS_MAX.unsigned_abs(),
        });
    }
    Ok(now + TimeDelta::hours(hours))
}

/// A public poll's end has come: nothing counts before the last count is in.
pub(super) fn is_over(making: &mut Making, window: Window) {
    let ask = window.ask.clone();
    making.record(Change::Window(Window { state: WindowState::Due, ..window }));
    making.notice(Notice::Count { ask });
}

/// Somebody should look what was counted so far.
pub(super) fn look(mut making: Making, who: &Who, key: &str) -> Result<Outcome, Refusal> {
    open(&making, who, key)?;
    making.notice(Notice::Count { ask: key.to_owned() });
    Ok(making.done(Said::new("time-passed")))
}

fn open(making: &Making, who: &Who, key: &str) -> Result<(Ask, Window), Refusal> {
    let public = making.board.plan.poll(key).is_some_and(|poll| poll.public);
    if *who != Who::Clock || !public {
        return Err(Refusal::HostsOnly);
    }
    making.open(key, &[Kind::Marks])
}

/// What was counted takes the place of what was known before; the last count closes the poll.
pub(super) fn counted(
    mut making: Making,
    who: &Who,
    key: &str,
    votes: Option<&[(AccountId, CardId)]>,
    is_final: bool,
) -> Result<Outcome, Refusal> {
    let (ask, window) = open(&making, who, key)?;
    let mut guests: BTreeMap<CardId, u32> = BTreeMap::new();
    if let Some(votes) = votes {
        guests = take_over(&mut making, &ask, &window, votes);
    }
    if is_final {
        let given: Vec<Giver> = figures(&making, &window).into_iter().map(|key| key.giver).collect();
        for giver in given {
            making.mark_given(&window, giver, How::Gave);
        }
        finish(&mut making, key);
        for (card, people) in guests {
            let (window, pile) = (window.id, GUESTS.to_owned());
            let (about, value) = (None, Value::Here);
            let row = Tally { window, pile, about, card, value, figures: people, people, partners: 0, voices: 0 };
            making.record(Change::Tally(row));
        }
    }
    Ok(making.done(Said::new("time-passed")))
}

/// Sets the figures of those who are known here; how many others stand at each card.
fn take_over(making: &mut Making, ask: &Ask, window: &Window, votes: &[(AccountId, CardId)]) -> BTreeMap<CardId, u32> {
    for key in figures(making, window) {
        making.record(Change::FigureGone { key, secret: false });
    }
    let Some(pile) = ask.piles.first() else { return BTreeMap::new() };
    let mut guests: BTreeMap<CardId, u32> = BTreeMap::new();
    let mut slots: BTreeMap<PersonId, u8> = BTreeMap::new();
    for (account, card) in votes.iter().filter(|(_, card)| window.slate.contains(card)) {
        let Some(person) = making.board.person_of(*account).filter(|person| person.takes_part()).map(|known| known.id)
        else {
            *guests.entry(*card).or_default() += 1;
            continue;
        };
        let slot = slots.entry(person).or_default();
        if *slot >= pile.budget {
            continue;
        }
        *slot += 1;
        let (giver, about) = (Giver::Person(person), None);
        let key = FigureKey { window: window.id, giver, pile: pile.key.clone(), about, slot: *slot };
        let figure = Figure {
            key,
            card: *card,
            value: Value::Here,
            note: String::new(),
            proposal: String::new(),
            at: making.now,
        };
        making.record(Change::Figure { figure, secret: false });
    }
    guests
}

fn figures(making: &Making, window: &Window) -> Vec<FigureKey> {
    making.board.figures.keys().filter(|key| key.window == window.id).cloned().collect()
}
