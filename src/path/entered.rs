//! What a host entered for somebody: from a meeting, or a call.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::card::Via;
use super::people::PersonId;
use super::window::{Giver, WindowId};

/// That somebody's marks, figures or answers were entered by a host. Gone as soon as they give by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// In which window.
    pub window: WindowId,
    /// In whose name.
    pub giver: Giver,
    /// The host.
    pub by: PersonId,
    /// From a meeting or a call.
    pub via: Via,
    /// When.
    pub at: DateTime<Utc>,
}
