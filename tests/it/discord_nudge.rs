//! Nudges through the real client: who is reminded, where, what they answer, and never twice.

use chrono::{DateTime, Utc};
use jointpath::app::{App, Clock, Delivery, Pulse};
use jointpath::path::{AccountId, Act, Notice, PartnershipId, PersonId, Who};
use jointpath::prompts::{built_in, load};
use jointpath::sandbox::Options;
use jointpath::sandbox::remote::Post;
use jointpath::store::Store;
use serde_json::json;

use crate::founded::{founder, founding, receipt};
use crate::sandbox_world::stage;
use crate::town::{ANN, BEA, BEN, CHANNEL, CID, Town, button};

/// Open from Monday to Thursday at 18:00 UTC; half of it falls into Wednesday's night.
const LONG: &str = "hello";
const FIRST: &str = "2026-03-04T09:00:00Z";
const SECOND: &str = "2026-03-05T09:00:00Z";

fn ms(moment: &str) -> i64 {
    moment.parse::<DateTime<Utc>>().unwrap().timestamp_millis()
}

/// Lets the world go on until then, stopping wherever the bot has something to do.
async fn until(town: &Town, moment: &str) {
    loop {
        town.settle().await;
        let settled = town.remote.settled(std::time::Duration::from_secs(20)).await.unwrap();
        match settled.bot_next_due_ms.filter(|due| *due <= ms(moment)) {
            Some(due) => town.remote.jump(due.max(settled.now_ms)).await.unwrap(),
            None => break,
        }
    }
    town.remote.jump(ms(moment)).await.unwrap();
    town.settle().await;
}

/// The nudges somebody sees, wherever they stand: (the kind of place, the post).
async fn nudges(town: &Town, user: u64) -> Vec<(u8, Post)> {
    let mut found = Vec::new();
    for place in town.remote.channels_of(user).await.unwrap() {
        let posts = town.remote.read_channel(user, place.id.0).await.unwrap();
        let nudges = posts.into_iter().filter(|post| post.button(&town.label("nudge-stop")).is_some());
        let to_me = |post: &Post| place.kind == 1 || post.pinged.iter().any(|id| id.0 == user);
        found.extend(nudges.filter(to_me).map(|post| (place.kind, post)));
    }
    found
}

async fn week() -> Town {
    let town = Town::founded().await;
    town.command(ANN, &["path", "open"], json!({ "sitting": LONG })).await;
    town.settle().await;
    town
}

