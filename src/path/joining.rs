//! Cards that say nearly the same, joined: by a host into a new card, or by an author who supports another's card.
//!
//! **A host's joining** makes a new card from the old ones ([`LinkKind::MadeFrom`]). The authors are told; each may
//! split theirs off again for a day, and hosts may undo all of it at any time.
//!
//! **Supporting** is an author's own word about an own card: it stands behind the other one from then on
//! ([`LinkKind::Supports`]). Its words are kept as a source, its author stays among those who gave, and until the
//! window closes they may let it stand alone again. What the seal demands of it:
//! - *Only what is open to that person is joined, and told of.* The view says what is ([`super::alike::double`]). So
//!   under a seal that opens with one's own card nothing is hinted before that is given, and under one that opens at
//!   the end nothing is hinted at all; a forged press on a sealed card is answered as if there were none.
//! - *Nobody learns from it what they could not see.* Both cards stay under the seal of their ask: who sees neither,
//!   sees no link between them.
//! - *Where names are hidden until all is chosen*, the view takes the supporter's name from the link too.
//! - *Where names are never told* nothing is joined by authors: at the close such cards come back as if from nobody,
//!   and a link would tie two hands together.
//! - *What a partner says in its own name, and what waits for somebody's yes, stays as it is*: supporting is not
//!   signing.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::board::Board;
use super::card::{Card, CardId, CardState, Link};
use super::people::PersonId;
use super::plan::{Ask, By, Kind, LinkKind, Named};

/// How long an author may split a card off again after a host's joining (method, rule 8 of section 3).
pub const SPLIT_TIME: TimeDelta = TimeDelta::hours(24);

/// Joining cards, and taking them apart again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Joining {
    /// A host joins cards into a new one; their authors are told.
    Merge {
        /// Which.
        cards: Vec<CardId>,
        /// The new wording.
        text: String,
    },
    /// A host undoes a merge: the old cards stand again. What merely stands behind the card does so too.
    Unmerge {
        /// The card that was made, or that others stand behind.
        card: CardId,
    },
    /// An author splits off what they wrote from a card that a host made of it.
    SplitOff {
        /// The card that was made.
        card: CardId,
    },
    /// An author supports another card instead of their own.
    Support {
        /// Their own.
        card: CardId,
        /// The other.
        other: CardId,
    },
    /// An author lets a card stand alone again that stands behind another.
    StandAlone {
        /// Their own.
        card: CardId,
    },
}

/// Whether a host may join cards of an ask: not what a partner says in its own name, nor what somebody else has to
/// say yes to. A joined card would bind them to words that they did not choose.
#[must_use]
pub fn may_merge(ask: &Ask) -> bool {
    ask.kind == Kind::Cards && ask.by != By::Partner && ask.confirm.is_none() && ask.headline().is_some()
}

/// Whether authors may support each other's cards in an ask: several people give to it, and the group makes
/// something of what they give (the canvas shows it, or another ask chooses from it). A greeting, a note to oneself
/// or the last word of a farewell is nobody's double.
#[must_use]
pub fn may_support(board: &Board, ask: &Ask) -> bool {
    may_merge(ask) && matches!(ask.by, By::Each | By::Group) && ask.named != Named::Never && is_used(board, &ask.key)
}

/// Whether the group makes something of what is given to an ask: the canvas shows it, or another ask takes from it.
#[must_use]
pub fn is_used(board: &Board, source: &str) -> bool {
    let takes = |from: &[String]| from.iter().any(|key| key == source);
    board.plan.sections.iter().any(|section| takes(&section.from))
        || board.plan.asks().any(|(_, _, other)| takes(&other.from))
}

/// A card of an author's that is in one that a host made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub card: CardId,
    /// The card that it was joined to: the one that was made, or one of its sources behind which it stands.
    pub into: CardId,
    /// Until when its author may split it off.
    pub until: DateTime<Utc>,
}

/// What an author may split off from a card that a host made: theirs that it was made from, or that stands behind one
/// of these.
#[must_use]
pub fn parts(board: &Board, card: CardId, author: PersonId) -> Vec<Part> {
    let made = board.links.from(card, LinkKind::MadeFrom);
    let parts = made.flat_map(|link| {
        let source = board.cards.get(&link.to).filter(|old| old.state == CardState::Merged(card));
        let behind = board.behind(link.to).into_iter().map(|old| (old, link.to));
        let all = source.map(|old| (old, card)).into_iter().chain(behind);
        let until = link.at + SPLIT_TIME;
        // What a host had joined before and joined again is told of again.
        let deeper = parts(board, link.to, author).into_iter().map(move |part| Part { until, ..part });
        all.filter(|(old, _)| old.by == Some(author))
            .map(|(old, into)| Part { card: old.id, into, until })
            .chain(deeper)
            .collect::<Vec<_>>()
    });
    parts.collect()
}

impl Board {
    /// The link by which a card stands behind another, if it does.
    #[must_use]
    pub fn support_of(&self, card: &Card) -> Option<&Link> {
        let CardState::Merged(into) = card.state else { return None };
        self.links.from(card.id, LinkKind::Supports).find(|link| link.to == into)
    }

    /// The cards that stand behind a card, each by its author's own word.
    #[must_use]
    pub fn behind(&self, card: CardId) -> Vec<&Card> {
        self.links.to(card, LinkKind::Supports).filter_map(|link| self.cards.get(&link.from)).collect()
    }

    /// The cards that a card was made from, by one step.
    #[must_use]
    pub fn made_of(&self, card: CardId) -> Vec<CardId> {
        self.links.from(card, LinkKind::MadeFrom).map(|link| link.to).collect()
    }

    /// Whether a card was made from others: then it is nobody's own.
    #[must_use]
    pub fn is_made(&self, card: CardId) -> bool {
        !self.made_of(card).is_empty()
    }

    /// Whether something that was settled or is being chosen holds a card, so that it cannot go.
    #[must_use]
    pub fn is_held(&self, card: CardId) -> bool {
        self.decisions.iter().any(|decision| decision.cards.contains(&card))
            || self.windows.values().any(|window| window.slate.contains(&card))
    }
}
