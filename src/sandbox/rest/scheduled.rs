//! Scheduled events: listed, made, changed, taken away ("Guild Scheduled Event" resource).

use serde_json::{Value, json};

use super::{Answer, Call, Reply, id};
use crate::sandbox::error::{ApiError, Problems};
use crate::sandbox::permissions as perms;
use crate::sandbox::rules::given;
use crate::sandbox::rules::scheduled::check;
use crate::sandbox::scheduled::Scheduled;
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::State;

/// What of a body the stand-in has not built: events in channels, those that recur, pictures.
fn is_built(body: &Value) -> bool {
    let elsewhere = !matches!(body["entity_type"].as_u64(), Some(1 | 2));
    elsewhere && !given(&body["image"]) && !given(&body["recurrence_rule"])
}

pub(super) fn route(state: &mut State, call: &Call, parts: &[&str]) -> Option<Reply> {
    let body = &call.body;
    Some(match (call.method.as_str(), parts) {
        ("GET", ["guilds", guild, "scheduled-events"]) => id(guild).and_then(|guild| list(state, guild, call)),
        ("POST", ["guilds", guild, "scheduled-events"]) if is_built(body) => {
            id(guild).and_then(|guild| create(state, guild, body))
        }
        ("GET", ["guilds", guild, "scheduled-events", event]) => {
            id(guild).and_then(|guild| get(state, guild, id(event)?, call))
        }
        ("PATCH", ["guilds", guild, "scheduled-events", event]) if is_built(body) => {
            id(guild).and_then(|guild| edit(state, guild, id(event)?, body))
        }
        ("DELETE", ["guilds", guild, "scheduled-events", event]) => {
            id(guild).and_then(|guild| delete(state, guild, id(event)?))
        }
        _ => return None,
    })
}

fn shown(state: &State, event: &Scheduled, call: &Call) -> Value {
    let mut json = event.json(state);
    if call.wants("with_user_count") {
        // Nobody can say here that they are interested.
        json["user_count"] = json!(0);
    }
    json
}

/// Listing needs no permission.
fn list(state: &State, guild: Id, call: &Call) -> Reply {
    state.guild(guild)?;
    Answer::ok(state.scheduled_in(guild).map(|event| shown(state, event, call)).collect())
}

fn get(state: &State, guild: Id, event: Id, call: &Call) -> Reply {
    state.guild(guild)?;
    Answer::ok(shown(state, state.scheduled(guild, event)?, call))
}

fn create(state: &mut State, guild: Id, body: &Value) -> Reply {
    state.guild(guild)?;
    if perms::in_guild(state, guild, state.bot) & perms::CREATE_EVENTS == 0 {
        return Err(ApiError::of(50013));
    }
    let mut problems = Problems::default();
    check(&mut problems, body, None, state.now_ms);
    problems.finish()?;
    let made = state.schedule(guild, state.bot, body)?;
    Answer::ok(state.scheduled(guild, made)?.json(state))
}

/// One's own needs Create Events or Manage Events, another's Manage Events (50013).
fn demand(state: &State, event: &Scheduled) -> Result<(), ApiError> {
    let own = if event.creator == state.bot { perms::CREATE_EVENTS } else { 0 };
    let bits = perms::in_guild(state, event.guild, state.bot);
    if bits & (perms::MANAGE_EVENTS | own) == 0 { Err(ApiError::of(50013)) } else { Ok(()) }
}

fn edit(state: &mut State, guild: Id, event: Id, body: &Value) -> Reply {
    state.guild(guild)?;
    let old = state.scheduled(guild, event)?;
    demand(state, old)?;
    if old.status.is_over() {
        return Err(ApiError::of(180_000));
    }
    let mut problems = Problems::default();
    check(&mut problems, body, Some(old), state.now_ms);
    problems.finish()?;
    if let Some(event) = state.scheduled.get_mut(&event) {
        event.change(body);
    }
    state.emit_scheduled("GUILD_SCHEDULED_EVENT_UPDATE", event);
    Answer::ok(state.scheduled(guild, event)?.json(state))
}

fn delete(state: &mut State, guild: Id, event: Id) -> Reply {
    state.guild(guild)?;
    demand(state, state.scheduled(guild, event)?)?;
    state.unschedule(event);
    Ok(Answer::Empty)
}
