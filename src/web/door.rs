//! The door of the pages: how many connections stand in it, and for how long one may say nothing.
//!
//! Whoever is being answered is never shown out. When the door is full, whoever has kept it waiting
//! longest goes: so connections that say nothing, however many, keep nobody out who does.

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

use super::guard::AT_ONCE;
use super::live::SEATS_MAX;

/// So many connections are held at once: all streams, all requests that are worked on, and some who have yet to say
/// what they want. Each is an open file, and the usual limit of those is 1024, of which others need some too.
const CONNECTIONS_MAX: usize = 768;
const _: () = assert!(SEATS_MAX + AT_ONCE < CONNECTIONS_MAX, "streams leave room for pages");
/// A request's head has to be here within this time, the first one of a connection and each one after it.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
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
}

impl Width {
    /// As many as the program's open files allow, half of which are for others.
    pub fn of_this_machine() -> Self {
        let files = files_max().unwrap_or(usize::MAX);
        Self { connections: CONNECTIONS_MAX.min(files / 2).max(1), head_within: HEAD_WITHIN }
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
    let mut door = Door {
        places: Arc::new(Semaphore::new(width.connections)),
        hall: Arc::default(),
        head_within: width.head_within,
        told: None,
    };
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
    head_within: Duration,
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
        http.timer(TokioTimer::new()).header_read_timeout(self.head_within).max_buf_size(HEAD_BYTES_MAX);
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(from));
            let (answered, answer) = (guest.answered(), router.call(request));
            async move { answer.await.map(|response| carried(response, answered)) }
        });
        async move {
            let _place = place;
            tokio::select! {
                // What goes wrong on the line is the reader's affair.
                _ = http.serve_connection(TokioIo::new(stream), service) => (),
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
    _answered: Answered,
}

fn carried(response: Response, answered: Answered) -> Response {
    response.map(|body| Body::new(Carried { body, _answered: answered }))
}

impl Carrying for Carried {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use futures_util::stream;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// Longer than any test; nobody is closed for saying nothing.
    const LONG: Duration = Duration::from_hours(1);
    const SHORT: Duration = Duration::from_millis(100);

    /// A door on this machine, behind which there is a word, and a stream of two words of which the second comes late.
    async fn open(connections: usize, head_within: Duration) -> SocketAddr {
        let late = || async {
            let words = stream::unfold(0, |nth| async move {
                tokio::time::sleep(SHORT * 3 * nth).await;
                (nth < 2).then(|| (Ok::<_, Error>(Bytes::from(format!("word {nth}\n"))), nth + 1))
            });
            Body::from_stream(words)
        };
        let silent = || async { Body::from_stream(stream::pending::<Result<Bytes, Error>>()) };
        let router = Router::new()
            .route("/health", get(|| async { "ok" }))
            .route("/late", get(late))
            .route("/silent", get(silent));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        drop(tokio::spawn(serve(listener, router, Width { connections, head_within })));
        at
    }

    async fn says(at: SocketAddr, words: &str) -> TcpStream {
        let mut stream = TcpStream::connect(at).await.unwrap();
        stream.write_all(words.as_bytes()).await.unwrap();
        stream
    }

    async fn read(mut from: TcpStream) -> String {
        let mut heard = Vec::new();
        // Somebody who is shown out may hear a reset. A door that does neither must not keep the tests waiting for ever.
        let ended = tokio::time::timeout(Duration::from_secs(20), from.read_to_end(&mut heard)).await;
        assert!(ended.is_ok(), "nothing ends this: {}", String::from_utf8_lossy(&heard));
        String::from_utf8(heard).unwrap()
    }

    async fn answer(at: SocketAddr, path: &str) -> String {
        read(says(at, &format!("GET {path} HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n")).await).await
    }

    /// Waits until it is being answered.
    async fn streams(at: SocketAddr) -> TcpStream {
        let mut stream = says(at, "GET /silent HTTP/1.1\r\nhost: here\r\n\r\n").await;
        assert!(stream.read_u8().await.is_ok());
        stream
    }

    #[tokio::test]
    async fn who_says_nothing_keeps_nobody_out() {
        let at = open(4, LONG).await;
        let mut halves = Vec::new();
        for nth in 0..40 {
            halves.push(says(at, if nth % 2 == 0 { "" } else { "GET /health HTTP/1.1\r\nhost: he" }).await);
        }
        assert!(answer(at, "/health").await.ends_with("ok"));
        assert_eq!(read(halves.swap_remove(0)).await, "", "the first of them was shown out");
    }

    #[tokio::test]
    async fn who_keeps_a_connection_after_an_answer_keeps_nobody_out_either() {
        let at = open(4, LONG).await;
        let mut kept = Vec::new();
        for _ in 0..12 {
            let mut stream = says(at, "GET /health HTTP/1.1\r\nhost: here\r\n\r\n").await;
            let answered = async { while stream.read_u8().await.unwrap() != b'k' {} };
            tokio::time::timeout(Duration::from_secs(20), answered).await.expect("an answer");
            kept.push(stream);
        }
        assert!(answer(at, "/health").await.ends_with("ok"));
    }

    #[tokio::test]
    async fn who_is_being_answered_stays() {
        let at = open(2, LONG).await;
        let mut streams = vec![streams(at).await, streams(at).await];
        assert_eq!(answer(at, "/health").await, "", "there is no place, and nobody waits who could be shown out");
        drop(streams.pop());
        // A place is free once the door has seen that nobody reads there any more.
        while !answer(at, "/health").await.ends_with("ok") {
            tokio::task::yield_now().await;
        }
        let one = streams.remove(0);
        assert!(one.writable().await.is_ok());
        let more = tokio::time::timeout(SHORT, one.readable()).await;
        let rest = more.map(|_| one.try_read(&mut [0; 4096]).unwrap());
        assert_ne!(rest, Ok(0), "it is still open");
    }

    #[tokio::test]
    async fn a_head_has_an_end_to_its_time_and_an_answer_has_none() {
        let at = open(4, SHORT).await;
        let half = says(at, "GET /health HTTP/1.1\r\nhost: he").await;
        assert_eq!(read(says(at, "").await).await, "");
        let _ = read(half).await;
        let late = answer(at, "/late").await;
        assert!(late.contains("word 0\n") && late.contains("word 1\n"), "{late}");
    }

    #[tokio::test]
    async fn a_head_without_end_is_not_read() {
        let at = open(4, LONG).await;
        let endless = format!("GET /health HTTP/1.1\r\nhost: {}", "x".repeat(4 * HEAD_BYTES_MAX));
        let mut stream = TcpStream::connect(at).await.unwrap();
        let _ = stream.write_all(endless.as_bytes()).await;
        assert!(!read(stream).await.contains("200"));
    }
}
