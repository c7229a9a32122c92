//! The one list of commands: registered, dispatched and documented from here. The Path's part of it
//! is made from the plan, the hosts' part from the list of deeds.

use serenity::all::{
    CommandOptionType, CommandType, CreateCommand, CreateCommandOption, InstallationContext, InteractionContext,
    Permissions,
};
use sha2::{Digest, Sha256};

use super::deeds::{DEEDS, DESK_ONLY, Kind as DeedKind, Step};
use super::escape::fit;
use super::limits::{BOX_CHARS_MOST, DESCRIPTION_CHARS_MAX};
use super::times::TIMES;
use crate::path::Plan;
use crate::path::plan::{Ask, FieldKind, Kind, LIST_MAX};
use crate::prompts::Words;

/// More people than ever vote in one channel's quick poll.
const QUORUM_MAX: u16 = 9999;

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Its name.
    pub name: String,
    /// What it is for; empty for a command on a message.
    pub about: String,
    /// Its subcommands; for a command without any, one part of the same name.
    pub parts: Vec<Part>,
    /// What kind of command it is.
    pub shape: Shape,
}

/// What kind of command it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// With subcommands.
    Group,
    /// Without.
    Single,
    /// On a message.
    OnMessage,
}

/// A subcommand, or the whole of a command without any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// Its options.
    pub options: Vec<Opt>,
    /// What it does.
    pub does: Does,
}

/// What a command does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    /// Shows or answers an ask.
    Ask(String),
    /// A host's deed.
    Deed(&'static str),
    /// The host's desk.
    Desk,
    /// The decision log.
    Log,
    /// Setting up.
    Setup,
    /// What waits for me.
    Me,
    /// The canvas.
    Canvas,
    /// Our words.
    Term,
    /// Help.
    Help,
    /// *Give this*.
    From,
    /// Asking a quick poll; on roles if so.
    Poll {
        /// Everybody chooses one role for each organisation.
        roles: bool,
    },
}

/// An option. All are optional: what is not given is asked for on a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opt {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub about: String,
    /// The field or step that it fills.
    pub fills: String,
    /// How it is given.
    pub kind: OptKind,
}

/// How an option is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptKind {
    /// Typed, so many characters at most.
    Text(u32),
    /// One of these: key and words.
    Choice(Vec<(String, String)>),
    /// Completed from what the asker may see.
    Suggest,
    /// Yes or no.
    Flag,
    /// A number from 1 to this.
    Number(u16),
}

/// The whole list.
#[must_use]
pub fn list(plan: &Plan, words: &Words) -> Vec<Command> {
    let mut commands: Vec<Command> = plan
        .phases
        .iter()
        .map(|phase| {
            let asks = phase.sittings.iter().flat_map(|sitting| &sitting.asks);
            let title = words.phase(&phase.key).title;
            Command {
                name: phase.key.clone(),
                about: fit(
                    &words.fill(words.label("phase-command"), &[("phase".to_owned(), title)].into()),
                    DESCRIPTION_CHARS_MAX,
                ),
                parts: asks.map(|ask| of_ask(words, ask)).collect(),
                shape: Shape::Group,
            }
        })
        .collect();
    commands.push(single(words, "setup", Does::Setup, Vec::new()));
    commands.push(path(words));
    commands.push(time(words));
    commands.push(single(words, "me", Does::Me, Vec::new()));
    let share = Opt {
        name: "share".to_owned(),
        about: line(words, "option-share"),
        fills: "share".to_owned(),
        kind: OptKind::Flag,
    };
    let show = Opt {
        name: "show".to_owned(),
        about: line(words, "option-show"),
        fills: "show".to_owned(),
        kind: OptKind::Suggest,
    };
    commands.push(single(words, "canvas", Does::Canvas, vec![show, share]));
    commands.push(poll(words));
    commands.push(single(words, "term", Does::Term, Vec::new()));
    commands.push(single(words, "help", Does::Help, Vec::new()));
    let give = words.label("give-this").to_owned();
    let part = Part { name: give.clone(), about: String::new(), options: Vec::new(), does: Does::From };
    commands.push(Command { name: give, about: String::new(), parts: vec![part], shape: Shape::OnMessage });
    commands
}

fn line(words: &Words, key: &str) -> String {
    fit(words.label(key), DESCRIPTION_CHARS_MAX)
}

fn single(words: &Words, name: &str, does: Does, options: Vec<Opt>) -> Command {
    let about = line(words, &format!("command-{name}"));
    let part = Part { name: name.to_owned(), about: about.clone(), options, does };
    Command { name: name.to_owned(), about, parts: vec![part], shape: Shape::Single }
}

