//! Polls in the stand-in: Discord's limits, votes, pages of voters, the end and its message.

use jointpath::sandbox::Id;
use serde_json::{Value, json};

use crate::sandbox_world::{AMINA, BENNO, BOT_RIGHTS, CHANNEL, CHIKE, GUILD, Stage};

const HOUR_MS: i64 = 3_600_000;

fn poll(answers: &[&str], more: &Value) -> Value {
    let answers: Vec<Value> = answers.iter().map(|text| json!({"poll_media": {"text": text}})).collect();
    let mut poll = json!({"question": {"text": "Which day?"}, "answers": answers});
    poll.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "poll": poll })
}

async fn may_poll() -> Stage {
    let stage = Stage::new().await;
    let bits = (BOT_RIGHTS | 1 << 49).to_string();
    let body = json!({"guild": GUILD, "role": GUILD + 1, "permissions": bits});
    stage.remote.happen("role_permissions", body).await.unwrap();
    stage
}

fn messages() -> String {
    format!("/channels/{CHANNEL}/messages")
}

#[tokio::test]
async fn polls_keep_discords_limits() {
    let stage = Stage::new().await;
    let two = poll(&["Monday", "Friday"], &json!({}));
    assert_eq!(stage.call("POST", &messages(), &two).await.1["code"], 50013, "sending polls is a right of its own");
    let stage = may_poll().await;
    let eleven: Vec<String> = (0..11).map(|nth| nth.to_string()).collect();
    let eleven: Vec<&str> = eleven.iter().map(String::as_str).collect();
    let long = "x".repeat(56);
    let mut endless = two.clone();
    endless["poll"]["question"]["text"] = json!("x".repeat(301));
    let mut odd = two.clone();
    odd["poll"]["until"] = json!("tomorrow");
    let wrong = [
        poll(&eleven, &json!({})),
        poll(&[], &json!({})),
        poll(&[&long], &json!({})),
        poll(&["a"], &json!({"duration": 0})),
        poll(&["a"], &json!({"duration": 769})),
        poll(&["a"], &json!({"layout_type": 2})),
        endless,
        odd,
    ];
    for body in wrong {
        assert_eq!(stage.call("POST", &messages(), &body).await.1["code"], 50035, "{body}");
    }
    let made = stage.good("POST", &messages(), two.clone()).await;
    let id = made["id"].as_str().unwrap();
    assert_eq!(made["poll"]["results"], json!({"answer_counts": [], "is_finalized": false}));
    let edited = stage.call("PATCH", &format!("{}/{id}", messages()), &two).await.1;
    assert_eq!(edited["code"], 520_003, "polls cannot be edited");
    let plain = stage.say("no poll").await;
    let expire = format!("/channels/{CHANNEL}/polls/{plain}/expire");
    assert_eq!(stage.call("POST", &expire, &Value::Null).await.1["code"], 520_006);
}

#[tokio::test]
async fn votes_are_read_page_by_page_and_final_at_the_end() {
    let stage = may_poll().await;
    let made = stage.good("POST", &messages(), poll(&["Monday", "Friday"], &json!({"duration": 1}))).await;
    let id: Id = Id::from_json(&made["id"]).unwrap();
    for (user, answer) in [(CHIKE, 1), (AMINA, 2), (BENNO, 1), (AMINA, 1)] {
        stage.remote.vote(user, id, &[answer]).await.unwrap();
    }
    assert!(stage.remote.vote(AMINA, id, &[1, 2]).await.is_err(), "one answer each");
    assert!(stage.remote.vote(AMINA, id, &[3]).await.is_err(), "no such answer");
    let voters = format!("/channels/{CHANNEL}/polls/{id}/answers/1");
    let first = stage.good("GET", &format!("{voters}?limit=2"), Value::Null).await;
    let ids = |page: &Value| -> Vec<u64> {
        page["users"].as_array().unwrap().iter().map(|user| user["id"].as_str().unwrap().parse().unwrap()).collect()
    };
    assert_eq!(ids(&first), [AMINA, BENNO]);
    let second = stage.good("GET", &format!("{voters}?limit=2&after={BENNO}"), Value::Null).await;
    assert_eq!(ids(&second), [CHIKE]);
    assert_eq!(stage.call("GET", &format!("{voters}?limit=101"), &Value::Null).await.1["code"], 50035);
    stage.remote.vote(CHIKE, id, &[]).await.unwrap();

    let now = stage.remote.clock().await.unwrap();
    stage.remote.jump(now + HOUR_MS).await.unwrap();
    let message = stage.good("GET", &format!("{}/{id}", messages()), Value::Null).await;
    let counts = json!([{"id": 1, "count": 2, "me_voted": false}]);
    assert_eq!(message["poll"]["results"], json!({"answer_counts": counts, "is_finalized": true}));
    assert!(stage.remote.vote(BENNO, id, &[2]).await.is_err(), "it has ended");
    let told = stage.remote.read_all(CHANNEL).await.unwrap().pop().unwrap();
    assert_eq!((told.kind, &told.embeds[0]["type"]), (46, &json!("poll_result")));
    let again = stage.call("POST", &format!("/channels/{CHANNEL}/polls/{id}/expire"), &Value::Null).await.1;
    assert_eq!(again["code"], 520_001);
}

#[tokio::test]
async fn a_bot_ends_its_own_poll() {
    let stage = may_poll().await;
    let made = stage.good("POST", &messages(), poll(&["Monday", "Friday"], &json!({}))).await;
    let id = made["id"].as_str().unwrap();
    let ended = stage.good("POST", &format!("/channels/{CHANNEL}/polls/{id}/expire"), Value::Null).await;
    assert_eq!(ended["poll"]["results"]["is_finalized"], true);
    assert_eq!(stage.remote.read_all(CHANNEL).await.unwrap().len(), 2, "the poll and its result");
}
