//! What hosts say in a sitting's opening post: a word of their own above it, or a text of their own in the place of
//! its invitation.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::people::PersonId;

/// A host's own words for one sitting's opening. Until it opens, hosts alone see them.
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

/// What a host does about the words of an opening post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordAct {
    /// Says a word of their own above it; empty: takes it back.
    Above {
        /// The sitting's key.
        sitting: String,
        /// The words.
        text: String,
    },
    /// Puts a text of their own in the place of its invitation; empty: back to what the words files say.
    Instead {
        /// The sitting's key.
        sitting: String,
        /// The text.
        text: String,
    },
}

impl WordAct {
    /// The sitting's key.
    #[must_use]
    pub fn sitting(&self) -> &str {
        match self {
            Self::Above { sitting, .. } | Self::Instead { sitting, .. } => sitting,
        }
    }
}
