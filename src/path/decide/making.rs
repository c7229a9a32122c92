//! An outcome in the making: the board as it becomes while one act is worked out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::Outcome;
use crate::path::board::Board;
use crate::path::card::{Card, CardId, CardState, Text, Via};
use crate::path::change::Change;
use crate::path::giver;
use crate::path::notice::Notice;
use crate::path::occasion::{self, Occasion};
use crate::path::people::{Person, PersonId, Standing, Who};
use crate::path::plan::{Ask, Kind};
use crate::path::refusal::Refusal;
use crate::path::said::{Reply, Said};
use crate::path::spot::Spot;
use crate::path::window::{Given, Giver, How, Window, WindowId};

/// The board while one act changes it, and what is to be recorded and said.
pub(super) struct Making {
    /// The board with the changes so far.
    pub(super) board: Board,
    /// The moment of the act.
    pub(super) now: DateTime<Utc>,
    /// The person for whom a host enters something, if so.
    pub(super) entering: Option<PersonId>,
    /// What stood in the house's calendar before the act.
    occasions: Vec<Occasion>,
    /// When what was open before the act was to end.
    ends: BTreeMap<WindowId, DateTime<Utc>>,
    changes: Vec<Change>,
    notices: Vec<Notice>,
    first: i64,
}

impl Making {
    pub(super) fn new(board: &Board, now: DateTime<Utc>) -> Self {
        Self {
            board: board.clone(),
            now,
            entering: None,
            occasions: occasion::all(board),
            ends: board
                .windows
                .values()
                .filter(|window| window.is_open())
                .map(|window| (window.id, window.ends))
                .collect(),
            changes: Vec::new(),
            notices: Vec::new(),
            first: board.next,
        }
    }

    /// The next free number.
    pub(super) fn number(&mut self) -> i64 {
        let number = self.board.next;
        self.board.next += 1;
        number
    }

    /// Records a fact, at once visible on the board in the making.
    pub(super) fn record(&mut self, change: Change) {
        self.board.take(change.clone());
        self.changes.push(change);
    }

    /// Something will be said.
    pub(super) fn notice(&mut self, notice: Notice) {
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }

    /// Words to one person.
    pub(super) fn tell(&mut self, person: PersonId, said: Said, card: Option<CardId>) {
        self.notice(Notice::Tell { person, said, card });
    }

    /// Words to the hosts; where only quick polls are asked they have no room.
    pub(super) fn tell_hosts(&mut self, said: Said) {
        if !self.board.plan.has_road() {
            return;
        }
        self.notice(Notice::Say { spot: Spot::Hosts, said });
    }

    /// The outcome.
    pub(super) fn reply(mut self, reply: Reply) -> Outcome {
        // Whatever the act was: what opens, moves and closes is seen by what came of it.
        if occasion::all(&self.board) != self.occasions {
            self.notice(Notice::Occasions);
        }
        for sitting in self.moved() {
            self.notice(Notice::Reworded { sitting });
        }
        if self.board.next != self.first {
            self.changes.push(Change::Next(self.board.next));
        }
        Outcome { changes: self.changes, notices: self.notices, reply }
    }

    /// The open sittings whose end is another now: their opening posts say when they end.
    fn moved(&self) -> BTreeSet<String> {
        let open = self.board.windows.values().filter(|window| window.is_open() && !window.alone);
        let moved = open.filter(|window| self.ends.get(&window.id).is_some_and(|ends| *ends != window.ends));
        moved.filter_map(|window| Some(self.board.plan.sitting_of(&window.ask)?.1.key.clone())).collect()
    }

    /// The outcome, with words and nothing more on the screen.
    pub(super) fn done(self, said: Said) -> Outcome {
        self.reply(Reply::done(said))
    }

