//! Opening sittings and asks: windows with an end, from the start.

use std::collections::BTreeSet;

use super::Outcome;
use super::making::{Making, unknown};
use super::pausing::not_paused;
use super::skipping::take_in;
use super::timing::ends;
use crate::path::card::CardId;
use crate::path::change::Change;
use crate::path::notice::Notice;
use crate::path::people::{PartnerId, Who};
use crate::path::plan::{Ask, Sitting};
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::table;
use crate::path::timetable::Timetable;
use crate::path::window::{Window, WindowId, WindowState};

/// What is special about a window that is opened by itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Again<'a> {
    pub(super) alone: bool,
    pub(super) because: &'a str,
    pub(super) slate: &'a [CardId],
    pub(super) about: &'a [PartnerId],
}

/// A host opens a sitting: one window for each ask that has none yet.
pub(super) fn open(mut making: Making, who: &Who, key: &str) -> Result<Outcome, Refusal> {
    making.host(who)?;
    not_paused(&making)?;
    let (_, sitting) = making.board.plan.sitting(key).ok_or_else(|| unknown(key))?;
    let sitting = sitting.clone();
    if sitting.asks.iter().all(|ask| making.board.window_of(&ask.key).is_some()) {
        return Err(Refusal::AlreadyOpen { what: key.to_owned() });
    }
    if making.board.counting().count() == 0 {
        return Err(Refusal::TooFewPeople { least: 1 });
    }
    begin(&mut making, &sitting);
    let ends_s = ends(&making, making.now, making.board.days(&sitting)).at().timestamp();
    Ok(making.done(Said::new("opened").with("sitting", key).with("ends_s", ends_s)))
}

/// A sitting opens: by a host, or by itself.
pub(super) fn begin(making: &mut Making, sitting: &Sitting) {
    for ask in &sitting.asks {
        if making.board.window_of(&ask.key).is_none() {
            let window = window(making, sitting, ask, &Again::default());
            making.record(Change::Window(window));
        }
    }
    super::drafting::take_volunteers(making);
    take_in(making, &sitting.key);
    let timetable = &making.board.timetable;
    if timetable.held_up.is_some() || timetable.first.as_ref() == Some(&sitting.key) {
        let first = timetable.first.clone().filter(|first| *first != sitting.key);
        making.record(Change::Timetable(Timetable { held_up: None, first, ..timetable.clone() }));
    }
    making.notice(Notice::Opens { sitting: sitting.key.clone() });
    making.notice(Notice::Board);
}

/// A host opens one ask alone, or once more: a further round, a run-off.
pub(super) fn open_ask(mut making: Making, who: &Who, key: &str, again: &Again<'_>) -> Result<Outcome, Refusal> {
    making.host(who)?;
    not_paused(&making)?;
    let ask = making.ask(key)?;
    let (_, sitting) = making.board.plan.sitting_of(key).ok_or_else(|| unknown(key))?;
    let sitting = sitting.clone();
    if let Some(last) = making.board.window_of(key) {
        if last.is_open() {
            return Err(Refusal::AlreadyOpen { what: key.to_owned() });
        }
        if again.because.trim().is_empty() {
            return Err(Refusal::NeedsReason);
        }
    }
    let window = window(&mut making, &sitting, &ask, again);
    let on_the_table: Vec<CardId> = table::table(&making.board, &Window { slate: Vec::new(), ..window.clone() })
        .into_iter()
        .map(|card| card.id)
        .collect();
    if window.slate.iter().any(|card| !on_the_table.contains(card)) {
        return Err(Refusal::NotOnTheTable);
    }
    if window.about.iter().any(|partner| !making.board.partners.contains_key(partner)) {
        return Err(unknown(key));
    }
    let ends = window.ends;
    making.record(Change::Window(window));
    super::drafting::take_volunteers(&mut making);
    making.notice(Notice::AskOpens { ask: key.to_owned() });
    making.notice(Notice::Board);
    Ok(making.done(Said::new("ask-opened").with("ask", key).with("ends_s", ends.timestamp())))
}

pub(super) fn window(making: &mut Making, sitting: &Sitting, ask: &Ask, again: &Again<'_>) -> Window {
    let last = making.board.window_of(&ask.key);
    let nth = last.map_or(1, |window| window.nth + 1);
    let drafters = last.map_or_else(BTreeSet::new, |window| window.drafters.clone());
    let end = ends(making, making.now, making.board.days(sitting));
    Window {
        id: WindowId(making.number()),
        ask: ask.key.clone(),
        nth,
        opens: making.now,
        ends: end.at(),
        wall: Some(end),
        state: WindowState::Open,
        closed: None,
        because_of: again.because.trim().to_owned(),
        despite: String::new(),
        slate: again.slate.to_vec(),
        about: again.about.to_vec(),
        drafters,
        alone: again.alone,
        extended: false,
        itself: false,
    }
}

/// The longest a meeting's timer runs, in minutes.
const TIMER_MINUTES_MAX: u16 = 180;

/// A host sets a timer for a meeting.
pub(super) fn timer(mut making: Making, who: &Who, minutes: u16) -> Result<Outcome, Refusal> {
    making.host(who)?;
    if !(1..=TIMER_MINUTES_MAX).contains(&minutes) {
        return Err(Refusal::OutOfBounds { min: 1, max: TIMER_MINUTES_MAX, count: usize::from(minutes) });
    }
    let ends_s = (making.now + chrono::TimeDelta::minutes(minutes.into())).timestamp();
    making.notice(Notice::Timer { ends_s });
    Ok(making.done(Said::new("timer-set").with("minutes", minutes)))
}
