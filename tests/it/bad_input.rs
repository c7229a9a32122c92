//! Bad input through the real client: a private, plain reply that says what is wrong; one's own words
//! given back; nothing lost, nothing saved twice.

use jointpath::sandbox::remote::Seen;
use serde_json::json;

use crate::town::{ANN, BEA, BEN, CHANNEL, CID, EVE, Town, form};

const CAUSES: [&str; 2] = ["groundwork", "causes"];

/// The reply is for this person's eyes only, says this, and rings nobody.
#[track_caller]
fn privately(town: &Town, user: u64, seen: &Seen, key: &str) {
    let post = seen.message.as_ref().unwrap_or_else(|| panic!("no reply: {seen:?}"));
    let says = town.beginning(key);
    assert!(post.content.contains(&says), "should say {says:?}, but: {}", post.content);
    assert_eq!(post.ephemeral_for.map(|id| id.0), Some(user), "for their eyes only");
    assert!(post.pinged.is_empty(), "rings nobody");
}

async fn with_groundwork_open() -> Town {
    let town = Town::founded().await;
    town.command(ANN, &["path", "open"], json!({"sitting": "give"})).await;
    town.settle().await;
    town
}

fn causes(town: &Town) -> usize {
    town.board().cards.values().filter(|card| card.source == "causes").count()
}

#[tokio::test]
async fn too_early_too_late_and_not_theirs() {
    let town = Town::founded().await;
    let seen = town.command(BEA, &CAUSES, json!({})).await;
    privately(&town, BEA, &seen, "not-open-yet");
    town.command(ANN, &["path", "open"], json!({"sitting": "give"})).await;
    let open = town.command(BEA, &CAUSES, json!({})).await;
    let typed = town.press(BEA, &open, "write").await;
    let seen = town.command(EVE, &CAUSES, json!({"text": "I am nobody here"})).await;
    privately(&town, EVE, &seen, "not-a-member");
    let seen = town.command(BEN, &["path", "close"], json!({"sitting": "give"})).await;
    privately(&town, BEN, &seen, "hosts-only");
    town.command(ANN, &["path", "close"], json!({"sitting": "give"})).await;
    town.settle().await;
    let seen = town.fill(BEA, &typed, &["Typed while it was open"]).await;
    privately(&town, BEA, &seen, "closed");
    assert!(seen.text().contains("Typed while it was open"), "her words are given back: {}", seen.text());
    assert_eq!(causes(&town), 0);
}

#[tokio::test]
async fn too_long_words_are_given_back_and_kept_as_a_draft() {
    let town = with_groundwork_open().await;
    let long = "word ".repeat(200);
    let open = town.command(BEA, &CAUSES, json!({})).await;
    let typed = town.press(BEA, &open, "write").await;
    let seen = town.resend(BEA, form(&typed), &long).await;
    privately(&town, BEA, &seen, "too-long");
    assert!(seen.text().contains("word word word"));
    let again = town.press(BEA, &seen, "try-again").await;
    assert!(form(&again).fields[0].value.starts_with("word word"), "prefilled: {again:?}");
    town.fill(BEA, &again, &["Short enough"]).await;
    town.command(ANN, &["path", "close"], json!({"sitting": "give"})).await;
    assert_eq!(causes(&town), 1);
}

#[tokio::test]
async fn the_same_form_sent_twice_counts_once_and_edits_its_card() {
    let town = with_groundwork_open().await;
    let open = town.command(BEA, &CAUSES, json!({})).await;
    let typed = town.press(BEA, &open, "write").await;
    town.fill(BEA, &typed, &["No kitchn"]).await;
    town.resend(BEA, form(&typed), "No kitchn").await;
    town.resend(BEA, form(&typed), "No kitchen").await;
    let board = town.board();
    let cards: Vec<_> = board.cards.values().filter(|card| card.source == "causes").collect();
    assert_eq!(cards.len(), 0, "sealed from hosts while it is open");
    town.command(ANN, &["path", "close"], json!({"sitting": "give"})).await;
    let board = town.board();
    let cards: Vec<_> = board.cards.values().filter(|card| card.source == "causes").collect();
    assert_eq!(cards.len(), 1);
    assert_eq!(cards[0].field("cause"), "No kitchen");
    assert_eq!(cards[0].texts.len(), 2);
}

