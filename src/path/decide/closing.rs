//! Closing asks, sittings and phases: counts are kept, ballots go, what was settled is put down.

use super::Outcome;
use super::approving;
use super::consenting;
use super::giving;
use super::making::{Making, unknown};
use crate::path::board::Board;
use crate::path::card::{Card, CardId, Text, Via};
use crate::path::change::Change;
use crate::path::figure::{Decision, DecisionId, Settled, Tally};
use crate::path::giver::{self, Progress};
use crate::path::notice::Notice;
use crate::path::people::{PartnerId, Who};
use crate::path::plan::{Ask, Kind, Phase, Rule};
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::version::{Version, VersionId};
use crate::path::window::{Window, WindowState};
use crate::path::{checks, table, tally};

/// A host closes a sitting, with people missing only if they say why.
pub(super) fn close(mut making: Making, who: &Who, key: &str, despite: Option<&str>) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let (_, sitting) = making.board.plan.sitting(key).ok_or_else(|| unknown(key))?;
    let sitting = sitting.clone();
    let open = open_windows(&making, &sitting.asks);
    if open.is_empty() {
        let asks = sitting.asks.iter().filter_map(|ask| making.board.window_of(&ask.key));
        let said = closed_before("sitting", key, asks).ok_or_else(|| Refusal::NotOpenYet { ask: key.to_owned() })?;
        return Ok(making.done(said));
    }
    if sitting.rule == Rule::Decide {
        for (ask, window) in open.iter().filter(|(ask, _)| ask.binds()) {
            quorum(&giver::progress(&making.board, window), &making, ask, despite)?;
        }
    }
    for (ask, window) in &open {
        close_window(&mut making, ask, window, despite);
    }
    making.notice(Notice::Closes { sitting: key.to_owned() });
    making.notice(Notice::Board);
    super::drafting::pass(&mut making);
    super::advancing::tell_what_is_lacking(&mut making);
    Ok(making.done(Said::new("closed-sitting").with("sitting", key)))
}

/// A host closes one ask alone.
pub(super) fn close_ask(mut making: Making, who: &Who, key: &str, despite: Option<&str>) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let ask = making.ask(key)?;
    if let Some(said) = closed_before("ask", key, making.board.window_of(key).into_iter()) {
        return Ok(making.done(said));
    }
    let (_, window) = making.open(key, &[ask.kind])?;
    let rule = making.board.plan.sitting_of(key).map_or(Rule::Gather, |(_, sitting)| sitting.rule);
    if rule == Rule::Decide && ask.binds() {
        quorum(&giver::progress(&making.board, &window), &making, &ask, despite)?;
    }
    close_window(&mut making, &ask, &window, despite);
    making.notice(Notice::AskCloses { ask: key.to_owned() });
    making.notice(Notice::Board);
    super::drafting::pass(&mut making);
    Ok(making.done(Said::new("closed-ask").with("ask", key)))
}

/// What a host reads who comes too late to close: it has closed by itself, or another host was faster.
fn closed_before<'a>(gap: &str, key: &str, windows: impl Iterator<Item = &'a Window>) -> Option<Said> {
    let last = windows.max_by_key(|window| (window.closed.is_none(), window.closed))?;
    let at = last.closed?;
    let words = if last.itself { "closed-itself" } else { "closed-already" };
    let words = if gap == "ask" { format!("{words}-ask") } else { words.to_owned() };
    Some(Said::new(&words).with(gap, key).with("at_s", at.timestamp()))
}

/// A host closes a phase: all that is open in it, then its checks, then a snapshot.
pub(super) fn close_phase(mut making: Making, who: &Who, key: &str, despite: Option<&str>) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let phase = making.board.plan.phase(key).cloned().ok_or_else(|| unknown(key))?;
    if making.board.is_closed(&phase) {
        // Two hosts pressed, or one twice: it is closed and told once.
        return Ok(making.done(Said::new("closed-phase").with("phase", key)));
    }
    for sitting in &phase.sittings {
        for (ask, window) in open_windows(&making, &sitting.asks) {
            close_window(&mut making, &ask, &window, despite);
            making.notice(Notice::AskCloses { ask: ask.key });
        }
    }
    if despite.is_none_or(|why| why.trim().is_empty()) {
        checks::hold(&making.board, &phase)?;
    }
    keep_phase(&mut making, key, despite.unwrap_or_default().trim());
    Ok(making.done(Said::new("closed-phase").with("phase", key)))
}

/// A phase of which nothing is open any more closes by itself, if its checks hold.
pub(super) fn phase_by_itself(making: &mut Making, phase: &Phase) -> Result<(), Refusal> {
    checks::hold(&making.board, phase)?;
    keep_phase(making, &phase.key, "");
    Ok(())
}

/// A phase's close is kept and told. The last phase publishes a version; its post says so. What was opened again long
/// after its phase was done tells its own result: nobody is thanked for the phase a second time.
fn keep_phase(making: &mut Making, key: &str, despite: &str) {
    let last = making.board.plan.phases.last().is_some_and(|last| last.key == key);
    if last || !is_thanked(&making.board, key) {
        making.notice(Notice::PhaseCloses { phase: key.to_owned() });
    }
    snapshot(making, key, despite, last);
    making.notice(Notice::Board);
}

