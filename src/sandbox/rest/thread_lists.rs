//! Lists of threads: awake ones of a guild, sleeping ones of a channel.

use serde_json::{Value, json};

use super::{Answer, Call, Reply, id};
use crate::sandbox::permissions as perms;
use crate::sandbox::shape;
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::{Channel, PRIVATE_THREAD, State};

pub(super) fn route(state: &mut State, call: &Call, parts: &[&str]) -> Option<Reply> {
    if call.method != "GET" {
        return None;
    }
    Some(match parts {
        ["channels", channel, "threads", "archived", kind @ ("public" | "private")] => {
            id(channel).and_then(|c| archived(state, c, *kind == "private", call))
        }
        ["channels", channel, "users", "@me", "threads", "archived", "private"] => {
            id(channel).and_then(|c| archived_mine(state, c, call))
        }
        ["guilds", guild, "threads", "active"] => id(guild).and_then(|g| active(state, g)),
        _ => return None,
    })
}

fn listing(state: &State, threads: &[&Channel], more: bool) -> Value {
    let mine = |c: &&&Channel| c.thread.as_ref().is_some_and(|thread| thread.members.contains_key(&state.bot));
    let own = |c: &&Channel| {
        let joined = c.thread.as_ref().and_then(|thread| thread.members.get(&state.bot)).copied();
        shape::thread_member(c.id, state.bot, joined.unwrap_or(state.now_ms))
    };
    json!({
        "threads": threads.iter().map(|c| shape::channel(state, c)).collect::<Vec<_>>(),
        "members": threads.iter().filter(mine).map(own).collect::<Vec<_>>(), "has_more": more,
    })
}

fn active(state: &State, guild: Id) -> Reply {
    state.guild(guild)?;
    let here = |c: &&Channel| {
        c.guild == Some(guild) && c.thread.as_ref().is_some_and(|t| !t.archived) && perms::sees(state, c, state.bot)
    };
    let mut found: Vec<&Channel> = state.channels.values().filter(here).collect();
    found.reverse();
    Answer::ok(listing(state, &found, false))
}

fn archived(state: &State, channel: Id, private: bool, call: &Call) -> Reply {
    let need = perms::READ_MESSAGE_HISTORY | if private { perms::MANAGE_THREADS } else { 0 };
    state.channel_with(channel, need)?;
    asleep(state, channel, call, |c| (c.kind == PRIVATE_THREAD) == private)
}

fn archived_mine(state: &State, channel: Id, call: &Call) -> Reply {
    state.channel_with(channel, perms::READ_MESSAGE_HISTORY)?;
    let bot = state.bot;
    asleep(state, channel, call, |c| {
        c.kind == PRIVATE_THREAD && c.thread.as_ref().is_some_and(|thread| thread.members.contains_key(&bot))
    })
}

fn asleep(state: &State, parent: Id, call: &Call, wanted: impl Fn(&Channel) -> bool) -> Reply {
    let limit = call.query.get("limit").and_then(|text| text.parse().ok()).unwrap_or(50).clamp(2, 100);
    let before = call.query.get("before").and_then(|text| chrono::DateTime::parse_from_rfc3339(text).ok());
    let before = before.map(|at| at.timestamp_millis());
    let rest = |c: &Channel| c.thread.as_ref().filter(|t| t.archived && t.parent == parent).map(|t| t.archive_ms);
    let mut found: Vec<(i64, &Channel)> = state
        .channels
        .values()
        .filter(|c| wanted(c))
        .filter_map(|c| rest(c).map(|ms| (ms, c)))
        .filter(|(ms, _)| before.is_none_or(|before| *ms < before))
        .collect();
    found.sort_by_key(|(ms, c)| std::cmp::Reverse((*ms, c.id)));
    let more = found.len() > limit;
    let threads: Vec<&Channel> = found.into_iter().take(limit).map(|(_, c)| c).collect();
    Answer::ok(listing(state, &threads, more))
}
