//! Use cases: what the program does between the place where people meet and the database.
//!
//! This is the face that `discord` and `web` see. The writer behind it is the only one that changes
//! anything: it decides, commits, and only then answers.

use chrono::{DateTime, Utc};

use crate::path::{AccountId, Act, Founding, Notice, PartnershipId, Refusal, Reply, RoomId, View, Viewer, Who};
use crate::prompts::{Prompts, Words};

/// The program's heart. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {}

/// By what a repeated act is known: the same receipt gets the same answer again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The interaction, or the outbox row, or the window and occurrence.
    pub key: String,
    /// For forms: the opening of the form. The same opening sent twice counts once; with other
    /// text it edits the card that it made.
    pub opening: Option<String>,
}

/// Why an act came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ActError {
    /// The Path says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Too much at once; nothing was saved.
    #[error("busy")]
    Busy,
    /// It could not be saved; the reference is in the log.
    #[error("not saved, reference {reference}")]
    Failed {
        /// A short reference, the same as in the log.
        reference: String,
    },
}

/// Something to be said in a room, claimed from the outbox.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Its row: also the nonce's and the marker's content.
    pub id: i64,
    /// Whose.
    pub partnership: PartnershipId,
    /// What.
    pub notice: Notice,
    /// How often it was tried before.
    pub attempts: u32,
    /// The message that an earlier try, or an earlier row of the same place, made.
    pub message: Option<u64>,
    /// When it was first due.
    pub due: DateTime<Utc>,
}

/// What became of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It is there.
    Sent {
        /// The message, if it is one.
        message: Option<u64>,
    },
    /// Not needed any more.
    Moot,
    /// Try again later.
    Later {
        /// Not before.
        at: DateTime<Utc>,
        /// Why, without words of people and without secrets.
        why: String,
    },
    /// It cannot be done; hosts are shown it.
    Failed {
        /// Why.
        why: String,
    },
}

impl App {
    /// Does one act. The answer comes only when it is on disk.
    ///
    /// # Errors
    /// [`ActError`]: refused, busy or not saved.
    pub async fn act(&self, _id: PartnershipId, _receipt: Receipt, _who: Who, _act: Act) -> Result<Reply, ActError> {
        Err(ActError::Busy)
    }

    /// Founds a partnership in a room.
    ///
    /// # Errors
    /// [`ActError`]: refused, busy or not saved.
    pub async fn found(&self, _receipt: Receipt, _who: Who, _founding: Founding) -> Result<(PartnershipId, Reply), ActError> {
        Err(ActError::Busy)
    }

    /// The partnership bound to a room, if any.
    #[must_use]
    pub fn partnership_in(&self, _room: RoomId) -> Option<PartnershipId> {
        None
    }

    /// What a viewer may see of a partnership now.
    #[must_use]
    pub fn view(&self, _id: PartnershipId, _viewer: Viewer) -> Option<View> {
        None
    }

    /// Who an account is in a partnership.
    #[must_use]
    pub fn who(&self, _id: PartnershipId, account: AccountId, handle: &str, manager: bool) -> Who {
        Who::Stranger { account, handle: handle.to_owned(), manager }
    }

    /// The words of a language; the default ones if it is not there.
    #[must_use]
    pub fn words(&self, _language: &str) -> &Words {
        static NONE: std::sync::LazyLock<Words> = std::sync::LazyLock::new(Words::default);
        &NONE
    }

    /// Plan and words.
    #[must_use]
    pub fn prompts(&self) -> Option<&Prompts> {
        None
    }

    /// The time, from the one clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    /// The next post that is due, waiting until there is one. One at a time for each destination.
    pub async fn next_post(&self) -> Post {
        std::future::pending().await
    }

    /// Writes down what became of a post.
    ///
    /// # Errors
    /// [`ActError::Failed`] if it could not be written.
    pub async fn delivered(&self, _post: i64, _delivery: Delivery) -> Result<(), ActError> {
        Ok(())
    }
}
