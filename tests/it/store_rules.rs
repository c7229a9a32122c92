//! What the tables themselves refuse, and what one bad entry does to its batch.

use jointpath::path::{Card, CardId, Change, Giver, PartnerId, PartnershipId, PersonId, Value, WindowId};
use jointpath::store::{Store, StoreError};

use crate::store_database::{hold, on_each, raw};
use crate::store_make::{card, entry, figure, founding, partnership, person, receipt, window};

const ID: PartnershipId = PartnershipId(1);
const ALICE: Giver = Giver::Person(PersonId(3));

fn conflict<T>(constraint: &str) -> Result<T, StoreError> {
    Err(StoreError::Conflict { constraint: constraint.to_owned() })
}

fn set(pile: &str, slot: u8, secret: bool) -> Change {
    Change::Figure { figure: figure(10, ALICE, pile, slot, 5), secret }
}

#[test]
fn a_fourth_green_has_no_place() {
    on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        let opens = Change::Window(window(10, "colours"));
        store.commit(&[founding(ID), entry(ID, 2, vec![opens])]).await.unwrap();
        for secret in [false, true] {
            let three = (1..=3).map(|slot| set("green", slot, secret)).collect();
            let before = store.load(ID).await.unwrap().unwrap();
            let revision = before.revision;
            assert_eq!(store.commit(&[entry(ID, revision + 1, three)]).await.unwrap(), [Ok(())]);
            let standing = store.load(ID).await.unwrap().unwrap();
            for wrong in [set("green", 4, secret), set("green", 0, secret), set("blue", 1, secret)] {
                let slots = store.commit(&[entry(ID, revision + 2, vec![wrong])]).await.unwrap();
                assert!(matches!(slots.as_slice(), [Err(StoreError::Conflict { .. })]), "{slots:?}");
            }
            assert_eq!(store.load(ID).await.unwrap().unwrap(), standing);
        }
        let board = store.load(ID).await.unwrap().unwrap();
        assert_eq!((board.figures.len(), board.ballots.len()), (3, 3));
    });
}

#[test]
fn even_another_program_finds_no_place_for_a_fourth_green() {
    on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        let changes = vec![Change::Window(window(10, "colours"))];
        store.commit(&[founding(ID), entry(ID, 2, changes)]).await.unwrap();
        store.close().await;
        let put = |slot: u8| {
            let row = format!("(1, 10, 'person', 3, 'green', 0, {slot}, 5, 'here', '', 0, '')");
            format!("insert into ballot values {row}")
        };
        for slot in 1..=3 {
            raw(url, put(slot)).await;
        }
        let url = url.to_owned();
        let fourth = tokio::spawn(async move { raw(&url, put(4)).await });
        assert!(fourth.await.is_err(), "the tables took a fourth green");
    });
}

#[test]
fn a_consent_round_is_bounded_by_its_slate_alone() {
    on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        let opens = Change::Window(window(10, "agree"));
        let mut answer = figure(10, Giver::Partner(PartnerId(1)), "answer", 17, 5);
        answer.value = Value::NotYet;
        answer.note = "because…".to_owned();
        let answers = vec![Change::Figure { figure: answer.clone(), secret: false }];
        let slots = store.commit(&[founding(ID), entry(ID, 2, vec![opens]), entry(ID, 3, answers)]).await.unwrap();
        assert_eq!(slots, [Ok(()), Ok(()), Ok(())]);
        let board = store.load(ID).await.unwrap().unwrap();
        assert_eq!(board.figures.get(&answer.key), Some(&answer));
    });
}

#[test]
fn a_figure_needs_its_window_and_its_card() {
    on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        let opens = Change::Window(window(10, "colours"));
        store.commit(&[founding(ID), entry(ID, 2, vec![opens])]).await.unwrap();
        for figure in [figure(11, ALICE, "green", 1, 5), figure(10, ALICE, "green", 1, 99)] {
            let changes = vec![Change::Figure { figure, secret: true }];
            assert_eq!(store.commit(&[entry(ID, 3, changes)]).await.unwrap(), [conflict("foreign key")]);
        }
    });
}

#[test]
fn one_bad_entry_does_not_sink_its_batch() {
    on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        let other = PartnershipId(2);
        store.commit(&[founding(ID), founding(other)]).await.unwrap();
        let good = vec![Change::Card(card(7, "more bins"))];
        // The bad one writes a card before it fails: that card must be gone again.
        let bad = vec![Change::Card(card(8, "lost")), Change::Person(person(9, 77))];
        let after_bad = vec![Change::Card(card(9, "decided on a board that is not there"))];
        let batch = [
            entry(ID, 2, good.clone()),
            entry(other, 2, bad),
            entry(other, 3, after_bad),
            entry(ID, 3, vec![Change::Card(card(8, "another"))]),
        ];
        let slots = store.commit(&batch).await.unwrap();
        assert_eq!(slots, [Ok(()), conflict("foreign key"), conflict("revision"), Ok(())]);
        let board = store.load(ID).await.unwrap().unwrap();
        assert_eq!((board.revision, board.cards.len()), (3, 3));
        let board = store.load(other).await.unwrap().unwrap();
        assert_eq!((board.revision, board.cards.len()), (1, 1));
        assert_eq!(store.receipt("2:2").await.unwrap(), None);
    });
}

