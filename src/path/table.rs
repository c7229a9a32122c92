//! What lies on the table of an ask: the cards that may be chosen there.

use super::board::Board;
use super::card::Card;
use super::people::PersonId;
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

/// The same cards for one reader: each reader begins at another place of the one order, so that over all who belong
/// every card stands in front equally often, within one, and nobody has to remember who saw what. Cards by the plan
/// keep the order in which the plan has them; so does a table with any of them.
#[must_use]
pub fn turned<'a>(board: &Board, reader: PersonId, mut cards: Vec<&'a Card>) -> Vec<&'a Card> {
    let people = board.counting().count();
    let place = board.counting().position(|person| person.id == reader);
    if let (Some(place), false) = (place, cards.iter().any(|card| card.item.is_some())) {
        let begin = place * cards.len() / people.max(1);
        cards.rotate_left(begin);
    }
    cards
}

/// The cards that a field offers, in order.
#[must_use]
pub fn offered<'a>(board: &'a Board, field: &Field) -> Vec<&'a Card> {
    field.from.iter().flat_map(|source| board.cards_of(source, field.kept)).collect()
}
