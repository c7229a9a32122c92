//! What came in: an interaction of Discord, read into what we need to know of it.

use std::collections::BTreeMap;

use serenity::all::{
    ActionRowComponent, ChannelType, CommandDataOption, CommandDataOptionValue, CommandInteraction,
    ComponentInteraction, ComponentInteractionDataKind, Interaction, Member, Message, MessageFlags, ModalInteraction,
    PartialChannel, Permissions, User,
};

/// How the names of our pictures end.
pub const PICTURE: &str = ".png";

/// One interaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbound {
    /// Its id: the receipt's key.
    pub id: u64,
    /// The token for answering it. Never logged.
    pub token: String,
    /// Our application.
    pub application: u64,
    /// The guild; none outside one.
    pub guild: Option<u64>,
    /// The channel or thread.
    pub room: u64,
    /// The channel that a thread belongs to.
    pub above: Option<u64>,
    /// Whether Discord told what kind of channel it is, and for a thread to which it belongs.
    pub is_placed: bool,
    /// Who.
    pub account: u64,
    /// Their unique name.
    pub handle: String,
    /// What they are called here.
    pub name: String,
    /// Whether they may manage the guild.
    pub manager: bool,
    /// The bot's permissions in the channel as serenity knows them.
    pub bot_permissions: u64,
    /// Whether it came from a private screen, which the answer then replaces.
    pub on_screen: bool,
    /// The text of the message that it came from.
    pub text: String,
    /// The pictures on the message that it came from.
    pub pictures: Vec<u64>,
    /// What stood in the menu that was chosen from.
    pub offered: Vec<String>,
    /// So many bytes one file of the answer may have.
    pub file_bytes_max: usize,
    /// What.
    pub what: What,
}

/// What somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A command was given.
    Command(Typed),
    /// A command is being typed.
    Typing {
        /// What stands there so far.
        typed: Typed,
        /// The option that is being typed.
        focus: String,
    },
    /// A button was pressed, or a menu chosen from.
    Press {
        /// The component's id.
        id: String,
        /// What was chosen, in the order as sent.
        values: Vec<String>,
    },
    /// A form was sent.
    Form {
        /// The form's id.
        id: String,
        /// What stands in each box.
        boxes: BTreeMap<String, String>,
    },
}

/// A command as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The command's name and the subcommand's, if it has one.
    pub path: Vec<String>,
    /// The options by name, as text.
    pub options: BTreeMap<String, String>,
    /// The message that a message command was given on.
    pub target: Option<Target>,
}

/// A message that somebody chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Who wrote it.
    pub author: u64,
    /// Its words.
    pub text: String,
}

/// What every kind of interaction has.
struct Frame<'a> {
    id: u64,
    token: &'a str,
    application: u64,
    guild: Option<u64>,
    channel_id: u64,
    channel: Option<&'a PartialChannel>,
    member: Option<&'a Member>,
    user: &'a User,
    app_permissions: Option<Permissions>,
    file_bytes_max: u32,
    message: Option<&'a Message>,
}

/// Takes the frame out of an interaction: the kinds share their fields, not a type.
macro_rules! frame {
    ($from:ident, $member:expr, $message:expr) => {
        Frame {
            id: $from.id.get(),
            token: &$from.token,
            application: $from.application_id.get(),
            guild: $from.guild_id.map(|guild| guild.get()),
            channel_id: $from.channel_id.get(),
            channel: $from.channel.as_ref(),
            member: $member,
            user: &$from.user,
            app_permissions: $from.app_permissions,
            file_bytes_max: $from.attachment_size_limit,
            message: $message,
        }
    };
}

/// Reads an interaction; none for those that are none of ours (a ping).
#[must_use]
pub fn read(interaction: &Interaction) -> Option<Inbound> {
    match interaction {
        Interaction::Command(from) => Some(Inbound { what: What::Command(typed(from)), ..command(from) }),
        Interaction::Autocomplete(from) => {
            let focus = from.data.autocomplete().map(|option| option.name.to_owned()).unwrap_or_default();
            Some(Inbound { what: What::Typing { typed: typed(from), focus }, ..command(from) })
        }
        Interaction::Component(from) => Some(press(from)),
        Interaction::Modal(from) => Some(form(from)),
        _ => None,
    }
}

fn command(from: &CommandInteraction) -> Inbound {
    frame!(from, from.member.as_deref(), None).inbound()
}

