//! Whatever hosts do while the Path goes by itself: time comes to rest, and each sitting opens by itself once.

use proptest::prelude::*;

use super::*;

/// One thing that a host tries, or that time does.
#[derive(Clone, Debug)]
enum Try {
    Open(usize),
    Close(usize),
    OpenAsk(usize),
    CloseAsk(usize),
    LeaveOut(usize),
    First(usize),
    Date(usize, u32),
    Keep(usize),
    Pause(u32),
    Resume,
    ByItself(bool),
    Hours(i64),
}

fn tries() -> impl Strategy<Value = Try> {
    let sitting = || 0_usize..14;
    let ask = || 0_usize..43;
    prop_oneof![
        4 => sitting().prop_map(Try::Open),
        4 => sitting().prop_map(Try::Close),
        4 => ask().prop_map(Try::OpenAsk),
        2 => ask().prop_map(Try::CloseAsk),
        4 => sitting().prop_map(Try::LeaveOut),
        1 => sitting().prop_map(Try::First),
        1 => (sitting(), 3_u32..29).prop_map(|(nth, day)| Try::Date(nth, day)),
        2 => ask().prop_map(Try::Keep),
        1 => (3_u32..29).prop_map(Try::Pause),
        1 => Just(Try::Resume),
        1 => any::<bool>().prop_map(Try::ByItself),
        12 => (0_i64..90).prop_map(Try::Hours),
    ]
}

fn meant(board: &Board, what: &Try) -> Act {
    let sitting = |nth: &usize| board.plan.sittings().nth(*nth).map(|(_, one)| one.key.clone()).unwrap();
    let ask = |nth: &usize| board.plan.asks().nth(*nth).map(|(_, _, ask)| ask.key.clone()).unwrap();
    let (because, despite) = ("x".to_owned(), Some("x".to_owned()));
    match what {
        Try::Open(nth) => Act::Open { sitting: sitting(nth) },
        Try::Close(nth) => Act::Close { sitting: sitting(nth), despite },
        Try::OpenAsk(nth) => Act::OpenAsk { ask: ask(nth), because, slate: vec![], about: vec![] },
        Try::CloseAsk(nth) => Act::CloseAsk { ask: ask(nth), despite },
        Try::LeaveOut(nth) => Act::Time(TimeAct::LeaveOut { sitting: sitting(nth), because }),
        Try::First(nth) => Act::Time(TimeAct::First { sitting: sitting(nth) }),
        Try::Date(nth, day) => Act::Time(TimeAct::Date { sitting: sitting(nth), date: format!("{day} March") }),
        Try::Keep(nth) => {
            let cards = board.cards.keys().copied().take(3).collect();
            Act::Keep { ask: ask(nth), about: None, cards, despite }
        }
        Try::Pause(day) => Act::Time(TimeAct::Pause { until: format!("{day} March") }),
        Try::Resume => Act::Time(TimeAct::Resume),
        Try::ByItself(yes) => Act::Time(TimeAct::ByItself(*yes)),
        Try::Hours(_) => Act::TimePassed,
    }
}

/// Time does what it has to do by now; and then it rests.
fn rests(walk: &mut Walk, itself: &mut Vec<String>) {
    for turn in 0.. {
        assert!(turn < 6, "time does not come to rest: {:?}", crate::path::coming::coming(&walk.board));
        let outcome = decide(&walk.board, &Who::Clock, &Act::TimePassed, walk.now).unwrap();
        walk.board.apply(&outcome.changes);
        itself.extend(outcome.notices.iter().filter_map(|notice| match notice {
            Notice::Opens { sitting } => Some(sitting.clone()),
            _ => None,
        }));
        if wakes(&walk.board).is_none_or(|at| at > walk.now) {
            return;
        }
    }
}

/// At the end of the road nothing stays open that nothing holds up, once its morning has come.
fn closed_what_is_mended(walk: &Walk) {
    let board = &walk.board;
    let Some(at) = crate::path::coming::coming(board).filter(|coming| coming.sitting.is_none()).map(|c| c.at) else {
        return;
    };
    for phase in board.plan.phases.iter().filter(|phase| crate::path::coming::is_done(board, phase)) {
        let is_due = at <= walk.now && crate::path::checks::hold(board, phase).is_ok();
        assert!(!is_due, "{} stays open at {}", phase.key, walk.now);
    }
}

/// Between two versions something of the last phase was opened.
fn published_for_a_reason(board: &Board) {
    let last = board.plan.phases.last().unwrap();
    let is_its = |ask: &str| last.sittings.iter().flat_map(|sitting| &sitting.asks).any(|known| known.key == ask);
    let opened: Vec<i64> = board.windows.values().filter(|one| is_its(&one.ask)).map(|one| one.id.0).collect();
    let published: Vec<i64> =
        board.versions.iter().filter(|version| version.nth.is_some()).map(|version| version.id.0).collect();
    for pair in published.windows(2) {
        assert!(opened.iter().any(|id| (pair[0]..pair[1]).contains(id)), "{published:?} {opened:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn time_comes_to_rest_whatever_hosts_do_and_opens_nothing_twice(tries in prop::collection::vec(tries(), 1..60)) {
        let mut walk = Walk::joined();
        walk.does("Ann", &Act::Time(TimeAct::ByItself(true)));
        walk.opens("hello");
        let mut itself = Vec::new();
        for what in &tries {
            if let Try::Hours(hours) = what {
                walk.now += TimeDelta::hours(*hours);
            } else {
                let _ = walk.tries("Ann", &meant(&walk.board, what));
            }
            rests(&mut walk, &mut itself);
            closed_what_is_mended(&walk);
        }
        published_for_a_reason(&walk.board);
        let mut once = itself.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), itself.len(), "{:?}", itself);
    }
}
