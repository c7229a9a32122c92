//! A quick poll: what a sitting has that somebody asked on the spot.

use serde::{Deserialize, Serialize};

use super::is_false;
use super::{
    Ask, Bounds, By, Fallback, Form, Item, Kind, List, Named, Phase, Pile, Place, Plan, ROUNDS, Rule, Seal, Section,
    Shape, Sitting,
};
use crate::path::people::PersonId;

/// The phase in which all quick polls of a partnership stand.
const POLLS: &str = "polls";
/// What each has in hand in a quick poll.
const PILE: &str = "mark";

/// What makes a sitting of one ask a quick poll: it closes by itself, and whoever asked may close it.
///
/// Its words stand here, since no file has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Poll {
    /// Who asked.
    pub asker: PersonId,
    /// The question, as they wrote it.
    pub question: String,
    /// So many people must have voted for it to count; none: any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quorum: Option<u16>,
    /// Held by the place where people meet: everybody sees every vote there, and the count is taken over.
    #[serde(default, skip_serializing_if = "is_false")]
    pub public: bool,
}

/// What a new quick poll brings into a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// The key of its ask, sitting and section.
    pub key: String,
    /// Marks on its cards, or a card for each organisation.
    pub kind: Kind,
    /// How many each may set.
    pub budget: u8,
    /// Whether people see afterwards who gave what.
    pub named: bool,
    /// Its cards.
    pub items: Vec<Item>,
}

impl Ballot {
    /// The key of the list that holds its cards.
    #[must_use]
    pub fn list(&self) -> String {
        format!("{}-cards", self.key)
    }

    fn ask(&self) -> Ask {
        Ask {
            key: self.key.clone(),
            kind: self.kind,
            by: By::Each,
            place: Place::Channel,
            fields: Vec::new(),
            from: vec![self.list()],
            kept: false,
            crown: Vec::new(),
            under: None,
            piles: vec![Pile { key: PILE.to_owned(), budget: self.budget }],
            stack: false,
            each: Bounds::default(),
            keep: None,
            seal: Seal::Close,
            named: if self.named { Named::Yes } else { Named::Never },
            confirm: None,
            after: None,
            optional: false,
            form: Form::Free,
            drafting: None,
            told: false,
            rounds: ROUNDS,
            fallback: Fallback::default(),
        }
    }

    fn section(&self) -> Section {
        let (shape, from) =
            if self.kind == Kind::Assign { (Shape::Matrix, self.key.clone()) } else { (Shape::Lines, self.list()) };
        Section {
            key: self.key.clone(),
            shape,
            from: vec![from],
            kept: false,
            parked: false,
            beside: Vec::new(),
            phase: POLLS.to_owned(),
            element: None,
            chart: None,
            when_filled: false,
            promise: None,
        }
    }
}

impl Plan {
    /// A plan with nothing in it: what a room has where nothing but quick polls is asked.
    #[must_use]
    pub fn without_road() -> Self {
        let key = POLLS.to_owned();
        Self { key, phases: Vec::new(), beside: Vec::new(), paces: Vec::new(), lists: Vec::new(), sections: Vec::new() }
    }

    /// The same plan with one more quick poll beside the road.
    #[must_use]
    pub fn with_poll(mut self, poll: Poll, ballot: &Ballot) -> Self {
        let key = ballot.key.clone();
        let (asks, poll) = (vec![ballot.ask()], Some(poll));
        let sitting = Sitting { key, days: 1, minutes: 1, rule: Rule::Gather, poll, asks };
        match self.beside.first_mut() {
            Some(polls) => polls.sittings.push(sitting),
            None => self.beside.push(Phase {
                key: POLLS.to_owned(),
                room_minutes: 0,
                sittings: vec![sitting],
                checks: Vec::new(),
            }),
        }
        self.lists.push(List { key: ballot.list(), phase: POLLS.to_owned(), items: ballot.items.clone() });
        self.sections.push(ballot.section());
        self
    }

    /// A road laid under the quick polls that were there before it.
    #[must_use]
    pub fn with_polls_of(mut self, before: &Self) -> Self {
        self.beside.extend(before.beside.iter().cloned());
        self.lists.extend(before.lists.iter().cloned());
        self.sections.extend(before.sections.iter().cloned());
        self
    }
}
