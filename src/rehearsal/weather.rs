//! What befalls the bot's machine in a script: it is off for days, its clock is an hour slow.

use anyhow::Result;

use super::bot::BotProcess;
use super::boundary::Ordeal;
use super::conductor::day;
use super::script::{WeatherKind, WeatherScript};
use super::stage::Stage;
use super::time;

/// Begins it; what lasts until then is ended by [`clear`].
///
/// # Errors
/// If the bot cannot be killed or started, or does not come to rest.
pub async fn begin(
    stage: &Stage<'_>,
    bot: &mut BotProcess,
    ordeal: &mut Ordeal,
    weather: &WeatherScript,
) -> Result<()> {
    let (from, until) = (weather.from.to_utc(), weather.until.to_utc());
    match weather.is {
        WeatherKind::Off => {
            stage.say(&format!("{}  The bot is off until {}.", day(from), day(until)));
            time::off(&stage.remote, bot, until).await
        }
        WeatherKind::ClockBack => {
            stage.say(&format!("{}  Its clock is an hour slow until {}.", day(from), day(until)));
            set(stage, bot, ordeal, -time::HOUR_MS).await
        }
    }
}

/// Puts the clock right again.
///
/// # Errors
/// If nothing comes to rest.
pub async fn clear(stage: &Stage<'_>, bot: &mut BotProcess, ordeal: &mut Ordeal) -> Result<()> {
    set(stage, bot, ordeal, 0).await
}

async fn set(stage: &Stage<'_>, bot: &mut BotProcess, ordeal: &mut Ordeal, wrong_ms: i64) -> Result<()> {
    ordeal.wrong_ms = wrong_ms;
    stage.remote.wrong(wrong_ms).await?;
    time::rest(&stage.remote, bot).await.map(drop)
}
