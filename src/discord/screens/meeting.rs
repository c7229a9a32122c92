//! The meeting: what is to be decided in the open sittings, and the way to enter it and to close.

use crate::discord::press::{Deed, Press};
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Screen};
use crate::path::plan::{Ask, Kind, Sitting};
use crate::path::table;

/// Buttons to enter something, at most: with those below they fill a message.
const ENTER_MAX: usize = 10;

/// The screen.
#[must_use]
pub fn screen(scene: &Scene<'_>, top: &str) -> Screen {
    let sittings = scene.board().plan.sittings().map(|(_, sitting)| sitting);
    let open: Vec<&Sitting> =
        sittings.filter(|sitting| sitting.asks.iter().any(|ask| scene.open(&ask.key).is_some())).collect();
    let mut screen = Screen::text(top).and(&scene.label("meeting-head"));
    let mut enter = Vec::new();
    for sitting in &open {
        let asks: Vec<&Ask> = sitting.asks.iter().filter(|ask| is_asked(scene, ask)).collect();
        let lines: Vec<String> = asks.iter().map(|ask| line(scene, ask)).collect();
        let title = scene.words().sitting(&sitting.key).title;
        screen = screen.and(&format!("**{title}**\n{}", lines.join("\n")));
        enter.extend(asks.iter().map(|ask| entering(scene, ask)));
    }
    if open.is_empty() {
        screen = screen.and(&scene.label("nothing-open"));
    }
    enter.truncate(ENTER_MAX);
    let close = open.iter().take(3).map(|sitting| {
        let label = format!("{}: {}", scene.label("deed-close"), scene.words().sitting(&sitting.key).title);
        Button::plain(deed("close", &[&sitting.key]), label)
    });
    let mut below: Vec<Button> = vec![
        Button::plain(Press::Reports, scene.label("reports")),
        Button::plain(deed("timer", &[]), scene.label("deed-timer")),
    ];
    below.extend(close);
    below.push(Button::plain(Press::Meeting, scene.label("refresh")));
    below.push(Button::plain(Press::Desk, scene.label("desk")));
    screen.buttons(enter).buttons(below)
}

fn is_asked(scene: &Scene<'_>, ask: &Ask) -> bool {
    let takes = matches!(ask.kind, Kind::Cards | Kind::Marks | Kind::Consent | Kind::Assign | Kind::Figures);
    takes && !ask.optional && scene.open(&ask.key).is_some()
}

/// One ask: how many lines are on the table, how many have given.
fn line(scene: &Scene<'_>, ask: &Ask) -> String {
    let Some(window) = scene.open(&ask.key) else { return String::new() };
    let progress = scene.view().progress(window.id);
    let (done, of) = (progress.done.to_string(), progress.of.to_string());
    let table = table::table(scene.board(), window).len().to_string();
    let title = scene.words().ask(&ask.key).title;
    scene.fill("meeting-line", &[("ask", &title), ("done", &done), ("of", &of), ("table", &table)])
}

fn entering(scene: &Scene<'_>, ask: &Ask) -> Button {
    let name = if ask.kind == Kind::Cards { "behalf" } else { "enter" };
    let label = scene.fill_plain("enter-what", &[("ask", &scene.words().ask(&ask.key).title)]);
    Button::plain(deed(name, &[&ask.key]), label)
}

fn deed(name: &str, args: &[&str]) -> Press {
    let args = args.iter().map(|arg| (*arg).to_owned()).collect();
    Press::Deed { deed: Deed { name: name.to_owned(), args, page: 0 } }
}
