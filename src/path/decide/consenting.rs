//! Consent rounds: what stands, what is open, and the next round.

use std::collections::BTreeSet;

use super::Outcome;
use super::approving;
use super::closing::put_down;
use super::making::Making;
use super::opening::{self, Again};
use super::reopening;
use crate::path::card::CardId;
use crate::path::consent::Consenting;
use crate::path::figure::{Settled, Tally};
use crate::path::people::Who;
use crate::path::plan::{Ask, Kind};
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::window::Window;
use crate::path::{rounds, wording};

/// Characters of the reasons with which the next round is opened: two long ones fit.
const BECAUSE_CHARS_MAX: usize = 600;

pub(super) fn consent(making: Making, who: &Who, act: &Consenting) -> Result<Outcome, Refusal> {
    match act {
        Consenting::NextRound { ask } => next_round(making, who, ask),
        Consenting::Approving(act) => approving::approve(making, who, act),
        Consenting::Reopening(act) => reopening::reopen(making, who, act),
    }
}

/// A round has closed: lines that nobody says *not yet* to stand, with those that stood before; in the last
/// round the fallback speaks for the others. What stays open is told to the hosts.
pub(super) fn settle(making: &mut Making, ask: &Ask, window: &Window, slate: &[CardId], tallies: &[Tally]) {
    let last = rounds::round(&making.board, window) >= ask.rounds;
    let settled = |line: &CardId, how| rounds::settles(ask, tallies, *line, last) == Some(how);
    let of = |how| slate.iter().copied().filter(|line| settled(line, how)).collect::<Vec<_>>();
    let (consented, outvoted) = (of(Settled::Consent), of(Settled::Fallback));
    // A window with a slate of its own speaks of a part: what stood before stands on.
    let mut kept = if window.slate.is_empty() { Vec::new() } else { carried(making, ask, slate) };
    for (lines, how) in [(&consented, Settled::Consent), (&outvoted, Settled::Fallback)] {
        kept.extend(lines);
        in_order(making, ask, &mut kept);
        let within = ask.keep.is_none_or(|keep| keep.holds(kept.len()));
        if !lines.is_empty() && within {
            put_down(making, ask, None, kept.clone(), how);
        }
    }
    let open = slate.len() - consented.len() - outvoted.len();
    if open > 0 && !tallies.is_empty() {
        let key = if last { "no-more-rounds" } else { "next-round" };
        making.tell_hosts(Said::new(key).with("ask", &ask.key).with("count", open));
    }
}

/// What the ask kept before and this slate does not speak of.
fn carried(making: &Making, ask: &Ask, slate: &[CardId]) -> Vec<CardId> {
    let board = &making.board;
    let spoken_of: BTreeSet<CardId> = slate.iter().flat_map(|line| board.origins(*line)).collect();
    let stands = |card: &CardId| board.cards.get(card).is_some_and(crate::path::Card::stands);
    board.kept(&ask.key).iter().copied().filter(|card| !spoken_of.contains(card) && stands(card)).collect()
}

/// Lines in the order in which they were first asked.
fn in_order(making: &Making, ask: &Ask, lines: &mut [CardId]) {
    let board = &making.board;
    let mut windows: Vec<&Window> = board.windows.values().filter(|window| window.ask == ask.key).collect();
    windows.sort_by_key(|window| window.nth);
    let asked: Vec<CardId> = windows.into_iter().flat_map(|window| window.slate.iter().copied()).collect();
    let place = |line: CardId| {
        let origins = board.origins(line);
        asked.iter().position(|known| origins.contains(known))
    };
    lines.sort_by_key(|line| place(*line).unwrap_or(usize::MAX));
}

/// A host opens the next round: only the open lines lie on the table, and why is said with the reasons.
fn next_round(making: Making, who: &Who, key: &str) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let ask = making.ask(key)?;
    if ask.kind != Kind::Consent {
        return Err(Refusal::WrongKind { ask: ask.key });
    }
    if making.board.window_of(key).is_some_and(Window::is_open) {
        return Err(Refusal::AlreadyOpen { what: ask.key });
    }
    let slate = rounds::next_slate(&making.board, &ask);
    if slate.is_empty() {
        return Err(Refusal::NothingObjected { ask: ask.key });
    }
    if !rounds::may_go_on(&making.board, &ask) {
        return Err(Refusal::RoundsOver { rounds: ask.rounds, ask: ask.key });
    }
    let because = because(&making, &ask);
    opening::open_ask(making, who, key, &Again { alone: true, because: &because, slate: &slate, about: &[] })
}

/// The reasons in one line, as many as fit; where nobody may read them any more, the open lines themselves.
fn because(making: &Making, ask: &Ask) -> String {
    let board = &making.board;
    let open = rounds::open_lines(board, ask);
    let reasons = open.iter().flat_map(|line| rounds::objections(board, ask, *line)).map(|said| said.note.as_str());
    let mut words: Vec<&str> = reasons.filter(|note| !note.is_empty()).collect();
    if words.is_empty() {
        words = open.iter().filter_map(|line| board.cards.get(line)).map(|card| board.words_of(card)).collect();
    }
    words.dedup();
    let mut room = BECAUSE_CHARS_MAX;
    words.retain(|reason| {
        let chars = wording::chars(reason);
        let fits = chars <= room;
        room = room.saturating_sub(chars);
        fits
    });
    words.join(" · ")
}
