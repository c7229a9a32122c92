//! Committing batches, and reading what was committed.

use crate::path::{Board, Change, PartnershipId, RoomId};

use super::db::{Tx, statements};
use super::entry::Entry;
use super::error::StoreError;
use super::{Store, board, outbox, receipt};

statements! {
    BEGIN_ENTRY = "savepoint entry";
    KEEP_ENTRY = "release savepoint entry";
    DROP_ENTRY = "rollback to savepoint entry";
}

impl Store {
    /// Writes a batch: each entry under its own savepoint, all in one commit. When it returns, every
    /// entry whose slot is `Ok` is on disk; an entry whose slot is an error left nothing.
    ///
    /// # Errors
    /// If nothing of the batch was saved, or, with [`StoreError::Lost`] and [`StoreError::Io`], if
    /// that is uncertain: then boards in memory must be read again.
    pub async fn commit(&self, batch: &[Entry]) -> Result<Vec<Result<(), StoreError>>, StoreError> {
        if batch.is_empty() {
            return Ok(Vec::new());
        }
        let mut tx = self.writing().await?;
        let mut slots = Vec::with_capacity(batch.len());
        for entry in batch {
            slots.push(save(&mut tx, entry).await?);
        }
        tx.commit().await?;
        let gone = |change: &Change| matches!(change, Change::BallotsGone(_) | Change::CardsGone(_));
        if batch.iter().any(|entry| entry.changes.iter().any(gone)) {
            self.inner.db.sweep().await;
        }
        Ok(slots)
    }

    /// Which partnership meets in which room.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn rooms(&self) -> Result<Vec<(RoomId, PartnershipId)>, StoreError> {
        board::rooms(&mut self.inner.db.reading().await?).await
    }

    /// A partnership's board as it stands; none if there is no such partnership.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] if a row cannot be read, or what the engine says.
    pub async fn load(&self, id: PartnershipId) -> Result<Option<Board>, StoreError> {
        board::load(&mut self.inner.db.reading().await?, id).await
    }

    /// The next free number for a partnership.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn next_partnership(&self) -> Result<PartnershipId, StoreError> {
        board::next_id(&mut self.inner.db.reading().await?).await
    }
}

/// Saves one entry under a savepoint. The inner error is the entry's own; the outer one ends the batch.
async fn save(tx: &mut Tx, entry: &Entry) -> Result<Result<(), StoreError>, StoreError> {
    tx.run(BEGIN_ENTRY, Vec::new()).await?;
    let result = write(tx, entry).await;
    match &result {
        Ok(()) => {}
        Err(error) if error.is_of_one_entry() => drop(tx.run(DROP_ENTRY, Vec::new()).await?),
        Err(error) => return Err(error.clone()),
    }
    tx.run(KEEP_ENTRY, Vec::new()).await?;
    Ok(result)
}

async fn write(tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
    let id = entry.partnership;
    board::write(tx, id, entry.plan.as_deref(), &entry.changes).await?;
    board::advance(tx, id, entry.revision, entry.plan.is_some()).await?;
    outbox::add(tx, id, &entry.posts, entry.at).await?;
    receipt::put(tx, entry).await
}
