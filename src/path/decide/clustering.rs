//! Cards come under headings, and out from under them. What it means: `path/cluster.rs`.

use std::collections::BTreeSet;

use super::Outcome;
use super::founding::line;
use super::making::Making;
use crate::path::card::{Card, CardId};
use crate::path::change::Change;
use crate::path::cluster::{self, CLUSTERS_MAX, Cluster, ClusterId, Clustering, Heading, Headings};
use crate::path::people::{Person, PersonId, Who};
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::view::{Viewer, sees};
use crate::path::wording::is_same_name;

/// The most characters of a heading.
pub const HEADING_CHARS_MAX: u32 = 60;

pub(super) fn decide(making: Making, who: &Who, act: &Clustering) -> Result<Outcome, Refusal> {
    let actor = making.giving(who)?;
    match act {
        Clustering::Make { cards, name } => make(making, &actor, cards, name),
        Clustering::Rename { cluster, name } => rename(making, &actor, *cluster, name, Some(actor.id)),
        Clustering::NameBack { cluster } => {
            let before = seen(&making, *cluster, &actor)?.before().cloned().ok_or(Refusal::HeadingGone)?;
            rename(making, &actor, *cluster, &before.name, before.by)
        }
        Clustering::Add { cluster, cards } => add(making, &actor, *cluster, cards),
        Clustering::TakeOut { cluster, cards } => take_out(making, &actor, *cluster, cards),
        Clustering::Dissolve { cluster } => dissolve(making, &actor, *cluster),
        Clustering::Restore { cluster } => restore(making, &actor, *cluster),
    }
}

fn make(mut making: Making, actor: &Person, cards: &[CardId], name: &str) -> Result<Outcome, Refusal> {
    let name = line(name, "heading", HEADING_CHARS_MAX)?;
    let cards = on_board(&making, cards, actor)?;
    let (Some(first), true) = (cards.first(), cards.len() > 1) else { return Err(Refusal::TooFewToGroup) };
    let source = first.source.clone();
    lies_there(&making, &source, &cards)?;
    let over = over(&making, &cards);
    let together = over.first().copied().flatten().filter(|_| over.windows(2).all(|pair| pair[0] == pair[1]));
    if let Some(Ok(known)) = together.map(|known| seen(&making, known, actor)) {
        // Sent twice, or two people had the same idea: nothing is to be done.
        if is_same_name(known.name(), &name) {
            let said = told("grouped-so", &known).with("count", cards.len());
            return Ok(making.done(said));
        }
        return Err(Refusal::GroupedAlready { name: known.name().to_owned() });
    }
    is_free(&making, &over, actor)?;
    has_room(&making, actor, &source, &name, None)?;
    let heading = Heading { name, by: Some(actor.id), at: making.now };
    let cluster = Cluster {
        id: ClusterId(making.number()),
        source,
        headings: vec![heading],
        cards: cards.iter().map(|card| card.id).collect(),
        out: BTreeSet::new(),
        by: Some(actor.id),
        at: making.now,
        dissolved: None,
    };
    let said = told("grouped", &cluster).with("count", cards.len());
    making.record(Change::Cluster(cluster));
    Ok(making.done(said))
}

/// Names a group anew. `by` gave that name: whoever undoes a renaming gives back what somebody else had named.
fn rename(
    mut making: Making,
    actor: &Person,
    id: ClusterId,
    name: &str,
    by: Option<PersonId>,
) -> Result<Outcome, Refusal> {
    let name = line(name, "heading", HEADING_CHARS_MAX)?;
    let mut cluster = seen(&making, id, actor)?;
    if cluster.name() == name {
        return Ok(making.done(told("heading-same", &cluster)));
    }
    if !cluster::may_change(&making.board, &cluster, actor, true) {
        return Err(Refusal::NotYourHeading);
    }
    has_room(&making, actor, &cluster.source, &name, Some(id))?;
    cluster.headings.push(Heading { name, by, at: making.now });
    let said = told("heading-renamed", &cluster);
    making.record(Change::Cluster(cluster));
    Ok(making.done(said))
}

