//! Lines: a card as one line of the canvas, with what stands beside it and what was said with it.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::path::decide::GUESTS;
use crate::path::plan::{self, Kind, LinkKind, Named};
use crate::path::{Card, CardId, Decision, Figure, Giver, GroupId, Value, Window, rounds};

use super::beside::{Beside, Confirmation, Part};
use super::escape::leaf;
use super::heading::{self, Heading};
use super::source::Source;
use super::wall::Wall;

/// A card as one line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// Its other fields.
    pub parts: Vec<Part>,
    /// Where it stands in a tree, for example `C1a`.
    pub place: Option<String>,
    /// The heading under which people put it, if they did.
    pub heading: Option<Heading>,
    /// In whose name it was given; none where the view does not tell.
    pub who: Option<String>,
    /// Cards that stand beside it.
    pub beside: Vec<Beside>,
    /// Whether somebody could stand beside it, was asked, and nobody does.
    pub nobody_yet: bool,
    /// What people said with it when they were asked whether it stands.
    pub remarks: Vec<Remark>,
    /// Whether its words are used differently by some.
    pub disputed: bool,
    /// Why it was put aside, if it was and still has its place.
    pub aside: Option<String>,
    /// What the one who has to confirm it said.
    pub confirmation: Option<Confirmation>,
    /// Where it comes from.
    pub source: Source,
}

/// A remark or objection that is printed with what it speaks of, or that it stands subject to approval.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Remark {
    /// Who, or which partner; none where the view does not tell.
    pub by: Option<String>,
    /// *Remark* or *not yet*; *stands* for a partner whose house still has to approve, or does not.
    pub value: Value,
    /// What it says; a proposal goes with it, in words, and what became of it.
    pub text: String,
    /// What is proposed instead, alone; may be empty.
    pub proposal: String,
    /// Whether it is still open: the words stand of which it was said, and whoever objected has not agreed to them
    /// since.
    pub open: bool,
    /// When.
    pub at: DateTime<FixedOffset>,
}

/// Lines that belong together: under one heading, of one triad, or all.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// The triad's number; none for lines of no triad.
    pub group: Option<GroupId>,
    /// What the heading says, or the triad's name; none for lines of neither.
    pub name: Option<String>,
    /// The heading that people gave these cards; none where they stand together for another reason.
    pub heading: Option<Heading>,
    /// Its lines.
    pub lines: Vec<Line>,
}

impl Group {
    /// What stands above its lines: its name, with who gave it where it is a heading.
    #[must_use]
    pub fn title(&self) -> Option<String> {
        let said = self.heading.as_ref().map(|heading| heading.said.as_str()).filter(|said| !said.is_empty());
        self.name.as_ref().map(|name| said.map_or_else(|| name.clone(), |said| format!("{name} ({said})")))
    }
}

/// A card that was put aside.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PutAside {
    /// The card.
    pub line: Line,
    /// Why.
    pub reason: String,
}

