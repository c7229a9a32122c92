//! Drawing, off the hot path: orders wait in a short queue of their own for a process of their own.
//!
//! Nothing starts until the first order comes. Each drawing has an end to its time and its memory; who
//! goes beyond gets a clear word, and the next order a new process. Drawings are kept for a while, so
//! that a room full of people who press the same button costs one: who asks for what is being drawn waits
//! for that drawing, and takes no place in the queue.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use super::painter::{Easel, Painter, Spoilt};
use crate::canvas::draw::{Drawing, Order};

/// A painter that nobody has asked for so long goes home; the next order finds another.
const IDLE: Duration = Duration::from_mins(10);

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undrawn {
    /// Too many are waiting for pictures.
    #[error("too many drawings are waiting")]
    Busy,
    /// It took too long.
    #[error("the drawing took too long")]
    TooLong,
    /// It needed too much memory.
    #[error("the drawing is too large")]
    TooLarge,
    /// It failed; the reference is in the log.
    #[error("not drawn, reference {reference}")]
    Failed {
        /// A short reference, the same as in the log.
        reference: String,
    },
}

/// What an order is known by.
type Key = [u8; 32];

/// What somebody who asked waits for.
type Answer = oneshot::Sender<Result<Drawing, Undrawn>>;

struct Job {
    key: Key,
    order: Vec<u8>,
    /// Free again when the job is done.
    _place: Option<OwnedSemaphorePermit>,
}

/// What was drawn, and who waits for what is being drawn.
#[derive(Default)]
struct Desk {
    shelf: Shelf,
    waiting: BTreeMap<Key, Vec<Answer>>,
}

/// Where orders are handed in. Cheap to clone.
#[derive(Clone)]
pub struct Drawer {
    jobs: mpsc::Sender<Job>,
    desk: Arc<Mutex<Desk>>,
}

impl Drawer {
    /// A drawer with its queue; its process starts with the first order.
    #[must_use]
    pub fn new(easel: Easel) -> Self {
        let (jobs, queue) = mpsc::channel(easel.queue.max(1));
        let shelf = Shelf { most: easel.kept, ..Shelf::default() };
        let desk = Arc::new(Mutex::new(Desk { shelf, ..Desk::default() }));
        drop(tokio::spawn(work(easel, queue, desk.clone())));
        Self { jobs, desk }
    }

    /// Draws an order, or hands out what was drawn of the same order before, or is being drawn.
    ///
    /// # Errors
    /// [`Undrawn`].
    pub async fn draw(&self, order: &Order) -> Result<Drawing, Undrawn> {
        self.ask(order, || Some(None)).await
    }

    /// The same for a crowd that may have only so many orders in the queue as there are places for it; whoever
    /// asks for what is drawn already, or is being drawn, needs none.
    ///
    /// # Errors
    /// [`Undrawn`].
    pub async fn draw_within(&self, order: &Order, places: &Arc<Semaphore>) -> Result<Drawing, Undrawn> {
        self.ask(order, || places.clone().try_acquire_owned().ok().map(Some)).await
    }

    async fn ask(
        &self,
        order: &Order,
        place: impl FnOnce() -> Option<Option<OwnedSemaphorePermit>>,
    ) -> Result<Drawing, Undrawn> {
        let (key, order) = written(order)?;
        let (answer, answered) = oneshot::channel();
        {
            // One look for all three: else two who ask at once would both find nothing.
            let mut desk = lock(&self.desk);
            if let Some(drawing) = desk.shelf.get(&key) {
                return Ok(drawing);
            }
            if let Some(waiting) = desk.waiting.get_mut(&key) {
                waiting.push(answer);
            } else {
                let job = Job { key, order, _place: place().ok_or(Undrawn::Busy)? };
                self.jobs.try_send(job).map_err(|_| Undrawn::Busy)?;
                desk.waiting.insert(key, vec![answer]);
            }
        }
        let drawing = answered.await.unwrap_or(Err(Undrawn::Busy))?;
        lock(&self.desk).shelf.tell_missing(&drawing.missing);
        Ok(drawing)
    }
}

fn lock(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Whether somebody still waits for an order; if not, it is forgotten.
    fn is_awaited(&mut self, key: &Key) -> bool {
        let awaited = self.waiting.get(key).is_some_and(|all| all.iter().any(|answer| !answer.is_closed()));
        if !awaited {
            self.waiting.remove(key);
        }
        awaited
    }

    /// Tells all who wait for an order what became of it.
    fn tell(&mut self, key: Key, drawn: &Result<Drawing, Undrawn>) {
        if let Ok(drawing) = drawn {
            self.shelf.put(key, drawing);
        }
        for answer in self.waiting.remove(&key).unwrap_or_default() {
            let _ = answer.send(drawn.clone());
        }
    }
}

