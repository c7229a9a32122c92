//! What a person sees: channels, threads, messages.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State as Shares};
use serde_json::{Value, json};

use super::{Refused, Shown, person};
use crate::sandbox::Shared;
use crate::sandbox::message::Message;
use crate::sandbox::permissions as perms;
use crate::sandbox::shape;
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::{Channel, State};

/// A message as the human side shows it: Discord's own object, and beside it for whose eyes it is and
/// who was pinged.
pub(super) fn message(state: &State, of: &Message) -> Value {
    let mut json = shape::message(state, of);
    json["ephemeral_for"] = json!(of.ephemeral_for);
    json["pinged"] = json!(of.pinged);
    json
}

/// Whether this person can see this message.
pub(super) fn sees_message(state: &State, user: Id, message: &Message) -> bool {
    let mine = message.ephemeral_for.is_none_or(|only| only == user);
    mine && state.channels.get(&message.channel).is_some_and(|channel| perms::sees(state, channel, user))
}

fn channel(state: &State, channel: &Channel, user: Id) -> Value {
    let mut json = shape::channel(state, channel);
    json["name"] = json!(channel.name);
    json["archived"] = json!(channel.thread.as_ref().is_some_and(|thread| thread.archived));
    json["locked"] = json!(channel.thread.as_ref().is_some_and(|thread| thread.locked));
    json["joined"] = json!(channel.thread.as_ref().is_some_and(|thread| thread.members.contains_key(&user)));
    json["members"] = json!(channel.thread.as_ref().map(|thread| thread.members.keys().collect::<Vec<_>>()));
    json["can_write"] = json!(perms::in_channel(state, channel, user) & perms::sending(channel) != 0);
    json
}

/// `GET people/{user}/channels` and `GET people/{user}/events`.
pub(super) async fn look(Shares(shared): Shares<Arc<Shared>>, Path((user, what)): Path<(String, String)>) -> Shown {
    shared.peek(|state| {
        let user = person(state, &user)?;
        match what.as_str() {
            "channels" => Ok(Json(channels_of(state, user))),
            "events" => Ok(Json(events_of(state, user))),
            what => Err(format!("a person has no {what} to look at").into()),
        }
    })
}

/// A direct message with the bot is listed once something stands in it.
fn channels_of(state: &State, user: Id) -> Value {
    let seen = state.channels.values().filter(|c| perms::sees(state, c, user));
    seen.map(|c| channel(state, c, user)).collect()
}

/// Every member sees every event that takes place elsewhere, whatever channels they see.
fn events_of(state: &State, user: Id) -> Value {
    let guilds = state.guilds.values().filter(|guild| guild.members.contains_key(&user));
    guilds.flat_map(|guild| state.scheduled_in(guild.id)).map(|event| event.json(state)).collect()
}

fn list(state: &State, channel: &str, wanted: impl Fn(&Message) -> bool) -> Result<Json<Value>, Refused> {
    let id = Id::parse(channel).filter(|id| state.channels.contains_key(id));
    let id = id.ok_or_else(|| Refused(format!("no channel has the id {channel}")))?;
    let here = state.messages.values().filter(|m| m.channel == id && wanted(m));
    Ok(Json(here.map(|m| message(state, m)).collect()))
}

/// `GET people/{user}/channels/{channel}/messages`: oldest first.
pub(super) async fn messages_of(
    Shares(shared): Shares<Arc<Shared>>,
    Path((user, channel)): Path<(String, String)>,
) -> Shown {
    shared.peek(|state| {
        let user = person(state, &user)?;
        let place = Id::parse(&channel).and_then(|id| state.channels.get(&id));
        if !place.is_some_and(|place| perms::sees(state, place, user)) {
            return Err(format!("{user} does not see channel {channel}").into());
        }
        list(state, &channel, |message| sees_message(state, user, message))
    })
}

/// `GET channels/{channel}/messages`: everything, oldest first.
pub(super) async fn messages(Shares(shared): Shares<Arc<Shared>>, Path(channel): Path<String>) -> Shown {
    shared.peek(|state| list(state, &channel, |_| true))
}
