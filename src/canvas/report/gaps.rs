//! What is missing: what nobody works on, what has not been turned around, roles that nobody holds, what is
//! still empty, and what was closed all the same.

use crate::canvas::chart::Chart;
use crate::canvas::escape::leaf;
use crate::canvas::line::Line;
use crate::canvas::section::{Body, Fill, Section};
use crate::canvas::tree::Node;
use crate::path::CardId;
use crate::path::plan::FieldKind;

use super::Maker;
use super::shapes::with;

/// A choice that is called so is an answer; its first choice is the plain yes.
const ANSWER: &str = "answer";

impl Maker<'_> {
    /// Everything that is missing, in full.
    pub(super) fn gaps(&self) -> Vec<String> {
        let mut found = self.lacking();
        let empty = self.canvas.sections.iter().filter(|section| section.state == Fill::Empty);
        let empty: Vec<&str> = empty.map(|section| section.title.as_str()).collect();
        if !empty.is_empty() {
            found.push(self.tell("report-empty", &[("sections", &empty.join(", "))]));
        }
        found.extend(self.closed_short());
        found
    }

    /// What is missing in what is there: what nobody has, what is not turned around.
    pub(super) fn lacking(&self) -> Vec<String> {
        self.canvas.sections.iter().flat_map(|section| self.gaps_of(section)).collect()
    }

    /// What a section lacks, in full.
    fn gaps_of(&self, section: &Section) -> Vec<String> {
        let nobody = |text: &str| format!("{text}: {}", self.words.word("nobody-yet"));
        match &section.body {
            Body::Lines { groups } => {
                let lines = groups.iter().flat_map(|group| &group.lines).filter(|line| line.nobody_yet);
                lines.map(|line| nobody(&line.text)).collect()
            }
            Body::Steps { steps } => {
                steps.iter().filter(|step| step.owner.is_none()).map(|step| nobody(&step.text)).collect()
            }
            Body::Tree(_) | Body::Matrix(_) => {
                let vacant = vacant(section);
                let which = [("which", vacant.join(", "))];
                let told = (!vacant.is_empty()).then(|| self.count("report-nobody-in", section, vacant.len(), &which));
                told.into_iter().chain(self.unturned(section)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What a section lacks, counted: for the first page.
    pub(super) fn lacks(&self, section: &Section) -> Vec<String> {
        let counted = [("report-nobody", vacant(section).len()), ("report-conditions", self.conditions(section).len())];
        let counted = counted.into_iter().filter(|(_, n)| *n > 0);
        counted.map(|(key, n)| self.count(key, section, n, &[])).chain(self.unturned(section)).collect()
    }

    fn unturned(&self, section: &Section) -> Option<String> {
        let Body::Tree(tree) = &section.body else { return None };
        let gaps = tree.crown.iter().chain(&tree.roots).map(unturned).sum::<usize>();
        (gaps > 0 && !tree.is_empty()).then(|| self.count("report-unturned", section, gaps, &[]))
    }

    fn count(&self, key: &str, section: &Section, n: usize, more: &[(&str, String)]) -> String {
        let n = n.to_string();
        let more = more.iter().map(|(gap, value)| (*gap, value.as_str()));
        let gaps: Vec<(&str, &str)> =
            [("n", n.as_str()), ("section", section.title.as_str())].into_iter().chain(more).collect();
        self.tell(key, &gaps)
    }

    /// Answers in a section that are no plain yes: on a condition, or not now.
    pub(super) fn conditions(&self, section: &Section) -> Vec<String> {
        let first = |source: &crate::canvas::Source| source.cards.first().map(|origin| origin.card);
        let cards: Vec<CardId> = match &section.body {
            Body::Table(table) => table.rows.iter().filter_map(|row| first(&row.source)).collect(),
            Body::Matrix(matrix) => {
                matrix.roles.iter().flat_map(|role| &role.beside).filter_map(|of| first(&of.source)).collect()
            }
            _ => Vec::new(),
        };
        cards.into_iter().filter_map(|card| self.condition(section, card)).collect()
    }

    fn condition(&self, section: &Section, card: CardId) -> Option<String> {
        let wall = &self.wall;
        let card = wall.board.cards.get(&card)?;
        let ask = wall.board.plan.ask(&card.source)?;
        let answer = ask.fields.iter().find(|field| field.kind == FieldKind::Choice && field.key == ANSWER)?;
        let said = card.field(&answer.key);
        if said.is_empty() || answer.choices.first().is_none_or(|yes| yes == said) {
            return None;
        }
        let written = ask.fields.iter().filter(|field| matches!(field.kind, FieldKind::Line | FieldKind::Text));
        let written = written.map(|field| wall.value(ask, field, card.field(&field.key)));
        let written = written.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" / ");
        let answer = wall.value(ask, answer, said);
        let told = match written.as_str() {
            "" => answer,
            words => self.tell("report-in-words", &[("answer", &answer), ("words", words)]),
        };
        Some(format!("{}: {told}", with(section.title.clone(), wall.giver(card).as_deref())))
    }

    /// What was closed although not all was there, and what was left out, with the reasons.
    pub(super) fn closed_short(&self) -> Vec<String> {
        let versions = self.wall.board.versions.iter().filter(|version| !version.despite.trim().is_empty());
        let said = versions.map(|version| {
            let (what, why) = (self.wall.closing(&version.label), leaf(&version.despite));
            self.tell("report-closed-short", &[("what", &what), ("why", &why)])
        });
        let left_out = self.wall.board.timetable.left_out.iter().map(|(key, left_out)| {
            let (what, why) = (self.words.label(&["sitting", key]), leaf(&left_out.why));
            self.tell("report-left-out", &[("what", &what), ("why", &why)])
        });
        said.chain(left_out).collect()
    }
}

/// What nobody has in a section: the places of cards in a tree, or their words; the names of roles.
fn vacant(section: &Section) -> Vec<String> {
    let called = |place: &str, text: &str| if place.is_empty() { text.to_owned() } else { place.to_owned() };
    match (&section.body, &section.chart) {
        (Body::Tree(_), Some(Chart::Map(map))) => {
            let open = map.rows.iter().filter(|row| row.nobody_yet);
            open.map(|row| called(&row.place, &row.text)).collect()
        }
        (Body::Tree(tree), _) => {
            let mut found = Vec::new();
            let sides = [&tree.crown, &tree.roots, &tree.loose_crown, &tree.loose_roots];
            sides.into_iter().flatten().for_each(|node| nobodys(node, &mut found));
            found.into_iter().map(|(place, line)| called(place, &line.text)).collect()
        }
        (Body::Matrix(matrix), _) => {
            matrix.offers.iter().filter(|offer| offer.nobody_yet).map(|offer| offer.text.clone()).collect()
        }
        (Body::Lines { groups }, _) => {
            let lines = groups.iter().flat_map(|group| &group.lines).filter(|line| line.nobody_yet);
            lines.map(|line| line.text.clone()).collect()
        }
        (Body::Steps { steps }, _) => {
            steps.iter().filter(|step| step.owner.is_none()).map(|step| step.text.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// Nodes here and below that nobody works on, with their places.
fn nobodys<'a>(node: &'a Node, found: &mut Vec<(&'a str, &'a Line)>) {
    found.extend(node.line.as_ref().filter(|line| line.nobody_yet).map(|line| (node.place.as_str(), line)));
    node.children.iter().for_each(|child| nobodys(child, found));
}

/// How many nodes here and below nobody has turned around.
fn unturned(node: &Node) -> usize {
    usize::from(node.line.is_none()) + node.children.iter().map(unturned).sum::<usize>()
}
