//! *Subject to approval by …*: a partner stands for something, and its own house still has to say yes by a day
//! (method, 4.1 and 4.4; rule 8 of section 3).
//!
//! It counts as *stands*. Silence never approves: when the day is over, its partner and the hosts are told once, and
//! it goes on waiting. What the house says is written beside it; a *no* undoes nothing by itself.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::calendar;
use super::card::{Card, CardId};
use super::figure::Value;
use super::people::{Level, PartnerId, Person, PersonId, id};
use super::plan::{Ask, Named, Seal};
use super::rounds;
use super::window::{Giver, Window, WindowId};

id!(/// One approval that is waited for, or was given.
    ApprovalId);

/// What stands subject to approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum On {
    /// What somebody agreed to in a round of a consent.
    Answers(WindowId),
    /// A partner's card, for example its yes to a role.
    Card(CardId),
}

/// That something stands for a partner subject to its approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Its number.
    pub id: ApprovalId,
    /// What it is about.
    pub on: On,
    /// Whose approval.
    pub partner: PartnerId,
    /// Who said so; none where the view does not tell.
    pub by: Option<PersonId>,
    /// The day by which they expect it.
    pub until: NaiveDate,
    /// When it was said.
    pub at: DateTime<Utc>,
    /// When its partner and the hosts were told that the day is over.
    pub told: Option<DateTime<Utc>>,
    /// What the house said.
    pub verdict: Option<Verdict>,
}

/// What a partner's house said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Approved, or not.
    pub yes: bool,
    /// Why not; empty for a yes, or where the view does not tell.
    pub reason: String,
    /// Who told us; none where the view does not tell.
    pub by: Option<PersonId>,
    /// Whether a host told it for them.
    pub behalf: bool,
    /// When.
    pub at: DateTime<Utc>,
}

/// What somebody does about approvals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Approving {
    /// *Stands, subject to approval by …*, in a round of a consent.
    Subject {
        /// The ask's key.
        ask: String,
        /// By which day, as typed.
        until: String,
    },
    /// It stands without that.
    Unconditional {
        /// The ask's key.
        ask: String,
    },
    /// Another day.
    Until {
        /// Which approval.
        approval: ApprovalId,
        /// By which day, as typed.
        until: String,
    },
    /// *Approved*, or *Not approved, because…*.
    Say {
        /// Which approval.
        approval: ApprovalId,
        /// Approved, or not.
        yes: bool,
        /// Why not.
        reason: String,
    },
}

/// The day that is offered first: today and as many days as the partner needs for a decision.
#[must_use]
pub fn offered(board: &Board, person: &Person, now: DateTime<Utc>) -> NaiveDate {
    let lag_days = board.partners.get(&person.partner).map_or(0, |partner| partner.lag_days);
    calendar::in_days(now, lag_days, &person.zone)
}

/// All that was said about one thing for one partner: with several people of it the latest day counts, and the
/// house answers for all.
#[must_use]
pub fn alike<'a>(board: &'a Board, one: &Approval) -> Vec<&'a Approval> {
    board.approvals.values().filter(|other| (other.on, other.partner) == (one.on, one.partner)).collect()
}

/// One for each partner and thing: the one with the latest day.
#[must_use]
pub fn leading(board: &Board) -> Vec<&Approval> {
    let mut found: BTreeMap<(On, PartnerId), &Approval> = BTreeMap::new();
    for approval in board.approvals.values() {
        let one = found.entry((approval.on, approval.partner)).or_insert(approval);
        if approval.until > one.until {
            *one = approval;
        }
    }
    found.into_values().collect()
}

/// The ask that an approval belongs to.
#[must_use]
pub fn ask<'a>(board: &'a Board, approval: &Approval) -> Option<&'a Ask> {
    let key = match approval.on {
        On::Answers(window) => &board.windows.get(&window)?.ask,
        On::Card(card) => &board.cards.get(&card)?.source,
    };
    board.plan.ask(key)
}

/// Whether it speaks of how things stand: the round has closed and no later one took all its lines up; the card is
/// there and not declined by its house already.
#[must_use]
pub fn is_current(board: &Board, approval: &Approval) -> bool {
    match approval.on {
        On::Answers(id) => board.windows.get(&id).is_some_and(|window| {
            let newest =
                |card: &CardId| rounds::asked_last(board, &window.ask, &[*card]).map(|last| last.id) == Some(id);
            !window.is_open() && window.slate.iter().any(newest)
        }),
        On::Card(id) => board.cards.get(&id).is_some_and(Card::stands),
    }
}

