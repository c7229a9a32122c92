//! Help: how it goes, and every command, from the same list that registers and dispatches them.

use crate::discord::commands::Command;
use crate::discord::press::Press;
use crate::discord::screen::{Button, Screen};
use crate::prompts::Words;

/// Characters of commands on one page.
const PAGE_CHARS: usize = 1400;

/// One page: first how it goes, then the commands.
#[must_use]
pub fn screen(words: &Words, commands: &[Command], page: u16) -> Screen {
    let mut pages = vec![words.label("help-text").to_owned()];
    let mut current = String::new();
    for line in commands.iter().flat_map(Command::lines) {
        if current.chars().count() + line.chars().count() > PAGE_CHARS {
            pages.push(std::mem::take(&mut current));
        }
        current.push_str(&line);
        current.push('\n');
    }
    pages.push(current);
    let at = usize::from(page) % pages.len();
    let next = u16::try_from((at + 1) % pages.len()).unwrap_or(0);
    let label = if at + 1 == pages.len() { "help-start" } else { "help-commands" };
    Screen::text(pages[at].clone()).buttons(vec![
        Button::plain(Press::Help { page: next }, words.label(label)),
        Button::plain(Press::Me, words.label("what-waits")),
    ])
}
