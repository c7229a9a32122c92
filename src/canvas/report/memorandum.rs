//! A partner's memorandum: a draft of what it commits to, from what stands on the canvas.
//!
//! It writes down what was said and who said yes; what is law is left as an empty heading for the
//! partner's own people. It signs nothing.

use std::collections::BTreeSet;

use crate::canvas::Confirmed;
use crate::canvas::beside::{Beside, Part as Said};
use crate::canvas::head::Organisation;
use crate::canvas::line::Line;
use crate::canvas::section::{Body, Section};
use crate::canvas::source::Source;
use crate::canvas::steps::Step;
use crate::canvas::table::{Row, Table};
use crate::canvas::tree::Node;
use crate::path::plan::{FieldKind, Promise};
use crate::path::{CardId, PartnerId, PersonId};

use super::doubts::{remarks, unheard};
use super::shapes::{beside, blocks, chosen, line, steps, told, with};
use super::{Block, Kind, Maker, Part, Report};

/// A partner's memorandum; none for a partner that the view does not show.
pub(super) fn report(maker: &Maker<'_>, partner: PartnerId) -> Option<Report> {
    let of = maker.canvas.head.partners.iter().find(|found| found.id == partner)?;
    let draft = Draft { maker, of };
    let mut parts = vec![
        draft.between(),
        draft.why(),
        draft.covers(),
        draft.role(),
        draft.brings(),
        draft.data(),
        draft.together(),
        draft.looking_back(),
    ];
    for key in LAW {
        let blanks = maker.say(&format!("{key}-blanks"));
        let blanks = blanks.split('|').map(|label| Block::blank(label.trim()));
        let note = Block::note(maker.say("report-law"));
        parts.push(Part::new(1, maker.say(key), std::iter::once(note).chain(blanks).collect()));
    }
    for (nth, part) in (1..).zip(&mut parts) {
        part.heading = format!("{nth} · {}", part.heading);
    }
    let subtitle = maker.tell("report-memorandum", &[("partner", &of.name)]);
    let first = Part::new(1, maker.say("report-draft"), vec![Block::note(maker.say("report-draft-line"))]);
    Some(maker.report(Kind::Memorandum(partner), subtitle, std::iter::once(first).chain(parts).collect()))
}

/// Parts that only the partner's own people can write.
const LAW: [&str; 5] = ["report-funding", "report-term", "report-conflict", "report-liability", "report-signatures"];

/// What a partner works on, each as one text.
#[derive(Default)]
struct Works {
    /// The cards in which its people said so.
    told: BTreeSet<Option<CardId>>,
    /// What it works on, or means to.
    on: Vec<String>,
    /// What it did before and does no more.
    before: Vec<String>,
    /// What of it lies under something that was put aside.
    aside: Vec<String>,
}

/// A memorandum being drafted.
struct Draft<'a> {
    maker: &'a Maker<'a>,
    of: &'a Organisation,
}

