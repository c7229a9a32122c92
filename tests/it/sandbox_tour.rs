//! A tour through most routes and events, laid before the oracles.

use std::collections::BTreeSet;

use jointpath::sandbox::Options;
use serde_json::{Value, json};

use crate::discord_record::{Strictness, judge};
use crate::discord_schema::Schema;
use crate::sandbox_scheduled::event;
use crate::sandbox_socket::{GUILD_MESSAGES, GUILDS, Socket};
use crate::sandbox_world::{AMINA, BENNO, BOT_RIGHTS, CHANNEL, GUILD, HIDDEN, Stage, TOKEN, stage, world};

async fn tour(stage: &Stage, socket: &mut Socket) {
    let post = format!("/channels/{CHANNEL}/messages");
    for path in
        ["/gateway", "/gateway/bot", "/users/@me", "/oauth2/applications/@me", "/users/@me/guilds", "/users/1001"]
    {
        stage.good("GET", path, Value::Null).await;
    }
    for part in ["", "/roles", "/channels", "/members/1001", "/members/search?query=am", "/threads/active"] {
        stage.good("GET", &format!("/guilds/{GUILD}{part}"), Value::Null).await;
    }
    let rich = json!({"content": "hello <@1002>", "nonce": "n1", "embeds": [{"title": "T", "description": "D",
        "color": 5, "footer": {"text": "f"}, "author": {"name": "a"}, "fields": [{"name": "n", "value": "v"}],
        "image": {"url": "https://example.org/a.png"}}],
        "components": [
            {"type": 1, "components": [{"type": 2, "style": 1, "label": "Start", "custom_id": "s", "emoji": {"name": "🌱"}},
                {"type": 2, "style": 5, "label": "Web", "url": "https://example.org"}]},
            {"type": 1, "components": [{"type": 3, "custom_id": "p", "placeholder": "Pick", "options": [
                {"label": "A", "value": "a", "description": "d", "default": true}]}]},
            {"type": 1, "components": [{"type": 5, "custom_id": "u"}]},
            {"type": 1, "components": [{"type": 8, "custom_id": "c", "channel_types": [0]}]}]});
    let sent = stage.good("POST", &post, rich).await;
    let id = sent["id"].as_str().unwrap();
    let reply = json!({"content": "re", "message_reference": {"message_id": id}, "allowed_mentions": {"parse": []}});
    stage.good("POST", &post, reply).await;
    stage.good("PATCH", &format!("{post}/{id}"), json!({"content": "edited"})).await;
    stage.good("GET", &format!("{post}/{id}"), Value::Null).await;
    stage.good("PUT", &format!("/channels/{CHANNEL}/pins/{id}"), Value::Null).await;
    for part in ["messages", "pins", "messages/pins"] {
        stage.good("GET", &format!("/channels/{CHANNEL}/{part}"), Value::Null).await;
    }
    stage.good("GET", &format!("/channels/{CHANNEL}"), Value::Null).await;
    stage.good("POST", &format!("{post}/{id}/threads"), json!({"name": "Talk"})).await;
    let triad = threads(stage).await;
    events(stage).await;
    file(stage).await;
    errors(stage, id).await;
    commands(stage).await;
    talk(stage, socket, id).await;
    stage.good("DELETE", &format!("{post}/{id}"), Value::Null).await;
    stage.good("DELETE", &triad, Value::Null).await;
    befall(stage).await;
}

/// Threads and a direct message; returns the path of a private thread.
async fn threads(stage: &Stage) -> String {
    let triad = stage
        .good("POST", &format!("/channels/{CHANNEL}/threads"), json!({"name": "Triad", "type": 12, "invitable": false}))
        .await;
    let triad = format!("/channels/{}", triad["id"].as_str().unwrap());
    stage.good("PUT", &format!("{triad}/thread-members/{BENNO}"), Value::Null).await;
    stage.good("GET", &format!("{triad}/thread-members/{BENNO}"), Value::Null).await;
    stage.good("POST", &format!("{triad}/messages"), json!({"content": "hi"})).await;
    stage.good("PATCH", &triad, json!({"archived": true, "name": "Triad 1"})).await;
    for kind in ["threads/archived/public", "threads/archived/private", "users/@me/threads/archived/private"] {
        stage.good("GET", &format!("/channels/{CHANNEL}/{kind}"), Value::Null).await;
    }
    stage.good("PATCH", &triad, json!({"archived": false})).await;
    stage.good("DELETE", &format!("{triad}/thread-members/{BENNO}"), Value::Null).await;
    let dm = stage.good("POST", "/users/@me/channels", json!({"recipient_id": "1001"})).await;
    stage.good("POST", &format!("/channels/{}/messages", dm["id"].as_str().unwrap()), json!({"content": "psst"})).await;
    triad
}

