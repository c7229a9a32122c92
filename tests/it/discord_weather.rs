//! Bad weather between the bot and Discord: nothing is posted twice, nothing is missing, people hear
//! what became of their words.

use jointpath::discord::{ServeError, Settings, serve};
use serde_json::{Value, json};

use crate::discord_house::House;
use crate::sandbox_world::{AMINA, BENNO, CHANNEL};
use crate::town::UNHURRIED;

async fn fault(house: &House, fault: Value) {
    house.stage.remote.fault(fault).await.unwrap();
}

/// How many posts of the channel offer to start this sitting.
async fn posts_of(house: &House, sitting: &str) -> usize {
    let (start, title) = (house.label("start-minutes"), house.words().sitting(sitting).title);
    let posts = house.posts().await;
    let offers = posts.iter().filter(|post| post.ephemeral_for.is_none() && post.button(&start).is_some());
    offers.filter(|post| post.content.contains(&title)).count()
}

#[tokio::test]
async fn a_post_whose_answer_is_lost_stands_there_once() {
    let house = House::founded().await;
    let route = format!("POST /api/v10/channels/{CHANNEL}/messages");
    fault(&house, json!({ "kind": "drop_after_accept", "route": route, "count": 2 })).await;
    house.person(AMINA).open("give").await;
    house.settle().await;
    assert_eq!(posts_of(&house, "give").await, 1);
}

#[tokio::test]
async fn a_post_that_is_refused_for_now_comes_later() {
    let house = House::founded().await;
    let route = format!("POST /api/v10/channels/{CHANNEL}/messages");
    for status in [429, 500, 502] {
        fault(&house, json!({ "kind": "status", "status": status, "retry_after": 3.5, "route": route })).await;
    }
    house.person(AMINA).open("give").await;
    house.settle().await;
    assert_eq!(posts_of(&house, "give").await, 1);
}

#[tokio::test]
async fn a_room_whose_answer_is_lost_is_made_once() {
    let house = House::new().await;
    let route = format!("POST /api/v10/channels/{CHANNEL}/threads");
    fault(&house, json!({ "kind": "drop_after_accept", "route": route, "count": 2 })).await;
    let mut amina = house.person(AMINA);
    amina.command(&["setup"], json!({})).await;
    amina.press("set-up").await;
    let boxes = ["setup-name", "setup-issue", "setup-host", "setup-partner"].map(|key| (key, "Rivers"));
    amina.submit(&[boxes.as_slice(), &[("setup-zone", "Africa/Nairobi")]].concat()).await;
    house.settle().await;
    house.settle().await;
    let rooms = house.stage.remote.channels_of(AMINA).await.unwrap();
    let hosts = rooms.iter().filter(|room| room.name == house.label("room-hosts")).count();
    assert_eq!(hosts, 1, "{rooms:?}");
}

#[tokio::test]
async fn a_board_that_was_deleted_is_made_anew() {
    let house = House::founded().await;
    let board = house.posts().await.into_iter().find(|post| post.pinned).unwrap();
    let deleted = house.stage.call("DELETE", &format!("/channels/{CHANNEL}/messages/{}", board.id), &Value::Null).await;
    assert_eq!(deleted.0, 204);
    house.person(AMINA).open("give").await;
    house.settle().await;
    let boards: Vec<_> = house.posts().await.into_iter().filter(|post| post.pinned).collect();
    assert_eq!(boards.len(), 1);
    assert_ne!(boards[0].id, board.id);
}

#[tokio::test]
async fn an_answer_whose_receipt_is_lost_still_counts_once() {
    let house = House::founded().await;
    house.person(AMINA).open("give").await;
    let mut amina = house.person(AMINA);
    amina.command(&["groundwork", "causes"], json!({})).await;
    amina.press("write").await;
    fault(&house, json!({ "kind": "drop_after_accept", "route": "/callback" })).await;
    amina.write("Trucks come once a month").await;
    assert!(amina.text().contains('✓'), "{}", amina.text());
    amina.command(&["me"], json!({})).await;
    amina.press("what-i-gave").await;
    assert_eq!(amina.text().matches("Trucks come once a month").count(), 1, "{}", amina.text());
}

#[tokio::test]
async fn an_event_that_comes_twice_counts_once() {
    let house = House::founded().await;
    house.person(AMINA).open("give").await;
    let mut amina = house.person(AMINA);
    amina.command(&["groundwork", "causes"], json!({})).await;
    amina.press("write").await;
    fault(&house, json!({ "kind": "duplicate_dispatch" })).await;
    amina.write("Trucks come once a month").await;
    house.settle().await;
    amina.command(&["me"], json!({})).await;
    amina.press("what-i-gave").await;
    assert_eq!(amina.text().matches("Trucks come once a month").count(), 1, "{}", amina.text());
}

#[tokio::test]
async fn buttons_work_in_threads_and_after_the_connection_was_lost() {
    let house = House::founded().await;
    fault(&house, json!({ "kind": "cut" })).await;
    let rooms = house.stage.remote.channels_of(AMINA).await.unwrap();
    let hosts = rooms.iter().find(|room| room.name == house.label("room-hosts")).unwrap();
    let posts = house.stage.remote.read_channel(AMINA, hosts.id.0).await.unwrap();
    let desk = house.label("desk");
    let post = posts.iter().find(|post| post.button(&desk).is_some()).unwrap().clone();
    let mut amina = house.person(AMINA);
    amina.press_on(&post, &desk).await;
    assert!(amina.text().contains("Clean Rivers"), "{}", amina.text());
}

#[tokio::test]
async fn what_keeps_it_from_serving_is_said() {
    let house = House::new().await;
    let wrong = Settings {
        token: "not the token".to_owned().into(),
        api: Some(house.stage.sandbox.url()),
        patience: UNHURRIED,
    };
    assert!(matches!(serve(house.app.clone(), wrong).await, Err(ServeError::Token)));
    let nobody =
        Settings { token: "x".to_owned().into(), api: Some("http://127.0.0.1:9".to_owned()), patience: UNHURRIED };
    let refused = serve(house.app.clone(), nobody).await;
    assert!(matches!(&refused, Err(ServeError::Gateway { .. })), "{refused:?}");
    let mut benno = house.person(BENNO);
    benno.command(&["me"], json!({})).await;
    assert!(benno.text().contains("no partnership"), "the first bot serves on: {}", benno.text());
}
