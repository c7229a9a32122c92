//! What follows from one act, or why the Path refuses it.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::act::{Act, Founding};
use super::board::Board;
use super::change::Change;
use super::notice::Notice;
use super::people::{PartnershipId, Who};
use super::plan::Plan;
use super::refusal::Refusal;
use super::said::Reply;

/// What follows from an act.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Facts to record.
    pub changes: Vec<Change>,
    /// Things to say because of it.
    pub notices: Vec<Notice>,
    /// What the one who acted is told.
    pub reply: Reply,
}

/// A new partnership's board and what follows from its founding.
///
/// # Errors
/// The [`Refusal`] that says why there is none.
pub fn found(
    _plan: Arc<Plan>,
    _id: PartnershipId,
    _founding: &Founding,
    _who: &Who,
    _now: DateTime<Utc>,
) -> Result<(Board, Outcome), Refusal> {
    Err(Refusal::NotAManager)
}

/// What follows from one act, or why the Path refuses it. Pure: the caller brings the board and
/// the time.
///
/// # Errors
/// The [`Refusal`] that says why nothing follows.
pub fn decide(_board: &Board, _who: &Who, _act: &Act, _now: DateTime<Utc>) -> Result<Outcome, Refusal> {
    Err(Refusal::HostsOnly)
}
