//! *Subject to approval by …*: said with an answer, and what a partner's house says to it.

use chrono::NaiveDate;

use crate::discord::escape::{inline, inline_fit};
use crate::discord::limits::CHOICES_MAX;
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Blank, Button, Choice, Form, Look, Menu, Screen};
use crate::path::approval::{self, On};
use crate::path::decide::REMARK_CHARS_MAX;
use crate::path::plan::Ask;
use crate::path::{Approval, ApprovalId};

/// The hour of UTC at which a date is that date for nearly everybody who reads it.
const HOUR_OF_ALL: u32 = 10;
/// The most characters of a day as people type it.
const DAY_CHARS_MAX: u32 = 40;
/// Approvals that are told at once, and characters of a reason.
const SHOWN_MAX: usize = 10;
const REASON_CHARS_MAX: usize = 200;

/// A day as Discord shows it, in each reader's own language.
fn day(date: NaiveDate) -> String {
    let at = date.and_hms_opt(HOUR_OF_ALL, 0, 0).map(|at| at.and_utc().timestamp()).unwrap_or_default();
    format!("<t:{at}:D>")
}

/// The condition that the reader has set on their answers in the open round.
fn mine<'a>(scene: &'a Scene<'_>, ask: &Ask) -> Option<&'a Approval> {
    let (window, me) = (scene.open(&ask.key)?, scene.person()?.id);
    scene.board().approvals.values().find(|one| one.on == On::Answers(window.id) && one.by == Some(me))
}

/// The buttons in a round of a consent: to set a condition, and to take it away.
#[must_use]
pub fn choices(scene: &Scene<'_>, ask: &Ask) -> Vec<Button> {
    if ask.is_secret() {
        return Vec::new();
    }
    let subject = Button::plain(Press::Subject { ask: ask.key.clone() }, scene.label("stands-subject"));
    let back = mine(scene, ask)
        .map(|_| Button::plain(Press::Unsubject { ask: ask.key.clone() }, scene.label("stands-unsubject")));
    std::iter::once(subject).chain(back).collect()
}

/// What the reader has set.
#[must_use]
pub fn set(scene: &Scene<'_>, ask: &Ask) -> String {
    let said = |one: &Approval| format!("↳ {} {}", scene.label("you-said-subject"), day(one.until));
    mine(scene, ask).map(said).unwrap_or_default()
}

pub(super) fn day_box(scene: &Scene<'_>, value: NaiveDate) -> Blank {
    Blank {
        key: "until".to_owned(),
        label: scene.label("until-box"),
        hint: scene.label("until-hint"),
        value: value.to_string(),
        chars_max: DAY_CHARS_MAX,
        long: false,
        needed: true,
    }
}

/// The form for the day: the partner's usual one stands in it.
#[must_use]
pub fn form(scene: &Scene<'_>, ask: &Ask, opening: String) -> Option<Form> {
    let usual = approval::offered(scene.board(), scene.person()?, scene.view().now());
    let day = mine(scene, ask).map_or(usual, |one| one.until);
    let id = Press::SubjectForm { ask: ask.key.clone(), opening }.into();
    Some(Form { id, title: scene.label("stands-subject"), boxes: vec![day_box(scene, day)] })
}

/// The form for another day.
#[must_use]
pub fn until_form(scene: &Scene<'_>, one: &Approval, opening: String) -> Form {
    let id = Press::UntilForm { approval: one.id, opening }.into();
    Form { id, title: scene.label("another-day"), boxes: vec![day_box(scene, one.until)] }
}

/// The form for *Not approved, because…*
#[must_use]
pub fn no_form(scene: &Scene<'_>, id: ApprovalId, opening: String) -> Form {
    let blank = Blank {
        key: "reason".to_owned(),
        label: scene.label("not-approved-box"),
        hint: scene.label("not-approved-hint"),
        value: String::new(),
        chars_max: REMARK_CHARS_MAX,
        long: true,
        needed: true,
    };
    let id = Press::NotApprovedForm { approval: id, opening }.into();
    Form { id, title: scene.label("say-not-approved"), boxes: vec![blank] }
}

/// What an approval is about: the ask's title, and for a card what it says.
#[must_use]
pub fn what(scene: &Scene<'_>, one: &Approval) -> String {
    approval::ask(scene.board(), one).map(|ask| scene.words().ask(&ask.key).title).unwrap_or_default()
}

