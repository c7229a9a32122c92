//! Polls: who voted, and ending one ("Poll resource").

use serde_json::json;

use super::{Answer, Call, Reply, id, messages};
use crate::sandbox::error::{ApiError, invalid};
use crate::sandbox::permissions as perms;
use crate::sandbox::shape;
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::State;

pub(super) fn route(state: &mut State, call: &Call, parts: &[&str]) -> Option<Reply> {
    Some(match (call.method.as_str(), parts) {
        ("GET", ["channels", channel, "polls", message, "answers", answer]) => {
            id(channel).and_then(|channel| voters(state, (channel, id(message)?), answer, call))
        }
        ("POST", ["channels", channel, "polls", message, "expire"]) => {
            id(channel).and_then(|channel| expire(state, channel, id(message)?))
        }
        _ => return None,
    })
}

/// A page of those who voted for an answer, after one of them.
fn voters(state: &State, (channel, message): (Id, Id), answer: &str, call: &Call) -> Reply {
    let place = state.channel(channel)?;
    perms::demand(state, place, state.bot, perms::READ_MESSAGE_HISTORY)?;
    let limit = call.query.get("limit").map_or("25", String::as_str);
    let limit = limit.parse::<usize>().ok().filter(|limit| (1..=100).contains(limit));
    let limit = limit.ok_or_else(|| invalid("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100."))?;
    let after = call.query.get("after").and_then(|text| Id::parse(text)).unwrap_or(Id(0));
    let answer =
        answer.parse().ok().and_then(|answer| state.poll(channel, message).map(|poll| poll.voters(answer)).transpose());
    let who = answer.ok_or_else(|| invalid("answer_id", "NUMBER_TYPE_MAX", "There is no such answer."))??;
    let page = who.into_iter().filter(|user| *user > after).take(limit);
    let users: Vec<_> = page.filter_map(|user| state.users.get(&user)).map(shape::user).collect();
    Answer::ok(json!({"users": users}))
}

/// A bot ends its own polls only (50005); what has no poll cannot be ended (520006).
fn expire(state: &mut State, channel: Id, id: Id) -> Reply {
    let message = state.message(channel, id)?;
    if message.poll.is_none() {
        return Err(ApiError::of(520_006));
    }
    if message.author != state.bot {
        return Err(ApiError::of(50005));
    }
    if message.poll.as_ref().is_some_and(|poll| poll.ended) {
        return Err(ApiError::of(520_001));
    }
    state.end_poll(id);
    messages::get(state, channel, id)
}
