//! First answers to interactions ("Receiving and responding", create interaction response).

use serde_json::{Value, json};

use super::{Answer, Call, Reply, id};
use crate::sandbox::error::{ApiError, Problems, invalid};
use crate::sandbox::interaction::{AUTOCOMPLETE, COMPONENT, Interaction, MODAL, Outcome, Phase, ShownModal};
use crate::sandbox::message::{EPHEMERAL, LOADING, Message};
use crate::sandbox::rules::command::check_choice;
use crate::sandbox::rules::message::{Form, check};
use crate::sandbox::rules::{given, items, modal};
use crate::sandbox::shape;
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::State;

const CHOICES_MAX: usize = 25;

pub(super) fn route(state: &mut State, call: &Call, parts: &[&str]) -> Option<Reply> {
    match (call.method.as_str(), parts) {
        ("POST", ["interactions", interaction, token, "callback"]) => {
            Some(id(interaction).and_then(|i| callback(state, i, token, call)))
        }
        _ => None,
    }
}

fn callback(state: &mut State, id: Id, token: &str, call: &Call) -> Reply {
    let unknown = || ApiError::of(10062);
    let it = state.interactions.get(&id).filter(|it| it.token == token).ok_or_else(unknown)?.clone();
    match it.phase {
        Phase::Open => {}
        Phase::Failed => return Err(unknown()),
        _ => return Err(ApiError::of(40060)),
    }
    let mut problems = Problems::default();
    problems.only("", &call.body, "type data");
    problems.finish()?;
    let data = &call.body["data"];
    let from_component = it.kind == COMPONENT || (it.kind == MODAL && it.message.is_some());
    let shown = match call.body["type"].as_u64() {
        Some(4) if it.kind != AUTOCOMPLETE => answer(state, &it, data, call)?,
        Some(5) if it.kind != AUTOCOMPLETE => defer(state, &it, data)?,
        Some(6) if from_component => {
            state.settle(id, Phase::DeferredUpdate, None);
            set_original(state, id, it.message);
            it.message
        }
        Some(7) if from_component => update(state, &it, data, call)?,
        Some(8) if it.kind == AUTOCOMPLETE => choices(state, &it, data)?,
        Some(9) if it.kind != AUTOCOMPLETE && it.kind != MODAL => show_modal(state, &it, data)?,
        _ => {
            let say = "This answer does not go with this kind of interaction.";
            return Err(invalid("type", "BASE_TYPE_CHOICES", say));
        }
    };
    if call.wants("with_response") {
        return Answer::ok(response(state, &it, &call.body["type"], shown));
    }
    Ok(Answer::Empty)
}

fn set_original(state: &mut State, id: Id, message: Option<Id>) {
    if let Some(it) = state.interactions.get_mut(&id) {
        it.original = message;
    }
}

/// An empty answer to an interaction, public or for the person alone.
pub(super) fn blank_answer(state: &State, it: &Interaction, flags: u64) -> Message {
    let mut message = Message::by(state.bot, it.channel, it.answer_kind);
    message.metadata = Some(it.metadata.clone());
    message.ephemeral_for = (flags & EPHEMERAL != 0).then_some(it.user);
    message.flags = flags & EPHEMERAL;
    if let Some(target) = it.message.filter(|_| it.answer_kind == 19) {
        message.reference =
            Some(json!({"type": 0, "channel_id": it.channel, "message_id": target, "guild_id": it.guild}));
    }
    message
}

fn answer(state: &mut State, it: &Interaction, data: &Value, call: &Call) -> Result<Option<Id>, ApiError> {
    check_under_data(data, call)?;
    let mut message = blank_answer(state, it, data["flags"].as_u64().unwrap_or(0));
    state.compose(&mut message, Form::Answer, data, call)?;
    let id = state.post(message);
    state.settle(it.id, Phase::Answered, Some(Outcome::Message(id)));
    set_original(state, it.id, Some(id));
    Ok(Some(id))
}

