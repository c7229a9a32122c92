//! Figures: what somebody sets on a card. Marks, answers, nominations, red and green figures.
//!
//! All four are the same thing on a board: a figure taken from one of the giver's piles and put on
//! a card. Figures are *set*, not added, so an older press that arrives late changes nothing.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::card::CardId;
use super::people::PartnerId;
use super::window::{Giver, WindowId};

/// Which figure: the place in its giver's hand. One row each, so a fourth green has no place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FigureKey {
    /// In which window.
    pub window: WindowId,
    /// Whose.
    pub giver: Giver,
    /// From which pile.
    pub pile: String,
    /// Which partner it speaks of; none outside *assign*.
    pub about: Option<PartnerId>,
    /// Its place in the pile, from 1 to the budget.
    pub slot: u8,
}

/// One figure on one card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Which figure.
    pub key: FigureKey,
    /// On which card.
    pub card: CardId,
    /// What it says: the pile's own meaning, or one of the consent answers.
    pub value: Value,
    /// Words with it: a remark, a reason; may be empty.
    pub note: String,
    /// How it could stand: what somebody who says *not yet* proposes; may be empty.
    pub proposal: String,
    /// When it was set.
    pub at: DateTime<Utc>,
}

/// What a figure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// It was put there: a mark, a nomination, a red or green figure.
    Here,
    /// This stands.
    Stands,
    /// This stands; a remark is printed with it.
    Remark,
    /// Not yet, because…
    NotYet,
}

/// What was counted when an ask closed: it stays when the ballots are gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// In which window.
    pub window: WindowId,
    /// From which pile.
    pub pile: String,
    /// Which partner it speaks of.
    pub about: Option<PartnerId>,
    /// On which card.
    pub card: CardId,
    /// Saying what.
    pub value: Value,
    /// How many figures.
    pub figures: u32,
    /// How many people set them.
    pub people: u32,
    /// How many partners had a part in them.
    pub partners: u32,
    /// The partners' voices in thousandths: a partner's 1000 is shared evenly among those of its
    /// people who answered.
    pub voices: u32,
}

/// What a group settled: kept cards, an adopted sentence, a partner's role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its number in the order of decisions.
    pub id: DecisionId,
    /// By which ask.
    pub ask: String,
    /// About which partner; none for the whole group.
    pub about: Option<PartnerId>,
    /// What was kept, in order.
    pub cards: Vec<CardId>,
    /// How.
    pub how: Settled,
    /// Why, where a reason was asked; may be empty.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

super::people::id!(/// One decision.
    DecisionId);

/// How something was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Settled {
    /// The host put down what the group chose.
    Host,
    /// Nobody said *not yet*.
    Consent,
    /// By the count.
    Poll,
    /// The rounds were over: by the ask's fallback, with the objections printed.
    Fallback,
}
