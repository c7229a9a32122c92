//! What a person sees after acting: waiting for it, and putting it into words.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::view;
use crate::sandbox::Shared;
use crate::sandbox::clock;
use crate::sandbox::interaction::{Interaction, Outcome, Phase};
use crate::sandbox::rules::modal;
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::State;

/// Waits until an interaction was answered in full: not merely deferred. An unanswered one fails after
/// the three seconds; a deferred one that never gets its answer fails too, later. A deferred update
/// (type 6) that is never edited counts as an update once the bot has come to rest.
pub(super) async fn wait(shared: &Arc<Shared>, id: Id) -> Value {
    let began = Instant::now();
    let limits = (shared.options.ack_limit, shared.options.defer_limit);
    loop {
        let seen = shared.until(Duration::from_millis(50), |state| look(state, id, began, limits)).await;
        if let Some(seen) = seen {
            return seen;
        }
        if shared.peek(State::anyone_waits) {
            let limit = shared.options.ack_limit;
            shared.with(|state| state.expire_interactions(limit));
        }
    }
}

fn look(state: &State, id: Id, began: Instant, (ack, defer): (Duration, Duration)) -> Option<Value> {
    let Some(it) = state.interactions.get(&id) else {
        return Some(failed("This interaction is gone"));
    };
    if let Some(outcome) = &it.outcome {
        return Some(tell(state, it, outcome));
    }
    match it.phase {
        Phase::DeferredUpdate if clock::is_settled(state) || (state.quiet.boot.is_none() && began.elapsed() >= ack) => {
            it.original.map(|message| tell(state, it, &Outcome::Update(message)))
        }
        Phase::Deferred | Phase::DeferredUpdate if began.elapsed() >= defer => {
            Some(failed("The application is still thinking"))
        }
        _ => None,
    }
}

fn failed(why: &str) -> Value {
    json!({"outcome": "failed", "why": why})
}

fn tell(state: &State, it: &Interaction, outcome: &Outcome) -> Value {
    let message = |id: &Id| state.messages.get(id).map(|message| view::message(state, message));
    match outcome {
        Outcome::Message(id) => json!({"outcome": "message", "message": message(id)}),
        Outcome::Update(id) => json!({"outcome": "update", "message": message(id)}),
        Outcome::Choices(choices) => json!({"outcome": "choices", "choices": choices}),
        Outcome::Modal(id) => json!({"outcome": "modal", "modal": shown_modal(state, *id)}),
        Outcome::Failed(why) => {
            let mut json = failed(why);
            json["interaction"] = json!(it.id);
            json
        }
    }
}

fn shown_modal(state: &State, id: Id) -> Value {
    let Some(shown) = state.modals.get(&id) else {
        return Value::Null;
    };
    let fields: Vec<Value> = modal::inputs(&shown.components)
        .into_iter()
        .map(|(label, input)| {
            json!({
                "custom_id": input["custom_id"], "label": label, "style": input["style"],
                "required": input["required"].as_bool().unwrap_or(true), "min": input["min_length"].as_u64().unwrap_or(0),
                "max": input["max_length"].as_u64().unwrap_or(4000), "value": input["value"].as_str().unwrap_or_default(),
                "placeholder": input["placeholder"].as_str().unwrap_or_default(),
            })
        })
        .collect();
    json!({"id": shown.id, "custom_id": shown.custom_id, "title": shown.title, "fields": fields})
}
