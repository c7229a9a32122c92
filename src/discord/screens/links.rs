//! Links under which the canvas can be read without Discord, and what people outside see under them.

use chrono::{DateTime, Utc};

use crate::discord::escape::inline;
use crate::discord::limits::{CHOICES_MAX, ROWS_MAX};
use crate::discord::press::Press;
use crate::discord::scene::{Scene, time};
use crate::discord::screen::{Button, Choice, Menu, Screen};
use crate::path::plan::Section;
use crate::path::{Scope, Share};

/// For how many days a link may be made here.
pub const DAYS: [i64; 4] = [7, 30, 90, 365];
/// The names of the scopes, as they stand in menus.
pub const SCOPES: [(&str, Scope); 2] = [("partners", Scope::Partners), ("outside", Scope::Outside)];

/// The scope of this name.
#[must_use]
pub fn scope(name: &str) -> Option<Scope> {
    SCOPES.iter().find(|(known, _)| *known == name).map(|(_, scope)| *scope)
}

/// All links that open now, and what a host may do with them. Without a board page nothing is offered that
/// would lead nowhere.
#[must_use]
pub fn screen(scene: &Scene<'_>, now: DateTime<Utc>, served: bool, top: &str) -> Screen {
    let live: Vec<&Share> = scene.board().shares.values().filter(|share| share.is_live(now)).collect();
    let lines: Vec<String> = live.iter().map(|share| line(scene, share)).collect();
    let list = if lines.is_empty() { scene.label("no-links") } else { lines.join("\n") };
    let taken = live.iter().take(CHOICES_MAX).map(|share| {
        let id = share.id.to_string();
        Choice::new(&id, scene.fill_plain("link-nth", &[("nth", &id)])).line(label_of(scene, share.scope))
    });
    let made = SCOPES.iter().map(|(name, scope)| {
        Choice::new(name, label_of(scene, *scope)).line(scene.label(&format!("link-{name}-line")))
    });
    let mut screen = Screen::text(top).and(&scene.label("links-head")).and(&list);
    if served {
        screen = screen.menu(Menu::one(Press::LinkFor, scene.label("pick-scope"), made.collect()));
    } else {
        screen = screen.and(&scene.label("pages-off"));
    }
    screen.menu(Menu::one(Press::Unlink, scene.label("pick-unlink"), taken.collect())).buttons(vec![
        Button::plain(Press::Release, scene.label("release")),
        Button::plain(Press::Canvas { page: 0 }, scene.label("canvas")),
    ])
}

fn label_of(scene: &Scene<'_>, scope: Scope) -> String {
    let name = SCOPES.iter().find(|(_, known)| *known == scope).map_or("", |(name, _)| *name);
    scene.label(&format!("link-{name}"))
}

fn line(scene: &Scene<'_>, share: &Share) -> String {
    let gaps = [("nth", share.id.to_string()), ("name", scene.name(share.by))];
    let said = scene.fill("link-line", &gaps.each_ref().map(|(gap, value)| (*gap, value.as_str())));
    format!("• {said} · {} · {} {}", label_of(scene, share.scope), scene.label("ends"), time(share.until))
}

/// For how long a new link opens.
#[must_use]
pub fn until(scene: &Scene<'_>, scope: Scope) -> Screen {
    let days = DAYS.iter().map(|days| {
        let days = days.to_string();
        Choice::new(&days, scene.fill_plain("link-days", &[("days", &days)]))
    });
    Screen::text(format!("**{}**", label_of(scene, scope)))
        .and(&scene.label("link-how-long"))
        .menu(Menu::one(Press::LinkUntil { scope }, scene.label("pick-days"), days.collect()))
        .buttons(vec![Button::plain(Press::Links, scene.label("back"))])
}

/// The new link: shown this once, to its maker alone.
#[must_use]
pub fn made(scene: &Scene<'_>, tick: &str, link: &str) -> Screen {
    Screen::text(tick).and(&format!("<{link}>")).buttons(vec![
        Button::plain(Press::Links, scene.label("links")),
        Button::plain(Press::Release, scene.label("release")),
    ])
}

/// Which sections people outside may see. Chosen at once, taken back at once.
#[must_use]
pub fn release(scene: &Scene<'_>, top: &str) -> Screen {
    let board = scene.board();
    let parts = parts(&board.plan.sections);
    let menus = parts.iter().enumerate().map(|(part, sections)| {
        let choices = sections.iter().map(|section| {
            Choice::new(&section.key, scene.words().section(&section.key).title).chosen(board.is_released(&section.key))
        });
        let choices: Vec<Choice> = choices.collect();
        let max = u8::try_from(choices.len()).unwrap_or(u8::MAX);
        let part = u16::try_from(part).unwrap_or(0);
        Menu { min: 0, max, ..Menu::one(Press::Released { part }, scene.label("pick-released"), choices) }
    });
    let released: Vec<String> = board
        .plan
        .sections
        .iter()
        .filter(|section| board.is_released(&section.key))
        .map(|section| format!("• {}", inline(&scene.words().section(&section.key).title)))
        .collect();
    let list = if released.is_empty() { scene.label("nothing-released") } else { released.join("\n") };
    let screen = Screen::text(top).and(&scene.label("release-head")).and(&list);
    menus.fold(screen, Screen::menu).buttons(vec![Button::plain(Press::Links, scene.label("links"))])
}

/// The sections as they stand in menus; one row is left for the way back.
#[must_use]
pub fn parts(sections: &[Section]) -> Vec<&[Section]> {
    sections.chunks(CHOICES_MAX).take(ROWS_MAX - 1).collect()
}
