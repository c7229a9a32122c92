//! What comes next: the step that was not begun yet, and when it can begin.

use chrono::{DateTime, Utc};

use crate::discord::scene::Scene;
use crate::path::Said;
use crate::path::plan::Sitting;

/// The first sitting of which nothing was opened yet.
pub(super) fn next<'a>(scene: &'a Scene<'_>) -> Option<&'a Sitting> {
    let board = scene.board();
    let begun = |sitting: &Sitting| sitting.asks.iter().any(|ask| board.window_of(&ask.key).is_some());
    board.plan.sittings().map(|(_, sitting)| sitting).find(|sitting| !begun(sitting))
}

/// When the last of what is open now ends; none while nothing is open.
pub(super) fn ends(scene: &Scene<'_>) -> Option<DateTime<Utc>> {
    scene.board().windows.values().filter(|window| window.is_open()).map(|window| window.ends).max()
}

/// What comes next and when, in a line.
pub(super) fn line(scene: &Scene<'_>) -> String {
    let ends = ends(scene).map(|ends| ends.timestamp());
    let said = match (next(scene), ends) {
        (Some(next), Some(ends)) => named(next, "next-after").with("ends_s", ends),
        (Some(next), None) => named(next, "next-soon"),
        (None, Some(ends)) => Said::new("next-last").with("ends_s", ends),
        (None, None) => Said::new("next-nothing"),
    };
    scene.say(&said)
}

fn named(sitting: &Sitting, key: &str) -> Said {
    Said::new(key).with("sitting", &sitting.key).with("minutes", sitting.minutes).with("days", sitting.days)
}