#[test]
fn a_receipt_twice_in_one_batch_counts_once() {
    on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        store.commit(&[founding(ID)]).await.unwrap();
        let mut first = entry(ID, 2, vec![Change::Card(card(7, "once"))]);
        let mut second = entry(ID, 3, vec![Change::Card(card(8, "twice"))]);
        first.receipt = receipt("the same");
        second.receipt = receipt("the same");
        let slots = store.commit(&[first, second]).await.unwrap();
        assert_eq!(slots, [Ok(()), conflict("unique receipt")]);
        assert_eq!(store.load(ID).await.unwrap().unwrap().cards.len(), 2);
    });
}

#[test]
fn a_room_holds_one_partnership() {
    on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        let other = PartnershipId(2);
        let mut intruder = founding(other);
        let row = jointpath::path::Partnership { room: partnership(ID).room, ..partnership(other) };
        intruder.changes[0] = Change::Partnership(row);
        let slots = store.commit(&[founding(ID), intruder]).await.unwrap();
        assert_eq!(slots, [Ok(()), conflict("unique partnership")]);
    });
}

#[test]
fn a_reason_comes_back_without_a_way_to_its_giver() {
    on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        let given = Card { window: Some(WindowId(10)), by: Some(PersonId(3)), ..card(11, "because") };
        let mut telling = entry(ID, 2, vec![Change::Window(window(10, "tell")), Change::Card(given)]);
        telling.receipt.card = Some(CardId(11));
        let marked = Change::Figure { figure: figure(12, ALICE, "dot", 1, 11), secret: true };
        let mut marks = window(12, "dots");
        marks.slate = vec![CardId(11), CardId(5)];
        let marking = entry(ID, 3, vec![Change::Window(marks), marked]);
        let back = Card { window: Some(WindowId(10)), ..card(13, "because") };
        let closes = entry(ID, 4, vec![Change::CardsGone(WindowId(10)), Change::Card(back)]);
        let batch = [founding(ID), telling, marking, closes];
        assert_eq!(store.commit(&batch).await.unwrap(), [Ok(()), Ok(()), Ok(()), Ok(())]);

        let board = store.load(ID).await.unwrap().unwrap();
        assert_eq!(board.cards.keys().copied().collect::<Vec<_>>(), [CardId(5), CardId(13)]);
        assert_eq!(board.windows[&WindowId(12)].slate, [CardId(5)]);
        assert_eq!(board.ballots.len(), 0);
        assert_eq!(store.receipt("1:2").await.unwrap().unwrap().card, None);
    });
}

#[test]
fn deleted_ballots_leave_no_trace_in_the_file() {
    on_each(&async |url| {
        let Some(path) = url.strip_prefix("sqlite:") else { return };
        let traces = || {
            let files = [path.to_owned(), format!("{path}-wal")];
            let found = |bytes: Vec<u8>| bytes.windows(6).any(|seen| seen == b"canary");
            files.into_iter().filter_map(|file| std::fs::read(file).ok()).filter(|b| found(b.clone())).count()
        };
        let store = Store::open(url).await.unwrap();
        let mut ballot = figure(10, ALICE, "green", 1, 5);
        ballot.note = "canary ".repeat(900);
        let changes = vec![Change::Window(window(10, "colours")), Change::Figure { figure: ballot, secret: true }];
        store.commit(&[founding(ID), entry(ID, 2, changes)]).await.unwrap();
        assert_ne!(traces(), 0);
        store.commit(&[entry(ID, 3, vec![Change::BallotsGone(WindowId(10))])]).await.unwrap();
        assert_eq!(traces(), 0);
    });
}

#[test]
fn a_database_that_another_program_holds_is_busy() {
    on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        let sql = if url.starts_with("sqlite") {
            "begin exclusive"
        } else {
            "begin; lock table epoch in access exclusive mode"
        };
        let held = hold(url, sql).await;
        let started = std::time::Instant::now();
        assert_eq!(store.commit(&[founding(ID)]).await, Err(StoreError::Busy));
        assert!(started.elapsed().as_millis() < 3_000, "it waits a second, not {:?}", started.elapsed());
        held.close().await;
        assert_eq!(store.commit(&[founding(ID)]).await, Ok(vec![Ok(())]));
    });
}
