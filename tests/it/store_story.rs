//! One database from its first day to its restart. Every function of the store is called here.

use chrono::Duration;
use jointpath::path::{Change, Giver, How, Notice, PartnershipId, PersonId, Spot, WindowId};
use jointpath::store::{Entry, NewPost, NewReceipt, OutboxState, Store, StoreError};

use crate::store_database::{on_each, raw};
use crate::store_make::{at, card, entry, figure, founding, partnership, plan, post, text, window};

#[test]
fn a_partnership_from_founding_to_restart() {
    on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        let id = founded(&store).await;
        worked(&store, id).await;
        answered_again(&store, id).await;
        said(&store, id).await;
        read_beside(&store, url, id).await;
        restarted(store, url, id).await;
    });
}

#[test]
fn the_shipped_plan_comes_back_whole() {
    on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        let shipped: jointpath::path::Plan = toml::from_str(include_str!("../../prompts/path.toml")).unwrap();
        let plan = std::sync::Arc::new(shipped);
        let id = PartnershipId(1);
        let slots = store.commit(&[Entry { plan: Some(plan.clone()), ..founding(id) }]).await.unwrap();
        assert_eq!(slots, [Ok(())]);
        assert_eq!(store.load(id).await.unwrap().unwrap().plan, plan);

        raw(url, "update partnership set plan = replace(plan, 'joint-action', 'joint-inaction')").await;
        let why = "the plan is not the one that was written";
        assert_eq!(store.load(id).await, Err(StoreError::Corrupt { table: "partnership", why }));
    });
}

async fn founded(store: &Store) -> PartnershipId {
    assert_eq!(store.rooms().await.unwrap(), []);
    let id = store.next_partnership().await.unwrap();
    assert_eq!(store.load(id).await.unwrap(), None);
    assert_eq!(store.commit(&[]).await.unwrap(), []);
    assert_eq!(store.commit(&[founding(id)]).await.unwrap(), [Ok(())]);

    let board = store.load(id).await.unwrap().unwrap();
    assert_eq!((board.revision, board.next), (1, 6));
    assert_eq!(board.plan, plan());
    assert_eq!(board.partnership, partnership(id));
    assert_eq!((board.partners.len(), board.people.len()), (2, 2));
    assert_eq!(store.rooms().await.unwrap(), [(partnership(id).room, id)]);
    assert_eq!(store.next_partnership().await.unwrap(), PartnershipId(id.0 + 1));
    id
}

/// A window opens, somebody gives and words it better, somebody votes, the window closes.
async fn worked(store: &Store, id: PartnershipId) {
    let alice = Giver::Person(PersonId(3));
    let mut cause = card(7, "too few bins");
    let mut reworded = cause.clone();
    reworded.texts.push(text("too few bins at the beach", Some(3)));
    let given = jointpath::path::Given { window: WindowId(6), giver: alice, how: How::Gave, at: at(3) };
    let slots = store
        .commit(&[
            entry(id, 2, vec![Change::Window(window(6, "dots")), Change::Next(7)]),
            entry(id, 3, vec![Change::Card(cause.clone()), Change::Given(given), Change::Next(8)]),
            entry(id, 4, vec![Change::Card(reworded.clone())]),
            entry(id, 5, vec![Change::Figure { figure: figure(6, alice, "dot", 1, 7), secret: true }]),
        ])
        .await
        .unwrap();
    assert_eq!(slots, [Ok(()), Ok(()), Ok(()), Ok(())]);
    let board = store.load(id).await.unwrap().unwrap();
    assert_eq!(board.cards.get(&cause.id), Some(&reworded));
    assert_eq!((board.ballots.len(), board.given.len()), (1, 1));

    cause.texts = Vec::new();
    let erased = Change::Card(cause.clone());
    let slots = store.commit(&[entry(id, 6, vec![Change::BallotsGone(WindowId(6)), erased])]).await.unwrap();
    assert_eq!(slots, [Ok(())]);
    let board = store.load(id).await.unwrap().unwrap();
    assert_eq!(board.cards.get(&cause.id), Some(&cause));
    assert_eq!((board.ballots.len(), board.given.len(), board.revision), (0, 1, 6));
}

/// Receipts: by key, by a form's opening (the newest), and for thirty days.
async fn answered_again(store: &Store, id: PartnershipId) {
    let form = |key: &str, reply: &str, revision: i64| Entry {
        receipt: NewReceipt {
            key: key.to_owned(),
            opening: Some("k3j9".to_owned()),
            reply: reply.to_owned(),
            card: Some(jointpath::path::CardId(7)),
        },
        ..entry(id, revision, Vec::new())
    };
    store.commit(&[form("press 1", "{\"a\":1}", 7), form("press 2", "{\"a\":2}", 8)]).await.unwrap();
    let first = store.receipt("press 1").await.unwrap().unwrap();
    assert_eq!((first.reply.as_str(), first.at, first.partnership), ("{\"a\":1}", at(7), id));
    let newest = store.opening("k3j9").await.unwrap().unwrap();
    assert_eq!((newest.key.as_str(), newest.card), ("press 2", Some(jointpath::path::CardId(7))));
    assert_eq!(store.receipt("press 3").await.unwrap(), None);
    assert_eq!(store.opening("nothing").await.unwrap(), None);

    assert_eq!(store.forget_receipts(at(8)).await.unwrap(), 7);
    assert_eq!(store.receipt("press 1").await.unwrap(), None);
    assert_eq!(store.receipt("press 2").await.unwrap(), Some(newest));
}

