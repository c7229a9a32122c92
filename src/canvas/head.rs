//! The head of the canvas: name, issue, where the Path is, who is on it.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::path::plan::{Element, Phase, Sitting};
use crate::path::{Group, GroupId, Level, PartnerId, PersonId, Window};

use super::Canvas;
use super::captions;
use super::escape::leaf;
use super::line::Line;
use super::section::{Fill, Section};
use super::wall::Wall;

/// Name, issue, where the Path is, who is on it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Head {
    /// The partnership's name.
    pub name: String,
    /// The focal issue.
    pub issue: Option<Line>,
    /// The phases in order.
    pub phases: Vec<PhaseStep>,
    /// Partners with their people.
    pub partners: Vec<Organisation>,
    /// Triads with their people.
    pub groups: Vec<Triad>,
    /// How many people take part, in words.
    pub people_said: String,
    /// How many partners, in words.
    pub partners_said: String,
    /// The five elements of Collective Impact that the plan's sections speak of.
    pub elements: Vec<ElementState>,
    /// When the partnership was founded.
    pub founded: DateTime<FixedOffset>,
    /// When this was drawn.
    pub at: DateTime<FixedOffset>,
    /// How many acts had changed the board.
    pub revision: i64,
    /// The newest published version.
    pub version: Option<Published>,
}

/// One phase.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhaseStep {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub state: PhaseState,
    /// The same in words.
    pub said: String,
    /// Why it was left out, if it was: each reason once.
    pub why: Vec<String>,
    /// When its first ask opened.
    pub opened: Option<DateTime<FixedOffset>>,
    /// When its last ask closed, if it is done.
    pub closed: Option<DateTime<FixedOffset>>,
}

/// Where a phase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PhaseState {
    /// All its sittings have closed or were left out, or the Path has gone on.
    Done,
    /// One of its asks is open, or some sittings are still to come.
    Open,
    /// Nothing of it has been asked.
    ToCome,
    /// Nothing of it has been asked, and nothing will be: hosts left all its sittings out.
    LeftOut,
}

impl PhaseState {
    /// Whether nothing of it is to come any more.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::LeftOut)
    }
}

/// A partner with its people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Organisation {
    /// Its number.
    pub id: PartnerId,
    /// Its full name.
    pub name: String,
    /// Its short name.
    pub short: String,
    /// Its sector, in its own words; may be empty.
    pub sector: String,
    /// Its people who take part.
    pub people: Vec<Member>,
}

/// A triad with its people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Triad {
    /// Its number.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// Its people, as far as the view tells.
    pub people: Vec<Companion>,
}

/// A person in a triad.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Companion {
    /// Their number.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their partner's short name.
    pub partner: Option<String>,
}

/// A person on the Path.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member {
    /// Their number.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// On which level of their partner they work.
    pub level: Level,
    /// The level in words.
    pub level_said: String,
    /// Whether they are a host.
    pub host: bool,
}

/// One of the five conditions of Collective Impact.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ElementState {
    /// Which.
    pub element: Element,
    /// Its name.
    pub name: String,
    /// How far it has come.
    pub state: Fill,
    /// The same in words.
    pub said: String,
    /// Keys of the sections that speak of it.
    pub sections: Vec<String>,
}

/// A published version.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Published {
    /// Its number, from 1.
    pub nth: u16,
    /// What it is for: what somebody called it, or the name of the phase that it closed.
    pub label: String,
    /// When.
    pub at: DateTime<FixedOffset>,
}

impl Triad {
    /// Who is in it, in words: *Joel Baraka (RWA), Peter Omari (City)*.
    pub(super) fn people_said(&self) -> String {
        let people = self.people.iter().map(|of| match &of.partner {
            Some(partner) => format!("{} ({partner})", of.name),
            None => of.name.clone(),
        });
        people.collect::<Vec<_>>().join(", ")
    }
}

