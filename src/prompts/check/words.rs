//! Whether everything the plan asks for has words, whether they fit, and whether any are asked for
//! by nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::super::gaps::{self, Gaps};
use super::super::sheet::{Entry, Name, Sheet};
use super::super::slots::{self, Bound, Slot, TITLE};
use super::super::words::{CANVAS, LABELS, PHRASES, REPORT, field, item};
use super::super::{DEFAULT_LANGUAGE, PromptError, Sheets, fault};
use super::refusals;
use crate::path::plan::Phase;
use crate::path::{Plan, Refusal};

/// A form's text input (Discord: its label 45, its placeholder 100 characters).
const LABEL_CHARS_MAX: usize = 45;
const HINT_CHARS_MAX: usize = 100;
/// A card's name in a menu (Discord: 100 characters), short enough for a phone.
const NAME_CHARS_MAX: usize = 80;
/// A line under it, and a ground rule in full.
const ITEM_CHARS_MAX: usize = 240;
/// One message (Discord: 2,000 characters), with room for what stands around it.
const PHRASE_CHARS_MAX: usize = 1800;
/// A word or line around the canvas.
const CANVAS_CHARS_MAX: usize = 160;
/// A line of a report, or a heading of a table.
const REPORT_CHARS_MAX: usize = 300;

/// Adds what is wrong with the words to the faults.
pub(in super::super) fn words(plan: &Plan, sheets: &Sheets<'_>, faults: &mut Vec<PromptError>) {
    if !sheets.contains_key(DEFAULT_LANGUAGE) {
        faults.push(fault(DEFAULT_LANGUAGE, 1, "this folder is missing; it holds the words that others fall back on"));
    }
    let default = sheets.get(DEFAULT_LANGUAGE);
    for (language, sheets) in sheets {
        let mut checker = Checker { plan, language, is_default: *language == DEFAULT_LANGUAGE, faults };
        checker.phases(sheets);
        checker.flat(sheets);
        checker.strangers(sheets);
        if let Some(default) = default.filter(|_| !checker.is_default) {
            checker.same_gaps(sheets, default);
        }
    }
}

struct Checker<'a, 'b> {
    plan: &'a Plan,
    language: &'a str,
    is_default: bool,
    faults: &'b mut Vec<PromptError>,
}

impl Checker<'_, '_> {
    fn wrong(&mut self, file: &str, line: usize, what: impl Into<String>) {
        self.faults.push(fault(file, line, what));
    }

    /// Another language may leave words out: the default ones stand in.
    fn missing(&mut self, file: &str, line: usize, what: impl Into<String>) {
        if self.is_default {
            self.wrong(file, line, what);
        }
    }

    fn phases(&mut self, sheets: &BTreeMap<&str, Sheet>) {
        for phase in &self.plan.phases {
            match sheets.get(phase.key.as_str()) {
                Some(sheet) => self.phase(phase, sheet),
                None => self.missing(
                    &format!("{}/{}.md", self.language, phase.key),
                    1,
                    "this file is missing; it holds the words of a phase",
                ),
            }
        }
    }

    fn phase(&mut self, phase: &Phase, sheet: &Sheet) {
        let places = slots::of_phase(self.plan, phase);
        for slot in &places {
            match slot.find(sheet) {
                Some(entry) if slot.needed && entry.lines.is_empty() => {
                    self.missing(&sheet.file, entry.line, format!("`{}` has no words below it", slot.path()));
                }
                None if slot.needed => {
                    let near = sheet.find(&slot.head, None).map_or(1, |entry| entry.line);
                    self.missing(&sheet.file, near, format!("`{}` is missing", slot.path()));
                }
                _ => {}
            }
        }
        let mut seen: BTreeSet<(Name, Option<Name>)> = BTreeSet::new();
        for entry in &sheet.entries {
            let Some(slot) = places.iter().find(|slot| slot.fits(entry)) else {
                self.wrong(
                    &sheet.file,
                    entry.line,
                    format!("nothing in the plan asks for `{}`; mend the heading or take it out", entry.path()),
                );
                continue;
            };
            let name = if slot.is_title() { Name::new(TITLE, "") } else { entry.head.clone() };
            if !seen.insert((name, entry.sub.clone())) && !slot.repeats() {
                self.wrong(&sheet.file, entry.line, format!("`{}` stands twice", entry.path()));
            }
            self.slot(&sheet.file, slot, entry);
        }
    }

