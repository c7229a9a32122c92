//! Sittings that open by themselves, and how hosts set the pace, from a person's click.

use chrono::{DateTime, TimeDelta, Utc};
use jointpath::path::WindowState;
use jointpath::sandbox::remote::Seen;
use serde_json::json;

use crate::town::{ANN, BEA, Town};

fn words(seen: &Seen) -> String {
    seen.message.as_ref().map(|post| post.content.clone()).unwrap_or_default()
}

async fn by_itself() -> Town {
    let town = Town::founded().await;
    let seen = town.command(ANN, &["time", "by-itself"], json!({"answer": "yes"})).await;
    assert!(words(&seen).contains("opens by itself"), "{}", words(&seen));
    town
}

fn at(moment: &str) -> DateTime<Utc> {
    moment.parse().unwrap()
}

async fn jump(town: &Town, moment: DateTime<Utc>) {
    town.remote.jump(moment.timestamp_millis()).await.unwrap();
    town.settle().await;
}

async fn posts(town: &Town, sitting: &str) -> usize {
    let post = town.app.words("en").sitting(sitting).post;
    let line =
        post.lines().find(|line| !line.trim().is_empty()).unwrap().trim().split(" {{").next().unwrap().to_owned();
    town.posts(ANN).await.iter().filter(|post| post.content.contains(&line)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn once_begun_the_next_sitting_opens_by_itself_and_everybody_reads_when() {
    let town = by_itself().await;
    town.command(ANN, &["path", "open"], json!({"sitting": "hello"})).await;
    town.settle().await;
    let ends = town.board().window_of("hello-line").unwrap().ends;
    jump(&town, ends).await;
    let morning = jointpath::path::coming::coming(&town.board()).unwrap().at;
    let stamp = format!("<t:{}:", morning.timestamp());
    let told = town.posts(ANN).await.iter().filter(|post| post.content.contains(&stamp)).count();
    assert_eq!(told, 2, "on the pinned board and on the closing post");
    let desk = town.command(ANN, &["path", "status"], json!({})).await;
    assert!(words(&desk).contains(&stamp), "{}", words(&desk));
    jump(&town, morning - TimeDelta::minutes(5)).await;
    assert_eq!(posts(&town, "round").await, 0);
    jump(&town, morning).await;
    assert_eq!((posts(&town, "round").await, town.board().window_of("rules").unwrap().state), (1, WindowState::Open));
    jump(&town, morning + TimeDelta::hours(1)).await;
    assert_eq!(posts(&town, "round").await, 1, "once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_says_not_before_a_day_which_comes_next_and_by_hand() {
    let town = by_itself().await;
    town.command(ANN, &["path", "open"], json!({"sitting": "hello"})).await;
    town.command(ANN, &["path", "close"], json!({"sitting": "hello"})).await;
    let title = town.app.words("en").sitting("round").title;
    let menu = town.command(ANN, &["time", "opens"], json!({})).await;
    let form = town.choose(ANN, &menu, &title).await;
    let seen = town.fill(ANN, &form, &["whenever"]).await;
    assert!(words(&seen).contains("whenever"), "{seen:?}");
    let form = town.press(ANN, &seen, "try-again").await;
    let seen = town.fill(ANN, &form, &["20 March"]).await;
    assert!(words(&seen).contains(&format!("<t:{}:", at("2026-03-20T09:00:00Z").timestamp())), "{}", words(&seen));
    let seen = town.command(BEA, &["time", "by-itself"], json!({"answer": "no"})).await;
    assert!(words(&seen).contains(&town.beginning("hosts-only")), "{seen:?}");
    let seen = town.command(ANN, &["time", "first"], json!({"sitting": "dream"})).await;
    assert!(words(&seen).contains(&town.app.words("en").sitting("dream").title), "{}", words(&seen));
    let seen = town.command(ANN, &["time", "by-itself"], json!({"answer": "no"})).await;
    assert!(words(&seen).contains("nothing opens by itself"), "{}", words(&seen));
    jump(&town, at("2026-03-24T12:00:00Z")).await;
    assert_eq!((posts(&town, "round").await, posts(&town, "dream").await), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_chooses_a_pace_and_own_days_at_the_desk() {
    let town = Town::founded().await;
    let desk = town.command(ANN, &["path", "status"], json!({})).await;
    let menu = town.choose(ANN, &desk, &town.label("deed-pace")).await;
    let seen = town.choose(ANN, &menu, &town.label("pace-brisk")).await;
    assert!(words(&seen).contains("16 working days"), "{}", words(&seen));
    let seen = town.command(ANN, &["time", "days"], json!({"sitting": "hello", "days": "many"})).await;
    assert!(words(&seen).contains("many"), "{}", words(&seen));
    town.command(ANN, &["time", "days"], json!({"sitting": "hello", "days": "5"})).await;
    town.command(ANN, &["path", "open"], json!({"sitting": "hello"})).await;
    // Monday to Friday.
    assert_eq!(town.board().window_of("hello-line").unwrap().ends, at("2026-03-06T18:00:00Z"));
    let seen = town.command(ANN, &["time", "days"], json!({"sitting": "hello", "days": "5"})).await;
    assert!(words(&seen).contains(&town.beginning("already-open")), "{}", words(&seen));
}
