//! Tests of the rules, on the shipped Path with a small partnership.

mod approving;
mod became;
mod changing;
mod choosing;
mod clustering;
mod coming;
mod consenting;
mod drafting;
mod entering;
mod giving;
mod inviting;
mod joining;
mod later;
mod mending;
mod nudging;
mod occasions;
mod outside;
mod pausing;
mod people;
mod polling;
mod random;
mod reopening;
mod resting;
mod road;
mod sharing;
mod timing;
mod tree;
mod weekly;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::{DEPTH_MAX, Outcome, decide, found};
use crate::path::plan::{Item, Plan};
use crate::path::timing::wakes;
use crate::path::*;

/// A partnership being walked through by a test.
pub(super) struct Walk {
    pub(super) board: Board,
    pub(super) now: DateTime<Utc>,
    pub(super) notices: Vec<Notice>,
}

pub(super) fn plan() -> Plan {
    let mut plan: Plan = toml::from_str(include_str!("../../../../prompts/path.toml")).unwrap();
    for list in &mut plan.lists {
        let keys: &[&str] = match list.key.as_str() {
            "partnership-roles" => &["backbone", "data", "voice", "resources", "communicator", "implementer"],
            _ => &["one", "two", "three"],
        };
        list.items = keys
            .iter()
            .map(|key| Item { key: (*key).to_owned(), name: format!("{} {key}", list.key), line: String::new() })
            .collect();
    }
    plan
}

impl Walk {
    /// A partnership of the host's partner *Alpha* alone, in which hosts open everything by hand.
    pub(super) fn founded() -> Self {
        let mut walk = Self::just_founded();
        walk.does("Ann", &Act::Time(TimeAct::ByItself(false)));
        walk.now -= TimeDelta::minutes(1);
        walk.board.revision -= 1;
        walk
    }

    /// The same as it is right after its founding: sittings open by themselves.
    fn just_founded() -> Self {
        let founding = Founding {
            name: "School Meals".to_owned(),
            issue: "Children learn hungry".to_owned(),
            language: "en".to_owned(),
            house: 7,
            room: RoomId(8),
            account: AccountId(100),
            host: "Ann".to_owned(),
            handle: "ann".to_owned(),
            partner: "Alpha".to_owned(),
            zone: "UTC".to_owned(),
        };
        let who = Who::Stranger { account: AccountId(100), handle: "ann".to_owned(), manager: true };
        let now = "2026-03-02T08:00:00Z".parse().unwrap();
        let (mut board, outcome) = found(Arc::new(plan()), PartnershipId(1), &founding, &who, now).unwrap();
        board.apply(&outcome.changes);
        Self { board, now, notices: outcome.notices }
    }

    /// Ann and Abe of Alpha, Bea and Ben of Beta, Cid and Cyd of Gamma; all have joined.
    pub(super) fn joined() -> Self {
        let mut walk = Self::founded();
        let partner = |short: &str, sector: &str| NewPartner {
            short: short.to_owned(),
            sector: sector.to_owned(),
            ..NewPartner::default()
        };
        let person = |name: &str, partner: &str, level| NewPerson {
            name: name.to_owned(),
            partner: partner.to_owned(),
            level,
            zone: String::new(),
            handle: name.to_lowercase(),
            host: false,
        };
        let partners = vec![partner("Beta", "public"), partner("Gamma", "business")];
        let people = vec![
            person("Abe", "Alpha", Level::Operational),
            person("Bea", "Beta", Level::Strategic),
            person("Ben", "Beta", Level::Operational),
            person("Cid", "Gamma", Level::Strategic),
            person("Cyd", "Gamma", Level::Operational),
        ];
        walk.does("Ann", &Act::Enter { partners, people });
        for (account, name) in (101..).zip(["Abe", "Bea", "Ben", "Cid", "Cyd"]) {
            walk.joins(account, name, &name.to_lowercase()).unwrap();
        }
        walk
    }

    pub(super) fn joins(&mut self, account: u64, name: &str, handle: &str) -> Result<Reply, Refusal> {
        let who = Who::Stranger { account: AccountId(account), handle: handle.to_owned(), manager: false };
        let zone = "UTC".to_owned();
        let person = self.person(name);
        self.act(&who, &Act::Join { account: AccountId(account), handle: handle.to_owned(), person, zone })
    }

