//! The log as Markdown: every word a leaf, so that nothing typed becomes structure.

use std::fmt::Write as _;

use super::{Counted, Entry, Log, Settlement};
use crate::canvas::captions::Captions;
use crate::canvas::escape::markdown as leaf;
use crate::path::Value;

/// The log as Markdown, oldest first.
#[must_use]
pub fn markdown(log: &Log, words: &Captions) -> String {
    let mut out = format!("# {}\n", leaf(&log.title));
    if log.entries.is_empty() {
        let _ = writeln!(out, "\n*{}*", leaf(&log.none));
    }
    for entry in &log.entries {
        write(&mut out, entry, words);
    }
    out
}

fn write(out: &mut String, entry: &Entry, words: &Captions) {
    let about = entry.about.as_ref().map(|about| format!(", {}", leaf(about))).unwrap_or_default();
    let _ = writeln!(
        out,
        "\n## {}\\. {}{about}\n\n{} · {}",
        entry.nth,
        leaf(&entry.title),
        leaf(&entry.day),
        leaf(&entry.said)
    );
    if !entry.reason.is_empty() {
        let _ = writeln!(out, "{}: {}", leaf(words.say("report-why")), leaf(&entry.reason));
    }
    for again in &entry.reopened {
        let _ = writeln!(out, "\n{}", leaf(&again.said));
    }
    out.push('\n');
    for line in &entry.lines {
        let _ = writeln!(out, "- {} (\\#{})", leaf(&line.text), line.card);
        for more in details(line, words) {
            let _ = writeln!(out, "  - {}", leaf(&more));
        }
    }
}

/// What stands below a line: counts, names, what was said with it, who has not answered.
#[must_use]
pub fn details(line: &Settlement, words: &Captions) -> Vec<String> {
    let mut more: Vec<String> = Vec::new();
    more.extend(line.before.as_ref().map(|before| {
        let gaps = [("text", before.text.as_str()), ("card", &format!("#{}", before.card))];
        words.tell("report-log-before", &gaps)
    }));
    // Where several cards were counted that this one was made from, each is named: the same people may be in both.
    let many = line.counts.iter().any(|count| count.card != line.counts[0].card);
    let of_card = |count: &Counted| if many { format!("#{}: ", count.card) } else { String::new() };
    let counts: Vec<String> =
        line.counts.iter().map(|count| format!("{}{}", of_card(count), counted(count, words))).collect();
    more.extend((!counts.is_empty()).then(|| counts.join("; ")));
    more.extend(
        (!line.agreed.is_empty()).then(|| words.tell("report-log-agreed", &[("names", &line.agreed.join(", "))])),
    );
    more.extend(line.remarks.iter().map(|remark| {
        if let Some(condition) = remark.condition() {
            return condition;
        }
        let what = words.word(if remark.value == Value::NotYet { "not-yet" } else { "remark" });
        let by = remark.by.as_ref().map(|by| format!("{by}, ")).unwrap_or_default();
        format!("{by}{what}: {}", remark.text)
    }));
    more.extend((!line.unheard.is_empty()).then(|| words.fill("unheard", "partners", &line.unheard.join(", "))));
    more
}

fn counted(count: &Counted, words: &Captions) -> String {
    let label = if count.label.is_empty() { String::new() } else { format!("{}: ", count.label) };
    format!("{label}{}, {}", words.people(count.people), words.partners(count.partners))
}
