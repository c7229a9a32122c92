//! Drafters are named: by hosts, or by themselves; and what goes forward where nobody drafts.

use std::collections::BTreeSet;

use super::Outcome;
use super::making::Making;
use super::opening::{self, Again};
use super::tree;
use crate::path::card::CardId;
use crate::path::change::Change;
use crate::path::drafting::{self, Due, Step};
use crate::path::notice::Notice;
use crate::path::people::{PersonId, Who};
use crate::path::plan::{Ask, By, Kind, LinkKind};
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::window::Window;

/// A host names who drafts.
pub(super) fn drafters(
    mut making: Making,
    who: &Who,
    key: &str,
    people: &BTreeSet<PersonId>,
) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let (ask, window) = making.open(key, &[Kind::Cards])?;
    if ask.by != By::Drafters {
        return Err(Refusal::WrongKind { ask: ask.key });
    }
    if people.is_empty() {
        return Err(Refusal::TooFewPeople { least: 1 });
    }
    for id in people {
        if !making.person(*id)?.takes_part() {
            return Err(Refusal::NotAMember);
        }
    }
    let before = window.drafters.clone();
    let people: Vec<PersonId> = people.iter().copied().collect();
    let said = Said::new("drafters-named").with("ask", key).with("names", names(&making, &people));
    for person in &people {
        making.tell(*person, Said::new("you-draft").with("ask", key), None);
    }
    for person in before.into_iter().filter(|person| !people.contains(person)) {
        making.tell(person, Said::new("you-draft-no-more").with("ask", key), None);
    }
    making.record(Change::Window(Window { drafters: people.into_iter().collect(), ..window }));
    Ok(making.done(said))
}

/// Volunteers become drafters of what is open and has none, as soon as there are two of two partners.
pub(super) fn take_volunteers(making: &mut Making) {
    let drafted = making.board.plan.asks().map(|(_, _, ask)| ask).filter(|ask| ask.drafting.is_some());
    for ask in drafted.cloned().collect::<Vec<Ask>>() {
        let Some(drafting) = &ask.drafting else { continue };
        let Some(window) = making.board.window_of(&ask.key).cloned() else { continue };
        let people = drafting::volunteers(&making.board, drafting);
        if window.is_open() && drafting::is_free(&making.board, &window) && !people.is_empty() {
            name(making, window, &people, "you-draft-offered", "drafters-offered");
        }
    }
}

/// Time asks authors, or lets a draft go forward, where that is due.
pub(super) fn pass(making: &mut Making) {
    for Due { ask, step, at } in drafting::due(&making.board) {
        if at > making.now {
            continue;
        }
        let Ok(ask) = making.ask(&ask) else { continue };
        match step {
            Step::Name(people) => {
                let window = making.board.window_of(&ask.key).cloned();
                if let Some(window) = window {
                    name(making, window, &people, "you-draft-author", "drafters-authors");
                }
            }
            Step::OpenFor(people) => open_for(making, &ask, &people),
            Step::Forward(card) => forward(making, &ask, card),
        }
        making.notice(Notice::Board);
    }
}

fn name(making: &mut Making, window: Window, people: &[PersonId], told: &str, hosts_told: &str) {
    let ask = window.ask.clone();
    for person in people {
        making.tell(*person, Said::new(told).with("ask", &ask).with("ends_s", window.ends.timestamp()), None);
    }
    let names = names(making, people);
    making.tell_hosts(Said::new(hosts_told).with("ask", &ask).with("names", names));
    making.record(Change::Window(Window { drafters: people.iter().copied().collect(), ..window }));
}

/// The ask opens once more, alone and for one working day, for the authors of what moved most.
fn open_for(making: &mut Making, ask: &Ask, people: &[PersonId]) {
    let Some((_, sitting)) = making.board.plan.sitting_of(&ask.key) else { return };
    let sitting = sitting.clone();
    let again = Again { alone: true, ..Again::default() };
    let window = opening::window(making, &sitting, ask, &again);
    let window = window.ending(super::timing::ends(making, making.now, 1));
    name(making, window, people, "you-draft-author", "drafters-authors");
    making.notice(Notice::AskOpens { ask: ask.key.clone() });
}

/// Nobody drafted: a card is made from what moved most, with its words as they are, and speaks for it.
fn forward(making: &mut Making, ask: &Ask, from: CardId) {
    let (Some(draft), Some(field)) = (making.board.cards.get(&from), ask.headline()) else { return };
    let words = making.board.words_of(draft).to_owned();
    // A host may have joined it from several: it is the words of all of them.
    let written = making.board.origins(from).into_iter().filter_map(|id| making.board.cards.get(&id));
    let written = written.filter(|card| !making.board.is_made(card.id));
    let authors: BTreeSet<PersonId> = written.filter_map(|card| card.by).collect();
    let mut card = making.new_card(&ask.key, &field.key, &words, None);
    card.window = making.board.window_of(&ask.key).map(|window| window.id);
    let id = card.id;
    making.record(Change::Card(card));
    tree::link(making, LinkKind::MadeFrom, id, from, None);
    for author in authors {
        making.tell(author, Said::new("draft-yours-forward").with("ask", &ask.key), Some(id));
    }
    making.tell_hosts(Said::new("draft-forward").with("ask", &ask.key));
}

fn names(making: &Making, people: &[PersonId]) -> String {
    let names = people.iter().filter_map(|id| making.board.people.get(id)).map(|person| person.name.as_str());
    names.collect::<Vec<_>>().join(", ")
}
