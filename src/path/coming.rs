//! What opens next by itself, and when.
//!
//! A sitting opens on the first working morning after the one before it has closed (9:00 in the first host's
//! zone), or on the day that a host gave it. If it speaks of what the group kept, it waits until that was put
//! down. After the last sitting the last phase closes in the same way, and where it could not, on the working morning
//! after hosts have mended what held it up. All of it follows from the board, so the same
//! board at the same moment gives the same answer, whatever happened to the program. Two things are written down beside
//! what hosts said: that something missed its day ([`is_late`]), and what hosts were told it waits for.

use chrono::{DateTime, TimeDelta, Utc};

use super::board::Board;
use super::calendar;
use super::checks;
use super::people::Standing;
use super::plan::{Ask, Kind, Phase, Sitting};
use super::timing::{Batch, batches};
use super::window::{Given, Window};

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
/// opens one in the middle wants that one alone), not while a sitting is open or something that the next one speaks
/// of, not in a pause, not where hosts open everything by hand.
#[must_use]
pub fn coming(board: &Board) -> Option<Coming<'_>> {
    following(board, &batches(board))
}

/// What comes next by itself, where this is open.
fn following<'a>(board: &'a Board, open: &[Batch<'_>]) -> Option<Coming<'a>> {
    let timetable = &board.timetable;
    if !goes_by_itself(board) || open.iter().any(|batch| !batch.alone) {
        return None;
    }
    let after = (last_close(board)? + REST).max(timetable.since.unwrap_or_default());
    let Some(sitting) = next(board) else {
        let mended = done(board, None).map(|phase| touched(board, phase)).max()?;
        return Some(Coming { sitting: None, at: morning(board, after.max(mended)), lacks: Vec::new() });
    };
    let Outcomes { lacks, settled } = outcomes(board, sitting)?;
    let after = settled.map_or(after, |settled| settled.max(after));
    let earliest = timetable.dates.get(&sitting.key).map(|day| calendar::morning_of(*day, zone(board)).at());
    let at = morning(board, after).max(earliest.unwrap_or(after));
    Some(Coming { sitting: Some(sitting), at, lacks })
}

/// Whether the working day on which something should have come is over: then it waits for another morning.
#[must_use]
pub fn is_late(board: &Board, at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    let zone = zone(board);
    now > calendar::end_of(calendar::date(at, zone), &[zone]).at().max(at)
}

/// Phases that are done: all of each was asked or left out, something was asked, nothing of it is open, and it was not
/// closed. Not the phase of what comes next.
pub(super) fn done<'a>(board: &'a Board, next: Option<&'a Sitting>) -> impl Iterator<Item = &'a Phase> {
    let windows = |sitting: &'a Sitting| sitting.asks.iter().filter_map(|ask| board.window_of(&ask.key));
    let is_over = move |sitting: &'a Sitting| {
        let is_asked = windows(sitting).next().is_some() || board.timetable.left_out.contains_key(&sitting.key);
        is_asked && windows(sitting).all(|window| !window.is_open())
    };
    let is_others = move |phase: &&Phase| next.is_none_or(|next| phase.sittings.iter().all(|one| one.key != next.key));
    let is_done = move |phase: &&'a Phase| {
        phase.sittings.iter().all(is_over)
            && phase.sittings.iter().any(|sitting| windows(sitting).next().is_some())
            && !board.is_closed(phase)
    };
    board.plan.phases.iter().filter(is_others).filter(is_done)
}

/// Whether the Path goes on by itself now.
#[must_use]
pub fn goes_by_itself(board: &Board) -> bool {
    board.timetable.by_itself && board.timetable.pause.is_none() && is_begun(board)
}

/// Whether a phase is done and was not closed.
#[must_use]
pub fn is_done(board: &Board, phase: &Phase) -> bool {
    done(board, None).any(|done| done.key == phase.key)
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
    // One ask that was opened alone, between two meetings, does not stand for its sitting.
    let with_sitting = |ask: &Ask| board.windows.values().any(|one| one.ask == ask.key && !one.alone);
    let is_to_come = |sitting: &&Sitting| {
        !board.timetable.left_out.contains_key(&sitting.key)
            && !sitting.asks.iter().any(with_sitting)
            && sitting.asks.iter().any(|ask| board.window_of(&ask.key).is_none())
    };
    let first = |sitting: &&Sitting| board.timetable.first.as_ref() == Some(&sitting.key);
    road().filter(is_to_come).find(first).or_else(|| road().find(is_to_come))
}

