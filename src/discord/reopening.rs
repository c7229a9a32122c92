//! What people press to open a settled choice again.

use std::collections::BTreeMap;

use super::custom_id::opening;
use super::press::Press;
use super::scene::Scene;
use super::screens::{self, reopening as screen};
use super::visit::{Answer, Visit};
use crate::path::{Act, Consenting, Decision, DecisionId, Refusal, Reopening, reopening};

impl Visit<'_> {
    /// A press about opening a settled choice again; none if it is none of these.
    pub async fn reopening(&self, scene: &Scene<'_>, press: &Press, values: &[String]) -> Option<Answer> {
        Some(match press {
            Press::Again { ask: key } => match (scene.ask(key), reopening::askable(scene.board(), key).as_slice()) {
                (Some(_), [one]) => self.again_for(scene, one),
                (Some(ask), [_, _, ..]) => screen::which(scene, ask).into(),
                _ => screens::ask(scene, key, 0, "").into(),
            },
            Press::AgainThis => {
                let id = values.first().and_then(|value| value.parse().ok()).map(DecisionId)?;
                match reopening::decision(scene.board(), id) {
                    Some(decision) => self.again_for(scene, decision),
                    None => self.told_no(&Refusal::Unknown { what: id.to_string() }.into(), "", None),
                }
            }
            Press::NotAgain { decision } => {
                let act = Act::Consent(Consenting::Reopening(Reopening::TakeBack { decision: *decision }));
                let done = self.act(act).await;
                self.after_with(done, |scene, top| screen::screen(scene, *decision, top))
            }
            _ => return None,
        })
    }

    /// The form; whoever may not ask is told so at once.
    fn again_for(&self, scene: &Scene<'_>, decision: &Decision) -> Answer {
        match scene.person() {
            Some(person) if person.takes_part() => {
                Answer::Open(screen::form(scene, decision, opening(self.inbound.id)))
            }
            Some(_) => screens::me::waits(scene, "").into(),
            None => self.told_no(&Refusal::NotAMember.into(), "", None),
        }
    }

    /// A reason that was sent; none if it is another form.
    pub async fn again_form(&self, press: &Press, boxes: &BTreeMap<String, String>) -> Option<Answer> {
        let Press::AgainForm { decision, opening } = press else { return None };
        let reason = boxes.get("reason").cloned().unwrap_or_default();
        let plead = Reopening::Plead { decision: *decision, reason: reason.clone() };
        let done = self.act_as(Act::Consent(Consenting::Reopening(plead)), "", Some(opening)).await;
        Some(match done {
            Err(error) => {
                let scene = self.scene()?;
                let ask = reopening::decision(scene.board(), *decision).map(|found| found.ask.clone());
                self.told_no(&error, &reason, ask.map(|ask| Press::Again { ask }))
            }
            done => self.after_with(done, |scene, top| screen::screen(scene, *decision, top)),
        })
    }
}
