//! How an ask for drafters finds them by itself.

use serde::{Deserialize, Serialize};

/// Of an ask that drafters give: where volunteers offer themselves, and whose counts say which drafts move people most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drafting {
    /// The ask whose givers offer to help write.
    pub volunteers: String,
    /// The ask in which drafts were marked.
    pub marks: String,
}
