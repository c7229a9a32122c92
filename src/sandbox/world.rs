//! The world file: who and what exists when the stand-in starts.
//!
//! ```json
//! { "now": "2026-03-02T08:00:00Z", "token": "sandbox-token",
//!   "application": {"id": "900", "name": "Joint Path"}, "bot": {"id": "901", "username": "path"},
//!   "users": [{"id": "1001", "username": "amina", "global_name": "Amina", "locale": "en-US", "dm_open": true}],
//!   "guilds": [{"id": "100", "name": "Delta Partnership", "owner_id": "1001",
//!     "roles": [{"id": "100", "name": "@everyone", "permissions": "1071698660929"}],
//!     "members": [{"user_id": "1001", "roles": []}],
//!     "channels": [{"id": "200", "name": "path", "type": 0}]}] }
//! ```

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::permissions;
use super::snowflake::Id;

/// Everything that exists at the start. Fields are public: a rehearsal may write one in Rust.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    /// World time at the start.
    pub now: DateTime<Utc>,
    /// The application whose commands and tokens are used.
    pub application: Application,
    /// The bot user of that application.
    pub bot: Bot,
    /// The bot's token, without the word `Bot`.
    pub token: String,
    /// People. The bot is added by itself.
    pub users: Vec<User>,
    /// Guilds ("servers").
    pub guilds: Vec<Guild>,
}

/// Discord's application object, the part that matters here.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// Its id; also the webhook id of interaction answers.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Privileged intents switched on in the developer portal: `GUILD_MEMBERS`, `GUILD_PRESENCES`,
    /// `MESSAGE_CONTENT`. A new application has none; asking for one that is off closes with 4014.
    #[serde(default)]
    pub privileged_intents: Vec<String>,
}

/// The bot's own user.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bot {
    /// User id.
    pub id: Id,
    /// User name.
    pub username: String,
}

/// A person.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// User id.
    pub id: Id,
    /// Unique name, lower case by Discord's rules.
    pub username: String,
    /// Display name.
    #[serde(default)]
    pub global_name: Option<String>,
    /// The language of their client, such as `en-US` or `es-419`.
    #[serde(default = "locale_default")]
    pub locale: String,
    /// Whether a bot may write to them directly (else 50007).
    #[serde(default = "yes")]
    pub dm_open: bool,
}

/// A guild.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guild {
    /// Guild id; its `@everyone` role has the same id.
    pub id: Id,
    /// Name.
    pub name: String,
    /// The owner, who may do everything.
    pub owner_id: Id,
    /// Roles. Without one whose id is the guild's, `@everyone` is added with Discord's usual rights.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Members. The bot is added without roles if it is not listed.
    #[serde(default)]
    pub members: Vec<Member>,
    /// Channels (no threads; those are made by acting).
    #[serde(default)]
    pub channels: Vec<Channel>,
}

/// A role.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Role id.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Permission bits, written as a decimal string.
    #[serde(with = "bits")]
    pub permissions: u64,
    /// Whether everybody may mention it.
    #[serde(default)]
    pub mentionable: bool,
}

/// A membership.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Whose.
    pub user_id: Id,
    /// Their roles besides `@everyone`.
    #[serde(default)]
    pub roles: Vec<Id>,
    /// Their name in this guild.
    #[serde(default)]
    pub nick: Option<String>,
}

/// A channel of a guild.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Channel id.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Discord's channel type: 0 text, 2 voice, 4 category, 5 announcement, 15 forum.
    #[serde(rename = "type")]
    pub kind: u8,
    /// What roles and members may do here beyond or below their roles.
    #[serde(default)]
    pub permission_overwrites: Vec<Overwrite>,
    /// Topic line.
    #[serde(default)]
    pub topic: Option<String>,
}

/// A permission overwrite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overwrite {
    /// Role or user id.
    pub id: Id,
    /// 0 for a role, 1 for a member.
    #[serde(rename = "type")]
    pub kind: u8,
    /// Bits granted.
    #[serde(default, with = "bits")]
    pub allow: u64,
    /// Bits taken away.
    #[serde(default, with = "bits")]
    pub deny: u64,
}

impl World {
    /// Reads a world file.
    ///
    /// # Errors
    /// If the file cannot be read or is no world; the message says where.
    pub fn load(path: &std::path::Path) -> std::io::Result<Self> {
        let text = std::fs::read_to_string(path)?;
        serde_json::from_str(&text).map_err(std::io::Error::other)
    }

    /// A small world to build on: one application and bot, no people, no guilds.
    pub fn new(now: DateTime<Utc>, token: impl Into<String>) -> Self {
        Self {
            now,
            application: Application { id: Id(900), name: "Joint Path".into(), privileged_intents: Vec::new() },
            bot: Bot { id: Id(901), username: "jointpath".into() },
            token: token.into(),
            users: Vec::new(),
            guilds: Vec::new(),
        }
    }

    /// Adds a person.
    #[must_use]
    pub fn person(mut self, id: u64, username: &str, locale: &str) -> Self {
        self.users.push(User {
            id: Id(id),
            username: username.to_lowercase(),
            global_name: Some(username.into()),
            locale: locale.into(),
            dm_open: true,
        });
        self
    }

    /// Adds a guild of which everybody added so far is a member; the first person owns it. The bot gets
    /// a role of its own with `bot_permissions`.
    #[must_use]
    pub fn guild(mut self, id: u64, name: &str, bot_permissions: u64) -> Self {
        let bot_role =
            Role { id: Id(id + 1), name: self.bot.username.clone(), permissions: bot_permissions, mentionable: false };
        let mut members: Vec<Member> =
            self.users.iter().map(|u| Member { user_id: u.id, roles: Vec::new(), nick: None }).collect();
        members.push(Member { user_id: self.bot.id, roles: vec![bot_role.id], nick: None });
        self.guilds.push(Guild {
            id: Id(id),
            name: name.into(),
            owner_id: self.users.first().map_or(self.bot.id, |u| u.id),
            roles: vec![everyone(Id(id)), bot_role],
            members,
            channels: Vec::new(),
        });
        self
    }

    /// Adds a text channel to the guild added last.
    #[must_use]
    pub fn channel(mut self, id: u64, name: &str) -> Self {
        if let Some(guild) = self.guilds.last_mut() {
            guild.channels.push(Channel {
                id: Id(id),
                name: name.into(),
                kind: 0,
                permission_overwrites: Vec::new(),
                topic: None,
            });
        }
        self
    }
}

/// The `@everyone` role with the rights a new guild gives it.
pub(crate) fn everyone(guild: Id) -> Role {
    Role { id: guild, name: "@everyone".into(), permissions: permissions::EVERYONE_DEFAULT, mentionable: false }
}

fn locale_default() -> String {
    "en-US".into()
}

fn yes() -> bool {
    true
}

/// Permission bits as Discord writes them: a decimal string (a number is read too).
mod bits {
    use serde::{Deserialize, Deserializer, Serializer, de};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
    pub(super) fn serialize<S: Serializer>(bits: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(bits)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        value
            .as_u64()
            .or_else(|| value.as_str().and_then(|text| text.parse().ok()))
            .ok_or_else(|| de::Error::custom("permission bits are a decimal string"))
    }
}
