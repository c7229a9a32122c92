//! Pins, by the new routes and the old ones ("Message resource", pin message; needs `PIN_MESSAGES`).

use serde_json::{Value, json};

use super::{Answer, Call, Reply, id, messages};
use crate::sandbox::error::ApiError;
use crate::sandbox::message::Message;
use crate::sandbox::permissions as perms;
use crate::sandbox::snowflake::{Id, iso};
use crate::sandbox::state::State;

const PINS_MAX: usize = 250;

pub(super) fn route(state: &mut State, call: &Call, parts: &[&str]) -> Option<Reply> {
    Some(match (call.method.as_str(), parts) {
        ("PUT", ["channels", channel, "pins", message] | ["channels", channel, "messages", "pins", message]) => {
            id(channel).and_then(|c| pin(state, c, id(message)?, true))
        }
        ("DELETE", ["channels", channel, "pins", message] | ["channels", channel, "messages", "pins", message]) => {
            id(channel).and_then(|c| pin(state, c, id(message)?, false))
        }
        ("GET", ["channels", channel, "pins"]) => id(channel).and_then(|c| list_old(state, c)),
        ("GET", ["channels", channel, "messages", "pins"]) => id(channel).and_then(|c| list(state, c, call)),
        _ => return None,
    })
}

fn pinned(state: &State, channel: Id) -> Vec<(&Message, i64)> {
    let mut pins: Vec<(&Message, i64)> = state
        .messages
        .values()
        .filter(|message| message.channel == channel)
        .filter_map(|message| message.pinned_ms.map(|ms| (message, ms)))
        .collect();
    pins.sort_by_key(|(message, ms)| std::cmp::Reverse((*ms, message.id)));
    pins
}

fn list_old(state: &State, channel: Id) -> Reply {
    state.channel(channel)?;
    let all = pinned(state, channel);
    Answer::ok(all.into_iter().take(50).map(|(message, _)| messages::shown(state, message)).collect())
}

fn list(state: &State, channel: Id, call: &Call) -> Reply {
    let place = state.channel(channel)?;
    perms::demand(state, place, state.bot, perms::READ_MESSAGE_HISTORY)?;
    let limit = call.query.get("limit").and_then(|text| text.parse().ok()).unwrap_or(50).clamp(1, 50);
    let before = call.query.get("before").and_then(|text| chrono::DateTime::parse_from_rfc3339(text).ok());
    let mut pins = pinned(state, channel);
    pins.retain(|(_, ms)| before.is_none_or(|before| *ms < before.timestamp_millis()));
    let more = pins.len() > limit;
    let items: Vec<Value> = pins
        .into_iter()
        .take(limit)
        .map(|(message, ms)| json!({"pinned_at": iso(ms), "message": messages::shown(state, message)}))
        .collect();
    Answer::ok(json!({"items": items, "has_more": more}))
}

fn pin(state: &mut State, channel: Id, id: Id, on: bool) -> Reply {
    let place = state.channel_with(channel, perms::PIN_MESSAGES)?;
    let guild = place.guild;
    let was = state.message(channel, id)?.pinned_ms.is_some();
    state.open_thread(place, true)?;
    if was == on {
        return Ok(Answer::Empty);
    }
    if on && pinned(state, channel).len() >= PINS_MAX {
        return Err(ApiError::of(30003));
    }
    let now_ms = state.now_ms;
    if let Some(message) = state.messages.get_mut(&id) {
        message.pinned_ms = on.then_some(now_ms);
    }
    let last = pinned(state, channel).first().map(|(_, ms)| *ms);
    if let Some(place) = state.channels.get_mut(&channel) {
        place.last_pin_ms = last;
    }
    state.emit_message("MESSAGE_UPDATE", id);
    state.emit_pins(channel);
    if on {
        let mut notice = Message::by(state.bot, channel, 6);
        notice.reference = Some(json!({"type": 0, "channel_id": channel, "message_id": id, "guild_id": guild}));
        state.post(notice);
    }
    Ok(Answer::Empty)
}
