//! What is not settled: objections, level counts, answers that wait, windows that are open.

use crate::canvas::beside::{Beside, Confirmed};
use crate::canvas::line::{Line, Remark};
use crate::canvas::section::{Body, Section};
use crate::canvas::source::Source;
use crate::canvas::table::Row;
use crate::canvas::{Confirmation, Reading};
use crate::path::plan::{Ask, FieldKind, Kind};
use crate::path::{Giver, PartnerId, Value, Window};

use super::shapes::chosen;
use super::{Block, Maker};

/// Something said with a line or row: what it is about, and the words.
pub(super) struct Said<'a> {
    pub(super) about: String,
    pub(super) remark: &'a Remark,
}

impl Maker<'_> {
    /// Where the group differs: objections, figures that lie near one another, partners
    /// that see themselves otherwise, words used differently.
    pub(super) fn contested(&self) -> Vec<String> {
        let mut found = self.said_as(Value::NotYet);
        for section in &self.canvas.sections {
            match &section.body {
                Body::Matrix(matrix) => found.extend(matrix.roles.iter().filter_map(|role| {
                    let level = !role.settled && role.chosen.len() > 1;
                    let said =
                        self.tell("report-level", &[("partner", &role.name), ("what", &chosen(self.words, role))]);
                    if level { Some(said) } else { self.sees_itself(role.partner, &role.beside) }
                })),
                Body::Bars(bars) => {
                    let contested = bars.bars.iter().filter(|bar| bar.reading == Reading::Contested);
                    found.extend(contested.map(|bar| {
                        let counts = bars.piles.iter().zip(&bar.figures).map(|(pile, n)| format!("{n} {}", pile.label));
                        let counts = counts.collect::<Vec<_>>().join(", ");
                        self.tell("report-near", &[("what", &bar.text), ("counts", &counts)])
                    }));
                }
                _ => {}
            }
        }
        found.extend(self.disputed());
        found
    }

    /// What was said with a yes: whoever says it does not differ. Nor does whoever's house has not approved yet: that
    /// waits.
    pub(super) fn remarked(&self) -> Vec<String> {
        self.said_as(Value::Remark)
    }

    fn said_as(&self, value: Value) -> Vec<String> {
        let said =
            self.canvas.sections.iter().flat_map(remarks).filter(|said| said.remark.open && said.remark.value == value);
        said.map(|said| self.remark(&said)).collect()
    }

    fn remark(&self, said: &Said<'_>) -> String {
        let what = self.words.word(if said.remark.value == Value::NotYet { "not-yet" } else { "remark" });
        let by = said.remark.by.as_ref().map(|by| format!(", {by}")).unwrap_or_default();
        format!("{} ({what}{by}): {}", said.about, said.remark.text)
    }

    /// A partner that said of itself something else than what was settled or leads.
    fn sees_itself(&self, partner: PartnerId, beside: &[Beside]) -> Option<String> {
        let own = beside.iter().find_map(|of| {
            let ask = self.wall.board.plan.ask(&of.ask)?;
            let [field] = ask.fields.as_slice() else { return None };
            (field.kind == FieldKind::Card).then_some(())?;
            let card = self.wall.board.cards.get(&of.source.cards.first()?.card)?;
            card.field(&field.key).parse().ok().map(crate::path::CardId)
        })?;
        let role = self.canvas.sections.iter().find_map(|section| match &section.body {
            Body::Matrix(matrix) => matrix.roles.iter().find(|role| role.partner == partner),
            _ => None,
        })?;
        // Whoever said yes to what was settled has no other role in mind.
        let card = |of: &Beside| self.wall.board.cards.get(&of.source.cards.first()?.card);
        if role.settled && beside.iter().filter_map(card).any(|card| self.is_plain_yes(card)) {
            return None;
        }
        let same = role.chosen.iter().any(|line| line.source.cards.iter().any(|origin| origin.card == own));
        if same || role.chosen.is_empty() {
            return None;
        }
        let own = self.wall.title_of(own)?;
        Some(self.tell("report-sees", &[("partner", &role.name), ("own", &own), ("ours", &chosen(self.words, role))]))
    }

    /// Words that some use differently.
    fn disputed(&self) -> Vec<String> {
        let cards = self.wall.board.cards.values().filter(|card| card.disputed && card.stands());
        cards.map(|card| format!("{}: {}", self.wall.title(card), self.words.word("disputed"))).collect()
    }

    /// Answers that wait for somebody's yes, those that were declined, and those on a condition.
    pub(super) fn awaiting(&self) -> Vec<String> {
        let (mut found, mut conditional) = (Vec::new(), Vec::new());
        let mut look = |what: &str, who: Option<&str>, confirmation: Option<&Confirmation>| {
            if let Some(confirmation) = confirmation.filter(|said| said.state != Confirmed::Yes) {
                let who = who.map(|who| format!(", {who}")).unwrap_or_default();
                found.push(format!("{what}{who}: {}", confirmation.said));
            }
        };
        for section in &self.canvas.sections {
            let of = |said: Said<'_>| Some(format!("{}: {}", said.about, said.remark.condition()?));
            conditional.extend(remarks(section).into_iter().filter_map(of));
            match &section.body {
                Body::Steps { steps } => {
                    for step in steps {
                        look(&step.text, step.owner.as_deref(), step.confirmation.as_ref());
                    }
                }
                Body::Table(table) => table.rows.iter().for_each(|row| {
                    let what = row.cells.first().map(|texts| texts.join("; ")).unwrap_or_default();
                    look(&format!("{}, {what}", section.title), None, row.confirmation.as_ref());
                }),
                Body::Matrix(matrix) => {
                    for role in &matrix.roles {
                        role.beside.iter().for_each(|of| look(&role.name, Some(&of.title), of.confirmation.as_ref()));
                    }
                }
                _ => {}
            }
        }
        found.extend(self.canvas.sections.iter().flat_map(|section| self.conditions(section)));
        found.extend(conditional);
        found.extend(self.canvas.sections.iter().flat_map(|section| self.silent(section)));
        found
    }

    /// Partners that have not answered to what a section keeps: for all of it, or line by line.
    pub(super) fn silent(&self, section: &Section) -> Vec<String> {
        let said = |what: &str, partners: &[String]| {
            format!("{what}: {}", self.words.fill("unheard", "partners", &partners.join(", ")))
        };
        match unheard(section).as_slice() {
            [] => Vec::new(),
            [(_, first), others @ ..] if others.iter().all(|(_, partners)| partners == first) => {
                if first.is_empty() {
                    Vec::new()
                } else {
                    vec![said(&section.title, first)]
                }
            }
            lines => {
                let some = lines.iter().filter(|(_, partners)| !partners.is_empty());
                some.map(|(what, partners)| said(what, partners)).collect()
            }
        }
    }

    /// Windows that are open, in the plan's order.
    pub(super) fn open_windows(&self) -> Vec<&Window> {
        let board = self.wall.board;
        let asks = board.plan.asks().filter(|(_, _, ask)| ask.kind != Kind::Groups && ask.kind != Kind::Tree);
        asks.filter_map(|(_, _, ask)| board.window_of(&ask.key)).filter(|window| window.is_open()).collect()
    }

    /// What is open, as a table: how many have given, until when, and who is awaited where one may know.
    pub(super) fn open_table(&self) -> Option<Block> {
        let windows = self.open_windows();
        let awaited = |window: &Window| {
            let names = self.wall.view.progress(window.id).missing.into_iter().filter_map(|giver| match giver {
                Giver::Person(id) => self.wall.person(id),
                Giver::Partner(id) => self.wall.partner(id),
                Giver::Group(id) => self.wall.group(id),
            });
            names.collect::<Vec<_>>().join(", ")
        };
        let named = windows.iter().any(|window| !awaited(window).is_empty());
        let mut columns = vec![self.words.word("what").to_owned(), self.say("report-done"), self.say("report-until")];
        columns.extend(named.then(|| self.say("report-awaited")));
        let rows = windows.iter().map(|window| {
            let progress = self.wall.view.progress(window.id);
            let done = match progress.of {
                0 => String::new(),
                of => self.tell("report-n-of", &[("n", &progress.done.to_string()), ("of", &of.to_string())]),
            };
            let mut row = vec![self.words.label(&[&window.ask]), done, self.until(window)];
            row.extend(named.then(|| awaited(window)));
            row
        });
        Block::table(columns, rows.collect())
    }

    /// The day on which a window ends: the one that was agreed, where one was.
    fn until(&self, window: &Window) -> String {
        let agreed = window.wall.as_ref().map(|wall| self.words.day(wall.shows.date()));
        agreed.unwrap_or_else(|| self.wall.day(window.ends))
    }

    /// Asks in which the group chooses and has not settled what it keeps: what is chosen, and how far it is.
    pub(super) fn undecided(&self) -> Vec<(String, String)> {
        let board = self.wall.board;
        let begun = |ask: &Ask| board.window_of(&ask.key).is_some();
        let current = board.plan.phases.iter().filter(|phase| {
            phase.sittings.iter().flat_map(|sitting| &sitting.asks).any(begun)
                && !self.canvas.head.phases.iter().any(|step| step.key == phase.key && step.state.is_over())
        });
        let asks = current.flat_map(|phase| phase.sittings.iter().flat_map(|sitting| &sitting.asks));
        let chooses = |ask: &&Ask| matches!(ask.kind, Kind::Marks | Kind::Consent | Kind::Assign) && !ask.optional;
        let settled = |ask: &Ask| match ask.kind {
            Kind::Assign => board.partners_now().all(|partner| board.decision(&ask.key, Some(partner.id)).is_some()),
            _ => board.decision(&ask.key, None).is_some(),
        };
        let marks_only = |ask: &Ask| ask.kind == Kind::Marks && ask.keep.is_none();
        let open = asks.filter(chooses).filter(|ask| !settled(ask) && !marks_only(ask));
        open.map(|ask| (self.words.label(&[&ask.key]), self.how_far(ask))).collect()
    }

    fn how_far(&self, ask: &Ask) -> String {
        let Some(window) = self.wall.board.window_of(&ask.key) else { return self.say("report-not-asked") };
        let progress = self.wall.view.progress(window.id);
        let gaps = [("n", &*progress.done.to_string()), ("of", &*progress.of.to_string())];
        if window.is_open() { self.tell("report-being-asked", &gaps) } else { self.tell("report-asked", &gaps) }
    }
}

