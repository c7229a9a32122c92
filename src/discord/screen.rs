//! What stands on a screen: text, rows of buttons and menus, forms. Plain values, turned into
//! Discord's bodies by serenity's builders at the very end.

use serde_json::{Value, json};
use serenity::all::{
    ButtonStyle, CreateActionRow, CreateAllowedMentions, CreateButton, CreateInputText,
    CreateInteractionResponseMessage, CreateModal, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
    InputTextStyle, InteractionResponseFlags, MessageFlags, UserId,
};

use super::custom_id::CustomId;
use super::escape::fit;
use super::limits::{
    BOX_CHARS_MAX, BOX_HINT_CHARS_MAX, BOX_LABEL_CHARS_MAX, BUTTON_CHARS_MAX, BUTTONS_IN_ROW_MAX, CHOICE_CHARS_MAX,
    CHOICES_MAX, FORM_TITLE_CHARS_MAX, MENTIONS_MAX, MESSAGE_CHARS_MAX, PLACEHOLDER_CHARS_MAX, ROWS_MAX,
};
use crate::path::PartnershipId;

/// A message as we mean it: for a private screen or for a room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Screen {
    /// Its text, people's words already escaped.
    pub text: String,
    /// Its rows, at most five.
    pub rows: Vec<Row>,
    /// Files beside it.
    pub files: Vec<File>,
    /// Discord's own poll in it (`resources/poll`, *Poll Create Request*).
    pub poll: Option<Value>,
    /// Whether the pictures stay that stand on the screen it replaces; all other files go.
    pub keeps_pictures: bool,
    /// The accounts that it mentions and may ring; nobody else is rung, whatever the text says.
    pub mentions: Vec<u64>,
}

/// A file beside a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, never made of people's words.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// What is said to someone who cannot see it.
    pub alt: String,
}

/// One row of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// Up to five buttons.
    Buttons(Vec<Button>),
    /// One menu.
    Menu(Menu),
}

/// A button.
#[derive(Clone, Debug, PartialEq)]
pub struct Button {
    /// What pressing it means.
    pub id: CustomId,
    /// What stands on it.
    pub label: String,
    /// How it looks.
    pub look: Look,
    /// Whether it cannot be pressed now.
    pub off: bool,
}

/// How a button looks. Never the only carrier of a meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The one thing to do next.
    Main,
    /// Everything else.
    #[default]
    Plain,
    /// A yes.
    Yes,
    /// A no.
    No,
}

/// A menu to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    /// What choosing means.
    pub id: CustomId,
    /// What stands in it while nothing is chosen.
    pub hint: String,
    /// What may be chosen, at most 25.
    pub choices: Vec<Choice>,
    /// The least that may be chosen.
    pub min: u8,
    /// The most that may be chosen.
    pub max: u8,
}

/// One thing to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What stands there. Menus draw no markdown, so words stand as they are.
    pub label: String,
    /// What is sent.
    pub value: String,
    /// A smaller line under it; may be empty.
    pub line: String,
    /// Whether it is chosen already.
    pub chosen: bool,
}

/// A form to fill in.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// What sending it means.
    pub id: CustomId,
    /// Its title.
    pub title: String,
    /// Its boxes, at most five.
    pub boxes: Vec<Blank>,
}

/// One box of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blank {
    /// Its key: a field's, or our own.
    pub key: String,
    /// What stands above it.
    pub label: String,
    /// What stands in it while it is empty.
    pub hint: String,
    /// What stands in it from the start.
    pub value: String,
    /// The most characters.
    pub chars_max: u32,
    /// Whether it takes several lines.
    pub long: bool,
    /// Whether it must be filled.
    pub needed: bool,
}

impl Screen {
    /// A screen of text alone.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// With another paragraph; an empty one adds nothing.
    #[must_use]
    pub fn and(mut self, paragraph: &str) -> Self {
        let paragraph = paragraph.trim_end();
        if !paragraph.is_empty() {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.text.push_str(paragraph);
        }
        self
    }

