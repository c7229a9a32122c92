//! A bot that has no time at all: whatever takes a moment comes after Discord was told that the answer follows.

use std::time::Duration;

use jointpath::discord::Patience;
use serde_json::json;

use crate::discord_canvas::{drawn, files, shown};
use crate::town::{ANN, BEA, BEN, CID, Town};

const NONE: Patience = Patience { answer: Duration::ZERO, words: Duration::ZERO, picture: Duration::ZERO };
const CAUSES: [&str; 2] = ["groundwork", "causes"];

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_late_counts_once_and_is_for_its_giver_alone() {
    let town = Town::waiting(NONE).await.set_up().await;
    town.command(ANN, &["path", "open"], json!({"sitting": "give"})).await;
    let seen = town.write(BEA, &CAUSES, "Meals stop in March").await;
    assert!(seen.text().contains('✓') && seen.text().contains("Meals stop in March"), "{}", seen.text());
    assert_eq!(shown(&seen).ephemeral_for.map(|id| id.0), Some(BEA));
    let seen = town.command(BEN, &CAUSES, json!({"text": "Cooks are paid late"})).await;
    assert!(seen.text().contains('✓') && shown(&seen).ephemeral_for.is_some(), "{}", seen.text());
    town.command(ANN, &["path", "close"], json!({"sitting": "give", "despite": "a test"})).await;
    let cards = town.board().cards.into_values().filter(|card| card.source == "causes").count();
    assert_eq!(cards, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_go_first_where_no_picture_is_waited_for() {
    let town = Town::waiting(NONE).await.set_up().await;
    let seen = town.command(CID, &["canvas"], json!({})).await;
    let seen = drawn(&town, CID, &seen).await;
    assert!(!files(shown(&seen)).await.is_empty(), "the picture follows");
    let board = town.posts(CID).await.into_iter().find(|post| post.pinned).expect("the board goes without one");
    let names: Vec<_> = files(&board).await.into_iter().map(|(name, ..)| name).collect();
    assert!(names.iter().all(|name| !name.ends_with("png")), "in words alone: {names:?}");
}
