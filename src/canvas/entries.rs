//! What a canvas says, as plain entries that can be put beside another canvas's: one for each card.

use crate::path::{CardId, PartnerId, Value};

use super::Canvas;
use super::bars::Bars;
use super::beside::{Beside, Confirmation, Part};
use super::captions;
use super::heading::Heading;
use super::line::{Group, Line, Remark};
use super::matrix::Role;
use super::section::{Body, Section};
use super::source::Source;
use super::steps::Step;
use super::table::{Row, Table};
use super::tree::{Node, Tree};

/// By what an entry of one canvas is found again in another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// By its card.
    Card(CardId),
    /// By its card, beside another.
    Beside(CardId, Option<CardId>),
    /// By its partner.
    Partner(PartnerId),
    /// By its phase.
    Phase(String),
    /// By its words: remarks have no number.
    Remark(String),
}

/// One thing that a canvas says.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// By what it is found again.
    pub key: Key,
    /// What it was made from.
    pub origins: Vec<CardId>,
    /// What it says, in one line.
    pub text: String,
}

/// Where the phases are.
pub(super) fn of_phases(canvas: &Canvas) -> Vec<Entry> {
    let phases = canvas.head.phases.iter();
    phases.map(|phase| bare(Key::Phase(phase.key.clone()), format!("{}: {}", phase.name, phase.said))).collect()
}

/// Which partners there are.
pub(super) fn of_partners(canvas: &Canvas) -> Vec<Entry> {
    canvas.head.partners.iter().map(|partner| bare(Key::Partner(partner.id), partner.name.clone())).collect()
}

fn bare(key: Key, text: String) -> Entry {
    Entry { key, origins: Vec::new(), text }
}

/// What a section says.
pub(super) fn of_section(canvas: &Canvas, section: &Section) -> Vec<Entry> {
    let mut teller = Teller { canvas, entries: Vec::new() };
    teller.body(&section.body);
    for aside in &section.put_aside {
        let said = format!("{} ({}: {})", aside.line.text, teller.word("aside"), aside.reason);
        teller.line_as(&aside.line, said);
    }
    teller.remarks(&section.remarks);
    teller.entries
}

struct Teller<'a> {
    canvas: &'a Canvas,
    entries: Vec<Entry>,
}

