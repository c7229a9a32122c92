//! A host puts a text of their own in the place of what we say in an opening post, before and while it stands.

use jointpath::sandbox::remote::Post;
use serde_json::json;

use crate::town::{ANN, BEA, Town, form};

const HOSTILE: &str = "Hello @everyone, **why** is <@1002> [here](https://example.org)?\n# Loud";

async fn opens(town: &Town, sitting: &str) {
    town.command(ANN, &["path", "open"], json!({ "sitting": sitting })).await;
    town.settle().await;
}

#[tokio::test]
async fn the_text_of_a_post_is_the_hosts_before_it_opens() {
    let town = Town::founded().await;
    let words = town.app.words("en").sitting("round");
    let seen = town.command(ANN, &["path", "preview"], json!({ "sitting": "round" })).await;
    assert!(seen.text().contains(&words.post) && seen.text().contains(&words.canvas), "{}", seen.text());
    let sheet = town.press(ANN, &seen, "deed-invitation").await;
    let prefilled = form(&sheet).fields[0].value.clone();
    assert_eq!(prefilled, words.post.replace('*', ""), "the form starts with our text");
    let unchanged = town.fill(ANN, &sheet, &[&prefilled]).await;
    assert!(unchanged.text().contains("our own words") && town.board().invitations.is_empty(), "{}", unchanged.text());
    let sheet = town.press(ANN, &unchanged, "deed-invitation").await;
    let seen = town.fill(ANN, &sheet, &[HOSTILE]).await;
    assert!(seen.text().contains('✓') && seen.text().contains("In the words of Ann"), "{}", seen.text());
    assert!(!seen.text().contains(&words.post) && seen.text().contains(&words.canvas), "{}", seen.text());
    opens(&town, "round").await;
    let posts = town.posts(BEA).await;
    let post = posts.iter().find(|post| post.content.contains("In the words of Ann")).expect("the opening post");
    assert!(post.content.contains("\\*\\*why\\*\\*") && post.content.contains("\\# Loud"), "{}", post.content);
    assert!(!post.content.contains("@everyone") && !post.content.contains("<@1002>"), "{}", post.content);
    assert!(post.pinged.is_empty() && post.content.contains(&words.canvas), "{}", post.content);
}

#[tokio::test]
async fn a_standing_post_is_edited_in_place_and_back() {
    let town = Town::founded().await;
    opens(&town, "round").await;
    let words = town.app.words("en").sitting("round");
    let before = town.posts(BEA).await;
    let post = before.iter().find(|post| post.content.contains(&words.post)).expect("the opening post").clone();
    let no = town.command(BEA, &["path", "preview"], json!({ "sitting": "round" })).await;
    assert!(no.text().contains("Only a host"), "{}", no.text());
    let seen = town.command(ANN, &["path", "preview"], json!({ "sitting": "round" })).await;
    let sheet = town.press(ANN, &seen, "deed-invitation").await;
    let seen = town.fill(ANN, &sheet, &["Let us meet, six minutes each."]).await;
    assert!(seen.text().contains('✓'), "{}", seen.text());
    town.settle().await;
    let after = town.posts(BEA).await;
    let edited = after.iter().find(|other| other.id == post.id).expect("the same post");
    assert!(edited.content.contains("Let us meet, six minutes each."), "{}", edited.content);
    assert!(edited.content.contains("In the words of Ann") && !edited.content.contains(&words.post));
    assert_eq!(edited.controls().len(), post.controls().len(), "its buttons stay");
    let public = |posts: &[Post]| posts.iter().filter(|post| post.ephemeral_for.is_none()).count();
    assert_eq!(public(&after), public(&before), "nothing new is posted");
    let seen = town.press(ANN, &seen, "deed-invitation-back").await;
    assert!(seen.text().contains("Our words are back"), "{}", seen.text());
    town.settle().await;
    let again = town.posts(BEA).await;
    let back = again.iter().find(|other| other.id == post.id).expect("the same post");
    assert_eq!(back.content, post.content);
    let sheet = town.press(ANN, &seen, "deed-invitation").await;
    town.command(ANN, &["path", "close"], json!({ "sitting": "round", "despite": "time is up" })).await;
    town.settle().await;
    let late = town.fill(ANN, &sheet, &["Too late"]).await;
    assert!(late.text().contains("is closed, so its invitation stays"), "{}", late.text());
    assert!(town.board().invitations.is_empty());
}

#[tokio::test]
async fn of_two_hosts_the_later_text_stands_and_the_other_learns_of_it() {
    let town = Town::founded().await;
    let seen = town.command(ANN, &["path", "status"], json!({})).await;
    let seen = town.choose(ANN, &seen, &town.label("deed-person")).await;
    let seen = town.choose(ANN, &seen, "Bea").await;
    town.choose(ANN, &seen, &town.label("host")).await;
    let look = json!({ "sitting": "round" });
    let anns = town.command(ANN, &["path", "preview"], look.clone()).await;
    let beas = town.command(BEA, &["path", "preview"], look).await;
    let (anns, beas) =
        (town.press(ANN, &anns, "deed-invitation").await, town.press(BEA, &beas, "deed-invitation").await);
    town.fill(ANN, &anns, &["Of Ann"]).await;
    let seen = town.fill(BEA, &beas, &["Of Bea"]).await;
    assert!(seen.text().contains("the words of Ann, who is told"), "{}", seen.text());
    town.settle().await;
    assert_eq!(town.board().invitations["round"].text, "Of Bea");
    let rooms = town.remote.channels_of(ANN).await.unwrap();
    let mut told = Vec::new();
    for room in rooms {
        told.extend(town.remote.read_channel(ANN, room.id.0).await.unwrap());
    }
    let told: Vec<_> = told.iter().filter(|post| post.content.contains("worded the invitation to")).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].content.contains("Bea has worded"), "{}", told[0].content);
}
