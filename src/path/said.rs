//! Something to be said, before it is worded: which words, and what stands in their gaps.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A key in the words files, and the values for its gaps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The key.
    pub key: String,
    /// What stands in each gap.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub with: BTreeMap<String, String>,
}

impl Said {
    /// Words without gaps.
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self { key: key.to_owned(), with: BTreeMap::new() }
    }

    /// One gap filled.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "numbers, keys and names are written in place")]
    pub fn with(mut self, gap: &str, value: impl ToString) -> Self {
        self.with.insert(gap.to_owned(), value.to_string());
        self
    }
}

/// What the one who acted is told, and what is shown next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The words.
    pub said: Said,
    /// What comes next on their screen.
    pub next: Next,
}

/// What the one who acted sees next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Next {
    /// Nothing more.
    Done,
    /// The same ask again, with its new state.
    Stay {
        /// The ask's key.
        ask: String,
    },
    /// The next thing that waits for them in this sitting.
    Onward {
        /// The ask that was just answered.
        ask: String,
    },
}

impl Reply {
    /// Words and nothing more.
    #[must_use]
    pub fn done(said: Said) -> Self {
        Self { said, next: Next::Done }
    }
}
