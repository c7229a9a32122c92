//! The writer: one queue, one task, the only one that changes anything.
//!
//! Whatever waits is decided one after another and committed together, synced to disk; only then is
//! anybody answered. A tick means that it is on disk.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::{mpsc, oneshot};

use super::outbox;
use super::{ActError, Inner, Receipt};
use crate::path::{
    Act, Board, CardId, Change, Outcome, PartnershipId, PollAct, Reply, Who, decide, found, found_poll, grow,
};
use crate::store::{Entry, NewReceipt, StoreError, StoredReceipt};

/// How many acts may wait.
pub(super) const QUEUE: usize = 1024;
/// How many acts are committed together at most.
const BATCH: usize = 64;

/// One act that waits for the writer.
pub(super) struct Job {
    pub(super) id: Option<PartnershipId>,
    pub(super) receipt: Receipt,
    pub(super) who: Who,
    pub(super) act: Act,
    pub(super) answer: oneshot::Sender<Result<(PartnershipId, Reply), ActError>>,
}

/// One act that was decided and waits for the commit.
struct Decided {
    id: PartnershipId,
    reply: Reply,
    answer: oneshot::Sender<Result<(PartnershipId, Reply), ActError>>,
}

/// What a batch has come to so far.
#[derive(Default)]
struct Batch {
    boards: HashMap<PartnershipId, Arc<Board>>,
    entries: Vec<Entry>,
    decided: Vec<Decided>,
    receipts: HashMap<String, (PartnershipId, Reply)>,
}

/// Works until nobody can send anything any more, or the disk fails.
pub(super) async fn work(app: Arc<Inner>, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.recv().await {
        let busy = app.pulse.begin();
        let mut batch = Batch::default();
        let mut next = Some(first);
        while let Some(job) = next {
            take(&app, &mut batch, job).await;
            next = if batch.entries.len() < BATCH { jobs.try_recv().ok() } else { None };
        }
        if let Err(error) = commit(&app, batch).await {
            app.end(&error);
            return;
        }
        drop(busy);
    }
}

/// Decides one act, or answers it at once if nothing is to be written.
async fn take(app: &Inner, batch: &mut Batch, mut job: Job) {
    if let Some((id, reply)) = batch.receipts.get(&job.receipt.key) {
        let _ = job.answer.send(Ok((*id, reply.clone())));
        return;
    }
    match known(app, &mut job).await {
        Ok(None) => {}
        Ok(Some(answer)) => {
            let _ = job.answer.send(Ok(answer));
            return;
        }
        Err(error) => {
            let _ = job.answer.send(Err(failed(&error)));
            return;
        }
    }
    let at = job.receipt.at.unwrap_or_else(|| app.clock.now());
    let made = match job.id {
        Some(id) => decide_on(app, batch, id, &job, at),
        None => decide_new(app, batch, &job, at).await,
    };
    match made {
        Ok(made) => enter(app, batch, job, made),
        Err(error) => drop(job.answer.send(Err(error))),
    }
}

/// The answer to an act that was done before. A form sent again edits the card that it made.
async fn known(app: &Inner, job: &mut Job) -> Result<Option<(PartnershipId, Reply)>, StoreError> {
    if let Some(stored) = app.store.receipt(&job.receipt.key).await? {
        return Ok(replay(job.id.unwrap_or(stored.partnership), &stored));
    }
    let Some(opening) = &job.receipt.opening else { return Ok(None) };
    if let Some(stored) = app.store.opening(opening).await?
        && let Act::Give(giving) = &mut job.act
        && giving.card.is_none()
    {
        giving.card = stored.card;
    }
    Ok(None)
}

fn replay(id: PartnershipId, stored: &StoredReceipt) -> Option<(PartnershipId, Reply)> {
    Some((id, serde_json::from_str(&stored.reply).ok()?))
}

/// What an act comes to, on the board on which it was decided.
struct Made {
    id: PartnershipId,
    board: Board,
    outcome: Outcome,
    is_new: bool,
    at: DateTime<Utc>,
}

fn decide_on(app: &Inner, batch: &Batch, id: PartnershipId, job: &Job, at: DateTime<Utc>) -> Result<Made, ActError> {
    let board = batch.boards.get(&id).cloned().or_else(|| app.boards.get(id));
    let board = board.ok_or(crate::path::Refusal::NoPartnership)?;
    let outcome = decide(&board, &job.who, &job.act, at)?;
    Ok(Made { id, board: (*board).clone(), outcome, is_new: false, at })
}

