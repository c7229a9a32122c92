//! Answering in time: at once if it is quick, else a sign that the answer follows.

use serde_json::{Value, json};
use serenity::all::{
    AutocompleteChoice, CreateAutocompleteResponse, CreateInteractionResponse, CreateInteractionResponseMessage,
};

use super::commands::Command;
use super::custom_id::CustomId;
use super::inbound::{Inbound, What};
use super::limits::FILES_MAX;
use super::press::Press;
use super::screen::{Button, File, Form, Screen};
use super::sketch::{Sketch, sendable};
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
    let first = tokio::time::timeout(wire.patience().answer, &mut answering).await;
    let sent = match first {
        // Drawing takes its time: said at once, and with it who will see the answer.
        Ok(Answer::Draw(sketch)) => match defer(wire, inbound, sketch.shared).await {
            Ok(()) => draw(&visit, *sketch).await,
            Err(fault) => Err(fault),
        },
        Ok(answer) => send(&visit, answer).await,
        Err(_) => match defer(wire, inbound, false).await {
            // The act goes on whatever became of the sign.
            Err(fault) => {
                answering.await;
                Err(fault)
            }
            Ok(()) => match answering.await {
                Answer::Draw(sketch) => draw(&visit, *sketch).await,
                answer => amend_with(&visit, answer).await,
            },
        },
    };
    if let Err(fault) = sent {
        tracing::warn!(interaction = inbound.id, %fault, "an answer did not reach its reader");
    }
}

