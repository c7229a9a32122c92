//! Where a line comes from: the cards behind it, the counts on them, and what settled it.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::path::decide::GUESTS;
use crate::path::plan::Kind;
use crate::path::{Card, CardId, Decision, DecisionId, Settled, Tally, Value, Via, rewording, rounds};

use super::escape::apart;
use super::wall::Wall;

/// So many authors of a joined card are named in the short answer; more stand in the long one.
const GIVERS_MAX: usize = 3;

/// Where a line of the canvas comes from.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Source {
    /// The shortest honest answer, in words: who, or from how many cards; how many people.
    pub summary: String,
    /// The card itself, then everything it was made from.
    pub cards: Vec<Origin>,
    /// What was counted on these cards in asks that have closed.
    pub counts: Vec<Count>,
    /// What settled it, where the line shows something settled.
    pub settled: Option<Adopted>,
}

/// One card behind a line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Origin {
    /// Its number.
    pub card: CardId,
    /// What it says.
    pub text: String,
    /// Who wrote it, with their partner; none where the view does not tell.
    pub by: Option<String>,
    /// The partner in whose name it was given; none where the view does not tell.
    pub partner: Option<String>,
    /// The triad in which it was given.
    pub group: Option<String>,
    /// The host who wrote it down for them.
    pub written_down_by: Option<String>,
    /// How its newest wording reached us; none where author and partner are hidden.
    pub via: Option<Via>,
    /// When it was given; none where its author is hidden.
    pub at: Option<DateTime<FixedOffset>>,
    /// How many wordings it has had.
    pub wordings: usize,
    /// Whether it came after its ask had closed: it counted for nothing that was chosen.
    pub added: bool,
}

/// What was counted on a card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Count {
    /// On which card.
    pub card: CardId,
    /// The ask's key.
    pub ask: String,
    /// The ask's name.
    pub title: String,
    /// Which figures: the mark's pile, or *answer*.
    pub pile: String,
    /// What the figures say: a mark's pile, or an answer, in words.
    pub label: String,
    /// The answer, or *here* for marks.
    pub value: Value,
    /// How many figures.
    pub figures: u32,
    /// How many people set them.
    pub people: u32,
    /// How many partners had a part in them.
    pub partners: u32,
}

/// What settled a line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Adopted {
    /// The decision's number.
    pub decision: DecisionId,
    /// The ask that settled it.
    pub ask: String,
    /// How.
    pub how: Settled,
    /// How, in words.
    pub said: String,
    /// Why, where a reason was asked; may be empty.
    pub reason: String,
    /// Partners of whom nobody answered: it does not bind them yet.
    pub unheard: Vec<String>,
    /// The words in which it was settled, where a host worded it anew since and nobody was asked again.
    pub worded: Option<String>,
    /// When.
    pub at: DateTime<FixedOffset>,
}

