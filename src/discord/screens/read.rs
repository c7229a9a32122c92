//! Something to read, page by page; the last page counts as given.

use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Screen};
use crate::path::plan::Ask;

/// One page.
#[must_use]
pub fn screen(scene: &Scene<'_>, ask: &Ask, page: u16, top: &str) -> Screen {
    let pages = scene.words().ask(&ask.key).pages;
    let last = pages.len().saturating_sub(1);
    let at = usize::from(page).min(last);
    let text = pages.get(at).cloned().unwrap_or_default();
    let (nth, of) = ((at + 1).to_string(), pages.len().max(1).to_string());
    let place = scene.fill("page", &[("nth", &nth), ("of", &of)]);
    let key = ask.key.clone();
    let mut buttons = Vec::new();
    if at > 0 {
        buttons
            .push(Button::plain(Press::Page { ask: key.clone(), page: page.saturating_sub(1) }, scene.label("back")));
    }
    let next = if at < last { Press::Page { ask: key, page: page + 1 } } else { Press::Done { ask: key } };
    buttons.push(Button::main(next, scene.label("next")));
    let head = if at == 0 { super::head(scene, ask, top) } else { Screen::text(top) };
    head.and(&text).and(&format!("-# {place}")).buttons(buttons)
}
