//! What is done around a choice, beside answering.

use serde::{Deserialize, Serialize};

use super::approval::Approving;
use super::reopening::Reopening;

/// One such thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Consenting {
    /// A host opens the next round, with only the open lines on the table.
    NextRound {
        /// The ask's key.
        ask: String,
    },
    /// Somebody asks to open a settled choice again.
    Reopening(Reopening),
    /// Something stands subject to a partner's approval, or its house says what it thinks.
    Approving(Approving),
}
