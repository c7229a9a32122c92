//! Trees: a trunk, what it grows from, and what follows from it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::path::plan::{self, Ask, Kind, LinkKind};
use crate::path::{Board, Card, CardId, CardState};

use super::line::{self, Line};
use super::wall::Wall;

/// A tree of cards.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Tree {
    /// The core: what everything else lies under or follows from.
    pub trunk: Option<Box<Node>>,
    /// What follows from it, for example effects.
    pub crown: Vec<Node>,
    /// What it grows from, for example causes.
    pub roots: Vec<Node>,
    /// Cards of the crown that have no place yet.
    pub loose_crown: Vec<Node>,
    /// Cards of the roots that have no place yet.
    pub loose_roots: Vec<Node>,
    /// Links across the tree, drawn dashed.
    pub crosses: Vec<Cross>,
}

/// One card in a tree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Node {
    /// Where it stands: `C1a`, `E2`; empty for the trunk.
    pub place: String,
    /// The card; in a mirrored tree the card that is mirrored.
    pub card: CardId,
    /// What it says; in a mirrored tree, nothing where nobody has turned it around.
    pub line: Option<Line>,
    /// In a mirrored tree: what the card that is mirrored says.
    pub mirrors: Option<String>,
    /// In a mirrored tree: further wordings.
    pub others: Vec<Line>,
    /// Whether the group chose it: kept by an ask that chooses among the same cards.
    pub kept: bool,
    /// What lies under it, or follows from it.
    pub children: Vec<Node>,
}

impl Node {
    /// Whether it was put aside.
    #[must_use]
    pub fn is_aside(&self) -> bool {
        self.line.as_ref().is_some_and(|line| line.aside.is_some())
    }
}

/// A link across the tree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cross {
    /// The card that leads.
    pub from: CardId,
    /// Where it stands.
    pub from_place: String,
    /// What it says.
    pub from_text: String,
    /// The card it leads to.
    pub to: CardId,
    /// Where that one stands.
    pub to_place: String,
    /// What that one says.
    pub to_text: String,
}

impl Tree {
    /// Whether there is no card but perhaps the trunk.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.crown.is_empty() && self.roots.is_empty() && self.loose_crown.is_empty() && self.loose_roots.is_empty()
    }
}

/// The shape of a tree: which cards, where; not yet what they say.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    /// The core.
    pub trunk: Option<CardId>,
    /// What follows from it.
    pub crown: Vec<Twig>,
    /// What it grows from.
    pub roots: Vec<Twig>,
    /// Of the crown, without a place.
    pub loose_crown: Vec<Twig>,
    /// Of the roots, without a place.
    pub loose_roots: Vec<Twig>,
}

/// One card's place in the shape.
#[derive(Clone, Debug)]
pub(super) struct Twig {
    /// `C1a`.
    pub place: String,
    /// The card.
    pub card: CardId,
    /// Those under it.
    pub children: Vec<Twig>,
}

impl Frame {
    /// Every twig of it.
    pub fn all(&self) -> Vec<&Twig> {
        let mut found: Vec<&Twig> = Vec::new();
        for side in [&self.crown, &self.roots, &self.loose_crown, &self.loose_roots] {
            found.extend(side);
        }
        let mut at = 0;
        while at < found.len() {
            found.extend(&found[at].children);
            at += 1;
        }
        found
    }
}

/// The short ids of the cards in a tree ask, `C1a` and `E2`, by position: what people say when they
/// speak of a card.
#[must_use]
pub fn short_ids(view: &crate::path::View, ask: &str) -> BTreeMap<CardId, String> {
    let captions = super::Captions::default();
    let wall = Wall::new(view, &captions);
    view.shown().plan.ask(ask).filter(|ask| ask.kind == Kind::Tree).map(|ask| places(&wall, ask)).unwrap_or_default()
}

/// The same, for a wall that is being made.
pub(super) fn places(wall: &Wall<'_>, ask: &Ask) -> BTreeMap<CardId, String> {
    frame(wall, ask).all().into_iter().map(|twig| (twig.card, twig.place.clone())).collect()
}

