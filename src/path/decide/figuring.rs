//! Setting figures: marks, answers, nominations, red and green. Set, not added.

use std::collections::BTreeSet;

use super::Outcome;
use super::approving;
use super::making::{Making, unknown};
use super::pausing;
use crate::path::card::CardId;
use crate::path::change::Change;
use crate::path::figure::{Figure, FigureKey, Value};
use crate::path::people::{PartnerId, Person, Who};
use crate::path::plan::{ANSWERS, Ask, Kind, Pile};
use crate::path::refusal::Refusal;
use crate::path::said::{Next, Reply, Said};
use crate::path::window::{Giver, How, Window};
use crate::path::{giver, table, wording};

/// The most characters of a remark or reason.
pub const REMARK_CHARS_MAX: u32 = 300;

/// What somebody says with a figure.
pub(super) struct Spoken<'a> {
    /// The answer.
    pub(super) value: Value,
    /// The remark or reason.
    pub(super) note: &'a str,
    /// How a *not yet* could stand.
    pub(super) proposal: &'a str,
}

impl Spoken<'_> {
    /// A figure without words.
    const fn bare(value: Value) -> Self {
        Self { value, note: "", proposal: "" }
    }
}

/// One person's hand in one window.
struct Hand {
    ask: Ask,
    window: Window,
    giver: Giver,
    secret: bool,
}

impl Hand {
    fn new(making: &Making, who: &Who, key: &str, kind: Kind) -> Result<Self, Refusal> {
        let person: Person = making.giving(who)?;
        let (ask, window) = making.open(key, &[kind])?;
        let giver = making.giver(&ask, &window, &person)?;
        let secret = ask.is_secret();
        Ok(Self { ask, window, giver, secret })
    }

    /// An older press that arrives after a newer one changes nothing.
    fn is_late(&self, making: &Making) -> bool {
        giver::given(&making.board, self.window.id, self.giver).is_some_and(|given| given.at > making.now)
    }

    fn pile(&self, key: Option<&str>) -> Result<Pile, Refusal> {
        let piles = self.ask.hand();
        let found = piles.into_iter().find(|pile| key.is_none_or(|key| pile.key == key));
        found.ok_or_else(|| unknown(key.unwrap_or_default()))
    }

    fn on_the_table(&self, making: &Making, card: CardId) -> Result<(), Refusal> {
        let there = table::table(&making.board, &self.window).iter().any(|shown| shown.id == card);
        if there { Ok(()) } else { Err(Refusal::NotOnTheTable) }
    }

    /// The giver's figures of one pile, about one partner or none.
    fn figures(&self, making: &Making, pile: &str, about: Option<PartnerId>) -> Vec<Figure> {
        let lying = if self.secret { &making.board.ballots } else { &making.board.figures };
        lying
            .values()
            .filter(|figure| {
                let key = &figure.key;
                key.window == self.window.id && key.giver == self.giver && key.pile == pile && key.about == about
            })
            .cloned()
            .collect()
    }

    fn key(&self, pile: &str, about: Option<PartnerId>, slot: u8) -> FigureKey {
        FigureKey { window: self.window.id, giver: self.giver, pile: pile.to_owned(), about, slot }
    }

    fn set(&self, making: &mut Making, key: FigureKey, card: CardId, said: &Spoken<'_>) {
        let (note, proposal) = (said.note.to_owned(), said.proposal.to_owned());
        let figure = Figure { key, card, value: said.value, note, proposal, at: making.now };
        making.record(Change::Figure { figure, secret: self.secret });
    }

    fn take(&self, making: &mut Making, key: FigureKey) {
        making.record(Change::FigureGone { key, secret: self.secret });
    }

    fn gave(&self, making: &mut Making) {
        making.mark_given(&self.window, self.giver, How::Gave);
    }

    fn reply(self, making: Making, said: Said, onward: bool) -> Outcome {
        let ask = self.ask.key;
        let said = said.with("ask", &ask);
        making.reply(Reply { said, next: if onward { Next::Onward { ask } } else { Next::Stay { ask } } })
    }
}

