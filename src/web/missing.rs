//! What is said when there is nothing: always the same page, so that nobody learns why.

use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{Html, IntoResponse, Response};

use crate::canvas::STYLE;

const PAGE: &str = include_str!("missing.html");

/// The page for a link that opens nothing: never known, over, or taken back.
pub(super) fn page() -> Response {
    (StatusCode::NOT_FOUND, Html(PAGE.replace("{style}", STYLE))).into_response()
}

/// The same for an address that never was one.
pub(super) async fn nothing_here() -> Response {
    page()
}

/// Too many addresses that opened nothing: come again later. Those that open something are served all the same.
pub(super) fn too_often() -> Response {
    let words = "There is nothing here, and too many links that open nothing were tried from where you are. \
                 Please wait a minute, then try your link again.\n";
    (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, "60")], words).into_response()
}

/// Drawing came to no end, or to a bad one: the words are there all the same.
pub(super) fn not_drawn() -> Response {
    let words = "This picture could not be drawn. The page and the outline (canvas.md) have all that is on it.\n";
    (StatusCode::SERVICE_UNAVAILABLE, words).into_response()
}

/// Too much at once: come again.
pub(super) fn not_now() -> Response {
    let words = "Not just now: too much is asked for at once. Please try again in a moment.\n";
    (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "10")], words).into_response()
}
