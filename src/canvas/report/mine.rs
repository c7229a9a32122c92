//! A person's own sheet: every card with its wordings, what became of it, and what one set where that
//! is still known.

use crate::canvas::escape::leaf;
use crate::path::plan::{Ask, FieldKind, LinkKind, Seal};
use crate::path::{Card, CardState, Giver, How, PersonId, Text, Value};

use super::shapes::with;
use super::{Block, Kind, Maker, Part, Report};

/// A person's own sheet; none where it is not one person who looks.
pub(super) fn report(maker: &Maker<'_>) -> Option<Report> {
    let me = maker.wall.view.person()?;
    let name = leaf(&me.name);
    let own = Own { maker, me: me.id };
    let mut parts = vec![Part::new(1, maker.tell("report-hello", &[("name", &name)]), own.in_short())];
    let given = own.given();
    if !given.is_empty() {
        parts.push(Part::new(1, maker.say("report-my-cards"), Vec::new()));
        parts.extend(given);
    }
    parts.extend(own.taken_on());
    parts.extend(own.set());
    Some(maker.report(Kind::Mine, maker.tell("report-mine", &[("name", &name)]), parts))
}

/// What one person gave.
struct Own<'a> {
    maker: &'a Maker<'a>,
    me: PersonId,
}

impl Own<'_> {
    fn cards(&self, ask: &Ask) -> Vec<&Card> {
        let board = self.maker.wall.board;
        board.cards.values().filter(|card| card.source == ask.key && card.by == Some(self.me)).collect()
    }

    fn in_short(&self) -> Vec<Block> {
        let board = self.maker.wall.board;
        let cards = board.cards.values().filter(|card| card.by == Some(self.me) && card.state != CardState::Withdrawn);
        let mine = board.given.values().filter(|given| given.giver == Giver::Person(self.me));
        let skipped = mine.filter(|given| given.how == How::Passed).count();
        let gaps = [("cards", cards.count().to_string()), ("skipped", skipped.to_string())];
        let gaps: Vec<(&str, &str)> = gaps.iter().map(|(gap, value)| (*gap, value.as_str())).collect();
        let done = self.maker.canvas.head.phases.iter().all(|phase| phase.state.is_over());
        let thanks = if done { "report-mine-thanks-done" } else { "report-mine-thanks" };
        vec![
            Block::text(self.maker.tell("report-mine-line", &gaps)),
            Block::text(self.maker.say(thanks)),
            Block::note(self.maker.say("report-mine-note")),
        ]
    }

    /// One part for each ask, with every card and what became of it.
    fn given(&self) -> Vec<Part> {
        let plan = &self.maker.wall.board.plan;
        let asked = plan.asks().filter_map(|(phase, _, ask)| {
            let cards = self.cards(ask);
            if cards.is_empty() {
                return None;
            }
            let heading = format!("{}: {}", self.maker.words.phase(&phase.key), self.maker.words.label(&[&ask.key]));
            Some(Part::new(2, heading, cards.into_iter().flat_map(|card| self.card(ask, card)).collect()))
        });
        asked.collect()
    }

    fn card(&self, ask: &Ask, card: &Card) -> Vec<Block> {
        let mut blocks = Vec::new();
        if let Some(text) = card.text() {
            let day = self.maker.wall.day(text.at);
            let by = match card.texts.len() {
                0 | 1 => format!("#{} · {day}", card.id),
                n => format!("#{} · {day} · {}", card.id, self.maker.words.fill("wordings", "n", &n.to_string())),
            };
            blocks.push(Block::quote(self.said(ask, text), by));
        }
        let older = card.texts.iter().rev().skip(1);
        let older = older.map(|text| {
            let day = self.maker.wall.day(text.at);
            self.maker.tell("report-before", &[("day", &day), ("text", &self.said(ask, text))])
        });
        blocks.extend(Block::list(older.chain(self.became(ask, card)).collect()));
        blocks
    }

    /// One wording with all its parts.
    fn said(&self, ask: &Ask, text: &Text) -> String {
        let headline = ask.headline().map(|field| field.key.as_str());
        let value = |key: &str| text.fields.get(key).map(String::as_str).unwrap_or_default();
        let parts = ask.fields.iter().filter_map(|field| {
            let said = self.maker.wall.value(ask, field, value(&field.key));
            let label = || format!("{}: {said}", self.maker.wall.field_label(ask, field));
            (!said.is_empty()).then(|| if Some(field.key.as_str()) == headline { said.clone() } else { label() })
        });
        let parts: Vec<String> = parts.collect();
        if parts.is_empty() { self.maker.words.word("erased").to_owned() } else { parts.join(" · ") }
    }

    /// What became of a card.
    fn became(&self, ask: &Ask, card: &Card) -> Vec<String> {
        let (maker, board) = (self.maker, self.maker.wall.board);
        let mut found = Vec::new();
        if ask.seal == Seal::Giver {
            found.push(maker.say("report-only-me"));
        }
        if card.state == CardState::Withdrawn {
            found.push(maker.say("report-taken-back"));
        }
        if let Some(reason) = &card.parked {
            found.push(maker.tell("report-aside", &[("why", &leaf(reason))]));
        }
        let made = board.links.to(card.id, LinkKind::MadeFrom);
        let merged = match card.state {
            CardState::Merged(into) => Some(into),
            CardState::Open | CardState::Withdrawn => None,
        };
        let mut into: Vec<_> = made.map(|link| link.from).chain(merged).collect();
        into.sort_unstable();
        into.dedup();
        for id in into {
            let title = board.cards.get(&id).map(|card| format!("#{id} {}", maker.wall.title(card)));
            found.extend(title.map(|title| maker.tell("report-taken-up", &[("card", &title)])));
        }
        for decision in &board.decisions {
            if decision.cards.iter().any(|id| board.origins(*id).contains(&card.id)) {
                let (day, what) = (maker.wall.day(decision.at), maker.words.label(&[&decision.ask]));
                found.push(maker.tell("report-we-kept", &[("day", &day), ("what", &what)]));
            }
        }
        found.extend(maker.wall.confirmation(ask, card).map(|confirmation| confirmation.said));
        found
    }

    /// Cards of others, or mine, that name me as the one who does it.
    fn taken_on(&self) -> Option<Part> {
        let board = self.maker.wall.board;
        let mut rows = Vec::new();
        for (_, _, ask) in board.plan.asks().filter(|(_, _, ask)| ask.confirm.is_some()) {
            let owner = ask.fields.iter().find(|field| field.kind == FieldKind::Person);
            let due = ask.fields.iter().find(|field| field.kind == FieldKind::Date);
            for card in board.cards_of(&ask.key, false) {
                if owner.is_some_and(|field| card.field(&field.key) == self.me.to_string()) {
                    let day = due.map(|field| self.maker.wall.value(ask, field, card.field(&field.key)));
                    let answer = self.maker.wall.confirmation(ask, card).map(|confirmation| confirmation.said);
                    let title = format!("#{} {}", card.id, self.maker.wall.title(card));
                    rows.push(vec![title, day.unwrap_or_default(), answer.unwrap_or_default()]);
                }
            }
        }
        let words = self.maker.words;
        let columns =
            vec![words.word("what").to_owned(), words.word("due").to_owned(), self.maker.say("report-answer")];
        Some(Part::new(1, self.maker.say("report-take-on"), vec![Block::table(columns, rows)?]))
    }

    /// My marks and answers where they are still known; where they were unnamed they are gone.
    fn set(&self) -> Option<Part> {
        let (maker, board) = (self.maker, self.maker.wall.board);
        let figures = board.figures.values().chain(board.ballots.values());
        let mine = figures.filter(|figure| figure.key.giver == Giver::Person(self.me));
        let rows = mine.filter_map(|figure| {
            let window = board.windows.get(&figure.key.window)?;
            let card = board.cards.get(&figure.card)?;
            let said = match figure.value {
                Value::Here => maker.words.choice(&[&window.ask, &figure.key.pile]),
                Value::Stands => maker.words.word("stands").to_owned(),
                Value::Remark => maker.words.word("remark").to_owned(),
                Value::NotYet => maker.words.word("not-yet").to_owned(),
            };
            let about = figure.key.about.and_then(|id| maker.wall.partner(id));
            let what = with(format!("#{} {}", card.id, maker.wall.title(card)), about.as_deref());
            let note = leaf(&figure.note);
            let said = if note.is_empty() { said } else { format!("{said}: {note}") };
            Some(vec![maker.words.label(&[&window.ask]), what, said])
        });
        let columns = ["report-asked-as", "report-on", "report-i-said"].map(|key| maker.say(key));
        let table = Block::table(columns.into(), rows.collect())?;
        let note = Block::note(maker.say("report-gone"));
        Some(Part::new(1, maker.say("report-my-marks"), vec![table, note]))
    }
}
