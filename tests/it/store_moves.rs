//! Random lives of a board: moves whose meaning depends on what is there, so that every change is
//! one that could be.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use jointpath::path::plan::{Ballot, Item, Kind, LinkKind, Poll};
use jointpath::path::{
    AccountId, Board, Card, CardId, CardState, Change, Confirmed, Decision, DecisionId, Draft, Entry, Figure,
    FigureKey, Given, Giver, Group, GroupId, How, LeftOut, Level, Link, LinkId, Occasions, PartnerId, Partnership,
    Past, Pause, Person, PersonId, RoomId, Settled, Spot, Standing, Tally, Text, Timetable, Value, Via, Window,
    WindowId, WindowState,
};
use proptest::prelude::*;

use crate::store_beside::{approval, cluster, entered, nudging, plea, release, share, version, word};
use crate::store_make::{card, partner, person, window};

/// One move: what, with which of the things that are there, and with which words.
#[derive(Clone, Debug)]
pub(crate) struct Move {
    pub(crate) what: u8,
    pub(crate) one: usize,
    pub(crate) other: usize,
    pub(crate) words: String,
    pub(crate) number: u64,
    pub(crate) ms: i64,
    /// Whether the act ends with it.
    pub(crate) ends_act: bool,
}

/// How many kinds of move there are.
pub(crate) const KINDS: u8 = 38;

/// A life as chance has it.
pub(crate) fn moves() -> impl Strategy<Value = Vec<Move>> {
    let words = prop_oneof![
        any::<String>().prop_map(|text| text.replace('\0', "")),
        Just("It's \"quoted\"; drop table card; -- $1 ? 😀 مرحبا \n\t \u{202e}".to_owned()),
        Just(String::new()),
    ];
    let a_move =
        (0..KINDS, 0..64_usize, 0..64_usize, words, any::<u64>(), 0..4_000_000_000_000_i64, any::<bool>()).prop_map(
            |(what, one, other, words, number, ms, ends_act)| Move { what, one, other, words, number, ms, ends_act },
        );
    proptest::collection::vec(a_move, 1..80)
}

/// What a move changes on this board.
pub(crate) fn change(board: &Board, step: &Move) -> Vec<Change> {
    match step.what {
        0 => vec![Change::Partnership(rename(board, step))],
        1 => new(board, Change::Partner(jointpath::path::Partner { lag_days: 9, ..partner(board.next) })),
        2 => vec![Change::Partner(change_partner(board, step))],
        3 => new(board, Change::Person(new_person(board, step))),
        4 => change_people(board, step),
        5 => new(board, Change::Window(new_window(board, step))),
        6 | 7 => change_window(board, step).map(Change::Window).into_iter().collect(),
        8 => new(board, Change::Card(new_card(board, step))),
        9 | 10 => vec![Change::Card(change_card(board, step))],
        11 => link(board, step),
        12 | 13 | 32 | 33 => figure(board, step),
        14 => vec![match pick(&board.windows, step.one) {
            Some(window) => Change::BallotsGone(window.id),
            None => Change::BallotsGone(WindowId(-1)),
        }],
        15 => tally(board, step),
        22 => unname(board, step),
        16 => given(board, step),
        17 => group(board, step),
        18 => new(board, Change::Decision(decision(board, step))),
        19 => vec![draft(board, step)],
        20 => vec![Change::Room { spot: spot(board, step), room: RoomId(step.number) }],
        23 | 24 => share(board, step),
        30 => vec![Change::Timetable(timetable(step))],
        25 => new(board, Change::Release(release(board, step))),
        26 => vec![replan(board, step)],
        27 | 28 => vec![Change::Nudging(nudging(board, step))],
        29 => vec![word(board, step)],
        31 => entered(board, step),
        34 => plea(board, step),
        35 => approval(board, step),
        36 | 37 => cluster(board, step),
        _ => new(board, Change::Version(version(board, step))),
    }
}

pub(crate) fn pick<K, V>(things: &BTreeMap<K, V>, index: usize) -> Option<&V> {
    things.values().nth(index.checked_rem(things.len())?)
}

pub(crate) fn some<T>(choices: &[T], index: usize) -> &T {
    &choices[index % choices.len()]
}

pub(crate) fn new(board: &Board, change: Change) -> Vec<Change> {
    vec![change, Change::Next(board.next + 1)]
}

pub(crate) fn time(step: &Move) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(step.ms).unwrap()
}

pub(crate) fn maybe<T>(step: &Move, bit: u32, value: T) -> Option<T> {
    (step.number >> bit & 1 == 1).then_some(value)
}

