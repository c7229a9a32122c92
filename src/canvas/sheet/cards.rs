//! Cards: a row for each, and a row for each part of each wording it has had.

use crate::canvas::escape::leaf;
use crate::canvas::wall::Wall;
use crate::path::plan::LinkKind;
use crate::path::{Card, CardState, Text, Via};

use super::places::{called, joined, number, number_of, sections, seen_by, told};
use super::{Cell, MIDDLE, NARROW, Sheet, WIDE};

/// A row for each card.
pub(super) fn cards(wall: &Wall<'_>) -> Sheet {
    let columns = [
        ("sheet-card", NARROW),
        ("sheet-phase", 16),
        ("sheet-asked-as", MIDDLE),
        ("sheet-on-canvas", MIDDLE),
        ("sheet-place", NARROW),
        ("sheet-says", WIDE),
        ("sheet-in-full", WIDE),
        ("sheet-who", MIDDLE),
        ("sheet-partner", 16),
        ("sheet-triad", 12),
        ("sheet-heading", MIDDLE),
        ("sheet-state", 16),
        ("sheet-aside", MIDDLE),
        ("sheet-yes", MIDDLE),
        ("sheet-disputed", 12),
        ("sheet-at", 18),
        ("sheet-changed", 18),
        ("sheet-wordings-n", NARROW),
        ("sheet-via", 18),
        ("sheet-written-down", MIDDLE),
        ("sheet-who-sees", 16),
        ("sheet-under", MIDDLE),
        ("sheet-made-from", MIDDLE),
        ("sheet-taken-up", MIDDLE),
        ("sheet-mirrors", MIDDLE),
        ("sheet-answers", MIDDLE),
        ("sheet-serves", MIDDLE),
        ("sheet-leads-to", MIDDLE),
    ];
    let mut sheet = Sheet::new(wall.captions, "sheet-cards", &columns);
    sheet.rows = told(wall).into_iter().map(|card| row(wall, card)).collect();
    sheet
}

fn row(wall: &Wall<'_>, card: &Card) -> Vec<Cell> {
    let words = wall.captions;
    let links = |kind, back| Cell::text(joined(wall, card.id, kind, back));
    let at = |text: Option<&Text>| Cell::time(text.and_then(|text| wall.hour(card, text)));
    let (phase, asked_as) = asked(wall, card);
    let confirmation = wall.board.plan.ask(&card.source).and_then(|ask| wall.confirmation(ask, card));
    vec![
        number(wall, card),
        Cell::text(phase),
        Cell::text(asked_as),
        Cell::text(sections(wall, &card.source)),
        Cell::maybe(wall.place(card.id)),
        Cell::text(wall.title(card)),
        Cell::text(in_full(wall, card)),
        Cell::maybe(wall.author(card)),
        Cell::maybe(wall.partner_told(card).and_then(|id| wall.partner(id))),
        Cell::maybe(card.group.and_then(|id| wall.group(id))),
        Cell::maybe(wall.heading(card.id).map(|heading| heading.text)),
        Cell::text(state(wall, card)),
        Cell::maybe(card.parked.as_deref().map(leaf)),
        Cell::maybe(confirmation.map(|confirmation| confirmation.said)),
        if card.disputed { Cell::text(words.say("sheet-disputed-yes")) } else { Cell::Nothing },
        at(card.texts.first()),
        at(card.texts.last().filter(|_| card.texts.len() > 1)),
        Cell::count(card.texts.len()),
        Cell::maybe(card.text().and_then(|text| wall.way(card, text)).map(|way| words.say(via(way)).to_owned())),
        Cell::maybe(card.behalf.and_then(|id| wall.person(id))),
        Cell::text(words.say(seen_by(wall, card))),
        links(LinkKind::Under, false),
        Cell::maybe(sources(wall, card)),
        Cell::text(taken_up(wall, card)),
        links(LinkKind::Mirrors, false),
        links(LinkKind::Answers, false),
        links(LinkKind::Serves, false),
        links(LinkKind::LeadsTo, false),
    ]
}

/// The phase and the name of what a card was given to.
fn asked(wall: &Wall<'_>, card: &Card) -> (String, String) {
    let plan = &wall.board.plan;
    let words = wall.captions;
    if let Some((phase, _)) = plan.sitting_of(&card.source) {
        return (words.phase(&phase.key), words.label(&[&card.source]));
    }
    match plan.list(&card.source) {
        Some(list) => (words.phase(&list.phase), words.label(&[&card.source])),
        None => (String::new(), words.word("focal").to_owned()),
    }
}

