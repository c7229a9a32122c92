//! A report as a document for a word processor (DOCX): real headings, lists and tables, to be edited.
//!
//! Its time is the report's, so the same report gives the same bytes.

use std::io::Cursor;

use docx_rs::{
    AbstractNumbering, AlignmentType, BreakType, Docx, Footer, IndentLevel, Level, LevelJc, LevelText, LineSpacing,
    NumberFormat, Numbering, NumberingId, PageMargin, PageNum, Paragraph, Run, RunFonts, Shading, ShdType,
    SpecialIndentType, Start, Style, StyleType, Table, TableBorder, TableBorderPosition, TableCell, TableCellBorder,
    TableCellBorderPosition, TableLayoutType, TableRow, WidthType,
};

use crate::canvas::escape::{between_tags, drawn, leaf};

use super::{Block, Report};

/// A4 in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
/// Its margins.
const MARGIN: u16 = 1_134;
/// What remains between them.
const WIDTH: usize = 9_638;
/// The list's number among the document's lists; 1 is the library's own.
const BULLETS: usize = 2;
/// A list goes so deep; what lies deeper stands at the last level.
const LEVELS: usize = 6;
/// The colour of headings.
const TEAL: &str = "1D5C63";
/// The colour of what stands back.
const SOFT: &str = "5B6670";
/// The colour of lines in tables.
const LINE: &str = "C9D3D6";
/// The ground of notes and of a table's head.
const PALE: &str = "EEF4F4";

/// A report as a DOCX file.
#[must_use]
pub fn docx(report: &Report) -> Vec<u8> {
    let mut document = dressed(report)
        .add_paragraph(words(&report.title, Paragraph::new().style("Title")))
        .add_paragraph(words(&under_title(report), Paragraph::new().style("Subtitle")));
    for part in &report.parts {
        let style = format!("Heading{}", part.level.clamp(1, 3));
        document = document.add_paragraph(words(&part.heading, Paragraph::new().style(&style).keep_next(true)));
        for block in &part.blocks {
            document = write(document, block);
        }
    }
    let mut package = document.build();
    package.doc_props.core = titled(&package.doc_props.core, &report.title);
    let mut bytes = Cursor::new(Vec::new());
    package.pack(&mut bytes).expect("BUG: memory takes everything");
    bytes.into_inner()
}

fn under_title(report: &Report) -> String {
    let parts = [&report.subtitle, &report.day];
    parts.into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
}

/// An empty document with its styles, its list and its footer.
fn dressed(report: &Report) -> Docx {
    let bullet =
        |nth: usize| {
            let left = 420 + 300 * i32::try_from(nth).unwrap_or_default();
            Level::new(nth, Start::new(1), NumberFormat::new("bullet"), LevelText::new("•"), LevelJc::new("left"))
                .indent(Some(left), Some(SpecialIndentType::Hanging(280)), None, None)
        };
    let bullets = (0..LEVELS).fold(AbstractNumbering::new(BULLETS), |bullets, nth| bullets.add_level(bullet(nth)));
    let footer = Paragraph::new().align(AlignmentType::Right).style("Soft").add_page_num(PageNum::new());
    let margin = i32::from(MARGIN);
    let document = Docx::new()
        .created_at(&report.at)
        .updated_at(&report.at)
        .page_size(PAGE.0, PAGE.1)
        .page_margin(PageMargin { top: margin, bottom: margin, left: margin, right: margin, ..PageMargin::new() })
        .default_fonts(RunFonts::new().ascii("Calibri").hi_ansi("Calibri").cs("Calibri"))
        .default_size(22)
        .add_abstract_numbering(bullets)
        .add_numbering(Numbering::new(BULLETS, BULLETS))
        .footer(Footer::new().add_paragraph(footer));
    styles().into_iter().fold(document, Docx::add_style)
}

fn styles() -> Vec<Style> {
    let style =
        |id: &str, name: &str| Style::new(id, StyleType::Paragraph).name(name).based_on("Normal").next("Normal");
    let spaced = |before: u32, after: u32| LineSpacing::new().before(before).after(after);
    let heading = |level: usize, size: usize, before: u32| {
        style(&format!("Heading{level}"), &format!("heading {level}"))
            .size(size)
            .bold()
            .color(TEAL)
            .outline_lvl(level - 1)
            .q_format(true)
            .line_spacing(spaced(before, 120))
    };
    vec![
        Style::new("Normal", StyleType::Paragraph).name("Normal").q_format(true).line_spacing(spaced(0, 120)),
        style("Title", "Title").size(48).bold().color(TEAL).q_format(true).line_spacing(spaced(0, 60)),
        style("Subtitle", "Subtitle").size(26).color(SOFT).q_format(true).line_spacing(spaced(0, 360)),
        heading(1, 32, 400),
        heading(2, 26, 280),
        heading(3, 23, 200),
        style("Quote", "Quote").size(24).italic().q_format(true).line_spacing(spaced(60, 60)),
        style("Soft", "Soft").size(18).color(SOFT).line_spacing(spaced(0, 160)),
        style("ListItem", "List Bullet").line_spacing(spaced(0, 60)),
        style("TableText", "Table Text").size(19).line_spacing(spaced(20, 20)),
    ]
}

