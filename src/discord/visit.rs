//! One interaction being answered: who, where, what they may see, and how they act.

use chrono::{DateTime, Utc};

use super::commands::Command;
use super::custom_id::CustomId;
use super::inbound::{Inbound, What};
use super::reply;
use super::scene::Scene;
use super::screen::{Choice, Form, Screen};
use super::screens;
use super::sketch::Sketch;
use super::wire::Wire;
use crate::app::{ActError, App, Receipt};
use crate::path::{AccountId, Act, Next, PartnershipId, PersonId, Refusal, Reply, RoomId, Viewer, Who};
use crate::prompts::Words;

/// Milliseconds of Unix time at which Discord's ids begin (`reference`, *Snowflakes*).
const SNOWFLAKES_BEGIN_MS: i64 = 1_420_070_400_000;

/// What an interaction is answered with.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A screen for the one who acted: in place of the one it came from, or a new one.
    Show(Box<Screen>),
    /// A screen whose files are still to be drawn.
    Draw(Box<Sketch>),
    /// A form.
    Open(Form),
    /// What may be typed further.
    Suggest(Vec<Choice>),
}

impl From<Screen> for Answer {
    fn from(screen: Screen) -> Self {
        Self::Show(Box::new(screen))
    }
}

/// One interaction being answered.
pub struct Visit<'a> {
    /// What came in.
    pub inbound: &'a Inbound,
    /// The list of commands.
    pub commands: &'a [Command],
    /// The line to Discord.
    pub wire: &'a Wire,
    app: &'a App,
    id: Option<PartnershipId>,
    direct: Option<PartnershipId>,
    who: Who,
}

impl<'a> Visit<'a> {
    /// An interaction in a room whose partnership, if any, is found by the room: its own, or the one
    /// that its thread hangs on.
    #[must_use]
    pub fn new(app: &'a App, wire: &'a Wire, commands: &'a [Command], inbound: &'a Inbound) -> Self {
        let rooms = [Some(inbound.room), inbound.above];
        let bound = rooms.into_iter().flatten().find_map(|room| app.partnership_in(RoomId(room)));
        let direct = if bound.is_none() { named(app, inbound) } else { None };
        let id = bound.or(direct);
        let (account, handle, manager) = (AccountId(inbound.account), inbound.handle.clone(), inbound.manager);
        let known = id.map(|id| app.who(id, account, &handle, manager));
        let who = known.unwrap_or(Who::Stranger { account, handle, manager });
        Self { inbound, commands, wire, app, id, direct, who }
    }

    /// The partnership, if it is not found by the room but by a message to one person alone.
    #[must_use]
    pub fn direct(&self) -> Option<PartnershipId> {
        self.direct
    }

