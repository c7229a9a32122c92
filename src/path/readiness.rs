//! Whether a partnership is ready to start: hints for the host, never a refusal.

use super::board::Board;
use super::people::{Level, Standing};
use super::plan::By;
use super::said::Said;

/// The group size the Path card calls ideal.
const PEOPLE_IDEAL: std::ops::RangeInclusive<usize> = 10..=15;

/// What a host may want to look at before opening the first sitting. Empty: all is well.
#[must_use]
pub fn hints(board: &Board) -> Vec<Said> {
    let mut hints = Vec::new();
    let people = board.counting().count();
    if !PEOPLE_IDEAL.contains(&people) {
        hints.push(Said::new("hint-people").with("count", people));
    }
    if board.partners_now().count() < 2 {
        hints.push(Said::new("hint-partners"));
    }
    for partner in board.partners_now() {
        let has = |level: Level| board.counting().any(|person| person.partner == partner.id && person.level == level);
        if !has(Level::Strategic) {
            hints.push(Said::new("hint-no-strategic").with("partner", &partner.short));
        }
        if !has(Level::Operational) {
            hints.push(Said::new("hint-no-operational").with("partner", &partner.short));
        }
    }
    let sectors: std::collections::BTreeSet<&str> =
        board.partners_now().map(|partner| partner.sector.as_str()).collect();
    if sectors.len() == 1 {
        hints.push(Said::new("hint-one-sector"));
    }
    for person in board.people.values().filter(|person| person.standing == Standing::Invited) {
        hints.push(Said::new("hint-invited").with("name", &person.name));
    }
    hints.extend(missing_sheets(board));
    hints
}

/// Partners whose card of a by-partner ask is missing or not released yet, while its window is open.
fn missing_sheets(board: &Board) -> Vec<Said> {
    let open = board.plan.asks().filter(|(_, _, ask)| ask.by == By::Partner && ask.confirm.is_some() && !ask.optional);
    let open = open.filter(|(_, _, ask)| board.window_of(&ask.key).is_some_and(super::window::Window::is_open));
    open.flat_map(|(_, _, ask)| {
        board.partners_now().filter_map(move |partner| {
            let card = board
                .cards
                .values()
                .find(|card| card.source == ask.key && card.partner == Some(partner.id) && card.stands());
            let key = match card {
                None => "hint-no-sheet",
                Some(card) if card.confirmed.is_none() => "hint-sheet-draft",
                Some(_) => return None,
            };
            Some(Said::new(key).with("partner", &partner.short).with("ask", &ask.key))
        })
    })
    .collect()
}
