//! Time passes: whatever its moment has come for is told to its board, as an act like any other.

use chrono::{DateTime, Utc};

use super::{ActError, App, Receipt};
use crate::path::{Act, PartnershipId, Who};

/// Tells boards that time has passed, whenever something is due on them.
pub(super) async fn pass(app: App) {
    loop {
        let busy = app.0.pulse.begin();
        let changed = app.0.changed.notified();
        let due = app.0.boards.earliest(app.now());
        let Some((id, at)) = due else {
            drop(busy);
            changed.await;
            continue;
        };
        let now = app.now();
        if at > now {
            drop(busy);
            tokio::select! { () = changed => {}, () = app.0.clock.until(at) => {} }
            continue;
        }
        if !tell(&app, id, at, now).await {
            changed_or_later(&app).await;
        }
    }
}

/// Catches up with all that became due while nobody was there, before anything is said in a room: what has
/// closed meanwhile is not announced as open.
pub(super) async fn catch_up(app: &App) {
    let now = app.now();
    while let Some((id, at)) = app.0.boards.earliest(now).filter(|(_, at)| *at <= now) {
        if !tell(app, id, at, now).await {
            break;
        }
    }
}

/// Tells one board; whether that reached the disk.
async fn tell(app: &App, id: PartnershipId, at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    // The moment lies in the receipt, so that a clock that is set back meanwhile does not undo what was due; the
    // revision in its key, so that the same moment may come twice on a board that has changed.
    let revision = app.0.boards.get(id).map_or(0, |board| board.revision);
    let key = format!("time {id} {} {revision}", at.timestamp_millis());
    let receipt = Receipt { key, opening: None, at: Some(now) };
    match app.act(id, receipt, Who::Clock, Act::TimePassed).await {
        Ok(_) | Err(ActError::Refused(_)) => true,
        Err(ActError::Busy | ActError::Failed { .. }) => false,
    }
}

/// Forgets old receipts, once a day.
pub(super) async fn forget(app: App) {
    loop {
        app.0.clock.until(app.now() + chrono::TimeDelta::days(1)).await;
        if let Err(error) = app.0.store.forget_receipts(app.now() - super::RECEIPT_LIFE).await {
            tracing::warn!(%error, "old receipts could not be forgotten; tried again tomorrow");
        }
    }
}

/// After a failure: not again before something has changed, or ten seconds have passed.
async fn changed_or_later(app: &App) {
    let later = app.now() + chrono::TimeDelta::seconds(10);
    tokio::select! { () = app.0.changed.notified() => {}, () = app.0.clock.until(later) => {} }
}