/// Everything the newest wording says, with labels where there is more than one part.
fn in_full(wall: &Wall<'_>, card: &Card) -> String {
    let Some(text) = card.text() else { return String::new() };
    let parts = parts(wall, card, text);
    match parts.as_slice() {
        [] => wall.captions.word("erased").to_owned(),
        [(_, one)] => one.clone(),
        _ => {
            let lines = parts.iter().map(|(label, text)| match label.as_str() {
                "" => text.clone(),
                label => format!("{label}: {text}"),
            });
            lines.collect::<Vec<_>>().join("\n")
        }
    }
}

/// The parts of one wording that say something, each with its label.
fn parts(wall: &Wall<'_>, card: &Card, text: &Text) -> Vec<(String, String)> {
    let said = |key: &str| text.fields.get(key).map(String::as_str).unwrap_or_default();
    let parts: Vec<(String, String)> = match wall.board.plan.ask(&card.source) {
        // A joined card may have parts that its ask does not name; they are words of its own.
        Some(ask) => {
            let known =
                ask.fields.iter().map(|field| (wall.field_label(ask, field), wall.value(ask, field, said(&field.key))));
            let others = text.fields.iter().filter(|(key, _)| ask.field(key).is_none());
            known.chain(others.map(|(_, text)| (String::new(), leaf(text)))).collect()
        }
        None => text.fields.values().rev().map(|text| (String::new(), leaf(text))).collect(),
    };
    parts.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

fn state(wall: &Wall<'_>, card: &Card) -> String {
    let words = wall.captions;
    match (card.state, &card.parked) {
        (CardState::Merged(into), _) => {
            let into = match number_of(wall, into) {
                Cell::Number(n) => n.to_string(),
                _ => called(wall, into).unwrap_or_default(),
            };
            words.tell("sheet-state-merged", &[("n", &into)])
        }
        (CardState::Withdrawn, _) => words.say("sheet-state-withdrawn").to_owned(),
        (CardState::Open, Some(_)) => words.say("sheet-state-aside").to_owned(),
        (CardState::Open, None) => words.say("sheet-state-open").to_owned(),
    }
}

/// What a card was made from, and what stands behind it.
fn sources(wall: &Wall<'_>, card: &Card) -> Option<String> {
    let made = joined(wall, card.id, LinkKind::MadeFrom, false);
    let behind = joined(wall, card.id, LinkKind::Supports, true);
    let all: Vec<String> = [made, behind].into_iter().filter(|cards| !cards.is_empty()).collect();
    (!all.is_empty()).then(|| all.join("\n"))
}

/// What a card was taken up in: cards made from it, or the one it was joined into.
fn taken_up(wall: &Wall<'_>, card: &Card) -> String {
    let made = joined(wall, card.id, LinkKind::MadeFrom, true);
    match card.state {
        CardState::Merged(into) if made.is_empty() => called(wall, into).unwrap_or_default(),
        CardState::Merged(_) | CardState::Open | CardState::Withdrawn => made,
    }
}

fn via(via: Via) -> &'static str {
    match via {
        Via::Button => "sheet-via-button",
        Via::Command => "sheet-via-command",
        Via::Message => "sheet-via-message",
        Via::Live => "sheet-via-live",
        Via::Phone => "sheet-via-phone",
        Via::Plan => "sheet-via-plan",
    }
}

/// A row for each part of each wording of each card.
pub(super) fn wordings(wall: &Wall<'_>) -> Sheet {
    let columns = [
        ("sheet-card", NARROW),
        ("sheet-asked-as", MIDDLE),
        ("sheet-nth", NARROW),
        ("sheet-newest", NARROW),
        ("sheet-part", MIDDLE),
        ("sheet-text", WIDE),
        ("sheet-by", MIDDLE),
        ("sheet-worded", 18),
    ];
    let mut sheet = Sheet::new(wall.captions, "sheet-wordings", &columns);
    for card in told(wall) {
        for (nth, text) in (1..).zip(&card.texts) {
            for (label, said) in parts(wall, card, text) {
                let newest = if nth == card.texts.len() { wall.captions.say("sheet-newest-yes") } else { "" };
                sheet.rows.push(vec![
                    number(wall, card),
                    Cell::text(asked(wall, card).1),
                    Cell::count(nth),
                    Cell::text(newest),
                    Cell::text(label),
                    Cell::text(said),
                    Cell::maybe(wall.writer(card, text)),
                    Cell::time(wall.hour(card, text)),
                ]);
            }
        }
    }
    sheet
}
