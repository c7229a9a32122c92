//! Holds an answer of a script against its ask: kind, fields, bounds, budgets.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::path::plan::{Ask, By, Field, FieldKind, Kind};
use crate::path::wording;

use super::answer::{Answer, CardScript};
use super::check::Proof;
use super::deed::HostAct;
use super::script::{EVERYONE, Scene};

/// Whether an answer is one that its ask takes.
pub fn check(proof: &mut Proof<'_>, place: &str, ask: &Ask, answer: &Answer) {
    match (ask.kind, answer) {
        (Kind::Read, Answer::Read)
        | (Kind::Consent, Answer::Stands | Answer::Subject(_))
        | (Kind::Read | Kind::Cards | Kind::Marks | Kind::Consent | Kind::Assign | Kind::Figures, Answer::Pass) => {}
        (Kind::Cards, Answer::Told) if ask.told => {}
        (Kind::Consent, Answer::Remark(note) | Answer::NotYet(note)) => {
            if let Some(card) = &note.line {
                proof.card(place, card);
            }
        }
        (Kind::Cards, Answer::Cards(given)) => {
            cards(proof, &format!("{place}/cards"), ask, given);
            if given.len() > usize::from(ask.each.max) {
                proof.fault(place, format!("{} takes at most {} cards of one giver", ask.key, ask.each.max));
            }
        }
        (Kind::Marks, Answer::Marks(marked)) => marks(proof, &format!("{place}/marks"), ask, marked),
        (Kind::Assign, Answer::Assign(chosen)) => {
            for (partner, card) in chosen {
                proof.partner(&format!("{place}/assign/{partner}"), partner);
                proof.card(&format!("{place}/assign/{partner}"), card);
            }
        }
        (Kind::Figures, Answer::Figures(piles)) => figures(proof, &format!("{place}/figures"), ask, piles),
        (Kind::Tree, Answer::Places(places)) => {
            for put in places {
                proof.card(&format!("{place}/places"), &put.put);
                proof.card(&format!("{place}/places"), &put.under);
            }
        }
        _ => proof.fault(place, format!("{} is an ask of another kind ({:?})", ask.key, ask.kind)),
    }
}

/// Whether everybody who is asked answers, or is said to be absent: silence must be meant.
pub fn everybody(proof: &mut Proof<'_>, place: &str, ask: &Ask, scene: &Scene) {
    if ask.by != By::Each || ask.optional || matches!(ask.kind, Kind::Tree | Kind::Groups) {
        return;
    }
    let written_down = |id: &String| {
        scene
            .opened
            .iter()
            .any(|act| matches!(act, HostAct::Behalf { ask: key, person, .. } if *key == ask.key && person == id))
    };
    let missing: Vec<String> = proof
        .present_in(scene)
        .into_iter()
        .filter(|person| scene.answer(&ask.key, person).is_none() && !written_down(person))
        .collect();
    if !missing.is_empty() {
        let names = missing.join(", ");
        proof.fault(
            place,
            format!("no answer of {names}: write one, \"pass\", \"{EVERYONE}\", or put them into \"absent\""),
        );
    }
}

/// Cards as they are given, each new.
pub fn cards(proof: &mut Proof<'_>, place: &str, ask: &Ask, cards: &[CardScript]) {
    for (nth, card) in cards.iter().enumerate() {
        let place = format!("{place}/{nth}");
        for field in &ask.fields {
            let at = format!("{place}/fields/{}", field.key);
            match card.fields.get(&field.key) {
                Some(value) => one_field(proof, &at, field, value),
                None if field.optional => {}
                None => proof.fault(&place, format!("the field {} is missing", field.key)),
            }
        }
        for key in card.fields.keys().filter(|key| ask.field(key).is_none()) {
            proof.fault(format!("{place}/fields/{key}"), format!("{} has no field {key}", ask.key));
        }
        if let Some(old) = &card.changes {
            proof.card(&format!("{place}/changes"), old);
        }
        proof.new_card(&place, &card.id);
    }
}

fn one_field(proof: &mut Proof<'_>, place: &str, field: &Field, value: &str) {
    match field.kind {
        FieldKind::Line | FieldKind::Text => {
            let chars = wording::chars(value);
            if chars > field.chars_max() as usize {
                proof.fault(place, format!("{chars} characters; at most {} are taken", field.chars_max()));
            }
        }
        FieldKind::Choice if !field.choices.iter().any(|choice| choice == value) => {
            proof.fault(place, format!("{value} is none of {}", field.choices.join(", ")));
        }
        FieldKind::Date if value.parse::<NaiveDate>().is_err() => proof.fault(place, "write a date as 2026-05-15"),
        FieldKind::Number if value.parse::<f64>().is_err() => proof.fault(place, "write a number"),
        FieldKind::Person => proof.known(place, value),
        FieldKind::Partner => proof.partner(place, value),
        FieldKind::Card => proof.card(place, value),
        FieldKind::Choice | FieldKind::Date | FieldKind::Number => {}
    }
}

fn marks(proof: &mut Proof<'_>, place: &str, ask: &Ask, marked: &[String]) {
    let budget = ask.piles.first().map_or(0, |pile| usize::from(pile.budget));
    if marked.len() > budget {
        proof.fault(place, format!("{} marks; each person has {budget}", marked.len()));
    }
    let mut seen = BTreeSet::new();
    for card in marked {
        proof.card(place, card);
        if !seen.insert(card) {
            proof.fault(place, format!("{card} is marked twice"));
        }
    }
}

fn figures(proof: &mut Proof<'_>, place: &str, ask: &Ask, piles: &BTreeMap<String, Vec<String>>) {
    for (key, placed) in piles {
        let place = format!("{place}/{key}");
        let Some(pile) = ask.piles.iter().find(|pile| pile.key == *key) else {
            proof.fault(place, format!("{} has no pile {key}", ask.key));
            continue;
        };
        if placed.len() > usize::from(pile.budget) {
            proof.fault(&place, format!("{} figures; each person has {}", placed.len(), pile.budget));
        }
        let distinct: BTreeSet<&String> = placed.iter().collect();
        if !ask.stack && distinct.len() < placed.len() {
            proof.fault(&place, "figures do not stack here");
        }
        for card in placed {
            proof.card(&place, card);
        }
    }
    let mut piles = piles.values();
    if let (Some(one), Some(other)) = (piles.next(), piles.next())
        && let Some(card) = one.iter().find(|card| other.contains(card))
    {
        proof.fault(place, format!("figures of both colours stand on {card}"));
    }
}
