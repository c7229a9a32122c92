//! Marks: a number of equal dots put on cards, in one to four menus.

use std::collections::BTreeSet;

use crate::discord::limits::CHOICES_MAX;
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Choice, Menu, Screen};
use crate::path::plan::Ask;
use crate::path::{Card, CardId, cluster, table};

/// Menus that fit beside a row of buttons.
const MENUS_MAX: usize = 4;

/// The cards on the table, in the order in which they stand in this reader's menus.
#[must_use]
pub fn offered(scene: &Scene<'_>, ask: &Ask) -> Vec<CardId> {
    let (Some(window), Some(me)) = (scene.open(&ask.key), scene.person()) else { return Vec::new() };
    // What lies under one heading stands together in the one order from which each reader's begins elsewhere.
    let cards = cluster::together(scene.board(), table::table(scene.board(), window));
    let cards = table::turned(scene.board(), me.id, cards);
    cards.iter().map(|card| card.id).collect()
}

/// What the reader has marked.
#[must_use]
pub fn marked(scene: &Scene<'_>, ask: &Ask) -> BTreeSet<CardId> {
    super::figures::placed(scene, ask).iter().map(|figure| figure.card).collect()
}

/// The cards of one menu: where the press does not tell what stood there.
#[must_use]
pub fn among(scene: &Scene<'_>, ask: &Ask, menu: u16) -> BTreeSet<CardId> {
    offered(scene, ask).chunks(CHOICES_MAX).nth(usize::from(menu)).unwrap_or(&[]).iter().copied().collect()
}

/// The screen.
#[must_use]
pub fn screen(scene: &Scene<'_>, ask: &Ask, top: &str) -> Screen {
    let cards = offered(scene, ask);
    let marks = marked(scene, ask);
    let budget = ask.piles.first().map_or(0, |pile| pile.budget);
    let (have, most) = (marks.len().to_string(), budget.to_string());
    let state = scene.fill("marks-state", &[("have", &have), ("of", &most)]);
    let lines = marks.iter().filter_map(|id| scene.board().cards.get(id));
    let lines: Vec<String> = lines.map(|card| format!("● {}", scene.line(card, 120))).collect();
    let mut screen = super::head(scene, ask, top).and(&state).and(&lines.join("\n"));
    if cards.is_empty() {
        screen = screen.and(&scene.label("nothing-there"));
    }
    for (nth, chunk) in (0..).zip(cards.chunks(CHOICES_MAX).take(MENUS_MAX)) {
        let hint = if cards.len() > CHOICES_MAX { hint(scene, nth, chunk.len()) } else { scene.label("marks-hint") };
        let choices = chunk.iter().filter_map(|id| scene.board().cards.get(id));
        let choices = choices.map(|card| choice(scene, card).chosen(marks.contains(&card.id)));
        screen = screen.menu(Menu {
            id: Press::Mark { ask: ask.key.clone(), menu: nth }.into(),
            hint,
            choices: choices.collect(),
            min: 0,
            max: budget.min(u8::try_from(chunk.len()).unwrap_or(u8::MAX)),
        });
    }
    let mut buttons = super::onward_buttons(scene, ask);
    buttons.extend(ask.from.iter().find_map(|source| super::clusters::button(scene, source)));
    screen.buttons(buttons)
}

/// A card, with the heading under which it lies.
fn choice(scene: &Scene<'_>, card: &Card) -> Choice {
    let over = scene.board().cluster_of(card.id);
    Choice::new(card.id, scene.name_of(card)).line(over.map(|over| over.name().to_owned()).unwrap_or_default())
}

fn hint(scene: &Scene<'_>, nth: u16, count: usize) -> String {
    let first = usize::from(nth) * CHOICES_MAX + 1;
    let (first, last) = (first.to_string(), (first + count - 1).to_string());
    scene.fill_plain("marks-hint-part", &[("first", &first), ("last", &last)])
}
