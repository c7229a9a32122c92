//! The table of rules: for each limit or right one request that breaks it, and what Discord answers.
//!
//! For limits the path of the problem in the `errors` tree is part of the rule: a request that is
//! refused for another reason would prove nothing. Many rules have their good neighbour in `allowed`.
//! The tables are laid out by hand: one rule, one line.

use serde_json::{Value, json};

use crate::sandbox_world::{APPLICATION, BENNO, CHANNEL, CHIKE, GUILD, HIDDEN, Stage};

/// Sends a request that breaks a rule and compares code and place of the complaint.
async fn check(stage: &Stage, request: (&str, &str), body: Value, code: u64, place: &str) {
    let (method, path) = request;
    let (_, answer) = stage.call(method, path, &body).await;
    let asked: String = body.to_string().chars().take(300).collect();
    let answered: String = answer.to_string().chars().take(300).collect();
    assert_eq!(answer["code"], code, "{method} {path} {asked}\nanswered {answered}");
    if code == 50035 {
        let leaf = place.split('.').filter(|part| !part.is_empty()).fold(&answer["errors"], |tree, part| &tree[part]);
        let first = &leaf["_errors"][0];
        assert!(first["code"].is_string() && first["message"].is_string(), "{asked}: {place} is not in {answered}");
    }
}

fn text(len: usize) -> String {
    "ä".repeat(len)
}

fn button(custom_id: &str) -> Value {
    json!({"type": 2, "style": 1, "label": "x", "custom_id": custom_id})
}

fn row(inside: Vec<Value>) -> Value {
    json!({"type": 1, "components": inside})
}

fn buttons(count: usize) -> Vec<Value> {
    (0..count).map(|n| button(&format!("b{n}"))).collect()
}

fn select(change: Value) -> Value {
    let mut select = json!({"type": 3, "custom_id": "s", "options": [{"label": "A", "value": "a"}]});
    select.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    json!({"content": "x", "components": [row(vec![select])]})
}

fn with_button(change: Value) -> Value {
    let mut one = button("b");
    one.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    json!({"content": "x", "components": [row(vec![one])]})
}

fn embed(embed: Value) -> Value {
    json!({"embeds": [embed]})
}

#[rustfmt::skip]
async fn mentions_nonces_and_files(stage: &Stage, path: &str) {
    let broken = [
        (json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}), "allowed_mentions"),
        (json!({"content": "x", "allowed_mentions": {"parse": ["people"]}}), "allowed_mentions.parse.0"),
        (json!({"content": "x", "allowed_mentions": {"users": vec!["1"; 101]}}), "allowed_mentions.users"),
        (json!({"content": "x", "nonce": "n".repeat(26)}), "nonce"),
        (json!({"content": "x", "enforce_nonce": true}), "nonce"),
        (json!({"content": "x", "attachments": vec![json!({"id": 0}); 11]}), "attachments"),
        (json!({"content": "x", "attachments": [{"id": 0, "description": text(1025)}]}), "attachments.0.description"),
        (json!({"content": "x", "message_reference": {"message_id": "1"}}), "message_reference"),
        (json!({"content": "x", "flags": 32768, "components": []}), "flags"),
    ];
    for (body, place) in broken {
        check(stage, ("POST", path), body, 50035, place).await;
    }
}