pub(crate) fn a_partner(board: &Board, index: usize) -> PartnerId {
    pick(&board.partners, index).unwrap().id
}

pub(crate) fn a_person(board: &Board, index: usize) -> PersonId {
    pick(&board.people, index).unwrap().id
}

pub(crate) fn a_card(board: &Board, index: usize) -> CardId {
    pick(&board.cards, index).unwrap().id
}

fn timetable(step: &Move) -> Timetable {
    let day = |days: usize| time(step).date_naive() + chrono::Days::new(days as u64);
    let left_out = LeftOut { why: step.words.clone(), at: time(step) };
    Timetable {
        by_itself: step.one.is_multiple_of(2),
        pace: maybe(step, 0, "brisk".to_owned()),
        days: (0..step.one % 3).map(|nth| (format!("sitting-{nth}"), u16::MAX)).collect(),
        dates: (0..step.other % 3).map(|nth| (format!("sitting-{nth}"), day(nth))).collect(),
        first: maybe(step, 2, step.words.clone()),
        held_up: maybe(step, 1, step.words.clone()),
        since: maybe(step, 0, time(step)),
        pause: maybe(step, 1, Pause { from: time(step), until: time(step) }),
        left_out: (0..step.one % 3).map(|nth| (format!("sitting-{nth}"), left_out.clone())).collect(),
        days_off: (0..step.other % 3).map(|nth| (day(nth), day(nth + step.one))).collect(),
        weekly: maybe(step, 2, time(step)),
        occasions: maybe(step, 1, Occasions { since: time(step), barred: step.one.is_multiple_of(2) }),
        pauses: (0..step.one % 2).map(|_| Past { from: time(step), until: time(step) }).collect(),
    }
}

fn rename(board: &Board, step: &Move) -> Partnership {
    Partnership { name: step.words.clone(), house: step.number, founded: time(step), ..board.partnership.clone() }
}

fn change_partner(board: &Board, step: &Move) -> jointpath::path::Partner {
    let old = pick(&board.partners, step.one).unwrap().clone();
    let lag_days = u16::MAX - 1;
    jointpath::path::Partner { sector: step.words.clone(), until: maybe(step, 0, time(step)), lag_days, ..old }
}

fn new_person(board: &Board, step: &Move) -> Person {
    let level = *some(&[Level::Strategic, Level::Operational], step.other);
    Person { level, handle: step.words.clone(), ..person(board.next, a_partner(board, step.one).0) }
}

/// Somebody changes, and may take over an account of somebody else.
fn change_people(board: &Board, step: &Move) -> Vec<Change> {
    let mut one = pick(&board.people, step.one).unwrap().clone();
    let mut other = pick(&board.people, step.other).unwrap().clone();
    let standings = [Standing::Invited, Standing::Asking, Standing::Present, Standing::Observer, Standing::Left];
    one.standing = *some(&standings, step.other);
    one.zone.clone_from(&step.words);
    one.host = step.number.is_multiple_of(2);
    one.until = maybe(step, 3, time(step));
    one.accounts.insert(AccountId(u64::MAX / 2 - board.next.unsigned_abs()));
    if one.id == other.id {
        return new(board, Change::Person(one));
    }
    if let Some(account) = other.accounts.pop_first() {
        one.accounts.insert(account);
    }
    vec![Change::Person(one), Change::Person(other), Change::Next(board.next + 1)]
}

/// The plan gains a quick poll, with a pile that was not there.
fn replan(board: &Board, step: &Move) -> Change {
    let key = format!("poll-{}", step.number % 3);
    let items = vec![Item { key: "1".to_owned(), name: step.words.clone(), line: String::new() }];
    let ballot = Ballot { key: key.clone(), kind: Kind::Marks, budget: 1, named: step.one.is_multiple_of(2), items };
    let poll = Poll { asker: a_person(board, step.one), question: step.words.clone(), quorum: None, public: false };
    let plan = (*board.plan).clone();
    if plan.ask(&key).is_some() {
        return Change::Plan(board.plan.clone());
    }
    Change::Plan(std::sync::Arc::new(plan.with_poll(poll, &ballot)))
}

fn new_window(board: &Board, step: &Move) -> Window {
    let ask = some(&["tell", "dots", "agree", "role", "colours"], step.one);
    Window {
        opens: time(step),
        because_of: step.words.clone(),
        despite: step.words.clone(),
        nth: 7,
        ..window(board.next, ask)
    }
}

