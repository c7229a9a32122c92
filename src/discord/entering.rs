//! What a host presses, chooses and sends to enter something for somebody.

use std::collections::BTreeMap;

use super::custom_id::opening_short;
use super::press::{Entry, Press};
use super::scene::Scene;
use super::screens::entering;
use super::visit::{Answer, Visit};
use crate::path::approval::Approving;
use crate::path::{Act, CardId, Consenting, Refusal, Value, Via};

impl Visit<'_> {
    /// A press that enters something for somebody; none if it is none of these.
    pub async fn entering(&self, scene: &Scene<'_>, press: &Press, values: &[String]) -> Option<Answer> {
        let (Press::Enter { entry, .. }
        | Press::EnterMarks { entry, .. }
        | Press::EnterAnswer { entry, .. }
        | Press::EnterLine { entry, .. }
        | Press::EnterSubject { entry }
        | Press::EnterRole { entry, .. }
        | Press::EnterField { entry }
        | Press::EnterPlace { entry, .. }
        | Press::EnterPass { entry }) = press
        else {
            return None;
        };
        if !scene.is_host() {
            return Some(self.told_no(&Refusal::HostsOnly.into(), "", None));
        }
        let chosen = values.first().map_or("", String::as_str);
        let card = || chosen.parse().ok().map(CardId);
        let ask = || entry.ask.clone();
        let act = match press {
            Press::Enter { page, .. } => return Some(entering::screen(scene, entry, *page, "").into()),
            Press::EnterAnswer { value, .. } if *value != Value::Stands => {
                return Some(entering::lines(scene, entry, *value).into());
            }
            Press::EnterLine { value, .. } => {
                let form = entering::note(scene, entry, card()?, *value, opening_short(self.inbound.id));
                return Some(Answer::Open(form));
            }
            Press::EnterSubject { .. } => {
                let form = entering::until(scene, entry, opening_short(self.inbound.id));
                let closed = || Refusal::Closed { ask: ask() }.into();
                return Some(form.map_or_else(|| self.told_no(&closed(), "", None), Answer::Open));
            }
            Press::EnterField { .. } => return Some(entering::counts(scene, entry, card()?).into()),
            Press::EnterMarks { menu, .. } => {
                let among = scene.ask(&entry.ask).map(|ask| entering::among(scene, ask, *menu)).unwrap_or_default();
                let cards = values.iter().filter_map(|value| value.parse().ok()).map(CardId).collect();
                Act::MarkAmong { ask: ask(), among, cards }
            }
            Press::EnterAnswer { value, .. } => {
                Act::Answer { ask: ask(), card: None, value: *value, note: String::new(), proposal: String::new() }
            }
            Press::EnterRole { about, .. } => Act::Assign { ask: ask(), about: *about, card: card()? },
            Press::EnterPlace { card, .. } => {
                let (pile, count) = chosen.rsplit_once('.')?;
                Act::Place { ask: ask(), pile: pile.to_owned(), card: *card, count: count.parse().ok()? }
            }
            _ => Act::Pass { ask: ask() },
        };
        Some(self.entered(entry, act, "", None).await)
    }

    /// A form with which a host enters something for somebody; none if it is another.
    pub async fn entered_form(&self, press: &Press, boxes: &BTreeMap<String, String>) -> Option<Answer> {
        let typed = |key: &str| boxes.get(key).cloned().unwrap_or_default();
        match press {
            Press::EnterNote { entry, card, value, opening } => {
                let (ask, note, proposal) = (entry.ask.clone(), typed("note"), String::new());
                let act = Act::Answer { ask, card: Some(*card), value: *value, note: note.clone(), proposal };
                Some(self.entered(entry, act, &note, Some(opening)).await)
            }
            Press::EnterUntil { entry, opening } => {
                let until = typed("until");
                let subject = Approving::Subject { ask: entry.ask.clone(), until: until.clone() };
                let act = Act::Consent(Consenting::Approving(subject));
                Some(self.entered(entry, act, &until, Some(opening)).await)
            }
            _ => None,
        }
    }

    async fn entered(&self, entry: &Entry, act: Act, own: &str, opening: Option<&str>) -> Answer {
        let via = if entry.live { Via::Live } else { Via::Phone };
        let act = Act::For { person: entry.person, via, act: Box::new(act) };
        match self.act_as(act, "", opening).await {
            Err(error) => self.told_no(&error, own, Some(Press::Enter { entry: entry.clone(), page: 0 })),
            done => self.after_with(done, |scene, top| entering::screen(scene, entry, 0, top)),
        }
    }
}
