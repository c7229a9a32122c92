//! Scheduled events of a guild ("Guild Scheduled Event" resource): what is kept, and what time does to it.
//!
//! Only events that take place elsewhere (`EXTERNAL`): they begin and end by themselves. Events of voice and
//! stage channels are not built.

use serde_json::{Value, json};

use super::error::ApiError;
use super::shape;
use super::snowflake::{Id, iso};
use super::state::State;

/// Events of a guild that have not ended, at the most.
pub(crate) const OPEN_MAX: usize = 100;
/// `EXTERNAL` ("Guild Scheduled Event Entity Types").
pub(crate) const EXTERNAL: u64 = 3;
/// `GUILD_ONLY` ("Guild Scheduled Event Privacy Level").
pub(crate) const GUILD_ONLY: u64 = 2;

/// How far an event is ("Guild Scheduled Event Status").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Scheduled = 1,
    Active = 2,
    Completed = 3,
    Canceled = 4,
}

impl Status {
    /// The status of this number.
    pub(crate) fn of(number: u64) -> Option<Self> {
        [Self::Scheduled, Self::Active, Self::Completed, Self::Canceled].into_iter().find(|one| *one as u64 == number)
    }

    /// Whether somebody may set the other one after this ("Valid Guild Scheduled Event Status Transitions").
    pub(crate) fn may_become(self, next: Self) -> bool {
        matches!((self, next), (Self::Scheduled, Self::Active | Self::Canceled) | (Self::Active, Self::Completed))
    }

    /// Whether nothing comes after it.
    pub(crate) fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Canceled)
    }
}

/// An event as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Scheduled {
    pub(crate) id: Id,
    pub(crate) guild: Id,
    pub(crate) creator: Id,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) location: String,
    pub(crate) starts_ms: i64,
    pub(crate) ends_ms: i64,
    pub(crate) status: Status,
}

/// A moment as Discord takes it: ISO 8601 with a zone; in Unix milliseconds.
pub(crate) fn moment(value: &Value) -> Option<i64> {
    chrono::DateTime::parse_from_rfc3339(value.as_str()?).ok().map(|at| at.timestamp_millis())
}

impl Scheduled {
    /// From a checked body.
    pub(crate) fn new(id: Id, guild: Id, creator: Id, body: &Value) -> Self {
        let mut made = Self {
            id,
            guild,
            creator,
            name: String::new(),
            description: None,
            location: String::new(),
            starts_ms: 0,
            ends_ms: 0,
            status: Status::Scheduled,
        };
        made.change(body);
        made
    }

    /// Takes over whatever a checked body holds.
    pub(crate) fn change(&mut self, body: &Value) {
        if let Some(name) = body["name"].as_str() {
            name.clone_into(&mut self.name);
        }
        if body.get("description").is_some() {
            self.description = body["description"].as_str().map(str::to_owned);
        }
        if let Some(location) = body["entity_metadata"]["location"].as_str() {
            location.clone_into(&mut self.location);
        }
        self.starts_ms = moment(&body["scheduled_start_time"]).unwrap_or(self.starts_ms);
        self.ends_ms = moment(&body["scheduled_end_time"]).unwrap_or(self.ends_ms);
        self.status = body["status"].as_u64().and_then(Status::of).unwrap_or(self.status);
    }

    /// The object as Discord shows it.
    pub(crate) fn json(&self, state: &State) -> Value {
        let mut json = json!({
            "id": self.id, "guild_id": self.guild, "channel_id": null, "creator_id": self.creator, "name": self.name,
            "description": self.description, "scheduled_start_time": iso(self.starts_ms),
            "scheduled_end_time": iso(self.ends_ms), "privacy_level": GUILD_ONLY, "status": self.status as u64,
            "entity_type": EXTERNAL, "entity_id": null, "entity_metadata": {"location": self.location}, "image": null,
            "recurrence_rule": null, "guild_scheduled_event_exceptions": [],
        });
        if let Some(creator) = state.users.get(&self.creator) {
            json["creator"] = shape::user(creator);
        }
        json
    }

    /// When time changes it next: it begins, or it ends.
    fn due(&self) -> Option<i64> {
        match self.status {
            Status::Scheduled => Some(self.starts_ms),
            Status::Active => Some(self.ends_ms),
            Status::Completed | Status::Canceled => None,
        }
    }
}

impl State {
    /// What begins or ends by itself, and when.
    pub(crate) fn turns(&self) -> impl Iterator<Item = (i64, Id)> {
        self.scheduled.values().filter_map(|event| Some((event.due()?, event.id)))
    }

    /// An event begins or ends, because its time has come.
    pub(crate) fn turn(&mut self, id: Id) {
        let Some(event) = self.scheduled.get_mut(&id) else { return };
        event.status = if event.status == Status::Scheduled { Status::Active } else { Status::Completed };
        self.emit_scheduled("GUILD_SCHEDULED_EVENT_UPDATE", id);
    }

    /// The events of a guild that have not ended, oldest first.
    pub(crate) fn scheduled_in(&self, guild: Id) -> impl Iterator<Item = &Scheduled> {
        self.scheduled.values().filter(move |event| event.guild == guild && !event.status.is_over())
    }

    /// An event of a guild (10070 if there is none).
    pub(crate) fn scheduled(&self, guild: Id, id: Id) -> Result<&Scheduled, ApiError> {
        self.scheduled.get(&id).filter(|event| event.guild == guild).ok_or_else(|| ApiError::of(10070))
    }

    /// Puts an event there, or refuses because there are too many (30038).
    pub(crate) fn schedule(&mut self, guild: Id, creator: Id, body: &Value) -> Result<Id, ApiError> {
        if self.scheduled_in(guild).count() >= OPEN_MAX {
            return Err(ApiError::of(30038));
        }
        let id = self.mint();
        self.scheduled.insert(id, Scheduled::new(id, guild, creator, body));
        self.emit_scheduled("GUILD_SCHEDULED_EVENT_CREATE", id);
        Ok(id)
    }

    /// Takes an event away.
    pub(crate) fn unschedule(&mut self, id: Id) {
        self.emit_scheduled("GUILD_SCHEDULED_EVENT_DELETE", id);
        self.scheduled.remove(&id);
    }
}
