//! A comparison as a Markdown outline: headings and bullets, made to be listened to.

use std::fmt::Write as _;

use super::captions::{self, Captions};
use super::compare::{Comparison, Different, Side};
use super::escape::markdown;

/// What came, went and changed, as Markdown. All words are the canvas's own, by the captions of the newer one.
#[must_use]
pub fn comparison_outline(comparison: &Comparison) -> String {
    let mut text = format!("# {}\n\n", say(comparison, "compare", &[]));
    let [old, new] = [&comparison.old, &comparison.new].map(|side| called(comparison, side));
    let _ = writeln!(text, "{}\n", say(comparison, "compare-from", &[("old", &old), ("new", &new)]));
    if comparison.is_nothing() {
        let _ = writeln!(text, "{}", say(comparison, "compare-nothing", &[]));
        return text;
    }
    let [came, went, changed] = [comparison.came, comparison.went, comparison.changed].map(|n| n.to_string());
    let counts = [("came", came.as_str()), ("went", &went), ("changed", &changed)];
    let _ = writeln!(text, "{}", say(comparison, "compare-counts", &counts));
    for part in &comparison.parts {
        let _ = write!(text, "\n## {}\n\n", markdown(&part.title));
        bullets(&mut text, comparison, part);
    }
    text
}

fn bullets(text: &mut String, comparison: &Comparison, part: &Different) {
    for line in &part.came {
        let _ = writeln!(text, "- {}", say(comparison, "compare-came", &[("text", &line.text)]));
    }
    for line in &part.changed {
        let before = line.before.join(" / ");
        let _ = writeln!(text, "- {}", say(comparison, "compare-before", &[("text", &before)]));
        let _ = writeln!(text, "  - {}", say(comparison, "compare-after", &[("text", &line.after)]));
    }
    for line in &part.went {
        let _ = writeln!(text, "- {}", say(comparison, "compare-went", &[("text", &line.text)]));
    }
}

/// One of the canvas's words with its gaps filled. People's words stand in the last gap to be filled, so that
/// nothing in them is read as a gap.
fn say(comparison: &Comparison, key: &str, gaps: &[(&str, &str)]) -> String {
    let word = comparison.words.get(&key.replace('-', "_")).cloned().unwrap_or_default();
    let filled = gaps.iter().fold(word, |word, (gap, value)| captions::fill(&word, gap, value));
    markdown(&filled)
}

/// A canvas by its version, if it has one, and its day.
fn called(comparison: &Comparison, side: &Side) -> String {
    let months = comparison.words.get("months").cloned().unwrap_or_default();
    let labels = [("canvas-months".to_owned(), months)].into();
    let day = Captions { labels, ..Captions::default() }.day_of(side.at);
    let version = side.version.map(|nth| {
        let word = comparison.words.get("version").map_or("", String::as_str);
        captions::fill(word, "n", &nth.to_string())
    });
    version.map_or_else(|| day.clone(), |version| format!("{version}, {day}"))
}
