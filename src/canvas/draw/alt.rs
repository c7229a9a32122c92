//! What a picture says, in words, for those who do not see it.

use crate::canvas::escape::cut;
use crate::canvas::{Body, Canvas, Line, MapRow, Node, Section, Share, Tree};

use super::picture::{Picture, lines, map_of};

/// The longest text that may stand for a picture, in UTF-16 units: what the place where people meet takes.
const ALT_MAX: usize = 1024;

/// What a picture says, in at most 1,024 characters.
#[must_use]
pub fn alt(canvas: &Canvas, picture: &Picture) -> String {
    let head = &canvas.head;
    let issue = head.issue.as_ref().map(|line| line.text.clone());
    let mut said = vec![format!("{}: {}", head.name, picture.title(canvas))];
    match picture {
        Picture::Whole => {
            said.extend(issue);
            said.push(format!("{}, {}", head.partners_said, head.people_said));
            said.extend(canvas.sections.iter().map(brief));
        }
        Picture::Progress => said.extend(head.phases.iter().map(|phase| format!("{}: {}", phase.name, phase.said))),
        Picture::Elements => said.extend(head.elements.iter().map(|one| format!("{}: {}", one.name, one.said))),
        Picture::Section(_) => match picture.section(canvas) {
            Some(section) if section.body.is_empty() => said.push(section.invitation.clone()),
            Some(section) => said.extend(full(canvas, section)),
            None => {}
        },
        Picture::Map(_) => said.extend(picture.section(canvas).map(|section| map(canvas, section)).unwrap_or_default()),
    }
    short(&said)
}

/// Sentences as long as they fit.
fn short(said: &[String]) -> String {
    let text = said.iter().filter(|part| !part.trim().is_empty()).fold(String::new(), |mut text, part| {
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            text.push_str(if text.ends_with(['.', '?', '!', '…']) { " " } else { ". " });
        }
        text.push_str(&part);
        text
    });
    cut(&text, ALT_MAX, "…")
}

/// A section in a few words.
fn brief(section: &Section) -> String {
    let n = match &section.body {
        Body::Lines { .. } | Body::Tree(_) => lines(section).len(),
        Body::Sentence { line } => return line.as_ref().map(|line| line.text.clone()).unwrap_or_default(),
        Body::Table(table) => table.rows.len(),
        Body::Matrix(matrix) => matrix.roles.iter().filter(|role| !role.is_empty()).count(),
        Body::Bars(bars) => bars.bars.len(),
        Body::Steps { steps } => steps.len(),
        Body::Words { words } => words.len(),
    };
    format!("{}: {n}", section.title)
}

/// A section, part by part.
fn full(canvas: &Canvas, section: &Section) -> Vec<String> {
    let word = |key: &str| canvas.words.get(key).map(String::as_str).unwrap_or_default();
    match &section.body {
        Body::Lines { .. } | Body::Sentence { .. } => lines(section).iter().map(|line| with_who(line)).collect(),
        Body::Tree(tree) => tree_said(tree, word),
        Body::Table(table) => {
            let cells = |row: &crate::canvas::Row| row.cells.iter().map(|cell| cell.join(", ")).collect::<Vec<_>>();
            let filled = |cells: Vec<String>| cells.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>();
            table.rows.iter().map(|row| filled(cells(row)).join(" · ")).collect()
        }
        Body::Matrix(matrix) => {
            let chosen = |chosen: &[Line]| chosen.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(", ");
            let or_open = |text: String| if text.is_empty() { word("no_choice").to_owned() } else { text };
            matrix.roles.iter().map(|role| format!("{}: {}", role.name, or_open(chosen(&role.chosen)))).collect()
        }
        Body::Bars(bars) if bars.too_few => {
            vec![crate::canvas::captions::fill(word("too_few"), "n", &bars.givers_min.to_string())]
        }
        Body::Bars(bars) => {
            let piles = bars.piles.iter().map(|pile| pile.label.as_str()).collect::<Vec<_>>().join(":");
            let bars = bars.bars.iter().map(|bar| format!("{} {}, {}", bar.text, bar.ratio, bar.said));
            std::iter::once(piles).chain(bars).collect()
        }
        Body::Steps { steps } => steps
            .iter()
            .map(|step| {
                let owner = step.owner.as_deref().unwrap_or(word("nobody_owns"));
                [&step.text, owner, &step.due_said]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(", ")
            })
            .collect(),
        Body::Words { words } => words.iter().map(|word| word.text.clone()).collect(),
    }
}

fn with_who(line: &Line) -> String {
    match &line.who {
        Some(who) => format!("{} ({who})", line.text),
        None => line.text.clone(),
    }
}

/// A tree: the trunk, then what grows from it and what it grows from, nearest first.
fn tree_said<'a>(tree: &Tree, word: impl Fn(&str) -> &'a str) -> Vec<String> {
    let trunk = tree.trunk.as_deref().and_then(text).map(|text| format!("{}: {text}", word("trunk")));
    let branch = |key: &str, nodes: &[Node]| {
        let texts: Vec<String> = nodes.iter().filter_map(text).collect();
        (!texts.is_empty()).then(|| format!("{}: {}", word(key), texts.join("; ")))
    };
    let all = [trunk, branch("crown", &tree.crown), branch("roots", &tree.roots)];
    let under = tree.roots.iter().filter(|node| !node.children.is_empty()).map(|node| {
        let texts: Vec<String> = node.children.iter().filter_map(text).collect();
        format!("{}: {}", node.place, texts.join("; "))
    });
    all.into_iter().flatten().chain(under).collect()
}

/// What a node says; in a mirrored tree, what it mirrors if nobody has turned it around.
fn text(node: &Node) -> Option<String> {
    let text = node.line.as_ref().map(|line| &line.text).or(node.mirrors.as_ref())?;
    Some(if node.place.is_empty() { text.clone() } else { format!("{} {text}", node.place) })
}

/// Who works on what: those on which nobody does come first, since they are the news.
fn map(canvas: &Canvas, section: &Section) -> Vec<String> {
    let Some(map) = map_of(section) else { return vec![section.invitation.clone()] };
    let nobody = canvas.words.get("nobody_yet").map(String::as_str).unwrap_or_default();
    let called = |row: &MapRow| format!("{} {}", row.place, row.text).trim().to_owned();
    let open = map.rows.iter().filter(|row| row.nobody_yet).map(|row| format!("{}: {nobody}", called(row)));
    let held = map.rows.iter().filter(|row| row.cells.iter().any(|cell| cell.share.is_some()));
    let on_it = |row: &MapRow| {
        let cells = map.columns.iter().zip(&row.cells);
        let names = cells.filter_map(|(column, cell)| {
            let said = match cell.share? {
                Share::Now => &map.now_said,
                Share::Planned => &map.planned_said,
                Share::Other => &map.other_said,
            };
            Some(format!("{} ({said})", column.name))
        });
        names.collect::<Vec<_>>().join(", ")
    };
    let first = Some(map.open_said.clone()).filter(|said| !said.is_empty());
    first.into_iter().chain(open).chain(held.map(|row| format!("{}: {}", called(row), on_it(row)))).collect()
}
