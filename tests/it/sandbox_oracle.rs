//! Two oracles that are not ours: Discord's published REST schema, and twilight's model of the gateway.
//!
//! A tour through most routes is recorded; every response must be valid for its route and status in
//! `tests/discord/openapi.json` (Discord's own, MIT), every event must parse in twilight-model.
//! [`check_record`] takes any record, so other tests may use it on theirs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jointpath::sandbox::{Id, Options};
use serde::de::DeserializeSeed;
use serde_json::{Value, json};

use crate::sandbox_socket::{GUILD_MESSAGES, GUILDS, Socket};
use crate::sandbox_world::{AMINA, BENNO, CHANNEL, GUILD, HIDDEN, Stage, TOKEN, stage, world};

/// Discord's published schema, with validators made when they are first needed.
pub struct Schema {
    whole: Value,
    ready: BTreeMap<(String, String, u16), Option<jsonschema::Validator>>,
}

impl Schema {
    pub fn load() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/discord/openapi.json");
        let whole = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        Self { whole, ready: BTreeMap::new() }
    }

    /// The path template a path fits; plain parts win over placeholders.
    fn template(&self, path: &str) -> Option<String> {
        let parts: Vec<&str> = path.split('/').collect();
        let fits = |template: &&String| {
            let slots: Vec<&str> = template.split('/').collect();
            slots.len() == parts.len() && slots.iter().zip(&parts).all(|(slot, part)| slot.starts_with('{') || slot == part)
        };
        let all = self.whole["paths"].as_object().unwrap().keys();
        all.filter(fits).min_by_key(|template| template.matches('{').count()).cloned()
    }

    fn response(&self, template: &str, method: &str, status: u16) -> Option<jsonschema::Validator> {
        let responses = &self.whole["paths"][template][method.to_lowercase()]["responses"];
        let class = format!("{}XX", status / 100);
        let found = [status.to_string(), class].iter().find_map(|key| responses.get(key))?;
        let found = match found["$ref"].as_str() {
            Some(reference) => self.whole.pointer(reference.trim_start_matches('#')).unwrap(),
            None => found,
        };
        let schema = found["content"]["application/json"].get("schema")?;
        let whole = json!({"allOf": [schema], "components": self.whole["components"]});
        Some(jsonschema::draft202012::new(&whole).unwrap())
    }

    /// What is wrong with a response; nothing if it is valid or the schema is silent about it.
    pub fn complain(&mut self, method: &str, path: &str, status: u16, body: &Value) -> Option<String> {
        let Some(template) = self.template(path) else { return Some(format!("{path} is no path of Discord's")) };
        let key = (template, method.to_owned(), status);
        if !self.ready.contains_key(&key) {
            let made = self.response(&key.0, method, status);
            self.ready.insert(key.clone(), made);
        }
        let validator = self.ready[&key].as_ref()?;
        let mut body = body.clone();
        if let Some(tree) = body.get_mut("errors") {
            number_codes(tree);
        }
        let wrong: Vec<String> = validator
            .iter_errors(&body)
            .map(|error| format!("{} at {}", error.to_string().chars().take(300).collect::<String>(), error.instance_path()))
            .collect();
        (!wrong.is_empty()).then(|| wrong.join("; "))
    }
}

/// The schema wants numbers as codes in the `errors` tree; Discord's own page ("Reference", error
/// messages) shows words such as `BASE_TYPE_CHOICES`. The page is right; the schema is humoured.
fn number_codes(tree: &mut Value) {
    match tree {
        Value::Object(fields) => {
            if fields.get("code").is_some_and(Value::is_string) {
                fields.insert("code".into(), json!(0));
            }
            fields.values_mut().for_each(number_codes);
        }
        Value::Array(list) => list.iter_mut().for_each(number_codes),
        _ => {}
    }
}

/// Checks every response and event of a record; returns the complaints.
pub fn check_record(path: &Path) -> Vec<String> {
    let mut schema = Schema::load();
    let mut complaints = Vec::new();
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        match line["dir"].as_str() {
            Some("response") => {
                let (method, path) = (line["method"].as_str().unwrap(), line["path"].as_str().unwrap());
                let status = u16::try_from(line["status"].as_u64().unwrap()).unwrap();
                let path = path.trim_start_matches("/api/v10");
                if let Some(wrong) = schema.complain(method, path, status, &line["body"]) {
                    complaints.push(format!("{method} {path} {status}: {wrong}"));
                }
            }
            Some("event") => complaints.extend(parse_event(&line["body"])),
            _ => {}
        }
    }
    complaints
}

