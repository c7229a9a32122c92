//! *Subject to approval by …* through the real client, from the answer to the canvas and back.

use chrono::{DateTime, Utc};
use jointpath::canvas;
use jointpath::canvas::draw::{Ink, Order, Paper, Picture};
use jointpath::path::{RoomId, Viewer};
use jointpath::sandbox::remote::Post;
use serde_json::json;

use crate::town::{ANN, BEA, BEN, CHANNEL, CID, EVE, Town, button};

const RULES: [&str; 2] = ["orientation", "rules"];

async fn room(town: &Town, user: u64, name: &str) -> Vec<Post> {
    let rooms = town.remote.channels_of(user).await.unwrap();
    let room = rooms.iter().find(|room| room.name.contains(name)).unwrap_or_else(|| panic!("{name}: {rooms:?}"));
    town.remote.read_channel(user, room.id.0).await.unwrap()
}

async fn of_hosts(town: &Town) -> Vec<Post> {
    room(town, ANN, &town.label("room-hosts")).await
}

fn count(posts: &[Post], words: &str) -> usize {
    posts.iter().filter(|post| post.content.contains(words)).count()
}

/// The canvas as everybody in the channel sees it.
fn outline(town: &Town) -> String {
    let id = town.app.partnership_in(RoomId(CHANNEL)).unwrap();
    canvas::outline(&town.app.canvas(id, Viewer::Room).unwrap())
}

async fn jump(town: &Town, moment: &str) {
    let moment: DateTime<Utc> = moment.parse().unwrap();
    town.remote.jump(moment.timestamp_millis()).await.unwrap();
    town.settle().await;
}

/// The rules stand, for Beta subject to approval by 20 March.
async fn settled() -> Town {
    let town = Town::founded().await;
    town.command(ANN, &["path", "open"], json!({"sitting": "round"})).await;
    for user in [ANN, CID] {
        let seen = town.command(user, &RULES, json!({})).await;
        town.press(user, &seen, "stands").await;
    }
    let seen = town.command(BEN, &RULES, json!({})).await;
    let form = town.press(BEN, &seen, "stands-subject").await;
    // The day that is offered first: today, 2 March, and the three days that Beta needs.
    let modal = form.modal.as_ref().unwrap();
    assert_eq!(modal.fields[0].value, "2026-03-05", "{modal:?}");
    for (typed, key) in
        [("when they meet", "when they meet"), ("1 March 2026", "lies in the past"), ("2029-01-01", "too far off")]
    {
        let seen = town.command(BEN, &RULES, json!({})).await;
        let form = town.press(BEN, &seen, "stands-subject").await;
        let seen = town.fill(BEN, &form, &[typed]).await;
        assert!(seen.text().contains(key) && !seen.text().contains('✓'), "{typed}: {}", seen.text());
    }
    let seen = town.command(BEN, &RULES, json!({})).await;
    let form = town.press(BEN, &seen, "stands-subject").await;
    let seen = town.fill(BEN, &form, &["20 March"]).await;
    assert!(seen.text().contains('✓') && seen.text().contains("subject to approval by 2026-03-20"), "{}", seen.text());
    let seen = town.command(BEN, &RULES, json!({})).await;
    assert!(seen.text().contains(&town.label("you-said-subject")), "{}", seen.text());
    assert_eq!(count(&room(&town, BEA, "Beta").await, "subject to approval"), 0, "sealed until the close");
    town.command(ANN, &["path", "close"], json!({"sitting": "round", "despite": "a test"})).await;
    town.settle().await;
    town
}

