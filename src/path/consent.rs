//! What is done around a consent round, beside answering it.

use serde::{Deserialize, Serialize};

/// One such thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Consenting {
    /// A host opens the next round, with only the open lines on the table.
    NextRound {
        /// The ask's key.
        ask: String,
    },
}
