//! The mirrored tree: the same shape, each card said as if it were solved.

use crate::path::plan::{self, Ask, Kind, LinkKind};
use crate::path::{Card, CardId};

use super::line::Line;
use super::tree::{self, Node, Tree, Twig};
use super::wall::Wall;

/// The tree of a section whose source mirrors the cards of another tree; none if it does not.
pub(super) fn compile(wall: &Wall<'_>, section: &plan::Section) -> Option<Tree> {
    let (ask, mirrored) = section.from.iter().find_map(|key| mirrored_by(wall, key))?;
    let frame = tree::frame(wall, mirrored);
    if wall.board.cards_of(&ask.key, false).is_empty() {
        return Some(Tree::default());
    }
    let node = |card: &Card, place: &str| Node {
        kept: wall.is_chosen(mirrored, card.id),
        ..node(wall, section, ask, (card, place))
    };
    let draw = |twigs: &[Twig]| asked(wall, tree::nodes(wall, twigs, &node));
    // A card that has no place in the tree appears here only if somebody has turned it around.
    let said = |twigs: &[Twig]| -> Vec<Node> { draw(twigs).into_iter().filter(is_said).collect() };
    Some(Tree {
        trunk: frame.trunk.and_then(|id| wall.board.cards.get(&id)).map(|card| Box::new(node(card, ""))),
        crown: draw(&frame.crown),
        roots: draw(&frame.roots),
        loose_crown: said(&frame.loose_crown),
        loose_roots: said(&frame.loose_roots),
        crosses: Vec::new(),
    })
}

/// The ask with this key and the tree whose cards it mirrors.
fn mirrored_by<'a>(wall: &Wall<'a>, key: &str) -> Option<(&'a Ask, &'a Ask)> {
    let ask = wall.board.plan.ask(key)?;
    let field = ask.fields.iter().find(|field| field.link == Some(LinkKind::Mirrors))?;
    let trees = wall.board.plan.asks().map(|(_, _, other)| other).filter(|other| other.kind == Kind::Tree);
    let mut trees = trees.filter(|other| other.from.iter().any(|source| field.from.contains(source)));
    trees.next().map(|other| (ask, other))
}

/// One card turned around: what was said of it, or the gap.
fn node(wall: &Wall<'_>, section: &plan::Section, ask: &Ask, at: (&Card, &str)) -> Node {
    let (card, place) = at;
    let origins: Vec<CardId> = wall.board.origins(card.id);
    let mirrors = wall.speaking_of(&origins, &ask.key).into_iter();
    let mut lines: Vec<Line> = mirrors.map(|mirror| line(wall, section, mirror)).collect();
    let first = if lines.is_empty() { None } else { Some(lines.remove(0)) };
    Node {
        place: place.to_owned(),
        card: card.id,
        line: first,
        mirrors: Some(wall.title(card)),
        others: lines,
        kept: false,
        children: Vec::new(),
    }
}

/// A mirror as a line; which card it mirrors is said by its place.
fn line(wall: &Wall<'_>, section: &plan::Section, mirror: &Card) -> Line {
    let line = Line { parts: Vec::new(), ..wall.line(mirror, &section.beside, None) };
    super::line::tagged(wall, line)
}

/// What is to be turned around: not what was put aside with all below it, unless somebody has turned it around.
fn asked(wall: &Wall<'_>, nodes: Vec<Node>) -> Vec<Node> {
    let is_aside = |node: &Node| wall.board.cards.get(&node.card).is_some_and(|card| card.parked.is_some());
    let nodes = nodes.into_iter().filter(|node| is_said(node) || !is_aside(node));
    nodes.map(|node| Node { children: asked(wall, node.children), ..node }).collect()
}

/// Whether anything is said in a node or under it.
fn is_said(node: &Node) -> bool {
    node.line.is_some() || node.children.iter().any(is_said)
}
