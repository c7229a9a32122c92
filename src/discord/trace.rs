//! The lines of a section of the canvas, each with where it comes from. Made from the `Canvas` value
//! alone, so nothing stands here that its reader may not see.

use std::collections::BTreeMap;

use crate::canvas::{Bars, Beside, Body, Canvas, Line, Matrix, Node, Section, Source, Step, Table, Tree, Word};

/// One line of a section.
#[derive(Clone, Debug)]
pub struct Trace<'a> {
    /// By what it is found again: its card's number, and which of that card's lines it is.
    pub key: String,
    /// What it says, as written.
    pub text: String,
    /// Where it comes from.
    pub source: &'a Source,
    /// What stands beside it, and where that comes from.
    pub beside: Vec<&'a Source>,
}

/// The section of this key.
#[must_use]
pub fn section<'a>(canvas: &'a Canvas, key: &str) -> Option<&'a Section> {
    canvas.sections.iter().find(|section| section.key == key)
}

/// The lines of a section, in its order.
#[must_use]
pub fn traces(section: &Section) -> Vec<Trace<'_>> {
    let mut found = Found::default();
    match &section.body {
        Body::Lines { groups } => groups.iter().flat_map(|group| &group.lines).for_each(|line| found.line("", line)),
        Body::Sentence { line } => line.iter().for_each(|line| found.line("", line)),
        Body::Tree(tree) => found.tree(tree),
        Body::Table(table) => found.table(table),
        Body::Matrix(matrix) => found.matrix(matrix),
        Body::Bars(bars) => found.bars(bars),
        Body::Steps { steps } => steps.iter().for_each(|step| found.step(step)),
        Body::Words { words } => words.iter().for_each(|word| found.word(word)),
    }
    section.put_aside.iter().for_each(|aside| found.line("", &aside.line));
    found.traces
}

/// The line that was found under this key.
#[must_use]
pub fn find<'a>(section: &'a Section, key: &str) -> Option<Trace<'a>> {
    traces(section).into_iter().find(|trace| trace.key == key)
}

#[derive(Default)]
struct Found<'a> {
    traces: Vec<Trace<'a>>,
    seen: BTreeMap<i64, usize>,
}

impl<'a> Found<'a> {
    /// Adds a line; one without a card behind it leads nowhere.
    fn add(&mut self, text: String, source: &'a Source, beside: Vec<&'a Source>) {
        let Some(card) = source.cards.first().map(|origin| origin.card.0) else { return };
        let nth = self.seen.entry(card).or_default();
        let key = if *nth == 0 { card.to_string() } else { format!("{card}-{nth}") };
        *nth += 1;
        self.traces.push(Trace { key, text, source, beside });
    }

    fn line(&mut self, before: &str, line: &'a Line) {
        let place = line.place.as_deref().unwrap_or_default();
        let text = [before, place, &line.text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        self.add(text.join(" "), &line.source, line.beside.iter().map(|beside| &beside.source).collect());
    }

    fn tree(&mut self, tree: &'a Tree) {
        let parts = [&tree.crown, &tree.loose_crown, &tree.roots, &tree.loose_roots];
        tree.trunk.iter().for_each(|node| self.node(node));
        parts.into_iter().flatten().for_each(|node| self.node(node));
    }

    fn node(&mut self, node: &'a Node) {
        let mut lines = node.line.iter().chain(&node.others);
        lines.by_ref().for_each(|line| {
            let place = if line.place.is_some() { "" } else { &node.place };
            self.line(place, line);
        });
        node.children.iter().for_each(|child| self.node(child));
    }

    fn table(&mut self, table: &'a Table) {
        for row in &table.rows {
            let cells = row.cells.iter().map(|texts| texts.join(", ")).filter(|text| !text.is_empty());
            let text = row.place.iter().cloned().chain(cells).collect::<Vec<_>>().join(" · ");
            self.add(text, &row.source, row.beside.iter().collect());
        }
    }

    fn matrix(&mut self, matrix: &'a Matrix) {
        for role in &matrix.roles {
            let before = format!("{}:", role.name);
            role.chosen.iter().for_each(|line| self.line(&before, line));
            role.beside.iter().for_each(|beside| self.beside(&role.name, beside));
        }
    }

    fn beside(&mut self, name: &str, beside: &'a Beside) {
        let parts = beside.marks.iter().chain(beside.parts.iter().map(|part| &part.text)).cloned();
        let said = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        self.add(format!("{name}, {}: {said}", beside.title), &beside.source, Vec::new());
    }

    fn bars(&mut self, bars: &'a Bars) {
        for bar in &bars.bars {
            let counts = bars.piles.iter().zip(&bar.figures).map(|(pile, figures)| format!("{figures} {}", pile.label));
            let counts = counts.collect::<Vec<_>>().join(", ");
            let text = if counts.is_empty() { bar.text.clone() } else { format!("{}: {counts}", bar.text) };
            self.add(text, &bar.source, bar.reasons.iter().map(|reason| &reason.source).collect());
        }
    }

    fn step(&mut self, step: &'a Step) {
        let more = step.owner.iter().chain(Some(&step.due_said)).filter(|text| !text.is_empty());
        let text = std::iter::once(&step.text).chain(more).cloned().collect::<Vec<_>>().join(" · ");
        self.add(text, &step.source, step.beside.iter().map(|beside| &beside.source).collect());
    }

    fn word(&mut self, word: &'a Word) {
        let text = match &word.who {
            Some(who) => format!("{} ({who})", word.text),
            None => word.text.clone(),
        };
        self.add(text, &word.source, Vec::new());
    }
}
