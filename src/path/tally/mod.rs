//! Counting figures: by people, and by partners of one voice each.
//!
//! Results are told in people. The count by partners is always kept beside it, because a
//! partnership commits by organisation: a partner with three people has no louder voice than one
//! with two. Nothing here tells who set what.

#[cfg(test)]
mod tests;
mod voices;

use std::collections::{BTreeMap, BTreeSet};

use super::board::Board;
use super::card::CardId;
use super::figure::{Figure, Tally, Value};
use super::people::{PartnerId, PersonId};
use super::window::{Giver, WindowId};

/// One partner's voice, in the thousandths in which it is counted.
pub const VOICE: u32 = 1000;

/// One question: a pile, and the partner it speaks of.
type Question<'a> = (&'a str, Option<PartnerId>);
/// One possible answer to it.
type Answer = (CardId, Value);

/// What the figures and ballots of a window come to now.
///
/// One tally for each pile, partner spoken of, card and value that has a figure, in that order.
/// - *figures*: all of them, whoever set them.
/// - *people*: people who set at least one in their own name.
/// - *partners*: partners of whom somebody set at least one, or that set one by their name.
/// - *voices*: within one pile and partner spoken of, each partner has 1000. It is shared evenly
///   among those of its people who set anything there, and each one's share evenly among their
///   figures there. What does not divide goes to the largest remainders, then to the lower card
///   number, so that each partner that answered comes to exactly 1000.
///
/// A triad's figures belong to no partner: they are counted as figures alone.
#[must_use]
pub fn count(board: &Board, window: WindowId) -> Vec<Tally> {
    let mut questions: BTreeMap<Question<'_>, Vec<&Figure>> = BTreeMap::new();
    for figure in board.figures.values().chain(board.ballots.values()) {
        if figure.key.window == window {
            questions.entry((figure.key.pile.as_str(), figure.key.about)).or_default().push(figure);
        }
    }
    questions.into_iter().flat_map(|(question, figures)| answer(board, window, question, &figures)).collect()
}

/// The tallies of one question.
fn answer(board: &Board, window: WindowId, question: Question<'_>, figures: &[&Figure]) -> Vec<Tally> {
    let voices = voices::shared(board, figures);
    let mut answers: BTreeMap<Answer, Counted> = BTreeMap::new();
    for figure in figures {
        let counted = answers.entry((figure.card, figure.value)).or_default();
        counted.figures += 1;
        counted.partners.extend(partner_of(board, figure.key.giver));
        if let Giver::Person(person) = figure.key.giver {
            counted.people.insert(person);
        }
    }
    answers
        .into_iter()
        .map(|((card, value), counted)| Tally {
            window,
            pile: question.0.to_owned(),
            about: question.1,
            card,
            value,
            figures: counted.figures,
            people: size(&counted.people),
            partners: size(&counted.partners),
            voices: voices.get(&(card, value)).copied().unwrap_or(0),
        })
        .collect()
}

#[derive(Default)]
struct Counted {
    figures: u32,
    people: BTreeSet<PersonId>,
    partners: BTreeSet<PartnerId>,
}

fn size<T>(set: &BTreeSet<T>) -> u32 {
    u32::try_from(set.len()).unwrap_or(u32::MAX)
}

/// The partner in whose voice a figure speaks.
#[must_use]
pub fn partner_of(board: &Board, giver: Giver) -> Option<PartnerId> {
    match giver {
        Giver::Person(person) => board.people.get(&person).map(|person| person.partner),
        Giver::Partner(partner) => Some(partner),
        Giver::Group(_) => None,
    }
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

/// Which cards lead in the counts of one window about one partner, or none.
///
/// Only figures that were put *here* count, not answers of a consent round. Cards whose voices lie
/// so close that rounding alone may have parted them tie: less than two thousandths for each
/// partner that answered. Cards are in order of their numbers.
#[must_use]
pub fn leading(tallies: &[Tally], about: Option<PartnerId>) -> Leading {
    let mut people: BTreeMap<CardId, u32> = BTreeMap::new();
    let mut voices: BTreeMap<CardId, u32> = BTreeMap::new();
    for tally in tallies.iter().filter(|tally| tally.about == about && tally.value == Value::Here) {
        *people.entry(tally.card).or_default() += tally.people;
        *voices.entry(tally.card).or_default() += tally.voices;
    }
    let rounding = 2 * voices.values().sum::<u32>().div_ceil(VOICE);
    Leading { by_people: top(&people, 1), by_voices: top(&voices, rounding.max(1)) }
}

/// The cards that lie less than `near` below the highest; none if nothing counts.
fn top(counts: &BTreeMap<CardId, u32>, near: u32) -> Vec<CardId> {
    let most = counts.values().copied().max().unwrap_or(0);
    let leads = |count: u32| count > 0 && count + near > most;
    counts.iter().filter(|(_, count)| leads(**count)).map(|(card, _)| *card).collect()
}
