//! A consent round: the lines of a slate, and *stands / stands, with a remark / not yet, because…*

use crate::discord::escape::inline_fit;
use crate::discord::limits::CHOICES_MAX;
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Blank, Button, Choice, Form, Look, Menu, Screen};
use crate::path::decide::REMARK_CHARS_MAX;
use crate::path::plan::Ask;
use crate::path::{Card, CardId, Figure, Value, table};

/// The lines of the slate.
fn slate<'a>(scene: &'a Scene<'_>, ask: &Ask) -> Vec<&'a Card> {
    scene.open(&ask.key).map(|window| table::table(scene.board(), window)).unwrap_or_default()
}

/// The screen.
#[must_use]
pub fn screen(scene: &Scene<'_>, ask: &Ask, top: &str) -> Screen {
    let lines = slate(scene, ask);
    let answers = super::figures::placed(scene, ask);
    let room = 1100 / lines.len().max(1);
    let text = lines.iter().zip(1..).map(|(card, nth)| {
        let words = super::cards::full_line(scene, card, room.clamp(60, 400));
        let answer = answers.iter().find(|figure| figure.card == card.id);
        format!("{nth}. {words}{}", answer.map(|answer| said(scene, answer)).unwrap_or_default())
    });
    let text = text.collect::<Vec<_>>().join("\n");
    let text = if lines.is_empty() { scene.label("nothing-there") } else { text };
    let key = || ask.key.clone();
    let only = match lines.as_slice() {
        [one] => Some(one.id),
        _ => None,
    };
    let mut buttons = Vec::new();
    if !lines.is_empty() && scene.giver(ask).is_some() {
        buttons.push(
            Button::plain(Press::Answer { ask: key(), value: Value::Stands }, scene.label("stands")).look(Look::Yes),
        );
        buttons.push(Button::plain(
            Press::Remark { ask: key(), card: only, value: Value::Remark },
            scene.label("stands-remark"),
        ));
        buttons.push(Button::plain(
            Press::Remark { ask: key(), card: only, value: Value::NotYet },
            scene.label("not-yet"),
        ));
        buttons.extend(super::approval::choices(scene, ask));
        if only.is_none() && answers.iter().any(|answer| answer.value != Value::Stands) {
            let back = Press::Remark { ask: key(), card: None, value: Value::Stands };
            buttons.push(Button::plain(back, scene.label("stands-after-all")));
        }
    }
    buttons.extend(super::onward_buttons(scene, ask));
    super::head(scene, ask, top).and(&text).and(&super::approval::set(scene, ask)).buttons(buttons)
}

fn said(scene: &Scene<'_>, answer: &Figure) -> String {
    let word = match answer.value {
        Value::Here => return String::new(),
        Value::Stands => scene.label("you-said-stands"),
        Value::Remark => scene.label("you-said-remark"),
        Value::NotYet => scene.label("you-said-not-yet"),
    };
    let quoted = |words: &str| format!(" “{}”", inline_fit(words, 80));
    let note = if answer.note.is_empty() { String::new() } else { quoted(&answer.note) };
    let proposal = match answer.proposal.as_str() {
        "" => String::new(),
        words => format!(" {}{}", scene.label("you-propose"), quoted(words)),
    };
    format!("\n  ↳ {word}{note}{proposal}")
}

/// Which line is meant.
#[must_use]
pub fn lines(scene: &Scene<'_>, ask: &Ask, value: Value) -> Screen {
    // Back to *stands*: only lines that have another answer.
    let answers = super::figures::placed(scene, ask);
    let other = |card: &Card| answers.iter().any(|answer| answer.card == card.id && answer.value != Value::Stands);
    let choices = slate(scene, ask).into_iter().zip(1..).filter(|(card, _)| value != Value::Stands || other(card));
    let choices = choices.take(CHOICES_MAX);
    let choices = choices.map(|(card, nth)| Choice::new(card.id, format!("{nth}. {}", scene.name_of(card)))).collect();
    let menu = Menu::one(Press::Line { ask: ask.key.clone(), value }, scene.label("which-line"), choices);
    let back = Button::plain(Press::Ask { ask: ask.key.clone() }, scene.label("back"));
    super::head(scene, ask, "").and(&scene.label("which-line")).menu(menu).buttons(vec![back])
}

/// The form for a remark or a *not yet*.
#[must_use]
pub fn form(scene: &Scene<'_>, ask: &Ask, card: CardId, value: Value, opening: String) -> Form {
    let answers = super::figures::placed(scene, ask);
    let before = answers.iter().find(|figure| figure.card == card && figure.value == value);
    let key = if value == Value::NotYet { "not-yet" } else { "stands-remark" };
    let blank = |key: &str, label: &str, hint: &str, value: Option<&String>, needed| Blank {
        key: key.to_owned(),
        label: scene.label(label),
        hint: scene.label(hint),
        value: value.cloned().unwrap_or_default(),
        chars_max: REMARK_CHARS_MAX,
        long: true,
        needed,
    };
    let (note, proposal) = (before.map(|figure| &figure.note), before.map(|figure| &figure.proposal));
    let boxes = if value == Value::NotYet {
        let reason = blank("note", "not-yet-box", "note-hint", note, true);
        vec![reason, blank("proposal", "proposal-box", "proposal-hint", proposal, false)]
    } else {
        vec![blank("note", "remark-box", "note-hint", note, true)]
    };
    Form { id: Press::Note { ask: ask.key.clone(), card, value, opening }.into(), title: scene.label(key), boxes }
}
