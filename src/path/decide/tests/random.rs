//! Whatever people do, in whatever order: bounds hold, seals hold, and a workshop replays.

use proptest::prelude::*;

use super::*;
use crate::path::cluster;
use crate::path::plan::{Kind, LinkKind, Named, Seal};
use crate::path::rounds;

const NAMES: [&str; 6] = ["Ann", "Abe", "Bea", "Ben", "Cid", "Cyd"];
const SITTINGS: [&str; 5] = ["give", "choose", "red-and-green", "next", "round"];
const ANSWERED: [Value; 3] = [Value::Stands, Value::Remark, Value::NotYet];

/// One thing that somebody tries, small enough to be made by chance.
#[derive(Clone, Debug)]
enum Try {
    Open(usize),
    Close(usize),
    Cause(String),
    Effect(String),
    Pass(usize),
    Withdraw(usize),
    Under(usize, usize),
    Mark(Vec<usize>),
    Place(bool, usize, u8),
    Merge(usize, usize),
    Support(usize, usize),
    Alone(usize),
    SplitOff(usize),
    Gather(usize, usize, usize),
    Heading(usize, usize, usize),
    Park(usize),
    Release(Vec<usize>),
    Reword(usize),
    Hours(i64),
    Answer(usize, usize),
    NextRound,
    CloseRound,
    Pause(u32),
    Resume,
    Extend(usize, u32),
    Reopen(usize),
    Skip(usize),
    DaysOff(u32),
}

fn tries() -> impl Strategy<Value = (usize, Try)> {
    let card = 0_usize..40;
    let what = prop_oneof![
        3 => (0..SITTINGS.len()).prop_map(Try::Open),
        1 => (0..SITTINGS.len()).prop_map(Try::Close),
        6 => "[a-z]{1,8}".prop_map(Try::Cause),
        3 => "[a-z]{1,8}".prop_map(Try::Effect),
        1 => (0_usize..3).prop_map(Try::Pass),
        1 => card.clone().prop_map(Try::Withdraw),
        8 => (0_usize..9, 0_usize..9).prop_map(|(one, other)| Try::Under(one, other)),
        3 => prop::collection::vec(card.clone(), 0..7).prop_map(Try::Mark),
        5 => (any::<bool>(), card.clone(), 0_u8..5).prop_map(|(green, card, count)| Try::Place(green, card, count)),
        1 => (card.clone(), card.clone()).prop_map(|(one, other)| Try::Merge(one, other)),
        4 => (card.clone(), card.clone()).prop_map(|(one, other)| Try::Support(one, other)),
        1 => card.clone().prop_map(Try::Alone),
        1 => card.clone().prop_map(Try::SplitOff),
        5 => (card.clone(), card.clone(), 0_usize..4).prop_map(|(one, other, name)| Try::Gather(one, other, name)),
        5 => (0_usize..6, 0_usize..6, card.clone()).prop_map(|(what, cluster, card)| Try::Heading(what, cluster, card)),
        1 => card.clone().prop_map(Try::Park),
        2 => prop::collection::vec(0_usize..40, 0..6).prop_map(Try::Release),
        2 => card.prop_map(Try::Reword),
        2 => (0_i64..60).prop_map(Try::Hours),
        6 => (0_usize..3, 0_usize..4).prop_map(|(value, line)| Try::Answer(value, line)),
        2 => Just(Try::NextRound),
        1 => Just(Try::CloseRound),
        1 => (1_u32..29).prop_map(Try::Pause),
        1 => Just(Try::Resume),
        1 => (0..SITTINGS.len(), 1_u32..29).prop_map(|(nth, day)| Try::Extend(nth, day)),
        1 => (0..SITTINGS.len()).prop_map(Try::Reopen),
        1 => (0..SITTINGS.len()).prop_map(Try::Skip),
        1 => (1_u32..29).prop_map(Try::DaysOff),
    ];
    (0..NAMES.len(), what)
}

fn sitting(nth: usize) -> String {
    SITTINGS[nth].to_owned()
}

