//! What became of a card, in one short line.

use super::alike;
use crate::discord::scene::{Scene, time};
use crate::path::became::{Became, became};
use crate::path::{Card, CardId};

/// Things told of one card, at most: the line stays short.
const TOLD_MAX: usize = 3;

/// The line; empty where there is nothing to tell.
#[must_use]
pub fn line(scene: &Scene<'_>, card: &Card) -> String {
    let told = became(scene.board(), card);
    let told: Vec<String> =
        told.iter().map(|one| say(scene, one)).filter(|words| !words.is_empty()).take(TOLD_MAX).collect();
    if told.is_empty() { String::new() } else { format!("→ {}", told.join(" · ")) }
}

fn say(scene: &Scene<'_>, became: &Became) -> String {
    let number = |count: usize| count.to_string();
    let words = |card: &CardId| {
        let board = scene.board();
        let card = board.standing_for(*card).or_else(|| board.cards.get(card));
        card.map(|card| alike::named(scene, card)).unwrap_or_default()
    };
    let fill = |key: &str, gaps: &[(&str, &str)]| {
        let gaps = gaps.iter().map(|(gap, value)| ((*gap).to_owned(), (*value).to_owned())).collect();
        scene.words().fill(scene.words().label(key), &gaps)
    };
    let title = |ask: &str| scene.words().ask(ask).title;
    match became {
        Became::OnlyMine => scene.label("became-only-mine"),
        Became::TakenBack => scene.label("became-taken-back"),
        Became::Sealed { ends, by_own } => {
            let key = if *by_own { "became-sealed-own" } else { "became-sealed" };
            fill(key, &[("ends", &time(*ends))])
        }
        Became::Behind { card } => fill("became-behind", &[("card", &words(card))]),
        Became::Joined { card, others } => {
            let key = if *others == 1 { "became-joined-one" } else { "became-joined" };
            fill(key, &[("card", &words(card)), ("count", &number(*others))])
        }
        Became::Supported { count: 1 } => scene.label("became-supported-one"),
        Became::Supported { count } => fill("became-supported", &[("count", &number(*count))]),
        Became::Under { heading } => scene.fill("became-under", &[("name", heading)]),
        Became::Aside { reason } => scene.fill("became-aside", &[("reason", &crate::discord::escape::fit(reason, 80))]),
        Became::WaitsForPerson(person) if scene.person().is_some_and(|me| me.id == *person) => {
            scene.label("became-waits-me")
        }
        Became::WaitsForPerson(person) => scene.fill("became-waits", &[("name", &scene.name(*person))]),
        Became::WaitsForPartner(partner) => {
            scene.fill("became-waits-partner", &[("partner", &scene.partner(*partner))])
        }
        Became::Declined(person) => scene.fill("became-declined", &[("name", &scene.name(*person))]),
        Became::Kept { ask, of: 1, .. } => fill("became-kept-one", &[("ask", &title(ask))]),
        Became::Kept { ask, nth, .. } => fill("became-kept", &[("ask", &title(ask)), ("nth", &number(*nth))]),
        Became::Reworded { card } => fill("became-reworded", &[("card", &words(card))]),
        Became::Marks { ask, count } => {
            let key = if *count == 1 { "became-marked-one" } else { "became-marked" };
            fill(key, &[("ask", &title(ask)), ("count", &count.to_string())])
        }
        Became::Stands { section } => fill("became-stands", &[("section", &scene.words().section(section).title)]),
    }
}