#[tokio::test(flavor = "multi_thread")]
async fn a_condition_stands_on_the_canvas_until_the_house_approves() {
    let town = settled().await;
    assert!(outline(&town).contains("Beta: subject to approval by 20 March 2026"), "{}", outline(&town));
    let id = town.app.partnership_in(RoomId(CHANNEL)).unwrap();
    let drawn = town.app.canvas(id, Viewer::Room).unwrap();
    let page = canvas::html(&drawn);
    assert!(page.contains("Beta:</span> <span dir=\"auto\">subject to approval"), "{page}");
    town.app.draw(&Order::picture(&drawn, &Picture::Whole, Paper::A3, Ink::Svg)).await.unwrap();
    let posts = town.posts(CID).await;
    assert_eq!(count(&posts, "**Beta**: subject to approval by"), 1, "the close says it");
    let log = town.command(CID, &["path", "log"], json!({})).await;
    assert!(log.text().contains("Beta: subject to approval by 20 March 2026"), "{}", log.text());

    let posts = room(&town, BEA, "Beta").await;
    let post = posts.iter().find(|post| post.content.contains("Silence approves nothing")).expect("the room is asked");
    assert!(post.pinged.is_empty());
    let approved = button(post, &town.label("say-approved"));
    // Somebody of another partner forges the press; so does a colleague who may not decide, and a stranger.
    for user in [CID, BEN, EVE] {
        let seen = town.forge(user, town.posts(user).await.last().unwrap().id, &approved).await;
        assert!(!seen.text().contains('✓'), "{user}: {}", seen.text());
    }
    assert!(town.board().approvals.values().all(|one| one.verdict.is_none()));
    let seen = town.remote.press(BEA, post.id, &approved).await.unwrap();
    assert!(seen.text().contains("✓ Approved"), "{}", seen.text());
    town.settle().await;
    town.remote.press(BEA, post.id, &approved).await.unwrap();
    town.settle().await;
    assert_eq!(count(&of_hosts(&town).await, "has approved"), 1, "pressing twice is told once");
    assert!(!outline(&town).contains("subject to approval"), "the condition is gone");
    let log = town.command(CID, &["path", "log"], json!({})).await;
    assert!(log.text().contains("Beta: approved on 2 March 2026"), "{}", log.text());
    jump(&town, "2026-03-23T09:00:00Z").await;
    assert_eq!(count(&of_hosts(&town).await, "It still waits"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_passes_is_told_once_and_a_no_is_printed_with_its_reason() {
    let town = settled().await;
    jump(&town, "2026-03-21T12:00:00Z").await;
    assert_eq!(count(&of_hosts(&town).await, "It still waits"), 0, "nobody is told at the weekend");
    jump(&town, "2026-03-23T08:00:00Z").await;
    jump(&town, "2026-03-24T08:00:00Z").await;
    assert_eq!(count(&of_hosts(&town).await, "It still waits"), 1);
    assert_eq!(count(&room(&town, BEA, "Beta").await, "It still waits"), 1);
    assert!(outline(&town).contains("Beta: still waits for approval, expected by 20 March 2026"), "{}", outline(&town));

    // Under `/me`, by somebody who may decide.
    let me = town.command(BEA, &["me"], json!({})).await;
    assert!(me.text().contains(&town.label("approvals-wait")), "{}", me.text());
    let seen = town.choose(BEA, &me, "Beta: ").await;
    let form = town.press(BEA, &seen, "say-not-approved").await;
    let no = town.fill(BEA, &form, &["  "]).await;
    assert!(no.text().contains(&town.beginning("needs-reason")), "{}", no.text());
    let form = town.press(BEA, &no, "try-again").await;
    let seen = town.fill(BEA, &form, &["No *money* before June, @everyone"]).await;
    assert!(seen.text().contains("✓ Noted: not approved"), "{}", seen.text());
    town.settle().await;
    let hosts = of_hosts(&town).await;
    let told = hosts.iter().find(|post| post.content.contains("**not** approved")).expect("hosts are told");
    assert!(told.content.contains("\\*money\\*") && !told.content.contains("@everyone") && told.pinged.is_empty());
    assert!(outline(&town).contains("Beta: not approved: No \\*money\\* before June"), "{}", outline(&town));
    assert!(!town.board().kept("rules").is_empty(), "it undoes nothing by itself");
    let me = town.command(BEA, &["me"], json!({})).await;
    assert!(!me.text().contains(&town.label("approvals-wait")), "{}", me.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_tells_it_for_them_and_a_role_has_the_usual_day() {
    let town = settled().await;
    let desk = town.command(ANN, &["path", "status"], json!({})).await;
    let seen = town.press(ANN, &desk, "approvals").await;
    let seen = town.choose(ANN, &seen, "Beta: ").await;
    let form = town.press(ANN, &seen, "another-day").await;
    let seen = town.fill(ANN, &form, &["24 April"]).await;
    assert!(seen.text().contains("waits for approval by 2026-04-24"), "{}", seen.text());
    let seen = town.press(ANN, &seen, "say-approved").await;
    assert!(seen.text().contains('✓') && seen.text().contains("a host entered it"), "{}", seen.text());
    let log = town.command(CID, &["path", "log"], json!({})).await;
    assert!(log.text().contains("(a host entered it)"), "{}", log.text());

    town.command(ANN, &["path", "open"], json!({"sitting": "who-does-what"})).await;
    let seen = town.command(CID, &["outlook", "accepts"], json!({})).await;
    let seen = town.choose(CID, &seen, "once it is approved").await;
    let seen = town.press(CID, &seen, "give").await;
    assert!(seen.text().contains("subject to approval"), "{}", seen.text());
    town.settle().await;
    assert_eq!(count(&room(&town, CID, "Gamma").await, "Silence approves nothing"), 1);
    assert!(outline(&town).contains("subject to approval by 7 March 2026"), "{}", outline(&town));
}
