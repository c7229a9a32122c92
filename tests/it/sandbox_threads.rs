//! Threads and pins: what REST and time do to them.

use std::time::Duration;

use serde_json::{Value, json};

use crate::sandbox_socket::{GUILD_MESSAGES, GUILDS, Socket};
use crate::sandbox_world::{AMINA, BENNO, CHANNEL, CHIKE, GUILD, Stage};

async fn thread(stage: &Stage, body: Value) -> String {
    let thread = stage.good("POST", &format!("/channels/{CHANNEL}/threads"), body).await;
    thread["id"].as_str().unwrap().to_owned()
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
    assert_eq!(
        stage.call("GET", &format!("/channels/{id}/thread-members/{BENNO}"), &Value::Null).await.1["code"],
        10007
    );
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
