//! The opening post of a sitting as it stands in the channel or will stand there, for its host alone; and what a host
//! can say in it: a word of their own, or a text of their own in the place of the invitation.

use crate::discord::posts;
use crate::discord::press::{Deed, Press};
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Screen};
use crate::path::plan::Sitting;
use crate::path::{Act, Refusal, WordAct, calendar};

/// The post as it is, or as it would be if it opened now; and what a host can still do to it.
#[must_use]
pub fn screen(scene: &Scene<'_>, key: &str, top: &str) -> Screen {
    let Some((_, sitting)) = scene.board().plan.sitting(key) else {
        return Screen::text(top).and(&scene.say(&Refusal::Unknown { what: key.to_owned() }.said()));
    };
    let deed = |name: &str| Press::Deed { deed: Deed { name: name.to_owned(), args: vec![key.to_owned()], page: 0 } };
    let plain = |name: &str| Button::plain(deed(name), scene.label(&format!("deed-{name}")));
    let mut text = vec![Button::main(deed("invitation"), scene.label("deed-invitation"))];
    if scene.board().invitations.contains_key(key) {
        text.push(plain("invitation-back"));
    }
    let desk = Button::plain(Press::Desk, scene.label("desk"));
    let is_of = |ask: &str| sitting.asks.iter().any(|one| one.key == ask);
    if scene.board().windows.values().any(|window| !window.alone && is_of(&window.ask)) {
        return match posts::opens(scene, key) {
            Some(post) => {
                text.push(desk);
                Screen::text(top).and(&scene.label("preview-open")).and(&post.text).buttons(text)
            }
            None => {
                let said = scene.say(&Refusal::AlreadyOpen { what: key.to_owned() }.said());
                Screen::text(top).and(&said).buttons(vec![desk])
            }
        };
    }
    let mut word = vec![plain("foreword")];
    if scene.board().words.contains_key(key) {
        word.push(plain("foreword-back"));
    }
    word.push(plain("open"));
    word.push(desk);
    let post = would_be(scene, sitting);
    Screen::text(top).and(&scene.label("preview")).and(&post.text).buttons(text).buttons(word)
}

/// The post as it would be if it opened now.
fn would_be(scene: &Scene<'_>, sitting: &Sitting) -> Screen {
    let days = scene.board().days(sitting);
    let zones: Vec<&str> = scene.board().counting().map(|person| person.zone.as_str()).collect();
    let ends = calendar::ends(scene.view().now(), days, &zones, &scene.board().timetable.days_off);
    posts::opening(scene, sitting, ends.at())
}

/// What a form starts with: the hosts' text, or ours as plain words.
#[must_use]
pub fn invitation(scene: &Scene<'_>, key: &str) -> String {
    scene.board().invitations.get(key).map_or_else(|| ours(scene, key), |own| own.text.clone())
}

/// Our invitation without markup: what hosts type is shown as they type it.
#[must_use]
pub fn ours(scene: &Scene<'_>, key: &str) -> String {
    scene.words().sitting(key).post.replace('*', "")
}

/// Whoever sends our own text unchanged means our words, not words of their own.
#[must_use]
pub fn back_to_ours(scene: &Scene<'_>, act: Act) -> Act {
    match act {
        Act::Word(WordAct::Instead { sitting, text }) if text.trim() == ours(scene, &sitting).trim() => {
            Act::Word(WordAct::Instead { sitting, text: String::new() })
        }
        other => other,
    }
}
