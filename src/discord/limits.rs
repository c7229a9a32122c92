//! Discord's numbers, named, each with the page of Discord's documentation that states it.
//!
//! Where a number of ours must fit into one of theirs, the compiler checks it here.

use crate::path::plan::LIST_MAX;

/// Characters of a message (`resources/message`, *Create Message*).
pub const MESSAGE_CHARS_MAX: usize = 2000;
/// Files of a message (`opcodes-and-status-codes`, 30015).
pub const FILES_MAX: usize = 10;
/// Bytes of one file where a server has no boosts (`reference`, *Uploading Files*).
pub const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Characters of what is said of a file to someone who cannot see it (`resources/message`, *Attachment*).
pub const ALT_CHARS_MAX: usize = 1024;
/// Characters of a custom id (`components/reference`, *Custom ID*).
pub const CUSTOM_ID_CHARS_MAX: usize = 100;
/// Rows of a message (`components/reference`, *Action Row*).
pub const ROWS_MAX: usize = 5;
/// Buttons in a row (`components/reference`, *Action Row*).
pub const BUTTONS_IN_ROW_MAX: usize = 5;
/// Characters of a button's label (`components/reference`, *Button*).
pub const BUTTON_CHARS_MAX: usize = 80;
/// Options of a select (`components/reference`, *String Select*).
pub const CHOICES_MAX: usize = 25;
/// Characters of a select option's label, value and description (`components/reference`).
pub const CHOICE_CHARS_MAX: usize = 100;
/// Characters of a select's placeholder (`components/reference`, *String Select*).
pub const PLACEHOLDER_CHARS_MAX: usize = 150;
/// Characters of a modal's title (`interactions/receiving-and-responding`, *Modal*).
pub const FORM_TITLE_CHARS_MAX: usize = 45;
/// Characters of a text input's label (`components/reference`, *Text Input*).
pub const BOX_LABEL_CHARS_MAX: usize = 45;
/// Characters of a text input's placeholder (`components/reference`, *Text Input*).
pub const BOX_HINT_CHARS_MAX: usize = 100;
/// Characters of a text input's value (`components/reference`, *Text Input*).
pub const BOX_CHARS_MAX: usize = 4000;
/// The same, as the builders want it.
pub const BOX_CHARS_MOST: u16 = 4000;
/// Text inputs in a modal, each in a row of its own (`interactions/receiving-and-responding`).
pub const BOXES_MAX: usize = 5;
/// Characters of a command's or option's description (`interactions/application-commands`).
pub const DESCRIPTION_CHARS_MAX: usize = 100;
/// Characters of a command's or option's name (`interactions/application-commands`).
pub const COMMAND_NAME_CHARS_MAX: usize = 32;
/// Options of a command, and subcommands of a command (`interactions/application-commands`).
pub const OPTIONS_MAX: usize = 25;
/// Characters of a whole command: names, descriptions and values (`interactions/application-commands`).
pub const COMMAND_CHARS_MAX: usize = 8000;
/// Slash commands of an application (`interactions/application-commands`).
pub const COMMANDS_MAX: usize = 100;
/// Suggestions of an autocompletion (`interactions/receiving-and-responding`).
pub const SUGGESTIONS_MAX: usize = 25;
/// Characters of a nonce (`resources/message`, *Create Message*).
pub const NONCE_CHARS_MAX: usize = 25;
/// Characters of a thread's name (`resources/channel`).
pub const THREAD_NAME_CHARS_MAX: usize = 100;
/// Minutes after which a quiet thread is archived: the longest of the four that are allowed
/// (`resources/channel`, *Thread Metadata*).
pub const ARCHIVE_MINUTES: u32 = 10_080;
/// Accounts that one message may mention by name (`resources/message`, *Allowed Mentions*).
pub const MENTIONS_MAX: usize = 100;
/// Seconds until the first answer to an interaction is due (`interactions/receiving-and-responding`).
pub const ANSWER_SECONDS_MAX: u64 = 3;
/// Requests a second for the whole bot, interaction endpoints excepted (`topics/rate-limits`).
pub const REQUESTS_PER_SECOND_MAX: u32 = 50;

/// Boxes we put into one form: a phone may lose a long form that is left.
pub const BOXES_OURS: usize = 3;
/// Requests a second that we allow ourselves.
pub const REQUESTS_PER_SECOND_OURS: u32 = 40;
/// Choices we offer in a menu that has further pages: one place is left for *More…*.
pub const CHOICES_PAGED: usize = CHOICES_MAX - 1;

const _: () = assert!(LIST_MAX as usize <= CHOICES_MAX, "a plan's list must fit into one menu");
const _: () = assert!(BOX_CHARS_MOST as usize == BOX_CHARS_MAX, "one number, two types");
const _: () = assert!(BOXES_OURS <= BOXES_MAX, "a form's page must fit");
const _: () = assert!(REQUESTS_PER_SECOND_OURS < REQUESTS_PER_SECOND_MAX, "stay below Discord's own bound");
