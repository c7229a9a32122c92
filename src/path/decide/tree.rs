//! Cards put under one another, and joined across.

use super::Outcome;
use super::making::{Making, unknown};
use crate::path::board::Board;
use crate::path::card::{CardId, Link, LinkId};
use crate::path::change::Change;
use crate::path::people::Who;
use crate::path::plan::{Kind, LinkKind};
use crate::path::refusal::Refusal;
use crate::path::said::{Next, Reply, Said};

/// A tree has at most four levels below its trunk (method, 4.3).
pub const DEPTH_MAX: usize = 4;

/// Whether a card may lie under another.
pub(super) fn fits(board: &Board, card: CardId, above: CardId) -> Result<(), Refusal> {
    if card == above {
        return Err(Refusal::UnderItself);
    }
    let mut level = 1;
    let mut at = above;
    while let Some(link) = board.above(at) {
        at = link.to;
        level += 1;
        if at == card {
            return Err(Refusal::Cycle);
        }
        if level > board.cards.len() {
            return Err(Refusal::Cycle);
        }
    }
    if level + height(board, card) > DEPTH_MAX + 1 { Err(Refusal::TooDeep) } else { Ok(()) }
}

/// How many levels a card and what lies under it take.
fn height(board: &Board, card: CardId) -> usize {
    let below = board.links.to(card, LinkKind::Under);
    1 + below.map(|link| height(board, link.from)).max().unwrap_or(0)
}

/// A card is put under another, or taken out of its place.
pub(super) fn under(mut making: Making, who: &Who, card: CardId, parent: Option<CardId>) -> Result<Outcome, Refusal> {
    let actor = making.giving(who)?;
    let ask = tree_of(&making, card)?;
    making.open(&ask, &[Kind::Tree])?;
    let moved = making.card(card)?;
    let own = moved.by == Some(actor.id) || moved.behalf == Some(actor.id);
    if !own && !actor.host {
        return Err(Refusal::NotYours);
    }
    if let Some(above) = parent {
        making.card(above)?;
        if above != trunk(&making, &ask)? {
            tree_of(&making, above)?;
        }
    }
    let links = making.board.links.from(card, LinkKind::Under);
    for old in links.map(|link| link.id).collect::<Vec<_>>() {
        making.record(Change::LinkGone(old));
    }
    if let Some(to) = parent {
        fits(&making.board, card, to)?;
        link(&mut making, LinkKind::Under, card, to, Some(actor.id));
    }
    Ok(making.reply(Reply { said: Said::new("put-under").with("ask", &ask), next: Next::Stay { ask } }))
}

/// Two cards are joined across the tree: the first feeds back into the second.
pub(super) fn cross(mut making: Making, who: &Who, from: CardId, to: CardId) -> Result<Outcome, Refusal> {
    let actor = making.giving(who)?;
    let ask = tree_of(&making, from)?;
    making.open(&ask, &[Kind::Tree])?;
    making.card(from)?;
    making.card(to)?;
    tree_of(&making, to)?;
    if from == to {
        return Err(Refusal::UnderItself);
    }
    let there = making.board.links.from(from, LinkKind::LeadsTo).any(|link| link.to == to);
    if !there {
        link(&mut making, LinkKind::LeadsTo, from, to, Some(actor.id));
    }
    Ok(making.reply(Reply { said: Said::new("crossed").with("ask", &ask), next: Next::Stay { ask } }))
}

/// A link is taken away by whoever made it, or by a host.
pub(super) fn split(mut making: Making, who: &Who, id: LinkId) -> Result<Outcome, Refusal> {
    let actor = making.giving(who)?;
    let old = making.board.links.get(id).cloned().ok_or(Refusal::CardGone)?;
    let may = match old.kind {
        LinkKind::Under | LinkKind::LeadsTo => actor.host || old.by == Some(actor.id),
        LinkKind::MadeFrom => return super::joining::split_off(making, who, old.from),
        LinkKind::Mirrors | LinkKind::Answers | LinkKind::Serves | LinkKind::Supports => false,
    };
    if !may {
        return Err(Refusal::NotYours);
    }
    making.record(Change::LinkGone(id));
    Ok(making.done(Said::new("split")))
}

pub(super) fn link(
    making: &mut Making,
    kind: LinkKind,
    from: CardId,
    to: CardId,
    by: Option<crate::path::people::PersonId>,
) {
    let id = LinkId(making.number());
    let at = making.now;
    making.record(Change::Link(Link { id, kind, from, to, by, at }));
}

/// The tree ask whose sources a card belongs to.
fn tree_of(making: &Making, card: CardId) -> Result<String, Refusal> {
    let source = &making.board.cards.get(&card).ok_or(Refusal::CardGone)?.source;
    let trees = making.board.plan.asks().find(|(_, _, ask)| ask.kind == Kind::Tree && ask.from.contains(source));
    trees.map(|(_, _, ask)| ask.key.clone()).ok_or(Refusal::NotOnTheTable)
}

/// The card that is the trunk of a tree: what was kept for it, else the focal issue.
fn trunk(making: &Making, ask: &str) -> Result<CardId, Refusal> {
    let ask = making.ask(ask)?;
    let kept = ask.under.as_ref().and_then(|under| making.board.kept(under).first().copied());
    kept.or_else(|| making.board.issue().map(|card| card.id)).ok_or_else(|| unknown(ask.key))
}
