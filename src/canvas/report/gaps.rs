//! What is missing: what nobody works on, what has not been turned around, roles that nobody holds, what is
//! still empty, and what was closed all the same.

use crate::canvas::escape::leaf;
use crate::canvas::line::Line;
use crate::canvas::section::{Body, Fill, Section};
use crate::canvas::table::{Row, Table};
use crate::canvas::tree::Node;
use crate::path::plan::{Ask, Field, FieldKind};
use crate::path::{Card, CardId, approval};

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
            Body::Table(table) => self
                .unsaid(section, table)
                .into_iter()
                .map(|(what, which)| self.tell("report-unsaid", &[("what", &what), ("which", &which.join(", "))]))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The rows of a table beside which something has to be said that nobody has said yet: what, and which fields.
    fn unsaid(&self, section: &Section, table: &Table) -> Vec<(String, Vec<String>)> {
        let board = self.wall.board;
        let planned = board.plan.sections.iter().find(|planned| planned.key == section.key);
        let beside: Vec<&Ask> =
            planned.into_iter().flat_map(|planned| &planned.beside).filter_map(|key| board.plan.ask(key)).collect();
        let row = |row: &Row| {
            let card = row.source.cards.first()?.card;
            let said: Vec<&Card> =
                row.beside.iter().filter_map(|source| board.cards.get(&source.cards.first()?.card)).collect();
            let which = beside.iter().filter(|ask| ask.fields.iter().any(|field| self.wall.offers(field, &[card])));
            let which = which.flat_map(|ask| {
                let empty = |field: &&Field| {
                    let mut texts =
                        said.iter().filter(|card| card.source == ask.key).map(|card| card.field(&field.key));
                    !field.optional && field.link.is_none() && texts.all(str::is_empty)
                };
                ask.fields.iter().filter(empty).map(|field| self.wall.field_label(ask, field)).collect::<Vec<_>>()
            });
            let which: Vec<String> = which.collect();
            let what = row.cells.first().map(|texts| texts.join("; ")).unwrap_or_default();
            (!which.is_empty()).then_some((what, which))
        };
        table.rows.iter().filter_map(row).collect()
    }

    /// What a section lacks, counted: for the first page.
    pub(super) fn lacks(&self, section: &Section) -> Vec<String> {
        let unsaid = match &section.body {
            Body::Table(table) => self.unsaid(section, table).len(),
            _ => 0,
        };
        let counted = [
            ("report-nobody", vacant(section).len()),
            ("report-unsaid-in", unsaid),
            ("report-conditions", self.conditions(section).len()),
        ];
        let counted = counted.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| self.count(key, section, n, &[]));
        counted.chain(self.unturned(section)).chain(self.silent(section)).collect()
    }

    fn unturned(&self, section: &Section) -> Option<String> {
        let Body::Tree(tree) = &section.body else { return None };
        // Only what the group chose to work on has to be turned around; before it chose, all of it.
        let chosen = tree.roots.iter().any(is_kept);
        let branches = tree.roots.iter().filter(|node| !chosen || is_kept(node));
        let gaps = branches.map(unturned).sum::<usize>();
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
        let answer = answer_of(ask)?;
        let said = card.field(&answer.key);
        if said.is_empty() || answer.choices.first().is_none_or(|yes| yes == said) {
            return None;
        }
        let condition = approval::of_card(wall.board, card.id);
        if condition.is_some_and(|one| one.verdict.as_ref().is_some_and(|said| said.yes)) {
            return None;
        }
        let written = ask.fields.iter().filter(|field| matches!(field.kind, FieldKind::Line | FieldKind::Text));
        let written = written.map(|field| wall.value(ask, field, card.field(&field.key)));
        let written = written.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" / ");
        let condition = condition.map(|one| wall.condition(one).text);
        let answer = [wall.value(ask, answer, said)].into_iter().chain(condition).collect::<Vec<_>>().join(", ");
        let told = match written.as_str() {
            "" => answer,
            words => self.tell("report-in-words", &[("answer", &answer), ("words", words)]),
        };
        Some(format!("{}: {told}", with(section.title.clone(), wall.giver(card).as_deref())))
    }

    /// Whether a card is an answer, and a plain yes.
    pub(super) fn is_plain_yes(&self, card: &Card) -> bool {
        let answer = self.wall.board.plan.ask(&card.source).and_then(answer_of);
        answer.is_some_and(|field| field.choices.first().is_some_and(|yes| yes == card.field(&field.key)))
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

fn answer_of(ask: &Ask) -> Option<&Field> {
    ask.fields.iter().find(|field| field.kind == FieldKind::Choice && field.key == ANSWER)
}

/// What nobody has in a section: the places of cards in a tree, or their words; the names of roles.
fn vacant(section: &Section) -> Vec<String> {
    let called = |place: &str, text: &str| if place.is_empty() { text.to_owned() } else { place.to_owned() };
    match &section.body {
        Body::Tree(tree) => {
            let mut found = Vec::new();
            let sides = [&tree.crown, &tree.roots, &tree.loose_crown, &tree.loose_roots];
            sides.into_iter().flatten().for_each(|node| nobodys(node, &mut found));
            found.into_iter().map(|(place, line)| called(place, &line.text)).collect()
        }
        Body::Matrix(matrix) => {
            matrix.offers.iter().filter(|offer| offer.nobody_yet).map(|offer| offer.text.clone()).collect()
        }
        Body::Lines { groups } => {
            let lines = groups.iter().flat_map(|group| &group.lines).filter(|line| line.nobody_yet);
            lines.map(|line| line.text.clone()).collect()
        }
        Body::Steps { steps } => {
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

/// Whether the group chose a node or one below it.
fn is_kept(node: &Node) -> bool {
    node.kept || node.children.iter().any(is_kept)
}

/// How many nodes here and below nobody has turned around.
fn unturned(node: &Node) -> usize {
    usize::from(node.line.is_none()) + node.children.iter().map(unturned).sum::<usize>()
}
