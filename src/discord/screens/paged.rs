//! Menus that offer more than fits: their last choice turns the page.

use crate::discord::limits::{CHOICES_MAX, CHOICES_PAGED};
use crate::discord::scene::Scene;
use crate::discord::screen::Choice;

/// The value of a choice that turns the page of its menu, before the page's number.
const TURN: &str = "~";

/// One page of the choices; all of them where they fit.
#[must_use]
pub fn page(scene: &Scene<'_>, all: Vec<Choice>, page: usize) -> Vec<Choice> {
    if all.len() <= CHOICES_MAX {
        return all;
    }
    let pages = all.chunks(CHOICES_PAGED).len();
    let page = page % pages;
    let mut here = all.chunks(CHOICES_PAGED).nth(page).unwrap_or(&[]).to_vec();
    here.push(Choice::new(format!("{TURN}{}", (page + 1) % pages), scene.label("more-choices")));
    here
}

/// The page that a chosen value turns to, if it is such a choice.
#[must_use]
pub fn turned(value: &str) -> Option<usize> {
    value.strip_prefix(TURN).and_then(|page| page.parse().ok())
}
