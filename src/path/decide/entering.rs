//! A host enters what somebody said in a meeting or on the phone. It is theirs: marked as entered, sealed from the
//! host like anybody's, and theirs to change until the close.

use super::Outcome;
use super::figuring;
use super::giving;
use super::making::{Making, unknown};
use crate::path::act::Act;
use crate::path::approval::Approving;
use crate::path::card::Via;
use crate::path::change::Change;
use crate::path::consent::Consenting;
use crate::path::entered::Entered;
use crate::path::giver;
use crate::path::people::{PersonId, Standing, Who};
use crate::path::refusal::Refusal;
use crate::path::said::{Reply, Said};
use crate::path::window::{Giver, How, WindowId};

/// A host enters one act for somebody.
pub(super) fn enter(mut making: Making, who: &Who, person: PersonId, via: Via, act: &Act) -> Result<Outcome, Refusal> {
    let host = making.host(who)?;
    let row = making.person(person)?;
    match row.standing {
        Standing::Left => return Err(Refusal::HasLeft),
        Standing::Observer => return Err(Refusal::Observer),
        Standing::Asking => return Err(Refusal::NotConfirmed),
        Standing::Invited | Standing::Present => {}
    }
    if !matches!(via, Via::Live | Via::Phone) {
        return Err(unknown("via"));
    }
    let key = asked(act)?.to_owned();
    let ask = making.ask(&key)?;
    let (ask, window) = making.open(&key, &[ask.kind])?;
    let giver = making.giver(&ask, &window, &row)?;
    let is_first = !making.board.entered.contains_key(&(window.id, giver));
    if is_first && has_given(&making, window.id, giver) {
        return Err(Refusal::TheirOwn { ask: key });
    }
    if is_first {
        let said = Said::new("entered-for-you").with("name", &host.name).with("ask", &key);
        making.tell(person, said, None);
    }
    let at = making.now;
    making.record(Change::Entered(Entered { window: window.id, giver, by: host.id, via, at }));
    making.entering = Some(person);
    let outcome = theirs(making, &Who::Person(person), act)?;
    let said = Said::new("entered-for").with("name", &row.name).with("ask", &key);
    Ok(Outcome { reply: Reply::done(said), ..outcome })
}

/// Whether somebody has given, or begun to, by themselves.
fn has_given(making: &Making, window: WindowId, mine: Giver) -> bool {
    let placed = making.board.figures.keys().chain(making.board.ballots.keys());
    giver::given(&making.board, window, mine).is_some()
        || placed.into_iter().any(|key| key.window == window && key.giver == mine)
}

/// The ask that an act answers; what hosts do not enter for others is refused.
fn asked(act: &Act) -> Result<&str, Refusal> {
    match act {
        Act::Mark { ask, .. }
        | Act::MarkAmong { ask, .. }
        | Act::Answer { ask, .. }
        | Act::Assign { ask, .. }
        | Act::Place { ask, .. }
        | Act::Pass { ask }
        | Act::Consent(Consenting::Approving(Approving::Subject { ask, .. })) => Ok(ask),
        _ => Err(Refusal::WrongKind { ask: String::new() }),
    }
}

fn theirs(making: Making, who: &Who, act: &Act) -> Result<Outcome, Refusal> {
    match act {
        Act::Mark { ask, cards } => figuring::mark(making, who, ask, cards),
        Act::MarkAmong { ask, among, cards } => figuring::mark_among(making, who, ask, among, cards),
        Act::Answer { ask, card, value, note, proposal } => {
            let said = figuring::Spoken { value: *value, note, proposal };
            figuring::answer(making, who, ask, *card, &said)
        }
        Act::Assign { ask, about, card } => figuring::assign(making, who, ask, *about, *card),
        Act::Place { ask, pile, card, count } => figuring::place(making, who, ask, pile, *card, *count),
        Act::Pass { ask } => giving::without_words(making, who, ask, How::Passed),
        Act::Consent(Consenting::Approving(Approving::Subject { ask, until })) => {
            figuring::subject(making, who, ask, until)
        }
        _ => Err(Refusal::WrongKind { ask: String::new() }),
    }
}
