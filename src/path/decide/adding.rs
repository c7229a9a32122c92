//! Adding to an ask that has closed, for those who missed it.

use super::Outcome;
use super::making::Making;
use super::{fields, giving};
use crate::path::act::Giving;
use crate::path::addition;
use crate::path::card::{Card, CardState, Text};
use crate::path::change::Change;
use crate::path::people::{Person, Who};
use crate::path::plan::Ask;
use crate::path::refusal::Refusal;
use crate::path::said::{Next, Reply, Said};

/// Somebody who missed a closed ask adds a card to it, or words one anew that they added.
pub(super) fn add(mut making: Making, who: &Who, given: &Giving) -> Result<Outcome, Refusal> {
    let actor = making.giving(who)?;
    let ask = making.ask(&given.ask)?;
    let person = giving::on_behalf(&making, &actor, given.behalf)?;
    let old = given.card.map(|id| making.card(id)).transpose()?;
    let closed = || Refusal::Closed { ask: ask.key.clone() };
    if old.as_ref().is_some_and(|card| !is_own(card, &ask, &actor)) {
        return Err(closed());
    }
    let window = match (&old, addition::window(&making.board, &ask, &person)) {
        (_, Some(window)) => window.clone(),
        (Some(_), None) => making.board.window_of(&ask.key).cloned().ok_or_else(closed)?,
        (None, None) => return Err(closed()),
    };
    let typed = giving::whole(old.as_ref(), given);
    let fields = fields::read(&making, &ask, &person, &typed, given.despite)?;
    let is_first = !making.board.cards.values().any(|card| is_own(card, &ask, &person));
    let mut card = old.unwrap_or_else(|| giving::new(&mut making, &ask, &window, &person));
    card.added = true;
    card.behalf = given.behalf.map(|_| actor.id);
    card.texts.push(Text { fields, by: Some(actor.id), via: given.via, at: making.now });
    giving::confirm_by(&mut making, &ask, &mut card, &actor);
    giving::fits(&making, &ask, &card)?;
    making.record(Change::Card(card.clone()));
    giving::join(&mut making, &ask, &card, Some(actor.id));
    super::drafting::take_volunteers(&mut making);
    if making.board.drafts.contains_key(&(actor.id, ask.key.clone())) {
        making.record(Change::DraftGone { person: actor.id, ask: ask.key.clone() });
    }
    if is_first {
        making.tell_hosts(Said::new("added-late").with("name", &person.name).with("ask", &ask.key));
    }
    let said = Said::new("added").with("ask", &ask.key).with("card", card.id);
    Ok(making.reply(Reply { said, next: Next::Stay { ask: ask.key } }))
}

/// Somebody takes back what they added.
pub(super) fn withdraw(mut making: Making, card: Card) -> Outcome {
    let said = Said::new("withdrawn").with("ask", &card.source);
    let ask = card.source.clone();
    making.record(Change::Card(Card { state: CardState::Withdrawn, ..card }));
    making.reply(Reply { said, next: Next::Stay { ask } })
}

/// Whether a card is an addition of this person to this ask.
pub(super) fn is_own(card: &Card, ask: &Ask, person: &Person) -> bool {
    card.added && card.source == ask.key && card.state == CardState::Open && card.by == Some(person.id)
}
