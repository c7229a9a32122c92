//! Least and most.

use serde::{Deserialize, Serialize};

/// Least and most; the default is exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// At least so many.
    pub min: u16,
    /// At most so many.
    pub max: u16,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { min: 1, max: 1 }
    }
}

impl Bounds {
    /// Whether a number lies within.
    #[must_use]
    pub fn holds(self, count: usize) -> bool {
        (usize::from(self.min)..=usize::from(self.max)).contains(&count)
    }
}
