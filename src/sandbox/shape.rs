//! Discord's objects as JSON, in their full form: every field its published schema calls required.

use serde_json::{Value, json};

use super::message::{HAS_THREAD, Message};
use super::permissions;
use super::snowflake::{Id, iso};
use super::state::{Channel, Guild, Member, State, Thread, User};
use super::world::Role;

/// A user.
pub(crate) fn user(user: &User) -> Value {
    let mut json = json!({
        "id": user.id, "username": user.username, "global_name": user.global_name, "discriminator": "0",
        "avatar": null, "public_flags": 0, "flags": 0, "primary_guild": null, "banner": null, "accent_color": null,
        "avatar_decoration_data": null, "collectibles": null,
    });
    if user.bot {
        json["bot"] = json!(true);
    }
    json
}

/// A role.
pub(crate) fn role(role: &Role, position: usize) -> Value {
    json!({
        "id": role.id, "name": role.name, "permissions": role.permissions.to_string(), "position": position,
        "color": 0, "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
        "hoist": false, "managed": false, "mentionable": role.mentionable, "icon": null, "unicode_emoji": null,
        "flags": 0,
    })
}

/// All roles of a guild.
pub(crate) fn roles(guild: &Guild) -> Vec<Value> {
    guild.roles.iter().enumerate().map(|(position, r)| role(r, position)).collect()
}

/// A membership without its user, as messages carry it.
pub(crate) fn member_bare(member: &Member) -> Value {
    json!({
        "avatar": null, "banner": null, "communication_disabled_until": null, "flags": 0,
        "joined_at": iso(member.joined_ms), "nick": member.nick, "pending": false, "premium_since": null,
        "roles": member.roles, "mute": false, "deaf": false,
    })
}

/// A membership.
pub(crate) fn member(member: &Member, of: &User) -> Value {
    let mut json = member_bare(member);
    json["user"] = user(of);
    json
}

/// A guild as REST shows it.
pub(crate) fn guild(guild: &Guild) -> Value {
    json!({
        "id": guild.id, "name": guild.name, "icon": null, "description": null, "home_header": null, "splash": null,
        "discovery_splash": null, "features": [], "banner": null, "owner_id": guild.owner, "application_id": null,
        "region": "deprecated", "afk_channel_id": null, "afk_timeout": 300, "system_channel_id": null,
        "system_channel_flags": 0, "widget_enabled": false, "widget_channel_id": null, "verification_level": 0,
        "roles": roles(guild), "default_message_notifications": 1, "mfa_level": 0, "explicit_content_filter": 0,
        "max_presences": null, "max_members": 500_000, "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25, "vanity_url_code": null, "premium_tier": 0, "premium_subscription_count": 0,
        "preferred_locale": "en-US", "rules_channel_id": null, "safety_alerts_channel_id": null,
        "public_updates_channel_id": null, "premium_progress_bar_enabled": false, "nsfw": false, "nsfw_level": 0,
        "emojis": [], "stickers": [], "incidents_data": null,
    })
}

/// A guild as `GUILD_CREATE` brings it: with channels, active threads and members.
pub(crate) fn guild_create(state: &State, of: &Guild) -> Value {
    let mut json = guild(of);
    let mine = |c: &&Channel| c.guild == Some(of.id) && permissions::sees(state, c, state.bot);
    let channels: Vec<Value> =
        state.channels.values().filter(mine).filter(|c| c.thread.is_none()).map(|c| channel(state, c)).collect();
    let active = |c: &&Channel| c.thread.as_ref().is_some_and(|thread| !thread.archived);
    let threads: Vec<Value> = state.channels.values().filter(mine).filter(active).map(|c| channel(state, c)).collect();
    let members: Vec<Value> =
        of.members.iter().filter_map(|(id, m)| state.users.get(id).map(|u| member(m, u))).collect();
    let scheduled: Vec<Value> = state.scheduled_in(of.id).map(|event| event.json(state)).collect();
    let extra = json!({
        "joined_at": iso(of.made_ms), "large": false, "unavailable": false, "member_count": of.members.len(),
        "voice_states": [], "members": members, "channels": channels, "threads": threads, "presences": [],
        "stage_instances": [], "guild_scheduled_events": scheduled, "soundboard_sounds": [],
    });
    merge(&mut json, extra);
    json
}

