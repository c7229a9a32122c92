//! A script: who the simulated people of a rehearsal are, what each of them answers, and the canvas
//! that must come of it.
//!
//! The format is described for people in `rehearsals/script.schema.json`. Everything in it is
//! told as people know it: cards have a script's own short ids, partners their short names, and
//! nothing is said of how the bot works inside. Asks and sittings stand by their keys in the plan.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::answer::{Answer, Wrong};
use super::deed::{HostAct, PersonAct};
use super::expect::Expected;

/// The person of an answer that holds for everyone who is not named beside it.
pub const EVERYONE: &str = "everyone";

/// The script's id of the focal issue's card, which every Path has.
pub const ISSUE: &str = "ISSUE";

/// A whole rehearsal, as one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// Where the format is described; for editors.
    #[serde(rename = "$schema", default)]
    pub schema: String,
    /// What this rehearsal is, in a sentence or two.
    #[serde(default)]
    pub about: String,
    /// How the expected canvas was worked out by hand, line by line.
    #[serde(default)]
    pub working: Vec<String>,
    /// The partnership.
    pub partnership: PartnershipScript,
    /// The world it happens in.
    pub world: WorldScript,
    /// The partners.
    pub partners: Vec<PartnerScript>,
    /// The people.
    pub people: Vec<PersonScript>,
    /// Cards that lie on the table by the plan, by the script's own ids: the words people see.
    #[serde(default)]
    pub table: BTreeMap<String, String>,
    /// What happens, one opening after another.
    pub scenes: Vec<Scene>,
    /// What the canvas must hold in the end, by section.
    #[serde(default)]
    pub expect: BTreeMap<String, Expected>,
}

/// The partnership of a script.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnershipScript {
    /// Its name.
    pub name: String,
    /// Its focal issue.
    pub issue: String,
    /// The host's words of welcome; may be empty.
    #[serde(default)]
    pub welcome: String,
    /// Hosts open every sitting by hand, at the scenes' own times.
    #[serde(default)]
    pub by_hand: bool,
}

/// Where and when a rehearsal begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorldScript {
    /// The moment at which the world's clock starts.
    pub starts: DateTime<FixedOffset>,
    /// The name of the Discord server.
    pub house: String,
    /// The name of the partnership's channel.
    pub channel: String,
    /// What befalls the bot's machine.
    #[serde(default)]
    pub weather: Vec<WeatherScript>,
}

/// Something that befalls the bot's machine for a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeatherScript {
    /// What.
    pub is: WeatherKind,
    /// From when.
    pub from: DateTime<FixedOffset>,
    /// Until when.
    pub until: DateTime<FixedOffset>,
}

/// What may befall the bot's machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WeatherKind {
    /// It is off: killed at the beginning, started at the end. Nobody may come meanwhile.
    Off,
    /// Its clock is an hour slow.
    ClockBack,
}

/// A partner of a script.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerScript {
    /// Short name, as people say it.
    pub short: String,
    /// Full name.
    pub name: String,
    /// Sector.
    #[serde(default)]
    pub sector: String,
    /// Days it needs for a decision that binds it.
    #[serde(default)]
    pub lag: u16,
}

/// A person of a script.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of its own in a script")]
pub struct PersonScript {
    /// The script's own id.
    pub id: String,
    /// Name as people say it.
    pub name: String,
    /// The partner's short name.
    pub partner: String,
    /// Level.
    pub level: LevelScript,
    /// IANA time zone.
    pub zone: String,
    /// The account's unique name.
    pub handle: String,
    /// Whether they are a host.
    #[serde(default)]
    pub host: bool,
    /// Whether they may manage the server; the first such person sets the partnership up.
    #[serde(default)]
    pub manages: bool,
    /// Is invited and never says a word.
    #[serde(default)]
    pub silent: bool,
    /// Is not on the first list: a host enters them later, by a deed of the script.
    #[serde(default)]
    pub late: bool,
}

