//! World time, and the question whether everybody has come to rest.
//!
//! The stand-in owns world time. It moves only when told to, forward, and runs what falls due on the
//! way. A bot that follows it reports after each step how many gateway events it has finished; when
//! that equals the number sent, and nothing is under way, the world is settled and time may jump.

use serde_json::{Value, json};

use super::shape;
use super::snowflake::Id;
use super::state::State;

/// The bot's latest report, and the count it is compared with.
#[derive(Debug, Default)]
pub(crate) struct Quiet {
    /// Dispatch events (op 0) written to sockets since this boot.
    pub(crate) sent: u64,
    pub(crate) boot: Option<String>,
    finished: u64,
    at_rest: bool,
    next_due_ms: Option<i64>,
    now_ms: i64,
}

/// `POST /sandbox/quiet {boot, finished, quiet, next_due_ms, now_ms}`: the bot's report. A `boot` not
/// seen before sets the count of sent events to 0, so a bot reports once before it connects.
pub(crate) fn report(state: &mut State, body: &Value) -> Result<(), String> {
    let boot = body["boot"].as_str().ok_or("a report needs \"boot\"")?;
    let quiet = &mut state.quiet;
    if quiet.boot.as_deref() != Some(boot) {
        quiet.boot = Some(boot.to_owned());
        quiet.sent = 0;
    }
    quiet.finished = body["finished"].as_u64().ok_or("a report needs \"finished\"")?;
    quiet.at_rest = body["quiet"].as_bool().ok_or("a report needs \"quiet\"")?;
    quiet.now_ms = body["now_ms"].as_i64().ok_or("a report needs \"now_ms\"")?;
    quiet.next_due_ms = body["next_due_ms"].as_i64();
    Ok(())
}

/// What the clock on a bot's machine shows: world time, unless it was set wrong.
pub(crate) fn shown_ms(state: &State) -> i64 {
    state.now_ms + state.wrong_ms
}

/// Whether bot and stand-in are both at rest: the latest report says quiet, at the time that its
/// clock shows, with as many events finished as were sent; no event waits for a socket; no request is being
/// served; nobody waits for the first answer to an interaction.
pub(crate) fn is_settled(state: &State) -> bool {
    let quiet = &state.quiet;
    quiet.boot.is_some()
        && quiet.at_rest
        && quiet.now_ms == shown_ms(state)
        && quiet.finished == quiet.sent
        && state.in_flight == 0
        && !state.anyone_waits()
        && !state.sessions.iter().any(super::session::Session::waiting)
}

/// The answer of `GET /sandbox/settled`.
pub(crate) fn settled(state: &State) -> Value {
    let quiet = &state.quiet;
    json!({
        "settled": is_settled(state), "now_ms": state.now_ms,
        "bot_next_due_ms": quiet.next_due_ms.map(|due| due - state.wrong_ms),
        "sandbox_next_due_ms": next_due_ms(state), "boot": quiet.boot, "sent": quiet.sent,
        "finished": quiet.finished, "held": state.faults.held,
    })
}

/// What time does by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Deed {
    /// A thread falls asleep.
    Archive,
    /// A poll ends.
    EndPoll,
    /// A scheduled event begins or ends.
    Turn,
}

/// When the world itself next does something: a thread falls asleep, a poll ends, an event begins or ends.
pub(crate) fn next_due_ms(state: &State) -> Option<i64> {
    due(state).map(|(due, _, _)| due).min()
}

/// What falls due by itself: when, to what, and what it is.
fn due(state: &State) -> impl Iterator<Item = (i64, Id, Deed)> {
    let polls = state.expiries().map(|(due, id)| (due, id, Deed::EndPoll));
    let events = state.turns().map(|(due, id)| (due, id, Deed::Turn));
    archivings(state).map(|(due, id)| (due, id, Deed::Archive)).chain(polls).chain(events)
}

fn archivings(state: &State) -> impl Iterator<Item = (i64, Id)> {
    state.channels.values().filter_map(|channel| {
        let thread = channel.thread.as_ref().filter(|thread| !thread.archived)?;
        Some((thread.active_ms + thread.auto_archive_min * 60_000, channel.id))
    })
}

/// Moves world time forward, doing on the way, each at its own time, what falls due.
pub(crate) fn jump(state: &mut State, to_ms: i64) -> Result<(), String> {
    if to_ms < state.now_ms {
        return Err(format!("world time is {} and only moves forward", state.now_ms));
    }
    while let Some((at, id, deed)) = due(state).min().filter(|(at, _, _)| *at <= to_ms) {
        state.now_ms = at.max(state.now_ms);
        match deed {
            Deed::Archive => archive(state, id),
            Deed::EndPoll => state.end_poll(id),
            Deed::Turn => state.turn(id),
        }
    }
    state.now_ms = to_ms;
    state.forget_interactions();
    Ok(())
}

fn archive(state: &mut State, id: Id) {
    let now_ms = state.now_ms;
    if let Some(thread) = state.channels.get_mut(&id).and_then(|channel| channel.thread.as_mut()) {
        thread.archived = true;
        thread.archive_ms = now_ms;
    }
    if let Some(channel) = state.channels.get(&id) {
        let data = shape::channel(state, channel);
        state.emit_in("THREAD_UPDATE", id, &data);
    }
}