/// Somebody's marks, all of them: the set replaces what was there.
pub(super) fn mark(mut making: Making, who: &Who, key: &str, cards: &BTreeSet<CardId>) -> Result<Outcome, Refusal> {
    let hand = Hand::new(&making, who, key, Kind::Marks)?;
    let pile = hand.pile(None)?;
    if cards.len() > usize::from(pile.budget) {
        return Err(Refusal::BudgetSpent { pile: pile.key, budget: pile.budget });
    }
    cards.iter().try_for_each(|card| hand.on_the_table(&making, *card))?;
    if hand.is_late(&making) {
        return Ok(hand.reply(making, Said::new("marked").with("count", cards.len()), false));
    }
    for old in hand.figures(&making, &pile.key, None) {
        hand.take(&mut making, old.key);
    }
    for (slot, card) in (1..).zip(cards) {
        hand.set(&mut making, hand.key(&pile.key, None, slot), *card, &Spoken::bare(Value::Here));
    }
    hand.gave(&mut making);
    Ok(hand.reply(making, Said::new("marked").with("count", cards.len()).with("budget", pile.budget), false))
}

/// Somebody's marks among some of the cards: those on others stay.
pub(super) fn mark_among(
    making: Making,
    who: &Who,
    key: &str,
    among: &BTreeSet<CardId>,
    cards: &BTreeSet<CardId>,
) -> Result<Outcome, Refusal> {
    let hand = Hand::new(&making, who, key, Kind::Marks)?;
    let pile = hand.pile(None)?;
    let others = hand.figures(&making, &pile.key, None).into_iter().map(|figure| figure.card);
    // A card that was joined, parked or taken back since is no longer there to be marked.
    let stands = |card: &CardId| making.board.cards.get(card).is_some_and(crate::path::Card::stands);
    let others = others.filter(|card| !among.contains(card) && stands(card));
    let all = others.chain(cards.iter().copied()).collect();
    mark(making, who, key, &all)
}

/// An answer in a consent round: to one line of the slate, or to all alike.
pub(super) fn answer(
    mut making: Making,
    who: &Who,
    key: &str,
    card: Option<CardId>,
    said: &Spoken<'_>,
) -> Result<Outcome, Refusal> {
    let hand = Hand::new(&making, who, key, Kind::Consent)?;
    let (note, proposal) = (words(key, said.note)?, words(key, said.proposal)?);
    if matches!(said.value, Value::Remark | Value::NotYet) && note.is_empty() {
        return Err(Refusal::NeedsWords);
    }
    if said.value == Value::Here {
        return Err(Refusal::WrongKind { ask: key.to_owned() });
    }
    // Words go with what they were asked for.
    let note = if said.value == Value::Stands { "" } else { &note };
    let proposal = if said.value == Value::NotYet { &proposal } else { "" };
    let said = Spoken { value: said.value, note, proposal };
    let slate: Vec<CardId> = table::table(&making.board, &hand.window).iter().map(|shown| shown.id).collect();
    if slate.is_empty() || card.is_some_and(|card| !slate.contains(&card)) {
        return Err(Refusal::NotOnTheTable);
    }
    if !hand.is_late(&making) {
        answer_lines(&mut making, &hand, &slate, card, &said);
        if let (None, Value::Stands, Who::Person(person)) = (card, said.value, who) {
            approving::unset(&mut making, &hand.window, *person);
        }
        hand.gave(&mut making);
    }
    Ok(hand.reply(making, Said::new("answered"), true))
}

/// *Stands, subject to approval by …*: it counts as *stands* for every line that has no other answer yet, and for
/// all if that leaves none.
pub(super) fn subject(mut making: Making, who: &Who, key: &str, until: &str) -> Result<Outcome, Refusal> {
    let hand = Hand::new(&making, who, key, Kind::Consent)?;
    let person = making.giving(who)?;
    if hand.secret {
        return Err(Refusal::WrongKind { ask: key.to_owned() });
    }
    let until = pausing::date(&making, &person, until)?;
    let slate: Vec<CardId> = table::table(&making.board, &hand.window).iter().map(|shown| shown.id).collect();
    if slate.is_empty() {
        return Err(Refusal::NotOnTheTable);
    }
    if !hand.is_late(&making) {
        let before = hand.figures(&making, ANSWERS, None);
        let objects = before.len() == slate.len() && before.iter().all(|figure| figure.value == Value::NotYet);
        for (slot, line) in (1..).zip(&slate) {
            if objects || !before.iter().any(|figure| figure.key.slot == slot) {
                hand.set(&mut making, hand.key(ANSWERS, None, slot), *line, &Spoken::bare(Value::Stands));
            }
        }
        approving::set(&mut making, &hand.window, &person, until);
        hand.gave(&mut making);
    }
    Ok(hand.reply(making, Said::new("answered-subject").with("date", until), true))
}

/// What stood subject to approval stands without it.
pub(super) fn unconditional(mut making: Making, who: &Who, key: &str) -> Result<Outcome, Refusal> {
    let hand = Hand::new(&making, who, key, Kind::Consent)?;
    let person = making.giving(who)?;
    approving::unset(&mut making, &hand.window, person.id);
    making.is_own_now(&hand.window, hand.giver);
    Ok(hand.reply(making, Said::new("answered"), false))
}

