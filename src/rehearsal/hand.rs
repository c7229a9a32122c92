//! A person's eyes and hands: what stands on their screen, and pressing, choosing, typing there.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::sandbox::Id;
use crate::sandbox::remote::{Failure, Form, Post, Seen};

use super::effort::Effort;
use super::labels::likeness;
use super::script::PersonScript;
use super::stage::Stage;

/// Why somebody could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Stuck {
    /// The bot did not answer.
    #[error("{who}: no answer ({why})")]
    Silence {
        /// Who waits.
        who: String,
        /// What the client says.
        why: String,
    },
    /// The client does not allow it.
    #[error("{who}: {why}")]
    Client {
        /// Who tried.
        who: String,
        /// What the client says.
        why: String,
    },
    /// What should be there is not.
    #[error("{who} cannot find {what}. On the screen:\n{screen}")]
    Lost {
        /// Who looks.
        who: String,
        /// For what.
        what: String,
        /// What is there instead.
        screen: String,
    },
    /// The stand-in itself does not answer.
    #[error("{0}")]
    Wire(String),
}

/// What comes of acting.
pub type Done<T = ()> = Result<T, Stuck>;

/// A person before their screen.
#[derive(Debug)]
pub struct Hand<'a> {
    /// The stage.
    pub stage: &'a Stage<'a>,
    /// Who.
    pub person: &'a PersonScript,
    /// What stands on the screen.
    pub screen: Option<Post>,
    /// The form on top of it.
    pub form: Option<Form>,
    /// What it took so far.
    pub effort: Effort,
    /// What was seen so far, for the transcript: what was done, and what the private screen said.
    pub glimpses: Vec<(String, String)>,
    lines: BTreeSet<String>,
    doing: String,
}

impl<'a> Hand<'a> {
    /// Somebody takes up their phone.
    #[must_use]
    pub fn new(stage: &'a Stage<'a>, person: &'a PersonScript) -> Self {
        Self {
            stage,
            person,
            screen: None,
            form: None,
            effort: Effort::default(),
            glimpses: Vec::new(),
            lines: BTreeSet::new(),
            doing: String::new(),
        }
    }

    fn user(&self) -> u64 {
        self.stage.user(&self.person.id)
    }

    /// What the screen says.
    #[must_use]
    pub fn text(&self) -> &str {
        self.screen.as_ref().map_or("", |post| post.content.as_str())
    }

    /// A complaint that something is not there, with the screen as it is.
    #[must_use]
    pub fn lost(&self, what: impl Into<String>) -> Stuck {
        Stuck::Lost {
            who: self.person.name.clone(),
            what: what.into(),
            screen: self.screen.as_ref().map(drawn).unwrap_or_default(),
        }
    }

    fn stuck(&self, failure: Failure) -> Stuck {
        match failure {
            Failure::Refused(why) => Stuck::Client { who: self.person.name.clone(), why },
            Failure::Wire(why) => Stuck::Wire(why),
        }
    }

    /// Reads a post: what is new in it counts.
    pub fn read(&mut self, post: &Post) {
        for line in drawn(post).lines() {
            if self.lines.insert(line.to_owned()) {
                self.effort.read_chars += u32::try_from(line.chars().count()).unwrap_or(u32::MAX);
            }
        }
    }

    fn take(&mut self, seen: Result<Seen, Failure>) -> Done {
        self.effort.taps += 1;
        let seen = seen.map_err(|failure| self.stuck(failure))?;
        match seen.outcome.as_str() {
            "failed" => {
                let why = seen.why.unwrap_or_default();
                return Err(Stuck::Silence { who: self.person.name.clone(), why });
            }
            "modal" => self.form = seen.modal,
            _ => {
                self.form = None;
                if let Some(post) = seen.message {
                    self.glimpses.push((std::mem::take(&mut self.doing), drawn(&post)));
                    self.read(&post);
                    self.screen = Some(post);
                }
            }
        }
        Ok(())
    }

    /// Whether a button with this label can be pressed.
    #[must_use]
    pub fn has_button(&self, label: &str) -> bool {
        self.screen.as_ref().is_some_and(|post| button(post, label).is_some())
    }

