//! The gateway: sessions, replay, close codes, intents, and the question who has come to rest.

use std::time::Duration;

use jointpath::sandbox::Options;
use serde_json::{Value, json};

use crate::sandbox_socket::{GUILD_MESSAGES, GUILDS, Heard, MESSAGE_CONTENT, Socket};
use crate::sandbox_world::{AMINA, BENNO, CHANNEL, GUILD, HIDDEN, Stage, TOKEN, stage, world};

#[tokio::test]
async fn a_resumed_session_gets_what_it_missed_and_nothing_twice() {
    let stage = Stage::new().await;
    let mut first = Socket::identified(&stage, GUILDS | GUILD_MESSAGES).await;
    stage.say("one").await;
    assert_eq!(first.event("MESSAGE_CREATE").await["content"], "one");
    let (session, seq) = (first.session.clone(), first.seq);
    first.close().await;
    stage.say("two").await;
    stage.say("three").await;

    let mut second = Socket::connect(&stage).await;
    second.resume(&session, seq).await;
    let mut told = Vec::new();
    loop {
        let frame = second.frame().await;
        if frame["t"] == "RESUMED" {
            break;
        }
        told.push(frame["d"]["content"].as_str().unwrap().to_owned());
    }
    assert_eq!(told, ["two", "three"]);
    stage.say("four").await;
    assert_eq!(second.event("MESSAGE_CREATE").await["content"], "four");
}

#[tokio::test]
async fn an_impossible_resume_is_an_invalid_session() {
    let stage = Stage::new().await;
    let mut socket = Socket::connect(&stage).await;
    socket.resume("no-such-session", 1).await;
    assert_eq!(socket.frame().await, json!({"op": 9, "d": false}));
    // The same socket may then identify.
    socket.identify(TOKEN, GUILDS).await;
    socket.event("READY").await;
}

#[tokio::test]
async fn heartbeats_are_answered() {
    let stage = Stage::new().await;
    let mut socket = Socket::identified(&stage, 0).await;
    socket.send(json!({"op": 1, "d": 1})).await;
    assert_eq!(socket.frame().await["op"], 11);
}

#[tokio::test]
async fn wrong_frames_close_with_the_documented_codes() {
    let stage = Stage::new().await;
    let cases: [(Value, u16); 8] = [
        (json!({"op": 2, "d": {"token": "wrong", "intents": 1, "properties": {}}}), 4004),
        (json!({"op": 2, "d": {"token": TOKEN, "intents": 1 << 30, "properties": {}}}), 4013),
        (json!({"op": 2, "d": {"token": TOKEN, "intents": 1 << 1, "properties": {}}}), 4014),
        (json!({"op": 2, "d": {"token": TOKEN, "intents": 1, "shard": [2, 1], "properties": {}}}), 4010),
        (json!({"op": 99, "d": null}), 4001),
        (json!("not an object"), 4002),
        (json!({"op": 3, "d": {}}), 4003),
        (json!({"op": 1, "d": "x".repeat(5000)}), 4002),
    ];
    for (frame, code) in cases {
        let mut socket = Socket::connect(&stage).await;
        socket.send(frame.clone()).await;
        assert_eq!(socket.closed().await, code, "{frame}");
    }
    let mut socket = Socket::identified(&stage, GUILDS).await;
    socket.identify(TOKEN, GUILDS).await;
    assert_eq!(socket.closed().await, 4005);
}

