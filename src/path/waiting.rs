//! What waits for a person: the asks that are open for them and not given yet.

use super::board::Board;
use super::giver;
use super::people::{Person, PersonId};
use super::plan::{Ask, Kind, Sitting};
use super::window::Window;

/// What waits for a person, in the plan's order. Optional asks do not wait.
#[must_use]
pub fn waiting(board: &Board, person: PersonId) -> Vec<&Window> {
    board.plan.sittings().flat_map(|(_, sitting)| waits_in(board, person, sitting)).collect()
}

/// What waits for a person in one sitting, in its order.
#[must_use]
pub fn waits_in<'a>(board: &'a Board, person: PersonId, sitting: &Sitting) -> Vec<&'a Window> {
    let Some(person) = board.people.get(&person).filter(|person| person.takes_part()) else { return Vec::new() };
    let asks = sitting.asks.iter().filter(|ask| !ask.optional && ask.kind != Kind::Groups);
    asks.filter_map(|ask| waits(board, ask, person)).collect()
}

/// The first thing that waits in a sitting, if any.
#[must_use]
pub fn next_in<'a>(board: &'a Board, person: PersonId, sitting: &str) -> Option<&'a Window> {
    let (_, sitting) = board.plan.sitting(sitting)?;
    waits_in(board, person, sitting).into_iter().next()
}

fn waits<'a>(board: &'a Board, ask: &Ask, person: &Person) -> Option<&'a Window> {
    let window = board.window_of(&ask.key).filter(|window| window.is_open())?;
    let giver = giver::giver(board, ask, window, person)?;
    let open = giver::given(board, window.id, giver).is_none() && !giver::skipped(board, window.id, person.id);
    (open && giver::asked(board, window).contains(&giver)).then_some(window)
}