#[tokio::test]
#[rustfmt::skip]
#[expect(clippy::too_many_lines, reason = "one table")]
async fn limits_of_a_message() {
    let stage = Stage::new().await;
    let path = format!("/channels/{CHANNEL}/messages");
    let options: Vec<Value> = (0..26).map(|n| json!({"label": "L", "value": n.to_string()})).collect();
    let six: Vec<Value> = (0..6).map(|n| row(vec![button(&n.to_string())])).collect();
    let broken = [
        (json!({"content": text(2001)}), "content"),
        (json!({"content": 5}), "content"),
        (json!({"content": "x", "contents": "y"}), "contents"),
        (json!({"content": "x", "embeds": vec![json!({"title": "t"}); 11]}), "embeds"),
        (embed(json!({"title": text(257)})), "embeds.0.title"),
        (embed(json!({"description": text(4097)})), "embeds.0.description"),
        (embed(json!({"title": "t", "footer": {"text": text(2049)}})), "embeds.0.footer.text"),
        (embed(json!({"title": "t", "author": {"name": text(257)}})), "embeds.0.author.name"),
        (embed(json!({"fields": [{"name": text(257), "value": "v"}]})), "embeds.0.fields.0.name"),
        (embed(json!({"fields": [{"name": "n", "value": text(1025)}]})), "embeds.0.fields.0.value"),
        (embed(json!({"fields": [{"name": "n", "value": ""}]})), "embeds.0.fields.0.value"),
        (embed(json!({"fields": vec![json!({"name": "n", "value": "v"}); 26]})), "embeds.0.fields"),
        (embed(json!({"titel": "t"})), "embeds.0.titel"),
        (json!({"embeds": [{"description": text(4000)}, {"description": text(2001)}]}), "embeds"),
        (json!({"content": "x", "components": six}), "components"),
        (json!({"content": "x", "components": [button("b")]}), "components.0.type"),
        (json!({"content": "x", "components": [row(buttons(6))]}), "components.0.components"),
        (json!({"content": "x", "components": [row(vec![])]}), "components.0.components"),
        (json!({"content": "x", "components": [row(vec![button("b"), button("b")])]}), "components.0.components.1.custom_id"),
        (with_button(json!({"custom_id": "c".repeat(101)})), "components.0.components.0.custom_id"),
        (with_button(json!({"custom_id": ""})), "components.0.components.0.custom_id"),
        (with_button(json!({"custom_id": null})), "components.0.components.0.custom_id"),
        (with_button(json!({"label": text(81)})), "components.0.components.0.label"),
        (with_button(json!({"label": ""})), "components.0.components.0"),
        (with_button(json!({"style": 9})), "components.0.components.0.style"),
        (with_button(json!({"url": "https://example.org"})), "components.0.components.0"),
        (with_button(json!({"style": 5})), "components.0.components.0"),
        (with_button(json!({"lable": "x"})), "components.0.components.0.lable"),
        (select(json!({"options": options})), "components.0.components.0.options"),
        (select(json!({"options": []})), "components.0.components.0.options"),
        (select(json!({"placeholder": text(151)})), "components.0.components.0.placeholder"),
        (select(json!({"options": [{"label": text(101), "value": "a"}]})), "components.0.components.0.options.0.label"),
        (select(json!({"options": [{"label": "a", "value": ""}]})), "components.0.components.0.options.0.value"),
        (select(json!({"options": [{"label": "a", "value": "v", "description": text(101)}]})), "components.0.components.0.options.0.description"),
        (select(json!({"options": vec![json!({"label": "a", "value": "v"}); 2]})), "components.0.components.0.options.1.value"),
        (select(json!({"max_values": 2})), "components.0.components.0.max_values"),
        (select(json!({"min_values": 2})), "components.0.components.0.max_values"),
    ];
    for (body, place) in broken {
        check(&stage, ("POST", &path), body, 50035, place).await;
    }
    mentions_nonces_and_files(&stage, &path).await;
    for empty in [json!({}), json!({"content": "  \n "}), json!({"embeds": [], "components": []})] {
        check(&stage, ("POST", &path), empty, 50006, "").await;
    }
    let five: Vec<Value> = (0..5).map(|r| row((0..5).map(|n| button(&format!("{r}.{n}"))).collect())).collect();
    let allowed = [
        json!({"content": text(2000)}),
        json!({"embeds": [{"description": text(4000)}, {"description": text(2000)}]}),
        json!({"content": "x", "components": five}),
        with_button(json!({"label": text(80), "custom_id": "c".repeat(100)})),
        with_button(json!({"style": 5, "custom_id": null, "url": "https://example.org"})),
        select(json!({"options": options[..25], "min_values": 0, "max_values": 25, "placeholder": text(150)})),
        json!({"content": "x", "nonce": "n".repeat(25), "enforce_nonce": true}),
        json!({"content": "x", "message_reference": {"message_id": "1", "fail_if_not_exists": false}}),
        json!({"flags": 32768, "components": [{"type": 17, "components": [{"type": 10, "content": "V2"}, row(buttons(1))]}]}),
    ];
    for body in allowed {
        stage.good("POST", &path, body).await;
    }
}

fn command(change: Value) -> Value {
    let mut command = json!({"name": "go", "description": "Go"});
    command.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    json!([command])
}

fn option(change: Value) -> Value {
    let mut option = json!({"type": 3, "name": "o", "description": "O"});
    option.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    command(json!({"options": [option]}))
}

