//! What was agreed, and how it is worded today: a host may word anew what the group has kept.
//!
//! Nothing of this is stored. A decision that keeps what the one before it kept, save for cards that were made from
//! one of those alone, was not taken by the group: it carries the older one on in other words.

use super::board::Board;
use super::card::CardId;
use super::figure::{Decision, Settled};
use super::rounds;

/// The decision that this one only words anew; none if it settled something.
#[must_use]
pub fn words_anew<'a>(board: &'a Board, decision: &Decision) -> Option<&'a Decision> {
    let mut earlier = board.decisions.iter().rev().skip_while(|known| known.id != decision.id).skip(1);
    let before = earlier.find(|known| known.ask == decision.ask && known.about == decision.about)?;
    let reworded = |new: CardId, old: CardId| new != old && board.made_of(new) == [old];
    let mut pairs = decision.cards.iter().zip(&before.cards);
    let as_many = decision.cards.len() == before.cards.len();
    let same = as_many && pairs.all(|(new, old)| new == old || reworded(*new, *old));
    (same && decision.cards != before.cards && rounds::window_of(board, decision).is_none()).then_some(before)
}

/// The decision that settled what a card of this one says, and the card in whose words it did. What a host put down or
/// worded anew, and all were asked about on a page since, that page has settled.
#[must_use]
pub fn agreed<'a>(board: &'a Board, decision: &'a Decision, card: CardId) -> (&'a Decision, CardId) {
    let by = rounds::settled_by(board, decision, card);
    let before = words_anew(board, by);
    if let Some(asked) = asked_since(board, by, card).filter(|_| before.is_some() || by.how == Settled::Host) {
        return (asked, card);
    }
    let older = before.and_then(|before| {
        let place = by.cards.iter().position(|kept| *kept == card)?;
        Some((before, *before.cards.get(place)?))
    });
    older.map_or((by, card), |(before, old)| agreed(board, before, old))
}

/// The newest consent, after a decision, to a page on which what it kept stood: in the words of today.
#[must_use]
pub fn asked_since<'a>(board: &'a Board, decision: &Decision, card: CardId) -> Option<&'a Decision> {
    let on_page = |known: &&Decision| {
        board.plan.ask(&known.ask).is_some_and(|ask| ask.from.contains(&decision.ask)) && known.cards.contains(&card)
    };
    let by_rounds = |known: &&Decision| matches!(known.how, Settled::Consent | Settled::Fallback);
    let later = board.decisions.iter().rev().take_while(|known| known.id != decision.id);
    let asked = |known: &&Decision| rounds::window_of(board, known).is_some_and(|window| rounds::lay_on(window, card));
    later.filter(on_page).filter(by_rounds).find(asked)
}
