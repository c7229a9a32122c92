//! The fields of a card, read and checked.

use std::collections::BTreeMap;

use super::making::Making;
use crate::path::calendar;
use crate::path::card::CardId;
use crate::path::people::{Level, PartnerId, Person, PersonId};
use crate::path::plan::{Ask, Field, FieldKind, Form};
use crate::path::refusal::Refusal;
use crate::path::view;
use crate::path::{table, wording};

/// What a card holds after its fields were read; refuses what would break the record.
pub(super) fn read(
    making: &Making,
    ask: &Ask,
    giver: &Person,
    typed: &BTreeMap<String, String>,
    despite: bool,
) -> Result<BTreeMap<String, String>, Refusal> {
    let mut fields = BTreeMap::new();
    for field in &ask.fields {
        let words = wording::clean(typed.get(&field.key).map_or("", String::as_str));
        if words.is_empty() {
            if field.optional {
                continue;
            }
            return Err(Refusal::Empty { field: field.key.clone(), ask: ask.key.clone() });
        }
        fields.insert(field.key.clone(), one(making, ask, field, giver, words)?);
    }
    if fields.is_empty() {
        let field = ask.fields.first().map_or(String::new(), |field| field.key.clone());
        if ask.fields.iter().any(|field| !field.optional) {
            return Err(Refusal::Empty { field, ask: ask.key.clone() });
        }
    }
    if ask.form == Form::Sentence && !despite {
        let words = ask.headline().and_then(|field| fields.get(&field.key)).map_or("", String::as_str);
        let sentences = wording::sentences(words);
        if sentences != 1 {
            return Err(Refusal::NotOneSentence { sentences });
        }
    }
    Ok(fields)
}

fn one(making: &Making, ask: &Ask, field: &Field, giver: &Person, words: String) -> Result<String, Refusal> {
    let unreadable = || Refusal::Unreadable { field: field.key.clone(), ask: ask.key.clone(), typed: words.clone() };
    match field.kind {
        FieldKind::Line | FieldKind::Text | FieldKind::Number => {
            let words = if field.kind == FieldKind::Text { words } else { words.replace('\n', " ") };
            let chars = wording::chars(&words);
            let chars_max = field.chars_max();
            if chars > chars_max as usize {
                let (field, ask) = (field.key.clone(), ask.key.clone());
                return Err(Refusal::TooLong { field, ask, chars_max, chars });
            }
            if field.kind == FieldKind::Number && !words.chars().any(|c| c.is_ascii_digit()) {
                return Err(Refusal::Unreadable { field: field.key.clone(), ask: ask.key.clone(), typed: words });
            }
            Ok(words)
        }
        FieldKind::Choice => {
            if field.choices.contains(&words) {
                Ok(words)
            } else {
                Err(unreadable())
            }
        }
        FieldKind::Date => {
            let today = calendar::date(making.now, &giver.zone);
            let date =
                calendar::typed_date(&words, today).ok_or_else(|| Refusal::UnreadableDate { typed: words.clone() })?;
            if date < today {
                return Err(Refusal::PastDate { date: words });
            }
            Ok(date.to_string())
        }
        FieldKind::Person => {
            let person = words.parse().ok().and_then(|id| making.board.people.get(&PersonId(id)));
            person.filter(|person| person.counts()).map(|person| person.id.to_string()).ok_or_else(unreadable)
        }
        FieldKind::Partner => {
            let partner = words.parse().ok().and_then(|id| making.board.partners.get(&PartnerId(id)));
            partner.filter(|partner| partner.until.is_none()).map(|p| p.id.to_string()).ok_or_else(unreadable)
        }
        FieldKind::Card => card(making, field, giver, &words).map(|card| card.to_string()).ok_or_else(unreadable),
    }
}

/// The card meant by its number: one that is offered here and that the giver may see.
fn card(making: &Making, field: &Field, giver: &Person, words: &str) -> Option<CardId> {
    let id = CardId(words.parse().ok()?);
    let card = making.board.standing_for(id)?;
    let offered = table::offered(&making.board, field).iter().any(|offered| offered.id == card.id);
    let seen = view::sees(&making.board, view::Viewer::Person(giver.id), card);
    (offered && seen).then_some(card.id)
}

/// The person a card names as its owner, if it names one.
pub(super) fn owner(ask: &Ask, fields: &BTreeMap<String, String>) -> Option<PersonId> {
    let field = ask.fields.iter().find(|field| field.kind == FieldKind::Person)?;
    fields.get(&field.key)?.parse().ok().map(PersonId)
}

/// Whether somebody may speak for their partner in what binds it.
pub(super) fn is_strategic(person: &Person) -> bool {
    person.level == Level::Strategic
}
