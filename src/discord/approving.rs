//! What people press about approvals: setting a condition, and what the house says.

use std::collections::BTreeMap;

use super::custom_id::opening;
use super::press::Press;
use super::scene::Scene;
use super::screens::{self, approval as screen};
use super::visit::{Answer, Visit};
use crate::path::approval::{self, Approving};
use crate::path::{Act, ApprovalId, Consenting, Refusal};

fn act(act: Approving) -> Act {
    Act::Consent(Consenting::Approving(act))
}

impl Visit<'_> {
    /// A press about approvals; none if it is none of these.
    pub async fn approving(&self, scene: &Scene<'_>, press: &Press, values: &[String]) -> Option<Answer> {
        Some(match press {
            Press::Subject { ask: key } => {
                let ask = scene.ask(key).filter(|ask| scene.open(key).is_some() && !ask.is_secret());
                let form = ask.and_then(|ask| screen::form(scene, ask, opening(self.inbound.id)));
                form.map_or_else(|| screens::ask(scene, key, 0, "").into(), Answer::Open)
            }
            Press::Unsubject { ask } => self.after(self.act(act(Approving::Unconditional { ask: ask.clone() })).await),
            Press::Approvals => screen::all(scene, "").into(),
            Press::Approval => {
                let id = values.first().and_then(|value| value.parse().ok()).map(ApprovalId)?;
                screen::screen(scene, id, "").into()
            }
            Press::Approved { approval } => self.said(*approval, true, "", None).await,
            Press::NotApproved { approval } => match may_not(scene, *approval) {
                Some(refusal) => self.told_no(&refusal.into(), "", None),
                None => Answer::Open(screen::no_form(scene, *approval, opening(self.inbound.id))),
            },
            Press::Until { approval } => match scene.board().approvals.get(approval) {
                Some(one) => Answer::Open(screen::until_form(scene, one, opening(self.inbound.id))),
                None => self.told_no(&Refusal::NothingToApprove.into(), "", None),
            },
            _ => return None,
        })
    }

    async fn said(&self, approval: ApprovalId, yes: bool, reason: &str, opening: Option<&str>) -> Answer {
        let say = Approving::Say { approval, yes, reason: reason.to_owned() };
        match self.act_as(act(say), "", opening).await {
            Err(error) => {
                let again = opening.map(|_| Press::NotApproved { approval });
                self.told_no(&error, reason, again)
            }
            done => self.after_with(done, |scene, top| screen::screen(scene, approval, top)),
        }
    }

    /// A form about approvals that was sent; none if it is another form.
    pub async fn approving_form(&self, press: &Press, boxes: &BTreeMap<String, String>) -> Option<Answer> {
        let typed = |key: &str| boxes.get(key).cloned().unwrap_or_default();
        let until = typed("until");
        Some(match press {
            Press::SubjectForm { ask, opening } => {
                let subject = Approving::Subject { ask: ask.clone(), until: until.clone() };
                match self.act_as(act(subject), "", Some(opening)).await {
                    Err(error) => self.told_no(&error, &until, Some(Press::Subject { ask: ask.clone() })),
                    done => self.after(done),
                }
            }
            Press::UntilForm { approval, opening } => {
                let later = Approving::Until { approval: *approval, until: until.clone() };
                match self.act_as(act(later), "", Some(opening)).await {
                    Err(error) => self.told_no(&error, &until, Some(Press::Until { approval: *approval })),
                    done => self.after_with(done, |scene, top| screen::screen(scene, *approval, top)),
                }
            }
            Press::NotApprovedForm { approval, opening } => {
                self.said(*approval, false, &typed("reason"), Some(opening)).await
            }
            _ => return None,
        })
    }
}

/// Why the reader may not say anything about it, before a form is opened; the act asks again.
fn may_not(scene: &Scene<'_>, id: ApprovalId) -> Option<Refusal> {
    let Some(person) = scene.person() else { return Some(Refusal::NotAMember) };
    let Some(one) = scene.board().approvals.get(&id) else { return Some(Refusal::NothingToApprove) };
    approval::may_say(person, one).is_none().then_some(Refusal::StrategicOnly)
}
