//! Snapshots of the canvas: one at each phase's close, and the versions that hosts publish.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

super::people::id!(/// One snapshot or version.
    VersionId);

/// What the canvas showed at one moment. It points to texts by card and wording, so that erasing a
/// text leaves a gap in every version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its number.
    pub id: VersionId,
    /// The published number, from 1; none for a snapshot that was not published.
    pub nth: Option<u16>,
    /// What it is for, in a few words: the phase that closed, or what the host said.
    pub label: String,
    /// Why the phase was closed although a check did not hold; empty otherwise.
    pub despite: String,
    /// Which wording of which card stood on the board: (card, number of its wording from 1).
    pub cards: Vec<(super::card::CardId, u32)>,
    /// When.
    pub at: DateTime<Utc>,
}
