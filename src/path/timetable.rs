//! What hosts say about time: a pause, sittings left out, days off.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What hosts said about time, where it differs from the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timetable {
    /// The whole Path pauses: nothing opens, and nothing closes by itself.
    pub pause: Option<Pause>,
    /// Sittings that are left out, by key.
    pub left_out: BTreeMap<String, LeftOut>,
    /// Days on which the partnership does not work: first and last, both with them.
    pub days_off: BTreeSet<(NaiveDate, NaiveDate)>,
}

/// A pause of the whole Path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Since when.
    pub from: DateTime<Utc>,
    /// When it ends by itself.
    pub until: DateTime<Utc>,
}

/// A sitting that is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Why, in the host's words.
    pub why: String,
    /// When the host said so.
    pub at: DateTime<Utc>,
}

/// What a host does about time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimeAct {
    /// A host gives a sitting more time.
    Extend {
        /// The sitting's key.
        sitting: String,
        /// Until which date, as typed.
        until: String,
    },
    /// A host lets the whole Path pause.
    Pause {
        /// Until which date, as typed.
        until: String,
    },
    /// A host lets the Path go on before its pause is over.
    Resume,
    /// A host says on which days the partnership does not work; the list replaces the one before.
    DaysOff {
        /// One date or range a line, as typed.
        days: String,
    },
    /// A host leaves out a sitting that was not opened.
    LeaveOut {
        /// The sitting's key.
        sitting: String,
        /// Why.
        because: String,
    },
    /// A host opens a closed sitting once more.
    Reopen {
        /// The sitting's key.
        sitting: String,
        /// Why.
        because: String,
    },
}
