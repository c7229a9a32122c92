//! Steps with owner and date, and single words with their givers.

use chrono::NaiveDate;
use serde::Serialize;

use crate::path::plan::{self, Ask, FieldKind};
use crate::path::{Card, PartnerId, PersonId};

use super::beside::{Beside, Confirmation, Part};
use super::heading::Heading;
use super::source::Source;
use super::wall::Wall;

/// One step: what, for what, by whom, by when, and whether they said yes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What is done.
    pub text: String,
    /// What it serves.
    pub serves: Vec<String>,
    /// Who does it; none: nobody yet.
    pub owner: Option<String>,
    /// By when, `2026-05-15`, or as it was written.
    pub due: String,
    /// The same day in words.
    pub due_said: String,
    /// The heading under which people put it, if they did: steps stand by date, so it is one of its parts too.
    pub heading: Option<Heading>,
    /// What the owner said to it.
    pub confirmation: Option<Confirmation>,
    /// What else it says.
    pub parts: Vec<Part>,
    /// Cards that stand beside it.
    pub beside: Vec<Beside>,
    /// Where it comes from.
    pub source: Source,
}

/// A single word.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Word {
    /// What it says.
    pub text: String,
    /// Who gave it; none where the view does not tell.
    pub who: Option<String>,
    /// Where it comes from.
    pub source: Source,
}

/// The steps of a section, by date; those without one last.
pub(super) fn compile(wall: &Wall<'_>, section: &plan::Section) -> Vec<Step> {
    let mut steps = Vec::new();
    for source in &section.from {
        for card in wall.material(source, section.kept) {
            let decision = wall.board.decision(source, None).filter(|_| section.kept);
            let Some(ask) = wall.board.plan.ask(&card.source) else { continue };
            let mut step = step(wall, ask, card);
            step.beside = wall.beside(&section.beside, card);
            step.source = wall.source(card, decision);
            steps.push(step);
        }
    }
    steps.sort_by_key(|step| {
        (step.due.parse::<NaiveDate>().unwrap_or(NaiveDate::MAX), step.source.cards.first().map(|origin| origin.card))
    });
    steps
}

fn step(wall: &Wall<'_>, ask: &Ask, card: &Card) -> Step {
    let mut step = Step {
        text: wall.title(card),
        serves: Vec::new(),
        owner: None,
        due: String::new(),
        due_said: String::new(),
        heading: wall.heading(card.id),
        confirmation: wall.confirmation(ask, card),
        parts: Vec::new(),
        beside: Vec::new(),
        source: Source::default(),
    };
    let headline = ask.headline().map(|field| &field.key);
    for field in ask.fields.iter().filter(|field| Some(&field.key) != headline) {
        let raw = card.field(&field.key);
        let text = wall.value(ask, field, raw);
        match field.kind {
            _ if text.is_empty() => {}
            FieldKind::Card => step.serves.push(text),
            FieldKind::Person | FieldKind::Partner if step.owner.is_none() => {
                step.owner = raw.parse().ok().and_then(|id| owner(wall, field.kind, id)).or(Some(text));
            }
            FieldKind::Date if step.due.is_empty() => {
                step.due = super::escape::leaf(raw);
                step.due_said = text;
            }
            _ => step.parts.push(Part { label: wall.field_label(ask, field), text }),
        }
    }
    step.parts.extend(step.heading.as_ref().map(|heading| heading.part(wall)));
    step
}

/// An owner as people say it: a person with their partner, or a partner.
fn owner(wall: &Wall<'_>, kind: FieldKind, id: i64) -> Option<String> {
    match kind {
        FieldKind::Person => wall.person_of_partner(PersonId(id)),
        _ => wall.partner(PartnerId(id)),
    }
}

/// The single words of a section.
pub(super) fn words(wall: &Wall<'_>, section: &plan::Section) -> Vec<Word> {
    let cards = section.from.iter().flat_map(|source| wall.material(source, section.kept));
    let word = |card: &Card| Word { text: wall.title(card), who: wall.giver(card), source: wall.source(card, None) };
    cards.map(word).collect()
}
