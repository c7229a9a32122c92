//! Few posts in the channel: what belongs to one post is edited into it.
//! A sitting's opening post is edited when hosts word its invitation anew.
//!
//! An ask that is opened by itself has a post that becomes its result in place; asks that are open at the
//! same time share one. A phase's close is told by the post of what closed last in it.

use super::outlet::{Sending, sent};
use super::posts;
use super::screen::Screen;
use super::wire::{Code, Fault};
use crate::app::Delivery;
use crate::path::{RoomId, Spot, Viewer, WindowId};

impl Sending<'_> {
    /// A sitting opens: its post, which is remembered, so that hosts can word it anew.
    pub(super) async fn opens(&self, sitting: &str) -> Result<Delivery, Fault> {
        let (Some(screen), Some(home)) = (self.worded(Viewer::Room), self.home()) else { return Ok(Delivery::Moot) };
        let message = self.say(home, screen).await?;
        self.remember(Spot::Opening(sitting.to_owned()), message).await;
        Ok(sent(message))
    }

    /// A host worded an invitation anew: its post says so in place; one that somebody deleted is posted again. A
    /// post from before posts were remembered stays as it is.
    pub(super) async fn reworded(&self, sitting: &str) -> Result<Delivery, Fault> {
        let (Some(screen), Some(home)) = (self.worded(Viewer::Room), self.home()) else { return Ok(Delivery::Moot) };
        let there = self.app.room(self.post.partnership, &Spot::Opening(sitting.to_owned()));
        let Some(RoomId(message)) = there else { return Ok(Delivery::Moot) };
        if self.edited(home, message, &screen).await? { Ok(sent(message)) } else { self.opens(sitting).await }
    }

    /// An ask opens by itself: on the post of those that are open so already, else on one of its own.
    pub(super) async fn ask_opens(&self, ask: &str) -> Result<Delivery, Fault> {
        if let Some(poll) = self.worded(Viewer::Room) {
            return self.post_poll(poll).await;
        }
        let Some(scene) = self.scene(Viewer::Room) else { return Ok(Delivery::Moot) };
        let Some(window) = scene.open(ask).map(|window| window.id) else { return Ok(Delivery::Moot) };
        match posts::round_with(&scene, window) {
            Some(message) => {
                self.remember(Spot::Round(window), message).await;
                self.renew(message, window).await
            }
            None => self.new_round(window).await,
        }
    }

    /// An ask closed: one that was opened by itself says so on its own post; the last one of a sitting closes
    /// the sitting; any other is told when its sitting closes.
    pub(super) async fn ask_closes(&self, ask: &str) -> Result<Delivery, Fault> {
        if let Some(poll) = self.worded(Viewer::Room) {
            return self.post_poll(poll).await;
        }
        let Some(scene) = self.scene(Viewer::Room) else { return Ok(Delivery::Moot) };
        let board = scene.board();
        let (Some(window), Some((_, sitting))) = (board.window_of(ask), board.plan.sitting_of(ask)) else {
            return Ok(Delivery::Moot);
        };
        if window.alone {
            return match board.rooms.get(&Spot::Round(window.id)) {
                Some(RoomId(message)) => self.renew(*message, window.id).await,
                None => self.new_round(window.id).await,
            };
        }
        let goes_on = sitting.asks.iter().filter_map(|ask| scene.open(&ask.key)).any(|open| !open.alone);
        let told = board.rooms.contains_key(&Spot::Talk(sitting.key.clone()));
        // Told already, unless by an earlier try of this very row.
        if goes_on || told && self.already(board.partnership.room.0).await?.is_none() {
            return Ok(Delivery::Moot);
        }
        self.close(&sitting.key).await
    }

    /// A quick poll has two posts of its own: people vote by the one, the other stays as the result.
    async fn post_poll(&self, poll: Screen) -> Result<Delivery, Fault> {
        let Some(home) = self.home() else { return Ok(Delivery::Moot) };
        self.say(home, poll).await.map(sent)
    }

    /// A phase closed: the post of what closed last in it says so, with the canvas; else one of its own.
    pub(super) async fn phase_closes(&self, phase: &str) -> Result<Delivery, Fault> {
        let (Some(scene), Some(home)) = (self.scene(Viewer::Room), self.home()) else { return Ok(Delivery::Moot) };
        if let Some((message, screen)) = posts::phase_on(&scene, phase) {
            let screen = self.illustrated(screen).await;
            if self.edited(home, message, &screen).await? {
                return Ok(sent(message));
            }
        }
        let screen = self.illustrated(posts::phase_closed(&scene, phase)).await;
        self.say(home, screen).await.map(sent)
    }

    /// The posts of asks that were opened by themselves, where a sitting's close has closed them too.
    pub(super) async fn renew_rounds(&self, sitting: &str) -> Result<(), Fault> {
        let Some(scene) = self.scene(Viewer::Room) else { return Ok(()) };
        for (window, message) in posts::rounds_of(&scene, sitting) {
            self.renew(message, window).await?;
        }
        Ok(())
    }

    /// Edits the post of asks that were opened by themselves; one that somebody deleted is posted again.
    async fn renew(&self, message: u64, window: WindowId) -> Result<Delivery, Fault> {
        let (Some(scene), Some(home)) = (self.scene(Viewer::Room), self.home()) else { return Ok(Delivery::Moot) };
        let screen = posts::round(&scene, &posts::beside(&scene, message, window));
        if self.edited(home, message, &screen).await? { Ok(sent(message)) } else { self.new_round(window).await }
    }

    async fn new_round(&self, window: WindowId) -> Result<Delivery, Fault> {
        let (Some(scene), Some(home)) = (self.scene(Viewer::Room), self.home()) else { return Ok(Delivery::Moot) };
        let message = self.say(home, posts::round(&scene, &[window])).await?;
        self.remember(Spot::Round(window), message).await;
        Ok(sent(message))
    }

    /// Edits a message in place; false if somebody deleted it.
    async fn edited(&self, home: u64, message: u64, screen: &Screen) -> Result<bool, Fault> {
        match self.wire.edit(home, message, &screen.body(), &screen.files).await {
            Ok(()) => Ok(true),
            Err(fault) if fault.is(Code::UnknownMessage) => Ok(false),
            Err(fault) => Err(fault),
        }
    }
}
