//! The pinned board: what the partnership is about, where the Path is, what one can do.

use super::{ahead, canvas, turnout};
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Screen};
use crate::discord::screens::reopening;
use crate::path::plan::{Phase, Sitting};
use crate::path::{Said, Window};

/// The pinned post.
pub(super) fn screen(scene: &Scene<'_>) -> Screen {
    let board = scene.board();
    let issue = board.issue().map(|card| board.words_of(card)).unwrap_or_default();
    let head = Said::new("board-head").with("name", &board.partnership.name).with("issue", issue);
    let phases: Vec<String> = board.plan.phases.iter().map(|phase| strip(scene, phase)).collect();
    let mut screen = Screen::text(scene.say(&head)).and(&phases.join(" · "));
    let sittings = board.plan.sittings().map(|(_, sitting)| sitting);
    let now: Vec<String> = sittings.flat_map(|sitting| where_it_is(scene, sitting)).collect();
    if let Some(pause) = board.timetable.pause {
        screen = screen.and(&scene.say(&Said::new("board-paused").with("until_s", pause.until.timestamp())));
    }
    if now.is_empty() {
        screen = screen.and(&scene.say(&Said::new("board-rest")));
    }
    screen = screen.and(&now.join("\n")).and(&reopening::all(scene)).and(&ahead::line(scene));
    let hosts: Vec<String> = board.counting().filter(|person| person.host).map(|person| person.name.clone()).collect();
    screen = screen.and(&scene.fill("board-hosts", &[("names", &hosts.join(", "))]));
    screen.buttons(vec![
        Button::main(Press::Me, scene.label("what-waits")),
        Button::plain(Press::Join { page: 0 }, scene.label("thats-me")),
        canvas(scene),
        Button::plain(Press::Help { page: 0 }, scene.label("help")),
    ])
}

/// One phase in the strip, told apart by a sign and by its weight.
fn strip(scene: &Scene<'_>, phase: &Phase) -> String {
    let title = scene.words().phase(&phase.key).title;
    let windows: Vec<&Window> =
        phase.sittings.iter().flat_map(|s| &s.asks).filter_map(|ask| scene.board().window_of(&ask.key)).collect();
    let begun = phase.sittings.iter().filter(|sitting| begun(scene, sitting)).count();
    let done = begun == phase.sittings.len() && windows.iter().all(|window| !window.is_open());
    match (done, begun) {
        (true, _) => format!("✓ {title}"),
        (false, 0) => format!("○ {title}"),
        (false, _) => format!("**▶ {title}**"),
    }
}

fn begun(scene: &Scene<'_>, sitting: &Sitting) -> bool {
    sitting.asks.iter().any(|ask| scene.board().window_of(&ask.key).is_some())
}

/// What is open of a sitting: the sitting itself, and asks of it that were opened by themselves.
fn where_it_is(scene: &Scene<'_>, sitting: &Sitting) -> Vec<String> {
    let open = sitting.asks.iter().filter_map(|ask| Some((ask.optional, scene.open(&ask.key)?)));
    let (alone, whole): (Vec<_>, Vec<_>) = open.partition(|(_, window)| window.alone);
    let asked: Vec<&Window> = whole.iter().filter(|(optional, _)| !optional).map(|(_, window)| *window).collect();
    let windows = if asked.is_empty() { whole.iter().map(|(_, window)| *window).collect() } else { asked };
    let of_sitting =
        (!windows.is_empty()).then(|| how_far(scene, &windows, Said::new("board-open").with("sitting", &sitting.key)));
    let of_asks =
        alone.iter().map(|(_, window)| how_far(scene, &[window], Said::new("board-ask").with("ask", &window.ask)));
    of_sitting.into_iter().chain(of_asks).collect()
}

/// How many have given, and until when it is open.
fn how_far(scene: &Scene<'_>, windows: &[&Window], said: Said) -> String {
    let (done, of) = turnout::of(scene, windows.iter().copied()).unwrap_or_default();
    let ends = windows.iter().map(|window| window.ends.timestamp()).max().unwrap_or_default();
    scene.say(&said.with("done", done).with("of", of).with("ends_s", ends))
}