#[tokio::test]
#[rustfmt::skip]
async fn limits_of_commands() {
    let stage = Stage::new().await;
    let path = format!("/applications/{APPLICATION}/commands");
    let many: Vec<Value> = (0..26).map(|n| json!({"type": 3, "name": format!("o{n}"), "description": "O"})).collect();
    let choices: Vec<Value> = (0..26).map(|n| json!({"name": n.to_string(), "value": n.to_string()})).collect();
    let inner: Vec<Value> = (0..25).map(|n| json!({"type": 3, "name": format!("o{n}"), "description": text(20)})).collect();
    let big: Vec<Value> =
        (0..25).map(|n| json!({"type": 1, "name": format!("s{n}"), "description": text(100), "options": inner})).collect();
    let long: Vec<Value> = (0..25).map(|n| json!({"type": 3, "name": format!("o{n}"), "description": text(100),
        "choices": (0..3).map(|c| json!({"name": text(90), "value": format!("{c}")})).collect::<Vec<_>>()})).collect();
    let broken = [
        (command(json!({"name": "Go"})), "0.name"),
        (command(json!({"name": "two words"})), "0.name"),
        (command(json!({"name": "n".repeat(33)})), "0.name"),
        (command(json!({"name": ""})), "0.name"),
        (command(json!({"name_localizations": {"de": "Los"}})), "0.name_localizations.de"),
        (command(json!({"description": ""})), "0.description"),
        (command(json!({"description": text(101)})), "0.description"),
        (command(json!({"description_localizations": {"de": text(101)}})), "0.description_localizations.de"),
        (command(json!({"descriptoin": "x"})), "0.descriptoin"),
        (command(json!({"options": many})), "0.options"),
        (command(json!({"options": big})), "0"),
        (command(json!({"options": long})), "0"),
        (command(json!({"options": [many[0], many[0]]})), "0.options.1"),
        (command(json!({"options": [many[0], {"type": 3, "name": "r", "description": "R", "required": true}]})), "0.options.1"),
        (command(json!({"options": [many[0], {"type": 1, "name": "sub", "description": "S"}]})), "0.options"),
        (option(json!({"type": 12})), "0.options.0.type"),
        (option(json!({"choices": choices})), "0.options.0.choices"),
        (option(json!({"choices": [{"name": text(101), "value": "v"}]})), "0.options.0.choices.0.name"),
        (option(json!({"choices": [{"name": "n", "value": text(101)}]})), "0.options.0.choices.0.value"),
        (option(json!({"choices": choices[..1], "autocomplete": true})), "0.options.0"),
        (option(json!({"max_length": 6001})), "0.options.0.max_length"),
        (option(json!({"max_length": 0})), "0.options.0.max_length"),
        (option(json!({"type": 2, "options": [{"type": 2, "name": "g", "description": "G"}]})), "0.options.0.options.0.type"),
        (json!([{"name": "go", "description": "a"}, {"name": "go", "description": "b"}]), "1.name"),
        (json!([{"name": "Give this", "type": 3, "description": "no"}]), "0.description"),
        (json!([{"name": "Give this", "type": 3, "options": many[..1]}]), "0.options"),
        (json!({"name": "go"}), ""),
    ];
    for (body, place) in broken {
        check(&stage, ("PUT", &path), body, 50035, place).await;
    }
    let sixteen: Vec<Value> = (0..16).map(|n| json!({"name": format!("m{n}"), "type": 3})).collect();
    check(&stage, ("PUT", &path), json!(sixteen), 50035, "").await;
    check(&stage, ("PUT", "/applications/5/commands"), json!([]), 10002, "").await;
    check(&stage, ("GET", &format!("{path}/5")), Value::Null, 10063, "").await;

    let good = json!([{"name": "go", "description": "Go", "options": many[..25]}, {"name": "Give this", "type": 3}]);
    let first = stage.good("PUT", &path, good.clone()).await;
    let second = stage.good("PUT", &path, good).await;
    assert_eq!(first[0]["id"], second[0]["id"], "the same name keeps its id");
}

