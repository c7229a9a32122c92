//! Use cases: what the program does between the place where people meet and the database.
//!
//! This is the face that `discord` and `web` see. The writer behind it is the only one that changes
//! anything: it decides, commits, and only then answers.

mod boards;
mod captions;
pub mod clock;
mod drawer;
mod outbox;
mod painter;
pub mod pulse;
mod share;
mod time;
mod writer;

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, NaiveDate, Utc};
use tokio::sync::{Notify, Semaphore, mpsc, oneshot, watch};

pub use self::captions::{canvas_of, captions_of};
pub use self::clock::Clock;
pub use self::drawer::{Drawer, Undrawn};
pub use self::outbox::UNJOINED;
pub use self::painter::{Easel, serve as serve_drawings};
pub use self::pulse::Pulse;
use crate::canvas::Canvas;
use crate::canvas::draw::{Drawing, Order};
use crate::path::{
    AccountId, Act, Board, Founding, Notice, PartnershipId, Plan, PollAct, Polling, Refusal, Reply, RoomId, Spot,
    VersionId, View, Viewer, Who, calendar, view, view_at,
};
use crate::prompts::{DEFAULT_LANGUAGE, Prompts, Words};
pub use crate::store::OutboxState as Delivery;
use crate::store::{Store, StoreError};

/// The program's heart. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

pub(crate) struct Inner {
    boards: boards::Boards,
    store: Store,
    prompts: Prompts,
    plan: Arc<Plan>,
    clock: Clock,
    pulse: Pulse,
    jobs: mpsc::Sender<writer::Job>,
    bell: outbox::Bell,
    changed: Notify,
    ended: watch::Sender<Option<String>>,
    drawer: OnceLock<Drawer>,
    /// What links to the board page begin with.
    pages: OnceLock<String>,
}

/// How long receipts are kept: longer than any button of a form can be pressed again.
const RECEIPT_LIFE: chrono::TimeDelta = chrono::TimeDelta::days(30);

/// By what a repeated act is known: the same receipt gets the same answer again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The interaction, or the outbox row, or the window and occurrence.
    pub key: String,
    /// For forms: the opening of the form. The same opening sent twice counts once; with other
    /// text it edits the card that it made.
    pub opening: Option<String>,
    /// When the person acted, if the place says so; older acts that arrive late change nothing.
    pub at: Option<DateTime<Utc>>,
}

/// Why an act came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ActError {
    /// The Path says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Too much at once; nothing was saved.
    #[error("busy")]
    Busy,
    /// It could not be saved; the reference is in the log.
    #[error("not saved, reference {reference}")]
    Failed {
        /// A short reference, the same as in the log.
        reference: String,
    },
}

/// Something to be said in a room, claimed from the outbox.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Its row: also the nonce's and the marker's content.
    pub id: i64,
    /// Whose.
    pub partnership: PartnershipId,
    /// What.
    pub notice: Notice,
    /// How often it was tried before.
    pub attempts: u32,
    /// The message that an earlier try, or an earlier row of the same place, made.
    pub message: Option<u64>,
    /// When it was first due.
    pub due: DateTime<Utc>,
}

impl App {
    /// Starts on a database: reads all boards, and sets the writer and the passing of time to work.
    ///
    /// # Errors
    /// What the database said.
    pub async fn start(store: Store, prompts: Prompts, clock: Clock, pulse: Pulse) -> Result<Self, StoreError> {
        let boards = boards::Boards::default();
        for (_, id) in store.rooms().await? {
            if let Some(board) = store.load(id).await? {
                boards.put(id, Arc::new(board));
            }
        }
        store.forget_receipts(clock.now() - RECEIPT_LIFE).await?;
        let (jobs, queue) = mpsc::channel(writer::QUEUE);
        let inner = Arc::new(Inner {
            boards,
            store,
            plan: Arc::new(prompts.plan.clone()),
            prompts,
            clock,
            pulse,
            jobs,
            bell: outbox::Bell::default(),
            changed: Notify::new(),
            ended: watch::channel(None).0,
            drawer: OnceLock::new(),
            pages: OnceLock::new(),
        });
        inner.wake();
        drop(tokio::spawn(writer::work(inner.clone(), queue)));
        let app = Self(inner);
        time::catch_up(&app).await;
        drop(tokio::spawn(time::pass(app.clone())));
        drop(tokio::spawn(time::forget(app.clone())));
        Ok(app)
    }

