//! *City: subject to approval by 24 April*: whose house still has to say yes, and what it said.

use std::collections::BTreeSet;

use crate::path::approval::On;
use crate::path::{Approval, Card, Decision, Value, Window, approval, rounds};

use super::escape::leaf;
use super::line::Remark;
use super::wall::Wall;

impl Wall<'_> {
    /// What a card stands subject to: by the newest round about it, and by what its partner said with it. What was
    /// approved is no condition any more.
    pub fn conditions(&self, card: &Card) -> Vec<Remark> {
        let origins = self.board.origins(card.id);
        let rounds = self.board.approvals.values().filter_map(|one| match one.on {
            On::Answers(window) => Some(self.board.windows.get(&window)?.ask.as_str()),
            On::Card(_) => None,
        });
        let subject: BTreeSet<&str> = rounds.collect();
        let asks = self.board.plan.asks().map(|(_, _, ask)| &ask.key).filter(|ask| subject.contains(ask.as_str()));
        let newest = asks.filter_map(|ask| rounds::asked_last(self.board, ask, &origins));
        let of_rounds = newest.flat_map(|window| self.of_window(window, card));
        let own = approval::of_card(self.board, card.id);
        of_rounds.chain(own).filter(|one| !is_approved(one)).map(|one| self.condition(one)).collect()
    }

    /// The same of one round, with what was approved since: for the log.
    pub fn conditions_in(&self, window: &Window, card: &Card) -> Vec<Remark> {
        self.of_window(window, card).into_iter().map(|one| self.condition(one)).collect()
    }

    /// What a partner said with the card in which it accepts what was settled for it, for example its role.
    pub fn conditions_of(&self, decision: &Decision) -> Vec<Remark> {
        let beside = |source: &String| {
            let mut sections = self.board.plan.sections.iter();
            sections.any(|section| section.from.contains(&decision.ask) && section.beside.contains(source))
        };
        let said = self.board.cards.values().filter(|card| card.stands() && beside(&card.source));
        let said = said.filter_map(|card| approval::of_card(self.board, card.id));
        said.filter(|one| Some(one.partner) == decision.about).map(|one| self.condition(one)).collect()
    }

    fn of_window(&self, window: &Window, card: &Card) -> Vec<&Approval> {
        let origins = self.board.origins(card.id);
        let line = origins.into_iter().find(|origin| rounds::lay_on(window, *origin));
        line.map(|line| approval::of_line(self.board, window, line)).unwrap_or_default()
    }

    /// One condition, said like a remark: by its partner, with nothing but what it says.
    pub fn condition(&self, one: &Approval) -> Remark {
        let words = self.captions;
        let until = words.day(one.until);
        let text = match &one.verdict {
            Some(said) if said.yes => words.fill("approved", "day", &self.day(said.at)),
            Some(said) if said.reason.is_empty() => words.word("not-approved").to_owned(),
            Some(said) => words.fill("not-approved-because", "reason", &leaf(&said.reason)),
            None if one.told.is_some() => words.fill("subject-late", "day", &until),
            None => words.fill("subject", "day", &until),
        };
        let behalf = one.verdict.as_ref().is_some_and(|said| said.behalf);
        let text = if behalf { format!("{text} ({})", words.word("told-by-host")) } else { text };
        let at = self.local(one.verdict.as_ref().map_or(one.at, |said| said.at));
        Remark { by: self.partner(one.partner), value: Value::Stands, text, proposal: String::new(), open: true, at }
    }
}

impl Remark {
    /// *City: subject to approval by 24 April*, where it is that and no remark.
    #[must_use]
    pub fn condition(&self) -> Option<String> {
        let by = self.by.as_ref().map(|by| format!("{by}: ")).unwrap_or_default();
        (self.value == Value::Stands).then(|| format!("{by}{}", self.text))
    }
}

fn is_approved(one: &Approval) -> bool {
    one.verdict.as_ref().is_some_and(|said| said.yes)
}
