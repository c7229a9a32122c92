//! The boards in memory: what was committed last, for everybody to read.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::path::{Board, PartnershipId, RoomId};

/// All boards, as last committed.
#[derive(Debug, Default)]
pub(super) struct Boards {
    all: RwLock<HashMap<PartnershipId, Arc<Board>>>,
}

impl Boards {
    pub(super) fn get(&self, id: PartnershipId) -> Option<Arc<Board>> {
        self.all.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    pub(super) fn put(&self, id: PartnershipId, board: Arc<Board>) {
        self.all.write().unwrap_or_else(PoisonError::into_inner).insert(id, board);
    }

    pub(super) fn all(&self) -> Vec<(PartnershipId, Arc<Board>)> {
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        all.iter().map(|(id, board)| (*id, board.clone())).collect()
    }

    /// The partnership that is bound to a room.
    pub(super) fn bound_to(&self, room: RoomId) -> Option<PartnershipId> {
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|(_, board)| board.partnership.room == room).map(|(id, _)| *id)
    }
}
