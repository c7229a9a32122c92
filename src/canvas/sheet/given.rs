//! Given: how many gave each time something was asked, with names where the asker may know them.
//!
//! That somebody is done is told, not whether they gave or skipped, and not at which hour. How many of them gave
//! would tell it as long as few are done, or nearly all did the same.

use crate::canvas::bars::REASONS_MIN;
use crate::canvas::escape::leaf;
use crate::canvas::wall::Wall;
use crate::path::giver::Progress;
use crate::path::plan::{Ask, Named, Seal};
use crate::path::{Giver, Window};

use super::{Cell, MIDDLE, NARROW, Sheet, WIDE};

/// A row for each opening of each ask.
pub(super) fn given(wall: &Wall<'_>) -> Sheet {
    let columns = [
        ("sheet-phase", 16),
        ("sheet-asked-as", MIDDLE),
        ("sheet-round", NARROW),
        ("sheet-state", 12),
        ("sheet-opened", 18),
        ("sheet-ends", 18),
        ("sheet-closed", 18),
        ("sheet-done", NARROW),
        ("sheet-of", NARROW),
        ("sheet-gave", NARROW),
        ("sheet-have-given", WIDE),
        ("sheet-awaited", WIDE),
        ("sheet-again", MIDDLE),
    ];
    let mut sheet = Sheet::new(wall.captions, "sheet-given", &columns);
    for (phase, _, ask) in wall.board.plan.asks() {
        let windows = wall.board.windows.values().filter(|window| window.ask == ask.key);
        sheet.rows.extend(windows.map(|window| {
            let mut row =
                vec![Cell::text(wall.captions.phase(&phase.key)), Cell::text(wall.captions.label(&[&ask.key]))];
            row.extend(opening(wall, ask, window));
            row
        }));
    }
    sheet
}

fn opening(wall: &Wall<'_>, ask: &Ask, window: &Window) -> Vec<Cell> {
    let progress = wall.view.progress(window.id);
    let gave = if tells_gave(ask, window, &progress) { Cell::count(progress.gave) } else { Cell::Nothing };
    let state = if window.is_open() { "sheet-is-open" } else { "sheet-is-closed" };
    let done = wall.board.given.keys().filter(|(id, _)| *id == window.id).map(|(_, giver)| *giver);
    // Nobody is awaited any more once it has closed.
    let awaited = progress.missing.into_iter().filter(|_| window.is_open());
    vec![
        Cell::count(window.nth),
        Cell::text(wall.captions.say(state)),
        Cell::Time(window.opens),
        Cell::Time(window.ends),
        Cell::time(window.closed),
        Cell::count(progress.done),
        Cell::count(progress.of),
        gave,
        Cell::text(names(wall, done)),
        Cell::text(names(wall, awaited)),
        Cell::text(leaf(&window.because_of)),
    ]
}

/// Whether it may be told how many gave: not before the end, since the next one who is done would be the one more. Where
/// what somebody gives is not told with their name, only if neither those who gave nor those who did not are few.
fn tells_gave(ask: &Ask, window: &Window, progress: &Progress) -> bool {
    let named = ask.named == Named::Yes && ask.seal != Seal::Giver;
    let others = progress.done.saturating_sub(progress.gave);
    !window.is_open() && (named || progress.gave.min(others) >= REASONS_MIN)
}

/// Givers by name, in the order of the alphabet: the order in which they gave is nobody's business.
fn names(wall: &Wall<'_>, givers: impl Iterator<Item = Giver>) -> String {
    let name = |giver| match giver {
        Giver::Person(id) => wall.person_of_partner(id),
        Giver::Partner(id) => wall.partner(id),
        Giver::Group(id) => wall.group(id),
    };
    let mut names: Vec<String> = givers.filter_map(name).collect();
    names.sort();
    names.join("; ")
}
