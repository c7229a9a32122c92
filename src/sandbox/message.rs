//! Messages: what is kept of one, how one comes about, whom it pings.

use serde_json::{Value, json};

use super::error::ApiError;
use super::permissions;
use super::poll::Poll;
use super::snowflake::Id;
use super::state::{Channel, State};

/// Message flags.
pub(crate) const SUPPRESS_EMBEDS: u64 = 1 << 2;
pub(crate) const HAS_THREAD: u64 = 1 << 5;
pub(crate) const EPHEMERAL: u64 = 1 << 6;
pub(crate) const LOADING: u64 = 1 << 7;
pub(crate) const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
pub(crate) const COMPONENTS_V2: u64 = 1 << 15;

/// How long `enforce_nonce` remembers ("the past few minutes"), in world time.
const NONCE_MEMORY_MS: i64 = 5 * 60_000;

/// A message as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) id: Id,
    pub(crate) channel: Id,
    pub(crate) author: Id,
    /// 0 plain, 1 somebody was added, 6 pinned, 18 thread made, 19 reply, 20 answer to a command,
    /// 21 a thread's first message, 23 answer to a message command, 46 a poll's result.
    pub(crate) kind: u8,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<Value>,
    pub(crate) flags: u64,
    pub(crate) tts: bool,
    pub(crate) made_ms: i64,
    pub(crate) edited_ms: Option<i64>,
    pub(crate) pinned_ms: Option<i64>,
    pub(crate) nonce: Option<Value>,
    pub(crate) reference: Option<Value>,
    pub(crate) poll: Option<Poll>,
    pub(crate) ephemeral_for: Option<Id>,
    /// `interaction_metadata` of an answer to an interaction.
    pub(crate) metadata: Option<Value>,
    pub(crate) mentions: Vec<Id>,
    pub(crate) mention_roles: Vec<Id>,
    pub(crate) mention_everyone: bool,
    /// Who would feel their pocket buzz because of a mention.
    pub(crate) pinged: Vec<Id>,
}

/// Bytes of an attachment.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) bytes: Vec<u8>,
    pub(crate) content_type: String,
}

impl Message {
    /// An empty message by `author`; the caller fills in the rest.
    pub(crate) fn by(author: Id, channel: Id, kind: u8) -> Self {
        Self {
            id: Id(0),
            channel,
            author,
            kind,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            flags: 0,
            tts: false,
            made_ms: 0,
            edited_ms: None,
            pinned_ms: None,
            nonce: None,
            reference: None,
            poll: None,
            ephemeral_for: None,
            metadata: None,
            mentions: Vec::new(),
            mention_roles: Vec::new(),
            mention_everyone: false,
            pinged: Vec::new(),
        }
    }

    /// Whether there is nothing to show.
    pub(crate) fn is_empty(&self) -> bool {
        self.content.trim().is_empty()
            && self.embeds.is_empty()
            && self.components.is_empty()
            && self.attachments.is_empty()
            && self.poll.is_none()
    }
}

impl State {
    /// Puts a message where it belongs, wakes the thread it is in, tells the gateway. The caller has
    /// checked rights and limits.
    pub(crate) fn post(&mut self, mut message: Message) -> Id {
        message.id = self.mint();
        message.made_ms = self.now_ms;
        let (id, channel_id) = (message.id, message.channel);
        let ephemeral = message.ephemeral_for.is_some();
        self.messages.insert(id, message);
        if ephemeral {
            return id;
        }
        self.wake(channel_id);
        if let Some(channel) = self.channels.get_mut(&channel_id) {
            channel.last_message = Some(id);
            if let Some(thread) = channel.thread.as_mut() {
                thread.messages += 1;
            }
        }
        self.emit_message("MESSAGE_CREATE", id);
        id
    }

    /// Activity in a thread: it is unarchived (its lock was checked before) and its clock starts anew.
    fn wake(&mut self, channel: Id) {
        let now_ms = self.now_ms;
        let Some(thread) = self.channels.get_mut(&channel).and_then(|channel| channel.thread.as_mut()) else {
            return;
        };
        thread.active_ms = now_ms;
        if std::mem::take(&mut thread.archived) {
            thread.archive_ms = now_ms;
            self.emit_thread("THREAD_UPDATE", channel);
        }
    }

    /// The message this author sent with the same nonce a moment ago, for `enforce_nonce`.
    pub(crate) fn by_nonce(&self, channel: Id, author: Id, nonce: &Value) -> Option<Id> {
        let same = |m: &&Message| {
            m.channel == channel
                && m.author == author
                && m.nonce.as_ref() == Some(nonce)
                && self.now_ms - m.made_ms <= NONCE_MEMORY_MS
        };
        self.messages.values().rev().find(same).map(|message| message.id)
    }

