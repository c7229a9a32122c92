//! The canvas as a Markdown outline: headings and bullets only, made to be listened to.
//!
//! Each line is one bullet that says what it is and, in brackets, where it comes from. Tables become
//! a bullet a row with named parts, trees become nested bullets with their short ids, counts become
//! words. Nothing relies on columns, colour or pictures.

use std::fmt::Write as _;

use super::Canvas;
use super::bars::{Bar, Bars};
use super::beside::{Beside, Confirmation, Part};
use super::captions::{self, Captions};
use super::escape::markdown;
use super::head::Head;
use super::line::{Group, Line, Remark};
use super::matrix::{Matrix, Offer, Role};
use super::section::{Body, Section};
use super::source::Source;
use super::steps::{Step, Word};
use super::table::{Row, Table};
use super::tree::{Node, Tree};

/// The canvas as Markdown.
#[must_use]
pub fn outline(canvas: &Canvas) -> String {
    let mut out = Outline { canvas, text: String::new() };
    out.head(&canvas.head);
    for section in canvas.sections.iter().filter(|section| !section.is_in_head(&canvas.head)) {
        out.section(section);
    }
    let foot = out.word("foot");
    out.paragraph(&foot);
    out.text.truncate(out.text.trim_end().len());
    out.text.push('\n');
    out.text
}

/// The document being written.
struct Outline<'a> {
    canvas: &'a Canvas,
    text: String,
}