/// The shape of a tree ask's tree.
pub(super) fn frame(wall: &Wall<'_>, ask: &Ask) -> Frame {
    let board = wall.board;
    let kept = ask.under.iter().find_map(|key| board.kept(key).iter().find_map(|id| board.standing_for(*id)));
    let trunk = kept.or_else(|| board.issue()).map(|card| card.id);
    let core: Vec<CardId> = trunk.map(|id| board.origins(id)).unwrap_or_default();
    let sources = |crown: bool| ask.from.iter().filter(move |source| ask.crown.contains(source) == crown);
    let cards = |crown: bool| -> Vec<CardId> {
        let found = sources(crown).flat_map(|source| board.cards.values().filter(move |card| card.source == *source));
        found.filter(|card| is_in_tree(board, card)).map(|card| card.id).filter(|id| !core.contains(id)).collect()
    };
    let (crown, roots) = (cards(true), cards(false));
    let known: BTreeSet<CardId> = crown.iter().chain(&roots).copied().collect();
    let parents: BTreeMap<CardId, CardId> =
        known.iter().filter_map(|id| parent(wall, *id, &core).map(|parent| (*id, parent))).collect();
    let grown = |side: &[CardId], letter: &str| grow(side, &parents, trunk, letter);
    let (crown, loose_crown) = grown(&crown, wall.captions.word("crown-letter"));
    let (roots, loose_roots) = grown(&roots, wall.captions.word("root-letter"));
    Frame { trunk, crown, roots, loose_crown, loose_roots }
}

/// Whether a card stands in the tree. One that was put aside keeps its place, since others may hang
/// on it and people speak of them by their ids; without a place it is gone from here.
fn is_in_tree(board: &Board, card: &Card) -> bool {
    card.state == CardState::Open && (card.parked.is_none() || board.has_place(card.id))
}

/// What a card lies under: by its own link, or by one of those it was made from. The trunk and what
/// it was made from are one.
fn parent(wall: &Wall<'_>, card: CardId, core: &[CardId]) -> Option<CardId> {
    let origins = wall.board.origins(card);
    let mut links = origins.iter().filter_map(|id| wall.board.above(*id));
    let above = links.find_map(|link| {
        if core.contains(&link.to) {
            core.first().copied()
        } else {
            wall.board.standing_for(link.to).map(|card| card.id)
        }
    });
    above.filter(|above| *above != card)
}

/// One side of the tree: what reaches the trunk, and what does not. Each card stands once, whatever
/// the links say.
fn grow(
    side: &[CardId],
    parents: &BTreeMap<CardId, CardId>,
    trunk: Option<CardId>,
    letter: &str,
) -> (Vec<Twig>, Vec<Twig>) {
    let mut seen = BTreeSet::new();
    let mut number = 0;
    let here: BTreeSet<CardId> = side.iter().copied().collect();
    let mut below: BTreeMap<CardId, Vec<CardId>> = BTreeMap::new();
    for card in side {
        if let Some(parent) = parents.get(card) {
            below.entry(*parent).or_default().push(*card);
        }
    }
    let mut take = |seen: &mut BTreeSet<CardId>, card: CardId| {
        number += 1;
        twig(&below, seen, (card, format!("{letter}{number}")))
    };
    let under = |card: &CardId, parent: Option<CardId>| parents.get(card).copied() == parent;
    let placed: Vec<CardId> = side.iter().copied().filter(|card| trunk.is_some() && under(card, trunk)).collect();
    let placed = placed.into_iter().filter_map(|card| take(&mut seen, card)).collect();
    let homeless =
        |card: &CardId| parents.get(card).is_none_or(|parent| !here.contains(parent) && Some(*parent) != trunk);
    let mut loose: Vec<CardId> = side.iter().copied().filter(homeless).collect();
    // What is left lies in a ring, which the rules forbid; it is shown all the same.
    loose.extend(side.iter().copied().filter(|card| !homeless(card)));
    let loose = loose.into_iter().filter(|card| trunk.is_none() || !under(card, trunk)).collect::<Vec<_>>();
    let loose =
        loose.into_iter().filter_map(|card| if seen.contains(&card) { None } else { take(&mut seen, card) }).collect();
    (placed, loose)
}

