//! Tables: a row a card, a column a field, and the fields of what stands beside it.

use serde::Serialize;

use crate::path::plan::{self, Ask, By, Field, LinkKind};
use crate::path::{Card, CardId};

use super::beside::Confirmation;
use super::heading::Heading;
use super::line::{self, Remark};
use super::source::Source;
use super::wall::Wall;

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Table {
    /// Its columns in order.
    pub columns: Vec<Column>,
    /// Its rows in order.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// `ask.field`; empty for the columns that say who, and under which heading.
    pub key: String,
    /// Its label.
    pub label: String,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// A cell for each column; several texts where several cards say something.
    pub cells: Vec<Vec<String>>,
    /// Where the card stands in a tree.
    pub place: Option<String>,
    /// The heading under which people put it, if they did; a column says it too.
    pub heading: Option<Heading>,
    /// What the one who has to confirm it said.
    pub confirmation: Option<Confirmation>,
    /// What people said with it when they were asked whether it stands.
    pub remarks: Vec<Remark>,
    /// Whether its words are used differently by some.
    pub disputed: bool,
    /// Where it comes from.
    pub source: Source,
    /// Where the cards beside it come from.
    pub beside: Vec<Source>,
}

/// What a table is made of.
struct Plan<'a> {
    /// Whether a column says who gave a row.
    givers: bool,
    /// Whether a column says under which heading a row lies.
    headings: bool,
    /// The asks whose cards are the rows.
    own: Vec<&'a Ask>,
    /// The asks whose cards stand beside.
    beside: Vec<&'a Ask>,
}

/// The table of a section.
pub(super) fn compile(wall: &Wall<'_>, section: &plan::Section) -> Table {
    let cards: Vec<(&str, &Card)> = section
        .from
        .iter()
        .flat_map(|source| wall.material(source, section.kept).into_iter().map(move |card| (source.as_str(), card)))
        .collect();
    // What the group chose stands in the order of its choice; all else by its headings.
    let is_ranked = section.from.iter().any(|source| line::is_ranked(wall, section, source));
    let cards = if is_ranked { cards } else { wall.by_heading(cards) };
    let mut own: Vec<&Ask> = Vec::new();
    for ask in cards.iter().filter_map(|(_, card)| wall.board.plan.ask(&card.source)) {
        if !own.iter().any(|known| known.key == ask.key) {
            own.push(ask);
        }
    }
    let started = |ask: &&Ask| wall.board.window_of(&ask.key).is_some();
    let beside = section.beside.iter().filter_map(|key| wall.board.plan.ask(key)).filter(started).collect();
    let givers = !section.kept
        && own.iter().any(|ask| is_one_a_giver(ask))
        && cards.iter().any(|(_, card)| wall.giver(card).is_some());
    let headings = cards.iter().any(|(_, card)| wall.headings.over(card.id).is_some());
    let plan = Plan { givers, headings, own, beside };
    let columns = columns(wall, &plan);
    let rows = cards.iter().map(|(source, card)| row(wall, &plan, source, card, section.kept)).collect();
    let own = columns.len() - plan.beside.iter().map(|ask| shown(ask).count()).sum::<usize>();
    without_blanks(Table { columns, rows }, own)
}

/// Without the columns from beside in which nobody has said anything.
fn without_blanks(mut table: Table, own: usize) -> Table {
    for at in (own..table.columns.len()).rev() {
        if table.rows.iter().all(|row| row.cells[at].is_empty()) {
            table.columns.remove(at);
            table.rows.iter_mut().for_each(|row| drop(row.cells.remove(at)));
        }
    }
    table
}

/// Whether each giver gives one card, so that rows are told apart by who gave them.
fn is_one_a_giver(ask: &Ask) -> bool {
    ask.by == By::Partner || ask.each.max == 1
}

