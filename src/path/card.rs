//! Cards: what people write, kept by version, and how cards are joined.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::group::GroupId;
use super::people::{PartnerId, PersonId, id};
use super::plan::LinkKind;
use super::window::WindowId;

id!(/// One card.
    CardId);
id!(/// One link between two cards.
    LinkId);

/// What somebody wrote. Nothing is overwritten: every wording is a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its number.
    pub id: CardId,
    /// The ask or list it belongs to.
    pub source: String,
    /// The window in which it was given; none for cards by the plan.
    pub window: Option<WindowId>,
    /// Who wrote it; none for cards by the plan and for reasons without a name.
    pub by: Option<PersonId>,
    /// The host who wrote it down for them.
    pub behalf: Option<PersonId>,
    /// The partner in whose name it was given.
    pub partner: Option<PartnerId>,
    /// The triad in which it was given.
    pub group: Option<GroupId>,
    /// For cards of a list: the item's key.
    pub item: Option<String>,
    /// Its wordings, oldest first; never empty.
    pub texts: Vec<Text>,
    /// Whether it is on the board.
    pub state: CardState,
    /// Why it was put aside, if it was.
    pub parked: Option<String>,
    /// What the one who had to confirm it said.
    pub confirmed: Option<Confirmed>,
    /// Whether somebody marked that its words are used differently by others.
    pub disputed: bool,
    /// Whether it came after its ask had closed: an addition, never counted as given and never chosen from.
    pub added: bool,
}

/// One wording of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// What stands in each field, by its key. Chosen things stand as keys or numbers.
    pub fields: BTreeMap<String, String>,
    /// Who worded it so.
    pub by: Option<PersonId>,
    /// How it reached us.
    pub via: Via,
    /// When.
    pub at: DateTime<Utc>,
}

/// How words reached us.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// A form opened by a button.
    #[default]
    Button,
    /// A command.
    Command,
    /// An ordinary message that its author gave.
    Message,
    /// A live meeting, entered by a host.
    Live,
    /// A phone call, entered by a host.
    Phone,
    /// The plan itself.
    Plan,
}

/// Whether a card is on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardState {
    /// On the board.
    Open,
    /// Taken back by its author.
    Withdrawn,
    /// Joined with others into a new card.
    Merged(CardId),
}

/// What the one who had to confirm a card said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// Who.
    pub by: PersonId,
    /// Yes or no.
    pub yes: bool,
    /// When.
    pub at: DateTime<Utc>,
}

impl Card {
    /// Its newest wording.
    #[must_use]
    pub fn text(&self) -> Option<&Text> {
        self.texts.last()
    }

    /// What stands in one field of the newest wording; empty if nothing.
    #[must_use]
    pub fn field(&self, key: &str) -> &str {
        self.text().and_then(|text| text.fields.get(key)).map_or("", String::as_str)
    }

    /// Whether it is on the board and not put aside.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.state == CardState::Open && self.parked.is_none()
    }
}

/// Two cards joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its number.
    pub id: LinkId,
    /// How they are joined.
    pub kind: LinkKind,
    /// The card that lies under, mirrors, was made, leads, answers or serves.
    pub from: CardId,
    /// The other.
    pub to: CardId,
    /// Who joined them.
    pub by: Option<PersonId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// What is being typed or was refused: its author's alone, never counted as given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Whose.
    pub person: PersonId,
    /// For which ask.
    pub ask: String,
    /// What stands in each field.
    pub fields: BTreeMap<String, String>,
    /// When it was kept.
    pub at: DateTime<Utc>,
}