/// When time has something to do here, where this is open; none where it waits for hosts who know that it does.
#[must_use]
pub fn wakes(board: &Board, open: &[Batch<'_>]) -> Option<DateTime<Utc>> {
    let coming = following(board, open)?;
    // Whatever waits for hosts waits under its own key, phases under theirs.
    let is_known = match coming.sitting {
        Some(sitting) => !coming.lacks.is_empty() && board.timetable.held_up.as_ref() == Some(&sitting.key),
        // What held a phase up may have been mended since.
        None => {
            let is_told = |phase: &Phase| board.timetable.held_up.as_ref() == Some(&phase.key);
            done(board, None).any(is_told) && done(board, None).all(|phase| checks::hold(board, phase).is_err())
        }
    };
    (!is_known).then_some(coming.at)
}

/// When something of a phase was last put down, given or worded: its hosts may still be mending it. What was only added
/// changes nothing that was chosen.
fn touched(board: &Board, phase: &Phase) -> DateTime<Utc> {
    let is_its = |key: &str| phase.sittings.iter().flat_map(|sitting| &sitting.asks).any(|ask| ask.key == key);
    let decided = board.decisions.iter().filter(|decision| is_its(&decision.ask)).map(|decision| decision.at);
    let of_window = |given: &&Given| board.windows.get(&given.window).is_some_and(|window| is_its(&window.ask));
    let given = board.given.values().filter(of_window).map(|given| given.at);
    let cards = board.cards.values().filter(|card| !card.added && is_its(&card.source));
    let worded = cards.filter_map(|card| card.text()).map(|text| text.at);
    decided.chain(given).chain(worded).max().unwrap_or_default()
}

/// When a sitting of the road closed last; quick polls and asks opened alone beside it do not count.
fn last_close(board: &Board) -> Option<DateTime<Utc>> {
    let with_sitting = |window: &&Window| board.plan.poll(&window.ask).is_none() && !window.alone;
    board.windows.values().filter(with_sitting).filter_map(|window| window.closed).max()
}

/// What came of the asks that a sitting speaks of.
struct Outcomes<'a> {
    /// Those of which nothing came yet.
    lacks: Vec<&'a Ask>,
    /// When the last of the others was put down or closed.
    settled: Option<DateTime<Utc>>,
}

/// What came of the asks that a sitting speaks of and that were asked; none while one of them is open.
fn outcomes<'a>(board: &'a Board, sitting: &Sitting) -> Option<Outcomes<'a>> {
    let mut found = Outcomes { lacks: Vec::new(), settled: None };
    for ask in sitting.asks.iter().filter(|ask| !ask.optional) {
        let kept = spoken_of(ask).filter_map(|source| board.plan.ask(source)).map(|source| (source, true));
        let table = ask.from.iter().filter(|_| chooses(ask) && !ask.kept);
        let table: Vec<(&Ask, bool)> =
            table.filter_map(|source| board.plan.ask(source)).map(|ask| (ask, false)).collect();
        let is_bare = chooses(ask) && ask.from.iter().all(|source| board.cards_of(source, ask.kept).is_empty());
        for (source, is_kept) in kept.chain(table) {
            let Some(window) = board.window_of(&source.key) else { continue };
            if window.is_open() {
                return None;
            }
            let decision = board.decision(&source.key, None).filter(|decision| !decision.cards.is_empty());
            match (is_kept, decision) {
                (true, None) => found.lacks.push(source),
                (false, _) if is_bare => found.lacks.push(source),
                (true, Some(decision)) => found.settled = found.settled.max(Some(decision.at)),
                (false, _) => found.settled = found.settled.max(window.closed),
            }
        }
    }
    found.lacks.dedup();
    Some(found)
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
    let hosts = board.counting().filter(|person| person.host);
    let longest = hosts.min_by_key(|host| (host.standing != Standing::Present, host.from, host.id));
    longest.map_or("UTC", |host| host.zone.as_str())
}

fn morning(board: &Board, after: DateTime<Utc>) -> DateTime<Utc> {
    calendar::next_morning(after, zone(board), &board.timetable.days_off)
}
