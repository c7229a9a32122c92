//! Words as they reach us: cleaned once at the door, counted as a person would count them.
//!
//! Everything here works on what people see, not on bytes: a flag is one character, a word in
//! Arabic or Devanagari keeps the marks it needs. Counting sentences and finding likeness are
//! advice: they may lead to a question, never to a refusal that cannot be overruled.

mod clean;
mod kinship;
mod likeness;
#[cfg(test)]
mod tests;

use unicode_segmentation::UnicodeSegmentation;

pub use clean::clean;
pub use kinship::{Kin, TEXTS_MAX, kin};
pub use likeness::{ALIKE, Gist, likeness};

/// How many characters a person sees (grapheme clusters of Unicode's annex 29).
#[must_use]
pub fn chars(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Whether two names say the same: whatever their case, and however accents, spaces and signs are written.
#[must_use]
pub fn is_same_name(one: &str, other: &str) -> bool {
    let (words, others) = (likeness::words(one), likeness::words(other));
    if words.is_empty() && others.is_empty() { one.trim() == other.trim() } else { words == others }
}

/// How many sentences it seems to be; none if there is no word in it.
///
/// A blank line ends a sentence, a single line break does not. `Dr.`, `U.K.`, `z. B.` and their
/// like do not end one either, as far as they are known here: no program knows them all, nor
/// whether *the U.K.* was the end. So whoever asks for one sentence takes this as advice and
/// leaves people a way to say *it is one*.
#[must_use]
pub fn sentences(text: &str) -> usize {
    text.split("\n\n").map(|part| in_paragraph(&part.replace('\n', " "))).sum()
}

fn in_paragraph(text: &str) -> usize {
    let mut found = 0;
    let mut goes_on = false;
    // Stretches without a word (a stray full stop) are no sentences.
    for stretch in text.unicode_sentences() {
        if !goes_on {
            found += 1;
        }
        goes_on = ends_short(stretch);
    }
    found
}

/// Abbreviations that mostly stand before a capital letter or a number.
const SHORT: &[&str] = &[
    "al", "approx", "art", "bzw", "ca", "cf", "dr", "fig", "gen", "hon", "inc", "jr", "mme", "mr", "mrs", "ms", "no",
    "nr", "prof", "sr", "sra", "st", "vs",
];

/// Whether a stretch ends in an abbreviation rather than in the end of a sentence.
fn ends_short(stretch: &str) -> bool {
    let Some(before) = stretch.trim_end().strip_suffix('.') else { return false };
    let word = before.rsplit(|char: char| !char.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    let one_letter = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    one_letter || SHORT.contains(&word.as_str())
}
