//! Saying how a rehearsal goes: plain lines on the output stream.

use std::io::Write;

/// Says one thing; a reader who left early is no fault.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
