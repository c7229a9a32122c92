//! What a section of the canvas becomes in a report, by its shape.

use crate::canvas::bars::Bars;
use crate::canvas::beside::{Beside, Confirmation, Part};
use crate::canvas::captions::Captions;
use crate::canvas::line::{Group, Line, Remark};
use crate::canvas::matrix::{Matrix, Role};
use crate::canvas::section::{Body, Section};
use crate::canvas::steps::Step;
use crate::canvas::table::{Row, Table};
use crate::canvas::tree::{Node, Tree};
use crate::path::Value;

use super::Block;

/// A table with more columns than this, or with long texts in this many, is told row by row.
const COLUMNS_MAX: usize = 5;
/// A text in a cell is long from here.
const LONG: usize = 120;

/// A section as blocks; its invitation where there is nothing yet.
pub(super) fn blocks(words: &Captions, section: &Section) -> Vec<Block> {
    if section.body.is_empty() {
        return vec![Block::note(section.invitation.clone())];
    }
    let mut blocks = match &section.body {
        Body::Lines { groups } => groups.iter().flat_map(|group| lines(words, group)).collect(),
        Body::Sentence { line } => line.iter().flat_map(|line| sentence(words, line)).collect(),
        Body::Tree(tree) => self::tree(words, tree),
        Body::Table(table) => self::table(words, table),
        Body::Matrix(matrix) => self::matrix(words, matrix).into_iter().collect(),
        Body::Bars(bars) => self::bars(words, bars),
        Body::Steps { steps } => self::steps(words, steps.iter()).into_iter().collect(),
        Body::Words { words } => {
            let said = words.iter().map(|word| with(word.text.clone(), word.who.as_deref()));
            Block::list(said.collect()).into_iter().collect()
        }
    };
    blocks.extend(remarks(words, &section.remarks));
    blocks
}

/// *Text (more)*, or the text alone.
pub(super) fn with(text: String, more: Option<&str>) -> String {
    match more.filter(|more| !more.is_empty()) {
        Some(more) => format!("{text} ({more})"),
        None => text,
    }
}

/// A line as one text: its place, its words, its parts.
pub(super) fn line(words: &Captions, line: &Line) -> String {
    let place = line.place.as_ref().map(|place| format!("{place} ")).unwrap_or_default();
    // What has no label is the line that goes with a name: *Fair hours: nobody writes at night*.
    let (bare, labelled): (Vec<_>, Vec<_>) = line.parts.iter().partition(|part| part.label.is_empty());
    let named: Vec<&str> =
        std::iter::once(line.text.as_str()).chain(bare.iter().map(|part| part.text.as_str())).collect();
    let parts = labelled.into_iter().map(|part| format!("{}: {}", part.label, part.text));
    let disputed = line.disputed.then(|| words.word("disputed").to_owned());
    let said = line.confirmation.as_ref().map(|confirmation| confirmation.said.clone());
    let more: Vec<String> = parts.chain(disputed).chain(said).collect();
    with(format!("{place}{}", named.join(": ")), Some(&more.join("; ")))
}

fn lines(words: &Captions, group: &Group) -> Vec<Block> {
    let mut blocks: Vec<Block> = group.title().map(|title| Block::text(format!("{title}:"))).into_iter().collect();
    let has_more = group.lines.iter().any(|line| !line.beside.is_empty() || line.nobody_yet);
    if has_more {
        let title = group.lines.iter().flat_map(|line| &line.beside).map(|beside| beside.title.clone()).next();
        let columns = vec![words.word("what").to_owned(), title.unwrap_or_else(|| words.word("giver").to_owned())];
        let rows = group.lines.iter().map(|of| {
            let nobody = of.nobody_yet.then(|| words.word("nobody-yet").to_owned());
            let more: Vec<String> = of.beside.iter().map(beside).chain(nobody).collect();
            vec![line(words, of), more.join("\n")]
        });
        blocks.extend(Block::table(columns, rows.collect()));
    } else {
        blocks.extend(Block::list(group.lines.iter().map(|of| line(words, of)).collect()));
    }
    blocks.extend(group.lines.iter().flat_map(|of| remarks(words, &of.remarks)));
    blocks
}

fn sentence(words: &Captions, of: &Line) -> Vec<Block> {
    let mut blocks = vec![Block::quote(line(words, of), of.source.summary.clone())];
    blocks.extend(Block::list(of.beside.iter().map(|of| format!("{}: {}", of.title, beside(of))).collect()));
    blocks.extend(remarks(words, &of.remarks));
    blocks
}

