//! Faults of a script, each with the line it stands on.

use std::fmt;

/// Something wrong in a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// Where: a JSON Pointer (RFC 6901), empty for the whole file.
    pub place: String,
    /// What is wrong, and how to mend it.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => write!(f, "line {}: {}", self.line, self.what),
            place => write!(f, "line {}: {place}: {}", self.line, self.what),
        }
    }
}

/// The line on which a place of a JSON text begins; the nearest one above it that is there.
///
/// The text must be valid JSON. A key is found on the line of the key itself.
#[must_use]
pub fn line_of(text: &str, pointer: &str) -> usize {
    let mut scan = Scan { text: text.as_bytes(), at: 0 };
    let mut line_at = 0;
    for part in pointer.split('/').skip(1) {
        let wanted = part.replace("~1", "/").replace("~0", "~");
        match scan.step_into(&wanted) {
            Some(at) => line_at = at,
            None => break,
        }
    }
    1 + text.as_bytes().iter().take(line_at).filter(|byte| **byte == b'\n').count()
}

/// Walks over JSON text that is known to be valid.
struct Scan<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    /// Goes into a member or an element; gives where it begins.
    fn step_into(&mut self, wanted: &str) -> Option<usize> {
        self.space();
        let is_object = self.byte() == Some(b'{');
        if !is_object && self.byte() != Some(b'[') {
            return None;
        }
        self.at += 1;
        for index in 0_usize.. {
            self.space();
            if matches!(self.byte(), None | Some(b'}' | b']')) {
                return None;
            }
            let start = self.at;
            let found = if is_object {
                let key = self.string();
                self.space();
                self.at += 1;
                key == wanted
            } else {
                index.to_string() == wanted
            };
            self.space();
            if found {
                return Some(start);
            }
            self.skip();
            self.space();
            if self.byte() == Some(b',') {
                self.at += 1;
            }
        }
        None
    }

    fn byte(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn space(&mut self) {
        while self.byte().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Reads a string and gives its content.
    fn string(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.byte() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        let end = self.at.min(self.text.len());
        serde_json::from_slice(&self.text[start..end]).unwrap_or_default()
    }

    /// Goes past one value.
    fn skip(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.byte() {
            match byte {
                b'"' => drop(self.string()),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b',' | b'}' | b']' if depth == 0 => return,
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
            if depth == 0 && matches!(self.byte(), Some(b',' | b'}' | b']')) {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "{\n  \"a\": [1, {\"x/y\": \"}\\\"\"},\n    [2,\n     3]],\n  \"b\": {\n    \"c\": null\n  }\n}\n";

    #[test]
    fn a_place_is_found_on_its_line() {
        let found: Vec<usize> = ["", "/a", "/a/1/x~1y", "/a/2", "/a/2/1", "/b", "/b/c", "/b/nothing"]
            .iter()
            .map(|p| line_of(TEXT, p))
            .collect();
        assert_eq!(found, [1, 2, 2, 3, 4, 5, 6, 5]);
    }
}
