//! What hosts say about time: whether sittings open by themselves, how long they stay open, in which order, a
//! pause, sittings left out, days off.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::occasion::Occasions;

/// What hosts said about time, where it differs from the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timetable {
    /// Whether each sitting opens by itself once the one before it has closed. The first one is opened by a host.
    pub by_itself: bool,
    /// The pace of the plan that was chosen; none: the sittings' own days.
    pub pace: Option<String>,
    /// Working days of single sittings, by key, whatever the pace says.
    pub days: BTreeMap<String, u16>,
    /// On which day a sitting opens at the earliest, by key: at 9:00 of the first host's zone.
    pub dates: BTreeMap<String, NaiveDate>,
    /// The sitting that comes next although others stand before it in the plan.
    pub first: Option<String>,
    /// The sitting that could not open by itself, because something was not put down, or the phase that could not close:
    /// hosts know it.
    pub held_up: Option<String>,
    /// Since when nothing has kept the next sitting from opening but the night: a pause was over, a host let it go on by
    /// itself, or its day had passed while nobody was there.
    pub since: Option<DateTime<Utc>>,
    /// The whole Path pauses: nothing opens, and nothing closes by itself.
    pub pause: Option<Pause>,
    /// Sittings that are left out, by key.
    pub left_out: BTreeMap<String, LeftOut>,
    /// Days on which the partnership does not work: first and last, both with them.
    pub days_off: BTreeSet<(NaiveDate, NaiveDate)>,
    /// Pauses that are over, oldest first: the time they took counts for nothing that is open.
    #[serde(default)]
    pub pauses: BTreeSet<Past>,
    /// The weekly line: none while it is off, else the moment after which the next one comes.
    #[serde(default)]
    pub weekly: Option<DateTime<Utc>>,
    /// Whether what is open stands in the house's calendar: none while that is off.
    #[serde(default)]
    pub occasions: Option<Occasions>,
}

/// A pause that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Past {
    /// When it began.
    pub from: DateTime<Utc>,
    /// When it ended indeed: by itself or by a host.
    pub until: DateTime<Utc>,
}

impl Timetable {
    /// Whether a moment lies in a pause that is over.
    #[must_use]
    pub fn paused_at(&self, at: DateTime<Utc>) -> bool {
        self.pauses.iter().any(|pause| pause.from <= at && at < pause.until)
    }

    /// The moment at which so many thousandths of the time between two moments have passed. A pause in it counts
    /// for nothing.
    #[must_use]
    pub fn after(&self, (opens, ends): (DateTime<Utc>, DateTime<Utc>), thousandths: i32) -> DateTime<Utc> {
        let mut worked = Vec::new();
        let mut at = opens;
        for pause in self.pauses.iter().filter(|pause| pause.until > opens && pause.from < ends) {
            worked.push((at, pause.from.max(at)));
            at = pause.until.min(ends).max(at);
        }
        worked.push((at, ends.max(at)));
        let whole = worked.iter().fold(TimeDelta::zero(), |sum, (from, until)| sum + (*until - *from));
        let mut left = whole / 1000 * thousandths;
        for (from, until) in &worked {
            if *from + left <= *until {
                return *from + left;
            }
            left -= *until - *from;
        }
        ends
    }
}

/// A pause of the whole Path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Since when.
    pub from: DateTime<Utc>,
    /// When it ends by itself.
    pub until: DateTime<Utc>,
}

impl Pause {
    /// How many days whatever is open gets back if the pause is over then.
    #[must_use]
    pub fn days(&self, over: DateTime<Utc>) -> u64 {
        (over - self.from).num_hours().max(0).unsigned_abs().div_ceil(24)
    }
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
    /// A host switches the weekly line on, or off where it is on.
    Weekly,
    /// A host lets what is open stand in the house's calendar, or no more where it does.
    Occasions {
        /// Whether it is known that this is not allowed there yet.
        barred: bool,
    },
    /// The house said whether it lets us write into its calendar. Nobody says so but the program itself.
    Barred(bool),
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
    /// A host says whether sittings open by themselves.
    ByItself(bool),
    /// A host chooses a pace for all that has not opened.
    Pace {
        /// Its key; none: the sittings' own days.
        pace: Option<String>,
    },
    /// A host says for how long a sitting stays open once it opens.
    Days {
        /// The sitting's key.
        sitting: String,
        /// Working days, as typed.
        days: String,
    },
    /// A host says on which day a sitting opens at the earliest.
    Date {
        /// The sitting's key.
        sitting: String,
        /// The date, as typed.
        date: String,
    },
    /// A host lets a sitting come next, before others.
    First {
        /// The sitting's key.
        sitting: String,
    },
    /// A host opens a closed sitting once more.
    Reopen {
        /// The sitting's key.
        sitting: String,
        /// Why.
        because: String,
    },
}
