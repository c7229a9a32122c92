//! The outbox: what is to be said lies in the database as intent, and is worded when sent.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Notify;

use super::pulse::PulseGuard;
use super::{Delivery, Inner, Post};
use crate::path::{Board, Notice, Spot};
use crate::store::{NewPost, OutboxRow, StoreError};

/// How long the pinned post waits for more news before it is edited: edits of old messages are
/// limited to about three in six seconds a channel (Discord, error 30046).
const BOARD_WAIT: TimeDelta = TimeDelta::seconds(5);
/// What an author is told of a joining, and of its undoing.
const JOINED: [&str; 2] = ["merged-yours", UNJOINED];
/// What an author is told of an undoing: nothing where the joining was never told.
pub const UNJOINED: &str = "unmerged-yours";
/// How often something that cannot be sent is tried.
const ATTEMPTS_MAX: u32 = 50;

/// What wakes the one who sends.
#[derive(Debug, Default)]
pub(super) struct Bell {
    rung: AtomicU64,
    clapper: Notify,
    guard: std::sync::Mutex<Option<PulseGuard>>,
}

impl Bell {
    /// Rings, and keeps the pulse busy until somebody has looked.
    pub(super) fn ring(&self, guard: PulseGuard) {
        let mut held = self.guard.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        self.rung.fetch_add(1, Ordering::SeqCst);
        if held.is_none() {
            *held = Some(guard);
        }
        drop(held);
        self.clapper.notify_one();
    }

    fn heard(&self) -> u64 {
        self.rung.load(Ordering::SeqCst)
    }

    /// Lets the pulse rest, unless it rang since.
    fn rest(&self, heard: u64) -> bool {
        let mut held = self.guard.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if self.heard() == heard {
            *held = None;
            return true;
        }
        false
    }
}

/// What the notices of one act become in the outbox.
pub(super) fn posts(board: &Board, notices: Vec<Notice>, now: DateTime<Utc>) -> Vec<NewPost> {
    notices
        .into_iter()
        .map(|notice| NewPost {
            destination: destination(board, &notice),
            key: key(board, &notice),
            due: if may_wait(board, &notice) { now + BOARD_WAIT } else { now },
            after: None,
            notice,
        })
        .collect()
}

/// Whether more news may come before it is shown.
fn may_wait(board: &Board, notice: &Notice) -> bool {
    match notice {
        Notice::Board => board.rooms.contains_key(&Spot::Board),
        Notice::Occasions => true,
        _ => false,
    }
}

/// Later states replace earlier ones under the same key.
fn key(board: &Board, notice: &Notice) -> Option<String> {
    match notice {
        // By this key whoever counts a public poll finds the message that holds it.
        Notice::AskOpens { ask } if board.plan.poll(ask).is_some_and(|poll| poll.public) => Some(format!("poll {ask}")),
        Notice::Count { ask } => Some(format!("poll {ask}")),
        Notice::Board => Some("board".to_owned()),
        Notice::Occasions => Some("occasions".to_owned()),
        // An undo takes the place of a joining that nobody was told of, and finds whether anybody was.
        Notice::Tell { person, said, card: Some(card) } if JOINED.contains(&said.key.as_str()) => {
            Some(format!("joined {card} {person}"))
        }
        Notice::Room(spot) => Some(format!("room {}", name(spot))),
        Notice::Reworded { sitting } => Some(format!("reworded {sitting}")),
        _ => None,
    }
}

/// Where it goes: order holds within one destination.
fn destination(board: &Board, notice: &Notice) -> String {
    match notice {
        Notice::Board
        | Notice::Opens { .. }
        | Notice::Reworded { .. }
        | Notice::AskOpens { .. }
        | Notice::Closes { .. }
        | Notice::AskCloses { .. }
        | Notice::PhaseCloses { .. }
        | Notice::Timer { .. }
        | Notice::Published { .. }
        | Notice::Pause
        | Notice::Weekly { .. } => "channel".to_owned(),
        Notice::Count { ask } => format!("poll {ask}"),
        // A line of its own each time it is switched on or off: what could not be done waits for nobody then.
        Notice::Occasions => match board.timetable.occasions {
            Some(on) => format!("occasions {}", on.since.timestamp_millis()),
            None => "occasions".to_owned(),
        },
        Notice::Room(spot)
        | Notice::LetIn { spot, .. }
        | Notice::LetOut { spot, .. }
        | Notice::Asks { spot, .. }
        | Notice::Approval { spot, .. }
        | Notice::Say { spot, .. } => name(spot),
        Notice::Story { card } => {
            let group = board.cards.get(card).and_then(|card| card.group);
            group.map_or_else(|| "channel".to_owned(), |group| name(&Spot::Group(group)))
        }
        // In a line of their own: nobody's nudge waits for a room that cannot be made.
        Notice::Nudge { person, .. } => format!("nudge {person}"),
        Notice::Missing { .. } | Notice::Claims { .. } | Notice::Pleads { .. } => name(&Spot::Hosts),
        Notice::Tell { person, .. } => {
            let partner = board.people.get(person).map(|person| person.partner);
            partner.map_or_else(|| "channel".to_owned(), |partner| name(&Spot::Partner(partner)))
        }
    }
}

fn name(spot: &Spot) -> String {
    match spot {
        Spot::Hosts => "hosts".to_owned(),
        Spot::Partner(id) => format!("partner {id}"),
        Spot::Group(id) => format!("group {id}"),
        Spot::Talk(sitting) => format!("talk {sitting}"),
        Spot::Board | Spot::Round(_) | Spot::Occasion(_) | Spot::Opening(_) => "channel".to_owned(),
        Spot::Direct(account) => format!("direct {}", account.0),
    }
}

/// The next post that is due, waiting until there is one.
pub(super) async fn next(app: &Inner) -> Result<Post, StoreError> {
    loop {
        let heard = app.bell.heard();
        let looking = app.pulse.begin();
        app.pulse.post_due(None);
        let now = app.clock.now();
        if let Some(row) = app.store.next_due(now).await? {
            app.bell.ring(looking);
            return post(app, row).await;
        }
        let due = app.store.next_due_at().await?;
        app.pulse.post_due(due);
        drop(looking);
        if !app.bell.rest(heard) {
            continue;
        }
        let rung = app.bell.clapper.notified();
        match due {
            Some(at) => tokio::select! { () = rung => {}, () = app.clock.until(at) => {} },
            None => rung.await,
        }
    }
}

async fn post(app: &Inner, row: OutboxRow) -> Result<Post, StoreError> {
    let message = match (&row.message, &row.key) {
        (Some(message), _) => Some(*message),
        (None, Some(key)) => app.store.last_message(row.partnership, key).await?,
        (None, None) => None,
    };
    Ok(Post {
        id: row.id,
        partnership: row.partnership,
        notice: row.notice,
        attempts: row.attempts,
        message,
        due: row.due,
    })
}

/// Writes down what became of a post; what was tried too often has failed. What stands among the server's events is
/// no post: it is tried until it is allowed.
pub(super) async fn delivered(app: &Inner, post: &Post, delivery: Delivery) -> Result<(), StoreError> {
    let state = match delivery {
        Delivery::Later { why, .. } if post.attempts >= ATTEMPTS_MAX && post.notice != Notice::Occasions => {
            Delivery::Failed { why }
        }
        state => state,
    };
    app.store.mark(post.id, state, app.clock.now()).await
}
