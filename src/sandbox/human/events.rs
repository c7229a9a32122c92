//! Things that happen to a bot: `POST /sandbox/world/{act}`.
//!
//! | act | body |
//! |---|---|
//! | `kick` / `invite` | `{guild}`: the bot is thrown out / comes back |
//! | `delete_channel` | `{channel}`: a channel or thread is deleted |
//! | `delete_message` | `{message}` |
//! | `role_permissions` | `{guild, role, permissions}` |
//! | `overwrite` | `{channel, overwrite: {id, type, allow, deny}}` |
//! | `schedule` | `{guild, user, event}`: somebody makes a scheduled event; `event` as Discord's route takes it |
//! | `delete_event` | `{event}`: somebody deletes a scheduled event |
//! | `archive` | `{channel, locked?}`: somebody archives a thread |
//! | `member_leaves` / `member_joins` | `{guild, user}` |
//! | `rename` | `{user, global_name}` |
//! | `dm_open` | `{user, open}`: direct messages on or off |
//! | `client_restart` | `{user}`: their client forgets forms and messages for their eyes only |

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State as Shares};
use serde_json::{Value, json};

use super::{Refused, Shown, id};
use crate::sandbox::Shared;
use crate::sandbox::error::{ApiError, Problems};
use crate::sandbox::rules::scheduled::check;
use crate::sandbox::shape;
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::{Guild, Member, State};
use crate::sandbox::world::Overwrite;

pub(super) async fn happen(
    Shares(shared): Shares<Arc<Shared>>,
    Path(act): Path<String>,
    Json(body): Json<Value>,
) -> Shown {
    shared.with(|state| one(state, &act, &body))?;
    Ok(Json(json!({})))
}

fn guild<'a>(state: &'a mut State, body: &Value) -> Result<&'a mut Guild, Refused> {
    let id = id(body, "guild")?;
    state.guilds.get_mut(&id).ok_or_else(|| format!("no guild {id}").into())
}

fn one(state: &mut State, act: &str, body: &Value) -> Result<(), Refused> {
    match act {
        "kick" => kick(state, body),
        "invite" => invite(state, body),
        "delete_channel" => {
            state.remove_channel(id(body, "channel")?);
            Ok(())
        }
        "delete_message" => {
            state.remove_message(id(body, "message")?);
            Ok(())
        }
        "role_permissions" => role_permissions(state, body),
        "overwrite" => overwrite(state, body),
        "schedule" => schedule(state, body),
        "delete_event" => {
            state.unschedule(id(body, "event")?);
            Ok(())
        }
        "archive" => archive(state, body),
        "member_leaves" => member_leaves(state, body),
        "member_joins" => member_joins(state, body),
        "rename" => rename(state, body),
        "dm_open" => {
            let user = id(body, "user")?;
            let user = state.users.get_mut(&user).ok_or("nobody has that id")?;
            user.dm_open = body["open"] == true;
            Ok(())
        }
        "client_restart" => {
            let user = id(body, "user")?;
            state.modals.retain(|_, form| form.user != user);
            state.messages.retain(|_, message| message.ephemeral_for != Some(user));
            Ok(())
        }
        other => Err(format!("the world does not know {other}").into()),
    }
}

fn kick(state: &mut State, body: &Value) -> Result<(), Refused> {
    let bot = state.bot;
    let guild = guild(state, body)?;
    guild.members.remove(&bot);
    let data = json!({"id": guild.id});
    state.emit_guild("GUILD_DELETE", &data);
    Ok(())
}

fn invite(state: &mut State, body: &Value) -> Result<(), Refused> {
    let (bot, now_ms) = (state.bot, state.now_ms);
    let guild = guild(state, body)?;
    guild.members.insert(bot, Member { roles: Vec::new(), nick: None, joined_ms: now_ms });
    let id = guild.id;
    if let Some(guild) = state.guilds.get(&id) {
        let data = shape::guild_create(state, guild);
        state.emit_guild("GUILD_CREATE", &data);
    }
    Ok(())
}

