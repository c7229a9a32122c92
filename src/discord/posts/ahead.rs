//! What comes next: the step that was not begun yet, and when it can begin.

use chrono::{DateTime, Utc};

use crate::discord::scene::Scene;
use crate::path::plan::Sitting;
use crate::path::{Said, Window, coming, timing};

/// The sitting that comes next.
pub(super) fn next<'a>(scene: &'a Scene<'_>) -> Option<&'a Sitting> {
    coming::next(scene.board())
}

/// When the last of what is open now ends; none while nothing is open. Where the Path goes by itself, it does not wait
/// for what was opened alone.
fn ends(scene: &Scene<'_>) -> Option<DateTime<Utc>> {
    let board = scene.board();
    let goes_on = board.timetable.by_itself && coming::is_begun(board);
    let open = board.windows.values().filter(|window| window.is_open() && !(goes_on && window.alone));
    open.map(|window| window.ends).max()
}

/// Whether something further has opened since a sitting closed: then its own post says what it is.
#[must_use]
pub(super) fn has_gone_on(scene: &Scene<'_>, since: DateTime<Utc>) -> bool {
    let (board, plan) = (scene.board(), &scene.board().plan);
    let on_the_road = |window: &&Window| !window.alone && plan.poll(&window.ask).is_none();
    board.windows.values().filter(on_the_road).any(|window| window.opens >= since)
}

/// What comes next and when, in a line.
#[must_use]
pub fn line(scene: &Scene<'_>) -> String {
    if let Some(coming) = coming::coming(scene.board()).filter(|coming| coming.lacks.is_empty())
        && let Some(sitting) = coming.sitting
    {
        return scene.say(&named(scene, sitting, "next-opens").with("at_s", coming.at.timestamp()));
    }
    let ends = ends(scene).map(|ends| ends.timestamp());
    let by_itself = follows(scene);
    let said = match (next(scene), ends) {
        (Some(next), Some(_)) if by_itself => named(scene, next, "next-morning"),
        (Some(next), Some(ends)) => named(scene, next, "next-after").with("ends_s", ends),
        (Some(next), None) => named(scene, next, "next-soon"),
        (None, Some(ends)) => Said::new("next-last").with("ends_s", ends),
        (None, None) => Said::new("next-nothing"),
    };
    scene.say(&said)
}

/// Whether what comes next follows by itself on the sitting that is open now, and on no day of its own.
fn follows(scene: &Scene<'_>) -> bool {
    let board = scene.board();
    let has_day = next(scene).is_some_and(|next| board.timetable.dates.contains_key(&next.key));
    board.timetable.by_itself
        && coming::is_begun(board)
        && !has_day
        && timing::batches(board).iter().any(|batch| !batch.alone)
}

fn named(scene: &Scene<'_>, sitting: &Sitting, key: &str) -> Said {
    let days = scene.board().days(sitting);
    Said::new(key).with("sitting", &sitting.key).with("minutes", sitting.minutes).with("days", days)
}
