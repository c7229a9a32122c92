//! Interactions: who may answer when, and how; what a client lets a person do.

use std::time::Duration;

use jointpath::sandbox::remote::{Failure, Seen};
use jointpath::sandbox::{Id, Options};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::sandbox_socket::{GUILD_MESSAGES, GUILDS, Socket};
use crate::sandbox_world::{AMINA, APPLICATION, BENNO, CHANNEL, Stage, stage, world};

const EPHEMERAL: u64 = 64;

/// A stage with commands and a socket that hears interactions.
struct Desk {
    stage: Stage,
    socket: Socket,
}

type Acting = JoinHandle<Result<Seen, Failure>>;

impl Desk {
    async fn new() -> Self {
        Self::with(Options::default()).await
    }

    async fn with(options: Options) -> Self {
        let stage = stage(world(), options).await;
        let commands = json!([
            {"name": "ask", "description": "Ask", "options": [
                {"type": 3, "name": "who", "description": "Who", "required": true, "autocomplete": true},
                {"type": 4, "name": "count", "description": "Count", "min_value": 1, "max_value": 9},
                {"type": 6, "name": "person", "description": "Person"}]},
            {"name": "host", "description": "Host", "default_member_permissions": "32"},
            {"name": "Give this", "type": 3}]);
        stage.good("PUT", &format!("/applications/{APPLICATION}/commands"), commands).await;
        let socket = Socket::identified(&stage, GUILDS | GUILD_MESSAGES).await;
        Self { stage, socket }
    }

    fn act(&self, user: u64, deed: &'static str, body: Value) -> Acting {
        let remote = self.stage.remote.clone();
        tokio::spawn(async move { remote.deed(user, deed, body).await })
    }

    fn ask(&self) -> Acting {
        self.act(AMINA, "command", json!({"channel": CHANNEL, "path": ["ask"], "options": {"who": "x"}}))
    }

    async fn callback(&self, id: Id, token: &str, body: Value) -> (u16, u64) {
        let (status, answer) = self.stage.call("POST", &format!("/interactions/{id}/{token}/callback"), &body).await;
        (status, answer["code"].as_u64().unwrap_or(0))
    }

    async fn webhook(&self, method: &str, rest: &str, body: Value) -> (u16, Value) {
        self.stage.call(method, &format!("/webhooks/{APPLICATION}/{rest}"), &body).await
    }

    /// A posted message with a button, a disabled button, a select.
    async fn board(&self) -> Id {
        let body = json!({"content": "board", "components": [
            {"type": 1, "components": [
                {"type": 2, "style": 1, "label": "Start", "custom_id": "start"},
                {"type": 2, "style": 2, "label": "Old", "custom_id": "old", "disabled": true}]},
            {"type": 1, "components": [{"type": 3, "custom_id": "pick", "min_values": 1, "max_values": 2, "options": [
                {"label": "A", "value": "a"}, {"label": "B", "value": "b"}, {"label": "C", "value": "c"}]}]},
            {"type": 1, "components": [{"type": 5, "custom_id": "who"}]}]});
        let message = self.stage.good("POST", &format!("/channels/{CHANNEL}/messages"), body).await;
        Id::from_json(&message["id"]).unwrap()
    }
}

fn modal(custom_id: &str) -> Value {
    let input = |id: &str, required: bool| {
        json!({"type": 1, "components": [{"type": 4, "style": 2, "custom_id": id, "label": id, "required": required,
            "max_length": 10, "value": if required { "old" } else { "" }}]})
    };
    json!({"type": 9, "data": {"title": "T", "custom_id": custom_id, "components": [input("a", true), input("b", false)]}})
}

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

    let (status, edited) = desk.webhook("PATCH", &format!("{token}/messages/@original"), json!({"content": "new"})).await;
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
    let (status, _) = desk.webhook("PATCH", &format!("{token}/messages/@original"), json!({"content": "chosen", "components": []})).await;
    assert_eq!(status, 200);
    let seen = acting.await.unwrap().unwrap();
    assert_eq!((seen.outcome.as_str(), seen.text(), seen.message.as_ref().unwrap().components.len()), ("update", "chosen", 0));
}

#[tokio::test]
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
    for (values, why) in [(json!({"a": ""}), "required"), (json!({"a": "01234567890"}), "between"), (json!({"z": "x"}), "no field")] {
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
    assert_eq!(event["data"]["resolved"]["messages"][&target]["content"], "The well is dry", "shown without the intent");
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
