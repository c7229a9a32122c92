//! Scheduled events in the stand-in: Discord's limits and rights, time, what clients and people are told.

use jointpath::sandbox::Id;
use serde_json::{Value, json};
use serenity::all::Event;
use serenity::model::event::GatewayEvent;

use crate::sandbox_socket::{GUILD_MESSAGES, GUILDS, Socket};
use crate::sandbox_world::{AMINA, BOT_RIGHTS, CHANNEL, GUILD, Stage, TOKEN};

const CREATE_EVENTS: u64 = 1 << 44;
const MANAGE_EVENTS: u64 = 1 << 33;
const GUILD_SCHEDULED_EVENTS: u64 = 1 << 16;

/// An event on the stand-in's first day (it begins at 8:00), from then to then.
pub fn event(from: &str, until: &str) -> Value {
    json!({
        "name": "Our causes: last hours", "description": "About 7 minutes.", "privacy_level": 2, "entity_type": 3,
        "scheduled_start_time": format!("2026-03-02T{from}:00Z"),
        "scheduled_end_time": format!("2026-03-02T{until}:00.000000+00:00"),
        "entity_metadata": {"location": format!("https://discord.com/channels/{GUILD}/{CHANNEL}")},
    })
}

fn all() -> String {
    format!("/guilds/{GUILD}/scheduled-events")
}

async fn allow(stage: &Stage, more: u64) {
    let body = json!({"guild": GUILD, "role": GUILD + 1, "permissions": (BOT_RIGHTS | more).to_string()});
    stage.remote.happen("role_permissions", body).await.unwrap();
}

async fn may_schedule() -> Stage {
    let stage = Stage::new().await;
    allow(&stage, CREATE_EVENTS).await;
    stage
}

async fn code(stage: &Stage, method: &str, path: &str, body: &Value) -> Value {
    stage.call(method, path, body).await.1["code"].clone()
}

async fn at(stage: &Stage, moment: &str) {
    let moment: chrono::DateTime<chrono::Utc> = moment.parse().unwrap();
    stage.remote.jump(moment.timestamp_millis()).await.unwrap();
}

#[tokio::test]
async fn events_keep_discords_limits() {
    let stage = may_schedule().await;
    let with = |field: &str, value: Value| {
        let mut body = event("09:00", "10:00");
        body[field] = value;
        body
    };
    let without = |field: &str| {
        let mut body = event("09:00", "10:00");
        body.as_object_mut().unwrap().remove(field);
        body
    };
    let place = |place: &str| json!({ "location": place });
    let wrong = [
        with("name", json!("")),
        with("name", json!("x".repeat(101))),
        with("description", json!("x".repeat(1001))),
        with("entity_metadata", place("")),
        with("entity_metadata", place(&"x".repeat(101))),
        with("entity_metadata", json!({})),
        with("entity_metadata", json!({"location": "here", "room": "2"})),
        with("privacy_level", json!(1)),
        with("entity_type", json!(4)),
        with("channel_id", json!(CHANNEL.to_string())),
        with("scheduled_start_time", json!("tomorrow")),
        with("status", json!(2)),
        with("colour", json!("red")),
        without("name"),
        without("privacy_level"),
        without("entity_type"),
        without("entity_metadata"),
        without("scheduled_start_time"),
        without("scheduled_end_time"),
        event("08:00", "10:00"),
        event("10:00", "10:00"),
    ];
    for body in wrong {
        assert_eq!(code(&stage, "POST", &all(), &body).await, 50035, "{body}");
    }
    let past = stage.call("POST", &all(), &event("07:59", "10:00")).await.1;
    let named = &past["errors"]["scheduled_start_time"]["_errors"][0]["code"];
    assert_eq!(named, "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST");
    for _ in 0..100 {
        stage.good("POST", &all(), event("09:00", "10:00")).await;
    }
    assert_eq!(code(&stage, "POST", &all(), &event("09:00", "10:00")).await, 30038);
    // What is over counts no more.
    at(&stage, "2026-03-02T10:00:00Z").await;
    stage.good("POST", &all(), event("11:00", "12:00")).await;
    assert_eq!(code(&stage, "GET", "/guilds/5/scheduled-events", &Value::Null).await, 10004);
}

#[tokio::test]
async fn what_is_not_built_is_loud() {
    let stage = may_schedule().await;
    for (field, value) in [("entity_type", json!(2)), ("image", json!("data:,")), ("recurrence_rule", json!({}))] {
        let mut body = event("09:00", "10:00");
        body[field] = value;
        assert_eq!(stage.call("POST", &all(), &body).await.0, 501, "{field}");
    }
    assert_eq!(stage.remote.unknown_routes().await.unwrap().len(), 3);
}