    /// Works out whom a message mentions and pings. `allowed` is the request's `allowed_mentions`;
    /// without it a plain message pings everything and an answer to an interaction people only.
    pub(crate) fn mention(&self, message: &mut Message, allowed: Option<&Value>, plain: bool) {
        let (users, roles, everyone) = tokens(&message.content);
        let parses = |kind: &str| match allowed {
            None => plain || kind == "users",
            Some(given) => given["parse"].as_array().is_some_and(|list| list.iter().any(|k| k == kind)),
        };
        let listed = |kind: &str, id: &Id| {
            allowed.is_some_and(|rules| {
                rules[kind].as_array().is_some_and(|list| list.iter().any(|v| Id::from_json(v) == Some(*id)))
            })
        };
        message.mentions = users
            .into_iter()
            .filter(|id| self.users.contains_key(id) && (parses("users") || listed("users", id)))
            .collect();
        message.mention_roles = roles.into_iter().filter(|id| parses("roles") || listed("roles", id)).collect();
        message.mention_everyone = false;
        message.pinged.clear();
        let Some(channel) = self.channels.get(&message.channel) else {
            return;
        };
        let powers = permissions::in_channel(self, channel, message.author);
        message.mention_everyone = everyone && parses("everyone") && powers & permissions::MENTION_EVERYONE != 0;
        message.pinged = self.pinged(message, channel, powers);
        let replied = allowed.map_or(plain, |rules| rules["replied_user"] == true);
        if let Some(author) = self.replied_author(message).filter(|_| replied)
            && !message.pinged.contains(&author)
        {
            message.pinged.push(author);
        }
    }

    fn replied_author(&self, message: &Message) -> Option<Id> {
        let target = Id::from_json(&message.reference.as_ref()?["message_id"])?;
        self.messages.get(&target).map(|target| target.author).filter(|author| *author != message.author)
    }

    fn pinged(&self, message: &Message, channel: &Channel, powers: u64) -> Vec<Id> {
        let guild = channel.guild.and_then(|id| self.guilds.get(&id));
        let may = |role: &Id| {
            powers & permissions::MENTION_EVERYONE != 0
                || guild.is_some_and(|guild| guild.roles.iter().any(|r| r.id == *role && r.mentionable))
        };
        let in_roles = |user: &Id| {
            let member = guild.and_then(|guild| guild.members.get(user));
            member
                .is_some_and(|member| message.mention_roles.iter().any(|role| member.roles.contains(role) && may(role)))
        };
        self.users
            .values()
            .filter(|user| !user.bot)
            .map(|user| user.id)
            .filter(|user| message.mentions.contains(user) || message.mention_everyone || in_roles(user))
            .filter(|user| message.ephemeral_for.is_none() && permissions::sees(self, channel, *user))
            .collect()
    }

    /// Refuses writing into a locked or, when `edit`, an archived thread.
    pub(crate) fn open_thread(&self, channel: &Channel, edit: bool) -> Result<(), ApiError> {
        let Some(thread) = &channel.thread else {
            return Ok(());
        };
        let manager = permissions::in_channel(self, channel, self.bot) & permissions::MANAGE_THREADS != 0;
        if thread.archived && (edit || (thread.locked && !manager)) {
            return Err(ApiError::of(50083));
        }
        if thread.locked && !manager { Err(ApiError::of(160_005)) } else { Ok(()) }
    }

    /// Takes a message away and says so.
    pub(crate) fn remove_message(&mut self, id: Id) {
        let Some(message) = self.messages.remove(&id) else {
            return;
        };
        if message.ephemeral_for.is_some() {
            return;
        }
        let guild = self.channels.get(&message.channel).and_then(|channel| channel.guild);
        let mut body = json!({"id": id, "channel_id": message.channel});
        if let Some(guild) = guild {
            body["guild_id"] = json!(guild);
        }
        self.emit_in("MESSAGE_DELETE", message.channel, &body);
    }
}

/// Mentions as they stand in a text: `<@1>` people, `<@&1>` roles, `@everyone` and `@here`.
fn tokens(text: &str) -> (Vec<Id>, Vec<Id>, bool) {
    let (mut users, mut roles) = (Vec::new(), Vec::new());
    for part in text.split("<@").skip(1) {
        let Some((inside, _)) = part.split_once('>') else {
            continue;
        };
        let (list, digits) = match inside.strip_prefix('&') {
            Some(digits) => (&mut roles, digits),
            None => (&mut users, inside.trim_start_matches('!')),
        };
        if let Some(id) = Id::parse(digits).filter(|id| !list.contains(id)) {
            list.push(id);
        }
    }
    (users, roles, text.contains("@everyone") || text.contains("@here"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mention_tokens_are_found() {
        assert_eq!(tokens("hi <@5> <@!5> <@&7> <@x> @here"), (vec![Id(5)], vec![Id(7)], true));
        assert_eq!(tokens("plain"), (vec![], vec![], false));
    }
}