impl Draft<'_> {
    fn part(&self, key: &str, blocks: Vec<Block>) -> Part {
        Part::new(1, self.maker.say(key), blocks)
    }

    /// Sections that keep a promise.
    fn sections(&self, promise: Promise) -> impl Iterator<Item = &Section> {
        self.maker.canvas.sections.iter().filter(move |section| self.maker.promise(section) == Some(promise))
    }

    fn between(&self) -> Part {
        let head = &self.maker.canvas.head;
        let others = head.partners.iter().filter(|other| other.id != self.of.id).map(|other| other.name.as_str());
        // Names may hold commas.
        let others = others.collect::<Vec<_>>().join("; ");
        let sector = Some(self.of.sector.as_str());
        let gaps = [("partner", &*with(self.of.name.clone(), sector)), ("others", &others), ("name", &head.name)];
        let people = self.of.people.iter().map(|person| format!("{} ({})", person.name, person.level_said));
        let people = people.collect::<Vec<_>>().join("; ");
        let mut blocks = vec![Block::text(self.maker.tell("report-between-line", &gaps))];
        if !people.is_empty() {
            blocks.push(Block::text(self.maker.tell("report-sent", &[("people", &people)])));
        }
        let all = self.maker.canvas.sections.iter().flat_map(remarks);
        let own = all.filter(|said| said.remark.by.as_ref() == Some(&self.of.short));
        let subject = own.filter_map(|said| Some(format!("{}: {}", said.about, said.remark.condition()?)));
        if let Some(list) = Block::list(subject.collect()) {
            blocks.extend([Block::text(self.maker.say("report-subject")), list]);
        }
        blocks.extend(["report-blank-contact", "report-blank-date"].map(|key| Block::blank(self.maker.say(key))));
        self.part("report-between", blocks)
    }

    /// The issue, the vision, what we work on first.
    fn why(&self) -> Part {
        let mut blocks = Vec::new();
        for section in self.sections(Promise::Understanding) {
            match &section.body {
                Body::Sentence { line: Some(of) } => blocks.push(Block::quote(of.text.clone(), section.title.clone())),
                Body::Lines { groups } if self.maker.is_kept(section) => {
                    let lines = groups.iter().flat_map(|group| &group.lines).map(|of| line(self.maker.words, of));
                    blocks.extend(titled(section, Block::list(lines.collect())));
                }
                _ => {}
            }
            blocks.extend(self.silence(section));
        }
        self.part("report-why-together", self.or_nothing(blocks))
    }

    /// What this partner works on, and what was put aside.
    fn covers(&self) -> Part {
        let mut blocks = Vec::new();
        let works = self.works();
        let lists =
            [("report-works-on", works.on), ("report-works-before", works.before), ("report-works-aside", works.aside)];
        for (key, list) in lists {
            if let Some(list) = Block::list(list) {
                blocks.extend([Block::text(self.maker.say(key)), list]);
            }
        }
        for section in self.sections(Promise::Understanding) {
            let aside = section.put_aside.iter().map(|aside| with(aside.line.text.clone(), Some(&aside.reason)));
            if let Some(list) = Block::list(aside.collect()) {
                blocks.extend([Block::text(self.maker.say("report-not-part")), list]);
            }
        }
        let mut blocks = self.or_nothing(blocks);
        blocks.push(Block::blank(self.maker.say("report-blank-scope")));
        self.part("report-covers", blocks)
    }

    /// What this partner works on: first what was chosen, in the words in which it was chosen, then what else a tree
    /// holds. What stands in both is told once.
    fn works(&self) -> Works {
        let mut works = Works::default();
        for section in self.sections(Promise::Understanding) {
            let Body::Lines { groups } = &section.body else { continue };
            for of in groups.iter().flat_map(|group| &group.lines) {
                self.works_on(&mut works, of, &line(self.maker.words, of), of.aside.is_some());
            }
        }
        for section in self.sections(Promise::Understanding) {
            let Body::Tree(tree) = &section.body else { continue };
            let sides = [&tree.roots, &tree.crown, &tree.loose_roots, &tree.loose_crown];
            for node in tree.trunk.as_deref().into_iter().chain(sides.into_iter().flatten()) {
                self.works_below(&mut works, node, false);
            }
        }
        works
    }

    /// The same for a node and all under it; what lies under a card that was put aside lies there too.
    fn works_below(&self, works: &mut Works, node: &Node, aside: bool) {
        let aside = aside || node.line.as_ref().is_some_and(|of| of.aside.is_some());
        if let Some(of) = &node.line {
            self.works_on(works, of, format!("{} {}", node.place, of.text).trim(), aside);
        }
        node.children.iter().for_each(|child| self.works_below(works, child, aside));
    }

    fn works_on(&self, works: &mut Works, of: &Line, called: &str, aside: bool) {
        for found in of.beside.iter().filter(|found| self.is_theirs(&found.source)) {
            let card = found.source.cards.first().map(|origin| origin.card);
            if works.told.insert(card) {
                let list = match (self.maker.wall.is_over(found), aside) {
                    (true, _) => &mut works.before,
                    (false, true) => &mut works.aside,
                    (false, false) => &mut works.on,
                };
                list.push(format!("{called}: {}", beside(found)));
            }
        }
    }

    /// Its role, what it said to it, and its own steps.
    fn role(&self) -> Part {
        let words = self.maker.words;
        let mut blocks = Vec::new();
        for section in &self.maker.canvas.sections {
            match &section.body {
                Body::Matrix(matrix) => {
                    for role in matrix.roles.iter().filter(|role| role.partner == self.of.id && !role.is_empty()) {
                        blocks.push(Block::quote(chosen(words, role), section.title.clone()));
                        blocks.extend(Block::list(role.beside.iter().flat_map(parted).collect()));
                    }
                }
                Body::Steps { steps: all } => {
                    let table = steps(words, all.iter().filter(|step| self.takes_on(step) && !is_declined(step)));
                    blocks.extend(titled(section, table));
                }
                _ => {}
            }
        }
        self.part("report-role", self.or_nothing(blocks))
    }

    /// What it brings and needs, as its own people wrote it.
    fn brings(&self) -> Part {
        let mut blocks = Vec::new();
        let tables = self
            .maker
            .canvas
            .sections
            .iter()
            .filter(|section| matches!(self.maker.promise(section), Some(Promise::Structure) | None));
        for section in tables {
            let Body::Table(table) = &section.body else { continue };
            let rows = table.rows.iter().filter(|row| self.is_theirs(&row.source));
            let told: Vec<Block> = rows.flat_map(|row| self.told(table, row)).collect();
            if !told.is_empty() {
                blocks.push(Block::text(format!("{}:", section.title)));
                blocks.extend(told);
            }
        }
        let mut blocks = self.or_nothing(blocks);
        blocks.push(Block::blank(self.maker.say("report-blank-brings")));
        self.part("report-brings", blocks)
    }

    /// A row as a list: it need not say whose it is.
    fn told(&self, table: &Table, row: &Row) -> Vec<Block> {
        let mut told = told(self.maker.words, table, row);
        let name = [&self.of.short, &self.of.name];
        told.retain(|block| !matches!(block, Block::Text { text } if name.contains(&text)));
        told
    }

    /// What it measures, and what its people said on keeping track.
    fn data(&self) -> Part {
        let mut blocks = Vec::new();
        for section in self.sections(Promise::Tracking) {
            let Body::Table(table) = &section.body else { continue };
            let rows = table.rows.iter().filter(|row| self.is_theirs(&row.source) || self.leads(row));
            let told: Vec<Block> = rows.flat_map(|row| told(self.maker.words, table, row)).collect();
            if !told.is_empty() {
                blocks.push(Block::text(format!("{}:", section.title)));
                blocks.extend(told);
            }
        }
        let mut blocks = self.or_nothing(blocks);
        let blanks = ["report-blank-shared", "report-blank-owns", "report-blank-publish"];
        blocks.extend(blanks.map(|key| Block::blank(self.maker.say(key))));
        self.part("report-data", blocks)
    }

    /// How we decide, meet and speak: what all partners agreed.
    fn together(&self) -> Part {
        let mut blocks = Vec::new();
        for section in self.sections(Promise::Agreements).filter(|section| self.maker.is_kept(section)) {
            let Body::Lines { groups } = &section.body else { continue };
            let lines = groups.iter().flat_map(|group| &group.lines).map(|of| line(self.maker.words, of));
            blocks.extend(titled(section, Block::list(lines.collect())));
            blocks.extend(self.silence(section));
        }
        let mut blocks = self.or_nothing(blocks);
        blocks.extend(["report-blank-decides", "report-blank-speaks"].map(|key| Block::blank(self.maker.say(key))));
        self.part("report-together", blocks)
    }

    /// What all of us measure, and when we look again.
    fn looking_back(&self) -> Part {
        let kept =
            self.sections(Promise::Tracking).filter(|section| self.maker.is_kept(section) && !section.body.is_empty());
        let found = kept.flat_map(|section| {
            let told = std::iter::once(Block::text(format!("{}:", section.title)));
            told.chain(blocks(self.maker.words, section)).chain(self.silence(section))
        });
        let mut found = self.or_nothing(found.collect());
        found.push(Block::blank(self.maker.say("report-blank-looks")));
        self.part("report-looking-back", found)
    }

    /// That this partner has not answered to some of what a section keeps, where it has not: silence binds nobody.
    fn silence(&self, section: &Section) -> Option<Block> {
        let own = unheard(section).into_iter().filter(|(_, partners)| partners.contains(&self.of.short));
        let open: Vec<String> = own.map(|(what, _)| what).collect();
        let said = || self.maker.tell("report-not-answered", &[("what", &open.join("; "))]);
        (!open.is_empty()).then(|| Block::note(said()))
    }

    fn or_nothing(&self, mut blocks: Vec<Block>) -> Vec<Block> {
        if blocks.is_empty() {
            blocks.push(Block::text(self.maker.say("report-nothing-yet")));
        }
        blocks
    }

    /// Whether what stands here was given in this partner's name or by one of its people.
    fn is_theirs(&self, source: &Source) -> bool {
        let board = self.maker.wall.board;
        let card = source.cards.first().and_then(|origin| board.cards.get(&origin.card));
        card.is_some_and(|card| {
            // A triad's card is no partner's.
            let own = !self.maker.wall.is_nobodys_alone(card);
            let by = card.by.and_then(|id| board.people.get(&id)).map(|person| person.partner);
            own && card.partner.or(by) == Some(self.of.id)
        })
    }

    /// Whether a card beside this row names this partner, for example as the one that leads.
    fn leads(&self, row: &Row) -> bool {
        row.beside.iter().flat_map(|source| &source.cards).any(|origin| self.names(origin.card))
    }

    /// Whether a step is taken on by this partner or one of its people.
    fn takes_on(&self, step: &Step) -> bool {
        step.source.cards.first().is_some_and(|origin| self.names(origin.card))
    }

    /// Whether a card names this partner or one of its people in a field.
    fn names(&self, card: CardId) -> bool {
        let board = self.maker.wall.board;
        let Some(card) = board.cards.get(&card) else { return false };
        let Some(ask) = board.plan.ask(&card.source) else { return false };
        ask.fields.iter().any(|field| {
            let number = card.field(&field.key).parse().ok();
            match field.kind {
                FieldKind::Partner => number.map(PartnerId) == Some(self.of.id),
                FieldKind::Person => {
                    let person = number.and_then(|id| board.people.get(&PersonId(id)));
                    person.is_some_and(|person| person.partner == self.of.id)
                }
                _ => false,
            }
        })
    }
}

/// What a partner said to its role, one point each.
fn parted(found: &Beside) -> Vec<String> {
    let mut parts = found.parts.iter();
    let first = match found.marks.as_slice() {
        [] => parts.next().map(|part| part.text.clone()).unwrap_or_default(),
        marks => marks.join(", "),
    };
    let first = format!("{}: {}", found.title, with(first, found.who.as_deref()));
    let others = parts.map(Said::said);
    let said = found.confirmation.as_ref().map(|confirmation| confirmation.said.clone());
    std::iter::once(first).chain(others).chain(said).collect()
}

/// Whether the one who was to do it said no: then it is nobody's commitment.
fn is_declined(step: &Step) -> bool {
    step.confirmation.as_ref().is_some_and(|said| said.state == Confirmed::No)
}

/// A block under its section's name; nothing for no block.
fn titled(section: &Section, block: Option<Block>) -> Vec<Block> {
    let name = Block::text(format!("{}:", section.title));
    block.map(|block| vec![name, block]).unwrap_or_default()
}
