//! Joining and taking apart as people press it: an author's support, a host's look-alikes.

use super::press::Press;
use super::reply;
use super::scene::Scene;
use super::screen::{Button, Screen};
use super::screens::{self, alike, me};
use super::visit::{Answer, Visit};
use crate::app::ActError;
use crate::path::{Act, CardId, Joining, Reply};

impl Visit<'_> {
    /// A press about joined cards; none if it is none of these.
    pub async fn joining(&self, scene: &Scene<'_>, press: &Press) -> Option<Answer> {
        Some(match press {
            Press::Support { card, other } => {
                let done = self.act(Act::Joining(Joining::Support { card: *card, other: *other })).await;
                self.rejoined(done, |scene, _, screen| {
                    let back = Button::plain(Press::StandAlone { card: *card }, scene.label("stand-alone"));
                    alike::first(screen, back)
                })
            }
            Press::StandAlone { card } => {
                let done = self.act(Act::Joining(Joining::StandAlone { card: *card })).await;
                self.rejoined(done, |_, _, screen| screen)
            }
            Press::SplitOff { card } => {
                let done = self.act(Act::Joining(Joining::SplitOff { card: *card })).await;
                self.after_with(done, |scene, top| me::gave(scene, None, 0, top))
            }
            Press::Unjoin { card } => {
                let source = scene.board().cards.get(card).map(|card| card.source.clone()).unwrap_or_default();
                let done = self.act(Act::Joining(Joining::Unmerge { card: *card })).await;
                self.after_with(done, |scene, top| alike::screen(scene, &source, top, None))
            }
            _ => return None,
        })
    }

    /// The ask's screen after an author's own joining, with what stands first on it.
    fn rejoined(
        &self,
        done: Result<Reply, ActError>,
        first: impl FnOnce(&Scene<'_>, &Reply, Screen) -> Screen,
    ) -> Answer {
        self.after_told(done, |scene, told| {
            let ask = told.said.with.get("ask").cloned().unwrap_or_default();
            let screen = screens::ask(scene, &ask, 0, &reply::tick(scene, told));
            first(scene, told, screen)
        })
    }

    /// After a host has joined look-alikes: the next group at once, with *Undo* beside it.
    #[must_use]
    pub fn next_batch(&self, ask: &str, done: Result<Reply, ActError>) -> Answer {
        self.after_told(done, |scene, told| {
            let card = told.said.with.get("card").and_then(|card| card.parse().ok()).map(CardId);
            alike::screen(scene, ask, &reply::tick(scene, told), card)
        })
    }
}
