//! Guilds, roles, members ("Guild resource").

use serde_json::{Value, json};

use super::{Answer, Call, Reply, id};
use crate::sandbox::error::{ApiError, invalid};
use crate::sandbox::permissions as perms;
use crate::sandbox::shape;
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::{Channel, State};

pub(super) fn route(state: &mut State, call: &Call, parts: &[&str]) -> Option<Reply> {
    Some(match (call.method.as_str(), parts) {
        ("GET", ["guilds", guild]) => id(guild).and_then(|g| {
            let mut json = shape::guild(state.guild(g)?);
            if call.wants("with_counts") {
                json["approximate_member_count"] = json!(state.guild(g)?.members.len());
                json["approximate_presence_count"] = json!(0);
            }
            Answer::ok(json)
        }),
        ("GET", ["guilds", guild, "roles"]) => id(guild).and_then(|g| Answer::ok(json!(shape::roles(state.guild(g)?)))),
        ("GET", ["guilds", guild, "channels"]) => id(guild).and_then(|g| channels(state, g)),
        ("GET", ["guilds", guild, "members"]) => id(guild).and_then(|g| list(state, g, call)),
        ("GET", ["guilds", guild, "members", "search"]) => id(guild).and_then(|g| search(state, g, call)),
        ("GET", ["guilds", guild, "members", user]) => id(guild).and_then(|g| member(state, g, user)),
        _ => return None,
    })
}

/// `GET /users/@me/guilds`.
pub(super) fn mine(state: &State) -> Value {
    let guilds = state.guilds.values().filter(|guild| guild.members.contains_key(&state.bot));
    guilds
        .map(|guild| {
            let bits = perms::in_guild(state, guild.id, state.bot);
            json!({
                "id": guild.id, "name": guild.name, "icon": null, "banner": null, "owner": guild.owner == state.bot,
                "permissions": bits.to_string(), "features": [],
            })
        })
        .collect()
}

/// Channels of a guild, without threads; those hidden from the bot are left out.
fn channels(state: &State, guild: Id) -> Reply {
    state.guild(guild)?;
    let here = |c: &&Channel| c.guild == Some(guild) && c.thread.is_none() && perms::sees(state, c, state.bot);
    Answer::ok(state.channels.values().filter(here).map(|c| shape::channel(state, c)).collect())
}

fn member(state: &State, guild: Id, user: &str) -> Reply {
    let guild = state.guild(guild)?;
    let user = if user == "@me" { state.bot } else { id(user)? };
    let account = state.users.get(&user).ok_or_else(|| ApiError::of(10013))?;
    let member = guild.members.get(&user).ok_or_else(|| ApiError::of(10007))?;
    Answer::ok(shape::member(member, account))
}

/// Listing members needs the `GUILD_MEMBERS` intent.
fn list(state: &State, guild: Id, call: &Call) -> Reply {
    let guild = state.guild(guild)?;
    if !state.application.privileged_intents.iter().any(|intent| intent == "GUILD_MEMBERS") {
        return Err(ApiError::of(50001));
    }
    let limit = call.query.get("limit").and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, 1000);
    let after = call.query.get("after").and_then(|text| Id::parse(text)).unwrap_or_default();
    let rows = guild.members.iter().filter(|(id, _)| **id > after).take(limit);
    Answer::ok(rows.filter_map(|(id, m)| state.users.get(id).map(|u| shape::member(m, u))).collect())
}

fn search(state: &State, guild: Id, call: &Call) -> Reply {
    let guild = state.guild(guild)?;
    let query = call.query.get("query").map(|text| text.to_lowercase());
    let query = query.ok_or_else(|| invalid("query", "BASE_TYPE_REQUIRED", "This field is required"))?;
    let limit = call.query.get("limit").and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, 1000);
    let found = guild.members.iter().filter_map(|(id, m)| {
        let user = state.users.get(id)?;
        let starts = |name: &str| name.to_lowercase().starts_with(&query);
        (starts(&user.username) || m.nick.as_deref().is_some_and(starts)).then(|| shape::member(m, user))
    });
    Answer::ok(found.take(limit).collect())
}
