//! Joining cards that say nearly the same, and taking them apart again. What it means: `path/joining.rs`.

use std::collections::BTreeSet;

use super::Outcome;
use super::arranging::worded;
use super::giving;
use super::making::Making;
use super::tree;
use crate::path::alike;
use crate::path::card::{Card, CardId, CardState};
use crate::path::change::Change;
use crate::path::joining::{self, Joining};
use crate::path::people::{PersonId, Who};
use crate::path::plan::{Ask, Kind, LinkKind, Named};
use crate::path::refusal::Refusal;
use crate::path::said::{Next, Reply, Said};
use crate::path::view::{Viewer, sees};

pub(super) fn decide(making: Making, who: &Who, act: &Joining) -> Result<Outcome, Refusal> {
    match act {
        Joining::Merge { cards, text } => merge(making, who, cards, text),
        Joining::Unmerge { card } => unmerge(making, who, *card),
        Joining::SplitOff { card } => split_off(making, who, *card),
        Joining::Support { card, other } => support(making, who, *card, *other),
        Joining::StandAlone { card } => stand_alone(making, who, *card),
    }
}

/// Joins cards into a new one. Their authors are told, and may split theirs off again. What was chosen alike in all
/// of them stays: the card that is mirrored, a choice.
fn merge(mut making: Making, who: &Who, cards: &[CardId], text: &str) -> Result<Outcome, Refusal> {
    let host = making.host(who)?;
    let unique: BTreeSet<CardId> = cards.iter().copied().collect();
    if unique.len() < 2 {
        return Err(Refusal::TooFewToMerge);
    }
    let old: Vec<Card> = unique.iter().map(|id| seen(&making, *id, host.id)).collect::<Result<_, _>>()?;
    let ask = making.ask(&old[0].source)?;
    if ask.kind != Kind::Cards || old.iter().any(|card| card.source != ask.key || card.parked.is_some()) {
        return Err(Refusal::NotOnTheTable);
    }
    let headline = ask.headline().filter(|_| joining::may_merge(&ask)).ok_or(Refusal::NotToJoin)?;
    let words = worded(text, headline.chars_max())?;
    let mut card = making.new_card(&ask.key, &headline.key, &words, Some(host.id));
    card.window = old[0].window;
    card.group = old[0].group;
    card.added = old.iter().all(|card| card.added);
    let alike = |key: &String, value: &String| old.iter().all(|card| card.field(key) == value);
    let first = old[0].text().map(|text| text.fields.clone()).unwrap_or_default();
    if let Some(text) = card.texts.first_mut() {
        text.fields.extend(first.into_iter().filter(|(key, value)| *key != headline.key && alike(key, value)));
    }
    let into = card.id;
    making.record(Change::Card(card.clone()));
    move_links(&mut making, &unique, into);
    for (kind, to) in giving::named(&ask, &card).into_iter().filter(|(kind, _)| *kind != LinkKind::Under) {
        tree::link(&mut making, kind, into, to, Some(host.id));
    }
    let authors = authors(&making, old.iter().map(|card| card.id), host.id);
    for card in old {
        let from = card.id;
        making.record(Change::Card(Card { state: CardState::Merged(into), ..card }));
        tree::link(&mut making, LinkKind::MadeFrom, into, from, Some(host.id));
    }
    for author in authors {
        making.tell(author, Said::new("merged-yours").with("ask", &ask.key), Some(into));
    }
    Ok(making.done(Said::new("merged").with("count", unique.len()).with("card", into)))
}

/// Who wrote these cards, what they were made from and what stands behind them; but for one person.
fn authors(making: &Making, cards: impl Iterator<Item = CardId>, but: PersonId) -> BTreeSet<PersonId> {
    let board = &making.board;
    let sources = cards.flat_map(|card| board.origins(card));
    let sources = sources.filter_map(|id| board.cards.get(&id)).filter(|card| !board.is_made(card.id));
    let all = sources.flat_map(|card| [card].into_iter().chain(board.behind(card.id)));
    all.filter_map(|card| card.by).filter(|author| *author != but).collect()
}

/// A card that stands, if it is open to that person: a seal holds against hosts like anyone.
fn seen(making: &Making, card: CardId, person: PersonId) -> Result<Card, Refusal> {
    let card = making.card(card)?;
    if sees(&making.board, Viewer::Person(person), &card) { Ok(card) } else { Err(Refusal::CardGone) }
}