#[tokio::test]
#[rustfmt::skip]
async fn limits_of_threads_and_channels() {
    let stage = Stage::new().await;
    let message = stage.say("x").await;
    let threads = format!("/channels/{CHANNEL}/threads");
    let broken = [
        (threads.clone(), json!({"type": 11}), "name"),
        (threads.clone(), json!({"type": 11, "name": ""}), "name"),
        (threads.clone(), json!({"type": 11, "name": text(101)}), "name"),
        (threads.clone(), json!({"type": 11, "name": "n", "auto_archive_duration": 61}), "auto_archive_duration"),
        (threads.clone(), json!({"type": 11, "name": "n", "rate_limit_per_user": 21_601}), "rate_limit_per_user"),
        (threads.clone(), json!({"type": 11, "name": "n", "topic": "t"}), "topic"),
        (threads.clone(), json!({"type": 5, "name": "n"}), "type"),
        (format!("/channels/{CHANNEL}/messages/{message}/threads"), json!({"name": "n", "topic": "t"}), "topic"),
    ];
    for (path, body, place) in broken {
        check(&stage, ("POST", &path), body, 50035, place).await;
    }
    let made = stage.good("POST", &threads, json!({"name": "no type given"})).await;
    assert_eq!(made["type"], 12, "Discord's odd default");
    let path = format!("/channels/{}", made["id"].as_str().unwrap());
    check(&stage, ("PATCH", &path), json!({"topic": "t"}), 50035, "topic").await;
    for minutes in [60, 1440, 4320, 10080] {
        stage.good("PATCH", &path, json!({"auto_archive_duration": minutes})).await;
    }
    // Editing a channel needs Manage Channels, which this bot lacks.
    check(&stage, ("PATCH", &format!("/channels/{CHANNEL}")), json!({"topic": "t"}), 50013, "").await;
    rights(&stage, 1 << 3).await;
    let topic = |len: usize| json!({"topic": text(len)});
    check(&stage, ("PATCH", &format!("/channels/{CHANNEL}")), topic(1025), 50035, "topic").await;
    stage.good("PATCH", &format!("/channels/{CHANNEL}"), topic(1024)).await;
    for n in 0..250 {
        let message = stage.say(&n.to_string()).await;
        stage.good("PUT", &format!("/channels/{CHANNEL}/pins/{message}"), Value::Null).await;
    }
    check(&stage, ("PUT", &format!("/channels/{CHANNEL}/pins/{message}")), Value::Null, 30003, "").await;
}

/// Gives the bot's own role these rights, and everybody none beyond seeing.
async fn rights(stage: &Stage, bits: u64) {
    let set = async |role: u64, bits: u64| {
        let body = json!({"guild": GUILD, "role": role, "permissions": bits.to_string()});
        stage.remote.happen("role_permissions", body).await.unwrap();
    };
    set(GUILD, 1 << 10).await;
    set(GUILD + 1, bits).await;
}

#[tokio::test]
#[rustfmt::skip]
async fn rights_are_asked_for() {
    let stage = Stage::new().await;
    let message = stage.say("x").await;
    let said = stage.remote.post_message(BENNO, CHANNEL, "mine").await.unwrap().id;
    let channel = format!("/channels/{CHANNEL}");
    let talk = stage.good("POST", &format!("{channel}/threads"), json!({"name": "t", "type": 11})).await;
    let talk = format!("/channels/{}", talk["id"].as_str().unwrap());
    let open = |kind: u8| json!({"name": "n", "type": kind});
    let hello = json!({"content": "x"});
    // What is asked for, and the one bit that allows it.
    let table: [(&str, String, Value, u64); 12] = [
        ("POST", format!("{channel}/messages"), hello.clone(), 1 << 11),
        ("POST", format!("{channel}/messages"), embed(json!({"title": "t"})), 1 << 14 | 1 << 11),
        ("POST", format!("{talk}/messages"), hello.clone(), 1 << 38),
        ("GET", format!("{channel}/messages/{said}"), Value::Null, 1 << 16),
        ("GET", format!("{channel}/messages/pins"), Value::Null, 1 << 16),
        ("POST", format!("{channel}/messages/{message}/threads"), json!({"name": "n"}), 1 << 35),
        ("POST", format!("{channel}/threads"), open(11), 1 << 35),
        ("POST", format!("{channel}/threads"), open(12), 1 << 36),
        ("PATCH", talk.clone(), json!({"locked": false}), 1 << 34),
        ("GET", format!("{channel}/threads/archived/private"), Value::Null, 1 << 34 | 1 << 16),
        ("PUT", format!("{channel}/pins/{message}"), Value::Null, 1 << 51),
        ("DELETE", format!("{channel}/messages/{said}"), Value::Null, 1 << 13),
    ];
    for (method, path, body, bits) in table {
        rights(&stage, 0).await;
        check(&stage, (method, &path), body.clone(), 50013, "").await;
        rights(&stage, bits).await;
        stage.good(method, &path, body).await;
    }
    // Manage Messages has not allowed pinning since February 2026.
    rights(&stage, 1 << 13).await;
    check(&stage, ("DELETE", &format!("{channel}/pins/{message}")), Value::Null, 50013, "").await;
}

