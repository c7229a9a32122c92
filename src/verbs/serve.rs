//! `serve`: the bot, for Discord or for whatever speaks its API.

use anyhow::Context;
use tokio::net::TcpListener;

use super::load;
use crate::app::{App, Clock, Pulse};
use crate::config::{Serving, named};
use crate::discord;
use crate::store::Store;
use crate::web;

/// Serves until it is stopped, the token is refused, or the disk fails.
///
/// # Errors
/// What keeps it from serving, said for the person who started it.
pub async fn serve(serving: Serving) -> anyhow::Result<()> {
    let Some(token) = serving.token.clone() else { anyhow::bail!(no_token()) };
    let prompts = load(&serving.words)?;
    let pulse = Pulse::default();
    let clock = match &serving.clock {
        None => Clock::System,
        Some(url) => {
            anyhow::ensure!(
                serving.api.as_deref().is_some_and(is_loopback) && is_loopback(url),
                "--clock is for rehearsals: both it and DISCORD_API_URL must be on this machine"
            );
            Clock::of_world(url, &pulse).await?
        }
    };
    let door = door(&serving).await?;
    let store = Store::open(&serving.database).await;
    let store = store.with_context(|| format!("the database {} cannot be opened", named(&serving.database)))?;
    let app = App::start(store.clone(), prompts, clock, pulse).await.context("the boards cannot be read")?;
    let app = match &door {
        Some((_, base)) => app.with_pages(base),
        None => app,
    };
    let settings = discord::Settings { token, api: serving.api, patience: discord::Patience::default() };
    let served = tokio::select! {
        served = discord::serve(app.clone(), settings) => served.context("Discord cannot be served"),
        served = pages(app.clone(), door) => served.context("the board page cannot be served"),
        why = app.ended() => Err(anyhow::anyhow!("the database failed, so nothing more is taken: {why}")),
        stopped = stopped() => stopped.context("the signal to stop cannot be waited for"),
    };
    store.close().await;
    served
}

/// The door of the board page, open, and what links to it begin with; nothing if it is not wanted.
async fn door(serving: &Serving) -> anyhow::Result<Option<(TcpListener, String)>> {
    let Some(address) = serving.web else { return Ok(None) };
    let listener =
        TcpListener::bind(address).await.with_context(|| format!("the board page cannot be served at {address}"))?;
    let here = format!("http://{}", listener.local_addr()?);
    let base = serving.web_url.as_deref().unwrap_or(&here).trim_end_matches('/').to_owned();
    anyhow::ensure!(
        base.starts_with("https://") || base.starts_with("http://"),
        "--web-url is the beginning of a link, for example https://board.example.org"
    );
    if !base.starts_with("https://") && !is_loopback(&base) {
        tracing::warn!("links to the board page are not https: whoever is on the way can read along");
    }
    tracing::info!(at = here, links = base, "the board page is served to whoever holds a link");
    Ok(Some((listener, base)))
}

/// Serves the board page, if it is wanted, for as long as the program runs.
async fn pages(app: App, door: Option<(TcpListener, String)>) -> std::io::Result<()> {
    match door {
        Some((listener, base)) => {
            web::serve(app, listener, web::Settings { base: Some(base), ..web::Settings::default() }).await
        }
        None => std::future::pending().await,
    }
}

/// Waits until somebody stops the program: Ctrl-C, or the polite signal of a supervisor.
async fn stopped() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut polite = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            stopped = tokio::signal::ctrl_c() => stopped,
            _ = polite.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

fn is_loopback(url: &str) -> bool {
    ["http://127.0.0.1", "http://localhost", "http://[::1]"]
        .iter()
        .any(|prefix| url.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/'])))
}

/// What is said to someone who starts the bot without a token.
fn no_token() -> String {
    format!(
        "Joint Path needs a bot token to serve Discord. Three steps:\n\
         1. Open https://discord.com/developers/applications, choose New Application, then Bot, then Reset Token.\n\
         2. Start again with the token in the environment: DISCORD_TOKEN=… jointpath\n\
         3. Invite the bot to your server with just the permissions it needs (put your application's id in):\n   {}\n\n\
         No account at hand? `jointpath rehearse` walks a whole Path here, with nothing set up.",
        discord::invite("YOUR_APPLICATION_ID")
    )
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_this_machine_is_loopback() {
        for (url, expected) in [
            ("http://127.0.0.1:8080", true),
            ("http://localhost/x", true),
            ("http://127.0.0.1.evil.example", false),
            ("http://localhost.evil.example:80", false),
            ("https://discord.com", false),
        ] {
            assert_eq!(is_loopback(url), expected, "{url}");
        }
    }
}
