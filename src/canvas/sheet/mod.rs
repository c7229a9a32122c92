//! The spreadsheet: every card and figure that the asker may see, as tables to sort, filter and count.
//!
//! Made from a [`View`], like everything that leaves a board, in two forms: one workbook
//! ([`xlsx`]), or the same tables as files ([`csv`]). Nothing a person typed becomes a formula in
//! either. What the canvas does not tell these tables do not tell: where authors are hidden the hour
//! is hidden too, since it could be laid beside the list of who has given when; and so is the card's number, which rises
//! with the hour.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::path::View;

use super::captions::Captions;
use super::wall::Wall;

mod about;
mod bundle;
mod cards;
mod counts;
mod decisions;
mod files;
mod given;
mod logged;
mod people;
mod places;
mod sections;
mod words;
mod workbook;

pub use bundle::bundle;
pub use files::csv;
pub use logged::log_csv;
pub(super) use words::WORDS;
pub use workbook::xlsx;

/// One table: a sheet of the workbook, or a file.
struct Sheet {
    /// Its name in the workbook.
    name: String,
    /// Its file's name, without ending.
    file: String,
    /// Its columns.
    columns: Vec<Column>,
    /// Its rows, each as long as the columns.
    rows: Vec<Vec<Cell>>,
}

/// A column.
struct Column {
    heading: String,
    /// How wide it is, in letters.
    width: u16,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Nothing,
    Text(String),
    Number(i64),
    Amount(f64),
    Day(NaiveDate),
    Time(DateTime<Utc>),
}

/// How wide columns are, in letters.
const NARROW: u16 = 10;
const MIDDLE: u16 = 22;
const WIDE: u16 = 60;

impl Cell {
    /// A text; nothing if it is empty.
    fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }

    /// A text, if there is one.
    fn maybe(text: Option<String>) -> Self {
        text.map_or(Self::Nothing, Self::text)
    }

    /// A count.
    fn count(count: impl TryInto<i64>) -> Self {
        count.try_into().map_or(Self::Nothing, Self::Number)
    }

    /// A moment, if it is told.
    fn time(at: Option<DateTime<Utc>>) -> Self {
        at.map_or(Self::Nothing, Self::Time)
    }
}

impl Sheet {
    /// A table with a name from the words, and columns as `(word, width)`.
    fn new(words: &Captions, key: &str, columns: &[(&str, u16)]) -> Self {
        let columns =
            columns.iter().map(|(key, width)| Column { heading: words.say(key).to_owned(), width: *width }).collect();
        let file = key.strip_prefix("sheet-").unwrap_or(key).to_owned();
        Self { name: words.say(key).to_owned(), file, columns, rows: Vec::new() }
    }
}

/// All tables of a view.
fn sheets(view: &View, captions: &Captions) -> Vec<Sheet> {
    let wall = Wall::new(view, captions);
    let canvas = super::compile(view, captions);
    let mut sheets = vec![
        cards::cards(&wall),
        cards::wordings(&wall),
        counts::counts(&wall),
        counts::figures(&wall),
        decisions::decisions(&wall),
        given::given(&wall),
        people::people(&wall),
        people::partners(&wall),
    ];
    sheets.extend(sections::sections(&wall, &canvas));
    let mut taken = BTreeSet::new();
    let first = workbook::name(captions.say("sheet-about"), &mut taken);
    for sheet in &mut sheets {
        sheet.name = workbook::name(&sheet.name, &mut taken);
    }
    sheets.insert(0, Sheet { name: first, ..about::about(&wall, &canvas, &sheets) });
    sheets
}
