//! *Subject to approval by …*: said with an answer or a partner's card, approved or not by the partner's house.

use super::Outcome;
use super::figuring::{self, REMARK_CHARS_MAX};
use super::founding::within;
use super::making::Making;
use super::pausing;
use crate::path::approval::{self, Approval, ApprovalId, Approving, On, Verdict};
use crate::path::card::Card;
use crate::path::change::Change;
use crate::path::figure::Value;
use crate::path::notice::Notice;
use crate::path::people::{Person, PersonId, Who};
use crate::path::plan::Ask;
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::spot::Spot;
use crate::path::window::{Giver, Window};
use crate::path::wording;

pub(super) fn approve(making: Making, who: &Who, act: &Approving) -> Result<Outcome, Refusal> {
    match act {
        Approving::Subject { ask, until } => figuring::subject(making, who, ask, until),
        Approving::Unconditional { ask } => figuring::unconditional(making, who, ask),
        Approving::Until { approval, until } => another_day(making, who, *approval, until),
        Approving::Say { approval, yes, reason } => say(making, who, *approval, *yes, reason),
    }
}

/// The condition that somebody has set on their answers in a window.
fn own(making: &Making, window: &Window, person: PersonId) -> Option<Approval> {
    let mut all = making.board.approvals.values();
    all.find(|one| one.on == On::Answers(window.id) && one.by == Some(person)).cloned()
}

/// Sets the condition of somebody's answers in a window.
pub(super) fn set(making: &mut Making, window: &Window, person: &Person, until: chrono::NaiveDate) {
    let id = own(making, window, person.id).map_or_else(|| ApprovalId(making.number()), |one| one.id);
    let (on, partner, by, at) = (On::Answers(window.id), person.partner, Some(person.id), making.now);
    making.record(Change::Approval(Approval { id, on, partner, by, until, at, told: None, verdict: None }));
}

/// Takes the condition of somebody's answers away.
pub(super) fn unset(making: &mut Making, window: &Window, person: PersonId) {
    if let Some(one) = own(making, window, person) {
        making.record(Change::ApprovalGone(one.id));
    }
}

/// A round has closed: a condition of somebody who agreed to nothing is none; partners are asked for theirs.
pub(super) fn closed(making: &mut Making, window: &Window) {
    let here = making.board.approvals.values().filter(|one| one.on == On::Answers(window.id));
    let here: Vec<Approval> = here.cloned().collect();
    for one in &here {
        let agreed = making.board.figures.values().any(|figure| {
            figure.key.window == window.id
                && one.by.map(Giver::Person) == Some(figure.key.giver)
                && matches!(figure.value, Value::Stands | Value::Remark)
        });
        if !agreed {
            making.record(Change::ApprovalGone(one.id));
        }
    }
    let leading: Vec<Approval> = approval::leading(&making.board).into_iter().cloned().collect();
    for one in leading.iter().filter(|one| one.on == On::Answers(window.id)) {
        asked_for(making, one);
    }
}

fn asked_for(making: &mut Making, one: &Approval) {
    making.notice(Notice::Approval { spot: Spot::Partner(one.partner), approval: one.id });
}

/// A partner's card was given: where it says that it needs approval, its day is the partner's usual one, until
/// somebody names another. Whether it does.
pub(super) fn card_given(making: &mut Making, ask: &Ask, card: &Card, actor: &Person) -> bool {
    let is_subject = ask.fields.iter().any(|field| field.subject.iter().any(|choice| choice == card.field(&field.key)));
    let known = approval::of_card(&making.board, card.id).cloned();
    match (is_subject, known, card.partner) {
        (true, None, Some(partner)) => {
            let of_partner = Person { partner, ..actor.clone() };
            let until = approval::offered(&making.board, &of_partner, making.now);
            let (on, by, at) = (On::Card(card.id), Some(actor.id), making.now);
            let id = ApprovalId(making.number());
            let one = Approval { id, on, partner, by, until, at, told: None, verdict: None };
            making.record(Change::Approval(one.clone()));
            asked_for(making, &one);
        }
        (false, Some(known), _) => making.record(Change::ApprovalGone(known.id)),
        _ => {}
    }
    is_subject
}

/// An approval about how things stand, and the ask it belongs to.
fn current(making: &Making, id: ApprovalId) -> Result<(Approval, Ask), Refusal> {
    let one = making.board.approvals.get(&id).ok_or(Refusal::NothingToApprove)?;
    let ask = approval::ask(&making.board, one).ok_or(Refusal::NothingToApprove)?;
    if approval::is_current(&making.board, one) {
        Ok((one.clone(), ask.clone()))
    } else {
        Err(Refusal::NothingToApprove)
    }
}

/// Another day, as long as the house has not said anything.
fn another_day(mut making: Making, who: &Who, id: ApprovalId, until: &str) -> Result<Outcome, Refusal> {
    let person = making.giving(who)?;
    let (one, ask) = current(&making, id)?;
    if one.by != Some(person.id) && approval::may_say(&person, &one).is_none() {
        return Err(Refusal::StrategicOnly);
    }
    if one.verdict.is_some() {
        return Err(Refusal::NothingToApprove);
    }
    let until = pausing::date(&making, &person, until)?;
    let alike: Vec<Approval> = approval::alike(&making.board, &one).into_iter().cloned().collect();
    for other in alike {
        making.record(Change::Approval(Approval { until, told: None, ..other }));
    }
    Ok(making.done(Said::new("approval-until").with("ask", ask.key).with("date", until)))
}

/// What the house says. The same once more changes nothing.
fn say(mut making: Making, who: &Who, id: ApprovalId, yes: bool, reason: &str) -> Result<Outcome, Refusal> {
    let person = making.giving(who)?;
    let (one, ask) = current(&making, id)?;
    let behalf = approval::may_say(&person, &one).ok_or(Refusal::StrategicOnly)?;
    let reason = wording::clean(reason).replace('\n', " ").trim().to_owned();
    let reason = if yes { String::new() } else { within(reason, "reason", REMARK_CHARS_MAX)? };
    if !yes && reason.is_empty() {
        return Err(Refusal::NeedsReason);
    }
    let is_known = one.verdict.as_ref().is_some_and(|said| said.yes == yes && said.reason == reason);
    if !is_known {
        let verdict = Some(Verdict { yes, reason, by: Some(person.id), behalf, at: making.now });
        let alike: Vec<Approval> = approval::alike(&making.board, &one).into_iter().cloned().collect();
        for other in alike {
            making.record(Change::Approval(Approval { verdict: verdict.clone(), ..other }));
        }
        making.notice(Notice::Approval { spot: Spot::Hosts, approval: one.id });
    }
    let said = Said::new(if yes { "approved" } else { "not-approved" });
    Ok(making.done(said.with("ask", ask.key)))
}

/// Time passed: where a day is over without a word, its partner and the hosts are told, once.
pub(super) fn pass(making: &mut Making) {
    let due: Vec<Approval> = approval::due(&making.board, making.now).into_iter().cloned().collect();
    for one in due {
        let alike: Vec<Approval> = approval::alike(&making.board, &one).into_iter().cloned().collect();
        for other in alike {
            making.record(Change::Approval(Approval { told: Some(making.now), ..other }));
        }
        for spot in [Spot::Partner(one.partner), Spot::Hosts] {
            making.notice(Notice::Approval { spot, approval: one.id });
        }
    }
}
