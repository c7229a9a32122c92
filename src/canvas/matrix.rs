//! The matrix: for each partner the card it was given, for example its primary role.

use serde::Serialize;

use crate::path::plan::{self, Ask, Kind};
use crate::path::{CardId, Partner, PartnerId, Tally, tally};

use super::beside::{Beside, Of};
use super::captions::fill;
use super::line::Line;
use super::source::Source;
use super::wall::Wall;

/// Partner by card.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Matrix {
    /// A row for each partner.
    pub roles: Vec<Role>,
}

/// What one partner was given.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Role {
    /// The partner's number.
    pub partner: PartnerId,
    /// Its short name.
    pub name: String,
    /// Its full name.
    pub full_name: String,
    /// The settled cards; before that the leading one, or all that are level.
    pub chosen: Vec<Line>,
    /// Whether it is settled, or only leading in the count.
    pub settled: bool,
    /// What was counted, most people first.
    pub nominations: Vec<Nomination>,
    /// What the partner itself said: its own view, its acceptance.
    pub beside: Vec<Beside>,
}

/// How many people saw a partner with a card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Nomination {
    /// The card.
    pub card: CardId,
    /// What it says.
    pub text: String,
    /// How many people.
    pub people: u32,
    /// How many partners had a part in them.
    pub partners: u32,
    /// The count in words.
    pub said: String,
}

impl Role {
    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty() && self.nominations.is_empty() && self.beside.is_empty()
    }
}

/// The matrix of a section.
pub(super) fn compile(wall: &Wall<'_>, section: &plan::Section) -> Matrix {
    let asks = section.from.iter().filter_map(|key| wall.board.plan.ask(key)).filter(|ask| ask.kind == Kind::Assign);
    let asks: Vec<&Ask> = asks.collect();
    let rows = wall.board.partners_now().flat_map(|partner| asks.iter().map(move |ask| (partner, *ask)));
    Matrix { roles: rows.map(|(partner, ask)| role(wall, section, ask, partner)).collect() }
}

fn role(wall: &Wall<'_>, section: &plan::Section, ask: &Ask, partner: &Partner) -> Role {
    let decision = wall.board.decision(&ask.key, Some(partner.id));
    let counted = counted(wall, ask, partner.id);
    let cards: Vec<CardId> = match decision {
        Some(decision) => decision.cards.clone(),
        None => leading(&counted, partner.id),
    };
    let standing = cards.iter().filter_map(|id| wall.board.standing_for(*id));
    Role {
        partner: partner.id,
        name: super::names::short(partner),
        full_name: super::escape::leaf(&partner.name),
        chosen: standing.map(|card| Line { source: wall.source(card, decision), ..plain(wall, card) }).collect(),
        settled: decision.is_some(),
        nominations: nominations(wall, &counted),
        beside: of_partner(wall, section, partner.id),
    }
}

/// A card as a line of the matrix: counts stand in the row, since they are about the partner.
fn plain(wall: &Wall<'_>, card: &crate::path::Card) -> Line {
    Line { source: Source::default(), ..wall.line(card, &[], None) }
}

/// What was counted about a partner in the newest closed round that spoke of it.
fn counted(wall: &Wall<'_>, ask: &Ask, partner: PartnerId) -> Vec<Tally> {
    let spoke = |about: &[PartnerId]| about.is_empty() || about.contains(&partner);
    let windows = wall.board.windows.values().filter(|window| window.ask == ask.key && !window.is_open());
    let Some(window) = windows.filter(|window| spoke(&window.about)).max_by_key(|window| window.nth) else {
        return Vec::new();
    };
    let about = |tally: &&Tally| tally.window == window.id && tally.about == Some(partner) && tally.people > 0;
    wall.board.tallies.iter().filter(about).cloned().collect()
}

fn nominations(wall: &Wall<'_>, counted: &[Tally]) -> Vec<Nomination> {
    let mut found: Vec<Nomination> = counted
        .iter()
        .map(|tally| Nomination {
            card: tally.card,
            text: wall.title_of(tally.card).unwrap_or_default(),
            people: tally.people,
            partners: tally.partners,
            said: said(wall, tally),
        })
        .collect();
    // Voices stay out of sight: a share of 333 or 500 would tell how many people its partner has.
    found.sort_by_key(|nomination| (std::cmp::Reverse(nomination.people), nomination.card));
    found
}

/// The cards that lead by people, then those that lead by partners' voices only.
fn leading(counted: &[Tally], partner: PartnerId) -> Vec<CardId> {
    let leading = tally::leading(counted, Some(partner));
    let mut cards = leading.by_people;
    for card in leading.by_voices {
        if !cards.contains(&card) {
            cards.push(card);
        }
    }
    cards
}

fn said(wall: &Wall<'_>, tally: &Tally) -> String {
    let words = wall.captions;
    let line = words.fill("nominated", "people", &words.people(tally.people));
    fill(&line, "organisations", &words.partners(tally.partners))
}

/// What a partner itself said.
fn of_partner(wall: &Wall<'_>, section: &plan::Section, partner: PartnerId) -> Vec<Beside> {
    let of = Of { cards: &[], partner: Some(partner) };
    let asks = section.beside.iter().filter_map(|key| wall.board.plan.ask(key));
    asks.flat_map(|ask| {
        let cards = wall.board.cards_of(&ask.key, false).into_iter();
        cards.filter(|card| card.partner == Some(partner)).map(move |card| wall.beside_card(ask, card, of))
    })
    .collect()
}