fn change_window(board: &Board, step: &Move) -> Option<Window> {
    let mut window = pick(&board.windows, step.one)?.clone();
    window.state = *some(&[WindowState::Open, WindowState::Closed], step.other);
    window.closed = maybe(step, 1, time(step));
    window.wall = maybe(step, 2, jointpath::path::calendar::end_of(time(step).date_naive(), &["Europe/Lisbon"]));
    window.alone = step.one.is_multiple_of(3);
    window.extended = step.one.is_multiple_of(2);
    window.itself = step.other.is_multiple_of(3);
    window.slate = (0..step.other % 4).map(|skip| a_card(board, step.one + skip * 3)).rev().collect();
    window.about = (0..step.one % 3).map(|skip| a_partner(board, step.other + skip)).collect();
    window.drafters = (0..(step.one + step.other) % 3).map(|skip| a_person(board, step.one + skip)).collect();
    Some(window)
}

fn text(board: &Board, step: &Move) -> Text {
    let vias = [Via::Button, Via::Command, Via::Message, Via::Live, Via::Phone, Via::Plan];
    let mut fields = BTreeMap::from([("line".to_owned(), step.words.clone())]);
    if step.number.is_multiple_of(5) {
        fields.clear();
    }
    if step.number.is_multiple_of(3) {
        fields.insert(step.words.clone(), "a field of any name".to_owned());
    }
    Text { fields, by: maybe(step, 2, a_person(board, step.other)), via: *some(&vias, step.one), at: time(step) }
}

fn new_card(board: &Board, step: &Move) -> Card {
    Card {
        window: pick(&board.windows, step.one).map(|window| window.id),
        by: maybe(step, 0, a_person(board, step.one)),
        behalf: maybe(step, 1, a_person(board, step.other)),
        partner: maybe(step, 2, a_partner(board, step.one)),
        group: maybe(step, 3, GroupId(board.next - 1)),
        item: maybe(step, 4, step.words.clone()),
        texts: vec![text(board, step)],
        ..card(board.next, "")
    }
}

/// A new wording, an erasure of an older one, or another state.
fn change_card(board: &Board, step: &Move) -> Card {
    let mut card = pick(&board.cards, step.one).unwrap().clone();
    match step.number % 7 {
        0 => card.texts.clear(),
        1 => drop(card.texts.pop()),
        2 => {
            if let Some(text) = card.texts.first_mut() {
                text.fields.clear();
            }
        }
        _ => card.texts.push(text(board, step)),
    }
    let states = [CardState::Open, CardState::Withdrawn, CardState::Merged(a_card(board, step.other))];
    card.state = *some(&states, step.other);
    card.parked = maybe(step, 10, step.words.clone());
    let yes = step.number.is_multiple_of(2);
    card.confirmed = maybe(step, 11, Confirmed { by: a_person(board, step.other), yes, at: time(step) });
    card.disputed = step.number.is_multiple_of(7);
    card
}

fn link(board: &Board, step: &Move) -> Vec<Change> {
    let nth = step.one.checked_rem(board.links.len());
    if let Some(link) = nth.and_then(|nth| board.links.iter().nth(nth)).filter(|_| step.number.is_multiple_of(3)) {
        return vec![Change::LinkGone(link.id)];
    }
    let kinds = [
        LinkKind::Under,
        LinkKind::Mirrors,
        LinkKind::MadeFrom,
        LinkKind::LeadsTo,
        LinkKind::Answers,
        LinkKind::Serves,
        LinkKind::Supports,
    ];
    let link = Link {
        id: LinkId(board.next),
        kind: *some(&kinds, step.one),
        from: a_card(board, step.one),
        to: a_card(board, step.other),
        by: maybe(step, 0, a_person(board, step.one)),
        at: time(step),
    };
    new(board, Change::Link(link))
}

pub(crate) fn giver(board: &Board, step: &Move) -> Giver {
    match (step.number % 3, pick(&board.groups, step.one)) {
        (0, _) => Giver::Partner(a_partner(board, step.other)),
        (1, Some(group)) => Giver::Group(group.id),
        _ => Giver::Person(a_person(board, step.other)),
    }
}