/// *City: subject to approval by 24 April*, or what became of it.
#[must_use]
pub fn standing(scene: &Scene<'_>, one: &Approval) -> String {
    let partner = inline(&scene.partner(one.partner));
    let said = match &one.verdict {
        Some(said) if said.yes => scene.label("is-approved"),
        Some(said) => format!("{} {}", scene.label("is-not-approved"), inline_fit(&said.reason, REASON_CHARS_MAX)),
        None if one.told.is_some() => format!("{} {}", scene.label("is-late"), day(one.until)),
        None => format!("{} {}", scene.label("is-subject"), day(one.until)),
    };
    let behalf = one.verdict.as_ref().is_some_and(|said| said.behalf);
    let behalf = if behalf { format!(" {}", scene.label("told-by-host")) } else { String::new() };
    format!("**{partner}**: {said}{behalf}")
}

/// The buttons with which a house says what it thinks; one who may only move the day has only that.
#[must_use]
pub fn buttons(scene: &Scene<'_>, one: &Approval) -> Vec<Button> {
    let approval = one.id;
    let mut buttons = vec![
        Button::plain(Press::Approved { approval }, scene.label("say-approved")).look(Look::Yes),
        Button::plain(Press::NotApproved { approval }, scene.label("say-not-approved")),
    ];
    if one.verdict.is_none() {
        buttons.push(Button::plain(Press::Until { approval }, scene.label("another-day")));
    }
    buttons
}

/// What waits and the reader may say something about: their own house's; for hosts, everybody's.
fn waiting<'a>(scene: &'a Scene<'_>) -> Vec<&'a Approval> {
    let Some(person) = scene.person().filter(|person| person.takes_part()) else { return Vec::new() };
    let mut all = approval::waiting(scene.board(), None);
    all.retain(|one| approval::may_say(person, one).is_some() || one.by == Some(person.id));
    all
}

fn menu(scene: &Scene<'_>, all: &[&Approval]) -> Menu {
    let choice = |one: &&Approval| {
        let title = format!("{}: {}", scene.partner(one.partner), what(scene, one));
        Choice::new(one.id, title).line(scene.fill_plain("by-day", &[("date", &one.until.to_string())]))
    };
    Menu::one(Press::Approval, scene.label("pick-approval"), all.iter().take(CHOICES_MAX).map(choice).collect())
}

/// *What waits for me*, with the approvals of the reader's own house. Hosts have everybody's at their desk.
#[must_use]
pub fn with(scene: &Scene<'_>, screen: Screen) -> Screen {
    let mine = scene.person().map(|person| person.partner);
    let own: Vec<&Approval> = waiting(scene).into_iter().filter(|one| Some(one.partner) == mine).collect();
    if own.is_empty() {
        return screen;
    }
    screen.and(&scene.label("approvals-wait")).menu(menu(scene, &own))
}

/// The way to all approvals that wait, at the desk.
#[must_use]
pub fn button(scene: &Scene<'_>) -> Option<Button> {
    let count = waiting(scene).len();
    let label = scene.fill_plain("approvals", &[("count", &count.to_string())]);
    (scene.is_host() && count > 0).then(|| Button::plain(Press::Approvals, label))
}

/// All that waits and the reader may say something about.
#[must_use]
pub fn all(scene: &Scene<'_>, top: &str) -> Screen {
    let all = waiting(scene);
    let line = |one: &&Approval| format!("• {} · {}", what(scene, one), standing(scene, one));
    let lines = all.iter().take(SHOWN_MAX).map(line).collect::<Vec<_>>().join("\n");
    let text = if all.is_empty() { scene.label("no-approvals") } else { lines };
    let back = vec![Button::plain(Press::Me, scene.label("what-waits"))];
    Screen::text(top).and(&text).menu(menu(scene, &all)).buttons(back)
}

/// One approval, with what the reader may say.
#[must_use]
pub fn screen(scene: &Scene<'_>, id: ApprovalId, top: &str) -> Screen {
    let Some(one) = scene.board().approvals.get(&id) else { return all(scene, top) };
    let may =
        scene.person().is_some_and(|person| approval::may_say(person, one).is_some() || one.by == Some(person.id));
    let mut shown = if may { buttons(scene, one) } else { Vec::new() };
    shown.push(Button::plain(Press::Me, scene.label("what-waits")));
    let title = format!("**{}**", what(scene, one));
    Screen::text(top).and(&format!("{title}\n{}", standing(scene, one))).buttons(shown)
}