    /// The program's heart.
    #[must_use]
    pub fn app(&self) -> &'a App {
        self.app
    }

    /// Whether there is a partnership here.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.id.is_some()
    }

    /// The partnership of this room.
    #[must_use]
    pub fn partnership(&self) -> Option<PartnershipId> {
        self.id
    }

    /// The one who acts, if they are known here.
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        match self.who {
            Who::Person(person) => Some(person),
            Who::Stranger { .. } | Who::Clock => None,
        }
    }

    /// The words of the partnership's language, or the default ones.
    #[must_use]
    pub fn words(&self) -> &'a Words {
        self.app.words_of(self.id)
    }

    /// What the one who acts may see now; none where there is no partnership.
    #[must_use]
    pub fn scene(&self) -> Option<Scene<'a>> {
        let id = self.id?;
        // Who acts may have joined a moment ago.
        let who = self.app.who(id, AccountId(self.inbound.account), &self.inbound.handle, self.inbound.manager);
        let viewer = match who {
            Who::Person(person) => Viewer::Person(person),
            Who::Stranger { .. } | Who::Clock => Viewer::Room,
        };
        let view = self.app.view(id, viewer)?;
        let words = self.app.words(&view.shown().partnership.language);
        Some(Scene::new(view, words))
    }

    /// What everybody in the room may see now.
    #[must_use]
    pub fn room_scene(&self) -> Option<Scene<'a>> {
        let view = self.app.view(self.id?, Viewer::Room)?;
        let words = self.app.words(&view.shown().partnership.language);
        Some(Scene::new(view, words))
    }

    /// Does an act under the interaction's own receipt.
    ///
    /// # Errors
    /// [`ActError`].
    pub async fn act(&self, act: Act) -> Result<Reply, ActError> {
        self.act_as(act, "", None).await
    }

    /// Does an act under a receipt of its own: a further one of the same interaction, or a form's.
    ///
    /// # Errors
    /// [`ActError`].
    pub async fn act_as(&self, act: Act, suffix: &str, opening: Option<&str>) -> Result<Reply, ActError> {
        let id = self.id.ok_or(Refusal::NoPartnership)?;
        let receipt = self.receipt(suffix, opening);
        self.app.act(id, receipt, self.who_now(), act).await
    }

    pub(super) fn who_now(&self) -> Who {
        let account = AccountId(self.inbound.account);
        self.id.map_or(self.who.clone(), |id| self.app.who(id, account, &self.inbound.handle, self.inbound.manager))
    }

    /// The one who acts.
    #[must_use]
    pub fn who(&self) -> &Who {
        &self.who
    }

    /// The one who acts as somebody whom no partnership knows: who sets up a room, or asks its first poll.
    #[must_use]
    pub fn stranger(&self) -> Who {
        let (account, handle) = (AccountId(self.inbound.account), self.inbound.handle.clone());
        Who::Stranger { account, handle, manager: self.inbound.manager }
    }

    /// The receipt of this interaction.
    #[must_use]
    pub fn receipt(&self, suffix: &str, opening: Option<&str>) -> Receipt {
        let key = if suffix.is_empty() { self.inbound.id.to_string() } else { format!("{}:{suffix}", self.inbound.id) };
        Receipt { key, opening: opening.map(str::to_owned), at: acted_at(self.inbound.id) }
    }

    /// The screen after an act: the tick, and what comes next; or why not.
    #[must_use]
    pub fn after(&self, done: Result<Reply, ActError>) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        match done {
            Err(error) => reply::refused(&scene, &error, None, None).into(),
            Ok(reply) => {
                let hint = screens::alike::hint(&scene, &reply.said);
                let top = screens::alike::above(&reply::tick(&scene, &reply), hint.as_ref());
                let screen = match &reply.next {
                    Next::Done => reply::plain(&scene, &top),
                    Next::Stay { ask } => screens::ask(&scene, ask, 0, &top),
                    Next::Onward { ask } => screens::onward(&scene, ask, &top),
                };
                screens::alike::with(screen, hint).into()
            }
        }
    }

    /// The screen after an act, made here; a refusal is told as always.
    #[must_use]
    pub fn after_with(&self, done: Result<Reply, ActError>, screen: impl FnOnce(&Scene<'_>, &str) -> Screen) -> Answer {
        self.after_told(done, |scene, told| screen(scene, &reply::tick(scene, told)))
    }

    /// The same, made from what was told.
    #[must_use]
    pub fn after_told(
        &self,
        done: Result<Reply, ActError>,
        screen: impl FnOnce(&Scene<'_>, &Reply) -> Screen,
    ) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        match done {
            Err(error) => reply::refused(&scene, &error, None, None).into(),
            Ok(told) => screen(&scene, &told).into(),
        }
    }

    /// There is no partnership in this room.
    #[must_use]
    pub fn nowhere(&self) -> Answer {
        let words = self.words();
        Screen::text(words.say(&Refusal::NoPartnership.said())).into()
    }
}

/// The partnership that a message to one person alone names. It counts only for its own people, and only
/// outside every guild: the id is a hint, the account is known.
fn named(app: &App, inbound: &Inbound) -> Option<PartnershipId> {
    let (What::Press { id, .. } | What::Form { id, .. }) = &inbound.what else { return None };
    let named = CustomId::read(id).ok()?.within.filter(|_| inbound.guild.is_none())?;
    let who = app.who(named, AccountId(inbound.account), &inbound.handle, false);
    matches!(who, Who::Person(_)).then_some(named)
}

/// When an interaction began, by its id.
fn acted_at(id: u64) -> Option<DateTime<Utc>> {
    let ms = i64::try_from(id >> 22).ok()? + SNOWFLAKES_BEGIN_MS;
    DateTime::from_timestamp_millis(ms)
}
