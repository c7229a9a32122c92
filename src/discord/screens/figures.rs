//! Piles of figures put on fields: pick a field, then press; each press sets a number, never adds.

use crate::discord::escape::inline;
use crate::discord::limits::CHOICES_MAX;
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Choice, Look, Menu, Screen};
use crate::path::plan::{Ask, Pile};
use crate::path::{CardId, Figure, table};

/// What the reader has set in the open window of an ask.
#[must_use]
pub fn placed<'a>(scene: &'a Scene<'_>, ask: &Ask) -> Vec<&'a Figure> {
    let (Some(window), Some(giver)) = (scene.open(&ask.key), scene.giver(ask)) else { return Vec::new() };
    let board = scene.board();
    let all = board.ballots.values().chain(board.figures.values());
    all.filter(|figure| figure.key.window == window.id && figure.key.giver == giver).collect()
}

/// The screen, with a field picked or none.
#[must_use]
pub fn screen(scene: &Scene<'_>, ask: &Ask, field: Option<CardId>, top: &str) -> Screen {
    let Some(window) = scene.open(&ask.key) else { return Screen::text(top) };
    let cards = table::table(scene.board(), window);
    let placed = placed(scene, ask);
    let state: Vec<String> = ask.piles.iter().map(|pile| state(scene, ask, pile, &placed)).collect();
    let choices = cards.iter().take(CHOICES_MAX).map(|card| {
        let here = ask.piles.iter().map(|pile| marks(pile, count(&placed, pile, card.id)));
        let line = [here.collect::<String>(), card.field("line").to_owned()].join(" ").trim().to_owned();
        Choice::new(card.id, scene.name_of(card)).line(line).chosen(field == Some(card.id))
    });
    let menu = Menu::one(Press::Field { ask: ask.key.clone() }, scene.label("pick-field"), choices.collect());
    let picked = field.and_then(|id| scene.board().cards.get(&id));
    let hint = picked.map_or_else(
        || scene.label("pick-field-first"),
        |card| scene.fill("picked-field", &[("field", &scene.headline(card))]),
    );
    let mut screen = super::head(scene, ask, top).and(&state.join("\n")).and(&hint).menu(menu);
    if let Some(card) = picked {
        let buttons = ask.piles.iter().flat_map(|pile| pair(scene, ask, pile, card.id, count(&placed, pile, card.id)));
        screen = screen.buttons(buttons.collect());
    }
    let mut buttons = super::onward_buttons(scene, ask);
    if let Some(first) = buttons.first_mut().filter(|_| scene.how(ask).is_some()) {
        first.label = scene.label("done");
    }
    screen.buttons(buttons)
}

fn count(placed: &[&Figure], pile: &Pile, card: CardId) -> u8 {
    let here = placed.iter().filter(|figure| figure.key.pile == pile.key && figure.card == card);
    u8::try_from(here.count()).unwrap_or(u8::MAX)
}

/// Figures as signs that do not speak by colour alone: the pile's first letter, once for each.
fn marks(pile: &Pile, count: u8) -> String {
    let letter = pile.key.chars().next().unwrap_or('•').to_uppercase().to_string();
    letter.repeat(usize::from(count))
}

/// *Green 2 of 3 placed: Trust ×2*.
fn state(scene: &Scene<'_>, ask: &Ask, pile: &Pile, placed: &[&Figure]) -> String {
    let own: Vec<&&Figure> = placed.iter().filter(|figure| figure.key.pile == pile.key).collect();
    let mut cards: Vec<CardId> = own.iter().map(|figure| figure.card).collect();
    cards.dedup();
    cards.sort_unstable();
    cards.dedup();
    let where_to = cards.iter().filter_map(|id| scene.board().cards.get(id)).map(|card| {
        let name = inline(&scene.headline(card));
        match count(placed, pile, card.id) {
            1 => name,
            many => format!("{name} ×{many}"),
        }
    });
    let (have, of) = (own.len().to_string(), pile.budget.to_string());
    let name = pile_name(scene, ask, pile);
    let line = scene.fill("placed-state", &[("pile", &name), ("have", &have), ("of", &of)]);
    let where_to = where_to.collect::<Vec<_>>().join(", ");
    if where_to.is_empty() { line } else { format!("{line}: {where_to}") }
}

fn pile_name(scene: &Scene<'_>, ask: &Ask, pile: &Pile) -> String {
    scene.words().ask(&ask.key).piles.get(&pile.key).cloned().unwrap_or_else(|| pile.key.clone())
}

/// *+ green* and *− green*.
fn pair(scene: &Scene<'_>, ask: &Ask, pile: &Pile, card: CardId, count: u8) -> [Button; 2] {
    let name = pile_name(scene, ask, pile).to_lowercase();
    let place = |count: u8| Press::Place { ask: ask.key.clone(), card, pile: pile.key.clone(), count };
    let more = Button::plain(place(count.saturating_add(1)), format!("+ {name}"));
    let mut less = Button::plain(place(count.saturating_sub(1)), format!("− {name}"));
    less.off = count == 0;
    let look = if ask.piles.first() == Some(pile) { Look::Yes } else { Look::No };
    [more.look(look), less]
}