    /// Presses the button with this label on the screen.
    pub async fn press(&mut self, label: &str) -> Done {
        let found = self.screen.as_ref().and_then(|post| Some((post.id, button(post, label)?)));
        let Some((message, id)) = found else { return Err(self.lost(format!("the button “{label}”"))) };
        self.doing = format!("presses “{label}”");
        self.press_id(message, &id).await
    }

    /// Presses a button of a post in a room: whatever stood on the screen is left.
    pub async fn press_on(&mut self, post: &Post, label: &str) -> Done {
        self.read(post);
        let Some(id) = button(post, label) else {
            self.screen = Some(post.clone());
            return Err(self.lost(format!("the button “{label}” on a post")));
        };
        self.doing = format!("presses “{label}”");
        self.press_id(post.id, &id).await
    }

    async fn press_id(&mut self, message: Id, id: &str) -> Done {
        let seen = self.stage.remote.press(self.user(), message, id).await;
        self.take(seen)
    }

    /// The menu with this hint.
    #[must_use]
    pub fn menu(&self, hint: &str) -> Option<Value> {
        let post = self.screen.as_ref()?;
        let found = menus(post).find(|menu| menu["placeholder"].as_str().is_some_and(|text| text.starts_with(hint)));
        found.cloned()
    }

    /// All menus on the screen.
    #[must_use]
    pub fn menus(&self) -> Vec<Value> {
        self.screen.as_ref().map(|post| menus(post).cloned().collect()).unwrap_or_default()
    }

    /// Chooses in the menu with this hint, turning its pages where it has more.
    pub async fn choose(&mut self, hint: &str, wanted: &str) -> Done {
        let more = self.stage.label(super::labels::key::MORE_CHOICES);
        for _ in 0..10 {
            let Some(menu) = self.menu(hint) else { return Err(self.lost(format!("the menu “{hint}”"))) };
            if let Some(value) = option(&menu, wanted) {
                self.doing = format!("chooses “{wanted}”");
                return self.select(&menu, &[value]).await;
            }
            let Some(turn) = option(&menu, &more) else { break };
            self.select(&menu, &[turn]).await?;
        }
        Err(self.lost(format!("“{wanted}” in the menu “{hint}”")))
    }

    /// Chooses values in a menu, in this order.
    pub async fn select(&mut self, menu: &Value, values: &[String]) -> Done {
        let Some(message) = self.screen.as_ref().map(|post| post.id) else { return Err(self.lost("a screen")) };
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let id = menu["custom_id"].as_str().unwrap_or_default();
        if self.doing.is_empty() {
            let labels = values.iter().filter_map(|value| label_of(menu, value));
            self.doing = format!("chooses “{}”", labels.collect::<Vec<_>>().join("”, “"));
        }
        let seen = self.stage.remote.select(self.user(), message, id, &values).await;
        self.effort.taps += u32::try_from(values.len()).unwrap_or(0);
        self.take(seen)
    }

    /// Fills in the form on the screen, by the labels above its boxes, and sends it.
    pub async fn submit(&mut self, values: &[(String, String)]) -> Done {
        let Some(form) = self.form.take() else { return Err(self.lost("a form")) };
        let mut typed = Map::new();
        for (label, text) in values {
            let Some(field) = form.fields.iter().find(|field| fits(&field.label, label)) else {
                let there = form.fields.iter().map(|field| field.label.as_str()).collect::<Vec<_>>().join(", ");
                return Err(self.lost(format!("the box “{label}” in the form “{}” ({there})", form.title)));
            };
            if field.value != *text {
                self.effort.typed_chars += u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            }
            typed.insert(field.custom_id.clone(), json!(text));
        }
        let told: Vec<&str> = values.iter().map(|(_, text)| text.as_str()).collect();
        self.doing = format!("writes “{}” and sends it", told.join(" | "));
        let seen = self.stage.remote.submit(self.user(), form.id, Value::Object(typed)).await;
        self.take(seen)
    }

    /// Gives a command in the partnership's channel.
    pub async fn command(&mut self, path: &[&str], options: Value) -> Done {
        self.doing = format!("types /{}", path.join(" "));
        let seen = self.stage.remote.command(self.user(), self.stage.channel, path, options).await;
        self.take(seen)
    }