/// The outbox: order, waiting for one another, replacing, and what becomes of each row.
async fn said(store: &Store, id: PartnershipId) {
    let board = |due| NewPost { notice: Notice::Board, key: Some("board".to_owned()), ..post("main", due) };
    let room = NewPost { notice: Notice::Room(Spot::Hosts), ..post("hosts", 10) };
    let inside = NewPost { after: Some(3), ..post("elsewhere", 10) };
    let posts = vec![board(10), board(10), post("main", 10), room, inside, post("main", 600)];
    store.commit(&[Entry { posts, ..entry(id, 9, Vec::new()) }]).await.unwrap();
    let rows = store.unsent().await.unwrap();
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    assert_eq!(ids, [2, 3, 4, 5, 6], "the second board post takes the place of the first");
    assert_eq!(rows[2].notice, Notice::Room(Spot::Hosts));

    assert_eq!(store.next_due_at().await.unwrap(), Some(at(10)));
    assert_eq!(store.next_due(at(9)).await.unwrap(), None);
    let due: Vec<i64> = store.due(at(10), 9).await.unwrap().iter().map(|row| row.id).collect();
    assert_eq!(due, [2, 4], "the first of each destination; five waits for four");

    let first = store.next_due(at(10)).await.unwrap().unwrap();
    assert_eq!((first.id, first.attempts, first.message), (2, 0, None));
    // While it is on its way, a newer one comes: it may not take the place of the one that was begun.
    store.commit(&[Entry { posts: vec![board(11)], ..entry(id, 10, Vec::new()) }]).await.unwrap();
    let again = store.next_due(at(11)).await.unwrap().unwrap();
    assert_eq!((again.id, again.attempts), (2, 1), "after a crash its attempts tell of the doubt");
    store.mark(2, OutboxState::Sent { message: Some(u64::MAX) }, at(11)).await.unwrap();
    assert_eq!(store.last_message(id, "board").await.unwrap(), Some(u64::MAX));
    assert_eq!(store.last_message(id, "no such").await.unwrap(), None);

    let later = OutboxState::Later { at: at(20), why: "slow down".to_owned() };
    assert_eq!(store.next_due(at(11)).await.unwrap().unwrap().id, 3);
    store.mark(3, later, at(11)).await.unwrap();
    let room = store.next_due(at(11)).await.unwrap().unwrap();
    assert_eq!(room.id, 4, "what was put off holds up its own destination alone");
    store.mark(4, OutboxState::Failed { why: "no permission".to_owned() }, at(12)).await.unwrap();
    let inside = store.next_due(at(12)).await.unwrap().unwrap();
    assert_eq!(inside.id, 5, "it is told of the failure by what is there, not left to wait for ever");
    store.mark(5, OutboxState::Moot, at(12)).await.unwrap();
    assert_eq!(store.next_due(at(12)).await.unwrap(), None);
    assert_eq!(store.next_due_at().await.unwrap(), Some(at(20)));

    let third = store.next_due(at(20)).await.unwrap().unwrap();
    assert_eq!((third.id, third.attempts, third.why.as_str()), (3, 1, "slow down"));
    store.mark(3, OutboxState::Sent { message: None }, at(20)).await.unwrap();
    let board = store.next_due(at(20)).await.unwrap().unwrap();
    assert_eq!(board.id, 7, "what is due in ten hours is not in the way of what is due now");
    assert!(store.claim(7, at(20)).await.unwrap());
    store.mark(7, OutboxState::Sent { message: Some(8) }, at(20)).await.unwrap();
    assert!(!store.claim(7, at(20)).await.unwrap());
    assert_eq!(store.last_message(id, "board").await.unwrap(), Some(8));
    assert_eq!(store.next_due_at().await.unwrap(), Some(at(600)));
    let waiting: Vec<(i64, bool)> = store.unsent().await.unwrap().iter().map(|row| (row.id, row.failed)).collect();
    assert_eq!(waiting, [(4, true), (6, false)]);
    let unknown = store.mark(99, OutboxState::Moot, at(20)).await;
    assert_eq!(unknown, Err(StoreError::Conflict { constraint: "outbox row".to_owned() }));
}

async fn read_beside(store: &Store, url: &str, id: PartnershipId) {
    let reader = Store::open_read_only(url).await.unwrap();
    assert_eq!(reader.load(id).await.unwrap(), store.load(id).await.unwrap());
    assert_eq!(reader.commit(&[entry(id, 11, Vec::new())]).await, Err(StoreError::ReadOnly));
    assert_eq!(reader.forget_receipts(at(0)).await, Err(StoreError::ReadOnly));
    reader.close().await;
}

async fn restarted(store: Store, url: &str, id: PartnershipId) {
    let before = store.load(id).await.unwrap();
    let unsent = store.unsent().await.unwrap();
    store.close().await;
    let started = std::time::Instant::now();
    let store = loop {
        match Store::open(url).await {
            Ok(store) => break store,
            // PostgreSQL's server takes a moment to see that the session is gone.
            Err(StoreError::Locked { .. }) if started.elapsed().as_secs() < 5 => {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(store.load(id).await.unwrap(), before);
    assert_eq!(store.unsent().await.unwrap(), unsent);
    let next = before.unwrap().revision + 1;
    let late = Entry { at: at(0) + Duration::days(40), ..entry(id, next, Vec::new()) };
    assert_eq!(store.commit(&[late]).await.unwrap(), [Ok(())]);
}
