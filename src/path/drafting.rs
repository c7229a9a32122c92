//! Who drafts where hosts name nobody: two volunteers of two partners; else the authors of what moved the group most;
//! else that itself goes forward.
//!
//! An ask that drafters give says in the plan where volunteers offer themselves and which marks count
//! ([`Drafting`]). Volunteers are named at once. Authors are asked, and a draft goes forward, only where the Path goes on
//! by itself and what comes next speaks of the ask; and never before its marks are counted, for whom one asks would tell
//! what is still sealed. All of it follows from the board, so nothing is written down for it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::board::Board;
use super::card::{Card, CardId, CardState};
use super::coming;
use super::people::{Person, PersonId};
use super::plan::{Ask, Drafting, Named};
use super::window::Window;
use super::wording;

/// How long volunteers are waited for before authors are asked (method, S2: twelve hours).
pub const PATIENCE: TimeDelta = TimeDelta::hours(12);
/// How many draft together.
const DRAFTERS: usize = 2;

/// What time does about an ask that has no drafters, or no draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Authors become its drafters in the window that is open.
    Name(Vec<PersonId>),
    /// It closed without a draft: it opens once more, for the authors.
    OpenFor(Vec<PersonId>),
    /// Nobody drafted: this draft goes forward as it is.
    Forward(CardId),
}

/// The next step of an ask, and from when on it is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The ask's key.
    pub ask: String,
    /// What is done.
    pub step: Step,
    /// From when on.
    pub at: DateTime<Utc>,
}

/// Two volunteers of two partners, who offered first; empty while there are no two.
#[must_use]
pub fn volunteers(board: &Board, drafting: &Drafting) -> Vec<PersonId> {
    let offered = board.cards_of(&drafting.volunteers, false).into_iter().filter_map(|card| card.by);
    let pair = pair(board, offered, false);
    if pair.len() == DRAFTERS { pair } else { Vec::new() }
}

/// What is due by this moment or later, at most one step for each ask.
#[must_use]
pub fn due(board: &Board) -> Vec<Due> {
    if !coming::goes_by_itself(board) {
        return Vec::new();
    }
    board.plan.asks().filter_map(|(_, _, ask)| step(board, ask, ask.drafting.as_ref()?)).collect()
}

/// When time has something to do here.
#[must_use]
pub fn wakes(board: &Board) -> Option<DateTime<Utc>> {
    due(board).into_iter().map(|due| due.at).min()
}

fn step(board: &Board, ask: &Ask, drafting: &Drafting) -> Option<Due> {
    let window = board.window_of(&ask.key)?;
    let counted = board.window_of(&drafting.marks)?.closed?;
    let is_spoken_of = coming::next(board).is_some_and(|next| next.asks.iter().any(|one| one.from.contains(&ask.key)));
    // One that was written or went forward once is the hosts' to put aside or to bring back.
    let is_written = |card: &Card| card.source == ask.key && card.state != CardState::Withdrawn;
    if !is_spoken_of || board.cards.values().any(is_written) {
        return None;
    }
    let due = |step: Step, at: DateTime<Utc>| Some(Due { ask: ask.key.clone(), step, at });
    let authors = authors(board, drafting);
    if let Some(closed) = window.closed {
        let at = closed.max(counted);
        return match going_forward(board, ask, drafting) {
            _ if !window.alone && is_new(board, ask, &authors) => due(Step::OpenFor(authors), at),
            Some(card) => due(Step::Forward(card), at),
            None => None,
        };
    }
    if !authors.is_empty() && is_free(board, window) {
        due(Step::Name(authors), counted.max(window.opens + PATIENCE))
    } else {
        None
    }
}

/// Whether nobody who could write is named for a window.
#[must_use]
pub fn is_free(board: &Board, window: &Window) -> bool {
    !window.drafters.iter().any(|id| board.people.get(id).is_some_and(Person::takes_part))
}

/// Whether one of these people has not been asked to draft yet.
fn is_new(board: &Board, ask: &Ask, people: &[PersonId]) -> bool {
    let windows = || board.windows.values().filter(|window| window.ask == ask.key);
    people.iter().any(|person| !windows().any(|window: &Window| window.drafters.contains(person)))
}

/// The authors of the drafts with the most marks: two, of two partners where there are such. Who wrote without a name, or
/// has left, is passed over.
fn authors(board: &Board, drafting: &Drafting) -> Vec<PersonId> {
    let origins = marked(board, drafting).into_iter().flat_map(|card| board.origins(card.id));
    let cards = origins.filter_map(|id| board.cards.get(&id)).filter(|card| !board.is_made(card.id));
    let named = cards.filter(|card| board.plan.ask(&card.source).is_some_and(|ask| ask.named != Named::Never));
    pair(board, named.filter_map(|card| card.by), true)
}

/// The first of these people who take part, and the next of another partner; or of the same one, if that will do.
fn pair(board: &Board, people: impl Iterator<Item = PersonId>, same_will_do: bool) -> Vec<PersonId> {
    let here = people.filter_map(|id| board.people.get(&id)).filter(|person| person.takes_part());
    let here: Vec<&Person> = here.collect();
    let Some(first) = here.first() else { return Vec::new() };
    let elsewhere = here.iter().find(|person| person.partner != first.partner);
    let beside = here.iter().find(|person| same_will_do && person.id != first.id);
    std::iter::once(first.id).chain(elsewhere.or(beside).map(|person| person.id)).collect()
}

/// The draft that goes forward: of those with the most marks the first that is short enough to be kept.
fn going_forward(board: &Board, ask: &Ask, drafting: &Drafting) -> Option<CardId> {
    let chars_max = ask.headline()?.chars_max() as usize;
    let fits = |card: &&Card| wording::chars(board.words_of(card)) <= chars_max;
    marked(board, drafting).into_iter().find(fits).map(|card| card.id)
}

/// The marked drafts, those with the most marks first: by people, then by partners, then as they were written.
fn marked<'a>(board: &'a Board, drafting: &Drafting) -> Vec<&'a Card> {
    let Some(window) = board.window_of(&drafting.marks).filter(|window| !window.is_open()) else { return Vec::new() };
    let mut counts: BTreeMap<CardId, (u32, u32)> = BTreeMap::new();
    for row in board.tallies.iter().filter(|row| row.window == window.id && row.figures > 0) {
        // Hosts may have joined drafts after the count: those who marked them marked what was made of them.
        let Some(card) = board.standing_for(row.card) else { continue };
        let count = counts.entry(card.id).or_default();
        *count = (count.0 + row.people, count.1 + row.voices);
    }
    let mut cards: Vec<&Card> =
        counts.keys().filter_map(|id| board.cards.get(id)).filter(|card| card.stands()).collect();
    cards.sort_by_key(|card| (Reverse(counts[&card.id]), card.id));
    cards
}
