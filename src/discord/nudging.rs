//! What people answer to a nudge.

use super::press::Press;
use super::scene::Scene;
use super::screens::{me, nudges};
use super::visit::{Answer, Visit};
use crate::path::nudge::Request;
use crate::path::{Act, Reach};

impl Visit<'_> {
    /// A press on a nudge, or on where one is reminded; none if it is none of these.
    pub async fn nudging(&self, scene: &Scene<'_>, press: &Press, values: &[String]) -> Option<Answer> {
        let chosen = values.first().map_or("", String::as_str);
        Some(match press {
            Press::PassAll { sitting, sure: false } => nudges::sure(scene, sitting).into(),
            Press::PassAll { sitting, sure: true } => {
                let done = self.act(Act::Nudging(Request::PassAll { sitting: sitting.clone() })).await;
                self.after_with(done, me::waits)
            }
            Press::BetterDay => nudges::days(scene).into(),
            Press::OnDay => {
                let done = self.act(Act::Nudging(Request::Day(chosen.parse().ok()?))).await;
                self.after_with(done, me::waits)
            }
            Press::Reach => nudges::places(scene, "").into(),
            Press::Reached => self.reached(nudges::reach(chosen)?).await,
            Press::NoNudges => self.reached(Reach::Nowhere).await,
            _ => return None,
        })
    }

    async fn reached(&self, reach: Reach) -> Answer {
        let done = self.act(Act::Nudging(Request::Reach(reach))).await;
        self.after_with(done, nudges::places)
    }
}
