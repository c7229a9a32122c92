//! The decision log as a private screen: newest first, a few decisions a page.

use crate::canvas::log::{Entry, Log, details};
use crate::canvas::{Captions, Remark};
use crate::discord::escape::{inline, inline_fit};
use crate::discord::press::{Key, Press};
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Screen};
use crate::path::{Decision, reopening};

/// Decisions on a page.
const ENTRIES_MAX: usize = 3;
/// Lines of one decision, and characters of a line and of what stands below it.
const LINES_MAX: usize = 6;
const LINE_CHARS_MAX: usize = 120;
const DETAIL_CHARS_MAX: usize = 160;
/// Characters of a page; what goes beyond stands in the documents.
const PAGE_CHARS_MAX: usize = 1700;

/// The screen.
#[must_use]
pub fn screen(scene: &Scene<'_>, log: &Log, words: &Captions, page: u16) -> Screen {
    let newest: Vec<&Entry> = log.entries.iter().rev().collect();
    let pages = newest.len().div_ceil(ENTRIES_MAX).max(1);
    let page = usize::from(page) % pages;
    let mut text = Screen::text(format!("**{}**", inline(&log.title)));
    if newest.is_empty() {
        text = text.and(&log.none);
    }
    let here = || newest.iter().skip(page * ENTRIES_MAX).take(ENTRIES_MAX);
    for entry in here() {
        let block = block(scene, entry, words);
        if text.text.chars().count() + block.chars().count() > PAGE_CHARS_MAX {
            text = text.and(&scene.label("log-more"));
            break;
        }
        text = text.and(&block);
    }
    // How things stand now, whichever step of it is on this page.
    let now = here().filter_map(|entry| {
        let about = reopening::decision(scene.board(), entry.decision)?.about;
        scene.board().decision(&entry.ask, about)
    });
    let now: Vec<&Decision> = now.collect();
    let mut buttons = Vec::new();
    if pages > 1 {
        let next = u16::try_from((page + 1) % pages).unwrap_or(0);
        buttons.push(Button::main(Press::Log { page: next }, scene.label("older")));
    }
    let take = Press::Take { form: "log".to_owned(), picture: Key("whole".to_owned()) };
    buttons.push(Button::plain(take, scene.label("form-log")));
    buttons.push(Button::plain(Press::Canvas { page: 0 }, scene.label("canvas")));
    text.menu(super::reopening::menu(scene, &now)).buttons(buttons)
}

fn block(scene: &Scene<'_>, entry: &Entry, words: &Captions) -> String {
    let about = entry.about.as_ref().map(|about| format!(", {about}")).unwrap_or_default();
    let title = inline_fit(&format!("{}{about}", entry.title), LINE_CHARS_MAX);
    let mut lines = vec![format!("**{}. {title}** · {} · {}", entry.nth, inline(&entry.day), inline(&entry.said))];
    if !entry.reason.is_empty() {
        lines.push(format!("> {}", inline_fit(&entry.reason, DETAIL_CHARS_MAX)));
    }
    lines.extend(entry.reopened.iter().map(|again| format!("↻ {}", inline_fit(&again.said, DETAIL_CHARS_MAX))));
    // A partner's house speaks of all that its people agreed to: said once.
    let mut conditions: Vec<String> = Vec::new();
    for said in entry.lines.iter().flat_map(|line| &line.remarks).filter_map(Remark::condition) {
        if !conditions.contains(&said) {
            conditions.push(said);
        }
    }
    lines.extend(conditions.iter().map(|said| inline_fit(said, DETAIL_CHARS_MAX)));
    for line in entry.lines.iter().take(LINES_MAX) {
        lines.push(format!("• {}", inline_fit(&line.text, LINE_CHARS_MAX)));
        // With many lines there is no room for all that was said with each: the documents have it.
        let most = if entry.lines.len() > 2 { 1 } else { 6 };
        let more = details(line, words).into_iter().filter(|more| !conditions.contains(more)).take(most);
        lines.extend(more.map(|more| format!("  ↳ {}", inline_fit(&more, DETAIL_CHARS_MAX))));
    }
    if entry.lines.len() > LINES_MAX {
        let more = (entry.lines.len() - LINES_MAX).to_string();
        lines.push(scene.fill("and-more", &[("count", &more)]));
    }
    lines.join("\n")
}