/// What somebody said with it, in their words.
fn remarks(words: &Captions, remarks: &[Remark]) -> Vec<Block> {
    let quote = |remark: &Remark| {
        if let Some(condition) = remark.condition() {
            return Block::text(condition);
        }
        let what = words.word(if remark.value == Value::NotYet { "not-yet" } else { "remark" });
        let by = remark.by.as_ref().map_or_else(|| what.to_owned(), |by| format!("{by}: {what}"));
        Block::quote(remark.text.clone(), by)
    };
    remarks.iter().map(quote).collect()
}

/// A card that stands beside something, as one text.
pub(super) fn beside(beside: &Beside) -> String {
    let marks = beside.marks.join(", ");
    let who = match &beside.who {
        Some(who) => with(who.clone(), Some(&marks)),
        None => marks,
    };
    let parts = beside.parts.iter().map(Part::said);
    let said = beside.confirmation.as_ref().map(|confirmation| confirmation.said.clone());
    let mut tail: Vec<String> = parts.chain(said).collect();
    // A sentence that others follow ends with their sign, not with two.
    if let Some((_, others)) = tail.split_last_mut() {
        for one in others {
            one.truncate(one.trim_end_matches('.').len());
        }
    }
    let tail = tail.join("; ");
    let between = if who.is_empty() || tail.is_empty() { "" } else { ": " };
    format!("{who}{between}{tail}")
}

fn tree(words: &Captions, tree: &Tree) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(line) = tree.trunk.as_ref().and_then(|trunk| trunk.line.as_ref()) {
        blocks.push(Block::quote(line.text.clone(), words.word("trunk")));
    }
    for (name, placed, loose) in [("roots", &tree.roots, &tree.loose_roots), ("crown", &tree.crown, &tree.loose_crown)]
    {
        let mut items = Vec::new();
        for of in placed {
            node(words, of, 0, &mut items);
        }
        if !loose.is_empty() {
            items.push((0, words.word("loose").to_owned()));
        }
        for of in loose {
            node(words, of, 1, &mut items);
        }
        if let Some(list) = Block::branches(items) {
            blocks.extend([Block::text(format!("{}:", words.word(name))), list]);
        }
    }
    let crosses = tree.crosses.iter().map(|cross| {
        let end = |place: &str, text: &str| format!("{place} {text}").trim().to_owned();
        let (from, to) = (end(&cross.from_place, &cross.from_text), end(&cross.to_place, &cross.to_text));
        format!("{from} – {} – {to}", words.word("leads-to"))
    });
    if let Some(list) = Block::list(crosses.collect()) {
        blocks.extend([Block::text(format!("{}:", words.word("cross"))), list]);
    }
    blocks
}

/// A node and all under it, one item each, with the marks that the outline writes.
fn node(words: &Captions, node: &Node, depth: u8, items: &mut Vec<(u8, String)>) {
    let today = node.mirrors.as_ref().map(|text| words.fill("now", "text", text));
    let core = (node.kept && node.mirrors.is_none()).then(|| words.word("core").to_owned());
    let line_marks = node.line.iter().flat_map(|line| marks(words, line));
    let marks: Vec<String> = core.into_iter().chain(today).chain(line_marks).collect();
    let text = match &node.line {
        Some(of) => line(words, &Line { place: None, parts: Vec::new(), ..of.clone() }),
        None => words.word("gap").to_owned(),
    };
    items.push((depth, with(format!("{} {text}", node.place).trim().to_owned(), Some(&marks.join("; ")))));
    let under = depth.saturating_add(1);
    items.extend(node.others.iter().map(|of| (under, format!("{} {}", words.word("or"), of.text))));
    node.children.iter().for_each(|child| self::node(words, child, under, items));
}

/// Who works on a line and how far, or that nobody does, or why it was put aside.
fn marks(words: &Captions, line: &Line) -> Vec<String> {
    let who = line.beside.iter().filter_map(|of| Some(with(of.who.clone()?, Some(&of.marks.join(", ")))));
    let nobody = line.nobody_yet.then(|| words.word("nobody-yet").to_owned());
    let aside = line.aside.as_ref().map(|reason| format!("{}: {reason}", words.word("aside")));
    who.chain(nobody).chain(aside).collect()
}

fn table(words: &Captions, table: &Table) -> Vec<Block> {
    let confirmed = table.rows.iter().any(|row| row.confirmation.is_some());
    let width = table.columns.len() + usize::from(confirmed);
    let long = table.rows.iter().any(|row| cells(words, row).iter().any(|text| text.chars().count() > LONG));
    let mut blocks = if width > COLUMNS_MAX || long && width > 3 {
        table.rows.iter().flat_map(|row| told(words, table, row)).collect()
    } else {
        let mut columns: Vec<String> = table.columns.iter().map(|column| column.label.clone()).collect();
        columns.extend(confirmed.then(|| words.word("confirmed").to_owned()));
        let rows = table.rows.iter().map(|row| {
            let mut cells = cells(words, row);
            cells.extend(confirmed.then(|| answer(row.confirmation.as_ref())));
            cells
        });
        Block::table(columns, rows.collect()).into_iter().collect::<Vec<_>>()
    };
    blocks.extend(table.rows.iter().flat_map(|row| remarks(words, &row.remarks)));
    blocks
}

