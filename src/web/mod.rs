//! The board page: a partnership's canvas for whoever holds a share link. It reads and never writes.
//!
//! One address serves it all: the page (`/b/{token}/`), the same canvas as documents and pictures
//! beside it, a stream that says when there is something new, and the state of the program. The token in
//! the address is all the right that a reader has, so it is neither logged nor passed on, and an
//! address that opens nothing is answered like any other that opens nothing.

mod documents;
mod door;
mod guard;
mod guesses;
mod kept;
mod live;
mod missing;
mod page;
mod pages;
mod state;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use self::door::Width;
use self::guesses::Guesses;
use self::live::Seats;
use self::pages::Pages;
use self::state::Counters;
use crate::app::App;

/// How the pages are served.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address that links begin with, as readers see it: `https://…`.
    pub base: Option<String>,
    /// The longest that an answer may take; drawing has its own, shorter limit.
    pub within: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { base: None, within: Duration::from_secs(30) }
    }
}

impl Settings {
    /// Whether readers come by https, so that browsers may be told to come by nothing else.
    fn is_https(&self) -> bool {
        self.base.as_deref().is_some_and(|base| base.starts_with("https://"))
    }
}

/// What every handler knows.
#[derive(Clone)]
struct Web(Arc<Inner>);

struct Inner {
    app: App,
    pages: Pages,
    seats: Arc<Seats>,
    guesses: Guesses,
    counters: Counters,
    /// Whoever meets in a room is drawn for first: all pages together never have more than one order in the queue.
    drawing: Arc<Semaphore>,
    is_https: bool,
}

/// Serves the pages on an open door, for as long as it is awaited.
///
/// # Errors
/// None yet: what a connection says ends that connection.
pub async fn serve(app: App, listener: TcpListener, settings: Settings) -> std::io::Result<()> {
    let width = Width::of_this_machine();
    door::serve(listener, router(app, &settings, width.streams()), width).await;
    Ok(())
}

/// All routes, with what holds for every one of them.
fn router(app: App, settings: &Settings, streams: usize) -> Router {
    let web = Web(Arc::new(Inner {
        app,
        pages: Pages::default(),
        seats: Arc::new(Seats::of(streams)),
        guesses: Guesses::default(),
        counters: Counters::default(),
        drawing: Arc::new(Semaphore::new(1)),
        is_https: settings.is_https(),
    }));
    Router::new()
        .route("/b/{token}", get(page::door))
        .route("/b/{token}/", get(page::page))
        .route("/b/{token}/live", get(live::live))
        .route("/b/{token}/picture/{file}", get(documents::picture))
        .route("/b/{token}/{file}", get(documents::document))
        .route("/board.js", get(page::script))
        .route("/health", get(state::health))
        .route("/metrics", get(state::metrics))
        .fallback(missing::nothing_here)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, settings.within))
        .layer(from_fn_with_state(guard::Room::default(), guard::one_of_many))
        .layer(RequestBodyLimitLayer::new(0))
        .layer(from_fn_with_state(web.clone(), guard::wrapped))
        .layer(from_fn(guard::logged))
        .with_state(web)
}
