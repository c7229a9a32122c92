//! The outbox: what is to be said waits here until it is said.
//!
//! A row is pending until it is sent, moot or failed. It can be sent when it is due, when the row
//! it needs is finished, and when no earlier row of the same destination is in the way: one that is
//! due too, or that was tried already. (One that is only due next week is not in the way.) Every
//! reason to wait points to a smaller number, so the rows can never wait for each other in a ring.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::path::{Notice, PartnershipId};

use super::Store;
use super::cell::{bits, cells};
use super::column::{json, small, time};
use super::db::{Tx, statements};
use super::entry::NewPost;
use super::error::StoreError;

const TABLE: &str = "outbox";

macro_rules! rows_where {
    ($condition:literal) => {
        concat!(
            "select id, partnership, destination, key, notice, due_ms, state, attempts, message, why from outbox o ",
            $condition
        )
    };
}

statements! {
    ADD = "insert into outbox
        (id, partnership, destination, key, notice, due_ms, needs, state, attempts, message, why, at_ms)
        values ((select coalesce(max(id), 0) + 1 from outbox), $1, $2, $3, $4, $5, $6, 'pending', 0, null, '', $7)
        returning id";
    REPLACE = "update outbox set state = 'moot', why = 'replaced', at_ms = $4
        where partnership = $1 and key = $2 and id < $3 and state = 'pending' and attempts = 0
        and not exists (select 1 from outbox w where w.needs = outbox.id and w.state = 'pending')";
    DUE = rows_where!("where o.state = 'pending' and o.due_ms <= $1
        and not exists (select 1 from outbox n where n.id = o.needs and n.state = 'pending')
        and not exists (select 1 from outbox e where e.partnership = o.partnership
            and e.destination = o.destination and e.id < o.id and e.state = 'pending'
            and (e.due_ms <= $1 or e.attempts > 0))
        order by o.id limit $2");
    NEXT_DUE = "select min(o.due_ms) from outbox o where o.state = 'pending'
        and not exists (select 1 from outbox n where n.id = o.needs and n.state = 'pending')
        and not exists (select 1 from outbox e where e.partnership = o.partnership
            and e.destination = o.destination and e.id < o.id and e.state = 'pending'
            and (e.due_ms <= o.due_ms or e.attempts > 0))";
    TRY = "update outbox set attempts = attempts + 1, at_ms = $2 where id = $1 and state = 'pending'";
    FINISH = "update outbox set state = $2, message = coalesce($3, message), why = $4, at_ms = $5 where id = $1";
    POSTPONE = "update outbox set due_ms = $2, why = $3, at_ms = $4 where id = $1 and state = 'pending'";
    LAST_MESSAGE = "select message from outbox where partnership = $1 and key = $2 and message is not null
        order by id desc limit 1";
    UNSENT = rows_where!("where o.state in ('pending', 'failed') order by o.id");
}

/// A row of the outbox.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxRow {
    /// Its number; never used twice. Part of the nonce and of the marker of what is posted for it.
    pub id: i64,
    /// Whose.
    pub partnership: PartnershipId,
    /// What.
    pub notice: Notice,
    /// Where.
    pub destination: String,
    /// What it shows, if later rows replace it.
    pub key: Option<String>,
    /// Not before.
    pub due: DateTime<Utc>,
    /// How often a try was begun before. Above zero, look first whether the message is there.
    pub attempts: u32,
    /// The message that it made.
    pub message: Option<u64>,
    /// Why it waits or failed; may be empty.
    pub why: String,
    /// Whether it failed for good.
    pub failed: bool,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutboxState {
    /// It is there.
    Sent {
        /// The message, if it is one.
        message: Option<u64>,
    },
    /// Not needed any more.
    Moot,
    /// To be tried again.
    Later {
        /// Not before.
        at: DateTime<Utc>,
        /// Why; holds no words of people.
        why: String,
    },
    /// It cannot be done.
    Failed {
        /// Why; holds no words of people.
        why: String,
    },
}

#[derive(FromRow)]
struct Row {
    id: i64,
    partnership: i64,
    destination: String,
    key: Option<String>,
    notice: String,
    due_ms: i64,
    state: String,
    attempts: i64,
    message: Option<i64>,
    why: String,
}

impl Store {
    /// The next row that can be sent, of the lowest number. That it is being tried is written down
    /// before it is returned, so that after a crash its attempts tell of the doubt. Asked again before
    /// [`Store::mark`], it gives the same row again, with one attempt more.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn next_due(&self, now: DateTime<Utc>) -> Result<Option<OutboxRow>, StoreError> {
        while let Some(row) = self.due(now, 1).await?.into_iter().next() {
            if self.claim(row.id, now).await? {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    /// The rows that can be sent now, at most one a destination, lowest number first. Whoever sends
    /// one calls [`Store::claim`] first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn due(&self, now: DateTime<Utc>, at_most: u16) -> Result<Vec<OutboxRow>, StoreError> {
        let rows: Vec<Row> = self.inner.db.reading().await?.all(DUE, cells![now, at_most]).await?;
        rows.into_iter().map(row).collect()
    }

    /// Writes down that a row is being tried; false if it is not needed any more.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn claim(&self, id: i64, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let mut tx = self.writing().await?;
        let claimed = tx.run(TRY, cells![id, now]).await?;
        tx.commit().await?;
        Ok(claimed == 1)
    }

    /// When the next row can be sent, if nothing else happens; none if all is said.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn next_due_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let row: Option<(Option<i64>,)> = self.inner.db.reading().await?.one(NEXT_DUE, cells![]).await?;
        row.and_then(|(due_ms,)| due_ms).map(|due_ms| time(TABLE, due_ms)).transpose()
    }

    /// Writes down what became of a row.
    ///
    /// # Errors
    /// What the engine says; a row that is not there is a conflict.
    pub async fn mark(&self, id: i64, state: OutboxState, now: DateTime<Utc>) -> Result<(), StoreError> {
        let mut tx = self.writing().await?;
        let finish =
            |state: &str, message: Option<u64>, why: String| (FINISH, cells![id, state, message.map(bits), why, now]);
        let (sql, cells) = match state {
            OutboxState::Sent { message } => finish("sent", message, String::new()),
            OutboxState::Moot => finish("moot", None, String::new()),
            OutboxState::Failed { why } => finish("failed", None, why),
            OutboxState::Later { at, why } => (POSTPONE, cells![id, at, why, now]),
        };
        if tx.run(sql, cells).await? == 0 {
            return Err(StoreError::conflict("outbox row"));
        }
        tx.commit().await
    }

    /// The message that an earlier row with this key made.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn last_message(&self, partnership: PartnershipId, key: &str) -> Result<Option<u64>, StoreError> {
        let row: Option<(i64,)> = self.inner.db.reading().await?.one(LAST_MESSAGE, cells![partnership, key]).await?;
        Ok(row.map(|(message,)| message.cast_unsigned()))
    }

    /// All that waits or has failed, lowest number first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn unsent(&self) -> Result<Vec<OutboxRow>, StoreError> {
        let rows: Vec<Row> = self.inner.db.reading().await?.all(UNSENT, cells![]).await?;
        rows.into_iter().map(row).collect()
    }
}

