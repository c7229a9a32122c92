//! What is open among the server's own events: on, moved, gone, not allowed, deleted by hand, cut off in the middle.

use chrono::{DateTime, TimeDelta, Utc};
use jointpath::path::Spot;
use jointpath::sandbox::Options;
use jointpath::sandbox::remote::{Event, Seen};
use serde_json::json;

use crate::discord_house::House;
use crate::discord_record::{Strictness, judge};
use crate::discord_schema::Schema;
use crate::sandbox_world::{AMINA, BOT_RIGHTS};
use crate::town::{ANN, BEN, CHANNEL, GUILD, RIGHTS, Town, unhurried};

const CREATE_EVENTS: u64 = 1 << 44;
const HOUR: TimeDelta = TimeDelta::hours(1);

fn words(seen: &Seen) -> String {
    seen.message.as_ref().map(|post| post.content.clone()).unwrap_or_default()
}

fn at(moment: &str) -> DateTime<Utc> {
    moment.parse().unwrap()
}

async fn jump(town: &Town, moment: DateTime<Utc>) {
    town.remote.jump(moment.timestamp_millis()).await.unwrap();
    town.settle().await;
}

async fn allow(town: &Town, more: u64) {
    let body = json!({"guild": GUILD, "role": GUILD + 1, "permissions": (RIGHTS | more).to_string()});
    town.remote.happen("role_permissions", body).await.unwrap();
}

/// A town whose bot may make events, with events switched on and one sitting open.
async fn on() -> Town {
    let town = Town::founded().await;
    allow(&town, CREATE_EVENTS).await;
    time(&town, "events", json!({})).await;
    open(&town, "dream").await;
    town
}

async fn time(town: &Town, what: &str, options: serde_json::Value) -> Seen {
    let seen = town.command(ANN, &["time", what], options).await;
    town.settle().await;
    seen
}

async fn open(town: &Town, sitting: &str) {
    town.command(ANN, &["path", "open"], json!({"sitting": sitting})).await;
    town.settle().await;
}

async fn close(town: &Town, sitting: &str) {
    let despite = json!({"sitting": sitting, "despite": "We met and talked"});
    town.command(ANN, &["path", "close"], despite).await;
    town.settle().await;
}

async fn events(town: &Town) -> Vec<Event> {
    town.remote.events_of(BEN).await.unwrap()
}

