//! The canvas's own tables, each as a sheet: its rows as they stand there, with the card's number.

use crate::canvas::Canvas;
use crate::canvas::beside::Confirmation;
use crate::canvas::chart::{Chart, Scales};
use crate::canvas::section::{Body, Section};
use crate::canvas::source::Source;
use crate::canvas::steps::Step;
use crate::canvas::table::Table;
use crate::canvas::wall::Wall;

use super::places::number_of;
use super::{Cell, Column, MIDDLE, NARROW, Sheet, WIDE};

/// The sections that are tables, and those with steps.
pub(super) fn sections(wall: &Wall<'_>, canvas: &Canvas) -> Vec<Sheet> {
    let sheets = canvas.sections.iter().filter_map(|section| match &section.body {
        Body::Table(table) if !table.rows.is_empty() => Some(of_table(wall, section, table)),
        Body::Steps { steps } if !steps.is_empty() => Some(of_steps(wall, section, steps)),
        _ => None,
    });
    sheets.collect()
}

fn sheet(wall: &Wall<'_>, section: &Section, headings: Vec<(String, u16)>) -> Sheet {
    let number = (wall.captions.say("sheet-card").to_owned(), NARROW);
    let columns = std::iter::once(number).chain(headings).map(|(heading, width)| Column { heading, width }).collect();
    let letters = section.key.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-');
    let file = format!("canvas-{}", letters.collect::<String>());
    Sheet { name: section.title.clone(), file, columns, rows: Vec::new() }
}

fn number(wall: &Wall<'_>, source: &Source) -> Cell {
    source.cards.first().map_or(Cell::Nothing, |origin| number_of(wall, origin.card))
}

/// Adds the column of who said yes, where somebody is to.
fn answers<'a>(wall: &Wall<'_>, sheet: &mut Sheet, answers: impl Iterator<Item = Option<&'a Confirmation>> + Clone) {
    if answers.clone().any(|answer| answer.is_some()) {
        sheet.columns.push(Column { heading: wall.captions.say("sheet-yes").to_owned(), width: MIDDLE });
        for (row, answer) in sheet.rows.iter_mut().zip(answers) {
            row.push(Cell::maybe(answer.map(|confirmation| confirmation.said.clone())));
        }
    }
}

fn of_table(wall: &Wall<'_>, section: &Section, table: &Table) -> Sheet {
    let headings = table.columns.iter().map(|column| (column.label.clone(), 32)).collect();
    let mut sheet = sheet(wall, section, headings);
    for row in &table.rows {
        let cells = row.cells.iter().map(|texts| Cell::text(texts.join("\n")));
        sheet.rows.push(std::iter::once(number(wall, &row.source)).chain(cells).collect());
    }
    answers(wall, &mut sheet, table.rows.iter().map(|row| row.confirmation.as_ref()));
    if let Some(Chart::Scale(scales)) = &section.chart {
        amounts(wall, &mut sheet, scales);
    }
    sheet
}

/// Adds first numbers and goals as numbers, to count and to draw with; the words beside them stay as they are.
fn amounts(wall: &Wall<'_>, sheet: &mut Sheet, scales: &Scales) {
    for label in [&scales.baseline_label, &scales.target_label] {
        let heading = wall.captions.tell("sheet-as-number", &[("label", label)]);
        sheet.columns.push(Column { heading, width: MIDDLE });
    }
    for (row, scale) in sheet.rows.iter_mut().zip(&scales.scales) {
        let amounts = [&scale.baseline, &scale.target];
        row.extend(amounts.map(|amount| amount.number.map_or(Cell::Nothing, Cell::Amount)));
    }
}

fn of_steps(wall: &Wall<'_>, section: &Section, steps: &[Step]) -> Sheet {
    let word = |key: &str| wall.captions.word(key).to_owned();
    let headings = vec![(word("what"), WIDE), (word("owner"), 28), (word("due"), 14), (word("for"), 32)];
    let mut sheet = sheet(wall, section, headings);
    for step in steps {
        sheet.rows.push(vec![
            number(wall, &step.source),
            Cell::text(step.text.clone()),
            Cell::maybe(step.owner.clone()),
            step.due.parse().map_or_else(|_| Cell::text(step.due_said.clone()), Cell::Day),
            Cell::text(step.serves.join("\n")),
        ]);
    }
    answers(wall, &mut sheet, steps.iter().map(|step| step.confirmation.as_ref()));
    sheet
}
