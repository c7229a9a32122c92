//! Answering in time: at once if it is quick, else a sign that the answer follows.

use std::time::Duration;

use serde_json::{Value, json};
use serenity::all::{
    AutocompleteChoice, CreateAutocompleteResponse, CreateInteractionResponse, CreateInteractionResponseMessage,
};

use super::commands::Command;
use super::custom_id::CustomId;
use super::inbound::{Inbound, What};
use super::limits::DEFER_MILLIS;
use super::press::Press;
use super::screen::{Button, File, Screen};
use super::visit::{Answer, Visit};
use super::wire::{Fault, Wire};
use crate::app::App;

/// How often an answer is tried while it may still arrive in time.
const TRIES: u32 = 2;

/// Answers one interaction to the end.
pub async fn respond(app: &App, wire: &Wire, commands: &[Command], inbound: &Inbound) {
    let visit = Visit::new(app, wire, commands, inbound);
    let answering = answer(&visit);
    tokio::pin!(answering);
    let first = tokio::time::timeout(Duration::from_millis(DEFER_MILLIS), &mut answering).await;
    let sent = match first {
        Ok(answer) => send(wire, inbound, &answer).await,
        Err(_) => match defer(wire, inbound).await {
            // The act goes on whatever became of the sign.
            Err(fault) => {
                answering.await;
                Err(fault)
            }
            Ok(()) => {
                let answer = answering.await;
                amend(wire, inbound, &visit, &answer).await
            }
        },
    };
    if let Err(fault) = sent {
        tracing::warn!(interaction = inbound.id, %fault, "an answer did not reach its reader");
    }
}

/// What an interaction is answered with.
async fn answer(visit: &Visit<'_>) -> Answer {
    match &visit.inbound.what {
        What::Command(typed) => visit.command(typed).await,
        What::Typing { typed, focus } => Answer::Suggest(visit.suggest(typed, focus)),
        What::Press { id, values } => match CustomId::read(id) {
            Ok(id) => pressed(visit, &id.press, values).await,
            Err(_) => outdated(visit),
        },
        What::Form { id, boxes } => match CustomId::read(id) {
            Ok(id) => sent_form(visit, &id.press, boxes).await,
            Err(_) => outdated(visit),
        },
    }
}

async fn pressed(visit: &Visit<'_>, press: &Press, values: &[String]) -> Answer {
    if let Some(answer) = visit.host(press, values).await {
        return answer;
    }
    if !visit.is_bound() {
        return visit.nowhere();
    }
    if let Some(answer) = visit.walk(press, values).await {
        return answer;
    }
    if let Some(answer) = visit.own(press, values).await {
        return answer;
    }
    match press {
        Press::From => visit.from_message(values).await,
        _ => outdated(visit),
    }
}

async fn sent_form(visit: &Visit<'_>, press: &Press, boxes: &std::collections::BTreeMap<String, String>) -> Answer {
    if let Some(answer) = visit.host_form(press, boxes).await {
        return answer;
    }
    if !visit.is_bound() {
        return visit.nowhere();
    }
    if let Some(answer) = visit.sent(press, boxes).await {
        return answer;
    }
    match visit.own_form(press, boxes).await {
        Some(answer) => answer,
        None => outdated(visit),
    }
}

/// *This button is from an older post.*
fn outdated(visit: &Visit<'_>) -> Answer {
    let words = visit.words();
    let screen = Screen::text(words.label("older-post"));
    if !visit.is_bound() {
        return screen.into();
    }
    screen.buttons(vec![Button::main(Press::Me, words.label("what-waits"))]).into()
}

/// The body of a first answer, and its files.
#[must_use]
pub fn body(inbound: &Inbound, answer: &Answer) -> Value {
    let response = match answer {
        Answer::Show(screen) if inbound.on_screen => CreateInteractionResponse::UpdateMessage(screen.answer(false)),
        Answer::Show(screen) => CreateInteractionResponse::Message(screen.answer(true)),
        Answer::Share(screen) => CreateInteractionResponse::Message(screen.answer(false)),
        Answer::Open(form) => CreateInteractionResponse::Modal(form.build()),
        Answer::Suggest(choices) => {
            let choices =
                choices.iter().map(|choice| AutocompleteChoice::new(choice.label.clone(), choice.value.clone()));
            CreateInteractionResponse::Autocomplete(CreateAutocompleteResponse::new().set_choices(choices.collect()))
        }
    };
    serde_json::to_value(response).unwrap_or_else(|_| json!({ "type": 6 }))
}

fn files(answer: &Answer) -> &[File] {
    match answer {
        Answer::Show(screen) | Answer::Share(screen) => &screen.files,
        Answer::Open(_) | Answer::Suggest(_) => &[],
    }
}

async fn send(wire: &Wire, inbound: &Inbound, answer: &Answer) -> Result<(), Fault> {
    first_answer(wire, inbound, &body(inbound, answer), files(answer)).await
}

async fn first_answer(wire: &Wire, inbound: &Inbound, body: &Value, files: &[File]) -> Result<(), Fault> {
    let mut tried = 1;
    loop {
        match wire.answer((inbound.id, &inbound.token), body, files).await {
            Err(fault) if fault.may_pass() && tried < TRIES => tried += 1,
            other => return other,
        }
    }
}

/// The sign that the answer follows. Private, so that it stays private.
async fn defer(wire: &Wire, inbound: &Inbound) -> Result<(), Fault> {
    let response = if inbound.on_screen {
        CreateInteractionResponse::Acknowledge
    } else {
        CreateInteractionResponse::Defer(CreateInteractionResponseMessage::new().ephemeral(true))
    };
    let body = serde_json::to_value(response).unwrap_or_else(|_| json!({ "type": 6 }));
    first_answer(wire, inbound, &body, &[]).await
}

async fn amend(wire: &Wire, inbound: &Inbound, visit: &Visit<'_>, answer: &Answer) -> Result<(), Fault> {
    // A form can only be the first answer; whoever waited is shown what waits for them instead.
    let screen = match answer {
        Answer::Show(screen) | Answer::Share(screen) => (**screen).clone(),
        Answer::Open(_) | Answer::Suggest(_) => Screen::text(visit.words().label("press-again")),
    };
    let body = screen.body();
    wire.amend((inbound.application, &inbound.token), &body, &screen.files).await
}

/// An interaction that could not be read: said so, if at least its id and token can be found.
pub async fn unread(wire: &Wire, value: &Value, words: &str) {
    let text = |key: &str| value[key].as_str();
    let (Some(id), Some(token)) = (text("id").and_then(|id| id.parse().ok()), text("token")) else {
        tracing::warn!("an interaction without id or token could not be read");
        return;
    };
    let response = CreateInteractionResponse::Message(Screen::text(words).answer(true));
    let body = serde_json::to_value(response).unwrap_or_else(|_| json!({ "type": 6 }));
    if let Err(fault) = wire.answer((id, token), &body, &[]).await {
        tracing::warn!(interaction = id, %fault, "an unreadable interaction could not be answered");
    }
}
