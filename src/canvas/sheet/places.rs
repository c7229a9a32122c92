//! Where a card stands, who may see it, and what may be told of it.

use crate::canvas::bars::REASONS_MIN;
use crate::canvas::wall::Wall;
use crate::path::plan::{Kind, LinkKind, Named, Place, Seal};
use crate::path::{Card, CardId, Viewer, Window};

use super::Cell;

/// Whether a table may hold a card: unnamed ones only once there are enough of them, as on the canvas.
pub(super) fn is_told(wall: &Wall<'_>, card: &Card) -> bool {
    let Some(ask) = wall.board.plan.ask(&card.source) else { return true };
    let own = matches!(wall.view.viewer(), Viewer::Person(me) if card.by == Some(me));
    ask.kind != Kind::Cards || ask.named != Named::Never || own || {
        let cards = wall.board.cards.values().filter(|other| other.source == ask.key && other.stands());
        cards.count() >= REASONS_MIN
    }
}

/// Who may see a card, as a key of the words.
pub(super) fn seen_by(wall: &Wall<'_>, card: &Card) -> &'static str {
    let Some(ask) = wall.board.plan.ask(&card.source) else { return "sheet-sees-all" };
    let open = card.window.and_then(|id| wall.board.windows.get(&id)).is_some_and(Window::is_open);
    let on_canvas = wall.board.plan.sections.iter().any(|section| section.from.contains(&ask.key));
    match (ask.seal, ask.place) {
        (Seal::Giver, _) => "sheet-sees-me",
        (_, Place::Group) if open || !on_canvas => "sheet-sees-group",
        (Seal::Own | Seal::End | Seal::Close, _) if open => "sheet-sees-later",
        (Seal::None | Seal::Own | Seal::End | Seal::Close, _) => "sheet-sees-all",
    }
}

/// The sections of the canvas that show cards of a source, by title.
pub(super) fn sections(wall: &Wall<'_>, source: &str) -> String {
    let plan = &wall.board.plan;
    let shown = |key: &String| key == source || plan.ask(key).is_some_and(|ask| ask.from.iter().any(|of| of == source));
    let sections = plan.sections.iter().filter(|section| section.from.iter().chain(&section.beside).any(shown));
    let titles: Vec<String> = sections.map(|section| wall.captions.section(&section.key).0).collect();
    titles.join("; ")
}

/// The number of a card, where it is told. Numbers rise with the hour: next to a card with a name that was given in the
/// same minute, a number says whose an unnamed one is. So it is told with the author, or not at all.
pub(super) fn number(wall: &Wall<'_>, card: &Card) -> Cell {
    if has_number(wall, card) { Cell::Number(card.id.0) } else { Cell::Nothing }
}

/// The same for a card that may not be there for this viewer.
pub(super) fn number_of(wall: &Wall<'_>, id: CardId) -> Cell {
    wall.board.cards.get(&id).map_or(Cell::Nothing, |card| number(wall, card))
}

fn has_number(wall: &Wall<'_>, card: &Card) -> bool {
    let ask = wall.board.plan.ask(&card.source);
    // What was made of others came when they were joined, not when anybody gave.
    let named = ask.is_none_or(|ask| ask.kind != Kind::Cards || ask.named == Named::Yes);
    wall.board.is_made(card.id) || !wall.is_nobodys_alone(card) && (card.by.is_some() || named)
}

/// The cards that a table may hold: those with a number by it, then those without one by their words.
pub(super) fn told<'a>(wall: &Wall<'a>) -> Vec<&'a Card> {
    let mut cards: Vec<&Card> = wall.board.cards.values().filter(|card| is_told(wall, card)).collect();
    let words = |card: &Card| (!has_number(wall, card)).then(|| (card.source.clone(), wall.title(card)));
    // A stable sort, so that whoever has a number stays in order of it.
    cards.sort_by_cached_key(|card| words(card));
    cards
}

/// A card as others speak of it: its number, where it is told, and what it is called by.
pub(super) fn called(wall: &Wall<'_>, id: CardId) -> Option<String> {
    let card = wall.board.cards.get(&id).filter(|card| is_told(wall, card))?;
    let title = wall.title(card);
    Some(if has_number(wall, card) { format!("#{id} {title}") } else { title })
}

/// The cards to which a card is joined so, or from which, each as others speak of it.
pub(super) fn joined(wall: &Wall<'_>, card: CardId, kind: LinkKind, back: bool) -> String {
    let links = &wall.board.links;
    let ends: Vec<CardId> = if back {
        links.to(card, kind).map(|link| link.from).collect()
    } else {
        links.from(card, kind).map(|link| link.to).collect()
    };
    let (mut known, mut unknown): (Vec<CardId>, Vec<CardId>) =
        ends.into_iter().partition(|id| wall.board.cards.get(id).is_some_and(|card| has_number(wall, card)));
    // In which order they were joined says no more than their numbers would.
    unknown.sort_by_cached_key(|id| called(wall, *id));
    known.append(&mut unknown);
    known.into_iter().filter_map(|id| called(wall, id)).collect::<Vec<_>>().join("\n")
}