fn path(words: &Words) -> Command {
    let bare = |name: &str, does: Does| Part {
        name: name.to_owned(),
        about: line(words, &format!("command-{name}")),
        options: Vec::new(),
        does,
    };
    let deeds = DEEDS.iter().filter(|deed| !DESK_ONLY.contains(&deed.name)).map(|deed| part(words, deed));
    let parts = [bare("status", Does::Desk), bare("log", Does::Log)].into_iter().chain(deeds).collect();
    Command { name: "path".to_owned(), about: line(words, "command-path"), parts, shape: Shape::Group }
}

/// `/time`: `/path` has no room left.
fn time(words: &Words) -> Command {
    let parts = TIMES.iter().map(|deed| part(words, deed)).collect();
    Command { name: "time".to_owned(), about: line(words, "command-time"), parts, shape: Shape::Group }
}

fn part(words: &Words, deed: &DeedKind) -> Part {
    Part {
        name: deed.name.to_owned(),
        about: line(words, &format!("deed-{}-line", deed.name)),
        options: of_deed(words, deed),
        does: Does::Deed(deed.name),
    }
}

fn poll(words: &Words) -> Command {
    let opt = |name: &str, kind: OptKind| Opt {
        name: name.to_owned(),
        about: line(words, &format!("option-{name}")),
        fills: name.to_owned(),
        kind,
    };
    let part = |name: &str, roles: bool, options: Vec<Opt>| Part {
        name: name.to_owned(),
        about: line(words, &format!("command-poll-{name}")),
        options,
        does: Does::Poll { roles },
    };
    let quorum = || opt("quorum", OptKind::Number(QUORUM_MAX));
    let marks = opt("marks", OptKind::Number(LIST_MAX.into()));
    let ask = part("ask", false, vec![marks, opt("named", OptKind::Flag), opt("public", OptKind::Flag), quorum()]);
    let parts = vec![ask, part("roles", true, vec![quorum()])];
    Command { name: "poll".to_owned(), about: line(words, "command-poll"), parts, shape: Shape::Group }
}

fn of_ask(words: &Words, ask: &Ask) -> Part {
    let said = words.ask(&ask.key);
    let about = if said.command.is_empty() { said.title } else { said.command };
    let about = if about.is_empty() { ask.key.clone() } else { about };
    let options = options_of(words, ask);
    Part { name: ask.key.clone(), about: fit(&about, DESCRIPTION_CHARS_MAX), options, does: Does::Ask(ask.key.clone()) }
}

/// Options stand only where all that is typed fits on one line; else the screen is shown.
fn options_of(words: &Words, ask: &Ask) -> Vec<Opt> {
    if ask.kind != Kind::Cards || ask.fields.iter().any(|field| field.kind == FieldKind::Text) {
        return Vec::new();
    }
    let typed = ask.fields.iter().filter(|field| field.is_typed()).count();
    let named = words.ask(&ask.key);
    ask.fields
        .iter()
        .map(|field| {
            let label = named.fields.get(&field.key).map(|field| field.label.clone()).filter(|label| !label.is_empty());
            let kind = match field.kind {
                FieldKind::Choice => OptKind::Choice(
                    field
                        .choices
                        .iter()
                        .map(|key| {
                            let words = named.choices.get(&(field.key.clone(), key.clone())).cloned();
                            (key.clone(), words.unwrap_or_else(|| key.clone()))
                        })
                        .collect(),
                ),
                FieldKind::Person | FieldKind::Partner | FieldKind::Card => OptKind::Suggest,
                FieldKind::Line | FieldKind::Text | FieldKind::Number | FieldKind::Date => {
                    OptKind::Text(field.chars_max())
                }
            };
            Opt {
                name: if field.is_typed() && typed == 1 { "text".to_owned() } else { field.key.clone() },
                about: fit(&label.unwrap_or_else(|| field.key.clone()), DESCRIPTION_CHARS_MAX),
                fills: field.key.clone(),
                kind,
            }
        })
        .collect()
}

/// How the options of a deed are called, step by step; steps of several things are left to the screen.
#[must_use]
pub fn step_names(deed: &DeedKind) -> Vec<(usize, &'static str)> {
    let named = deed.steps.iter().enumerate().filter_map(|(at, step)| {
        let name = match step {
            Step::NewSitting
            | Step::LiveSitting
            | Step::WordedSitting
            | Step::RewordedSitting
            | Step::OpenSitting
            | Step::ClosedSitting => "sitting",
            Step::Phase => "phase",
            Step::Ask(_) => "ask",
            Step::Card(_) if at > 0 && matches!(deed.steps[0], Step::Card(_)) => "other",
            Step::Card(_) => "card",
            Step::Person(_) if at > 0 && matches!(deed.steps[0], Step::Person(_)) => "other",
            Step::Person(_) => "person",
            Step::Partner | Step::AnyPartner => "partner",
            Step::Standing => "becomes",
            Step::Pace => "pace",
            Step::Verdict => "answer",
            Step::Way => "way",
            Step::Words(key, _) => key,
            Step::Cards(..) | Step::Batch | Step::People | Step::Partners => return None,
        };
        Some((at, name))
    });
    named.collect()
}

