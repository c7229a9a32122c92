//! The canvas as an outline: every section with its first lines, or its invitation while it is empty.
//! The whole of it hangs beside as files.

use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, File, Screen};
use crate::path::Card;
use crate::path::plan::Section;

/// Sections on one page.
const SECTIONS_A_PAGE: usize = 4;
/// Lines of one section.
const LINES_MAX: usize = 6;

/// One page of the outline.
#[must_use]
pub fn screen(scene: &Scene<'_>, page: u16, files: Vec<File>) -> Screen {
    let sections = &scene.board().plan.sections;
    let pages = sections.chunks(SECTIONS_A_PAGE).len().max(1);
    let page = usize::from(page) % pages;
    let (nth, of) = ((page + 1).to_string(), pages.to_string());
    let name = &scene.board().partnership.name;
    let head = scene.fill("canvas-head", &[("name", name), ("nth", &nth), ("of", &of)]);
    let mut screen = Screen::text(head);
    for section in sections.chunks(SECTIONS_A_PAGE).nth(page).unwrap_or(&[]) {
        screen = screen.and(&outline(scene, section));
    }
    let next = u16::try_from((page + 1) % pages).unwrap_or(0);
    screen.files = files;
    screen.buttons(vec![
        Button::plain(Press::Canvas { page: next }, scene.label("next-page")),
        Button::plain(Press::Me, scene.label("what-waits")),
    ])
}

fn outline(scene: &Scene<'_>, section: &Section) -> String {
    let words = scene.words().section(&section.key);
    let board = scene.board();
    let cards: Vec<&Card> = section
        .from
        .iter()
        .flat_map(|source| board.cards_of(source, section.kept && source_keeps(scene, source)))
        .collect();
    let mut lines: Vec<String> =
        cards.iter().take(LINES_MAX).map(|card| format!("• {}", scene.line(card, 62))).collect();
    if cards.len() > LINES_MAX {
        let more = (cards.len() - LINES_MAX).to_string();
        lines.push(scene.fill("and-more", &[("count", &more)]));
    }
    if lines.is_empty() {
        lines = settled(scene, section);
    }
    let text = if lines.is_empty() { format!("*{}*", words.empty) } else { lines.join("\n") };
    format!("**{}**\n{text}", words.title)
}

fn source_keeps(scene: &Scene<'_>, source: &str) -> bool {
    scene.ask(source).is_some_and(|ask| ask.keep.is_some())
}

/// What was settled for each partner, for example its role; else the counts of a closed ask.
fn settled(scene: &Scene<'_>, section: &Section) -> Vec<String> {
    let board = scene.board();
    let partners = board.partners_now().flat_map(|partner| {
        let decided = section.from.iter().filter_map(move |ask| board.decision(ask, Some(partner.id)));
        decided
            .flat_map(|decision| decision.cards.iter())
            .filter_map(|id| board.cards.get(id))
            .map(move |card| format!("• {}: {}", crate::discord::escape::inline(&partner.short), scene.line(card, 50)))
    });
    let partners: Vec<String> = partners.take(LINES_MAX).collect();
    if partners.is_empty() { counts(scene, section) } else { partners }
}

fn counts(scene: &Scene<'_>, section: &Section) -> Vec<String> {
    let board = scene.board();
    let windows = section.from.iter().filter_map(|ask| board.window_of(ask)).map(|window| window.id);
    let windows: Vec<_> = windows.collect();
    let mut cards: Vec<_> =
        board.tallies.iter().filter(|row| windows.contains(&row.window)).map(|row| row.card).collect();
    cards.dedup();
    cards.sort_unstable();
    cards.dedup();
    let lines = cards.iter().filter_map(|id| board.cards.get(id)).map(|card| {
        let rows = board.tallies.iter().filter(|row| row.card == card.id && windows.contains(&row.window));
        let counts: Vec<String> =
            rows.map(|row| format!("{} {}", row.figures, pile(scene, section, &row.pile))).collect();
        format!("• {}: {}", scene.line(card, 50), counts.join(", "))
    });
    lines.take(LINES_MAX * 2).collect()
}

fn pile(scene: &Scene<'_>, section: &Section, pile: &str) -> String {
    let named = section.from.iter().find_map(|ask| scene.words().ask(ask).piles.get(pile).cloned());
    named.unwrap_or_else(|| pile.to_owned()).to_lowercase()
}