    /// Whoever acts, if they may give.
    pub(super) fn giving(&self, who: &Who) -> Result<Person, Refusal> {
        let Who::Person(id) = who else { return Err(Refusal::NotAMember) };
        let person = self.board.people.get(id).ok_or(Refusal::NotAMember)?;
        match person.standing {
            // Somebody who was reached by phone need not have come here yet.
            Standing::Invited if self.entering == Some(*id) => Ok(person.clone()),
            Standing::Present => Ok(person.clone()),
            Standing::Invited => Err(Refusal::NotAMember),
            Standing::Asking => Err(Refusal::NotConfirmed),
            Standing::Observer => Err(Refusal::Observer),
            Standing::Left => Err(Refusal::HasLeft),
        }
    }

    /// Whoever acts, if they are a host.
    pub(super) fn host(&self, who: &Who) -> Result<Person, Refusal> {
        let person = self.giving(who)?;
        if person.host { Ok(person) } else { Err(Refusal::HostsOnly) }
    }

    /// A person of the board.
    pub(super) fn person(&self, id: PersonId) -> Result<Person, Refusal> {
        self.board.people.get(&id).cloned().ok_or_else(|| unknown(id))
    }

    /// An ask of the plan.
    pub(super) fn ask(&self, key: &str) -> Result<Ask, Refusal> {
        self.board.plan.ask(key).cloned().ok_or_else(|| unknown(key))
    }

    /// An ask of one of these kinds, and its open window.
    pub(super) fn open(&self, key: &str, kinds: &[Kind]) -> Result<(Ask, Window), Refusal> {
        let ask = self.ask(key)?;
        if !kinds.contains(&ask.kind) {
            return Err(Refusal::WrongKind { ask: key.to_owned() });
        }
        let window = self.board.window_of(key).ok_or_else(|| Refusal::NotOpenYet { ask: key.to_owned() })?;
        if window.is_open() { Ok((ask, window.clone())) } else { Err(Refusal::Closed { ask: key.to_owned() }) }
    }

    /// In whose name a person gives here.
    pub(super) fn giver(&self, ask: &Ask, window: &Window, person: &Person) -> Result<Giver, Refusal> {
        giver::giver(&self.board, ask, window, person).ok_or_else(|| Refusal::NotForYou { ask: ask.key.clone() })
    }

    /// A card that is on the board.
    pub(super) fn card(&self, id: CardId) -> Result<Card, Refusal> {
        let card = self.board.cards.get(&id).ok_or(Refusal::CardGone)?;
        if card.state == CardState::Open { Ok(card.clone()) } else { Err(Refusal::CardGone) }
    }

    /// What a host entered for somebody is their own, now that they do something to it.
    pub(super) fn is_own_now(&mut self, window: &Window, giver: Giver) {
        if self.entering.is_none() && self.board.entered.contains_key(&(window.id, giver)) {
            self.record(Change::EnteredGone { window: window.id, giver });
        }
    }

    /// Writes down that somebody has given; the pinned post follows.
    pub(super) fn mark_given(&mut self, window: &Window, giver: Giver, how: How) {
        self.is_own_now(window, giver);
        self.record(Change::Given(Given { window: window.id, giver, how, at: self.now }));
        self.notice(Notice::Board);
        super::polling::heard(self, window.id);
    }

    /// A new card made by a host or the plan, with one text.
    pub(super) fn new_card(&mut self, source: &str, key: &str, words: &str, by: Option<PersonId>) -> Card {
        Card {
            id: CardId(self.number()),
            source: source.to_owned(),
            window: None,
            by,
            behalf: None,
            partner: None,
            group: None,
            item: None,
            texts: vec![Text {
                fields: [(key.to_owned(), words.to_owned())].into(),
                by,
                via: if by.is_some() { Via::Button } else { Via::Plan },
                at: self.now,
            }],
            state: CardState::Open,
            parked: None,
            confirmed: None,
            disputed: false,
            added: false,
        }
    }
}

/// Something that is not here.
#[expect(clippy::needless_pass_by_value, reason = "numbers and keys are written in place")]
pub(super) fn unknown(what: impl ToString) -> Refusal {
    Refusal::Unknown { what: what.to_string() }
}
