//! The post of asks that were opened by themselves: a further round, a run-off, something between two meetings.
//!
//! It opens as a question and becomes its result in place.

use super::phase::SAME_BREATH;
use super::sitting::closed_without_quorum;
use super::{canvas, outcome};
use crate::discord::escape::fit;
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Screen};
use crate::path::{RoomId, Said, Spot, Window, WindowId};

/// Characters of one ask's part where several stand on one post.
const PART_CHARS_MAX: usize = 1700;

/// The message on which other asks were opened by themselves a short time ago: this one goes there too.
#[must_use]
pub fn round_with(scene: &Scene<'_>, window: WindowId) -> Option<u64> {
    let fresh = |other: &Window| other.is_open() && scene.view().now() - other.opens <= SAME_BREATH;
    let rounds = rounds(scene).filter(|(other, _)| other.id == window || fresh(other));
    rounds.max_by_key(|(other, message)| (other.id == window, *message)).map(|(_, message)| message)
}

/// The windows that one message tells of, and this one with them, in their order.
#[must_use]
pub fn beside(scene: &Scene<'_>, message: u64, window: WindowId) -> Vec<WindowId> {
    let there = rounds(scene).filter(|(other, at)| *at == message && other.id != window).map(|(other, _)| other.id);
    let mut windows: Vec<WindowId> = there.chain([window]).collect();
    windows.sort_unstable();
    windows
}

/// The posts of a sitting's asks that were opened by themselves: one window of each, and its message.
#[must_use]
pub fn rounds_of(scene: &Scene<'_>, sitting: &str) -> Vec<(WindowId, u64)> {
    let plan = &scene.board().plan;
    let is_here = |window: &Window| plan.sitting_of(&window.ask).is_some_and(|(_, found)| found.key == sitting);
    let newest = |window: &Window| scene.board().window_of(&window.ask).is_some_and(|last| last.id == window.id);
    let mut found: Vec<(WindowId, u64)> = rounds(scene)
        .filter(|(window, _)| is_here(window) && newest(window))
        .map(|(window, message)| (window.id, message))
        .collect();
    found.sort_by_key(|(_, message)| *message);
    found.dedup_by_key(|(_, message)| *message);
    found
}

fn rounds<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = (&'a Window, u64)> {
    let board = scene.board();
    board.rooms.iter().filter_map(|(spot, RoomId(message))| match spot {
        Spot::Round(window) => Some((board.windows.get(window)?, *message)),
        Spot::Hosts
        | Spot::Partner(_)
        | Spot::Group(_)
        | Spot::Talk(_)
        | Spot::Board
        | Spot::Direct(_)
        | Spot::Occasion(_)
        | Spot::Opening(_) => None,
    })
}

/// The post: what is open with its buttons, what has closed with what came of it.
#[must_use]
pub fn round(scene: &Scene<'_>, windows: &[WindowId]) -> Screen {
    let windows: Vec<&Window> = windows.iter().filter_map(|id| scene.board().windows.get(id)).collect();
    let room = PART_CHARS_MAX / windows.len().max(1);
    let mut screen = Screen::default();
    for window in &windows {
        let part = if window.is_open() { open(scene, window) } else { closed(scene, window) };
        screen = screen.and(&fit(&part, room));
    }
    let open = windows.iter().filter(|window| window.is_open());
    let mut buttons: Vec<Button> = open
        .map(|window| Button::main(Press::Ask { ask: window.ask.clone() }, scene.words().ask(&window.ask).title))
        .collect();
    if buttons.len() < windows.len() {
        buttons.push(canvas(scene));
    }
    screen.buttons(buttons)
}

/// One ask while it is open.
fn open(scene: &Scene<'_>, window: &Window) -> String {
    let words = scene.words().ask(&window.ask);
    let mut screen = Screen::text(format!("**{}**\n{}", words.title, words.question));
    if !window.because_of.is_empty() {
        screen = screen.and(&scene.say(&Said::new("opened-because").with("because", &window.because_of)));
    }
    let partners: Vec<String> = window.about.iter().map(|partner| scene.partner(*partner)).collect();
    if !partners.is_empty() {
        screen = screen.and(&scene.say(&Said::new("only-about").with("partners", partners.join(", "))));
    }
    screen.and(&scene.say(&Said::new("open-until").with("ends_s", window.ends.timestamp()))).text
}

/// One ask once it is closed.
fn closed(scene: &Scene<'_>, window: &Window) -> String {
    let title = scene.words().ask(&window.ask).title;
    let closed = scene.say(&Said::new("ask-closed").with("ask", &window.ask));
    let outcome = scene.ask(&window.ask).map(|ask| outcome::of(scene, ask)).unwrap_or_default();
    let mut screen = Screen::text(format!("**{title}**\n{closed}"));
    if closed_without_quorum(scene, window) {
        screen = screen.and(&scene.say(&Said::new("closed-without-quorum")));
    }
    screen.and(&outcome).text
}
