//! Additions: what somebody who missed a closed ask says to it all the same. They stand on the board, marked,
//! and count for nothing that was counted or chosen.

use super::board::Board;
use super::people::Person;
use super::plan::{Ask, By, Kind, Named, Place, Seal};
use super::window::{Giver, How, Window};

/// The closed window of an ask to which somebody may add; none if they gave there, if it chose something, if it
/// is a triad's or nobody's to read, or if they have added as much as anybody could give.
#[must_use]
pub fn window<'a>(board: &'a Board, ask: &Ask, person: &Person) -> Option<&'a Window> {
    let gathers = ask.kind == Kind::Cards
        && matches!(ask.by, By::Each | By::Partner)
        && ask.place == Place::Channel
        && ask.seal != Seal::Giver
        && ask.named != Named::Never;
    let window = board.window_of(&ask.key).filter(|window| gathers && !window.is_open() && person.takes_part())?;
    let mine = super::giver::giver(board, ask, window, person)?;
    let gave = board.given.values().any(|given| {
        let here = board.windows.get(&given.window).is_some_and(|window| window.ask == ask.key);
        here && given.giver == mine && matches!(given.how, How::Gave | How::Told)
    });
    let is_mine = |giver: Giver, card: &super::card::Card| match giver {
        Giver::Person(person) => card.by == Some(person),
        Giver::Partner(partner) => card.partner == Some(partner),
        Giver::Group(group) => card.group == Some(group),
    };
    let added = board.cards_of(&ask.key, false).into_iter().filter(|card| card.added && is_mine(mine, card)).count();
    (!gave && added < usize::from(ask.each.max)).then_some(window)
}