async fn only(town: &Town) -> Event {
    let mut all = events(town).await;
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn end(town: &Town, ask: &str) -> DateTime<Utc> {
    town.board().window_of(ask).unwrap().ends
}

/// How often hosts were told in their room that events are not allowed.
async fn complaints(town: &Town) -> usize {
    let mut count = 0;
    for place in town.remote.channels_of(ANN).await.unwrap() {
        let posts = town.remote.read_channel(ANN, place.id.0).await.unwrap();
        count += posts.iter().filter(|post| post.content.contains("**Create Events**")).count();
    }
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_stands_there_while_they_are_off() {
    let town = Town::founded().await;
    allow(&town, CREATE_EVENTS).await;
    open(&town, "dream").await;
    assert!(events(&town).await.is_empty());
    let seen = town.command(BEN, &["time", "events"], json!({})).await;
    assert!(words(&seen).contains(&town.beginning("hosts-only")), "{seen:?}");
    town.settle().await;
    assert!(events(&town).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_switches_them_on_and_the_last_hour_stands_there_until_the_close() {
    let town = Town::founded().await;
    allow(&town, CREATE_EVENTS).await;
    open(&town, "dream").await;
    let desk = town.command(ANN, &["path", "status"], json!({})).await;
    let seen = town.choose(ANN, &desk, &town.label("deed-events")).await;
    assert!(words(&seen).contains("Server events are on"), "{seen:?}");
    town.settle().await;
    let (event, ends) = (only(&town).await, end(&town, "drafts"));
    assert_eq!((event.scheduled_start_time, event.scheduled_end_time), (ends - HOUR, ends));
    let title = town.app.words("en").sitting("dream").title;
    assert_eq!(event.name, format!("{title}: last hour"));
    assert_eq!(event.entity_metadata["location"], format!("https://discord.com/channels/{GUILD}/{CHANNEL}"));
    let minutes = town.board().plan.sitting("dream").unwrap().1.minutes;
    assert!(event.description.as_ref().unwrap().contains(&format!("about {minutes} minutes")), "{event:?}");
    // A second step has a second one; a given card moves nothing.
    open(&town, "farewell").await;
    assert_eq!(events(&town).await.len(), 2);
    close(&town, "farewell").await;
    assert_eq!(only(&town).await.id, event.id);
    time(&town, "extend", json!({"sitting": "dream", "until": "20 March 14:30"})).await;
    let moved = only(&town).await;
    assert_eq!((moved.id, moved.scheduled_end_time), (event.id, at("2026-03-20T14:30:00Z")));
    assert_eq!(moved.scheduled_start_time, at("2026-03-20T13:30:00Z"));
    time(&town, "pause", json!({"until": "9 March"})).await;
    let paused = only(&town).await;
    assert!(paused.id == event.id && paused.scheduled_end_time > at("2026-03-26T00:00:00Z"), "{paused:?}");
    time(&town, "resume", json!({})).await;
    let resumed = only(&town).await;
    assert_eq!((resumed.id, resumed.scheduled_end_time), (event.id, end(&town, "drafts")));
    close(&town, "dream").await;
    assert!(events(&town).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn switched_off_all_of_ours_go_and_only_ours() {
    let town = on().await;
    let own = only(&town).await;
    let theirs = json!({
        "name": "Sports day", "description": own.description, "privacy_level": 2, "entity_type": 3,
        "scheduled_start_time": "2026-03-05T09:00:00Z", "scheduled_end_time": "2026-03-05T12:00:00Z",
        "entity_metadata": {"location": "The field"},
    });
    town.remote.happen("schedule", json!({"guild": GUILD, "user": ANN, "event": theirs})).await.unwrap();
    // Somebody's event that looks like ours is theirs, also where ours is gone.
    town.remote.happen("delete_event", json!({"event": own.id})).await.unwrap();
    time(&town, "extend", json!({"sitting": "dream", "until": "20 March"})).await;
    let names: Vec<String> = events(&town).await.into_iter().map(|event| event.name).collect();
    assert_eq!(names, ["Sports day", own.name.as_str()]);
    let seen = time(&town, "events", json!({})).await;
    assert!(words(&seen).contains("Server events are off"), "{seen:?}");
    assert_eq!(only(&town).await.name, "Sports day");
    time(&town, "events", json!({})).await;
    assert_eq!(events(&town).await.len(), 2, "and on again");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_that_moves_in_the_last_hour_has_a_new_event() {
    let town = on().await;
    let (event, ends) = (only(&town).await, end(&town, "drafts"));
    jump(&town, ends - HOUR / 2).await;
    assert_eq!(only(&town).await.status, 2, "its hour has come");
    time(&town, "extend", json!({"sitting": "dream", "until": "20 March"})).await;
    let next = only(&town).await;
    assert!(next.id != event.id && next.status == 1, "what has begun cannot wait again: {next:?}");
    assert_eq!(next.scheduled_end_time, end(&town, "drafts"));
    // At its end it is over by itself, and so is the step.
    jump(&town, next.scheduled_end_time - HOUR / 2).await;
    jump(&town, next.scheduled_end_time).await;
    assert!(!town.board().window_of("drafts").unwrap().is_open());
    assert!(events(&town).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_rest_begins_at_once() {
    let town = Town::founded().await;
    allow(&town, CREATE_EVENTS).await;
    open(&town, "dream").await;
    let ends = end(&town, "drafts");
    jump(&town, ends - HOUR / 2).await;
    time(&town, "events", json!({})).await;
    let event = only(&town).await;
    assert!(event.scheduled_start_time < ends - HOUR / 3 && event.scheduled_end_time == ends, "{event:?}");
    // What follows leaves it alone: it is where it should be.
    open(&town, "farewell").await;
    let again = events(&town).await.into_iter().find(|one| one.id == event.id).unwrap();
    assert_eq!(again.scheduled_start_time, event.scheduled_start_time);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_allowed_is_told_once_and_made_up_for() {
    let town = Town::founded().await;
    open(&town, "dream").await;
    let seen = time(&town, "events", json!({})).await;
    assert!(words(&seen).contains("**Create Events**"), "{seen:?}");
    assert!(events(&town).await.is_empty());
    assert_eq!(complaints(&town).await, 1, "the answer to the host, which they alone see");
    // All else goes on.
    open(&town, "farewell").await;
    assert_eq!(complaints(&town).await, 1);
    assert!(town.posts(BEN).await.iter().any(|post| post.content.contains(&farewell(&town))));
    // Whoever gives rights here comes late: it is tried longer than what is posted would be.
    for _ in 0..55 {
        let now = town.app.now();
        jump(&town, now + TimeDelta::minutes(16)).await;
    }
    assert_eq!(complaints(&town).await, 1);
    allow(&town, CREATE_EVENTS).await;
    let now = town.app.now();
    jump(&town, now + TimeDelta::minutes(16)).await;
    assert_eq!(events(&town).await.len(), 2, "it is made up for by itself");
    // It is taken away again: then they hear it in their room, once.
    allow(&town, 0).await;
    time(&town, "extend", json!({"sitting": "dream", "until": "20 March"})).await;
    time(&town, "extend", json!({"sitting": "dream", "until": "21 March"})).await;
    let now = town.app.now();
    jump(&town, now + TimeDelta::minutes(40)).await;
    assert_eq!(complaints(&town).await, 2);
    // Off and on again waits for nobody.
    allow(&town, CREATE_EVENTS).await;
    time(&town, "events", json!({})).await;
    time(&town, "events", json!({})).await;
    let ends: Vec<_> = events(&town).await.iter().map(|event| event.scheduled_end_time).collect();
    assert!(ends.contains(&end(&town, "drafts")), "{ends:?}");
}

fn farewell(town: &Town) -> String {
    town.app.words("en").sitting("farewell").title
}

#[tokio::test(flavor = "multi_thread")]
async fn a_try_that_was_cut_off_leaves_one_event() {
    let town = Town::founded().await;
    allow(&town, CREATE_EVENTS).await;
    // It is made, and nobody here learns of it: as if the bot had died in between.
    let lost = json!({"kind": "drop_after_accept", "route": "POST /api/v10/guilds/{}/scheduled-events", "count": 1});
    town.remote.fault(lost).await.unwrap();
    time(&town, "events", json!({})).await;
    open(&town, "dream").await;
    let event = only(&town).await;
    let remembered = |town: &Town| {
        let spots = town.board().rooms;
        spots.into_iter().filter(|(spot, _)| matches!(spot, Spot::Occasion(_))).map(|(_, id)| id.0).collect::<Vec<_>>()
    };
    assert_eq!(remembered(&town), [event.id.0], "it was found again by its mark");
    let lost = json!({"kind": "drop_after_accept", "route": "PATCH /api/v10/guilds/{}/scheduled-events", "count": 1});
    town.remote.fault(lost).await.unwrap();
    time(&town, "extend", json!({"sitting": "dream", "until": "20 March"})).await;
    assert_eq!(remembered(&town), [event.id.0, event.id.0]);
    assert_eq!(only(&town).await.id, event.id);
    let lost = json!({"kind": "drop_after_accept", "route": "DELETE /api/v10/guilds/{}/scheduled-events", "count": 1});
    town.remote.fault(lost).await.unwrap();
    close(&town, "dream").await;
    assert!(events(&town).await.is_empty());
    let now = town.app.now();
    jump(&town, now + HOUR).await;
    assert!(events(&town).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_server_has_no_room_the_next_change_tries_again() {
    let town = Town::founded().await;
    allow(&town, CREATE_EVENTS).await;
    let theirs = json!({
        "name": "Sports day", "privacy_level": 2, "entity_type": 3, "entity_metadata": {"location": "The field"},
        "scheduled_start_time": "2026-04-05T09:00:00Z", "scheduled_end_time": "2026-04-05T12:00:00Z",
    });
    for _ in 0..100 {
        town.remote.happen("schedule", json!({"guild": GUILD, "user": ANN, "event": theirs})).await.unwrap();
    }
    time(&town, "events", json!({})).await;
    open(&town, "dream").await;
    let all = events(&town).await;
    assert_eq!(all.len(), 100);
    town.remote.happen("delete_event", json!({"event": all[0].id})).await.unwrap();
    time(&town, "extend", json!({"sitting": "dream", "until": "20 March"})).await;
    let title = town.app.words("en").sitting("dream").title;
    assert!(events(&town).await.iter().any(|event| event.name.contains(&title)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_fits_discords_own_description() {
    let Some(mut schema) = Schema::found() else { return };
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record.jsonl");
    let house = House::with(Options { record: Some(record.clone()), ..unhurried() }).await.set_up().await;
    let remote = &house.stage.remote;
    let rights = (BOT_RIGHTS | CREATE_EVENTS).to_string();
    remote.happen("role_permissions", json!({"guild": GUILD, "role": GUILD + 1, "permissions": rights})).await.unwrap();
    let mut amina = house.person(AMINA);
    for (path, options) in [
        (["time", "events"], json!({})),
        (["path", "open"], json!({"sitting": "dream"})),
        (["time", "extend"], json!({"sitting": "dream", "until": "20 March"})),
        (["time", "events"], json!({})),
    ] {
        amina.command(&path, options).await;
        house.settle().await;
    }
    let record_text = std::fs::read_to_string(&record).unwrap();
    for method in ["POST", "PATCH", "DELETE"] {
        let is_call =
            |line: &&str| line.contains("/scheduled-events") && line.contains(&format!("\"method\":\"{method}\""));
        assert!(record_text.lines().any(|line| is_call(&line)), "{method}");
    }
    let verdict = judge(&record, &mut schema, Strictness::All);
    assert!(verdict.complaints.is_empty(), "{verdict}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_deleted_stays_away_until_its_end_moves() {
    let town = on().await;
    let event = only(&town).await;
    town.remote.happen("delete_event", json!({"event": event.id})).await.unwrap();
    open(&town, "farewell").await;
    assert!(only(&town).await.name.contains(&farewell(&town)), "no quarrel about the other one");
    time(&town, "extend", json!({"sitting": "dream", "until": "20 March"})).await;
    assert_eq!(events(&town).await.len(), 2);
}
