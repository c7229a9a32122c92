//! Sharing the canvas: links that open it, and what outsiders may see under them.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::Outcome;
use super::making::{Making, unknown};
use crate::path::calendar;
use crate::path::change::Change;
use crate::path::people::{Person, Who};
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::share::{Release, ReleaseId, Scope, Share, ShareId};

/// How many days a link lasts if nobody says otherwise.
pub const SHARE_DAYS: i64 = 90;
/// How many days a link may last: whoever needs it longer says so once a year.
pub const SHARE_DAYS_MAX: i64 = 366;
/// How many links may open the canvas at the same time: few enough to know where each one went.
pub const SHARES_MAX: usize = 10;
/// Characters of a SHA-256 in hex.
const HASH_CHARS: usize = 64;

/// A host makes a link.
pub(super) fn share(
    mut making: Making,
    who: &Who,
    scope: Scope,
    hash: &str,
    until: Option<DateTime<Utc>>,
) -> Result<Outcome, Refusal> {
    let host = making.host(who)?;
    let hex = |letter: char| letter.is_ascii_digit() || ('a'..='f').contains(&letter);
    if hash.len() != HASH_CHARS || !hash.chars().all(hex) {
        return Err(unknown(hash.chars().take(HASH_CHARS).collect::<String>()));
    }
    if making.board.shares.values().any(|share| share.hash == hash) {
        return Err(Refusal::ShownOnce);
    }
    let until = end(&host, making.now, until)?;
    if making.board.shares.values().filter(|share| share.is_live(making.now)).count() >= SHARES_MAX {
        return Err(Refusal::TooManyLinks { most: SHARES_MAX });
    }
    let id = ShareId(making.number());
    let (hash, at) = (hash.to_owned(), making.now);
    making.record(Change::Share(Share { id, scope, hash, by: host.id, at, until, revoked: None }));
    let (told, said) = match scope {
        Scope::Partners => ("link-for-partners", Said::new("shared")),
        Scope::Outside if released(&making).is_empty() => ("link-for-outside", Said::new("shared-outside-nothing")),
        Scope::Outside => ("link-for-outside", Said::new("shared-outside")),
    };
    tell(&mut making, &host, told, |said| said.with("until_s", until.timestamp()));
    Ok(making.done(said.with("share", id).with("until_s", until.timestamp())))
}

/// When a link ends: the usual time from now, or what was said within bounds.
fn end(host: &Person, now: DateTime<Utc>, until: Option<DateTime<Utc>>) -> Result<DateTime<Utc>, Refusal> {
    let Some(until) = until else { return Ok(now + TimeDelta::days(SHARE_DAYS)) };
    let date = || calendar::date(until, &host.zone).to_string();
    if until <= now {
        return Err(Refusal::PastDate { date: date() });
    }
    if until > now + TimeDelta::days(SHARE_DAYS_MAX) {
        return Err(Refusal::TooFarOff { date: date(), days_max: SHARE_DAYS_MAX });
    }
    Ok(until)
}

/// A host takes a link back; it stays in the list, so that one can see what there was.
pub(super) fn unshare(mut making: Making, who: &Who, id: ShareId) -> Result<Outcome, Refusal> {
    let host = making.host(who)?;
    let now = making.now;
    let share = making.board.shares.get(&id).filter(|share| share.is_live(now)).cloned().ok_or(Refusal::LinkGone)?;
    making.record(Change::Share(Share { revoked: Some(now), ..share }));
    tell(&mut making, &host, "link-taken-back", |said| said);
    Ok(making.done(Said::new("unshared")))
}

/// A host says which sections outsiders may see.
pub(super) fn release(mut making: Making, who: &Who, sections: &[String]) -> Result<Outcome, Refusal> {
    let host = making.host(who)?;
    let known = |key: &String| making.board.plan.sections.iter().any(|section| section.key == *key);
    if let Some(stranger) = sections.iter().find(|key| !known(key)) {
        return Err(unknown(stranger));
    }
    let sections: BTreeSet<String> = sections.iter().cloned().collect();
    let count = sections.len();
    let said = if count == 0 { Said::new("released-nothing") } else { Said::new("released").with("count", count) };
    if sections == released(&making) {
        return Ok(making.done(said));
    }
    let id = ReleaseId(making.number());
    let at = making.now;
    making.record(Change::Release(Release { id, sections, by: host.id, at }));
    tell(&mut making, &host, "release-changed", |said| said.with("count", count));
    Ok(making.done(said))
}

fn released(making: &Making) -> BTreeSet<String> {
    making.board.releases.last().map(|release| release.sections.clone()).unwrap_or_default()
}

/// The other hosts hear of it: what leaves the house is nobody's secret.
fn tell(making: &mut Making, host: &Person, key: &str, with: impl FnOnce(Said) -> Said) {
    making.tell_hosts(with(Said::new(key).with("name", &host.name)));
}
