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
    }
    buttons.extend(super::onward_buttons(scene, ask));
    super::head(scene, ask, top).and(&text).buttons(buttons)
}

fn said(scene: &Scene<'_>, answer: &Figure) -> String {
    let word = match answer.value {
        Value::Here => return String::new(),
        Value::Stands => scene.label("you-said-stands"),
        Value::Remark => scene.label("you-said-remark"),
        Value::NotYet => scene.label("you-said-not-yet"),
    };
    let note = if answer.note.is_empty() { String::new() } else { format!(" “{}”", inline_fit(&answer.note, 80)) };
    format!("\n  ↳ {word}{note}")
}

/// Which line is meant.
#[must_use]
pub fn lines(scene: &Scene<'_>, ask: &Ask, value: Value) -> Screen {
    let choices = slate(scene, ask).into_iter().take(CHOICES_MAX).zip(1..);
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
    Form {
        id: Press::Note { ask: ask.key.clone(), card, value, opening }.into(),
        title: scene.label(key),
        boxes: vec![Blank {
            key: "note".to_owned(),
            label: scene.label(if value == Value::NotYet { "not-yet-box" } else { "remark-box" }),
            hint: scene.label("note-hint"),
            value: before.map(|figure| figure.note.clone()).unwrap_or_default(),
            chars_max: REMARK_CHARS_MAX,
            long: true,
            needed: true,
        }],
    }
}
