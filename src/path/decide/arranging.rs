//! What hosts do with cards: merge, reword, keep, put aside. They lead the process, not the content.

use std::collections::BTreeSet;

use super::Outcome;
use super::closing::put_down;
use super::making::{Making, unknown};
use super::tree;
use crate::path::card::{Card, CardId, CardState};
use crate::path::change::Change;
use crate::path::figure::{Decision, DecisionId, Settled};
use crate::path::people::{PartnerId, PersonId, Who};
use crate::path::plan::{Ask, Form, Kind, LinkKind};
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::{rounds, table, wording};

/// The most characters of a host's wording.
pub const WORDING_CHARS_MAX: u32 = 280;

/// A host puts down what the group chose.
pub(super) fn keep(
    mut making: Making,
    who: &Who,
    key: &str,
    about: Option<PartnerId>,
    cards: &[CardId],
    despite: Option<&str>,
) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let ask = making.ask(key)?;
    let window = making.board.window_of(key).ok_or_else(|| Refusal::NotOpenYet { ask: key.to_owned() })?.clone();
    if window.is_open() {
        return Err(Refusal::AlreadyOpen { what: key.to_owned() });
    }
    let bounds = match (ask.kind, ask.keep, about) {
        (Kind::Assign, _, Some(partner)) if making.board.partners.contains_key(&partner) => {
            crate::path::plan::Bounds::default()
        }
        (Kind::Assign, _, Some(partner)) => return Err(unknown(partner)),
        (_, Some(bounds), None) => bounds,
        _ => return Err(Refusal::WrongKind { ask: key.to_owned() }),
    };
    let unique: BTreeSet<CardId> = cards.iter().copied().collect();
    let table: Vec<CardId> = table::table(&making.board, &window).iter().map(|card| card.id).collect();
    if unique.len() != cards.len() || unique.iter().any(|card| !on_table(&making, &table, *card)) {
        return Err(Refusal::NotOnTheTable);
    }
    let reason = despite.unwrap_or_default().trim().to_owned();
    if !bounds.holds(cards.len()) && reason.is_empty() {
        return Err(Refusal::OutOfBounds { min: bounds.min, max: bounds.max, count: cards.len() });
    }
    let id = DecisionId(making.number());
    let (ask, at) = (key.to_owned(), making.now);
    making.record(Change::Decision(Decision { id, ask, about, cards: cards.to_vec(), how: Settled::Host, reason, at }));
    Ok(making.done(Said::new("kept").with("ask", key).with("count", cards.len())))
}

/// A card is on the table if it lay there, or was made from one that did.
fn on_table(making: &Making, table: &[CardId], card: CardId) -> bool {
    making.board.origins(card).iter().any(|origin| table.contains(origin))
}

/// A host words a card anew: one that is kept, or a line that was there from the start.
pub(super) fn reword(mut making: Making, who: &Who, key: &str, id: CardId, text: &str) -> Result<Outcome, Refusal> {
    let host = making.host(who)?;
    let ask = making.ask(key)?;
    let words = worded(text, WORDING_CHARS_MAX)?;
    if takes_sentences(&making, &ask) {
        let sentences = wording::sentences(&words);
        if sentences != 1 {
            return Err(Refusal::NotOneSentence { sentences });
        }
    }
    let new = match making.board.decision(key, None).cloned().filter(|kept| kept.cards.contains(&id)) {
        Some(kept) => reword_kept(&mut making, &ask, &kept, id, &words, host.id),
        None => match kept_elsewhere(&making, &ask, id) {
            Some((source, kept)) => reword_kept(&mut making, &source, &kept, id, &words, host.id),
            None => reword_line(&mut making, &ask, id, &words, host.id)?,
        },
    };
    for author in authors(&making, id, host.id) {
        making.tell(author, Said::new("reworded-yours").with("ask", key), Some(new));
    }
    Ok(making.done(Said::new("reworded").with("ask", key)))
}