    fn slot(&mut self, file: &str, slot: &Slot, entry: &Entry) {
        let mut known: BTreeSet<&str> = slot.later.iter().copied().collect();
        known.extend(slot.gaps.keys().map(String::as_str));
        let Some(text) = self.filled(file, entry, &slot.gaps, Some(&known)) else { return };
        let one_line = |most: usize| (most, text.contains('\n'));
        let (most, is_broken) = match slot.bound {
            Bound::Chars(most) => (most, false),
            Bound::Line(most) => one_line(most),
            Bound::Words(most) => {
                let count = text.split_whitespace().count();
                self.too_long(file, entry, &entry.path(), count, most, "words");
                (usize::MAX, text.contains('\n'))
            }
            Bound::LabelHint => {
                let field = field(&text);
                for label in [&field.label, &field.told] {
                    self.too_long(file, entry, "the label", label.chars().count(), LABEL_CHARS_MAX, "characters");
                }
                self.too_long(file, entry, "the hint", field.hint.chars().count(), HINT_CHARS_MAX, "characters");
                (usize::MAX, text.contains('\n'))
            }
            Bound::Items => return self.items(file, entry),
            Bound::TitleAndText => return self.titled(file, entry),
        };
        self.too_long(file, entry, &entry.path(), text.chars().count(), most, "characters");
        if is_broken {
            self.wrong(file, entry.line, format!("`{}` has to be one line", entry.path()));
        }
        if slot.is_title() {
            self.too_long(file, entry, "the title", entry.head.key.chars().count(), 40, "characters");
        }
    }

    fn too_long(&mut self, file: &str, entry: &Entry, name: &str, count: usize, most: usize, unit: &str) {
        if count > most {
            self.wrong(file, entry.line, format!("`{name}` has {count} {unit}; {most} is the most"));
        }
    }

