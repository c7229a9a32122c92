//! Which cards speak of which: by a link to it, or because they name it in a field.

use std::collections::{BTreeMap, BTreeSet};

use super::board::Board;
use super::card::CardId;
use super::plan::{FieldKind, LinkKind};

/// Which cards speak of which. Made once for whatever goes through many cards.
#[derive(Debug)]
pub struct Speaking {
    of: BTreeMap<CardId, BTreeSet<CardId>>,
}

impl Speaking {
    /// On a board: cards that mirror, answer or serve another, and those in which another was chosen.
    #[must_use]
    pub fn on(board: &Board) -> Self {
        let tells = |kind| matches!(kind, LinkKind::Mirrors | LinkKind::Answers | LinkKind::Serves);
        let linked = board.links.iter().filter(|link| tells(link.kind)).map(|link| (link.to, link.from));
        let asked = board.cards.values().filter_map(|card| Some((card, board.plan.ask(&card.source)?)));
        let named = asked.flat_map(|(card, ask)| {
            let fields = ask.fields.iter().filter(|field| field.kind == FieldKind::Card);
            fields.filter_map(|field| Some((CardId(card.field(&field.key).parse().ok()?), card.id)))
        });
        let mut of: BTreeMap<CardId, BTreeSet<CardId>> = BTreeMap::new();
        for (card, by) in linked.chain(named) {
            of.entry(card).or_default().insert(by);
        }
        Self { of }
    }

    /// The cards that speak of at least one of these, by number.
    #[must_use]
    pub fn of(&self, cards: &[CardId]) -> BTreeSet<CardId> {
        cards.iter().filter_map(|card| self.of.get(card)).flatten().copied().collect()
    }
}
