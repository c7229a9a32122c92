//! Who is in a thread ("Channel resource", thread member endpoints).

use super::{Answer, Call, Reply, id};
use crate::sandbox::error::ApiError;
use crate::sandbox::message::Message;
use crate::sandbox::permissions as perms;
use crate::sandbox::shape;
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::{Channel, PRIVATE_THREAD, State, Thread};

const MEMBERS_MAX: usize = 1000;

pub(super) fn route(state: &mut State, call: &Call, parts: &[&str]) -> Option<Reply> {
    let ["channels", channel, "thread-members", rest @ ..] = parts else {
        return None;
    };
    let channel = match id(channel) {
        Ok(channel) => channel,
        Err(error) => return Some(Err(error)),
    };
    Some(match (call.method.as_str(), rest) {
        ("PUT", [user]) => person(state, user).and_then(|user| add(state, channel, user)),
        ("DELETE", [user]) => person(state, user).and_then(|user| remove(state, channel, user)),
        ("GET", [user]) => person(state, user).and_then(|user| member(state, channel, user)),
        ("GET", []) => members(state, channel),
        _ => return None,
    })
}

fn person(state: &State, text: &str) -> Result<Id, ApiError> {
    if text == "@me" { Ok(state.bot) } else { id(text) }
}

fn thread_of(state: &State, channel: Id) -> Result<(&Channel, &Thread), ApiError> {
    let place = state.channel(channel)?;
    place.thread.as_ref().map(|thread| (place, thread)).ok_or_else(|| ApiError::of(50024))
}

fn add(state: &mut State, channel: Id, user: Id) -> Reply {
    let (place, thread) = thread_of(state, channel)?;
    if thread.archived {
        return Err(ApiError::of(50083));
    }
    if thread.members.contains_key(&user) {
        return Ok(Answer::Empty);
    }
    if user != state.bot {
        perms::demand(state, place, state.bot, perms::SEND_MESSAGES_IN_THREADS)?;
        let manager = perms::in_channel(state, place, state.bot) & perms::MANAGE_THREADS != 0;
        if place.kind == PRIVATE_THREAD && !thread.invitable && thread.owner != state.bot && !manager {
            return Err(ApiError::of(50013));
        }
        let guild = place.guild.map_or(Err(ApiError::of(50024)), |guild| state.guild(guild))?;
        if !guild.members.contains_key(&user) {
            return Err(ApiError::of(10007));
        }
        if perms::in_channel(state, place, user) & perms::VIEW_CHANNEL == 0 {
            return Err(ApiError::of(50001));
        }
    }
    if thread.members.len() >= MEMBERS_MAX {
        return Err(ApiError::of(30033));
    }
    let now_ms = state.now_ms;
    if let Some(thread) = state.channels.get_mut(&channel).and_then(|c| c.thread.as_mut()) {
        thread.members.insert(user, now_ms);
    }
    state.emit_thread_members(channel, &[user], &[]);
    if user != state.bot {
        let mut notice = Message::by(state.bot, channel, 1);
        notice.mentions = vec![user];
        state.post(notice);
    }
    Ok(Answer::Empty)
}

fn remove(state: &mut State, channel: Id, user: Id) -> Reply {
    let (place, thread) = thread_of(state, channel)?;
    if thread.archived {
        return Err(ApiError::of(50083));
    }
    let manager = perms::in_channel(state, place, state.bot) & perms::MANAGE_THREADS != 0;
    let owner = place.kind == PRIVATE_THREAD && thread.owner == state.bot;
    if user != state.bot && !manager && !owner {
        return Err(ApiError::of(50013));
    }
    state.leave_thread(channel, user);
    Ok(Answer::Empty)
}

impl State {
    /// Takes somebody out of a thread and says so.
    pub(crate) fn leave_thread(&mut self, channel: Id, user: Id) {
        let thread = self.channels.get_mut(&channel).and_then(|c| c.thread.as_mut());
        if thread.is_some_and(|thread| thread.members.remove(&user).is_some()) {
            self.emit_thread_members(channel, &[], &[user]);
        }
    }
}

fn member(state: &State, channel: Id, user: Id) -> Reply {
    let (_, thread) = thread_of(state, channel)?;
    let joined = thread.members.get(&user).ok_or_else(|| ApiError::of(10007))?;
    Answer::ok(shape::thread_member(channel, user, *joined))
}

/// The list of a thread's members needs the `GUILD_MEMBERS` intent.
fn members(state: &State, channel: Id) -> Reply {
    let (_, thread) = thread_of(state, channel)?;
    if !state.application.privileged_intents.iter().any(|intent| intent == "GUILD_MEMBERS") {
        return Err(ApiError::of(50001));
    }
    Answer::ok(thread.members.iter().map(|(user, joined)| shape::thread_member(channel, *user, *joined)).collect())
}
