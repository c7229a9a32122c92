//! Quick polls: asking one, saying for whom one speaks, voting, looking how far it is, ending it.

use std::collections::BTreeMap;

use super::custom_id::opening;
use super::inbound::Typed;
use super::permissions::{NEEDS, missing};
use super::press::Press;
use super::scene::{Scene, say};
use super::screen::Screen;
use super::screens::{self, poll};
use super::visit::{Answer, Visit};
use crate::app::ActError;
use crate::path::plan::{Item, Kind};
use crate::path::{AccountId, Act, Arrival, Founding, PartnerId, Person, PollAct, Polling, Refusal, Reply, RoomId};
use crate::prompts::DEFAULT_LANGUAGE;

/// Of what the bot needs, the part without which it cannot post a poll: seeing, sending, finding again.
const TO_POST: [&str; 3] = ["need-view", "need-send", "need-history"];
/// `SEND_POLLS`, without which there is no poll of Discord's own (`topics/permissions`).
const SEND_POLLS: u64 = 1 << 49;
/// The zone in which dates are read where nobody has said theirs.
const ZONE: &str = "UTC";

impl Visit<'_> {
    /// A quick poll's command: its form, or why there cannot be one here.
    pub async fn poll(&self, roles: bool, typed: &Typed) -> Answer {
        if let Some(answer) = self.no_poll_here() {
            return answer;
        }
        if let (true, Some(scene)) = (roles, self.scene())
            && let Some(key) = planned_roles(&scene)
        {
            let because = scene.label("poll-again");
            let act = Act::OpenAsk { ask: key, because, slate: Vec::new(), about: Vec::new() };
            return self.after(self.act(act).await);
        }
        let is_public = typed.options.get("public").is_some_and(|public| public == "true");
        if is_public && self.inbound.bot_permissions & SEND_POLLS == 0 {
            return self.cannot_post("Create Polls");
        }
        let number = |name: &str| typed.options.get(name).and_then(|text| text.parse::<u16>().ok());
        let press = Press::PollForm {
            roles,
            marks: number("marks").unwrap_or(1),
            quorum: number("quorum").unwrap_or(0),
            named: typed.options.get("named").is_some_and(|named| named == "true"),
            public: is_public,
            opening: opening(self.inbound.id),
        };
        Answer::Open(poll::form(self.words(), press, roles, self.is_open_house()))
    }

    /// Why no poll can be asked here, if so.
    fn no_poll_here(&self) -> Option<Answer> {
        let words = self.words();
        if self.inbound.above.is_some() {
            return Some(Screen::text(words.label("poll-in-thread")).into());
        }
        let lacks = missing(self.inbound.bot_permissions);
        let lacks: Vec<&str> = NEEDS
            .iter()
            .filter(|need| TO_POST.contains(&need.why) && lacks.contains(need))
            .map(|need| need.name)
            .collect();
        if !lacks.is_empty() {
            return Some(self.cannot_post(&lacks.join(", ")));
        }
        let scene = self.scene()?;
        let takes_part = scene.person().is_some_and(Person::takes_part);
        let refused = scene.board().plan.has_road() && !takes_part;
        refused.then(|| self.told_no(&Refusal::NotAMember.into(), "", None))
    }

    fn cannot_post(&self, lacks: &str) -> Answer {
        let gaps = [("names".to_owned(), lacks.to_owned())].into();
        Screen::text(self.words().fill(self.words().label("poll-cannot-post"), &gaps)).into()
    }

    /// Whether whoever acts comes in by their own word: nothing but quick polls is asked here, and nobody
    /// knows them yet.
    fn is_open_house(&self) -> bool {
        self.scene().is_none_or(|scene| !scene.board().plan.has_road() && scene.person().is_none())
    }

    /// A quick poll's form, or the name of an organisation, was sent; none if it is neither.
    pub async fn poll_form(&self, press: &Press, boxes: &BTreeMap<String, String>) -> Option<Answer> {
        let text = |key: &str| boxes.get(key).map(|words| words.trim().to_owned()).unwrap_or_default();
        match press {
            Press::PollForm { roles, marks, quorum, named, public, .. } => {
                if let Some(answer) = self.no_poll_here() {
                    return Some(answer);
                }
                let about: Vec<String> = lines(&text("organisations")).map(str::to_owned).collect();
                let own = about.first().cloned().unwrap_or_default();
                let poll = Polling {
                    question: if *roles {
                        self.words().label("poll-roles-question").to_owned()
                    } else {
                        text("question")
                    },
                    choices: self.choices(*roles, &text("options")),
                    // Nothing typed is one too few, not a poll of another kind.
                    about: if *roles && about.is_empty() { vec![String::new()] } else { about },
                    marks: *marks,
                    named: *named,
                    public: *public,
                    quorum: Some(*quorum).filter(|quorum| *quorum > 0),
                    until: text("until"),
                };
                let organisation = if *roles { own } else { text("organisation") };
                let own = poll::BOXES.map(text).join("\n");
                Some(self.asked_poll(poll, organisation, own.trim()).await)
            }
            Press::Speak { ask, .. } => Some(self.speak(ask, None, text("organisation")).await),
            _ => None,
        }
    }

    /// What may be chosen, a line each; for roles `Name | what it means`, and the Path's own where none is typed.
    fn choices(&self, roles: bool, typed: &str) -> Vec<Item> {
        let item = |line: &str| {
            let (name, line) = if roles { line.split_once('|').unwrap_or((line, "")) } else { (line, "") };
            Item { key: String::new(), name: name.trim().to_owned(), line: line.trim().to_owned() }
        };
        if !roles || !typed.is_empty() {
            return lines(typed).map(item).collect();
        }
        let plan = self.app().prompts().plan_in(DEFAULT_LANGUAGE);
        let list = plan.asks().find(|(_, _, ask)| ask.kind == Kind::Assign).and_then(|(_, _, ask)| ask.from.first());
        list.and_then(|key| plan.list(key)).map(|list| list.items.clone()).unwrap_or_default()
    }

    async fn asked_poll(&self, poll: Polling, organisation: String, own: &str) -> Answer {
        let words = self.words();
        let name = self.inbound.name.clone();
        let arrival = self.is_open_house().then(|| Arrival { name: name.clone(), organisation: organisation.clone() });
        if self.is_bound() {
            let done = self.act(Act::Poll(PollAct::Ask(poll, arrival))).await;
            return match done {
                Err(error) => self.told_no(&error, own, None),
                done => self.after(done),
            };
        }
        let Some(house) = self.inbound.guild else { return self.nowhere() };
        let founding = Founding {
            name: words.label("poll-partnership").to_owned(),
            issue: poll.question.clone(),
            language: DEFAULT_LANGUAGE.to_owned(),
            house,
            room: RoomId(self.inbound.room),
            account: AccountId(self.inbound.account),
            host: name.clone(),
            handle: self.inbound.handle.clone(),
            partner: if organisation.is_empty() { name } else { organisation },
            zone: ZONE.to_owned(),
        };
        match self.app().found_poll(self.receipt("", None), self.stranger(), founding, poll.clone()).await {
            Ok((_, told)) => Screen::text(format!("✓ {}", say(words, &told.said))).into(),
            Err(ActError::Refused(Refusal::PartnershipExists)) => {
                // Somebody else asked the first one just now; this one stands beside it.
                let again = Visit::new(self.app(), self.wire, self.commands, self.inbound);
                let done = again.act_as(Act::Poll(PollAct::Ask(poll, arrival)), "again", None).await;
                match done {
                    Err(error) => again.told_no(&error, own, None),
                    done => again.after(done),
                }
            }
            Err(error) => poll::refused(words, &error, own).into(),
        }
    }

    /// A press on a quick poll; none if it is none of these.
    pub async fn polling(&self, scene: &Scene<'_>, press: &Press, values: &[String]) -> Option<Answer> {
        Some(match press {
            Press::Vote { ask } if scene.person().is_none() => self.first_click(scene, ask),
            Press::Vote { ask } => screens::ask(scene, ask, 0, "").into(),
            Press::Turnout { ask } => poll::turnout(scene, ask).into(),
            Press::EndPoll { ask, sure: false } if poll::may_end(scene, ask) => poll::sure(scene, ask).into(),
            Press::EndPoll { ask, .. } => {
                let done = self.act(Act::Poll(PollAct::End { ask: ask.clone() })).await;
                self.after_with(done, |_, top| Screen::text(top))
            }
            Press::SpeakFor { ask } => {
                let partner = values.first()?.parse().ok().map(PartnerId)?;
                self.speak(ask, Some(partner), String::new()).await
            }
            Press::Alone { ask } => self.speak(ask, None, String::new()).await,
            Press::Another { ask } => Answer::Open(poll::organisation(
                scene.words(),
                Press::Speak { ask: ask.clone(), opening: opening(self.inbound.id) },
            )),
            _ => return None,
        })
    }

    /// Somebody whom nobody knows presses *Vote*.
    fn first_click(&self, scene: &Scene<'_>, ask: &str) -> Answer {
        if scene.board().plan.has_road() {
            return self.told_no(&Refusal::NotAMember.into(), "", None);
        }
        match scene.open(ask) {
            Some(window) => poll::speak(scene, window).into(),
            None => screens::ask(scene, ask, 0, "").into(),
        }
    }

    async fn speak(&self, ask: &str, partner: Option<PartnerId>, organisation: String) -> Answer {
        let arrival = Arrival { name: self.inbound.name.clone(), organisation: organisation.clone() };
        let act = Act::Poll(PollAct::Speak { ask: ask.to_owned(), arrival, partner });
        let done: Result<Reply, ActError> = self.act(act).await;
        match done {
            Err(error) => self.told_no(&error, &organisation, Some(Press::Vote { ask: ask.to_owned() })),
            done => self.after_with(done, |scene, top| screens::ask(scene, ask, 0, top)),
        }
    }
}

/// The roles ask that the partnership's own Path has, if it has one.
fn planned_roles(scene: &Scene<'_>) -> Option<String> {
    let phases = scene.board().plan.phases.iter();
    let mut asks = phases.flat_map(|phase| &phase.sittings).flat_map(|sitting| &sitting.asks);
    asks.find(|ask| ask.kind == Kind::Assign).map(|ask| ask.key.clone())
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}
