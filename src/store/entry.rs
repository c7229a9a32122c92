//! What is committed for one act: its changes, what is to be said because of it, and its receipt.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::path::{CardId, Change, Notice, PartnershipId, Plan};

/// One act, ready to be written. All of it is saved, or nothing.
#[derive(Clone, Debug)]
pub struct Entry {
    /// On whose board.
    pub partnership: PartnershipId,
    /// The plan, at a founding only.
    pub plan: Option<Arc<Plan>>,
    /// The board's revision after the act: one more than before.
    pub revision: i64,
    /// What changes.
    pub changes: Vec<Change>,
    /// What is to be said.
    pub posts: Vec<NewPost>,
    /// By what the act is known if it comes again.
    pub receipt: NewReceipt,
    /// When.
    pub at: DateTime<Utc>,
}

/// Something to be said, for the outbox.
#[derive(Clone, Debug)]
pub struct NewPost {
    /// What, as intent.
    pub notice: Notice,
    /// Where; posts to one destination keep their order.
    pub destination: String,
    /// What it shows, if later ones replace earlier ones: an untried row with this key is dropped.
    pub key: Option<String>,
    /// Not before.
    pub due: DateTime<Utc>,
    /// Which post of the same entry (its index, a smaller one) must be finished first.
    pub after: Option<usize>,
}

/// By what an act is known if it comes again, and what it is answered then.
#[derive(Clone, Debug)]
pub struct NewReceipt {
    /// Its key: an interaction, a row of the outbox, a window and an occurrence.
    pub key: String,
    /// The opening of the form it came by.
    pub opening: Option<String>,
    /// The answer as JSON. Holds no words of people.
    pub reply: String,
    /// The card it made or changed.
    pub card: Option<CardId>,
}
