//! Events to the gateway: who gets which, by intent and by what the bot may see.

use serde_json::{Value, json};

use super::permissions;
use super::shape;
use super::snowflake::{Id, iso};
use super::state::State;

const GUILDS: u64 = 1;
const GUILD_MEMBERS: u64 = 1 << 1;
const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
const MESSAGE_CONTENT: u64 = 1 << 15;
const GUILD_SCHEDULED_EVENTS: u64 = 1 << 16;
const GUILD_MESSAGE_POLLS: u64 = 1 << 24;

impl State {
    /// Sends an event to every session that holds one of the intents (0 means all sessions).
    pub(crate) fn emit(&mut self, kind: &'static str, intents: u64, data: &Value) {
        let times = 1 + self.faults.take_duplicate(kind);
        let line = json!({"at": self.now_ms, "dir": "event", "op": 0, "t": kind, "d": data});
        for session in &mut self.sessions {
            if intents == 0 || session.intents & intents != 0 {
                for _ in 0..times {
                    session.push(kind, data);
                }
            }
        }
        self.lines.push(line);
    }

    /// Sends an event about something in a channel, if the bot may see that channel.
    pub(crate) fn emit_in(&mut self, kind: &'static str, channel: Id, data: &Value) {
        let Some(place) = self.channels.get(&channel) else {
            return;
        };
        if !permissions::sees(self, place, self.bot) {
            return;
        }
        let intents = match (kind, place.guild) {
            ("MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE", Some(_)) => GUILD_MESSAGES,
            ("MESSAGE_POLL_VOTE_ADD" | "MESSAGE_POLL_VOTE_REMOVE", Some(_)) => GUILD_MESSAGE_POLLS,
            (_, Some(_)) => GUILDS,
            _ => DIRECT_MESSAGES,
        };
        self.emit(kind, intents, data);
    }

    /// `MESSAGE_CREATE` or `MESSAGE_UPDATE`, emptied for sessions without the message content intent.
    pub(crate) fn emit_message(&mut self, kind: &'static str, id: Id) {
        let Some(message) = self.messages.get(&id).filter(|message| message.ephemeral_for.is_none()) else {
            return;
        };
        let mut data = shape::message_event(self, message);
        // One body for all sessions: this stand-in holds one bot, whose sessions ask for the same.
        if !self.sessions.iter().any(|session| session.intents & MESSAGE_CONTENT != 0) {
            shape::blank(self, message, &mut data);
        }
        let channel = message.channel;
        self.emit_in(kind, channel, &data);
    }

    /// `THREAD_CREATE` or `THREAD_UPDATE`.
    pub(crate) fn emit_thread(&mut self, kind: &'static str, id: Id) {
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        let mut data = shape::channel(self, channel);
        if kind == "THREAD_CREATE" {
            data["newly_created"] = json!(true);
        }
        self.emit_in(kind, id, &data);
    }

    /// `CHANNEL_UPDATE` and its like.
    pub(crate) fn emit_channel(&mut self, kind: &'static str, id: Id) {
        if let Some(channel) = self.channels.get(&id) {
            let data = shape::channel(self, channel);
            self.emit_in(kind, id, &data);
        }
    }

    /// `CHANNEL_PINS_UPDATE`.
    pub(crate) fn emit_pins(&mut self, id: Id) {
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        let mut data = json!({"channel_id": id, "last_pin_timestamp": channel.last_pin_ms.map(iso)});
        if let Some(guild) = channel.guild {
            data["guild_id"] = json!(guild);
        }
        self.emit_in("CHANNEL_PINS_UPDATE", id, &data);
    }

    /// `THREAD_MEMBERS_UPDATE`. Without the `GUILD_MEMBERS` intent only changes to the bot itself are told.
    pub(crate) fn emit_thread_members(&mut self, id: Id, added: &[Id], removed: &[Id]) {
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        let Some(thread) = &channel.thread else {
            return;
        };
        let member = |user: &Id| {
            let mut json = shape::thread_member(id, *user, thread.members.get(user).copied().unwrap_or(self.now_ms));
            let guild = channel.guild.and_then(|guild| self.guilds.get(&guild));
            if let (Some(m), Some(u)) = (guild.and_then(|g| g.members.get(user)), self.users.get(user)) {
                json["member"] = shape::member(m, u);
            }
            json["presence"] = Value::Null;
            json
        };
        let data = json!({
            "id": id, "guild_id": channel.guild, "member_count": thread.members.len().min(50),
            "added_members": added.iter().map(member).collect::<Vec<_>>(), "removed_member_ids": removed,
        });
        if added.contains(&self.bot) || removed.contains(&self.bot) {
            self.emit("THREAD_MEMBERS_UPDATE", GUILDS | GUILD_MEMBERS, &data);
        } else {
            self.emit("THREAD_MEMBERS_UPDATE", GUILD_MEMBERS, &data);
        }
    }

    /// `GUILD_MEMBER_ADD`, `GUILD_MEMBER_UPDATE` or `GUILD_MEMBER_REMOVE`.
    pub(crate) fn emit_member(&mut self, kind: &'static str, data: &Value) {
        self.emit(kind, GUILD_MEMBERS, data);
    }

    /// `GUILD_SCHEDULED_EVENT_CREATE`, `GUILD_SCHEDULED_EVENT_UPDATE` or `GUILD_SCHEDULED_EVENT_DELETE`, while
    /// the bot is in the guild.
    pub(crate) fn emit_scheduled(&mut self, kind: &'static str, id: Id) {
        let Some(event) = self.scheduled.get(&id).filter(|event| self.guild(event.guild).is_ok()) else {
            return;
        };
        let data = event.json(self);
        self.emit(kind, GUILD_SCHEDULED_EVENTS, &data);
    }

    /// An event about a guild itself: `GUILD_CREATE`, `GUILD_DELETE`, `GUILD_ROLE_UPDATE`.
    pub(crate) fn emit_guild(&mut self, kind: &'static str, data: &Value) {
        self.emit(kind, GUILDS, data);
    }
}
