//! The tables as one workbook (XLSX).
//!
//! A text is written as a text, never as a formula or a link, and where it looks like one it carries
//! Excel's own mark for texts, so that it stays one when somebody edits the cell.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::canvas::captions::Captions;
use crate::canvas::escape::cut;
use crate::path::View;

use super::files::is_like_a_formula;
use super::{Cell, Sheet, sheets};

/// A cell holds no more (Excel), counted in UTF-16 as Excel does.
const CELL_UNITS_MAX: usize = 32_767;
/// A sheet's name is no longer (Excel).
const NAME_UNITS_MAX: usize = 31;
/// A sheet has no more rows (Excel), its heading among them.
const ROWS_MAX: usize = 1_048_576;

/// The workbook of all that a view shows.
#[must_use]
pub fn xlsx(view: &View, captions: &Captions) -> Vec<u8> {
    let sheets = sheets(view, captions);
    written(view, captions, &sheets).expect("BUG: names, texts and numbers are within Excel's bounds by now")
}

fn written(view: &View, captions: &Captions, sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let mut properties = DocProperties::new()
        .set_title(crate::canvas::escape::leaf(&view.shown().partnership.name))
        .set_subject(captions.word("kind"))
        .set_comment(captions.word("foot"));
    // The workbook's own time is the view's: the same view gives the same bytes.
    if let Some(at) = moment(view.now()) {
        properties = properties.set_creation_datetime(&at);
    }
    book.set_properties(&properties);
    let looks = Looks::new();
    for sheet in sheets {
        write(book.add_worksheet().set_name(&sheet.name)?, captions, sheet, &looks)?;
    }
    book.save_to_buffer()
}

/// How cells look.
struct Looks {
    heading: Format,
    text: Format,
    formula_like: Format,
    number: Format,
    amount: Format,
    day: Format,
    time: Format,
}

impl Looks {
    fn new() -> Self {
        let cell = Format::new().set_align(FormatAlign::Top);
        let text = cell.clone().set_text_wrap();
        Self {
            heading: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(0x1d_5c_63)),
            formula_like: text.clone().set_quote_prefix(),
            text,
            number: cell.clone().set_num_format("0"),
            amount: cell.clone(),
            day: cell.clone().set_num_format("yyyy-mm-dd"),
            time: cell.set_num_format("yyyy-mm-dd hh:mm"),
        }
    }
}

fn write(page: &mut Worksheet, captions: &Captions, sheet: &Sheet, looks: &Looks) -> Result<(), XlsxError> {
    let columns = u16::try_from(sheet.columns.len()).unwrap_or(u16::MAX);
    for (at, column) in (0..).zip(&sheet.columns) {
        page.write_string_with_format(0, at, fitting(&column.heading, captions), &looks.heading)?;
        page.set_column_width(at, f64::from(column.width))?;
    }
    page.set_row_height(0, 32)?;
    let rows = &sheet.rows[..sheet.rows.len().min(ROWS_MAX - 1)];
    for (down, row) in (1..).zip(rows) {
        for (at, cell) in (0..).zip(row) {
            match cell {
                Cell::Nothing => {}
                Cell::Text(text) => {
                    let look = if is_like_a_formula(text) { &looks.formula_like } else { &looks.text };
                    page.write_string_with_format(down, at, fitting(text, captions), look)?;
                }
                #[expect(clippy::cast_precision_loss, reason = "card numbers and counts stay far below 2^53")]
                Cell::Number(number) => drop(page.write_number_with_format(down, at, *number as f64, &looks.number)?),
                Cell::Amount(amount) => drop(page.write_number_with_format(down, at, *amount, &looks.amount)?),
                Cell::Day(day) => dated(page, (down, at), day_of(*day), &looks.day, &day.to_string())?,
                Cell::Time(time) => dated(page, (down, at), moment(*time), &looks.time, &time.to_rfc3339())?,
            }
        }
    }
    page.set_freeze_panes(1, 1)?;
    if columns > 0 {
        page.autofilter(0, 0, u32::try_from(rows.len()).unwrap_or(u32::MAX), columns - 1)?;
    }
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

/// A date as a date; as words where Excel has none, before 1900 and after 9999.
fn dated(
    page: &mut Worksheet,
    at: (u32, u16),
    date: Option<ExcelDateTime>,
    look: &Format,
    said: &str,
) -> Result<(), XlsxError> {
    match date {
        Some(date) => page.write_datetime_with_format(at.0, at.1, &date, look)?,
        None => page.write_string(at.0, at.1, said)?,
    };
    Ok(())
}

fn day_of(day: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    ExcelDateTime::from_ymd(year, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?).ok()
}

fn moment(at: DateTime<Utc>) -> Option<ExcelDateTime> {
    let hour = u16::try_from(at.hour()).ok()?;
    day_of(at.date_naive())?.and_hms(hour, u8::try_from(at.minute()).ok()?, f64::from(at.second())).ok()
}

/// A text as a cell can hold it; what is too long is cut, and says so.
fn fitting(text: &str, captions: &Captions) -> String {
    cut(text, CELL_UNITS_MAX, captions.say("sheet-cut"))
}

/// A name that a sheet may have, and that no sheet has yet.
pub(super) fn name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let kept = wanted.chars().map(|letter| if "[]:*?/\\".contains(letter) { ' ' } else { letter });
    let kept = kept.collect::<String>();
    let kept = kept.trim().trim_matches('\'').to_owned();
    let first = cut(if kept.is_empty() { "-" } else { &kept }, NAME_UNITS_MAX, "…");
    let numbered = |n: usize| {
        let number = format!(" {n}");
        format!("{}{number}", cut(&first, NAME_UNITS_MAX - number.len(), "…"))
    };
    let free = |name: &String| !taken.contains(&name.to_lowercase()) && name.to_lowercase() != "history";
    let found = std::iter::once(first.clone()).chain((2..10_000).map(numbered)).find(free).unwrap_or_default();
    taken.insert(found.to_lowercase());
    found
}
