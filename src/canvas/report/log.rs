//! How we decided: the log of decisions, each with its counts and what was said against it.

use crate::canvas::escape::leaf;
use crate::path::plan::Kind;
use crate::path::{CardId, Decision, Settled, Tally, Value};

use super::{Block, Maker};

impl Maker<'_> {
    /// Every decision in order, as a table.
    pub(super) fn decisions(&self) -> Option<Block> {
        let columns = ["report-when", "report-what", "report-kept", "report-how"].map(|key| self.say(key));
        let all = &self.wall.board.decisions;
        // Rewording what was kept settles it anew; of one day only the last is told.
        let day = |decision: &Decision| self.wall.local(decision.at).date_naive();
        let reworded = |nth: usize, decision: &Decision| {
            let same = |later: &Decision| {
                (&later.ask, later.about, day(later)) == (&decision.ask, decision.about, day(decision))
            };
            all[nth + 1..].iter().any(same)
        };
        let told = all.iter().enumerate().filter(|(nth, decision)| !reworded(*nth, decision));
        let rows = told.map(|(_, decision)| self.decision(decision));
        Block::table(columns.into(), rows.collect())
    }

    fn decision(&self, decision: &Decision) -> Vec<String> {
        let what = self.words.label(&[&decision.ask]);
        let what = match decision.about.and_then(|id| self.wall.partner(id)) {
            Some(partner) => format!("{what}, {partner}"),
            None => what,
        };
        let kept = decision.cards.iter().filter_map(|id| {
            let card = self.wall.board.cards.get(id)?;
            Some(super::shapes::with(format!("#{id} {}", self.wall.title(card)), Some(&self.counted(decision, *id))))
        });
        let how = self.words.word(match decision.how {
            Settled::Host => "settled-host",
            Settled::Consent => "settled-consent",
            Settled::Poll => "settled-poll",
            Settled::Fallback => "settled-fallback",
        });
        let reason = leaf(&decision.reason);
        let how = if reason.is_empty() { how.to_owned() } else { format!("{how}: {reason}") };
        let again = self.wall.reopened(decision).into_iter().map(|again| again.said);
        let how = std::iter::once(how).chain(again).collect::<Vec<_>>().join("\n");
        vec![self.wall.day(decision.at), what, kept.collect::<Vec<_>>().join("\n"), how]
    }

    /// What was counted on a card before it was kept, in words; as little as the canvas tells.
    fn counted(&self, decision: &Decision, card: CardId) -> String {
        let board = self.wall.board;
        let Some(ask) = board.plan.ask(&decision.ask).filter(|ask| ask.kind != Kind::Figures) else {
            return String::new();
        };
        let origins = board.origins(card);
        let closed = board.windows.values().filter(|window| {
            window.ask == ask.key && window.closed.is_some_and(|at| at <= decision.at) && {
                decision.about.is_none_or(|about| window.about.is_empty() || window.about.contains(&about))
            }
        });
        let Some(window) = closed.max_by_key(|window| window.nth) else { return String::new() };
        let tallies = board.tallies.iter().filter(|tally| {
            tally.window == window.id && tally.about == decision.about && origins.contains(&tally.card)
        });
        let said = tallies.map(|tally: &Tally| {
            let people = self.words.people(tally.people);
            match tally.value {
                Value::Here => format!("{people}, {}", self.words.partners(tally.partners)),
                Value::Stands => format!("{}: {people}", self.words.word("stands")),
                Value::Remark => format!("{}: {people}", self.words.word("remark")),
                Value::NotYet => format!("{}: {people}", self.words.word("not-yet")),
            }
        });
        said.collect::<Vec<_>>().join("; ")
    }
}
