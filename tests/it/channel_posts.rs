//! What the channel sees: few posts, each edited into what it becomes.

use jointpath::sandbox::remote::Post;
use serde_json::{Value, json};

use crate::discord_house::House;
use crate::sandbox_world::CHANNEL;
use crate::town::{ANN, BEA, Town, button};

/// The bot's own posts in the channel, oldest first, but for the board and for Discord's word of the pin.
async fn posts(town: &Town) -> Vec<Post> {
    let posts = town.posts(ANN).await;
    posts.into_iter().filter(|post| post.author["bot"] == true && post.kind == 0 && !post.pinned).collect()
}

/// A host opens an ask by itself.
async fn open_alone(town: &Town, ask: &str) {
    let seen = town.command(ANN, &["path", "ask-open"], json!({ "ask": ask, "because": "more to say" })).await;
    assert!(seen.text().contains("open until"), "{}", seen.text());
    town.settle().await;
}

async fn hosts(town: &Town, deed: &str, options: Value) {
    let seen = town.command(ANN, &["path", deed], options).await;
    assert!(seen.text().contains('✓'), "{deed}: {}", seen.text());
    town.settle().await;
}

#[tokio::test]
async fn asks_opened_alone_share_a_post_that_becomes_their_result() {
    let town = Town::founded().await;
    open_alone(&town, "causes").await;
    open_alone(&town, "effects").await;
    let [post] = &posts(&town).await[..] else { panic!("not one post") };
    let pressed = town.remote.press(BEA, post.id, &button(post, "Causes")).await.unwrap();
    let form = town.press(BEA, &pressed, "write").await;
    town.fill(BEA, &form, &["Nobody cooks"]).await;
    hosts(&town, "ask-close", json!({ "ask": "causes" })).await;
    let [half] = &posts(&town).await[..] else { panic!("not one post") };
    assert!(half.content.contains("1 on the board") && half.button("Causes").is_none(), "{half:?}");
    assert!(half.button("Effects").is_some(), "the other one is still open: {half:?}");
    hosts(&town, "ask-close", json!({ "ask": "effects" })).await;
    let [whole] = &posts(&town).await[..] else { panic!("not one post") };
    assert_eq!(whole.id, post.id);
    assert!(whole.button("Effects").is_none() && whole.edited_timestamp.is_some(), "{whole:?}");
}

#[tokio::test]
async fn a_phase_that_closes_with_its_last_sitting_is_one_post() {
    let town = Town::founded().await;
    hosts(&town, "open", json!({ "sitting": "hello" })).await;
    hosts(&town, "close", json!({ "sitting": "hello", "despite": "we know each other" })).await;
    hosts(&town, "close-phase", json!({ "phase": "preparation", "despite": "we know each other" })).await;
    let [opening, close] = &posts(&town).await[..] else { panic!("not two posts") };
    assert!(opening.button("Start").is_some(), "{opening:?}");
    assert!(close.content.contains("Preparation is done") && close.content.contains("Next:"), "{}", close.content);
    let names: Vec<&str> = close.attachments.iter().filter_map(|file| file["filename"].as_str()).collect();
    assert!(names.iter().any(|name| name.ends_with(".png")), "the canvas is beside it: {names:?}");
    hosts(&town, "close-phase", json!({ "phase": "preparation", "despite": "once more" })).await;
    assert_eq!(posts(&town).await.len(), 2, "closed twice is told once");
}

#[tokio::test]
async fn a_close_that_is_edited_when_the_next_step_is_open_names_no_other_as_next() {
    let town = Town::founded().await;
    hosts(&town, "open", json!({ "sitting": "hello" })).await;
    hosts(&town, "close", json!({ "sitting": "hello", "despite": "we know each other" })).await;
    hosts(&town, "open", json!({ "sitting": "round" })).await;
    hosts(&town, "close-phase", json!({ "phase": "preparation", "despite": "we know each other" })).await;
    let [_, close, _] = &posts(&town).await[..] else { panic!("not three posts") };
    assert!(close.content.contains("Preparation is done") && !close.content.contains("Next:"), "{}", close.content);
}

#[tokio::test]
async fn a_phase_that_is_closed_with_its_sitting_open_tells_the_sitting_too() {
    let town = Town::founded().await;
    hosts(&town, "open", json!({ "sitting": "hello" })).await;
    hosts(&town, "close-phase", json!({ "phase": "preparation", "despite": "we know each other" })).await;
    let [_, close] = &posts(&town).await[..] else { panic!("not two posts") };
    assert!(close.content.contains("Preparation is done"), "{}", close.content);
    assert!(close.button(&town.label("where-is-mine")).is_some(), "{close:?}");
}

#[tokio::test]
async fn an_ask_closed_before_its_sitting_makes_no_post() {
    let town = Town::founded().await;
    hosts(&town, "open", json!({ "sitting": "give" })).await;
    hosts(&town, "ask-close", json!({ "ask": "problem" })).await;
    assert_eq!(posts(&town).await.len(), 1, "its result comes with the sitting's");
    for ask in ["causes", "effects"] {
        hosts(&town, "ask-close", json!({ "ask": ask })).await;
    }
    let [_, close] = &posts(&town).await[..] else { panic!("not two posts") };
    assert!(close.button(&town.label("where-is-mine")).is_some(), "the last one closes the sitting: {close:?}");
}

#[tokio::test]
async fn a_board_that_was_deleted_is_there_again_and_only_once() {
    let house = House::founded().await;
    let pinned =
        |posts: Vec<Post>| posts.into_iter().filter(|post| post.pinned).map(|post| post.id).collect::<Vec<_>>();
    let before = pinned(house.posts().await);
    house.person(crate::sandbox_world::AMINA).open("hello").await;
    house.settle().await;
    assert_eq!(pinned(house.posts().await), before, "edited in place");
    let path = format!("/channels/{CHANNEL}/messages/{}", before[0]);
    assert_eq!(house.stage.call("DELETE", &path, &Value::Null).await.0, 204);
    house.person(crate::sandbox_world::AMINA).open("round").await;
    house.settle().await;
    let after = house.posts().await.into_iter().filter(|post| post.pinned).collect::<Vec<_>>();
    assert_eq!(after.len(), 1);
    assert_ne!(after[0].id, before[0]);
    assert!(after[0].content.contains("Now:") && after[0].content.contains("Next:"), "{}", after[0].content);
}
