//! The world of a script: a Discord server with its channel, its people, and the bot.

use std::collections::BTreeMap;

use crate::sandbox::world::{Application, Bot, Channel, Guild, Member, Role, User};
use crate::sandbox::{Id, World};

use super::script::Script;

/// The server.
pub const GUILD: u64 = 100;
/// The partnership's channel in it.
pub const CHANNEL: u64 = 200;
/// The token that the bot is given; it opens nothing but this stand-in.
pub const TOKEN: &str = "rehearsal-token";

const APPLICATION: u64 = 900;
const BOT: u64 = 901;
const BOT_ROLE: u64 = 102;
const MANAGERS: u64 = 101;
const FIRST_PERSON: u64 = 1001;
/// *Manage Server* (`topics/permissions`, bit 5).
const MANAGE_GUILD: u64 = 1 << 5;
/// What the bot is invited with: view channel, send messages, manage threads, embed links, attach
/// files, read history, public and private threads, send in threads, pin messages.
const BOT_RIGHTS: u64 =
    1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 34 | 1 << 35 | 1 << 36 | 1 << 38 | 1 << 51;

/// The accounts of a script's people, in its order.
#[must_use]
pub fn users(script: &Script) -> BTreeMap<String, u64> {
    script.people.iter().map(|person| person.id.clone()).zip(FIRST_PERSON..).collect()
}

/// The world as it is before anybody does anything.
#[must_use]
pub fn world(script: &Script) -> World {
    let users = users(script);
    let account = |person: &str| Id(users.get(person).copied().unwrap_or_default());
    let owner = script.people.iter().find(|person| !person.host).or(script.people.first());
    let members = script.people.iter().map(|person| Member {
        user_id: account(&person.id),
        roles: if person.manages { vec![Id(MANAGERS)] } else { Vec::new() },
        nick: None,
    });
    let bot = Member { user_id: Id(BOT), roles: vec![Id(BOT_ROLE)], nick: None };
    World {
        now: script.world.starts.to_utc(),
        application: Application { id: Id(APPLICATION), name: "Joint Path".to_owned(), privileged_intents: Vec::new() },
        bot: Bot { id: Id(BOT), username: "jointpath".to_owned() },
        token: TOKEN.to_owned(),
        users: script
            .people
            .iter()
            .map(|person| User {
                id: account(&person.id),
                username: person.handle.clone(),
                global_name: Some(person.name.clone()),
                locale: "en-US".to_owned(),
                dm_open: true,
            })
            .collect(),
        guilds: vec![Guild {
            id: Id(GUILD),
            name: script.world.house.clone(),
            owner_id: owner.map_or(Id(BOT), |person| account(&person.id)),
            roles: vec![
                Role { id: Id(MANAGERS), name: "managers".to_owned(), permissions: MANAGE_GUILD, mentionable: false },
                Role { id: Id(BOT_ROLE), name: "Joint Path".to_owned(), permissions: BOT_RIGHTS, mentionable: false },
            ],
            members: members.chain(std::iter::once(bot)).collect(),
            channels: vec![Channel {
                id: Id(CHANNEL),
                name: script.world.channel.clone(),
                kind: 0,
                permission_overwrites: Vec::new(),
                topic: None,
            }],
        }],
    }
}
