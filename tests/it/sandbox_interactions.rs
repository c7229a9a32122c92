//! Interactions: who may answer when, and how.

use std::time::Duration;

use jointpath::sandbox::{Id, Options};
use serde_json::{Value, json};

use crate::sandbox_desk::{Desk, EPHEMERAL};
use crate::sandbox_world::{AMINA, BENNO, CHANNEL};

#[tokio::test]
async fn a_command_is_answered_once() {
    let mut desk = Desk::new().await;
    let acting = desk.ask();
    let (id, token, event) = desk.socket.interaction().await;
    assert_eq!(event["data"]["options"], json!([{"name": "who", "type": 3, "value": "x"}]));
    assert_eq!((&event["type"], &event["locale"], &event["context"]), (&json!(2), &json!("en-US"), &json!(0)));
    assert_eq!(event["member"]["user"]["id"], AMINA.to_string());
    assert_eq!(desk.callback(id, "ix-1-wrong", json!({"type": 4, "data": {"content": "x"}})).await, (404, 10062));
    assert_eq!(desk.webhook("POST", &token, json!({"content": "early"})).await.1["code"], 10015);
    for wrong in [6, 7, 8, 1, 12] {
        assert_eq!(desk.callback(id, &token, json!({"type": wrong, "data": {}})).await, (400, 50035), "type {wrong}");
    }
    assert_eq!(desk.callback(id, &token, json!({"type": 4, "data": {"contnet": "x"}})).await, (400, 50035));
    assert_eq!(desk.callback(id, &token, json!({"type": 4, "data": {"content": "done"}})).await, (204, 0));
    assert_eq!(desk.callback(id, &token, json!({"type": 4, "data": {"content": "again"}})).await, (400, 40060));
    let seen = acting.await.unwrap().unwrap();
    assert_eq!((seen.outcome.as_str(), seen.text()), ("message", "done"));
    let echo = desk.socket.event("MESSAGE_CREATE").await;
    assert_eq!((&echo["type"], &echo["interaction_metadata"]["id"]), (&json!(20), &json!(id)));
    let (status, whole) = desk.webhook("GET", &format!("{token}/messages/@original"), Value::Null).await;
    assert_eq!((status, &whole["content"]), (200, &json!("done")));
}

#[tokio::test]
async fn nobody_answers_for_three_seconds() {
    let options = Options { ack_limit: Duration::from_millis(120), ..Options::default() };
    let mut desk = Desk::with(options).await;
    let acting = desk.ask();
    let (id, token, _) = desk.socket.interaction().await;
    let seen = acting.await.unwrap().unwrap();
    assert_eq!((seen.outcome.as_str(), seen.why.as_deref()), ("failed", Some("This interaction failed")));
    assert_eq!(desk.callback(id, &token, json!({"type": 4, "data": {"content": "late"}})).await, (404, 10062));
    assert_eq!(Options::default().ack_limit, Duration::from_secs(3));
}

#[tokio::test]
async fn a_deferral_is_seen_only_when_it_is_filled() {
    let mut desk = Desk::new().await;
    let acting = desk.ask();
    let (id, token, _) = desk.socket.interaction().await;
    assert_eq!(desk.callback(id, &token, json!({"type": 5, "data": {"content": "x"}})).await, (400, 50035));
    assert_eq!(desk.callback(id, &token, json!({"type": 5, "data": {"flags": EPHEMERAL}})).await, (204, 0));
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!acting.is_finished());
    // The first followup fills the deferred answer and stays ephemeral, whatever it asks for.
    let (status, filled) = desk.webhook("POST", &token, json!({"content": "filled"})).await;
    assert_eq!((status, filled["flags"].as_u64().unwrap() & EPHEMERAL), (200, EPHEMERAL));
    let (_, second) = desk.webhook("POST", &token, json!({"content": "second"})).await;
    assert_ne!(second["id"], filled["id"]);
    let seen = acting.await.unwrap().unwrap();
    assert_eq!((seen.text(), seen.message.as_ref().unwrap().ephemeral_for), ("filled", Some(Id(AMINA))));

    let texts = |posts: Vec<jointpath::sandbox::remote::Post>| posts.into_iter().map(|p| p.content).collect::<Vec<_>>();
    assert_eq!(texts(desk.stage.remote.read_channel(AMINA, CHANNEL).await.unwrap()), ["filled", "second"]);
    assert_eq!(texts(desk.stage.remote.read_channel(BENNO, CHANNEL).await.unwrap()), ["second"]);
    let listed = desk.stage.good("GET", &format!("/channels/{CHANNEL}/messages"), Value::Null).await;
    assert_eq!(listed.as_array().unwrap().len(), 1, "REST never lists an ephemeral message");
    let path = format!("/channels/{CHANNEL}/messages/{}", filled["id"].as_str().unwrap());
    assert_eq!(desk.stage.call("GET", &path, &Value::Null).await.1["code"], 10008);

    let (status, edited) =
        desk.webhook("PATCH", &format!("{token}/messages/@original"), json!({"content": "new"})).await;
    assert_eq!((status, &edited["content"]), (200, &json!("new")));
    let (status, _) = desk.webhook("DELETE", &format!("{token}/messages/@original"), Value::Null).await;
    assert_eq!(status, 204);
    let (_, gone) = desk.webhook("GET", &format!("{token}/messages/@original"), Value::Null).await;
    assert_eq!(gone["code"], 10008);
}