    /// With a row of buttons, broken into more rows where there are more than five; none if empty.
    #[must_use]
    pub fn buttons(mut self, buttons: Vec<Button>) -> Self {
        let mut left = buttons.into_iter().peekable();
        while left.peek().is_some() {
            self.rows.push(Row::Buttons(left.by_ref().take(BUTTONS_IN_ROW_MAX).collect()));
        }
        self
    }

    /// With a menu; none if there is nothing to choose.
    #[must_use]
    pub fn menu(mut self, menu: Menu) -> Self {
        if !menu.choices.is_empty() {
            self.rows.push(Row::Menu(menu));
        }
        self
    }

    /// With a file beside it.
    #[must_use]
    pub fn file(mut self, file: File) -> Self {
        self.files.push(file);
        self
    }

    /// The same screen with the outbox row written into its first component, so that the message can
    /// be found again after any doubt.
    #[must_use]
    pub fn marked(mut self, row: i64) -> Self {
        let id = self.rows.first_mut().and_then(|first| match first {
            Row::Buttons(buttons) => buttons.first_mut().map(|button| &mut button.id),
            Row::Menu(menu) => Some(&mut menu.id),
        });
        if let Some(id) = id {
            *id = id.clone().marked(row);
        }
        self
    }

    /// The same screen for use outside the partnership's rooms: each of its ids names the partnership.
    #[must_use]
    pub fn within(mut self, partnership: PartnershipId) -> Self {
        let ids = self.rows.iter_mut().flat_map(|row| match row {
            Row::Buttons(buttons) => buttons.iter_mut().map(|button| &mut button.id).collect::<Vec<_>>(),
            Row::Menu(menu) => vec![&mut menu.id],
        });
        for id in ids {
            *id = id.clone().within(partnership);
        }
        self
    }

    fn components(&self) -> Vec<CreateActionRow> {
        self.rows.iter().take(ROWS_MAX).map(Row::build).collect()
    }

    fn allowed(&self) -> CreateAllowedMentions {
        let users = self.mentions.iter().take(MENTIONS_MAX).map(|id| UserId::new(*id));
        CreateAllowedMentions::new().empty_users().empty_roles().users(users)
    }

    /// As the data of an answer to an interaction; with `private`, for its reader alone.
    pub fn answer(&self, private: bool) -> CreateInteractionResponseMessage {
        let mut flags = InteractionResponseFlags::SUPPRESS_EMBEDS;
        if private {
            flags |= InteractionResponseFlags::EPHEMERAL;
        }
        CreateInteractionResponseMessage::new()
            .content(fit(&self.text, MESSAGE_CHARS_MAX))
            .components(self.components())
            .allowed_mentions(self.allowed())
            .flags(flags)
    }

    /// As the body of a message in a room, or of an edit of one.
    #[must_use]
    pub fn body(&self) -> Value {
        let mut body = json!({
            "content": fit(&self.text, MESSAGE_CHARS_MAX),
            "components": self.components(),
            "allowed_mentions": self.allowed(),
            "flags": MessageFlags::SUPPRESS_EMBEDS.bits(),
        });
        if let Some(poll) = &self.poll {
            body["poll"] = poll.clone();
        }
        body
    }
}

impl Row {
    fn build(&self) -> CreateActionRow {
        match self {
            Self::Buttons(buttons) => {
                CreateActionRow::Buttons(buttons.iter().take(BUTTONS_IN_ROW_MAX).map(Button::build).collect())
            }
            Self::Menu(menu) => CreateActionRow::SelectMenu(menu.build()),
        }
    }
}