/// Problems of the message part stand under `data` in the error tree.
fn check_under_data(data: &Value, call: &Call) -> Result<(), ApiError> {
    check(data, call.files.len()).map_err(|mut error| {
        error.errors = error.errors.map(|tree| json!({"data": tree}));
        error
    })
}

fn defer(state: &mut State, it: &Interaction, data: &Value) -> Result<Option<Id>, ApiError> {
    let flags = data["flags"].as_u64().unwrap_or(0);
    let more = flags & !EPHEMERAL != 0 || given(&data["content"]) || !items(&data["embeds"]).is_empty();
    if more || !items(&data["components"]).is_empty() {
        return Err(invalid("data", "SANDBOX_DEFER", "A deferral carries nothing but the EPHEMERAL flag"));
    }
    let mut message = blank_answer(state, it, flags);
    message.flags |= LOADING;
    let id = state.post(message);
    state.settle(it.id, Phase::Deferred, None);
    set_original(state, it.id, Some(id));
    Ok(Some(id))
}

fn update(state: &mut State, it: &Interaction, data: &Value, call: &Call) -> Result<Option<Id>, ApiError> {
    check_under_data(data, call)?;
    let target = it.message.ok_or_else(|| ApiError::of(10008))?;
    let mut message = state.messages.get(&target).ok_or_else(|| ApiError::of(10008))?.clone();
    state.compose(&mut message, Form::AnswerEdit, data, call)?;
    message.edited_ms = Some(state.now_ms);
    state.messages.insert(target, message);
    state.emit_message("MESSAGE_UPDATE", target);
    state.settle(it.id, Phase::Answered, Some(Outcome::Update(target)));
    set_original(state, it.id, Some(target));
    Ok(Some(target))
}

fn choices(state: &mut State, it: &Interaction, data: &Value) -> Result<Option<Id>, ApiError> {
    let list = items(&data["choices"]);
    let mut problems = Problems::default();
    problems.only("data", data, "choices");
    problems.count("data.choices", list.len(), 0, CHOICES_MAX);
    for (n, choice) in list.iter().enumerate() {
        check_choice(&mut problems, &format!("data.choices.{n}"), choice);
    }
    problems.finish()?;
    state.settle(it.id, Phase::Answered, Some(Outcome::Choices(list.to_vec())));
    Ok(None)
}

fn show_modal(state: &mut State, it: &Interaction, data: &Value) -> Result<Option<Id>, ApiError> {
    modal::check(data)?;
    // One form at a time: a new one takes the place of the old on this person's screen.
    state.modals.retain(|_, shown| shown.user != it.user);
    let shown = ShownModal {
        id: it.id,
        user: it.user,
        channel: it.channel,
        message: it.message,
        custom_id: data["custom_id"].as_str().unwrap_or_default().to_owned(),
        title: data["title"].as_str().unwrap_or_default().to_owned(),
        components: items(&data["components"]).to_vec(),
        metadata: it.metadata.clone(),
    };
    state.modals.insert(it.id, shown);
    state.settle(it.id, Phase::ModalShown, Some(Outcome::Modal(it.id)));
    Ok(None)
}

fn response(state: &State, it: &Interaction, kind: &Value, shown: Option<Id>) -> Value {
    let message = shown.and_then(|id| state.messages.get(&id));
    let mut json = json!({"interaction": {
        "id": it.id, "type": it.kind, "channel_id": it.channel, "response_message_id": shown,
        "response_message_loading": message.is_some_and(|m| m.flags & LOADING != 0),
        "response_message_ephemeral": message.is_some_and(|m| m.ephemeral_for.is_some()),
    }});
    if let Some(guild) = it.guild {
        json["interaction"]["guild_id"] = json!(guild);
    }
    let Some(message) = message else {
        json["interaction"] = json!({"id": it.id, "type": it.kind});
        return json;
    };
    if matches!(kind.as_u64(), Some(4 | 7)) {
        json["resource"] = json!({"type": kind, "message": shape::message(state, message)});
    }
    json
}
