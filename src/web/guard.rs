//! What holds for every answer: what a browser may do with it, how many at once, and what is logged.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, LazyLock};
use std::time::Instant;

use axum::extract::{ConnectInfo, FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use tokio::sync::Semaphore;

use super::{Web, missing};
use crate::canvas::STYLE_HASH;

/// So many requests are worked on at once; streams do not count, they have seats of their own.
pub(super) const AT_ONCE: usize = 64;

/// What a browser may do with a page: run our script, draw our style, ask this server, and no more.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src '{STYLE_HASH}'; img-src 'self' data:; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

/// The rest of it: no guessing of types, no passing on of the address, nothing kept, nothing found by
/// search engines, no frame, no camera.
const FIXED: [(HeaderName, &str); 8] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

const HTTPS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Who asks: an address, for counting misses.
pub(super) struct Reader {
    /// The address they come from; a proxy's, if they come through one.
    pub address: IpAddr,
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self { address: peer.map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0.ip()) })
    }
}

/// Puts the headers on every answer, and counts it.
pub(super) async fn wrapped(State(web): State<Web>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    web.0.counters.answered();
    dress(response.headers_mut(), web.0.is_https);
    response
}

fn dress(headers: &mut HeaderMap, is_https: bool) {
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY.clone());
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
}

/// Room for so many requests at once.
#[derive(Clone)]
pub(super) struct Room(Arc<Semaphore>);

impl Default for Room {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// Lets a request in if there is room; else it is asked to come again.
pub(super) async fn one_of_many(State(room): State<Room>, request: Request, next: Next) -> Response {
    match room.0.try_acquire() {
        Ok(_inside) => next.run(request).await,
        Err(_) => missing::not_now(),
    }
}

/// Logs an answer by the name of its route: in addresses stand tokens.
pub(super) async fn logged(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let from = Instant::now();
    let response = next.run(request).await;
    let (status, ms) = (response.status().as_u16(), from.elapsed().as_millis());
    if response.status().is_server_error() {
        tracing::warn!(route, status, ms, "a page was not served");
    } else {
        tracing::debug!(route, status, ms, "a page was served");
    }
    response
}
