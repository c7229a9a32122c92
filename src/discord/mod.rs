//! The face in Discord: serenity lives here and nowhere else.
//!
//! An interaction comes in by [`handler`], is read by [`inbound`], answered by a [`visit`] with a
//! screen made from a view and words ([`screens`]), and sent by [`wire`]. What is said in rooms comes
//! from the outbox by [`outlet`]. Nothing is kept in memory but rate limits.

pub mod approving;
mod clustering;
mod commands;
mod counting;
pub mod custom_id;
pub mod deeds;
pub mod entering;
mod escape;
pub mod forms;
mod gallery;
mod handler;
mod host;
pub mod inbound;
mod joining;
mod lending;
pub mod limits;
mod nudger;
mod nudging;
mod occasions;
pub mod offers;
mod outlet;
mod own;
mod part;
mod patience;
pub mod permissions;
mod polling;
pub mod posts;
pub mod press;
mod renew;
pub mod reopening;
mod reply;
mod reporting;
pub mod respond;
pub mod roster;
mod rounds;
pub mod scene;
pub mod screen;
pub mod screens;
pub mod sketch;
pub mod times;
pub mod trace;
mod typed;
pub mod visit;
mod walk;
pub mod wire;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use serenity::all::{ClientBuilder, GatewayIntents, HttpBuilder};

pub use self::patience::Patience;
pub use self::permissions::invite;
use crate::app::App;
use crate::prompts::DEFAULT_LANGUAGE;
use wire::{Fault, Wire};

/// How to reach Discord.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The bot's token.
    pub token: SecretString,
    /// Another server that speaks Discord's API, for example the sandbox; none: Discord itself.
    pub api: Option<String>,
    /// How long people and posts wait for it.
    pub patience: Patience,
}

/// Why the bot cannot serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Discord does not accept the token.
    #[error("Discord does not accept this token; copy it anew from the Developer Portal, page Bot")]
    Token,
    /// The gateway's address could not be asked.
    #[error("the gateway's address could not be asked at {api}: {fault}")]
    Gateway {
        /// Where it was asked.
        api: String,
        /// What went wrong.
        fault: Fault,
    },
    /// Another server was configured, and it points to the real Discord.
    #[error("{api} was configured, but its gateway is {url}; refusing to talk to the real Discord by accident")]
    WrongGateway {
        /// What was configured.
        api: String,
        /// Where it points.
        url: String,
    },
    /// Too many sessions were started today; Discord would reset the token.
    #[error("Discord allows no more sessions today; wait before starting again")]
    NoStartsLeft,
    /// The client could not be made, or ended.
    #[error("the connection to Discord ended: {0}")]
    Client(String),
}

/// Serves Discord until the connection or the database ends for good.
///
/// # Errors
/// [`ServeError`] with what to do about it.
pub async fn serve(app: App, settings: Settings) -> Result<(), ServeError> {
    let api = settings.api.clone().unwrap_or_else(|| wire::DISCORD.to_owned());
    let clock = app.clone();
    let gateway_fault = |fault: Fault| {
        if fault.is_unauthorised() { ServeError::Token } else { ServeError::Gateway { api: api.clone(), fault } }
    };
    let wire = Wire::new(&api, settings.token.clone(), Arc::new(move || clock.now())).map_err(gateway_fault)?;
    let wire = wire.with_patience(settings.patience);
    let gateway = wire.gateway().await.map_err(gateway_fault)?;
    if settings.api.is_some() && is_real(&gateway.url) {
        return Err(ServeError::WrongGateway { api: api.clone(), url: gateway.url });
    }
    if gateway.starts_left == 0 {
        return Err(ServeError::NoStartsLeft);
    }
    let commands = Arc::new(commands::list(&app.prompts().plan, app.words(DEFAULT_LANGUAGE)));
    let handler = handler::Handler::new(app.clone(), wire.clone(), commands);
    // The limiter is off: our wire keeps the limits, and with it on the configured address is ignored.
    let http = HttpBuilder::new(settings.token.expose_secret()).proxy(&api).ratelimiter_disabled(true).build();
    let mut client = ClientBuilder::new_with_http(http, GatewayIntents::GUILDS)
        .raw_event_handler(handler)
        .await
        .map_err(|error| ServeError::Client(kind_of(&error)))?;
    // Where serenity cannot ask for the address it falls back to the real one: ours stands.
    client.ws_url.lock().await.clone_from(&gateway.url);
    tokio::select! {
        ended = client.start_shards(gateway.shards) => ended.map_err(|error| ServeError::Client(kind_of(&error))),
        () = outlet::run(app.clone(), wire.clone()) => Err(ServeError::Token),
    }
}

/// Whether an address is the real Discord's.
fn is_real(url: &str) -> bool {
    let host = url.split("://").nth(1).unwrap_or(url).split(['/', ':', '?']).next().unwrap_or_default();
    ["discord.gg", "discord.com"].iter().any(|real| host == *real || host.ends_with(&format!(".{real}")))
}

/// What went wrong, without addresses: they may hold tokens.
fn kind_of(error: &serenity::Error) -> String {
    match error {
        serenity::Error::Gateway(error) => error.to_string(),
        serenity::Error::Http(_) => "an HTTP request failed".to_owned(),
        serenity::Error::Client(error) => error.to_string(),
        _ => "serenity gave up".to_owned(),
    }
}
