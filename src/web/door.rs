//! The door of the pages: how many connections stand in it, and for how long one may say nothing.
//!
//! Whoever is being answered is never shown out, unless they leave the answer where it is. When the
//! door is full, whoever has kept it waiting longest goes: so connections that say nothing, however
//! many, keep nobody out who does.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::response::Response;
use axum::serve::Listener;
use axum::{Error, Router};
use hyper::Request;
use hyper::body::{Body as Carrying, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use tokio_io_timeout::TimeoutStream;

use super::guard::AT_ONCE;
use super::live::SEATS_MAX;

/// So many connections are held at once: all streams, all requests that are worked on, and some who have yet to say
/// what they want. Each is an open file, and the usual limit of those is 1024, of which others need some too.
const CONNECTIONS_MAX: usize = 768;
const _: () = assert!(SEATS_MAX + AT_ONCE < CONNECTIONS_MAX, "streams leave room for pages");
/// A request's head has to be here within this time, the first one of a connection and each one after it.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// An answer of which nothing more finds room on the line for so long has lost its reader. Room comes in large pieces:
/// on a slow line a minute may lie between two of them.
const TAKEN_WITHIN: Duration = Duration::from_mins(3);
/// The most that a head may be: nothing that anybody sends us is longer, and each connection holds as much.
const HEAD_BYTES_MAX: usize = 16 << 10;
/// That the door is full is logged at most so often.
const TELL_AGAIN: Duration = Duration::from_hours(1);

/// How far the door opens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Width {
    /// So many connections at once.
    pub connections: usize,
    /// So long may each wait with the head of a request.
    pub head_within: Duration,
    /// So long may each leave an answer where it is.
    pub taken_within: Duration,
}

impl Width {
    /// As many as the program's open files allow, half of which are for others.
    pub fn of_this_machine() -> Self {
        let files = files_max().unwrap_or(usize::MAX);
        let connections = CONNECTIONS_MAX.min(files / 2).max(1);
        Self { connections, head_within: HEAD_WITHIN, taken_within: TAKEN_WITHIN }
    }

    /// How many of them may be streams, which stay for long.
    pub fn streams(self) -> usize {
        SEATS_MAX.min(self.connections * 2 / 3)
    }
}

#[cfg(unix)]
fn files_max() -> Option<usize> {
    use rustix::process::{Resource, getrlimit};
    getrlimit(Resource::Nofile).current.and_then(|most| usize::try_from(most).ok())
}

#[cfg(not(unix))]
fn files_max() -> Option<usize> {
    None
}

/// Serves whoever comes, for as long as it is awaited.
pub(super) async fn serve(mut listener: TcpListener, router: Router, width: Width) {
    let mut door =
        Door { places: Arc::new(Semaphore::new(width.connections)), hall: Arc::default(), width, told: None };
    let router = TowerToHyperService::new(router);
    loop {
        // Without a file for one more this waits a second, and tries again.
        let (stream, from) = Listener::accept(&mut listener).await;
        if let Some(place) = door.place().await {
            drop(tokio::spawn(door.answer(stream, from, router.clone(), place)));
        }
    }
}

struct Door {
    places: Arc<Semaphore>,
    hall: Arc<Hall>,
    width: Width,
    told: Option<Instant>,
}

impl Door {
    /// A place for one more: a free one, or that of who has said nothing for longest. None while all are being answered.
    async fn place(&mut self) -> Option<OwnedSemaphorePermit> {
        if let Ok(place) = self.places.clone().try_acquire_owned() {
            return Some(place);
        }
        if self.told.is_none_or(|told| told.elapsed() > TELL_AGAIN) {
            self.told = Some(Instant::now());
            tracing::warn!("all connections of the board page are taken: whoever says nothing is shown out");
        }
        self.hall.show_out()?;
        self.places.clone().acquire_owned().await.ok()
    }

    /// Answers one connection, until it ends or is shown out.
    fn answer(
        &self,
        stream: TcpStream,
        from: SocketAddr,
        router: TowerToHyperService<Router>,
        place: OwnedSemaphorePermit,
    ) -> impl Future<Output = ()> + Send + use<> {
        let guest = Guest::enter(&self.hall);
        let out = guest.0.out.clone();
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(self.width.head_within).max_buf_size(HEAD_BYTES_MAX);
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(from));
            let (answered, answer) = (guest.answered(), router.call(request));
            async move { answer.await.map(|response| carried(response, answered)) }
        });
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(self.width.taken_within));
        async move {
            let _place = place;
            tokio::select! {
                // What goes wrong on the line is the reader's affair.
                _ = http.serve_connection(TokioIo::new(Box::pin(stream)), service) => (),
                () = out.notified() => (),
            }
        }
    }
}

/// Who is here and has not said what they want, by when they came or were last answered: the longest first.
#[derive(Default)]
struct Hall(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    last: u64,
    guests: BTreeMap<u64, Arc<Notify>>,
}

impl Hall {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends away whoever has waited longest; none if nobody waits.
    fn show_out(&self) -> Option<()> {
        let (_, out) = self.waiting().guests.pop_first()?;
        out.notify_one();
        Some(())
    }
}

/// One connection, which leaves the hall when it is dropped.
struct Guest(Arc<Known>);

struct Known {
    hall: Arc<Hall>,
    out: Arc<Notify>,
    stands: Mutex<Stands>,
}

/// Where a guest is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Stands {
    /// Being answered.
    #[default]
    Answered,
    /// In the hall, under this number.
    Waits(u64),
    /// No more.
    Gone,
}

impl Guest {
    fn enter(hall: &Arc<Hall>) -> Self {
        let known = Known { hall: hall.clone(), out: Arc::default(), stands: Mutex::default() };
        known.wait();
        Self(Arc::new(known))
    }

    /// They are being answered, until this is dropped.
    fn answered(&self) -> Answered {
        self.0.leave(Stands::Answered);
        Answered(self.0.clone())
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.0.leave(Stands::Gone);
    }
}

impl Known {
    fn stands(&self) -> MutexGuard<'_, Stands> {
        self.stands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Into the hall; but an answer may end after the connection did.
    fn wait(&self) {
        let mut stands = self.stands();
        if *stands == Stands::Answered {
            let mut waiting = self.hall.waiting();
            waiting.last += 1;
            let last = waiting.last;
            waiting.guests.insert(last, self.out.clone());
            *stands = Stands::Waits(last);
        }
    }

    fn leave(&self, to: Stands) {
        let from = std::mem::replace(&mut *self.stands(), to);
        if let Stands::Waits(number) = from {
            self.hall.waiting().guests.remove(&number);
        }
    }
}

/// Somebody is being answered, up to the last byte of the answer.
struct Answered(Arc<Known>);

impl Drop for Answered {
    fn drop(&mut self) {
        self.0.wait();
    }
}

/// An answer's body, which knows whom it is for.
struct Carried {
    body: Body,
    /// Whether any of it is on its way.
    begun: bool,
    _answered: Answered,
}

fn carried(response: Response, answered: Answered) -> Response {
    response.map(|body| Body::new(Carried { body, begun: false, _answered: answered }))
}

impl Carrying for Carried {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        self.begun = true;
        Pin::new(&mut self.body).poll_frame(cx)
    }

    /// Only of what is empty from the start: hyper drops a body that says so while its last bytes wait to be taken, and
    /// whoever takes them would be no more answered.
    fn is_end_stream(&self) -> bool {
        !self.begun && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests;
