//! What somebody is told after an act: a tick, or why not, with their own words given back.

use super::custom_id::CustomId;
use super::escape::block;
use super::press::Press;
use super::scene::Scene;
use super::screen::{Button, Screen};
use crate::app::ActError;
use crate::path::Reply;

/// Characters of one's own words that are shown again.
const OWN_CHARS_MAX: usize = 1200;
/// The sign that something is on disk.
const TICK: char = '✓';

/// What was done, with its tick.
#[must_use]
pub fn tick(scene: &Scene<'_>, reply: &Reply) -> String {
    let said = scene.say(&reply.said);
    if said.starts_with(TICK) { said } else { format!("{TICK} {said}") }
}

/// Words, and the way on.
#[must_use]
pub fn plain(scene: &Scene<'_>, text: &str) -> Screen {
    Screen::text(text).buttons(vec![
        Button::main(Press::Me, scene.label("what-waits")),
        Button::plain(Press::Canvas { page: 0 }, scene.label("canvas")),
    ])
}

/// Why not, what to do, one's own words, and a way to try again.
#[must_use]
pub fn refused(scene: &Scene<'_>, error: &ActError, own: Option<&str>, again: Option<CustomId>) -> Screen {
    let why = match error {
        ActError::Refused(refusal) => scene.say(&refusal.said()),
        ActError::Busy => scene.label("busy"),
        ActError::Failed { reference } => scene.fill("failed", &[("reference", reference)]),
    };
    let own = own.filter(|own| !own.trim().is_empty());
    let quoted =
        own.map(|own| format!("{}\n{}", scene.label("your-words"), block(own, OWN_CHARS_MAX))).unwrap_or_default();
    let mut buttons = Vec::new();
    if let Some(id) = again {
        buttons.push(Button::main(id, scene.label("try-again")));
    }
    if let ActError::Refused(crate::path::Refusal::NotAMember) = error
        && scene.board().plan.has_road()
    {
        buttons.push(Button::main(Press::Join { page: 0 }, scene.label("thats-me")));
    }
    buttons.push(Button::plain(Press::Me, scene.label("what-waits")));
    Screen::text(why).and(&quoted).buttons(buttons)
}
