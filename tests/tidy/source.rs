//! A Rust file as a reviewer reads it: code, comments and literals apart, each with its line, and
//! the lines that only tests are built from.

use std::fmt;
use std::ops::Range;

/// One thing a rule has found.
#[derive(Debug)]
pub struct Finding {
    /// The file, from the top of the project.
    pub path: String,
    /// The line, counted from 1; 0 if the file as a whole is meant.
    pub line: usize,
    /// What is wrong, and what to do instead.
    pub says: String,
}

impl Finding {
    pub fn new(path: &str, line: usize, says: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, says: says.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.says),
            line => write!(f, "{}:{line}: {}", self.path, self.says),
        }
    }
}

/// A file, taken apart.
pub struct Source {
    /// Where it lies, from the top of the project.
    pub path: String,
    /// The text as it stands.
    pub text: String,
    /// The code: as long as the text, comments and the insides of literals blanked out.
    pub code: String,
    /// Comments, by the line they start on.
    pub comments: Vec<(usize, String)>,
    /// String literals, by the line they start on.
    pub literals: Vec<(usize, String)>,
    /// Modules that only tests have: `#[cfg(test)] mod name;`.
    pub test_modules: Vec<String>,
    /// Line ranges that only tests have.
    tests: Vec<Range<usize>>,
    /// Whether the whole file is a test's.
    pub is_test: bool,
}

impl Source {
    /// Takes a file apart.
    pub fn read(path: &str, text: &str) -> Self {
        let parts = Scanner::new(text).scan();
        let mut source = Self {
            path: path.to_owned(),
            text: text.to_owned(),
            code: parts.code,
            comments: parts.comments,
            literals: parts.literals,
            test_modules: Vec::new(),
            tests: Vec::new(),
            is_test: false,
        };
        source.find_tests();
        source
    }

    /// Whether a line is built for tests only.
    pub fn in_test(&self, line: usize) -> bool {
        self.is_test || self.tests.iter().any(|lines| lines.contains(&line))
    }

    /// The folder under `src/` it belongs to; `""` for files that lie in `src/` itself.
    pub fn ring(&self) -> &str {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inner.split_once('/').map_or("", |(ring, _)| ring)
    }

    /// The lines of code outside tests, counted from 1.
    pub fn product_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(n, line)| (n + 1, line)).filter(|(line, _)| !self.in_test(*line))
    }

    /// The literals outside tests.
    pub fn product_literals(&self) -> impl Iterator<Item = (usize, &str)> {
        let literals = self.literals.iter().filter(|(line, _)| !self.in_test(*line));
        literals.map(|(line, text)| (*line, text.as_str()))
    }

    /// The modules that lie in files of their own: `mod name;`.
    pub fn modules(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (n, line) in self.code.lines().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            if let Some(at) = words.iter().position(|word| *word == "mod")
                && let Some(name) = words.get(at + 1).and_then(|word| word.strip_suffix(';'))
            {
                found.push((n + 1, name.to_owned()));
            }
        }
        found
    }

    fn find_tests(&mut self) {
        for mark in ["#[cfg(test)]", "#[cfg(all(test"] {
            let starts: Vec<usize> = self.code.match_indices(mark).map(|(at, _)| at).collect();
            for start in starts {
                let end = item_end(&self.code, start);
                let item = &self.code[start..end];
                if let Some(name) = item.trim_end_matches(';').rsplit("mod ").next()
                    && item.ends_with(';')
                {
                    self.test_modules.push(name.trim().to_owned());
                }
                self.tests.push(line_of(&self.code, start)..line_of(&self.code, end) + 1);
            }
        }
    }
}

/// The line of a place in a text, counted from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Where an item with its attributes ends: after its `;` or its closing brace.
fn item_end(code: &str, start: usize) -> usize {
    let mut depth = 0_i32;
    let mut braced = false;
    for (at, letter) in code[start..].char_indices() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '{' => {
                depth += 1;
                braced = true;
            }
            '}' => {
                depth -= 1;
                if depth <= 0 && braced {
                    return start + at + 1;
                }
            }
            ';' if depth == 0 => return start + at + 1,
            _ => {}
        }
    }
    code.len()
}

#[derive(Default)]
struct Parts {
    code: String,
    comments: Vec<(usize, String)>,
    literals: Vec<(usize, String)>,
}