    pub(super) fn act(&mut self, who: &Who, act: &Act) -> Result<Reply, Refusal> {
        let Outcome { changes, notices, reply } = decide(&self.board, who, act, self.now)?;
        self.board.apply(&changes);
        self.notices.extend(notices);
        self.now += TimeDelta::minutes(1);
        Ok(reply)
    }

    pub(super) fn tries(&mut self, name: &str, act: &Act) -> Result<Reply, Refusal> {
        let who = Who::Person(self.person(name));
        let before = self.board.clone();
        let result = self.act(&who, act);
        if result.is_err() {
            assert_eq!(before, self.board, "a refused act changed the board");
        }
        result
    }

    #[track_caller]
    pub(super) fn does(&mut self, name: &str, act: &Act) -> Reply {
        self.tries(name, act).unwrap_or_else(|refusal| panic!("{name}: {refusal:?} for {act:?}"))
    }

    /// The act is refused, with this refusal's key.
    #[track_caller]
    pub(super) fn refused(&mut self, name: &str, act: &Act, key: &str) {
        match self.tries(name, act) {
            Err(refusal) => assert_eq!(refusal.key(), key, "{act:?}"),
            Ok(reply) => panic!("should be refused as {key}, but: {reply:?} for {act:?}"),
        }
    }

    pub(super) fn person(&self, name: &str) -> PersonId {
        self.board.people.values().find(|person| person.name == name).unwrap().id
    }

    pub(super) fn partner(&self, short: &str) -> PartnerId {
        self.board.partners.values().find(|partner| partner.short == short).unwrap().id
    }

    /// The card with these words.
    pub(super) fn card(&self, words: &str) -> CardId {
        let found = self
            .board
            .cards
            .values()
            .rev()
            .find(|card| card.text().is_some_and(|text| text.fields.values().any(|value| value == words)));
        found.unwrap_or_else(|| panic!("no card {words}")).id
    }

    pub(super) fn item(&self, list: &str, item: &str) -> CardId {
        super::by_plan(&self.board, list, item).unwrap()
    }

    /// Time passes until a moment; what is said because of it, but for nudges.
    #[track_caller]
    pub(super) fn passes_until(&mut self, moment: DateTime<Utc>) -> Vec<Notice> {
        self.now = moment;
        let before = self.notices.len();
        self.act(&Who::Clock, &Act::TimePassed).unwrap();
        let mut notices = self.notices.split_off(before);
        notices.retain(|notice| !matches!(notice, Notice::Nudge { .. } | Notice::Missing { .. }));
        notices
    }

    #[track_caller]
    pub(super) fn opens(&mut self, sitting: &str) {
        self.does("Ann", &Act::Open { sitting: sitting.to_owned() });
    }

    #[track_caller]
    pub(super) fn closes(&mut self, sitting: &str) {
        self.does("Ann", &Act::Close { sitting: sitting.to_owned(), despite: Some("test".to_owned()) });
    }

    #[track_caller]
    pub(super) fn gives(&mut self, name: &str, ask: &str, fields: &[(&str, &str)]) -> Reply {
        self.does(name, &giving(ask, fields))
    }

    pub(super) fn sees(&self, viewer: Viewer, words: &str) -> bool {
        let view = view(&self.board, viewer, self.now);
        view.shown()
            .cards
            .values()
            .any(|card| card.texts.iter().any(|text| text.fields.values().any(|value| value == words)))
    }
}

pub(super) fn giving(ask: &str, fields: &[(&str, &str)]) -> Act {
    Act::Give(Giving { ask: ask.to_owned(), fields: with(fields), ..Giving::default() })
}

pub(super) fn with(fields: &[(&str, &str)]) -> BTreeMap<String, String> {
    fields.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

pub(super) fn marks(ask: &str, cards: &[CardId]) -> Act {
    Act::Mark { ask: ask.to_owned(), cards: cards.iter().copied().collect::<BTreeSet<_>>() }
}

pub(super) fn answer(ask: &str, card: Option<CardId>, value: Value, note: &str) -> Act {
    Act::Answer { ask: ask.to_owned(), card, value, note: note.to_owned(), proposal: String::new() }
}