fn write(document: Docx, block: &Block) -> Docx {
    match block {
        Block::Text { text } => document.add_paragraph(words(text, plain())),
        Block::List { items, depths } => {
            let items = items.iter().zip(depths.iter().copied().chain(std::iter::repeat(0)));
            items.fold(document, |document, (item, depth)| {
                let level = IndentLevel::new(usize::from(depth).min(LEVELS - 1));
                let bullet = Paragraph::new().style("ListItem").numbering(NumberingId::new(BULLETS), level);
                document.add_paragraph(words(item, bullet))
            })
        }
        Block::Table { columns, rows } => {
            // A paragraph behind it, or two tables that follow one another would be one.
            document.add_table(table(columns, rows)).add_paragraph(plain())
        }
        Block::Quote { text, by } => {
            let indent = |paragraph: Paragraph| paragraph.indent(Some(280), None, None, None);
            let document =
                document.add_paragraph(words(text, indent(Paragraph::new().style("Quote").keep_next(!by.is_empty()))));
            if by.is_empty() {
                document
            } else {
                document.add_paragraph(words(by, indent(Paragraph::new().style("Soft"))))
            }
        }
        Block::Blank { label } => document.add_table(blank(label)).add_paragraph(plain()),
        Block::Note { text } => {
            let cell = shaded(TableCell::new().add_paragraph(words(text, plain()))).clear_all_border();
            document.add_table(framed(vec![TableRow::new(vec![cell])], vec![WIDTH])).add_paragraph(plain())
        }
    }
}

/// A paragraph like any other.
fn plain() -> Paragraph {
    Paragraph::new().style("Normal")
}

/// Words in a paragraph: as they are, each line on a line.
fn words(text: &str, paragraph: Paragraph) -> Paragraph {
    let text = drawn(text);
    let run = text.split('\n').enumerate().fold(Run::new(), |run, (nth, line)| {
        let run = if nth == 0 { run } else { run.add_break(BreakType::TextWrapping) };
        run.add_text(line)
    });
    paragraph.add_run(run)
}

fn shaded(cell: TableCell) -> TableCell {
    cell.shading(Shading::new().shd_type(ShdType::Clear).color("auto").fill(PALE))
}

fn framed(rows: Vec<TableRow>, grid: Vec<usize>) -> Table {
    use TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
    let edges = [Left, Right, Top, Bottom, InsideH, InsideV];
    let table =
        edges.into_iter().fold(Table::new(rows), |table, edge| table.set_border(TableBorder::new(edge).color(LINE)));
    table.set_grid(grid).width(WIDTH, WidthType::Dxa).layout(TableLayoutType::Fixed)
}

fn table(columns: &[String], rows: &[Vec<String>]) -> Table {
    let grid = grid(columns, rows);
    let cell = |text: &str, at: usize, bold: bool| {
        let paragraph = words(text, Paragraph::new().style("TableText"));
        let cell = TableCell::new().add_paragraph(if bold { paragraph.bold() } else { paragraph });
        cell.width(grid.get(at).copied().unwrap_or(WIDTH), WidthType::Dxa)
    };
    let head = columns.iter().enumerate().map(|(at, text)| shaded(cell(text, at, true)));
    let head = TableRow::new(head.collect()).cant_split();
    let body = rows.iter().map(|row| {
        let cells = (0..columns.len()).map(|at| cell(row.get(at).map_or("", String::as_str), at, false));
        TableRow::new(cells.collect()).cant_split()
    });
    framed(std::iter::once(head).chain(body).collect(), grid.clone())
}

/// How wide the columns are: by the square root of their texts, none too narrow.
fn grid(columns: &[String], rows: &[Vec<String>]) -> Vec<usize> {
    let long = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(|text| text.chars().count());
        let longest = cells.chain([columns[at].chars().count()]).max().unwrap_or_default();
        longest.clamp(9, 200).isqrt().max(3)
    };
    let shares: Vec<usize> = (0..columns.len()).map(long).collect();
    let all = shares.iter().sum::<usize>().max(1);
    shares.iter().map(|share| WIDTH * share / all).collect()
}

/// A line to fill in by hand or at the keyboard: its label, and room with a line under it.
fn blank(label: &str) -> Table {
    let edges = [TableCellBorderPosition::Left, TableCellBorderPosition::Right, TableCellBorderPosition::Top];
    let name = TableCell::new()
        .add_paragraph(words(label, Paragraph::new().style("Soft")))
        .width(WIDTH / 3, WidthType::Dxa)
        .clear_all_border();
    let room = TableCell::new().add_paragraph(plain()).width(WIDTH - WIDTH / 3, WidthType::Dxa);
    let room = edges.into_iter().fold(room, TableCell::clear_border);
    let room = room.set_border(TableCellBorder::new(TableCellBorderPosition::Bottom).color(SOFT));
    framed(vec![TableRow::new(vec![name, room])], vec![WIDTH / 3, WIDTH - WIDTH / 3])
}

/// The document's properties with its title: the library has no word for it.
fn titled(core: &[u8], title: &str) -> Vec<u8> {
    const END: &str = "</cp:coreProperties>";
    let core = String::from_utf8_lossy(core);
    let title = between_tags(&leaf(title));
    // Whose hand wrote it nobody says: the library's word for that goes.
    core.replace(">unknown<", "><").replace(END, &format!("<dc:title>{title}</dc:title>{END}")).into_bytes()
}
