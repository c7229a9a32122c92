//! Texts that may be about the same thing, by the words they share: no language model, no list of what words mean.
//!
//! A word that few of the texts have says more than one that many have, and a longer one more than a shorter; so
//! *the* and *of* need no list of their own. Words that look alike count as one ([`super::likeness`]): *truck* and
//! *trucks*. Texts are gathered step by step, always the two heaps that are most alike on average (average linkage),
//! so that one text in the middle does not chain all others together. The same texts give the same heaps.

use std::collections::{BTreeMap, BTreeSet};

use super::likeness::{Word, ratio, words};

/// The most texts that are compared with each other; later ones are left alone. All pairs of them are looked at.
pub const TEXTS_MAX: usize = 120;
/// The most words of one text that count: those that say most.
const WORDS_MAX: usize = 16;
/// From this likeness on, on average, texts are taken to belong together. Looser than [`super::ALIKE`], which is about
/// saying the same. Chosen by the causes of the two rehearsals and of `kin_are_gathered` (`path/wording/tests.rs`).
const KIN: f64 = 0.25;
/// A longer word than this says no more.
const WEIGHT_MAX: u32 = 8;

/// Texts that may be about the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kin {
    /// Which, by their places, at least two, in order.
    pub members: Vec<usize>,
    /// The word that more than half of them share and that says most, as one of them writes it; none if no word is
    /// shared by so many.
    pub word: Option<String>,
}

/// The texts that may be about the same thing: the largest heap first, of equal ones that of the earliest text. Each
/// text is in one heap at most.
#[must_use]
pub fn kin(texts: &[&str]) -> Vec<Kin> {
    let texts = texts.get(..TEXTS_MAX).unwrap_or(texts);
    let table = Table::of(texts);
    let mut found: Vec<Kin> = table
        .heaps()
        .into_iter()
        .filter(|members| members.len() > 1)
        .map(|members| Kin { word: table.shared(&members).and_then(|head| spelt(head, &members, texts)), members })
        .collect();
    found.sort_by_key(|kin| (std::cmp::Reverse(kin.members.len()), kin.members.first().copied()));
    found
}

/// What of the texts counts: for each text its words, those that look alike under one head.
struct Table {
    texts: Vec<BTreeSet<String>>,
    /// How much each head says among these texts.
    weights: BTreeMap<String, f64>,
}

impl Table {
    fn of(texts: &[&str]) -> Self {
        let texts: Vec<Vec<Word>> = texts.iter().map(|text| telling(text)).collect();
        let mut counts: BTreeMap<&str, (usize, &Word)> = BTreeMap::new();
        for word in texts.iter().flatten() {
            counts.entry(&word.text).or_insert((0, word)).0 += 1;
        }
        let mut vocabulary: Vec<(usize, &Word)> = counts.into_values().collect();
        vocabulary.sort_by_key(|(count, word)| (std::cmp::Reverse(*count), word.text.len(), word.text.clone()));
        let mut heads: Vec<&Word> = Vec::new();
        let mut head_of: BTreeMap<&str, &Word> = BTreeMap::new();
        for (_, word) in vocabulary {
            let known = heads.iter().copied().find(|head| head.likeness(word) > 0.0);
            if known.is_none() {
                heads.push(word);
            }
            head_of.insert(&word.text, known.unwrap_or(word));
        }
        let under_heads = |text: &Vec<Word>| {
            text.iter().filter_map(|word| head_of.get(word.text.as_str())).map(|head| head.text.clone()).collect()
        };
        let under: Vec<BTreeSet<String>> = texts.iter().map(under_heads).collect();
        let weights = heads.iter().map(|head| (head.text.clone(), weight(head, &under))).collect();
        Self { texts: under, weights }
    }

