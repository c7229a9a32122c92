//! What stands in the server's own calendar for something that is open: its name, its lines, where it is.

use crate::discord::escape::fit;
use crate::discord::scene::Scene;
use crate::path::{Occasion, PartnershipId, WindowId};

/// Discord's limits (`resources/guild-scheduled-event`).
const NAME_CHARS_MAX: usize = 100;
const DESCRIPTION_CHARS_MAX: usize = 1000;

/// An event in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worded {
    /// What it is called. Plain text.
    pub name: String,
    /// What it is about; its last line is its mark.
    pub description: String,
    /// The link to the partnership's channel.
    pub location: String,
}

/// The words of one. Everybody on the server can read them: nothing stands in them but what the plan calls it.
#[must_use]
pub fn occasion(scene: &Scene<'_>, occasion: &Occasion) -> Worded {
    let board = scene.board();
    let words = scene.words();
    let (title, line) = match &occasion.ask {
        Some(ask) => (words.ask(ask).title, scene.label("event-line-ask")),
        None => {
            let minutes = board.plan.sitting(&occasion.sitting).map_or(0, |(_, sitting)| sitting.minutes).to_string();
            (words.sitting(&occasion.sitting).title, scene.fill_plain("event-line", &[("minutes", &minutes)]))
        }
    };
    let mark = mark(board.partnership.id, occasion.window);
    let line = fit(&line, DESCRIPTION_CHARS_MAX - mark.len() - 2);
    Worded {
        name: fit(&scene.fill_plain("event-name", &[("title", &title)]), NAME_CHARS_MAX),
        description: format!("{line}\n\n{mark}"),
        location: format!("https://discord.com/channels/{}/{}", board.partnership.house, board.partnership.room.0),
    }
}

/// By this an event of ours is known again, among several partnerships of one server.
fn mark(partnership: PartnershipId, window: WindowId) -> String {
    format!("#p{partnership}w{window}")
}

/// The window that an event with this description stands for, if it carries this partnership's mark.
#[must_use]
pub fn marked(partnership: PartnershipId, description: &str) -> Option<WindowId> {
    let last = description.lines().next_back()?.trim();
    let window = last.strip_prefix(&format!("#p{partnership}w"))?;
    window.parse().ok().map(WindowId)
}

#[cfg(test)]
mod tests {
    use super::{mark, marked};
    use crate::path::{PartnershipId, WindowId};

    #[test]
    fn a_mark_is_known_again_by_its_own_partnership() {
        let text = format!("About 7 minutes.\n\n{}", mark(PartnershipId(3), WindowId(12)));
        assert_eq!(marked(PartnershipId(3), &text), Some(WindowId(12)));
        assert_eq!(marked(PartnershipId(31), &text), None);
        for other in ["", "About 7 minutes.", "#p3w12 and more", "#p3w", "#p3w12\nmore"] {
            assert_eq!(marked(PartnershipId(3), other), None, "{other}");
        }
    }
}
