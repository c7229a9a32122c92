//! What somebody may answer to a nudge: pass it all, a better day, another place, no more.

use chrono::{Datelike, NaiveDate};

use super::super::press::Press;
use super::super::scene::Scene;
use super::super::screen::{Button, Choice, Look, Menu, Screen};
use crate::path::{Reach, Said, nudging};

/// Days to choose from, at most.
const DAYS_SHOWN: usize = 10;
/// Where one may be reminded: the word in menus, and its label.
const REACHES: [(Reach, &str, &str); 3] = [
    (Reach::Room, "room", "nudge-in-room"),
    (Reach::Direct, "direct", "nudge-direct"),
    (Reach::Nowhere, "nowhere", "nudge-nowhere"),
];

/// What a chosen word means.
#[must_use]
pub fn reach(word: &str) -> Option<Reach> {
    REACHES.iter().find(|(_, known, _)| *known == word).map(|(reach, _, _)| *reach)
}

/// A date as people say it.
#[must_use]
pub fn day_in_words(scene: &Scene<'_>, day: NaiveDate) -> String {
    let weekday = scene.label(&format!("weekday-{}", day.weekday().number_from_monday()));
    let month = scene.label(&format!("month-{}", day.month()));
    let number = day.day().to_string();
    scene.fill_plain("nudge-day-line", &[("weekday", &weekday), ("day", &number), ("month", &month)])
}

/// Whether to pass all of a sitting indeed.
#[must_use]
pub fn sure(scene: &Scene<'_>, sitting: &str) -> Screen {
    let words = scene.say(&Said::new("nudge-pass-sure").with("sitting", sitting));
    let (pass, keep) =
        (Press::PassAll { sitting: sitting.to_owned(), sure: true }, Press::Start { sitting: sitting.to_owned() });
    Screen::text(words).buttons(vec![
        Button::plain(pass, scene.label("nudge-pass-yes")).look(Look::No),
        Button::main(keep, scene.label("nudge-keep")),
    ])
}

/// The days on which the next nudge may come.
#[must_use]
pub fn days(scene: &Scene<'_>) -> Screen {
    let days = scene.person().map(|me| nudging::days(scene.board(), me.id, scene.view().now())).unwrap_or_default();
    if days.is_empty() {
        let waits = Button::main(Press::Me, scene.label("what-waits"));
        return Screen::text(scene.label("nudge-day-none")).buttons(vec![waits]);
    }
    let choices = days.into_iter().take(DAYS_SHOWN).map(|day| Choice::new(day, day_in_words(scene, day)));
    let menu = Menu::one(Press::OnDay, scene.label("nudge-day-hint"), choices.collect());
    Screen::text(scene.label("nudge-day-choose")).menu(menu)
}

/// The menu of places.
#[must_use]
pub fn menu(scene: &Scene<'_>) -> Menu {
    let now = scene.person().map(|me| scene.board().nudging.reach(me.id));
    let choice =
        |(reach, word, label): &(Reach, &str, &str)| Choice::new(word, scene.label(label)).chosen(now == Some(*reach));
    Menu::one(Press::Reached, scene.label("nudge-where-hint"), REACHES.iter().map(choice).collect())
}

/// Where somebody is reminded, to be changed.
#[must_use]
pub fn places(scene: &Scene<'_>, top: &str) -> Screen {
    let Some(me) = scene.person() else { return super::join::stranger(scene, top) };
    let now = scene.board().nudging.reach(me.id);
    let label = REACHES.iter().find(|(reach, _, _)| *reach == now).map_or("", |(_, _, label)| *label);
    let words = scene.fill("nudge-where-now", &[("where", &scene.label(label))]);
    Screen::text(top).and(&words).menu(menu(scene)).buttons(vec![Button::plain(Press::Me, scene.label("what-waits"))])
}
