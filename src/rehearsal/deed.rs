//! What hosts do in a script, and what people do beside answering.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::answer::CardScript;

/// What a person does beside answering.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonAct {
    /// Says yes or no to a card that waits for them.
    Confirm(Confirming),
    /// Takes a card of theirs back.
    Withdraw(Pointing),
    /// Words a card of theirs anew.
    Edit(Editing),
    /// Lets a card of theirs stand alone again that stands behind another, or was joined to others.
    Split(Pointing),
    /// Asks to open a settled choice again.
    Plead(Pleading),
    /// Says that their house has approved what it stood for *subject to approval*.
    Approve(Approving),
    /// Looks at the canvas.
    Canvas(Looking),
}

impl PersonAct {
    /// Who does it, by the script's id.
    #[must_use]
    pub fn who(&self) -> &str {
        match self {
            Self::Confirm(act) => &act.who,
            Self::Withdraw(act) | Self::Split(act) => &act.who,
            Self::Edit(act) => &act.who,
            Self::Plead(act) => &act.who,
            Self::Approve(act) => &act.who,
            Self::Canvas(act) => &act.who,
        }
    }
}

/// A yes or no to a card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirming {
    /// Who.
    pub who: String,
    /// Which card.
    pub card: String,
    /// Yes or no.
    pub yes: bool,
}

/// A person and a card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pointing {
    /// Who.
    pub who: String,
    /// Which card.
    pub card: String,
}

/// A card worded anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Editing {
    /// Who.
    pub who: String,
    /// Which card.
    pub card: String,
    /// What stands in the fields that change.
    pub fields: BTreeMap<String, String>,
}

/// A plea for a settled choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pleading {
    /// Who.
    pub who: String,
    /// The ask that was settled.
    pub ask: String,
    /// Why.
    pub because: String,
}

/// An approval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approving {
    /// Who.
    pub who: String,
    /// The ask in which it was said.
    pub ask: String,
}

/// Somebody looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Looking {
    /// Who.
    pub who: String,
}

/// What a host does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum HostAct {
    /// Has the triads made, then lets people change places until the groups are these.
    Groups {
        /// The ask's key.
        ask: String,
        /// The groups by the script's names for them.
        into: BTreeMap<String, Vec<String>>,
    },
    /// Puts a card under another; none: out of its place.
    Place {
        /// The card.
        card: String,
        /// The one above.
        #[serde(default)]
        under: Option<String>,
    },
    /// Joins two cards across the tree.
    Cross {
        /// The card that leads.
        from: String,
        /// The card it leads to.
        to: String,
    },
    /// Joins cards into a new one.
    Merge {
        /// The new card's id.
        id: String,
        /// The cards.
        cards: Vec<String>,
        /// The new wording.
        text: String,
    },
    /// Undoes a merge.
    Unmerge {
        /// The card that was made.
        card: String,
    },
    /// Puts down what the group chose.
    Keep {
        /// The ask's key.
        ask: String,
        /// The cards in order.
        cards: Vec<String>,
        /// Why the bounds are left.
        #[serde(default)]
        despite: Option<String>,
    },
    /// Words a kept card anew.
    Reword {
        /// The ask that keeps it.
        ask: String,
        /// The card.
        card: String,
        /// The new wording.
        text: String,
        /// The new card's id.
        id: String,
    },
    /// Puts a card aside; without a reason it is brought back.
    Park {
        /// The card.
        card: String,
        /// Why.
        #[serde(default)]
        reason: Option<String>,
    },
    /// Names who drafts.
    Drafters {
        /// The ask's key.
        ask: String,
        /// Who.
        people: Vec<String>,
    },
    /// Gives for somebody else, marked as such.
    Behalf {
        /// The ask's key.
        ask: String,
        /// For whom.
        person: String,
        /// What.
        cards: Vec<CardScript>,
    },
    /// Lets somebody off.
    Waive {
        /// The ask's key.
        ask: String,
        /// A person, if by person.
        #[serde(default)]
        person: Option<String>,
        /// A partner, if by partner.
        #[serde(default)]
        partner: Option<String>,
    },
    /// Says that somebody has left.
    Leave {
        /// Who.
        person: String,
    },
    /// Closes one ask alone.
    CloseAsk {
        /// The ask's key.
        ask: String,
        /// Why, although people are missing.
        #[serde(default)]
        despite: Option<String>,
    },
    /// Closes a phase.
    ClosePhase {
        /// The phase's key.
        phase: String,
        /// Why, although a check fails.
        #[serde(default)]
        despite: Option<String>,
    },
    /// Publishes the canvas as a version.
    Publish {
        /// What it is for.
        label: String,
    },
    /// Anything else that hosts do, as the desk and `/path` and `/time` offer it.
    Deed {
        /// The deed's name.
        name: String,
        /// What is chosen, menu after menu, by the words that stand there.
        #[serde(default)]
        picks: Vec<String>,
        /// What is typed, if it takes words.
        #[serde(default)]
        words: Option<String>,
        /// The key of what the screen says then.
        reply: String,
    },
}
