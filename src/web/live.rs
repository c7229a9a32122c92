//! The stream that tells a page when there is something new on it.
//!
//! It carries a mark of what the reader may see, and no word of it: the page fetches itself again. A
//! change that the reader may not see changes no mark and sends nothing.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::guard::Reader;
use super::{Web, missing};
use crate::path::{PartnershipId, Viewer};

/// So many pages are told live, all links together, or fewer where a machine allows few open files …
pub(super) const SEATS_MAX: usize = 512;
/// … and of one board for one kind of eyes: a link for outsiders takes no seat from a partner.
const SEATS_OF_ONE_MAX: usize = 64;
/// After this time a stream ends; the page asks for a new one by itself.
const LIFE: Duration = Duration::from_mins(30);
/// A sign of life, so that no proxy in between closes the stream.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);
/// After a break a page waits so long before it asks again.
const RETRY: Duration = Duration::from_secs(3);
/// Whether a link still holds is looked at so often, for one that ends while nothing happens.
const LOOK_EVERY: Duration = Duration::from_mins(1);
/// Acts come in bursts; a page is told at most so often.
const AT_MOST_EVERY: Duration = Duration::from_millis(500);

/// Whose canvas, for whose eyes.
type Place = (PartnershipId, Viewer);

/// Who is told live, counted by board and kind of eyes.
pub(super) struct Seats {
    most: usize,
    taken: Mutex<BTreeMap<Place, usize>>,
}

/// A seat that is free again when it is dropped.
struct Seat {
    seats: Arc<Seats>,
    at: Place,
}

impl Seats {
    /// So many seats, all links together.
    pub fn of(most: usize) -> Self {
        Self { most, taken: Mutex::default() }
    }

    /// How many are told live now.
    pub fn taken(&self) -> usize {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }

    fn take(self: &Arc<Self>, at: Place) -> Option<Seat> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = taken.values().sum();
        let of_one = taken.entry(at).or_default();
        if all >= self.most || *of_one >= SEATS_OF_ONE_MAX {
            return None;
        }
        *of_one += 1;
        Some(Seat { seats: self.clone(), at })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_one) = taken.get_mut(&self.at) {
            *of_one -= 1;
            if *of_one == 0 {
                taken.remove(&self.at);
            }
        }
    }
}

/// One page that is told live.
struct Told {
    web: Web,
    token: String,
    revision: watch::Receiver<i64>,
    mark: Option<String>,
    not_before: Instant,
    ends: Instant,
    _seat: Seat,
}

/// The stream.
pub(super) async fn live(State(web): State<Web>, reader: Reader, Path(token): Path<String>) -> Response {
    if web.read(token.clone()).await.is_none() {
        return web.refuse(&reader);
    }
    let app = &web.0.app;
    let opened = app.shared(&token).and_then(|at| Some((at, app.subscribe(at.0)?)));
    let Some((at, revision)) = opened else { return web.refuse(&reader) };
    let Some(seat) = web.0.seats.take(at) else { return missing::not_now() };
    let now = Instant::now();
    let told = Told { web, token, revision, mark: None, not_before: now, ends: now + LIFE, _seat: seat };
    let stream = stream::unfold(Some(told), |told| async {
        let (event, told) = told?.next().await?;
        Some((Ok::<Event, Infallible>(event), told))
    });
    let alive = KeepAlive::new().interval(SIGN_OF_LIFE);
    Sse::new(stream).keep_alive(alive).into_response()
}

impl Told {
    /// Waits for the next thing to tell; after *gone* there is nothing more.
    async fn next(mut self) -> Option<(Event, Option<Self>)> {
        loop {
            if self.mark.is_some() {
                self.changed().await?;
            }
            // Seen before the look: what changes during it is looked at again.
            self.revision.borrow_and_update();
            let Some(sheet) = self.web.read(self.token.clone()).await else {
                return Some((Event::default().event("gone").data("gone"), None));
            };
            if self.mark.as_deref() != Some(&*sheet.mark) {
                self.mark = Some(sheet.mark.clone());
                self.not_before = Instant::now() + AT_MOST_EVERY;
                let event = Event::default().event("state").retry(RETRY).data(&sheet.mark);
                return Some((event, Some(self)));
            }
        }
    }

    /// Waits until the board has changed, or it is time to look in any case; nothing once the stream's
    /// time is up or the program ends.
    async fn changed(&mut self) -> Option<()> {
        // What comes in before the page may be told again is told together.
        sleep_until(self.not_before).await;
        let until = self.ends.min(Instant::now() + LOOK_EVERY);
        match timeout_at(until, self.revision.changed()).await {
            Ok(changed) => changed.ok(),
            Err(_) if Instant::now() >= self.ends => None,
            Err(_) => Some(()),
        }
    }
}
