//! Screens: what people see, made from a view and words alone, so that each can be tested without
//! Discord. One file a kind.

pub mod alike;
pub mod approval;
pub mod assign;
pub mod canvas;
pub mod cards;
pub mod catchup;
pub mod clusters;
pub mod consent;
pub mod desk;
pub mod entering;
pub mod fate;
pub mod figures;
pub mod help;
pub mod join;
pub mod links;
pub mod log;
pub mod marks;
pub mod me;
pub mod meeting;
pub mod nudges;
pub mod origin;
pub mod paged;
pub mod poll;
pub mod preview;
pub mod read;
pub mod reopening;
pub mod reports;
pub mod rounds;
pub mod setup;
pub mod tree;
pub mod versions;

use super::escape::inline;
use super::press::{Press, Slip};
use super::scene::Scene;
use super::screen::{Button, Screen};
use crate::path::plan::{Ask, Kind};
use crate::path::{Refusal, Via, Window, waiting};

/// The screen of one ask, with something said above it.
#[must_use]
pub fn ask(scene: &Scene<'_>, key: &str, page: u16, top: &str) -> Screen {
    let Some(ask) = scene.ask(key) else {
        return Screen::text(top).and(&scene.say(&Refusal::Unknown { what: key.to_owned() }.said()));
    };
    if scene.open(key).is_none() {
        return shut(scene, ask, top);
    }
    match ask.kind {
        Kind::Read => read::screen(scene, ask, page, top),
        Kind::Cards => cards::screen(scene, ask, &Slip { ask: key.to_owned(), ..Slip::default() }, None, top),
        Kind::Marks => marks::screen(scene, ask, top),
        Kind::Consent => consent::screen(scene, ask, top),
        Kind::Assign => assign::screen(scene, ask, page, top),
        Kind::Figures => figures::screen(scene, ask, None, top),
        Kind::Tree => tree::screen(scene, ask, page, top),
        Kind::Groups => tree::groups(scene, ask, top),
    }
}

/// The next ask that waits in a sitting; thanks when there is none.
#[must_use]
pub fn sitting(scene: &Scene<'_>, key: &str, top: &str) -> Screen {
    let next = scene.person().and_then(|person| waiting::next_in(scene.board(), person.id, key));
    match next {
        Some(window) => ask(scene, &window.ask, 0, top),
        None => thanks(scene, key, top),
    }
}

/// What comes after an ask.
#[must_use]
pub fn onward(scene: &Scene<'_>, after: &str, top: &str) -> Screen {
    match scene.board().plan.sitting_of(after) {
        Some((_, found)) => sitting(scene, &found.key, top),
        None => Screen::text(top),
    }
}

/// The end of a sitting: thanks, what happens next, and what is there for those who like more.
fn thanks(scene: &Scene<'_>, key: &str, top: &str) -> Screen {
    let Some((_, found)) = scene.board().plan.sitting(key) else { return Screen::text(top) };
    let open: Vec<&Window> = found.asks.iter().filter_map(|ask| scene.open(&ask.key)).collect();
    let words = match scene.person() {
        Some(person) if !open.is_empty() && person.takes_part() => {
            let name = inline(&person.name);
            // A sitting's own thanks tell what comes after it; what was asked by itself ends nothing.
            if open.iter().all(|window| window.alone) {
                scene.fill("thanks-alone", &[("name", &name)])
            } else {
                scene.words().thanks(key, &name)
            }
        }
        Some(_) if !open.is_empty() => scene.label("reads-only"),
        _ => scene.label("sitting-not-open"),
    };
    let more: Vec<Button> = extras(scene, key);
    let hint = if more.is_empty() { String::new() } else { scene.label("if-you-like") };
    let mut buttons = vec![
        Button::plain(Press::Whereabouts { sitting: key.to_owned() }, scene.label("what-i-gave")),
        Button::plain(Press::Canvas { page: 0 }, scene.label("canvas")),
        Button::plain(Press::Me, scene.label("what-waits")),
    ];
    buttons.extend(more);
    buttons.truncate(10);
    Screen::text(top).and(&words).and(&hint).buttons(buttons)
}

