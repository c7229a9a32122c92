//! A bot that has no time at all: whatever takes a moment comes after Discord was told that the answer follows.

use std::path::Path;
use std::time::Duration;

use jointpath::discord::Patience;
use serde_json::{Value, json};

use crate::discord_canvas::{drawn, files, shown};
use crate::town::{ANN, BEA, BEN, CID, Town};

/// No moment at all. What is at hand is answered all the same: a form can only be the first answer.
const NONE: Patience = Patience { answer: Duration::ZERO, words: Duration::ZERO, picture: Duration::ZERO };
const CAUSES: [&str; 2] = ["groundwork", "causes"];

/// How many requests there were to this kind of address whose body says this.
fn said(record: &Path, address: &str, says: impl Fn(&Value) -> bool) -> usize {
    let text = std::fs::read_to_string(record).unwrap();
    let lines = text.lines().filter(|line| line.contains(address));
    lines.filter(|line| says(&serde_json::from_str::<Value>(line).unwrap()["body"])).count()
}

fn deferred(record: &Path) -> usize {
    said(record, "/callback", |body| body["type"] == 5 || body["type"] == 6)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_late_counts_once_and_is_for_its_giver_alone() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record.jsonl");
    let town = Town::waiting(NONE, &record).await.set_up().await;
    town.command(ANN, &["path", "open"], json!({"sitting": "give"})).await;
    let before = deferred(&record);
    for nth in 0..5 {
        let seen = town.command(BEN, &CAUSES, json!({"text": format!("Cooks are paid {nth} weeks late")})).await;
        assert!(seen.text().contains('✓') && shown(&seen).ephemeral_for.is_some(), "{}", seen.text());
    }
    assert!(deferred(&record) > before, "nothing was late");
    let seen = town.write(BEA, &CAUSES, "Meals stop in March").await;
    assert!(seen.text().contains('✓') && seen.text().contains("Meals stop in March"), "{}", seen.text());
    assert_eq!(shown(&seen).ephemeral_for.map(|id| id.0), Some(BEA));
    town.command(ANN, &["path", "close"], json!({"sitting": "give", "despite": "a test"})).await;
    let cards = town.board().cards.into_values().filter(|card| card.source == "causes").count();
    assert_eq!(cards, 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_go_first_where_no_picture_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record.jsonl");
    let town = Town::waiting(NONE, &record).await.set_up().await;
    let seen = town.command(CID, &["canvas"], json!({})).await;
    let seen = drawn(&town, CID, &seen).await;
    let has_picture = |names: &[String]| names.iter().any(|name| name.ends_with(".png"));
    let names = |files: Vec<(String, String, Vec<u8>)>| files.into_iter().map(|(name, ..)| name).collect::<Vec<_>>();
    assert!(has_picture(&names(files(shown(&seen)).await)), "the picture follows");
    let words = town.label("being-drawn");
    let is_told = |body: &Value| body["content"].as_str().is_some_and(|said| said.contains(&words));
    assert!(said(&record, "/messages/@original", is_told) > 0, "after the words");

    let form = town.command(ANN, &["path", "publish"], json!({})).await;
    town.fill(ANN, &form, &["Early"]).await;
    town.settle().await;
    // Cid still has the private answer with its picture.
    let posts = town.posts(BEA).await;
    let post = posts.iter().find(|post| !post.attachments.is_empty()).expect("a post with files");
    assert_eq!(names(files(post).await), ["canvas.html", "canvas.md"], "without its picture");
}