    /// The same, drawing by another drawer than this program's own; before the first drawing only.
    #[must_use]
    pub fn with_drawer(self, drawer: Drawer) -> Self {
        let _ = self.0.drawer.set(drawer);
        self
    }

    /// Draws a picture, in a process of its own that starts with the first one.
    ///
    /// # Errors
    /// [`Undrawn`]: too many are waiting, a cap was hit, or it failed. The text forms need no drawing.
    pub async fn draw(&self, order: &Order) -> Result<Drawing, Undrawn> {
        let _in_hand = self.0.pulse.begin();
        self.drawer().draw(order).await
    }

    /// The same for a crowd that shares these places in the queue: see [`Drawer::draw_within`].
    ///
    /// # Errors
    /// [`Undrawn`].
    pub async fn draw_within(&self, order: &Order, places: &Arc<Semaphore>) -> Result<Drawing, Undrawn> {
        let _in_hand = self.0.pulse.begin();
        self.drawer().draw_within(order, places).await
    }

    fn drawer(&self) -> &Drawer {
        self.0.drawer.get_or_init(|| Drawer::new(Easel::default()))
    }

    /// Does one act. The answer comes only when it is on disk.
    ///
    /// # Errors
    /// [`ActError`]: refused, busy or not saved.
    pub async fn act(&self, id: PartnershipId, receipt: Receipt, who: Who, act: Act) -> Result<Reply, ActError> {
        self.queue(Some(id), receipt, who, act).await.map(|(_, reply)| reply)
    }

    /// Founds a partnership in a room.
    ///
    /// # Errors
    /// [`ActError`]: refused, busy or not saved.
    pub async fn found(
        &self,
        receipt: Receipt,
        who: Who,
        founding: Founding,
    ) -> Result<(PartnershipId, Reply), ActError> {
        self.queue(None, receipt, who, Act::Found(founding)).await
    }

    /// Asks a quick poll in a room where nothing is set up.
    ///
    /// # Errors
    /// [`ActError`]: refused, busy or not saved.
    pub async fn found_poll(
        &self,
        receipt: Receipt,
        who: Who,
        founding: Founding,
        poll: Polling,
    ) -> Result<(PartnershipId, Reply), ActError> {
        self.queue(None, receipt, who, Act::Poll(PollAct::Found(Box::new(founding), poll))).await
    }

    async fn queue(
        &self,
        id: Option<PartnershipId>,
        receipt: Receipt,
        who: Who,
        act: Act,
    ) -> Result<(PartnershipId, Reply), ActError> {
        let (answer, answered) = oneshot::channel();
        let job = writer::Job { id, receipt, who, act, answer };
        self.0.jobs.try_send(job).map_err(|_| ActError::Busy)?;
        answered.await.unwrap_or(Err(ActError::Busy))
    }

    /// The partnership bound to a room, if any.
    #[must_use]
    pub fn partnership_in(&self, room: RoomId) -> Option<PartnershipId> {
        self.0.boards.bound_to(room)
    }

    /// The public quick polls that are open, each with its partnership.
    #[must_use]
    pub fn public_polls(&self) -> Vec<(PartnershipId, String)> {
        let open = |board: &Board| {
            let windows = board.windows.values().filter(|window| window.is_open());
            let public = windows.filter(|window| board.plan.poll(&window.ask).is_some_and(|poll| poll.public));
            public.map(|window| window.ask.clone()).collect::<Vec<_>>()
        };
        let boards = self.0.boards.all();
        boards.iter().flat_map(|(id, board)| open(board).into_iter().map(|ask| (*id, ask))).collect()
    }

    /// What a viewer may see of a partnership now.
    #[must_use]
    pub fn view(&self, id: PartnershipId, viewer: Viewer) -> Option<View> {
        self.0.boards.get(id).map(|board| view(&board, viewer, self.now()))
    }

    /// The canvas as a viewer may see it now.
    #[must_use]
    pub fn canvas(&self, id: PartnershipId, viewer: Viewer) -> Option<Canvas> {
        self.view(id, viewer).map(|view| canvas_of(&view, &self.0.prompts))
    }

    /// The day of now on the partnership's own clock: the one that its canvas tells a viewer.
    #[must_use]
    pub fn day(&self, id: PartnershipId, viewer: Viewer) -> Option<NaiveDate> {
        self.0.boards.get(id).map(|board| calendar::date(self.now(), board.zone(viewer)))
    }