/// An own card, from wherever it lies; by whoever made the group also any that lies under no heading, and by hosts any.
fn add(mut making: Making, actor: &Person, id: ClusterId, cards: &[CardId]) -> Result<Outcome, Refusal> {
    let cluster = seen(&making, id, actor)?;
    let cards = on_board(&making, cards, actor)?;
    lies_there(&making, &cluster.source, &cards)?;
    let (there, new): (Vec<Card>, Vec<Card>) =
        cards.into_iter().partition(|card| making.board.cluster_of(card.id).is_some_and(|over| over.id == id));
    if new.is_empty() {
        let key = if there.is_empty() { return Err(Refusal::CardGone) } else { "into-heading-already" };
        return Ok(making.done(told(key, &cluster).with("count", there.len())));
    }
    let others: Vec<Card> = new.iter().filter(|card| !cluster::is_own(&making.board, card, actor)).cloned().collect();
    if !others.is_empty() && !cluster::may_change(&making.board, &cluster, actor, false) {
        return Err(Refusal::NotYourHeading);
    }
    if !actor.host {
        is_free(&making, &over(&making, &others), actor)?;
    }
    if others.iter().flat_map(|card| making.board.origins(card.id)).any(|card| cluster.out.contains(&card)) {
        return Err(Refusal::TakenOut);
    }
    if cluster::standing(&making.board, id).is_empty() {
        // Its last card was taken out; what it is called may be another's heading by now.
        has_room(&making, actor, &cluster.source, cluster.name(), Some(id))?;
    }
    let came_from = over(&making, &new);
    for card in &new {
        leave(&mut making, card.id);
    }
    let mut cluster = making.board.clusters.get(&id).cloned().unwrap_or(cluster);
    for card in &new {
        cluster.out.remove(&card.id);
        cluster.cards.insert(card.id);
    }
    let mut said = told("into-heading", &cluster).with("count", new.len());
    // They may have lain together under another heading: that is where undoing puts them back.
    if let (Some(Some(from)), true) = (came_from.first(), came_from.windows(2).all(|pair| pair[0] == pair[1])) {
        said = said.with("from", from);
    }
    making.record(Change::Cluster(cluster));
    Ok(making.done(said))
}

/// An own card by its author, and then only they put it back; any by hosts and by whoever made the group.
fn take_out(mut making: Making, actor: &Person, id: ClusterId, cards: &[CardId]) -> Result<Outcome, Refusal> {
    let cluster = seen(&making, id, actor)?;
    let there = on_board(&making, cards, actor)?.into_iter();
    let there: Vec<Card> =
        there.filter(|card| making.board.cluster_of(card.id).is_some_and(|over| over.id == id)).collect();
    let there: Vec<Card> = there.into_iter().filter(|card| cluster::lies_on(&making.board, &cluster, card)).collect();
    if there.is_empty() {
        return Err(Refusal::NotThere { name: cluster.name().to_owned() });
    }
    let own: BTreeSet<CardId> =
        there.iter().filter(|card| cluster::is_own(&making.board, card, actor)).map(|card| card.id).collect();
    if own.len() < there.len() && !cluster::may_change(&making.board, &cluster, actor, false) {
        return Err(Refusal::NotYourHeading);
    }
    for card in &there {
        leave(&mut making, card.id);
    }
    let mut cluster = making.board.clusters.get(&id).cloned().unwrap_or(cluster);
    cluster.out.extend(own);
    let said = told("card-out", &cluster).with("count", there.len());
    let said = there.first().map_or(said.clone(), |card| said.with("card", card.id));
    making.record(Change::Cluster(cluster));
    Ok(making.done(said))
}

fn dissolve(mut making: Making, actor: &Person, id: ClusterId) -> Result<Outcome, Refusal> {
    let mut cluster = seen(&making, id, actor)?;
    if !cluster::may_change(&making.board, &cluster, actor, false) {
        return Err(Refusal::NotYourHeading);
    }
    cluster.dissolved = Some(making.now);
    let said = told("heading-dissolved", &cluster);
    making.record(Change::Cluster(cluster));
    Ok(making.done(said))
}

/// The heading is there again, over those of its cards that lie under no other by now.
fn restore(mut making: Making, actor: &Person, id: ClusterId) -> Result<Outcome, Refusal> {
    let known = making.board.clusters.get(&id).cloned().ok_or(Refusal::HeadingGone)?;
    if !actor.host && known.by != Some(actor.id) {
        return Err(Refusal::NotYourHeading);
    }
    if known.dissolved.is_none() {
        return Ok(making.done(told("heading-restored", &known)));
    }
    has_room(&making, actor, &known.source, known.name(), Some(id))?;
    let headings = Headings::of(&making.board);
    let free = |card: &&CardId| headings.over(**card).is_none();
    let cards: BTreeSet<CardId> = known.cards.iter().filter(free).copied().collect();
    let cluster = Cluster { cards, dissolved: None, ..known };
    making.record(Change::Cluster(cluster.clone()));
    let standing = cluster::standing(&making.board, id);
    if standing.is_empty() || !standing.iter().all(|card| sees(&making.board, Viewer::Person(actor.id), card)) {
        return Err(Refusal::HeadingGone);
    }
    Ok(making.done(told("heading-restored", &cluster)))
}

