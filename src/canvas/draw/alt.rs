//! What a picture says, in words, for those who do not see it.

use std::collections::BTreeSet;

use crate::canvas::captions::fill;
use crate::canvas::escape::cut;
use crate::canvas::{Body, Canvas, Line, MapRow, Matrix, Node, Role, Section, Share, Tree};
use crate::path::CardId;

use super::picture::{Picture, lines, map_of};

/// The longest text that may stand for a picture, in UTF-16 units: what the place where people meet takes.
pub(super) const ALT_MAX: usize = 1024;

/// So much of one card of a tree is said, since all that matters of it is to have room.
const CARD_MAX: usize = 52;

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
        Body::Tree(tree) => tree_said(tree, section, word),
        Body::Table(table) => {
            let cells = |row: &crate::canvas::Row| row.cells.iter().map(|cell| cell.join(", ")).collect::<Vec<_>>();
            let filled = |cells: Vec<String>| cells.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>();
            table.rows.iter().map(|row| filled(cells(row)).join(" · ")).collect()
        }
        Body::Matrix(matrix) => matrix_said(matrix, word),
        Body::Bars(bars) if bars.too_few => {
            vec![fill(word("too_few"), "n", &bars.givers_min.to_string())]
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

/// A matrix: what nobody has and whose view differs, who has what and said yes to it, then the count.
fn matrix_said<'a>(matrix: &Matrix, word: impl Fn(&str) -> &'a str) -> Vec<String> {
    let chosen = |role: &Role| {
        let texts: Vec<&str> = role.chosen.iter().map(|line| line.text.as_str()).collect();
        if texts.is_empty() { word("no_choice").to_owned() } else { texts.join(", ") }
    };
    let open = matrix.offers.iter().filter(|offer| offer.nobody_yet).map(|offer| offer.text.clone());
    let differing = matrix.roles.iter().filter(|role| role.differs).map(|role| role.name.clone());
    let given = matrix.roles.iter().map(|role| {
        let answer = role.beside.iter().flat_map(|beside| {
            let unsure = beside.confirmation.as_ref().filter(|said| !beside.marks.is_empty() && !said.said.is_empty());
            beside.marks.iter().chain(unsure.map(|said| &said.said))
        });
        let answer: Vec<&str> = answer.map(String::as_str).collect();
        let answer = if answer.is_empty() { String::new() } else { format!(" ({})", answer.join(", ")) };
        format!("{}: {}{answer}", role.name, chosen(role))
    });
    let counted = matrix.roles.iter().filter(|role| !role.nominations.is_empty()).map(|role| {
        let counts = role.nominations.iter().map(|counted| format!("{} {}", counted.text, counted.said));
        format!("{}: {}", role.name, counts.collect::<Vec<_>>().join(", "))
    });
    let first = [list(word("nobody_yet"), open), list(word("differs"), differing)];
    first.into_iter().flatten().chain(given).chain(counted).collect()
}

/// *Label: one; another*; none if there is nothing to list.
fn list(label: &str, items: impl Iterator<Item = String>) -> Option<String> {
    let items: Vec<String> = items.collect();
    (!items.is_empty()).then(|| format!("{label}: {}", items.join("; ")))
}

/// A tree. What a look at it tells first is said first: how large it is, what the group chose, where nobody is or what
/// nobody turned around. Then the trunk, what is next to it, what leads back, and last what hangs deeper.
fn tree_said<'a>(tree: &Tree, section: &Section, word: impl Fn(&str) -> &'a str) -> Vec<String> {
    let mut nodes = Vec::new();
    let sides = [("crown", [&tree.crown, &tree.loose_crown]), ("roots", [&tree.roots, &tree.loose_roots])];
    let many = sides.map(|(key, parts)| {
        let before = nodes.len();
        for part in parts {
            every(part, &mut nodes);
        }
        (nodes.len() > before).then(|| format!("{}: {}", word(key), nodes.len() - before))
    });
    let all = || nodes.iter().copied().chain(tree.trunk.as_deref());
    let is_turned = all().any(|node| node.mirrors.is_some());
    let turned = is_turned.then(|| {
        let done = all().filter(|node| node.line.is_some()).count().to_string();
        fill(&fill(word("turned"), "n", &done), "all", &all().count().to_string())
    });
    // A card is said in full once; after that its place stands for it.
    let mut told = BTreeSet::new();
    let mut once = |node: &Node| text(node, !told.insert(node.card));
    let mut named = |label: &str, nodes: &[&Node]| list(label, nodes.iter().filter_map(|node| once(node)));
    let of = |wanted: &dyn Fn(&Node) -> bool| all().filter(|node| wanted(node)).collect::<Vec<_>>();
    let open = open_cards(section, &nodes);
    let core = named(word("core"), &of(&|node| node.kept));
    let open = named(word("nobody_yet"), &of(&|node| open.contains(&node.card)));
    let gaps = if is_turned { named(word("gap"), &of(&|node| node.line.is_none())) } else { None };
    let trunk = named(word("trunk"), &tree.trunk.as_deref().into_iter().collect::<Vec<_>>());
    let next = sides.map(|(key, parts)| named(word(key), &parts.into_iter().flatten().collect::<Vec<_>>()));
    let crosses = tree.crosses.iter().map(|cross| {
        let end = |place: &str, text: &str| format!("{place} {text}").trim().to_owned();
        let (from, to) = (end(&cross.from_place, &cross.from_text), end(&cross.to_place, &cross.to_text));
        format!("{from} {} {to}", word("leads_to"))
    });
    let under = nodes.iter().filter(|node| !node.children.is_empty());
    let under = under.filter_map(|node| named(&node.place, &node.children.iter().collect::<Vec<_>>()));
    let first = many.into_iter().chain([turned, core, open, gaps, trunk]).chain(next).flatten();
    first.chain(crosses).chain(under).collect()
}

/// The cards of a tree with nobody on them: by the section's map, else by what stands beside their lines.
fn open_cards(section: &Section, nodes: &[&Node]) -> BTreeSet<CardId> {
    match map_of(section) {
        Some(map) => map.rows.iter().filter(|row| row.nobody_yet).map(|row| row.card).collect(),
        None => {
            let open = nodes.iter().filter(|node| node.line.as_ref().is_some_and(|line| line.nobody_yet));
            open.map(|node| node.card).collect()
        }
    }
}

/// Every node under these, parents first.
fn every<'a>(nodes: &'a [Node], found: &mut Vec<&'a Node>) {
    for node in nodes {
        found.push(node);
        every(&node.children, found);
    }
}

/// What a node says; in a mirrored tree, what it mirrors if nobody has turned it around. `briefly` its place alone.
fn text(node: &Node, briefly: bool) -> Option<String> {
    let text = node.line.as_ref().map(|line| &line.text).or(node.mirrors.as_ref())?;
    Some(match node.place.as_str() {
        "" => text.clone(),
        place if briefly => place.to_owned(),
        place => format!("{place} {}", cut(text, CARD_MAX, "…")),
    })
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
