//! The decision log: what was settled, when, how, by how many, and what was said with it.
//!
//! Made from a [`View`], like everything that leaves a board: what is sealed, unnamed or not released is
//! not in it. One value ([`Log`]), three documents: Markdown, CSV and JSON.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use super::captions::Captions;
use super::escape::leaf;
use super::line::Remark;
use super::wall::Wall;
use crate::path::decide::GUESTS;
use crate::path::plan::Kind;
use crate::path::{CardId, Decision, DecisionId, Settled, Tally, Value, View, Window, rewording, rounds};

mod markdown;

pub use markdown::{details, markdown};

/// The form of the value; raised when a reader of the JSON would have to change.
const FORMAT: u16 = 1;

/// The log, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Log {
    /// The form of this value, now 1.
    pub format: u16,
    /// Language of its words (`en`).
    pub language: String,
    /// Its title in words.
    pub title: String,
    /// What it says where nothing is decided yet.
    pub none: String,
    /// The decisions.
    pub entries: Vec<Entry>,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// Its place in the log, from 1.
    pub nth: usize,
    /// Its number on the board.
    pub decision: DecisionId,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// The day, in words.
    pub day: String,
    /// The ask's key.
    pub ask: String,
    /// The ask's name.
    pub title: String,
    /// The partner it is about; none for the whole group.
    pub about: Option<String>,
    /// How it was settled.
    pub how: Settled,
    /// The same in words, with the round of a consent.
    pub said: String,
    /// Which round of a consent settled it.
    pub round: Option<u16>,
    /// Why the usual bounds were left, where they were; may be empty.
    pub reason: String,
    /// The older decision that a host only worded anew here: nobody was asked again.
    pub rewords: Option<DecisionId>,
    /// What was settled; where an older decision was worded anew, only what has other words now.
    pub lines: Vec<Settlement>,
    /// Who had it opened again, and why; empty where nobody did.
    pub reopened: Vec<Reopened>,
}

/// Somebody who asked to open it again, and was not alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reopened {
    /// Who; none where the view does not tell.
    pub by: Option<String>,
    /// Why; may be empty where the view does not tell.
    pub reason: String,
    /// When it was opened.
    pub at: DateTime<FixedOffset>,
    /// The same in words.
    pub said: String,
}

/// One line that was settled.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settlement {
    /// The card.
    pub card: CardId,
    /// What it says.
    pub text: String,
    /// What it said before, where it was only worded anew here.
    pub before: Option<Before>,
    /// What was counted on it.
    pub counts: Vec<Counted>,
    /// Who agreed, by name; empty where the view does not tell.
    pub agreed: Vec<String>,
    /// Concerns and objections, printed with it; and whose house has to approve, or did.
    pub remarks: Vec<Remark>,
    /// Partners of whom nobody answered: it does not bind them yet.
    pub unheard: Vec<String>,
}

/// A line as it was worded before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Before {
    /// The card.
    pub card: CardId,
    /// What it says.
    pub text: String,
}

/// A count on a line, or on one of the cards that it was made from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counted {
    /// The card that was counted.
    pub card: CardId,
    /// The answer, or *here* for marks.
    pub value: Value,
    /// The same in words; empty for marks of our own people.
    pub label: String,
    /// Whether they are guests of a public poll, who belong to no partner of ours.
    pub guests: bool,
    /// How many people.
    pub people: u32,
    /// How many partners had a part in it.
    pub partners: u32,
}

/// The log of what a view shows.
#[must_use]
pub fn compile(view: &View, captions: &Captions) -> Log {
    let wall = Wall::new(view, captions);
    let board = wall.board;
    let decided = board.decisions.iter().map(|decision| wall.entry(decision));
    let mut entries: Vec<Entry> =
        decided.filter(|entry| !entry.lines.is_empty() || !entry.reopened.is_empty()).collect();
    for (nth, entry) in (1..).zip(&mut entries) {
        entry.nth = nth;
    }
    let name = leaf(&board.partnership.name);
    Log {
        format: FORMAT,
        language: board.partnership.language.clone(),
        title: captions.tell("report-log", &[("name", &name)]),
        none: captions.say("report-log-none").to_owned(),
        entries,
    }
}

/// The log as JSON.
#[must_use]
pub fn json(log: &Log) -> String {
    serde_json::to_string_pretty(log).expect("BUG: a log holds only texts, numbers and lists")
}

