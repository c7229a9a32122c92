//! Links under which the canvas can be read, and what outsiders may see under them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::people::{PersonId, id};
use super::view::Viewer;

id!(/// One link.
    ShareId);
id!(/// One release.
    ReleaseId);

/// How much of the canvas a link shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// What everybody in the partnership's room sees.
    Partners,
    /// Only what was released, and no people's names.
    Outside,
}

/// A link under which the canvas can be read. Whoever has its token reads; here lies only the token's hash,
/// so that nobody who reads the database gets in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Its number.
    pub id: ShareId,
    /// How much it shows.
    pub scope: Scope,
    /// The SHA-256 of its token, in hex.
    pub hash: String,
    /// The host who made it.
    pub by: PersonId,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Until when it opens.
    pub until: DateTime<Utc>,
    /// When it was taken back, if it was.
    pub revoked: Option<DateTime<Utc>>,
}

impl Share {
    /// Whether it opens at this moment.
    #[must_use]
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.revoked.is_none() && now < self.until
    }

    /// As whom one reads who comes by it.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        match self.scope {
            Scope::Partners => Viewer::Room,
            Scope::Outside => Viewer::Outside,
        }
    }
}

/// Which sections of the canvas outsiders may see, from one moment on. Each replaces the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Its number.
    pub id: ReleaseId,
    /// The sections' keys.
    pub sections: BTreeSet<String>,
    /// The host who said so.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}
