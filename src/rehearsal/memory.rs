//! What is remembered by its looks: the words under which each card of the script stands on screens.

use std::collections::BTreeMap;

use crate::path::plan::FieldKind;

use super::answer::CardScript;
use super::stage::Stage;

/// Words by the script's ids of cards.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    words: BTreeMap<String, String>,
    asks: BTreeMap<String, String>,
}

impl Memory {
    /// What lies on the table from the start.
    #[must_use]
    pub fn new(stage: &Stage<'_>) -> Self {
        let mut words = stage.script.table.clone();
        words.insert(super::script::ISSUE.to_owned(), stage.script.partnership.issue.clone());
        Self { words, asks: BTreeMap::new() }
    }

    /// How a card is called on screens; its id if nobody has given it yet.
    #[must_use]
    pub fn words_of<'a>(&'a self, card: &'a str) -> &'a str {
        self.words.get(card).map_or(card, String::as_str)
    }

    /// Remembers a card that was given: it is called by its first free words.
    pub fn given(&mut self, stage: &Stage<'_>, ask: &str, card: &CardScript) {
        if card.id.is_empty() {
            return;
        }
        let headline = stage.plan.ask(ask).and_then(|ask| ask.headline());
        let words = headline.and_then(|field| card.fields.get(&field.key)).cloned().unwrap_or_default();
        self.words.insert(card.id.clone(), words);
        self.asks.insert(card.id.clone(), ask.to_owned());
    }

    /// Remembers a card that a host made of another, by joining or rewording.
    pub fn made(&mut self, id: &str, from: &str, words: &str) {
        self.words.insert(id.to_owned(), words.to_owned());
        if let Some(ask) = self.asks.get(from).cloned() {
            self.asks.insert(id.to_owned(), ask);
        }
    }

    /// The ask that a card was given to; its own id if nobody gave it.
    #[must_use]
    pub fn ask_of<'a>(&'a self, card: &'a str) -> &'a str {
        self.asks.get(card).map_or(card, String::as_str)
    }

    /// What stands in a field of a card, as people see it in menus.
    #[must_use]
    pub fn shown(&self, stage: &Stage<'_>, ask: &str, field: &str, value: &str) -> String {
        let kind = stage.plan.ask(ask).and_then(|ask| ask.field(field)).map(|field| field.kind);
        match kind {
            Some(FieldKind::Choice) => stage.choice(ask, field, value),
            Some(FieldKind::Card) => self.words_of(value).to_owned(),
            Some(FieldKind::Person) => {
                stage.script.person(value).map_or(value, |person| person.name.as_str()).to_owned()
            }
            _ => value.to_owned(),
        }
    }
}