/// What twilight has against an event.
fn parse_event(event: &Value) -> Option<String> {
    let mut frame = event.clone();
    frame["s"] = json!(1);
    let text = frame.to_string();
    let deserializer = twilight_model::gateway::event::GatewayEventDeserializer::from_json(&text)?;
    let mut json = serde_json::Deserializer::from_str(&text);
    let parsed = deserializer.deserialize(&mut json);
    parsed.err().map(|error| format!("{}: {error}", event["t"]))
}

/// Does a little of everything.
async fn tour(stage: &Stage, socket: &mut Socket) {
    let post = format!("/channels/{CHANNEL}/messages");
    for path in ["/gateway", "/gateway/bot", "/users/@me", "/oauth2/applications/@me", "/users/@me/guilds", "/users/1001"] {
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
    let triad = stage.good("POST", &format!("/channels/{CHANNEL}/threads"), json!({"name": "Triad", "type": 12, "invitable": false})).await;
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
    file(stage).await;
    errors(stage, id).await;
    commands(stage).await;
    talk(stage, socket, id).await;
    stage.good("DELETE", &format!("{post}/{id}"), Value::Null).await;
    stage.good("DELETE", &triad, Value::Null).await;
    let happen = async |act: &str, body: Value| stage.remote.happen(act, body).await.unwrap();
    happen("role_permissions", json!({"guild": GUILD, "role": GUILD, "permissions": "1024"})).await;
    happen("rename", json!({"user": AMINA, "global_name": "Amina B."})).await;
    happen("overwrite", json!({"channel": CHANNEL, "overwrite": {"id": GUILD, "type": 0, "allow": "1024", "deny": "0"}})).await;
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
    let sent = stage.http.post(url).header("authorization", format!("Bot {TOKEN}")).multipart(form).send().await.unwrap();
    assert_eq!(sent.status().as_u16(), 200);
}

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

/// One interaction: who acts, how, and with what the bot answers.
async fn exchange(stage: &Stage, socket: &mut Socket, deed: &'static str, body: Value, answer: Value) -> (Value, String) {
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

async fn talk(stage: &Stage, socket: &mut Socket, message: &str) {
    let go = json!({"channel": CHANNEL, "path": ["go", "far"],
        "options": {"where": "x", "with": "1001", "place": CHANNEL.to_string(), "role": "101"}});
    let say = |kind: u8| json!({"type": kind, "data": {"content": "hi"}});
    let (_, token) = exchange(stage, socket, "command", go.clone(), say(4)).await;
    let follow = stage.good("POST", &format!("/webhooks/900/{token}"), json!({"content": "f", "flags": 64})).await;
    let follow = follow["id"].as_str().unwrap();
    stage.good("GET", &format!("/webhooks/900/{token}/messages/@original"), Value::Null).await;
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
    let mut socket = Socket::identified(&stage, GUILDS | GUILD_MESSAGES | 2 | 1 << 12).await;
    tour(&stage, &mut socket).await;
    assert_eq!(stage.remote.unknown_routes().await.unwrap(), Vec::<String>::new());

    let complaints: BTreeSet<String> = check_record(&path).into_iter().collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
    let kinds: BTreeSet<String> = std::fs::read_to_string(&path)
        .unwrap()
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).unwrap()["body"]["t"].as_str().map(str::to_owned))
        .collect();
    let told = [
        "CHANNEL_DELETE", "CHANNEL_PINS_UPDATE", "CHANNEL_UPDATE", "GUILD_CREATE", "GUILD_DELETE", "GUILD_MEMBER_ADD",
        "GUILD_MEMBER_REMOVE", "GUILD_MEMBER_UPDATE", "GUILD_ROLE_UPDATE", "INTERACTION_CREATE", "MESSAGE_CREATE",
        "MESSAGE_DELETE", "MESSAGE_UPDATE", "READY", "THREAD_CREATE", "THREAD_DELETE", "THREAD_MEMBERS_UPDATE", "THREAD_UPDATE",
    ];
    assert_eq!(kinds.iter().map(String::as_str).collect::<Vec<_>>(), told);
}

#[test]
fn the_oracles_can_say_no() {
    let mut schema = Schema::load();
    let path = format!("/channels/{CHANNEL}/messages/5");
    assert!(schema.complain("GET", &path, 200, &json!({"id": "5"})).is_some());
    assert!(schema.complain("GET", &path, 404, &json!({"message": "no code"})).is_some());
    assert!(schema.complain("GET", "/teleport", 200, &json!({})).is_some());
    assert!(parse_event(&json!({"op": 0, "t": "MESSAGE_DELETE", "d": {"id": Id(5)}})).is_some());
}
