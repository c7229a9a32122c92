//! Coming in: *That's me*, what is kept and who sees it, and asking when one is not on the list.

use crate::discord::escape::fit;
use crate::discord::limits::CHOICES_MAX;
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Blank, Button, Choice, Form, Menu, Screen};
use crate::path::plan::{Ask, Kind};
use crate::path::{Level, PartnerId, Person, PersonId, Standing};

/// Open polls that get a button, at most.
const POLLS_SHOWN: usize = 4;

/// What somebody sees who is not on the Path.
#[must_use]
pub fn stranger(scene: &Scene<'_>, top: &str) -> Screen {
    if !scene.board().plan.has_road() {
        return nobody_yet(scene, top);
    }
    Screen::text(top).and(&scene.label("not-on-the-path")).buttons(vec![
        Button::main(Press::Join { page: 0 }, scene.label("thats-me")),
        Button::plain(Press::Canvas { page: 0 }, scene.label("canvas")),
        Button::plain(Press::Help { page: 0 }, scene.label("help")),
    ])
}

/// Where there are quick polls alone: nobody to be here yet, what one can do, and how a Path begins.
fn nobody_yet(scene: &Scene<'_>, top: &str) -> Screen {
    let plan = &scene.board().plan;
    let asks = plan.asks().filter(|(_, _, ask)| scene.open(&ask.key).is_some()).map(|(_, _, ask)| &ask.key);
    let polls = asks.filter(|ask| plan.poll(ask).is_some_and(|poll| !poll.public)).take(POLLS_SHOWN);
    let vote = |ask: &String| {
        let question = plan.poll(ask).map(|poll| fit(&poll.question, 40)).unwrap_or_default();
        Button::main(Press::Vote { ask: ask.clone() }, format!("{} · {question}", scene.label("poll-vote")))
    };
    Screen::text(top).and(&scene.label("nobody-to-be-yet")).buttons(polls.map(vote).collect()).buttons(vec![
        Button::plain(Press::Canvas { page: 0 }, scene.label("canvas")),
        Button::plain(Press::Help { page: 0 }, scene.label("help")),
    ])
}

/// *That's me*: the privacy notice, and the names that nobody has taken.
#[must_use]
pub fn names(scene: &Scene<'_>, handle: &str, page: u16) -> Screen {
    if let Some(person) = scene.person() {
        let key = if person.standing == Standing::Asking { "you-are-asking" } else { "you-are-in" };
        return super::me::waits(scene, &scene.fill(key, &[("name", &person.name)]));
    }
    if !scene.board().plan.has_road() {
        return nobody_yet(scene, "");
    }
    let mut free: Vec<&Person> = scene
        .board()
        .people
        .values()
        .filter(|person| person.standing == Standing::Invited && person.accounts.is_empty())
        .collect();
    // Whom a host expects under this account comes first.
    free.sort_by_key(|person| person.handle.is_empty() || !person.handle.eq_ignore_ascii_case(handle));
    let all = free.iter().map(|person| Choice::new(person.id, person.name.clone()).line(scene.partner(person.partner)));
    let all: Vec<Choice> = all.collect();
    let choices = super::paged::page(scene, all, usize::from(page));
    let menu = Menu::one(Press::Iam, scene.label("pick-name"), choices);
    let unlisted = Button::plain(Press::Unlisted, scene.label("not-on-list"));
    let new_account = Button::plain(Press::NewAccount { page: 0 }, scene.label("new-account"));
    Screen::text(scene.label("privacy")).menu(menu).buttons(vec![unlisted, new_account])
}

/// Whose new account it is: the names of those who are in.
#[must_use]
pub fn owners(scene: &Scene<'_>, page: u16) -> Screen {
    let people = scene.board().people.values().filter(|person| person.takes_part());
    let all = people.map(|person| Choice::new(person.id, person.name.clone()).line(scene.partner(person.partner)));
    let choices = super::paged::page(scene, all.collect(), usize::from(page));
    let menu = Menu::one(Press::Claim, scene.label("pick-name"), choices);
    let back = Button::plain(Press::Join { page: 0 }, scene.label("back"));
    Screen::text(scene.label("new-account-words")).menu(menu).buttons(vec![back])
}

