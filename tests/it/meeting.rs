//! In a meeting, or on the phone: a host enters what people say.

use serde_json::json;

use crate::town::{ANN, BEA, BEN, Town};

async fn opens(town: &Town, sitting: &str) {
    town.command(ANN, &["path", "open"], json!({ "sitting": sitting })).await;
    town.settle().await;
}

#[tokio::test]
async fn a_host_enters_what_was_said_and_sees_nothing_of_it() {
    let town = Town::founded().await;
    opens(&town, "round").await;
    let seen = town.command(ANN, &["path", "meeting"], json!({})).await;
    assert!(seen.text().contains("Meeting") && seen.text().contains("0 of 4"), "{}", seen.text());
    let no = town.command(BEA, &["path", "meeting"], json!({})).await;
    assert!(no.text().contains("Only a host"), "{}", no.text());
    let seen = town.command(ANN, &["path", "enter"], json!({ "ask": "rules" })).await;
    let seen = town.choose(ANN, &seen, "Ben").await;
    let seen = town.choose(ANN, &seen, &town.label("way-phone")).await;
    assert!(seen.text().contains("For **Ben**"), "{}", seen.text());
    let seen = town.press(ANN, &seen, "not-yet").await;
    let line = seen.message.as_ref().unwrap().controls()[0]["options"][0]["label"].as_str().unwrap().to_owned();
    let form = town.choose(ANN, &seen, &line).await;
    let seen = town.fill(ANN, &form, &["Too strict for us"]).await;
    assert!(seen.text().contains('✓') && !seen.text().contains("Too strict"), "{}", seen.text());
    town.settle().await;
    let ben = town.command(BEN, &["orientation", "rules"], json!({})).await;
    assert!(ben.text().contains("Ann entered this for you") && ben.text().contains("Too strict"), "{}", ben.text());
    let ben = town.press(BEN, &ben, "stands").await;
    assert_ne!(ben.outcome, "failed");
    let seen = town.command(ANN, &["path", "meeting"], json!({})).await;
    assert!(seen.text().contains("1 of 4"), "{}", seen.text());
}

#[tokio::test]
async fn dots_roles_and_figures_are_entered_by_menus() {
    let town = Town::founded().await;
    for sitting in ["who-does-what", "red-and-green"] {
        opens(&town, sitting).await;
    }
    let seen = town.command(ANN, &["path", "enter"], json!({ "ask": "roles" })).await;
    let seen = town.choose(ANN, &seen, "Ben").await;
    let seen = town.choose(ANN, &seen, &town.label("way-live")).await;
    let menus = seen.message.as_ref().unwrap().controls().len();
    assert!(menus >= 3, "a menu a partner");
    let seen = town.choose(ANN, &seen, "Backbone").await;
    assert!(seen.text().contains('✓'), "{}", seen.text());
    let seen = town.command(ANN, &["path", "enter"], json!({ "ask": "figures" })).await;
    let seen = town.choose(ANN, &seen, "Ben").await;
    let seen = town.choose(ANN, &seen, &town.label("way-live")).await;
    let field = seen.message.as_ref().unwrap().controls()[0]["options"][0]["label"].as_str().unwrap().to_owned();
    let seen = town.choose(ANN, &seen, &field).await;
    let seen = town.choose(ANN, &seen, "2 ").await;
    assert!(seen.text().contains('✓'), "{}", seen.text());
    assert_eq!(town.board().entered.len(), 2);
    assert!(town.board().ballots.is_empty(), "what was entered is sealed from hosts");
}

#[tokio::test]
async fn a_timer_counts_down_in_the_channel() {
    let town = Town::founded().await;
    let seen = town.command(ANN, &["path", "meeting"], json!({})).await;
    let form = town.press(ANN, &seen, "deed-timer").await;
    let no = town.fill(ANN, &form, &["soon"]).await;
    assert!(!no.text().contains('✓'), "{}", no.text());
    let form = town.press(ANN, &no, "try-again").await;
    let seen = town.fill(ANN, &form, &["10"]).await;
    assert!(seen.text().contains('✓'), "{}", seen.text());
    town.settle().await;
    let posts = town.posts(BEA).await;
    assert!(posts.iter().any(|post| post.content.contains("The timer runs") && post.content.contains(":R>")));
}

#[tokio::test]
async fn a_condition_is_entered_and_is_theirs_to_change() {
    let town = Town::founded().await;
    opens(&town, "round").await;
    let seen = town.command(ANN, &["path", "enter"], json!({ "ask": "rules" })).await;
    let seen = town.choose(ANN, &seen, "Ben").await;
    let seen = town.choose(ANN, &seen, &town.label("way-live")).await;
    let form = town.press(ANN, &seen, "stands-subject").await;
    let usual = form.modal.as_ref().unwrap().fields[0].value.clone();
    assert_eq!(usual, "2026-03-05", "today, 2 March, and the three days that Beta needs");
    let no = town.fill(ANN, &form, &["when they meet"]).await;
    assert!(!no.text().contains('✓') && no.text().contains("when they meet"), "{}", no.text());
    let seen = town.press(ANN, &no, "try-again").await;
    let form = town.press(ANN, &seen, "stands-subject").await;
    let seen = town.fill(ANN, &form, &["20 March"]).await;
    assert!(seen.text().contains('✓') && !seen.text().contains("2026-03-20"), "{}", seen.text());
    let form = town.press(ANN, &seen, "stands-subject").await;
    assert_eq!(form.modal.as_ref().unwrap().fields[0].value, usual, "what was entered is sealed from hosts");
    town.settle().await;
    let ben = town.command(BEN, &["orientation", "rules"], json!({})).await;
    assert!(ben.text().contains("Ann entered this for you"), "{}", ben.text());
    assert!(ben.text().contains(&town.label("you-said-subject")), "{}", ben.text());
    town.press(BEN, &ben, "stands-unsubject").await;
    assert!(town.board().entered.is_empty(), "now it is Ben's own");
    let late = town.fill(ANN, &form, &["24 March"]).await;
    assert!(!late.text().contains('✓'), "{}", late.text());
    let ben = town.command(BEN, &["orientation", "rules"], json!({})).await;
    assert!(!ben.text().contains(&town.label("you-said-subject")), "{}", ben.text());
    let no = town.command(BEA, &["path", "enter"], json!({ "ask": "rules" })).await;
    assert!(no.text().contains("Only a host"), "{}", no.text());
}
