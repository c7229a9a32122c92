//! Setting up: what the bot may do here, what is missing and how to give it, and the first form.

use crate::discord::permissions::{NEEDS, invite, missing};
use crate::discord::press::Press;
use crate::discord::screen::{Blank, Button, Form, Screen};
use crate::path::decide::{ISSUE_CHARS_MAX, NAME_CHARS_MAX};
use crate::prompts::Words;

/// The keys of the form's boxes.
pub const BOXES: [&str; 5] = ["name", "issue", "host", "partner", "zone"];

/// The check, and *Set up* when all is well.
#[must_use]
pub fn check(words: &Words, bits: u64, application: u64, taken: bool) -> Screen {
    let missing = missing(bits);
    let lines = NEEDS.iter().map(|need| {
        let lacks = missing.iter().any(|lack| lack.bit == need.bit);
        let sign = if lacks { "✗" } else { "✓" };
        format!("{sign} **{}** – {}", need.name, words.label(need.why))
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    let again = Button::plain(Press::Probe, words.label("check-again"));
    let head = Screen::text(words.label("setup-head")).and(&lines);
    if !missing.is_empty() {
        let fix = format!("{}\n<{}>", words.label("setup-fix"), invite(application));
        return head.and(&fix).buttons(vec![again]);
    }
    if taken {
        return head
            .and(words.label("setup-taken"))
            .buttons(vec![Button::main(Press::Desk, words.label("desk")), again]);
    }
    head.and(words.label("setup-ready")).buttons(vec![Button::main(Press::Setup, words.label("set-up")), again])
}

/// The form.
#[must_use]
pub fn form(words: &Words, host: &str, filled: &[String], opening: String) -> Form {
    let boxes = BOXES.iter().enumerate().map(|(nth, key)| {
        let guess = if *key == "host" { host } else { "" };
        Blank {
            key: (*key).to_owned(),
            label: words.label(&format!("setup-{key}")).to_owned(),
            hint: words.label(&format!("setup-{key}-hint")).to_owned(),
            value: filled.get(nth).cloned().unwrap_or_else(|| guess.to_owned()),
            chars_max: if *key == "issue" { ISSUE_CHARS_MAX } else { NAME_CHARS_MAX },
            long: *key == "issue",
            needed: true,
        }
    });
    Form { id: Press::SetupForm { opening }.into(), title: words.label("set-up").to_owned(), boxes: boxes.collect() }
}
