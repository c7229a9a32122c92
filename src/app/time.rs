//! Time passes: windows that have ended are told to their boards, as an act like any other.

use chrono::{DateTime, Utc};

use super::{ActError, App, Inner, Receipt};
use crate::path::{Act, Board, PartnershipId, Who, WindowState};

/// Tells boards that time has passed, whenever a window ends.
pub(super) async fn pass(app: App) {
    loop {
        let busy = app.0.pulse.begin();
        let changed = app.0.changed.notified();
        let due = earliest(&app.0);
        let Some((id, at)) = due else {
            drop(busy);
            changed.await;
            continue;
        };
        if at > app.now() {
            drop(busy);
            tokio::select! { () = changed => {}, () = app.0.clock.until(at) => {} }
            continue;
        }
        let receipt = Receipt { key: format!("time {id} {}", at.timestamp_millis()), opening: None, at: None };
        match app.act(id, receipt, Who::Clock, Act::TimePassed).await {
            Ok(_) | Err(ActError::Refused(_)) => {}
            Err(ActError::Busy | ActError::Failed { .. }) => changed_or_later(&app).await,
        }
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

/// The window that ends first, of all that were not told yet.
pub(super) fn earliest(app: &Inner) -> Option<(PartnershipId, DateTime<Utc>)> {
    let ends = |board: &Board| {
        board.windows.values().filter(|window| window.state == WindowState::Open).map(|window| window.ends).min()
    };
    app.boards.all().iter().filter_map(|(id, board)| Some((*id, ends(board)?))).min_by_key(|(_, at)| *at)
}