/// The words of a remark, reason or proposal.
fn words(key: &str, typed: &str) -> Result<String, Refusal> {
    let words = wording::clean(typed);
    let chars = wording::chars(&words);
    if chars <= REMARK_CHARS_MAX as usize {
        return Ok(words);
    }
    let (field, ask) = (ANSWERS.to_owned(), key.to_owned());
    Err(Refusal::TooLong { field, ask, chars_max: REMARK_CHARS_MAX, chars })
}

/// The line that is meant gets the answer; lines without any get *stands*, because a word on one
/// line means that the others are fine.
fn answer_lines(making: &mut Making, hand: &Hand, slate: &[CardId], card: Option<CardId>, said: &Spoken<'_>) {
    let before = hand.figures(making, ANSWERS, None);
    for (slot, line) in (1..).zip(slate) {
        let answered = before.iter().any(|figure| figure.key.slot == slot);
        if card.is_none() || card == Some(*line) {
            hand.set(making, hand.key(ANSWERS, None, slot), *line, said);
        } else if !answered {
            hand.set(making, hand.key(ANSWERS, None, slot), *line, &Spoken::bare(Value::Stands));
        }
    }
}

/// A nomination: this card for this partner. Given once all partners have one.
pub(super) fn assign(
    mut making: Making,
    who: &Who,
    key: &str,
    about: PartnerId,
    card: CardId,
) -> Result<Outcome, Refusal> {
    let hand = Hand::new(&making, who, key, Kind::Assign)?;
    let pile = hand.pile(None)?;
    hand.on_the_table(&making, card)?;
    let spoken_of = spoken_of(&making, &hand.window);
    if !spoken_of.contains(&about) {
        return Err(unknown(about));
    }
    if !hand.is_late(&making) {
        hand.set(&mut making, hand.key(&pile.key, Some(about), 1), card, &Spoken::bare(Value::Here));
    }
    let have = spoken_of.iter().filter(|partner| !hand.figures(&making, &pile.key, Some(**partner)).is_empty()).count();
    if have == spoken_of.len() && !hand.is_late(&making) {
        hand.gave(&mut making);
    }
    let said = Said::new("assigned").with("count", have).with("of", spoken_of.len());
    Ok(hand.reply(making, said, false))
}

/// The partners of whom an assigning window speaks.
fn spoken_of(making: &Making, window: &Window) -> Vec<PartnerId> {
    making
        .board
        .partners_now()
        .map(|partner| partner.id)
        .filter(|partner| window.about.is_empty() || window.about.contains(partner))
        .collect()
}

/// So many figures of a pile on a card.
pub(super) fn place(
    mut making: Making,
    who: &Who,
    key: &str,
    pile: &str,
    card: CardId,
    count: u8,
) -> Result<Outcome, Refusal> {
    let hand = Hand::new(&making, who, key, Kind::Figures)?;
    let pile = hand.pile(Some(pile))?;
    hand.on_the_table(&making, card)?;
    if hand.is_late(&making) {
        return Ok(hand.reply(making, Said::new("placed"), false));
    }
    let lying = hand.figures(&making, &pile.key, None);
    let elsewhere = lying.iter().filter(|figure| figure.card != card).count();
    let most = if hand.ask.stack { pile.budget } else { 1 };
    if elsewhere + usize::from(count) > usize::from(pile.budget) || count > most {
        return Err(Refusal::BudgetSpent { pile: pile.key, budget: pile.budget });
    }
    if count > 0 && other_colour(&making, &hand, &pile.key, card) {
        return Err(Refusal::BothColours);
    }
    for old in lying.iter().filter(|figure| figure.card == card) {
        hand.take(&mut making, old.key.clone());
    }
    let taken: BTreeSet<u8> = lying.iter().filter(|figure| figure.card != card).map(|figure| figure.key.slot).collect();
    for slot in (1..=pile.budget).filter(|slot| !taken.contains(slot)).take(usize::from(count)) {
        hand.set(&mut making, hand.key(&pile.key, None, slot), card, &Spoken::bare(Value::Here));
    }
    hand.gave(&mut making);
    Ok(hand.reply(making, Said::new("placed").with("pile", &pile.key).with("count", count), false))
}

fn other_colour(making: &Making, hand: &Hand, pile: &str, card: CardId) -> bool {
    let others = hand.ask.hand().into_iter().filter(|other| other.key != pile);
    others.flat_map(|other| hand.figures(making, &other.key, None)).any(|figure| figure.card == card)
}
