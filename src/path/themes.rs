//! Which cards may belong under one heading: suggested by the words they share, from what somebody may see. Only ever
//! an offer; people say what the heading is.

use super::board::Board;
use super::card::{Card, CardId};
use super::cluster;
use super::view::View;
use super::wording::{Kin, kin};

/// Cards that may be about the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Which, at least two, in the table's order.
    pub cards: Vec<CardId>,
    /// A word that most of them share, to begin from; none if they share none.
    pub word: Option<String>,
}

/// The suggestions on the table of an ask, the largest first: cards that lie under no heading yet. The first
/// [`super::wording::TEXTS_MAX`] cards are looked at, so that a table of any size is answered at once.
#[must_use]
pub fn themes(view: &View, ask: &str) -> Vec<Theme> {
    let board = view.shown();
    let cards = cluster::free(board, ask);
    let texts: Vec<String> = cards.iter().map(|card| typed(board, card)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let theme = |Kin { members, word }| Theme { cards: members.into_iter().map(|nth| cards[nth].id).collect(), word };
    kin(&texts).into_iter().map(theme).collect()
}

/// What counts of a card when it is compared: all that was typed.
fn typed(board: &Board, card: &Card) -> String {
    let fields = board.plan.ask(&card.source).map(|ask| ask.fields.as_slice()).unwrap_or_default();
    let typed = fields.iter().filter(|field| field.is_typed()).map(|field| card.field(&field.key));
    typed.collect::<Vec<_>>().join("\n")
}
