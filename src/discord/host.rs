//! What a host presses, chooses and sends: deeds step by step; and setting up.

use std::collections::BTreeMap;

use super::custom_id::{opening, opening_short};
use super::deeds::{self, DESPITE, Does, Step, Typed};
use super::escape::unquote;
use super::permissions;
use super::press::{Deed, Press, Slip};
use super::reply;
use super::scene::say;
use super::screen::{Button, Screen};
use super::screens::{alike, cards, clusters, desk, entering, meeting, preview, setup};
use super::visit::{Answer, Visit};
use super::wire::Fault;
use crate::app::ActError;
use crate::path::{AccountId, Act, Founding, Refusal, RoomId, TimeAct};
use crate::prompts::DEFAULT_LANGUAGE;

impl Visit<'_> {
    /// A press at the desk or in setting up; none if it is none of these.
    pub async fn host(&self, press: &Press, values: &[String]) -> Option<Answer> {
        Some(match press {
            Press::Setup => Answer::Open(self.setup_form()),
            Press::Probe => self.probe().await,
            Press::Desk => self.desk(""),
            Press::Meeting => self.meeting(),
            Press::Deeds { .. } | Press::Times => {
                let deed = Deed { name: values.first().cloned()?, ..Deed::default() };
                self.go(deed, &[]).await
            }
            Press::Deed { deed } => self.go(deed.clone(), values).await,
            _ => return None,
        })
    }

    /// A host's form that was sent; none if it is none of these.
    pub async fn host_form(&self, press: &Press, boxes: &BTreeMap<String, String>) -> Option<Answer> {
        match press {
            Press::SetupForm { .. } => Some(self.found(boxes).await),
            Press::DeedForm { deed, .. } => {
                let words = boxes.get("words").cloned().unwrap_or_default();
                let despite = deed.args.last().is_some_and(|last| last == DESPITE);
                let mut deed = deed.clone();
                if despite {
                    deed.args.pop();
                }
                let typed = if despite {
                    Typed { despite: Some(&words), ..Typed::default() }
                } else {
                    Typed { words: &words, ..Typed::default() }
                };
                Some(self.carry_out(&deed, typed).await)
            }
            _ => None,
        }
    }

    /// The desk.
    #[must_use]
    pub fn desk(&self, top: &str) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        if scene.person().is_none() {
            return self.told_no(&Refusal::NotAMember.into(), "", None);
        }
        desk::screen(&scene, top).into()
    }

    /// What is to be decided in the open sittings, for hosts.
    fn meeting(&self) -> Answer {
        match self.scene() {
            None => self.nowhere(),
            Some(scene) if scene.is_host() => meeting::screen(&scene, "").into(),
            Some(_) => self.told_no(&Refusal::HostsOnly.into(), "", None),
        }
    }

    /// One more step of a deed: another menu, its form, or the deed itself.
    pub async fn go(&self, mut deed: Deed, values: &[String]) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        if !scene.is_host() {
            return self.told_no(&Refusal::HostsOnly.into(), "", None);
        }
        if !values.is_empty() {
            deed.args.push(values.join(","));
            deed.page = 0;
        }
        let deed = deeds::settle(&scene, deed);
        let Some(kind) = deeds::kind(&deed.name) else { return self.desk("") };
        let despite = deed.args.last().is_some_and(|last| last == DESPITE);
        match kind.next(&deed) {
            _ if despite => Answer::Open(desk::form(&scene, &deed, opening_short(self.inbound.id))),
            Some(Step::Words(..)) => Answer::Open(desk::form(&scene, &deed, opening_short(self.inbound.id))),
            Some(_) => desk::step(&scene, &deed, "").into(),
            None => self.carry_out(&deed, Typed::default()).await,
        }
    }

    /// Does a deed whose steps are all there.
    pub async fn carry_out(&self, deed: &Deed, typed: Typed<'_>) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        let own = typed.despite.unwrap_or(typed.words);
        let act = match deeds::does(deed, Typed { seed: self.inbound.id, ..typed }) {
            Ok(Does::Act(act)) => act,
            Ok(Does::Behalf(key, person)) => {
                let slip = Slip { ask: key.clone(), behalf: Some(person), ..Slip::default() };
                return match scene.ask(&key) {
                    Some(ask) => cards::screen(&scene, ask, &slip, None, "").into(),
                    None => self.told_no(&Refusal::Unknown { what: key }.into(), "", None),
                };
            }
            Ok(Does::Headings(key)) => return clusters::screen(&scene, &key, 0, "", None).into(),
            Ok(Does::Meeting) => return meeting::screen(&scene, "").into(),
            Ok(Does::Enter(entry)) => return entering::screen(&scene, &entry, 0, "").into(),
            Ok(Does::Nothing) => return desk::screen(&scene, "").into(),
            Ok(Does::Preview(key)) => return preview::screen(&scene, &key, "").into(),
            Err(refusal) => return self.not_done(deed, &refusal.into(), own),
        };
        let act = preview::back_to_ours(&scene, act);
        let sitting = match &act {
            Act::Word(act) => Some(act.sitting().to_owned()),
            _ => None,
        };
        let act = match act {
            Act::Time(TimeAct::Occasions { .. }) => Act::Time(TimeAct::Occasions { barred: self.lacks_events().await }),
            act => act,
        };
        match self.act(act).await {
            Err(error) => self.not_done(deed, &error, own),
            done if deed.name == alike::DEED => self.next_batch(deed.args.first().map_or("", String::as_str), done),
            done if sitting.is_some() => {
                self.after_with(done, |scene, top| preview::screen(scene, &sitting.unwrap_or_default(), top))
            }
            done => self.after_with(done, desk::screen),
        }
    }

    /// Why not; where a reason is all that is missing, the way to give one.
    fn not_done(&self, deed: &Deed, error: &ActError, own: &str) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        let mut buttons = Vec::new();
        let may_insist = matches!(
            error,
            ActError::Refused(Refusal::Missing { .. } | Refusal::CheckFails { .. } | Refusal::OutOfBounds { .. })
        );
        if may_insist {
            let mut all_the_same = deed.clone();
            all_the_same.args.push(DESPITE.to_owned());
            buttons.push(Button::plain(Press::Deed { deed: all_the_same }, scene.label("all-the-same")));
        } else if deed.name == alike::DEED {
            // The same group may be gone: the list as it is now.
            let list = Deed { args: deed.args.iter().take(1).cloned().collect(), page: 0, name: deed.name.clone() };
            buttons.push(Button::main(Press::Deed { deed: list }, scene.label("deed-alike")));
        } else if deeds::kind(&deed.name).is_some_and(|kind| matches!(kind.steps.last(), Some(Step::Words(..)))) {
            buttons.push(Button::main(Press::Deed { deed: deed.clone() }, scene.label("try-again")));
        }
        buttons.push(Button::plain(Press::Desk, scene.label("desk")));
        let mut screen = reply::refused(&scene, error, Some(own), None);
        screen.rows.clear();
        screen.buttons(buttons).into()
    }

    /// What the bot may do here, and *Set up* when that is enough.
    pub async fn probe(&self) -> Answer {
        if !self.inbound.manager && !self.scene().is_some_and(|scene| scene.is_host()) {
            return Screen::text(self.words().say(&Refusal::NotAManager.said())).into();
        }
        let bits = self.bits().await.unwrap_or(self.inbound.bot_permissions);
        let taken = self.room_scene().is_some_and(|scene| scene.board().plan.has_road());
        setup::check(self.words(), bits, self.inbound.application, taken).into()
    }

    /// The bot's raw permission bits in the channel, overwrites included.
    async fn bits(&self) -> Option<u64> {
        let guild = self.inbound.guild?;
        let channel = self.inbound.above.unwrap_or(self.inbound.room);
        let wire = self.wire;
        let (channel, roles) = (wire.channel(channel).await.ok()?, wire.roles(guild).await.ok()?);
        let member = wire.member(guild, wire.me().await.ok()?).await.ok()?;
        Some(permissions::in_channel(guild, &member, &roles, &channel))
    }

    /// Whether the bot may not make events in this guild; false where that cannot be asked now.
    async fn lacks_events(&self) -> bool {
        let Some(guild) = self.inbound.guild else { return false };
        let bits = async {
            let member = self.wire.member(guild, self.wire.me().await?).await?;
            Ok::<u64, Fault>(permissions::in_guild(guild, &member, &self.wire.roles(guild).await?))
        };
        bits.await.is_ok_and(|bits| bits & permissions::CREATE_EVENTS == 0)
    }

    /// The set-up form; after a refusal it holds what was typed, read back from the screen.
    fn setup_form(&self) -> super::screen::Form {
        let typed = unquote(&self.inbound.text);
        let filled: Vec<String> =
            if typed.is_empty() { Vec::new() } else { typed.lines().map(str::to_owned).collect() };
        setup::form(self.words(), &self.inbound.name, &filled, opening(self.inbound.id))
    }

    async fn found(&self, boxes: &BTreeMap<String, String>) -> Answer {
        let text =
            |key: &str| boxes.get(key).map(|words| words.replace('\n', " ").trim().to_owned()).unwrap_or_default();
        let words = self.words();
        let Some(guild) = self.inbound.guild else { return self.nowhere() };
        let founding = Founding {
            name: text("name"),
            issue: text("issue"),
            language: DEFAULT_LANGUAGE.to_owned(),
            house: guild,
            room: RoomId(self.inbound.above.unwrap_or(self.inbound.room)),
            account: AccountId(self.inbound.account),
            host: text("host"),
            handle: self.inbound.handle.clone(),
            partner: text("partner"),
            zone: text("zone"),
        };
        let own = setup::BOXES.map(text).join("\n");
        match self.app().found(self.receipt("", None), self.stranger(), founding).await {
            Ok((_, told)) => Screen::text(format!("✓ {}", say(words, &told.said)))
                .and(words.label("founded-next"))
                .buttons(vec![Button::main(Press::Desk, words.label("desk"))])
                .into(),
            Err(error) => {
                let why = match &error {
                    ActError::Refused(refusal) => say(words, &refusal.said()),
                    ActError::Busy => words.label("busy").to_owned(),
                    ActError::Failed { reference } => {
                        words.fill(words.label("failed"), &[("reference".to_owned(), reference.clone())].into())
                    }
                };
                Screen::text(why)
                    .and(words.label("your-words"))
                    .and(&super::escape::quote(&own))
                    .buttons(vec![Button::main(Press::Setup, words.label("try-again"))])
                    .into()
            }
        }
    }
}
