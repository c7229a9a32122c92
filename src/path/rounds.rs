//! Consent rounds: which round a window is, what settles a line, and which lines are still open.
//!
//! Nothing of this is stored: it follows from windows, counts and decisions. A round with objections
//! is followed by the next one, up to the number the plan gives; then the ask's fallback speaks.

use std::collections::BTreeSet;

use super::board::Board;
use super::card::CardId;
use super::figure::{Decision, Figure, Settled, Tally, Value};
use super::people::PartnerId;
use super::plan::{Ask, Fallback, Kind};
use super::reopening;
use super::table;
use super::tally::{self, VOICE};
use super::window::Window;

/// Which round of its ask a window is, from 1. What the group settled by another way since, or rounds
/// that are over, begin anew.
#[must_use]
pub fn round(board: &Board, window: &Window) -> u16 {
    let Some(ask) = board.plan.ask(&window.ask) else { return 1 };
    let mut earlier: Vec<&Window> =
        board.windows.values().filter(|one| one.ask == ask.key && one.nth <= window.nth).collect();
    earlier.sort_by_key(|one| one.nth);
    let follows = |one: &Window, next: &Window| {
        let objected = board.tallies.iter().any(|row| row.window == one.id && row.value == Value::NotYet);
        objected && !settled_by_hand(board, one, next) && !reopening::is_reopened(board, next)
    };
    let mut round = 1;
    for pair in earlier.windows(2) {
        round = if round < ask.rounds && follows(pair[0], pair[1]) { round + 1 } else { 1 };
    }
    round
}

/// Whether a host put down what the group chose between two windows.
fn settled_by_hand(board: &Board, one: &Window, next: &Window) -> bool {
    let between = |at| one.closed.is_some_and(|closed| closed <= at) && at <= next.opens;
    board.decisions.iter().any(|known| known.ask == one.ask && known.how == Settled::Host && between(known.at))
}

/// What settles a line by the counts of its round; none if it stays open.
#[must_use]
pub fn settles(ask: &Ask, tallies: &[Tally], line: CardId, last: bool) -> Option<Settled> {
    let figures = |values: &[Value]| sum(tallies, line, values, |row| row.figures);
    let voices = |values: &[Value]| sum(tallies, line, values, |row| row.voices);
    let (yes, no) = ([Value::Stands, Value::Remark], [Value::NotYet]);
    let (agree, object) = (figures(&yes), figures(&no));
    if object == 0 {
        return (agree > 0).then_some(Settled::Consent);
    }
    // Voices that lie so close that rounding alone may have parted them are no majority.
    let (heard, against) = (voices(&yes) + voices(&no), voices(&no));
    let most_partners = voices(&yes) > against + 2 * heard.div_ceil(VOICE);
    let most_people = match ask.fallback {
        Fallback::TwoThirds => agree * 3 >= (agree + object) * 2,
        Fallback::Majority => agree > object,
        Fallback::Nothing => false,
    };
    (last && most_people && most_partners).then_some(Settled::Fallback)
}

fn sum(tallies: &[Tally], line: CardId, values: &[Value], of: impl Fn(&Tally) -> u32) -> u32 {
    tallies.iter().filter(|row| row.card == line && values.contains(&row.value)).map(of).sum()
}

/// Lines that stayed open in the newest round of a consent, if it has closed with objections and nothing
/// has settled them since.
#[must_use]
pub fn open_lines(board: &Board, ask: &Ask) -> Vec<CardId> {
    let Some(window) = board.window_of(&ask.key).filter(|window| ask.kind == Kind::Consent && !window.is_open()) else {
        return Vec::new();
    };
    let by_hand = board
        .decision(&ask.key, None)
        .is_some_and(|known| known.how == Settled::Host && window.closed.is_some_and(|closed| closed <= known.at));
    if by_hand {
        return Vec::new();
    }
    let tallies: Vec<Tally> = board.tallies.iter().filter(|row| row.window == window.id).cloned().collect();
    let last = round(board, window) >= ask.rounds;
    let objected = |line: CardId| sum(&tallies, line, &[Value::NotYet], |row| row.figures) > 0;
    let open = |line: &CardId| objected(*line) && settles(ask, &tallies, *line, last).is_none();
    window.slate.iter().copied().filter(open).collect()
}

