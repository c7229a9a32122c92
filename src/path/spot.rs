//! Spots: what a smaller room, or a message that stays, is for.

use serde::{Deserialize, Serialize};

use super::group::GroupId;
use super::occasion::Entry;
use super::people::{AccountId, PartnerId};
use super::window::WindowId;

/// What a smaller room is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spot {
    /// The hosts' own room.
    Hosts,
    /// A partner's own room.
    Partner(PartnerId),
    /// A triad's own room.
    Group(GroupId),
    /// The room to talk about a sitting's outcome.
    Talk(String),
    /// The message that stands pinned and shows where the Path is.
    Board,
    /// Where one account alone is written to.
    Direct(AccountId),
    /// The post of an ask that was opened by itself. Asks that are open at the same time share one.
    Round(WindowId),
    /// What stands in the house's calendar for something that is open.
    Occasion(Entry),
    /// The post that opened a sitting, the newest where it was opened again.
    Opening(String),
}
