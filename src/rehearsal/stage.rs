//! What everybody in a rehearsal shares: the script, the words people read, and the way to the screens.

use std::collections::BTreeMap;

use crate::path::Plan;
use crate::prompts::Words;
use crate::sandbox::Remote;

use super::aloud::say;
use super::script::{PersonScript, Script};

/// The stage.
#[derive(Debug)]
pub struct Stage<'a> {
    /// Who says what.
    pub script: &'a Script,
    /// The plan they walk.
    pub plan: &'a Plan,
    /// The words they read.
    pub words: &'a Words,
    /// Hands and eyes.
    pub remote: Remote,
    /// The partnership's channel.
    pub channel: u64,
    /// Discord accounts by the script's ids.
    pub users: BTreeMap<String, u64>,
    /// Whether nothing is told of how it goes.
    pub is_quiet: bool,
}

impl Stage<'_> {
    /// Tells how it goes.
    pub fn say(&self, text: &str) {
        if !self.is_quiet {
            say(text);
        }
    }

    /// A person's account; 0 for nobody, which no server has.
    #[must_use]
    pub fn user(&self, person: &str) -> u64 {
        self.users.get(person).copied().unwrap_or_default()
    }

    /// The person behind an account.
    #[must_use]
    pub fn person_of(&self, user: u64) -> Option<&PersonScript> {
        let id = self.users.iter().find(|(_, account)| **account == user).map(|(id, _)| id)?;
        self.script.person(id)
    }
}
