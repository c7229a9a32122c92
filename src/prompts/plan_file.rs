//! `path.toml`, read into a plan, and the lines on which its parts stand.
//!
//! A fault names the line of the part it is about: a phase, sitting, ask, list, section or check.
//! Parts within (a field, a choice) are looked for by name in that part's lines; where they cannot
//! be told apart the line is that of the part itself.

use serde::de::DeserializeOwned;

use super::PromptError;
use crate::path::Plan;
use crate::path::plan::{Ask, Check, List, Phase, Section, Sitting};

/// The plan's file, relative to the prompts folder.
pub(super) const FILE: &str = "path.toml";

/// A part of the plan: which table of the file, and the how many-th of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Top,
    Phase(usize),
    Sitting(usize),
    Ask(usize),
    Check(usize),
    List(usize),
    Section(usize),
}

impl Part {
    fn table(self) -> (&'static str, usize) {
        match self {
            Self::Top => ("", 0),
            Self::Phase(nth) => ("phase", nth),
            Self::Sitting(nth) => ("phase.sitting", nth),
            Self::Ask(nth) => ("phase.sitting.ask", nth),
            Self::Check(nth) => ("phase.check", nth),
            Self::List(nth) => ("list", nth),
            Self::Section(nth) => ("section", nth),
        }
    }
}

/// Where the parts of the plan stand in its file.
pub(super) struct Lines<'a> {
    lines: Vec<&'a str>,
    /// Table name and index of its line, in order.
    heads: Vec<(&'a str, usize)>,
}

impl<'a> Lines<'a> {
    pub fn of(text: &'a str) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let heads = lines.iter().enumerate().filter_map(|(index, line)| Some((table(line)?, index))).collect();
        Self { lines, heads }
    }

    /// The line of a part, from 1; of a word in quotes or a key within it, if it is found there.
    pub fn line(&self, part: Part, word: &str) -> usize {
        let (name, nth) = part.table();
        let found = self.heads.iter().enumerate().filter(|(_, (table, _))| *table == name).nth(nth);
        let (first, after) = match found {
            Some((at, (_, first))) => {
                let next = self.heads[at + 1..].iter().find(|(table, _)| !is_within(table, name));
                (*first, next.map_or(self.lines.len(), |(_, index)| *index))
            }
            None => (0, self.lines.len()),
        };
        let quoted = format!("\"{word}\"");
        let is_here = |line: &str| {
            let key = line.trim_start().split(['=', ' ']).next().unwrap_or_default();
            !word.is_empty() && (line.contains(&quoted) || key == word)
        };
        (first..after).find(|index| is_here(self.lines[*index])).unwrap_or(first) + 1
    }

    /// A fault in a part.
    pub fn fault(&self, part: Part, word: &str, what: impl Into<String>) -> PromptError {
        PromptError { file: FILE.to_owned(), line: self.line(part, word), what: what.into() }
    }
}

fn table(line: &str) -> Option<&str> {
    Some(line.trim().strip_prefix("[[")?.split_once("]]")?.0.trim())
}

fn is_within(table: &str, outer: &str) -> bool {
    // A phase's sittings are parts of their own; an ask's fields are not.
    outer.ends_with("ask") && table.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'))
}

/// Reads the plan. What is wrong is added to the faults, one for each part at least.
pub(super) fn read(text: &str, faults: &mut Vec<PromptError>) -> Option<Plan> {
    let error = match toml::from_str::<Plan>(text) {
        Ok(plan) => return Some(plan),
        Err(error) => error,
    };
    let before = faults.len();
    if let Ok(raw) = toml::from_str::<toml::Table>(text) {
        Walk { lines: Lines::of(text), faults, asks: 0, sittings: 0, checks: 0 }.plan(&raw);
    }
    if faults.len() == before {
        let start = error.span().map_or(0, |span| span.start);
        let line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
        faults.push(PromptError { file: FILE.to_owned(), line, what: error.message().to_owned() });
    }
    None
}

/// Reads each part by itself, so that a fault in one does not hide those in the others.
struct Walk<'a, 'b> {
    lines: Lines<'a>,
    faults: &'b mut Vec<PromptError>,
    asks: usize,
    sittings: usize,
    checks: usize,
}

impl Walk<'_, '_> {
    fn plan(&mut self, raw: &toml::Table) {
        for (nth, list) in tables(raw, "list").enumerate() {
            self.part::<List>(Part::List(nth), list, &[]);
        }
        for (nth, section) in tables(raw, "section").enumerate() {
            self.part::<Section>(Part::Section(nth), section, &[]);
        }
        for (nth, phase) in tables(raw, "phase").enumerate() {
            self.part::<Phase>(Part::Phase(nth), phase, &["sitting", "check"]);
            for check in tables(phase, "check") {
                self.part::<Check>(Part::Check(self.checks), check, &[]);
                self.checks += 1;
            }
            for sitting in tables(phase, "sitting") {
                self.part::<Sitting>(Part::Sitting(self.sittings), sitting, &["ask"]);
                self.sittings += 1;
                for ask in tables(sitting, "ask") {
                    self.part::<Ask>(Part::Ask(self.asks), ask, &[]);
                    self.asks += 1;
                }
            }
        }
        self.part::<Plan>(Part::Top, raw, &["phase", "list", "section"]);
    }

    fn part<T: DeserializeOwned>(&mut self, part: Part, raw: &toml::Table, inner: &[&str]) {
        let mut alone = raw.clone();
        for key in inner {
            // A missing `sitting` or `ask` stays missing and is told.
            if let Some(value) = alone.get_mut(*key) {
                *value = toml::Value::Array(Vec::new());
            }
        }
        if let Err(error) = T::deserialize(toml::Value::Table(alone)) {
            let word = error.message().split('`').nth(1).unwrap_or_default().to_owned();
            let fault = self.lines.fault(part, &word, error.message());
            self.faults.push(fault);
        }
    }
}

fn tables<'a>(raw: &'a toml::Table, key: &str) -> impl Iterator<Item = &'a toml::Table> + use<'a> {
    raw.get(key).and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_table)
}
