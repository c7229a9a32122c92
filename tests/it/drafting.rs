//! Who writes the one sentence where hosts name nobody, through the real client.

use jointpath::sandbox::remote::Post;
use serde_json::json;

use crate::town::{ANN, BEA, BEN, CID, Town, button};

const HELP: [&str; 2] = ["summit", "help-write"];

/// All that somebody reads, in the channel and in rooms.
async fn reads(town: &Town, user: u64) -> Vec<Post> {
    let mut posts = Vec::new();
    for room in town.remote.channels_of(user).await.unwrap() {
        posts.extend(town.remote.read_channel(user, room.id.0).await.unwrap());
    }
    posts
}

async fn told(town: &Town, user: u64, words: &str) -> usize {
    reads(town, user).await.iter().filter(|post| post.content.contains(words)).count()
}

async fn hosts(town: &Town, path: [&str; 2], options: serde_json::Value) {
    let seen = town.command(ANN, &path, options).await;
    assert!(!seen.text().is_empty(), "{path:?}");
    town.settle().await;
}

fn drafters(town: &Town) -> Vec<String> {
    let board = town.board();
    let window = board.window_of("sentence").expect("it was opened");
    window.drafters.iter().map(|id| board.people[id].name.clone()).collect()
}

/// Time passes until what is asked for the sentence ends.
async fn ends(town: &Town) {
    let ends = town.board().window_of("sentence").unwrap().ends;
    town.remote.jump(ends.timestamp_millis()).await.unwrap();
    town.settle().await;
}

#[tokio::test]
async fn two_who_offer_write_it_and_the_second_may_come_late() {
    let town = Town::founded().await;
    hosts(&town, ["path", "open"], json!({ "sitting": "dream" })).await;
    town.write(BEA, &HELP, "Gladly").await;
    hosts(&town, ["path", "close"], json!({ "sitting": "dream", "despite": "time is up" })).await;
    hosts(&town, ["path", "open"], json!({ "sitting": "moves-me" })).await;
    assert!(drafters(&town).is_empty(), "one is not two");
    let posts = town.posts(CID).await;
    let title = town.app.words("en").ask("help-write").title;
    let post = posts.iter().find(|post| post.button(&title).is_some()).expect("the post asks for help");
    let seen = town.remote.press(CID, post.id, &button(post, &title)).await.unwrap();
    let form = town.press(CID, &seen, "write").await;
    let seen = town.fill(CID, &form, &["Me too"]).await;
    assert!(!seen.text().is_empty() && seen.outcome != "failed", "{seen:?}");
    town.settle().await;
    assert_eq!(drafters(&town), ["Bea", "Cid"]);
    for user in [BEA, CID] {
        assert_eq!(told(&town, user, "you are one of the two who write").await, 1);
    }
    assert_eq!(told(&town, ANN, "offered to help and now write").await, 1);
    let no = town.command(BEN, &["summit", "sentence"], json!({})).await;
    assert!(no.modal.is_none() && !no.text().contains('✓'), "{no:?}");
    let seen = town.write(CID, &["summit", "sentence"], "All children eat well at school.").await;
    assert!(seen.text().contains('✓'), "{}", seen.text());
}

#[tokio::test]
async fn authors_are_asked_and_then_their_draft_goes_forward() {
    let town = Town::founded().await;
    hosts(&town, ["time", "by-itself"], json!({ "answer": "yes" })).await;
    for sitting in ["hello", "round", "triads", "give", "choose", "groundwork-stands"] {
        hosts(&town, ["time", "skip"], json!({ "sitting": sitting, "why-skip": "we did it in a room" })).await;
    }
    hosts(&town, ["path", "open"], json!({ "sitting": "dream" })).await;
    town.write(BEN, &["summit", "drafts"], "Nobody learns hungry.").await;
    town.write(CID, &["summit", "drafts"], "Lunch for @everyone, *all*.").await;
    hosts(&town, ["path", "close"], json!({ "sitting": "dream", "despite": "time is up" })).await;
    hosts(&town, ["path", "open"], json!({ "sitting": "moves-me" })).await;
    for (user, draft) in [(ANN, "Lunch for"), (BEA, "Lunch for"), (CID, "Nobody learns")] {
        let seen = town.command(user, &["summit", "moving"], json!({})).await;
        town.choose(user, &seen, draft).await;
    }
    ends(&town).await;
    assert_eq!(drafters(&town), ["Ben", "Cid"]);
    for user in [BEN, CID] {
        assert_eq!(told(&town, user, "Your draft is one of those that moved the group most").await, 1);
    }
    assert_eq!(told(&town, ANN, "are asked: their drafts moved the group most").await, 1);
    let posts = town.posts(BEA).await;
    let title = town.app.words("en").ask("sentence").title;
    assert!(posts.iter().any(|post| post.button(&title).is_some()), "it has a post of its own");
    ends(&town).await;
    let board = town.board();
    let cards = board.cards_of("sentence", false);
    assert_eq!(cards.iter().map(|card| board.words_of(card)).collect::<Vec<_>>(), ["Lunch for @everyone, *all*."]);
    assert_eq!(told(&town, CID, "yours goes forward as").await, 1);
    let posts = town.posts(BEA).await;
    let post = posts.iter().find(|post| post.content.contains("the draft that moved us most goes forward"));
    let post = post.expect("the channel hears it");
    assert!(post.content.contains("\\*all\\*") && !post.content.contains("@everyone"), "{}", post.content);
    assert!(post.pinged.is_empty());
}
