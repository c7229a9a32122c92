//! How long people and posts wait for the bot.

use std::time::Duration;

use super::limits::ANSWER_SECONDS_MAX;

/// How long people and posts wait for the bot, in real time. The default is that of service; whoever only asks what
/// is answered, and not how fast, may give it more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// After so long Discord is told that the answer will follow. A form can then not be opened any more.
    pub answer: Duration,
    /// After so long the words go first, and the picture follows them.
    pub words: Duration,
    /// So long a post waits for its picture; then it goes without.
    pub picture: Duration,
}

const ANSWER: Duration = Duration::from_millis(1500);

const _: () = assert!(ANSWER.as_secs() + 1 < ANSWER_SECONDS_MAX, "leave a second for the way there");

impl Default for Patience {
    fn default() -> Self {
        Self { answer: ANSWER, words: Duration::from_secs(2), picture: Duration::from_secs(20) }
    }
}
