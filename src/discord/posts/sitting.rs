//! Sittings and asks as they open and close: two posts in the channel.

use chrono::{DateTime, Utc};

use super::{ahead, canvas, outcome, phase, turnout};
use crate::discord::escape::{fit, quote};
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Screen};
use crate::path::plan::{Ask, Sitting};
use crate::path::{Said, Window};

/// Characters of a closing post above its last line.
const OUTCOME_CHARS_MAX: usize = 1400;

/// A sitting opens: what it is, until when, and *Start*.
pub(super) fn opens(scene: &Scene<'_>, key: &str) -> Option<Screen> {
    let (_, sitting) = scene.board().plan.sitting(key)?;
    let ends = open_windows(scene, sitting).iter().map(|window| window.ends).max()?;
    Some(opening(scene, sitting, ends))
}

/// The post that opens a sitting which ends then: also as a host sees it before it opens.
#[must_use]
pub fn opening(scene: &Scene<'_>, sitting: &Sitting, ends: DateTime<Utc>) -> Screen {
    let key = sitting.key.as_str();
    let words = scene.words().sitting(key);
    let is_first = scene.board().plan.sittings().next().is_some_and(|(_, first)| first.key == key);
    let head = format!("**{}**", words.title);
    let mut screen = match word(scene, key).as_str() {
        "" => Screen::text(format!("{head}\n{}", words.post)),
        word => Screen::text(head).and(word).and(&words.post),
    };
    if is_first {
        screen = screen.and(&welcome(scene));
    }
    if let Some(window) = open_windows(scene, sitting).iter().find(|window| !window.because_of.is_empty()) {
        screen = screen.and(&scene.say(&Said::new("opened-because").with("because", &window.because_of)));
    }
    let until = scene.say(&Said::new("open-until").with("ends_s", ends.timestamp()));
    let minutes = sitting.minutes.to_string();
    let start = scene.fill_plain("start-minutes", &[("minutes", &minutes)]);
    let mut buttons = vec![Button::main(Press::Start { sitting: key.to_owned() }, start)];
    if !words.more.is_empty() {
        buttons.push(Button::plain(Press::Learn { sitting: key.to_owned(), page: 0 }, scene.label("read-more")));
    }
    if is_first {
        buttons.push(Button::plain(Press::Join { page: 0 }, scene.label("thats-me")));
    }
    screen.and(&until).buttons(buttons)
}

/// A host's own words for this sitting, with their name.
fn word(scene: &Scene<'_>, sitting: &str) -> String {
    let Some(word) = scene.board().words.get(sitting) else { return String::new() };
    format!("{}\n{}", scene.say(&Said::new("word-from").with("name", scene.name(word.by))), quote(&word.text))
}

/// The hosts' own words above the very first post, or ours while they have written none.
fn welcome(scene: &Scene<'_>) -> String {
    let own = &scene.board().partnership.welcome;
    match own.as_str() {
        "" => scene.say(&Said::new("welcome")),
        own => format!("{}\n{}", scene.say(&Said::new("word-from-hosts")), quote(own)),
    }
}

/// A sitting closed: what we have now.
#[must_use]
pub fn closes(scene: &Scene<'_>, key: &str) -> Option<Screen> {
    let (phase, sitting) = scene.board().plan.sitting(key)?;
    let words = scene.words().sitting(key);
    let mut screen = Screen::text(format!("**{}**\n{}", words.title, words.close)).and(&all_of_us(scene, sitting));
    if let Some(why) = despite(scene, sitting) {
        screen = screen.and(&scene.say(&Said::new("closed-despite").with("why", why)));
    }
    let mut windows = sitting.asks.iter().filter_map(|ask| scene.board().window_of(&ask.key));
    if windows.any(|window| closed_without_quorum(scene, window)) {
        screen = screen.and(&scene.say(&Said::new("closed-without-quorum")));
    }
    for ask in &sitting.asks {
        screen = screen.and(&outcome::of(scene, ask));
    }
    // What stands below must stay however long the outcome is.
    screen.text = fit(&screen.text, OUTCOME_CHARS_MAX);
    let ended = sitting.asks.iter().filter_map(|ask| scene.board().window_of(&ask.key)?.closed).max();
    let done = ended.and_then(|ended| phase::done(scene, &phase.key, ended)).unwrap_or_default();
    Some(screen.and(&done).and(&ahead::line(scene)).and(&scene.label("talk-rule")).buttons(vec![
        canvas(scene),
        Button::plain(Press::Whereabouts { sitting: key.to_owned() }, scene.label("where-is-mine")),
    ]))
}

/// Whether what should have been decided had its second time, and closed without the quorum all the same.
pub(super) fn closed_without_quorum(scene: &Scene<'_>, window: &Window) -> bool {
    window.itself
        && window.extended
        && scene.ask(&window.ask).is_some_and(Ask::binds)
        && !scene.view().progress(window.id).has_quorum()
}

/// Why it was closed although people were missing, if a host said so.
fn despite(scene: &Scene<'_>, sitting: &Sitting) -> Option<String> {
    let mut windows = sitting.asks.iter().filter_map(|ask| scene.board().window_of(&ask.key));
    windows.find(|window| !window.despite.is_empty()).map(|window| window.despite.clone())
}

/// *All 13 of us* when true, else how many; never who is missing.
fn all_of_us(scene: &Scene<'_>, sitting: &Sitting) -> String {
    let windows = sitting.asks.iter().filter(|ask| !ask.optional).filter_map(|ask| scene.board().window_of(&ask.key));
    let Some((done, of)) = turnout::of(scene, windows) else { return String::new() };
    let key = if done == of { "all-of-us" } else { "some-of-us" };
    scene.say(&Said::new(key).with("done", done).with("of", of))
}

fn open_windows<'a>(scene: &'a Scene<'_>, sitting: &Sitting) -> Vec<&'a Window> {
    sitting.asks.iter().filter_map(|ask| scene.open(&ask.key)).collect()
}

/// The name of the thread in which a sitting's outcome is talked about.
#[must_use]
pub fn talk_name(scene: &Scene<'_>, sitting: &str) -> String {
    scene.fill_plain("talk-about", &[("sitting", &scene.words().sitting(sitting).title)])
}
