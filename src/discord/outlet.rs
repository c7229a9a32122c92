//! The outlet: takes posts from the outbox, words them from a fresh view, sends them, and says what
//! became of each. After any doubt it looks at what is there before it posts again.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::counting::look_again;
use super::custom_id;
use super::forms;
use super::limits::{FILE_BYTES_MAX, FILES_MAX};
use super::posts;
use super::scene::Scene;
use super::screen::Screen;
use super::sketch::{Sketch, sendable};
use super::wire::{Code, Fault, Wire};
use crate::app::{App, Delivery, Post, Receipt, UNJOINED, Undrawn, canvas_of};
use crate::canvas::draw::Picture;
use crate::path::{Act, Notice, PersonId, RoomId, Spot, Viewer, Who};

/// How long to wait after a failure that may pass: doubled at each try, up to the last one.
const WAIT_FIRST: TimeDelta = TimeDelta::seconds(1);
const WAIT_LAST: TimeDelta = TimeDelta::minutes(10);
/// How long to wait where a person has to mend something: permissions, a deleted channel.
pub(super) const WAIT_MENDED: TimeDelta = TimeDelta::minutes(15);

/// Sends what is due until the token is refused.
pub async fn run(app: App, wire: Wire) {
    look_again(&app).await;
    loop {
        let Ok(post) = app.next_post().await else {
            app.clock().until(app.now() + WAIT_FIRST).await;
            continue;
        };
        let outcome = Sending { app: &app, wire: &wire, post: &post }.deliver().await;
        let ended = outcome.as_ref().is_err_and(Fault::is_unauthorised);
        let delivery = outcome.unwrap_or_else(|fault| after(&app, &post, &fault));
        if app.delivered(&post, delivery).await.is_err() {
            app.clock().until(app.now() + WAIT_FIRST).await;
        }
        if ended {
            tracing::error!("Discord refuses the token: nothing more is sent");
            return;
        }
    }
}

/// What is to be done after a fault.
fn after(app: &App, post: &Post, fault: &Fault) -> Delivery {
    let why = fault.to_string();
    let later = |wait: TimeDelta| Delivery::Later { at: app.now() + wait, why: why.clone() };
    match fault {
        Fault::Limited { after, .. } => later(TimeDelta::from_std(*after).unwrap_or(WAIT_LAST)),
        fault if fault.is(Code::DirectTooFast) => later(WAIT_LAST),
        fault if fault.may_pass() || fault.is(Code::Archived) || fault.is(Code::OldEdits) => {
            let doubled = WAIT_FIRST * 2_i32.saturating_pow(post.attempts.min(10));
            later(doubled.min(WAIT_LAST))
        }
        fault if fault.is(Code::MissingPermission) || fault.is(Code::MissingAccess) => later(WAIT_MENDED),
        fault if fault.is_unauthorised() => later(WAIT_LAST),
        _ => Delivery::Failed { why },
    }
}

/// One post on its way.
pub(super) struct Sending<'a> {
    pub(super) app: &'a App,
    pub(super) wire: &'a Wire,
    pub(super) post: &'a Post,
}

