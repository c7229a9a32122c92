//! Notices: what should be said because of an act, as intent. Worded only when sent, from a fresh view.

use serde::{Deserialize, Serialize};

use super::approval::ApprovalId;
use super::card::CardId;
use super::people::{AccountId, PersonId};
use super::reopening::PleaId;
use super::said::Said;
use super::spot::Spot;

/// Something to say or to bring about in the rooms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    /// The pinned post shows where the Path is; later ones replace earlier ones.
    Board,
    /// A sitting opens: one post with *Start*.
    Opens {
        /// The sitting's key.
        sitting: String,
    },
    /// What an opening post says is otherwise while its sitting is open: a host worded the invitation anew, or its end moved.
    /// The post is edited.
    Reworded {
        /// The sitting's key.
        sitting: String,
    },
    /// One ask opens alone: one post with its button, shared with others that are open alone.
    AskOpens {
        /// The ask's key.
        ask: String,
    },
    /// A sitting closed: one post with what we have now, and a room to talk about it.
    Closes {
        /// The sitting's key.
        sitting: String,
    },
    /// One ask closed: its own post says what came of it, or its sitting's once that is closed whole.
    AskCloses {
        /// The ask's key.
        ask: String,
    },
    /// What was counted in a public quick poll is to be read.
    Count {
        /// The ask's key.
        ask: String,
    },
    /// A smaller room is made, its people are let in, its first message is posted.
    Room(Spot),
    /// People are let into a room that exists already.
    LetIn {
        /// Which room.
        spot: Spot,
        /// Who.
        person: PersonId,
    },
    /// Somebody is let out of a room.
    LetOut {
        /// Which room.
        spot: Spot,
        /// Who.
        person: PersonId,
    },
    /// Somebody asks to join: those in a room who may say yes or no are asked.
    Asks {
        /// Which room: the hosts' or the partner's.
        spot: Spot,
        /// Who asks.
        person: PersonId,
    },
    /// Somebody says from a new account that they are this person: the hosts are asked.
    Claims {
        /// Whom they say they are.
        person: PersonId,
        /// The new account.
        account: AccountId,
    },
    /// A story or a note is posted into its triad's room.
    Story {
        /// The card.
        card: CardId,
    },
    /// Words to one person, in their partner's room, mentioning them alone.
    Tell {
        /// Who.
        person: PersonId,
        /// What.
        said: Said,
        /// The card it is about, if its buttons need one.
        card: Option<CardId>,
    },
    /// Words in one room, mentioning nobody.
    Say {
        /// Which room.
        spot: Spot,
        /// What.
        said: Said,
    },
    /// A phase closed: the post of what closed last in it says so, with the canvas as it stands then.
    PhaseCloses {
        /// The phase's key.
        phase: String,
    },
    /// A timer for a meeting: one post that counts down to this moment, in seconds of Unix time.
    Timer {
        /// When it ends.
        ends_s: i64,
    },
    /// A version of the canvas was published: one post with it.
    Published {
        /// Its number.
        nth: u16,
    },
    /// Somebody is nudged about what still waits for them; where, they have said.
    Nudge {
        /// Who.
        person: PersonId,
        /// When it was decided: by that it is known.
        at: chrono::DateTime<chrono::Utc>,
    },
    /// Hosts are told which partners are missing near the end of a sitting.
    Missing {
        /// The sitting's key.
        sitting: String,
    },
    /// Hosts are told that somebody asks to open a settled choice again.
    Pleads {
        /// The plea.
        plea: PleaId,
    },
    /// A partner or the hosts are told about an approval: that it waits, that its day is over, what the house said.
    Approval {
        /// Which room.
        spot: Spot,
        /// The approval.
        approval: ApprovalId,
    },
    /// The whole Path pauses, or goes on: one post.
    Pause,
    /// What stands in the house's calendar follows what is open; later ones replace earlier ones.
    Occasions,
    /// The weekly line: one post; moot once its week is over.
    Weekly {
        /// The Monday of its week, where the first host is.
        monday: chrono::NaiveDate,
    },
}
