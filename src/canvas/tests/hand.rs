//! A board put up by hand, change by change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use crate::canvas::{Canvas, Captions, compile};
use crate::path::plan::{ISSUE, LinkKind};
use crate::path::*;

/// Somebody who puts things on a board.
pub struct Hand {
    pub board: Board,
    pub at: DateTime<Utc>,
}

pub fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

impl Hand {
    pub fn new(plan: Plan, name: &str, issue: &str) -> Self {
        let at = moment("2026-03-02T07:00:00Z");
        let partnership = Partnership {
            id: PartnershipId(1),
            name: name.to_owned(),
            language: "en".to_owned(),
            house: 1,
            room: RoomId(1),
            welcome: String::new(),
            founded: at,
        };
        let mut hand = Self { board: Board::new(partnership, Arc::new(plan)), at };
        let issue = hand.bare(ISSUE, &[(ISSUE, issue)]);
        hand.put(Change::Card(issue));
        hand.lists();
        hand
    }

    /// A plan from a few lines of TOML, with two partners of two people each.
    pub fn small(toml: &str) -> Self {
        let mut hand = Self::new(toml::from_str(toml).unwrap(), "Clean River", "Plastic in the river");
        let city = hand.partner("City", "City Council");
        let rwa = hand.partner("RWA", "Ruvani Waters");
        for (name, partner) in [("Ana", city), ("Ben", city), ("Caro", rwa), ("Dan", rwa)] {
            hand.person(name, partner, Level::Strategic);
        }
        hand
    }

    pub fn put(&mut self, change: Change) {
        self.board.apply(&[change]);
    }

    pub fn number(&mut self) -> i64 {
        let number = self.board.next;
        self.board.next += 1;
        number
    }

    fn lists(&mut self) {
        let plan = Arc::clone(&self.board.plan);
        for list in &plan.lists {
            for item in &list.items {
                let card = self.bare(&list.key, &[("name", &item.name), ("line", &item.line)]);
                self.put(Change::Card(Card { item: Some(item.key.clone()), ..card }));
            }
        }
    }

    pub fn partner(&mut self, short: &str, name: &str) -> PartnerId {
        let id = PartnerId(self.number());
        let (short, name) = (short.to_owned(), name.to_owned());
        self.put(Change::Partner(Partner { id, name, short, sector: String::new(), lag_days: 0, until: None }));
        id
    }

    pub fn person(&mut self, name: &str, partner: PartnerId, level: Level) -> PersonId {
        let id = PersonId(self.number());
        let host = self.board.people.is_empty();
        self.put(Change::Person(Person {
            id,
            name: name.to_owned(),
            partner,
            level,
            zone: "Africa/Nairobi".to_owned(),
            handle: String::new(),
            host,
            standing: Standing::Present,
            accounts: BTreeSet::new(),
            from: None,
            until: None,
        }));
        id
    }

    pub fn who(&self, name: &str) -> PersonId {
        self.board.people.values().find(|person| person.name == name).unwrap().id
    }

    pub fn whose(&self, short: &str) -> PartnerId {
        self.board.partners.values().find(|partner| partner.short == short).unwrap().id
    }

    pub fn open(&mut self, ask: &str) -> WindowId {
        self.open_about(ask, &[])
    }

    pub fn open_about(&mut self, ask: &str, about: &[PartnerId]) -> WindowId {
        assert!(self.board.plan.ask(ask).is_some(), "no ask {ask}");
        let id = WindowId(self.number());
        let nth = self.board.window_of(ask).map_or(0, |window| window.nth) + 1;
        self.put(Change::Window(Window {
            id,
            ask: ask.to_owned(),
            nth,
            opens: self.at,
            ends: self.at + Duration::days(2),
            wall: None,
            state: WindowState::Open,
            closed: None,
            because_of: String::new(),
            despite: String::new(),
            slate: Vec::new(),
            about: about.to_vec(),
            drafters: BTreeSet::new(),
            alone: false,
            extended: false,
            itself: false,
        }));
        id
    }

    /// Closes an ask's newest window and counts it, as `decide` does.
    pub fn close(&mut self, ask: &str) {
        let mut window = self.board.window_of(ask).unwrap().clone();
        for tally in tally::count(&self.board, window.id) {
            self.put(Change::Tally(tally));
        }
        window.state = WindowState::Closed;
        window.closed = Some(self.at);
        self.put(Change::BallotsGone(window.id));
        self.put(Change::Window(window));
    }

    /// A card without giver and window.
    pub fn bare(&mut self, source: &str, fields: &[(&str, &str)]) -> Card {
        let fields: BTreeMap<String, String> = fields
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
            .collect();
        Card {
            id: CardId(self.number()),
            source: source.to_owned(),
            window: None,
            by: None,
            behalf: None,
            partner: None,
            group: None,
            item: None,
            texts: vec![Text { fields, by: None, via: Via::Plan, at: self.at }],
            state: CardState::Open,
            parked: None,
            confirmed: None,
            disputed: false,
            added: false,
        }
    }

