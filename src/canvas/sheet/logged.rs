//! The decision log as one table: a row for each line that was settled.

use crate::canvas::captions::Captions;
use crate::canvas::line::Remark;
use crate::canvas::log::{Entry, Log, Settlement};
use crate::path::Value;

use super::{Cell, MIDDLE, NARROW, Sheet, WIDE};

/// The log as comma-separated values.
#[must_use]
pub fn log_csv(log: &Log, words: &Captions) -> Vec<u8> {
    let columns = [
        ("sheet-decision", NARROW),
        ("sheet-when", 18),
        ("sheet-asked-as", MIDDLE),
        ("sheet-of-partner", 16),
        ("sheet-kept", WIDE),
        ("sheet-card", NARROW),
        ("sheet-before", WIDE),
        ("sheet-how", MIDDLE),
        ("sheet-round", NARROW),
        ("sheet-why", WIDE),
        ("sheet-people-for", NARROW),
        ("sheet-partners-for", NARROW),
        ("sheet-people-against", NARROW),
        ("sheet-agreed", WIDE),
        ("sheet-concerns", WIDE),
        ("sheet-objections", WIDE),
        ("sheet-conditions", WIDE),
        ("sheet-unheard", MIDDLE),
        ("sheet-reopened", WIDE),
    ];
    let mut sheet = Sheet::new(words, "sheet-log", &columns);
    sheet.rows = log.entries.iter().flat_map(|entry| entry.lines.iter().map(|line| row(entry, line))).collect();
    super::files::file(&sheet)
}

fn row(entry: &Entry, line: &Settlement) -> Vec<Cell> {
    // Whoever gave one answer gave no other. The same people may have marked several cards of which this one was made:
    // the most that any of these shows is certain.
    let with = |value: Value| -> u32 {
        let of = line.counts.iter().filter(|count| count.value == value && !count.guests);
        of.map(|count| count.people).max().unwrap_or(0)
    };
    let people_for: u32 = [Value::Here, Value::Stands, Value::Remark].into_iter().map(with).sum();
    // Partners may have a part in more than one answer: the most that any answer shows is certain.
    let partners = line.counts.iter().filter(|count| count.value != Value::NotYet).map(|count| count.partners).max();
    let said = |value| {
        let of = line.remarks.iter().filter(|remark: &&Remark| remark.value == value);
        let words = of.map(|remark| match &remark.by {
            Some(by) => format!("{by}: {}", remark.text),
            None => remark.text.clone(),
        });
        Cell::text(words.collect::<Vec<_>>().join("\n"))
    };
    vec![
        Cell::count(entry.nth),
        Cell::Time(entry.at.to_utc()),
        Cell::text(entry.title.clone()),
        Cell::maybe(entry.about.clone()),
        Cell::text(line.text.clone()),
        Cell::Number(line.card.0),
        Cell::maybe(line.before.as_ref().map(|before| before.text.clone())),
        Cell::text(entry.said.clone()),
        entry.round.map_or(Cell::Nothing, Cell::count),
        Cell::text(entry.reason.clone()),
        Cell::count(people_for),
        partners.map_or(Cell::Nothing, Cell::count),
        Cell::count(with(Value::NotYet)),
        Cell::text(line.agreed.join(", ")),
        said(Value::Remark),
        said(Value::NotYet),
        said(Value::Stands),
        Cell::text(line.unheard.join(", ")),
        Cell::text(entry.reopened.iter().map(|again| again.said.as_str()).collect::<Vec<_>>().join("\n")),
    ]
}
