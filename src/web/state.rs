//! How the program is: for whoever watches over it. Numbers only, no names and no words.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use super::Web;

/// What is counted since the start.
#[derive(Default)]
pub(super) struct Counters {
    answered: AtomicU64,
    missed: AtomicU64,
}

impl Counters {
    /// One more answer.
    pub fn answered(&self) {
        self.answered.fetch_add(1, Ordering::Relaxed);
    }

    /// One more link that opened nothing.
    pub fn missed(&self) {
        self.missed.fetch_add(1, Ordering::Relaxed);
    }
}

/// `ok`, or `degraded` where acts are not taken any more.
pub(super) async fn health(State(web): State<Web>) -> Response {
    let (status, word) =
        if web.0.app.is_well() { (StatusCode::OK, "ok") } else { (StatusCode::SERVICE_UNAVAILABLE, "degraded") };
    (status, [(CONTENT_TYPE, "application/json")], format!("{{\"status\":\"{word}\"}}\n")).into_response()
}

/// A few numbers in the text form of Prometheus. None of them changes when somebody acts: whoever counted acts
/// would see the sealed ones.
pub(super) async fn metrics(State(web): State<Web>) -> Response {
    let counters = &web.0.counters;
    let text = format!(
        "# TYPE jointpath_well gauge\njointpath_well {}\n\
         # TYPE jointpath_web_live_readers gauge\njointpath_web_live_readers {}\n\
         # TYPE jointpath_web_answers_total counter\njointpath_web_answers_total {}\n\
         # TYPE jointpath_web_misses_total counter\njointpath_web_misses_total {}\n",
        u8::from(web.0.app.is_well()),
        web.0.seats.taken(),
        counters.answered.load(Ordering::Relaxed),
        counters.missed.load(Ordering::Relaxed),
    );
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}
