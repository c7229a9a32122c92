//! One words file, read into headings and the texts below them.
//!
//! A file is plain Markdown so that a facilitator can change it in any editor: headings are keys,
//! what stands below is said. Lines that follow one another are one paragraph; an empty line, a list
//! item or two spaces at the end of a line keep the break. `<!-- … -->` is a note for editors.

use super::PromptError;

/// A heading's words: `ask: causes` is kind `ask` and key `causes`; `post` is kind `post` without a key.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    /// What stands before the colon.
    pub kind: String,
    /// What stands behind it; empty if there is no colon.
    pub key: String,
}

impl Name {
    pub fn new(kind: &str, key: &str) -> Self {
        Self { kind: kind.to_owned(), key: key.to_owned() }
    }

    fn read(heading: &str) -> Self {
        match heading.split_once(':') {
            Some((kind, key)) => Self::new(kind.trim(), key.trim()),
            None => Self::new(heading.trim(), ""),
        }
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.key.is_empty() { write!(out, "{}", self.kind) } else { write!(out, "{}: {}", self.kind, self.key) }
    }
}

/// One text: under which headings it stands, and on which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The `##` heading (or the `#` heading: then its kind is `#` and its key the whole title).
    pub head: Name,
    /// The `###` heading, if the text stands under one.
    pub sub: Option<Name>,
    /// The lines, as written, without empty ones at either end.
    pub lines: Vec<String>,
    /// The heading's line, from 1.
    pub line: usize,
    /// The line on which the text begins, from 1.
    pub text_line: usize,
}

impl Entry {
    /// The text: wrapped lines joined, paragraphs kept.
    pub fn text(&self) -> String {
        joined(&self.lines)
    }

    /// The first line, and the text of the others.
    pub fn first_and_rest(&self) -> (String, String) {
        match self.lines.split_first() {
            Some((first, rest)) => (first.trim().to_owned(), joined(rest).trim().to_owned()),
            None => (String::new(), String::new()),
        }
    }

    /// How the text is called in a fault.
    pub fn path(&self) -> String {
        let head = if self.head.kind == "#" { format!("# {}", self.head.key) } else { format!("## {}", self.head) };
        match &self.sub {
            Some(sub) => format!("{head} › ### {sub}"),
            None => head,
        }
    }
}

/// A file of words.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// Its name, relative to the prompts folder.
    pub file: String,
    /// Its texts in order.
    pub entries: Vec<Entry>,
}

impl Sheet {
    /// Reads a file. What cannot be read is added to the faults, the rest is kept.
    pub fn read(file: &str, text: &str, faults: &mut Vec<PromptError>) -> Self {
        let mut sheet = Self { file: file.to_owned(), entries: Vec::new() };
        let mut comment = false;
        for (index, raw) in text.lines().enumerate() {
            let line = without_comments(raw, &mut comment);
            if line.trim().is_empty() && !raw.trim().is_empty() {
                continue;
            }
            if let Err(what) = sheet.take(&line, index + 1) {
                faults.push(PromptError { file: file.to_owned(), line: index + 1, what });
            }
        }
        if comment {
            let what = "a note begins with `<!--` and never ends; close it with `-->`".to_owned();
            faults.push(PromptError { file: file.to_owned(), line: text.lines().count().max(1), what });
        }
        for entry in &mut sheet.entries {
            entry.text_line += trim(&mut entry.lines);
        }
        sheet
    }

    fn take(&mut self, line: &str, number: usize) -> Result<(), String> {
        let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        let heading = line.get(hashes..).unwrap_or_default();
        if hashes > 0 && heading.starts_with(' ') {
            return self.head(hashes, heading.trim(), number);
        }
        match self.entries.last_mut() {
            Some(entry) => entry.lines.push(line.to_owned()),
            None if line.trim().is_empty() => {}
            None => return Err("text before the first heading belongs to nothing; put a heading above it".to_owned()),
        }
        Ok(())
    }

    fn head(&mut self, level: usize, heading: &str, line: usize) -> Result<(), String> {
        let (head, sub) = match level {
            1 => (Name::new("#", heading), None),
            2 => (Name::read(heading), None),
            3 => {
                let above = self.entries.last().map(|entry| entry.head.clone());
                (above.ok_or("a `###` heading needs a `##` heading above it")?, Some(Name::read(heading)))
            }
            _ => return Err("headings go down to `###`; this one has more".to_owned()),
        };
        self.entries.push(Entry { head, sub, lines: Vec::new(), line, text_line: line + 1 });
        Ok(())
    }

    /// The text under these headings.
    pub fn find(&self, head: &Name, sub: Option<&Name>) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.head == *head && entry.sub.as_ref() == sub)
    }
}

fn without_comments(raw: &str, open: &mut bool) -> String {
    let mut kept = String::new();
    let mut rest = raw;
    loop {
        let mark = if *open { "-->" } else { "<!--" };
        let Some((before, after)) = rest.split_once(mark) else { break };
        if !*open {
            kept.push_str(before);
        }
        *open = !*open;
        rest = after;
    }
    if !*open {
        kept.push_str(rest);
    }
    kept
}

/// Takes empty lines from both ends; says how many from the first.
fn trim(lines: &mut Vec<String>) -> usize {
    while lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
    let first = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(lines.len());
    lines.drain(..first);
    first
}

fn joined(lines: &[String]) -> String {
    let mut text = String::new();
    let mut wraps = false;
    for line in lines {
        let words = line.trim();
        let is_item = words.starts_with("- ") || words.starts_with("> ") || is_numbered(words);
        if !text.is_empty() {
            text.push(if wraps && !words.is_empty() && !is_item { ' ' } else { '\n' });
        }
        text.push_str(words);
        wraps = !words.is_empty() && !line.ends_with("  ");
    }
    text.trim().to_owned()
}

fn is_numbered(words: &str) -> bool {
    words
        .split_once(". ")
        .is_some_and(|(number, _)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Sheet, Vec<PromptError>) {
        let mut faults = Vec::new();
        let sheet = Sheet::read("en/x.md", text, &mut faults);
        (sheet, faults)
    }

    #[test]
    fn headings_are_keys_and_wrapped_lines_are_one_paragraph() {
        let (sheet, faults) = read("# Title\nSome\nwords.\n\n## ask: a\nName\n### post\nOne\ntwo\n\n- three\n- four\n");
        assert_eq!(faults, []);
        let texts: Vec<(String, String)> = sheet.entries.iter().map(|entry| (entry.path(), entry.text())).collect();
        let expected =
            [("# Title", "Some words."), ("## ask: a", "Name"), ("## ask: a › ### post", "One two\n\n- three\n- four")];
        assert_eq!(texts, expected.map(|(path, text)| (path.to_owned(), text.to_owned())));
    }

    #[test]
    fn notes_for_editors_are_not_said() {
        let (sheet, faults) = read("## a\n<!-- not\nthis -->\nsaid <!-- nor this -->\n");
        assert_eq!((sheet.entries[0].text(), faults), ("said".to_owned(), Vec::new()));
    }

    #[test]
    fn what_belongs_to_nothing_is_told_with_its_line() {
        let lines = |text| read(text).1.iter().map(|fault| fault.line).collect::<Vec<_>>();
        assert_eq!(lines("\nlost\n## a\n#### too deep\n"), [2, 4]);
        assert_eq!(lines("### alone\n"), [1]);
        assert_eq!(lines("## a\n<!-- open\n"), [2]);
    }
}
