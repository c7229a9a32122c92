//! Sending a nudge: to one person, where they want it, and only if something still waits for them then.

use chrono::{DateTime, TimeDelta, Utc};

use super::outlet::{Sending, WAIT_MENDED, sent};
use super::posts;
use super::scene::Scene;
use super::screen::Screen;
use super::wire::{Code, Fault};
use crate::app::{Delivery, Receipt};
use crate::path::nudge::Request;
use crate::path::{AccountId, Act, PersonId, Reach, RoomId, Said, Spot, Viewer, Who};

/// What could not be written down is tried again after so long.
const AGAIN: TimeDelta = TimeDelta::seconds(10);

impl Sending<'_> {
    /// Decided again now: from a fresh view of the one it is for.
    pub(super) async fn nudge(&self, person: PersonId, decided: DateTime<Utc>) -> Result<Delivery, Fault> {
        let Some(scene) = self.scene(Viewer::Person(person)) else { return Ok(Delivery::Moot) };
        let Some(reader) = scene.board().people.get(&person) else { return Ok(Delivery::Moot) };
        let account = reader.accounts.iter().next_back().copied();
        let room = self.app.room(self.post.partnership, &Spot::Partner(reader.partner));
        let direct = account.map(Spot::Direct).and_then(|spot| self.app.room(self.post.partnership, &spot));
        let Some(screen) = posts::nudge(&scene, person, decided) else {
            return self.unsaid(person, decided, [direct, room]).await;
        };
        let wanted = account.filter(|_| scene.board().nudging.reach(person) == Reach::Direct);
        let mut screen = screen;
        if let Some(account) = wanted {
            match self.directly(&scene, account, screen.clone()).await {
                Err(fault) if fault.is(Code::NoDirect) || fault.is(Code::NoSharedGuild) => {
                    // Discord asks not to try again; they can choose it anew.
                    self.note(Request::Unreachable { person }).await;
                    screen = screen.and(&scene.say(&Said::new("nudge-not-direct")));
                }
                other => return other.map(sent),
            }
        }
        let (Some(RoomId(thread)), Some(AccountId(account))) = (room, account) else {
            let at = self.app.now() + WAIT_MENDED;
            return Ok(Delivery::Later { at, why: "there is no room for it yet".to_owned() });
        };
        screen.text = format!("<@{account}> {}", screen.text);
        screen.mentions = vec![account];
        self.say(thread, screen).await.map(sent)
    }

    /// To one account alone, by a channel that is opened once and remembered.
    async fn directly(&self, scene: &Scene<'_>, account: AccountId, screen: Screen) -> Result<u64, Fault> {
        let spot = Spot::Direct(account);
        let partnership = &scene.board().partnership;
        let text = format!("<#{}>\n{}", partnership.room.0, screen.text);
        let screen = Screen { text, ..screen }.within(self.post.partnership);
        if let Some(RoomId(channel)) = self.app.room(self.post.partnership, &spot) {
            match self.say(channel, screen.clone()).await {
                Err(fault) if fault.is(Code::UnknownChannel) => {}
                other => return other,
            }
        }
        let channel = self.wire.direct(account.0).await?;
        self.remember(spot, channel).await;
        self.say(channel, screen).await
    }

    /// Nothing waits any more: it counts for nothing, unless an earlier try of this row has said it.
    async fn unsaid(&self, person: PersonId, at: DateTime<Utc>, rooms: [Option<RoomId>; 2]) -> Result<Delivery, Fault> {
        for RoomId(room) in rooms.into_iter().flatten() {
            if let Some(message) = self.already(room).await? {
                return Ok(sent(message));
            }
        }
        if self.note(Request::Unsaid { person, at }).await {
            return Ok(Delivery::Moot);
        }
        Ok(Delivery::Later { at: self.app.now() + AGAIN, why: "it could not be written down".to_owned() })
    }

    /// Writes down what became of a nudge; whether that was done.
    async fn note(&self, request: Request) -> bool {
        let key = format!("outbox {} {}", self.post.id, self.post.attempts);
        let receipt = Receipt { key, opening: None, at: None };
        self.app.act(self.post.partnership, receipt, Who::Clock, Act::Nudging(request)).await.is_ok()
    }
}
