//! What stands beside a line: cards of other asks that are linked to it, and who confirmed what.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::path::plan::{self, Ask, Field, FieldKind, Seal};
use crate::path::{Card, CardId, PartnerId};

use super::source::Source;
use super::wall::Wall;

/// A card of another ask beside a line, for example *City (active): Weekly routes*.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Beside {
    /// The ask's key.
    pub ask: String,
    /// The ask's name.
    pub title: String,
    /// In whose name; none where the view does not tell.
    pub who: Option<String>,
    /// What was chosen from a few, in words: *active*, *accepted*.
    pub marks: Vec<String>,
    /// What else it says.
    pub parts: Vec<Part>,
    /// What the one who has to confirm it said.
    pub confirmation: Option<Confirmation>,
    /// Where it comes from.
    pub source: Source,
}

/// One part of a card, with its label.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// The field's label; empty where nothing else could stand there.
    pub label: String,
    /// What stands in it.
    pub text: String,
}

impl Part {
    /// It with its label, if it has one.
    #[must_use]
    pub fn said(&self) -> String {
        if self.label.is_empty() { self.text.clone() } else { format!("{}: {}", self.label, self.text) }
    }
}

/// What the one who has to confirm a card said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Confirmation {
    /// Yes, no, or nothing yet.
    pub state: Confirmed,
    /// The same in words.
    pub said: String,
    /// When.
    pub at: Option<DateTime<FixedOffset>>,
}

/// Yes, no, or nothing yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confirmed {
    /// Confirmed.
    Yes,
    /// Declined.
    No,
    /// Waits for a yes.
    Waiting,
}

/// What a card stands beside.
#[derive(Clone, Copy)]
pub(super) struct Of<'a> {
    /// The line's card and what it was made from: not named again in what stands beside it.
    pub cards: &'a [CardId],
    /// The partner the line is about, if it is about one: its people are then named alone.
    pub partner: Option<PartnerId>,
}

impl Wall<'_> {
    /// Cards of these asks that are joined to a card or to anything it was made from.
    pub fn beside(&self, asks: &[String], card: &Card) -> Vec<Beside> {
        let origins = self.board.origins(card.id);
        let of = Of { cards: &origins, partner: None };
        let asks = asks.iter().filter(|key| **key != card.source).filter_map(|key| self.board.plan.ask(key));
        asks.flat_map(|ask| {
            let cards = self.speaking_of(&origins, &ask.key).into_iter();
            cards.map(move |card| self.beside_card(ask, card, of))
        })
        .collect()
    }

    /// Whether somebody could stand beside this card, was asked, and nobody does or means to.
    ///
    /// Never while answers may still be hidden: an empty place must not be said of a sealed one. Nor of
    /// what was put aside: nobody is looked for there.
    pub fn is_nobodys(&self, asks: &[String], card: &Card, beside: &[Beside]) -> bool {
        let origins = self.board.origins(card.id);
        let could = |ask: &Ask| {
            ask.fields.iter().filter(|field| field.link.is_some()).any(|field| self.offers(field, &origins))
        };
        let asked = |ask: &Ask| {
            let window = self.board.window_of(&ask.key);
            window.is_some_and(|window| !window.is_open() || ask.seal == Seal::None)
        };
        let mut asks = asks.iter().filter_map(|key| self.board.plan.ask(key));
        let is_there = beside.iter().any(|of| !self.is_over(of));
        card.parked.is_none() && !is_there && asks.any(|ask| could(ask) && asked(ask))
    }

    /// Whether a card beside something tells of what is over: it says neither now nor planned, where the plan draws a
    /// map of who works on what.
    pub fn is_over(&self, beside: &Beside) -> bool {
        let Some(card) = beside.source.cards.first().and_then(|origin| self.board.cards.get(&origin.card)) else {
            return false;
        };
        self.board.plan.sections.iter().any(|section| match &section.chart {
            Some(plan::Chart::Map { ask, field, now, planned }) if *ask == beside.ask => {
                !now.iter().chain(planned).any(|choice| choice == card.field(field))
            }
            _ => false,
        })
    }

    /// Whether a field offers one of these cards to choose from.
    pub fn offers(&self, field: &Field, cards: &[CardId]) -> bool {
        let mut cards = cards.iter().filter_map(|id| self.board.cards.get(id));
        cards.any(|card| {
            field.from.contains(&card.source) || field.from.iter().any(|key| self.board.kept(key).contains(&card.id))
        })
    }

    /// One card as it stands beside something.
    pub fn beside_card(&self, ask: &Ask, card: &Card, of: Of<'_>) -> Beside {
        let names_line = |field: &&Field| {
            let raw = card.field(&field.key);
            field.kind == FieldKind::Card && raw.parse().is_ok_and(|id| of.cards.contains(&CardId(id)))
        };
        let (choices, said): (Vec<&Field>, Vec<&Field>) =
            ask.fields.iter().filter(|field| !names_line(field)).partition(|field| field.kind == FieldKind::Choice);
        let value = |field: &Field| self.value(ask, field, card.field(&field.key));
        let mut marks: Vec<String> = choices.into_iter().map(value).filter(|text| !text.is_empty()).collect();
        let label = |field: &Field| if said.len() == 1 { String::new() } else { self.field_label(ask, field) };
        let parts = said.iter().map(|field| Part { label: label(field), text: value(field) });
        let parts = parts.filter(|part| !part.text.is_empty()).collect();
        let condition = crate::path::approval::of_card(self.board, card.id);
        marks.extend(condition.and_then(|_| self.conditions(card).pop()).map(|said| said.text));
        let within = of.partner.is_some() && self.partner_told(card) == of.partner;
        Beside {
            ask: ask.key.clone(),
            title: self.captions.label(&[&ask.key]),
            who: if within { card.by.and_then(|id| self.person(id)) } else { self.giver(card) },
            marks,
            parts,
            confirmation: self.confirmation(ask, card),
            source: self.source(card, None),
        }
    }

    /// What the one who has to confirm a card said; none where nobody has to.
    pub fn confirmation(&self, ask: &Ask, card: &Card) -> Option<Confirmation> {
        ask.confirm?;
        let Some(confirmed) = &card.confirmed else {
            let said = self.captions.word("waiting").to_owned();
            return Some(Confirmation { state: Confirmed::Waiting, said, at: None });
        };
        let (state, with, without) = if confirmed.yes {
            (Confirmed::Yes, "confirmed-by", "confirmed")
        } else {
            (Confirmed::No, "declined-by", "declined")
        };
        let said = match self.person(confirmed.by) {
            Some(name) => self.captions.fill(with, "name", &name),
            None => self.captions.word(without).to_owned(),
        };
        Some(Confirmation { state, said, at: Some(self.local(confirmed.at)) })
    }
}