    fn items(&mut self, file: &str, entry: &Entry) {
        for (nth, line) in entry.lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let number = entry.text_line + nth;
            let Some(item) = item(line) else {
                self.wrong(file, number, "a list's line has to look like `- key: Name — line`");
                continue;
            };
            self.too_long(file, entry, &item.key, item.name.chars().count(), NAME_CHARS_MAX, "characters in its name");
            self.too_long(file, entry, &item.key, item.line.chars().count(), ITEM_CHARS_MAX, "characters in its line");
        }
    }

    fn titled(&mut self, file: &str, entry: &Entry) {
        let (title, text) = entry.first_and_rest();
        self.too_long(file, entry, "the title", title.chars().count(), 40, "characters");
        self.too_long(file, entry, "the invitation", text.chars().count(), 300, "characters");
        if text.is_empty() && !title.is_empty() {
            self.missing(
                file,
                entry.line,
                format!("`{}` needs an invitation below its title, for as long as it is empty", entry.path()),
            );
        }
    }

    fn flat(&mut self, sheets: &BTreeMap<&str, Sheet>) {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for name in PHRASES.into_iter().chain([LABELS, CANVAS, REPORT]) {
            let Some(sheet) = sheets.get(name) else {
                self.missing(&format!("{}/{name}.md", self.language), 1, "this file is missing");
                continue;
            };
            // Refusals, replies and notices are said by key alone, so a key stands once among them.
            if !PHRASES.contains(&name) {
                seen.clear();
            }
            let most = match name {
                CANVAS => CANVAS_CHARS_MAX,
                REPORT => REPORT_CHARS_MAX,
                _ => PHRASE_CHARS_MAX,
            };
            for entry in sheet.entries.iter().filter(|entry| entry.head.kind != TITLE) {
                if entry.sub.is_some() {
                    self.wrong(&sheet.file, entry.line, "this file has `##` headings only");
                    continue;
                }
                let key = entry.head.to_string();
                if let Some(place) = seen.insert(key.clone(), sheet.file.clone()) {
                    self.wrong(&sheet.file, entry.line, format!("`## {key}` stands in {place} already"));
                }
                self.phrase(&sheet.file, entry, most);
            }
        }
        if let Some(sheet) = sheets.get(PHRASES[0]) {
            self.refusals(sheet);
        }
    }

    fn phrase(&mut self, file: &str, entry: &Entry, most: usize) {
        if entry.lines.is_empty() {
            self.wrong(file, entry.line, format!("`{}` has no words below it", entry.path()));
            return;
        }
        let Some(names) = self.gap_names(file, entry) else { return };
        let said = refusals::said(&entry.head.kind).map(|said| said.with);
        let samples = said.unwrap_or_else(|| names.into_iter().map(|name| (name, "7".to_owned())).collect());
        if let Some(text) = self.filled(file, entry, &samples, None) {
            self.too_long(file, entry, &entry.path(), text.chars().count(), most, "characters");
        }
    }

    fn refusals(&mut self, sheet: &Sheet) {
        for key in Refusal::KEYS {
            if sheet.find(&Name::new(key, ""), None).is_none() {
                self.missing(&sheet.file, 1, format!("the refusal `## {key}` is missing"));
            }
        }
        for entry in sheet.entries.iter().filter(|entry| entry.head.kind != TITLE && entry.sub.is_none()) {
            let key = entry.head.to_string();
            if !Refusal::KEYS.contains(&key.as_str()) {
                self.wrong(
                    &sheet.file,
                    entry.line,
                    format!("nothing is refused as `{key}`; mend the heading or take it out"),
                );
                continue;
            }
            let with = refusals::said(&key).map(|said| said.with).unwrap_or_default();
            for name in self.gap_names(&sheet.file, entry).unwrap_or_default() {
                if !with.contains_key(&name) {
                    let there: Vec<&str> = with.keys().map(String::as_str).collect();
                    self.wrong(
                        &sheet.file,
                        entry.line,
                        format!("`{key}` has no gap `{name}`; it has: {}", listed(&there)),
                    );
                }
            }
        }
    }

    fn strangers(&mut self, sheets: &BTreeMap<&str, Sheet>) {
        for (name, sheet) in sheets {
            let is_known =
                self.plan.phase(name).is_some() || PHRASES.contains(name) || [LABELS, CANVAS, REPORT].contains(name);
            if !is_known {
                self.wrong(&sheet.file, 1, format!("no phase is called `{name}`; mend the file's name or take it out"));
            }
        }
    }

    /// A translation may use no gap that the default words do not use: it would stay empty.
    fn same_gaps(&mut self, sheets: &BTreeMap<&str, Sheet>, default: &BTreeMap<&str, Sheet>) {
        for (name, sheet) in sheets.iter().filter(|(name, _)| PHRASES[1..].contains(name)) {
            for entry in sheet.entries.iter().filter(|entry| entry.head.kind != TITLE) {
                let Some(original) = default.get(name).and_then(|sheet| sheet.find(&entry.head, None)) else {
                    self.wrong(&sheet.file, entry.line, format!("`{}` is not among the default words", entry.path()));
                    continue;
                };
                let there = gaps::names(&original.text()).unwrap_or_default();
                let own = gaps::names(&entry.text()).unwrap_or_default();
                for gap in own.iter().filter(|gap| !there.contains(gap)) {
                    self.wrong(&sheet.file, entry.line, format!("`{}` has no gap `{gap}`", entry.path()));
                }
            }
        }
    }

    fn gap_names(&mut self, file: &str, entry: &Entry) -> Option<Vec<String>> {
        match gaps::names(&entry.text()) {
            Ok(names) => Some(names),
            Err(broken) => {
                self.wrong(
                    file,
                    entry.text_line + broken.line - 1,
                    format!("this text cannot be read: {}", broken.what),
                );
                None
            }
        }
    }

    /// The text as it will stand there; nothing if a gap is wrong, which is told.
    fn filled(&mut self, file: &str, entry: &Entry, samples: &Gaps, known: Option<&BTreeSet<&str>>) -> Option<String> {
        let names = self.gap_names(file, entry)?;
        if let Some(known) = known
            && let Some(name) = names.iter().find(|name| !known.contains(name.as_str()))
        {
            let there: Vec<&str> = known.iter().copied().collect();
            self.wrong(file, entry.line, format!("`{}` has no gap `{name}`; it has: {}", entry.path(), listed(&there)));
            return None;
        }
        let mut samples = samples.clone();
        for name in names {
            samples.entry(name).or_insert_with(|| "Amara".to_owned());
        }
        match gaps::fill(&entry.text(), &samples) {
            Ok(text) => Some(text),
            Err(broken) => {
                self.wrong(
                    file,
                    entry.text_line + broken.line - 1,
                    format!("this text cannot be filled: {}", broken.what),
                );
                None
            }
        }
    }
}

pub(super) fn listed(names: &[&str]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
