//! Discord's own polls through the real client: posted, voted on there, taken over at the end.

use chrono::{DateTime, Utc};
use jointpath::app::Receipt;
use jointpath::path::{Act, PollAct, RoomId, Viewer, Who};
use jointpath::sandbox::remote::Post;
use serde_json::json;

use crate::town::{ANN, BEA, BEN, CHANNEL, CID, EVE, Town};

/// Everything the bot has in this town, and polls.
const RIGHTS: u64 = 1 << 10 | 1 << 11 | 1 << 15 | 1 << 16 | 1 << 35 | 1 << 36 | 1 << 38 | 1 << 49 | 1 << 51;

async fn may_poll(town: &Town) {
    let body = json!({"guild": 100, "role": 101, "permissions": RIGHTS.to_string()});
    town.remote.happen("role_permissions", body).await.unwrap();
}

async fn asks(town: &Town, boxes: &[&str]) -> String {
    let form = town.command(ANN, &["poll", "ask"], json!({"public": true})).await;
    let seen = town.fill(ANN, &form, boxes).await;
    town.settle().await;
    seen.text().to_owned()
}

async fn poll_of(town: &Town) -> Post {
    town.posts(ANN).await.into_iter().find(|post| post.poll.is_some()).expect("a poll")
}

async fn result_of(town: &Town) -> Post {
    town.settle().await;
    let kept = town.label("poll-kept");
    town.posts(ANN).await.into_iter().find(|post| post.content.contains(&kept)).expect("a result")
}

#[tokio::test]
async fn votes_at_discord_are_taken_over_and_strangers_counted_apart() {
    let town = Town::founded().await;
    let seen = town.command(ANN, &["poll", "ask"], json!({"public": true})).await;
    assert!(seen.text().contains("Create Polls"), "without the right it says which: {}", seen.text());
    may_poll(&town).await;
    assert!(asks(&town, &["Which day?", "Monday\nFriday", "3 hours"]).await.contains('✓'));
    let poll = poll_of(&town).await;
    for (user, answer) in [(BEA, 1), (BEN, 1), (EVE, 1), (CID, 2)] {
        town.remote.vote(user, poll.id, &[answer]).await.unwrap();
    }
    // A look in between takes over what is there; the next one replaces it.
    let id = town.app.partnership_in(RoomId(CHANNEL)).unwrap();
    let ask = town.app.public_polls()[0].1.clone();
    for (nth, answer) in [("one", 1), ("two", 2)] {
        town.remote.vote(BEN, poll.id, &[answer]).await.unwrap();
        let receipt = Receipt { key: nth.to_owned(), ..Receipt::default() };
        town.app.act(id, receipt, Who::Clock, Act::Poll(PollAct::Look { ask: ask.clone() })).await.unwrap();
        let ben = town.board().people.values().find(|person| person.name == "Ben").unwrap().id;
        let chosen = || {
            let view = town.app.view(id, Viewer::Person(ben)).unwrap();
            let card = view.shown().figures.values().next().map(|figure| figure.card);
            card.map(|card| view.shown().cards[&card].field("name").to_owned())
        };
        let expected = ["Monday", "Friday"][answer as usize - 1];
        for _ in 0..500 {
            if chosen().as_deref() == Some(expected) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(chosen().as_deref(), Some(expected));
    }
    let at: DateTime<Utc> = "2026-03-02T12:00:00Z".parse().unwrap();
    town.remote.jump(at.timestamp_millis()).await.unwrap();
    let result = result_of(&town).await;
    let line = |day: &str| result.content.lines().find(|line| line.contains(day)).unwrap().to_owned();
    assert!(line("Friday").contains("2 people from 2 organisations (Ben, Cid)"), "{}", result.content);
    assert!(line("Monday").contains("1 person from 1 organisation (Bea)"), "{}", result.content);
    assert!(line("Monday").contains("1 whom I do not know"), "{}", result.content);
    assert!(town.app.public_polls().is_empty());
    assert!(town.posts(ANN).await.iter().any(|post| post.kind == 46), "Discord's own word on it");
}

#[tokio::test]
async fn who_asked_ends_it_and_a_deleted_one_is_closed_with_what_is_known() {
    let town = Town::empty().await;
    may_poll(&town).await;
    asks(&town, &["Which day?", "Monday\nFriday", "1 week", "Alpha"]).await;
    let poll = poll_of(&town).await;
    town.remote.vote(ANN, poll.id, &[2]).await.unwrap();
    let end = crate::town::button(&poll, &town.label("poll-end"));
    let seen = town.remote.press(ANN, poll.id, &end).await.unwrap();
    let seen = town.press(ANN, &seen, "poll-end").await;
    assert!(seen.text().contains(&town.beginning("poll-ending")), "{}", seen.text());
    let result = result_of(&town).await;
    assert!(result.content.contains("Friday – 1 person"), "{}", result.content);
}

#[tokio::test]
async fn what_discord_would_not_take_is_said_before() {
    let town = Town::empty().await;
    may_poll(&town).await;
    let eleven = (1..=11).map(|nth| format!("Day {nth}")).collect::<Vec<_>>().join("\n");
    let long = format!("Monday\n{}", "x".repeat(56));
    for (options, until, key) in [
        (eleven.as_str(), "", "not-between"),
        (long.as_str(), "", "too-long"),
        ("Monday\nFriday", "33 days", "far-date"),
    ] {
        let said = asks(&town, &["Which day?", options, until, "Alpha"]).await;
        assert!(said.contains(&town.beginning(key)), "{key}: {said}");
    }
    assert_eq!(town.app.partnership_in(RoomId(CHANNEL)), None, "nothing was made");
}
