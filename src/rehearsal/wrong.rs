//! What people try in vain, and how they know that it was refused.

use crate::path::Said;
use crate::path::plan::Ask;

use super::answer::Wrong;
use super::figuring;
use super::hand::{Done, Hand, Stuck};
use super::labels::{TICK, key};
use super::memory::Memory;
use super::person;
use super::script::Scene;

/// Characters a sentence needs to be known again.
const KNOWN_CHARS: usize = 15;

/// Tries it; gives the refusal's own words.
///
/// # Errors
/// If it was not refused, or not with the words of the refusal that the script names.
pub async fn attempt(hand: &mut Hand<'_>, memory: &Memory, ask: &Ask, wrong: &Wrong) -> Done<String> {
    for card in &wrong.cards {
        // Forms do not take more than fits; a message does.
        let words = card.fields.values().cloned().collect::<Vec<_>>().join("\n");
        let post = hand.say(&words).await?;
        let name = hand.stage.label(key::GIVE_THIS);
        hand.on_message(post.id, &name).await?;
        if let Some(menu) = hand.menus().into_iter().next() {
            let title = hand.stage.title(&ask.key);
            let Some(value) = super::hand::option(&menu, &title) else {
                return Err(hand.lost(format!("“{title}”")));
            };
            hand.select(&menu, &[value]).await?;
        }
    }
    for (pile, cards) in &wrong.place {
        for card in cards {
            figuring::place(hand, memory, ask, pile, card).await?;
        }
    }
    for put in &wrong.places {
        figuring::under(hand, memory, &put.put, &put.under).await?;
    }
    refused(hand, &wrong.refusal)
}

/// The words of a refusal that stands on the screen.
///
/// # Errors
/// If something else stands there.
pub fn refused(hand: &Hand<'_>, refusal: &str) -> Done<String> {
    let text = super::giving::unescaped(hand.text());
    let words = hand.stage.words;
    let whole = if words.knows(refusal) { words.say(&Said::new(refusal)) } else { words.label(refusal).to_owned() };
    let sentences = whole.split(['.', ':', '!', '?']).map(str::trim).filter(|part| part.chars().count() >= KNOWN_CHARS);
    if sentences.clone().any(|sentence| text.contains(sentence)) {
        Ok(text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned())
    } else {
        let saved = if text.contains(TICK) { " (it was saved!)" } else { "" };
        Err(Stuck::Lost { who: hand.person.name.clone(), what: format!("the refusal {refusal}{saved}"), screen: text })
    }
}

/// Presses on posts of what is closed long since, where the script has somebody do so.
///
/// # Errors
/// If it was not refused, or not with the words of the refusal that the script names.
pub async fn older_posts(hand: &mut Hand<'_>, scene: &Scene, refusals: &mut Vec<String>) -> Done {
    for wrong in scene.wrong.iter().filter(|wrong| wrong.who == hand.person.id) {
        let Some(open) = &wrong.press else { continue };
        let older = hand
            .stage
            .script
            .scenes
            .iter()
            .find(|other| other.open.sitting == open.sitting && other.open.ask == open.ask);
        let Some(older) = older else { continue };
        let post = person::find_post(hand, older).await?;
        let label = person::button_of(hand.stage, older);
        hand.press_on(&post, &label).await?;
        refusals.push(refused(hand, &wrong.refusal)?);
    }
    Ok(())
}