/// A group that stands, if its heading is open to that person; one whose last card was taken out is open to all.
fn seen(making: &Making, id: ClusterId, person: &Person) -> Result<Cluster, Refusal> {
    let cluster = making.board.clusters.get(&id).filter(|cluster| cluster.dissolved.is_none());
    let cluster = cluster.ok_or(Refusal::HeadingGone)?;
    let viewer = Viewer::Person(person.id);
    let open = cluster::standing(&making.board, id).iter().all(|card| sees(&making.board, viewer, card));
    if open { Ok(cluster.clone()) } else { Err(Refusal::HeadingGone) }
}

/// The cards that stand for these today, each once, if they are open to that person.
fn on_board(making: &Making, cards: &[CardId], person: &Person) -> Result<Vec<Card>, Refusal> {
    let mut found: Vec<Card> = Vec::new();
    for id in cards {
        let card = making.board.standing_for(*id).ok_or(Refusal::CardGone)?;
        if !card.stands() || !sees(&making.board, Viewer::Person(person.id), card) {
            return Err(Refusal::CardGone);
        }
        if !found.iter().any(|known| known.id == card.id) {
            found.push(card.clone());
        }
    }
    Ok(found)
}

/// That cards may lie under one heading with those of an ask.
fn lies_there(making: &Making, source: &str, cards: &[Card]) -> Result<(), Refusal> {
    for card in cards {
        let ask = making.board.plan.ask(&card.source).ok_or(Refusal::NotToGroup)?;
        if !cluster::may_group(&making.board, ask) {
            return Err(Refusal::NotToGroup);
        }
        if !cluster::is_one_table(&making.board.plan, source, &ask.key) {
            return Err(Refusal::NotOneTable);
        }
    }
    Ok(())
}

/// The group over each card.
fn over(making: &Making, cards: &[Card]) -> Vec<Option<ClusterId>> {
    let headings = Headings::of(&making.board);
    cards.iter().map(|card| headings.over(card.id).map(|cluster| cluster.id)).collect()
}

/// That none of the cards lies under a heading. One that this person does not see is told of without its name.
fn is_free(making: &Making, over: &[Option<ClusterId>], person: &Person) -> Result<(), Refusal> {
    let Some(known) = over.iter().flatten().next() else { return Ok(()) };
    let name = seen(making, *known, person).map_or_else(|_| "…".to_owned(), |cluster| cluster.name().to_owned());
    Err(Refusal::UnderHeading { name })
}

/// That there is room on the table for one more heading, and that none that this person sees is called so.
fn has_room(making: &Making, actor: &Person, source: &str, name: &str, but: Option<ClusterId>) -> Result<(), Refusal> {
    let known = cluster::on_table(&making.board, source).into_iter().filter(|(known, _)| Some(known.id) != but);
    let known: Vec<(&Cluster, Vec<&Card>)> = known.collect();
    let viewer = Viewer::Person(actor.id);
    let is_seen = |cards: &[&Card]| cards.iter().all(|card| sees(&making.board, viewer, card));
    if known.iter().any(|(known, cards)| is_same_name(known.name(), name) && is_seen(cards)) {
        return Err(Refusal::HeadingTaken { name: name.to_owned() });
    }
    if known.len() >= CLUSTERS_MAX {
        return Err(Refusal::TooManyHeadings { most: CLUSTERS_MAX });
    }
    Ok(())
}

/// A card, and what it was made from, lies under no heading any more.
fn leave(making: &mut Making, card: CardId) {
    let origins = making.board.origins(card);
    let holds = |cluster: &&Cluster| cluster.dissolved.is_none() && origins.iter().any(|id| cluster.cards.contains(id));
    let holders: Vec<Cluster> = making.board.clusters.values().filter(holds).cloned().collect();
    for mut cluster in holders {
        cluster.cards.retain(|card| !origins.contains(card));
        making.record(Change::Cluster(cluster));
    }
}

fn told(key: &str, cluster: &Cluster) -> Said {
    Said::new(key).with("name", cluster.name()).with("cluster", cluster.id).with("ask", &cluster.source)
}