/// Adds the posts of one entry. A post with a key takes the place of an earlier one that nobody has
/// tried and nobody waits for; one that is being tried may be on its way, so it stays before it.
pub(super) async fn add(
    tx: &mut Tx,
    id: PartnershipId,
    posts: &[NewPost],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut added: Vec<i64> = Vec::with_capacity(posts.len());
    for post in posts {
        let needs = match post.after {
            None => None,
            Some(index) => Some(*added.get(index).ok_or_else(|| StoreError::conflict("post order"))?),
        };
        let notice = serde_json::to_string(&post.notice).expect("BUG: a notice is strings and numbers");
        let row = tx.number(ADD, cells![id, &post.destination, &post.key, notice, post.due, needs, at]).await?;
        if let Some(key) = &post.key {
            tx.run(REPLACE, cells![id, key, row, at]).await?;
        }
        added.push(row);
    }
    Ok(())
}

fn row(row: Row) -> Result<OutboxRow, StoreError> {
    Ok(OutboxRow {
        id: row.id,
        partnership: PartnershipId(row.partnership),
        notice: json(TABLE, &row.notice)?,
        destination: row.destination,
        key: row.key,
        due: time(TABLE, row.due_ms)?,
        attempts: small(TABLE, row.attempts)?,
        message: row.message.map(i64::cast_unsigned),
        why: row.why,
        failed: row.state == "failed",
    })
}
