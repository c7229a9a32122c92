//! Asking to open a settled choice again: the button, which of several, the form, and what is known of others.

use crate::discord::escape::inline_fit;
use crate::discord::limits::CHOICES_MAX;
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Blank, Button, Choice, Form, Menu, Screen};
use crate::path::decide::REMARK_CHARS_MAX;
use crate::path::plan::Ask;
use crate::path::reopening::{self, PARTNERS_NEEDED};
use crate::path::{Decision, DecisionId, Person, Plea};

/// Characters of a reason among other lines.
const REASON_CHARS_MAX: usize = 200;
/// Pleas that are shown at once.
const SHOWN_MAX: usize = 4;

/// Whether the reader may ask for it: those who take part.
fn may_ask(scene: &Scene<'_>) -> bool {
    scene.person().is_some_and(Person::takes_part)
}

/// The reader's own plea for a choice, while it waits.
fn mine<'a>(scene: &'a Scene<'_>, decision: DecisionId) -> Option<&'a Plea> {
    let me = scene.person()?.id;
    let all = scene.board().pleas.values();
    all.into_iter().find(|plea| plea.opened.is_none() && plea.decision == decision && plea.by == Some(me))
}

/// *Ask to open this again…* and *Take back that I asked*, on the screen of a closed ask.
#[must_use]
pub fn buttons(scene: &Scene<'_>, ask: &Ask) -> Vec<Button> {
    let askable = reopening::askable(scene.board(), &ask.key);
    if askable.is_empty() || !may_ask(scene) {
        return Vec::new();
    }
    let asks = Button::plain(Press::Again { ask: ask.key.clone() }, scene.label("ask-again"));
    let backs = askable.into_iter().filter(|decision| mine(scene, decision.id).is_some()).take(2);
    std::iter::once(asks).chain(backs.map(|decision| back(scene, decision))).collect()
}

fn back(scene: &Scene<'_>, decision: &Decision) -> Button {
    Button::plain(
        Press::NotAgain { decision: decision.id },
        scene.fill_plain("not-again", &[("what", &what(scene, decision))]),
    )
}

/// What a decision is about, in a few words.
fn what(scene: &Scene<'_>, decision: &Decision) -> String {
    let title = scene.words().ask(&decision.ask).title;
    decision.about.map_or(title.clone(), |about| format!("{title}, {}", scene.partner(about)))
}

/// Among these decisions, a menu of those that may be opened again; empty where there is none.
#[must_use]
pub fn menu(scene: &Scene<'_>, among: &[&Decision]) -> Menu {
    let mut seen: Vec<DecisionId> = Vec::new();
    let choices =
        among.iter().filter(|_| may_ask(scene)).filter(|decision| reopening::is_askable(scene.board(), decision));
    let choices = choices.filter(|decision| {
        let new = !seen.contains(&decision.id);
        seen.push(decision.id);
        new
    });
    let choices = choices.take(CHOICES_MAX).map(|decision| Choice::new(decision.id, what(scene, decision)));
    Menu::one(Press::AgainThis, scene.label("ask-again"), choices.collect())
}

/// Which of several choices of an ask is meant: one for each partner.
#[must_use]
pub fn which(scene: &Scene<'_>, ask: &Ask) -> Screen {
    let askable = reopening::askable(scene.board(), &ask.key);
    let back = Button::plain(Press::Ask { ask: ask.key.clone() }, scene.label("back"));
    Screen::text(scene.label("again-how")).menu(menu(scene, &askable)).buttons(vec![back])
}

/// The form for the reason.
#[must_use]
pub fn form(scene: &Scene<'_>, decision: &Decision, opening: String) -> Form {
    Form {
        id: Press::AgainForm { decision: decision.id, opening }.into(),
        title: scene.label("ask-again"),
        boxes: vec![Blank {
            key: "reason".to_owned(),
            label: scene.label("again-box"),
            hint: scene.label("again-hint"),
            value: mine(scene, decision.id).map(|plea| plea.reason.clone()).unwrap_or_default(),
            chars_max: REMARK_CHARS_MAX,
            long: true,
            needed: true,
        }],
    }
}

/// After asking: what is known, and the way back.
#[must_use]
pub fn screen(scene: &Scene<'_>, id: DecisionId, top: &str) -> Screen {
    let mut buttons = vec![Button::plain(Press::Log { page: 0 }, scene.label("decision-log"))];
    let decision = reopening::decision(scene.board(), id);
    if let Some(decision) = decision {
        buttons
            .insert(0, Button::plain(Press::Ask { ask: decision.ask.clone() }, scene.words().ask(&decision.ask).title));
        buttons.extend(mine(scene, id).map(|_| back(scene, decision)));
    }
    let known = decision.map(|decision| asked(scene, &decision.ask)).unwrap_or_default();
    Screen::text(top).and(&known).buttons(buttons)
}

/// The pleas that wait, for one ask or all: by name and with the reason where the reader may know them.
fn waiting<'a>(scene: &'a Scene<'_>, ask: Option<&str>) -> Vec<(&'a Decision, &'a Plea)> {
    let pleas = scene.board().pleas.values().filter(|plea| plea.opened.is_none());
    let found = pleas.filter_map(|plea| Some((reopening::decision(scene.board(), plea.decision)?, plea)));
    found.filter(|(decision, _)| ask.is_none_or(|ask| decision.ask == ask)).collect()
}

fn line(scene: &Scene<'_>, decision: &Decision, plea: &Plea) -> String {
    let what = what(scene, decision);
    let of_it = |other: &&Plea| other.opened.is_none() && other.decision == decision.id;
    let are_enough = scene.board().pleas.values().filter(of_it).count() >= PARTNERS_NEEDED;
    match plea.by {
        Some(by) => {
            let partner = scene.board().people.get(&by).map(|by| scene.partner(by.partner)).unwrap_or_default();
            let gaps = [("what", what.as_str()), ("name", &scene.name(by)), ("partner", &partner)];
            format!("• {}\n> {}", scene.fill("asked-again-by", &gaps), inline_fit(&plea.reason, REASON_CHARS_MAX))
        }
        None if are_enough => format!("• {}", scene.fill("asked-again-in-pause", &[("what", &what)])),
        None => format!("• {}", scene.fill("asked-again", &[("what", &what)])),
    }
}

fn lines(scene: &Scene<'_>, ask: Option<&str>) -> String {
    let mut lines: Vec<String> =
        waiting(scene, ask).into_iter().map(|(decision, plea)| line(scene, decision, plea)).collect();
    // Two who are not named read alike.
    lines.dedup();
    lines.truncate(SHOWN_MAX);
    lines.join("\n")
}

/// Who asks to open an ask again, as far as the reader may know.
#[must_use]
pub fn asked(scene: &Scene<'_>, ask: &str) -> String {
    lines(scene, Some(ask))
}

/// Who asks to open anything again: for hosts by name, for everybody that it is so.
#[must_use]
pub fn all(scene: &Scene<'_>) -> String {
    lines(scene, None)
}
