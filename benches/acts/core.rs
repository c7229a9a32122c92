//! The pure core: no database, no wire, no clock.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use jointpath::path::{
    AccountId, Act, Board, CardId, Founding, Giving, Level, NewPartner, NewPerson, Outcome, PartnershipId, PersonId,
    RoomId, Viewer, Who, decide, found, view,
};
use jointpath::prompts;

use crate::measured::rate;

const PARTNERS: [&str; 5] = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"];
const PEOPLE: usize = 13;
/// How long each kind of act is measured.
const SPAN: Duration = Duration::from_secs(1);
/// So many acts on one board, then a fresh copy: the board stays in the middle of the Path.
const RUN: usize = 64;

/// A board with what it stands on.
struct Room {
    board: Board,
    now: DateTime<Utc>,
}

impl Room {
    fn does(&mut self, person: PersonId, act: &Act) {
        self.act(&Who::Person(person), act);
    }

    fn act(&mut self, who: &Who, act: &Act) {
        let outcome = decide(&self.board, who, act, self.now).unwrap_or_else(|refusal| panic!("{act:?}: {refusal:?}"));
        self.board.apply(&outcome.changes);
    }

    fn person(&self, n: usize) -> PersonId {
        *self.board.people.keys().nth(n % PEOPLE).unwrap()
    }

    fn cards(&self, source: &str) -> Vec<CardId> {
        self.board.cards.values().filter(|card| card.source == source).map(|card| card.id).collect()
    }
}

/// Thirteen people of five partners who have given causes and effects; choosing and figures are open.
fn mid_path() -> Room {
    let mut room = peopled();
    let host = room.person(0);
    let open = |sitting: &str| Act::Open { sitting: sitting.to_owned() };
    room.does(host, &open("give"));
    for n in 0..PEOPLE {
        let person = room.person(n);
        for k in 0..3 {
            room.does(person, &cause("causes", &format!("Cause {k} as person {n} sees it from where they stand")));
        }
    }
    room.does(host, &Act::Close { sitting: "give".to_owned(), despite: Some("a benchmark".to_owned()) });
    room.does(host, &open("choose"));
    room.does(host, &open("red-and-green"));
    let causes = room.cards("causes");
    let trunk = room.board.issue().map(|card| card.id);
    for (n, card) in causes.iter().enumerate() {
        let parent = if n < 5 { trunk } else { Some(causes[n % 5]) };
        room.does(host, &Act::Under { card: *card, parent });
    }
    for n in 0..PEOPLE {
        let person = room.person(n);
        room.does(person, &mark(&causes, n));
    }
    room
}

fn peopled() -> Room {
    let plan = Arc::new(prompts::load(&prompts::built_in()).unwrap().plan);
    let founding = Founding {
        name: "School Meals".to_owned(),
        issue: "Children learn hungry".to_owned(),
        language: "en".to_owned(),
        house: 7,
        room: RoomId(8),
        account: AccountId(100),
        host: "Person 0".to_owned(),
        handle: "person0".to_owned(),
        partner: PARTNERS[0].to_owned(),
        zone: "UTC".to_owned(),
    };
    let stranger =
        |n: usize| Who::Stranger { account: AccountId(100 + n as u64), handle: format!("person{n}"), manager: true };
    let now = "2026-03-02T08:00:00Z".parse().unwrap();
    let (mut board, outcome) = found(plan, PartnershipId(1), &founding, &stranger(0), now).unwrap();
    board.apply(&outcome.changes);
    let mut room = Room { board, now };
    let partners = PARTNERS[1..].iter().map(|name| NewPartner { short: (*name).to_owned(), ..NewPartner::default() });
    let people = (1..PEOPLE).map(|n| NewPerson {
        name: format!("Person {n}"),
        partner: PARTNERS[n % PARTNERS.len()].to_owned(),
        level: if n % 2 == 0 { Level::Strategic } else { Level::Operational },
        zone: "UTC".to_owned(),
        handle: format!("person{n}"),
        host: false,
    });
    let enter = Act::Enter { partners: partners.collect(), people: people.collect() };
    room.does(room.person(0), &enter);
    for n in 1..PEOPLE {
        let person = room.board.people.values().find(|person| person.name == format!("Person {n}")).unwrap().id;
        let join = Act::Join {
            account: AccountId(100 + n as u64),
            handle: format!("person{n}"),
            person,
            zone: "UTC".to_owned(),
        };
        room.act(&stranger(n), &join);
    }
    room
}

fn cause(ask: &str, words: &str) -> Act {
    let fields = BTreeMap::from([("cause".to_owned(), words.to_owned())]);
    Act::Give(Giving { ask: ask.to_owned(), fields, ..Giving::default() })
}

fn mark(causes: &[CardId], n: usize) -> Act {
    let cards: BTreeSet<CardId> = (0..5).map(|k| causes[(n * 7 + k * 5) % causes.len()]).collect();
    Act::Mark { ask: "core-causes".to_owned(), cards }
}

/// Measures one kind of act, again and again from the same board.
fn measure(name: &str, room: &Room, act: impl Fn(usize) -> (PersonId, Act)) {
    let acts: Vec<(Who, Act)> = (0..RUN).map(&act).map(|(who, act)| (Who::Person(who), act)).collect();
    let (mut count, mut took) = (0, Duration::ZERO);
    while took < SPAN {
        let mut board = room.board.clone();
        let started = Instant::now();
        for (who, act) in &acts {
            let Outcome { changes, .. } = decide(&board, who, act, room.now).unwrap();
            board.apply(&changes);
        }
        took += started.elapsed();
        count += RUN;
    }
    println!("  {name:<42} {:>9.0} a second", rate(count, took));
}

/// Measures, and prints.
pub(crate) fn run() {
    let room = mid_path();
    let (board, causes, fields) = (&room.board, room.cards("causes"), room.cards("assessment-fields"));
    println!(
        "  ({} people, {} cards, {} links, {} ballots)",
        board.people.len(),
        board.cards.len(),
        board.links.len(),
        board.ballots.len()
    );
    measure("a figure is placed or taken back", &room, |n| {
        let count = u8::from((n / PEOPLE).is_multiple_of(2));
        let place = Act::Place { ask: "figures".to_owned(), pile: "green".to_owned(), card: fields[n % 3], count };
        (room.person(n), place)
    });
    measure("five marks are set", &room, |n| (room.person(n), mark(&causes, n)));
    measure("a card is put under another", &room, |n| {
        let (card, parent) = (causes[5 + n % (causes.len() - 5)], causes[n % 5]);
        (room.person(0), Act::Under { card, parent: Some(parent) })
    });
    measure("a draft is kept", &room, |n| {
        let fields = BTreeMap::from([("cause".to_owned(), format!("Half a sentence {n}"))]);
        (room.person(n), Act::KeepDraft { ask: "more-cards".to_owned(), fields })
    });
    let started = Instant::now();
    let mut views = 0;
    while started.elapsed() < SPAN {
        std::hint::black_box(view(board, Viewer::Person(room.person(views)), room.now));
        views += 1;
    }
    println!("  {:<42} {:>9.0} a second", "what one may see", rate(views, started.elapsed()));
}
