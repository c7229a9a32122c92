//! Messages, threads, pins, direct messages: what REST does to the world.

use jointpath::sandbox::Id;
use serde_json::{Value, json};

use crate::sandbox_world::{AMINA, BENNO, CHANNEL, GUILD, Stage, TOKEN};

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
    let part =
        reqwest::multipart::Part::bytes(b"a canvas".to_vec()).file_name("canvas.txt").mime_str("text/plain").unwrap();
    let words =
        json!({"content": "see", "attachments": [{"id": 0, "filename": "canvas.txt", "description": "The canvas"}]});
    let form = reqwest::multipart::Form::new().part("files[0]", part).text("payload_json", words.to_string());
    let url = format!("{}/api/v10/channels/{CHANNEL}/messages", stage.sandbox.url());
    let sent =
        stage.http.post(url).header("authorization", format!("Bot {TOKEN}")).multipart(form).send().await.unwrap();
    let sent: Value = sent.json().await.unwrap();
    let file = &sent["attachments"][0];
    assert_eq!(
        (&file["filename"], &file["size"], &file["description"]),
        (&json!("canvas.txt"), &json!(8), &json!("The canvas"))
    );
    let bytes = stage.http.get(file["url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(bytes.headers()["content-type"], "text/plain");
    assert_eq!(bytes.bytes().await.unwrap().as_ref(), b"a canvas");

    let path = format!("/channels/{CHANNEL}/messages/{}", sent["id"].as_str().unwrap());
    let kept = stage.good("PATCH", &path, json!({"content": "still"})).await;
    assert_eq!(kept["attachments"].as_array().unwrap().len(), 1);
    let dropped = stage.good("PATCH", &path, json!({"attachments": []})).await;
    assert_eq!((&dropped["attachments"], &dropped["content"]), (&json!([]), &json!("still")));
}

/// A message or an edit with files, as the bot sends it.
async fn parcel(stage: &Stage, method: &str, path: &str, body: &Value, files: &[usize]) -> (u16, Value) {
    let url = format!("{}/api/v10{path}", stage.sandbox.url());
    let form = reqwest::multipart::Form::new().text("payload_json", body.to_string());
    let form = files.iter().enumerate().fold(form, |form, (nth, bytes)| {
        let part = reqwest::multipart::Part::bytes(vec![7; *bytes]).file_name(format!("{nth}.png"));
        form.part(format!("files[{nth}]"), part)
    });
    let request = stage.http.request(method.parse().unwrap(), url).header("authorization", format!("Bot {TOKEN}"));
    let answer = request.multipart(form).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn files_have_a_weight_and_a_number() {
    const MEGABYTE: usize = 1024 * 1024;
    let stage = Stage::new().await;
    let path = format!("/channels/{CHANNEL}/messages");
    let (status, sent) = parcel(&stage, "POST", &path, &json!({"content": "x"}), &[10 * MEGABYTE]).await;
    assert_eq!((status, &sent["attachments"][0]["size"]), (200, &json!(10 * MEGABYTE)));
    let (status, refused) = parcel(&stage, "POST", &path, &json!({"content": "x"}), &[10 * MEGABYTE + 1]).await;
    assert_eq!((status, &refused["code"]), (413, &json!(40005)));
    let (status, refused) = parcel(&stage, "POST", &path, &json!({"content": "x"}), &[1; 11]).await;
    assert_eq!((status, &refused["code"]), (400, &json!(50035)));
}

#[tokio::test]
async fn an_edit_lists_the_files_that_stay() {
    let stage = Stage::new().await;
    let path = format!("/channels/{CHANNEL}/messages");
    let (_, sent) = parcel(&stage, "POST", &path, &json!({"content": "x"}), &[1; 9]).await;
    let one = format!("{path}/{}", sent["id"].as_str().unwrap());
    let ids: Vec<Value> = sent["attachments"].as_array().unwrap().iter().map(|file| file["id"].clone()).collect();
    let (status, refused) = parcel(&stage, "PATCH", &one, &json!({"content": "y"}), &[1, 1]).await;
    assert_eq!((status, &refused["code"]), (400, &json!(30015)), "nine stay and two come");
    let keeps = json!({"attachments": [{"id": ids[3]}, {"id": 0, "filename": "new.png", "description": "New"}]});
    let (status, edited) = parcel(&stage, "PATCH", &one, &keeps, &[2]).await;
    let files = edited["attachments"].as_array().unwrap();
    assert_eq!((status, files.len()), (200, 2));
    assert_eq!((&files[0]["id"], &files[1]["filename"], &files[1]["size"]), (&ids[3], &json!("new.png"), &json!(2)));
    assert_eq!((&files[0]["description"], &files[1]["description"]), (&Value::Null, &json!("New")));
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
