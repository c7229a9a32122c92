//! Look-alikes: cards that say nearly the same. Found from what somebody may see, and only ever an offer.

use std::collections::BTreeMap;

use super::board::Board;
use super::card::{Card, CardId};
use super::joining;
use super::people::PersonId;
use super::plan::Ask;
use super::view::View;
use super::wording::{ALIKE, Gist};

/// Whether two cards could be one: of one ask and one triad, and the same in all that is chosen rather than typed.
#[must_use]
pub fn may_be_one(ask: &Ask, one: &Card, other: &Card) -> bool {
    let chosen = ask.fields.iter().filter(|field| !field.is_typed());
    one.id != other.id
        && one.source == ask.key
        && other.source == ask.key
        && one.group == other.group
        && [one, other].iter().all(|card| card.stands() && !card.added)
        && chosen.map(|field| &field.key).all(|key| one.field(key) == other.field(key))
}

/// What counts of a card when it is compared: all that was typed.
fn gist(ask: &Ask, card: &Card) -> Gist {
    let typed = ask.fields.iter().filter(|field| field.is_typed());
    Gist::of(&typed.map(|field| card.field(&field.key)).collect::<Vec<_>>().join("\n"))
}

/// Whether what was typed in two cards of an ask says nearly the same.
#[must_use]
pub fn is_near(ask: &Ask, one: &Card, other: &Card) -> bool {
    gist(ask, one).likeness(&gist(ask, other)) >= ALIKE
}

/// The one card that somebody's own could stand behind: of another person, open to its viewer, and saying nearly the
/// same; of several the most alike, and of those the oldest. None where nothing is to be supported.
#[must_use]
pub fn double(view: &View, mine: CardId) -> Option<&Card> {
    let (board, me) = (view.shown(), view.person()?.id);
    let card = board.cards.get(&mine)?;
    let ask = board.plan.ask(&card.source)?;
    let is_open = board.window_of(&ask.key).is_some_and(super::window::Window::is_open);
    if !is_open || !is_own(board, card, me) || !joining::may_support(board, ask) {
        return None;
    }
    let own = gist(ask, card);
    let others = board
        .cards_of(&ask.key, false)
        .into_iter()
        .filter(|other| may_be_one(ask, card, other) && other.by != Some(me));
    let alike = others.map(|other| (other, own.likeness(&gist(ask, other)))).filter(|(_, alike)| *alike >= ALIKE);
    let best = alike.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map(|(other, _)| other)
}

/// Whether a card is somebody's own word: not one that they made of others as a host.
#[must_use]
pub fn is_own(board: &Board, card: &Card, person: PersonId) -> bool {
    card.by == Some(person) && !board.is_made(card.id)
}

/// The cards of an ask in groups that look alike, the largest first; in each the longest wording first. A card
/// belongs to a group if it looks like one of its cards.
#[must_use]
pub fn groups<'a>(board: &'a Board, ask: &Ask) -> Vec<Vec<&'a Card>> {
    if !joining::may_merge(ask) {
        return Vec::new();
    }
    let cards: Vec<(&Card, Gist)> =
        board.cards_of(&ask.key, false).into_iter().map(|card| (card, gist(ask, card))).collect();
    // The number of the group that each card is in: that of its first card.
    let mut group: Vec<usize> = (0..cards.len()).collect();
    for one in 0..cards.len() {
        for other in one + 1..cards.len() {
            let (here, there) = (group[one], group[other]);
            let ((card, gist), (second, like)) = (&cards[one], &cards[other]);
            if here != there && may_be_one(ask, card, second) && gist.likeness(like) >= ALIKE {
                let (first, last) = (here.min(there), here.max(there));
                group.iter_mut().filter(|known| **known == last).for_each(|known| *known = first);
            }
        }
    }
    let mut found: BTreeMap<usize, Vec<&Card>> = BTreeMap::new();
    for (nth, (card, _)) in group.into_iter().zip(&cards) {
        found.entry(nth).or_default().push(card);
    }
    let mut groups: Vec<Vec<&Card>> = found.into_values().filter(|group| group.len() > 1).collect();
    for group in &mut groups {
        group.sort_by_key(|card| (std::cmp::Reverse(super::wording::chars(board.words_of(card))), card.id));
    }
    groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group.iter().map(|card| card.id).min()));
    groups
}
