//! Faults, loud failures, the record, the world file.

use std::time::Duration;

use jointpath::sandbox::{Id, Options};
use serde_json::{Value, json};

use crate::sandbox_socket::{GUILDS, Socket};
use crate::sandbox_world::{AMINA, CHANNEL, GUILD, Stage, TOKEN, stage, world};

#[tokio::test]
async fn a_lost_answer_is_lost_after_the_deed() {
    let stage = Stage::new().await;
    let path = format!("/channels/{CHANNEL}/messages");
    let fault = |kind: &str| json!({"kind": kind, "route": "POST /api/v10/channels/{}/messages"});
    stage.remote.fault(fault("drop_after_accept")).await.unwrap();
    let url = format!("{}/api/v10{path}", stage.sandbox.url());
    let request =
        stage.http.post(&url).header("authorization", format!("Bot {TOKEN}")).json(&json!({"content": "did it?"}));
    request.send().await.expect_err("the connection is cut before any answer");
    assert_eq!(stage.remote.read_all(CHANNEL).await.unwrap()[0].content, "did it?");

    let mut limited = fault("status");
    limited["status"] = json!(429);
    limited["retry_after"] = json!(1.5);
    stage.remote.fault(limited).await.unwrap();
    let request = stage.http.post(&url).header("authorization", format!("Bot {TOKEN}")).json(&json!({"content": "no"}));
    let answer = request.send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["retry-after"].to_str().unwrap()), (429, "1.5"));
    assert_eq!(answer.json::<Value>().await.unwrap()["retry_after"], 1.5);

    let mut broken = fault("status");
    broken["status"] = json!(502);
    broken["count"] = json!(2);
    stage.remote.fault(broken).await.unwrap();
    for _ in 0..2 {
        assert_eq!(stage.call("POST", &path, &json!({"content": "no"})).await.0, 502);
    }
    stage.say("yes").await;
    assert_eq!(stage.remote.read_all(CHANNEL).await.unwrap().len(), 2, "a refused request does nothing");
    stage.remote.fault(json!({"kind": "slow_ms", "ms": 120})).await.unwrap();
    let began = std::time::Instant::now();
    stage.say("slow").await;
    assert!(began.elapsed() >= Duration::from_millis(120));
}

#[tokio::test]
async fn an_unknown_route_is_loud() {
    let stage = Stage::new().await;
    let (status, body) = stage.call("GET", "/channels/1/teleport", &Value::Null).await;
    assert_eq!((status, body), (404, json!({"code": 0, "message": "404: Not Found"})));
    assert_eq!(stage.call("GET", &format!("/guilds/{GUILD}/scheduled-events/5/users"), &Value::Null).await.0, 501);
    let unknown = stage.remote.unknown_routes().await.unwrap();
    assert_eq!(unknown[0], "GET /api/v10/channels/1/teleport");
    assert_eq!(unknown.len(), 2);
    let bare = stage.http.get(format!("{}/api/v10/users/@me", stage.sandbox.url())).send().await.unwrap();
    assert_eq!(bare.status().as_u16(), 401);
}

#[tokio::test]
async fn the_record_holds_everything_but_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.jsonl");
    let stage = stage(world(), Options { record: Some(path.clone()), ..Options::default() }).await;
    let mut socket = Socket::identified(&stage, GUILDS).await;
    stage.good("PUT", "/applications/900/commands", json!([{"name": "go", "description": "Go"}])).await;
    let remote = stage.remote.clone();
    let acting = tokio::spawn(async move { remote.command(AMINA, CHANNEL, &["go"], json!({})).await });
    let (id, token, _) = socket.interaction().await;
    stage
        .call("POST", &format!("/interactions/{id}/{token}/callback"), &json!({"type": 4, "data": {"content": "hi"}}))
        .await;
    acting.await.unwrap().unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    assert!(!text.contains(TOKEN) && !text.contains(&token), "a secret stands in the record");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let has = |dir: &str, test: &dyn Fn(&Value) -> bool| lines.iter().any(|line| line["dir"] == dir && test(line));
    assert!(has("frame_in", &|line| line["d"]["token"] == "REDACTED"));
    assert!(has("event", &|line| line["t"] == "INTERACTION_CREATE" && line["op"] == 0));
    let callback = format!("/api/v10/interactions/{id}/ix-{id}-TOKEN/callback");
    assert!(has("request", &|line| line["path"] == callback.as_str() && line["body"]["type"] == 4));
    assert!(has("response", &|line| line["path"] == callback.as_str() && line["status"] == 204));
}

#[tokio::test]
async fn a_world_comes_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    let text = json!({"now": "2026-03-02T08:00:00Z", "token": "t", "application": {"id": "900", "name": "A"},
        "bot": {"id": 901, "username": "b"}, "users": [{"id": "1", "username": "u"}],
        "guilds": [{"id": "5", "name": "G", "owner_id": "1", "channels": [{"id": "6", "name": "c", "type": 0}]}]});
    std::fs::write(&path, text.to_string()).unwrap();
    let world = jointpath::sandbox::World::load(&path).unwrap();
    assert_eq!((world.bot.id, world.guilds[0].channels[0].id), (Id(901), Id(6)));
    assert_eq!((world.users[0].locale.as_str(), world.users[0].dm_open), ("en-US", true));
    std::fs::write(&path, text.to_string().replace("owner_id", "owner")).unwrap();
    let error = jointpath::sandbox::World::load(&path).unwrap_err().to_string();
    assert!(error.contains("unknown field `owner`"), "{error}");
}