#[tokio::test]
async fn forged_foreign_and_outdated_buttons_change_nothing() {
    let town = with_groundwork_open().await;
    town.write(BEA, &CAUSES, "A cause of mine").await;
    let id = town.app.partnership_in(jointpath::path::RoomId(CHANNEL)).unwrap();
    let bea = town.board().people.values().find(|person| person.name == "Bea").unwrap().id;
    let own = town.app.view(id, jointpath::path::Viewer::Person(bea)).unwrap();
    let card = own.shown().cards.values().find(|card| card.source == "causes").unwrap().id;
    let any = town.posts(BEN).await.last().unwrap().id;
    for (user, custom_id) in [
        (BEN, format!("j1:withdraw:{card}:y")),
        (BEN, "j0:start:give".to_owned()),
        (BEN, "j1:nonsense".to_owned()),
        (BEN, format!("j1:host:close:-:0:{}", "x".repeat(70))),
        (BEN, "j1:admit:1:y".to_owned()),
        (EVE, "j1:start:give".to_owned()),
        (CID, "j1:place:figures:1:green:3".to_owned()),
        (CID, "j1:confirm:999999:y".to_owned()),
    ] {
        let before = town.app.view(id, jointpath::path::Viewer::Person(bea)).unwrap().shown().cards.clone();
        let seen = town.forge(user, any, &custom_id).await;
        let post = seen.message.as_ref().unwrap_or_else(|| panic!("{custom_id} got no answer: {seen:?}"));
        assert_eq!(post.ephemeral_for.map(|id| id.0), Some(user), "{custom_id}");
        assert!(!post.content.contains('✓'), "{custom_id}: {}", post.content);
        let after = town.app.view(id, jointpath::path::Viewer::Person(bea)).unwrap().shown().cards.clone();
        assert_eq!(before, after, "{custom_id}");
    }
}

#[tokio::test]
async fn hostile_words_are_drawn_as_themselves_and_ring_nobody() {
    let town = with_groundwork_open().await;
    let hostile = "@everyone <@1001> **bold** [x](https://evil.example) `code` # head \u{202e}txt\u{200b} <t:1:R>";
    let seen = town.write(BEA, &CAUSES, hostile).await;
    assert!(seen.text().contains('✓'), "{}", seen.text());
    tame(seen.text());
    town.command(ANN, &["path", "close"], json!({"sitting": "give"})).await;
    town.command(ANN, &["path", "open"], json!({"sitting": "choose"})).await;
    town.settle().await;
    let marks = town.command(BEA, &["groundwork", "core-causes"], json!({})).await;
    town.choose(BEA, &marks, "everyone").await;
    town.command(ANN, &["path", "close"], json!({"sitting": "choose", "despite": "a test"})).await;
    town.settle().await;
    let seen = town.command(BEN, &["canvas"], json!({"share": true})).await;
    assert_ne!(seen.outcome, "failed");
    town.settle().await;
    let posts = town.posts(BEN).await;
    assert!(posts.iter().all(|post| post.pinged.is_empty()), "rings somebody");
    let drawn: Vec<&str> =
        posts.iter().map(|post| post.content.as_str()).filter(|text| text.contains("everyone")).collect();
    assert!(!drawn.is_empty(), "the words stand in no post, so nothing was looked at");
    drawn.into_iter().for_each(tame);
}

/// Nothing of the hostile words is alive where they are drawn.
#[track_caller]
fn tame(drawn: &str) {
    for alive in ["**bold**", "[x](https", " `code`", "@everyone", "<@1001>", "<t:1:R>", "\u{202e}", "\u{200b}txt"] {
        assert!(!drawn.contains(alive), "{alive:?} stayed alive: {drawn}");
    }
}

#[tokio::test]
async fn an_unknown_zone_is_told_and_can_be_mended() {
    let town = Town::empty().await;
    assert!(
        town.remote.command(EVE, CHANNEL, &["setup"], json!({})).await.is_err(),
        "Discord shows it to managers only"
    );
    let seen = town.command(ANN, &["setup"], json!({})).await;
    let form = town.press(ANN, &seen, "set-up").await;
    let seen = town.fill(ANN, &form, &["School Meals", "Children learn hungry", "Ann", "Alpha", "Atlantis"]).await;
    privately(&town, ANN, &seen, "unknown-zone");
    assert!(town.app.partnership_in(jointpath::path::RoomId(CHANNEL)).is_none());
    let again = town.press(ANN, &seen, "try-again").await;
    town.fill(ANN, &again, &["School Meals", "Children learn hungry", "Ann", "Alpha", "Nairobi"]).await;
    assert!(town.app.partnership_in(jointpath::path::RoomId(CHANNEL)).is_some());
}

#[tokio::test]
async fn a_fourth_green_has_no_place() {
    let town = Town::founded().await;
    town.command(ANN, &["path", "open"], json!({"sitting": "red-and-green"})).await;
    town.settle().await;
    let id = town.app.partnership_in(jointpath::path::RoomId(CHANNEL)).unwrap();
    let view = town.app.view(id, jointpath::path::Viewer::Room).unwrap();
    let field = view.shown().cards_of("assessment-fields", false)[0].id;
    let post = town.posts(BEA).await.last().unwrap().id;
    let seen = town.forge(BEA, post, &format!("j1:place:figures:{field}:green:4")).await;
    privately(&town, BEA, &seen, "budget-spent");
    let seen = town.forge(BEA, post, &format!("j1:place:figures:{field}:green:3")).await;
    assert!(seen.text().contains('✓'), "{}", seen.text());
}
