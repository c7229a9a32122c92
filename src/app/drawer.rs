//! Drawing, off the hot path: orders wait in a short queue of their own for a process of their own.
//!
//! Nothing starts until the first order comes. Each drawing has an end to its time and its memory; who
//! goes beyond gets a clear word, and the next order a new process. Drawings are kept for a while, so
//! that a room full of people who press the same button costs one.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::sync::{mpsc, oneshot};

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

struct Job {
    key: Key,
    order: Vec<u8>,
    answer: oneshot::Sender<Result<Drawing, Undrawn>>,
}

/// Where orders are handed in. Cheap to clone.
#[derive(Clone)]
pub struct Drawer {
    jobs: mpsc::Sender<Job>,
    shelf: Arc<Mutex<Shelf>>,
}

impl Drawer {
    /// A drawer with its queue; its process starts with the first order.
    #[must_use]
    pub fn new(easel: Easel) -> Self {
        let (jobs, queue) = mpsc::channel(easel.queue.max(1));
        let shelf = Arc::new(Mutex::new(Shelf { most: easel.kept, ..Shelf::default() }));
        drop(tokio::spawn(work(easel, queue, shelf.clone())));
        Self { jobs, shelf }
    }

    /// Draws an order, or hands out what was drawn of the same order before.
    ///
    /// # Errors
    /// [`Undrawn`].
    pub async fn draw(&self, order: &Order) -> Result<Drawing, Undrawn> {
        let (key, order) = written(order)?;
        if let Some(drawing) = self.shelf().get(&key) {
            return Ok(drawing);
        }
        let (answer, answered) = oneshot::channel();
        self.jobs.try_send(Job { key, order, answer }).map_err(|_| Undrawn::Busy)?;
        let drawing = answered.await.unwrap_or(Err(Undrawn::Busy))?;
        self.shelf().tell_missing(&drawing.missing);
        Ok(drawing)
    }

    /// What was drawn of the same order before, if it still lies there.
    #[must_use]
    pub fn known(&self, order: &Order) -> Option<Drawing> {
        let (key, _) = written(order).ok()?;
        self.shelf().get(&key)
    }

    fn shelf(&self) -> std::sync::MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An order as it is handed to the painter, and what it is known by.
fn written(order: &Order) -> Result<(Key, Vec<u8>), Undrawn> {
    let order = serde_json::to_vec(order).map_err(|error| failed(&error))?;
    Ok((Sha256::digest(&order).into(), order))
}

/// Takes one order after the other to the painter.
async fn work(easel: Easel, mut queue: mpsc::Receiver<Job>, shelf: Arc<Mutex<Shelf>>) {
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
        if job.answer.is_closed() {
            continue;
        }
        let known = shelf.lock().unwrap_or_else(PoisonError::into_inner).get(&job.key);
        let drawn = match known {
            Some(drawing) => Ok(drawing),
            None => paint(&easel, &mut painter, &job.order).await,
        };
        if let Ok(drawing) = &drawn {
            shelf.lock().unwrap_or_else(PoisonError::into_inner).put(job.key, drawing);
        }
        let _ = job.answer.send(drawn);
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