impl Wall<'_> {
    /// A card as a line.
    pub fn line(&self, card: &Card, beside: &[String], decision: Option<&Decision>) -> Line {
        let asks = beside;
        let beside = self.beside(asks, card);
        let ask = self.board.plan.ask(&card.source);
        Line {
            text: self.title(card),
            parts: self.parts(card),
            place: self.place(card.id),
            heading: self.heading(card.id),
            // Whoever joined or reworded cards is not their author.
            who: if self.board.origins(card.id).len() > 1 { None } else { self.giver(card) },
            nobody_yet: self.is_nobodys(asks, card, &beside),
            beside,
            remarks: self.remarks(card),
            disputed: card.disputed,
            aside: card.parked.as_deref().map(leaf),
            confirmation: ask.and_then(|ask| self.confirmation(ask, card)),
            source: self.source(card, decision),
        }
    }

    /// What else a card says, beside what it is called by.
    pub fn parts(&self, card: &Card) -> Vec<Part> {
        let Some(ask) = self.board.plan.ask(&card.source) else { return self.loose_parts(card) };
        let headline = ask.headline().map(|field| field.key.as_str());
        let others = ask.fields.iter().filter(|field| Some(field.key.as_str()) != headline);
        let parts = others.map(|field| Part {
            label: self.field_label(ask, field),
            text: self.value(ask, field, card.field(&field.key)),
        });
        parts.filter(|part| !part.text.is_empty()).collect()
    }

    /// The same for cards of no ask: a list's card has one line more, which needs no label.
    fn loose_parts(&self, card: &Card) -> Vec<Part> {
        let title = self.title(card);
        let texts = card.text().into_iter().flat_map(|text| text.fields.values()).map(|text| leaf(text));
        let others = texts.filter(|text| !text.is_empty() && *text != title);
        let others = others.chain(self.polled(card));
        others.map(|text| Part { label: String::new(), text }).collect()
    }

    /// How many chose an option of a quick poll that has closed.
    fn polled(&self, card: &Card) -> Option<String> {
        let of_it = |ask: &&plan::Ask| ask.kind == Kind::Marks && ask.from.contains(&card.source);
        let ask = self.board.plan.asks().map(|(_, _, ask)| ask).find(of_it)?;
        let window = self.board.plan.poll(&ask.key).and_then(|_| self.closed(&ask.key))?;
        let row = self.tallies_on(&[card.id]).into_iter().find(|row| row.window == window.id && row.pile != GUESTS);
        let (people, partners) = row.map_or((0, 0), |row| (row.people, row.partners));
        Some(format!("{} · {}", self.captions.people(people), self.captions.partners(partners)))
    }

    /// Remarks and objections on a card in the newest closed round about it, of each ask that takes them.
    pub fn remarks(&self, card: &Card) -> Vec<Remark> {
        let takes = |ask: &plan::Ask| ask.kind == Kind::Consent && ask.named != Named::Never;
        let asks = self.board.plan.asks().map(|(_, _, ask)| ask).filter(|ask| takes(ask));
        let mut newest: Vec<&Window> =
            asks.filter_map(|ask| rounds::asked_last(self.board, &ask.key, &[card.id])).collect();
        newest.sort_by_key(|window| window.id);
        let all = newest.iter().flat_map(|window| self.answers_in(window, card.id));
        let said = all.filter(|figure| is_said(figure)).map(|figure| match self.became(figure, &newest) {
            None => self.remark(figure),
            Some(became) => {
                let said = self.remark(figure);
                Remark { text: format!("{} ({became})", said.text), open: false, ..said }
            }
        });
        said.chain(self.conditions(card)).collect()
    }

    /// Remarks and objections on a card in one round.
    pub fn said_in(&self, window: &Window, card: CardId) -> Vec<Remark> {
        self.answers_in(window, card).filter(|figure| is_said(figure)).map(|figure| self.remark(figure)).collect()
    }

    fn answers_in(&self, window: &Window, card: CardId) -> impl Iterator<Item = &Figure> {
        let id = window.id;
        self.board.figures.values().filter(move |figure| figure.key.window == id && figure.card == card)
    }

    fn remark(&self, figure: &Figure) -> Remark {
        Remark {
            by: self.giver_of(figure.key.giver),
            value: figure.value,
            text: self.reason(figure),
            proposal: leaf(&figure.proposal),
            open: true,
            at: self.local(figure.at),
        }
    }

    /// What became of a remark, in words: whoever objected agreed to the card in a later round, or the card was worded
    /// anew since. None while it is open, as what was said with a yes stays: it was said by somebody who agrees.
    fn became(&self, figure: &Figure, rounds: &[&Window]) -> Option<String> {
        let later = rounds.iter().filter(|round| round.id > figure.key.window);
        let agreed = later
            .flat_map(|round| self.answers_in(round, figure.card))
            .find(|answer| answer.key.giver == figure.key.giver && answer.value == Value::Stands);
        if let Some(agreed) = agreed.filter(|_| figure.value == Value::NotYet) {
            return Some(self.captions.fill("agreed-since", "day", &self.day(agreed.at)));
        }
        let mut made = self.board.links.to(figure.card, LinkKind::MadeFrom).filter(|link| link.at >= figure.at);
        let anew =
            made.find(|link| self.board.made_of(link.from).len() == 1 && self.board.standing_for(link.from).is_some())?;
        Some(self.captions.fill("anew-since", "day", &self.day(anew.at)))
    }

    /// In whose name something was given.
    pub fn giver_of(&self, giver: Giver) -> Option<String> {
        match giver {
            Giver::Person(id) => self.person_of_partner(id),
            Giver::Partner(id) => self.partner(id),
            Giver::Group(id) => self.group(id),
        }
    }

    /// A remark or reason, with what is proposed instead.
    fn reason(&self, figure: &Figure) -> String {
        let (note, proposal) = (leaf(&figure.note), leaf(&figure.proposal));
        if proposal.is_empty() {
            return note;
        }
        format!("{note} {}", self.captions.fill("proposes", "text", &proposal))
    }
}