/// The act that a try means on this board.
fn meant(board: &Board, what: &Try) -> Act {
    let ids: Vec<CardId> = board.cards.values().filter(|card| card.item.is_none()).map(|card| card.id).collect();
    let fields: Vec<CardId> = board.cards_of("assessment-fields", false).iter().map(|card| card.id).collect();
    let card = |nth: usize| ids[nth % ids.len()];
    match what {
        Try::Open(nth) => Act::Open { sitting: sitting(*nth) },
        Try::Close(nth) => Act::Close { sitting: sitting(*nth), despite: Some("x".to_owned()) },
        Try::Cause(words) => {
            let (ask, fields, late) = ("causes".to_owned(), with(&[("cause", words)]), words.len().is_multiple_of(2));
            Act::Give(Giving { ask, fields, late, ..Giving::default() })
        }
        Try::Effect(words) => giving("effects", &[("effect", words)]),
        Try::Pass(nth) => Act::Pass { ask: ["causes", "effects", "core-causes"][*nth].to_owned() },
        Try::Withdraw(nth) => Act::Withdraw { card: card(*nth) },
        Try::Under(one, other) => Act::Under { card: card(*one), parent: Some(card(*other)) },
        Try::Mark(nths) => marks("core-causes", &nths.iter().map(|nth| card(*nth)).collect::<Vec<_>>()),
        Try::Place(green, nth, count) => Act::Place {
            ask: "figures".to_owned(),
            pile: if *green { "green" } else { "red" }.to_owned(),
            card: fields[nth % fields.len()],
            count: *count,
        },
        Try::Merge(..) | Try::Support(..) | Try::Alone(_) | Try::SplitOff(_) => joining(board, what, card),
        Try::Gather(..) | Try::Heading(..) => clustering(board, what, card),
        Try::Park(nth) => Act::Park { card: card(*nth), reason: Some("Later".to_owned()) },
        Try::Hours(_) => Act::TimePassed,
        Try::Pause(day) => Act::Time(TimeAct::Pause { until: format!("{day} March") }),
        Try::Resume => Act::Time(TimeAct::Resume),
        Try::Extend(nth, day) => Act::Time(TimeAct::Extend { sitting: sitting(*nth), until: format!("{day} March") }),
        Try::Reopen(nth) => Act::Time(TimeAct::Reopen { sitting: sitting(*nth), because: "x".to_owned() }),
        Try::Skip(nth) => Act::Time(TimeAct::LeaveOut { sitting: sitting(*nth), because: "x".to_owned() }),
        Try::DaysOff(day) => Act::Time(TimeAct::DaysOff { days: format!("{day} March") }),
        Try::Release(nths) => {
            let sections = &board.plan.sections;
            let key = |nth: &usize| sections[nth % sections.len()].key.clone();
            Act::Release { sections: nths.iter().map(key).collect() }
        }
        Try::Answer(value, line) => {
            let lines =
                board.window_of("rules").map(|window| crate::path::table::table(board, window)).unwrap_or_default();
            Act::Answer {
                ask: "rules".to_owned(),
                card: lines.get(*line).map(|card| card.id),
                value: ANSWERED[*value],
                note: "Why".to_owned(),
                proposal: "How".to_owned(),
            }
        }
        Try::NextRound => Act::Consent(Consenting::NextRound { ask: "rules".to_owned() }),
        Try::CloseRound => Act::CloseAsk { ask: "rules".to_owned(), despite: Some("x".to_owned()) },
        Try::Reword(nth) if nth % 2 == 0 => Act::Keep {
            ask: "core-causes".to_owned(),
            about: None,
            cards: vec![card(*nth)],
            despite: Some("One is enough".to_owned()),
        },
        Try::Reword(_) => {
            let kept = board.kept("core-causes").first().copied().unwrap_or(CardId(0));
            Act::Reword { ask: "core-causes".to_owned(), card: kept, text: "In other words".to_owned() }
        }
    }
}

