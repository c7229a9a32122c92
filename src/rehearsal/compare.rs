//! The canvas that came of a rehearsal against the one that the script expects: exactly, and every
//! difference told so that a reader sees at once which of the two is wrong.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::prompts::Words;

use super::expect::Expected;
use super::observe;

/// Everything that differs; empty if nothing does.
#[must_use]
pub fn differences(expect: &BTreeMap<String, Expected>, canvas: &Value, words: &Words) -> Vec<String> {
    let sections = canvas["sections"].as_array().cloned().unwrap_or_default();
    let mut found = Vec::new();
    for (key, expected) in expect {
        match sections.iter().find(|section| section["key"] == **key) {
            None => found.push(format!("{key}: the canvas has no such section")),
            Some(section) => one(key, expected, section, words, &mut found),
        }
    }
    found
}

fn one(key: &str, expected: &Expected, section: &Value, words: &Words, found: &mut Vec<String>) {
    let body = &section["body"];
    let mut hold = |part: &str, expected: Vec<String>, seen: Vec<String>| {
        if let Some(difference) = differs(&format!("{key} · {part}"), &expected, &seen) {
            found.push(difference);
        }
    };
    if let Some(sentence) = &expected.sentence {
        let mut lines = vec![sentence.text.clone()];
        lines.extend(sentence.remarks.iter().map(|remark| format!("  remark: {remark}")));
        hold("the sentence", lines, observe::sentence(body, !sentence.remarks.is_empty()));
    }
    if let Some(lines) = &expected.lines {
        if lines.iter().any(|line| line.group.is_some()) {
            let told = lines.iter().map(|line| (line.group.clone().unwrap_or_default(), line.text.clone()));
            hold("lines by group", by_group(told), by_group(observe::grouped(body)));
        } else {
            let told =
                lines.iter().map(|line| observe::line_told(&line.text, line.more.as_deref(), line.from.as_deref()));
            hold("lines", told.collect(), observe::lines(body, lines));
        }
    }
    if let Some(parked) = &expected.parked {
        let told = parked.iter().map(|card| format!("{} – because: {}", card.text, card.reason));
        hold("put aside", told.collect(), observe::parked(section));
    }
    if let Some(rows) = &expected.rows {
        let keys: BTreeSet<&str> = rows.iter().flat_map(|row| row.keys().map(String::as_str)).collect();
        let told = rows.iter().map(|row| observe::row_told(&keys, |key| Some(in_words(key, row.get(key)?, words))));
        hold("rows", sorted(told.collect()), sorted(observe::rows(body, &keys)));
    }
    if let Some(tree) = &expected.tree {
        let mut told = vec![format!("core: {}", tree.core)];
        let mut branches: Vec<String> =
            tree.under.iter().map(|card| format!("{}  under  {}", card.text, card.under)).collect();
        branches.extend(tree.cross.iter().map(|link| format!("{}  leads to  {}", link.from, link.to)));
        told.extend(sorted(branches));
        hold("the tree", told, observe::tree(body));
    }
    if let Some(matrix) = &expected.matrix {
        let told = matrix.iter().map(|(partner, role)| {
            let beside: Vec<&str> = role
                .support
                .iter()
                .map(String::as_str)
                .chain(Some(role.note.as_str()).filter(|note| !note.is_empty()))
                .collect();
            let answer = choice_words(&role.answer, words);
            let answer = match role.condition.as_str() {
                "" => answer,
                condition => format!("{answer}, {condition}"),
            };
            format!("{partner}: {} | {answer} | {}", role.primary, beside.join("; "))
        });
        hold("by partner", sorted(told.collect()), sorted(observe::matrix(body)));
    }
    rest(expected, body, &mut hold);
}

fn rest(expected: &Expected, body: &Value, hold: &mut impl FnMut(&str, Vec<String>, Vec<String>)) {
    if let Some(bars) = &expected.bars {
        let piles = observe::piles(body);
        let told = bars.iter().map(|(card, counts)| {
            let counts: Vec<String> =
                piles.iter().map(|pile| counts.get(pile).copied().unwrap_or_default().to_string()).collect();
            format!("{card}: {}", counts.join(":"))
        });
        hold(&format!("figures ({})", piles.join(":")), sorted(told.collect()), sorted(observe::bars(body)));
    }
    if let Some(steps) = &expected.steps {
        let told =
            steps.iter().map(|step| format!("{} | for {} | {} | {}", step.step, step.for_, step.owner, step.due));
        hold("the steps", sorted(told.collect()), sorted(observe::steps(body)));
    }
    if let Some(words) = &expected.words {
        let told = words.iter().map(|(name, word)| format!("{name}: {word}"));
        hold("words", sorted(told.collect()), sorted(observe::words(body)));
    }
}

/// Groups are known by what they hold, whatever they are called.
fn by_group(lines: impl IntoIterator<Item = (String, String)>) -> Vec<String> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (group, text) in lines {
        groups.entry(group).or_default().push(text);
    }
    sorted(groups.into_values().map(|texts| sorted(texts).join(" / ")).collect())
}

/// Choices stand in scripts by their keys and on the canvas in words.
fn in_words(key: &str, value: &str, words: &Words) -> String {
    let labels = words.canvas_labels();
    let fits = |label: &&String| label.ends_with(&format!(".{key}.{value}"));
    let label = labels.keys().find(fits).and_then(|label| labels.get(label));
    label.cloned().unwrap_or_else(|| value.to_owned())
}

fn choice_words(choice: &str, words: &Words) -> String {
    in_words("answer", choice, words)
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}

fn differs(part: &str, expected: &[String], seen: &[String]) -> Option<String> {
    if expected == seen {
        return None;
    }
    let missing = expected.iter().filter(|line| !seen.contains(line)).map(|line| format!("  - {line}"));
    let odd = seen.iter().filter(|line| !expected.contains(line)).map(|line| format!("  + {line}"));
    let lines: Vec<String> = missing.chain(odd).collect();
    let lines = if lines.is_empty() { vec![format!("  another order or number: {seen:?}")] } else { lines };
    Some(format!("{part} (- expected, + on the canvas):\n{}", lines.join("\n")))
}
