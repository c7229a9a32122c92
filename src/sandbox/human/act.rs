//! What a person does with messages: press, choose, fill in, write.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State as Shares};
use serde_json::{Map, Value, json};

use super::{Refused, Shown, command, id, outcome, person, view};
use crate::sandbox::Shared;
use crate::sandbox::interaction::{COMPONENT, MODAL, Opening, ShownModal};
use crate::sandbox::message::Message;
use crate::sandbox::permissions as perms;
use crate::sandbox::rules::components::{BUTTON, STRING_SELECT, bound, find};
use crate::sandbox::rules::{items, modal};
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::State;

/// `POST people/{user}/{deed}`: acts, waits for the answer, tells what the person then sees.
pub(super) async fn act(
    Shares(shared): Shares<Arc<Shared>>,
    Path((user, deed)): Path<(String, String)>,
    Json(body): Json<Value>,
) -> Shown {
    if deed == "vote" {
        return shared.with(|state| vote(state, person(state, &user)?, &body)).map(Json);
    }
    if deed == "say" {
        return shared.with(|state| say(state, person(state, &user)?, &body)).map(Json);
    }
    let mut form = None;
    let interaction = shared.with(|state| {
        let user = person(state, &user)?;
        let opening = match deed.as_str() {
            "press" => press(state, user, &body)?,
            "select" => select(state, user, &body)?,
            "submit" => {
                let (opening, shown) = submit(state, user, &body)?;
                form = shown;
                opening
            }
            "command" => command::slash(state, user, &body)?,
            "autocomplete" => command::autocomplete(state, user, &body)?,
            "message-command" => command::on_message(state, user, &body)?,
            other => return Err(Refused(format!("a person cannot {other}"))),
        };
        Ok(state.open(&opening))
    })?;
    let seen = outcome::wait(&shared, interaction).await;
    if let Some(form) = form.filter(|_| seen["outcome"] == "failed") {
        // A client leaves the form open when sending it fails, with all that was typed.
        shared.with(|state| state.modals.insert(form.id, form));
    }
    Ok(Json(seen))
}

fn forged(body: &Value) -> bool {
    body["forge"] == true
}

/// The message a person acts on; it must be one they see.
pub(super) fn seen<'a>(state: &'a State, user: Id, body: &Value) -> Result<&'a Message, Refused> {
    let id = id(body, "message")?;
    let message = state.messages.get(&id).filter(|message| view::sees_message(state, user, message));
    message.ok_or_else(|| format!("{user} sees no message {id}").into())
}

fn component<'a>(message: &'a Message, body: &Value) -> Result<&'a Value, Refused> {
    let custom_id = body["custom_id"].as_str().ok_or("\"custom_id\" must be a text")?;
    let found = find(&message.components, custom_id);
    let found = found.ok_or_else(|| Refused(format!("message {} shows no component {custom_id}", message.id)))?;
    if found["disabled"] == true { Err(format!("{custom_id} is disabled").into()) } else { Ok(found) }
}

fn on_component(message: &Message, user: Id, data: Value) -> Opening {
    Opening {
        kind: COMPONENT,
        user,
        channel: message.channel,
        message: Some(message.id),
        data,
        answer_kind: 19,
        cause: None,
    }
}

fn press(state: &State, user: Id, body: &Value) -> Result<Opening, Refused> {
    let message = seen(state, user, body)?;
    if !forged(body) {
        let button = component(message, body)?;
        if button["type"] != BUTTON {
            return Err("that is no button".into());
        }
    }
    let data = json!({"id": 1, "custom_id": body["custom_id"], "component_type": BUTTON});
    Ok(on_component(message, user, data))
}

fn select(state: &State, user: Id, body: &Value) -> Result<Opening, Refused> {
    let message = seen(state, user, body)?;
    let values: Vec<&str> = items(&body["values"]).iter().filter_map(Value::as_str).collect();
    let mut kind = STRING_SELECT;
    if !forged(body) {
        let menu = component(message, body)?;
        kind = menu["type"].as_u64().filter(|kind| *kind != BUTTON).ok_or("that is no select")?;
        let count = values.len() as u64;
        if count < bound(menu, "min_values") || count > bound(menu, "max_values") {
            return Err(format!("{count} values chosen, which this select does not take").into());
        }
        let offered = |value: &&str| items(&menu["options"]).iter().any(|option| option["value"] == **value);
        if kind == STRING_SELECT && !values.iter().all(offered) {
            return Err("a chosen value is not among the options".into());
        }
    }
    let mut data = json!({"id": 1, "custom_id": body["custom_id"], "component_type": kind, "values": values});
    if kind != STRING_SELECT {
        let guild = state.channels.get(&message.channel).and_then(|channel| channel.guild);
        let ids: Vec<Id> = values.iter().filter_map(|value| Id::parse(value)).collect();
        data["resolved"] = command::resolve(state, guild, &ids);
    }
    Ok(on_component(message, user, data))
}