#[tokio::test]
async fn a_token_lives_fifteen_minutes_of_world_time() {
    let mut desk = Desk::new().await;
    let acting = desk.ask();
    let (id, token, _) = desk.socket.interaction().await;
    desk.callback(id, &token, json!({"type": 4, "data": {"content": "done"}})).await;
    acting.await.unwrap().unwrap();
    let now_ms = desk.stage.remote.clock().await.unwrap();
    desk.stage.remote.jump(now_ms + 15 * 60_000).await.unwrap();
    assert_eq!(desk.webhook("POST", &token, json!({"content": "still"})).await.0, 200);
    desk.stage.remote.jump(now_ms + 15 * 60_000 + 1).await.unwrap();
    let (status, body) = desk.webhook("POST", &token, json!({"content": "too late"})).await;
    assert_eq!((status, &body["code"]), (401, &json!(50027)));
}

#[tokio::test]
async fn components_update_their_message() {
    let mut desk = Desk::new().await;
    let board = desk.board().await;
    let acting = desk.act(BENNO, "press", json!({"message": board, "custom_id": "start"}));
    let (id, token, event) = desk.socket.interaction().await;
    assert_eq!((&event["data"]["custom_id"], &event["data"]["component_type"]), (&json!("start"), &json!(2)));
    assert_eq!(event["message"]["id"], json!(board));
    assert_eq!(desk.callback(id, &token, json!({"type": 7, "data": {"content": "begun"}})).await, (204, 0));
    let seen = acting.await.unwrap().unwrap();
    assert_eq!((seen.outcome.as_str(), seen.text()), ("update", "begun"));
    assert_eq!(seen.message.unwrap().controls().len(), 4, "components that were not sent stay");

    let acting = desk.act(BENNO, "select", json!({"message": board, "custom_id": "pick", "values": ["a", "c"]}));
    let (id, token, event) = desk.socket.interaction().await;
    assert_eq!(event["data"]["values"], json!(["a", "c"]));
    assert_eq!(desk.callback(id, &token, json!({"type": 6})).await, (204, 0));
    let (status, _) = desk
        .webhook("PATCH", &format!("{token}/messages/@original"), json!({"content": "chosen", "components": []}))
        .await;
    assert_eq!(status, 200);
    let seen = acting.await.unwrap().unwrap();
    assert_eq!(
        (seen.outcome.as_str(), seen.text(), seen.message.as_ref().unwrap().components.len()),
        ("update", "chosen", 0)
    );
}

#[tokio::test]
async fn suggestions_and_message_commands() {
    let mut desk = Desk::new().await;
    let typing = json!({"channel": CHANNEL, "path": ["ask"], "options": {"who": "am"}, "focused": "who"});
    let acting = desk.act(BENNO, "autocomplete", typing.clone());
    let (id, token, event) = desk.socket.interaction().await;
    assert_eq!(event["data"]["options"], json!([{"name": "who", "type": 3, "value": "am", "focused": true}]));
    let many: Vec<Value> = (0..26).map(|n| json!({"name": n.to_string(), "value": "v"})).collect();
    assert_eq!(desk.callback(id, &token, json!({"type": 8, "data": {"choices": many}})).await, (400, 50035));
    let long = json!([{"name": "x".repeat(101), "value": "v"}]);
    assert_eq!(desk.callback(id, &token, json!({"type": 8, "data": {"choices": long}})).await, (400, 50035));
    assert_eq!(desk.callback(id, &token, json!({"type": 5})).await, (400, 50035), "suggestions cannot be deferred");
    let one = json!([{"name": "Amina", "value": "1001"}]);
    assert_eq!(desk.callback(id, &token, json!({"type": 8, "data": {"choices": one}})).await, (204, 0));
    assert_eq!(acting.await.unwrap().unwrap().choices.unwrap(), [json!({"name": "Amina", "value": "1001"})]);

    let said = desk.stage.remote.post_message(BENNO, CHANNEL, "The well is dry").await.unwrap();
    let acting = desk.act(AMINA, "message-command", json!({"message": said.id, "name": "Give this"}));
    let (id, token, event) = desk.socket.interaction().await;
    let target = said.id.to_string();
    assert_eq!(event["data"]["target_id"], target.as_str());
    assert_eq!(
        event["data"]["resolved"]["messages"][&target]["content"], "The well is dry",
        "shown without the intent"
    );
    desk.callback(id, &token, json!({"type": 4, "data": {"content": "taken", "flags": EPHEMERAL}})).await;
    assert_eq!(acting.await.unwrap().unwrap().message.unwrap().kind, 23);

    let nested = json!({"channel": CHANNEL, "name": "ask", "options": [
        {"name": "who", "type": 3, "value": "x"}, {"name": "person", "type": 6, "value": "1002"}]});
    let acting = desk.act(AMINA, "command", nested);
    let (id, token, event) = desk.socket.interaction().await;
    assert_eq!(event["data"]["resolved"]["users"]["1002"]["username"], "benno");
    desk.callback(id, &token, json!({"type": 4, "data": {"content": "ok"}})).await;
    acting.await.unwrap().unwrap();
}
