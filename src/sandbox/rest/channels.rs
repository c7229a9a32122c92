//! Channels: read, change, delete; direct messages ("Channel resource").

use serde_json::{Value, json};

use super::{Answer, Call, Reply, id, threads};
use crate::sandbox::error::{ApiError, Problems, invalid};
use crate::sandbox::permissions as perms;
use crate::sandbox::shape;
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::{Channel, DM, State};
use crate::sandbox::world::Overwrite;

pub(super) fn route(state: &mut State, call: &Call, parts: &[&str]) -> Option<Reply> {
    Some(match (call.method.as_str(), parts) {
        ("GET", ["channels", channel]) => id(channel).and_then(|c| get(state, c)),
        ("PATCH", ["channels", channel]) => id(channel).and_then(|c| {
            if state.channel(c)?.thread.is_some() {
                threads::edit(state, c, &call.body)
            } else {
                edit(state, c, &call.body)
            }
        }),
        ("DELETE", ["channels", channel]) => id(channel).and_then(|c| delete(state, c)),
        ("POST", ["channels", channel, "typing"]) => id(channel).and_then(|c| {
            let place = state.channel(c)?;
            perms::demand(state, place, state.bot, perms::sending(place))?;
            Ok(Answer::Empty)
        }),
        _ => return None,
    })
}

pub(super) fn get(state: &State, channel: Id) -> Reply {
    Answer::ok(shape::channel(state, state.channel(channel)?))
}

/// `POST /users/@me/channels`. Opening is always possible; writing is refused if the person wishes so.
pub(super) fn open_dm(state: &mut State, body: &Value) -> Reply {
    let person = Id::from_json(&body["recipient_id"]);
    let person = person.ok_or_else(|| invalid("recipient_id", "BASE_TYPE_REQUIRED", "This field is required"))?;
    let user = state.users.get(&person).ok_or_else(|| ApiError::of(10013))?;
    if user.bot {
        return Err(ApiError::of(50007));
    }
    if let Some(open) = state.channels.values().find(|channel| channel.recipient == Some(person)) {
        return Answer::ok(shape::channel(state, open));
    }
    let id = state.mint();
    let channel = Channel {
        id,
        kind: DM,
        guild: None,
        name: String::new(),
        topic: None,
        position: 0,
        overwrites: Vec::new(),
        slowmode_s: 0,
        last_message: None,
        last_pin_ms: None,
        recipient: Some(person),
        thread: None,
    };
    let json = shape::channel(state, &channel);
    state.channels.insert(id, channel);
    Answer::ok(json)
}

fn edit(state: &mut State, channel: Id, body: &Value) -> Reply {
    let place = state.channel_with(channel, perms::MANAGE_CHANNELS)?;
    if place.recipient.is_some() {
        return Err(ApiError::of(50003));
    }
    let mut problems = Problems::default();
    problems.only(
        "",
        body,
        "type name position topic nsfw rate_limit_per_user parent_id \
         permission_overwrites default_auto_archive_duration \
         default_thread_rate_limit_per_user flags",
    );
    if let Some(name) = body["name"].as_str() {
        problems.length("name", name, 1, 100);
    }
    if let Some(topic) = body["topic"].as_str() {
        problems.length("topic", topic, 0, 1024);
    }
    let overwrites = serde_json::from_value::<Option<Vec<Overwrite>>>(body["permission_overwrites"].clone());
    if overwrites.is_err() {
        problems.add("permission_overwrites", "LIST_TYPE_CONVERT", "Not a list of overwrites.");
    }
    problems.finish()?;
    if let Some(place) = state.channels.get_mut(&channel) {
        if let Some(name) = body["name"].as_str() {
            name.clone_into(&mut place.name);
        }
        if body.get("topic").is_some() {
            place.topic = body["topic"].as_str().map(str::to_owned);
        }
        if let Some(seconds) = body["rate_limit_per_user"].as_u64() {
            place.slowmode_s = seconds;
        }
        if let Ok(Some(overwrites)) = overwrites {
            place.overwrites = overwrites;
        }
    }
    state.emit_channel("CHANNEL_UPDATE", channel);
    get(state, channel)
}

fn delete(state: &mut State, channel: Id) -> Reply {
    let place = state.channel(channel)?;
    if place.recipient.is_none() {
        let need = if place.thread.is_some() { perms::MANAGE_THREADS } else { perms::MANAGE_CHANNELS };
        perms::demand(state, place, state.bot, need)?;
    }
    let json = shape::channel(state, place);
    if place.recipient.is_none() {
        state.remove_channel(channel);
    }
    Answer::ok(json)
}

impl State {
    /// Deletes a channel with its threads, or one thread, and tells the gateway. Threads that go with
    /// their channel are not told one by one.
    pub(crate) fn remove_channel(&mut self, id: Id) {
        let Some(place) = self.channels.get(&id) else {
            return;
        };
        let json = shape::channel(self, place);
        if let Some(thread) = &place.thread {
            let data = json!({"id": id, "guild_id": place.guild, "parent_id": thread.parent, "type": place.kind});
            self.emit_in("THREAD_DELETE", id, &data);
        } else {
            self.emit_in("CHANNEL_DELETE", id, &json);
        }
        let gone = |c: &Channel| c.id == id || c.thread.as_ref().is_some_and(|thread| thread.parent == id);
        let ids: Vec<Id> = self.channels.values().filter(|c| gone(c)).map(|c| c.id).collect();
        self.channels.retain(|channel, _| !ids.contains(channel));
        self.messages.retain(|_, message| !ids.contains(&message.channel));
    }
}