async fn decide_new(app: &Inner, batch: &Batch, job: &Job, at: DateTime<Utc>) -> Result<Made, ActError> {
    let (founding, poll) = match &job.act {
        Act::Found(founding) => (founding, None),
        Act::Poll(PollAct::Found(founding, poll)) => (&**founding, Some(poll)),
        _ => return Err(crate::path::Refusal::NoPartnership.into()),
    };
    let here = batch.boards.values().find(|board| board.partnership.room == founding.room).cloned();
    let there = || app.boards.bound_to(founding.room).and_then(|id| app.boards.get(id));
    if let Some(board) = here.or_else(there) {
        if poll.is_some() {
            return Err(crate::path::Refusal::PartnershipExists.into());
        }
        let outcome = grow(&board, &app.plan, founding, &job.who, at)?;
        return Ok(Made { id: board.partnership.id, board: (*board).clone(), outcome, is_new: false, at });
    }
    let next = app.store.next_partnership().await.map_err(|error| failed(&error))?;
    let new = batch.entries.iter().filter(|entry| entry.plan.is_some()).count();
    let id = PartnershipId(next.0 + i64::try_from(new).unwrap_or(0));
    let (board, outcome) = match poll {
        Some(poll) => found_poll(id, founding, poll, at)?,
        None => found(app.plan.clone(), id, founding, &job.who, at)?,
    };
    Ok(Made { id, board, outcome, is_new: true, at })
}

/// Puts an act into the batch: its changes, what is to be said, its receipt.
fn enter(app: &Inner, batch: &mut Batch, job: Job, made: Made) {
    let Made { id, mut board, outcome, is_new, at } = made;
    board.apply(&outcome.changes);
    let posts = outbox::posts(&board, outcome.notices, app.clock.now());
    let card = given_card(&job.act, &outcome.changes);
    let reply = outcome.reply;
    batch.entries.push(Entry {
        partnership: id,
        plan: is_new.then(|| board.plan.clone()),
        revision: board.revision,
        changes: outcome.changes,
        posts,
        receipt: NewReceipt {
            key: job.receipt.key.clone(),
            opening: job.receipt.opening,
            reply: without_names(&reply),
            card,
        },
        at,
    });
    batch.receipts.insert(job.receipt.key, (id, reply.clone()));
    batch.boards.insert(id, Arc::new(board));
    batch.decided.push(Decided { id, reply, answer: job.answer });
}

/// The card that a giving made or edited, so that the same form sent again finds it.
fn given_card(act: &Act, changes: &[Change]) -> Option<CardId> {
    let Act::Give(giving) = act else { return None };
    let made = changes.iter().rev().find_map(|change| match change {
        Change::Card(card) => Some(card.id),
        _ => None,
    });
    made.or(giving.card)
}

/// A reply as its receipt keeps it: keys and numbers, no names and no words of people.
fn without_names(reply: &Reply) -> String {
    let mut reply = reply.clone();
    for gap in ["name", "names", "typed", "text", "zone"] {
        if let Some(value) = reply.said.with.get_mut(gap) {
            "…".clone_into(value);
        }
    }
    serde_json::to_string(&reply).unwrap_or_default()
}

/// Commits a batch and answers everybody in it.
///
/// # Errors
/// What the disk said, if the program must end.
async fn commit(app: &Inner, batch: Batch) -> Result<(), StoreError> {
    if batch.entries.is_empty() {
        return Ok(());
    }
    match app.store.commit(&batch.entries).await {
        Ok(slots) => {
            let broken: Vec<PartnershipId> = slots
                .iter()
                .zip(&batch.decided)
                .filter(|(slot, _)| slot.is_err())
                .map(|(_, decided)| decided.id)
                .collect();
            for (id, board) in batch.boards {
                if !broken.contains(&id) {
                    app.boards.put(id, board);
                }
            }
            reload(app, &broken).await?;
            app.wake();
            for (slot, decided) in slots.into_iter().zip(batch.decided) {
                let answer = slot.map(|()| (decided.id, decided.reply)).map_err(|error| failed(&error));
                let _ = decided.answer.send(answer);
            }
            Ok(())
        }
        Err(error) => {
            for decided in batch.decided {
                let _ = decided.answer.send(Err(failed(&error)));
            }
            if error.is_fatal() { Err(error) } else { Ok(()) }
        }
    }
}

/// What is on disk counts: boards with an act that failed are read again.
async fn reload(app: &Inner, broken: &[PartnershipId]) -> Result<(), StoreError> {
    for id in broken {
        if let Some(board) = app.store.load(*id).await? {
            app.boards.put(*id, Arc::new(board));
        }
    }
    Ok(())
}

/// A failure, logged once under a short reference that the person sees too.
pub(super) fn failed(error: &StoreError) -> ActError {
    if matches!(error, StoreError::Busy) {
        return ActError::Busy;
    }
    unlucky(error)
}

/// Something of ours went wrong: it is in the log under a reference that the person sees too.
pub(super) fn unlucky(why: impl std::fmt::Display) -> ActError {
    let reference = format!("{:04X}", rand::random::<u16>());
    tracing::error!(%reference, %why, "an act was not saved");
    ActError::Failed { reference }
}