/// Chooses in `/me` where to be reminded.
async fn wants(town: &Town, user: u64, place: &str) {
    let seen = town.command(user, &["me"], json!({})).await;
    let seen = town.press(user, &seen, "nudge-where").await;
    let seen = town.choose(user, &seen, &town.label(place)).await;
    assert!(seen.text().contains('✓'), "{}", seen.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_silent_are_nudged_twice_in_their_partners_room_and_others_never() {
    let town = week().await;
    town.write(BEA, &["preparation", "hello-line"], "Good morning").await;
    let seen = town.command(BEA, &["preparation", "interface"], json!({})).await;
    town.press(BEA, &seen, "skip").await;
    until(&town, FIRST).await;
    let first = nudges(&town, BEN).await;
    assert_eq!(first.iter().map(|(kind, post)| (*kind, post.pinged.len())).collect::<Vec<_>>(), [(12, 1)]);
    assert!(first[0].1.content.contains("Ben") && first[0].1.content.contains("<t:"), "{}", first[0].1.content);
    until(&town, SECOND).await;
    let second = nudges(&town, BEN).await;
    assert_eq!(second.len(), 2);
    assert_ne!(second[0].1.content, second[1].1.content, "the second is worded differently");
    until(&town, "2026-03-09T12:00:00Z").await;
    assert_eq!((nudges(&town, BEN).await.len(), nudges(&town, BEA).await.len()), (2, 0));
    let channel = town.remote.read_all(CHANNEL).await.unwrap();
    assert!(channel.iter().all(|post| post.pinged.is_empty()), "nobody is nudged in the channel");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nudge_by_direct_message_works_like_one_in_the_room() {
    let town = week().await;
    wants(&town, BEN, "nudge-direct").await;
    until(&town, FIRST).await;
    let found = nudges(&town, BEN).await;
    assert_eq!(found.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [1], "in the direct message alone");
    let post = &found[0].1;
    assert!(nudges(&town, BEA).await.iter().all(|(_, post)| !post.content.contains("Ben")));
    // The walk goes on in the direct message, screen after screen, form included.
    let seen = town.remote.press(BEN, post.id, &button(post, &town.beginning("start"))).await.unwrap();
    let form = town.press(BEN, &seen, "write").await;
    let seen = town.fill(BEN, &form, &["Hello from the train"]).await;
    assert!(seen.text().contains('✓'), "{}", seen.text());
    let board = town.board();
    let words = |card: &jointpath::path::Card| {
        card.text().is_some_and(|text| text.fields.values().any(|w| w.contains("train")))
    };
    assert!(board.cards.values().any(words));
    // What is forged is no way into another partnership, nor for a stranger.
    let seen = town.forge(BEN, post.id, "j1:me:p99").await;
    assert!(seen.text().contains(&town.beginning("no-partnership")), "{}", seen.text());
    let seen = town.remote.press(BEN, post.id, &button(post, &town.label("nudge-pass"))).await.unwrap();
    let seen = town.press(BEN, &seen, "nudge-pass-yes").await;
    assert!(seen.text().contains('✓'), "{}", seen.text());
    until(&town, "2026-03-09T12:00:00Z").await;
    assert_eq!(nudges(&town, BEN).await.len(), 1, "it was passed");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_direct_message_is_taken_the_partners_room_is() {
    let town = week().await;
    wants(&town, CID, "nudge-direct").await;
    town.remote.happen("dm_open", json!({ "user": CID.to_string(), "open": false })).await.unwrap();
    until(&town, FIRST).await;
    let found = nudges(&town, CID).await;
    assert_eq!(found.iter().map(|(kind, post)| (*kind, post.pinged.len())).collect::<Vec<_>>(), [(12, 1)]);
    assert!(found[0].1.content.contains(&town.label("nudge-not-direct").split('.').next().unwrap()[..20]));
    until(&town, SECOND).await;
    let found = nudges(&town, CID).await;
    assert_eq!(found.len(), 2);
    assert!(!found[1].1.content.contains("directly"), "it is not tried again: {}", found[1].1.content);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_better_day_and_no_more_of_these_are_kept() {
    let town = week().await;
    until(&town, FIRST).await;
    let post = nudges(&town, BEN).await.remove(0).1;
    let seen = town.remote.press(BEN, post.id, &button(&post, &town.label("nudge-day"))).await.unwrap();
    let seen = town.choose(BEN, &seen, "Thursday, 5 March").await;
    assert!(seen.text().contains('✓'), "{}", seen.text());
    let post = nudges(&town, CID).await.remove(0).1;
    let seen = town.remote.press(CID, post.id, &button(&post, &town.label("nudge-stop"))).await.unwrap();
    assert!(seen.text().contains('✓'), "{}", seen.text());
    // A day that is past, and somebody else's screen, change nothing.
    let seen = town.forge(CID, post.id, "j1:onday").await;
    assert!(!seen.text().contains('✓'), "{}", seen.text());
    until(&town, "2026-03-09T12:00:00Z").await;
    assert_eq!((nudges(&town, BEN).await.len(), nudges(&town, CID).await.len()), (2, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_get_a_letter_to_copy_when_a_partner_is_missing_near_the_end() {
    let town = Town::founded().await;
    town.command(ANN, &["path", "open"], json!({ "sitting": "choose" })).await;
    until(&town, "2026-03-09T12:00:00Z").await;
    let mut letters = Vec::new();
    for place in town.remote.channels_of(ANN).await.unwrap() {
        let posts = town.remote.read_channel(ANN, place.id.0).await.unwrap();
        letters.extend(
            posts.into_iter().filter(|post| post.content.contains("```")).map(|post| (place.name.clone(), post)),
        );
    }
    assert_eq!(letters.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>(), [town.label("room-hosts")]);
    assert!(letters[0].1.content.contains("Cid") && letters[0].1.pinged.is_empty(), "{}", letters[0].1.content);
    assert!(letters[0].1.content.contains(":00 (UTC)"), "it says when, as text to copy: {}", letters[0].1.content);
}

/// One who takes posts as the outlet does, without Discord.
async fn started(url: &str, database: &str) -> App {
    let pulse = Pulse::default();
    let clock = Clock::of_world(url, &pulse).await.unwrap();
    let store = Store::open(database).await.unwrap();
    App::start(store, load(&built_in()).unwrap(), clock, pulse).await.unwrap()
}

/// Takes what is due; all but nudges is done at once. The next nudge.
async fn next_nudge(app: &App) -> jointpath::app::Post {
    loop {
        let post = app.next_post().await.unwrap();
        if matches!(post.notice, Notice::Nudge { .. }) {
            return post;
        }
        app.delivered(&post, Delivery::Sent { message: None }).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_between_decision_and_sending_sends_once() {
    let stage = stage(crate::sandbox_world::world(), Options::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("nudge.db").display().to_string();
    let (url, file) = (stage.sandbox.url(), database.clone());
    // It dies with the nudge in hand: its whole runtime is dropped.
    let died = tokio::task::spawn_blocking(move || {
        let life = tokio::runtime::Runtime::new().unwrap();
        let first = life.block_on(async {
            let app = started(&url, &file).await;
            let (id, _) = app.found(receipt("found"), founder(), founding("School Meals")).await.unwrap();
            let ann = Who::Person(person_of(&app, id));
            app.act(id, receipt("open"), ann, Act::Open { sitting: LONG.to_owned() }).await.unwrap();
            jointpath::sandbox::Remote::new(&url).jump(ms(FIRST)).await.unwrap();
            (id, next_nudge(&app).await)
        });
        life.shutdown_timeout(std::time::Duration::from_secs(5));
        first
    });
    let (id, first) = died.await.unwrap();

    let app = started(&stage.sandbox.url(), &database).await;
    let again = next_nudge(&app).await;
    assert_eq!((again.id, &again.notice), (first.id, &first.notice), "the same row, once more");
    assert!(again.attempts > 0, "the outlet looks whether it was sent before");
    app.delivered(&again, Delivery::Sent { message: None }).await.unwrap();
    app.act(id, receipt("time"), Who::Clock, Act::TimePassed).await.unwrap();
    let view = app.view(id, jointpath::path::Viewer::Person(person_of(&app, id))).unwrap();
    assert_eq!(view.shown().nudging.nudges.len(), 1, "it was decided once");
}

fn person_of(app: &App, id: PartnershipId) -> PersonId {
    match app.who(id, AccountId(1), "ann", false) {
        Who::Person(person) => person,
        other => panic!("{other:?}"),
    }
}
