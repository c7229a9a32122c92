//! What a client lets a person do, and what it does not.

use std::time::Duration;

use jointpath::sandbox::Options;
use serde_json::json;

use crate::sandbox_desk::{Desk, EPHEMERAL, modal};
use crate::sandbox_world::{AMINA, BENNO, CHANNEL};

#[tokio::test]
async fn a_bare_acknowledgement_changes_nothing() {
    let options = Options { ack_limit: Duration::from_millis(300), ..Options::default() };
    let mut desk = Desk::with(options).await;
    let board = desk.board().await;
    let acting = desk.act(BENNO, "press", json!({"message": board, "custom_id": "start"}));
    let (id, token, _) = desk.socket.interaction().await;
    assert_eq!(desk.callback(id, &token, json!({"type": 6})).await, (204, 0));
    let seen = acting.await.unwrap().unwrap();
    assert_eq!((seen.outcome.as_str(), seen.text()), ("update", "board"));
}

#[tokio::test]
async fn a_restarted_client_forgets_what_was_for_their_eyes_only() {
    let mut desk = Desk::new().await;
    let acting = desk.ask();
    let (id, token, _) = desk.socket.interaction().await;
    desk.callback(id, &token, json!({"type": 4, "data": {"content": "psst", "flags": EPHEMERAL}})).await;
    acting.await.unwrap().unwrap();
    desk.stage.remote.happen("client_restart", json!({"user": AMINA})).await.unwrap();
    assert!(desk.stage.remote.read_channel(AMINA, CHANNEL).await.unwrap().is_empty());
    desk.stage.remote.happen("kick", json!({"guild": crate::sandbox_world::GUILD})).await.unwrap();
    let failure = desk.ask().await.unwrap().unwrap_err().to_string();
    assert!(failure.contains("not in this guild"), "{failure}");
}

#[tokio::test]
#[rustfmt::skip]
async fn a_client_lets_nobody_press_what_is_not_there() {
    let desk = Desk::new().await;
    let board = desk.board().await;
    let refused = [
        ("press", json!({"message": board, "custom_id": "old"}), "disabled"),
        ("press", json!({"message": board, "custom_id": "never"}), "no component"),
        ("press", json!({"message": board, "custom_id": "pick"}), "no button"),
        ("press", json!({"message": 5, "custom_id": "start"}), "no message"),
        ("select", json!({"message": board, "custom_id": "pick", "values": ["z"]}), "not among"),
        ("select", json!({"message": board, "custom_id": "pick", "values": []}), "0 values"),
        ("select", json!({"message": board, "custom_id": "pick", "values": ["a", "b", "c"]}), "3 values"),
        ("submit", json!({"modal": 7, "values": {}}), "no such form"),
        ("command", json!({"channel": CHANNEL, "path": ["nothing"], "options": {}}), "no command"),
        ("command", json!({"channel": CHANNEL, "path": ["ask"], "options": {}}), "required"),
        ("command", json!({"channel": CHANNEL, "path": ["ask"], "options": {"who": "x", "count": 10}}), "whole number"),
        ("command", json!({"channel": CHANNEL, "path": ["ask"], "options": {"who": "x", "odd": 1}}), "no option"),
        ("command", json!({"channel": CHANNEL, "path": ["host"], "options": {}}), "not shown"),
        ("command", json!({"channel": CHANNEL, "path": ["ask", "sub"], "options": {}}), "no subcommand"),
        ("autocomplete", json!({"channel": CHANNEL, "path": ["ask"], "options": {"count": 1}, "focused": "count"}), "no suggestions"),
        ("message-command", json!({"message": board, "name": "Take this"}), "no command"),
        ("dance", json!({}), "cannot dance"),
    ];
    for (deed, body, why) in refused {
        let failure = desk.stage.remote.deed(BENNO, deed, body.clone()).await.unwrap_err().to_string();
        assert!(failure.starts_with("refused") && failure.contains(why), "{deed} {body}: {failure}");
    }
}

