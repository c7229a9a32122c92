//! When what is open closes by itself, and when time has anything to do at all.
//!
//! Windows that opened together close together: those of a sitting, or one ask that was opened alone. Nothing
//! here reads a clock and nothing is written down but the windows themselves; so after an outage, or with a clock
//! that was set back, the same answer comes of the same board.

use chrono::{DateTime, TimeDelta, Utc};

use super::board::Board;
use super::coming;
use super::drafting;
use super::giver;
use super::people::PersonId;
use super::plan::{Ask, By, Kind, Rule, Sitting};
use super::weekly;
use super::window::{Giver, Window, WindowState};

/// How long a step stays open after the last one has given, so that a slip can be mended (our proposal).
pub const CALM: TimeDelta = TimeDelta::hours(1);

/// Windows that opened together and are still open.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch<'a> {
    /// The sitting they belong to.
    pub sitting: &'a Sitting,
    /// One ask that was opened alone, not its sitting.
    pub alone: bool,
    /// The windows, each with its ask, in the plan's order. Never empty.
    pub windows: Vec<(&'a Ask, &'a Window)>,
}

/// What is open now, in the plan's order. Quick polls have an end of their own kind ([`polls_end`]).
#[must_use]
pub fn batches(board: &Board) -> Vec<Batch<'_>> {
    let mut batches: Vec<Batch<'_>> = Vec::new();
    for (_, sitting, ask) in board.plan.asks().filter(|(_, _, ask)| board.plan.poll(&ask.key).is_none()) {
        let Some(window) = board.window_of(&ask.key).filter(|window| window.is_open()) else { continue };
        let known = batches.iter_mut().find(|batch| {
            batch.sitting.key == sitting.key && batch.opens() == window.opens && !batch.alone && !window.alone
        });
        if let Some(batch) = known {
            batch.windows.push((ask, window));
        } else {
            batches.push(Batch { sitting, alone: window.alone, windows: vec![(ask, window)] });
        }
    }
    batches
}

impl<'a> Batch<'a> {
    /// When it opened.
    #[must_use]
    pub fn opens(&self) -> DateTime<Utc> {
        self.windows.iter().map(|(_, window)| window.opens).min().unwrap_or_default()
    }

    /// When it is due to end.
    #[must_use]
    pub fn ends(&self) -> DateTime<Utc> {
        self.windows.iter().map(|(_, window)| window.ends).max().unwrap_or_default()
    }

    /// Whether it has been extended already, because the quorum was missing at its end.
    #[must_use]
    pub fn is_extended(&self) -> bool {
        self.windows.iter().any(|(_, window)| window.extended)
    }

    /// The windows for which people are asked one by one. What is optional is nobody's duty, unless it is all
    /// that was opened; a tree is everybody's, and an owner's cards come when they come.
    fn awaited(&self) -> impl Iterator<Item = (&'a Ask, &'a Window)> {
        let alone = self.alone;
        let awaited = move |ask: &Ask| {
            (alone || !ask.optional) && !matches!(ask.kind, Kind::Tree | Kind::Groups) && ask.by != By::Owner
        };
        self.windows.iter().copied().filter(move |(ask, _)| awaited(ask))
    }

    /// Who is still to come, each once.
    #[must_use]
    pub fn missing(&self, board: &Board) -> Vec<Giver> {
        let mut all: Vec<Giver> = Vec::new();
        for giver in self.awaited().flat_map(|(_, window)| missing(board, window)) {
            if !all.contains(&giver) {
                all.push(giver);
            }
        }
        all
    }

    /// Whether it asks again what was asked before: what all had settled, a few must not settle anew.
    fn asks_again(&self) -> bool {
        self.alone && self.windows.iter().any(|(_, window)| window.nth > 1)
    }

    /// Whether what decides has its quorum; true for what only gathers.
    #[must_use]
    pub fn has_quorum(&self, board: &Board) -> bool {
        (self.sitting.rule == Rule::Gather && !self.asks_again())
            || self
                .windows
                .iter()
                .filter(|(ask, _)| ask.binds())
                .all(|(_, window)| giver::progress(board, window).has_quorum())
    }

    /// When the last one of all gave; none while anybody is missing, or is still to be named: drafters, triads.
    #[must_use]
    pub fn complete(&self, board: &Board) -> Option<DateTime<Utc>> {
        let mut last = None;
        for (_, window) in self.awaited() {
            if giver::asked(board, window).is_empty() || !missing(board, window).is_empty() {
                return None;
            }
            let given = board.given.values().filter(|given| given.window == window.id).map(|given| given.at).max();
            last = last.max(given);
        }
        // Where somebody left, the last one missing may have gone just now.
        let people = board.people.values().filter_map(|person| person.until);
        let partners = board.partners.values().filter_map(|partner| partner.until);
        let left = people.chain(partners).filter(|at| *at > self.opens()).max();
        last.map(|last: DateTime<Utc>| left.map_or(last, |left| left.max(last)))
    }

    /// When time has something to do here: at its end, or an hour after the last one has given.
    #[must_use]
    pub fn wakes(&self, board: &Board) -> DateTime<Utc> {
        self.complete(board).map_or(self.ends(), |last| self.ends().min(last + CALM))
    }
}

/// Who is still to come in a window. A partner or a triad all of whose people have skipped has skipped.
fn missing(board: &Board, window: &Window) -> Vec<Giver> {
    let skipped = |person: PersonId| giver::skipped(board, window.id, person);
    let mut missing = giver::progress(board, window).missing;
    missing.retain(|giver| match giver {
        Giver::Person(_) => true,
        Giver::Partner(partner) => board.counting().any(|person| person.partner == *partner && !skipped(person.id)),
        Giver::Group(group) => {
            board.groups.get(group).is_some_and(|group| group.members.iter().any(|id| !skipped(*id)))
        }
    });
    missing
}

/// When time passing will next change anything on a board; none while nothing is open. A pause comes first.
#[must_use]
pub fn wakes(board: &Board) -> Option<DateTime<Utc>> {
    if let Some(pause) = board.timetable.pause {
        return Some(pause.until);
    }
    let wrong = board.windows.values().filter(|window| window.put_right().is_some()).map(|window| window.opens);
    let open = batches(board);
    let own = open.iter().map(|batch| batch.wakes(board));
    let ahead = coming::wakes(board, &open).into_iter().chain(drafting::wakes(board)).chain(weekly::next(board));
    own.chain(polls_end(board)).chain(wrong).chain(ahead).min()
}

/// When the quick polls that are open end. One that is counted elsewhere waits for its last count, not for time.
fn polls_end(board: &Board) -> impl Iterator<Item = DateTime<Utc>> {
    let polls = board
        .windows
        .values()
        .filter(|window| window.state == WindowState::Open && board.plan.poll(&window.ask).is_some());
    polls.map(|window| window.ends)
}