/// A form that is sent, and the form itself, so that it can be put back if the sending fails.
fn submit(state: &mut State, user: Id, body: &Value) -> Result<(Opening, Option<ShownModal>), Refused> {
    let shown = Id::from_json(&body["modal"]).and_then(|id| state.modals.get(&id)).filter(|shown| shown.user == user);
    let Some(shown) = shown.cloned() else {
        if forged(body) {
            return Ok((forged_form(state, user, body)?, None));
        }
        return Err("no such form is on this person's screen".into());
    };
    let empty = Map::new();
    let values = body["values"].as_object().unwrap_or(&empty);
    let inputs = modal::inputs(&shown.components);
    if !forged(body) {
        if let Some(odd) = values.keys().find(|name| !inputs.iter().any(|(_, input)| input["custom_id"] == **name)) {
            return Err(format!("the form has no field {odd}").into());
        }
        let complaint = inputs.iter().find_map(|(_, input)| modal::refuse_text(input, &typed(input, values)));
        if let Some(complaint) = complaint {
            return Err(complaint.into());
        }
    }
    let rows: Vec<Value> = shown.components.iter().map(|row| filled(row, values)).collect();
    let opening = Opening {
        kind: MODAL,
        user,
        channel: shown.channel,
        message: shown.message,
        data: json!({"custom_id": shown.custom_id, "components": rows}),
        answer_kind: if shown.message.is_some() { 19 } else { 20 },
        cause: Some(shown.metadata.clone()),
    };
    state.modals.remove(&shown.id);
    Ok((opening, Some(shown)))
}

/// What stands in a field when the form is sent: what was typed, else what was filled in before.
fn typed(input: &Value, values: &Map<String, Value>) -> String {
    let name = input["custom_id"].as_str().unwrap_or_default();
    let text = values.get(name).unwrap_or(&input["value"]);
    text.as_str().unwrap_or_default().to_owned()
}

fn filled(row: &Value, values: &Map<String, Value>) -> Value {
    let value =
        |input: &Value| json!({"type": 4, "id": 2, "custom_id": input["custom_id"], "value": typed(input, values)});
    match row["type"].as_u64() {
        Some(18) => json!({"type": 18, "id": 1, "component": value(&row["component"])}),
        Some(1) => {
            json!({"type": 1, "id": 1, "components": items(&row["components"]).iter().map(value).collect::<Vec<_>>()})
        }
        _ => json!({"type": row["type"], "id": 1}),
    }
}

fn forged_form(state: &State, user: Id, body: &Value) -> Result<Opening, Refused> {
    let channel = id(body, "channel")?;
    if !state.channels.contains_key(&channel) {
        return Err(format!("no channel {channel}").into());
    }
    let values = body["values"].as_object().ok_or("\"values\" must be an object")?;
    let row = |(name, text): (&String, &Value)| json!({"type": 1, "id": 1, "components": [{"type": 4, "id": 2, "custom_id": name, "value": text}]});
    Ok(Opening {
        kind: MODAL,
        user,
        channel,
        message: Id::from_json(&body["message"]),
        data: json!({"custom_id": body["custom_id"], "components": values.iter().map(row).collect::<Vec<_>>()}),
        answer_kind: 20,
        cause: None,
    })
}

/// `POST people/{user}/say {channel, content, reply_to?}`: an ordinary message.
fn say(state: &mut State, user: Id, body: &Value) -> Result<Value, Refused> {
    let channel = id(body, "channel")?;
    let place = state.channels.get(&channel).filter(|place| perms::sees(state, place, user));
    let place = place.ok_or_else(|| Refused(format!("{user} does not see channel {channel}")))?;
    let bits = perms::in_channel(state, place, user);
    if bits & perms::sending(place) == 0 {
        return Err("this person may not write here".into());
    }
    if place.thread.as_ref().is_some_and(|thread| thread.locked) && bits & perms::MANAGE_THREADS == 0 {
        return Err("this thread is locked".into());
    }
    let content = body["content"].as_str().unwrap_or_default().trim().to_owned();
    if content.is_empty() || content.chars().count() > 2000 {
        return Err("a message has 1 to 2000 characters".into());
    }
    let guild = place.guild;
    let mut message = Message::by(user, channel, 0);
    message.content = content;
    if let Some(target) = Id::from_json(&body["reply_to"]) {
        message.kind = 19;
        message.reference = Some(json!({"type": 0, "channel_id": channel, "message_id": target, "guild_id": guild}));
    }
    state.mention(&mut message, None, true);
    let now_ms = state.now_ms;
    let thread = state.channels.get_mut(&channel).and_then(|place| place.thread.as_mut());
    if thread.is_some_and(|thread| thread.members.insert(user, now_ms).is_none()) {
        state.emit_thread_members(channel, &[user], &[]);
    }
    let id = state.post(message);
    Ok(state.messages.get(&id).map_or(Value::Null, |message| view::message(state, message)))
}

/// `POST people/{user}/vote {message, answers}`: all of this person's votes in a poll; none takes them back.
fn vote(state: &mut State, user: Id, body: &Value) -> Result<Value, Refused> {
    let message = seen(state, user, body)?.id;
    let answers: Vec<u64> = items(&body["answers"]).iter().filter_map(Value::as_u64).collect();
    state.vote(message, user, &answers).map_err(Refused::from)?;
    Ok(state.messages.get(&message).map_or(Value::Null, |message| view::message(state, message)))
}
