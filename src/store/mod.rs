//! The database. sqlx lives here and nowhere else.
//!
//! SQLite by default, PostgreSQL too; the same tables and the same statements on both. What a
//! partnership has is a [`Board`](crate::path::Board) in memory and rows here, and the same
//! [`Change`](crate::path::Change)s drive both. Beside the boards lie receipts, so that a repeated
//! act gets the same answer again, and the outbox, where what is to be said waits until it is said.
//!
//! One process writes at a time: it holds a lock, and every commit is counted under its epoch.
//! When [`Store::commit`] has returned, the batch is on disk.

use std::sync::Arc;

mod board;
mod cell;
mod column;
mod commit;
mod db;
mod entry;
mod error;
mod lock;
mod migrate;
mod open;
mod outbox;
mod receipt;
#[cfg(test)]
mod tests;

pub use entry::{Entry, NewPost, NewReceipt};
pub use error::StoreError;
pub use outbox::{OutboxRow, OutboxState};
pub use receipt::StoredReceipt;

/// An open database. Cheap to clone; the last clone gives the lock back.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    db: db::Db,
    /// None if the database was opened to read only.
    writer: Option<Writer>,
}

/// The right to write: the lock, and the epoch in which it was taken.
struct Writer {
    epoch: i64,
    _lock: lock::Lock,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let epoch = self.inner.writer.as_ref().map(|writer| writer.epoch);
        f.debug_struct("Store").field("epoch", &epoch).finish_non_exhaustive()
    }
}
