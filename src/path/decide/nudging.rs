//! Nudging: what time brings, and what people answer to it.

use chrono::NaiveDate;

use super::Outcome;
use super::making::{Making, unknown};
use crate::path::calendar;
use crate::path::change::Change;
use crate::path::notice::Notice;
use crate::path::nudge::{Fact, Reach, Request, Wish};
use crate::path::nudging;
use crate::path::people::Who;
use crate::path::plan::Ask;
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::waiting;
use crate::path::window::{Giver, How};

/// Time passed: whoever is due is nudged, and hosts are told once who is missing near an end.
pub(super) fn pass(making: &mut Making) {
    for nudges in nudging::due(&making.board, making.now) {
        for nudge in nudges {
            making.notice(Notice::Nudge { person: nudge.person, at: nudge.at });
            making.record(Change::Nudging(Fact::Nudged(nudge)));
        }
    }
    for sitting in nudging::hosts_due(&making.board, making.now) {
        making.record(Change::Nudging(Fact::Told { sitting: sitting.clone(), at: making.now }));
        making.notice(Notice::Missing { sitting });
    }
}

/// What somebody asks for, or the program itself.
pub(super) fn request(making: Making, who: &Who, request: &Request) -> Result<Outcome, Refusal> {
    match (who, request) {
        (_, Request::Reach(reach)) => set_reach(making, who, *reach),
        (_, Request::Day(day)) => better_day(making, who, *day),
        (_, Request::PassAll { sitting }) => pass_all(making, who, sitting),
        (Who::Clock, Request::Unsaid { person, at }) => {
            Ok(recorded(making, Fact::Unsaid { person: *person, at: *at }, "time-passed"))
        }
        (Who::Clock, Request::Unreachable { person }) => {
            Ok(recorded(making, Fact::Reach { person: *person, reach: Reach::Room }, "time-passed"))
        }
        (Who::Person(_) | Who::Stranger { .. }, Request::Unsaid { .. } | Request::Unreachable { .. }) => {
            Err(Refusal::HostsOnly)
        }
    }
}

fn recorded(mut making: Making, fact: Fact, said: &str) -> Outcome {
    making.record(Change::Nudging(fact));
    making.done(Said::new(said))
}

fn set_reach(making: Making, who: &Who, reach: Reach) -> Result<Outcome, Refusal> {
    let person = making.giving(who)?.id;
    let said = match reach {
        Reach::Room => "nudged-in-room",
        Reach::Direct => "nudged-directly",
        Reach::Nowhere => "nudged-nowhere",
    };
    Ok(recorded(making, Fact::Reach { person, reach }, said))
}

/// The next nudge about all that waits for somebody and ends after that day comes on it.
fn better_day(mut making: Making, who: &Who, day: NaiveDate) -> Result<Outcome, Refusal> {
    let person = making.giving(who)?;
    if !nudging::days(&making.board, person.id, making.now).contains(&day) {
        return Err(Refusal::NoSuchDay);
    }
    for sitting in nudging::movable(&making.board, &person, day) {
        let wish = Wish { person: person.id, sitting, day, at: making.now };
        making.record(Change::Nudging(Fact::Wish(wish)));
    }
    let morning = calendar::morning(day, &person.zone);
    Ok(making.done(Said::new("better-day-kept").with("day_s", morning.timestamp())))
}

/// *Pass* for all that waits for somebody in a sitting: for themselves alone, like every pass.
fn pass_all(mut making: Making, who: &Who, key: &str) -> Result<Outcome, Refusal> {
    let person = making.giving(who)?;
    let (_, sitting) = making.board.plan.sitting(key).ok_or_else(|| unknown(key))?;
    let sitting = sitting.clone();
    let waiting: Vec<_> = waiting::waits_in(&making.board, person.id, &sitting).into_iter().cloned().collect();
    let closed = |ask: &Ask| making.open(&ask.key, &[ask.kind]).is_err();
    if let Some(closed) = sitting.asks.first().filter(|_| sitting.asks.iter().all(closed)) {
        return Err(Refusal::Closed { ask: closed.key.clone() });
    }
    for window in waiting {
        making.mark_given(&window, Giver::Person(person.id), How::Passed);
    }
    Ok(making.done(Said::new("passed-all").with("sitting", key)))
}