/// Whether an answer is one that is printed with its words.
fn is_said(figure: &Figure) -> bool {
    matches!(figure.value, Value::Remark | Value::NotYet) && !figure.note.trim().is_empty()
}

/// Lines of a section: under their headings and by triad, each kept card with its decision. What the group chose
/// stands in the order of its choice; there the heading is a part of what the card says.
pub(super) fn compile(wall: &Wall<'_>, section: &plan::Section) -> Vec<Group> {
    let mut lines: Vec<(Option<GroupId>, Line)> = Vec::new();
    let is_ranked = section.from.iter().any(|source| is_ranked(wall, section, source));
    for source in &section.from {
        let decision = wall.board.decision(source, None);
        let from_bars = is_from_bars(wall, source);
        for card in wall.material(source, section.kept) {
            let mut line = wall.line(card, &section.beside, decision);
            if from_bars {
                line.parts.clear();
            }
            lines.push((card.group, if is_ranked { tagged(wall, line) } else { line }));
        }
    }
    heading::grouped(wall, lines, !is_ranked)
}

/// Whether a source gives what was chosen, in the order of the choice.
pub(super) fn is_ranked(wall: &Wall<'_>, section: &plan::Section, source: &str) -> bool {
    section.kept || wall.board.plan.ask(source).is_some_and(|ask| ask.kind != Kind::Cards)
}

/// A line that says its heading as a part of its own: where it stands in another order than by headings.
pub(super) fn tagged(wall: &Wall<'_>, mut line: Line) -> Line {
    line.parts.extend(line.heading.as_ref().map(|heading| heading.part(wall)));
    line
}

/// Whether an ask chooses among the fields on which figures were placed. What the plan says of such a
/// field would read there as if the group had said it.
fn is_from_bars(wall: &Wall<'_>, source: &str) -> bool {
    let Some(chooser) = wall.board.plan.ask(source) else { return false };
    let mut asks = wall.board.plan.asks().map(|(_, _, ask)| ask);
    asks.any(|ask| {
        ask.kind == Kind::Figures && ask.key != chooser.key && ask.from.iter().any(|of| chooser.from.contains(of))
    })
}

/// Takes out of the lines what was said alike with each of them: it is said once, of them all. What was said with some
/// stays with these: an objection names its line.
pub(super) fn lift_remarks(groups: &mut [Group]) -> Vec<Remark> {
    let lines = || groups.iter().flat_map(|group| &group.lines);
    let alike = |one: &Remark, other: &Remark| (&one.by, &one.text, one.value) == (&other.by, &other.text, other.value);
    let all = lines().count();
    let mut lifted: Vec<Remark> = Vec::new();
    for remark in lines().flat_map(|line| &line.remarks) {
        let said = lines().filter(|line| line.remarks.iter().any(|other| alike(remark, other))).count();
        if all > 1 && said == all && !lifted.iter().any(|known| alike(known, remark)) {
            lifted.push(remark.clone());
        }
    }
    for line in groups.iter_mut().flat_map(|group| &mut group.lines) {
        line.remarks.retain(|remark| !lifted.iter().any(|known| alike(known, remark)));
    }
    lifted
}

/// One card said large: what was kept, else the newest.
pub(super) fn sentence(wall: &Wall<'_>, section: &plan::Section) -> Option<Line> {
    let mut newest = None;
    for source in &section.from {
        let found = wall.material(source, section.kept);
        let one = if section.kept { found.first() } else { found.last() };
        if let Some(card) = one {
            newest = Some(wall.line(card, &section.beside, wall.board.decision(source, None)));
        }
    }
    newest
}

/// What was put aside of a section's material, with the reasons.
pub(super) fn put_aside(wall: &Wall<'_>, section: &plan::Section) -> Vec<PutAside> {
    if !section.parked {
        return Vec::new();
    }
    let offered = section.from.iter().filter_map(|key| wall.board.plan.ask(key)).flat_map(|ask| &ask.from);
    let sources: Vec<&String> = section.from.iter().chain(offered).collect();
    let cards = wall.board.cards.values().filter(|card| sources.contains(&&card.source));
    let aside = cards.filter_map(|card| card.parked.as_ref().map(|reason| (card, reason)));
    aside
        .filter(|(card, _)| card.state == crate::path::CardState::Open)
        .map(|(card, reason)| PutAside {
            line: Line { aside: None, ..wall.line(card, &section.beside, None) },
            reason: leaf(reason),
        })
        .collect()
}
