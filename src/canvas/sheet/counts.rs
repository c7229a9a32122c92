//! Figures: what was counted when asks closed, and what stands with a name.
//!
//! The counts keep to what the canvas shows: few stay unshown, and partners' voices stay out, since a
//! third of a voice would tell how many people its partner has.

use crate::canvas::bars::{CRITICAL_PEOPLE_MIN, GIVERS_MIN, givers};
use crate::canvas::wall::Wall;
use crate::path::plan::{Ask, Kind};
use crate::path::{Card, Giver, Tally, Value, Window};

use super::places::{is_told, number_of};
use super::{Cell, MIDDLE, NARROW, Sheet, WIDE};

/// A row for each thing that was counted.
pub(super) fn counts(wall: &Wall<'_>) -> Sheet {
    let columns = [
        ("sheet-asked-as", MIDDLE),
        ("sheet-round", NARROW),
        ("sheet-closed", 18),
        ("sheet-card", NARROW),
        ("sheet-says", WIDE),
        ("sheet-of-partner", 16),
        ("sheet-pile", MIDDLE),
        ("sheet-n-figures", NARROW),
        ("sheet-n-people", NARROW),
        ("sheet-n-partners", NARROW),
    ];
    let mut sheet = Sheet::new(wall.captions, "sheet-counts", &columns);
    for (_, _, ask) in wall.board.plan.asks() {
        let windows = wall.board.windows.values().filter(|window| window.ask == ask.key && !window.is_open());
        for window in windows {
            let tallies: Vec<&Tally> = wall.board.tallies.iter().filter(|tally| tally.window == window.id).collect();
            if ask.kind == Kind::Figures && givers(wall, ask, window, &tallies) < GIVERS_MIN {
                sheet.rows.push(too_few(wall, ask, window));
                continue;
            }
            let mut rows: Vec<_> = tallies.into_iter().map(|tally| counted(wall, ask, window, tally)).collect();
            // Cards without a number stand behind the others, by their words.
            rows.sort_by_cached_key(|(words, _)| words.clone());
            sheet.rows.extend(rows.into_iter().map(|(_, row)| row));
        }
    }
    sheet
}

/// The row of a round in which too few placed figures.
fn too_few(wall: &Wall<'_>, ask: &Ask, window: &Window) -> Vec<Cell> {
    let mut row = asked(wall, ask, window);
    row.extend([Cell::Nothing, Cell::text(wall.captions.fill("too-few", "n", &GIVERS_MIN.to_string()))]);
    row.resize(10, Cell::Nothing);
    row
}

fn asked(wall: &Wall<'_>, ask: &Ask, window: &Window) -> Vec<Cell> {
    vec![Cell::text(wall.captions.label(&[&ask.key])), Cell::count(window.nth), Cell::time(window.closed)]
}

/// The row of what was counted on a card; and its words, where its number is not told.
fn counted(wall: &Wall<'_>, ask: &Ask, window: &Window, tally: &Tally) -> (Option<String>, Vec<Cell>) {
    // Who stands behind a pile of figures is counted out for the critical pile alone, and not of few.
    let critical = ask.piles.last().is_some_and(|pile| pile.key == tally.pile && ask.piles.len() > 1);
    let people = ask.kind != Kind::Figures || critical && tally.people >= CRITICAL_PEOPLE_MIN;
    let of = |count: u32| if people { Cell::count(count) } else { Cell::Nothing };
    let card = wall.board.cards.get(&tally.card).filter(|card| is_told(wall, card));
    let words = card.map(|card| wall.title(&worded_then(card, window)));
    let number = number_of(wall, tally.card);
    let by_words = (number == Cell::Nothing).then(|| words.clone()).flatten();
    let mut row = asked(wall, ask, window);
    row.extend([
        number,
        Cell::maybe(words),
        Cell::maybe(tally.about.and_then(|id| wall.partner(id))),
        Cell::text(said(wall, ask, &tally.pile, tally.value)),
        Cell::count(tally.figures),
        of(tally.people),
        of(tally.partners),
    ]);
    (by_words, row)
}

/// A card as it read when a window closed: what was said to it was said to those words, whatever it says today.
fn worded_then(card: &Card, window: &Window) -> Card {
    let mut then = card.clone();
    if let Some(closed) = window.closed {
        let read = card.texts.iter().filter(|text| text.at <= closed).count();
        then.texts.truncate(read.max(1));
    }
    then
}

/// What a figure says: its pile's name, or the answer.
fn said(wall: &Wall<'_>, ask: &Ask, pile: &str, value: Value) -> String {
    match value {
        Value::Here => wall.captions.choice(&[&ask.key, pile]),
        Value::Stands => wall.captions.word("stands").to_owned(),
        Value::Remark => wall.captions.word("remark").to_owned(),
        Value::NotYet => wall.captions.word("not-yet").to_owned(),
    }
}

/// A row for each figure that stands with a name, and for the asker's own.
pub(super) fn figures(wall: &Wall<'_>) -> Sheet {
    let columns = [
        ("sheet-asked-as", MIDDLE),
        ("sheet-round", NARROW),
        ("sheet-who", MIDDLE),
        ("sheet-card", NARROW),
        ("sheet-says", WIDE),
        ("sheet-of-partner", 16),
        ("sheet-pile", MIDDLE),
        ("sheet-note", WIDE),
        ("sheet-set", 18),
        ("sheet-who-sees", 16),
    ];
    let mut sheet = Sheet::new(wall.captions, "sheet-figures", &columns);
    for figure in wall.board.figures.values().chain(wall.board.ballots.values()) {
        let Some(window) = wall.board.windows.get(&figure.key.window) else { continue };
        let Some(ask) = wall.board.plan.ask(&window.ask) else { continue };
        let who = match figure.key.giver {
            Giver::Person(id) => wall.person_of_partner(id),
            Giver::Partner(id) => wall.partner(id),
            Giver::Group(id) => wall.group(id),
        };
        let sees = match (ask.is_secret(), window.is_open()) {
            (true, _) => "sheet-sees-me",
            (false, true) => "sheet-sees-later",
            (false, false) => "sheet-sees-all",
        };
        sheet.rows.push(vec![
            Cell::text(wall.captions.label(&[&ask.key])),
            Cell::count(window.nth),
            Cell::maybe(who),
            number_of(wall, figure.card),
            Cell::maybe(wall.board.cards.get(&figure.card).map(|card| wall.title(&worded_then(card, window)))),
            Cell::maybe(figure.key.about.and_then(|id| wall.partner(id))),
            Cell::text(said(wall, ask, &figure.key.pile, figure.value)),
            Cell::text(crate::canvas::escape::leaf(&figure.note)),
            Cell::Time(figure.at),
            Cell::text(wall.captions.say(sees)),
        ]);
    }
    sheet
}
