//! Time, from a person's click: what closes by itself, and what hosts do about it.

use jointpath::path::WindowState;
use jointpath::sandbox::remote::Seen;
use serde_json::json;

use crate::town::{ANN, BEA, Town};

fn words(seen: &Seen) -> String {
    seen.message.as_ref().map(|post| post.content.clone()).unwrap_or_default()
}

async fn jump(town: &Town, moment: chrono::DateTime<chrono::Utc>) {
    town.remote.jump(moment.timestamp_millis()).await.unwrap();
    town.settle().await;
}

async fn posted(town: &Town, words: &str) -> usize {
    town.posts(ANN).await.iter().filter(|post| post.content.contains(words)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sitting_closes_by_itself_and_a_host_who_comes_too_late_is_answered_kindly() {
    let town = Town::founded().await;
    town.command(ANN, &["path", "open"], json!({"sitting": "dream"})).await;
    town.settle().await;
    let ends = town.board().window_of("drafts").unwrap().ends;
    jump(&town, ends - chrono::TimeDelta::minutes(5)).await;
    assert!(town.board().window_of("drafts").unwrap().is_open());
    jump(&town, ends).await;
    assert_eq!(town.board().window_of("drafts").unwrap().state, WindowState::Closed);
    let close = town.app.words("en").sitting("dream").close;
    assert_eq!(posted(&town, close.lines().next().unwrap()).await, 1);
    let seen = town.command(ANN, &["path", "close"], json!({"sitting": "dream"})).await;
    assert!(words(&seen).contains("has closed by itself"), "{seen:?}");
    jump(&town, ends + chrono::TimeDelta::days(3)).await;
    assert_eq!(posted(&town, close.lines().next().unwrap()).await, 1, "it is told once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_gives_more_time_pauses_and_goes_on() {
    let town = Town::founded().await;
    town.command(ANN, &["path", "open"], json!({"sitting": "dream"})).await;
    let title = town.app.words("en").sitting("dream").title;
    let menu = town.command(ANN, &["time", "extend"], json!({})).await;
    let form = town.choose(ANN, &menu, &title).await;
    let seen = town.fill(ANN, &form, &["when it is done"]).await;
    assert!(words(&seen).contains("when it is done"), "{seen:?}");
    let form = town.press(ANN, &seen, "try-again").await;
    let seen = town.fill(ANN, &form, &["20 March"]).await;
    assert!(words(&seen).contains("is open until"), "{seen:?}");
    let ends = town.board().window_of("drafts").unwrap().ends;
    assert_eq!(ends, "2026-03-20T18:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    // Nobody but hosts, and nothing in the past.
    let seen = town.command(BEA, &["time", "pause"], json!({"until": "9 March"})).await;
    assert!(words(&seen).contains(&town.beginning("hosts-only")), "{seen:?}");
    let seen = town.command(ANN, &["time", "pause"], json!({"until": "2020-01-01"})).await;
    assert!(words(&seen).contains("lies in the past"), "{seen:?}");
    town.command(ANN, &["time", "pause"], json!({"until": "9 March"})).await;
    town.settle().await;
    assert_eq!(posted(&town, "**We pause**").await, 1);
    let seen = town.command(ANN, &["path", "open"], json!({"sitting": "farewell"})).await;
    assert!(words(&seen).contains(&town.beginning("paused")), "{seen:?}");
    let desk = town.command(ANN, &["path", "status"], json!({})).await;
    let seen = town.press(ANN, &desk, "deed-resume").await;
    assert!(words(&seen).contains(town.label("goes-on").split('.').next().unwrap()), "{seen:?}");
    town.settle().await;
    assert_eq!(posted(&town, "**We go on**").await, 1);
    assert!(town.board().timetable.pause.is_none());
    let moved = town.board().window_of("drafts").unwrap().ends;
    assert_eq!(moved, ends, "a pause that is taken back at once costs nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sitting_is_left_out_and_days_off_are_entered_at_the_desk() {
    let town = Town::founded().await;
    let desk = town.command(ANN, &["path", "status"], json!({})).await;
    let menu = town.choose(ANN, &desk, &town.label("deed-skip")).await;
    let title = town.app.words("en").sitting("dream").title;
    let form = town.choose(ANN, &menu, &title).await;
    town.fill(ANN, &form, &["We did that in January"]).await;
    assert_eq!(town.board().timetable.left_out["dream"].why, "We did that in January");
    let desk = town.command(ANN, &["path", "status"], json!({})).await;
    let form = town.choose(ANN, &desk, &town.label("deed-days-off")).await;
    town.fill(ANN, &form, &["3 March – 5 March\n8 March"]).await;
    assert_eq!(town.board().timetable.days_off.len(), 2);
    town.command(ANN, &["path", "open"], json!({"sitting": "give"})).await;
    let ends = town.board().window_of("causes").unwrap().ends;
    assert_eq!(ends, "2026-03-06T18:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
}

/// The calendar file of what is seen, by its name.
async fn file(seen: &Seen) -> (String, String) {
    let files = &seen.message.as_ref().unwrap().attachments;
    let file = files.iter().find(|file| file["filename"].as_str().unwrap().ends_with(".ics")).expect("no calendar");
    let bytes = reqwest::get(file["url"].as_str().unwrap()).await.unwrap().text().await.unwrap();
    (file["filename"].as_str().unwrap().to_owned(), bytes)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_takes_the_ends_home_as_a_calendar_file() {
    let town = Town::founded().await;
    town.command(ANN, &["path", "open"], json!({"sitting": "dream"})).await;
    town.settle().await;
    let me = town.command(BEA, &["me"], json!({})).await;
    let seen = town.press(BEA, &me, "form-ics").await;
    let (name, first) = file(&seen).await;
    assert_eq!((name.as_str(), seen.message.as_ref().unwrap().ephemeral_for.map(|id| id.0)), ("path.ics", Some(BEA)));
    let ends = |town: &Town| town.board().window_of("drafts").unwrap().ends.format("DTEND:%Y%m%dT%H%M%SZ").to_string();
    assert!(first.contains(&ends(&town)), "{first}");
    town.command(ANN, &["time", "extend"], json!({"sitting": "dream", "until": "20 March 14:30"})).await;
    town.command(ANN, &["time", "skip"], json!({"sitting": "farewell", "why-skip": "We meet, and say it there"})).await;
    town.settle().await;
    let canvas = town.command(BEA, &["canvas"], json!({})).await;
    let (_, then) = file(&town.press(BEA, &canvas, "form-ics").await).await;
    assert!(then.contains("DTEND:20260320T143000Z") && then.contains(&ends(&town)), "{then}");
    assert!(then.contains("STATUS:CANCELLED") && then.contains("We meet\\, and say it there"), "{then}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_switches_the_weekly_line_on_and_it_is_posted_once_a_week() {
    let town = Town::founded().await;
    let seen = town.command(BEA, &["time", "weekly"], json!({})).await;
    assert!(words(&seen).contains(&town.beginning("hosts-only")), "{seen:?}");
    let desk = town.command(ANN, &["path", "status"], json!({})).await;
    let seen = town.choose(ANN, &desk, &town.label("deed-weekly")).await;
    assert!(words(&seen).contains("weekly line is on"), "{seen:?}");
    town.command(ANN, &["path", "open"], json!({"sitting": "dream"})).await;
    town.command(ANN, &["time", "extend"], json!({"sitting": "dream", "until": "4 weeks"})).await;
    town.settle().await;
    let head = town.label("weekly-head");
    for told in 1..=2 {
        let next = jointpath::path::weekly::next(&town.board()).unwrap();
        jump(&town, next - chrono::TimeDelta::minutes(10)).await;
        assert_eq!(posted(&town, &head).await, told - 1);
        jump(&town, next).await;
        assert_eq!(posted(&town, &head).await, told);
    }
    let post = town.posts(ANN).await.into_iter().rev().find(|post| post.content.contains(&head)).unwrap();
    assert!(post.content.contains(&town.app.words("en").sitting("dream").title), "{}", post.content);
    assert!(post.content.contains("0 of") && post.pinged.is_empty(), "{}", post.content);
    town.command(ANN, &["time", "weekly"], json!({})).await;
    assert!(town.board().timetable.weekly.is_none());
}
