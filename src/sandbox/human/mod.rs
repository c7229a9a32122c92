//! The human side and the clock: everything under `/sandbox`.
//!
//! A person here does what a client lets one do: press what is shown and not disabled, choose among the
//! options, fill in the form on the screen. What a client would not allow is answered with 409 and
//! `{"refused": "why"}`. `"forge": true` goes past the client, as a forged or outdated button does.
//!
//! | route | body |
//! |---|---|
//! | `POST people/{user}/press` | `{message, custom_id, forge?}` |
//! | `POST people/{user}/select` | `{message, custom_id, values, forge?}` |
//! | `POST people/{user}/submit` | `{modal, values: {custom_id: text}, forge?}`; forged also `{channel, custom_id, values}` |
//! | `POST people/{user}/command` | `{channel, path: ["a", "b"], options: {name: value}}` or Discord's nested form `{channel, name, options: [...]}` |
//! | `POST people/{user}/autocomplete` | `{channel, path, options, focused}` |
//! | `POST people/{user}/message-command` | `{message, name}` |
//! | `POST people/{user}/say` | `{channel, content, reply_to?}` |
//! | `POST people/{user}/vote` | `{message, answers: [1]}`: all of one's votes in a poll |
//! | `GET people/{user}/channels` | channels and threads this person sees |
//! | `GET people/{user}/events` | scheduled events of this person's guilds that have not ended |
//! | `GET people/{user}/channels/{c}/messages` | oldest first, with those for their eyes only |
//! | `GET channels/{c}/messages` | everything, for a transcript |
//! | `POST world/{act}` | see [`events`] |
//! | `GET clock`, `POST clock {now_ms}`, `GET clock/next?after_ms=N` | world time; `now_ms` is what a bot's clock shows |
//! | `POST clock/wrong {by_ms}` | from now on a bot's clock is wrong by so much |
//! | `POST quiet`, `GET settled?wait_ms=N` | see [`super::clock`] |
//! | `POST faults`, `GET faults/unknown` | see [`super::faults`] |

mod act;
mod command;
mod events;
mod outcome;
mod view;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State as Shares};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::snowflake::Id;
use super::state::State;
use super::{Shared, clock, faults};

/// The longest a long poll is held open.
const HOLD_MAX: Duration = Duration::from_secs(25);

/// Why a client would not let this person do that.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) String);

impl From<&str> for Refused {
    fn from(why: &str) -> Self {
        Self(why.to_owned())
    }
}

impl From<String> for Refused {
    fn from(why: String) -> Self {
        Self(why)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (StatusCode::CONFLICT, Json(json!({"refused": self.0}))).into_response()
    }
}

type Shown = Result<Json<Value>, Refused>;

/// All routes under `/sandbox`.
pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/people/{user}/{deed}", post(act::act).get(view::look))
        .route("/people/{user}/channels/{channel}/messages", get(view::messages_of))
        .route("/channels/{channel}/messages", get(view::messages))
        .route("/world/{act}", post(events::happen))
        .route("/clock", get(clock_now).post(clock_jump))
        .route("/clock/next", get(clock_next))
        .route("/clock/wrong", post(clock_wrong))
        .route("/quiet", post(quiet))
        .route("/settled", get(settled))
        .route("/faults", post(fault))
        .route("/faults/unknown", get(unknown))
}

/// Reads an id from a request of the human side.
pub(crate) fn id(value: &Value, name: &str) -> Result<Id, Refused> {
    Id::from_json(&value[name]).ok_or_else(|| format!("\"{name}\" must be an id").into())
}

/// The person a route names.
pub(crate) fn person(state: &State, text: &str) -> Result<Id, Refused> {
    let id = Id::parse(text).filter(|id| state.users.get(id).is_some_and(|user| !user.bot));
    id.ok_or_else(|| format!("nobody has the id {text}").into())
}

async fn clock_now(Shares(shared): Shares<Arc<Shared>>) -> Json<Value> {
    Json(shared.peek(|state| json!({"now_ms": clock::shown_ms(state), "world_ms": state.now_ms})))
}

async fn clock_jump(Shares(shared): Shares<Arc<Shared>>, Json(body): Json<Value>) -> Shown {
    let to_ms = body["now_ms"].as_i64().ok_or("\"now_ms\" must be a number")?;
    shared.with(|state| clock::jump(state, to_ms))?;
    Ok(clock_now(Shares(shared)).await)
}

/// `GET /sandbox/clock/next?after_ms=N`: answers as soon as a bot's clock shows something else than N, after 25 s
/// of wire time at the latest.
async fn clock_next(Shares(shared): Shares<Arc<Shared>>, Query(query): Query<HashMap<String, String>>) -> Json<Value> {
    let after_ms = query.get("after_ms").and_then(|text| text.parse().ok()).unwrap_or(i64::MIN);
    shared.until(HOLD_MAX, |state| (clock::shown_ms(state) != after_ms).then_some(())).await;
    clock_now(Shares(shared)).await
}

async fn clock_wrong(Shares(shared): Shares<Arc<Shared>>, Json(body): Json<Value>) -> Shown {
    let by_ms = body["by_ms"].as_i64().ok_or("\"by_ms\" must be a number")?;
    shared.with(|state| state.wrong_ms = by_ms);
    Ok(clock_now(Shares(shared)).await)
}

async fn quiet(Shares(shared): Shares<Arc<Shared>>, Json(body): Json<Value>) -> Shown {
    shared.with(|state| clock::report(state, &body))?;
    Ok(Json(json!({})))
}

/// `GET /sandbox/settled?wait_ms=N`: answers as soon as all is at rest or a request is held, or after N ms of wire
/// time.
async fn settled(Shares(shared): Shares<Arc<Shared>>, Query(query): Query<HashMap<String, String>>) -> Json<Value> {
    let wait = query.get("wait_ms").and_then(|text| text.parse().ok()).map_or(HOLD_MAX, Duration::from_millis);
    let over = |state: &State| (clock::is_settled(state) || state.faults.held > 0).then_some(());
    shared.until(wait.min(HOLD_MAX), over).await;
    Json(shared.peek(clock::settled))
}

async fn fault(Shares(shared): Shares<Arc<Shared>>, Json(body): Json<Value>) -> Shown {
    shared.with(|state| faults::add(state, &body))?;
    Ok(Json(json!({})))
}

/// `GET /sandbox/faults/unknown`: routes that were asked for and are not built.
async fn unknown(Shares(shared): Shares<Arc<Shared>>) -> Json<Value> {
    Json(shared.peek(|state| json!({"unknown": state.unknown})))
}