/// Whether it waits: it speaks of how things stand, and the house has not said anything.
#[must_use]
pub fn waits(board: &Board, approval: &Approval) -> bool {
    approval.verdict.is_none() && is_current(board, approval)
}

/// What waits for a partner, or for all: the nearest day first.
#[must_use]
pub fn waiting(board: &Board, partner: Option<PartnerId>) -> Vec<&Approval> {
    let mut found = leading(board);
    let is_here = |id: PartnerId| board.partners.get(&id).is_some_and(|partner| partner.until.is_none());
    found.retain(|one| {
        waits(board, one) && is_here(one.partner) && partner.is_none_or(|partner| one.partner == partner)
    });
    found.sort_by_key(|one| (one.until, one.id));
    found
}

/// Whether a person may tell what the house said, and whether they do so as a host for them; none: they may not.
#[must_use]
pub fn may_say(person: &Person, approval: &Approval) -> Option<bool> {
    let own = person.partner == approval.partner && person.level == Level::Strategic;
    match (person.takes_part(), own, person.host) {
        (true, true, _) => Some(false),
        (true, false, true) => Some(true),
        _ => None,
    }
}

/// The approvals of which a line in a closed round is subject: one for each partner.
#[must_use]
pub fn of_line<'a>(board: &'a Board, window: &Window, card: CardId) -> Vec<&'a Approval> {
    let objects = |by: PersonId| {
        board.figures.values().any(|figure| {
            (figure.key.window, figure.key.giver, figure.card, figure.value)
                == (window.id, Giver::Person(by), card, Value::NotYet)
        })
    };
    let of_it = |one: &&Approval| one.on == On::Answers(window.id) && !one.by.is_some_and(objects);
    leading(board).into_iter().filter(of_it).filter(|_| rounds::lay_on(window, card)).collect()
}

/// The approval of which a card is subject.
#[must_use]
pub fn of_card(board: &Board, card: CardId) -> Option<&Approval> {
    board.approvals.values().find(|one| one.on == On::Card(card))
}

/// When its partner may be told that the day is over: the morning after, on a weekday.
fn told_at(board: &Board, approval: &Approval, now: DateTime<Utc>) -> DateTime<Utc> {
    let zone = approval.by.and_then(|by| board.people.get(&by)).map_or("UTC", |by| by.zone.as_str());
    let after = approval.until.succ_opt().unwrap_or(approval.until);
    calendar::daytime(calendar::morning(after, zone).max(now), zone, &board.timetable.days_off)
}

/// Those that wait, and of which nobody was told yet that the day is over. None while the Path pauses.
fn untold(board: &Board) -> Vec<&Approval> {
    if board.timetable.pause.is_some() || board.approvals.is_empty() {
        return Vec::new();
    }
    let told = |one: &Approval| alike(board, one).iter().any(|other| other.told.is_some());
    waiting(board, None).into_iter().filter(|one| !told(one)).collect()
}

/// Those whose day is over without a word, now that people may be told.
#[must_use]
pub fn due(board: &Board, now: DateTime<Utc>) -> Vec<&Approval> {
    untold(board).into_iter().filter(|one| told_at(board, one, now) <= now).collect()
}

/// When the next one is due, if nothing changes; never before now.
#[must_use]
pub fn next(board: &Board, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    untold(board).into_iter().map(|one| told_at(board, one, now)).min()
}

/// Leaves what a viewer may see: an answer that is sealed says nothing of its condition either.
pub(super) fn keep(shown: &mut Board, board: &Board, me: Option<PersonId>) {
    let sees = |one: &Approval| match one.on {
        On::Card(card) => shown.cards.contains_key(&card),
        On::Answers(id) => {
            let Some(window) = board.windows.get(&id) else { return false };
            let Some(ask) = board.plan.ask(&window.ask) else { return false };
            let told = match ask.seal {
                Seal::None => true,
                Seal::Own | Seal::End | Seal::Close => !window.is_open() && ask.named != Named::Never,
                Seal::Giver => false,
            };
            told || me.is_some() && one.by == me
        }
    };
    let kept = board.approvals.iter().filter(|(_, one)| sees(one)).map(|(id, one)| (*id, one.clone()));
    shown.approvals = kept.collect();
}
