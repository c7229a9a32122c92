//! The board in memory and the tables take the same changes to the same end.

use std::collections::BTreeSet;

use jointpath::path::{Board, Change};
use jointpath::store::Store;
use proptest::test_runner::{Config, TestRunner};

use crate::store_database::on_each;
use crate::store_make::{entry, founding, partnership, plan};
use crate::store_moves::{KINDS, Move, change, moves};

#[test]
fn what_is_loaded_is_what_was_applied() {
    on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        let config = Config { cases: 64, failure_persistence: None, max_shrink_iters: 300, ..Config::default() };
        let here = tokio::runtime::Handle::current();
        let result = tokio::task::block_in_place(|| {
            TestRunner::new(config).run(&moves(), |moves| {
                here.block_on(live(&store, &moves));
                Ok(())
            })
        });
        result.unwrap();
    });
}

#[test]
fn each_kind_of_change_comes_back() {
    on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        let made = live(&store, &each_in_turn()).await;
        assert_eq!(made.len(), 37, "kinds of change that were made: {made:?}");
    });
}

/// A life in which each kind of move comes a dozen times, in turn: the same one at each run, so that
/// what it reaches does not hang on chance.
fn each_in_turn() -> Vec<Move> {
    let rounds = (0..12_u64).flat_map(|round| (0..KINDS).map(move |what| (round, what)));
    let a_move = |(nth, (round, what)): (usize, (u64, u8))| Move {
        what,
        one: nth,
        other: nth / 5,
        words: format!("round {round}"),
        number: round,
        ms: 1_000 * i64::try_from(nth).unwrap(),
        ends_act: nth.is_multiple_of(3),
    };
    rounds.enumerate().map(a_move).collect()
}

/// Lives through the moves on a new board and in the database, then compares; the kinds of change made.
async fn live(store: &Store, moves: &[Move]) -> BTreeSet<String> {
    let id = store.next_partnership().await.unwrap();
    let first = founding(id);
    let mut board = Board::new(partnership(id), plan());
    board.apply(&first.changes);
    let mut entries = vec![first];
    let mut ahead = board.clone();
    let mut act: Vec<Change> = Vec::new();
    let mut made = BTreeSet::new();
    for step in moves {
        let changes = change(&ahead, step);
        ahead.apply(&changes);
        made.extend(changes.iter().map(name));
        act.extend(changes);
        if step.ends_act {
            board.apply(&act);
            entries.push(entry(id, board.revision, std::mem::take(&mut act)));
        }
    }
    for batch in entries.chunks(7) {
        let slots = store.commit(batch).await.unwrap();
        assert!(slots.iter().all(Result::is_ok), "{slots:?}");
    }
    let loaded = store.load(id).await.unwrap().unwrap();
    assert!(loaded == board, "loaded, then applied: {:#?}", first_differences(&loaded, &board));
    made
}

/// The first lines in which two boards print differently: whole boards are too long to read.
fn first_differences(loaded: &Board, applied: &Board) -> Vec<(String, String)> {
    let [loaded, applied] = [loaded, applied].map(|board| format!("{board:#?}"));
    let pairs = loaded.lines().zip(applied.lines()).filter(|(one, other)| one != other);
    pairs.map(|(one, other)| (one.trim().to_owned(), other.trim().to_owned())).take(5).collect()
}

/// What kind of change it is, from how it prints.
fn name(change: &Change) -> String {
    format!("{change:?}").split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned()
}
