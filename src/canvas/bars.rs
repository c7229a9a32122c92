//! Counts of figures for every card: red and green figures on the fields of an assessment.
//!
//! Counting, readings and what may be shown follow the method (path.md 5.6): a count of few is
//! shown to nobody, since it could unmask; who set what never reaches the canvas at all.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::path::plan::{self, Ask, Kind, Named};
use crate::path::table::table;
use crate::path::{Card, CardId, Giver, How, Tally, Window};

use super::beside::Beside;
use super::captions::fill;
use super::source::Source;
use super::wall::Wall;

/// So many people must have placed figures before any count is shown.
pub(super) const GIVERS_MIN: usize = 5;
/// So many people must stand behind the critical pile of a card before they are counted out.
pub(super) const CRITICAL_PEOPLE_MIN: u32 = 3;
/// So many reasons must exist before any is shown.
pub(super) const REASONS_MIN: usize = 5;
/// Fewer figures than this on a card say too little to be read.
const READ_FROM: u32 = 3;

/// Counts of figures for every card.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Bars {
    /// Whether a round has closed, so that there is something to count.
    pub counted: bool,
    /// Whether too few people placed figures for any count to be shown.
    pub too_few: bool,
    /// So many people have to have placed figures before counts are shown.
    pub givers_min: usize,
    /// The piles, the critical one last.
    pub piles: Vec<Pile>,
    /// A bar for each card, in the order for a talk: most in the critical pile first, then the lowest share; at the end
    /// what has no figures.
    pub bars: Vec<Bar>,
    /// The cards to talk about first: all down to the last that needs work or is contested.
    pub talk: Vec<CardId>,
}

/// One pile.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pile {
    /// Its key.
    pub key: String,
    /// Its name.
    pub label: String,
    /// How many of its figures were placed in all.
    pub figures: u32,
}

/// The figures on one card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bar {
    /// The card.
    pub card: CardId,
    /// What it says.
    pub text: String,
    /// One line on it; may be empty.
    pub about: String,
    /// How many of each pile, in the piles' order.
    pub figures: Vec<u32>,
    /// The same as `9:1`.
    pub ratio: String,
    /// The share of the first pile, in percent; none without figures.
    pub share_percent: Option<u32>,
    /// How it reads.
    pub reading: Reading,
    /// How it reads, in words.
    pub said: String,
    /// People behind the critical pile; none where they are too few to be counted out.
    pub critical_people: Option<u32>,
    /// Partners behind the critical pile; none where the people are too few.
    pub critical_partners: Option<u32>,
    /// The same in words; empty where it is not said.
    pub critical_said: String,
    /// Whether the group chose to work on it: kept by an ask that chooses among the same cards.
    pub kept: bool,
    /// Reasons given, where enough exist.
    pub reasons: Vec<Beside>,
    /// Where the card comes from.
    pub source: Source,
}

/// How a count reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// Nobody placed a figure.
    None,
    /// Fewer than three figures.
    Few,
    /// Two thirds or more in the first pile.
    Strength,
    /// Between.
    Contested,
    /// One third or less in the first pile.
    WorkNeeded,
}

/// How a count reads: first pile against the critical one.
#[must_use]
pub(super) fn reading(good: u32, critical: u32) -> Reading {
    match good + critical {
        0 => Reading::None,
        all if all < READ_FROM => Reading::Few,
        all if good * 3 >= all * 2 => Reading::Strength,
        all if good * 3 <= all => Reading::WorkNeeded,
        _ => Reading::Contested,
    }
}

/// The bars of a section.
pub(super) fn compile(wall: &Wall<'_>, section: &plan::Section) -> Bars {
    let asks = section.from.iter().filter_map(|key| wall.board.plan.ask(key)).filter(|ask| ask.kind == Kind::Figures);
    let mut bars = Bars { givers_min: GIVERS_MIN, ..Bars::default() };
    for (ask, window) in asks.filter_map(|ask| wall.closed(&ask.key).map(|window| (ask, window))) {
        bars.counted = true;
        let tallies: Vec<&Tally> = wall.board.tallies.iter().filter(|tally| tally.window == window.id).collect();
        if givers(wall, ask, window, &tallies) < GIVERS_MIN {
            bars.too_few = true;
            continue;
        }
        bars.piles.extend(piles(wall, ask, &tallies));
        let reasons = reasons(wall, &section.beside);
        bars.bars.extend(table(wall.board, window).into_iter().map(|card| bar(wall, ask, card, &tallies, &reasons)));
    }
    bars.bars.sort_by_key(in_talk);
    let to_talk = |bar: &Bar| matches!(bar.reading, Reading::Contested | Reading::WorkNeeded);
    let last = bars.bars.iter().rposition(to_talk).map_or(0, |last| last + 1);
    bars.talk = bars.bars[..last].iter().map(|bar| bar.card).collect();
    bars
}

