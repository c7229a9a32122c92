//! What became of a card: worked out from what its reader may see, never written down.

use chrono::{DateTime, Utc};

use super::board::Board;
use super::card::{Card, CardId, CardState};
use super::figure::Decision;
use super::material;
use super::people::{PartnerId, PersonId};
use super::plan::{Confirm, FieldKind, Kind, Seal};
use super::table;

/// One thing that became of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// Nobody but its author sees it, ever.
    OnlyMine,
    /// Its author took it back.
    TakenBack,
    /// Others see it once its ask has closed, or those see it who have given theirs.
    Sealed {
        /// When the ask ends.
        ends: DateTime<Utc>,
        /// Whether those who have given see it already.
        by_own: bool,
    },
    /// It stands behind another card: its author supports that one.
    Behind {
        /// Which.
        card: CardId,
    },
    /// A host joined it with others into a card.
    Joined {
        /// Which.
        card: CardId,
        /// With how many others.
        others: usize,
    },
    /// So many cards of others stand behind it.
    Supported {
        /// How many.
        count: usize,
    },
    /// It lies under a heading.
    Under {
        /// What the heading says.
        heading: String,
    },
    /// It was put aside.
    Aside {
        /// Why.
        reason: String,
    },
    /// It waits for a person's yes.
    WaitsForPerson(PersonId),
    /// It waits for the yes of somebody who may decide for a partner.
    WaitsForPartner(PartnerId),
    /// Whoever was asked said no.
    Declined(PersonId),
    /// The group kept it.
    Kept {
        /// In which ask.
        ask: String,
        /// In which place, from 1.
        nth: usize,
        /// Of how many.
        of: usize,
    },
    /// It is worded anew in what was kept.
    Reworded {
        /// The card with the new words.
        card: CardId,
    },
    /// So many marks, in an ask that is closed and counted.
    Marks {
        /// In which ask.
        ask: String,
        /// How many.
        count: u32,
    },
    /// It stands on the canvas.
    Stands {
        /// The section's key.
        section: String,
    },
}

/// What became of a card, first things first. Nothing of an ask that is still being counted.
#[must_use]
pub fn became(board: &Board, card: &Card) -> Vec<Became> {
    let ask = board.plan.ask(&card.source);
    let seal = ask.map_or(Seal::None, |ask| ask.seal);
    if seal == Seal::Giver {
        return vec![Became::OnlyMine];
    }
    let mut found = Vec::new();
    match card.state {
        CardState::Withdrawn => return vec![Became::TakenBack],
        CardState::Merged(into) if board.support_of(card).is_some() => found.push(Became::Behind { card: into }),
        CardState::Merged(into) => {
            let made = board.origins(into).into_iter().filter(|id| *id != into && !board.is_made(*id));
            found.push(Became::Joined { card: into, others: made.count().saturating_sub(1) });
        }
        CardState::Open => {}
    }
    // Of a joined card that is not to be seen any more nothing else is known.
    let Some(now) = board.standing_for(card.id).filter(|now| now.state == CardState::Open) else { return found };
    let behind = board.behind(card.id).len();
    if behind > 0 {
        found.push(Became::Supported { count: behind });
    }
    let under = board.cluster_of(now.id).map(|cluster| Became::Under { heading: cluster.name().to_owned() });
    if let Some(reason) = &now.parked {
        found.push(Became::Aside { reason: reason.clone() });
        return found;
    }
    found.extend(waits(board, card));
    let kept = kept(board, now);
    found.extend(marks(board, now));
    found.extend(under);
    if kept.is_empty() {
        found.extend(stands(board, now));
    } else {
        found.extend(kept);
    }
    let window = card.window.and_then(|id| board.windows.get(&id)).filter(|window| window.is_open());
    if let (Some(window), Seal::Own | Seal::End | Seal::Close) = (window, seal) {
        found.retain(|became| !matches!(became, Became::Stands { .. }));
        found.push(Became::Sealed { ends: window.ends, by_own: seal == Seal::Own });
    }
    found
}

/// Whose yes it waits for, or who said no.
fn waits(board: &Board, card: &Card) -> Option<Became> {
    let ask = board.plan.ask(&card.source)?;
    let confirm = ask.confirm?;
    if let Some(said) = &card.confirmed {
        return (!said.yes).then_some(Became::Declined(said.by));
    }
    match confirm {
        Confirm::Owner => {
            let field = ask.fields.iter().find(|field| field.kind == FieldKind::Person)?;
            card.field(&field.key).parse().ok().map(PersonId).map(Became::WaitsForPerson)
        }
        Confirm::Strategic => card.partner.map(Became::WaitsForPartner),
        Confirm::Teller => card.by.map(Became::WaitsForPerson),
    }
}

/// Where the newest decision that speaks of it keeps it, and in which words. A consent on a whole page carries on
/// what another ask chose: the choice says more.
fn kept(board: &Board, card: &Card) -> Vec<Became> {
    let newest = |decision: &&Decision| {
        board.decision(&decision.ask, decision.about).is_some_and(|newest| newest.id == decision.id)
    };
    let place = |decision: &Decision| decision.cards.iter().position(|id| board.origins(*id).contains(&card.id));
    let mut decisions = board.decisions.iter().filter(newest);
    let chooses = |decision: &&Decision| board.plan.ask(&decision.ask).is_some_and(|ask| !ask.kept);
    let Some((decision, nth)) =
        decisions.by_ref().filter(chooses).find_map(|decision| Some((decision, place(decision)?)))
    else {
        return Vec::new();
    };
    let of = decision.cards.len();
    let kept = Became::Kept { ask: decision.ask.clone(), nth: nth + 1, of };
    let words = decision.cards.get(nth).filter(|id| **id != card.id);
    [kept].into_iter().chain(words.map(|id| Became::Reworded { card: *id })).collect()
}

/// What was counted on it, and on what it is made from, where marks are set and the count is in.
fn marks(board: &Board, card: &Card) -> Vec<Became> {
    let origins = board.origins(card.id);
    let asks = board.plan.asks().map(|(_, _, ask)| ask).filter(|ask| ask.kind == Kind::Marks);
    let counted = asks.filter_map(|ask| {
        let window = board.window_of(&ask.key).filter(|window| !window.is_open())?;
        let on = table::table(board, window).iter().any(|card| origins.contains(&card.id));
        let rows = board.tallies.iter().filter(|row| row.window == window.id && origins.contains(&row.card));
        let count: u32 = rows.map(|row| row.figures).sum();
        (on && count > 0).then(|| Became::Marks { ask: ask.key.clone(), count })
    });
    counted.collect()
}

/// The first section of the canvas that draws it.
fn stands(board: &Board, card: &Card) -> Option<Became> {
    let section = board.plan.sections.iter().find(|section| material::drawn(board, section).contains(&card.id))?;
    Some(Became::Stands { section: section.key.clone() })
}