/// On which level of its partner a person works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LevelScript {
    /// Strategic or governance.
    Strategic,
    /// Operational or programme.
    Operational,
}

impl LevelScript {
    /// The word for it in a pasted list of people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Strategic => "strategic",
            Self::Operational => "operational",
        }
    }
}

/// One opening, what people answer in it, and what hosts do around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scene {
    /// A word on what happens; shown in the rehearsal's progress.
    #[serde(default)]
    pub remark: String,
    /// What is opened.
    pub open: Opening,
    /// When the host opens it.
    pub from: DateTime<FixedOffset>,
    /// Until when people come.
    pub until: DateTime<FixedOffset>,
    /// When the host looks whether it has closed by itself, and closes it if not; none: at `until`.
    #[serde(default)]
    pub looks: Option<DateTime<FixedOffset>>,
    /// What hosts do right before opening.
    #[serde(default)]
    pub before: Vec<HostAct>,
    /// What hosts do right after opening.
    #[serde(default)]
    pub opened: Vec<HostAct>,
    /// What people answer: by ask, then by person (or `everyone`).
    #[serde(default)]
    pub answers: BTreeMap<String, BTreeMap<String, Answer>>,
    /// Who is away and answers nothing here.
    #[serde(default)]
    pub absent: Vec<String>,
    /// When a person comes, where it should not be left to chance.
    #[serde(default)]
    pub when: BTreeMap<String, DateTime<FixedOffset>>,
    /// What people try that must be refused.
    #[serde(default)]
    pub wrong: Vec<Wrong>,
    /// What people do after everyone has come.
    #[serde(default)]
    pub later: Vec<PersonAct>,
    /// What hosts do once everyone has come, while it is still open.
    #[serde(default)]
    pub end: Vec<HostAct>,
    /// Why it is closed although people are missing.
    #[serde(default)]
    pub despite: Option<String>,
    /// What hosts do after closing.
    #[serde(default)]
    pub then: Vec<HostAct>,
}

/// What is opened: a sitting, or one ask alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// A sitting's key.
    #[serde(default)]
    pub sitting: Option<String>,
    /// An ask's key.
    #[serde(default)]
    pub ask: Option<String>,
    /// Why the ask is opened alone.
    #[serde(default)]
    pub because: String,
    /// Only these cards are on the table.
    #[serde(default)]
    pub slate: Vec<String>,
    /// Only these partners are spoken of.
    #[serde(default)]
    pub about: Vec<String>,
}

impl Script {
    /// The person with this id.
    #[must_use]
    pub fn person(&self, id: &str) -> Option<&PersonScript> {
        self.people.iter().find(|person| person.id == id)
    }

    /// The partner with this short name.
    #[must_use]
    pub fn partner(&self, short: &str) -> Option<&PartnerScript> {
        self.partners.iter().find(|partner| partner.short == short)
    }

    /// The one who sets the partnership up: the first host who may manage the server.
    #[must_use]
    pub fn founder(&self) -> Option<&PersonScript> {
        self.people.iter().find(|person| person.host && person.manages)
    }
}

impl Scene {
    /// What a person answers to an ask here: their own line, else what everyone says.
    #[must_use]
    pub fn answer(&self, ask: &str, person: &str) -> Option<&Answer> {
        if self.absent.iter().any(|id| id == person) {
            return None;
        }
        let lines = self.answers.get(ask)?;
        lines.get(person).or_else(|| lines.get(EVERYONE))
    }

    /// When the host looks whether it has closed by itself.
    #[must_use]
    pub fn looks(&self) -> DateTime<FixedOffset> {
        self.looks.unwrap_or(self.until)
    }

    /// What is opened, in a word: the sitting's or the ask's key.
    #[must_use]
    pub fn key(&self) -> &str {
        self.open.sitting.as_deref().or(self.open.ask.as_deref()).unwrap_or_default()
    }
}
