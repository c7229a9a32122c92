//! What exists while the stand-in runs: one value behind one lock.

use std::collections::BTreeMap;

use serde_json::Value;

use super::clock::Quiet;
use super::error::ApiError;
use super::faults::Faults;
use super::interaction::{Interaction, ShownModal};
use super::message::{File, Message};
use super::permissions;
use super::scheduled::Scheduled;
use super::session::Session;
use super::snowflake::{Id, Mint};
use super::world::{self, Overwrite, Role, World};

/// Channel types.
pub(crate) const TEXT: u8 = 0;
pub(crate) const DM: u8 = 1;
pub(crate) const ANNOUNCEMENT: u8 = 5;
pub(crate) const PUBLIC_THREAD: u8 = 11;
pub(crate) const PRIVATE_THREAD: u8 = 12;

/// All there is.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) now_ms: i64,
    pub(crate) mint: Mint,
    /// Where this server is reached, without a closing slash.
    pub(crate) base_url: String,
    pub(crate) gateway_url: String,
    pub(crate) application: world::Application,
    pub(crate) bot: Id,
    pub(crate) token: String,
    pub(crate) users: BTreeMap<Id, User>,
    pub(crate) guilds: BTreeMap<Id, Guild>,
    pub(crate) channels: BTreeMap<Id, Channel>,
    pub(crate) messages: BTreeMap<Id, Message>,
    pub(crate) files: BTreeMap<Id, File>,
    pub(crate) scheduled: BTreeMap<Id, Scheduled>,
    pub(crate) commands: Vec<Command>,
    pub(crate) interactions: BTreeMap<Id, Interaction>,
    pub(crate) modals: BTreeMap<Id, ShownModal>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) connections: u64,
    pub(crate) faults: Faults,
    pub(crate) quiet: Quiet,
    /// API requests being served at this moment.
    pub(crate) in_flight: u64,
    /// By how much the clock on the bot's machine is wrong.
    pub(crate) wrong_ms: i64,
    /// Routes somebody asked for that are not built here.
    pub(crate) unknown: Vec<String>,
    /// Lines for the record that are not yet written.
    pub(crate) lines: Vec<Value>,
}

#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: Id,
    pub(crate) username: String,
    pub(crate) global_name: Option<String>,
    pub(crate) locale: String,
    pub(crate) dm_open: bool,
    pub(crate) bot: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Guild {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) owner: Id,
    pub(crate) roles: Vec<Role>,
    pub(crate) members: BTreeMap<Id, Member>,
    pub(crate) made_ms: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) roles: Vec<Id>,
    pub(crate) nick: Option<String>,
    pub(crate) joined_ms: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) id: Id,
    pub(crate) kind: u8,
    pub(crate) guild: Option<Id>,
    pub(crate) name: String,
    pub(crate) topic: Option<String>,
    pub(crate) position: usize,
    pub(crate) overwrites: Vec<Overwrite>,
    pub(crate) slowmode_s: u64,
    pub(crate) last_message: Option<Id>,
    pub(crate) last_pin_ms: Option<i64>,
    /// The other person of a direct message with the bot.
    pub(crate) recipient: Option<Id>,
    pub(crate) thread: Option<Thread>,
}

#[derive(Clone, Debug)]
pub(crate) struct Thread {
    pub(crate) parent: Id,
    pub(crate) owner: Id,
    /// Who is in it, and since when.
    pub(crate) members: BTreeMap<Id, i64>,
    pub(crate) archived: bool,
    pub(crate) locked: bool,
    pub(crate) invitable: bool,
    pub(crate) auto_archive_min: i64,
    /// When the archive state last changed.
    pub(crate) archive_ms: i64,
    pub(crate) made_ms: i64,
    /// Last activity: a message, an unarchiving, another duration.
    pub(crate) active_ms: i64,
    pub(crate) messages: u64,
}

/// A registered command: Discord's own JSON, kept whole.
#[derive(Clone, Debug)]
pub(crate) struct Command {
    pub(crate) id: Id,
    pub(crate) guild: Option<Id>,
    pub(crate) json: Value,
}