/// A card with what lies below it.
fn twig(below: &BTreeMap<CardId, Vec<CardId>>, seen: &mut BTreeSet<CardId>, at: (CardId, String)) -> Option<Twig> {
    let (card, place) = at;
    if !seen.insert(card) {
        return None;
    }
    let letters = place.ends_with(|last: char| last.is_ascii_digit());
    let mut children = Vec::new();
    for child in below.get(&card).into_iter().flatten().copied() {
        let mark = if letters { letter(children.len()) } else { (children.len() + 1).to_string() };
        children.extend(twig(below, seen, (child, format!("{place}{mark}"))));
    }
    Some(Twig { place, card, children })
}

/// `a` to `z`, then `aa`.
fn letter(n: usize) -> String {
    let last = char::from(b'a' + u8::try_from(n % 26).unwrap_or_default());
    if n < 26 { last.to_string() } else { format!("{}{last}", letter(n / 26 - 1)) }
}

/// The tree of a section whose source is a tree ask.
pub(super) fn compile(wall: &Wall<'_>, section: &plan::Section) -> Tree {
    let ask = section.from.iter().filter_map(|key| wall.board.plan.ask(key)).find(|ask| ask.kind == Kind::Tree);
    let Some(ask) = ask else { return Tree::default() };
    let frame = frame(wall, ask);
    let node = |card: &Card, place: &str| Node {
        place: place.to_owned(),
        card: card.id,
        line: Some(line::tagged(wall, wall.line(card, &section.beside, None))),
        mirrors: None,
        others: Vec::new(),
        kept: wall.is_chosen(ask, card.id),
        children: Vec::new(),
    };
    let draw = |twigs: &[Twig]| {
        let mut drawn = nodes(wall, twigs, &node);
        seek_nobody(&mut drawn, false);
        drawn
    };
    Tree {
        trunk: frame.trunk.and_then(|id| wall.board.cards.get(&id)).map(|card| {
            let decision = ask.under.as_ref().and_then(|key| wall.board.decision(key, None));
            let decision = decision.filter(|decision| decision.cards.contains(&card.id));
            Box::new(Node { line: Some(wall.line(card, &section.beside, decision)), ..node(card, "") })
        }),
        crown: draw(&frame.crown),
        roots: draw(&frame.roots),
        loose_crown: draw(&frame.loose_crown),
        loose_roots: draw(&frame.loose_roots),
        crosses: crosses(wall, &frame),
    }
}

/// Twigs as nodes, each drawn by `node`.
pub(super) fn nodes(wall: &Wall<'_>, twigs: &[Twig], node: &dyn Fn(&Card, &str) -> Node) -> Vec<Node> {
    let drawn = twigs.iter().filter_map(|twig| {
        let card = wall.board.cards.get(&twig.card)?;
        Some(Node { children: nodes(wall, &twig.children, node), ..node(card, &twig.place) })
    });
    drawn.collect()
}

/// Nobody is looked for below what was put aside.
fn seek_nobody(nodes: &mut [Node], under_aside: bool) {
    for node in nodes {
        if let Some(line) = node.line.as_mut().filter(|_| under_aside) {
            line.nobody_yet = false;
        }
        let aside = under_aside || node.is_aside();
        seek_nobody(&mut node.children, aside);
    }
}

/// Links across the tree, between cards that stand in it.
fn crosses(wall: &Wall<'_>, frame: &Frame) -> Vec<Cross> {
    let places: BTreeMap<CardId, String> = frame
        .all()
        .into_iter()
        .map(|twig| (twig.card, twig.place.clone()))
        .chain(frame.trunk.map(|id| (id, String::new())))
        .collect();
    let end = |id: CardId| {
        let card = wall.board.standing_for(id)?;
        places.get(&card.id).map(|place| (card.id, place.clone(), wall.title(card)))
    };
    let links = wall.board.links.of(LinkKind::LeadsTo);
    let ends = links.filter_map(|link| end(link.from).zip(end(link.to)));
    let crosses = ends.map(|((from, from_place, from_text), (to, to_place, to_text))| Cross {
        from,
        from_place,
        from_text,
        to,
        to_place,
        to_text,
    });
    crosses.collect()
}
