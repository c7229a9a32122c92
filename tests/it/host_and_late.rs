//! A host's word before the opening; and people who come late, come back, or come with a new account.

use jointpath::canvas;
use jointpath::path::{RoomId, Viewer};
use jointpath::sandbox::remote::Seen;
use serde_json::json;

use crate::town::{ANN, BEA, CHANNEL, CID, EVE, Town, button};

async fn opens(town: &Town, sitting: &str) {
    town.command(ANN, &["path", "open"], json!({ "sitting": sitting })).await;
    town.settle().await;
}

async fn closes(town: &Town, sitting: &str) {
    let options = json!({ "sitting": sitting, "despite": "time is up" });
    let seen = town.command(ANN, &["path", "close"], options).await;
    assert!(seen.text().contains('✓'), "{}", seen.text());
    town.settle().await;
}

async fn me(town: &Town, user: u64) -> Seen {
    town.command(user, &["me"], json!({})).await
}

#[tokio::test]
async fn a_host_looks_at_the_post_and_adds_a_word() {
    let town = Town::founded().await;
    let seen = town.command(ANN, &["path", "preview"], json!({ "sitting": "round" })).await;
    assert!(seen.text().contains("Only you see this"), "{}", seen.text());
    let form = town.press(ANN, &seen, "deed-foreword").await;
    let long = town.fill(ANN, &form, &[&"a".repeat(400)]).await;
    assert!(long.text().contains('✓'), "{}", long.text());
    let form = town.press(ANN, &long, "deed-foreword").await;
    let seen = town.fill(ANN, &form, &["Hello @everyone, I look *forward* to this."]).await;
    assert!(seen.text().contains("A word from Ann") && seen.text().contains("look \\*forward\\*"), "{}", seen.text());
    let no = town.command(BEA, &["path", "preview"], json!({ "sitting": "round" })).await;
    assert!(no.text().contains("Only a host"), "{}", no.text());
    opens(&town, "round").await;
    let posts = town.posts(BEA).await;
    let post = posts.iter().find(|post| post.content.contains("A word from Ann")).expect("the opening post");
    assert!(post.content.contains("I look") && !post.content.contains("@everyone"), "{}", post.content);
    assert!(post.pinged.is_empty());
    let late = town.command(ANN, &["path", "preview"], json!({ "sitting": "round" })).await;
    assert!(late.text().contains("as it stands in the channel"), "{}", late.text());
    assert!(!late.text().contains("is open already"), "nothing was refused");
}

#[tokio::test]
async fn a_word_can_be_taken_back() {
    let town = Town::founded().await;
    let seen = town.command(ANN, &["path", "preview"], json!({ "sitting": "round" })).await;
    let form = town.press(ANN, &seen, "deed-foreword").await;
    let seen = town.fill(ANN, &form, &["Soon"]).await;
    let seen = town.press(ANN, &seen, "deed-foreword-back").await;
    assert!(seen.text().contains('✓') && !seen.text().contains("A word from Ann"), "{}", seen.text());
    assert!(town.board().words.is_empty());
}

#[tokio::test]
async fn whoever_was_away_reads_what_happened_and_adds_to_it() {
    let town = Town::founded().await;
    opens(&town, "give").await;
    town.write(BEA, &["groundwork", "causes"], "Nobody cooks").await;
    closes(&town, "give").await;
    let seen = me(&town, CID).await;
    assert!(seen.text().contains(&town.label("happened-so-far")), "she has given nothing yet: {}", seen.text());
    assert!(seen.text().lines().filter(|line| line.starts_with("• ")).count() <= 5, "{}", seen.text());
    let seen = town.choose(CID, &seen, "Causes").await;
    let form = town.press(CID, &seen, "write").await;
    let seen = town.fill(CID, &form, &["Fuel is dear"]).await;
    assert!(seen.text().contains("as an addition") && seen.text().contains("added later"), "{}", seen.text());
    town.settle().await;
    let board = town.board();
    let card = board.cards.values().find(|card| card.added).expect("an addition");
    assert_eq!(board.words_of(card), "Fuel is dear");
    let id = town.app.partnership_in(RoomId(CHANNEL)).unwrap();
    let canvas = town.app.canvas(id, Viewer::Room).unwrap();
    for told in [canvas::outline(&canvas), canvas::html(&canvas), canvas::json(&canvas)] {
        assert!(told.contains("Fuel is dear") && told.contains("(added later)"), "an addition is not marked");
    }
    assert!(canvas::json(&canvas).contains("\"added\": true"));
    let no = town.command(BEA, &["groundwork", "causes"], json!({ "text": "Too late" })).await;
    assert!(!no.text().contains('✓'), "{}", no.text());
    let hosts = town.remote.channels_of(ANN).await.unwrap();
    let room = hosts.iter().find(|room| room.name == town.label("room-hosts")).unwrap();
    let told = town.remote.read_channel(ANN, room.id.0).await.unwrap();
    assert_eq!(told.iter().filter(|post| post.content.contains("has added to it now")).count(), 1);
}

#[tokio::test]
async fn a_new_account_is_let_in_by_a_host() {
    let town = Town::founded().await;
    let board = town.posts(EVE).await.into_iter().find(|post| post.pinned).unwrap();
    let seen = town.remote.press(EVE, board.id, &button(&board, &town.label("thats-me"))).await.unwrap();
    let seen = town.press(EVE, &seen, "new-account").await;
    let seen = town.choose(EVE, &seen, "Bea").await;
    assert!(seen.text().contains("hosts are asked"), "{}", seen.text());
    town.settle().await;
    let seen = me(&town, EVE).await;
    assert!(seen.text().contains("do not know you"), "{}", seen.text());
    let rooms = town.remote.channels_of(ANN).await.unwrap();
    let room = rooms.iter().find(|room| room.name == town.label("room-hosts")).unwrap();
    let posts = town.remote.read_channel(ANN, room.id.0).await.unwrap();
    let post = posts.iter().find(|post| post.content.contains("new account")).expect("the hosts are asked");
    assert!(post.pinged.is_empty());
    let seen = town.remote.press(ANN, post.id, &button(post, &town.label("yes"))).await.unwrap();
    assert!(seen.text().contains('✓'), "{}", seen.text());
    town.settle().await;
    let seen = me(&town, EVE).await;
    assert!(seen.text().contains("Bea"), "{}", seen.text());
    assert_eq!(town.board().people.values().find(|person| person.name == "Bea").unwrap().accounts.len(), 2);
}

#[tokio::test]
async fn a_partner_that_leaves_is_waited_for_no_more() {
    let town = Town::founded().await;
    opens(&town, "give").await;
    let seen = town.command(ANN, &["path", "status"], json!({})).await;
    let seen = town.choose(ANN, &seen, &town.label("deed-partner-leaves")).await;
    let seen = town.choose(ANN, &seen, "Gamma").await;
    let seen = town.choose(ANN, &seen, &town.label("yes")).await;
    assert!(seen.text().contains("Gamma has left"), "{}", seen.text());
    town.settle().await;
    let board = town.posts(ANN).await.into_iter().find(|post| post.pinned).unwrap();
    assert!(board.content.contains("0 of 3"), "{}", board.content);
    let seen = me(&town, CID).await;
    assert!(seen.text().contains("You have left"), "{}", seen.text());
}
