//! Boundaries: the moments at which time changes something, and what befalls the bot at each of them.
//!
//! A boundary is any moment for which the bot said that it had something to do: a sitting opens or ends, somebody
//! is nudged, a post that waited is due. Nothing here knows which; the bot's own word is taken.

use anyhow::Result;
use chrono::DateTime;
use serde_json::{Value, json};

use crate::sandbox::Remote;

use super::bot::BotProcess;
use super::time::{self, HOUR_MS};

/// Restarts at one boundary: more posts than one moment ever brings.
const RESTARTS_MAX: usize = 60;

/// What befalls the bot at every boundary of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blow {
    /// Killed before; the moment comes while nobody is there; started after it.
    Away,
    /// Killed when all that follows is on disk, and nothing of it was sent.
    Unsent,
    /// Killed after each post that was sent, before it is written down that it was.
    Unmarked,
    /// Killed and started once all was said.
    Said,
    /// Its clock is set back an hour just before, so that the moment comes too late, and is then put right.
    BackBefore,
    /// Its clock is set back an hour just after, and is then put right.
    BackAfter,
    /// Its clock is set back an hour while it is restarted, and is then put right.
    BackAtStart,
}

impl Blow {
    /// All that may befall it.
    pub const ALL: [Self; 7] =
        [Self::Away, Self::Unsent, Self::Unmarked, Self::Said, Self::BackBefore, Self::BackAfter, Self::BackAtStart];

    /// A short name, for a folder.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Away => "away",
            Self::Unsent => "unsent",
            Self::Unmarked => "unmarked",
            Self::Said => "said",
            Self::BackBefore => "back-before",
            Self::BackAfter => "back-after",
            Self::BackAtStart => "back-at-start",
        }
    }

    /// What it is, in a line.
    #[must_use]
    pub fn told(self) -> &'static str {
        match self {
            Self::Away => "killed before it, started after it",
            Self::Unsent => "killed after the commit, before anything was sent",
            Self::Unmarked => "killed after each post, before that was written down",
            Self::Said => "killed and started when all was said",
            Self::BackBefore => "clock set back an hour just before, then put right",
            Self::BackAfter => "clock set back an hour just after, then put right",
            Self::BackAtStart => "clock set back an hour at a restart, then put right",
        }
    }
}

/// One run's boundaries.
#[derive(Debug, Default)]
pub struct Ordeal {
    /// What befalls the bot, if anything.
    pub blow: Option<Blow>,
    /// The boundaries that were met, in Unix milliseconds of world time.
    pub met: Vec<i64>,
    /// How often it befell the bot. Where nothing is sent, no sending can be interrupted.
    pub fallen: usize,
    /// By how much the bot's clock is wrong anyhow, by the script's weather.
    pub wrong_ms: i64,
}

impl Ordeal {
    /// Lets time pass to a boundary, and over it.
    ///
    /// # Errors
    /// If the bot ended, or nothing comes to rest.
    pub async fn cross(&mut self, remote: &Remote, bot: &mut BotProcess, to_ms: i64) -> Result<()> {
        self.met.push(to_ms);
        let fallen = match self.blow {
            None => {
                remote.jump(to_ms).await?;
                return Ok(());
            }
            Some(Blow::Unsent) => held(remote, bot, to_ms, json!({"kind": "hold_before"}), 1).await?,
            Some(Blow::Unmarked) => {
                held(remote, bot, to_ms, json!({"kind": "hold_after", "route": "POST "}), RESTARTS_MAX).await?
            }
            Some(Blow::Away) => {
                time::off(remote, bot, DateTime::from_timestamp_millis(to_ms).unwrap_or_default()).await?;
                1
            }
            Some(Blow::Said) => {
                remote.jump(to_ms).await?;
                time::rest(remote, bot).await?;
                time::restart(remote, bot).await?;
                1
            }
            Some(blow) => set_back(remote, bot, to_ms, (blow, self.wrong_ms)).await?,
        };
        self.fallen += fallen;
        time::rest(remote, bot).await.map(drop)
    }
}

/// Kills the bot whenever a request of it is held, at most so often; how often that was.
async fn held(remote: &Remote, bot: &mut BotProcess, to_ms: i64, fault: Value, most: usize) -> Result<usize> {
    remote.fault(fault.clone()).await?;
    remote.jump(to_ms).await?;
    let mut kills = 0;
    while time::rest(remote, bot).await?.held > 0 {
        kills += 1;
        bot.kill().await?;
        remote.fault(json!({"kind": "calm"})).await?;
        if kills < most {
            remote.fault(fault.clone()).await?;
        }
        time::restart(remote, bot).await?;
        if kills == most {
            return Ok(kills);
        }
    }
    remote.fault(json!({"kind": "calm"})).await?;
    Ok(kills)
}

async fn set_back(remote: &Remote, bot: &mut BotProcess, to_ms: i64, how: (Blow, i64)) -> Result<usize> {
    let (blow, wrong_ms) = how;
    if blow == Blow::BackBefore {
        remote.wrong(wrong_ms - HOUR_MS).await?;
        time::rest(remote, bot).await?;
        remote.jump(to_ms).await?;
    } else {
        remote.jump(to_ms).await?;
        time::rest(remote, bot).await?;
        if blow == Blow::BackAtStart {
            bot.kill().await?;
        }
        remote.wrong(wrong_ms - HOUR_MS).await?;
        if blow == Blow::BackAtStart {
            time::restart(remote, bot).await?;
        }
    }
    time::rest(remote, bot).await?;
    remote.wrong(wrong_ms).await?;
    Ok(1)
}
