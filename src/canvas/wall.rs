//! What everything on the canvas is drawn from: the view, the captions, and where cards stand.

use std::collections::BTreeMap;

use crate::path::plan::{Kind, LinkKind};
use crate::path::{Board, Card, CardId, View, Window};

use super::captions::Captions;
use super::tree;

/// What everything is drawn from.
pub(super) struct Wall<'a> {
    /// The view; its progress and its time.
    pub view: &'a View,
    /// What the view shows.
    pub board: &'a Board,
    /// The words around it.
    pub captions: &'a Captions,
    /// Where cards stand in the trees, for example `C1a`.
    places: BTreeMap<CardId, String>,
}

impl<'a> Wall<'a> {
    /// The wall a view shows.
    pub fn new(view: &'a View, captions: &'a Captions) -> Self {
        let mut wall = Self { view, board: view.shown(), captions, places: BTreeMap::new() };
        for (_, _, ask) in wall.board.plan.asks().filter(|(_, _, ask)| ask.kind == Kind::Tree) {
            let ids = tree::places(&wall, ask);
            wall.places.extend(ids);
        }
        wall
    }

    /// Where a card, or what it was made from, stands in a tree.
    pub fn place(&self, card: CardId) -> Option<String> {
        self.board.origins(card).iter().find_map(|id| self.places.get(id)).cloned()
    }

    /// The newest window of an ask that has closed: the one whose counts are shown.
    pub fn closed(&self, ask: &str) -> Option<&'a Window> {
        let windows = self.board.windows.values().filter(|window| window.ask == ask && !window.is_open());
        windows.max_by_key(|window| window.nth)
    }

    /// Cards of a source that stand; for a source that only chooses, what it kept.
    pub fn material(&self, source: &str, kept: bool) -> Vec<&'a Card> {
        let chooses = self.board.plan.ask(source).is_some_and(|ask| ask.kind != Kind::Cards);
        let mut found: Vec<&'a Card> = Vec::new();
        if kept || chooses {
            let kept = self.board.kept(source).iter().filter_map(|id| self.board.standing_for(*id));
            for card in kept {
                if !found.iter().any(|known| known.id == card.id) {
                    found.push(card);
                }
            }
            return found;
        }
        self.board.cards_of(source, false)
    }

    /// Whether two cards are joined: by a link from one to the other, or to what it was made from.
    pub fn is_joined(&self, card: CardId, to: &[CardId]) -> bool {
        let tells = |kind| matches!(kind, LinkKind::Mirrors | LinkKind::Answers | LinkKind::Serves);
        self.board.links.values().any(|link| tells(link.kind) && link.from == card && to.contains(&link.to))
            || self.names_card(card, to)
    }

    /// Whether a chosen-card field of a card holds one of these numbers.
    fn names_card(&self, card: CardId, to: &[CardId]) -> bool {
        let Some(card) = self.board.cards.get(&card) else { return false };
        let Some(ask) = self.board.plan.ask(&card.source) else { return false };
        let chosen = ask.fields.iter().filter(|field| field.kind == crate::path::plan::FieldKind::Card);
        chosen.filter_map(|field| card.field(&field.key).parse().ok()).any(|id| to.contains(&CardId(id)))
    }
}
