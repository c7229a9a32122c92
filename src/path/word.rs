//! A word from a host, above the prompt of a sitting's opening post.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::people::PersonId;

/// A host's own words for one sitting's opening. Written before it opens, and seen by hosts alone until then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// The sitting's key.
    pub sitting: String,
    /// The host.
    pub by: PersonId,
    /// The words.
    pub text: String,
    /// When they were written.
    pub at: DateTime<Utc>,
}
