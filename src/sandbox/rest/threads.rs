//! Threads: made, changed ("Threads" topic; "Channel resource", thread endpoints).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Answer, Call, Reply, channels, id};
use crate::sandbox::error::{ApiError, Problems, invalid};
use crate::sandbox::message::{HAS_THREAD, Message};
use crate::sandbox::permissions as perms;
use crate::sandbox::rules::thread::check;
use crate::sandbox::shape;
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::{ANNOUNCEMENT, Channel, PRIVATE_THREAD, PUBLIC_THREAD, State, TEXT, Thread};

pub(super) fn route(state: &mut State, call: &Call, parts: &[&str]) -> Option<Reply> {
    Some(match (call.method.as_str(), parts) {
        ("POST", ["channels", channel, "messages", message, "threads"]) => {
            id(channel).and_then(|c| from_message(state, c, id(message)?, &call.body))
        }
        ("POST", ["channels", channel, "threads"]) => id(channel).and_then(|c| create(state, c, &call.body)),
        _ => return None,
    })
}

fn make(state: &mut State, id: Id, parent: &Channel, kind: u8, body: &Value) {
    let now_ms = state.now_ms;
    let thread = Thread {
        parent: parent.id,
        owner: state.bot,
        members: BTreeMap::from([(state.bot, now_ms)]),
        archived: false,
        locked: false,
        invitable: body["invitable"].as_bool().unwrap_or(true),
        auto_archive_min: body["auto_archive_duration"].as_i64().unwrap_or(1440),
        archive_ms: now_ms,
        made_ms: now_ms,
        active_ms: now_ms,
        messages: 0,
    };
    let channel = Channel {
        id,
        kind,
        guild: parent.guild,
        name: body["name"].as_str().unwrap_or_default().to_owned(),
        topic: None,
        position: 0,
        overwrites: Vec::new(),
        slowmode_s: body["rate_limit_per_user"].as_u64().unwrap_or(0),
        last_message: None,
        last_pin_ms: None,
        recipient: None,
        thread: Some(thread),
    };
    state.channels.insert(id, channel);
    state.emit_thread("THREAD_CREATE", id);
}

fn created(state: &State, id: Id) -> Reply {
    let channel = state.channel(id)?;
    Ok(Answer::Json(201, shape::channel(state, channel)))
}

fn from_message(state: &mut State, channel: Id, message: Id, body: &Value) -> Reply {
    let mut problems = Problems::default();
    // discord.js sends a type here too; Discord takes it and goes by the channel.
    let known = "name auto_archive_duration rate_limit_per_user type invitable";
    problems.only("", body, known);
    check(&mut problems, body, true);
    problems.finish()?;
    let place = state.channel_with(channel, perms::CREATE_PUBLIC_THREADS)?.clone();
    if !matches!(place.kind, TEXT | ANNOUNCEMENT) {
        return Err(ApiError::of(50024));
    }
    if state.message(channel, message)?.flags & HAS_THREAD != 0 {
        return Err(ApiError::of(160_004));
    }
    if let Some(message) = state.messages.get_mut(&message) {
        message.flags |= HAS_THREAD;
    }
    let kind = if place.kind == ANNOUNCEMENT { 10 } else { PUBLIC_THREAD };
    make(state, message, &place, kind, body);
    state.emit_message("MESSAGE_UPDATE", message);
    let mut first = Message::by(state.bot, message, 21);
    first.reference = Some(json!({"type": 0, "channel_id": channel, "message_id": message, "guild_id": place.guild}));
    state.post(first);
    created(state, message)
}

fn create(state: &mut State, channel: Id, body: &Value) -> Reply {
    let mut problems = Problems::default();
    problems.only("", body, "name auto_archive_duration rate_limit_per_user type invitable");
    check(&mut problems, body, true);
    problems.finish()?;
    let place = state.channel(channel)?.clone();
    // Discord's own odd default: a thread without a type is a private one.
    let kind = body["type"].as_u64().unwrap_or(u64::from(PRIVATE_THREAD));
    let (kind, need) = match (place.kind, kind) {
        (TEXT, 11) => (PUBLIC_THREAD, perms::CREATE_PUBLIC_THREADS),
        (TEXT, 12) => (PRIVATE_THREAD, perms::CREATE_PRIVATE_THREADS),
        (ANNOUNCEMENT, 10) => (10, perms::CREATE_PUBLIC_THREADS),
        (TEXT | ANNOUNCEMENT, _) => {
            return Err(invalid("type", "BASE_TYPE_CHOICES", "No such thread in this channel."));
        }
        _ => return Err(ApiError::of(50024)),
    };
    perms::demand(state, &place, state.bot, need)?;
    let id = state.mint();
    make(state, id, &place, kind, body);
    if kind != PRIVATE_THREAD {
        let mut notice = Message::by(state.bot, channel, 18);
        body["name"].as_str().unwrap_or_default().clone_into(&mut notice.content);
        notice.reference = Some(json!({"type": 0, "channel_id": id, "guild_id": place.guild}));
        state.post(notice);
    }
    created(state, id)
}

/// `PATCH /channels/{thread}`. An archived thread takes nothing but being unarchived first (50083).
/// Its maker may rename, archive, and set the duration; locking and slow mode need Manage Threads.
pub(super) fn edit(state: &mut State, channel: Id, body: &Value) -> Reply {
    let mut problems = Problems::default();
    problems.only(
        "",
        body,
        "name archived locked invitable auto_archive_duration rate_limit_per_user flags \
         applied_tags",
    );
    check(&mut problems, body, false);
    problems.finish()?;
    let place = state.channel(channel)?;
    let Some(thread) = &place.thread else {
        return Err(ApiError::of(50024));
    };
    let bits = perms::in_channel(state, place, state.bot);
    let manager = bits & perms::MANAGE_THREADS != 0;
    let fields = body.as_object().map_or(0, serde_json::Map::len);
    let wakes = body["archived"] == false;
    if thread.archived && !wakes {
        return Err(ApiError::of(50083));
    }
    let only_wakes = wakes && fields == 1 && !thread.locked && bits & perms::SEND_MESSAGES_IN_THREADS != 0;
    let guarded = body.get("locked").is_some() || body.get("rate_limit_per_user").is_some();
    let own = thread.owner == state.bot && !guarded && !thread.locked;
    if !(manager || only_wakes || own) {
        return Err(ApiError::of(50013));
    }
    let now_ms = state.now_ms;
    if let Some(place) = state.channels.get_mut(&channel) {
        change(place, body, now_ms);
    }
    state.emit_thread("THREAD_UPDATE", channel);
    channels::get(state, channel)
}

fn change(place: &mut Channel, body: &Value, now_ms: i64) {
    if let Some(name) = body["name"].as_str() {
        name.clone_into(&mut place.name);
    }
    if let Some(seconds) = body["rate_limit_per_user"].as_u64() {
        place.slowmode_s = seconds;
    }
    let Some(thread) = place.thread.as_mut() else {
        return;
    };
    if let Some(minutes) = body["auto_archive_duration"].as_i64() {
        thread.auto_archive_min = minutes;
        thread.active_ms = now_ms;
    }
    if let Some(archived) = body["archived"].as_bool().filter(|archived| *archived != thread.archived) {
        thread.archived = archived;
        thread.archive_ms = now_ms;
        thread.active_ms = now_ms;
    }
    thread.locked = body["locked"].as_bool().unwrap_or(thread.locked);
    thread.invitable = body["invitable"].as_bool().unwrap_or(thread.invitable);
}