#[tokio::test]
async fn creating_is_a_right_and_others_events_need_another() {
    let stage = Stage::new().await;
    assert_eq!(code(&stage, "POST", &all(), &event("09:00", "10:00")).await, 50013);
    assert_eq!(stage.good("GET", &all(), Value::Null).await, json!([]), "looking needs no right");
    let theirs = json!({"guild": GUILD, "user": AMINA, "event": event("09:00", "10:00")});
    stage.remote.happen("schedule", theirs).await.unwrap();
    allow(&stage, CREATE_EVENTS).await;
    let own = stage.good("POST", &all(), event("09:00", "10:00")).await;
    let listed = stage.good("GET", &all(), Value::Null).await;
    assert_eq!((listed.as_array().unwrap().len(), &listed[1]), (2, &own));
    let (own, theirs) = (
        format!("{}/{}", all(), own["id"].as_str().unwrap()),
        format!("{}/{}", all(), listed[0]["id"].as_str().unwrap()),
    );
    let name = json!({"name": "Another"});
    stage.good("PATCH", &own, name.clone()).await;
    assert_eq!(code(&stage, "PATCH", &theirs, &name).await, 50013);
    assert_eq!(code(&stage, "DELETE", &theirs, &Value::Null).await, 50013);
    allow(&stage, MANAGE_EVENTS).await;
    assert_eq!(code(&stage, "POST", &all(), &event("09:00", "10:00")).await, 50013, "managing is not creating");
    stage.good("PATCH", &theirs, name.clone()).await;
    stage.good("DELETE", &theirs, Value::Null).await;
    allow(&stage, 0).await;
    assert_eq!(code(&stage, "PATCH", &own, &name).await, 50013);
    assert_eq!(code(&stage, "DELETE", &own, &Value::Null).await, 50013);
    allow(&stage, CREATE_EVENTS).await;
    stage.good("DELETE", &own, Value::Null).await;
    assert_eq!(code(&stage, "PATCH", &own, &name).await, 10070);
}

#[tokio::test]
async fn an_event_begins_and_ends_by_itself() {
    let stage = may_schedule().await;
    let made = stage.good("POST", &all(), event("09:00", "10:00")).await;
    let one = format!("{}/{}", all(), made["id"].as_str().unwrap());
    let status = async || stage.good("GET", &one, Value::Null).await["status"].as_u64().unwrap();
    assert_eq!(status().await, 1);
    assert_eq!(code(&stage, "PATCH", &one, &json!({"status": 3})).await, 50035, "it has not begun");
    at(&stage, "2026-03-02T09:00:00Z").await;
    assert_eq!(status().await, 2);
    let again = stage.call("PATCH", &one, &json!({"scheduled_start_time": "2026-03-02T09:30:00Z"})).await.1;
    let named = &again["errors"]["scheduled_start_time"]["_errors"][0]["code"];
    assert_eq!(named, "GUILD_SCHEDULED_EVENT_SCHEDULE_INVALID_START_BY_STATUS");
    assert_eq!(code(&stage, "PATCH", &one, &json!({"status": 4})).await, 50035, "it runs already");
    stage.good("PATCH", &one, json!({"scheduled_end_time": "2026-03-02T11:00:00Z"})).await;
    at(&stage, "2026-03-02T10:59:00Z").await;
    assert_eq!(status().await, 2);
    at(&stage, "2026-03-02T11:00:00Z").await;
    assert_eq!(status().await, 3);
    assert_eq!(code(&stage, "PATCH", &one, &json!({"name": "x"})).await, 180_000);
    assert_eq!(stage.good("GET", &all(), Value::Null).await, json!([]));
    let off = stage.good("POST", &all(), event("12:00", "13:00")).await;
    let off = format!("{}/{}", all(), off["id"].as_str().unwrap());
    stage.good("PATCH", &off, json!({"status": 4})).await;
    assert_eq!(code(&stage, "PATCH", &off, &json!({"status": 2})).await, 180_000);
}

#[tokio::test]
async fn clients_that_ask_and_people_of_the_guild_are_told() {
    let stage = may_schedule().await;
    let mut deaf = Socket::identified(&stage, GUILDS | GUILD_MESSAGES).await;
    let mut socket = Socket::identified(&stage, GUILDS | GUILD_SCHEDULED_EVENTS).await;
    let made = stage.good("POST", &all(), event("09:00", "10:00")).await;
    let created = socket.event("GUILD_SCHEDULED_EVENT_CREATE").await;
    assert_eq!(created, made);
    let frame = json!({"op": 0, "s": 1, "t": "GUILD_SCHEDULED_EVENT_CREATE", "d": created});
    match serde_json::from_value(frame).unwrap() {
        GatewayEvent::Dispatch(_, Event::GuildScheduledEventCreate(read)) => {
            assert_eq!(read.event.start_time.to_string(), "2026-03-02T09:00:00Z");
        }
        other => panic!("serenity reads {other:?}"),
    }
    at(&stage, "2026-03-02T09:00:00Z").await;
    assert_eq!(socket.event("GUILD_SCHEDULED_EVENT_UPDATE").await["status"], 2);
    let seen = stage.remote.events_of(AMINA).await.unwrap();
    assert_eq!((seen.len(), seen[0].name.as_str(), seen[0].status), (1, "Our causes: last hours", 2));
    let mut late = Socket::connect(&stage).await;
    late.identify(TOKEN, GUILDS).await;
    assert_eq!(
        late.event("GUILD_CREATE").await["guild_scheduled_events"][0]["id"],
        made["id"],
        "whoever comes later finds it in the guild"
    );
    let id = Id::from_json(&made["id"]).unwrap();
    stage.remote.happen("delete_event", json!({"event": id})).await.unwrap();
    assert_eq!(socket.event("GUILD_SCHEDULED_EVENT_DELETE").await["id"], made["id"]);
    assert!(stage.remote.events_of(AMINA).await.unwrap().is_empty());
    stage.say("heard").await;
    assert_eq!(deaf.frame().await["t"], "MESSAGE_CREATE", "whoever does not ask is not told");
}
