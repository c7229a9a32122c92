//! How a person sets figures: marks, answers, nominations, red and green, places in a tree.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::path::plan::Ask;

use super::answer::{Note, Put};
use super::hand::{Done, Hand, option};
use super::labels::{TICK, key};
use super::memory::Memory;

/// Marks, menu by menu.
pub async fn marks(hand: &mut Hand<'_>, memory: &Memory, ask: &Ask, cards: &[String]) -> Done {
    let mut found = 0;
    for nth in 0..hand.menus().len() {
        let Some(menu) = hand.menus().into_iter().nth(nth) else { break };
        let wanted = cards.iter().filter_map(|card| option(&menu, memory.words_of(card)));
        let values: Vec<String> = wanted.collect();
        found += values.len();
        if !values.is_empty() {
            hand.select(&menu, &values).await?;
            ticked(hand, ask)?;
        }
    }
    if found == cards.len() { Ok(()) } else { Err(hand.lost(format!("all of {cards:?} in the menus"))) }
}

fn ticked(hand: &Hand<'_>, ask: &Ask) -> Done {
    if hand.text().contains(TICK) {
        Ok(())
    } else {
        Err(hand.lost(format!("the tick in “{}”", hand.stage.title(&ask.key))))
    }
}

/// A remark or a *not yet*, on one line of the slate or on the only one.
pub async fn note(hand: &mut Hand<'_>, memory: &Memory, label: &str, note: &Note) -> Done {
    let stage = hand.stage;
    hand.press(&stage.label(label)).await?;
    if hand.form.is_none() {
        let which = stage.label(key::WHICH_LINE);
        let Some(menu) = hand.menu(&which) else { return Err(hand.lost("the menu of lines")) };
        let line = match &note.line {
            Some(card) => option(&menu, memory.words_of(card)),
            None => menu["options"][0]["value"].as_str().map(str::to_owned),
        };
        let Some(line) = line else { return Err(hand.lost("the line that is meant")) };
        hand.select(&menu, &[line]).await?;
    }
    let Some(label) = hand.form.as_ref().and_then(|form| form.fields.first()).map(|field| field.label.clone()) else {
        return Err(hand.lost("the form for a remark"));
    };
    hand.submit(&[(label, note.words.clone())]).await
}

/// *Stands, subject to approval* by a day.
pub async fn subject(hand: &mut Hand<'_>, day: NaiveDate) -> Done {
    hand.press(&hand.stage.label(key::SUBJECT)).await?;
    let Some(label) = hand.form.as_ref().and_then(|form| form.fields.first()).map(|field| field.label.clone()) else {
        return Err(hand.lost("the form for the day"));
    };
    hand.submit(&[(label, day.to_string())]).await
}

/// A card for each partner, page by page.
pub async fn assign(hand: &mut Hand<'_>, memory: &Memory, ask: &Ask, chosen: &BTreeMap<String, String>) -> Done {
    let more = hand.stage.label(key::MORE_PARTNERS);
    for (partner, card) in chosen {
        for _ in 0..10 {
            if hand.menu(partner).is_some() || !hand.has_button(&more) {
                break;
            }
            hand.press(&more).await?;
        }
        hand.choose(partner, memory.words_of(card)).await?;
        ticked(hand, ask)?;
    }
    Ok(())
}

/// Red and green, one press each.
pub async fn figures(hand: &mut Hand<'_>, memory: &Memory, ask: &Ask, piles: &BTreeMap<String, Vec<String>>) -> Done {
    for (pile, cards) in piles {
        let mut left: Vec<&String> = cards.iter().collect();
        left.dedup();
        for card in left {
            let wanted = cards.iter().filter(|other| *other == card).count();
            for _ in lying(hand, memory, pile, card)?..wanted {
                place(hand, memory, ask, pile, card).await?;
                ticked(hand, ask)?;
            }
        }
    }
    Ok(())
}

/// One figure more on a field.
pub async fn place(hand: &mut Hand<'_>, memory: &Memory, ask: &Ask, pile: &str, card: &str) -> Done {
    let stage = hand.stage;
    hand.choose(&stage.label(key::PICK_FIELD), memory.words_of(card)).await?;
    hand.press(&format!("+ {}", stage.pile(&ask.key, pile))).await
}

/// How many figures of a pile lie on a field, as the menu shows it: the pile's first letter, once each.
fn lying(hand: &Hand<'_>, memory: &Memory, pile: &str, card: &str) -> Done<usize> {
    let hint = hand.stage.label(key::PICK_FIELD);
    let Some(menu) = hand.menu(&hint) else { return Err(hand.lost(format!("the menu “{hint}”"))) };
    let wanted = option(&menu, memory.words_of(card));
    let options = menu["options"].as_array().cloned().unwrap_or_default();
    let Some(found) = options.iter().find(|option| option["value"].as_str() == wanted.as_deref()) else {
        return Err(hand.lost(format!("“{}” in the menu “{hint}”", memory.words_of(card))));
    };
    let line = found["description"].as_str().unwrap_or_default();
    let letters = line.split(' ').next().unwrap_or_default();
    let is_signs = !letters.is_empty() && letters.chars().all(char::is_uppercase);
    let sign = pile.chars().next().unwrap_or(' ').to_uppercase().to_string();
    Ok(if is_signs { letters.matches(&sign).count() } else { 0 })
}

/// Cards put under others in a tree.
pub async fn places(hand: &mut Hand<'_>, memory: &Memory, places: &[Put]) -> Done {
    for put in places {
        under(hand, memory, &put.put, &put.under).await?;
        if !hand.text().contains(TICK) {
            return Err(hand.lost(format!("the tick after {} was put under {}", put.put, put.under)));
        }
    }
    Ok(())
}

/// One card put under another.
pub async fn under(hand: &mut Hand<'_>, memory: &Memory, card: &str, above: &str) -> Done {
    let stage = hand.stage;
    hand.choose(&stage.label(key::PICK_CARD), memory.words_of(card)).await?;
    hand.choose(&stage.label(key::LIES_UNDER), memory.words_of(above)).await
}
