//! Messages, threads, pins, direct messages: what REST does to the world.

use std::time::Duration;

use jointpath::sandbox::{Id, Options};
use serde_json::{Value, json};

use crate::sandbox_socket::{GUILD_MESSAGES, GUILDS, Socket};
use crate::sandbox_world::{AMINA, BENNO, CHANNEL, CHIKE, GUILD, Stage, TOKEN, stage, world};

async fn thread(stage: &Stage, body: Value) -> String {
    let thread = stage.good("POST", &format!("/channels/{CHANNEL}/threads"), body).await;
    thread["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_same_nonce_brings_the_same_message_for_five_minutes() {
    let stage = Stage::new().await;
    let path = format!("/channels/{CHANNEL}/messages");
    let body = json!({"content": "once", "nonce": "row-1", "enforce_nonce": true});
    let first = stage.good("POST", &path, body.clone()).await;
    let again = stage.good("POST", &path, body.clone()).await;
    assert_eq!(first["id"], again["id"]);
    let other = stage.good("POST", &path, json!({"content": "two", "nonce": "row-1"})).await;
    assert_ne!(first["id"], other["id"], "without enforce_nonce it is a label only");
    let now_ms = stage.remote.clock().await.unwrap();
    stage.remote.jump(now_ms + 5 * 60_000 + 1).await.unwrap();
    let late = stage.good("POST", &path, body).await;
    assert_ne!(first["id"], late["id"]);
    assert!(Id::from_json(&late["id"]).unwrap() > Id::from_json(&first["id"]).unwrap());
    assert_eq!(late["timestamp"], "2026-03-02T08:05:00.001000+00:00", "times are world time");
}

#[tokio::test]
async fn only_those_allowed_are_pinged() {
    let stage = Stage::new().await;
    let path = format!("/channels/{CHANNEL}/messages");
    let text = format!("<@{AMINA}> <@{BENNO}> @everyone");
    let cases = [
        (Value::Null, vec![AMINA, BENNO]),
        (json!({"parse": []}), vec![]),
        (json!({"parse": [], "users": [BENNO.to_string()]}), vec![BENNO]),
        (json!({"parse": ["users"]}), vec![AMINA, BENNO]),
    ];
    for (allowed, expected) in cases {
        let mut body = json!({"content": text});
        if !allowed.is_null() {
            body["allowed_mentions"] = allowed.clone();
        }
        let sent = stage.good("POST", &path, body).await;
        let all = stage.remote.read_all(CHANNEL).await.unwrap();
        let post = all.iter().find(|post| json!(post.id) == sent["id"]).unwrap();
        assert_eq!(post.pinged.iter().map(|id| id.0).collect::<Vec<_>>(), expected, "{allowed}");
        assert_eq!(sent["mentions"].as_array().unwrap().len(), expected.len());
    }
}

#[tokio::test]
async fn files_are_kept_and_served() {
    let stage = Stage::new().await;
    let part = reqwest::multipart::Part::bytes(b"a canvas".to_vec()).file_name("canvas.txt").mime_str("text/plain").unwrap();
    let words = json!({"content": "see", "attachments": [{"id": 0, "filename": "canvas.txt", "description": "The canvas"}]});
    let form = reqwest::multipart::Form::new().part("files[0]", part).text("payload_json", words.to_string());
    let url = format!("{}/api/v10/channels/{CHANNEL}/messages", stage.sandbox.url());
    let sent = stage.http.post(url).header("authorization", format!("Bot {TOKEN}")).multipart(form).send().await.unwrap();
    let sent: Value = sent.json().await.unwrap();
    let file = &sent["attachments"][0];
    assert_eq!((&file["filename"], &file["size"], &file["description"]), (&json!("canvas.txt"), &json!(8), &json!("The canvas")));
    let bytes = stage.http.get(file["url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(bytes.headers()["content-type"], "text/plain");
    assert_eq!(bytes.bytes().await.unwrap().as_ref(), b"a canvas");

    let path = format!("/channels/{CHANNEL}/messages/{}", sent["id"].as_str().unwrap());
    let kept = stage.good("PATCH", &path, json!({"content": "still"})).await;
    assert_eq!(kept["attachments"].as_array().unwrap().len(), 1);
    let dropped = stage.good("PATCH", &path, json!({"attachments": []})).await;
    assert_eq!((&dropped["attachments"], &dropped["content"]), (&json!([]), &json!("still")));
}

#[tokio::test]
async fn messages_are_listed_newest_first_and_by_page() {
    let stage = Stage::new().await;
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(stage.say(&n.to_string()).await);
    }
    let list = async |query: String| {
        let found = stage.good("GET", &format!("/channels/{CHANNEL}/messages?{query}"), Value::Null).await;
        let texts = found.as_array().unwrap().iter().map(|m| m["content"].as_str().unwrap().to_owned());
        texts.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(list("&limit=2".into()).await, "4 3");
    assert_eq!(list(format!("before={}&limit=2", ids[3])).await, "2 1");
    assert_eq!(list(format!("after={}&limit=2", ids[0])).await, "2 1");
    assert_eq!(list(format!("around={}&limit=3", ids[2])).await, "3 2 1");
}

#[tokio::test]
async fn a_thread_falls_asleep_and_wakes_up() {
    let stage = Stage::new().await;
    let mut socket = Socket::identified(&stage, GUILDS | GUILD_MESSAGES).await;
    let id = thread(&stage, json!({"name": "talk", "type": 11, "auto_archive_duration": 60})).await;
    assert_eq!(socket.event("THREAD_CREATE").await["newly_created"], true);
    let post = |text: &str| json!({"content": text});
    let first = stage.good("POST", &format!("/channels/{id}/messages"), post("hello")).await;
    let now_ms = stage.remote.clock().await.unwrap();
    assert_eq!(stage.remote.settled(Duration::ZERO).await.unwrap().sandbox_next_due_ms, Some(now_ms + 3_600_000));
    stage.remote.jump(now_ms + 3_599_999).await.unwrap();
    let active = stage.good("GET", &format!("/guilds/{GUILD}/threads/active"), Value::Null).await;
    assert_eq!((active["threads"].as_array().unwrap().len(), active["members"].as_array().unwrap().len()), (1, 1));

    stage.remote.jump(now_ms + 9_000_000).await.unwrap();
    let told = socket.event("THREAD_UPDATE").await;
    assert_eq!(told["thread_metadata"]["archived"], true);
    assert_eq!(told["thread_metadata"]["archive_timestamp"], "2026-03-02T09:00:00.000000+00:00", "at its own hour");
    let old = stage.good("GET", &format!("/channels/{CHANNEL}/threads/archived/public"), Value::Null).await;
    assert_eq!(old["threads"][0]["id"], id.as_str());
    let message = format!("/channels/{id}/messages/{}", first["id"].as_str().unwrap());
    let refused = [
        ("PATCH", message, post("edited")),
        ("PATCH", format!("/channels/{id}"), json!({"name": "other"})),
        ("PUT", format!("/channels/{id}/thread-members/{BENNO}"), Value::Null),
    ];
    for (method, path, body) in refused {
        assert_eq!(stage.call(method, &path, &body).await.1["code"], 50083, "{method} {path}");
    }
    stage.good("POST", &format!("/channels/{id}/messages"), post("awake")).await;
    assert_eq!(socket.event("THREAD_UPDATE").await["thread_metadata"]["archived"], false);
    stage.good("PATCH", &format!("/channels/{id}"), json!({"archived": true})).await;
    stage.good("PATCH", &format!("/channels/{id}"), json!({"archived": false, "name": "renamed"})).await;
}

#[tokio::test]
async fn a_private_thread_shows_itself_to_its_people() {
    let stage = Stage::new().await;
    let id = thread(&stage, json!({"name": "triad", "type": 12, "invitable": false})).await;
    let sees = async |user: u64| {
        let places = stage.remote.channels_of(user).await.unwrap();
        places.iter().any(|place| place.id.to_string() == id)
    };
    assert!(sees(AMINA).await, "the owner of the guild sees all");
    assert!(!sees(BENNO).await);
    stage.good("PUT", &format!("/channels/{id}/thread-members/{BENNO}"), Value::Null).await;
    assert!(sees(BENNO).await && !sees(CHIKE).await);
    assert!(stage.remote.post_message(CHIKE, id.parse().unwrap(), "let me in").await.is_err());
    stage.remote.post_message(BENNO, id.parse().unwrap(), "here I am").await.unwrap();
    stage.good("DELETE", &format!("/channels/{id}/thread-members/{BENNO}"), Value::Null).await;
    assert!(!sees(BENNO).await);
    assert_eq!(stage.call("GET", &format!("/channels/{id}/thread-members/{BENNO}"), &Value::Null).await.1["code"], 10007);
    stage.good("DELETE", &format!("/channels/{id}"), Value::Null).await;
    assert_eq!(stage.call("GET", &format!("/channels/{id}"), &Value::Null).await.1["code"], 10003);
}

#[tokio::test]
async fn a_message_gets_one_thread() {
    let stage = Stage::new().await;
    let message = stage.say("the phase begins").await;
    let path = format!("/channels/{CHANNEL}/messages/{message}/threads");
    let made = stage.good("POST", &path, json!({"name": "Talk about it"})).await;
    assert_eq!(made["id"], json!(message), "a thread on a message has its id");
    assert_eq!(stage.call("POST", &path, &json!({"name": "Again"})).await.1["code"], 160_004);
    let shown = stage.good("GET", &format!("/channels/{CHANNEL}/messages/{message}"), Value::Null).await;
    assert_eq!((shown["flags"].as_u64().unwrap() & 32, &shown["thread"]["name"]), (32, &json!("Talk about it")));
}

#[tokio::test]
async fn pins_by_both_routes() {
    let stage = Stage::new().await;
    let mut socket = Socket::identified(&stage, GUILDS).await;
    let (a, b) = (stage.say("a").await, stage.say("b").await);
    stage.good("PUT", &format!("/channels/{CHANNEL}/pins/{a}"), Value::Null).await;
    assert!(socket.event("CHANNEL_PINS_UPDATE").await["last_pin_timestamp"].is_string());
    stage.good("PUT", &format!("/channels/{CHANNEL}/messages/pins/{b}"), Value::Null).await;
    let old = stage.good("GET", &format!("/channels/{CHANNEL}/pins"), Value::Null).await;
    let new = stage.good("GET", &format!("/channels/{CHANNEL}/messages/pins"), Value::Null).await;
    assert_eq!((old.as_array().unwrap().len(), &new["items"][0]["message"]["id"]), (2, &json!(b)));
    let kinds: Vec<u8> = stage.remote.read_all(CHANNEL).await.unwrap().iter().map(|post| post.kind).collect();
    assert_eq!(kinds, [0, 0, 6, 6], "each pin leaves its notice");
    stage.good("DELETE", &format!("/channels/{CHANNEL}/pins/{b}"), Value::Null).await;
    let old = stage.good("GET", &format!("/channels/{CHANNEL}/pins"), Value::Null).await;
    assert_eq!(old.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_direct_message_reaches_those_who_allow_it() {
    let stage = Stage::new().await;
    let open = async |user: u64| {
        let dm = stage.good("POST", "/users/@me/channels", json!({"recipient_id": user.to_string()})).await;
        dm["id"].as_str().unwrap().to_owned()
    };
    let dm = open(BENNO).await;
    assert_eq!(dm, open(BENNO).await);
    let path = format!("/channels/{dm}/messages");
    stage.good("POST", &path, json!({"content": "hello"})).await;
    assert_eq!(stage.remote.read_channel(BENNO, dm.parse().unwrap()).await.unwrap()[0].content, "hello");
    assert!(stage.remote.read_channel(AMINA, dm.parse().unwrap()).await.is_err());
    stage.remote.happen("dm_open", json!({"user": BENNO, "open": false})).await.unwrap();
    assert_eq!(stage.call("POST", &path, &json!({"content": "x"})).await.1["code"], 50007);
    stage.remote.happen("dm_open", json!({"user": BENNO, "open": true})).await.unwrap();
    stage.remote.happen("member_leaves", json!({"guild": GUILD, "user": BENNO})).await.unwrap();
    assert_eq!(stage.call("POST", &path, &json!({"content": "x"})).await.1["code"], 50278);
}

#[tokio::test]
async fn a_lost_answer_is_lost_after_the_deed() {
    let stage = Stage::new().await;
    let path = format!("/channels/{CHANNEL}/messages");
    let fault = |kind: &str| json!({"kind": kind, "route": "POST /api/v10/channels/{}/messages"});
    stage.remote.fault(fault("drop_after_accept")).await.unwrap();
    let url = format!("{}/api/v10{path}", stage.sandbox.url());
    let request = stage.http.post(&url).header("authorization", format!("Bot {TOKEN}")).json(&json!({"content": "did it?"}));
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
    assert_eq!(stage.call("GET", &format!("/guilds/{GUILD}/scheduled-events"), &Value::Null).await.0, 501);
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
    stage.call("POST", &format!("/interactions/{id}/{token}/callback"), &json!({"type": 4, "data": {"content": "hi"}})).await;
    acting.await.unwrap().unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    assert!(!text.contains(TOKEN) && !text.contains(&token), "a secret stands in the record");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let has = |dir: &str, test: &dyn Fn(&Value) -> bool| lines.iter().any(|line| line["dir"] == dir && test(line));
    assert!(has("frame_in", &|line| line["body"]["d"]["token"] == "REDACTED"));
    assert!(has("event", &|line| line["body"]["t"] == "INTERACTION_CREATE"));
    let callback = format!("/api/v10/interactions/{id}/ix-{id}-TOKEN/callback");
    assert!(has("request", &|line| line["path"] == callback.as_str() && line["body"]["type"] == 4));
    assert!(has("response", &|line| line["path"] == callback.as_str() && line["status"] == 204));
}