#[tokio::test]
async fn trouble_on_request_reaches_the_socket() {
    let stage = Stage::new().await;
    let mut socket = Socket::identified(&stage, GUILDS | GUILD_MESSAGES).await;
    stage.remote.fault(json!({"kind": "duplicate_dispatch"})).await.unwrap();
    stage.say("twice").await;
    assert_eq!(socket.event("MESSAGE_CREATE").await["content"], "twice");
    assert_eq!(socket.event("MESSAGE_CREATE").await["content"], "twice");
    stage.remote.fault(json!({"kind": "op7"})).await.unwrap();
    assert_eq!(socket.frame().await["op"], 7);
    stage.remote.fault(json!({"kind": "op9", "resumable": true})).await.unwrap();
    assert_eq!(socket.frame().await, json!({"op": 9, "d": true}));
    stage.remote.fault(json!({"kind": "close", "code": 4000})).await.unwrap();
    assert_eq!(socket.closed().await, 4000);

    let mut again = Socket::connect(&stage).await;
    again.resume(&socket.session, socket.seq).await;
    again.event("RESUMED").await;
    stage.remote.fault(json!({"kind": "op9"})).await.unwrap();
    assert_eq!(again.frame().await, json!({"op": 9, "d": false}));
    let mut late = Socket::connect(&stage).await;
    late.resume(&socket.session, again.seq).await;
    assert_eq!(late.frame().await["op"], 9, "a session that was called invalid cannot be resumed");
}

#[tokio::test]
async fn intents_and_rights_decide_what_is_told() {
    let mut world = world();
    world.application.privileged_intents = vec!["MESSAGE_CONTENT".into()];
    let stage = stage(world, Options::default()).await;
    let mut plain = Socket::identified(&stage, GUILDS | GUILD_MESSAGES).await;
    // Amina owns the guild and sees all of it; the bot does not.
    stage.remote.post_message(AMINA, HIDDEN, "unseen").await.unwrap();
    stage.remote.post_message(AMINA, CHANNEL, "a word among us").await.unwrap();
    stage.remote.post_message(AMINA, CHANNEL, "a word to you <@901>").await.unwrap();
    let (among, to_bot) = (plain.event("MESSAGE_CREATE").await, plain.event("MESSAGE_CREATE").await);
    assert_eq!(among["content"], "", "without the intent, texts of others are empty");
    assert_eq!(to_bot["content"], "a word to you <@901>", "but not if they mention the bot");
    assert_eq!(among["guild_id"], GUILD.to_string());
    plain.close().await;

    let mut reader = Socket::identified(&stage, GUILDS | GUILD_MESSAGES | MESSAGE_CONTENT).await;
    stage.remote.post_message(AMINA, CHANNEL, "now you may").await.unwrap();
    assert_eq!(reader.event("MESSAGE_CREATE").await["content"], "now you may");
    reader.close().await;

    let mut deaf = Socket::identified(&stage, GUILDS).await;
    stage.say("nobody hears").await;
    stage.remote.happen("delete_channel", json!({"channel": CHANNEL})).await.unwrap();
    assert_eq!(deaf.frame().await["t"], "CHANNEL_DELETE", "no MESSAGE_CREATE without its intent");
}

#[tokio::test]
async fn what_befalls_a_bot_is_told() {
    let stage = Stage::new().await;
    let mut socket = Socket::identified(&stage, GUILDS).await;
    let happen = async |act: &str, body: Value| stage.remote.happen(act, body).await.unwrap();
    happen("role_permissions", json!({"guild": GUILD, "role": GUILD, "permissions": "1024"})).await;
    assert_eq!(socket.event("GUILD_ROLE_UPDATE").await["role"]["permissions"], "1024");
    happen("member_leaves", json!({"guild": GUILD, "user": BENNO})).await;
    let (status, body) = stage.call("GET", &format!("/guilds/{GUILD}/members/{BENNO}"), &Value::Null).await;
    assert_eq!((status, &body["code"]), (404, &json!(10007)));
    happen("kick", json!({"guild": GUILD})).await;
    let gone = socket.event("GUILD_DELETE").await;
    assert_eq!(gone, json!({"id": GUILD.to_string()}), "thrown out: no `unavailable`");
    let (status, body) = stage.call("GET", &format!("/channels/{CHANNEL}"), &Value::Null).await;
    assert_eq!((status, &body["code"]), (403, &json!(50001)));
    happen("invite", json!({"guild": GUILD})).await;
    assert_eq!(socket.event("GUILD_CREATE").await["name"], "Delta Partnership");
}

fn report(boot: &str, finished: u64, now_ms: i64) -> Value {
    json!({"boot": boot, "finished": finished, "quiet": true, "next_due_ms": now_ms + 5, "now_ms": now_ms})
}