/// What one may do in a sitting beside what is asked: optional asks, the tree.
fn extras(scene: &Scene<'_>, key: &str) -> Vec<Button> {
    let Some((_, found)) = scene.board().plan.sitting(key) else { return Vec::new() };
    let beside = |ask: &&Ask| (ask.optional || ask.kind == Kind::Tree) && scene.open(&ask.key).is_some();
    let button = |ask: &Ask| Button::plain(Press::Ask { ask: ask.key.clone() }, scene.words().ask(&ask.key).title);
    found.asks.iter().filter(beside).map(button).collect()
}

/// Title and place in the sitting, question, help, example.
pub(super) fn head(scene: &Scene<'_>, ask: &Ask, top: &str) -> Screen {
    let words = scene.words().ask(&ask.key);
    let step = scene.step(&ask.key).filter(|(_, of)| *of > 1);
    let step = step.map(|(nth, of)| {
        let (nth, of) = (nth.to_string(), of.to_string());
        format!(" · {}", scene.fill("step", &[("nth", &nth), ("of", &of)]))
    });
    let mut text = format!("**{}**{}\n{}", words.title, step.unwrap_or_default(), words.question);
    for more in [words.help.as_str(), &example(scene, &words.example)] {
        if !more.is_empty() {
            text.push('\n');
            text.push_str(more);
        }
    }
    Screen::text(top).and(&text).and(&entered(scene, ask))
}

/// That a host entered what stands here for the reader, who can change it.
fn entered(scene: &Scene<'_>, ask: &Ask) -> String {
    let key = scene.open(&ask.key).map(|window| window.id).zip(scene.giver(ask));
    let Some(entered) = key.and_then(|key| scene.board().entered.get(&key)) else { return String::new() };
    let way = if entered.via == Via::Live { "way-live" } else { "way-phone" };
    scene.fill("entered-by", &[("name", &scene.name(entered.by)), ("way", &scene.label(way))])
}

fn example(scene: &Scene<'_>, example: &str) -> String {
    if example.is_empty() { String::new() } else { format!("*{}* {example}", scene.label("example")) }
}

/// *Next*, or *Skip* while nothing was given.
pub(super) fn onward_buttons(scene: &Scene<'_>, ask: &Ask) -> Vec<Button> {
    if scene.open(&ask.key).is_none() {
        return vec![Button::plain(Press::Me, scene.label("what-waits"))];
    }
    if scene.how(ask).is_some() {
        return vec![Button::main(Press::Next { ask: ask.key.clone() }, scene.label("next"))];
    }
    if scene.giver(ask).is_none() {
        return vec![Button::plain(Press::Next { ask: ask.key.clone() }, scene.label("next"))];
    }
    vec![Button::plain(Press::Skip { ask: ask.key.clone() }, scene.label("skip"))]
}

/// An ask that takes nothing now: what is known of it all the same.
fn shut(scene: &Scene<'_>, ask: &Ask, top: &str) -> Screen {
    let key = ask.key.clone();
    let refusal = match scene.board().window_of(&ask.key) {
        Some(_) => Refusal::Closed { ask: key },
        None => Refusal::NotOpenYet { ask: key },
    };
    let mine = cards::given(scene, ask, &scene.mine(ask));
    let mut buttons = vec![Button::plain(Press::Me, scene.label("what-waits"))];
    if catchup::may_add(scene, ask) {
        buttons.insert(0, Button::main(Press::Add { ask: ask.key.clone() }, scene.label("add-to-it")));
    }
    if cards::others_of(scene, ask).is_empty() {
        buttons.push(Button::plain(Press::Canvas { page: 0 }, scene.label("canvas")));
    } else {
        buttons.push(Button::plain(Press::Others { ask: ask.key.clone(), page: 0 }, scene.label("others")));
    }
    buttons.extend(reopening::buttons(scene, ask));
    let again = reopening::asked(scene, &ask.key);
    Screen::text(top).and(&scene.say(&refusal.said())).and(&mine).and(&again).buttons(buttons)
}
