//! Words and plan: files read into checked values, every fault reported at once.

use std::collections::BTreeMap;

pub use canonical::{canonical, fingerprint};
pub use words::Words;

use self::sheet::Sheet;
use crate::path::Plan;

mod canonical;
mod check;
mod gaps;
mod plan_file;
mod sheet;
mod shipped;
mod slots;
mod words;

#[cfg(test)]
mod tests;

/// The language whose words are complete and stand in where another language has none.
pub const DEFAULT_LANGUAGE: &str = "en";

/// What can be asked and said: one plan, and its words in each language.
#[derive(Clone, Debug)]
pub struct Prompts {
    /// The plan, its lists filled with the words of the default language.
    pub plan: Plan,
    /// Words by language, `en` always among them.
    pub words: BTreeMap<String, Words>,
}

impl Prompts {
    /// The words of a language; the default ones if it is not there.
    #[must_use]
    pub fn words_in(&self, language: &str) -> Option<&Words> {
        self.words.get(language).or_else(|| self.words.get(DEFAULT_LANGUAGE))
    }

    /// The plan with its lists (roles, assessment fields, ground rules) in a language.
    #[must_use]
    pub fn plan_in(&self, language: &str) -> Plan {
        let mut plan = self.plan.clone();
        if let Some(words) = self.words.get(language) {
            fill_lists(&mut plan, words);
        }
        plan
    }
}

/// The words of one phase.
#[derive(Clone, Debug, Default)]
pub struct PhaseWords {
    /// Its name.
    pub title: String,
    /// What it is for, in a sentence or two.
    pub about: String,
}

/// The words of one sitting.
#[derive(Clone, Debug, Default)]
pub struct SittingWords {
    /// Its name.
    pub title: String,
    /// What invites to it in the channel, at most 600 characters; hosts may put their own text in its place.
    pub post: String,
    /// What it fills on the canvas: stands below whatever invites.
    pub canvas: String,
    /// What *Read more* shows; may be empty.
    pub more: String,
    /// What is said to someone who has done it all: thanks, and what happens next.
    /// Has the gap `{{ name }}`: see [`Words::thanks`].
    pub thanks: String,
    /// What stands above the result when it closes.
    pub close: String,
}

/// The words of one ask.
#[derive(Clone, Debug, Default)]
pub struct AskWords {
    /// Its name, also used for its button and in refusals.
    pub title: String,
    /// The question, at most 15 words.
    pub question: String,
    /// Some help; may be empty.
    pub help: String,
    /// One example from another issue.
    pub example: String,
    /// Label and hint of each field, by key.
    pub fields: BTreeMap<String, FieldWords>,
    /// Words of each choice, by field key and choice key.
    pub choices: BTreeMap<(String, String), String>,
    /// What each pile of figures is called, by key.
    pub piles: BTreeMap<String, String>,
    /// For something to read: its pages, at least one.
    pub pages: Vec<String>,
    /// One line for its subcommand, at most 100 characters.
    pub command: String,
}

/// The words of one field.
#[derive(Clone, Debug, Default)]
pub struct FieldWords {
    /// Its label, at most 45 characters.
    pub label: String,
    /// A hint inside the empty box, at most 100 characters.
    pub hint: String,
    /// How the canvas says the label, of whoever answered: at most 45 characters, empty if it says it alike.
    pub told: String,
}

/// The words of one canvas section.
#[derive(Clone, Debug, Default)]
pub struct SectionWords {
    /// Its name.
    pub title: String,
    /// What stands there while it is empty: an invitation.
    pub empty: String,
}

/// A fault in plan or words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct PromptError {
    /// The file, relative to the prompts folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and how to mend it.
    pub what: String,
}

/// The files built into the program: name relative to the prompts folder, and text.
#[must_use]
pub fn built_in() -> Vec<(String, String)> {
    shipped::FILES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Every fault in plan and words at once; none: they can be used.
#[must_use]
pub fn check(files: &[(String, String)]) -> Vec<PromptError> {
    load(files).err().unwrap_or_default()
}

/// Where short texts are unlike those that the program was made with: one that is said nowhere, one that is
/// missing, a gap that nothing fills. A partnership's own words are used all the same, with a hole there.
#[must_use]
pub fn unlike_shipped(files: &[(String, String)]) -> Vec<PromptError> {
    let mut faults = Vec::new();
    let shipped = built_in();
    let (own, shipped) = (read_sheets(files, &mut Vec::new()), read_sheets(&shipped, &mut Vec::new()));
    if let (Some(own), Some(shipped)) = (own.get(DEFAULT_LANGUAGE), shipped.get(DEFAULT_LANGUAGE)) {
        check::short_texts(own, shipped, &mut faults);
    }
    in_order(faults)
}

/// Reads files into a plan and words. Read are `path.toml` and `<language>/<name>.md`; other files
/// are left alone.
///
/// # Errors
/// Every fault found, not only the first.
pub fn load(files: &[(String, String)]) -> Result<Prompts, Vec<PromptError>> {
    let mut faults = Vec::new();
    let plan_text = files.iter().find(|(name, _)| name == plan_file::FILE).map(|(_, text)| text.as_str());
    let plan = plan_text.and_then(|text| plan_file::read(text, &mut faults));
    if plan_text.is_none() {
        faults.push(fault(plan_file::FILE, 1, "this file is missing; it says which phases there are"));
    }
    let sheets = read_sheets(files, &mut faults);
    let (Some(mut plan), Some(plan_text)) = (plan, plan_text) else { return Err(in_order(faults)) };

    let mut words = BTreeMap::new();
    for (language, sheets) in &sheets {
        let mut taken = Words::default();
        for (name, sheet) in sheets {
            taken.take(&plan, name, sheet);
        }
        words.insert((*language).to_owned(), taken);
    }
    if let Some(default) = words.get(DEFAULT_LANGUAGE).cloned() {
        fill_lists(&mut plan, &default);
        for other in words.values_mut() {
            other.fall_back_on(&default);
        }
    }
    check::plan(&plan, plan_text, &mut faults);
    check::words(&plan, &sheets, &mut faults);
    if faults.is_empty() { Ok(Prompts { plan, words }) } else { Err(in_order(faults)) }
}

/// The sheets of each language, by name without ending.
type Sheets<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Sheet>>;

fn read_sheets<'a>(files: &'a [(String, String)], faults: &mut Vec<PromptError>) -> Sheets<'a> {
    let mut sheets = Sheets::new();
    for (file, text) in files {
        let Some((language, name)) = file.split_once('/') else { continue };
        if let Some(name) = name.strip_suffix(".md") {
            sheets.entry(language).or_default().insert(name, Sheet::read(file, text, faults));
        }
    }
    sheets
}

fn fill_lists(plan: &mut Plan, words: &Words) {
    for list in &mut plan.lists {
        list.items = words.items(&list.key).to_vec();
    }
}

fn fault(file: &str, line: usize, what: impl Into<String>) -> PromptError {
    PromptError { file: file.to_owned(), line, what: what.into() }
}

fn in_order(mut faults: Vec<PromptError>) -> Vec<PromptError> {
    faults.sort_by(|one, other| (&one.file, one.line, &one.what).cmp(&(&other.file, other.line, &other.what)));
    faults.dedup();
    faults
}
