//! Later answers to interactions: `@original`, followups ("Receiving and responding", followup messages).

use serde_json::Value;

use super::interactions::blank_answer;
use super::{Answer, Call, Reply};
use crate::sandbox::error::ApiError;
use crate::sandbox::interaction::{AUTOCOMPLETE, Interaction, Outcome, Phase};
use crate::sandbox::message::LOADING;
use crate::sandbox::rules::message::{Form, check};
use crate::sandbox::shape;
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::State;

pub(super) fn route(state: &mut State, call: &Call, parts: &[&str]) -> Option<Reply> {
    let ["webhooks", application, token, rest @ ..] = parts else {
        return None;
    };
    if Id::parse(application) != Some(state.application.id) {
        return Some(Err(ApiError::of(10015)));
    }
    let it = match state.by_token(token) {
        Ok(it) => it.clone(),
        Err(error) => return Some(Err(error)),
    };
    Some(match (call.method.as_str(), rest) {
        ("POST", []) => followup(state, &it, call),
        ("GET", ["messages", which]) => target(state, &it, which).and_then(|id| show(state, id)),
        ("PATCH", ["messages", which]) => target(state, &it, which).and_then(|id| edit(state, &it, id, call)),
        ("DELETE", ["messages", which]) => target(state, &it, which).map(|id| {
            state.remove_message(id);
            Answer::Empty
        }),
        _ => return None,
    })
}

/// The message meant: `@original`, or one this interaction has brought about.
fn target(state: &State, it: &Interaction, which: &str) -> Result<Id, ApiError> {
    let id = if which == "@original" { it.original } else { Id::parse(which) };
    let mine = |id: &Id| {
        Some(*id) == it.original
            || state
                .messages
                .get(id)
                .is_some_and(|m| m.metadata.as_ref().is_some_and(|meta| meta["id"] == it.metadata["id"]))
    };
    id.filter(mine).filter(|id| state.messages.contains_key(id)).ok_or_else(|| ApiError::of(10008))
}

fn show(state: &State, id: Id) -> Reply {
    let message = state.messages.get(&id).ok_or_else(|| ApiError::of(10008))?;
    Answer::ok(shape::message(state, message))
}

/// A followup. After a deferral the first one becomes the awaited answer and keeps its visibility.
fn followup(state: &mut State, it: &Interaction, call: &Call) -> Reply {
    if it.kind == AUTOCOMPLETE {
        return Err(ApiError::of(10015));
    }
    check(&call.body, call.files.len())?;
    if it.phase == Phase::Deferred
        && let Some(original) = it.original
    {
        return fill(state, it, original, call, Form::Answer);
    }
    let flags = call.body["flags"].as_u64().unwrap_or(0);
    let mut message = blank_answer(state, it, flags);
    state.compose(&mut message, Form::Answer, &call.body, call)?;
    let id = state.post(message);
    if it.outcome.is_none() {
        state.settle(it.id, it.phase, Some(Outcome::Message(id)));
    }
    show(state, id)
}

fn edit(state: &mut State, it: &Interaction, id: Id, call: &Call) -> Reply {
    let mut body = call.body.clone();
    if body["flags"] == Value::Null {
        body.as_object_mut().map(|fields| fields.remove("flags"));
    }
    check(&body, call.files.len())?;
    fill(state, it, id, call, Form::AnswerEdit)
}

/// Writes into a message that is already there; a loading one is loaded now.
fn fill(state: &mut State, it: &Interaction, id: Id, call: &Call, form: Form) -> Reply {
    let mut message = state.messages.get(&id).ok_or_else(|| ApiError::of(10008))?.clone();
    let hidden = message.flags & super::super::message::EPHEMERAL;
    let loading = message.flags & LOADING != 0;
    state.compose(&mut message, form, &call.body, call)?;
    message.flags = message.flags & !LOADING & !super::super::message::EPHEMERAL | hidden;
    if !loading {
        message.edited_ms = Some(state.now_ms);
    }
    state.messages.insert(id, message);
    state.emit_message("MESSAGE_UPDATE", id);
    if Some(id) == it.original && matches!(it.phase, Phase::Deferred | Phase::DeferredUpdate) {
        let outcome = if it.phase == Phase::Deferred { Outcome::Message(id) } else { Outcome::Update(id) };
        state.settle(it.id, Phase::Answered, Some(outcome));
    }
    show(state, id)
}
