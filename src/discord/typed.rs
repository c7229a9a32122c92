//! Commands as they are typed: what they do, and what may be typed further.

use std::collections::BTreeMap;

use super::commands::{Command, Does, Opt, OptKind, PHASE, Part, step_names};
use super::deeds::{self, Typed as Words};
use super::escape::{fit, length, quote, unquote};
use super::gallery::Gallery;
use super::inbound::{Target, Typed};
use super::limits::{CHOICE_CHARS_MAX, CHOICES_MAX, SUGGESTIONS_MAX};
use super::offers;
use super::press::{Deed, Press, Slip};
use super::scene::Scene;
use super::screen::{Choice, Menu, Screen};
use super::screens::{self, cards, help, me};
use super::visit::{Answer, Visit};
use crate::path::plan::Kind;
use crate::path::{Act, Giving, Via};

/// Characters of a message that can be given at once: it stands, escaped, on the screen that asks for
/// the ask.
const MESSAGE_GIVEN_MAX: usize = 900;

impl Visit<'_> {
    /// A command was given.
    pub async fn command(&self, typed: &Typed) -> Answer {
        let Some(part) = Command::find(self.commands, &typed.path) else {
            return Screen::text(self.words().label("old-command")).into();
        };
        match &part.does {
            Does::Setup => return self.probe().await,
            Does::Help => return help::screen(self.words(), self.commands, 0).into(),
            Does::Poll { roles } => return self.poll(*roles, typed).await,
            _ => {}
        }
        let Some(scene) = self.scene() else { return self.nowhere() };
        match &part.does {
            Does::Ask(key) => self.typed_ask(&scene, key, part, typed).await,
            Does::Deed(name) => self.typed_deed(name, typed).await,
            Does::Desk => self.desk(""),
            Does::Log => self.log(0),
            Does::Me => me::waits(&scene, "").into(),
            Does::Canvas => self.canvas(&scene, typed),
            Does::Term => {
                let key = scene.label("term-ask");
                screens::ask(&scene, &key, 0, "").into()
            }
            Does::From => self.give_this(&scene, typed.target.as_ref()),
            Does::Setup | Does::Help | Does::Poll { .. } => self.nowhere(),
        }
    }

    fn canvas(&self, scene: &Scene<'_>, typed: &Typed) -> Answer {
        if typed.options.get("share").is_some_and(|share| share == "true") {
            return self.shared_canvas();
        }
        self.sight(scene, typed.options.get("show").map_or("", String::as_str))
    }

    /// An ask by its command: given at once if all that is needed was typed, else its screen.
    async fn typed_ask(&self, scene: &Scene<'_>, key: &str, part: &Part, typed: &Typed) -> Answer {
        let Some(ask) = scene.ask(key).filter(|ask| ask.kind == Kind::Cards) else {
            return screens::ask(scene, key, 0, "").into();
        };
        let fields =
            part.options.iter().filter_map(|opt| Some((opt.fills.clone(), typed.options.get(&opt.name)?.clone())));
        let fields: BTreeMap<String, String> = fields.collect();
        if fields.is_empty() {
            return screens::ask(scene, key, 0, "").into();
        }
        let mut whole = scene.draft(key);
        whole.extend(fields.clone());
        let own = fields.values().cloned().collect::<Vec<_>>().join("\n");
        if cards::missing(ask, &whole).is_empty() {
            let giving = Giving { ask: key.to_owned(), fields: whole, via: Via::Command, ..Giving::default() };
            match self.act(Act::Give(giving)).await {
                Err(error) => {
                    let kept = Act::KeepDraft { ask: key.to_owned(), fields };
                    let _ = self.act_as(kept, "draft", None).await;
                    let slip = Slip { ask: key.to_owned(), ..Slip::default() };
                    return self.told_no(&error, &own, Some(Press::Write { slip }));
                }
                done => return self.after(done),
            }
        }
        match self.act(Act::KeepDraft { ask: key.to_owned(), fields }).await {
            Err(error) => self.told_no(&error, &own, None),
            done => self.after(done),
        }
    }

    /// A host's deed by its command: what was typed fills its steps, the rest is asked.
    async fn typed_deed(&self, name: &str, typed: &Typed) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        // `/path close` takes a phase as well as a sitting.
        let name = if name == "close" && typed.options.contains_key("phase") { "close-phase" } else { name };
        let Some(kind) = deeds::kind(name) else { return self.desk("") };
        let deed = Self::deed_of(&scene, name, typed);
        let despite = typed.options.get("despite").map(String::as_str);
        let words = kind.steps.iter().enumerate().find_map(|(at, step)| {
            let deeds::Step::Words(key, _) = step else { return None };
            (deed.args.len() == at).then(|| typed.options.get(*key)).flatten()
        });
        if !scene.is_host() {
            return self.go(deed, &[]).await;
        }
        match (words, kind.next(&deed)) {
            (Some(words), _) => self.carry_out(&deed, Words { words, despite, seed: 0 }).await,
            (None, None) => self.carry_out(&deed, Words { words: "", despite, seed: 0 }).await,
            (None, Some(_)) => self.go(deed, &[]).await,
        }
    }

    /// The arguments that were typed, as far as they follow one another.
    fn deed_of(scene: &Scene<'_>, name: &str, typed: &Typed) -> Deed {
        let mut deed = Deed { name: name.to_owned(), ..Deed::default() };
        let Some(kind) = deeds::kind(name) else { return deed };
        let names = step_names(kind);
        loop {
            deed = deeds::settle(scene, deed);
            let at = deed.args.len();
            let Some(step) = kind.steps.get(at) else { return deed };
            let later = names.iter().any(|(nth, name)| *nth > at && typed.options.contains_key(*name));
            let value = names.iter().find(|(nth, _)| *nth == at).and_then(|(_, name)| typed.options.get(*name));
            match (step, value) {
                (deeds::Step::Words(..), _) => return deed,
                (_, Some(value)) => deed.args.push(plain_key(value)),
                (deeds::Step::Cards(_, 0) | deeds::Step::Partners | deeds::Step::Partner, None) if later => {
                    deed.args.push(deeds::ALL.to_owned());
                }
                _ => return deed,
            }
        }
    }

    /// *Give this*: a message of one's own, to be given to one of the asks that are open.
    fn give_this(&self, scene: &Scene<'_>, target: Option<&Target>) -> Answer {
        let Some(target) = target.filter(|target| !target.text.trim().is_empty()) else {
            return Screen::text(scene.label("give-this-empty")).into();
        };
        if target.author != self.inbound.account {
            return Screen::text(scene.label("give-this-not-yours")).into();
        }
        if length(&quote(&target.text)) > MESSAGE_GIVEN_MAX * 2 {
            return Screen::text(scene.label("give-this-long")).into();
        }
        let choices = scene.board().plan.asks().filter_map(|(_, sitting, ask)| {
            let takes = ask.kind == Kind::Cards && ask.fields.iter().filter(|field| field.is_typed()).count() == 1;
            let open = takes && scene.open(&ask.key).is_some() && scene.giver(ask).is_some();
            let title = scene.words().ask(&ask.key).title;
            open.then(|| Choice::new(&ask.key, title).line(scene.words().sitting(&sitting.key).title))
        });
        let choices: Vec<Choice> = choices.take(CHOICES_MAX).collect();
        if choices.is_empty() {
            return Screen::text(scene.label("nothing-open")).into();
        }
        let menu = Menu::one(Press::From, scene.label("pick-ask"), choices);
        Screen::text(scene.label("give-this-words")).and(&quote(&target.text)).menu(menu).into()
    }

    /// The ask for a message was chosen: its words are read back from the screen.
    pub async fn from_message(&self, values: &[String]) -> Answer {
        let Some(scene) = self.scene() else { return self.nowhere() };
        let Some(ask) = values.first().and_then(|key| scene.ask(key)) else { return self.nowhere() };
        let Some(field) = ask.fields.iter().find(|field| field.is_typed()) else { return self.nowhere() };
        let words = unquote(&self.inbound.text);
        let mut fields = scene.draft(&ask.key);
        fields.insert(field.key.clone(), words.clone());
        let key = ask.key.clone();
        let slip = Slip { ask: key.clone(), ..Slip::default() };
        let kept = BTreeMap::from([(field.key.clone(), words.clone())]);
        if !cards::missing(ask, &fields).is_empty() {
            return match self.act(Act::KeepDraft { ask: key.clone(), fields: kept }).await {
                Err(error) => self.told_no(&error, &words, None),
                done => self.after(done),
            };
        }
        let giving = Giving { ask: key.clone(), fields, via: Via::Message, ..Giving::default() };
        match self.act(Act::Give(giving)).await {
            Err(error) => {
                let draft = Act::KeepDraft { ask: key, fields: kept };
                let _ = self.act_as(draft, "draft", None).await;
                self.told_no(&error, &words, Some(Press::Write { slip }))
            }
            done => self.after(done),
        }
    }

    /// What may be typed further; from memory, and only what the asker may see.
    #[must_use]
    pub fn suggest(&self, typed: &Typed, focus: &str) -> Vec<Choice> {
        let (Some(scene), Some(part)) = (self.scene(), Command::find(self.commands, &typed.path)) else {
            return Vec::new();
        };
        let Some(opt) = part.options.iter().find(|opt| opt.name == focus && opt.kind == OptKind::Suggest) else {
            return Vec::new();
        };
        let all = match &part.does {
            Does::Ask(key) => field_choices(&scene, key, opt),
            Does::Deed(name) => Self::step_choices(&scene, name, typed, opt),
            Does::Canvas => Gallery::new(&scene, self.app().prompts()).sights(),
            _ => Vec::new(),
        };
        let begun = typed.options.get(focus).map(|typed| typed.to_lowercase()).unwrap_or_default();
        let fits = |choice: &Choice| choice.label.to_lowercase().contains(&begun);
        let mut found: Vec<Choice> = all.into_iter().filter(fits).take(SUGGESTIONS_MAX).collect();
        for choice in &mut found {
            choice.label = fit(&choice.label.replace('\n', " "), CHOICE_CHARS_MAX);
        }
        found
    }

    fn step_choices(scene: &Scene<'_>, name: &str, typed: &Typed, opt: &Opt) -> Vec<Choice> {
        if opt.fills == PHASE {
            return offers::offered(scene, &Deed::default(), deeds::Step::Phase);
        }
        let Some(at) = opt.fills.parse::<usize>().ok() else { return Vec::new() };
        let Some(step) = deeds::kind(name).and_then(|kind| kind.steps.get(at)) else { return Vec::new() };
        let mut deed = Self::deed_of(scene, name, typed);
        deed.args.truncate(at);
        offers::offered(scene, &deed, *step)
    }
}

fn field_choices(scene: &Scene<'_>, key: &str, opt: &Opt) -> Vec<Choice> {
    let Some(ask) = scene.ask(key) else { return Vec::new() };
    ask.field(&opt.fills).map(|field| cards::options(scene, ask, field)).unwrap_or_default()
}

/// What was typed freely instead of chosen, made harmless for an id: it will be found unknown.
fn plain_key(value: &str) -> String {
    let plain: String =
        value.chars().filter(|char| char.is_ascii_alphanumeric() || "-_".contains(*char)).take(40).collect();
    if plain.is_empty() { "-".to_owned() } else { plain }
}