/// The joining that a try means.
fn joining(board: &Board, what: &Try, card: impl Fn(usize) -> CardId) -> Act {
    let causes = board.cards_of("causes", false);
    let cause = |nth: usize| causes.get(nth % causes.len().max(1)).map_or(CardId(0), |card| card.id);
    Act::Joining(match what {
        Try::Merge(one, other) => Joining::Merge { cards: vec![card(*one), card(*other)], text: "Both".to_owned() },
        Try::Support(one, other) => Joining::Support { card: cause(*one), other: cause(*other) },
        Try::Alone(nth) => Joining::StandAlone { card: card(*nth) },
        Try::SplitOff(nth) => Joining::SplitOff { card: card(*nth) },
        _ => Joining::Unmerge { card: card(0) },
    })
}

/// What a try means about headings.
fn clustering(board: &Board, what: &Try, card: impl Fn(usize) -> CardId) -> Act {
    const HEADINGS: [&str; 4] = ["Costs", "costs", "Roads", " "];
    let given = [board.cards_of("causes", false), board.cards_of("effects", false)].concat();
    let one_of = |nth: usize| given.get(nth % given.len().max(1)).map_or(CardId(0), |card| card.id);
    let any = |nth: usize| board.clusters.keys().nth(nth % board.clusters.len().max(1)).copied();
    Act::Clustering(match *what {
        Try::Heading(what, nth, of) => {
            let (cluster, cards) = (any(nth).unwrap_or(ClusterId(0)), vec![one_of(of)]);
            match what {
                0 => Clustering::Rename { cluster, name: HEADINGS[of % HEADINGS.len()].to_owned() },
                1 => Clustering::NameBack { cluster },
                2 => Clustering::Add { cluster, cards },
                3 => Clustering::TakeOut { cluster, cards },
                4 => Clustering::Dissolve { cluster },
                _ => Clustering::Restore { cluster },
            }
        }
        Try::Gather(one, other, name) => {
            Clustering::Make { cards: vec![one_of(one), card(other)], name: HEADINGS[name].to_owned() }
        }
        _ => Clustering::Dissolve { cluster: ClusterId(0) },
    })
}

fn check(board: &Board, now: DateTime<Utc>) {
    for window in board.windows.values() {
        for person in board.people.keys() {
            for pile in board.plan.ask(&window.ask).unwrap().hand() {
                let placed = board.ballots.keys().chain(board.figures.keys());
                let placed = placed.filter(|key| {
                    key.window == window.id
                        && key.giver == Giver::Person(*person)
                        && key.pile == pile.key
                        && key.about.is_none()
                });
                assert!(placed.count() <= usize::from(pile.budget));
            }
        }
    }
    for link in board.links.of(LinkKind::Under) {
        let mut at = link.from;
        for _ in 0..=DEPTH_MAX + 1 {
            match board.above(at) {
                Some(above) => at = above.to,
                None => break,
            }
        }
        assert!(board.above(at).is_none(), "a circle, or too deep");
        assert_eq!(board.links.from(link.from, LinkKind::Under).count(), 1);
    }
    joins_hold(board);
    headings_hold(board);
    rounds_hold(board);
    let people = board.people.keys().map(|person| Viewer::Person(*person));
    for viewer in people.chain([Viewer::Room, Viewer::Hosts, Viewer::Outside]) {
        seals_hold(board, &view(board, viewer, now));
    }
    nothing_else_leaves(board, now);
    additions_count_for_nothing(board);
}

/// What was added later lies on no table, and no count or choice holds it.
fn additions_count_for_nothing(board: &Board) {
    let added = |card: &CardId| board.cards.get(card).is_some_and(|card| card.added);
    let slates = board.windows.values().flat_map(|window| &window.slate);
    let kept = board.decisions.iter().flat_map(|decision| &decision.cards);
    let counted = board.tallies.iter().map(|row| &row.card);
    let placed = board.figures.values().chain(board.ballots.values()).map(|figure| &figure.card);
    assert!(!slates.chain(kept).chain(counted).chain(placed).any(added), "an addition was counted or chosen");
    for card in board.cards.values().filter(|card| card.added && card.state == CardState::Open) {
        let window = card.window.and_then(|id| board.windows.get(&id)).expect("it was added to a window");
        let texts = card.texts.last().expect("it says something");
        assert!(window.closed.is_some_and(|closed| closed <= texts.at), "added while it was open");
    }
}

