//! Sittings and asks as they open and close: two posts in the channel.

use chrono::{DateTime, Utc};

use super::{ahead, canvas, outcome, phase, turnout};
use crate::discord::escape::{fit, leaf_fit, length, quote_fit};
use crate::discord::limits::MESSAGE_CHARS_MAX;
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Screen};
use crate::path::plan::{Ask, Sitting};
use crate::path::{Said, Window};

/// Characters of a closing post above its last line.
const OUTCOME_CHARS_MAX: usize = 1400;

/// A sitting opens: what it is, until when, and *Start*.
#[must_use]
pub fn opens(scene: &Scene<'_>, key: &str) -> Option<Screen> {
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
    let above = Screen::text(format!("**{}**", words.title)).and(&word(scene, key));
    let mut below = Screen::text(&words.canvas);
    if is_first {
        below = below.and(&welcome(scene));
    }
    if let Some(window) = open_windows(scene, sitting).iter().find(|window| !window.because_of.is_empty()) {
        below = below.and(&scene.say(&Said::new("opened-because").with("because", &window.because_of)));
    }
    let until = Said::new("sitting-until").with("ends_s", ends.timestamp()).with("minutes", sitting.minutes);
    below = below.and(&scene.say(&until));
    // The hosts' own text is what gives way where all together is too long; Discord would cut the end.
    let left = MESSAGE_CHARS_MAX.saturating_sub(length(&above.text) + length(&below.text) + 2 * GAP + PREVIEW_ROOM);
    let minutes = sitting.minutes.to_string();
    let start = scene.fill_plain("start-minutes", &[("minutes", &minutes)]);
    let mut buttons = vec![Button::main(Press::Start { sitting: key.to_owned() }, start)];
    if !words.more.is_empty() {
        buttons.push(Button::plain(Press::Learn { sitting: key.to_owned(), page: 0 }, scene.label("read-more")));
    }
    buttons.extend(offers(scene, sitting));
    if is_first {
        buttons.push(Button::plain(Press::Join { page: 0 }, scene.label("thats-me")));
    }
    above.and(&invitation(scene, key, &words.post, left)).and(&below.text).buttons(buttons)
}

/// The ways in which people offer to draft, while something of this sitting has no drafters; late where that has closed.
fn offers(scene: &Scene<'_>, sitting: &Sitting) -> Vec<Button> {
    let has_none = |ask: &&Ask| scene.open(&ask.key).is_some_and(|window| window.drafters.is_empty());
    let drafted = sitting.asks.iter().filter(has_none).filter_map(|ask| ask.drafting.as_ref());
    let offer = |ask: &String| {
        let is_open = scene.board().window_of(ask)?.is_open();
        let ask = ask.clone();
        let title = scene.words().ask(&ask).title;
        Some(Button::plain(if is_open { Press::Ask { ask } } else { Press::Add { ask } }, title))
    };
    drafted.filter_map(|drafting| offer(&drafting.volunteers)).collect()
}

/// Characters between two paragraphs.
const GAP: usize = 2;
/// Characters that stand above a post where a host looks at it: it is cut there as it is in the channel.
const PREVIEW_ROOM: usize = 300;
/// Characters of hosts' words above a post, once escaped: what they may type, and room for a few escapes.
const WORD_ROOM: usize = 460;
/// Characters of hosts' words of welcome, once escaped.
const WELCOME_ROOM: usize = 660;

/// A host's text in the place of ours, with a quiet line that says whose it is; or ours.
fn invitation(scene: &Scene<'_>, sitting: &str, ours: &str, chars_max: usize) -> String {
    let Some(own) = scene.board().invitations.get(sitting) else { return ours.to_owned() };
    let by = scene.say(&Said::new("invitation-by").with("name", scene.name(own.by)));
    format!("{}\n{by}", leaf_fit(&own.text, chars_max.saturating_sub(length(&by) + 1)))
}

/// A host's own words for this sitting, with their name.
fn word(scene: &Scene<'_>, sitting: &str) -> String {
    let Some(word) = scene.board().words.get(sitting) else { return String::new() };
    let from = scene.say(&Said::new("word-from").with("name", scene.name(word.by)));
    format!("{from}\n{}", quote_fit(&word.text, WORD_ROOM))
}

/// The hosts' own words above the very first post, or ours while they have written none.
fn welcome(scene: &Scene<'_>) -> String {
    let own = &scene.board().partnership.welcome;
    match own.as_str() {
        "" => scene.say(&Said::new("welcome")),
        own => format!("{}\n{}", scene.say(&Said::new("word-from-hosts")), quote_fit(own, WELCOME_ROOM)),
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
    let has_gone_on = ended.is_some_and(|ended| ahead::has_gone_on(scene, ended));
    let next = if has_gone_on { String::new() } else { ahead::line(scene) };
    Some(screen.and(&done).and(&next).and(&scene.label("talk-rule")).buttons(vec![
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
