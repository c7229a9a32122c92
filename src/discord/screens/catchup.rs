//! For whoever was away or came late: what happened, and what they can still add.

use chrono::{DateTime, Utc};

use super::cards;
use crate::discord::limits::CHOICES_MAX;
use crate::discord::press::{Press, Slip};
use crate::discord::scene::Scene;
use crate::discord::screen::{Choice, Menu, Screen};
use crate::path::plan::{Ask, By, Kind, Sitting};
use crate::path::{Giver, Person, Window, addition};

/// Lines of what happened, at most.
const LINES_MAX: usize = 5;

/// The screen with what happened while its reader was away, and what they can add.
#[must_use]
pub fn with(scene: &Scene<'_>, screen: Screen) -> Screen {
    let choices: Vec<Choice> = addable(scene)
        .take(CHOICES_MAX)
        .map(|(sitting, ask)| {
            Choice::new(&ask.key, scene.words().ask(&ask.key).title).line(scene.words().sitting(&sitting.key).title)
        })
        .collect();
    let hint = if choices.is_empty() { String::new() } else { scene.label("may-add") };
    let menu = Menu::one(Press::Addition, scene.label("pick-addition"), choices);
    screen.and(&happened(scene)).and(&hint).menu(menu)
}

/// What happened since its reader was here last, a line for each sitting that closed without them.
fn happened(scene: &Scene<'_>) -> String {
    let Some(person) = scene.person().filter(|person| person.takes_part()) else { return String::new() };
    let given = scene.board().given.values().filter(|given| given.giver == Giver::Person(person.id));
    let last = given.map(|given| given.at).max();
    let mut missed: Vec<(DateTime<Utc>, &Sitting)> = scene
        .board()
        .plan
        .sittings()
        .filter_map(|(_, sitting)| Some((missed(scene, sitting, person)?, sitting)))
        .filter(|(closed, _)| last.is_none_or(|last| *closed > last))
        .collect();
    missed.sort_by_key(|(closed, _)| *closed);
    if missed.is_empty() {
        return String::new();
    }
    let more = missed.len() > LINES_MAX;
    let shown = missed.len().min(if more { LINES_MAX - 1 } else { LINES_MAX });
    let mut lines = vec![scene.label(if last.is_some() { "welcome-back" } else { "happened-so-far" })];
    if more {
        let count = (missed.len() - shown).to_string();
        lines.push(scene.fill("catch-up-before", &[("count", &count)]));
    }
    lines.extend(missed[missed.len() - shown..].iter().map(|(_, sitting)| format!("• {}", line(scene, sitting))));
    lines.join("\n")
}

/// When a sitting closed without somebody of whom it asked something; none otherwise.
fn missed(scene: &Scene<'_>, sitting: &Sitting, person: &Person) -> Option<DateTime<Utc>> {
    let board = scene.board();
    let windows: Vec<&Window> = asked(sitting).filter_map(|ask| board.window_of(&ask.key)).collect();
    let was_there = |window: &&Window| board.given.contains_key(&(window.id, Giver::Person(person.id)));
    let closed = windows.iter().all(|window| !window.is_open()) && !windows.iter().any(was_there);
    windows.iter().filter_map(|window| window.closed).max().filter(|_| closed)
}

/// What a sitting asks of everybody.
fn asked(sitting: &Sitting) -> impl Iterator<Item = &Ask> {
    sitting.asks.iter().filter(|ask| {
        !ask.optional && matches!(ask.by, By::Each | By::Partner) && !matches!(ask.kind, Kind::Tree | Kind::Groups)
    })
}

/// A closed sitting in a line: who took part, and what came of it.
fn line(scene: &Scene<'_>, sitting: &Sitting) -> String {
    let board = scene.board();
    let windows = asked(sitting).filter_map(|ask| board.window_of(&ask.key));
    let progress = windows.map(|window| scene.view().progress(window.id)).max_by_key(|progress| progress.of);
    let progress = progress.unwrap_or_default();
    let cards = sitting.asks.iter().filter(|ask| ask.kind == Kind::Cards);
    let cards = cards.flat_map(|ask| board.cards_of(&ask.key, false)).filter(|card| !card.added).count();
    let kept: usize = sitting.asks.iter().map(|ask| board.kept(&ask.key).len()).sum();
    let partners = board.partners_now().map(|partner| Some(partner.id));
    let assigned =
        partners.flat_map(|about| sitting.asks.iter().filter_map(move |ask| board.decision(&ask.key, about)));
    let settled = kept + assigned.count();
    let number = |count: usize| count.to_string();
    scene.fill(
        "catch-up-line",
        &[
            ("sitting", &scene.words().sitting(&sitting.key).title),
            ("done", &number(progress.done)),
            ("of", &number(progress.of)),
            ("cards", &number(cards)),
            ("settled", &number(settled)),
        ],
    )
}

/// Closed asks to which the reader may add, newest first.
fn addable<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = (&'a Sitting, &'a Ask)> {
    let asks: Vec<(&Sitting, &Ask)> =
        scene.board().plan.asks().map(|(_, sitting, ask)| (sitting, ask)).filter(|(_, ask)| !ask.optional).collect();
    asks.into_iter().rev().filter(|(_, ask)| may_add(scene, ask))
}

/// Whether the reader may add to an ask that has closed.
#[must_use]
pub fn may_add(scene: &Scene<'_>, ask: &Ask) -> bool {
    scene.person().is_some_and(|person| addition::window(scene.board(), ask, person).is_some())
}

/// The screen on which something is added to an ask that has closed.
#[must_use]
pub fn screen(scene: &Scene<'_>, ask: &Ask, top: &str) -> Screen {
    let slip = Slip { ask: ask.key.clone(), late: true, ..Slip::default() };
    let top = Screen::text(top).and(&scene.label("may-add")).text;
    cards::screen(scene, ask, &slip, None, &top)
}
