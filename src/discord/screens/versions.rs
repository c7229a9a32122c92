//! Snapshots and versions of the canvas: looked at one by one, or two of them beside each other.

use crate::canvas::{Canvas, Changed, Comparison, Different, Told};
use crate::discord::escape::{inline, inline_fit, length};
use crate::discord::press::Press;
use crate::discord::scene::{Scene, time};
use crate::discord::screen::{Button, Choice, Menu, Screen};
use crate::discord::screens::{canvas, paged};
use crate::path::Version;

/// What stands in a menu for the canvas of today.
pub const TODAY: &str = "today";
/// Characters of a comparison.
const TOLD_CHARS_MAX: usize = 1700;
/// Characters of one line of it.
const LINE_CHARS_MAX: usize = 140;

/// All that there are, newest first: a page of them.
#[must_use]
pub fn screen(scene: &Scene<'_>, page: usize, top: &str) -> Screen {
    let is_empty = scene.board().versions.is_empty();
    let head = scene.label(if is_empty { "no-versions" } else { "versions-head" });
    let screen = Screen::text(top).and(&head).buttons(ways(scene));
    if is_empty {
        return screen;
    }
    let here = paged::page(scene, choices(scene), page);
    let turns = |choice: &Choice| paged::turned(&choice.value).is_some();
    let two = std::iter::once(today(scene)).chain(here.iter().filter(|choice| !turns(choice)).cloned()).collect();
    let compare = Menu { min: 2, max: 2, ..Menu::one(Press::Compare, scene.label("pick-two"), two) };
    screen.menu(Menu::one(Press::Version, scene.label("pick-version"), here)).menu(compare)
}

fn ways(scene: &Scene<'_>) -> Vec<Button> {
    vec![
        Button::plain(Press::Canvas { page: 0 }, scene.label("canvas")),
        Button::plain(Press::Me, scene.label("what-waits")),
    ]
}

fn today(scene: &Scene<'_>) -> Choice {
    Choice::new(TODAY, scene.label("today"))
}

fn choices(scene: &Scene<'_>) -> Vec<Choice> {
    let day = |version: &Version| scene.view().local(version.at).date_naive().to_string();
    let newest = scene.board().versions.iter().rev();
    newest.map(|version| Choice::new(version.id, name(scene, version)).line(day(version))).collect()
}

/// What a version is called: its number and what it is for, or the phase that it closed.
fn name(scene: &Scene<'_>, version: &Version) -> String {
    let phase = scene.board().plan.phase(&version.label).map(|phase| scene.words().phase(&phase.key).title);
    let label = phase.unwrap_or_else(|| version.label.clone());
    let called = match version.nth {
        Some(nth) => scene.fill_plain("version-nth", &[("nth", &nth.to_string())]),
        None => scene.label("snapshot"),
    };
    if label.trim().is_empty() { called } else { format!("{called}: {label}") }
}

/// One of them, in words; below it a page of the others, to lay beside it.
#[must_use]
pub fn one(scene: &Scene<'_>, version: &Version, drawn: &Canvas, page: usize) -> Screen {
    let head = format!("**{}** · {}", inline_fit(&name(scene, version), 120), time(version.at));
    let screen = Screen::text(head).and(&canvas::first_page(scene, drawn));
    let others = choices(scene).into_iter().filter(|choice| choice.value != version.id.to_string());
    let others = paged::page(scene, std::iter::once(today(scene)).chain(others).collect(), page);
    let beside = Menu::one(Press::Beside { version: version.id }, scene.label("pick-beside"), others);
    let back = Button::plain(Press::Versions, scene.label("versions"));
    screen.menu(beside).buttons(std::iter::once(back).chain(ways(scene)).collect())
}

/// Two of them beside each other: what came, what went, what changed.
#[must_use]
pub fn compared(scene: &Scene<'_>, comparison: &Comparison) -> Screen {
    let [came, went, changed] = [comparison.came, comparison.went, comparison.changed].map(|count| count.to_string());
    let head = if comparison.is_nothing() {
        scene.label("compared-same")
    } else {
        scene.fill("compared", &[("came", &came), ("went", &went), ("changed", &changed)])
    };
    let between = format!("{} → {}", time(comparison.old.at.to_utc()), time(comparison.new.at.to_utc()));
    let mut text = format!("{head}\n{between}");
    let lines: Vec<String> = comparison.parts.iter().flat_map(|part| lines(scene, part)).collect();
    for (nth, line) in lines.iter().enumerate() {
        if length(&text) + length(line) > TOLD_CHARS_MAX {
            let more = (lines.len() - nth).to_string();
            text.push('\n');
            text.push_str(&scene.fill("and-more", &[("count", &more)]));
            break;
        }
        text.push('\n');
        text.push_str(line);
    }
    screen(scene, 0, &text)
}

fn lines(scene: &Scene<'_>, part: &Different) -> Vec<String> {
    let said = |key: &str, text: &str| format!("• {}: {}", scene.label(key), inline_fit(text, LINE_CHARS_MAX));
    let told = |key: &'static str| move |line: &Told| said(key, &line.text);
    let changed = |line: &Changed| {
        let before = inline_fit(&line.before.join(" / "), LINE_CHARS_MAX);
        format!("• {}: {before} → {}", scene.label("compared-changed"), inline_fit(&line.after, LINE_CHARS_MAX))
    };
    let mut lines = vec![format!("**{}**", inline(&part.title))];
    lines.extend(part.came.iter().map(told("compared-came")));
    lines.extend(part.changed.iter().map(changed));
    lines.extend(part.went.iter().map(told("compared-went")));
    lines
}