impl Outline<'_> {
    fn word(&self, key: &str) -> String {
        markdown(self.canvas.words.get(key).map_or("", String::as_str))
    }

    fn filled(&self, key: &str, gap: &str, value: &str) -> String {
        markdown(&captions::fill(self.canvas.words.get(key).map_or("", String::as_str), gap, value))
    }

    /// A day in the canvas's own words.
    fn day(&self, at: chrono::DateTime<chrono::FixedOffset>) -> String {
        let months = self.canvas.words.get("months").cloned().unwrap_or_default();
        let labels = [("canvas-months".to_owned(), months)].into();
        Captions { labels, ..Captions::default() }.day_of(at)
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.gap();
        let _ = write!(self.text, "{} {text}\n\n", "#".repeat(level));
    }

    /// One empty line, however the text ended.
    fn gap(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        self.text.push_str("\n\n");
    }

    /// A paragraph; `text` is escaped already.
    fn paragraph(&mut self, text: &str) {
        self.gap();
        let _ = write!(self.text, "{text}\n\n");
    }

    /// A bullet; `text` is escaped already.
    fn bullet(&mut self, depth: usize, text: &str) {
        let _ = writeln!(self.text, "{}- {text}", "  ".repeat(depth));
    }

    fn head(&mut self, head: &Head) {
        let _ = write!(self.text, "# {}\n\n", markdown(&head.name));
        if let Some(issue) = &head.issue {
            let focal = format!("**{}:** {}{}", self.word("focal"), markdown(&issue.text), source(&issue.source, " "));
            self.paragraph(&focal);
            self.remarks(&issue.remarks, 0);
        }
        let version = match &head.version {
            Some(version) => markdown(&version.said(&self.canvas.words)),
            None => self.word("unpublished"),
        };
        let as_of = self.filled("as_of", "day", &self.day(head.at));
        let counts = format!("{}, {}", markdown(&head.partners_said), markdown(&head.people_said));
        self.paragraph(&format!("{as_of} · {version} · {counts}"));

        self.heading(2, &self.word("where"));
        for phase in &head.phases {
            self.bullet(0, &format!("{}: {}", markdown(&phase.name), markdown(&phase.said)));
        }
        self.heading(2, &self.word("who"));
        for partner in &head.partners {
            let sector =
                if partner.sector.is_empty() { String::new() } else { format!(", {}", markdown(&partner.sector)) };
            self.bullet(0, &format!("**{}** ({}{sector})", markdown(&partner.name), markdown(&partner.short)));
            for person in &partner.people {
                let host = if person.host { format!(", {}", self.word("host")) } else { String::new() };
                self.bullet(1, &format!("{} ({}{host})", markdown(&person.name), markdown(&person.level_said)));
            }
        }
        if !head.elements.is_empty() {
            self.heading(2, &self.word("elements"));
        }
        for element in &head.elements {
            self.bullet(0, &format!("{}: {}", markdown(&element.name), markdown(&element.said)));
            self.bullet(1, &markdown(&element.sections_said(self.canvas)));
        }
    }

    fn section(&mut self, section: &Section) {
        self.heading(2, &markdown(&section.title));
        if section.body.is_empty() {
            self.paragraph(&format!("*{}*", markdown(&section.invitation)));
        } else {
            self.body(&section.body);
        }
        self.remarks(&section.remarks, 0);
        if !section.put_aside.is_empty() {
            self.heading(3, &self.word("put_aside"));
        }
        for aside in &section.put_aside {
            self.bullet(0, &format!("{}: {}", self.titled(&aside.line), markdown(&aside.reason)));
        }
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::Lines { groups } => groups.iter().for_each(|group| self.group(group)),
            Body::Sentence { line } => {
                if let Some(line) = line {
                    self.paragraph(&format!("> {}", markdown(&line.text)));
                    self.paragraph(&source(&line.source, ""));
                    self.below(line, 0);
                }
            }
            Body::Tree(tree) => self.tree(tree),
            Body::Table(table) => table.rows.iter().for_each(|row| self.row(table, row)),
            Body::Matrix(matrix) => self.matrix(matrix),
            Body::Bars(bars) => self.bars(bars),
            Body::Steps { steps } => steps.iter().for_each(|step| self.step(step)),
            Body::Words { words } => words.iter().for_each(|word| self.single(word)),
        }
    }

    fn group(&mut self, group: &Group) {
        if let Some(title) = group.title() {
            self.heading(3, &markdown(&title));
        }
        let mut triads = self.canvas.head.groups.iter();
        if let Some(triad) = triads.find(|of| group.heading.is_none() && group.group == Some(of.id)) {
            self.paragraph(&markdown(&triad.people_said()));
        }
        for line in &group.lines {
            self.line(line, 0);
        }
    }

    /// A line's words with its place before them.
    fn titled(&self, line: &Line) -> String {
        let place = line.place.as_ref().map(|place| format!("**{}** ", markdown(place))).unwrap_or_default();
        let disputed = if line.disputed { format!(" ({})", self.word("disputed")) } else { String::new() };
        format!("{place}{}{disputed}", markdown(&line.text))
    }

    fn line(&mut self, line: &Line, depth: usize) {
        let text = format!("{}{}", self.titled(line), source(&line.source, " "));
        self.bullet(depth, &text);
        self.below(line, depth + 1);
    }

    /// What stands under a line: its parts, what is beside it, what was said with it.
    fn below(&mut self, line: &Line, depth: usize) {
        self.parts(&line.parts, depth);
        self.confirmation(line.confirmation.as_ref(), depth);
        if let Some(reason) = &line.aside {
            self.bullet(depth, &format!("{}: {}", self.word("aside"), markdown(reason)));
        }
        for beside in &line.beside {
            self.beside(beside, depth);
        }
        if line.nobody_yet {
            self.bullet(depth, &self.word("nobody_yet"));
        }
        self.remarks(&line.remarks, depth);
    }

    fn parts(&mut self, parts: &[Part], depth: usize) {
        for part in parts {
            self.bullet(depth, &labelled(part));
        }
    }

    fn confirmation(&mut self, confirmation: Option<&Confirmation>, depth: usize) {
        if let Some(confirmation) = confirmation {
            self.bullet(depth, &markdown(&confirmation.said));
        }
    }

    fn beside(&mut self, beside: &Beside, depth: usize) {
        let marks = beside.marks.iter().map(|mark| markdown(mark)).collect::<Vec<_>>().join(", ");
        let who = match (&beside.who, marks.is_empty()) {
            (Some(who), true) => markdown(who),
            (Some(who), false) => format!("{} ({marks})", markdown(who)),
            (None, _) => marks,
        };
        let parts = beside.parts.iter().map(labelled);
        let said = beside.confirmation.as_ref().map(|confirmation| markdown(&confirmation.said));
        let tail = parts.chain(said).collect::<Vec<_>>().join("; ");
        let between = if who.is_empty() || tail.is_empty() { "" } else { ": " };
        let card = beside.source.cards.first().map(|origin| format!(" (\\#{})", origin.card));
        self.bullet(depth, &format!("{}: {who}{between}{tail}{}", markdown(&beside.title), card.unwrap_or_default()));
    }

    fn remarks(&mut self, remarks: &[Remark], depth: usize) {
        for remark in remarks {
            let by = remark.by.as_ref().map(|by| format!(" ({})", markdown(by))).unwrap_or_default();
            let said = || format!("{}: {}{by}", self.word("remarks"), markdown(&remark.text));
            self.bullet(depth, &remark.condition().map_or_else(said, |said| markdown(&said)));
        }
    }

    fn tree(&mut self, tree: &Tree) {
        if let Some(trunk) = &tree.trunk {
            self.heading(3, &self.word("trunk"));
            self.node(trunk, 0);
        }
        let sides = [("roots", &tree.roots, &tree.loose_roots), ("crown", &tree.crown, &tree.loose_crown)];
        for (name, placed, loose) in sides {
            if !placed.is_empty() || !loose.is_empty() {
                self.heading(3, &self.word(name));
            }
            for node in placed {
                self.node(node, 0);
            }
            if !loose.is_empty() {
                self.bullet(0, &self.word("loose"));
            }
            for node in loose {
                self.node(node, 1);
            }
        }
        if !tree.crosses.is_empty() {
            self.heading(3, &self.word("cross"));
        }
        for cross in &tree.crosses {
            let end = |place: &str, text: &str| format!("{} {}", markdown(place), markdown(text)).trim().to_owned();
            let from = end(&cross.from_place, &cross.from_text);
            let to = end(&cross.to_place, &cross.to_text);
            self.bullet(0, &format!("{from} – {} – {to}", self.word("leads_to")));
        }
    }

    fn node(&mut self, node: &Node, depth: usize) {
        let place = if node.place.is_empty() { String::new() } else { format!("**{}** ", markdown(&node.place)) };
        let today =
            node.mirrors.as_ref().map(|text| format!(" ({})", self.filled("now", "text", text))).unwrap_or_default();
        let core =
            if node.kept && node.mirrors.is_none() { format!(" ({})", self.word("core")) } else { String::new() };
        match &node.line {
            Some(line) => {
                let line = Line { place: None, ..line.clone() };
                let text = format!("{place}{}{core}{today}{}", self.titled(&line), source(&line.source, " "));
                self.bullet(depth, &text);
                self.below(&line, depth + 1);
            }
            None => self.bullet(depth, &format!("{place}*{}*{today}", self.word("gap"))),
        }
        for other in &node.others {
            let text = format!("{} {}{}", self.word("or"), markdown(&other.text), source(&other.source, " "));
            self.bullet(depth + 1, &text);
        }
        for child in &node.children {
            self.node(child, depth + 1);
        }
    }

    /// A row: its first two cells as the bullet, the others with their labels under it.
    fn row(&mut self, table: &Table, row: &Row) {
        let mut cells = table.columns.iter().zip(&row.cells).filter(|(_, texts)| !texts.is_empty());
        let joined = |texts: &[String]| texts.iter().map(|text| markdown(text)).collect::<Vec<_>>().join("; ");
        let first = cells.next().map(|(_, texts)| joined(texts)).unwrap_or_default();
        let place = row.place.as_ref().map(|place| format!("**{}** ", markdown(place))).unwrap_or_default();
        let disputed = if row.disputed { format!(" ({})", self.word("disputed")) } else { String::new() };
        self.bullet(0, &format!("{place}**{first}**{disputed}{}", source(&row.source, " ")));
        for (column, texts) in cells {
            self.bullet(1, &format!("{}: {}", markdown(&column.label), joined(texts)));
        }
        self.confirmation(row.confirmation.as_ref(), 1);
        self.remarks(&row.remarks, 1);
    }

    fn matrix(&mut self, matrix: &Matrix) {
        matrix.roles.iter().for_each(|role| self.role(role));
        let open: Vec<&Offer> = matrix.offers.iter().filter(|offer| offer.nobody_yet).collect();
        if !open.is_empty() {
            let open = open.iter().map(|offer| markdown(&offer.text)).collect::<Vec<_>>().join("; ");
            self.bullet(0, &format!("{}: {open}", self.word("nobody_yet")));
        }
    }

    fn role(&mut self, role: &Role) {
        let chosen = role.chosen.iter().map(|line| markdown(&line.text)).collect::<Vec<_>>().join(" / ");
        let differs = if role.differs { format!(" ({})", self.word("differs")) } else { String::new() };
        let state = match (role.settled, role.chosen.len()) {
            (true, _) => String::new(),
            (false, 0) => self.word("no_choice"),
            (false, 1) => format!(" ({})", self.word("open_choice")),
            (false, _) => format!(" ({})", self.word("level")),
        };
        self.bullet(0, &format!("**{}**: {chosen}{state}{differs}", markdown(&role.name)));
        for nomination in &role.nominations {
            self.bullet(1, &format!("{}: {}", markdown(&nomination.text), markdown(&nomination.said)));
        }
        for beside in &role.beside {
            self.beside(beside, 1);
        }
    }

    fn bars(&mut self, bars: &Bars) {
        if bars.too_few {
            let text = self.filled("too_few", "n", &bars.givers_min.to_string());
            self.bullet(0, &text);
        }
        for bar in &bars.bars {
            self.bar(bars, bar);
        }
        let talk: Vec<&Bar> = bars.talk.iter().filter_map(|id| bars.bars.iter().find(|bar| bar.card == *id)).collect();
        if !talk.is_empty() {
            self.heading(3, &self.word("talk"));
        }
        for bar in talk {
            self.bullet(0, &format!("{} ({})", markdown(&bar.text), markdown(&bar.ratio)));
        }
    }

    fn bar(&mut self, bars: &Bars, bar: &Bar) {
        let counts = bars.piles.iter().zip(&bar.figures).map(|(pile, n)| format!("{n} {}", markdown(&pile.label)));
        let counts = counts.collect::<Vec<_>>().join(", ");
        let behind =
            if bar.critical_said.is_empty() { String::new() } else { format!("; {}", markdown(&bar.critical_said)) };
        self.bullet(
            0,
            &format!("{}: {counts} ({}): {}{behind}", markdown(&bar.text), markdown(&bar.ratio), markdown(&bar.said)),
        );
        for reason in &bar.reasons {
            self.beside(reason, 1);
        }
    }

    fn step(&mut self, step: &Step) {
        self.bullet(0, &format!("{}{}", markdown(&step.text), source(&step.source, " ")));
        let owner = step.owner.as_ref().map_or_else(|| self.word("nobody_owns"), |owner| markdown(owner));
        self.bullet(1, &format!("{}: {owner}", self.word("owner")));
        if !step.due_said.is_empty() {
            self.bullet(1, &format!("{}: {}", self.word("due"), markdown(&step.due_said)));
        }
        for serves in &step.serves {
            self.bullet(1, &format!("{}: {}", self.word("for"), markdown(serves)));
        }
        self.confirmation(step.confirmation.as_ref(), 1);
        self.parts(&step.parts, 1);
        for beside in &step.beside {
            self.beside(beside, 1);
        }
    }

    fn single(&mut self, word: &Word) {
        let who = word.who.as_ref().map(|who| format!(" ({})", markdown(who))).unwrap_or_default();
        self.bullet(0, &format!("{}{who}", markdown(&word.text)));
    }
}

/// Where a line comes from, in brackets: who, how many, and the cards' numbers.
fn source(source: &Source, before: &str) -> String {
    let cards: Vec<String> = source.cards.iter().map(|origin| format!("\\#{}", origin.card)).collect();
    let said = [markdown(&source.summary), cards.join(", ")];
    let said = said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    if said.is_empty() { String::new() } else { format!("{before}({said})") }
}

fn labelled(part: &Part) -> String {
    if part.label.is_empty() {
        markdown(&part.text)
    } else {
        format!("{}: {}", markdown(&part.label), markdown(&part.text))
    }
}
