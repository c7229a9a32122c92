//! What opens next by itself, and when.
//!
//! A sitting opens on the first working morning after the one before it has closed (9:00 in the first host's
//! zone), or on the day that a host gave it. If it speaks of what the group kept, it waits until that was put
//! down. After the last sitting the last phase closes in the same way. Nothing of this is stored but what hosts
//! said: it follows from the board, so an outage or a clock set back needs no rule of its own.

use chrono::{DateTime, TimeDelta, Utc};

use super::board::Board;
use super::calendar;
use super::plan::{Ask, Kind, Sitting};
use super::timing::batches;
use super::window::Window;

/// How long after a close nothing opens by itself, so that hosts can put down what was chosen (our proposal).
const REST: TimeDelta = TimeDelta::hours(2);

/// What comes next by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Coming<'a> {
    /// What opens; none: everything was asked, and the last phase closes.
    pub sitting: Option<&'a Sitting>,
    /// When, at the earliest.
    pub at: DateTime<Utc>,
    /// Asks whose outcome it speaks of, and that nobody has put down yet: it waits for them.
    pub lacks: Vec<&'a Ask>,
}

/// What comes next by itself, if anything does: not before a host has opened the first sitting of the road (whoever
/// opens one in the middle wants that one alone), not while a sitting is open, not in a pause, not where hosts open
/// everything by hand.
#[must_use]
pub fn coming(board: &Board) -> Option<Coming<'_>> {
    let timetable = &board.timetable;
    let is_on = timetable.by_itself && timetable.pause.is_none() && is_begun(board);
    if !is_on || batches(board).iter().any(|batch| !batch.alone) {
        return None;
    }
    let closed = last_close(board)?;
    let Some(sitting) = next(board) else {
        board.plan.phases.last().filter(|phase| !board.is_closed(phase))?;
        return Some(Coming { sitting: None, at: morning(board, closed + REST), lacks: Vec::new() });
    };
    let (lacks, settled) = outcomes(board, sitting);
    let earliest = timetable.dates.get(&sitting.key).map(|day| calendar::morning_of(*day, zone(board)).at());
    let after = settled.map_or(closed + REST, |settled| settled.max(closed + REST));
    let at = morning(board, after).max(earliest.unwrap_or(after));
    Some(Coming { sitting: Some(sitting), at, lacks })
}

/// Whether the road was begun at its beginning.
#[must_use]
pub fn is_begun(board: &Board) -> bool {
    let first = board.plan.phases.first().and_then(|phase| phase.sittings.first());
    first.is_some_and(|first| {
        let is_open = first.asks.iter().any(|ask| board.window_of(&ask.key).is_some());
        is_open || board.timetable.left_out.contains_key(&first.key)
    })
}

/// The sitting that comes next: the one hosts put first, else the first of the road that was not opened and is not
/// left out.
#[must_use]
pub fn next(board: &Board) -> Option<&Sitting> {
    let road = || board.plan.phases.iter().flat_map(|phase| &phase.sittings);
    let is_open = |sitting: &&Sitting| {
        !board.timetable.left_out.contains_key(&sitting.key)
            && sitting.asks.iter().all(|ask| board.window_of(&ask.key).is_none())
    };
    let first = |sitting: &&Sitting| board.timetable.first.as_ref() == Some(&sitting.key);
    road().filter(is_open).find(first).or_else(|| road().find(is_open))
}

/// When time has something to do here; none where it waits for hosts who know that it does.
#[must_use]
pub fn wakes(board: &Board) -> Option<DateTime<Utc>> {
    let coming = coming(board)?;
    let last = board.plan.phases.last().map(|phase| &phase.key);
    let key = coming.sitting.map_or(last, |sitting| Some(&sitting.key));
    let waits = coming.sitting.is_none() || !coming.lacks.is_empty();
    let is_known = waits && board.timetable.held_up.as_ref() == key;
    (!is_known).then_some(coming.at)
}

/// When a sitting of the road closed last; quick polls and asks opened alone beside it do not count.
fn last_close(board: &Board) -> Option<DateTime<Utc>> {
    let with_sitting = |window: &&Window| board.plan.poll(&window.ask).is_none() && !board.is_alone(window);
    board.windows.values().filter(with_sitting).filter_map(|window| window.closed).max()
}

/// The asks whose outcome a sitting speaks of and that were asked: those with none yet, and when the last of the
/// others was put down.
fn outcomes<'a>(board: &'a Board, sitting: &Sitting) -> (Vec<&'a Ask>, Option<DateTime<Utc>>) {
    let mut lacks: Vec<&Ask> = Vec::new();
    let mut settled = None;
    for ask in sitting.asks.iter().filter(|ask| !ask.optional) {
        let asked = spoken_of(ask).filter_map(|source| board.plan.ask(source));
        for source in asked.filter(|source| board.window_of(&source.key).is_some()) {
            match board.decision(&source.key, None) {
                Some(decision) if !decision.cards.is_empty() => settled = settled.max(Some(decision.at)),
                _ => lacks.push(source),
            }
        }
        if chooses(ask) && ask.from.iter().all(|source| board.cards_of(source, ask.kept).is_empty()) {
            lacks.extend(ask.from.iter().filter_map(|source| board.plan.ask(source)));
        }
    }
    lacks.dedup();
    (lacks, settled)
}

/// The sources of which an ask takes only what was kept.
fn spoken_of(ask: &Ask) -> impl Iterator<Item = &String> {
    let of_fields = ask.fields.iter().filter(|field| field.kept).flat_map(|field| &field.from);
    ask.from.iter().filter(|_| ask.kept).chain(of_fields)
}

/// Whether an ask is nothing without cards on its table.
fn chooses(ask: &Ask) -> bool {
    matches!(ask.kind, Kind::Marks | Kind::Consent | Kind::Assign | Kind::Figures)
}

/// The zone by whose mornings sittings open: that of the host who has been here longest.
pub(super) fn zone(board: &Board) -> &str {
    board.counting().find(|person| person.host).map_or("UTC", |person| person.zone.as_str())
}

fn morning(board: &Board, after: DateTime<Utc>) -> DateTime<Utc> {
    calendar::next_morning(after, zone(board), &board.timetable.days_off)
}
