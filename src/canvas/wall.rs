//! What everything on the canvas is drawn from: the view, the captions, and where cards stand.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Utc};

use crate::path::cluster::Headings;
use crate::path::plan::{Ask, Kind, Named};
use crate::path::{Board, Card, CardId, Text, View, Window};

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
    /// Which card lies under which heading.
    pub headings: Headings<'a>,
    /// Where cards stand in the trees, for example `C1a`.
    places: BTreeMap<CardId, String>,
}

impl<'a> Wall<'a> {
    /// The wall a view shows.
    pub fn new(view: &'a View, captions: &'a Captions) -> Self {
        let (board, places) = (view.shown(), BTreeMap::new());
        let mut wall = Self { view, board, captions, headings: Headings::of(board), places };
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
        self.board.material(source, kept)
    }

    /// Whether a card was kept by an ask that chooses among the same cards as this one.
    pub fn is_chosen(&self, ask: &Ask, card: CardId) -> bool {
        let same = |other: &Ask| other.key != ask.key && other.from.iter().any(|source| ask.from.contains(source));
        let choosers = self.board.plan.asks().map(|(_, _, other)| other).filter(|other| same(other));
        let mut kept = choosers.flat_map(|other| self.board.kept(&other.key));
        kept.any(|id| self.board.origins(*id).contains(&card))
    }

    /// A moment on the partnership's own clock: its date is the day that is told.
    pub fn local(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        self.view.local(at)
    }

    /// The day of a moment in words, on the partnership's own clock.
    pub fn day(&self, at: DateTime<Utc>) -> String {
        self.captions.day_of(self.local(at))
    }

    /// When a wording reached us; not told where its author is hidden or one of a triad, since the hour could unmask.
    pub fn hour(&self, card: &Card, text: &Text) -> Option<DateTime<Utc>> {
        let ask = self.board.plan.ask(&card.source);
        let named = ask.is_none_or(|ask| ask.kind != Kind::Cards || ask.named == Named::Yes);
        ((named || card.by.is_some()) && !self.is_nobodys_alone(card)).then_some(text.at)
    }

    /// Whether two cards are joined: by a link from one to the other, or to what it was made from.
    pub fn is_joined(&self, card: CardId, to: &[CardId]) -> bool {
        self.board.is_joined(card, to)
    }
}