impl ElementState {
    /// The sections that speak of it, in words, each with how far it is if it is not yet there.
    pub(super) fn sections_said(&self, canvas: &Canvas) -> String {
        let sections = self.sections.iter().filter_map(|key| canvas.sections.iter().find(|of| of.key == *key));
        let said = sections.map(|of| {
            let far = match of.state {
                Fill::Filled => return of.title.clone(),
                Fill::Begun => "begun",
                Fill::Empty => "empty",
            };
            format!("{} ({})", of.title, canvas.words.get(far).map_or("", String::as_str))
        });
        said.collect::<Vec<_>>().join(", ")
    }
}

impl Published {
    /// Its number and what it is for, in words: *Version 1 · Closing*.
    pub(super) fn said(&self, words: &BTreeMap<String, String>) -> String {
        let number = captions::fill(words.get("version").map_or("", String::as_str), "n", &self.nth.to_string());
        [number.as_str(), &self.label].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// The head.
pub(super) fn compile(wall: &Wall<'_>, sections: &[Section]) -> Head {
    let board = wall.board;
    let newest =
        board.versions.iter().filter_map(|version| version.nth.map(|nth| (nth, version))).max_by_key(|(nth, _)| *nth);
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Head {
        name: leaf(&board.partnership.name),
        issue: board.issue().map(|card| wall.line(card, &[], None)),
        phases: phases(wall),
        partners: organisations(wall),
        groups: triads(wall),
        people_said: wall.captions.people(number(wall.view.people())),
        partners_said: wall.captions.partners(number(board.partners_now().count())),
        elements: elements(wall, sections),
        founded: wall.local(board.partnership.founded),
        at: wall.local(wall.view.now()),
        revision: board.revision,
        version: newest.map(|(nth, version)| Published {
            nth,
            label: wall.closing(&version.label),
            at: wall.local(version.at),
        }),
    }
}

fn phases(wall: &Wall<'_>) -> Vec<PhaseStep> {
    let plan = &wall.board.plan;
    let mut steps = Vec::new();
    let mut gone_on = false;
    for phase in plan.phases.iter().rev() {
        let step = phase_step(wall, phase, gone_on);
        gone_on |= step.opened.is_some();
        steps.push(step);
    }
    steps.reverse();
    steps
}

/// Where a phase stands; `gone_on` if a later one has been opened.
fn phase_step(wall: &Wall<'_>, phase: &Phase, gone_on: bool) -> PhaseStep {
    let of = |key: &str| wall.board.windows.values().filter(|window| window.ask == key).collect::<Vec<&Window>>();
    let of_sitting = |sitting: &Sitting| sitting.asks.iter().flat_map(|ask| of(&ask.key)).collect::<Vec<_>>();
    let windows: Vec<&Window> = phase.sittings.iter().flat_map(of_sitting).collect();
    let open = windows.iter().any(|window| window.is_open());
    let left_out = |sitting: &Sitting| wall.board.timetable.left_out.get(&sitting.key);
    let passed = |sitting: &Sitting| left_out(sitting).is_some() || !of_sitting(sitting).is_empty();
    let all = phase.sittings.iter().all(passed);
    let state = match (windows.is_empty(), open, all || gone_on) {
        (true, _, _) if all && !phase.sittings.is_empty() => PhaseState::LeftOut,
        (true, _, _) => PhaseState::ToCome,
        (false, false, true) => PhaseState::Done,
        (false, true, _) | (false, false, false) => PhaseState::Open,
    };
    let said = match state {
        PhaseState::Done => "phase-done",
        PhaseState::Open => "phase-open",
        PhaseState::ToCome => "phase-to-come",
        PhaseState::LeftOut => "phase-left-out",
    };
    let mut why: Vec<String> = Vec::new();
    for left_out in phase.sittings.iter().filter_map(left_out).filter(|_| state == PhaseState::LeftOut) {
        let said = leaf(&left_out.why);
        if !said.is_empty() && !why.contains(&said) {
            why.push(said);
        }
    }
    let closed = windows.iter().filter_map(|window| window.closed).max();
    PhaseStep {
        key: phase.key.clone(),
        name: wall.captions.phase(&phase.key),
        state,
        said: wall.captions.word(said).to_owned(),
        why,
        opened: windows.iter().map(|window| window.opens).min().map(|at| wall.local(at)),
        closed: closed.filter(|_| state == PhaseState::Done).map(|at| wall.local(at)),
    }
}

fn organisations(wall: &Wall<'_>) -> Vec<Organisation> {
    let level = |level: Level| match level {
        Level::Strategic => "strategic",
        Level::Operational => "operational",
    };
    let partners = wall.board.partners_now().map(|partner| Organisation {
        id: partner.id,
        name: leaf(&partner.name),
        short: super::names::short(partner),
        sector: leaf(&partner.sector),
        people: wall
            .board
            .counting()
            .filter(|person| person.partner == partner.id)
            .map(|person| Member {
                id: person.id,
                name: leaf(&person.name),
                level: person.level,
                level_said: wall.captions.word(level(person.level)).to_owned(),
                host: person.host,
            })
            .collect(),
    });
    partners.collect()
}

/// The triads in their order; a newer making of groups takes the place of an older one.
fn triads(wall: &Wall<'_>) -> Vec<Triad> {
    let mut groups: Vec<&Group> = wall.board.groups.values().collect();
    groups.sort_by_key(|group| (group.nth, group.id));
    let companion = |id: &PersonId| {
        let person = wall.board.people.get(id)?;
        Some(Companion { id: *id, name: leaf(&person.name), partner: wall.partner(person.partner) })
    };
    let triads = groups.into_iter().map(|group| Triad {
        id: group.id,
        name: leaf(&group.name),
        people: group.members.iter().filter_map(companion).collect(),
    });
    triads.collect()
}

/// The elements in their order: filled once all that has to be there is; what is filled only by
/// optional asks is welcome but not waited for.
fn elements(wall: &Wall<'_>, sections: &[Section]) -> Vec<ElementState> {
    let order = [Element::Agenda, Element::Measurement, Element::Activities, Element::Communication, Element::Backbone];
    let states = order.into_iter().filter_map(|element| {
        let of: Vec<&Section> = sections.iter().filter(|section| section.element == Some(element)).collect();
        if of.is_empty() {
            return None;
        }
        let awaited = of.iter().filter(|section| !is_optional(wall, &section.key) || section.state == Fill::Filled);
        let all = awaited.map(|section| section.state).min().unwrap_or(Fill::Empty);
        let any = of.iter().map(|section| section.state).max().unwrap_or(Fill::Empty);
        let state = if all == Fill::Empty && any > Fill::Empty { Fill::Begun } else { all };
        let said = match state {
            Fill::Empty => "empty",
            Fill::Begun => "begun",
            Fill::Filled => "filled",
        };
        Some(ElementState {
            element,
            name: wall.captions.word(element_word(element)).to_owned(),
            state,
            said: wall.captions.word(said).to_owned(),
            sections: of.iter().map(|section| section.key.clone()).collect(),
        })
    });
    states.collect()
}

fn element_word(element: Element) -> &'static str {
    match element {
        Element::Agenda => "agenda",
        Element::Measurement => "measurement",
        Element::Activities => "activities",
        Element::Communication => "communication",
        Element::Backbone => "backbone",
    }
}

/// Whether a section is filled only by asks that are there, but off the main road.
fn is_optional(wall: &Wall<'_>, key: &str) -> bool {
    let plan = &wall.board.plan;
    let section = plan.sections.iter().find(|section| section.key == key);
    section.is_some_and(|section| {
        let mut asks = section.from.iter().map(|key| plan.ask(key)).peekable();
        asks.peek().is_some() && asks.all(|ask| ask.is_some_and(|ask| ask.optional))
    })
}
