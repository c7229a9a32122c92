//! Interactions: what a person set in motion and how far the bot has answered.
//!
//! ```text
//!  open ──4──► answered            open ──5──► deferred ──edit or first followup──► answered
//!  open ──7──► answered (update)   open ──6──► deferred update ──edit──► answered
//!  open ──8──► answered (choices)  open ──9──► modal shown
//!  open ──3 s of wire time──► failed: "This interaction failed"
//! ```
//! A token lives 15 minutes of world time ("Receiving and responding", followup messages).

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::error::ApiError;
use super::permissions;
use super::shape;
use super::snowflake::Id;
use super::state::State;

/// Life of a token, in world time.
pub(crate) const TOKEN_MS: i64 = 15 * 60_000;
/// The upload limit told to the bot: Discord's default for a guild without boosts.
const ATTACHMENT_BYTES_MAX: u64 = 10 * 1024 * 1024;

/// Interaction types.
pub(crate) const COMMAND: u8 = 2;
pub(crate) const COMPONENT: u8 = 3;
pub(crate) const AUTOCOMPLETE: u8 = 4;
pub(crate) const MODAL: u8 = 5;

/// How far the bot has answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Open,
    Deferred,
    DeferredUpdate,
    Answered,
    ModalShown,
    Failed,
}

/// What the person sees in the end.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    Message(Id),
    Update(Id),
    Modal(Id),
    Choices(Vec<Value>),
    Failed(&'static str),
}

/// One interaction.
#[derive(Clone, Debug)]
pub(crate) struct Interaction {
    pub(crate) id: Id,
    pub(crate) token: String,
    pub(crate) kind: u8,
    pub(crate) user: Id,
    pub(crate) channel: Id,
    pub(crate) guild: Option<Id>,
    /// The message whose component was used; for a form, the one it was opened from.
    pub(crate) message: Option<Id>,
    /// The kind of message an answer becomes (20 command, 23 message command, 19 component).
    pub(crate) answer_kind: u8,
    pub(crate) made_ms: i64,
    pub(crate) opened: Instant,
    pub(crate) phase: Phase,
    /// The message behind `@original`.
    pub(crate) original: Option<Id>,
    pub(crate) outcome: Option<Outcome>,
    /// `interaction_metadata` for its answers.
    pub(crate) metadata: Value,
}

/// A form on somebody's screen.
#[derive(Clone, Debug)]
pub(crate) struct ShownModal {
    pub(crate) id: Id,
    pub(crate) user: Id,
    pub(crate) channel: Id,
    pub(crate) message: Option<Id>,
    pub(crate) custom_id: String,
    pub(crate) title: String,
    pub(crate) components: Vec<Value>,
    pub(crate) metadata: Value,
}

/// What begins an interaction.
#[derive(Debug)]
pub(crate) struct Opening {
    pub(crate) kind: u8,
    pub(crate) user: Id,
    pub(crate) channel: Id,
    pub(crate) message: Option<Id>,
    pub(crate) data: Value,
    pub(crate) answer_kind: u8,
    /// For a form: the metadata of the interaction it was opened by.
    pub(crate) cause: Option<Value>,
}

impl State {
    /// Begins an interaction and tells the gateway.
    pub(crate) fn open(&mut self, opening: &Opening) -> Id {
        let id = self.mint();
        let guild = self.channels.get(&opening.channel).and_then(|channel| channel.guild);
        let interaction = Interaction {
            id,
            token: token(id),
            kind: opening.kind,
            user: opening.user,
            channel: opening.channel,
            guild,
            message: opening.message,
            answer_kind: opening.answer_kind,
            made_ms: self.now_ms,
            opened: Instant::now(),
            phase: Phase::Open,
            original: None,
            outcome: None,
            metadata: self.metadata(id, opening, guild),
        };
        let event = self.interaction_event(&interaction, &opening.data);
        self.interactions.insert(id, interaction);
        self.emit("INTERACTION_CREATE", 0, &event);
        id
    }

    /// For an application that is installed in guilds: the guild, or "0" in a direct message with its bot
    /// ("Receiving and responding", authorizing integration owners).
    fn owners(guild: Option<Id>) -> Value {
        json!({"0": guild.unwrap_or_default()})
    }

