//! Posts: what stands in rooms. Made from a view and words alone, like screens.

mod ahead;
mod approval;
mod board;
mod consent;
mod nudge;
mod occasion;
mod outcome;
mod phase;
mod poll;
mod reopening;
mod room;
mod round;
mod sitting;
mod turnout;
mod weekly;

pub use self::ahead::line as ahead;
pub use self::nudge::nudge;
pub use self::occasion::{Worded, marked, occasion};
pub use self::phase::{phase_closed, phase_on};
pub use self::room::{accounts, first, room_name};
pub use self::round::{beside, round, round_with, rounds_of};
pub use self::sitting::{closes, opening, opens, talk_name};

use super::press::Press;
use super::scene::Scene;
use super::screen::{Button, Screen};
use crate::app::App;
use crate::path::{CardId, GroupId, Notice, PartnershipId, Said, Spot, Viewer};

/// A notice in words; none if it is moot by now.
#[must_use]
pub fn screen(scene: &Scene<'_>, notice: &Notice) -> Option<Screen> {
    match notice {
        Notice::Board => scene.board().plan.has_road().then(|| board::screen(scene)),
        Notice::Opens { sitting } | Notice::Reworded { sitting } => sitting::opens(scene, sitting),
        Notice::AskOpens { ask } => poll::opens(scene, ask),
        Notice::Closes { sitting } => sitting::closes(scene, sitting),
        Notice::AskCloses { ask } => poll::closes(scene, ask),
        Notice::Timer { ends_s } => timer(scene, *ends_s),
        Notice::Published { nth } => Some(published(scene, *nth)),
        Notice::Pause => Some(pause(scene)),
        Notice::Weekly { monday } => weekly::screen(scene, *monday),
        Notice::Story { card } => room::story(scene, *card),
        Notice::Tell { person, said, card } => room::tell(scene, *person, said, *card),
        Notice::Say { spot, said } => Some(room::say(scene, spot, said)),
        Notice::Asks { person, .. } => room::asks(scene, *person),
        Notice::Nudge { person, at } => nudge(scene, *person, *at),
        Notice::Missing { sitting } => nudge::missing(scene, sitting),
        Notice::Approval { spot, approval } => approval::told(scene, spot, *approval),
        Notice::Pleads { plea } => reopening::pleads(scene, *plea),
        Notice::Claims { person, account } => room::claims(scene, *person, *account),
        // These are edited into posts that stand there, or bring about rooms and events.
        Notice::PhaseCloses { .. }
        | Notice::Occasions
        | Notice::Room(_)
        | Notice::LetIn { .. }
        | Notice::LetOut { .. }
        | Notice::Count { .. } => None,
    }
}

/// A timer for a meeting; moot once it has run out.
fn timer(scene: &Scene<'_>, ends_s: i64) -> Option<Screen> {
    let ends = format!("<t:{ends_s}:R>");
    let words = scene.words().fill(&scene.label("timer-post"), &[("ends".to_owned(), ends)].into());
    let buttons = vec![Button::plain(Press::Me, scene.label("what-waits")), canvas(scene)];
    (ends_s > scene.view().now().timestamp()).then(|| Screen::text(words).buttons(buttons))
}

fn published(scene: &Scene<'_>, nth: u16) -> Screen {
    let words = scene.say(&Said::new("post-published").with("nth", nth));
    Screen::text(words).buttons(vec![canvas(scene)])
}

/// The Path pauses, or goes on: as it is when this is sent.
fn pause(scene: &Scene<'_>) -> Screen {
    let said = match scene.board().timetable.pause {
        Some(pause) => Said::new("post-paused").with("until_s", pause.until.timestamp()),
        None => Said::new("post-goes-on"),
    };
    Screen::text(scene.say(&said)).buttons(vec![canvas(scene)])
}

/// The button that shows the canvas.
fn canvas(scene: &Scene<'_>) -> Button {
    Button::plain(Press::Canvas { page: 0 }, scene.label("canvas"))
}

/// Who reads a room.
#[must_use]
pub fn viewer(spot: &Spot) -> Viewer {
    match spot {
        Spot::Hosts => Viewer::Hosts,
        Spot::Partner(partner) => Viewer::Partner(*partner),
        Spot::Group(group) => Viewer::Group(*group),
        Spot::Talk(_) | Spot::Board | Spot::Direct(_) | Spot::Round(_) | Spot::Occasion(_) | Spot::Opening(_) => {
            Viewer::Room
        }
    }
}

/// The triad in which a card was given.
#[must_use]
pub fn group_of(app: &App, partnership: PartnershipId, card: CardId) -> Option<GroupId> {
    let groups: Vec<GroupId> = app.view(partnership, Viewer::Room)?.shown().groups.keys().copied().collect();
    groups.into_iter().find(|group| {
        let seen = app.view(partnership, Viewer::Group(*group));
        seen.is_some_and(|view| view.shown().cards.get(&card).is_some_and(|card| card.group == Some(*group)))
    })
}
