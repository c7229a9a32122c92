//! One card for each partner, for example its primary role: four menus a page.

use crate::discord::limits::CHOICES_MAX;
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Choice, Menu, Screen};
use crate::path::plan::Ask;
use crate::path::{Partner, PartnerId, table};

/// Menus that fit beside a row of buttons.
const MENUS_MAX: usize = 4;

/// The partners that are spoken of, in order.
#[must_use]
pub fn partners<'a>(scene: &'a Scene<'_>, ask: &Ask) -> Vec<&'a Partner> {
    let Some(window) = scene.open(&ask.key) else { return Vec::new() };
    let about = |partner: &&Partner| window.about.is_empty() || window.about.contains(&partner.id);
    scene.board().partners_now().filter(about).collect()
}

/// The page on which a partner stands.
#[must_use]
pub fn page_of(scene: &Scene<'_>, ask: &Ask, partner: PartnerId) -> u16 {
    let at = partners(scene, ask).iter().position(|found| found.id == partner).unwrap_or(0);
    u16::try_from(at / MENUS_MAX).unwrap_or(0)
}

/// One page.
#[must_use]
pub fn screen(scene: &Scene<'_>, ask: &Ask, page: u16, top: &str) -> Screen {
    let Some(window) = scene.open(&ask.key) else { return Screen::text(top) };
    let partners = partners(scene, ask);
    let cards = table::table(scene.board(), window);
    let placed = super::figures::placed(scene, ask);
    let chosen =
        |partner: PartnerId| placed.iter().find(|figure| figure.key.about == Some(partner)).map(|figure| figure.card);
    let lines = partners.iter().map(|partner| {
        let card = chosen(partner.id).and_then(|id| scene.board().cards.get(&id));
        let name = crate::discord::escape::inline(&partner.short);
        let role = card.map_or_else(|| scene.label("no-role-yet"), |card| scene.line(card, 60));
        format!("{} **{name}**: {role}", if card.is_some() { "✓" } else { "○" })
    });
    let mut screen = super::head(scene, ask, top).and(&lines.collect::<Vec<_>>().join("\n"));
    let pages = partners.chunks(MENUS_MAX).len().max(1);
    let page = usize::from(page) % pages;
    for partner in partners.chunks(MENUS_MAX).nth(page).unwrap_or(&[]) {
        let current = chosen(partner.id);
        let choices = cards.iter().take(CHOICES_MAX).map(|card| {
            Choice::new(card.id, scene.name_of(card)).line(card.field("line")).chosen(current == Some(card.id))
        });
        let id = Press::Assign { ask: ask.key.clone(), about: partner.id };
        screen = screen.menu(Menu::one(id, partner.short.clone(), choices.collect()));
    }
    let mut buttons = Vec::new();
    if pages > 1 {
        let next = u16::try_from((page + 1) % pages).unwrap_or(0);
        buttons.push(Button::plain(Press::Page { ask: ask.key.clone(), page: next }, scene.label("more-partners")));
    }
    buttons.extend(super::onward_buttons(scene, ask));
    screen.buttons(buttons)
}