fn figure(board: &Board, step: &Move) -> Vec<Change> {
    let secret = step.what == 12;
    let hand = if secret { &board.ballots } else { &board.figures };
    if let Some(figure) = pick(hand, step.one).filter(|_| step.number.is_multiple_of(4)) {
        return vec![Change::FigureGone { key: figure.key.clone(), secret }];
    }
    let Some(window) = pick(&board.windows, step.one) else { return Vec::new() };
    let (pile, slots) = match window.ask.as_str() {
        "dots" => ("dot", 5),
        "role" => ("primary", 1),
        "colours" => (*some(&["green", "red"], step.other), 3),
        _ => ("answer", 255),
    };
    let key = FigureKey {
        window: window.id,
        giver: giver(board, step),
        pile: pile.to_owned(),
        about: maybe(step, 5, a_partner(board, step.one)),
        slot: u8::try_from(step.number % slots + 1).unwrap(),
    };
    let values = [Value::Here, Value::Stands, Value::Remark, Value::NotYet];
    let (card, value) = (a_card(board, step.other), *some(&values, step.one));
    let figure = Figure {
        key,
        card,
        value,
        note: step.words.clone(),
        proposal: step.words.chars().rev().collect(),
        at: time(step),
    };
    vec![Change::Figure { figure, secret }]
}

fn tally(board: &Board, step: &Move) -> Vec<Change> {
    let Some(window) = pick(&board.windows, step.one) else { return Vec::new() };
    vec![Change::Tally(Tally {
        window: window.id,
        pile: step.words.clone(),
        about: maybe(step, 0, a_partner(board, step.other)),
        card: a_card(board, step.one),
        value: Value::Here,
        figures: u32::MAX,
        people: 3,
        partners: 2,
        voices: 1_333,
    })]
}

/// An unnamed ask closes: its cards go, and one comes back without a name.
fn unname(board: &Board, step: &Move) -> Vec<Change> {
    let Some(window) = pick(&board.windows, step.one) else { return Vec::new() };
    let back = Card { window: Some(window.id), ..card(board.next, &step.words) };
    let gone = Change::CardsGone(window.id);
    vec![gone, Change::Card(back), Change::Next(board.next + 1)]
}

fn given(board: &Board, step: &Move) -> Vec<Change> {
    let Some(window) = pick(&board.windows, step.one) else { return Vec::new() };
    let how = *some(&[How::Gave, How::Passed, How::Told, How::Waived], step.other);
    vec![Change::Given(Given { window: window.id, giver: giver(board, step), how, at: time(step) })]
}

fn group(board: &Board, step: &Move) -> Vec<Change> {
    let old = pick(&board.groups, step.one);
    if let Some(group) = old.filter(|_| step.number.is_multiple_of(3)) {
        return vec![Change::GroupGone(group.id)];
    }
    let id = old.filter(|_| step.number % 3 == 1).map_or(GroupId(board.next), |group| group.id);
    let members: BTreeSet<PersonId> = (0..step.other % 4).map(|skip| a_person(board, step.one + skip)).collect();
    new(board, Change::Group(Group { id, ask: "triads".to_owned(), name: step.words.clone(), nth: 2, members }))
}

fn decision(board: &Board, step: &Move) -> Decision {
    Decision {
        id: DecisionId(board.next),
        ask: "agree".to_owned(),
        about: maybe(step, 0, a_partner(board, step.one)),
        cards: (0..step.other % 4).map(|skip| a_card(board, step.one + skip * 5)).rev().collect(),
        how: *some(&[Settled::Host, Settled::Consent, Settled::Poll, Settled::Fallback], step.one),
        reason: step.words.clone(),
        at: time(step),
    }
}

fn draft(board: &Board, step: &Move) -> Change {
    let person = a_person(board, step.one);
    let ask = some(&["tell", "agree"], step.other).to_string();
    if step.number.is_multiple_of(3) {
        return Change::DraftGone { person, ask };
    }
    let fields = BTreeMap::from([(format!("field {}", step.number % 2), step.words.clone())]);
    Change::Draft(Draft { person, ask, fields, at: time(step) })
}

fn spot(board: &Board, step: &Move) -> Spot {
    match step.number % 8 {
        0 => Spot::Hosts,
        1 => Spot::Partner(a_partner(board, step.one)),
        2 => Spot::Group(GroupId(board.next)),
        3 => Spot::Talk(step.words.clone()),
        4 => Spot::Direct(AccountId(step.number)),
        5 => pick(&board.windows, step.one).map_or(Spot::Board, |window| Spot::Round(window.id)),
        6 => pick(&board.windows, step.one).map_or(Spot::Board, |window| {
            Spot::Occasion(Entry { window: window.id, ends: time(step), since: window.opens })
        }),
        7 => Spot::Opening(step.words.clone()),
        _ => Spot::Board,
    }
}