#[tokio::test]
async fn a_forged_press_reaches_the_bot() {
    let mut desk = Desk::new().await;
    let board = desk.board().await;
    let acting = desk.act(BENNO, "press", json!({"message": board, "custom_id": "from long ago", "forge": true}));
    let (id, token, event) = desk.socket.interaction().await;
    assert_eq!(event["data"]["custom_id"], "from long ago");
    desk.callback(id, &token, json!({"type": 4, "data": {"content": "outdated", "flags": EPHEMERAL}})).await;
    assert_eq!(acting.await.unwrap().unwrap().text(), "outdated");
    let body = json!({"forge": true, "channel": CHANNEL, "custom_id": "old form", "values": {"a": "x"}});
    let acting = desk.act(BENNO, "submit", body);
    let (id, token, event) = desk.socket.interaction().await;
    assert_eq!(event["data"]["components"][0]["components"][0]["value"], "x");
    desk.callback(id, &token, json!({"type": 4, "data": {"content": "kept"}})).await;
    assert_eq!(acting.await.unwrap().unwrap().text(), "kept");
}

#[tokio::test]
async fn a_form_comes_back_as_it_was_filled_in() {
    let mut desk = Desk::new().await;
    let board = desk.board().await;
    let acting = desk.act(BENNO, "press", json!({"message": board, "custom_id": "start"}));
    let (id, token, _) = desk.socket.interaction().await;
    assert_eq!(desk.callback(id, &token, modal("form:1")).await, (204, 0));
    assert_eq!(desk.callback(id, &token, modal("form:2")).await, (400, 40060));
    let form = acting.await.unwrap().unwrap().modal.unwrap();
    assert_eq!((form.fields[0].value.as_str(), form.fields[0].required, form.fields[1].max), ("old", true, 10));
    for (values, why) in
        [(json!({"a": ""}), "required"), (json!({"a": "01234567890"}), "between"), (json!({"z": "x"}), "no field")]
    {
        let failure = desk.stage.remote.submit(BENNO, form.id, values).await.unwrap_err().to_string();
        assert!(failure.contains(why), "{failure}");
    }
    let stolen = desk.stage.remote.submit(AMINA, form.id, json!({"a": "x"})).await;
    assert!(stolen.is_err(), "a form is on one screen only");

    let acting = desk.act(BENNO, "submit", json!({"modal": form.id, "values": {"b": "more"}}));
    let (id, token, event) = desk.socket.interaction().await;
    let value = |n: usize| event["data"]["components"][n]["components"][0]["value"].clone();
    assert_eq!((value(0), value(1)), (json!("old"), json!("more")), "what was filled in before is sent along");
    assert_eq!(event["message"]["id"], json!(board));
    assert_eq!(desk.callback(id, &token, modal("form:3")).await, (400, 50035), "a form cannot answer a form");
    assert_eq!(desk.callback(id, &token, json!({"type": 7, "data": {"content": "by form"}})).await, (204, 0));
    assert_eq!(acting.await.unwrap().unwrap().text(), "by form");
    assert!(desk.stage.remote.submit(BENNO, form.id, json!({})).await.is_err(), "the form is gone from the screen");
}

#[tokio::test]
async fn a_form_that_fails_stays_on_the_screen() {
    let options = Options { ack_limit: Duration::from_millis(150), ..Options::default() };
    let mut desk = Desk::with(options).await;
    let acting = desk.ask();
    let (id, token, _) = desk.socket.interaction().await;
    desk.callback(id, &token, modal("form")).await;
    let form = acting.await.unwrap().unwrap().modal.unwrap();
    let first = desk.stage.remote.submit(AMINA, form.id, json!({"a": "typed"})).await.unwrap();
    assert_eq!(first.outcome, "failed");
    let again = desk.stage.remote.submit(AMINA, form.id, json!({"a": "typed"})).await.unwrap();
    assert_eq!(again.outcome, "failed", "refused would mean the form was lost");
}
