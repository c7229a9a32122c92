//! What lies on the table of an ask: the cards that may be chosen there.

use super::board::Board;
use super::card::Card;
use super::plan::{Field, Kind};
use super::window::Window;

/// The cards that may be marked, answered, assigned or placed in a window, in order.
///
/// The slate that was fixed for the window; else what stands on the board now.
#[must_use]
pub fn table<'a>(board: &'a Board, window: &Window) -> Vec<&'a Card> {
    if !window.slate.is_empty() {
        return window.slate.iter().filter_map(|id| board.cards.get(id)).collect();
    }
    let Some(ask) = board.plan.ask(&window.ask) else { return Vec::new() };
    let kept = ask.kept && ask.kind != Kind::Tree;
    // What was added later is not chosen from: whatever counts had its time.
    ask.from.iter().flat_map(|source| board.cards_of(source, kept)).filter(|card| !card.added).collect()
}

/// The cards that a field offers, in order.
#[must_use]
pub fn offered<'a>(board: &'a Board, field: &Field) -> Vec<&'a Card> {
    field.from.iter().flat_map(|source| board.cards_of(source, field.kept)).collect()
}