impl<'a> Sending<'a> {
    async fn deliver(&self) -> Result<Delivery, Fault> {
        match &self.post.notice {
            Notice::Board => self.board().await,
            Notice::Occasions => self.occasions().await,
            Notice::Room(spot) => self.open_room(spot).await,
            Notice::LetIn { spot, person } => self.let_in(spot, *person).await,
            Notice::LetOut { spot, person } => self.let_out(spot, *person).await,
            Notice::Closes { sitting } => self.close(sitting).await,
            Notice::Count { ask } => self.count(ask).await,
            Notice::AskOpens { ask } => self.ask_opens(ask).await,
            Notice::AskCloses { ask } => self.ask_closes(ask).await,
            Notice::PhaseCloses { phase } => self.phase_closes(phase).await,
            Notice::Opens { sitting } => self.opens(sitting).await,
            Notice::Reworded { sitting } => self.reworded(sitting).await,
            Notice::Timer { .. } | Notice::Published { .. } | Notice::Pause | Notice::Weekly { .. } => {
                let Some(screen) = self.worded(Viewer::Room) else { return Ok(Delivery::Moot) };
                let Some(room) = self.home() else { return Ok(Delivery::Moot) };
                let screen = match &self.post.notice {
                    Notice::Published { .. } => self.illustrated(screen).await,
                    _ => screen,
                };
                self.say(room, screen).await.map(sent)
            }
            Notice::Say { spot, .. } | Notice::Asks { spot, .. } | Notice::Approval { spot, .. } => {
                self.say_in(spot).await
            }
            Notice::Nudge { person, at } => self.nudge(*person, *at).await,
            Notice::Missing { .. } | Notice::Claims { .. } | Notice::Pleads { .. } => self.say_in(&Spot::Hosts).await,
            Notice::Story { card } => {
                let group =
                    self.scene(Viewer::Room).and_then(|_| posts::group_of(self.app, self.post.partnership, *card));
                match group {
                    Some(group) => self.say_in(&Spot::Group(group)).await,
                    None => Ok(Delivery::Moot),
                }
            }
            // The message under its key is that of the joining: without one there is nothing to undo.
            Notice::Tell { said, .. } if said.key == UNJOINED && self.post.message.is_none() => Ok(Delivery::Moot),
            Notice::Tell { person, .. } => {
                let scene = self.scene(Viewer::Room);
                let partner = scene.and_then(|scene| Some(scene.board().people.get(person)?.partner));
                match partner {
                    Some(partner) => self.say_in(&Spot::Partner(partner)).await,
                    None => Ok(Delivery::Moot),
                }
            }
        }
    }

