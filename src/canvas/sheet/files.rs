//! The tables as files of comma-separated values (CSV), as RFC 4180 says, in UTF-8 with its mark.
//!
//! Programs for tables take a cell for a formula by its first sign, so such a cell gets a `'` before
//! it (OWASP, *CSV Injection*). Every cell stands in quotes: where a program takes `;` for the comma,
//! no text can open a cell of its own.

use chrono::SecondsFormat;
use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::canvas::captions::Captions;
use crate::path::View;

use super::{Cell, Sheet, sheets};

/// By this, programs for tables know UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The tables of all that a view shows: a file's name, and the file.
#[must_use]
pub fn csv(view: &View, captions: &Captions) -> Vec<(String, Vec<u8>)> {
    let named = |sheet: &Sheet| (format!("{}.csv", sheet.file), file(sheet));
    sheets(view, captions).iter().map(named).collect()
}

pub(super) fn file(sheet: &Sheet) -> Vec<u8> {
    let mut writer =
        WriterBuilder::new().quote_style(QuoteStyle::Always).terminator(Terminator::CRLF).from_writer(MARK.to_vec());
    let headings = sheet.columns.iter().map(|column| harmless(&column.heading)).collect();
    let rows = sheet.rows.iter().map(|row| row.iter().map(cell).collect());
    for row in std::iter::once(headings).chain(rows) {
        let row: Vec<String> = row;
        writer.write_record(row).expect("BUG: memory takes every row, and all rows are equally long");
    }
    writer.into_inner().expect("BUG: memory takes everything")
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Nothing => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Number(number) => number.to_string(),
        Cell::Amount(amount) => amount.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Time(at) => at.to_rfc3339_opts(SecondsFormat::Secs, true),
    }
}

/// A text that no program takes for a formula.
fn harmless(text: &str) -> String {
    if is_like_a_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// Whether a program for tables could take a text for a formula: by its first sign, also in full
/// width, also behind spaces.
pub(super) fn is_like_a_formula(text: &str) -> bool {
    let first = |text: &str| text.chars().next();
    let starts = |letter: char| matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    first(text).is_some_and(|letter| matches!(letter, '\t' | '\r' | '\n'))
        || first(text.trim_start()).is_some_and(starts)
}