/// Whether a phase's close was told, and since then only single questions of it were opened.
fn is_thanked(board: &Board, key: &str) -> bool {
    let kept = board.versions.iter().filter(|version| version.nth.is_none() && version.label == key);
    let Some(told) = kept.map(|version| version.at).max() else { return false };
    let of_phase = |window: &Window| board.plan.sitting_of(&window.ask).is_some_and(|(phase, _)| phase.key == key);
    !board.windows.values().any(|window| window.opens >= told && !window.alone && of_phase(window))
}

/// A host publishes the canvas as it stands.
pub(super) fn publish(mut making: Making, who: &Who, label: &str) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let nth = snapshot(&mut making, label.trim(), "", true).unwrap_or_default();
    making.notice(Notice::Published { nth });
    Ok(making.done(Said::new("published").with("nth", nth)))
}

fn snapshot(making: &mut Making, label: &str, despite: &str, published: bool) -> Option<u16> {
    let nth = published.then(|| making.board.versions.iter().filter_map(|version| version.nth).max().unwrap_or(0) + 1);
    let id = VersionId(making.number());
    let now = Version::of(&making.board, id, making.now);
    let (label, despite) = (label.to_owned(), despite.to_owned());
    making.record(Change::Version(Version { nth, label, despite, ..now }));
    nth
}

fn open_windows(making: &Making, asks: &[Ask]) -> Vec<(Ask, Window)> {
    asks.iter()
        .filter_map(|ask| making.board.window_of(&ask.key).map(|window| (ask.clone(), window.clone())))
        .filter(|(_, window)| window.is_open())
        .collect()
}

fn quorum(progress: &Progress, making: &Making, _ask: &Ask, despite: Option<&str>) -> Result<(), Refusal> {
    if progress.has_quorum() || despite.is_some_and(|why| !why.trim().is_empty()) {
        return Ok(());
    }
    let partners = progress.partners_missing.iter().filter_map(|id| making.board.partners.get(id));
    Err(Refusal::Missing {
        have: progress.done,
        of: progress.of,
        partners: partners.map(|partner| partner.short.as_str()).collect::<Vec<_>>().join(", "),
    })
}

/// Closes one window: the table is fixed, counts are kept, ballots go, outcomes are put down.
pub(super) fn close_window(making: &mut Making, ask: &Ask, window: &Window, despite: Option<&str>) {
    let slate: Vec<CardId> = table::table(&making.board, window).into_iter().map(|card| card.id).collect();
    let tallies = tally::count(&making.board, window.id);
    let chooses = matches!(ask.kind, Kind::Marks | Kind::Consent | Kind::Assign | Kind::Figures);
    making.record(Change::Window(Window {
        state: WindowState::Closed,
        closed: Some(making.now),
        despite: despite.unwrap_or_default().trim().to_owned(),
        slate: if chooses { slate.clone() } else { Vec::new() },
        ..window.clone()
    }));
    for row in &tallies {
        making.record(Change::Tally(row.clone()));
    }
    if ask.is_secret() {
        making.record(Change::BallotsGone(window.id));
        unname(making, ask, window);
    }
    match ask.kind {
        Kind::Consent => {
            consenting::settle(making, ask, window, &slate, &tallies);
            approving::closed(making, window);
        }
        Kind::Assign => settle_assign(making, ask, window, &tallies),
        Kind::Read | Kind::Cards | Kind::Marks | Kind::Figures | Kind::Tree | Kind::Groups => {}
    }
}

/// Cards of an ask that is never named come back without author and time, in the order of their words.
fn unname(making: &mut Making, ask: &Ask, window: &Window) {
    if ask.kind != Kind::Cards {
        return;
    }
    let given = making.board.cards.values().filter(|card| card.window == Some(window.id) && card.stands());
    let mut fields: Vec<_> = given.filter_map(Card::text).map(|text| text.fields.clone()).collect();
    fields.sort();
    making.record(Change::CardsGone(window.id));
    for fields in fields {
        let mut card = making.new_card(&ask.key, "", "", None);
        card.window = Some(window.id);
        card.texts = vec![Text { fields, by: None, via: Via::Button, at: window.ends }];
        making.record(Change::Card(card.clone()));
        giving::join(making, ask, &card, None);
    }
}

/// A partner's card is settled where the count is clear; else the hosts hear that a run-off is due.
fn settle_assign(making: &mut Making, ask: &Ask, window: &Window, tallies: &[Tally]) {
    let about: Vec<PartnerId> = making
        .board
        .partners_now()
        .map(|partner| partner.id)
        .filter(|partner| window.about.is_empty() || window.about.contains(partner))
        .collect();
    for partner in about {
        let leading = tally::leading(tallies, Some(partner));
        let second_round = window.nth > 1 && leading.by_people.len() == 1;
        match leading.clear().or(second_round.then(|| leading.by_people[0])) {
            Some(card) => put_down(making, ask, Some(partner), vec![card], Settled::Poll),
            None => {
                let name = making.board.partners.get(&partner).map_or(String::new(), |partner| partner.short.clone());
                making.tell_hosts(Said::new("run-off").with("ask", &ask.key).with("partner", name));
            }
        }
    }
}

pub(super) fn put_down(making: &mut Making, ask: &Ask, about: Option<PartnerId>, cards: Vec<CardId>, how: Settled) {
    let id = DecisionId(making.number());
    let at = making.now;
    let reason = String::new();
    making.record(Change::Decision(Decision { id, ask: ask.key.clone(), about, cards, how, reason, at }));
}
