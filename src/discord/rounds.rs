//! What hosts press between two rounds of a consent.

use std::collections::BTreeMap;

use super::custom_id::opening;
use super::press::Press;
use super::scene::Scene;
use super::screens::{self, rounds};
use super::visit::{Answer, Visit};
use crate::app::ActError;
use crate::path::plan::Ask;
use crate::path::{Act, CardId, Consenting, Refusal, Reply};

impl Visit<'_> {
    /// A press about rounds; none if it is none of these.
    pub async fn rounds(&self, scene: &Scene<'_>, press: &Press, values: &[String]) -> Option<Answer> {
        let (Press::Round { ask: key } | Press::RoundLine { ask: key } | Press::RoundOpen { ask: key }) = press else {
            return None;
        };
        if !scene.is_host() {
            return Some(self.told_no(&Refusal::HostsOnly.into(), "", None));
        }
        let Some(ask) = scene.ask(key) else { return Some(screens::ask(scene, key, 0, "").into()) };
        Some(match press {
            Press::RoundLine { .. } => self.reword_form(scene, ask, values),
            Press::RoundOpen { .. } => {
                let act = Act::Consent(Consenting::NextRound { ask: key.clone() });
                self.after_with(self.act(act).await, screens::desk::screen)
            }
            _ => rounds::screen(scene, ask, "").into(),
        })
    }

    fn reword_form(&self, scene: &Scene<'_>, ask: &Ask, values: &[String]) -> Answer {
        let card = values.first().and_then(|value| value.parse().ok()).map(CardId);
        let form = card.and_then(|card| rounds::form(scene, ask, card, opening(self.inbound.id)));
        form.map_or_else(|| rounds::screen(scene, ask, "").into(), Answer::Open)
    }

    /// A new wording that was sent; none if it is another form.
    pub async fn rounds_form(&self, press: &Press, boxes: &BTreeMap<String, String>) -> Option<Answer> {
        let Press::RoundWords { ask, card, opening } = press else { return None };
        let words = boxes.get("words").cloned().unwrap_or_default();
        let act = Act::Reword { ask: ask.clone(), card: *card, text: words.clone() };
        let done: Result<Reply, ActError> = self.act_as(act, "", Some(opening)).await;
        Some(match done {
            Err(error) => self.told_no(&error, &words, Some(Press::Round { ask: ask.clone() })),
            done => self.after_with(done, |scene, top| match scene.ask(ask) {
                Some(found) => rounds::screen(scene, found, top),
                None => screens::ask(scene, ask, 0, top),
            }),
        })
    }
}