/// What a section shows that was settled, each with the partners that have not answered to it.
pub(super) fn unheard(section: &Section) -> Vec<(String, &[String])> {
    fn of(what: String, source: &Source) -> Option<(String, &[String])> {
        Some((what, source.settled.as_ref()?.unheard.as_slice()))
    }
    fn of_line(line: &Line) -> Option<(String, &[String])> {
        of(line.text.clone(), &line.source)
    }
    match &section.body {
        Body::Lines { groups } => groups.iter().flat_map(|group| &group.lines).filter_map(of_line).collect(),
        Body::Sentence { line } => line.iter().filter_map(|line| of_line(line)).collect(),
        Body::Table(table) => {
            let what = |row: &Row| row.cells.first().map(|texts| texts.join("; ")).unwrap_or_default();
            table.rows.iter().filter_map(|row| of(what(row), &row.source)).collect()
        }
        _ => Vec::new(),
    }
}

/// Everything that was said with a section or what stands in it.
pub(super) fn remarks(section: &Section) -> Vec<Said<'_>> {
    let mut found: Vec<Said<'_>> =
        section.remarks.iter().map(|remark| Said { about: section.title.clone(), remark }).collect();
    let of_line = |line: &'_ Line| line.text.clone();
    match &section.body {
        Body::Lines { groups } => {
            for line in groups.iter().flat_map(|group| &group.lines) {
                found.extend(line.remarks.iter().map(|remark| Said { about: of_line(line), remark }));
            }
        }
        Body::Sentence { line: Some(line) } => {
            found.extend(line.remarks.iter().map(|remark| Said { about: section.title.clone(), remark }));
        }
        Body::Table(table) => {
            for row in &table.rows {
                let about = row.cells.first().map(|texts| texts.join("; ")).unwrap_or_default();
                found.extend(row.remarks.iter().map(|remark| Said { about: about.clone(), remark }));
            }
        }
        _ => {}
    }
    found
}