impl Button {
    /// A button that looks like everything else.
    #[must_use]
    pub fn plain(id: impl Into<CustomId>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), look: Look::Plain, off: false }
    }

    /// The button for the one thing to do next.
    #[must_use]
    pub fn main(id: impl Into<CustomId>, label: impl Into<String>) -> Self {
        Self { look: Look::Main, ..Self::plain(id, label) }
    }

    /// The same button, looking like this.
    #[must_use]
    pub fn look(mut self, look: Look) -> Self {
        self.look = look;
        self
    }

    fn build(&self) -> CreateButton {
        let style = match self.look {
            Look::Main => ButtonStyle::Primary,
            Look::Plain => ButtonStyle::Secondary,
            Look::Yes => ButtonStyle::Success,
            Look::No => ButtonStyle::Danger,
        };
        CreateButton::new(self.id.to_string())
            .label(not_empty(&fit(&self.label, BUTTON_CHARS_MAX)))
            .style(style)
            .disabled(self.off)
    }
}

impl Menu {
    /// A menu in which one thing is chosen.
    #[must_use]
    pub fn one(id: impl Into<CustomId>, hint: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self { id: id.into(), hint: hint.into(), choices, min: 1, max: 1 }
    }

    fn build(&self) -> CreateSelectMenu {
        let options: Vec<_> = self.choices.iter().take(CHOICES_MAX).map(Choice::build).collect();
        let most = u8::try_from(options.len()).unwrap_or(u8::MAX).max(1);
        CreateSelectMenu::new(self.id.to_string(), CreateSelectMenuKind::String { options })
            .placeholder(fit(&self.hint, PLACEHOLDER_CHARS_MAX))
            .min_values(self.min.min(most))
            .max_values(self.max.clamp(1, most))
    }
}

impl Choice {
    /// A choice without a smaller line.
    #[must_use]
    pub fn new(value: impl std::fmt::Display, label: impl Into<String>) -> Self {
        Self { label: label.into(), value: format!("{value}"), ..Self::default() }
    }

    /// The same choice, chosen already or not.
    #[must_use]
    pub fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }

    /// The same choice with a smaller line.
    #[must_use]
    pub fn line(mut self, line: impl Into<String>) -> Self {
        self.line = line.into();
        self
    }

    fn build(&self) -> CreateSelectMenuOption {
        let option = CreateSelectMenuOption::new(
            not_empty(&fit(&self.label.replace('\n', " "), CHOICE_CHARS_MAX)),
            fit(&self.value, CHOICE_CHARS_MAX),
        )
        .default_selection(self.chosen);
        match self.line.as_str() {
            "" => option,
            line => option.description(fit(&line.replace('\n', " "), CHOICE_CHARS_MAX)),
        }
    }
}

impl Form {
    /// As Discord's modal.
    pub fn build(&self) -> CreateModal {
        let rows = self.boxes.iter().map(|blank| CreateActionRow::InputText(blank.build())).collect();
        CreateModal::new(self.id.to_string(), not_empty(&fit(&self.title, FORM_TITLE_CHARS_MAX))).components(rows)
    }
}

impl Blank {
    fn build(&self) -> CreateInputText {
        let style = if self.long { InputTextStyle::Paragraph } else { InputTextStyle::Short };
        let value = fit(&self.value, BOX_CHARS_MAX);
        // What is there already must fit, or the form could not be opened at all.
        let most = (self.chars_max as usize).max(value.encode_utf16().count()).clamp(1, BOX_CHARS_MAX);
        let input = CreateInputText::new(style, not_empty(&fit(&self.label, BOX_LABEL_CHARS_MAX)), &self.key)
            .required(self.needed)
            .max_length(u16::try_from(most).unwrap_or(u16::MAX));
        let input = if value.is_empty() { input } else { input.value(value) };
        match self.hint.as_str() {
            "" => input,
            hint => input.placeholder(fit(hint, BOX_HINT_CHARS_MAX)),
        }
    }
}

/// Discord refuses empty labels; a dash says that there is nothing.
fn not_empty(text: &str) -> String {
    if text.trim().is_empty() { "–".to_owned() } else { text.to_owned() }
}