    /// Somebody gives a card; its linked fields make links, as `decide` does.
    pub fn give(&mut self, ask: &str, by: &str, fields: &[(&str, &str)]) -> CardId {
        let person = self.board.people.values().find(|person| person.name == by).unwrap().clone();
        let window = self.board.window_of(ask).map(|window| window.id);
        let bare = self.bare(ask, fields);
        let text = Text { by: Some(person.id), via: Via::Button, ..bare.texts[0].clone() };
        let card = Card { window, by: Some(person.id), partner: Some(person.partner), texts: vec![text], ..bare };
        let id = card.id;
        let linked: Vec<(LinkKind, CardId)> = self
            .board
            .plan
            .ask(ask)
            .unwrap()
            .fields
            .iter()
            .filter_map(|field| Some((field.link?, CardId(card.field(&field.key).parse().ok()?))))
            .collect();
        self.put(Change::Card(card));
        for (kind, to) in linked {
            self.link(kind, id, to);
        }
        id
    }

    pub fn amend(&mut self, card: CardId, change: impl FnOnce(&mut Card)) {
        let mut row = self.board.cards[&card].clone();
        change(&mut row);
        self.put(Change::Card(row));
    }

    pub fn link(&mut self, kind: LinkKind, from: CardId, to: CardId) {
        let id = LinkId(self.number());
        self.put(Change::Link(Link { id, kind, from, to, by: None, at: self.at }));
    }

    pub fn confirm(&mut self, card: CardId, by: &str, yes: bool) {
        let (by, at) = (self.who(by), self.at);
        self.amend(card, |card| card.confirmed = Some(Confirmed { by, yes, at }));
    }

    /// A figure as a ballot, or with its name on it.
    pub fn figure(&mut self, key: (&str, &str, u8), by: &str, card: CardId, said: (Value, &str)) {
        self.nominate(key, None, by, card);
        let (ask, pile, slot) = key;
        let window = self.board.window_of(ask).unwrap().id;
        let giver = Giver::Person(self.who(by));
        let key = FigureKey { window, giver, pile: pile.to_owned(), about: None, slot };
        let secret = self.board.plan.ask(ask).unwrap().is_secret();
        let figure = Figure { key, card, value: said.0, note: said.1.to_owned(), proposal: String::new(), at: self.at };
        self.put(Change::Figure { figure, secret });
    }

    pub fn mark(&mut self, ask: &str, by: &str, cards: &[CardId]) {
        for (slot, card) in (1..).zip(cards) {
            let pile = self.board.plan.ask(ask).unwrap().hand()[0].key.clone();
            self.figure((ask, &pile, slot), by, *card, (Value::Here, ""));
        }
    }

    pub fn nominate(&mut self, key: (&str, &str, u8), about: Option<PartnerId>, by: &str, card: CardId) {
        let (ask, pile, slot) = key;
        let window = self.board.window_of(ask).unwrap().id;
        let giver = Giver::Person(self.who(by));
        self.put(Change::Given(Given { window, giver, how: How::Gave, at: self.at }));
        let key = FigureKey { window, giver, pile: pile.to_owned(), about, slot };
        let figure =
            Figure { key, card, value: Value::Here, note: String::new(), proposal: String::new(), at: self.at };
        let secret = self.board.plan.ask(ask).unwrap().is_secret();
        self.put(Change::Figure { figure, secret });
    }

    pub fn keep(&mut self, ask: &str, about: Option<PartnerId>, cards: &[CardId], how: Settled) {
        let id = DecisionId(self.number());
        let (ask, cards, at) = (ask.to_owned(), cards.to_vec(), self.at);
        self.put(Change::Decision(Decision { id, ask, about, cards, how, reason: String::new(), at }));
    }

    /// A new card made of others, which then stand no longer if `merged`.
    pub fn make(&mut self, source: &str, field: &str, text: &str, of: &[CardId], merged: bool) -> CardId {
        let card = self.bare(source, &[(field, text)]);
        let id = card.id;
        self.put(Change::Card(card));
        for old in of {
            self.link(LinkKind::MadeFrom, id, *old);
            if merged {
                self.amend(*old, |card| card.state = CardState::Merged(id));
            }
        }
        id
    }

    pub fn item(&self, list: &str, key: &str) -> CardId {
        self.board.cards.values().find(|card| card.source == list && card.item.as_deref() == Some(key)).unwrap().id
    }

    /// Puts cards under a heading.
    pub fn gather(&mut self, name: &str, by: &str, cards: &[CardId]) -> ClusterId {
        let (id, by, at) = (ClusterId(self.number()), Some(self.who(by)), self.at);
        let headings = vec![Heading { name: name.to_owned(), by, at }];
        let source = self.board.cards[&cards[0]].source.clone();
        let (cards, out) = (cards.iter().copied().collect(), BTreeSet::new());
        self.put(Change::Cluster(Cluster { id, source, headings, cards, out, by, at, dissolved: None }));
        id
    }

    /// Keeps a snapshot, or publishes a version.
    pub fn version(&mut self, label: &str, nth: Option<u16>) -> VersionId {
        let id = VersionId(self.number());
        let now = Version::of(&self.board, id, self.at);
        self.put(Change::Version(Version { nth, label: label.to_owned(), ..now }));
        id
    }

    pub fn canvas(&self) -> Canvas {
        self.canvas_with(&Captions::default())
    }

    pub fn canvas_with(&self, captions: &Captions) -> Canvas {
        compile(&view(&self.board, Viewer::Room, self.at), captions)
    }
}