/// How many people placed figures. Those who passed are not among them; the list of those who gave
/// is hidden from most views, so the piles' budgets give a least number where it is missing.
pub(super) fn givers(wall: &Wall<'_>, ask: &Ask, window: &Window, tallies: &[&Tally]) -> usize {
    let listed: BTreeSet<Giver> = wall
        .board
        .given
        .values()
        .filter(|given| given.window == window.id && given.how == How::Gave)
        .map(|given| given.giver)
        .collect();
    let of_pile = |pile: &plan::Pile| {
        let placed = tallies.iter().filter(|tally| tally.pile == pile.key);
        placed.map(|tally| tally.figures).sum::<u32>().div_ceil(u32::from(pile.budget).max(1))
    };
    let by_budget = ask.piles.iter().map(of_pile).max().unwrap_or_default() as usize;
    let on_one_card = tallies.iter().map(|tally| tally.people).max().unwrap_or_default() as usize;
    let gave = wall.view.progress(window.id).gave;
    listed.len().max(gave).max(by_budget).max(on_one_card)
}

fn piles(wall: &Wall<'_>, ask: &Ask, tallies: &[&Tally]) -> Vec<Pile> {
    let pile = |pile: &plan::Pile| Pile {
        key: pile.key.clone(),
        label: wall.captions.choice(&[&ask.key, &pile.key]),
        figures: tallies.iter().filter(|tally| tally.pile == pile.key).map(|tally| tally.figures).sum(),
    };
    ask.piles.iter().map(pile).collect()
}

fn bar(wall: &Wall<'_>, ask: &Ask, card: &Card, tallies: &[&Tally], reasons: &[String]) -> Bar {
    let mine: Vec<&Tally> = tallies.iter().copied().filter(|tally| tally.card == card.id).collect();
    let figures: Vec<u32> = ask
        .piles
        .iter()
        .map(|pile| mine.iter().filter(|tally| tally.pile == pile.key).map(|tally| tally.figures).sum())
        .collect();
    let (good, critical) = match figures.as_slice() {
        [good, .., critical] => (*good, *critical),
        _ => (figures.first().copied().unwrap_or_default(), 0),
    };
    let reading = reading(good, critical);
    let worst = ask.piles.last().filter(|_| ask.piles.len() > 1);
    let most = |pile: &str| mine.iter().filter(|tally| tally.pile == pile).max_by_key(|tally| tally.people);
    let behind = worst.and_then(|pile| most(&pile.key).map(|tally| (pile, *tally)));
    let behind = behind.filter(|(_, tally)| tally.people >= CRITICAL_PEOPLE_MIN);
    Bar {
        card: card.id,
        text: wall.title(card),
        about: wall.parts(card).into_iter().map(|part| part.text).next().unwrap_or_default(),
        ratio: figures.iter().map(u32::to_string).collect::<Vec<_>>().join(":"),
        share_percent: (good * 100).checked_div(good + critical),
        figures,
        reading,
        said: wall.captions.word(word(reading)).to_owned(),
        critical_people: behind.map(|(_, tally)| tally.people),
        critical_partners: behind.map(|(_, tally)| tally.partners),
        critical_said: behind.map(|(pile, tally)| said(wall, ask, pile, tally)).unwrap_or_default(),
        kept: wall.is_chosen(ask, card.id),
        reasons: wall.beside(reasons, card),
        source: wall.source(card, None),
    }
}

fn said(wall: &Wall<'_>, ask: &Ask, pile: &plan::Pile, tally: &Tally) -> String {
    let words = wall.captions;
    let line = words.fill("behind", "pile", &words.choice(&[&ask.key, &pile.key]));
    let line = fill(&line, "people", &words.people(tally.people));
    fill(&line, "organisations", &words.partners(tally.partners))
}

fn word(reading: Reading) -> &'static str {
    match reading {
        Reading::None => "no-figures",
        Reading::Few => "few",
        Reading::Strength => "strength",
        Reading::Contested => "contested",
        Reading::WorkNeeded => "work-needed",
    }
}

/// The asks beside whose cards may be shown: an unnamed one only if enough cards exist.
fn reasons(wall: &Wall<'_>, beside: &[String]) -> Vec<String> {
    let asks = beside.iter().filter_map(|key| wall.board.plan.ask(key));
    let enough = |ask: &&Ask| ask.named == Named::Yes || wall.board.cards_of(&ask.key, false).len() >= REASONS_MIN;
    asks.filter(enough).map(|ask| ask.key.clone()).collect()
}

/// The place in a talk: most in the critical pile first, then the lowest share; last, in the plan's order, what has no
/// figures.
fn in_talk(bar: &Bar) -> (bool, std::cmp::Reverse<Option<u32>>, Option<u32>) {
    if bar.reading == Reading::None {
        return (true, std::cmp::Reverse(None), None);
    }
    (false, std::cmp::Reverse(bar.figures.last().copied()), bar.share_percent)
}
