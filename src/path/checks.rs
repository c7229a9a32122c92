//! What has to be true before a phase may close.

use super::board::Board;
use super::card::CardId;
use super::giver;
use super::plan::{Check, CheckRule, Kind, LinkKind, Phase};
use super::refusal::Refusal;

/// Whether all checks of a phase hold.
///
/// # Errors
/// [`Refusal::CheckFails`] for the first that does not, with what was found.
pub fn hold(board: &Board, phase: &Phase) -> Result<(), Refusal> {
    phase.checks.iter().try_for_each(|check| holds(board, check))
}

/// Whether a check of the phase holds.
fn holds(board: &Board, check: &Check) -> Result<(), Refusal> {
    let ask = board.plan.ask(&check.ask).ok_or_else(|| Refusal::Unknown { what: check.ask.clone() })?;
    let fails = |found: String| Err(Refusal::CheckFails { ask: check.ask.clone(), found });
    match check.rule {
        CheckRule::EachHas => {
            let Some(window) = board.window_of(&check.ask) else { return fails(String::from("0")) };
            if ask.kind == Kind::Assign {
                let without = board.partners_now().filter(|p| board.decision(&ask.key, Some(p.id)).is_none());
                let names: Vec<&str> = without.map(|partner| partner.short.as_str()).collect();
                return if names.is_empty() { Ok(()) } else { fails(names.join(", ")) };
            }
            let progress = giver::progress(board, window);
            if progress.missing.is_empty() { Ok(()) } else { fails(format!("{}/{}", progress.done, progress.of)) }
        }
        CheckRule::Count => {
            let kept = board.kept(&check.ask).len();
            if ask.keep.unwrap_or_default().holds(kept) { Ok(()) } else { fails(kept.to_string()) }
        }
        CheckRule::Covers => {
            let missing = uncovered(board, check);
            if missing.is_empty() { Ok(()) } else { fails(missing.join(", ")) }
        }
        CheckRule::Distinct => {
            let mut words: Vec<String> =
                board.cards_of(&check.ask, true).into_iter().map(|card| board.words_of(card).to_lowercase()).collect();
            let all = words.len();
            words.sort();
            words.dedup();
            if words.len() == all { Ok(()) } else { fails((all - words.len()).to_string()) }
        }
    }
}

/// The named list cards that nobody holds: neither settled for a partner nor linked by a partner's card.
fn uncovered(board: &Board, check: &Check) -> Vec<String> {
    let settled: Vec<CardId> = board
        .partners_now()
        .filter_map(|partner| board.decision(&check.ask, Some(partner.id)))
        .flat_map(|decision| decision.cards.clone())
        .collect();
    let sources = board.plan.ask(&check.ask).map(|ask| ask.from.clone()).unwrap_or_default();
    let held = |card: CardId| {
        settled.contains(&card)
            || board.links.to(card, LinkKind::Serves).any(|link| {
                let from = board.cards.get(&link.from);
                from.is_some_and(|from| from.stands() && !from.added && from.partner.is_some())
            })
    };
    board
        .cards
        .values()
        .filter(|card| sources.contains(&card.source))
        .filter(|card| card.item.as_ref().is_some_and(|item| check.cards.contains(item)))
        .filter(|card| !held(card.id))
        .map(|card| board.words_of(card).to_owned())
        .collect()
}
