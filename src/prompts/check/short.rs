//! Whether the short texts are those that the program says: each under its key, and with no gap that would stay empty.

use std::collections::BTreeMap;

use super::super::sheet::Sheet;
use super::super::slots::TITLE;
use super::super::words::{CANVAS, LABELS, PHRASES, REPORT};
use super::super::{PromptError, fault, gaps};
use super::words::listed;

/// Adds what is unlike the words that the program was made with to the faults. Which refusals there are, and their gaps,
/// is known without them.
pub(in super::super) fn short_texts(
    own: &BTreeMap<&str, Sheet>,
    shipped: &BTreeMap<&str, Sheet>,
    faults: &mut Vec<PromptError>,
) {
    for name in PHRASES[1..].iter().copied().chain([LABELS, CANVAS, REPORT]) {
        if let (Some(own), Some(shipped)) = (own.get(name), shipped.get(name)) {
            alike(own, shipped, faults);
        }
    }
}

fn alike(own: &Sheet, shipped: &Sheet, faults: &mut Vec<PromptError>) {
    for entry in own.entries.iter().filter(|entry| entry.head.kind != TITLE) {
        let path = entry.path();
        let Some(original) = shipped.find(&entry.head, None) else {
            let what = format!("`{path}` is said nowhere; mend the heading or take it out");
            faults.push(fault(&own.file, entry.line, what));
            continue;
        };
        let there = gaps::names(&original.text()).unwrap_or_default();
        let there: Vec<&str> = there.iter().map(String::as_str).collect();
        for gap in gaps::names(&entry.text()).unwrap_or_default() {
            if !there.contains(&gap.as_str()) {
                let what = format!("`{path}` has no gap `{gap}`; it has: {}", listed(&there));
                faults.push(fault(&own.file, entry.line, what));
            }
        }
    }
    for entry in shipped.entries.iter().filter(|entry| entry.head.kind != TITLE) {
        if own.find(&entry.head, None).is_none() {
            faults.push(fault(&own.file, 1, format!("`{}` is missing: people would read its key", entry.path())));
        }
    }
}