    fn sum<'a>(&self, heads: impl Iterator<Item = &'a String>) -> f64 {
        heads.filter_map(|head| self.weights.get(head)).sum()
    }

    /// The share of two texts' words, by weight, that both have.
    fn likeness(&self, one: usize, other: usize) -> f64 {
        let (one, other) = (&self.texts[one], &self.texts[other]);
        let both = self.sum(one.iter()) + self.sum(other.iter());
        if both > 0.0 { 2.0 * self.sum(one.intersection(other)) / both } else { 0.0 }
    }

    /// Heaps of texts, each in order; joined two at a time for as long as two are alike enough.
    fn heaps(&self) -> Vec<Vec<usize>> {
        let count = self.texts.len();
        let mut heaps: Vec<Vec<usize>> = (0..count).map(|nth| vec![nth]).collect();
        let mut alike: Vec<Vec<f64>> =
            (0..count).map(|one| (0..count).map(|other| self.likeness(one, other)).collect()).collect();
        while let Some((one, other)) = closest(&heaps, &alike) {
            let (here, there) = (heaps[one].len(), heaps[other].len());
            let row = std::mem::take(&mut alike[other]);
            for (place, likeness) in row.iter().enumerate().filter(|(place, _)| *place != other) {
                // The average over all pairs of the two heaps that become one.
                let joined = alike[one][place] * ratio(here, here + there) + likeness * ratio(there, here + there);
                alike[one][place] = joined;
                if let Some(back) = alike[place].get_mut(one) {
                    *back = joined;
                }
            }
            let members = std::mem::take(&mut heaps[other]);
            heaps[one].extend(members);
        }
        for heap in &mut heaps {
            heap.sort_unstable();
        }
        heaps
    }

    /// The head that more than half of some texts share and that says most of what they share.
    fn shared(&self, members: &[usize]) -> Option<&str> {
        let has = |head: &String| members.iter().filter(|nth| self.texts[**nth].contains(head)).count();
        let worth = |head: &String| self.weights.get(head).copied().unwrap_or(0.0) * ratio(has(head), members.len());
        let many = self.weights.keys().filter(|head| has(head) * 2 > members.len() && has(head) > 1);
        let telling = many.filter(|head| worth(head) > 0.0);
        telling.reduce(|best, next| if worth(next) > worth(best) { next } else { best }).map(String::as_str)
    }
}

/// The two heaps that are most alike, the earliest of equals; none if no two are alike enough.
fn closest(heaps: &[Vec<usize>], alike: &[Vec<f64>]) -> Option<(usize, usize)> {
    let mut best: Option<(f64, (usize, usize))> = None;
    for one in (0..heaps.len()).filter(|nth| !heaps[*nth].is_empty()) {
        for other in (one + 1..heaps.len()).filter(|nth| !heaps[*nth].is_empty()) {
            let likeness = alike[one][other];
            if likeness >= KIN && best.is_none_or(|(known, _)| likeness > known) {
                best = Some((likeness, (one, other)));
            }
        }
    }
    best.map(|(_, pair)| pair)
}

/// The words of a text that say most, each once.
fn telling(text: &str) -> Vec<Word> {
    let unique: BTreeSet<String> = words(text).into_iter().collect();
    let mut words: Vec<Word> = unique.into_iter().map(Word::new).filter(|word| word.weight > 0).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.weight));
    words.truncate(WORDS_MAX);
    words
}

/// How much a word says: its length, and more the fewer of the texts have it. One that only one text has joins
/// nothing; its weight is what keeps long texts from being like everything.
fn weight(head: &Word, texts: &[BTreeSet<String>]) -> f64 {
    let have = texts.iter().filter(|text| text.contains(&head.text)).count();
    let length = f64::from(head.weight.min(WEIGHT_MAX));
    if have < 2 { length } else { length * ratio(texts.len() + 1, have).ln() }
}

/// A head as the first of these texts that has it writes it, with a capital letter in front.
fn spelt(head: &str, members: &[usize], texts: &[&str]) -> Option<String> {
    let head = Word::new(head.to_owned());
    let typed = members.iter().flat_map(|nth| texts[*nth].split_whitespace());
    let bare = typed.map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()));
    let found = bare
        .filter(|word| words(word).len() == 1)
        .find(|word| words(word).into_iter().any(|word| Word::new(word).likeness(&head) > 0.0));
    let word = found.unwrap_or(&head.text);
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect())
}