impl State {
    /// Sets the stage from a world file. `host` is `127.0.0.1:PORT`.
    pub(crate) fn new(world: World, host: &str) -> Self {
        let now_ms = world.now.timestamp_millis();
        let bot = User {
            id: world.bot.id,
            username: world.bot.username,
            global_name: None,
            locale: "en-US".into(),
            dm_open: true,
            bot: true,
        };
        let mut state = Self {
            now_ms,
            mint: Mint::default(),
            base_url: format!("http://{host}"),
            gateway_url: format!("ws://{host}/gateway"),
            application: world.application,
            bot: bot.id,
            token: world.token,
            users: BTreeMap::from([(bot.id, bot)]),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            files: BTreeMap::new(),
            scheduled: BTreeMap::new(),
            commands: Vec::new(),
            interactions: BTreeMap::new(),
            modals: BTreeMap::new(),
            sessions: Vec::new(),
            connections: 0,
            faults: Faults::default(),
            quiet: Quiet::default(),
            in_flight: 0,
            wrong_ms: 0,
            unknown: Vec::new(),
            lines: Vec::new(),
        };
        for user in world.users {
            state.users.insert(user.id, User::from(user));
        }
        for guild in world.guilds {
            state.add_guild(guild);
        }
        state
    }

    fn add_guild(&mut self, seed: world::Guild) {
        let now_ms = self.now_ms;
        let mut roles = seed.roles;
        if !roles.iter().any(|role| role.id == seed.id) {
            roles.insert(0, world::everyone(seed.id));
        }
        let member = |m: world::Member| (m.user_id, Member { roles: m.roles, nick: m.nick, joined_ms: now_ms });
        let mut members: BTreeMap<Id, Member> = seed.members.into_iter().map(member).collect();
        members.entry(self.bot).or_insert(Member { roles: Vec::new(), nick: None, joined_ms: now_ms });
        for (position, channel) in seed.channels.into_iter().enumerate() {
            let channel = Channel {
                id: channel.id,
                kind: channel.kind,
                guild: Some(seed.id),
                name: channel.name,
                topic: channel.topic,
                position,
                overwrites: channel.permission_overwrites,
                slowmode_s: 0,
                last_message: None,
                last_pin_ms: None,
                recipient: None,
                thread: None,
            };
            self.channels.insert(channel.id, channel);
        }
        let guild = Guild { id: seed.id, name: seed.name, owner: seed.owner_id, roles, members, made_ms: now_ms };
        self.guilds.insert(guild.id, guild);
    }

    /// A new id for now.
    pub(crate) fn mint(&mut self) -> Id {
        self.mint.next(self.now_ms)
    }

    /// A channel the bot may look at: 10003 if there is none, 50001 if it is hidden from the bot.
    pub(crate) fn channel(&self, id: Id) -> Result<&Channel, ApiError> {
        let channel = self.channels.get(&id).ok_or_else(|| ApiError::of(10003))?;
        if permissions::sees(self, channel, self.bot) { Ok(channel) } else { Err(ApiError::of(50001)) }
    }

    /// The same, when the bot must also hold the bits `need` there (50013).
    pub(crate) fn channel_with(&self, id: Id, need: u64) -> Result<&Channel, ApiError> {
        let channel = self.channel(id)?;
        permissions::demand(self, channel, self.bot, need)?;
        Ok(channel)
    }

    /// A guild the bot is in (10004 if there is none, 50001 if the bot is not in it).
    pub(crate) fn guild(&self, id: Id) -> Result<&Guild, ApiError> {
        let guild = self.guilds.get(&id).ok_or_else(|| ApiError::of(10004))?;
        if guild.members.contains_key(&self.bot) { Ok(guild) } else { Err(ApiError::of(50001)) }
    }

    /// A message of a channel that REST may show; ephemeral ones are not there (10008).
    pub(crate) fn message(&self, channel: Id, id: Id) -> Result<&Message, ApiError> {
        self.messages
            .get(&id)
            .filter(|message| message.channel == channel && message.ephemeral_for.is_none())
            .ok_or_else(|| ApiError::of(10008))
    }
}

impl From<world::User> for User {
    fn from(seed: world::User) -> Self {
        Self {
            id: seed.id,
            username: seed.username,
            global_name: seed.global_name,
            locale: seed.locale,
            dm_open: seed.dm_open,
            bot: false,
        }
    }
}