    fn metadata(&self, id: Id, opening: &Opening, guild: Option<Id>) -> Value {
        let mut json = json!({
            "id": id, "type": opening.kind, "user": self.users.get(&opening.user).map(shape::user),
            "authorizing_integration_owners": Self::owners(guild),
        });
        match opening.kind {
            COMMAND => json["name"] = opening.data["name"].clone(),
            COMPONENT => json["interacted_message_id"] = json!(opening.message),
            // Every form was opened by something; a forged one says it was a command.
            _ => {
                let mut command = json.clone();
                command["type"] = json!(COMMAND);
                command["name"] = json!("forged");
                json["triggering_interaction_metadata"] = opening.cause.clone().unwrap_or(command);
            }
        }
        json
    }

    fn interaction_event(&self, of: &Interaction, data: &Value) -> Value {
        let channel = self.channels.get(&of.channel);
        let user = self.users.get(&of.user);
        let bits = |who: Id| channel.map_or(0, |channel| permissions::in_channel(self, channel, who)).to_string();
        let mut json = json!({
            "id": of.id, "application_id": self.application.id, "type": of.kind, "token": of.token, "version": 1,
            "channel_id": of.channel, "channel": channel.map(|channel| shape::channel(self, channel)),
            "data": data, "locale": user.map_or("en-US", |user| user.locale.as_str()), "entitlements": [],
            "app_permissions": bits(self.bot), "attachment_size_limit": ATTACHMENT_BYTES_MAX,
            "authorizing_integration_owners": Self::owners(of.guild),
            "context": u8::from(of.guild.is_none()),
        });
        let guild = of.guild.and_then(|guild| self.guilds.get(&guild));
        match (guild, user) {
            (Some(guild), Some(user)) => {
                let mut member = guild.members.get(&of.user).map_or(Value::Null, |m| shape::member(m, user));
                if member.is_object() {
                    member["permissions"] = json!(bits(of.user));
                }
                let part = json!({
                    "guild_id": guild.id, "guild_locale": "en-US", "member": member,
                    "guild": {"id": guild.id, "locale": "en-US", "features": []},
                });
                shape::merge(&mut json, part);
            }
            _ => json["user"] = user.map_or(Value::Null, shape::user),
        }
        if let Some(message) = of.message.and_then(|id| self.messages.get(&id)) {
            json["message"] = shape::message(self, message);
        }
        json
    }

    /// Marks interactions nobody answered within `limit` as failed; says whether any changed.
    pub(crate) fn expire_interactions(&mut self, limit: Duration) -> bool {
        let mut changed = false;
        for interaction in self.interactions.values_mut() {
            if interaction.phase == Phase::Open && interaction.opened.elapsed() >= limit {
                interaction.phase = Phase::Failed;
                interaction.outcome = Some(Outcome::Failed("This interaction failed"));
                changed = true;
            }
        }
        changed
    }

    /// Drops interactions nobody can refer to any more, so that a long rehearsal does not slow down.
    pub(crate) fn forget_interactions(&mut self) {
        let now_ms = self.now_ms;
        self.interactions.retain(|_, it| it.phase == Phase::Open || now_ms - it.made_ms <= 4 * TOKEN_MS);
    }

    /// Whether somebody still waits for a first answer.
    pub(crate) fn anyone_waits(&self) -> bool {
        self.interactions.values().any(|interaction| interaction.phase == Phase::Open)
    }

    /// The interaction behind a webhook token: 50027 for a token that is unknown or older than 15
    /// minutes, 10015 while nothing was answered yet.
    pub(crate) fn by_token(&self, token: &str) -> Result<&Interaction, ApiError> {
        let found = self.interactions.values().find(|interaction| interaction.token == token);
        let interaction = found.ok_or_else(|| ApiError::of(50027))?;
        if self.now_ms - interaction.made_ms > TOKEN_MS {
            return Err(ApiError::of(50027));
        }
        match interaction.phase {
            Phase::Open | Phase::Failed => Err(ApiError::of(10015)),
            _ => Ok(interaction),
        }
    }

    /// Moves an interaction on.
    pub(crate) fn settle(&mut self, id: Id, phase: Phase, outcome: Option<Outcome>) {
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.phase = phase;
            if outcome.is_some() {
                interaction.outcome = outcome;
            }
        }
    }
}

/// A token of a fixed shape, so that the record can blot it out: `ix-ID-` and 32 hex digits. It guards
/// nothing here and must be the same in every run of a seed, so it is mixed from the id.
fn token(id: Id) -> String {
    let mix = |seed: u64| {
        let a = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let b = (a ^ (a >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        b ^ (b >> 31)
    };
    format!("ix-{id}-{:016x}{:016x}", mix(id.0 ^ 0x9e37_79b9_7f4a_7c15), mix(id.0.rotate_left(17)))
}
