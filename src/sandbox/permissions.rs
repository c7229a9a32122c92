//! Who may do what: roles, overwrites, threads.
//!
//! The order is Discord's ("Permissions", permission overwrites): owner and administrator may all;
//! else the roles' bits together, then the channel's overwrites for `@everyone`, for the roles (all
//! denials, then all grants), for the member. A thread takes its parent's.

use super::error::ApiError;
use super::snowflake::Id;
use super::state::{Channel, State};

pub(crate) const ADMINISTRATOR: u64 = 1 << 3;
pub(crate) const MANAGE_CHANNELS: u64 = 1 << 4;
pub(crate) const VIEW_CHANNEL: u64 = 1 << 10;
pub(crate) const SEND_MESSAGES: u64 = 1 << 11;
pub(crate) const MANAGE_MESSAGES: u64 = 1 << 13;
pub(crate) const EMBED_LINKS: u64 = 1 << 14;
pub(crate) const ATTACH_FILES: u64 = 1 << 15;
pub(crate) const READ_MESSAGE_HISTORY: u64 = 1 << 16;
pub(crate) const MENTION_EVERYONE: u64 = 1 << 17;
pub(crate) const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
pub(crate) const MANAGE_EVENTS: u64 = 1 << 33;
pub(crate) const MANAGE_THREADS: u64 = 1 << 34;
pub(crate) const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
pub(crate) const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
pub(crate) const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
pub(crate) const CREATE_EVENTS: u64 = 1 << 44;
pub(crate) const SEND_POLLS: u64 = 1 << 49;
pub(crate) const PIN_MESSAGES: u64 = 1 << 51;

/// All bits Discord has given out so far.
pub(crate) const ALL: u64 = (1 << 53) - 1;

/// What `@everyone` may do in a new guild (view, write, read back, threads, commands).
pub(crate) const EVERYONE_DEFAULT: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | SEND_MESSAGES_IN_THREADS;

/// A person's bits in a guild, before any channel is looked at.
pub(crate) fn in_guild(state: &State, guild: Id, user: Id) -> u64 {
    let Some(guild) = state.guilds.get(&guild) else {
        return 0;
    };
    let Some(member) = guild.members.get(&user) else {
        return 0;
    };
    if guild.owner == user {
        return ALL;
    }
    let bits = guild
        .roles
        .iter()
        .filter(|role| role.id == guild.id || member.roles.contains(&role.id))
        .fold(0, |bits, role| bits | role.permissions);
    if bits & ADMINISTRATOR == 0 { bits } else { ALL }
}

/// A person's bits in a channel or thread. In a direct message: everything for its two people.
pub(crate) fn in_channel(state: &State, channel: &Channel, user: Id) -> u64 {
    let Some(guild) = channel.guild else {
        let part = channel.recipient == Some(user) || user == state.bot;
        return if part { ALL } else { 0 };
    };
    let base = in_guild(state, guild, user);
    if base == ALL || base == 0 {
        return base;
    }
    let place = channel.thread.as_ref().and_then(|thread| state.channels.get(&thread.parent)).unwrap_or(channel);
    let roles = state.guilds.get(&guild).and_then(|guild| guild.members.get(&user)).map(|member| &member.roles);
    let mut bits = base;
    for overwrite in place.overwrites.iter().filter(|o| o.kind == 0 && o.id == guild) {
        bits = bits & !overwrite.deny | overwrite.allow;
    }
    let mine = place
        .overwrites
        .iter()
        .filter(|o| o.kind == 0 && o.id != guild && roles.is_some_and(|roles| roles.contains(&o.id)))
        .fold((0, 0), |(allow, deny), o| (allow | o.allow, deny | o.deny));
    bits = bits & !mine.1 | mine.0;
    for overwrite in place.overwrites.iter().filter(|o| o.kind == 1 && o.id == user) {
        bits = bits & !overwrite.deny | overwrite.allow;
    }
    implied(bits, channel.thread.is_some())
}

/// Bits that mean nothing without others: no view, nothing; no sending, no embeds, files, mass pings.
fn implied(bits: u64, in_thread: bool) -> u64 {
    if bits & VIEW_CHANNEL == 0 {
        return 0;
    }
    let sending = if in_thread { SEND_MESSAGES_IN_THREADS } else { SEND_MESSAGES };
    if bits & sending == 0 { bits & !(EMBED_LINKS | ATTACH_FILES | MENTION_EVERYONE) } else { bits }
}

/// Whether a person sees a channel or thread at all. A private thread shows itself to its members and
/// to holders of Manage Threads.
pub(crate) fn sees(state: &State, channel: &Channel, user: Id) -> bool {
    let bits = in_channel(state, channel, user);
    let private = channel.kind == super::state::PRIVATE_THREAD;
    let member = channel.thread.as_ref().is_some_and(|thread| thread.members.contains_key(&user));
    bits & VIEW_CHANNEL != 0 && (!private || member || bits & MANAGE_THREADS != 0)
}

/// Refuses unless the person sees the channel (50001) and holds all `need` bits there (50013).
pub(crate) fn demand(state: &State, channel: &Channel, user: Id, need: u64) -> Result<(), ApiError> {
    if !sees(state, channel, user) {
        return Err(ApiError::of(50001));
    }
    if in_channel(state, channel, user) & need != need {
        return Err(ApiError::of(50013));
    }
    Ok(())
}

/// The bit that lets one write in this channel: threads have their own.
pub(crate) fn sending(channel: &Channel) -> u64 {
    if channel.thread.is_some() { SEND_MESSAGES_IN_THREADS } else { SEND_MESSAGES }
}
