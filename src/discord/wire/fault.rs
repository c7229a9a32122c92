//! What can go wrong on the line, in the few kinds that make a difference.

use std::time::Duration;

use serde_json::Value;

/// Why a request came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Discord said no.
    #[error("{route}: status {status}, code {code}: {message}")]
    Refused {
        /// The route's name.
        route: &'static str,
        /// The HTTP status.
        status: u16,
        /// Discord's own code (`topics/opcodes-and-status-codes`), 0 if none.
        code: u32,
        /// Discord's own words; they hold none of ours.
        message: String,
    },
    /// Not now: a rate limit, ours or Discord's.
    #[error("{route}: wait {} ms", after.as_millis())]
    Limited {
        /// The route's name.
        route: &'static str,
        /// How long to wait.
        after: Duration,
    },
    /// The request went out and no answer came: it may have been done or not.
    #[error("{route}: no answer")]
    Doubt {
        /// The route's name.
        route: &'static str,
    },
    /// The request never went out.
    #[error("{route}: not reachable")]
    Unreachable {
        /// The route's name.
        route: &'static str,
    },
    /// The answer was not what Discord documents.
    #[error("{route}: unreadable answer")]
    Unreadable {
        /// The route's name.
        route: &'static str,
    },
}

/// Discord's codes that we act upon (`topics/opcodes-and-status-codes`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Code {
    /// The channel or thread is gone.
    UnknownChannel = 10_003,
    /// The account is no member of the guild.
    UnknownMember = 10_007,
    /// There is no such account.
    UnknownUser = 10_013,
    /// The message is gone.
    UnknownMessage = 10_008,
    /// The scheduled event is gone.
    UnknownEvent = 10_070,
    /// The interaction's token has expired, or another process answered.
    UnknownInteraction = 10_062,
    /// The interaction's token is older than fifteen minutes.
    UnknownWebhook = 10_015,
    /// The interaction has been answered already: our first try arrived.
    AlreadyAnswered = 40_060,
    /// No access to the channel.
    MissingAccess = 50_001,
    /// A permission is missing.
    MissingPermission = 50_013,
    /// The thread is archived.
    Archived = 50_083,
    /// The message has a thread already.
    ThreadExists = 160_004,
    /// The thread is locked.
    ThreadLocked = 160_005,
    /// The guild has as many scheduled events as it may have.
    EventsFull = 30_038,
    /// The scheduled event has ended.
    FinishedEvent = 180_000,
    /// Too many edits of messages older than an hour.
    OldEdits = 30_046,
    /// Direct messages are opened too fast.
    DirectTooFast = 40_003,
    /// The account takes no direct messages from us.
    NoDirect = 50_007,
    /// We share no guild with the account any more.
    NoSharedGuild = 50_278,
}

impl Fault {
    pub(super) fn of_transport(route: &'static str, error: &reqwest::Error) -> Self {
        if error.is_connect() || error.is_builder() { Self::Unreachable { route } } else { Self::Doubt { route } }
    }

    pub(super) fn of_answer(route: &'static str, status: u16, body: &Value) -> Self {
        let code = body["code"].as_u64().and_then(|code| u32::try_from(code).ok()).unwrap_or(0);
        let message = body["message"].as_str().unwrap_or("no words").to_owned();
        Self::Refused { route, status, code, message }
    }

    /// Whether Discord refused with this code.
    #[must_use]
    pub fn is(&self, wanted: Code) -> bool {
        matches!(self, Self::Refused { code, .. } if *code == wanted as u32)
    }

    /// Whether the token is not valid: nothing may be sent any more.
    #[must_use]
    pub fn is_unauthorised(&self) -> bool {
        matches!(self, Self::Refused { status: 401, .. })
    }

    /// Whether trying the same again may help.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Refused { status, .. } => *status >= 500,
            Self::Limited { .. } | Self::Doubt { .. } | Self::Unreachable { .. } | Self::Unreadable { .. } => true,
        }
    }
}
