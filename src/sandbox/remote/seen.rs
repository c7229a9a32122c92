//! What comes back from the human side.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use crate::sandbox::snowflake::Id;

/// What a person sees after acting.
#[derive(Clone, Debug, Deserialize)]
pub struct Seen {
    /// `message`, `update`, `modal`, `choices` or `failed`.
    pub outcome: String,
    /// The message, for `message` and `update`.
    #[serde(default)]
    pub message: Option<Post>,
    /// The form, for `modal`.
    #[serde(default)]
    pub modal: Option<Form>,
    /// Suggestions (`{name, value}`), for `choices`.
    #[serde(default)]
    pub choices: Option<Vec<Value>>,
    /// The sentence of a failure.
    #[serde(default)]
    pub why: Option<String>,
}

impl Seen {
    /// The text of the message, empty if there is none.
    #[must_use]
    pub fn text(&self) -> &str {
        self.message.as_ref().map_or("", |message| message.content.as_str())
    }
}

/// A message as a person sees it.
#[derive(Clone, Debug, Deserialize)]
pub struct Post {
    /// Message id.
    pub id: Id,
    /// Where it stands.
    pub channel_id: Id,
    /// Discord's message type.
    #[serde(rename = "type")]
    pub kind: u8,
    /// Who wrote it (Discord's user object).
    pub author: Value,
    /// Its text.
    pub content: String,
    /// Its embeds (Discord's JSON).
    pub embeds: Vec<Value>,
    /// Its rows of buttons and selects (Discord's JSON).
    pub components: Vec<Value>,
    /// Its files (Discord's JSON).
    pub attachments: Vec<Value>,
    /// Its poll (Discord's JSON), if it is one.
    #[serde(default)]
    pub poll: Option<Value>,
    /// When it was written, in world time.
    pub timestamp: String,
    /// When it was last edited.
    pub edited_timestamp: Option<String>,
    /// Whether it is pinned.
    pub pinned: bool,
    /// The one person who sees it, if it is for their eyes only.
    pub ephemeral_for: Option<Id>,
    /// Who was pinged.
    pub pinged: Vec<Id>,
}

impl Post {
    /// All buttons and selects, row after row.
    #[must_use]
    pub fn controls(&self) -> Vec<&Value> {
        fn inside<'a>(list: &'a [Value], out: &mut Vec<&'a Value>) {
            for component in list {
                if component["custom_id"].is_string() || component["url"].is_string() {
                    out.push(component);
                }
                if let Some(list) = component["components"].as_array() {
                    inside(list, out);
                }
            }
        }
        let mut out = Vec::new();
        inside(&self.components, &mut out);
        out
    }

    /// The custom id of the first button whose label contains `label`.
    #[must_use]
    pub fn button(&self, label: &str) -> Option<String> {
        self.controls()
            .into_iter()
            .find(|control| control["label"].as_str().is_some_and(|text| text.contains(label)))
            .and_then(|control| control["custom_id"].as_str().map(str::to_owned))
    }
}

/// A form on the screen.
#[derive(Clone, Debug, Deserialize)]
pub struct Form {
    /// Handle for [`Remote::submit`](super::Remote::submit).
    pub id: Id,
    /// The form's custom id.
    pub custom_id: String,
    /// Its title.
    pub title: String,
    /// Its fields, top to bottom.
    pub fields: Vec<Field>,
}

/// A text field of a form.
#[derive(Clone, Debug, Deserialize)]
pub struct Field {
    /// Its custom id.
    pub custom_id: String,
    /// Its label.
    pub label: String,
    /// 1 one line, 2 a paragraph.
    pub style: u8,
    /// Whether it may not stay empty.
    pub required: bool,
    /// Fewest characters.
    pub min: u64,
    /// Most characters.
    pub max: u64,
    /// What already stands in it.
    pub value: String,
    /// The grey hint.
    pub placeholder: String,
}

/// A channel or thread as a person sees it.
#[derive(Clone, Debug, Deserialize)]
pub struct Place {
    /// Channel id.
    pub id: Id,
    /// Discord's channel type: 0 text, 1 direct message, 11 public thread, 12 private thread.
    #[serde(rename = "type")]
    pub kind: u8,
    /// Name; empty for a direct message.
    pub name: String,
    /// The channel a thread belongs to.
    #[serde(default)]
    pub parent_id: Option<Id>,
    /// Whether a thread is archived.
    pub archived: bool,
    /// Whether this person is in the thread.
    pub joined: bool,
    /// Who is in the thread.
    #[serde(default)]
    pub members: Option<Vec<Id>>,
}

/// A scheduled event as a person sees it.
#[derive(Clone, Debug, Deserialize)]
pub struct Event {
    /// Its id.
    pub id: Id,
    /// Who made it.
    pub creator_id: Id,
    /// Its name.
    pub name: String,
    /// What it says of itself.
    #[serde(default)]
    pub description: Option<String>,
    /// When it begins, in world time.
    pub scheduled_start_time: DateTime<Utc>,
    /// When it ends.
    pub scheduled_end_time: DateTime<Utc>,
    /// 1 scheduled, 2 running.
    pub status: u8,
    /// Where it takes place (Discord's JSON).
    pub entity_metadata: Value,
}

/// Whether everybody has come to rest.
#[derive(Clone, Debug, Deserialize)]
pub struct Settled {
    /// They have.
    pub settled: bool,
    /// World time in Unix milliseconds.
    pub now_ms: i64,
    /// When the bot next has something to do.
    pub bot_next_due_ms: Option<i64>,
    /// When the world next does something by itself.
    pub sandbox_next_due_ms: Option<i64>,
    /// The bot's run, if one reported.
    pub boot: Option<String>,
    /// Events sent since that boot.
    pub sent: u64,
    /// Events the bot says it has finished.
    pub finished: u64,
    /// Requests that are held until it is calm.
    pub held: u64,
}
