//! How alike two texts look, word by word: no language model, no list of what words mean.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// From this likeness on, two cards are taken to say nearly the same. Chosen by the pairs in
/// `near_doubles_are_told_from_frames` (`path/wording/tests.rs`): what is worded in another order, with a slip or a
/// small word more lies above; what only shares a frame (*people do not know that …*) lies below.
pub const ALIKE: f64 = 0.75;

/// Two words look like one another from here on: a slip, an ending, a plural. Shares of pairs of letters (Dice).
const WORDS_ALIKE: f64 = 0.6;

/// Words that turn a sentence round: *we have trucks* and *we have no trucks* are as unlike as can be, although
/// they look alike. As far as they are known here; `t` is what is left of *don't*.
const NOT: &[&str] = &[
    "no",
    "not",
    "t",
    "cannot",
    "never",
    "none",
    "nobody",
    "nothing",
    "nowhere",
    "without",
    "nor",
    "lack",
    "lacks",
    "lacking",
    "missing",
    "nicht",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "nie",
    "niemand",
    "ohne",
    "fehlt",
    "fehlen",
    "pas",
    "jamais",
    "sans",
    "aucun",
    "aucune",
    "nunca",
    "sin",
    "ningún",
    "falta",
    "faltan",
    "não",
    "sem",
    "non",
    "senza",
    "mai",
    "не",
    "нет",
    "нету",
    "немає",
    "без",
    "ні",
    "ніхто",
    "никто",
    "yok",
    "değil",
    "hakuna",
    "bila",
    "لا",
    "ليس",
    "ليست",
    "لم",
    "لن",
    "بدون",
    "دون",
    "नहीं",
    "बिना",
    "न",
    "不",
    "没",
    "沒",
    "无",
    "無",
    "未",
    "非",
];

/// What of a text counts when it is compared: make it once where a text is compared with many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gist {
    words: Vec<Word>,
    numbers: BTreeSet<String>,
    turned: bool,
}

/// One word of it, once, however often it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    /// Pairs of letters that follow each other, the ends included; in order.
    pairs: Vec<(char, char)>,
    /// How much it says: longer words say more, a word of one letter nothing, a word sign something.
    pub(super) weight: u32,
}

impl Gist {
    /// Of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let words: BTreeSet<String> = words(text).into_iter().collect();
        let turned = words.iter().any(|word| NOT.contains(&word.as_str()));
        let numbers = words.iter().filter(|word| is_number(word)).cloned().collect();
        Self { words: words.into_iter().map(Word::new).collect(), numbers, turned }
    }

    /// How alike two texts look, from 0 to 1: the share of each one's words, by weight, that the other has too, and
    /// of the two the smaller share. The order of words, case, punctuation and how accents are spelt do not matter;
    /// one that says *not* is nothing like one that does not, nor are two that name different numbers. Only ever a
    /// hint: *these look alike?*
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f64 {
        let counted = !self.numbers.is_empty() && !other.numbers.is_empty();
        if self.turned != other.turned || counted && self.numbers != other.numbers {
            return 0.0;
        }
        self.found_in(other).min(other.found_in(self))
    }

    /// The share of its words that another has, by weight.
    fn found_in(&self, other: &Self) -> f64 {
        let all: u32 = self.words.iter().map(|word| word.weight).sum();
        if all == 0 {
            // Letters and signs alone: the same, or nothing alike.
            return if self == other && !self.words.is_empty() { 1.0 } else { 0.0 };
        }
        let best = |word: &Word| other.words.iter().map(|known| word.likeness(known)).fold(0.0, f64::max);
        let found: f64 = self.words.iter().map(|word| f64::from(word.weight) * best(word)).sum();
        (found / f64::from(all)).clamp(0.0, 1.0)
    }
}

impl Word {
    pub(super) fn new(text: String) -> Self {
        let letters: Vec<char> = std::iter::once(' ').chain(text.chars()).chain(std::iter::once(' ')).collect();
        let pairs: BTreeSet<(char, char)> = letters.windows(2).map(|pair| (pair[0], pair[1])).collect();
        let length = u32::try_from(letters.len() - 2).unwrap_or(u32::MAX);
        let weight = if is_number(&text) || text.chars().all(is_word_sign) { length } else { length - 1 };
        Self { text, pairs: pairs.into_iter().collect(), weight }
    }

    /// From 0 to 1; nothing below the bound, and numbers only if they are the same.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        if self.text == other.text {
            return 1.0;
        }
        let both = self.pairs.len() + other.pairs.len();
        let most = 2 * self.pairs.len().min(other.pairs.len());
        if is_number(&self.text) || is_number(&other.text) || ratio(most, both) < WORDS_ALIKE {
            return 0.0;
        }
        let shared = self.pairs.iter().filter(|pair| other.pairs.binary_search(pair).is_ok()).count();
        Some(ratio(2 * shared, both)).filter(|alike| *alike >= WORDS_ALIKE).unwrap_or(0.0)
    }
}

/// [`Gist::likeness`] of two texts.
#[must_use]
pub fn likeness(one: &str, other: &str) -> f64 {
    Gist::of(one).likeness(&Gist::of(other))
}

pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap_or(u32::MAX)) / f64::from(u32::try_from(whole).unwrap_or(u32::MAX))
}

/// The words, in lower case, compatibility forms joined (NFKC). A word sign of Chinese or Japanese is a word.
pub(super) fn words(text: &str) -> Vec<String> {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    let mut words = vec![String::new()];
    for char in folded.chars() {
        if is_word_sign(char) {
            words.extend([char.to_string(), String::new()]);
        } else if char.is_alphanumeric() || is_combining_mark(char) {
            if let Some(word) = words.last_mut() {
                word.push(char);
            }
        } else {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a word has a digit in it, of any script.
fn is_number(word: &str) -> bool {
    word.chars().any(char::is_numeric)
}

/// Whether a letter is one that is a word by itself (Unicode's blocks of unified ideographs).
fn is_word_sign(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