/// Whatever stands behind a card was joined to it, has no place of its own, and the card is there.
fn joins_hold(board: &Board) {
    for link in board.links.of(LinkKind::Supports) {
        assert_eq!(board.cards[&link.from].state, CardState::Merged(link.to));
        assert_ne!(board.cards[&link.to].state, CardState::Withdrawn, "nothing stands behind what is gone");
        assert!(board.above(link.from).is_none());
    }
}

/// A card lies under one heading at most, and every heading says something.
fn headings_hold(board: &Board) {
    let mut lying = BTreeSet::new();
    for cluster in board.clusters.values() {
        assert!(!cluster.name().trim().is_empty() && cluster.out.is_disjoint(&cluster.cards));
        assert!(cluster.dissolved.is_some() || cluster.cards.iter().all(|card| lying.insert(*card)));
    }
}

/// Never more rounds than the plan says; what a consent keeps stands there once.
fn rounds_hold(board: &Board) {
    for window in board.windows.values() {
        let ask = board.plan.ask(&window.ask).unwrap();
        assert!(rounds::round(board, window) <= ask.rounds);
    }
    for decision in board.decisions.iter().filter(|known| known.ask == "rules") {
        let cards: BTreeSet<&CardId> = decision.cards.iter().collect();
        assert_eq!(cards.len(), decision.cards.len(), "a line is kept twice");
    }
}

/// Outsiders see no more than the room does, of released sections only, and nobody.
fn nothing_else_leaves(board: &Board, now: DateTime<Utc>) {
    let (room, outside) = (view(board, Viewer::Room, now), view(board, Viewer::Outside, now));
    let released = board.releases.last().map(|release| release.sections.clone()).unwrap_or_default();
    let shown = outside.shown();
    assert_eq!(shown.plan.sections.iter().map(|section| section.key.clone()).collect::<BTreeSet<_>>(), released);
    for card in shown.cards.values() {
        let inside = &room.shown().cards[&card.id];
        assert_eq!(inside.texts.last().map(|text| &text.fields), card.texts.last().map(|text| &text.fields));
        let drawn = board.plan.sections.iter().filter(|section| released.contains(&section.key));
        let mut drawn = drawn.map(|section| super::super::super::material::drawn(room.shown(), section));
        assert!(drawn.any(|cards| cards.contains(&card.id)), "{} was not released", card.source);
        let (by, texts) = (card.by, card.texts.iter().map(|text| text.by).collect::<Vec<_>>());
        assert_eq!((by, card.behalf, texts), (None, None, vec![None]));
    }
    for link in shown.links.iter() {
        assert!(shown.cards.contains_key(&link.from) && shown.cards.contains_key(&link.to) && link.by.is_none());
    }
    let figures = shown.figures.keys().map(|key| key.giver);
    assert!(figures.chain(shown.given.keys().map(|(_, giver)| *giver)).all(|giver| match giver {
        Giver::Person(person) => person.0 < 0,
        Giver::Partner(_) | Giver::Group(_) => false,
    }));
    assert!(shown.ballots.is_empty() && shown.people.is_empty() && shown.drafts.is_empty() && shown.shares.is_empty());
    // That something was left out is told, and nothing else of when what comes.
    let left_out = shown.timetable.left_out.clone();
    assert!(left_out.values().all(|out| out.why.is_empty()));
    assert_eq!(shown.timetable, Timetable { left_out, ..Timetable::default() });
    let cards = shown.decisions.iter().flat_map(|decision| decision.cards.iter());
    let cards = cards.chain(shown.tallies.iter().map(|tally| &tally.card));
    let mut cards = cards.chain(shown.windows.values().flat_map(|window| window.slate.iter()));
    assert!(cards.all(|card| shown.cards.contains_key(card)));
    let names = board.people.values().map(|person| person.name.as_str());
    let printed = format!("{shown:?}");
    for name in names {
        assert!(!printed.contains(&format!("\"{name}\"")), "{name} is named");
    }
}

