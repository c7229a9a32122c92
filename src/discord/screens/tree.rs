//! The tree as an outline with short numbers to speak of; and the triads.

use crate::canvas::short_ids;
use crate::discord::escape::inline;
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Choice, Menu, Screen};
use crate::path::plan::Ask;
use crate::path::{Card, CardId};

/// Lines of the outline on one screen.
const LINES_A_PAGE: usize = 14;

/// One card of the outline.
struct Branch<'a> {
    number: String,
    depth: usize,
    card: &'a Card,
    loose: bool,
}

/// The screen.
#[must_use]
pub fn screen(scene: &Scene<'_>, ask: &Ask, page: u16, top: &str) -> Screen {
    turned(scene, ask, page, 0, top)
}

/// The screen, with a page of the menu of one's cards.
#[must_use]
pub fn turned(scene: &Scene<'_>, ask: &Ask, page: u16, menu_page: usize, top: &str) -> Screen {
    let branches = outline(scene, ask);
    let pages = branches.chunks(LINES_A_PAGE).len().max(1);
    let page = usize::from(page) % pages;
    let trunk = trunk(scene, ask).map(|card| format!("**{}**", scene.line(card, 200))).unwrap_or_default();
    let lines = branches.chunks(LINES_A_PAGE).nth(page).unwrap_or(&[]).iter().map(|branch| {
        let loose = if branch.loose { format!(" {}", scene.label("loose")) } else { String::new() };
        format!("{}`{}` {}{loose}", "  ".repeat(branch.depth), branch.number, scene.line(branch.card, 70))
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    let mine = branches.iter().filter(|branch| may_move(scene, branch.card));
    let choices = super::paged::page(scene, mine.map(|branch| choice(scene, branch)).collect(), menu_page);
    let id = Press::Under { ask: ask.key.clone(), page: u16::try_from(page).unwrap_or(0) };
    let menu = Menu::one(id, scene.label("pick-card"), choices);
    let mut buttons = vec![];
    if pages > 1 {
        let next = u16::try_from((page + 1) % pages).unwrap_or(0);
        buttons.push(Button::plain(Press::Page { ask: ask.key.clone(), page: next }, scene.label("more")));
    }
    buttons.push(Button::main(Press::Next { ask: ask.key.clone() }, scene.label("next")));
    buttons.extend(ask.from.iter().find_map(|source| super::clusters::button(scene, source)));
    super::head(scene, ask, top).and(&trunk).and(&lines).menu(menu).buttons(buttons)
}

/// Where a card lies under.
#[must_use]
pub fn places(scene: &Scene<'_>, ask: &Ask, card: CardId, page: u16) -> Screen {
    let branches = outline(scene, ask);
    let moved = scene.board().cards.get(&card);
    let trunk = trunk(scene, ask).map(|trunk| Choice::new(trunk.id, scene.headline(trunk)).line(scene.label("trunk")));
    let others = branches.iter().filter(|branch| branch.card.id != card).map(|branch| choice(scene, branch));
    let all: Vec<Choice> = trunk.into_iter().chain(others).collect();
    let choices = super::paged::page(scene, all, usize::from(page));
    let menu = Menu::one(Press::Lies { ask: ask.key.clone(), card, page }, scene.label("lies-under"), choices);
    let back = Button::plain(Press::Ask { ask: ask.key.clone() }, scene.label("back"));
    let words = moved.map(|card| scene.fill("where-under", &[("card", &scene.headline(card))])).unwrap_or_default();
    super::head(scene, ask, "").and(&words).menu(menu).buttons(vec![back])
}

fn choice(scene: &Scene<'_>, branch: &Branch<'_>) -> Choice {
    Choice::new(branch.card.id, format!("{} {}", branch.number, scene.headline(branch.card)))
}

fn may_move(scene: &Scene<'_>, card: &Card) -> bool {
    let me = scene.person().map(|person| person.id);
    scene.is_host() || me.is_some() && (card.by == me || card.behalf == me)
}

/// The card that everything hangs on: what was kept for it, else the focal issue.
fn trunk<'a>(scene: &'a Scene<'_>, ask: &Ask) -> Option<&'a Card> {
    let board = scene.board();
    let kept = ask.under.as_ref().and_then(|under| board.kept(under).first());
    kept.and_then(|id| board.cards.get(id)).or_else(|| board.issue())
}

/// All cards of the tree, crown first, each by the short name that the canvas gives it too.
fn outline<'a>(scene: &'a Scene<'_>, ask: &Ask) -> Vec<Branch<'a>> {
    let board = scene.board();
    let places = short_ids(scene.view(), &ask.key);
    let branches = places.into_iter().filter_map(|(id, number)| {
        let card = board.cards.get(&id)?;
        let depth = number.chars().filter(char::is_ascii_lowercase).count();
        Some(Branch { depth, card, loose: board.above(id).is_none(), number })
    });
    let mut branches: Vec<Branch<'a>> = branches.collect();
    branches.sort_by_key(|branch| (!ask.crown.contains(&branch.card.source), order(&branch.number)));
    branches
}

/// `C2` comes before `C10`, and `C2` before `C2a`.
fn order(number: &str) -> (usize, String) {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    (digits.parse().unwrap_or(usize::MAX), number.to_owned())
}

/// The triads, for everybody to see.
#[must_use]
pub fn groups(scene: &Scene<'_>, ask: &Ask, top: &str) -> Screen {
    let lines = scene.board().groups.values().map(|group| {
        let names: Vec<String> = group.members.iter().map(|member| member_line(scene, *member)).collect();
        format!("**{}**: {}", inline(&group.name), names.join(", "))
    });
    let lines: Vec<String> = lines.collect();
    let words = if lines.is_empty() { scene.label("no-triads-yet") } else { lines.join("\n") };
    let next = Button::main(Press::Next { ask: ask.key.clone() }, scene.label("next"));
    super::head(scene, ask, top).and(&words).buttons(vec![next])
}

fn member_line(scene: &Scene<'_>, person: crate::path::PersonId) -> String {
    let partner = scene.board().people.get(&person).map(|person| scene.partner(person.partner)).unwrap_or_default();
    inline(&format!("{} ({partner})", scene.name(person)))
}