    /// The canvas as a version saw it, as far as a viewer may see it.
    #[must_use]
    pub fn canvas_at(&self, id: PartnershipId, viewer: Viewer, version: VersionId) -> Option<Canvas> {
        let board = self.0.boards.get(id)?;
        view_at(&board, viewer, version).map(|view| canvas_of(&view, &self.0.prompts))
    }

    /// The revision of a partnership's board, to be waited on: it changes whenever something was committed.
    /// Who reads slowly misses revisions in between, never the last one.
    #[must_use]
    pub fn subscribe(&self, id: PartnershipId) -> Option<watch::Receiver<i64>> {
        self.0.boards.revision(id)
    }

    /// Who an account is in a partnership.
    #[must_use]
    pub fn who(&self, id: PartnershipId, account: AccountId, handle: &str, manager: bool) -> Who {
        let known = self.0.boards.get(id).and_then(|board| board.person_of(account).map(|person| person.id));
        known.map_or_else(|| Who::Stranger { account, handle: handle.to_owned(), manager }, Who::Person)
    }

    /// The smaller room or message that a partnership has for something, if it is there yet.
    #[must_use]
    pub fn room(&self, id: PartnershipId, spot: &Spot) -> Option<RoomId> {
        self.0.boards.get(id)?.rooms.get(spot).copied()
    }

    /// The words of a language; the default ones if it is not there.
    #[must_use]
    pub fn words(&self, language: &str) -> &Words {
        static NONE: std::sync::LazyLock<Words> = std::sync::LazyLock::new(Words::default);
        self.0.prompts.words_in(language).unwrap_or(&NONE)
    }

    /// The words that a partnership reads; the default ones where there is none.
    #[must_use]
    pub fn words_of(&self, id: Option<PartnershipId>) -> &Words {
        let board = id.and_then(|id| self.0.boards.get(id));
        self.words(board.as_ref().map_or(DEFAULT_LANGUAGE, |board| &board.partnership.language))
    }

    /// Plan and words.
    #[must_use]
    pub fn prompts(&self) -> &Prompts {
        &self.0.prompts
    }

    /// The time, from the one clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// The clock itself, for those who wait.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The program's pulse.
    #[must_use]
    pub fn pulse(&self) -> Pulse {
        self.0.pulse.clone()
    }

    /// The next post that is due, waiting until there is one.
    ///
    /// # Errors
    /// [`ActError::Failed`] if the database could not be read.
    pub async fn next_post(&self) -> Result<Post, ActError> {
        outbox::next(&self.0).await.map_err(|error| writer::failed(&error))
    }

    /// Writes down what became of a post.
    ///
    /// # Errors
    /// [`ActError::Failed`] if it could not be written.
    pub async fn delivered(&self, post: &Post, delivery: Delivery) -> Result<(), ActError> {
        outbox::delivered(&self.0, post, delivery).await.map_err(|error| writer::failed(&error))
    }

    /// The same, telling where the board page is served: what its links begin with.
    #[must_use]
    pub fn with_pages(self, base: &str) -> Self {
        let _ = self.0.pages.set(base.trim_end_matches('/').to_owned());
        self
    }

    /// Whether the board page is served, so that a link leads anywhere.
    #[must_use]
    pub fn serves_pages(&self) -> bool {
        self.0.pages.get().is_some()
    }

    /// The link to the board page with this token; none if the page is not served.
    #[must_use]
    pub fn link(&self, token: &str) -> Option<String> {
        self.0.pages.get().map(|base| format!("{base}/b/{token}"))
    }

    /// Whether acts are taken and kept: the disk has not failed, and the writer keeps up.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.0.ended.borrow().is_none() && self.0.jobs.capacity() > 0
    }

    /// Waits until the disk fails, and says why. The program has to end then.
    pub async fn ended(&self) -> String {
        let mut ended = self.0.ended.subscribe();
        match ended.wait_for(Option::is_some).await {
            Ok(why) => why.clone().unwrap_or_default(),
            Err(_) => std::future::pending().await,
        }
    }
}

impl Inner {
    /// Something was committed: whoever sends and whoever waits for time looks again.
    fn wake(&self) {
        self.pulse.window_due(self.boards.earliest(self.clock.now()).map(|(_, at)| at));
        self.bell.ring(self.pulse.begin());
        self.changed.notify_one();
    }

    fn end(&self, error: &StoreError) {
        tracing::error!(%error, "the disk failed: the program ends, nothing that was ticked is lost");
        self.ended.send_replace(Some(error.to_string()));
    }
}