/// Nothing sealed from a viewer is in what they see.
fn seals_hold(board: &Board, view: &View) {
    let me = match view.viewer() {
        Viewer::Person(person) => Some(person),
        _ => None,
    };
    for cluster in view.shown().clusters.values() {
        assert!(cluster.cards.iter().all(|card| view.shown().cards.contains_key(card)), "a heading tells of a card");
        let standing = cluster::standing(board, cluster.id);
        let outside = view.viewer() == Viewer::Outside;
        assert!(outside || standing.iter().all(|card| view.shown().cards.contains_key(&card.id)), "of a sealed one");
        assert!(!outside || cluster.named_by().is_none() && cluster.by.is_none());
    }
    for figure in view.shown().ballots.values() {
        assert_eq!(Some(figure.key.giver), me.map(Giver::Person), "a ballot is its giver's alone");
    }
    for figure in view.shown().figures.values() {
        let open = board.windows.get(&figure.key.window).is_some_and(Window::is_open);
        assert!(!open || Some(figure.key.giver) == me.map(Giver::Person), "an answer is sealed until the close");
    }
    for card in view.shown().cards.values() {
        let Some(ask) = board.plan.ask(&card.source) else { continue };
        let Some(window) = card.window.and_then(|id| board.windows.get(&id)).filter(|window| window.is_open()) else {
            continue;
        };
        let own = board.cards[&card.id].by.is_some() && board.cards[&card.id].by == me;
        let gave = me.and_then(|me| board.given.get(&(window.id, Giver::Person(me))));
        let opened = gave.is_some_and(|given| given.how == How::Gave);
        match ask.seal {
            Seal::None => {}
            Seal::Own => assert!(own || opened, "{} is sealed", ask.key),
            Seal::End | Seal::Close | Seal::Giver => assert!(own, "{} is sealed", ask.key),
        }
        if ask.named == Named::Never && !own {
            assert!(card.by.is_none());
        }
        assert_ne!(ask.kind, Kind::Figures);
    }
}

/// Whenever time passes, what was due is done: nothing is due any more, and nothing is done twice.
fn time_comes_to_rest(walk: &Walk) {
    let passed = decide(&walk.board, &Who::Clock, &Act::TimePassed, walk.now).unwrap();
    let mut board = walk.board.clone();
    board.apply(&passed.changes);
    assert!(wakes(&board).is_none_or(|at| at > walk.now));
    let again = decide(&board, &Who::Clock, &Act::TimePassed, walk.now).unwrap();
    assert!(again.changes.is_empty() && again.notices.is_empty(), "{again:?}");
    let earlier = decide(&board, &Who::Clock, &Act::TimePassed, walk.now - TimeDelta::hours(1)).unwrap();
    // At night nobody is nudged; a clock set back into the day may find what is due then.
    assert!(earlier.changes.iter().all(|change| matches!(change, Change::Nudging(_))), "{earlier:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_order_of_acts_breaks_bounds_or_seals(tries in prop::collection::vec(tries(), 1..120)) {
        let mut walk = Walk::joined();
        let start = walk.board.clone();
        let mut done: Vec<(Who, Act, DateTime<Utc>)> = Vec::new();
        for (name, what) in &tries {
            let host = matches!(what, Try::Pause(_) | Try::Resume | Try::Extend(..) | Try::Reopen(_) | Try::Skip(_) | Try::DaysOff(_) | Try::Open(_) | Try::Close(_) | Try::Merge(..) | Try::Park(_) | Try::Under(..) | Try::Release(_) | Try::Reword(_) | Try::NextRound | Try::CloseRound);
            let who = Who::Person(walk.person(if host { "Ann" } else { NAMES[*name] }));
            let who = if let Try::Hours(hours) = what {
                walk.now += TimeDelta::hours(*hours);
                Who::Clock
            } else {
                who
            };
            let (act, now) = (meant(&walk.board, what), walk.now);
            if walk.act(&who, &act).is_ok() {
                done.push((who, act, now));
            }
        }
        check(&walk.board, walk.now);
        time_comes_to_rest(&walk);
        let mut again = start;
        for (who, act, now) in &done {
            let outcome = decide(&again, who, act, *now).unwrap();
            again.apply(&outcome.changes);
        }
        prop_assert_eq!(again, walk.board);
    }
}
