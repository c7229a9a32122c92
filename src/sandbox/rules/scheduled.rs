//! Limits of scheduled events ("Guild Scheduled Event" resource, field requirements by entity type).
//!
//! Discord documents no names for most of these problems. Two are those that its answers are known to have;
//! the stand-in's own begin with `SANDBOX_`.

use serde_json::Value;

use super::given;
use crate::sandbox::error::Problems;
use crate::sandbox::scheduled::{EXTERNAL, GUILD_ONLY, Scheduled, Status, moment};

const NAME_CHARS_MAX: usize = 100;
const DESCRIPTION_CHARS_MAX: usize = 1000;
const LOCATION_CHARS_MAX: usize = 100;
const FIELDS: &str = "channel_id entity_metadata name privacy_level scheduled_start_time scheduled_end_time \
                      description entity_type status image recurrence_rule";

/// Checks a body that makes an event, or changes `old`.
pub(crate) fn check(problems: &mut Problems, body: &Value, old: Option<&Scheduled>, now_ms: i64) {
    problems.only("", body, FIELDS);
    words(problems, body, old.is_some());
    let one_of = |problems: &mut Problems, name: &str, only: u64| {
        if given(&body[name]) && body[name] != only {
            problems.add(name, "BASE_TYPE_CHOICES", format!("Value must be one of ({only})."));
        }
    };
    one_of(problems, "privacy_level", GUILD_ONLY);
    one_of(problems, "entity_type", EXTERNAL);
    if given(&body["channel_id"]) {
        let say = "An event that takes place elsewhere has no channel.";
        problems.add("channel_id", "SANDBOX_CHANNEL", say);
    }
    if old.is_none() {
        let needed = ["name", "privacy_level", "entity_type", "scheduled_start_time", "scheduled_end_time"];
        for name in needed.into_iter().chain(["entity_metadata"]).filter(|name| !given(&body[*name])) {
            problems.add(name, "BASE_TYPE_REQUIRED", "This field is required");
        }
        if given(&body["status"]) {
            problems.add("status", "SANDBOX_UNKNOWN_FIELD", "Discord documents no such field here");
        }
    }
    times(problems, body, old, now_ms);
    if let Some(old) = old {
        status(problems, body, old);
    }
}

fn words(problems: &mut Problems, body: &Value, is_change: bool) {
    for (name, value, most) in [
        ("name", &body["name"], NAME_CHARS_MAX),
        ("description", &body["description"], DESCRIPTION_CHARS_MAX),
        ("entity_metadata.location", &body["entity_metadata"]["location"], LOCATION_CHARS_MAX),
    ] {
        match value.as_str() {
            Some(text) => problems.length(name, text, 1, most),
            None if given(value) => problems.add(name, "STRING_TYPE_CONVERT", "Could not interpret as string."),
            None => {}
        }
    }
    // An event of this kind cannot be without its place; whoever changes it may leave the place alone.
    let metadata = &body["entity_metadata"];
    if given(metadata) && !given(&metadata["location"]) {
        problems.add("entity_metadata.location", "BASE_TYPE_REQUIRED", "This field is required");
    }
    if given(metadata) {
        problems.only("entity_metadata", metadata, "location");
    }
    if is_change && body.get("name").is_some_and(Value::is_null) {
        problems.add("name", "BASE_TYPE_REQUIRED", "This field is required");
    }
}

/// It begins in the future and ends after that. The start of one that runs is not taken at all, changed or not.
fn times(problems: &mut Problems, body: &Value, old: Option<&Scheduled>, now_ms: i64) {
    let read = |problems: &mut Problems, name: &str| {
        let at = moment(&body[name]);
        if given(&body[name]) && at.is_none() {
            problems.add(name, "DATE_TIME_TYPE_PARSE", "Could not parse. Should be ISO8601.");
        }
        at
    };
    let starts = read(problems, "scheduled_start_time");
    let ends = read(problems, "scheduled_end_time");
    if old.is_some_and(|old| old.status != Status::Scheduled) && starts.is_some() {
        let (code, say) = (
            "GUILD_SCHEDULED_EVENT_SCHEDULE_INVALID_START_BY_STATUS",
            "Cannot update start time of an event that has begun.",
        );
        problems.add("scheduled_start_time", code, say);
    } else if starts.is_some_and(|starts| starts <= now_ms) {
        let (code, say) = ("GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "Cannot schedule event in the past.");
        problems.add("scheduled_start_time", code, say);
    }
    if old.is_some() && body.get("scheduled_end_time").is_some_and(Value::is_null) {
        problems.add("scheduled_end_time", "BASE_TYPE_REQUIRED", "This field is required");
    }
    let first = starts.or(old.map(|old| old.starts_ms));
    let last = ends.or(old.map(|old| old.ends_ms));
    if let (Some(first), Some(last)) = (first, last)
        && (starts.is_some() || ends.is_some())
        && last <= first.max(if ends.is_some() { now_ms } else { first })
    {
        problems.add("scheduled_end_time", "SANDBOX_END", "It ends after its start, and not in the past.");
    }
}

fn status(problems: &mut Problems, body: &Value, old: &Scheduled) {
    if !given(&body["status"]) {
        return;
    }
    let next = body["status"].as_u64().and_then(Status::of);
    if !next.is_some_and(|next| old.status.may_become(next)) {
        problems.add("status", "SANDBOX_STATUS", "Not a status that may come after this one.");
    }
}
