//! Messages of channels: write, read, edit, delete ("Message resource").

use serde_json::{Value, json};

use super::{Answer, Call, Reply, id};
use crate::sandbox::error::{ApiError, Problems, invalid};
use crate::sandbox::message::Message;
use crate::sandbox::permissions as perms;
use crate::sandbox::rules::message::{Form, check};
use crate::sandbox::rules::{given, items};
use crate::sandbox::shape;
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::{ANNOUNCEMENT, Channel, State, TEXT};

pub(super) fn route(state: &mut State, call: &Call, parts: &[&str]) -> Option<Reply> {
    Some(match (call.method.as_str(), parts) {
        ("POST", ["channels", channel, "messages"]) => id(channel).and_then(|c| create(state, c, call)),
        ("GET", ["channels", channel, "messages"]) => id(channel).and_then(|c| list(state, c, call)),
        ("GET", ["channels", channel, "messages", message]) if *message != "pins" => {
            id(channel).and_then(|c| get(state, c, id(message)?))
        }
        ("PATCH", ["channels", channel, "messages", message]) => {
            id(channel).and_then(|c| edit(state, c, id(message)?, call))
        }
        ("DELETE", ["channels", channel, "messages", message]) => {
            id(channel).and_then(|c| delete(state, c, id(message)?))
        }
        _ => return None,
    })
}

/// Whether a direct message may be sent (50007, 50278).
fn reachable(state: &State, channel: &Channel) -> Result<(), ApiError> {
    let Some(person) = channel.recipient else {
        return Ok(());
    };
    let mutual = state.guilds.values().any(|g| g.members.contains_key(&person) && g.members.contains_key(&state.bot));
    if !mutual {
        return Err(ApiError::of(50278));
    }
    let open = state.users.get(&person).is_some_and(|user| user.dm_open);
    if open { Ok(()) } else { Err(ApiError::of(50007)) }
}

/// Checks that the bot may write here, and with such parts.
fn may_write(state: &State, channel: &Channel, call: &Call) -> Result<(), ApiError> {
    reachable(state, channel)?;
    let texts =
        channel.recipient.is_some() || channel.thread.is_some() || matches!(channel.kind, TEXT | ANNOUNCEMENT | 2 | 13);
    if !texts {
        return Err(ApiError::of(50008));
    }
    let mut need = perms::sending(channel);
    if given(&call.body["poll"]) {
        need |= perms::SEND_POLLS;
    }
    if !call.files.is_empty() {
        need |= perms::ATTACH_FILES;
    }
    if !items(&call.body["embeds"]).is_empty() {
        need |= perms::EMBED_LINKS;
    }
    perms::demand(state, channel, state.bot, need)?;
    state.open_thread(channel, false)
}

fn create(state: &mut State, channel: Id, call: &Call) -> Reply {
    let place = state.channel(channel)?;
    check(&call.body, call.files.len())?;
    may_write(state, place, call)?;
    let mut message = Message::by(state.bot, channel, 0);
    if given(&call.body["message_reference"]) && replies(state, place, &call.body["message_reference"])? {
        message.kind = 19;
        let target = &call.body["message_reference"]["message_id"];
        message.reference =
            Some(json!({"type": 0, "channel_id": channel, "message_id": target, "guild_id": place.guild}));
    }
    if given(&call.body["nonce"]) {
        message.nonce = Some(call.body["nonce"].clone());
        if call.body["enforce_nonce"] == true
            && let Some(earlier) = state.by_nonce(channel, state.bot, &call.body["nonce"])
        {
            return get(state, channel, earlier);
        }
    }
    message.tts = call.body["tts"] == true;
    state.compose(&mut message, Form::Create, &call.body, call)?;
    let id = state.post(message);
    get(state, channel, id)
}

