//! Triads: mixed groups of three, with a room of their own.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::people::{PersonId, id};

id!(/// One triad.
    GroupId);

/// A triad. What is told in it stays in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its number.
    pub id: GroupId,
    /// The ask that made it.
    pub ask: String,
    /// Its name, for example *Triad 2*.
    pub name: String,
    /// Its place in the order, from 1.
    pub nth: u16,
    /// Its members.
    pub members: BTreeSet<PersonId>,
}