/// A kept card: the old one stays as its source, the new one is kept in its place.
fn reword_kept(making: &mut Making, ask: &Ask, kept: &Decision, id: CardId, words: &str, host: PersonId) -> CardId {
    let card = making.new_card(&ask.key, "text", words, Some(host));
    let new = card.id;
    making.record(Change::Card(card));
    tree::link(making, LinkKind::MadeFrom, new, id, Some(host));
    let cards = kept.cards.iter().map(|card| if *card == id { new } else { *card }).collect();
    // It stands as it was settled, and the others as they were.
    let how = rounds::settled_by(&making.board, kept, id).how;
    put_down(making, ask, None, cards, how);
    new
}

/// The ask that keeps an open line of a page, and its decision: the new wording is kept there.
fn kept_elsewhere(making: &Making, ask: &Ask, id: CardId) -> Option<(Ask, Decision)> {
    if !ask.kept || !rounds::open_lines(&making.board, ask).contains(&id) {
        return None;
    }
    ask.from.iter().find_map(|source| {
        let kept = making.board.decision(source, None).filter(|kept| kept.cards.contains(&id))?;
        Some((making.board.plan.ask(source)?.clone(), kept.clone()))
    })
}

/// A line of a list (a ground rule, an agreement), or one that is still objected to: reworked by the host,
/// on the table again at the next round. Hosts lead the process: what else people wrote they word anew only
/// once it is kept.
fn reword_line(making: &mut Making, ask: &Ask, id: CardId, words: &str, host: PersonId) -> Result<CardId, Refusal> {
    let old = making.card(id)?;
    let is_a_line =
        ask.kind == Kind::Consent && ask.from.contains(&old.source) && making.board.plan.list(&old.source).is_some();
    if !is_a_line && !rounds::open_lines(&making.board, ask).contains(&id) {
        return Err(Refusal::NotOnTheTable);
    }
    let headline = making.board.headline_of(&old).to_owned();
    let mut card = making.new_card(&old.source, &headline, words, Some(host));
    (card.window, card.group) = (old.window, old.group);
    let new = card.id;
    making.record(Change::Card(card));
    making.record(Change::Card(Card { state: CardState::Merged(new), ..old }));
    tree::link(making, LinkKind::MadeFrom, new, id, Some(host));
    Ok(new)
}

/// Whether what this ask keeps comes from an ask for one sentence.
fn takes_sentences(making: &Making, ask: &Ask) -> bool {
    ask.from.iter().filter_map(|source| making.board.plan.ask(source)).any(|source| source.form == Form::Sentence)
}

fn authors(making: &Making, card: CardId, but: PersonId) -> BTreeSet<PersonId> {
    let origins = making.board.origins(card);
    origins.iter().filter_map(|id| making.board.cards.get(id)?.by).filter(|by| *by != but).collect()
}

/// A host puts a card aside with a reason, or brings it back.
pub(super) fn park(mut making: Making, who: &Who, id: CardId, reason: Option<&str>) -> Result<Outcome, Refusal> {
    let host = making.host(who)?;
    let mut card = making.card(id)?;
    let key = if reason.is_some() { "parked" } else { "unparked" };
    card.parked = match reason {
        Some(words) if words.trim().is_empty() => return Err(Refusal::NeedsReason),
        Some(words) => Some(worded(words, WORDING_CHARS_MAX)?),
        None => None,
    };
    let author = card.by.filter(|by| *by != host.id && card.parked.is_some());
    making.record(Change::Card(card));
    if let Some(author) = author {
        making.tell(author, Said::new("parked-yours"), Some(id));
    }
    Ok(making.done(Said::new(key)))
}

/// Somebody marks that a card's words are used differently by others: it goes to *our words*.
pub(super) fn dispute(mut making: Making, who: &Who, id: CardId) -> Result<Outcome, Refusal> {
    let actor = making.giving(who)?;
    let mut card = making.card(id)?;
    if !crate::path::view::sees(&making.board, crate::path::Viewer::Person(actor.id), &card) {
        return Err(Refusal::CardGone);
    }
    card.disputed = true;
    making.record(Change::Card(card));
    Ok(making.done(Said::new("disputed")))
}

pub(super) fn worded(text: &str, chars_max: u32) -> Result<String, Refusal> {
    super::founding::line(text, "text", chars_max)
}