impl Wall<'_> {
    /// Where a card comes from, and what settled it.
    pub fn source(&self, card: &Card, decision: Option<&Decision>) -> Source {
        let origins = self.board.origins(card.id);
        let cards: Vec<Origin> =
            origins.iter().filter_map(|id| self.board.cards.get(id)).filter_map(|card| self.origin(card)).collect();
        let counts = self.counts(&origins);
        let settled = decision.map(|decision| self.settled(decision, card));
        // What chose it counts, and what settled it for good.
        let chosen_by = decision.map(|decision| decision.ask.as_str());
        let summary = self.summary(card, &cards, (&counts, chosen_by), settled.as_ref());
        Source { summary, cards, counts, settled }
    }

    fn origin(&self, card: &Card) -> Option<Origin> {
        let text = card.text()?;
        Some(Origin {
            card: card.id,
            text: self.title(card),
            by: self.worded_by(card),
            partner: self.partner_told(card).and_then(|id| self.partner(id)),
            group: card.group.and_then(|id| self.group(id)),
            written_down_by: card.behalf.and_then(|id| self.person(id)),
            via: self.way(card, text),
            at: self.hour(card, card.texts.first().unwrap_or(text)).map(|at| self.local(at)),
            wordings: card.texts.len(),
            added: card.added,
        })
    }

    /// What was counted on these cards, in asks where people mark or answer.
    fn counts(&self, cards: &[CardId]) -> Vec<Count> {
        let choosing = |kind| matches!(kind, Kind::Marks | Kind::Consent);
        let counted = self.tallies_on(cards);
        let mut counts = Vec::new();
        if counted.is_empty() {
            return counts;
        }
        for (_, _, ask) in self.board.plan.asks().filter(|(_, _, ask)| choosing(ask.kind)) {
            let newest = match ask.kind {
                Kind::Consent => rounds::asked_last(self.board, &ask.key, cards),
                _ => self.closed(&ask.key),
            };
            let Some(window) = newest else { continue };
            let of_it = counted.iter().filter(|tally| tally.window == window.id && tally.figures > 0);
            counts.extend(of_it.map(|tally| self.count(&ask.key, tally)));
        }
        counts
    }

    fn count(&self, ask: &str, tally: &Tally) -> Count {
        let label = match tally.value {
            Value::Here => self.captions.choice(&[ask, &tally.pile]),
            Value::Stands => self.captions.word("stands").to_owned(),
            Value::Remark => self.captions.word("remark").to_owned(),
            Value::NotYet => self.captions.word("not-yet").to_owned(),
        };
        Count {
            card: tally.card,
            ask: ask.to_owned(),
            title: self.captions.label(&[ask]),
            pile: tally.pile.clone(),
            label,
            value: tally.value,
            figures: tally.figures,
            people: tally.people,
            partners: tally.partners,
        }
    }

    /// What settled a card, and in which words where these are no more: worded anew, or joined with others since.
    fn settled(&self, decision: &Decision, card: &Card) -> Adopted {
        let (by, was) = rewording::agreed(self.board, decision, card.id);
        let words: Vec<CardId> = if was != card.id {
            vec![was]
        } else if by.cards.contains(&card.id) {
            Vec::new()
        } else {
            let origins = self.board.origins(card.id);
            by.cards.iter().copied().filter(|kept| origins.contains(kept)).collect()
        };
        let words: Vec<String> =
            words.iter().filter_map(|id| self.board.cards.get(id)).map(|card| self.title(card)).collect();
        let worded = (!words.is_empty()).then(|| words.join("; "));
        Adopted { worded, ..self.adopted(by, was) }
    }

    fn adopted(&self, decision: &Decision, card: CardId) -> Adopted {
        Adopted {
            decision: decision.id,
            ask: decision.ask.clone(),
            how: decision.how,
            said: self.captions.settled(decision.how).to_owned(),
            reason: super::escape::leaf(&decision.reason),
            unheard: self.unheard(decision, card),
            worded: None,
            at: self.local(decision.at),
        }
    }

    /// Partners that have not answered to a consent: silence never binds one.
    fn unheard(&self, decision: &Decision, card: CardId) -> Vec<String> {
        if !matches!(decision.how, Settled::Consent | Settled::Fallback) {
            return Vec::new();
        }
        let window = rounds::window_of(self.board, decision);
        let partners = window.map(|window| rounds::unheard(self.board, window, card)).unwrap_or_default();
        partners.into_iter().filter_map(|partner| self.partner(partner)).collect()
    }

    /// The count that says most, with the other answers to the same question. Guests of a poll are told beside it, not
    /// instead of it.
    fn counted(&self, counts: &[&Count]) -> Option<String> {
        let words = self.captions;
        let ours = counts.iter().filter(|count| count.pile != GUESTS);
        let most = ours.max_by_key(|count| (count.value == Value::Here, count.people))?;
        let said = if most.value == Value::Here { String::new() } else { format!("{}: ", most.label) };
        let mut said = format!("{said}{}, {}", words.people(most.people), words.partners(most.partners));
        for (value, key) in [(Value::Remark, "and-remarks"), (Value::NotYet, "and-not-yet")] {
            let beside = |count: &&&Count| count.ask == most.ask && count.card == most.card && count.value == value;
            if let Some(count) = counts.iter().find(beside).filter(|_| most.value == Value::Stands) {
                said = format!("{said}, {}", words.fill(key, "n", &count.people.to_string()));
            }
        }
        Some(said)
    }

    /// Who, or from how many cards; then how many chose it; then when it was settled.
    fn summary(
        &self,
        card: &Card,
        cards: &[Origin],
        (counts, chosen_by): (&[Count], Option<&str>),
        settled: Option<&Adopted>,
    ) -> String {
        let words = self.captions;
        let mut parts = Vec::new();
        if cards.len() > 1 {
            // A card that others stand behind is one of those that were given; one that was made of others is not.
            let own = usize::from(!self.board.is_made(card.id) && !self.board.behind(card.id).is_empty());
            let given = &cards[1 - own..];
            let mut givers: Vec<&str> = given.iter().filter_map(|origin| origin.by.as_deref()).collect();
            givers.dedup();
            let made = words.number("made-from-one", "made-from", given.len());
            let named = !givers.is_empty() && givers.len() <= GIVERS_MAX;
            let givers: Vec<String> = givers.into_iter().map(apart).collect();
            parts.push(if named { format!("{made}: {}", givers.join(", ")) } else { made });
        } else if let Some(giver) = self.giver(card) {
            parts.push(apart(&giver));
        } else if card.window.is_none() && card.text().is_some_and(|text| text.via == Via::Plan) {
            parts.push(words.word("from-start").to_owned());
        }
        // What another round counted did not settle this.
        let of_ask = |ask: &str| counts.iter().filter(|count| count.ask == ask).collect::<Vec<_>>();
        match settled {
            None => parts.extend(self.counted(&counts.iter().collect::<Vec<_>>())),
            Some(settled) => {
                let later = Some(settled.ask.as_str()).filter(|ask| Some(*ask) != chosen_by);
                parts.extend(chosen_by.into_iter().chain(later).filter_map(|ask| self.counted(&of_ask(ask))));
            }
        }
        if let Some(settled) = settled {
            if settled.how == Settled::Fallback {
                parts.push(settled.said.clone());
            }
            parts.push(words.fill("kept-on", "day", &words.day_of(settled.at)));
            parts.extend(settled.worded.as_ref().map(|_| words.word("worded-since").to_owned()));
            let unheard: Vec<String> = settled.unheard.iter().map(|name| apart(name)).collect();
            if !unheard.is_empty() {
                parts.push(words.fill("unheard", "partners", &unheard.join(", ")));
            }
        }
        parts.join(" · ")
    }
}
