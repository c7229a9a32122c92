//! Words and plan: files read into checked values, every fault reported at once.

use std::collections::BTreeMap;

use crate::path::{Plan, Said};

/// What can be asked and said: one plan, and its words in each language.
#[derive(Clone, Debug)]
pub struct Prompts {
    /// The plan, its lists filled with the words of the default language.
    pub plan: Plan,
    /// Words by language, `en` always among them.
    pub words: BTreeMap<String, Words>,
}

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub struct Words {}

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
    /// Its post in the channel: at most 600 characters, minutes and what it fills said.
    pub post: String,
    /// What is said to someone who has done it all: thanks, and what happens next.
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
    Vec::new()
}

/// Reads files into a plan and words.
///
/// # Errors
/// Every fault found, not only the first.
pub fn load(_files: &[(String, String)]) -> Result<Prompts, Vec<PromptError>> {
    Err(Vec::new())
}

impl Words {
    /// Something to be said, worded: a key of `replies.md`, `refusals.md` or `notices.md` with its
    /// gaps filled. People's own words in the gaps stay as they are; escaping for the place is the
    /// caller's. Gaps that hold keys of asks, fields, sittings or piles are turned into their names.
    #[must_use]
    pub fn say(&self, said: &Said) -> String {
        said.key.clone()
    }

    /// A short label of the interface (`start`, `skip`, `write`), from `labels.md`.
    #[must_use]
    pub fn label<'a>(&'a self, key: &'a str) -> &'a str {
        key
    }

    /// The words of a phase.
    #[must_use]
    pub fn phase(&self, _key: &str) -> PhaseWords {
        PhaseWords::default()
    }

    /// The words of a sitting.
    #[must_use]
    pub fn sitting(&self, _key: &str) -> SittingWords {
        SittingWords::default()
    }

    /// The words of an ask.
    #[must_use]
    pub fn ask(&self, _key: &str) -> AskWords {
        AskWords::default()
    }

    /// The words of a canvas section.
    #[must_use]
    pub fn section(&self, _key: &str) -> SectionWords {
        SectionWords::default()
    }
}
