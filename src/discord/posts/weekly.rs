//! The weekly line: where the Path is, how many have given, and what came out in the last seven days.

use chrono::{NaiveDate, TimeDelta};

use super::{canvas, turnout};
use crate::discord::escape::{fit, inline};
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Screen};
use crate::path::{Decision, Said, Window, weekly};

/// Open sittings and results that are told.
const OPEN_MAX: usize = 3;
const RESULTS_MAX: usize = 4;
/// Characters of one result.
const RESULT_CHARS_MAX: usize = 140;

/// The post; none if its week is over, or there is nothing to tell any more.
pub(super) fn screen(scene: &Scene<'_>, monday: NaiveDate) -> Option<Screen> {
    let (board, now) = (scene.board(), scene.view().now());
    let is_due = board.timetable.weekly.is_some() && weekly::is_told(board) && weekly::monday(board, now) == monday;
    if !is_due {
        return None;
    }
    let open: Vec<String> = open(scene).into_iter().take(OPEN_MAX).collect();
    let open = if open.is_empty() { scene.label("weekly-nothing-open") } else { open.join("\n") };
    let since = now - TimeDelta::days(7);
    let fresh = board.decisions.iter().filter(|decision| decision.at > since && !decision.cards.is_empty());
    let results: Vec<String> = fresh.rev().take(RESULTS_MAX).map(|decision| result(scene, decision)).collect();
    let mut screen = Screen::text(scene.label("weekly-head")).and(&open);
    if !results.is_empty() {
        screen = screen.and(&format!("{}\n{}", scene.label("weekly-results"), results.join("\n")));
    }
    let me = Button::plain(Press::Me, scene.label("what-waits"));
    Some(screen.buttons(vec![me, canvas(scene)]))
}

/// One line for each sitting of which something is open.
fn open(scene: &Scene<'_>) -> Vec<String> {
    let plan = &scene.board().plan;
    let mut lines = Vec::new();
    for (phase, sitting) in plan.sittings() {
        let windows: Vec<&Window> = sitting.asks.iter().filter_map(|ask| scene.open(&ask.key)).collect();
        let Some(ends) = windows.iter().map(|window| window.ends).max() else { continue };
        let (have, of) = turnout::of(scene, windows.into_iter()).unwrap_or_default();
        let said = Said::new("weekly-line").with("have", have).with("of", of).with("ends_s", ends.timestamp());
        let title = scene.words().phase(&phase.key).title;
        lines.push(format!("**{}** · {}", inline(&title), scene.say(&said.with("sitting", &sitting.key))));
    }
    lines
}

fn result(scene: &Scene<'_>, decision: &Decision) -> String {
    let cards = decision.cards.iter().filter_map(|id| scene.board().cards.get(id));
    let kept: Vec<String> = cards.map(|card| scene.headline(card)).collect();
    let about = decision.about.map(|partner| format!(" ({})", scene.partner(partner))).unwrap_or_default();
    let line = format!("{}{about}: {}", scene.words().ask(&decision.ask).title, kept.join(" · "));
    format!("• {}", inline(&fit(&line, RESULT_CHARS_MAX)))
}
