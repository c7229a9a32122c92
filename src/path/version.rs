//! Snapshots of the canvas: one at each phase's close, and the versions that hosts publish.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::card::{Card, CardId, CardState, Link, LinkId};
use super::cluster::{Cluster, ClusterId};
use super::plan::LinkKind;

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
    pub cards: Vec<(CardId, u32)>,
    /// What was put aside then, in the same way.
    pub aside: Vec<(CardId, u32)>,
    /// What had been joined into another card by then, in the same way, and into which.
    pub merged: Vec<(CardId, u32, CardId)>,
    /// How cards were joined then: links come and go without leaving a trace.
    pub joints: Vec<Joint>,
    /// Which cards lay under which heading.
    #[serde(default)]
    pub gathered: Vec<Gathered>,
    /// When.
    pub at: DateTime<Utc>,
}

/// How two cards were joined when a version was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joint {
    /// The link's number.
    pub link: LinkId,
    /// How they were joined.
    pub kind: LinkKind,
    /// The one.
    pub from: CardId,
    /// The other.
    pub to: CardId,
}

/// A group of cards as it was when a version was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gathered {
    /// Which.
    pub cluster: ClusterId,
    /// The number of its heading, from 1.
    pub heading: u32,
    /// The cards that lay under it.
    pub cards: BTreeSet<CardId>,
}

impl Version {
    /// The board as it stands now, kept under a number.
    #[must_use]
    pub fn of(board: &Board, id: VersionId, at: DateTime<Utc>) -> Self {
        let nth = |card: &Card| u32::try_from(card.texts.len()).unwrap_or(u32::MAX);
        let open = |card: &&Card| card.state == CardState::Open;
        let (aside, cards): (Vec<&Card>, Vec<&Card>) =
            board.cards.values().filter(open).partition(|card| card.parked.is_some());
        let merged = board.cards.values().filter_map(|card| match card.state {
            CardState::Merged(into) => Some((card.id, nth(card), into)),
            CardState::Open | CardState::Withdrawn => None,
        });
        let joint = |link: &Link| Joint { link: link.id, kind: link.kind, from: link.from, to: link.to };
        let gathered = |cluster: &Cluster| Gathered {
            cluster: cluster.id,
            heading: u32::try_from(cluster.headings.len()).unwrap_or(u32::MAX),
            cards: cluster.cards.clone(),
        };
        let there = board.clusters.values().filter(|cluster| cluster.dissolved.is_none() && !cluster.cards.is_empty());
        Self {
            id,
            nth: None,
            label: String::new(),
            despite: String::new(),
            cards: cards.into_iter().map(|card| (card.id, nth(card))).collect(),
            aside: aside.into_iter().map(|card| (card.id, nth(card))).collect(),
            merged: merged.collect(),
            joints: board.links.iter().map(joint).collect(),
            gathered: there.map(gathered).collect(),
            at,
        }
    }

    /// Points no more to cards that are gone.
    pub(super) fn forget(&mut self, there: impl Fn(CardId) -> bool) {
        self.cards.retain(|(card, _)| there(*card));
        self.aside.retain(|(card, _)| there(*card));
        self.merged.retain(|(card, _, into)| there(*card) && there(*into));
        self.joints.retain(|joint| there(joint.from) && there(joint.to));
        for gathered in &mut self.gathered {
            gathered.cards.retain(|card| there(*card));
        }
    }
}
