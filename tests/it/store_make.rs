//! Things to store: a small plan, and makers of everything a board can have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use jointpath::path::{
    AccountId, Card, CardId, CardState, Change, Figure, FigureKey, Giver, Level, Notice, Partner, PartnerId,
    Partnership, PartnershipId, Person, PersonId, Plan, RoomId, Standing, Text, Value, Via, Window, WindowId,
    WindowState,
};
use jointpath::store::{Entry, NewPost, NewReceipt};

/// A plan with one ask of each kind that matters here.
pub(crate) fn plan() -> Arc<Plan> {
    let text = r#"
        key = "small"
        [[phase]]
        key = "one"
        [[phase.sitting]]
        key = "first"
        days = 2
        minutes = 5
        ask = [
            { key = "tell", kind = "cards" },
            { key = "dots", kind = "marks", pile = [{ key = "dot", budget = 5 }] },
            { key = "agree", kind = "consent" },
            { key = "role", kind = "assign", pile = [{ key = "primary", budget = 1 }] },
            { key = "colours", kind = "figures", pile = [{ key = "green", budget = 3 }, { key = "red", budget = 3 }] },
        ]
    "#;
    Arc::new(toml::from_str(text).unwrap())
}

/// A moment, by its minutes.
pub(crate) fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_764_000_000_123 + minutes * 60_000).unwrap()
}

pub(crate) fn partnership(id: PartnershipId) -> Partnership {
    Partnership {
        id,
        name: "Ruvani Without Plastic".to_owned(),
        language: "en".to_owned(),
        house: u64::MAX - 1,
        room: RoomId(9_000_000_000_000_000_000 + id.0.unsigned_abs()),
        welcome: "Karibu, 欢迎, أهلاً".to_owned(),
        founded: at(0),
    }
}

pub(crate) fn partner(id: i64) -> Partner {
    Partner {
        id: PartnerId(id),
        name: format!("Partner {id}"),
        short: format!("P{id}"),
        sector: String::new(),
        lag_days: 3,
        until: None,
    }
}

pub(crate) fn person(id: i64, partner: i64) -> Person {
    Person {
        id: PersonId(id),
        name: format!("Person {id}"),
        partner: PartnerId(partner),
        level: Level::Operational,
        zone: "Africa/Nairobi".to_owned(),
        handle: format!("person{id}"),
        host: false,
        standing: Standing::Present,
        accounts: BTreeSet::from([AccountId(u64::MAX - id.unsigned_abs())]),
        from: Some(at(1)),
        until: None,
    }
}

pub(crate) fn window(id: i64, ask: &str) -> Window {
    Window {
        id: WindowId(id),
        ask: ask.to_owned(),
        nth: 1,
        opens: at(2),
        ends: at(3_000),
        wall: None,
        state: WindowState::Open,
        closed: None,
        because_of: String::new(),
        despite: String::new(),
        slate: Vec::new(),
        about: Vec::new(),
        drafters: BTreeSet::new(),
        alone: false,
        extended: false,
        itself: false,
    }
}

pub(crate) fn text(words: &str, by: Option<i64>) -> Text {
    let fields = BTreeMap::from([("line".to_owned(), words.to_owned()), ("more".to_owned(), String::new())]);
    Text { fields, by: by.map(PersonId), via: Via::Button, at: at(5) }
}

pub(crate) fn card(id: i64, words: &str) -> Card {
    Card {
        id: CardId(id),
        source: "tell".to_owned(),
        window: None,
        by: None,
        behalf: None,
        partner: None,
        group: None,
        item: None,
        texts: vec![text(words, None)],
        state: CardState::Open,
        parked: None,
        confirmed: None,
        disputed: false,
        added: false,
    }
}

pub(crate) fn figure(window: i64, giver: Giver, pile: &str, slot: u8, card: i64) -> Figure {
    let key = FigureKey { window: WindowId(window), giver, pile: pile.to_owned(), about: None, slot };
    Figure { key, card: CardId(card), value: Value::Here, note: String::new(), proposal: String::new(), at: at(6) }
}

/// An entry without posts; its receipt is its own.
pub(crate) fn entry(id: PartnershipId, revision: i64, changes: Vec<Change>) -> Entry {
    Entry {
        partnership: id,
        plan: None,
        revision,
        changes,
        posts: Vec::new(),
        receipt: receipt(&format!("{id}:{revision}")),
        at: at(revision),
    }
}

/// A founding: the first entry, with two partners (1, 2), two people (3, 4) and one card (5).
pub(crate) fn founding(id: PartnershipId) -> Entry {
    let changes = vec![
        Change::Partnership(partnership(id)),
        Change::Card(card(5, "Plastic in the bay")),
        Change::Person(person(3, 1)),
        Change::Person(person(4, 2)),
        Change::Partner(partner(1)),
        Change::Partner(partner(2)),
        Change::Next(6),
    ];
    Entry { plan: Some(plan()), ..entry(id, 1, changes) }
}

pub(crate) fn receipt(key: &str) -> NewReceipt {
    NewReceipt { key: key.to_owned(), opening: None, reply: "{}".to_owned(), card: None }
}

pub(crate) fn post(destination: &str, minutes: i64) -> NewPost {
    NewPost {
        notice: Notice::Opens { sitting: "first".to_owned() },
        destination: destination.to_owned(),
        key: None,
        due: at(minutes),
        after: None,
    }
}