/// What lay under the old cards lies under the new one, and it lies where the first of them lay whose place
/// still has room: the place of one may lie under another, and what they carry together may be too deep for it.
fn move_links(making: &mut Making, old: &BTreeSet<CardId>, into: CardId) {
    let places: Vec<CardId> = old
        .iter()
        .filter_map(|card| making.board.above(*card))
        .map(|link| link.to)
        .filter(|to| !old.contains(to))
        .collect();
    let links: Vec<_> = making.board.links.of(LinkKind::Under).cloned().collect();
    for link in links {
        let (from, to) = (old.contains(&link.from), old.contains(&link.to));
        if from || to {
            making.record(Change::LinkGone(link.id));
        }
        if to && !from {
            tree::link(making, LinkKind::Under, link.from, into, link.by);
        }
    }
    if let Some(above) = places.into_iter().find(|above| tree::fits(&making.board, into, *above).is_ok()) {
        tree::link(making, LinkKind::Under, into, above, None);
    }
}

/// Undoes a merge: the old cards stand again, where the merged one lay. Where cards merely stand behind one, they
/// stand alone again and it stays.
fn unmerge(mut making: Making, who: &Who, id: CardId) -> Result<Outcome, Refusal> {
    let host = making.host(who)?;
    let card = seen(&making, id, host.id)?;
    if !making.board.cards.values().any(|old| old.state == CardState::Merged(id)) {
        return Err(Refusal::NotOnTheTable);
    }
    if making.board.is_made(id) {
        // Those who were told that theirs was joined; whoever joined it was not.
        let told = authors(&making, [id].into_iter(), host.id).into_iter().filter(|author| Some(*author) != card.by);
        for author in told.collect::<Vec<_>>() {
            making.tell(author, Said::new("unmerged-yours").with("ask", &card.source), Some(id));
        }
        release(&mut making, id);
        undo(&mut making, card);
    } else {
        release(&mut making, id);
    }
    Ok(making.done(Said::new("unmerged")))
}

/// A card was worded anew: the authors of those that stand behind it are told, if it does not say theirs any more.
pub(super) fn turned_away(making: &mut Making, ask: &Ask, card: &Card) {
    let behind = making.board.behind(card.id).into_iter().filter(|old| !alike::is_near(ask, old, card));
    let authors: BTreeSet<PersonId> = behind.filter_map(|old| old.by).collect();
    for author in authors {
        making.tell(author, Said::new("supported-anew").with("ask", &ask.key), Some(card.id));
    }
}

/// The cards from which one was made stand again where it lay, and it goes.
fn undo(making: &mut Making, card: Card) {
    let id = card.id;
    let old: Vec<Card> =
        making.board.cards.values().filter(|old| old.state == CardState::Merged(id)).cloned().collect();
    let place = making.board.above(id).map(|link| link.to);
    let links: Vec<_> = making.board.links.at(id).cloned().collect();
    let first = old.first().map(|card| card.id);
    for link in links {
        making.record(Change::LinkGone(link.id));
        if let (LinkKind::Under, true, Some(first)) = (link.kind, link.to == id, first) {
            tree::link(making, LinkKind::Under, link.from, first, link.by);
        }
    }
    for card in old {
        let from = card.id;
        making.record(Change::Card(Card { state: CardState::Open, ..card }));
        if let Some(above) = place {
            tree::link(making, LinkKind::Under, from, above, None);
        }
    }
    making.record(Change::Card(Card { state: CardState::Withdrawn, ..card }));
}

/// What stands behind a card stands alone again, where it lies: before it goes, or because a host says so.
pub(super) fn release(making: &mut Making, id: CardId) {
    let behind: Vec<Card> = making.board.behind(id).into_iter().cloned().collect();
    for card in behind {
        apart(making, card, id);
    }
}

/// One card stands alone again: where it says by itself that it lies, else where the other lies.
fn apart(making: &mut Making, card: Card, from: CardId) {
    let links = making.board.links.at(card.id).filter(|link| match link.kind {
        LinkKind::Supports => link.to == from,
        LinkKind::MadeFrom => link.from == from,
        _ => false,
    });
    for link in links.map(|link| link.id).collect::<Vec<_>>() {
        making.record(Change::LinkGone(link));
    }
    let ask = making.board.plan.ask(&card.source).cloned();
    let named = ask.iter().flat_map(|ask| giving::named(ask, &card));
    let own = named.filter(|(kind, _)| *kind == LinkKind::Under).map(|(_, to)| to);
    let there = making.board.above(from).map(|link| link.to);
    let places: Vec<CardId> = own.chain(there).collect();
    let id = card.id;
    making.record(Change::Card(Card { state: CardState::Open, ..card }));
    let place = places.into_iter().filter_map(|to| making.board.standing_for(to)).map(|card| card.id);
    let place = place.filter(|to| tree::fits(&making.board, id, *to).is_ok()).collect::<Vec<_>>();
    if let (Some(place), None) = (place.first(), making.board.above(id)) {
        tree::link(making, LinkKind::Under, id, *place, None);
    }
}

