//! The boards in memory: what was committed last, for everybody to read and to wait on.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use crate::path::{Board, PartnershipId, RoomId, Share, ShareId, approval, nudging, timing};

/// All boards, as last committed.
#[derive(Debug, Default)]
pub(super) struct Boards {
    all: RwLock<All>,
}

#[derive(Debug, Default)]
struct All {
    boards: HashMap<PartnershipId, Kept>,
    /// Which link has which hash: those of all boards, live or not.
    shares: HashMap<String, (PartnershipId, ShareId)>,
}

/// A board, and those who wait for its next revision.
#[derive(Debug)]
struct Kept {
    board: Arc<Board>,
    /// When time passing will next change anything on it.
    wakes: Option<DateTime<Utc>>,
    /// Before this nobody on it is to be nudged, or told of an approval.
    nudges: Option<DateTime<Utc>>,
    revision: watch::Sender<i64>,
}

impl Kept {
    /// When time has something to do here. A nudge whose moment went by may have been put off to a better
    /// hour, so only that is worked out anew.
    fn next(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let nudges = self.nudges.and_then(|at| if at > now { Some(at) } else { calls(&self.board, now) });
        self.wakes.into_iter().chain(nudges).min()
    }
}

/// When people are to be told something next: by a nudge, or that the day of an approval is over.
fn calls(board: &Board, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    nudging::next(board, now).into_iter().chain(approval::next(board, now)).min()
}

impl Boards {
    fn read(&self) -> RwLockReadGuard<'_, All> {
        self.all.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn get(&self, id: PartnershipId) -> Option<Arc<Board>> {
        self.read().boards.get(&id).map(|kept| kept.board.clone())
    }

    pub(super) fn all(&self) -> Vec<(PartnershipId, Arc<Board>)> {
        self.read().boards.iter().map(|(id, kept)| (*id, kept.board.clone())).collect()
    }

    /// Puts a board in the place of the one before, and tells those who wait for it.
    pub(super) fn put(&self, id: PartnershipId, board: Arc<Board>) {
        let mut all = self.all.write().unwrap_or_else(PoisonError::into_inner);
        let before = all.boards.get(&id).map(|kept| kept.board.clone());
        for hash in before.iter().flat_map(|board| board.shares.values()).map(|share| &share.hash) {
            all.shares.remove(hash);
        }
        let hashes = board.shares.values().map(|share| (share.hash.clone(), (id, share.id)));
        all.shares.extend(hashes);
        let (revision, wakes) = (board.revision, timing::wakes(&board));
        let nudges = calls(&board, DateTime::<Utc>::MIN_UTC);
        match all.boards.get_mut(&id) {
            Some(kept) => {
                kept.board = board;
                kept.wakes = wakes;
                kept.nudges = nudges;
                kept.revision.send_replace(revision);
            }
            None => drop(all.boards.insert(id, Kept { board, wakes, nudges, revision: watch::channel(revision).0 })),
        }
    }

    /// The board on which time has something to do first, and when.
    pub(super) fn earliest(&self, now: DateTime<Utc>) -> Option<(PartnershipId, DateTime<Utc>)> {
        let all = self.read();
        all.boards.iter().filter_map(|(id, kept)| Some((*id, kept.next(now)?))).min_by_key(|(id, at)| (*at, *id))
    }

    /// The partnership that is bound to a room.
    pub(super) fn bound_to(&self, room: RoomId) -> Option<PartnershipId> {
        let all = self.read();
        all.boards.iter().find(|(_, kept)| kept.board.partnership.room == room).map(|(id, _)| *id)
    }

    /// The link with this hash, and whose it is.
    pub(super) fn shared(&self, hash: &str) -> Option<(PartnershipId, Share)> {
        let all = self.read();
        let (id, share) = all.shares.get(hash)?;
        let share = all.boards.get(id)?.board.shares.get(share)?;
        Some((*id, share.clone()))
    }

    /// The revision of a board, to be waited on. Who reads slowly misses revisions in between, never the last.
    pub(super) fn revision(&self, id: PartnershipId) -> Option<watch::Receiver<i64>> {
        self.read().boards.get(&id).map(|kept| kept.revision.subscribe())
    }
}