/// The cells of a row, each as one text; the first says if words are used differently.
fn cells(words: &Captions, row: &Row) -> Vec<String> {
    let mut cells: Vec<String> = row.cells.iter().map(|texts| texts.join("; ")).collect();
    if let Some(first) = cells.first_mut().filter(|_| row.disputed) {
        *first = with(std::mem::take(first), Some(words.word("disputed")));
    }
    cells
}

/// A row told in full: its first cell, then every other with its label.
pub(super) fn told(words: &Captions, table: &Table, row: &Row) -> Vec<Block> {
    let mut named = table.columns.iter().zip(cells(words, row)).filter(|(_, text)| !text.is_empty());
    let title = named.next().map(|(_, text)| text).unwrap_or_default();
    let mut items: Vec<String> = named.map(|(column, text)| format!("{}: {text}", column.label)).collect();
    items.extend(row.confirmation.as_ref().map(|confirmation| confirmation.said.clone()));
    std::iter::once(Block::text(title)).chain(Block::list(items)).collect()
}

fn answer(confirmation: Option<&Confirmation>) -> String {
    confirmation.map(|confirmation| confirmation.said.clone()).unwrap_or_default()
}

fn matrix(words: &Captions, matrix: &Matrix) -> Option<Block> {
    let word = |key: &str| words.word(key).to_owned();
    let columns = vec![
        word("giver"),
        word("what"),
        words.say("report-counted").to_owned(),
        words.say("report-itself").to_owned(),
    ];
    let rows = matrix.roles.iter().map(|role| {
        let counted: Vec<String> =
            role.nominations.iter().map(|nomination| format!("{}: {}", nomination.text, nomination.said)).collect();
        let said: Vec<String> = role.beside.iter().map(|of| format!("{}: {}", of.title, beside(of))).collect();
        vec![role.full_name.clone(), chosen(words, role), counted.join("\n"), said.join("\n")]
    });
    Block::table(columns, rows.collect())
}

/// What a partner was given, and whether that is settled.
pub(super) fn chosen(words: &Captions, role: &Role) -> String {
    let names = role.chosen.iter().map(|line| line.text.clone()).collect::<Vec<_>>().join(" / ");
    match (role.settled, role.chosen.len()) {
        (true, _) => names,
        (false, 0) => words.word("no-choice").to_owned(),
        (false, 1) => with(names, Some(words.word("open-choice"))),
        (false, _) => with(names, Some(words.word("level"))),
    }
}

fn bars(words: &Captions, bars: &Bars) -> Vec<Block> {
    let mut blocks = Vec::new();
    if bars.too_few {
        blocks.push(Block::note(words.fill("too-few", "n", &bars.givers_min.to_string())));
    }
    let mut columns = vec![words.word("what").to_owned()];
    columns.extend(bars.piles.iter().map(|pile| pile.label.clone()));
    columns.extend([words.say("report-reads").to_owned(), words.say("report-reasons").to_owned()]);
    let rows = bars.bars.iter().map(|bar| {
        let mut row = vec![bar.text.clone()];
        row.extend(bar.figures.iter().map(u32::to_string));
        row.resize(columns.len() - 2, String::new());
        row.push(with(bar.said.clone(), Some(&bar.critical_said)));
        row.push(bar.reasons.iter().map(beside).collect::<Vec<_>>().join("\n"));
        row
    });
    let rows = rows.collect();
    blocks.extend(Block::table(columns, rows));
    blocks
}

/// Steps as a table.
pub(super) fn steps<'a>(words: &Captions, steps: impl Iterator<Item = &'a Step>) -> Option<Block> {
    let columns = ["what", "owner", "due", "for"].map(|key| words.word(key).to_owned());
    let columns = columns.into_iter().chain([words.say("report-answer").to_owned()]).collect();
    let rows = steps.map(|step| {
        let owner = step.owner.clone().unwrap_or_else(|| words.word("nobody-owns").to_owned());
        vec![
            step.text.clone(),
            owner,
            step.due_said.clone(),
            step.serves.join("; "),
            answer(step.confirmation.as_ref()),
        ]
    });
    Block::table(columns, rows.collect())
}
