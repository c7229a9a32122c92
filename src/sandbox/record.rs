//! The record: everything that passed, one JSON object a line, without secrets.
//!
//! REST: `{"at": world_ms, "dir": "request" | "response", "method", "path", "status", "body"}`. Gateway:
//! `{"at": world_ms, "dir": "event" | "frame_out" | "frame_in", "op", "t", "d"}`, where an event is a frame to the
//! bot with `op` 0, and the other two are what else goes out and comes in (hello, heartbeats, identify).
//! The bot's token never gets here; an interaction's token is replaced by `ix-ID-TOKEN`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

/// The line of a frame; `t` only if the frame has one.
pub(crate) fn frame(at: i64, dir: &str, frame: &Value) -> Value {
    let mut line = json!({"at": at, "dir": dir, "op": frame["op"], "d": frame["d"]});
    if !frame["t"].is_null() {
        line["t"] = frame["t"].clone();
    }
    line
}

/// Length of the secret part of an interaction token.
const SECRET_LEN: usize = 32;

/// An open record.
#[derive(Debug)]
pub(crate) struct Record {
    file: Mutex<BufWriter<File>>,
    token: String,
}

impl Record {
    /// Starts a new record file. `token` is what must never stand in it.
    pub(crate) fn create(path: &Path, token: &str) -> std::io::Result<Self> {
        Ok(Self { file: Mutex::new(BufWriter::new(File::create(path)?)), token: token.to_owned() })
    }

    /// Adds lines.
    pub(crate) fn write(&self, lines: &[Value]) {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = String::new();
        for line in lines {
            all.push_str(&redact(&line.to_string(), &self.token));
            all.push('\n');
        }
        if let Err(error) = file.write_all(all.as_bytes()).and_then(|()| file.flush()) {
            super::loud(&format!("the record cannot be written: {error}"));
        }
    }
}

/// Blots out the bot's token and the secret half of interaction tokens.
fn redact(line: &str, token: &str) -> String {
    let line = if token.is_empty() { line.to_owned() } else { line.replace(token, "REDACTED") };
    let mut clean = String::with_capacity(line.len());
    let mut rest = line.as_str();
    while let Some(at) = rest.find("ix-") {
        let (before, from) = rest.split_at(at);
        clean.push_str(before);
        let digits = from[3..].bytes().take_while(u8::is_ascii_digit).count();
        let secret = from[3 + digits..].strip_prefix('-').unwrap_or_default();
        let hex = secret.bytes().take_while(u8::is_ascii_hexdigit).count();
        if digits > 0 && hex == SECRET_LEN {
            clean.push_str(&from[..3 + digits]);
            clean.push_str("-TOKEN");
            rest = &secret[hex..];
        } else {
            clean.push_str("ix-");
            rest = &from[3..];
        }
    }
    clean.push_str(rest);
    clean
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn secrets_are_blotted_out() {
        let secret = "0123456789abcdef0123456789abcdef";
        let line = format!("a ix-77-{secret}/callback six-pack tok b ix-77-{secret}");
        assert_eq!(redact(&line, "tok"), "a ix-77-TOKEN/callback six-pack REDACTED b ix-77-TOKEN");
    }
}
