//! A settled choice is opened again because two people of two partners ask for it.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::Outcome;
use super::figuring::REMARK_CHARS_MAX;
use super::founding::within;
use super::making::{Making, unknown};
use super::opening::{self, Again};
use super::timing::ends;
use crate::path::calendar::{self, Wall};
use crate::path::change::Change;
use crate::path::coming;
use crate::path::figure::{Decision, DecisionId};
use crate::path::notice::Notice;
use crate::path::people::{PartnerId, Person, PersonId, Who};
use crate::path::plan::Sitting;
use crate::path::refusal::Refusal;
use crate::path::reopening::{self, Plea, PleaId, Reopening};
use crate::path::said::Said;
use crate::path::window::Window;
use crate::path::wording;

pub(super) fn reopen(making: Making, who: &Who, act: &Reopening) -> Result<Outcome, Refusal> {
    match act {
        Reopening::Plead { decision, reason } => plead(making, who, *decision, reason),
        Reopening::TakeBack { decision } => take_back(making, who, *decision),
    }
}

/// Somebody asks to open a settled choice again; a second one, of another partner, opens it.
fn plead(mut making: Making, who: &Who, id: DecisionId, reason: &str) -> Result<Outcome, Refusal> {
    let person = making.giving(who)?;
    let settled = settled(&making, id)?;
    let reason = wording::clean(reason).replace('\n', " ").trim().to_owned();
    if reason.is_empty() {
        return Err(Refusal::NeedsReason);
    }
    let reason = within(reason, "reason", REMARK_CHARS_MAX)?;
    let own = own(&making, id, person.id);
    if own.is_none() && colleague_asks(&making, id, &person) {
        return Err(Refusal::PartnerAsked { ask: settled.ask });
    }
    let is_new = own.is_none();
    let plea = match own {
        Some(plea) => Plea { reason, ..plea },
        None => {
            let id = PleaId(making.number());
            Plea { id, decision: settled.id, by: Some(person.id), reason, at: making.now, opened: None }
        }
    };
    let number = plea.id;
    making.record(Change::Plea(plea));
    if is_new {
        making.notice(Notice::Pleads { plea: number });
    }
    making.notice(Notice::Board);
    let ask = &settled.ask;
    let is_enough = reopening::are_enough(&making.board, &reopening::waiting(&making.board, id));
    let said = match (making.board.timetable.pause, is_enough) {
        (_, false) => Said::new("pleaded"),
        (Some(pause), true) => Said::new("pleaded-in-pause").with("until_s", pause.until.timestamp()),
        (None, true) => {
            let window = open(&mut making, std::slice::from_ref(&settled));
            let ends = window.map(|window| window.ends.timestamp()).unwrap_or_default();
            Said::new("pleaded-open").with("ends_s", ends)
        }
    };
    Ok(making.done(said.with("ask", ask)))
}

/// The decision that is meant, if it may be opened again.
fn settled(making: &Making, id: DecisionId) -> Result<Decision, Refusal> {
    let board = &making.board;
    let settled = reopening::decision(board, id).ok_or_else(|| unknown(id))?.clone();
    let ask = settled.ask.clone();
    if board.window_of(&ask).is_some_and(Window::is_open) {
        return Err(Refusal::AlreadyOpen { what: ask });
    }
    if !reopening::is_newest(board, &settled) {
        return Err(Refusal::DecidedSince { ask });
    }
    if reopening::is_askable(board, &settled) { Ok(settled) } else { Err(Refusal::WrongKind { ask }) }
}

/// What this person asked for already, if it still waits.
fn own(making: &Making, id: DecisionId, person: PersonId) -> Option<Plea> {
    reopening::waiting(&making.board, id).into_iter().find(|plea| plea.by == Some(person)).cloned()
}

/// Whether somebody of the same partner asks already: their partner's voice is there.
fn colleague_asks(making: &Making, id: DecisionId, person: &Person) -> bool {
    let people = &making.board.people;
    let of_mine = |by: PersonId| people.get(&by).is_some_and(|by| by.partner == person.partner);
    reopening::waiting(&making.board, id).into_iter().any(|plea| plea.by.is_some_and(of_mine))
}

fn take_back(mut making: Making, who: &Who, id: DecisionId) -> Result<Outcome, Refusal> {
    let person = making.giving(who)?;
    let ask = reopening::decision(&making.board, id).ok_or_else(|| unknown(id))?.ask.clone();
    if let Some(plea) = own(&making, id, person.id) {
        making.record(Change::PleaGone(plea.id));
        making.notice(Notice::Board);
    }
    Ok(making.done(Said::new("plea-gone").with("ask", ask)))
}

/// What was asked for during a pause opens now that it is over.
pub(super) fn open_what_waits(making: &mut Making) {
    let mut ripe: BTreeMap<String, Vec<Decision>> = BTreeMap::new();
    for settled in &making.board.decisions {
        let pleas = reopening::waiting(&making.board, settled.id);
        if reopening::are_enough(&making.board, &pleas) {
            ripe.entry(settled.ask.clone()).or_default().push(settled.clone());
        }
    }
    for settled in ripe.values() {
        open(making, settled);
    }
}

/// Opens an ask again, with the reasons; for all of it, or for some partners. Whoever drafted before drafts, triads
/// stay as they are, and what was settled stands until it is settled anew.
fn open(making: &mut Making, settled: &[Decision]) -> Option<Window> {
    let ask = settled.first()?.ask.as_str();
    let (_, sitting) = making.board.plan.sitting_of(ask)?;
    let (sitting, ask) = (sitting.clone(), making.board.plan.ask(ask)?.clone());
    let pleas = settled.iter().flat_map(|settled| reopening::waiting(&making.board, settled.id));
    let pleas: Vec<Plea> = pleas.cloned().collect();
    let because = pleas.iter().map(|plea| plea.reason.as_str()).collect::<Vec<_>>().join(" · ");
    let about: Vec<PartnerId> = settled.iter().filter_map(|settled| settled.about).collect();
    let again = Again { alone: true, because: &because, slate: &[], about: &about };
    let window = opening::window(making, &sitting, &ask, &again).ending(end(making, &sitting));
    making.record(Change::Window(window.clone()));
    for plea in pleas {
        making.record(Change::Plea(Plea { opened: Some(window.id), ..plea }));
    }
    making.notice(Notice::AskOpens { ask: ask.key });
    making.notice(Notice::Board);
    Some(window)
}

/// When it ends. Nobody chose the hour at which the second one asks, which may be late on a day's evening: so its days
/// are counted from the next working morning, and everybody has all of them.
fn end(making: &Making, sitting: &Sitting) -> Wall {
    let board = &making.board;
    let before = making.now - TimeDelta::seconds(1);
    let morning = calendar::next_morning(before, coming::zone(board), &board.timetable.days_off);
    ends(making, morning, board.days(sitting))
}