/// Whether another round may follow the newest one.
#[must_use]
pub fn may_go_on(board: &Board, ask: &Ask) -> bool {
    board.window_of(&ask.key).is_some_and(|window| round(board, window) < ask.rounds)
}

/// The cards that stand for the open lines today, worded anew or not: the slate of the next round.
#[must_use]
pub fn next_slate(board: &Board, ask: &Ask) -> Vec<CardId> {
    let open = open_lines(board, ask);
    let Some(window) = board.window_of(&ask.key) else { return Vec::new() };
    let all = table::table(board, &Window { slate: Vec::new(), ..window.clone() });
    let of_these = |card: CardId| board.origins(card).iter().any(|origin| open.contains(origin));
    all.into_iter().map(|card| card.id).filter(|card| of_these(*card)).collect()
}

/// What was said against a line in the newest round of an ask, as far as this board shows it.
#[must_use]
pub fn objections<'a>(board: &'a Board, ask: &Ask, line: CardId) -> Vec<&'a Figure> {
    let Some(window) = board.window_of(&ask.key) else { return Vec::new() };
    let said = board.figures.values().filter(|figure| figure.key.window == window.id && figure.card == line);
    said.filter(|figure| figure.value == Value::NotYet).collect()
}

/// The decision that settled a card: the given one, or an earlier one whose outcome it carries on.
#[must_use]
pub fn settled_by<'a>(board: &'a Board, decision: &'a Decision, card: CardId) -> &'a Decision {
    let mut found = decision;
    let newest = board.decisions.iter().rev().skip_while(|known| known.id != decision.id).skip(1);
    for before in newest.filter(|known| known.ask == decision.ask && known.about == decision.about) {
        let by_rounds = matches!(found.how, Settled::Consent | Settled::Fallback);
        let asked = window_of(board, found).is_some_and(|window| lay_on(window, card));
        if !by_rounds || !before.cards.contains(&card) || asked && before.at != found.at {
            break;
        }
        found = before;
    }
    found
}

/// The window whose close settled a decision; none if a host put it down.
#[must_use]
pub fn window_of<'a>(board: &'a Board, decision: &Decision) -> Option<&'a Window> {
    board.windows.values().find(|window| window.ask == decision.ask && window.closed == Some(decision.at))
}

/// Whether a card lay on the table of a window that has closed.
#[must_use]
pub fn lay_on(window: &Window, card: CardId) -> bool {
    window.slate.is_empty() || window.slate.contains(&card)
}

/// The newest closed window of an ask in which one of these cards lay on the table.
#[must_use]
pub fn asked_last<'a>(board: &'a Board, ask: &str, cards: &[CardId]) -> Option<&'a Window> {
    let closed = board.windows.values().filter(|window| window.ask == ask && !window.is_open());
    closed.filter(|window| cards.iter().any(|card| lay_on(window, *card))).max_by_key(|window| window.nth)
}

/// Partners of whom nobody answered on a line in a window: it does not bind them. Empty where this board
/// does not show who answered.
#[must_use]
pub fn unheard(board: &Board, window: &Window, line: CardId) -> Vec<PartnerId> {
    let counted = board.tallies.iter().filter(|row| row.window == window.id && row.card == line);
    let counted: u32 = counted.map(|row| row.figures).sum();
    let said: Vec<&Figure> =
        board.figures.values().filter(|figure| figure.key.window == window.id && figure.card == line).collect();
    if counted == 0 || u32::try_from(said.len()) != Ok(counted) {
        return Vec::new();
    }
    // To those outside, each who said something is a stranger.
    let heard: Option<BTreeSet<PartnerId>> =
        said.iter().map(|figure| tally::partner_of(board, figure.key.giver)).collect();
    let Some(heard) = heard else { return Vec::new() };
    let at = window.closed.unwrap_or(window.ends);
    let there = board.partners.values().filter(|partner| partner.until.is_none_or(|until| until > at));
    there.map(|partner| partner.id).filter(|partner| !heard.contains(partner)).collect()
}
