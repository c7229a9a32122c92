//! What a section of the canvas is made of: which cards it draws, and which asks it speaks of.

use std::collections::BTreeSet;

use super::board::Board;
use super::card::{Card, CardId, CardState};
use super::plan::{Ask, FieldKind, Kind, LinkKind, Plan, Section, Shape};
use super::speaking::Speaking;
use super::table;

impl Board {
    /// Cards of a source that stand; for a source that only chooses, what it kept.
    #[must_use]
    pub fn material(&self, source: &str, kept: bool) -> Vec<&Card> {
        let chooses = self.plan.ask(source).is_some_and(|ask| ask.kind != Kind::Cards);
        if !kept && !chooses {
            return self.cards_of(source, false);
        }
        let mut found: Vec<&Card> = Vec::new();
        for card in self.kept(source).iter().filter_map(|id| self.standing_for(*id)) {
            if !found.iter().any(|known| known.id == card.id) {
                found.push(card);
            }
        }
        found
    }

    /// Whether a card lies under another, or another under it.
    #[must_use]
    pub fn has_place(&self, card: CardId) -> bool {
        self.links.at(card).any(|link| link.kind == LinkKind::Under)
    }
}

/// The cards that a section draws: its own lines, what was put aside if it shows that, and what stands beside.
/// Not what its lines were made from.
pub(super) fn drawn(board: &Board, section: &Section) -> BTreeSet<CardId> {
    let mut cards = own(board, section);
    if section.parked {
        cards.extend(put_aside(board, section));
    }
    let beside = beside(board, section, &cards);
    cards.extend(beside);
    let named = named(board, &cards);
    cards.extend(named);
    cards
}

/// The plan's own cards that these name in a field, for example the field of work that a step serves.
fn named(board: &Board, cards: &BTreeSet<CardId>) -> Vec<CardId> {
    let cards = cards.iter().filter_map(|id| board.cards.get(id));
    let fields = cards.filter_map(|card| board.plan.ask(&card.source).map(|ask| (card, ask)));
    let chosen = fields.flat_map(|(card, ask)| {
        ask.fields.iter().filter(|field| field.kind == FieldKind::Card).map(|field| card.field(&field.key))
    });
    let named = chosen.filter_map(|id| board.cards.get(&CardId(id.parse().ok()?)));
    named.filter(|card| card.item.is_some() && card.stands()).map(|card| card.id).collect()
}

/// The asks that a section speaks of: those it names, and those that shape its tree.
pub(super) fn asks<'a>(plan: &'a Plan, section: &'a Section) -> BTreeSet<&'a str> {
    let named = section.from.iter().chain(&section.beside).map(String::as_str);
    let trees: Vec<&Ask> = section.from.iter().filter_map(|key| tree(plan, key)).collect();
    let shaped = trees.iter().flat_map(|ask| ask.under.as_deref().into_iter().chain([ask.key.as_str()]));
    named.chain(shaped).filter(|key| plan.ask(key).is_some()).collect()
}

fn own(board: &Board, section: &Section) -> BTreeSet<CardId> {
    let asks = || section.from.iter().filter_map(|key| board.plan.ask(key));
    match section.shape {
        Shape::Tree => section.from.iter().flat_map(|key| in_tree(board, key)).collect(),
        Shape::Matrix => asks().filter(|ask| ask.kind == Kind::Assign).flat_map(|ask| assigned(board, ask)).collect(),
        Shape::Bars => asks().filter(|ask| ask.kind == Kind::Figures).flat_map(|ask| counted(board, ask)).collect(),
        Shape::Sentence => section.from.iter().filter_map(|key| said_large(board, section, key)).collect(),
        Shape::Lines | Shape::Table | Shape::Steps | Shape::Words => {
            section.from.iter().flat_map(|key| board.material(key, section.kept)).map(|card| card.id).collect()
        }
    }
}

/// The one card of a source that a sentence says: what was kept, else the newest.
fn said_large(board: &Board, section: &Section, key: &str) -> Option<CardId> {
    let found = board.material(key, section.kept);
    if section.kept { found.first() } else { found.last() }.map(|card| card.id)
}