fn columns(wall: &Wall<'_>, plan: &Plan<'_>) -> Vec<Column> {
    let mut columns = Vec::new();
    if plan.givers {
        columns.push(Column { key: String::new(), label: wall.captions.word("giver").to_owned() });
    }
    let column = |ask: &Ask, field: &Field| Column {
        key: format!("{}.{}", ask.key, field.key),
        label: wall.field_label(ask, field),
    };
    columns.extend(plan.own.iter().flat_map(|ask| plan.ahead().iter().map(|field| column(ask, field))));
    let headline = plan.own.iter().find_map(|ask| ask.headline().map(|field| column(ask, field)));
    columns
        .push(headline.unwrap_or_else(|| Column { key: String::new(), label: wall.captions.word("what").to_owned() }));
    if plan.headings {
        columns.push(Column { key: String::new(), label: wall.captions.word("heading").to_owned() });
    }
    columns.extend(plan.own.iter().flat_map(|ask| plan.behind(ask).map(|field| column(ask, field))));
    columns.extend(plan.beside.iter().flat_map(|ask| shown(ask).map(|field| column(ask, field))));
    columns
}

impl<'a> Plan<'a> {
    /// The fields that stand before the one by which cards are called, where a row is known by its giver instead: what
    /// was asked first is read first. *Yes, on a condition*, then which.
    fn ahead(&self) -> &'a [Field] {
        let [ask] = self.own.as_slice() else { return &[] };
        let ask: &'a Ask = ask;
        let headline = ask.headline().and_then(|of| ask.fields.iter().position(|field| field.key == of.key));
        &ask.fields[..headline.filter(|_| self.givers).unwrap_or_default()]
    }

    /// The fields of an ask that stand after the one by which its cards are called.
    fn behind<'b>(&self, ask: &'b Ask) -> impl Iterator<Item = &'b Field> {
        let headline = ask.headline().map(|field| field.key.clone());
        let others = ask.fields.iter().skip(self.ahead().len());
        others.filter(move |field| Some(&field.key) != headline.as_ref())
    }
}

/// The fields of an ask that stands beside: without the one that only names the row.
fn shown(ask: &Ask) -> impl Iterator<Item = &Field> {
    ask.fields.iter().filter(|field| !matches!(field.link, Some(LinkKind::Answers | LinkKind::Mirrors)))
}

fn row(wall: &Wall<'_>, plan: &Plan<'_>, source: &str, card: &Card, kept: bool) -> Row {
    let one = |text: String| if text.is_empty() { Vec::new() } else { vec![text] };
    let mut cells = Vec::new();
    if plan.givers {
        cells.push(one(wall.giver(card).unwrap_or_default()));
    }
    for ask in &plan.own {
        cells.extend(plan.ahead().iter().map(|field| one(wall.value(ask, field, card.field(&field.key)))));
    }
    cells.push(one(wall.title(card)));
    let heading = wall.heading(card.id);
    if plan.headings {
        cells.push(one(heading.as_ref().map(|heading| heading.text.clone()).unwrap_or_default()));
    }
    for ask in &plan.own {
        let own = ask.key == card.source;
        let text = |field: &Field| if own { wall.value(ask, field, card.field(&field.key)) } else { String::new() };
        cells.extend(plan.behind(ask).map(|field| one(text(field))));
    }
    let origins = wall.board.origins(card.id);
    let mut beside = Vec::new();
    for ask in &plan.beside {
        let found = joined(wall, ask, card, &origins);
        for field in shown(ask) {
            let texts = found.iter().map(|card| wall.value(ask, field, card.field(&field.key)));
            cells.push(texts.filter(|text| !text.is_empty()).collect());
        }
        beside.extend(found.iter().map(|card| wall.source(card, None)));
    }
    let mut source = wall.source(card, wall.board.decision(source, None).filter(|_| kept));
    if plan.givers && cells.first().and_then(|texts| texts.first()) == Some(&source.summary) {
        // The row says already who.
        source.summary.clear();
    }
    Row {
        cells,
        place: wall.place(card.id),
        heading,
        confirmation: wall.board.plan.ask(&card.source).and_then(|ask| wall.confirmation(ask, card)),
        remarks: wall.remarks(card),
        disputed: card.disputed,
        source,
        beside,
    }
}

/// The cards of an ask that stand beside a row: linked to it, or else of the same partner where the
/// ask has no link to go by.
fn joined<'a>(wall: &Wall<'a>, ask: &Ask, card: &Card, origins: &[CardId]) -> Vec<&'a Card> {
    if ask.fields.iter().any(|field| field.link.is_some()) {
        return wall.speaking_of(origins, &ask.key);
    }
    let Some(partner) = wall.partner_told(card) else { return Vec::new() };
    let mut cards = wall.board.cards_of(&ask.key, false);
    cards.retain(|found| wall.partner_told(found) == Some(partner));
    cards
}
