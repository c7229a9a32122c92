//! REST v10: from an HTTP request to a change of the world and an answer.
//!
//! A request is read whole, put into a [`Call`], and carried out in one go under the lock. A route
//! nobody built answers 404 as Discord would, and is remembered as a loud fault.

mod channels;
mod commands;
mod compose;
mod guilds;
mod interactions;
mod messages;
mod pins;
mod polls;
mod receive;
mod scheduled;
mod thread_lists;
mod thread_members;
mod threads;
mod webhooks;

use std::collections::HashMap;

use serde_json::{Value, json};

use super::error::ApiError;
use super::shape;
use super::snowflake::Id;
use super::state::State;

pub(crate) use receive::{BODY_BYTES_MAX, api, attachment};

/// One request.
#[derive(Debug, Default)]
pub(crate) struct Call {
    pub(crate) method: String,
    /// The whole path, for the record.
    pub(crate) path: String,
    pub(crate) query: HashMap<String, String>,
    pub(crate) body: Value,
    pub(crate) files: Vec<Upload>,
    /// The Authorization header, until it was checked.
    authorization: Option<String>,
    /// The bot's token was given and is right.
    pub(crate) authorized: bool,
}

impl Call {
    /// Whether a query asks for something; clients write `true`, `True` or `1`.
    pub(crate) fn wants(&self, name: &str) -> bool {
        self.query.get(name).is_some_and(|value| matches!(value.as_str(), "true" | "True" | "1"))
    }
}

/// An uploaded file, `files[number]`.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) number: u64,
    pub(crate) filename: String,
    pub(crate) content_type: String,
    pub(crate) bytes: Vec<u8>,
}

/// A good answer: a status with a body, or 204.
#[derive(Debug)]
pub(crate) enum Answer {
    Json(u16, Value),
    Empty,
}

pub(crate) type Reply = Result<Answer, ApiError>;

impl Answer {
    /// 200 with a body.
    #[expect(clippy::unnecessary_wraps, reason = "every route ends in a `Reply`; this is its usual end")]
    pub(crate) fn ok(body: Value) -> Reply {
        Ok(Self::Json(200, body))
    }
}

/// Reads an id in a path; anything else is no snowflake (50035).
pub(crate) fn id(text: &str) -> Result<Id, ApiError> {
    let say = "Value is not snowflake.";
    Id::parse(text).ok_or_else(|| super::error::invalid("id", "NUMBER_TYPE_COERCE", say))
}

/// Carries out a call.
pub(crate) fn route(state: &mut State, call: &Call) -> Reply {
    let trimmed = call.path.trim_start_matches("/api").trim_start_matches("/v10");
    let parts: Vec<&str> = trimmed.split('/').filter(|part| !part.is_empty()).collect();
    let open = matches!(parts.as_slice(), ["interactions" | "webhooks", ..] | ["gateway"]);
    if !call.authorized && !open {
        return Err(ApiError { status: 401, message: "401: Unauthorized".into(), ..ApiError::of(0) });
    }
    let families = [
        own,
        channels::route,
        messages::route,
        pins::route,
        polls::route,
        threads::route,
        thread_members::route,
        thread_lists::route,
        guilds::route,
        scheduled::route,
        commands::route,
        interactions::route,
        webhooks::route,
    ];
    for family in families {
        if let Some(reply) = family(state, call, &parts) {
            return reply;
        }
    }
    let missing = format!("{} {}", call.method, call.path);
    crate::sandbox::loud(&format!("nobody built {missing}"));
    state.unknown.push(missing.clone());
    if parts.contains(&"scheduled-events") {
        let message = format!("The sandbox has not built {missing}");
        return Err(ApiError { status: 501, message, ..ApiError::of(0) });
    }
    Err(ApiError { status: 404, message: "404: Not Found".into(), ..ApiError::of(0) })
}

/// The bot itself and the way to the gateway.
fn own(state: &mut State, call: &Call, parts: &[&str]) -> Option<Reply> {
    Some(match (call.method.as_str(), parts) {
        ("GET", ["gateway"]) => Answer::ok(json!({"url": state.gateway_url})),
        ("GET", ["gateway", "bot"]) => Answer::ok(json!({
            "url": state.gateway_url, "shards": 1,
            "session_start_limit": {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1},
        })),
        ("GET", ["users", "@me"]) => Answer::ok(me(state)),
        ("GET", ["users", user]) => id(user).and_then(|user| {
            let user = state.users.get(&user).ok_or_else(|| ApiError::of(10013))?;
            Answer::ok(shape::user(user))
        }),
        ("GET", ["users", "@me", "guilds"]) => Answer::ok(guilds::mine(state)),
        ("POST", ["users", "@me", "channels"]) => channels::open_dm(state, &call.body),
        ("GET", ["oauth2", "applications", "@me"] | ["applications", "@me"]) => Answer::ok(application(state)),
        _ => return None,
    })
}

fn me(state: &State) -> Value {
    let mut json = state.users.get(&state.bot).map_or(Value::Null, shape::user);
    shape::merge(&mut json, json!({"mfa_enabled": false, "locale": "en-US", "verified": true, "email": null}));
    json
}

fn application(state: &State) -> Value {
    let owner = state.users.values().find(|user| !user.bot).or_else(|| state.users.get(&state.bot));
    json!({
        "id": state.application.id, "name": state.application.name, "icon": null, "description": "", "type": null,
        "verify_key": "0".repeat(64), "flags": 0, "flags_new": "0", "redirect_uris": [],
        "interactions_endpoint_url": null, "role_connections_verification_url": null,
        "owner": owner.map(shape::user), "approximate_guild_count": state.guilds.len(),
        "approximate_user_install_count": 0, "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0, "team": null, "eligible_oauth2_scopes": [], "bot_public": true,
        "bot_require_code_grant": false, "bot": state.users.get(&state.bot).map(shape::user), "summary": "",
    })
}