/// Checks a reply; whether there is a message to point at.
fn replies(state: &State, place: &Channel, reference: &Value) -> Result<bool, ApiError> {
    let known = "message_id channel_id guild_id fail_if_not_exists type";
    let mut problems = Problems::default();
    problems.only("message_reference", reference, known);
    problems.finish()?;
    perms::demand(state, place, state.bot, perms::READ_MESSAGE_HISTORY).map_err(|_| ApiError::of(160_002))?;
    let target = Id::from_json(&reference["message_id"]).and_then(|id| state.message(place.id, id).ok());
    if target.is_some() {
        return Ok(true);
    }
    if reference["fail_if_not_exists"] == false {
        return Ok(false);
    }
    Err(invalid("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"))
}

/// A message as the bot may read it over REST: texts of others only with the message content intent.
pub(super) fn shown(state: &State, message: &Message) -> Value {
    let mut json = shape::message(state, message);
    if !state.application.privileged_intents.iter().any(|intent| intent == "MESSAGE_CONTENT") {
        shape::blank(state, message, &mut json);
    }
    json
}

pub(super) fn get(state: &State, channel: Id, id: Id) -> Reply {
    let place = state.channel(channel)?;
    let message = state.message(channel, id)?;
    if message.author != state.bot {
        perms::demand(state, place, state.bot, perms::READ_MESSAGE_HISTORY)?;
    }
    Answer::ok(shown(state, message))
}

fn list(state: &State, channel: Id, call: &Call) -> Reply {
    let place = state.channel(channel)?;
    let limit = call.query.get("limit").map_or("50", String::as_str);
    let limit = limit.parse().ok().filter(|limit| (1..=100).contains(limit));
    let say = "int value should be between 1 and 100.";
    let limit = limit.ok_or_else(|| invalid("limit", "NUMBER_TYPE_MAX", say))?;
    if perms::in_channel(state, place, state.bot) & perms::READ_MESSAGE_HISTORY == 0 {
        return Answer::ok(json!([]));
    }
    let mut found = page(state, channel, call, limit);
    found.sort_by_key(|message| std::cmp::Reverse(message.id));
    Answer::ok(found.into_iter().map(|message| shown(state, message)).collect())
}

/// The messages asked for: the newest, or those before, after or around one.
fn page<'a>(state: &'a State, channel: Id, call: &Call, limit: usize) -> Vec<&'a Message> {
    let here = |m: &&Message| m.channel == channel && m.ephemeral_for.is_none();
    let up_to = |last: Id| state.messages.range(..=last).rev().map(|(_, m)| m).filter(here);
    let from = |first: Id| state.messages.range(first..).map(|(_, m)| m).filter(here);
    let point = |name: &str| call.query.get(name).and_then(|text| Id::parse(text));
    if let Some(Id(before)) = point("before") {
        return up_to(Id(before.saturating_sub(1))).take(limit).collect();
    }
    if let Some(Id(after)) = point("after") {
        return from(Id(after.saturating_add(1))).take(limit).collect();
    }
    if let Some(Id(around)) = point("around") {
        let newer = from(Id(around.saturating_add(1))).take(limit / 2);
        return up_to(Id(around)).take(limit / 2 + 1).chain(newer).collect();
    }
    up_to(Id(u64::MAX)).take(limit).collect()
}

fn edit(state: &mut State, channel: Id, id: Id, call: &Call) -> Reply {
    let place = state.channel(channel)?;
    let old = state.message(channel, id)?;
    check(&call.body, call.files.len())?;
    if old.author != state.bot {
        return Err(ApiError::of(50005));
    }
    state.open_thread(place, true)?;
    let mut message = old.clone();
    state.compose(&mut message, Form::Edit, &call.body, call)?;
    message.edited_ms = Some(state.now_ms);
    state.messages.insert(id, message);
    state.emit_message("MESSAGE_UPDATE", id);
    get(state, channel, id)
}

fn delete(state: &mut State, channel: Id, id: Id) -> Reply {
    let place = state.channel(channel)?;
    let message = state.message(channel, id)?;
    if message.author != state.bot {
        if place.recipient.is_some() {
            return Err(ApiError::of(50003));
        }
        perms::demand(state, place, state.bot, perms::MANAGE_MESSAGES)?;
    }
    state.remove_message(id);
    Ok(Answer::Empty)
}
