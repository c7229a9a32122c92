//! The opening post of a sitting as it will stand in the channel, for its host alone; and a word of their own.

use crate::discord::posts;
use crate::discord::press::{Deed, Press};
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Screen};
use crate::path::{Refusal, calendar};

/// The post as it would be if it opened now, and what a host can still do to it.
#[must_use]
pub fn screen(scene: &Scene<'_>, key: &str, top: &str) -> Screen {
    let Some((_, sitting)) = scene.board().plan.sitting(key) else {
        return Screen::text(top).and(&scene.say(&Refusal::Unknown { what: key.to_owned() }.said()));
    };
    let desk = Button::plain(Press::Desk, scene.label("desk"));
    if sitting.asks.iter().any(|ask| scene.board().window_of(&ask.key).is_some()) {
        let said = Refusal::AlreadyOpen { what: key.to_owned() }.said();
        return Screen::text(top).and(&scene.say(&said)).buttons(vec![desk]);
    }
    let zones: Vec<&str> = scene.board().counting().map(|person| person.zone.as_str()).collect();
    let days = scene.board().days(sitting);
    let ends = calendar::ends(scene.view().now(), days, &zones, &scene.board().timetable.days_off);
    let post = posts::opening(scene, sitting, ends.at());
    let deed = |name: &str| Press::Deed { deed: Deed { name: name.to_owned(), args: vec![key.to_owned()], page: 0 } };
    let label = |name: &str| scene.label(&format!("deed-{name}"));
    let mut buttons = vec![Button::main(deed("foreword"), label("foreword"))];
    if scene.board().words.contains_key(key) {
        buttons.push(Button::plain(deed("foreword-back"), label("foreword-back")));
    }
    buttons.push(Button::plain(deed("open"), label("open")));
    buttons.push(desk);
    Screen::text(top).and(&scene.label("preview")).and(&post.text).buttons(buttons)
}