/// Walks through a text once, knowing as much of Rust as telling the three apart needs.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    parts: Parts,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1, parts: Parts::default() }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn scan(mut self) -> Parts {
        while let Some(letter) = self.rest().chars().next() {
            if self.rest().starts_with("//") {
                let len = self.rest().find('\n').unwrap_or(self.rest().len());
                self.comment(len);
            } else if self.rest().starts_with("/*") {
                self.comment(block_len(self.rest()));
            } else if let Some((open, close)) = self.opens_literal() {
                self.literal(open, &close);
            } else if letter == '\'' {
                self.quote();
            } else {
                self.keep(letter.len_utf8());
            }
        }
        self.parts
    }

    fn keep(&mut self, len: usize) {
        let kept = &self.rest()[..len];
        self.line += kept.matches('\n').count();
        self.parts.code.push_str(kept);
        self.at += len;
    }

    /// Blanks out, so that places in the code are places in the text.
    fn blank(&mut self, len: usize) {
        for byte in self.rest()[..len].bytes() {
            self.parts.code.push(if byte == b'\n' { '\n' } else { ' ' });
            self.line += usize::from(byte == b'\n');
        }
        self.at += len;
    }

    fn comment(&mut self, len: usize) {
        let line = self.line;
        self.parts.comments.push((line, self.rest()[..len].to_owned()));
        self.blank(len);
    }

    /// Length of what opens a string literal here, and what will close it.
    fn opens_literal(&self) -> Option<(usize, String)> {
        let before = self.text[..self.at].chars().next_back();
        let rest = self.rest();
        if rest.starts_with('"') {
            return Some((1, "\"".to_owned()));
        }
        if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_') {
            return None;
        }
        let prefix = rest.bytes().take_while(|byte| matches!(byte, b'b' | b'c' | b'r')).count();
        let hashes = rest[prefix..].bytes().take_while(|byte| *byte == b'#').count();
        let is_raw = rest[..prefix].contains('r');
        let opened = rest[prefix + hashes..].starts_with('"') && prefix > 0 && (is_raw || hashes == 0);
        opened
            .then(|| (prefix + hashes + 1, if is_raw { format!("\"{}", "#".repeat(hashes)) } else { "\"".to_owned() }))
    }

    fn literal(&mut self, open: usize, close: &str) {
        let is_raw = self.rest()[..open].contains('r');
        let line = self.line;
        self.keep(open);
        let body = self.rest();
        let mut len = 0;
        while len < body.len() && !body[len..].starts_with(close) {
            let letter = body[len..].chars().next().map_or(1, char::len_utf8);
            len += letter;
            if !is_raw && body[..len].ends_with('\\') {
                len += body[len..].chars().next().map_or(0, char::len_utf8);
            }
        }
        self.parts.literals.push((line, body[..len].to_owned()));
        self.blank(len);
        self.keep(close.len().min(self.rest().len()));
    }

    /// A quote opens a character or marks a lifetime.
    fn quote(&mut self) {
        let rest = self.rest();
        let mut letters = rest[1..].chars();
        let first = letters.next();
        let len = match (first, letters.next()) {
            (Some('\\'), _) => {
                rest[2..].find('\'').map(|at| at + 3).map(|len| len + usize::from(rest[2..].starts_with('\'')))
            }
            (Some(letter), Some('\'')) => Some(letter.len_utf8() + 2),
            _ => None,
        };
        match len {
            Some(len) => self.blank(len),
            None => self.keep(1),
        }
    }
}

fn block_len(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn code_comments_and_literals_are_told_apart() {
        let text = "//! Idea.\nlet a = \"x // \\\" y\"; /* b /* c */ */ let d = r#\"e \"f\" \"#;\nlet g = '\"'; let h: &'a str = b\"i\"; let j = '\\''; // k";
        let source = Source::read("src/x.rs", text);
        assert_eq!(source.code.len(), text.len());
        let comments: Vec<_> = source.comments.iter().map(|(line, text)| (*line, text.as_str())).collect();
        assert_eq!(comments, [(1, "//! Idea."), (2, "/* b /* c */ */"), (3, "// k")]);
        let literals: Vec<_> = source.literals.iter().map(|(line, text)| (*line, text.as_str())).collect();
        assert_eq!(literals, [(2, "x // \\\" y"), (2, "e \"f\" "), (3, "i")]);
        assert!(source.code.contains("&'a str"), "{}", source.code);
    }

    #[test]
    fn what_only_tests_have_is_known() {
        let text = "mod a;\n#[cfg(test)]\nmod tests;\nfn b() {}\n#[cfg(test)]\n#[expect(dead_code)]\nmod c {\n    fn d() {}\n}\nfn e() {}\n";
        let source = Source::read("src/x.rs", text);
        assert_eq!(source.test_modules, ["tests"]);
        let tests: Vec<usize> = (1..=10).filter(|line| source.in_test(*line)).collect();
        assert_eq!(tests, [2, 3, 5, 6, 7, 8, 9]);
        let modules: Vec<String> = source.modules().into_iter().map(|(_, name)| name).collect();
        assert_eq!(modules, ["a", "tests"]);
    }
}