#[tokio::test]
#[rustfmt::skip]
async fn what_is_not_there_or_not_ours() {
    let stage = Stage::new().await;
    let message = stage.say("x").await;
    let said = stage.remote.post_message(BENNO, CHANNEL, "mine").await.unwrap().id;
    let talk = stage.good("POST", &format!("/channels/{CHANNEL}/threads"), json!({"name": "t", "type": 11})).await;
    let talk = talk["id"].as_str().unwrap();
    let nothing = Value::Null;
    let hello = json!({"content": "x"});
    let table: [(&str, String, Value, u64); 15] = [
        ("GET", "/channels/5".into(), nothing.clone(), 10003),
        ("POST", "/channels/5/messages".into(), hello.clone(), 10003),
        ("GET", "/guilds/5".into(), nothing.clone(), 10004),
        ("GET", format!("/guilds/{GUILD}/members/5"), nothing.clone(), 10013),
        ("GET", format!("/channels/{CHANNEL}/messages/5"), nothing.clone(), 10008),
        ("PATCH", format!("/channels/{CHANNEL}/messages/{said}"), hello.clone(), 50005),
        ("GET", format!("/channels/{HIDDEN}"), nothing.clone(), 50001),
        ("POST", format!("/channels/{HIDDEN}/messages"), hello.clone(), 50001),
        ("POST", format!("/channels/{talk}/threads"), json!({"name": "n", "type": 11}), 50024),
        ("PUT", format!("/channels/{CHANNEL}/thread-members/{BENNO}"), nothing.clone(), 50024),
        ("PUT", format!("/channels/{talk}/thread-members/5"), nothing.clone(), 10007),
        ("GET", format!("/guilds/{GUILD}/members"), nothing.clone(), 50001),
        ("POST", format!("/webhooks/{APPLICATION}/no-such-token"), hello.clone(), 50027),
        ("POST", "/interactions/5/no-such-token/callback".into(), json!({"type": 6}), 10062),
        ("PATCH", format!("/channels/{CHANNEL}/messages/{message}"), json!({"content": ""}), 50006),
    ];
    for (method, path, body, code) in table {
        check(&stage, (method, &path), body, code, "").await;
    }
    check(&stage, ("GET", "/channels/not-an-id"), Value::Null, 50035, "id").await;
    stage.remote.happen("archive", json!({"channel": talk, "locked": true})).await.unwrap();
    rights(&stage, 1 << 10 | 1 << 38).await;
    check(&stage, ("POST", &format!("/channels/{talk}/messages")), json!({"content": "x"}), 50083, "").await;
}

#[tokio::test]
#[rustfmt::skip]
async fn overwrites_speak_in_discords_order() {
    let stage = Stage::new().await;
    let channel = format!("/channels/{CHANNEL}/messages");
    let hello = json!({"content": "x"});
    let set = async |id: u64, kind: u8, allow: u64, deny: u64| {
        let overwrite = json!({"id": id.to_string(), "type": kind, "allow": allow.to_string(), "deny": deny.to_string()});
        stage.remote.happen("overwrite", json!({"channel": CHANNEL, "overwrite": overwrite})).await.unwrap();
    };
    let send = 1 << 11;
    set(GUILD, 0, 0, send).await;
    check(&stage, ("POST", &channel), hello.clone(), 50013, "").await;
    set(GUILD + 1, 0, send, 0).await;
    stage.good("POST", &channel, hello.clone()).await;
    set(901, 1, 0, send).await;
    check(&stage, ("POST", &channel), hello.clone(), 50013, "").await;
    rights(&stage, 1 << 3).await;
    stage.good("POST", &channel, hello).await;
    assert!(stage.remote.post_message(CHIKE, CHANNEL, "x").await.is_err(), "no overwrite lets Chike write");
}
