//! The pinned board: what the partnership is about, where the Path is, what one can do.

use super::{canvas, turnout};
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Screen};
use crate::path::plan::{Phase, Sitting};
use crate::path::{Said, Window};

/// The pinned post.
pub(super) fn screen(scene: &Scene<'_>) -> Screen {
    let board = scene.board();
    let issue = board.issue().map(|card| board.words_of(card)).unwrap_or_default();
    let head = Said::new("board-head").with("name", &board.partnership.name).with("issue", issue);
    let phases: Vec<String> = board.plan.phases.iter().map(|phase| strip(scene, phase)).collect();
    let mut screen = Screen::text(scene.say(&head)).and(&phases.join(" · "));
    let open: Vec<&Sitting> = board.plan.sittings().map(|(_, sitting)| sitting).filter(|s| is_open(scene, s)).collect();
    if open.is_empty() {
        screen = screen.and(&scene.say(&Said::new("board-rest")));
    }
    for sitting in open {
        screen = screen.and(&where_it_is(scene, sitting));
    }
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

fn is_open(scene: &Scene<'_>, sitting: &Sitting) -> bool {
    sitting.asks.iter().any(|ask| scene.open(&ask.key).is_some())
}

/// The open sitting, how many have given, and until when it is open.
fn where_it_is(scene: &Scene<'_>, sitting: &Sitting) -> String {
    let windows = sitting.asks.iter().filter(|ask| !ask.optional).filter_map(|ask| scene.open(&ask.key));
    let windows: Vec<&Window> = windows.collect();
    let (done, of) = turnout::of(scene, windows.iter().copied()).unwrap_or_default();
    let ends = windows.iter().map(|window| window.ends.timestamp()).max().unwrap_or_default();
    let said = Said::new("board-open").with("sitting", &sitting.key).with("done", done).with("of", of);
    scene.say(&said.with("ends_s", ends))
}
