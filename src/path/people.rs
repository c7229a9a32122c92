//! Who is on the Path: partners (organisations), their people, and the hosts among them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Makes a number type for one kind of thing, unique within its partnership.
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}
pub(crate) use id;

id!(/// One partnership: one board, bound to one room.
    PartnershipId);
id!(/// One partner organisation.
    PartnerId);
id!(/// One person.
    PersonId);

/// Somebody's account in the place where the partnership meets. Opaque here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(pub u64);

/// A room in that place: the partnership's own, or a smaller one beside it. Opaque here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoomId(pub u64);

/// What the partnership is and where it meets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partnership {
    /// Its number in this database.
    pub id: PartnershipId,
    /// Its name, for example *Ruvani Without Plastic*.
    pub name: String,
    /// Words and prompts are in this language (`en`).
    pub language: String,
    /// The house its room belongs to (opaque; people of other houses never see it).
    pub house: u64,
    /// Its room.
    pub room: RoomId,
    /// The host's own words of welcome; may be empty.
    pub welcome: String,
    /// When it was founded.
    pub founded: DateTime<Utc>,
}

/// A partner: one organisation, one voice, several people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Its number.
    pub id: PartnerId,
    /// Full name.
    pub name: String,
    /// Short name, as people say it.
    pub short: String,
    /// Sector in its own words, for example *public*; empty if not said.
    pub sector: String,
    /// Days it needs for a decision that binds it.
    pub lag_days: u16,
    /// When it left, if it did.
    pub until: Option<DateTime<Utc>>,
}

/// On which level of its partner a person works (Path card: both from every partner).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Strategic or governance.
    Strategic,
    /// Operational or programme.
    Operational,
}

/// Where somebody stands with the partnership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Entered by a host; has not said *That's me* yet.
    Invited,
    /// Asks to join; reads and drafts until a host or a strategic colleague confirms.
    Asking,
    /// Takes part.
    Present,
    /// Watches: reads what the room reads, gives nothing.
    Observer,
    /// Has left; what was given stays.
    Left,
}

/// One person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their number.
    pub id: PersonId,
    /// Their name as people say it.
    pub name: String,
    /// Their partner.
    pub partner: PartnerId,
    /// Their level.
    pub level: Level,
    /// IANA time zone, for example `Africa/Nairobi`.
    pub zone: String,
    /// The account name under which a host expects them, without `@`; empty if unknown.
    pub handle: String,
    /// Whether they are a host.
    pub host: bool,
    /// Where they stand.
    pub standing: Standing,
    /// Their accounts; the last one is written to.
    pub accounts: BTreeSet<AccountId>,
    /// Since when they take part, or asked to; none for somebody whom a host entered and who has not come.
    pub from: Option<DateTime<Utc>>,
    /// Until when they took part.
    pub until: Option<DateTime<Utc>>,
}

impl Person {
    /// Whether they may give.
    #[must_use]
    pub fn takes_part(&self) -> bool {
        self.standing == Standing::Present
    }

    /// Whether they belong to the partnership today, joined or only invited.
    #[must_use]
    pub fn counts(&self) -> bool {
        matches!(self.standing, Standing::Present | Standing::Invited)
    }
}

/// Who does something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Who {
    /// Somebody known to the partnership.
    Person(PersonId),
    /// An account that no person of the partnership has.
    Stranger {
        /// The account.
        account: AccountId,
        /// Its unique name.
        handle: String,
        /// Whether the place lets it manage the house; asked only when a partnership is founded.
        manager: bool,
    },
    /// Nobody: time passed.
    Clock,
}
