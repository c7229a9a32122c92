//! Quick polls: the form that asks one, *for whom do you speak*, how many have voted, *close now*.

use crate::app::ActError;
use crate::discord::escape::{block, inline};
use crate::discord::limits::CHOICES_MAX;
use crate::discord::press::Press;
use crate::discord::scene::{Scene, say};
use crate::discord::screen::{Blank, Button, Choice, Form, Look, Menu, Screen};
use crate::path::decide::{NAME_CHARS_MAX, QUESTION_CHARS_MAX};
use crate::path::{Partner, Window};
use crate::prompts::Words;

/// The keys of the boxes of both forms.
pub const BOXES: [&str; 5] = ["question", "organisations", "options", "until", "organisation"];
/// Characters of a box of many lines: 25 of them at their longest.
const LINES_CHARS_MAX: u32 = 2600;
/// Characters in which an end is typed.
const UNTIL_CHARS_MAX: u32 = 40;
/// Characters of one's own words that are shown again.
const OWN_CHARS_MAX: usize = 1200;

/// The form: of a poll on anything, or on roles. Whoever is not known here also says for whom they speak.
#[must_use]
pub fn form(words: &Words, id: Press, roles: bool, is_open_house: bool) -> Form {
    let boxes: &[&str] = match (roles, is_open_house) {
        (true, _) => &["organisations", "options", "until"],
        (false, true) => &["question", "options", "until", "organisation"],
        (false, false) => &["question", "options", "until"],
    };
    let kind = if roles { "roles" } else { "ask" };
    let boxes = boxes.iter().map(|key| {
        let words_key = if roles && *key == "options" { "roles" } else { key };
        blank(words, key, words_key, !matches!((*key, roles), ("until" | "organisation", _) | ("options", true)))
    });
    let title = words.label(&format!("poll-form-{kind}")).to_owned();
    Form { id: id.into(), title, boxes: boxes.collect() }
}

/// The form for an organisation that is not there yet.
#[must_use]
pub fn organisation(words: &Words, id: Press) -> Form {
    let boxes = vec![blank(words, "organisation", "organisation", true)];
    Form { id: id.into(), title: words.label("poll-speak").to_owned(), boxes }
}

fn blank(words: &Words, key: &str, words_key: &str, needed: bool) -> Blank {
    let (chars_max, long) = match key {
        "question" => (QUESTION_CHARS_MAX, false),
        "until" => (UNTIL_CHARS_MAX, false),
        "organisation" => (NAME_CHARS_MAX, false),
        _ => (LINES_CHARS_MAX, true),
    };
    Blank {
        key: key.to_owned(),
        label: words.label(&format!("poll-{words_key}")).to_owned(),
        hint: words.label(&format!("poll-{words_key}-hint")).to_owned(),
        value: if key == "until" { words.label("poll-until-default").to_owned() } else { String::new() },
        chars_max,
        long,
        needed,
    }
}

/// Why there is no poll, with what was typed.
#[must_use]
pub fn refused(words: &Words, error: &ActError, own: &str) -> Screen {
    let why = match error {
        ActError::Refused(refusal) => say(words, &refusal.said()),
        ActError::Busy => words.label("busy").to_owned(),
        ActError::Failed { reference } => {
            words.fill(words.label("failed"), &[("reference".to_owned(), reference.clone())].into())
        }
    };
    let own = format!("{}\n{}", words.label("your-words"), block(own, OWN_CHARS_MAX));
    Screen::text(why).and(&own)
}

/// The first click: for which organisation somebody speaks.
#[must_use]
pub fn speak(scene: &Scene<'_>, window: &Window) -> Screen {
    let board = scene.board();
    let is_person = |partner: &Partner| board.people.values().any(|person| person.name == partner.short);
    let named = !window.about.is_empty();
    let spoken_of = |partner: &&Partner| if named { window.about.contains(&partner.id) } else { !is_person(partner) };
    let choices = board.partners_now().filter(spoken_of).map(|partner| Choice::new(partner.id, partner.short.clone()));
    let id = Press::SpeakFor { ask: window.ask.clone() };
    let menu = Menu::one(id, scene.label("poll-speak-hint"), choices.take(CHOICES_MAX).collect());
    let screen = Screen::text(scene.label("poll-speak-words")).menu(menu);
    if named {
        return screen;
    }
    screen.buttons(vec![
        Button::plain(Press::Another { ask: window.ask.clone() }, scene.label("poll-another")),
        Button::plain(Press::Alone { ask: window.ask.clone() }, scene.label("poll-alone")),
    ])
}

/// How many have voted; never who, and never for what.
#[must_use]
pub fn turnout(scene: &Scene<'_>, ask: &str) -> Screen {
    let Some(window) = scene.board().window_of(ask) else { return Screen::text(scene.label("older-post")) };
    let progress = scene.view().progress(window.id);
    let (have, of) = (progress.done.to_string(), progress.of.to_string());
    let key = if scene.board().plan.has_road() { "poll-turnout-of" } else { "poll-turnout" };
    let quorum = scene.board().plan.poll(ask).and_then(|poll| poll.quorum).map(|quorum| quorum.to_string());
    let quorum = quorum.map(|least| scene.fill("poll-quorum", &[("least", &least)])).unwrap_or_default();
    Screen::text(scene.fill(key, &[("have", &have), ("of", &of)])).and(&quorum)
}

/// Whether the reader may end it. What the button does is decided again when it is pressed.
#[must_use]
pub fn may_end(scene: &Scene<'_>, ask: &str) -> bool {
    let poll = scene.board().plan.poll(ask).filter(|_| scene.open(ask).is_some());
    poll.zip(scene.person()).is_some_and(|(poll, person)| person.host || poll.asker == person.id)
}

/// *Close now*: asked once more.
#[must_use]
pub fn sure(scene: &Scene<'_>, ask: &str) -> Screen {
    let end = Press::EndPoll { ask: ask.to_owned(), sure: true };
    let poll = scene.board().plan.poll(ask);
    let question = inline(&poll.map(|poll| poll.question.clone()).unwrap_or_default());
    // Of a public one everybody sees the votes already.
    let top = if poll.is_some_and(|poll| poll.public) { Screen::default() } else { turnout(scene, ask) };
    top.and(&format!("> {question}"))
        .and(&scene.label("poll-sure"))
        .buttons(vec![Button::plain(end, scene.label("poll-end")).look(Look::No)])
}
