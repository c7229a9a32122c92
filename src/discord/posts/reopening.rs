//! What hosts are told of a plea: who asks, why, and what comes of it.

use crate::discord::escape::quote;
use crate::discord::press::{Deed, Press};
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Screen};
use crate::path::{PleaId, Said, reopening};

/// Somebody asks to open a settled choice again; moot once they took that back.
pub(super) fn pleads(scene: &Scene<'_>, id: PleaId) -> Option<Screen> {
    let board = scene.board();
    let plea = board.pleas.get(&id)?;
    let decision = reopening::decision(board, plea.decision)?;
    let by = board.people.get(&plea.by?)?;
    let others = board.pleas.values().any(|other| {
        let of_another = other.by.and_then(|by| board.people.get(&by)).is_some_and(|other| other.partner != by.partner);
        other.decision == plea.decision && other.opened.is_none() && of_another
    });
    let key = match (plea.opened, others) {
        (Some(_), _) => "pleads-open",
        (None, true) => "pleads-in-pause",
        (None, false) => "pleads",
    };
    let said = Said::new(key).with("name", &by.name).with("partner", scene.partner(by.partner));
    let said = said.with("ask", &decision.ask);
    let said = scene.say(&match decision.about {
        Some(about) => said.with("about", scene.partner(about)),
        None => said.with("about", ""),
    });
    let mut buttons = vec![Button::plain(Press::Desk, scene.label("desk"))];
    if key == "pleads" {
        let deed = Deed { name: "ask-open".to_owned(), args: vec![decision.ask.clone()], page: 0 };
        buttons.insert(0, Button::plain(Press::Deed { deed }, scene.label("deed-ask-open")));
    }
    Some(Screen::text(said).and(&quote(&plea.reason)).buttons(buttons))
}
