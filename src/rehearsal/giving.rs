//! How a person gives cards: menus for what is chosen, a form for what is typed, page after page.

use std::collections::BTreeMap;

use crate::path::plan::{Ask, Field};

use super::answer::CardScript;
use super::hand::{Done, Hand};
use super::host::said;
use super::labels::{TICK, key};
use super::memory::Memory;
use super::mine;

/// Characters by which cut words are known again.
const KNOWN_CHARS: usize = 20;
/// Boxes on one page of a form.
const BOXES_A_PAGE: usize = 3;

/// Gives cards one after another. Those that stand on the screen already are not given again: after
/// an interruption a person looks first what became of theirs.
pub async fn cards(hand: &mut Hand<'_>, memory: &mut Memory, ask: &Ask, cards: &[CardScript]) -> Done {
    for card in cards {
        if !stands_there(hand, memory, ask, card) {
            one(hand, memory, ask, card).await?;
            if let Some(other) = &card.supports {
                support(hand, memory, other).await?;
            }
        }
        memory.given(hand.stage, &ask.key, card);
    }
    Ok(())
}

/// Whether a card is among those that the screen says were given: its own words stand there, whole or
/// cut. What was chosen is shown under names that a person need not know.
fn stands_there(hand: &Hand<'_>, memory: &Memory, ask: &Ask, card: &CardScript) -> bool {
    let words = |typed: bool| -> Vec<String> {
        let fields = ask.fields.iter().filter(|field| field.is_typed() == typed);
        let filled =
            fields.filter_map(|field| Some((field, card.fields.get(&field.key).filter(|value| !value.is_empty())?)));
        filled.map(|(field, value)| memory.shown(hand.stage, &ask.key, &field.key, value).replace('\n', " ")).collect()
    };
    let own = if words(true).is_empty() { words(false) } else { words(true) };
    let given = hand.text().lines().filter_map(|line| line.strip_prefix(TICK)).map(unescaped);
    !own.is_empty() && given.into_iter().any(|line| holds(&line, &own))
}

/// Whether a line holds all of these words, as far as it was not cut.
fn holds(line: &str, words: &[String]) -> bool {
    let Some((cut, _)) = line.rsplit_once('…') else { return words.iter().all(|words| line.contains(words)) };
    let start = |words: &String| words.chars().take(KNOWN_CHARS).collect::<String>();
    words.first().is_some_and(|words| line.contains(words) || cut.contains(&start(words)))
}

/// Words without the backslashes that keep markdown away.
#[must_use]
pub fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(letter) = chars.next() {
        match letter {
            '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => {}
            '\u{200b}' => {}
            letter => out.push(letter),
        }
    }
    out
}

/// One card.
pub async fn one(hand: &mut Hand<'_>, memory: &Memory, ask: &Ask, card: &CardScript) -> Done {
    let stage = hand.stage;
    if card.changes.is_some() {
        hand.press(&stage.label(key::CHANGE)).await?;
    }
    for field in ask.fields.iter().filter(|field| !field.is_typed()) {
        if let Some(value) = card.fields.get(&field.key) {
            let words = memory.shown(stage, &ask.key, &field.key, value);
            hand.choose(&stage.field_label(ask, field), &words).await?;
        }
    }
    let typed: Vec<&Field> = ask.fields.iter().filter(|field| field.is_typed()).collect();
    for (nth, page) in typed.chunks(BOXES_A_PAGE).enumerate() {
        let values = values(hand, ask, page, &card.fields);
        if !values.is_empty() {
            open_page(hand, nth).await?;
            hand.submit(&values).await?;
        }
    }
    let give = stage.label(key::GIVE);
    if hand.has_button(&give) {
        hand.press(&give).await?;
    }
    if hand.text().contains(TICK) {
        Ok(())
    } else {
        Err(hand.lost(format!("the tick after a card for “{}”", stage.title(&ask.key))))
    }
}

/// Supports the card that says nearly the same.
async fn support(hand: &mut Hand<'_>, memory: &Memory, other: &str) -> Done {
    if !unescaped(hand.text()).contains(memory.words_of(other)) {
        return Err(hand.lost(format!("“{}”, which says nearly the same", memory.words_of(other))));
    }
    hand.press(&hand.stage.label(key::SUPPORT)).await?;
    said(hand, "supported")
}

/// Supports it on one's own card's page, where the hint after the tick was cut off.
pub async fn support_late(hand: &mut Hand<'_>, memory: &Memory, card: &CardScript) -> Done {
    if let Some(other) = &card.supports {
        mine::show(hand, memory, &card.id).await?;
        if hand.has_button(&hand.stage.label(key::SUPPORT)) {
            support(hand, memory, other).await?;
        }
    }
    Ok(())
}

/// Opens the form: a first card, a further one, or a further page of it.
async fn open_page(hand: &mut Hand<'_>, page: usize) -> Done {
    let stage = hand.stage;
    // *Change* opens the form of a card at once.
    if hand.form.is_some() {
        return Ok(());
    }
    let labels = match page {
        0 => [key::ANOTHER, key::WRITE],
        _ => [key::GO_ON, key::WRITE],
    };
    for label in labels.map(|key| stage.label(key)) {
        if hand.has_button(&label) {
            hand.press(&label).await?;
            return if hand.form.is_some() { Ok(()) } else { Err(hand.lost(format!("a form behind “{label}”"))) };
        }
    }
    Err(hand.lost(format!("the button “{}”", stage.label(labels[1]))))
}

/// What is typed into one page, by the labels of its boxes.
fn values(hand: &Hand<'_>, ask: &Ask, page: &[&Field], fields: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let given = page.iter().filter_map(|field| {
        let value = fields.get(&field.key)?;
        Some((hand.stage.field_label(ask, field), value.clone()))
    });
    given.collect()
}