    /// A fresh view in the partnership's words.
    pub(super) fn scene(&self, viewer: Viewer) -> Option<Scene<'a>> {
        let view = self.app.view(self.post.partnership, viewer)?;
        let language = view.shown().partnership.language.clone();
        Some(Scene::new(view, self.app.words(&language)))
    }

    pub(super) fn worded(&self, viewer: Viewer) -> Option<Screen> {
        posts::screen(&self.scene(viewer)?, &self.post.notice)
    }

    /// A post with the canvas beside it, as everybody in the room may see it: in words, and as a picture
    /// where it can be drawn. Drawn before it is sent, outside the writer.
    pub(super) async fn illustrated(&self, screen: Screen) -> Screen {
        let Some(scene) = self.scene(Viewer::Room) else { return screen };
        let canvas = canvas_of(scene.view(), self.app.prompts());
        let (words, mut sketch) = (forms::in_words(&canvas), Sketch::picture(screen, &canvas, &Picture::Whole));
        // Other partnerships' posts wait behind this one, so its picture has an end of its own.
        let drawn = tokio::time::timeout(self.wire.patience().picture, self.app.draw(&sketch.order)).await;
        match drawn.unwrap_or(Err(Undrawn::TooLong)) {
            Ok(drawing) => {
                sketch.screen.files = sketch.files(drawing);
                // However many pages it has, the words come with it.
                sketch.screen.files.truncate(FILES_MAX - words.len());
            }
            Err(undrawn) => tracing::warn!(post = self.post.id, ?undrawn, "a post goes without its picture"),
        }
        sketch.screen.files.extend(words);
        sendable(sketch.screen, scene.words(), FILE_BYTES_MAX)
    }

    /// The partnership's own channel.
    pub(super) fn home(&self) -> Option<u64> {
        self.scene(Viewer::Room).map(|scene| scene.board().partnership.room.0)
    }

    /// Posts into a channel or thread, once whatever happens; the message's id.
    pub(super) async fn say(&self, channel: u64, screen: Screen) -> Result<u64, Fault> {
        if let Some(there) = self.already(channel).await? {
            return Ok(there);
        }
        let screen = screen.marked(self.post.id);
        let mut body = screen.body();
        body["nonce"] = json!(format!("o{}", self.post.id));
        body["enforce_nonce"] = json!(true);
        let posted = self.wire.post(channel, &body, &screen.files).await;
        match posted {
            Err(fault) if fault.is(Code::Archived) => {
                self.wire.wake(channel).await?;
                self.wire.post(channel, &body, &screen.files).await
            }
            posted => posted,
        }
    }

    /// The message that an earlier try of this row made, found by its mark.
    pub(super) async fn already(&self, channel: u64) -> Result<Option<u64>, Fault> {
        if self.post.attempts == 0 {
            return Ok(None);
        }
        let messages = self.wire.recent(channel).await?;
        Ok(messages
            .iter()
            .find(|message| is_marked(message, self.post.id))
            .and_then(|message| snowflake(&message["id"])))
    }

    /// The pinned board: edited in place, or posted and pinned.
    async fn board(&self) -> Result<Delivery, Fault> {
        let (Some(screen), Some(home)) = (self.worded(Viewer::Room), self.home()) else { return Ok(Delivery::Moot) };
        if let Some(RoomId(message)) = self.app.room(self.post.partnership, &Spot::Board) {
            match self.wire.edit(home, message, &screen.body(), &[]).await {
                Ok(()) => return Ok(sent(message)),
                Err(fault) if fault.is(Code::UnknownMessage) => {}
                Err(fault) => return Err(fault),
            }
        }
        let message = self.say(home, screen).await?;
        self.remember(Spot::Board, message).await;
        match self.wire.pin(home, message).await {
            Err(fault) if fault.may_pass() => Err(fault),
            // Without the permission the board still stands; `/setup` says what is missing.
            Err(_) | Ok(()) => Ok(sent(message)),
        }
    }

    /// The post at a sitting's close, with a thread to talk about it.
    pub(super) async fn close(&self, sitting: &str) -> Result<Delivery, Fault> {
        let screen = self.scene(Viewer::Room).and_then(|scene| posts::closes(&scene, sitting));
        let (Some(screen), Some(home)) = (screen, self.home()) else { return Ok(Delivery::Moot) };
        let message = self.say(home, screen).await?;
        let name = self.scene(Viewer::Room).map(|scene| posts::talk_name(&scene, sitting)).unwrap_or_default();
        let thread = self.wire.thread_on(home, message, &name).await?;
        self.remember(Spot::Talk(sitting.to_owned()), thread).await;
        self.renew_rounds(sitting).await?;
        Ok(sent(message))
    }

    /// A smaller room: made, remembered, people let in, its first message posted.
    async fn open_room(&self, spot: &Spot) -> Result<Delivery, Fault> {
        let (Some(scene), Some(home)) = (self.scene(posts::viewer(spot)), self.home()) else {
            return Ok(Delivery::Moot);
        };
        let Some(screen) = posts::first(&scene, spot) else { return Ok(Delivery::Moot) };
        let thread = match self.app.room(self.post.partnership, spot) {
            Some(RoomId(thread)) => thread,
            None => self.make_room(home, &scene, spot).await?,
        };
        for account in posts::accounts(&scene, spot) {
            self.admit(thread, account).await?;
        }
        self.say(thread, screen).await.map(sent)
    }

    async fn make_room(&self, home: u64, scene: &Scene<'_>, spot: &Spot) -> Result<u64, Fault> {
        let name = posts::room_name(scene, spot);
        let thread = match self.made_before(home, scene, &name).await? {
            Some(thread) => thread,
            None => self.wire.thread_private(home, &name).await?,
        };
        self.remember(spot.clone(), thread).await;
        Ok(thread)
    }

    /// A thread of that name that an earlier try made and nobody remembers.
    async fn made_before(&self, home: u64, scene: &Scene<'_>, name: &str) -> Result<Option<u64>, Fault> {
        if self.post.attempts == 0 {
            return Ok(None);
        }
        let known: Vec<u64> = scene.board().rooms.values().map(|room| room.0).collect();
        let threads = self.wire.threads(scene.board().partnership.house).await?;
        let ours = threads.iter().filter(|thread| snowflake(&thread["parent_id"]) == Some(home));
        let named = ours.filter(|thread| thread["name"] == name).filter_map(|thread| snowflake(&thread["id"]));
        Ok(named.max_by_key(|thread| (!known.contains(thread), *thread)).filter(|thread| !known.contains(thread)))
    }

    async fn let_in(&self, spot: &Spot, person: PersonId) -> Result<Delivery, Fault> {
        let Some(RoomId(thread)) = self.app.room(self.post.partnership, spot) else { return Ok(Delivery::Moot) };
        for account in self.accounts_of(person) {
            self.admit(thread, account).await?;
        }
        Ok(Delivery::Sent { message: None })
    }

    async fn let_out(&self, spot: &Spot, person: PersonId) -> Result<Delivery, Fault> {
        let Some(RoomId(thread)) = self.app.room(self.post.partnership, spot) else { return Ok(Delivery::Moot) };
        for account in self.accounts_of(person) {
            let first = self.wire.let_out(thread, account).await;
            let done = match first {
                Err(fault) if fault.is(Code::Archived) => {
                    self.wire.wake(thread).await?;
                    self.wire.let_out(thread, account).await
                }
                other => other,
            };
            match done {
                Err(Fault::Refused { status: 404, .. }) => {}
                other => other?,
            }
        }
        Ok(Delivery::Sent { message: None })
    }

    /// Lets an account into a thread. One that has left the guild must not keep the others out.
    async fn admit(&self, thread: u64, account: u64) -> Result<(), Fault> {
        let first = self.wire.let_in(thread, account).await;
        let done = match first {
            Err(fault) if fault.is(Code::Archived) => {
                self.wire.wake(thread).await?;
                self.wire.let_in(thread, account).await
            }
            other => other,
        };
        match done {
            Err(fault) if fault.is(Code::UnknownMember) || fault.is(Code::UnknownUser) => {
                tracing::warn!(%fault, "somebody who is not there any more was passed over");
                Ok(())
            }
            other => other,
        }
    }

    fn accounts_of(&self, person: PersonId) -> Vec<u64> {
        let scene = self.scene(Viewer::Hosts);
        let accounts = scene.and_then(|scene| Some(scene.board().people.get(&person)?.accounts.clone()));
        accounts.unwrap_or_default().into_iter().map(|account| account.0).collect()
    }

    /// Words into a smaller room.
    async fn say_in(&self, spot: &Spot) -> Result<Delivery, Fault> {
        let Some(RoomId(thread)) = self.app.room(self.post.partnership, spot) else {
            // Its room stands before it in the same line; it could not be made yet.
            let at = self.app.now() + WAIT_LAST;
            return Ok(Delivery::Later { at, why: "its room is not there yet".to_owned() });
        };
        match self.worded(posts::viewer(spot)) {
            Some(screen) => self.say(thread, screen).await.map(sent),
            None => Ok(Delivery::Moot),
        }
    }

    /// Writes down a room or message that has come to be.
    pub(super) async fn remember(&self, place: Spot, room: u64) {
        let receipt = Receipt { key: format!("outbox {} {room}", self.post.id), opening: None, at: None };
        let act = Act::Room { place, room: RoomId(room) };
        if let Err(error) = self.app.act(self.post.partnership, receipt, Who::Clock, act).await {
            tracing::warn!(%error, "a room could not be written down; it is found again at the next try");
        }
    }
}

pub(super) fn sent(message: u64) -> Delivery {
    Delivery::Sent { message: Some(message) }
}

fn is_marked(message: &Value, row: i64) -> bool {
    let rows = message["components"].as_array().map(Vec::as_slice).unwrap_or_default();
    let parts = rows.iter().flat_map(|row| row["components"].as_array().map(Vec::as_slice).unwrap_or_default());
    parts.filter_map(|part| part["custom_id"].as_str()).any(|id| custom_id::is_marked(id, row))
}

pub(super) fn snowflake(value: &Value) -> Option<u64> {
    value.as_str()?.parse().ok()
}
