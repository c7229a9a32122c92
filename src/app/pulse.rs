//! The program's pulse: whether it is busy, and when it next has something to do.
//!
//! In a rehearsal the stand-in owns the time and lets it jump only when nobody is busy; so the
//! program counts what it has in hand.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::watch;

/// What a pulse shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beat {
    /// How many things are in hand.
    pub busy: usize,
    /// How many incoming events have been handled to the end.
    pub finished: u64,
    /// When the next post is due.
    pub post_due: Option<DateTime<Utc>>,
    /// When the next window ends.
    pub window_due: Option<DateTime<Utc>>,
}

impl Beat {
    /// The earliest moment at which something is due.
    #[must_use]
    pub fn next_due(&self) -> Option<DateTime<Utc>> {
        [self.post_due, self.window_due].into_iter().flatten().min()
    }

    /// Whether nothing is in hand and nothing is due at that moment.
    #[must_use]
    pub fn is_quiet(&self, now: DateTime<Utc>) -> bool {
        self.busy == 0 && self.next_due().is_none_or(|due| due > now)
    }
}

/// The pulse. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Pulse {
    beat: Arc<watch::Sender<Beat>>,
}

impl Default for Pulse {
    fn default() -> Self {
        Self { beat: Arc::new(watch::channel(Beat::default()).0) }
    }
}

impl Pulse {
    /// Something is in hand until the guard is dropped.
    #[must_use]
    pub fn begin(&self) -> PulseGuard {
        self.beat.send_modify(|beat| beat.busy += 1);
        PulseGuard { pulse: self.clone() }
    }

    /// One incoming event has been handled to the end.
    pub fn finished(&self) {
        self.beat.send_modify(|beat| beat.finished += 1);
    }

    /// When the next post is due; none: nothing waits.
    pub(super) fn post_due(&self, at: Option<DateTime<Utc>>) {
        self.beat.send_if_modified(|beat| std::mem::replace(&mut beat.post_due, at) != at);
    }

    /// When the next window ends; none: no window is open.
    pub(super) fn window_due(&self, at: Option<DateTime<Utc>>) {
        self.beat.send_if_modified(|beat| std::mem::replace(&mut beat.window_due, at) != at);
    }

    /// Watches the pulse.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Beat> {
        self.beat.subscribe()
    }
}

/// Something in hand.
#[derive(Debug)]
pub struct PulseGuard {
    pulse: Pulse,
}

impl Drop for PulseGuard {
    fn drop(&mut self) {
        self.pulse.beat.send_modify(|beat| beat.busy -= 1);
    }
}