/// Zone and, while its ask is open, one line of hello.
#[must_use]
pub fn form(scene: &Scene<'_>, person: PersonId, opening: String) -> Form {
    let row = scene.board().people.get(&person);
    let zone = row.map(|row| row.zone.clone()).unwrap_or_default();
    let mut boxes = vec![super::me::zone_box(scene, zone)];
    if let Some(ask) = hello(scene)
        && let Some(field) = ask.fields.first()
    {
        let words = scene.words().ask(&ask.key);
        let named = words.fields.get(&field.key).cloned().unwrap_or_default();
        boxes.push(Blank {
            key: "hello".to_owned(),
            label: if named.label.is_empty() { words.title.clone() } else { named.label },
            hint: named.hint,
            chars_max: field.chars_max(),
            ..Blank::default()
        });
    }
    Form { id: Press::JoinForm { person, opening }.into(), title: scene.label("thats-me"), boxes }
}

/// The ask for one line that greets: the first ask of the first sitting, if it is open and takes
/// just one line.
#[must_use]
pub fn hello<'a>(scene: &'a Scene<'_>) -> Option<&'a Ask> {
    let (_, sitting) = scene.board().plan.sittings().next()?;
    let ask = sitting.asks.iter().find(|ask| ask.kind == Kind::Cards)?;
    let one_line = matches!(ask.fields.as_slice(), [only] if only.is_typed());
    (one_line && scene.open(&ask.key).is_some()).then_some(ask)
}

/// Which partner somebody works for who is not on the list.
#[must_use]
pub fn partners(scene: &Scene<'_>) -> Screen {
    let partners = scene.board().partners_now().take(CHOICES_MAX);
    let choices = partners.map(|partner| Choice::new(partner.id, partner.short.clone()).line(partner.name.clone()));
    let menu = Menu::one(Press::MyPartner, scene.label("pick-partner"), choices.collect());
    let back = Button::plain(Press::Join { page: 0 }, scene.label("back"));
    Screen::text(scene.label("not-on-list-words")).menu(menu).buttons(vec![back])
}

/// On which level.
#[must_use]
pub fn levels(scene: &Scene<'_>, partner: PartnerId) -> Screen {
    let choices = [(Level::Strategic, "strategic"), (Level::Operational, "operational")];
    let choices = choices.map(|(_, key)| Choice::new(key, scene.label(key)).line(scene.label(&format!("{key}-line"))));
    let menu = Menu::one(Press::MyLevel { partner }, scene.label("pick-level"), choices.to_vec());
    let words = scene.fill("which-level", &[("partner", &scene.partner(partner))]);
    Screen::text(words).menu(menu).buttons(vec![Button::plain(Press::Unlisted, scene.label("back"))])
}

/// A level by the value of its choice.
#[must_use]
pub fn level(value: &str) -> Option<Level> {
    match value {
        "strategic" => Some(Level::Strategic),
        "operational" => Some(Level::Operational),
        _ => None,
    }
}

/// Name and zone of somebody who is not on the list.
#[must_use]
pub fn ask_form(scene: &Scene<'_>, partner: PartnerId, level: Level, name: &str, opening: String) -> Form {
    let named = Blank {
        key: "name".to_owned(),
        label: scene.label("name-box"),
        value: name.to_owned(),
        chars_max: crate::path::decide::NAME_CHARS_MAX,
        needed: true,
        ..Blank::default()
    };
    let host = scene.board().people.values().find(|person| person.host);
    let zone = host.map(|host| host.zone.clone()).unwrap_or_default();
    Form {
        id: Press::AskForm { partner, level, opening }.into(),
        title: scene.label("not-on-list"),
        boxes: vec![named, super::me::zone_box(scene, zone)],
    }
}

/// Whether to leave indeed.
#[must_use]
pub fn leave(scene: &Scene<'_>) -> Screen {
    Screen::text(scene.label("leave-sure")).buttons(vec![
        Button::plain(Press::Leave { sure: true }, scene.label("leave-yes")).look(crate::discord::screen::Look::No),
        Button::main(Press::Me, scene.label("stay")),
    ])
}