    /// What is suggested while an option is being typed: the value behind the suggestion that fits.
    pub async fn suggestion(&mut self, path: &[&str], option: &str, wanted: &str) -> Done<Value> {
        let start: String = wanted.chars().take(20).collect();
        let typed = json!({ option: start });
        let seen = self.stage.remote.autocomplete(self.user(), self.stage.channel, path, typed, option).await;
        let choices = seen.map_err(|failure| self.stuck(failure))?.choices.unwrap_or_default();
        let best =
            choices.into_iter().map(|choice| (likeness(choice["name"].as_str().unwrap_or_default(), wanted), choice));
        match best.filter(|(score, _)| *score > 0).max_by_key(|(score, _)| *score) {
            Some((_, choice)) => Ok(choice["value"].clone()),
            None => Err(self.lost(format!("“{wanted}” among the suggestions for {option}"))),
        }
    }

    /// Writes an ordinary message.
    pub async fn say(&mut self, words: &str) -> Done<Post> {
        self.effort.typed_chars += u32::try_from(words.chars().count()).unwrap_or(u32::MAX);
        let posted = self.stage.remote.post_message(self.user(), self.stage.channel, words).await;
        posted.map_err(|failure| self.stuck(failure))
    }

    /// Uses a command on a message.
    pub async fn on_message(&mut self, message: Id, name: &str) -> Done {
        let seen = self.stage.remote.message_command(self.user(), message, name).await;
        self.take(seen)
    }

    /// All posts of a room that this person sees, newest first.
    pub async fn room(&self, channel: u64) -> Done<Vec<Post>> {
        let posts = self.stage.remote.read_channel(self.user(), channel).await;
        posts
            .map(|mut posts| {
                posts.reverse();
                posts
            })
            .map_err(|failure| self.stuck(failure))
    }
}

/// Whether a label is the one somebody means: forms cut long labels.
fn fits(stands: &str, wanted: &str) -> bool {
    stands == wanted || likeness(stands, wanted) > 0
}

/// The custom id of the button with this label: the label itself, or what it begins with before a dot.
#[must_use]
pub fn button(post: &Post, label: &str) -> Option<String> {
    let controls = post.controls();
    let enabled = || controls.iter().filter(|control| control["type"] == 2 && control["disabled"] != true);
    let text = |control: &&&Value| control["label"].as_str().unwrap_or_default().to_owned();
    let exact = enabled().find(|control| text(control) == label);
    let begins =
        || enabled().find(|control| text(control).strip_prefix(label).is_some_and(|rest| rest.starts_with(" ·")));
    let cut = || enabled().find(|control| likeness(&text(control), label) > 0);
    let found = exact.or_else(begins).or_else(cut)?;
    found["custom_id"].as_str().map(str::to_owned)
}

fn menus(post: &Post) -> impl Iterator<Item = &Value> {
    post.controls().into_iter().filter(|control| control["type"] == 3)
}

/// The value of the option that fits best.
#[must_use]
pub fn option(menu: &Value, wanted: &str) -> Option<String> {
    let options = menu["options"].as_array()?;
    let best = options.iter().map(|option| (likeness(option["label"].as_str().unwrap_or_default(), wanted), option));
    // Of several that fit alike, the first: max_by_key would take the last.
    let best = best.rev().max_by_key(|(score, _)| *score).filter(|(score, _)| *score > 0);
    best.and_then(|(_, option)| option["value"].as_str().map(str::to_owned))
}

/// What stands on the option with this value.
fn label_of<'a>(menu: &'a Value, value: &str) -> Option<&'a str> {
    let options = menu["options"].as_array()?;
    options.iter().find(|option| option["value"] == *value)?["label"].as_str()
}

/// A post as text: what it says, and what can be pressed or chosen.
#[must_use]
pub fn drawn(post: &Post) -> String {
    let mut lines = vec![post.content.clone()];
    for control in post.controls() {
        let label = control["label"].as_str().or(control["placeholder"].as_str()).unwrap_or_default();
        let off = if control["disabled"] == true { " (off)" } else { "" };
        lines.push(format!("[{label}{off}]"));
        for option in control["options"].as_array().into_iter().flatten() {
            let line = option["description"].as_str().map(|line| format!(" – {line}")).unwrap_or_default();
            lines.push(format!("  ▸ {}{line}", option["label"].as_str().unwrap_or_default()));
        }
    }
    lines.join("\n")
}
