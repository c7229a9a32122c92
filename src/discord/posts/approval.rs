//! What a partner's room and the hosts' room are told about an approval.

use crate::discord::escape::quote;
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Screen};
use crate::discord::screens::approval::{buttons, standing};
use crate::path::{ApprovalId, Said, Spot, approval};

/// As it stands when this is sent; moot where there is nothing left to tell.
pub(super) fn told(scene: &Scene<'_>, spot: &Spot, id: ApprovalId) -> Option<Screen> {
    let board = scene.board();
    let one = board.approvals.get(&id)?;
    let ask = approval::ask(board, one)?;
    let said = |key: &str| {
        let said = Said::new(key).with("ask", &ask.key).with("partner", scene.partner(one.partner));
        scene.say(&said.with("name", one.by.map(|by| scene.name(by)).unwrap_or_default()))
    };
    if !approval::is_current(board, one) {
        return None;
    }
    if *spot == Spot::Hosts {
        let (key, reason) = match &one.verdict {
            Some(verdict) if verdict.yes => ("approval-yes", ""),
            Some(verdict) => ("approval-no", verdict.reason.as_str()),
            None if one.told.is_some() => ("approval-late-hosts", ""),
            None => return None,
        };
        // A plain yes has said all.
        let plain = one.verdict.as_ref().is_some_and(|verdict| verdict.yes && !verdict.behalf);
        let standing = if plain { String::new() } else { standing(scene, one) };
        let words = Screen::text(said(key)).and(&standing);
        let words = if reason.is_empty() { words } else { words.and(&quote(reason)) };
        let mut shown = if one.verdict.is_none() { buttons(scene, one) } else { Vec::new() };
        shown.push(Button::plain(Press::Desk, scene.label("desk")));
        return Some(words.buttons(shown));
    }
    let key = match (&one.verdict, one.told) {
        (Some(_), _) => return None,
        (None, Some(_)) => "approval-late",
        (None, None) => "approval-asked",
    };
    Some(Screen::text(said(key)).and(&standing(scene, one)).buttons(buttons(scene, one)))
}