/// What the option fills that names a phase in place of a sitting.
pub const PHASE: &str = "phase";

fn of_deed(words: &Words, deed: &DeedKind) -> Vec<Opt> {
    let mut options: Vec<Opt> = step_names(deed)
        .into_iter()
        .map(|(at, name)| {
            let kind = if matches!(deed.steps[at], Step::Words(..)) { OptKind::Text(1000) } else { OptKind::Suggest };
            Opt { name: name.to_owned(), about: line(words, &format!("option-{name}")), fills: at.to_string(), kind }
        })
        .collect();
    if deed.name == "close" {
        // A whole phase may be closed in place of a sitting.
        let about = line(words, "option-phase");
        options.push(Opt { name: "phase".to_owned(), about, fills: PHASE.to_owned(), kind: OptKind::Suggest });
    }
    let closes = ["close", "close-phase", "ask-close", "keep"].contains(&deed.name);
    if closes {
        let about = line(words, "option-despite");
        options.push(Opt { name: "despite".to_owned(), about, fills: "despite".to_owned(), kind: OptKind::Text(280) });
    }
    options
}

impl Command {
    /// What a command with these words in its path does.
    #[must_use]
    pub fn find<'a>(commands: &'a [Command], path: &[String]) -> Option<&'a Part> {
        let command = commands.iter().find(|command| Some(&command.name) == path.first())?;
        match command.shape {
            Shape::Group => command.parts.iter().find(|part| Some(&part.name) == path.get(1)),
            Shape::Single | Shape::OnMessage => command.parts.first(),
        }
    }

    /// Its lines in the help.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let line = |name: &str, about: &str| format!("`{name}` {about}");
        match self.shape {
            Shape::Group => {
                self.parts.iter().map(|part| line(&format!("/{} {}", self.name, part.name), &part.about)).collect()
            }
            Shape::Single => vec![line(&format!("/{}", self.name), &self.about)],
            Shape::OnMessage => vec![line(&self.name, &self.about)],
        }
    }

    /// As Discord registers it: in guilds only.
    pub fn build(&self) -> CreateCommand {
        let command = CreateCommand::new(&self.name)
            .contexts(vec![InteractionContext::Guild])
            .integration_types(vec![InstallationContext::Guild]);
        match self.shape {
            Shape::OnMessage => command.kind(CommandType::Message),
            Shape::Single => {
                let options = self.parts.iter().flat_map(|part| &part.options).map(Opt::build).collect();
                let command = command.kind(CommandType::ChatInput).description(&self.about).set_options(options);
                let sets_up = self.parts.iter().any(|part| part.does == Does::Setup);
                if sets_up { command.default_member_permissions(Permissions::MANAGE_GUILD) } else { command }
            }
            Shape::Group => {
                let parts = self.parts.iter().map(|part| {
                    let options = part.options.iter().map(Opt::build);
                    CreateCommandOption::new(CommandOptionType::SubCommand, &part.name, &part.about)
                        .set_sub_options(options)
                });
                command.kind(CommandType::ChatInput).description(&self.about).set_options(parts.collect())
            }
        }
    }
}

impl Opt {
    fn build(&self) -> CreateCommandOption {
        let kind = match self.kind {
            OptKind::Flag => CommandOptionType::Boolean,
            OptKind::Number(_) => CommandOptionType::Integer,
            OptKind::Text(_) | OptKind::Choice(_) | OptKind::Suggest => CommandOptionType::String,
        };
        let option = CreateCommandOption::new(kind, &self.name, &self.about).required(false);
        match &self.kind {
            OptKind::Text(most) => option.max_length(u16::try_from(*most).unwrap_or(u16::MAX).min(BOX_CHARS_MOST)),
            OptKind::Choice(choices) => {
                choices.iter().fold(option, |option, (key, words)| option.add_string_choice(fit(words, 100), key))
            }
            OptKind::Suggest => option.set_autocomplete(true),
            OptKind::Number(most) => option.min_int_value(1).max_int_value(u64::from(*most)),
            OptKind::Flag => option,
        }
    }
}

/// What changes whenever the list changes.
#[must_use]
pub fn fingerprint(commands: &serde_json::Value) -> String {
    let hash = Sha256::digest(commands.to_string().as_bytes());
    let first: [u8; 8] = std::array::from_fn(|at| hash[at]);
    format!("{:016x}", u64::from_be_bytes(first))
}
