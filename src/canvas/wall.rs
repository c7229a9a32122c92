//! What everything on the canvas is drawn from: the view, the captions, and where cards stand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, Utc};

use crate::path::cluster::Headings;
use crate::path::plan::{Ask, Kind, Named};
use crate::path::speaking::Speaking;
use crate::path::{Board, Card, CardId, Tally, Text, View, Window};

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
    /// Which cards speak of which.
    speaking: Speaking,
    /// What each ask keeps, with all that it was made from.
    kept: BTreeMap<&'a str, BTreeSet<CardId>>,
    /// What was counted on each card, and as the how manyth of all counts.
    counted: BTreeMap<CardId, Vec<(usize, &'a Tally)>>,
    /// Where cards stand in the trees, for example `C1a`.
    places: BTreeMap<CardId, String>,
}

impl<'a> Wall<'a> {
    /// The wall a view shows.
    pub fn new(view: &'a View, captions: &'a Captions) -> Self {
        let (board, places) = (view.shown(), BTreeMap::new());
        let kept = board.plan.asks().map(|(_, _, ask)| {
            let origins = board.kept(&ask.key).iter().flat_map(|card| board.origins(*card));
            (ask.key.as_str(), origins.collect())
        });
        let (kept, speaking) = (kept.collect(), Speaking::on(board));
        let mut wall = Self {
            view,
            board,
            captions,
            headings: Headings::of(board),
            speaking,
            kept,
            counted: counted(board),
            places,
        };
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
        let mut choosers = self.board.plan.asks().map(|(_, _, other)| other).filter(|other| same(other));
        choosers.any(|other| self.kept.get(other.key.as_str()).is_some_and(|kept| kept.contains(&card)))
    }

    /// What was counted on these cards, in the order of the counts.
    pub fn tallies_on(&self, cards: &[CardId]) -> Vec<&'a Tally> {
        let found = cards.iter().filter_map(|card| self.counted.get(card)).flatten().copied();
        found.collect::<BTreeMap<usize, &Tally>>().into_values().collect()
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

    /// Cards of an ask that stand and speak of one of these.
    pub fn speaking_of(&self, cards: &[CardId], ask: &str) -> Vec<&'a Card> {
        let speaking = self.speaking.of(cards).into_iter().filter_map(|id| self.board.cards.get(&id));
        speaking.filter(|card| card.source == ask && card.stands()).collect()
    }
}

fn counted(board: &Board) -> BTreeMap<CardId, Vec<(usize, &Tally)>> {
    let mut counted: BTreeMap<CardId, Vec<(usize, &Tally)>> = BTreeMap::new();
    for (nth, tally) in board.tallies.iter().enumerate() {
        counted.entry(tally.card).or_default().push((nth, tally));
    }
    counted
}