/// A channel, a thread or a direct message.
pub(crate) fn channel(state: &State, channel: &Channel) -> Value {
    let mut json = json!({
        "id": channel.id, "type": channel.kind, "flags": 0, "last_message_id": channel.last_message,
    });
    if let Some(ms) = channel.last_pin_ms {
        json["last_pin_timestamp"] = json!(iso(ms));
    }
    if let Some(recipient) = channel.recipient {
        json["recipients"] = state.users.get(&recipient).map_or(json!([]), |u| json!([user(u)]));
        return json;
    }
    merge(
        &mut json,
        json!({"guild_id": channel.guild, "name": channel.name, "rate_limit_per_user": channel.slowmode_s}),
    );
    let more = match &channel.thread {
        Some(thread) => thread_part(state, channel, thread),
        None => json!({
            "position": channel.position, "parent_id": null, "topic": channel.topic, "nsfw": false,
            "permission_overwrites": channel.overwrites,
        }),
    };
    merge(&mut json, more);
    json
}

fn thread_part(state: &State, channel: &Channel, thread: &Thread) -> Value {
    let mut meta = json!({
        "archived": thread.archived, "archive_timestamp": iso(thread.archive_ms),
        "auto_archive_duration": thread.auto_archive_min, "locked": thread.locked,
        "create_timestamp": iso(thread.made_ms),
    });
    if channel.kind == super::state::PRIVATE_THREAD {
        meta["invitable"] = json!(thread.invitable);
    }
    let mut json = json!({
        "parent_id": thread.parent, "owner_id": thread.owner, "thread_metadata": meta,
        "message_count": thread.messages, "total_message_sent": thread.messages,
        // Discord stops counting members at 50.
        "member_count": thread.members.len().min(50),
    });
    if let Some(joined) = thread.members.get(&state.bot) {
        json["member"] = thread_member(channel.id, state.bot, *joined);
    }
    json
}

/// Somebody's place in a thread.
pub(crate) fn thread_member(thread: Id, user: Id, joined_ms: i64) -> Value {
    json!({"id": thread, "user_id": user, "join_timestamp": iso(joined_ms), "flags": 0})
}

/// A message as REST shows it to the bot.
pub(crate) fn message(state: &State, of: &Message) -> Value {
    let people: Vec<Value> = of.mentions.iter().filter_map(|id| state.users.get(id)).map(user).collect();
    let mut json = json!({
        "id": of.id, "channel_id": of.channel, "type": of.kind, "content": of.content, "mentions": people,
        "mention_roles": of.mention_roles, "mention_everyone": of.mention_everyone, "attachments": of.attachments,
        "embeds": of.embeds, "components": of.components, "flags": of.flags, "tts": of.tts,
        "timestamp": iso(of.made_ms), "edited_timestamp": of.edited_ms.map(iso), "pinned": of.pinned_ms.is_some(),
        "author": state.users.get(&of.author).map_or(Value::Null, user),
    });
    if let Some(nonce) = &of.nonce {
        json["nonce"] = nonce.clone();
    }
    if let Some(poll) = &of.poll {
        json["poll"] = poll.json();
    }
    if let Some(reference) = &of.reference {
        json["message_reference"] = reference.clone();
    }
    if let Some(metadata) = &of.metadata {
        json["interaction_metadata"] = metadata.clone();
        json["application_id"] = json!(state.application.id);
        json["webhook_id"] = json!(state.application.id);
    }
    if of.flags & HAS_THREAD != 0
        && let Some(thread) = state.channels.get(&of.id)
    {
        json["thread"] = channel(state, thread);
    }
    json
}

/// A message as an event carries it: with guild and the author's membership.
pub(crate) fn message_event(state: &State, of: &Message) -> Value {
    let mut json = message(state, of);
    let guild = state.channels.get(&of.channel).and_then(|channel| channel.guild).and_then(|id| state.guilds.get(&id));
    if let Some(guild) = guild {
        json["guild_id"] = json!(guild.id);
        if let Some(m) = guild.members.get(&of.author) {
            json["member"] = member_bare(m);
        }
    }
    json
}

/// Empties what the `MESSAGE_CONTENT` intent guards ("Message Content Intent"): kept are the bot's own
/// messages, direct messages, and messages that mention the bot.
pub(crate) fn blank(state: &State, of: &Message, json: &mut Value) {
    let direct = state.channels.get(&of.channel).is_some_and(|channel| channel.guild.is_none());
    if of.author == state.bot || direct || of.mentions.contains(&state.bot) {
        return;
    }
    json["content"] = json!("");
    for list in ["embeds", "attachments", "components"] {
        json[list] = json!([]);
    }
    json.as_object_mut().map(|fields| fields.remove("poll"));
}

/// Copies every field of `more` into `json`.
pub(crate) fn merge(json: &mut Value, more: Value) {
    if let (Value::Object(json), Value::Object(more)) = (json, more) {
        json.extend(more);
    }
}