fn press(from: &ComponentInteraction) -> Inbound {
    let values = match &from.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.clone(),
        _ => Vec::new(),
    };
    let what = What::Press { id: from.data.custom_id.clone(), values };
    let offered = offered(&from.message, &from.data.custom_id);
    Inbound { offered, what, ..frame!(from, from.member.as_ref(), Some(&*from.message)).inbound() }
}

/// The values of a menu of a message.
fn offered(message: &Message, id: &str) -> Vec<String> {
    let parts = message.components.iter().flat_map(|row| &row.components);
    let menus = parts.filter_map(|part| match part {
        ActionRowComponent::SelectMenu(menu) if menu.custom_id.as_deref() == Some(id) => Some(menu),
        _ => None,
    });
    menus.flat_map(|menu| &menu.options).map(|option| option.value.clone()).collect()
}

fn form(from: &ModalInteraction) -> Inbound {
    let inputs = from.data.components.iter().flat_map(|row| &row.components).filter_map(|part| match part {
        ActionRowComponent::InputText(input) => {
            Some((input.custom_id.clone(), input.value.clone().unwrap_or_default()))
        }
        _ => None,
    });
    let what = What::Form { id: from.data.custom_id.clone(), boxes: inputs.collect() };
    Inbound { what, ..frame!(from, from.member.as_ref(), from.message.as_deref()).inbound() }
}

impl Frame<'_> {
    fn inbound(&self) -> Inbound {
        let kind = self.channel.map(|channel| channel.kind);
        let in_thread =
            matches!(kind, Some(ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread));
        let rights = self.member.and_then(|member| member.permissions).unwrap_or_else(Permissions::empty);
        let on_screen = self.message.and_then(|message| message.flags).unwrap_or_else(MessageFlags::empty);
        let nick = self.member.and_then(|member| member.nick.clone());
        Inbound {
            id: self.id,
            token: self.token.to_owned(),
            application: self.application,
            guild: self.guild,
            room: self.channel_id,
            above: self
                .channel
                .filter(|_| in_thread)
                .and_then(|channel| channel.parent_id)
                .map(serenity::all::ChannelId::get),
            is_placed: kind.is_some()
                && (!in_thread || self.channel.is_some_and(|channel| channel.parent_id.is_some())),
            account: self.user.id.get(),
            handle: self.user.name.clone(),
            name: nick.or(self.user.global_name.clone()).unwrap_or_else(|| self.user.name.clone()),
            manager: rights.intersects(Permissions::MANAGE_GUILD | Permissions::ADMINISTRATOR),
            bot_permissions: self.app_permissions.map_or(0, |bits| bits.bits()),
            on_screen: on_screen.contains(MessageFlags::EPHEMERAL),
            text: self.message.map(|message| message.content.clone()).unwrap_or_default(),
            pictures: self.message.map(pictures).unwrap_or_default(),
            offered: Vec::new(),
            file_bytes_max: usize::try_from(self.file_bytes_max).unwrap_or(usize::MAX),
            what: What::Command(Typed::default()),
        }
    }
}

fn pictures(message: &Message) -> Vec<u64> {
    let pictures = message.attachments.iter().filter(|file| file.filename.ends_with(PICTURE));
    pictures.map(|file| file.id.get()).collect()
}

fn typed(from: &CommandInteraction) -> Typed {
    let mut typed = Typed { path: vec![from.data.name.clone()], ..Typed::default() };
    descend(&from.data.options, &mut typed);
    let target = from.data.target_id.and_then(|id| from.data.resolved.messages.get(&id.to_message_id()));
    typed.target = target.map(|message| Target { author: message.author.id.get(), text: message.content.clone() });
    typed
}

fn descend(options: &[CommandDataOption], typed: &mut Typed) {
    for option in options {
        let text = match &option.value {
            CommandDataOptionValue::SubCommand(inner) | CommandDataOptionValue::SubCommandGroup(inner) => {
                typed.path.push(option.name.clone());
                descend(inner, typed);
                continue;
            }
            CommandDataOptionValue::String(text) => text.clone(),
            CommandDataOptionValue::Autocomplete { value, .. } => value.clone(),
            CommandDataOptionValue::Integer(number) => number.to_string(),
            CommandDataOptionValue::Number(number) => number.to_string(),
            CommandDataOptionValue::Boolean(yes) => yes.to_string(),
            _ => continue,
        };
        typed.options.insert(option.name.clone(), text);
    }
}
