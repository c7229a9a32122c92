//! A report as Markdown: every word a leaf, so that nothing typed becomes structure.

use std::fmt::Write as _;

use crate::canvas::escape::markdown as leaf;

use super::{Block, Report};

/// A report as Markdown.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let mut out = format!("# {}\n\n", leaf(&report.title));
    let under = [&report.subtitle, &report.day].map(|text| leaf(text));
    let _ =
        writeln!(out, "{}\n", under.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" · "));
    for part in &report.parts {
        let hashes = "#".repeat(usize::from(part.level.clamp(1, 5)) + 1);
        let _ = writeln!(out, "{hashes} {}\n", leaf(&part.heading));
        for block in &part.blocks {
            write(&mut out, block);
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn write(out: &mut String, block: &Block) {
    match block {
        Block::Text { text } => {
            let _ = writeln!(out, "{}\n", leaf(text));
        }
        Block::List { items, depths } => {
            for (item, depth) in items.iter().zip(depths.iter().copied().chain(std::iter::repeat(0))) {
                let _ = writeln!(out, "{}- {}", "  ".repeat(depth.into()), leaf(item));
            }
            out.push('\n');
        }
        Block::Table { columns, rows } => {
            let _ = writeln!(out, "{}", row(columns));
            let _ = writeln!(out, "|{}", " --- |".repeat(columns.len()));
            for cells in rows {
                let _ = writeln!(out, "{}", row(cells));
            }
            out.push('\n');
        }
        Block::Quote { text, by } => {
            let _ = writeln!(out, "> {}", leaf(text));
            if !by.is_empty() {
                let _ = writeln!(out, ">\n> — {}", leaf(by));
            }
            out.push('\n');
        }
        Block::Blank { label } => {
            let _ = writeln!(out, "{}: {}\n", leaf(label), "\\_".repeat(24));
        }
        Block::Note { text } => {
            let _ = writeln!(out, "*{}*\n", leaf(text));
        }
    }
}

/// A row of a table; several lines in a cell are parted by a semicolon, since a cell has but one.
fn row(cells: &[String]) -> String {
    let cell = |text: &String| {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        leaf(&lines.collect::<Vec<_>>().join("; "))
    };
    format!("| {} |", cells.iter().map(cell).collect::<Vec<_>>().join(" | "))
}
