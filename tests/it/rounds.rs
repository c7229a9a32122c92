//! Consent in rounds through the real client: an objection with a proposal, the next round, agreement.

use serde_json::json;

use crate::town::{ANN, BEA, BEN, CID, EVE, Town};

const RULES: [&str; 2] = ["orientation", "rules"];

#[tokio::test]
async fn an_objection_leads_to_a_round_about_that_line_alone() {
    let town = Town::founded().await;
    town.command(ANN, &["path", "open"], json!({"sitting": "round"})).await;
    for user in [ANN, BEN, CID] {
        let seen = town.command(user, &RULES, json!({})).await;
        town.press(user, &seen, "stands").await;
    }
    let lines: Vec<String> = town
        .board()
        .cards
        .values()
        .filter(|card| card.source == "ground-rules")
        .map(|card| card.field("name").to_owned())
        .collect();
    let seen = town.command(BEA, &RULES, json!({})).await;
    let menu = town.press(BEA, &seen, "not-yet").await;
    let form = town.choose(BEA, &menu, &lines[0]).await;
    let seen = town.fill(BEA, &form, &["It says *nothing* on pupils", "Ask the pupils too"]).await;
    assert!(seen.text().contains('✓'), "{}", seen.text());
    let seen = town.command(BEA, &RULES, json!({})).await;
    assert!(seen.text().contains("Ask the pupils too"), "her own answer is shown to her: {}", seen.text());
    let menu = town.press(BEA, &seen, "stands-after-all").await;
    let seen = town.choose(BEA, &menu, &lines[0]).await;
    assert!(seen.text().contains('✓'), "changed until the close: {}", seen.text());
    let seen = town.command(BEA, &RULES, json!({})).await;
    let menu = town.press(BEA, &seen, "not-yet").await;
    let form = town.choose(BEA, &menu, &lines[0]).await;
    town.fill(BEA, &form, &["It says *nothing* on pupils", "Ask the pupils too"]).await;
    town.command(ANN, &["path", "close"], json!({"sitting": "round", "despite": "a test"})).await;
    town.settle().await;

    let posts = town.posts(BEN).await;
    let told =
        posts.iter().find(|post| post.content.contains("Ask the pupils too")).expect("the close says what is proposed");
    assert!(told.content.contains("Bea") && told.content.contains("still working on"), "{}", told.content);
    assert!(posts.iter().all(|post| post.pinged.is_empty()));

    let desk = town.command(ANN, &["path", "status"], json!({})).await;
    let round = town.press(ANN, &desk, "next-round").await;
    assert!(round.text().contains("Ask the pupils too") && round.text().contains("Bea"), "{}", round.text());
    let form = town.choose(ANN, &round, &lines[0]).await;
    let round = town.fill(ANN, &form, &["Everybody is asked, pupils too"]).await;
    assert!(round.text().contains("pupils too"), "{}", round.text());
    let id = town.posts(BEN).await.last().unwrap().id;
    let seen = town.forge(BEN, id, "j1:ropen:rules").await;
    assert!(!seen.text().contains('✓'), "only hosts: {}", seen.text());
    let seen = town.press(ANN, &round, "open-round").await;
    assert!(seen.text().contains('✓'), "{}", seen.text());
    town.settle().await;
    let board = town.board();
    let window = board.window_of("rules").unwrap();
    assert_eq!((window.nth, window.slate.len()), (2, 1));
    assert!(window.because_of.contains("on pupils"), "{}", window.because_of);
    for user in [ANN, BEA, BEN, CID] {
        let seen = town.command(user, &RULES, json!({})).await;
        assert!(seen.text().contains("Everybody is asked"), "{}", seen.text());
        town.press(user, &seen, "stands").await;
    }
    town.command(ANN, &["path", "ask-close"], json!({"ask": "rules"})).await;
    town.settle().await;
    let board = town.board();
    let kept: Vec<&str> = board.kept("rules").iter().map(|card| board.words_of(&board.cards[card])).collect();
    assert_eq!(kept.len(), lines.len());
    assert_eq!(kept[0], "Everybody is asked, pupils too");
    let seen = town.forge(ANN, id, "j1:ropen:rules").await;
    assert!(!seen.text().contains('✓'), "an old button opens nothing: {}", seen.text());

    let log = town.command(BEN, &["path", "log"], json!({})).await;
    assert_eq!(log.message.as_ref().unwrap().ephemeral_for.map(|id| id.0), Some(BEN), "a private screen");
    for says in ["round 2", "round 1", "pupils too", "Bea"] {
        assert!(log.text().contains(says), "{says}: {}", log.text());
    }
    let taken = town.press(BEN, &log, "form-log").await;
    let files: Vec<&str> =
        taken.message.as_ref().unwrap().attachments.iter().map(|file| file["filename"].as_str().unwrap()).collect();
    assert_eq!(files, ["decisions.md", "decisions.csv", "decisions.json"]);
    let seen = town.command(EVE, &["path", "log"], json!({})).await;
    assert!(seen.text().contains(&town.beginning("not-a-member")), "{}", seen.text());
}