impl Wall<'_> {
    fn entry(&self, decision: &Decision) -> Entry {
        let words = self.captions;
        let by_rounds = matches!(decision.how, Settled::Consent | Settled::Fallback);
        let older = rewording::words_anew(self.board, decision);
        let window = self.settling(decision).filter(|_| older.is_none());
        let round = window.filter(|_| by_rounds).map(|window| rounds::round(self.board, window));
        let how = words.settled(decision.how);
        let said = match (older, round) {
            (Some(older), _) => self.worded_anew(decision, older),
            (None, Some(round)) => words.tell("report-log-round", &[("how", how), ("n", &round.to_string())]),
            (None, None) => how.to_owned(),
        };
        // What an earlier round settled is told there.
        let here = |card: CardId| !by_rounds || rounds::settled_by(self.board, decision, card).id == decision.id;
        let anew = |card: CardId| older.is_none_or(|older| !older.cards.contains(&card));
        let cards = decision.cards.iter().copied().filter(|card| here(*card) && anew(*card));
        Entry {
            nth: 0,
            decision: decision.id,
            at: self.local(decision.at),
            day: self.day(decision.at),
            ask: decision.ask.clone(),
            title: words.label(&[&decision.ask]),
            about: decision.about.and_then(|id| self.partner(id)),
            how: decision.how,
            said,
            round,
            reason: leaf(&decision.reason),
            rewords: older.map(|older| older.id),
            lines: cards.filter_map(|card| self.settlement((decision, older), window, card)).collect(),
            reopened: self.reopened(decision),
        }
    }

    /// That a host worded something anew, and whether all were asked about these words since.
    pub(super) fn worded_anew(&self, decision: &Decision, older: &Decision) -> String {
        let new = decision.cards.iter().filter(|card| !older.cards.contains(card));
        let settled: Vec<(&Decision, bool)> = new
            .map(|card| {
                let (by, was) = rewording::agreed(self.board, decision, *card);
                (by, was == *card)
            })
            .collect();
        let asked = settled.iter().all(|(_, asked)| *asked);
        let by = settled.iter().filter(|(_, in_these)| *in_these == asked).map(|(by, _)| by.at).max();
        let key = if asked { "report-log-reworded-asked" } else { "report-log-reworded" };
        self.captions.tell(key, &[("day", &self.day(by.unwrap_or(older.at)))])
    }

    /// Who had opened again what a decision settled, and why.
    pub(super) fn reopened(&self, decision: &Decision) -> Vec<Reopened> {
        let pleas = self.board.pleas.values().filter(|plea| plea.decision == decision.id);
        let opened = pleas.filter_map(|plea| {
            let at = self.local(self.board.windows.get(&plea.opened?)?.opens);
            let (by, reason) = (plea.by.and_then(|by| self.person_of_partner(by)), leaf(&plea.reason));
            let day = self.captions.day_of(at);
            let said = match &by {
                Some(by) => self.captions.tell("report-log-reopened-by", &[("day", &day), ("name", by)]),
                None => self.captions.tell("report-log-reopened", &[("day", &day)]),
            };
            let said = if reason.is_empty() { said } else { format!("{said}: {reason}") };
            Some(Reopened { by, reason, at, said })
        });
        let mut opened: Vec<Reopened> = opened.collect();
        // Where nobody is named, all say the same.
        opened.dedup_by(|one, other| one.said == other.said);
        opened
    }

    /// The window whose counts stand behind a decision.
    fn settling(&self, decision: &Decision) -> Option<&Window> {
        let closed = self.board.windows.values().filter(|window| {
            let about = decision.about.is_none_or(|about| window.about.is_empty() || window.about.contains(&about));
            window.ask == decision.ask && about && window.closed.is_some_and(|at| at <= decision.at)
        });
        closed.max_by_key(|window| window.nth)
    }

    /// A line of a decision; of one that only words an older one anew, with the words before.
    fn settlement(
        &self,
        (decision, older): (&Decision, Option<&Decision>),
        window: Option<&Window>,
        card: CardId,
    ) -> Option<Settlement> {
        let shown = self.board.cards.get(&card)?;
        let by_rounds = matches!(decision.how, Settled::Consent | Settled::Fallback);
        let round = window.filter(|_| by_rounds);
        let partners = round.map(|window| rounds::unheard(self.board, window, card)).unwrap_or_default();
        let said = round.map(|window| self.said_in(window, card)).unwrap_or_default().into_iter();
        let of_round = round.map(|window| self.conditions_in(window, shown)).unwrap_or_default();
        let of_house = if older.is_none() { self.conditions_of(decision) } else { Vec::new() };
        let conditions = of_round.into_iter().chain(of_house);
        let before = older.and_then(|older| {
            let place = decision.cards.iter().position(|kept| *kept == card)?;
            let old = self.board.cards.get(older.cards.get(place)?)?;
            Some(Before { card: old.id, text: self.title(old) })
        });
        Some(Settlement {
            card,
            text: self.title(shown),
            before,
            counts: window.map(|window| self.counted_in(window, decision, card)).unwrap_or_default(),
            agreed: round.map(|window| self.agreed(window, card)).unwrap_or_default(),
            remarks: said.chain(conditions).collect(),
            unheard: partners.into_iter().filter_map(|id| self.partner(id)).collect(),
        })
    }

    /// What was counted on a card, or on what it was made from, in one window; as little as the canvas tells.
    fn counted_in(&self, window: &Window, decision: &Decision, card: CardId) -> Vec<Counted> {
        let figures = self.board.plan.ask(&window.ask).is_none_or(|ask| ask.kind == Kind::Figures);
        if figures {
            return Vec::new();
        }
        let origins = self.board.origins(card);
        let of_this = |row: &&Tally| {
            row.window == window.id && row.about == decision.about && row.figures > 0 && origins.contains(&row.card)
        };
        let label = |row: &Tally| match row.value {
            Value::Here if row.pile == GUESTS => self.captions.choice(&[&window.ask, &row.pile]),
            Value::Here => String::new(),
            Value::Stands => self.captions.word("stands").to_owned(),
            Value::Remark => self.captions.word("remark").to_owned(),
            Value::NotYet => self.captions.word("not-yet").to_owned(),
        };
        let counted = |row: &Tally| Counted {
            card: row.card,
            value: row.value,
            label: label(row),
            guests: row.pile == GUESTS,
            people: row.people,
            partners: row.partners,
        };
        self.board.tallies.iter().filter(of_this).map(counted).collect()
    }

    /// Who agreed, by name: as far as the view shows answers.
    fn agreed(&self, window: &Window, card: CardId) -> Vec<String> {
        let said = self.board.figures.values().filter(|figure| figure.key.window == window.id && figure.card == card);
        let yes = said.filter(|figure| matches!(figure.value, Value::Stands | Value::Remark));
        yes.filter_map(|figure| self.giver_of(figure.key.giver)).collect()
    }
}
