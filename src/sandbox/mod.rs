//! The sandbox: an honest stand-in for Discord.
//!
//! A second server on loopback, written from Discord's public documentation, to which an unchanged
//! Discord client connects over HTTP and WebSocket. It knows Discord and nothing of this project. It
//! enforces limits, permissions, three-second answers, fifteen-minute tokens, ephemeral visibility and
//! thread archiving; it refuses what Discord refuses; a route nobody built answers 404 and is counted.
//!
//! | where | what |
//! |---|---|
//! | `/api/v10/…` | REST, as Discord documents it |
//! | `/gateway` | the gateway, plain JSON frames |
//! | `/attachments/…` | bytes of uploaded files |
//! | `/sandbox/people/…`, `/sandbox/channels/…` | the human side: press, type, read as a given person |
//! | `/sandbox/world/…` | things that happen to a bot: kicked, channel gone, rights changed |
//! | `/sandbox/clock`, `/sandbox/quiet`, `/sandbox/settled` | world time, and who has come to rest |
//! | `/sandbox/faults` | bad weather on request |
//!
//! Two clocks. **Wire time** is real: sockets, heartbeats, the three seconds. **World time** is
//! everything civil: ids, message times, token life, archiving, nonces; it stands still until told.
//!
//! Not built: scheduled events of channels, with pictures or that recur, and who is interested in them (501);
//! reactions, webhooks of channels, forums, voice, stickers, real rate limits (a `status` fault brings a 429),
//! message search.

mod clock;
mod dispatch;
mod error;
mod faults;
mod gateway;
mod human;
mod interaction;
mod listener;
mod message;
mod permissions;
mod poll;
mod record;
pub mod remote;
mod rest;
mod rules;
mod scheduled;
mod session;
mod shape;
pub mod snowflake;
mod state;
pub mod world;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use record::Record;
use state::State;

pub use remote::Remote;
pub use snowflake::Id;
pub use world::World;

/// How the stand-in runs.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to write all that passes, one JSON object a line.
    pub record: Option<PathBuf>,
    /// Wire time within which an interaction must be answered. Discord's is three seconds.
    pub ack_limit: Duration,
    /// Wire time the human side waits for a deferred answer before it reports a failure.
    pub defer_limit: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { record: None, ack_limit: Duration::from_secs(3), defer_limit: Duration::from_secs(30) }
    }
}

/// A running stand-in. Dropping it stops it too.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    server: JoinHandle<()>,
    shared: Arc<Shared>,
}

impl Sandbox {
    /// Where it listens, such as `http://127.0.0.1:40123`: what serenity's `HttpBuilder::proxy` takes.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops listening and cuts every gateway socket.
    pub fn stop(&self) {
        self.server.abort();
        self.shared.with(|state| {
            for wire in state.sessions.iter().filter_map(|session| session.wire.as_ref()) {
                let _ = wire.tx.send(session::Out::Cut);
            }
        });
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What all tasks share.
#[derive(Debug)]
pub(crate) struct Shared {
    state: Mutex<State>,
    pulse: watch::Sender<u64>,
    record: Option<Record>,
    pub(crate) options: Options,
}

impl Shared {
    /// Changes the world, writes the record, wakes whoever waits for something to happen.
    pub(crate) fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let result = change(&mut state);
        let lines = std::mem::take(&mut state.lines);
        if let Some(record) = &self.record {
            record.write(&lines);
        }
        drop(state);
        self.pulse.send_modify(|beat| *beat = beat.wrapping_add(1));
        result
    }

    /// Looks at the world without waking anybody.
    pub(crate) fn peek<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until `look` finds something or the time is up. Wire time: somebody holds a connection
    /// open for the answer.
    pub(crate) async fn until<T>(&self, wait: Duration, mut look: impl FnMut(&State) -> Option<T>) -> Option<T> {
        let mut pulse = self.pulse.subscribe();
        let watching = async {
            loop {
                pulse.borrow_and_update();
                if let Some(found) = self.peek(&mut look) {
                    return Some(found);
                }
                if pulse.changed().await.is_err() {
                    return None;
                }
            }
        };
        tokio::time::timeout(wait, watching).await.ok().flatten()
    }
}

/// Says on stderr what must not be overlooked.
#[expect(clippy::print_stderr, reason = "the stand-in runs in tests, where nobody has set up a log")]
pub(crate) fn loud(what: &str) {
    eprintln!("sandbox: {what}");
}

/// Starts the stand-in on a listener.
///
/// # Errors
/// If the listener has no address or the record cannot be written.
pub async fn serve(world: World, listener: TcpListener, options: Options) -> std::io::Result<Sandbox> {
    let address = listener.local_addr()?;
    let record = options.record.as_deref().map(|path| Record::create(path, &world.token)).transpose()?;
    let state = State::new(world, &address.to_string());
    let shared = Arc::new(Shared { state: Mutex::new(state), pulse: watch::Sender::new(0), record, options });
    let app = Router::new()
        .route("/gateway", get(gateway::upgrade))
        .route("/gateway/", get(gateway::upgrade))
        .route("/attachments/{channel}/{file}/{name}", get(rest::attachment))
        .route("/api/{*path}", any(rest::api))
        .nest("/sandbox", human::router())
        // Without this a form would end at the two megabytes that axum allows, far below Discord's limit.
        .layer(DefaultBodyLimit::max(rest::BODY_BYTES_MAX))
        .with_state(Arc::clone(&shared));
    let app = app.into_make_service_with_connect_info::<listener::Scissors>();
    let server = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener::CutListener(listener), app).await {
            loud(&format!("the server ended: {error}"));
        }
    });
    Ok(Sandbox { address, server, shared })
}
