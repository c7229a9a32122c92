//! A nudge to one person, and what hosts are told when a partner is missing near an end.

use chrono::{DateTime, TimeDelta, Utc};

use super::turnout;
use crate::discord::escape::block;
use crate::discord::press::{Deed, Press};
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Screen};
use crate::discord::screens::me::start_label;
use crate::discord::screens::nudges::day_in_words;
use crate::path::plan::{Ask, Sitting};
use crate::path::{PartnerId, PersonId, Said, Stage, calendar, nudging as rule};

/// After so long without anything from somebody, they are welcomed back.
const QUIET: TimeDelta = TimeDelta::days(7);
/// Characters of all letters together, so that the message holds them.
const LETTERS_CHARS_MAX: usize = 1400;
/// Sittings with buttons of their own, at most: a row has five.
const SITTINGS_SHOWN: usize = 5;

/// What still waits for its reader of all that this nudge is about; none if nothing does.
#[must_use]
pub fn nudge(scene: &Scene<'_>, person: PersonId, decided: DateTime<Utc>) -> Option<Screen> {
    let (board, now) = (scene.board(), scene.view().now());
    let sittings = rule::still(board, person, decided, now);
    let last = |sitting: &Sitting| {
        let mut nudges = board.nudging.nudges.iter().filter(|nudge| (nudge.person, nudge.at) == (person, decided));
        nudges.any(|nudge| nudge.sitting == sitting.key && nudge.stage == Stage::Late)
    };
    let hello = match sittings.iter().any(|sitting| last(sitting)) {
        _ if rule::heard_last(board, person).is_some_and(|at| now - at > QUIET) => "nudge-welcome-back",
        true => "nudge-hello-last",
        false => "nudge-hello",
    };
    let lines = sittings.iter().filter_map(|sitting| line(scene, sitting, last(sitting)));
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return None;
    }
    let person = board.people.get(&person)?;
    let hello = scene.say(&Said::new(hello).with("name", &person.name));
    let alone = sittings.iter().any(|sitting| last(sitting) && rule::missing(board, sitting).contains(&person.partner));
    let partner = Said::new("nudge-partner").with("partner", scene.partner(person.partner));
    let partner = if alone { scene.say(&partner) } else { String::new() };
    Some(buttons(scene, &sittings, Screen::text(hello).and(&lines.join("\n")).and(&partner)))
}

fn line(scene: &Scene<'_>, sitting: &Sitting, last: bool) -> Option<String> {
    let ends = rule::end(scene.board(), &sitting.key)?;
    if let Some(ask) = alone(scene, sitting) {
        return Some(scene.say(&Said::new("nudge-line-ask").with("ask", &ask.key).with("ends_s", ends.timestamp())));
    }
    let windows = sitting.asks.iter().filter(|ask| !ask.optional).filter_map(|ask| scene.open(&ask.key));
    let (done, of) = turnout::of(scene, windows).filter(|(done, _)| last && *done > 0).unwrap_or_default();
    let key = if of > 0 { "nudge-line-last" } else { "nudge-line" };
    let said = Said::new(key).with("sitting", &sitting.key).with("ends_s", ends.timestamp());
    Some(scene.say(&said.with("minutes", sitting.minutes).with("done", done).with("of", of)))
}

/// The one ask of a sitting that is asked once more, if nothing else of it is open: whoever gave to the sitting would
/// wonder what they have forgotten.
fn alone<'a>(scene: &Scene<'_>, sitting: &'a Sitting) -> Option<&'a Ask> {
    let mut open = sitting.asks.iter().filter_map(|ask| Some((ask, scene.open(&ask.key)?)));
    let (ask, window) = open.next()?;
    (open.next().is_none() && window.alone && window.nth > 1).then_some(ask)
}

fn buttons(scene: &Scene<'_>, sittings: &[&Sitting], screen: Screen) -> Screen {
    let shown = || sittings.iter().take(SITTINGS_SHOWN);
    let start = shown().map(|sitting| match alone(scene, sitting) {
        Some(ask) => Button::main(Press::Ask { ask: ask.key.clone() }, scene.words().ask(&ask.key).title),
        None => Button::main(Press::Start { sitting: sitting.key.clone() }, start_label(scene, &sitting.key)),
    });
    let pass = shown().map(|sitting| {
        let title = match alone(scene, sitting) {
            Some(ask) => scene.words().ask(&ask.key).title,
            None => scene.words().sitting(&sitting.key).title,
        };
        let label = match sittings {
            [_] => scene.label("nudge-pass"),
            _ => scene.fill_plain("nudge-pass-of", &[("sitting", &title)]),
        };
        Button::plain(Press::PassAll { sitting: sitting.key.clone(), sure: false }, label)
    });
    let days = scene.person().map(|me| rule::days(scene.board(), me.id, scene.view().now())).unwrap_or_default();
    let day = Button::plain(Press::BetterDay, scene.label("nudge-day"));
    let stop = Button::plain(Press::NoNudges, scene.label("nudge-stop"));
    let quiet = if days.is_empty() { vec![stop] } else { vec![day, stop] };
    screen.buttons(start.collect()).buttons(pass.collect()).buttons(quiet)
}

/// Which partners are missing near the end of a sitting, with a letter to each; none if all are in.
#[must_use]
pub(super) fn missing(scene: &Scene<'_>, key: &str) -> Option<Screen> {
    let (_, sitting) = scene.board().plan.sitting(key)?;
    let ends = rule::end(scene.board(), key).filter(|ends| *ends > scene.view().now())?;
    let missing = rule::missing(scene.board(), sitting);
    if missing.is_empty() {
        return None;
    }
    let names: Vec<String> = missing.iter().map(|partner| scene.partner(*partner)).collect();
    let head = Said::new("missing-head").with("sitting", key).with("ends_s", ends.timestamp());
    let screen = Screen::text(scene.say(&head.with("partners", names.join(", "))));
    let letters = missing.iter().map(|partner| letter(scene, sitting, *partner, ends));
    let screen = letters.fold(screen, |screen, letter| screen.and(&block(&letter, LETTERS_CHARS_MAX / missing.len())));
    let deed = Deed { name: "close".to_owned(), args: vec![key.to_owned()], page: 0 };
    Some(screen.buttons(vec![
        Button::plain(Press::Desk, scene.label("desk")),
        Button::plain(Press::Deed { deed }, scene.label("deed-close")),
    ]))
}

/// A private word to a partner's people, ready to be copied; it says nothing of what anybody gave.
fn letter(scene: &Scene<'_>, sitting: &Sitting, partner: PartnerId, ends: DateTime<Utc>) -> String {
    let people: Vec<_> = scene.board().counting().filter(|person| person.partner == partner).collect();
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    let zone = people.first().map_or("UTC", |person| person.zone.as_str());
    let shown = calendar::clock(ends, zone);
    let ends = format!("{}, {} ({zone})", day_in_words(scene, shown.date()), shown.format("%H:%M"));
    let said = Said::new("missing-letter").with("names", names.join(", ")).with("sitting", &sitting.key);
    let said = said.with("ends", ends).with("minutes", sitting.minutes).with("partner", scene.partner(partner));
    scene.words().say(&said)
}