/// Draws what is to be drawn. If that takes longer than a moment, the words go first.
async fn draw(visit: &Visit<'_>, sketch: Sketch) -> Result<(), Fault> {
    let words = visit.words();
    let waiting = sketch.waiting(words);
    let drawing = sketch.finish(visit.app(), words);
    tokio::pin!(drawing);
    let soon = tokio::time::timeout(visit.wire.patience().words, &mut drawing).await;
    let screen = match soon {
        Ok(screen) => screen,
        Err(_) => {
            if let Err(fault) = amend(visit, waiting).await {
                tracing::warn!(interaction = visit.inbound.id, %fault, "the words did not reach their reader");
            }
            drawing.await
        }
    };
    amend(visit, screen).await
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
    // One look for whatever the press is about: a view is made of the whole board.
    let Some(scene) = visit.scene() else { return visit.nowhere() };
    if let Some(answer) = visit.walk(&scene, press, values).await {
        return answer;
    }
    if let Some(answer) = visit.polling(&scene, press, values).await {
        return answer;
    }
    if let Some(answer) = visit.gallery(&scene, press, values) {
        return answer;
    }
    if let Some(answer) = visit.reporting(&scene, press, values) {
        return answer;
    }
    if let Some(answer) = visit.lending(&scene, press, values).await {
        return answer;
    }
    if let Some(answer) = visit.nudging(&scene, press, values).await {
        return answer;
    }
    if let Some(answer) = visit.entering(&scene, press, values).await {
        return answer;
    }
    if let Some(answer) = visit.own(&scene, press, values).await {
        return answer;
    }
    if let Some(answer) = visit.rounds(&scene, press, values).await {
        return answer;
    }
    if let Some(answer) = visit.approving(&scene, press, values).await {
        return answer;
    }
    if let Some(answer) = visit.reopening(&scene, press, values).await {
        return answer;
    }
    if let Some(answer) = visit.joining(&scene, press).await {
        return answer;
    }
    if let Some(answer) = visit.clustering(&scene, press, values).await {
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
    if let Some(answer) = visit.poll_form(press, boxes).await {
        return answer;
    }
    if !visit.is_bound() {
        return visit.nowhere();
    }
    if let Some(answer) = visit.sent(press, boxes).await {
        return answer;
    }
    if let Some(answer) = visit.rounds_form(press, boxes).await {
        return answer;
    }
    if let Some(answer) = visit.approving_form(press, boxes).await {
        return answer;
    }
    if let Some(answer) = visit.again_form(press, boxes).await {
        return answer;
    }
    if let Some(answer) = visit.entered_form(press, boxes).await {
        return answer;
    }
    if let Some(answer) = visit.heading_form(press, boxes).await {
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

/// The body of a first answer.
#[must_use]
pub fn body(inbound: &Inbound, answer: &Answer) -> Value {
    let response = match answer {
        Answer::Show(screen) if inbound.on_screen => CreateInteractionResponse::UpdateMessage(screen.answer(false)),
        Answer::Show(screen) => CreateInteractionResponse::Message(screen.answer(true)),
        Answer::Draw(sketch) => follows(inbound, sketch.shared),
        Answer::Open(form) => CreateInteractionResponse::Modal(form.build()),
        Answer::Suggest(choices) => {
            let choices =
                choices.iter().map(|choice| AutocompleteChoice::new(choice.label.clone(), choice.value.clone()));
            CreateInteractionResponse::Autocomplete(CreateAutocompleteResponse::new().set_choices(choices.collect()))
        }
    };
    let mut body = serde_json::to_value(response).unwrap_or_else(|_| json!({ "type": 6 }));
    if let (Answer::Show(screen), true) = (answer, inbound.on_screen) {
        body["data"]["attachments"] = kept(inbound, screen);
    }
    body
}

/// The files that stay on the screen that is replaced: an edit lists all of them, or they go
/// (`resources/message`, *Edit Message*).
fn kept(inbound: &Inbound, screen: &Screen) -> Value {
    let pictures = inbound.pictures.iter().filter(|_| inbound.on_screen && screen.keeps_pictures);
    pictures.map(|id| json!({ "id": id.to_string() })).collect()
}

async fn send(visit: &Visit<'_>, answer: Answer) -> Result<(), Fault> {
    let answer = match answer {
        Answer::Show(screen) => Answer::Show(Box::new(fitted(visit, *screen))),
        Answer::Open(form) => Answer::Open(match visit.direct() {
            Some(partnership) => Form { id: form.id.clone().within(partnership), ..form },
            None => form,
        }),
        other => other,
    };
    let files = match &answer {
        Answer::Show(screen) => screen.files.as_slice(),
        Answer::Draw(_) | Answer::Open(_) | Answer::Suggest(_) => &[],
    };
    first_answer(visit.wire, visit.inbound, &body(visit.inbound, &answer), files).await
}

fn fitted(visit: &Visit<'_>, mut screen: Screen) -> Screen {
    // New files come before pictures that could stay.
    screen.keeps_pictures &= screen.files.len() + visit.inbound.pictures.len() <= FILES_MAX;
    let screen = match visit.direct() {
        Some(partnership) => screen.within(partnership),
        None => screen,
    };
    sendable(screen, visit.words(), visit.inbound.file_bytes_max)
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

/// The sign that the answer follows; private unless it is meant for all, so that it stays so.
async fn defer(wire: &Wire, inbound: &Inbound, shared: bool) -> Result<(), Fault> {
    let body = serde_json::to_value(follows(inbound, shared)).unwrap_or_else(|_| json!({ "type": 6 }));
    first_answer(wire, inbound, &body, &[]).await
}

fn follows(inbound: &Inbound, shared: bool) -> CreateInteractionResponse {
    if inbound.on_screen && !shared {
        CreateInteractionResponse::Acknowledge
    } else {
        CreateInteractionResponse::Defer(CreateInteractionResponseMessage::new().ephemeral(!shared))
    }
}

async fn amend_with(visit: &Visit<'_>, answer: Answer) -> Result<(), Fault> {
    // A form can only be the first answer; whoever waited is shown what waits for them instead.
    let screen = match answer {
        Answer::Show(screen) => *screen,
        Answer::Draw(sketch) => sketch.screen,
        Answer::Open(_) | Answer::Suggest(_) => Screen::text(visit.words().label("press-again")),
    };
    amend(visit, screen).await
}

async fn amend(visit: &Visit<'_>, screen: Screen) -> Result<(), Fault> {
    let (inbound, screen) = (visit.inbound, fitted(visit, screen));
    let mut body = screen.body();
    body["attachments"] = kept(inbound, &screen);
    visit.wire.amend((inbound.application, &inbound.token), &body, &screen.files).await
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