fn role_permissions(state: &mut State, body: &Value) -> Result<(), Refused> {
    let role_id = id(body, "role")?;
    let bits = body["permissions"].as_u64().or_else(|| body["permissions"].as_str().and_then(|t| t.parse().ok()));
    let bits = bits.ok_or("\"permissions\" must be bits")?;
    let guild = guild(state, body)?;
    let found = guild.roles.iter_mut().enumerate().find(|(_, role)| role.id == role_id);
    let (position, role) = found.ok_or("no such role")?;
    role.permissions = bits;
    let data = json!({"guild_id": guild.id, "role": shape::role(&role.clone(), position)});
    state.emit_guild("GUILD_ROLE_UPDATE", &data);
    Ok(())
}

fn overwrite(state: &mut State, body: &Value) -> Result<(), Refused> {
    let channel = id(body, "channel")?;
    let new: Overwrite = serde_json::from_value(body["overwrite"].clone()).map_err(|error| error.to_string())?;
    let place = state.channels.get_mut(&channel).ok_or("no such channel")?;
    place.overwrites.retain(|old| old.id != new.id);
    place.overwrites.push(new);
    state.emit_channel("CHANNEL_UPDATE", channel);
    Ok(())
}

fn schedule(state: &mut State, body: &Value) -> Result<(), Refused> {
    let user = id(body, "user")?;
    let guild = guild(state, body)?;
    if !guild.members.contains_key(&user) {
        return Err("not a member".into());
    }
    let guild = guild.id;
    let mut problems = Problems::default();
    check(&mut problems, &body["event"], None, state.now_ms);
    let refused = |error: ApiError| Refused(error.body().to_string());
    problems.finish().map_err(refused)?;
    state.schedule(guild, user, &body["event"]).map(drop).map_err(refused)
}

fn archive(state: &mut State, body: &Value) -> Result<(), Refused> {
    let (channel, now_ms) = (id(body, "channel")?, state.now_ms);
    let thread = state.channels.get_mut(&channel).and_then(|place| place.thread.as_mut()).ok_or("no such thread")?;
    thread.archived = true;
    thread.locked = body["locked"] == true;
    thread.archive_ms = now_ms;
    state.emit_thread("THREAD_UPDATE", channel);
    Ok(())
}

fn member_leaves(state: &mut State, body: &Value) -> Result<(), Refused> {
    let user = id(body, "user")?;
    let guild = guild(state, body)?;
    guild.members.remove(&user).ok_or("not a member")?;
    let guild = guild.id;
    let threads: Vec<Id> =
        state.channels.values().filter(|c| c.guild == Some(guild) && c.thread.is_some()).map(|c| c.id).collect();
    for thread in threads {
        state.leave_thread(thread, user);
    }
    let user = state.users.get(&user).map(shape::user);
    state.emit_member("GUILD_MEMBER_REMOVE", &json!({"guild_id": guild, "user": user}));
    Ok(())
}

fn member_joins(state: &mut State, body: &Value) -> Result<(), Refused> {
    let (user, now_ms) = (id(body, "user")?, state.now_ms);
    let account = state.users.get(&user).ok_or("nobody has that id")?.clone();
    let guild = guild(state, body)?;
    let member = Member { roles: Vec::new(), nick: None, joined_ms: now_ms };
    let mut data = shape::member(&member, &account);
    data["guild_id"] = json!(guild.id);
    guild.members.insert(user, member);
    state.emit_member("GUILD_MEMBER_ADD", &data);
    Ok(())
}

fn rename(state: &mut State, body: &Value) -> Result<(), Refused> {
    let user = id(body, "user")?;
    let account = state.users.get_mut(&user).ok_or("nobody has that id")?;
    account.global_name = body["global_name"].as_str().map(str::to_owned);
    let account = account.clone();
    let updates: Vec<Value> = state
        .guilds
        .values()
        .filter_map(|guild| {
            let mut data = shape::member(guild.members.get(&user)?, &account);
            data["guild_id"] = json!(guild.id);
            Some(data)
        })
        .collect();
    for data in updates {
        state.emit_member("GUILD_MEMBER_UPDATE", &data);
    }
    Ok(())
}