impl Teller<'_> {
    fn word(&self, key: &str) -> &str {
        self.canvas.words.get(key).map_or("", String::as_str)
    }

    fn put(&mut self, key: Key, source: &Source, text: String) {
        if !self.entries.iter().any(|known| known.key == key) {
            let origins = source.cards.iter().map(|origin| origin.card).collect();
            self.entries.push(Entry { key, origins, text });
        }
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::Lines { groups } => groups.iter().for_each(|group| self.group(group)),
            Body::Sentence { line } => line.iter().for_each(|line| self.line(line)),
            Body::Tree(tree) => self.tree(tree),
            Body::Table(table) => table.rows.iter().for_each(|row| self.row(table, row)),
            Body::Matrix(matrix) => matrix.roles.iter().for_each(|role| self.role(role)),
            Body::Bars(bars) => self.bars(bars),
            Body::Steps { steps } => steps.iter().for_each(|step| self.step(step)),
            Body::Words { words } => words.iter().for_each(|word| self.card(&word.source, word.text.clone())),
        }
    }

    /// What comes from a card, under its number.
    fn card(&mut self, source: &Source, text: String) {
        if let Some(origin) = source.cards.first() {
            self.put(Key::Card(origin.card), source, text);
        }
    }

    /// Lines, each with the heading over it: it may come to lie under another one.
    fn group(&mut self, group: &Group) {
        let over = |heading: &Heading| format!(" ({})", captions::fill(self.word("under"), "text", &heading.text));
        let under = group.heading.as_ref().map(over).unwrap_or_default();
        group.lines.iter().for_each(|line| self.line_under(line, &under));
    }

    fn line(&mut self, line: &Line) {
        self.line_under(line, "");
    }

    fn line_under(&mut self, line: &Line, under: &str) {
        let aside = line.aside.as_ref().map(|reason| format!(" ({}: {reason})", self.word("aside")));
        self.line_as(line, format!("{}{under}{}", line.text, aside.unwrap_or_default()));
    }

    fn line_as(&mut self, line: &Line, said: String) {
        let text = said + &parts(&line.parts) + &confirmed(line.confirmation.as_ref());
        self.card(&line.source, text);
        let card = line.source.cards.first().map(|origin| origin.card);
        self.beside(&line.beside, card);
        self.remarks(&line.remarks);
    }

    /// What stands beside a line: entries of their own, since they come and go by themselves.
    fn beside(&mut self, beside: &[Beside], of: Option<CardId>) {
        for card in beside {
            let Some(origin) = card.source.cards.first() else { continue };
            let said = card.who.iter().chain(&card.marks).map(String::as_str).collect::<Vec<_>>().join(", ");
            let text = format!("{}: {said}{}{}", card.title, parts(&card.parts), confirmed(card.confirmation.as_ref()));
            self.put(Key::Beside(origin.card, of), &card.source, text);
        }
    }

    fn remarks(&mut self, remarks: &[Remark]) {
        for remark in remarks {
            let by = remark.by.as_ref().map(|by| format!("{by}: ")).unwrap_or_default();
            let head =
                if remark.value == Value::Stands { String::new() } else { format!("{}: ", self.word("remarks")) };
            let text = format!("{head}{by}{}", remark.text);
            self.put(Key::Remark(text.clone()), &Source::default(), text);
        }
    }

    fn tree(&mut self, tree: &Tree) {
        let trunk = tree.trunk.iter().map(AsRef::as_ref);
        trunk.for_each(|node| self.node(node, None));
        for side in [&tree.crown, &tree.roots, &tree.loose_crown, &tree.loose_roots] {
            for node in side {
                self.node(node, None);
            }
        }
        for cross in &tree.crosses {
            let text = format!("{} {} {}", cross.from_text, self.word("leads_to"), cross.to_text);
            self.put(Key::Beside(cross.from, Some(cross.to)), &Source::default(), text);
        }
    }

    /// A card of a tree, with what it lies under: its place may change while others come.
    fn node(&mut self, node: &Node, above: Option<&str>) {
        let said = node.line.as_ref().map(|line| line.text.as_str()).or(node.mirrors.as_deref()).unwrap_or_default();
        if let Some(line) = &node.line {
            let under = above.map(|above| format!(" ({})", captions::fill(self.word("under"), "text", above)));
            self.line_as(line, format!("{}{}", line.text, under.unwrap_or_default()));
        }
        node.others.iter().for_each(|line| self.line(line));
        node.children.iter().for_each(|child| self.node(child, Some(said)));
    }

    fn row(&mut self, table: &Table, row: &Row) {
        let cells = table.columns.iter().zip(&row.cells).filter(|(_, texts)| !texts.is_empty());
        let told = cells.map(|(column, texts)| format!("{}: {}", column.label, texts.join("; ")));
        let text = told.collect::<Vec<_>>().join(" · ") + &confirmed(row.confirmation.as_ref());
        self.card(&row.source, text);
        self.remarks(&row.remarks);
    }

    fn role(&mut self, role: &Role) {
        if !role.is_empty() {
            let chosen: Vec<&str> = role.chosen.iter().map(|line| line.text.as_str()).collect();
            let open = if chosen.is_empty() { "no_choice" } else { "open_choice" };
            let open = if role.settled { String::new() } else { format!(" ({})", self.word(open)) };
            let text = format!("{}: {}{open}", role.name, chosen.join(" / "));
            self.put(Key::Partner(role.partner), &Source::default(), text);
        }
        self.beside(&role.beside, None);
    }

    fn bars(&mut self, bars: &Bars) {
        for bar in &bars.bars {
            let counted = bars.counted && !bars.too_few;
            let count = if counted { format!(": {} ({})", bar.ratio, bar.said) } else { String::new() };
            self.card(&bar.source, format!("{}{count}", bar.text));
            self.beside(&bar.reasons, Some(bar.card));
        }
    }

    fn step(&mut self, step: &Step) {
        let owner = step.owner.clone().unwrap_or_else(|| self.word("nobody_owns").to_owned());
        let due = if step.due_said.is_empty() { String::new() } else { format!(", {}", step.due_said) };
        let text = format!("{} ({owner}{due})", step.text);
        self.card(&step.source, text + &parts(&step.parts) + &confirmed(step.confirmation.as_ref()));
        self.beside(&step.beside, step.source.cards.first().map(|origin| origin.card));
    }
}

fn parts(parts: &[Part]) -> String {
    let label = |part: &Part| if part.label.is_empty() { String::new() } else { format!("{}: ", part.label) };
    parts.iter().flat_map(|part| [" · ".to_owned(), label(part), part.text.clone()]).collect()
}

fn confirmed(confirmation: Option<&Confirmation>) -> String {
    confirmation.map(|confirmation| format!(" · {}", confirmation.said)).unwrap_or_default()
}