/// An author splits off what they wrote, for a day. If that leaves one card alone, nothing is joined any more: it
/// stands again as it was written, unless what the host made of it has been chosen meanwhile.
pub(super) fn split_off(mut making: Making, who: &Who, id: CardId) -> Result<Outcome, Refusal> {
    let actor = making.giving(who)?;
    // It may have been joined further since.
    let joined = making.board.cards.get(&id).filter(|card| card.state != CardState::Withdrawn);
    let joined = joined.cloned().ok_or(Refusal::CardGone)?;
    let mine = joining::parts(&making.board, id, actor.id);
    if mine.is_empty() {
        return Err(Refusal::NothingToSplit);
    }
    if mine.iter().any(|part| making.now > part.until) {
        return Err(Refusal::TooLateToSplit);
    }
    for part in mine {
        if let Some(card) = making.board.cards.get(&part.card).cloned() {
            apart(&mut making, card, part.into);
        }
    }
    let left = making.board.made_of(id).len();
    if left < 2 && joined.state == CardState::Open && !making.board.is_held(id) {
        release(&mut making, id);
        undo(&mut making, joined.clone());
    }
    // Who wrote what is not told where the ask does not tell it.
    let named = making.board.plan.ask(&joined.source).is_none_or(|ask| ask.named == Named::Yes);
    let name = if named { actor.name.as_str() } else { "" };
    making.tell_hosts(Said::new("split-off").with("name", name).with("what", &joined.source));
    Ok(making.done(Said::new("split")))
}

/// An author supports another card: their own stands behind it.
fn support(mut making: Making, who: &Who, mine: CardId, other: CardId) -> Result<Outcome, Refusal> {
    let actor = making.giving(who)?;
    let card = making.card(mine)?;
    if !alike::is_own(&making.board, &card, actor.id) {
        return Err(Refusal::NotYours);
    }
    let (ask, _) = making.open(&card.source.clone(), &[Kind::Cards])?;
    let other = seen(&making, other, actor.id)?;
    if !joining::may_support(&making.board, &ask) {
        return Err(Refusal::NotToJoin);
    }
    if !alike::may_be_one(&ask, &card, &other) || other.by == Some(actor.id) {
        return Err(Refusal::NotOnTheTable);
    }
    hand_over(&mut making, card.id, other.id);
    making.record(Change::Card(Card { state: CardState::Merged(other.id), ..card }));
    tree::link(&mut making, LinkKind::Supports, mine, other.id, Some(actor.id));
    Ok(onward(making, &ask, "supported", mine))
}

/// What lay under a card lies under another one, as far as there is room; the card has no place of its own any more.
fn hand_over(making: &mut Making, from: CardId, into: CardId) {
    let place = making.board.above(from).cloned();
    if let Some(link) = &place {
        making.record(Change::LinkGone(link.id));
    }
    let below: Vec<_> = making.board.links.to(from, LinkKind::Under).cloned().collect();
    for link in below {
        making.record(Change::LinkGone(link.id));
        if link.from != into && tree::fits(&making.board, link.from, into).is_ok() {
            tree::link(making, LinkKind::Under, link.from, into, link.by);
        }
    }
    // What lay below it, or had no place yet, takes its place.
    let free = place.filter(|_| making.board.above(into).is_none());
    if let Some(place) = free.filter(|place| tree::fits(&making.board, into, place.to).is_ok()) {
        tree::link(making, LinkKind::Under, into, place.to, place.by);
    }
}

/// An author lets a card stand alone again, until its window closes.
fn stand_alone(mut making: Making, who: &Who, id: CardId) -> Result<Outcome, Refusal> {
    let actor = making.giving(who)?;
    let card = making.board.cards.get(&id).cloned().ok_or(Refusal::CardGone)?;
    if card.by != Some(actor.id) {
        return Err(Refusal::NotYours);
    }
    let ask = making.ask(&card.source)?;
    let Some(behind) = making.board.support_of(&card).map(|link| link.to) else {
        // Pressed twice, or the other card was taken back meanwhile.
        let stands = card.state == CardState::Open;
        return if stands { Ok(onward(making, &ask, "stands-already", id)) } else { Err(Refusal::CardGone) };
    };
    making.open(&card.source, &[Kind::Cards])?;
    apart(&mut making, card, behind);
    Ok(onward(making, &ask, "stands-alone", id))
}

fn onward(making: Making, ask: &Ask, key: &str, card: CardId) -> Outcome {
    let said = Said::new(key).with("ask", &ask.key).with("card", card);
    making.reply(Reply { said, next: Next::Stay { ask: ask.key.clone() } })
}
