//! What befalls the bot's machine in a script: it is off for days, its clock is an hour slow.

use anyhow::Result;

use super::bot::BotProcess;
use super::conductor::day;
use super::script::{WeatherKind, WeatherScript};
use super::stage::Stage;
use super::time;

/// Begins it. What lasts is ended by the conductor, who puts the clock right.
///
/// # Errors
/// If the bot cannot be killed or started, or does not come to rest.
pub async fn begin(stage: &Stage<'_>, bot: &mut BotProcess, weather: &WeatherScript) -> Result<()> {
    let (from, until) = (weather.from.to_utc(), weather.until.to_utc());
    match weather.is {
        WeatherKind::Off => {
            stage.say(&format!("{}  The bot is off until {}.", day(from), day(until)));
            time::off(&stage.remote, bot, until).await
        }
        WeatherKind::ClockBack => {
            stage.say(&format!("{}  Its clock is an hour slow until {}.", day(from), day(until)));
            stage.remote.wrong(-time::HOUR_MS).await.map_err(Into::into)
        }
    }
}
