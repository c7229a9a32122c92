//! Receipts: what a repeated act is answered.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::path::{CardId, PartnershipId};

use super::Store;
use super::cell::cells;
use super::column::time;
use super::db::{Tx, statements};
use super::entry::Entry;
use super::error::StoreError;

statements! {
    PUT = "insert into receipt (key, opening, partnership, revision, reply, card, at_ms)
        values ($1, $2, $3, $4, $5, $6, $7)";
    BY_KEY = "select key, opening, partnership, reply, card, at_ms from receipt where key = $1";
    BY_OPENING = "select key, opening, partnership, reply, card, at_ms from receipt where opening = $1
        order by at_ms desc, revision desc limit 1";
    FORGET = "delete from receipt where at_ms < $1";
}

/// A receipt as it was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReceipt {
    /// By what the act is known.
    pub key: String,
    /// The opening of the form it came by.
    pub opening: Option<String>,
    /// On whose board it was done.
    pub partnership: PartnershipId,
    /// What it was answered, as JSON.
    pub reply: String,
    /// The card it made or changed.
    pub card: Option<CardId>,
    /// When.
    pub at: DateTime<Utc>,
}

#[derive(FromRow)]
struct Row {
    key: String,
    opening: Option<String>,
    partnership: i64,
    reply: String,
    card: Option<i64>,
    at_ms: i64,
}

impl Store {
    /// The receipt of an act, by its key.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn receipt(&self, key: &str) -> Result<Option<StoredReceipt>, StoreError> {
        self.find(BY_KEY, key).await
    }

    /// The newest receipt of a form's opening.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn opening(&self, opening: &str) -> Result<Option<StoredReceipt>, StoreError> {
        self.find(BY_OPENING, opening).await
    }

    /// Forgets receipts that are older than a moment; how many there were.
    ///
    /// # Errors
    /// What the engine says; then none is forgotten.
    pub async fn forget_receipts(&self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let mut tx = self.writing().await?;
        let forgotten = tx.run(FORGET, cells![before]).await?;
        tx.commit().await?;
        Ok(forgotten)
    }

    async fn find(&self, sql: &'static str, by: &str) -> Result<Option<StoredReceipt>, StoreError> {
        let row: Option<Row> = self.inner.db.reading().await?.one(sql, cells![by]).await?;
        let stored = |row: Row| {
            Ok(StoredReceipt {
                key: row.key,
                opening: row.opening,
                partnership: PartnershipId(row.partnership),
                reply: row.reply,
                card: row.card.map(CardId),
                at: time("receipt", row.at_ms)?,
            })
        };
        row.map(stored).transpose()
    }
}

/// Writes an entry's receipt; a key that is there already is a conflict.
pub(super) async fn put(tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
    let receipt = &entry.receipt;
    let mut cells = cells![&receipt.key, &receipt.opening, entry.partnership, entry.revision];
    cells.extend(cells![&receipt.reply, receipt.card, entry.at]);
    tx.run(PUT, cells).await?;
    Ok(())
}
