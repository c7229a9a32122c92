//! How cards, people and chosen values are called on the canvas.

use crate::path::plan::{Ask, By, Field, FieldKind};
use crate::path::{Card, CardId, GroupId, Partner, PartnerId, PersonId, Text, Via};

use super::escape::leaf;
use super::wall::Wall;

/// How often a card may be named by another card before we stop asking.
const DEPTH_MAX: u8 = 4;

/// Fields by which cards are called that belong to no ask: those of lists, the issue, joined cards.
const CALLED_BY: [&str; 2] = ["name", "text"];

/// How a partner is called among its people.
pub(super) fn short(partner: &Partner) -> String {
    leaf(if partner.short.trim().is_empty() { &partner.name } else { &partner.short })
}

impl Wall<'_> {
    /// A person's name.
    pub fn person(&self, id: PersonId) -> Option<String> {
        self.board.people.get(&id).map(|person| leaf(&person.name))
    }

    /// A partner's short name.
    pub fn partner(&self, id: PartnerId) -> Option<String> {
        self.board.partners.get(&id).map(short)
    }

    /// A triad's name.
    pub fn group(&self, id: GroupId) -> Option<String> {
        self.board.groups.get(&id).map(|group| leaf(&group.name))
    }

    /// A person with their partner: *Grace Wanjala (City)*.
    pub fn person_of_partner(&self, id: PersonId) -> Option<String> {
        let name = self.person(id)?;
        let partner = self.board.people.get(&id).and_then(|person| self.partner(person.partner));
        Some(partner.map_or(name.clone(), |partner| format!("{name} ({partner})")))
    }

    /// In whose name a card stands: a triad, a partner, or a person with their partner; none where
    /// the view does not tell.
    pub fn giver(&self, card: &Card) -> Option<String> {
        match self.board.plan.ask(&card.source).map(|ask| ask.by) {
            Some(By::Group) => card.group.and_then(|id| self.group(id)),
            Some(By::Partner) => self.partner_told(card).and_then(|id| self.partner(id)).or_else(|| self.author(card)),
            Some(By::Drafters) => self.drafters(card),
            _ => self.author(card).or_else(|| self.partner_told(card).and_then(|id| self.partner(id))),
        }
    }

    /// Whoever had a hand in a card that is drafted together, in the order in which they first worded it.
    pub fn drafters(&self, card: &Card) -> Option<String> {
        let hands = card.by.into_iter().chain(card.texts.iter().filter_map(|text| text.by));
        let mut names: Vec<String> = Vec::new();
        for name in hands.filter_map(|id| self.person_of_partner(id)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// Whether a card is a triad's, so nobody's alone: with its three members known, a writer, a
    /// partner, an hour or a way would each point at one of them. None is told in any form.
    pub fn is_nobodys_alone(&self, card: &Card) -> bool {
        self.board.plan.ask(&card.source).is_some_and(|ask| ask.by == By::Group)
    }

    /// Who wrote a card, with their partner; none for a triad's.
    pub fn author(&self, card: &Card) -> Option<String> {
        card.by.filter(|_| !self.is_nobodys_alone(card)).and_then(|id| self.person_of_partner(id))
    }

    /// Who wrote a card, or all who drafted it together; none for a triad's.
    pub fn worded_by(&self, card: &Card) -> Option<String> {
        let drafted = self.board.plan.ask(&card.source).is_some_and(|ask| ask.by == By::Drafters);
        if drafted { self.drafters(card) } else { self.author(card) }
    }

    /// The partner in whose name a card was given; none for a triad's.
    pub fn partner_told(&self, card: &Card) -> Option<PartnerId> {
        card.partner.filter(|_| !self.is_nobodys_alone(card))
    }

    /// The name of whoever worded a card so; none for a triad's.
    pub fn writer(&self, card: &Card, text: &Text) -> Option<String> {
        text.by.filter(|_| !self.is_nobodys_alone(card)).and_then(|id| self.person(id))
    }

    /// How a wording reached us; not told where author and partner are hidden, but for what the plan brought.
    pub fn way(&self, card: &Card, text: &Text) -> Option<Via> {
        let told = text.via == Via::Plan || self.author(card).is_some() || self.partner_told(card).is_some();
        told.then_some(text.via)
    }

    /// What a version closed: a phase by its name, or what somebody called it.
    pub fn closing(&self, label: &str) -> String {
        let is_phase = self.board.plan.phases.iter().any(|phase| phase.key == label);
        if is_phase { self.captions.phase(label) } else { leaf(label) }
    }

    /// What a card is called by.
    pub fn title(&self, card: &Card) -> String {
        let title = self.title_within(card, 0);
        // What was added later says so wherever it stands.
        if card.added { format!("{title} ({})", self.captions.word("added")) } else { title }
    }

    /// What a card with this number, or what it became, is called by.
    pub fn title_of(&self, id: CardId) -> Option<String> {
        self.board.standing_for(id).map(|card| self.title(card))
    }

    fn title_within(&self, card: &Card, depth: u8) -> String {
        let ask = self.board.plan.ask(&card.source);
        let headline = ask.and_then(|ask| ask.headline().map(|field| (ask, field)));
        let own = headline.map(|(ask, field)| self.value_within(ask, field, card.field(&field.key), depth));
        let item = || {
            let list = self.board.plan.list(&card.source)?;
            list.items.iter().find(|item| Some(&item.key) == card.item.as_ref()).map(|item| leaf(&item.name))
        };
        let filled = |text: &String| !text.is_empty();
        own.filter(filled)
            .or_else(|| CALLED_BY.iter().map(|key| leaf(card.field(key))).find(|text| !text.is_empty()))
            .or_else(|| item().filter(filled))
            .or_else(|| card.text()?.fields.values().map(|text| leaf(text)).find(|text| !text.is_empty()))
            .unwrap_or_else(|| self.captions.word("erased").to_owned())
    }

    /// What stands in a field, as people say it: chosen things by their names.
    pub fn value(&self, ask: &Ask, field: &Field, raw: &str) -> String {
        self.value_within(ask, field, raw, 0)
    }

    fn value_within(&self, ask: &Ask, field: &Field, raw: &str, depth: u8) -> String {
        let text = leaf(raw);
        let number = || text.parse::<i64>().ok();
        let named = match field.kind {
            FieldKind::Choice if !text.is_empty() => Some(self.captions.choice(&[&ask.key, &field.key, &text])),
            // What the view does not show has no name here; a bare number would say nothing.
            FieldKind::Person => number().map(|id| self.person(PersonId(id)).unwrap_or_default()),
            FieldKind::Partner => number().map(|id| self.partner(PartnerId(id)).unwrap_or_default()),
            FieldKind::Card => number().map(|id| {
                let card = self.board.standing_for(CardId(id)).filter(|_| depth < DEPTH_MAX);
                card.map(|card| self.title_within(card, depth + 1)).unwrap_or_default()
            }),
            FieldKind::Date => text.parse().ok().map(|day| self.captions.day(day)),
            _ => None,
        };
        named.unwrap_or(text)
    }

    /// A field's label.
    pub fn field_label(&self, ask: &Ask, field: &Field) -> String {
        self.captions.label(&[&ask.key, &field.key])
    }
}
