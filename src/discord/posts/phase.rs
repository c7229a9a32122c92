//! A phase's close: told by the post of what closed last in it.

use chrono::{DateTime, TimeDelta, Utc};

use super::{canvas, round, sitting};
use crate::discord::scene::Scene;
use crate::discord::screen::Screen;
use crate::path::plan::{Ask, Phase};
use crate::path::{Said, Spot, Version, Window};

/// So long a post may be edited to tell something new; later that gets a post of its own, because nobody
/// reads again what was posted days ago.
pub(super) const SAME_BREATH: TimeDelta = TimeDelta::days(1);

/// The post that tells a phase's close: its message, and how it reads then; none if it is too old or not there.
#[must_use]
pub fn phase_on(scene: &Scene<'_>, key: &str) -> Option<(u64, Screen)> {
    let phase = scene.board().plan.phase(key)?;
    let (at, message, screen) = results(scene, phase).max_by_key(|(at, message, _)| (*at, *message))?;
    (scene.view().now() - at <= SAME_BREATH).then(|| Some((message, screen?)))?
}

/// The posts of a phase's results: when each closed, its message, its words.
fn results<'a>(
    scene: &'a Scene<'_>,
    phase: &'a Phase,
) -> impl Iterator<Item = (DateTime<Utc>, u64, Option<Screen>)> + 'a {
    let board = scene.board();
    let of_sittings = phase.sittings.iter().filter_map(move |found| {
        let message = board.rooms.get(&Spot::Talk(found.key.clone()))?.0;
        let windows = closed(scene, &found.asks).filter(|window| !window.alone);
        let at = windows.filter_map(|window| window.closed).max()?;
        Some((at, message, sitting::closes(scene, &found.key)))
    });
    let asks = phase.sittings.iter().flat_map(|sitting| &sitting.asks);
    let of_rounds = asks.filter_map(move |ask| board.window_of(&ask.key)).filter_map(move |window| {
        let message = board.rooms.get(&Spot::Round(window.id))?.0;
        let screen = round::round(scene, &round::beside(scene, message, window.id));
        let told = done(scene, &phase.key, window.closed?);
        Some((window.closed?, message, Some(screen.and(&told.unwrap_or_default()))))
    });
    of_sittings.chain(of_rounds)
}

fn closed<'a>(scene: &'a Scene<'_>, asks: &'a [Ask]) -> impl Iterator<Item = &'a Window> {
    asks.iter().filter_map(|ask| scene.board().window_of(&ask.key)).filter(|window| !window.is_open())
}

/// *… is done*, if the phase has closed since this moment; the last phase publishes a version.
pub(super) fn done(scene: &Scene<'_>, phase: &str, since: DateTime<Utc>) -> Option<String> {
    let plan = &scene.board().plan;
    let last = plan.phases.last().is_some_and(|last| last.key == phase);
    let of_phase = |version: &&Version| version.label == phase && version.nth.is_some() == last;
    let version = scene.board().versions.iter().rev().find(of_phase).filter(|version| version.at >= since)?;
    Some(words(scene, phase, version.nth))
}

fn words(scene: &Scene<'_>, phase: &str, nth: Option<u16>) -> String {
    let closed = scene.say(&Said::new("post-phase-closed").with("phase", phase));
    match nth {
        Some(nth) => format!("{closed}\n{}", scene.say(&Said::new("post-published").with("nth", nth))),
        None => closed,
    }
}

/// A post of its own, where the phase's last result is long since posted.
#[must_use]
pub fn phase_closed(scene: &Scene<'_>, phase: &str) -> Screen {
    let since = scene.board().partnership.founded;
    let told = done(scene, phase, since).unwrap_or_else(|| words(scene, phase, None));
    Screen::text(told).buttons(vec![canvas(scene)])
}