/// The tree ask with this key, or the one whose cards this ask mirrors.
fn tree<'a>(plan: &'a Plan, key: &str) -> Option<&'a Ask> {
    let ask = plan.ask(key)?;
    if ask.kind == Kind::Tree {
        return Some(ask);
    }
    let field = ask.fields.iter().find(|field| field.link == Some(LinkKind::Mirrors))?;
    let mut trees = plan.asks().map(|(_, _, ask)| ask).filter(|ask| ask.kind == Kind::Tree);
    trees.find(|ask| ask.from.iter().any(|source| field.from.contains(source)))
}

/// The cards of a tree; for one that mirrors another also those that are mirrored, or still wait for it.
fn in_tree(board: &Board, key: &str) -> Vec<CardId> {
    let Some(tree) = tree(&board.plan, key) else { return Vec::new() };
    let kept = tree.under.iter().find_map(|key| board.kept(key).iter().find_map(|id| board.standing_for(*id)));
    let trunk = kept.or_else(|| board.issue());
    let sources = |card: &&Card| card.state == CardState::Open && tree.from.contains(&card.source);
    let cards = board.cards.values().filter(sources);
    if tree.key == key {
        let placed = |card: &&Card| card.parked.is_none() || board.has_place(card.id);
        return cards.filter(placed).chain(trunk).map(|card| card.id).collect();
    }
    let mirrors = board.cards_of(key, false);
    if mirrors.is_empty() {
        return Vec::new();
    }
    let speaking = Speaking::on(board);
    let is_mirrored = |card: &Card| {
        let speaking = speaking.of(&board.origins(card.id));
        mirrors.iter().any(|mirror| speaking.contains(&mirror.id))
    };
    let shown = cards.filter(|card| board.has_place(card.id) || is_mirrored(card));
    shown.chain(trunk).chain(mirrors.iter().copied()).map(|card| card.id).collect()
}

/// The cards that partners were given, or were seen with.
fn assigned(board: &Board, ask: &Ask) -> Vec<CardId> {
    let settled = board.decisions.iter().filter(|decision| decision.ask == ask.key).flat_map(|row| &row.cards);
    let is_its = |window| board.windows.get(window).is_some_and(|window| window.ask == ask.key);
    let seen = board.tallies.iter().filter(|tally| is_its(&tally.window)).map(|tally| &tally.card);
    settled.chain(seen).filter_map(|id| board.standing_for(*id)).map(|card| card.id).collect()
}

/// The cards on which figures were placed.
fn counted(board: &Board, ask: &Ask) -> Vec<CardId> {
    let closed = board.windows.values().filter(|window| window.ask == ask.key && !window.is_open());
    let newest = closed.max_by_key(|window| window.nth);
    newest.map(|window| table::table(board, window).iter().map(|card| card.id).collect()).unwrap_or_default()
}

fn put_aside(board: &Board, section: &Section) -> Vec<CardId> {
    let offered = section.from.iter().filter_map(|key| board.plan.ask(key)).flat_map(|ask| &ask.from);
    let sources: Vec<&String> = section.from.iter().chain(offered).collect();
    let aside = board.cards.values().filter(|card| card.parked.is_some() && card.state == CardState::Open);
    aside.filter(|card| sources.contains(&&card.source)).map(|card| card.id).collect()
}

/// The cards that stand beside these: linked to them, or of the same partner where there is no link to go by.
fn beside(board: &Board, section: &Section, own: &BTreeSet<CardId>) -> Vec<CardId> {
    if section.beside.is_empty() {
        return Vec::new();
    }
    let origins: Vec<CardId> = own.iter().flat_map(|id| board.origins(*id)).collect();
    let speaking = Speaking::on(board).of(&origins);
    let partners: BTreeSet<_> = own.iter().filter_map(|id| board.cards.get(id)?.partner).collect();
    let asks = section.beside.iter().filter_map(|key| board.plan.ask(key));
    asks.flat_map(|ask| {
        let links = ask.fields.iter().any(|field| field.link.is_some());
        let cards = board.cards_of(&ask.key, false).into_iter();
        cards
            .filter(|card| match section.shape {
                Shape::Matrix => card.partner.is_some(),
                Shape::Table if !links => card.partner.is_some_and(|partner| partners.contains(&partner)),
                _ => speaking.contains(&card.id),
            })
            .map(|card| card.id)
            .collect::<Vec<_>>()
    })
    .collect()
}