/// Scheduled events, one of which begins and ends.
async fn events(stage: &Stage) {
    let bits = (BOT_RIGHTS | 1 << 44).to_string();
    let may = json!({"guild": GUILD, "role": GUILD + 1, "permissions": bits});
    stage.remote.happen("role_permissions", may).await.unwrap();
    let path = format!("/guilds/{GUILD}/scheduled-events");
    let first = stage.good("POST", &path, event("09:00", "10:00")).await["id"].as_str().unwrap().to_owned();
    let other = stage.good("POST", &path, event("09:00", "10:00")).await["id"].as_str().unwrap().to_owned();
    let change = json!({"name": "Later", "description": null, "scheduled_end_time": "2026-03-02T11:00:00Z"});
    stage.good("PATCH", &format!("{path}/{first}"), change).await;
    stage.good("GET", &format!("{path}?with_user_count=true"), Value::Null).await;
    stage.good("GET", &format!("{path}/{first}"), Value::Null).await;
    stage.good("DELETE", &format!("{path}/{other}"), Value::Null).await;
    assert_eq!(stage.call("GET", &format!("{path}/{other}"), &Value::Null).await.1["code"], 10070);
}

/// What befalls a bot.
async fn befall(stage: &Stage) {
    let happen = async |act: &str, body: Value| stage.remote.happen(act, body).await.unwrap();
    happen("role_permissions", json!({"guild": GUILD, "role": GUILD, "permissions": "1024"})).await;
    happen("rename", json!({"user": AMINA, "global_name": "Amina B."})).await;
    happen(
        "overwrite",
        json!({"channel": CHANNEL, "overwrite": {"id": GUILD, "type": 0, "allow": "1024", "deny": "0"}}),
    )
    .await;
    happen("member_leaves", json!({"guild": GUILD, "user": BENNO})).await;
    happen("member_joins", json!({"guild": GUILD, "user": BENNO})).await;
    happen("delete_channel", json!({"channel": CHANNEL})).await;
    happen("kick", json!({"guild": GUILD})).await;
    happen("invite", json!({"guild": GUILD})).await;
}

