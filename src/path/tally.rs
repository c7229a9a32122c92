//! Counting figures: by people, and by partners of one voice each.

use super::board::Board;
use super::figure::Tally;
use super::people::PartnerId;
use super::card::CardId;
use super::window::WindowId;

/// What the figures and ballots of a window come to now.
#[must_use]
pub fn count(_board: &Board, _window: WindowId) -> Vec<Tally> {
    Vec::new()
}

/// Which cards lead, by people and by partners.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leading {
    /// Most people, all that tie.
    pub by_people: Vec<CardId>,
    /// Most partners' voices, all that tie.
    pub by_voices: Vec<CardId>,
}

impl Leading {
    /// The one card that leads by both counts; none: a run-off is needed.
    #[must_use]
    pub fn clear(&self) -> Option<CardId> {
        match (self.by_people.as_slice(), self.by_voices.as_slice()) {
            ([one], [other]) if one == other => Some(*one),
            _ => None,
        }
    }
}

/// Which cards lead in counts about one partner, or none.
#[must_use]
pub fn leading(_tallies: &[Tally], _about: Option<PartnerId>) -> Leading {
    Leading::default()
}
