//! World time in a rehearsal: wait until all is at rest, then jump to what comes next.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use chrono::{DateTime, Utc};

use crate::sandbox::Remote;
use crate::sandbox::remote::Settled;

use super::bot::BotProcess;
use super::boundary::Ordeal;

/// One look at whether all is at rest, in wire time.
const LOOK: Duration = Duration::from_secs(5);
/// Between two looks at a bot that is only just starting.
const BREATH: Duration = Duration::from_millis(10);
/// After so long without rest something hangs.
const HANGS: Duration = Duration::from_secs(90);

/// Waits until bot and stand-in are at rest, or a request is held. A bot that has just been started is at rest once it has
/// been greeted by the gateway, not before.
///
/// # Errors
/// If the bot ended, or nothing comes to rest.
pub async fn rest(remote: &Remote, bot: &mut BotProcess) -> Result<Settled> {
    let began = Instant::now();
    loop {
        let settled = remote.settled(LOOK).await?;
        let greeted = settled.sent > 0 && settled.boot != bot.boot_before;
        if settled.settled && greeted || settled.held > 0 {
            return Ok(settled);
        }
        if settled.settled {
            tokio::time::sleep(BREATH).await;
        }
        bot.is_alive()?;
        if began.elapsed() > HANGS {
            bail!(
                "nothing comes to rest: {} of {} events are finished at {}",
                settled.finished,
                settled.sent,
                DateTime::from_timestamp_millis(settled.now_ms).unwrap_or_default()
            );
        }
    }
}

/// Kills the bot and starts it again.
///
/// # Errors
/// If it cannot be killed or started.
pub async fn restart(remote: &Remote, bot: &mut BotProcess) -> Result<()> {
    bot.kill().await?;
    bot.boot_before = remote.settled(Duration::ZERO).await?.boot;
    bot.start()
}

/// How much a clock is set back.
pub const HOUR_MS: i64 = 3_600_000;

/// The bot is killed, time passes without it, it is started again.
///
/// # Errors
/// As [`rest`].
pub async fn off(remote: &Remote, bot: &mut BotProcess, until: DateTime<Utc>) -> Result<()> {
    bot.kill().await?;
    remote.jump(until.timestamp_millis()).await?;
    restart(remote, bot).await?;
    rest(remote, bot).await.map(drop)
}

/// Lets time pass until a moment, stopping wherever the bot or the world has something to do.
///
/// # Errors
/// As [`rest`].
pub async fn until(remote: &Remote, bot: &mut BotProcess, ordeal: &mut Ordeal, moment: DateTime<Utc>) -> Result<()> {
    let goal = moment.timestamp_millis();
    loop {
        let settled = rest(remote, bot).await?;
        if settled.now_ms >= goal {
            return Ok(());
        }
        let due = [settled.bot_next_due_ms, settled.sandbox_next_due_ms].into_iter().flatten();
        let next = due.filter(|due| *due > settled.now_ms).min().unwrap_or(goal).min(goal);
        if settled.bot_next_due_ms == Some(next) {
            ordeal.cross(remote, bot, next).await?;
        } else {
            remote.jump(next).await?;
        }
    }
}