async fn file(stage: &Stage) {
    let part = reqwest::multipart::Part::bytes(vec![1, 2, 3]).file_name("a.png").mime_str("image/png").unwrap();
    let form = reqwest::multipart::Form::new().part("files[0]", part).text("payload_json", r#"{"content":"file"}"#);
    let url = format!("{}/api/v10/channels/{CHANNEL}/messages", stage.sandbox.url());
    let sent =
        stage.http.post(url).header("authorization", format!("Bot {TOKEN}")).multipart(form).send().await.unwrap();
    assert_eq!(sent.status().as_u16(), 200);
}

#[rustfmt::skip]
async fn errors(stage: &Stage, message: &str) {
    let post = format!("/channels/{CHANNEL}/messages");
    for (method, path, body) in [
        ("POST", post.clone(), json!({"content": "x".repeat(2001)})),
        ("POST", post.clone(), json!({})),
        ("POST", format!("{post}/{message}/threads"), json!({"name": "again"})),
        ("GET", format!("/channels/{HIDDEN}"), Value::Null),
        ("GET", format!("{post}/5"), Value::Null),
        ("GET", "/guilds/5".into(), Value::Null),
    ] {
        assert!(stage.call(method, &path, &body).await.0 >= 400);
    }
}

#[rustfmt::skip]
async fn commands(stage: &Stage) {
    let list = json!([
        {"name": "go", "description": "Go", "name_localizations": {"de": "los"}, "options": [
            {"type": 1, "name": "far", "description": "Far", "options": [
                {"type": 3, "name": "where", "description": "Where", "autocomplete": true, "required": true},
                {"type": 6, "name": "with", "description": "With"},
                {"type": 7, "name": "place", "description": "Place"},
                {"type": 8, "name": "role", "description": "Role"}]}]},
        {"name": "Give this", "type": 3}]);
    stage.good("PUT", "/applications/900/commands", list).await;
    stage.good("GET", "/applications/900/commands", Value::Null).await;
    let one = stage.good("POST", "/applications/900/guilds/100/commands", json!({"name": "local", "description": "L"})).await;
    let path = format!("/applications/900/guilds/100/commands/{}", one["id"].as_str().unwrap());
    stage.good("PATCH", &path, json!({"description": "Local"})).await;
    stage.good("GET", &path, Value::Null).await;
    stage.good("DELETE", &path, Value::Null).await;
}

async fn exchange(
    stage: &Stage,
    socket: &mut Socket,
    deed: &'static str,
    body: Value,
    answer: Value,
) -> (Value, String) {
    let remote = stage.remote.clone();
    let acting = tokio::spawn(async move { remote.deed(BENNO, deed, body).await });
    let (id, token, _) = socket.interaction().await;
    stage.good("POST", &format!("/interactions/{id}/{token}/callback?with_response=true"), answer.clone()).await;
    if answer["type"] == 5 || answer["type"] == 6 {
        stage.good("PATCH", &format!("/webhooks/900/{token}/messages/@original"), json!({"content": "late"})).await;
    }
    let seen = acting.await.unwrap().unwrap();
    (seen.modal.map_or(Value::Null, |form| json!(form.id)), token)
}

#[rustfmt::skip]
async fn talk(stage: &Stage, socket: &mut Socket, message: &str) {
    let go = json!({"channel": CHANNEL, "path": ["go", "far"],
        "options": {"where": "x", "with": "1001", "place": CHANNEL.to_string(), "role": "101"}});
    let say = |kind: u8| json!({"type": kind, "data": {"content": "hi"}});
    let (_, token) = exchange(stage, socket, "command", go.clone(), say(4)).await;
    let follow = stage.good("POST", &format!("/webhooks/900/{token}"), json!({"content": "f", "flags": 64})).await;
    let follow = follow["id"].as_str().unwrap();
    stage.good("GET", &format!("/webhooks/900/{token}/messages/%40original"), Value::Null).await;
    stage.good("PATCH", &format!("/webhooks/900/{token}/messages/{follow}"), json!({"content": "g"})).await;
    stage.good("DELETE", &format!("/webhooks/900/{token}/messages/{follow}"), Value::Null).await;
    exchange(stage, socket, "command", go.clone(), json!({"type": 5})).await;
    let typing = json!({"channel": CHANNEL, "path": ["go", "far"], "options": {"where": "a"}, "focused": "where"});
    exchange(stage, socket, "autocomplete", typing, json!({"type": 8, "data": {"choices": [{"name": "A", "value": "a"}]}})).await;
    exchange(stage, socket, "message-command", json!({"message": message, "name": "Give this"}), say(4)).await;
    let press = json!({"message": message, "custom_id": "s"});
    exchange(stage, socket, "press", press.clone(), say(4)).await;
    exchange(stage, socket, "press", press.clone(), json!({"type": 6})).await;
    exchange(stage, socket, "select", json!({"message": message, "custom_id": "p", "values": ["a"]}), say(7)).await;
    exchange(stage, socket, "select", json!({"message": message, "custom_id": "u", "values": ["1001"]}), say(7)).await;
    exchange(stage, socket, "select", json!({"message": message, "custom_id": "c", "values": [CHANNEL.to_string()]}), say(7)).await;
    let modal = json!({"type": 9, "data": {"title": "T", "custom_id": "m", "components": [
        {"type": 1, "components": [{"type": 4, "custom_id": "a", "style": 1, "label": "A"}]},
        {"type": 18, "label": "B", "component": {"type": 4, "custom_id": "b", "style": 2}}]}});
    let (form, _) = exchange(stage, socket, "press", press, modal.clone()).await;
    exchange(stage, socket, "submit", json!({"modal": form, "values": {"a": "1", "b": "2"}}), say(4)).await;
    let (form, _) = exchange(stage, socket, "command", go, modal).await;
    exchange(stage, socket, "submit", json!({"modal": form, "values": {"a": "1", "b": "2"}}), json!({"type": 5})).await;
}

#[tokio::test]
async fn responses_are_valid_for_discord_and_events_for_twilight() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.jsonl");
    let mut world = world();
    world.application.privileged_intents = vec!["GUILD_MEMBERS".into()];
    let stage = stage(world, Options { record: Some(path.clone()), ..Options::default() }).await;
    let mut socket = Socket::identified(&stage, GUILDS | GUILD_MESSAGES | 2 | 1 << 12 | 1 << 16).await;
    tour(&stage, &mut socket).await;
    assert_eq!(stage.remote.unknown_routes().await.unwrap(), Vec::<String>::new());

    if let Some(mut schema) = Schema::found() {
        let verdict = judge(&path, &mut schema, Strictness::Taken);
        assert!(verdict.complaints.is_empty(), "{verdict}");
    }
    let kinds: BTreeSet<String> = std::fs::read_to_string(&path)
        .unwrap()
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).unwrap()["t"].as_str().map(str::to_owned))
        .collect();
    let told = [
        "CHANNEL_DELETE",
        "CHANNEL_PINS_UPDATE",
        "CHANNEL_UPDATE",
        "GUILD_CREATE",
        "GUILD_DELETE",
        "GUILD_MEMBER_ADD",
        "GUILD_MEMBER_REMOVE",
        "GUILD_MEMBER_UPDATE",
        "GUILD_ROLE_UPDATE",
        "GUILD_SCHEDULED_EVENT_CREATE",
        "GUILD_SCHEDULED_EVENT_DELETE",
        "GUILD_SCHEDULED_EVENT_UPDATE",
        "INTERACTION_CREATE",
        "MESSAGE_CREATE",
        "MESSAGE_DELETE",
        "MESSAGE_UPDATE",
        "READY",
        "THREAD_CREATE",
        "THREAD_DELETE",
        "THREAD_MEMBERS_UPDATE",
        "THREAD_UPDATE",
    ];
    assert_eq!(kinds.iter().map(String::as_str).collect::<Vec<_>>(), told);
}