/// An order as it is handed to the painter, and what it is known by.
fn written(order: &Order) -> Result<(Key, Vec<u8>), Undrawn> {
    let order = serde_json::to_vec(order).map_err(|error| failed(&error))?;
    Ok((Sha256::digest(&order).into(), order))
}

/// Takes one order after the other to the painter.
async fn work(easel: Easel, mut queue: mpsc::Receiver<Job>, desk: Arc<Mutex<Desk>>) {
    let desk = Open(desk);
    let mut painter: Option<Painter> = None;
    loop {
        let job = match tokio::time::timeout(IDLE, queue.recv()).await {
            Ok(Some(job)) => job,
            Ok(None) => return,
            Err(_) => {
                painter = None;
                continue;
            }
        };
        if !lock(&desk.0).is_awaited(&job.key) {
            continue;
        }
        let drawn = paint(&easel, &mut painter, &job.order).await;
        lock(&desk.0).tell(job.key, &drawn);
    }
}

/// The desk while somebody works at it. However that ends, nobody is left waiting: they are told that we are busy.
struct Open(Arc<Mutex<Desk>>);

impl Drop for Open {
    fn drop(&mut self) {
        lock(&self.0).waiting.clear();
    }
}

/// One drawing, by the painter that is there or a new one. Who was there may have died meanwhile, or have
/// grown: then a new one has a try before anybody is told no.
async fn paint(easel: &Easel, painter: &mut Option<Painter>, order: &[u8]) -> Result<Drawing, Undrawn> {
    if let Some(mut known) = painter.take().filter(|painter| painter.drawn < easel.drawings) {
        match known.draw(order, easel.wall).await {
            Err(Spoilt::TooLarge | Spoilt::Broken(_)) => tracing::info!("a new process draws from here on"),
            done => return told(done, known, painter, easel),
        }
    }
    let mut fresh = Painter::start(easel).map_err(|error| failed(&error))?;
    let drawn = fresh.draw(order, easel.wall).await;
    told(drawn, fresh, painter, easel)
}

/// What became of a drawing, in clear words; the painter is kept if it is of use.
fn told(
    drawn: Result<Drawing, Spoilt>,
    by: Painter,
    kept: &mut Option<Painter>,
    easel: &Easel,
) -> Result<Drawing, Undrawn> {
    match drawn {
        Ok(drawing) => {
            *kept = Some(by);
            Ok(drawing)
        }
        Err(Spoilt::Fault(fault)) => {
            *kept = Some(by);
            Err(failed(&fault))
        }
        Err(Spoilt::TooLong) => {
            tracing::warn!(wall = ?easel.wall, "a drawing took too long and was ended");
            Err(Undrawn::TooLong)
        }
        Err(Spoilt::TooLarge) => {
            tracing::warn!(memory = easel.memory, "a drawing needed too much memory");
            Err(Undrawn::TooLarge)
        }
        Err(Spoilt::Broken(why)) => Err(failed(&why)),
    }
}

/// A failure, logged once under a short reference that the person sees too.
fn failed(error: &impl std::fmt::Display) -> Undrawn {
    let reference = format!("{:04X}", rand::random::<u16>());
    tracing::error!(%reference, %error, "a picture was not drawn");
    Undrawn::Failed { reference }
}

/// Drawings that are kept for a while, oldest first.
#[derive(Default)]
struct Shelf {
    drawings: VecDeque<(Key, Drawing)>,
    bytes: usize,
    most: usize,
    told: BTreeSet<String>,
}

impl Shelf {
    fn get(&self, key: &Key) -> Option<Drawing> {
        self.drawings.iter().find(|(known, _)| known == key).map(|(_, drawing)| drawing.clone())
    }

    fn put(&mut self, key: Key, drawing: &Drawing) {
        if self.drawings.iter().any(|(known, _)| *known == key) {
            return;
        }
        self.bytes += size(drawing);
        self.drawings.push_back((key, drawing.clone()));
        while self.bytes > self.most
            && let Some((_, oldest)) = self.drawings.pop_front()
        {
            self.bytes -= size(&oldest);
        }
    }

    /// Says once for each script that its letters have no face on this machine.
    fn tell_missing(&mut self, scripts: &[String]) {
        for script in scripts {
            if self.told.insert(script.clone()) {
                tracing::warn!(
                    script,
                    "some letters of this script have no face here and are not drawn: install it \
                     (Debian: fonts-noto-core, fonts-noto-cjk, fonts-noto-color-emoji) and start again"
                );
            }
        }
    }
}

fn size(drawing: &Drawing) -> usize {
    drawing.pages.iter().map(Vec::len).sum()
}
