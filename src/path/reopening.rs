//! Reopening a settled choice: two people of two partners ask for it, each with a reason (method, rule 10 of
//! section 3).
//!
//! What is kept is that somebody asked, and what opened because of it. Whether a plea still counts is worked out: a
//! new decision, or a window that was opened since, ends it, whoever brought that about.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::figure::{Decision, DecisionId};
use super::people::{PartnerId, Person, PersonId, id};
use super::window::{Window, WindowId};

id!(/// One plea.
    PleaId);

/// How many partners have to ask.
pub const PARTNERS_NEEDED: usize = 2;

/// That somebody asked to open a settled choice again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plea {
    /// Its number.
    pub id: PleaId,
    /// What had settled the choice then.
    pub decision: DecisionId,
    /// Who asks; none where the view does not tell.
    pub by: Option<PersonId>,
    /// Why, in their words; empty where the view does not tell.
    pub reason: String,
    /// When they asked first.
    pub at: DateTime<Utc>,
    /// What was opened because of it.
    pub opened: Option<WindowId>,
}

/// What somebody does about a settled choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reopening {
    /// They ask to open it again.
    Plead {
        /// What settled it.
        decision: DecisionId,
        /// Why.
        reason: String,
    },
    /// They take that back.
    TakeBack {
        /// What settled it.
        decision: DecisionId,
    },
}

/// The decision with a number.
#[must_use]
pub fn decision(board: &Board, id: DecisionId) -> Option<&Decision> {
    board.decisions.iter().find(|decision| decision.id == id)
}

/// Whether a decision is the newest of its ask and partner: it says how things stand.
#[must_use]
pub fn is_newest(board: &Board, decision: &Decision) -> bool {
    board.decision(&decision.ask, decision.about).is_some_and(|newest| newest.id == decision.id)
}

/// Whether people may ask to open again what a decision settled: it says how things stand, its ask is on the road,
/// and nothing of it is open.
#[must_use]
pub fn is_askable(board: &Board, decision: &Decision) -> bool {
    let on_the_road = board.plan.ask(&decision.ask).is_some() && board.plan.poll(&decision.ask).is_none();
    let there = decision.about.is_none_or(|about| board.partners_now().any(|partner| partner.id == about));
    on_the_road
        && there
        && is_newest(board, decision)
        && board.window_of(&decision.ask).is_none_or(|window| !window.is_open())
}

/// What of an ask may be asked to be opened again: its outcome, or that of each partner.
#[must_use]
pub fn askable<'a>(board: &'a Board, ask: &str) -> Vec<&'a Decision> {
    board.decisions.iter().filter(|decision| decision.ask == ask && is_askable(board, decision)).collect()
}

/// Whether a plea still waits for a second one: nothing was decided or opened since, and whoever asks takes part.
#[must_use]
pub fn waits(board: &Board, plea: &Plea) -> bool {
    let Some(settled) = decision(board, plea.decision).filter(|_| plea.opened.is_none()) else { return false };
    let by = plea.by.and_then(|by| board.people.get(&by));
    let about_it =
        |window: &Window| window.about.is_empty() || settled.about.is_none_or(|about| window.about.contains(&about));
    let since = |window: &Window| window.ask == settled.ask && window.opens >= plea.at && about_it(window);
    let opened_since = board.windows.values().any(since);
    is_askable(board, settled) && !opened_since && by.is_some_and(Person::takes_part)
}

/// The pleas for one choice that wait, oldest first.
#[must_use]
pub fn waiting(board: &Board, decision: DecisionId) -> Vec<&Plea> {
    board.pleas.values().filter(|plea| plea.decision == decision && waits(board, plea)).collect()
}

/// Whether enough partners ask for one choice.
#[must_use]
pub fn are_enough(board: &Board, pleas: &[&Plea]) -> bool {
    let partner = |plea: &&Plea| Some(board.people.get(&plea.by?)?.partner);
    pleas.iter().filter_map(partner).collect::<BTreeSet<PartnerId>>().len() >= PARTNERS_NEEDED
}

/// Whether a window was opened because people asked for it: whatever rounds there were before are over.
#[must_use]
pub fn is_reopened(board: &Board, window: &Window) -> bool {
    board.pleas.values().any(|plea| plea.opened == Some(window.id))
}

/// Leaves of the pleas what a viewer may see. Who asks, and why, is for hosts until the choice is open; that
/// somebody asks is for everybody.
pub(super) fn keep(shown: &mut Board, board: &Board, me: Option<PersonId>, is_host: bool) {
    shown.pleas.retain(|_, plea| plea.opened.is_some() || waits(board, plea));
    for plea in shown.pleas.values_mut() {
        if plea.opened.is_none() && !is_host && (me.is_none() || plea.by != me) {
            plea.by = None;
            plea.reason.clear();
        }
    }
}
