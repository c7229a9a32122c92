//! Words as they reach us: cleaned once at the door, counted as a person would count them.
//!
//! Everything here works on what people see, not on bytes: a flag is one character, a word in
//! Arabic or Devanagari keeps the marks it needs. Counting sentences and finding likeness are
//! advice: they may lead to a question, never to a refusal that cannot be overruled.

mod clean;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

pub use clean::clean;

/// How many characters a person sees (grapheme clusters of Unicode's annex 29).
#[must_use]
pub fn chars(text: &str) -> usize {
    text.graphemes(true).count()
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

/// How alike two texts look, from 0 to 1: the shared part of their runs of three letters, or of
/// two where one of the texts has no spaces. Case, accents' spelling and punctuation do not
/// matter. Only ever a hint: *these look alike?*
#[must_use]
pub fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (plain(one), plain(other));
    let run = if one.contains(' ') && other.contains(' ') { 3 } else { 2 };
    let (one, other) = (runs(&one, run), runs(&other, run));
    let shared = one.intersection(&other).count();
    let all = one.len() + other.len() - shared;
    if all == 0 { 0.0 } else { ratio(shared, all) }
}

fn ratio(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap_or(u32::MAX)) / f64::from(u32::try_from(whole).unwrap_or(u32::MAX))
}

/// Lower case, compatibility forms joined (NFKC), everything but letters, marks and digits as one
/// space.
fn plain(text: &str) -> String {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    let counts = |char: char| char.is_alphanumeric() || is_combining_mark(char);
    folded.split(|char| !counts(char)).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// All runs of so many letters. Where words have spaces, one before the first and after the last
/// word counts too; a text shorter than a run is one run.
fn runs(text: &str, length: usize) -> BTreeSet<Vec<char>> {
    if text.is_empty() {
        return BTreeSet::new();
    }
    let letters: Vec<char> =
        if text.contains(' ') { format!(" {text} ").chars().collect() } else { text.chars().collect() };
    letters.windows(length.min(letters.len())).map(<[char]>::to_vec).collect()
}