#[tokio::test]
async fn the_world_is_settled_when_every_event_is_finished() {
    let stage = Stage::new().await;
    let brief = Duration::from_millis(60);
    assert!(!stage.remote.settled(brief).await.unwrap().settled, "nobody has reported yet");
    let now_ms = stage.remote.clock().await.unwrap();
    stage.remote.quiet(report("a", 0, now_ms)).await.unwrap();
    let mut socket = Socket::identified(&stage, GUILDS | GUILD_MESSAGES).await;
    let state = stage.remote.settled(brief).await.unwrap();
    assert_eq!((state.settled, state.sent, state.finished), (false, 2, 0), "READY and GUILD_CREATE are unfinished");
    stage.remote.quiet(report("a", 2, now_ms)).await.unwrap();
    let state = stage.remote.settled(brief).await.unwrap();
    assert_eq!((state.settled, state.bot_next_due_ms), (true, Some(now_ms + 5)));

    stage.say("a third event").await;
    socket.event("MESSAGE_CREATE").await;
    let waiting = tokio::spawn({
        let remote = stage.remote.clone();
        async move { remote.settled(Duration::from_secs(10)).await.unwrap() }
    });
    stage.remote.quiet(report("a", 3, now_ms)).await.unwrap();
    assert!(waiting.await.unwrap().settled, "the long poll ends as soon as the report comes");

    stage.remote.jump(now_ms + 1000).await.unwrap();
    assert!(!stage.remote.settled(brief).await.unwrap().settled, "the report is of an earlier hour");
    stage.remote.quiet(report("a", 3, now_ms + 1000)).await.unwrap();
    assert!(stage.remote.settled(brief).await.unwrap().settled);
    stage.remote.quiet(report("b", 0, now_ms + 1000)).await.unwrap();
    assert_eq!(stage.remote.settled(brief).await.unwrap().sent, 0, "another boot counts anew");
}

#[tokio::test]
async fn replayed_events_count_and_lost_ones_do_not() {
    let stage = Stage::new().await;
    let now_ms = stage.remote.clock().await.unwrap();
    stage.remote.quiet(report("a", 0, now_ms)).await.unwrap();
    let mut first = Socket::identified(&stage, GUILDS | GUILD_MESSAGES).await;
    stage.say("read").await;
    first.event("MESSAGE_CREATE").await;
    let (session, seq) = (first.session.clone(), first.seq);
    stage.say("written to the socket, never read").await;
    first.close().await;
    stage.say("while away").await;
    assert!(!stage.remote.settled(Duration::from_millis(60)).await.unwrap().settled, "an event waits for a socket");
    let mut second = Socket::connect(&stage).await;
    second.resume(&session, seq).await;
    second.event("RESUMED").await;
    // READY, GUILD_CREATE, read, then the two again, then RESUMED: six for a client that counts.
    stage.remote.quiet(report("a", 6, now_ms)).await.unwrap();
    let state = stage.remote.settled(Duration::from_secs(2)).await.unwrap();
    assert!(state.settled, "{state:?}");
}

#[tokio::test]
async fn the_clock_only_moves_forward_and_wakes_whoever_waits() {
    let stage = Stage::new().await;
    let now_ms = stage.remote.clock().await.unwrap();
    stage.remote.jump(now_ms - 1).await.unwrap_err();
    let url = format!("{}/sandbox/clock/next?after_ms={now_ms}", stage.sandbox.url());
    let waiting = tokio::spawn(stage.http.get(url).send());
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!waiting.is_finished());
    stage.remote.jump(now_ms + 60_000).await.unwrap();
    let body: Value = waiting.await.unwrap().unwrap().json().await.unwrap();
    assert_eq!(body["now_ms"], now_ms + 60_000);
}

#[tokio::test]
async fn a_close_is_answered_with_a_close() {
    let stage = Stage::new().await;
    let socket = Socket::identified(&stage, GUILDS).await;
    tokio::time::timeout(Duration::from_secs(5), socket.close()).await.expect("no close in return");
    let mut other = Socket::connect(&stage).await;
    other.send(json!({"op": 3, "d": {}})).await;
    assert!(matches!(other.hear().await, Heard::Closed(4003)));
}
