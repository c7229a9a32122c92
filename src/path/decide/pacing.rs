//! How fast the Path goes and in which order: by itself or by hand, its pace, a sitting's days and its date.

use super::Outcome;
use super::making::{Making, unknown};
use super::pausing::date;
use crate::path::change::Change;
use crate::path::coming;
use crate::path::notice::Notice;
use crate::path::people::Who;
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::timetable::Timetable;

/// The most working days that a sitting stays open: six weeks.
pub const DAYS_MAX: u16 = 30;

/// A host says whether sittings open by themselves.
pub(super) fn by_itself(mut making: Making, who: &Who, yes: bool) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let timetable =
        Timetable { by_itself: yes, held_up: None, since: Some(making.now), ..making.board.timetable.clone() };
    keep(&mut making, timetable);
    if yes { Ok(with_next(making, "goes-by-itself", "")) } else { Ok(making.done(Said::new("goes-by-hand"))) }
}

/// A host chooses a pace. What is open keeps its end.
pub(super) fn pace(mut making: Making, who: &Who, pace: Option<&str>) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let pace = match pace {
        Some(key) => Some(making.board.plan.pace(key).ok_or_else(|| unknown(key))?.key.clone()),
        None => None,
    };
    let timetable = Timetable { pace, ..making.board.timetable.clone() };
    keep(&mut making, timetable);
    let board = &making.board;
    let days: u16 = board.plan.phases.iter().flat_map(|phase| &phase.sittings).map(|sitting| board.days(sitting)).sum();
    Ok(making.done(Said::new("pace-kept").with("days", days)))
}

/// A host says for how many working days a sitting will stay open.
pub(super) fn days(mut making: Making, who: &Who, key: &str, typed: &str) -> Result<Outcome, Refusal> {
    making.host(who)?;
    unopened(&making, key)?;
    let typed = typed.trim();
    let days: u16 = typed.parse().map_err(|_| Refusal::Unreadable {
        field: "days".to_owned(),
        ask: String::new(),
        typed: typed.to_owned(),
    })?;
    if !(1..=DAYS_MAX).contains(&days) {
        return Err(Refusal::OutOfBounds { min: 1, max: DAYS_MAX, count: days.into() });
    }
    let mut timetable = making.board.timetable.clone();
    timetable.days.insert(key.to_owned(), days);
    keep(&mut making, timetable);
    Ok(making.done(Said::new("days-kept").with("sitting", key).with("days", days)))
}

/// A host says on which day a sitting opens at the earliest; nothing typed takes that back.
pub(super) fn opens(mut making: Making, who: &Who, key: &str, typed: &str) -> Result<Outcome, Refusal> {
    let host = making.host(who)?;
    unopened(&making, key)?;
    let mut timetable = making.board.timetable.clone();
    if typed.trim().is_empty() {
        timetable.dates.remove(key);
    } else {
        timetable.dates.insert(key.to_owned(), date(&making, &host, typed)?);
    }
    keep(&mut making, timetable);
    Ok(with_next(making, "date-kept", key))
}

/// A host lets a sitting come next.
pub(super) fn first(mut making: Making, who: &Who, key: &str) -> Result<Outcome, Refusal> {
    making.host(who)?;
    unopened(&making, key)?;
    let timetable = Timetable {
        first: Some(key.to_owned()),
        held_up: None,
        since: Some(making.now),
        ..making.board.timetable.clone()
    };
    keep(&mut making, timetable);
    super::skipping::take_in(&mut making, key);
    Ok(with_next(making, "comes-first", key))
}

/// Refuses what speaks of a sitting that has opened already.
fn unopened(making: &Making, key: &str) -> Result<(), Refusal> {
    let (_, sitting) =
        making.board.plan.sitting(key).filter(|(_, sitting)| sitting.poll.is_none()).ok_or_else(|| unknown(key))?;
    if sitting.asks.iter().any(|ask| making.board.window_of(&ask.key).is_some()) {
        return Err(Refusal::AlreadyOpen { what: key.to_owned() });
    }
    Ok(())
}

fn keep(making: &mut Making, timetable: Timetable) {
    if timetable != making.board.timetable {
        making.record(Change::Timetable(timetable));
        making.notice(Notice::Board);
    }
}

/// What was done about a sitting; and what opens next by itself and when, if that is known.
fn with_next(making: Making, key: &str, sitting: &str) -> Outcome {
    let next = coming::coming(&making.board).and_then(|coming| Some((coming.sitting?.key.clone(), coming.at)));
    let said = match next {
        Some((what, at)) => Said::new(&format!("{key}-next")).with("what", what).with("at_s", at.timestamp()),
        None => Said::new(key),
    };
    making.done(said.with("sitting", sitting))
}
