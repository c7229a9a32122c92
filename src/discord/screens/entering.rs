//! What a host enters for somebody who said it in a meeting or on the phone.
//!
//! Nothing of what others gave stands here, nor what was entered before: it is sealed from the host, too.

use std::collections::BTreeSet;

use crate::discord::escape::inline;
use crate::discord::limits::CHOICES_MAX;
use crate::discord::press::{Deed, Entry, Press};
use crate::discord::scene::Scene;
use crate::discord::screen::{Blank, Button, Choice, Form, Look, Menu, Screen};
use crate::path::decide::REMARK_CHARS_MAX;
use crate::path::plan::{Ask, Kind};
use crate::path::{Card, CardId, Person, Refusal, Value, table};

/// Menus that fit beside a row of buttons.
const MENUS_MAX: usize = 4;

/// Whether a host may enter this for somebody: they are asked, and have not given by themselves.
#[must_use]
pub fn may_enter(scene: &Scene<'_>, ask: &Ask, person: &Person) -> bool {
    let Some(window) = scene.open(&ask.key).filter(|_| person.counts()) else { return false };
    let board = scene.board();
    let giver = crate::path::giver::giver(board, ask, window, person);
    giver.is_some_and(|giver| {
        !board.given.contains_key(&(window.id, giver)) || board.entered.contains_key(&(window.id, giver))
    })
}

fn on_table<'a>(scene: &'a Scene<'_>, ask: &Ask) -> Vec<&'a Card> {
    scene.open(&ask.key).map(|window| table::table(scene.board(), window)).unwrap_or_default()
}

/// The cards of one menu of marks.
#[must_use]
pub fn among(scene: &Scene<'_>, ask: &Ask, menu: u16) -> BTreeSet<CardId> {
    let cards: Vec<CardId> = on_table(scene, ask).iter().map(|card| card.id).collect();
    cards.chunks(CHOICES_MAX).nth(usize::from(menu)).unwrap_or(&[]).iter().copied().collect()
}

/// The screen.
#[must_use]
pub fn screen(scene: &Scene<'_>, entry: &Entry, page: u16, top: &str) -> Screen {
    let Some(ask) = scene.ask(&entry.ask).filter(|ask| scene.open(&ask.key).is_some()) else {
        let closed = Refusal::Closed { ask: entry.ask.clone() };
        return ended(scene, entry, Screen::text(top).and(&scene.say(&closed.said())));
    };
    let name = scene.name(entry.person);
    let way = scene.label(if entry.live { "way-live" } else { "way-phone" });
    let head = format!("**{}**\n{}", scene.words().ask(&ask.key).title, scene.words().ask(&ask.key).question);
    let screen = Screen::text(top).and(&head).and(&scene.fill("entering-for", &[("name", &name), ("way", &way)]));
    let screen = match ask.kind {
        Kind::Marks => marks(scene, ask, entry, screen),
        Kind::Consent => answers(scene, ask, entry, screen),
        Kind::Assign => roles(scene, ask, entry, page, screen),
        Kind::Figures => fields(scene, ask, entry, screen),
        Kind::Read | Kind::Cards | Kind::Tree | Kind::Groups => screen,
    };
    ended(scene, entry, screen)
}

/// The row below: they pass, somebody else, back to the meeting.
fn ended(scene: &Scene<'_>, entry: &Entry, screen: Screen) -> Screen {
    let deed = Deed { name: "enter".to_owned(), args: vec![entry.ask.clone()], page: 0 };
    screen.buttons(vec![
        Button::plain(Press::EnterPass { entry: entry.clone() }, scene.label("they-pass")),
        Button::plain(Press::Deed { deed }, scene.label("somebody-else")),
        Button::plain(Press::Meeting, scene.label("deed-meeting")),
    ])
}

fn choices(scene: &Scene<'_>, cards: &[&Card]) -> Vec<Choice> {
    cards.iter().take(CHOICES_MAX).map(|card| Choice::new(card.id, scene.name_of(card))).collect()
}

fn marks(scene: &Scene<'_>, ask: &Ask, entry: &Entry, mut screen: Screen) -> Screen {
    let budget = ask.piles.first().map_or(0, |pile| pile.budget);
    for (menu, chunk) in (0..).zip(on_table(scene, ask).chunks(CHOICES_MAX).take(MENUS_MAX)) {
        screen = screen.menu(Menu {
            id: Press::EnterMarks { entry: entry.clone(), menu }.into(),
            hint: scene.label("marks-hint"),
            choices: choices(scene, chunk),
            min: 0,
            max: budget.min(u8::try_from(chunk.len()).unwrap_or(u8::MAX)),
        });
    }
    screen
}

fn answers(scene: &Scene<'_>, ask: &Ask, entry: &Entry, screen: Screen) -> Screen {
    let lines = on_table(scene, ask);
    let room = (1100 / lines.len().max(1)).clamp(60, 300);
    let text =
        lines.iter().zip(1..).map(|(card, nth)| format!("{nth}. {}", super::cards::full_line(scene, card, room)));
    let button = |value, key| Button::plain(Press::EnterAnswer { entry: entry.clone(), value }, scene.label(key));
    let mut buttons = vec![
        button(Value::Stands, "stands").look(Look::Yes),
        button(Value::Remark, "stands-remark"),
        button(Value::NotYet, "not-yet"),
    ];
    if !ask.is_secret() {
        buttons.push(Button::plain(Press::EnterSubject { entry: entry.clone() }, scene.label("stands-subject")));
    }
    screen.and(&text.collect::<Vec<_>>().join("\n")).buttons(buttons)
}

/// The form for the day by which somebody expects their house's approval: their partner's usual one stands in it, and
/// never what was entered before.
#[must_use]
pub fn until(scene: &Scene<'_>, entry: &Entry, opening: String) -> Option<Form> {
    let person = scene.board().people.get(&entry.person).filter(|_| scene.open(&entry.ask).is_some())?;
    let usual = crate::path::approval::offered(scene.board(), person, scene.view().now());
    let id = Press::EnterUntil { entry: entry.clone(), opening }.into();
    Some(Form { id, title: scene.label("stands-subject"), boxes: vec![super::approval::day_box(scene, usual)] })
}

/// Which line a remark or a *not yet* is about.
#[must_use]
pub fn lines(scene: &Scene<'_>, entry: &Entry, value: Value) -> Screen {
    let lines = scene.ask(&entry.ask).map(|ask| on_table(scene, ask)).unwrap_or_default();
    let id = Press::EnterLine { entry: entry.clone(), value };
    let menu = Menu::one(id, scene.label("which-line"), choices(scene, &lines));
    let back = Button::plain(Press::Enter { entry: entry.clone(), page: 0 }, scene.label("back"));
    Screen::text(scene.label("which-line")).menu(menu).buttons(vec![back])
}

/// The form for somebody's remark or *not yet*.
#[must_use]
pub fn note(scene: &Scene<'_>, entry: &Entry, card: CardId, value: Value, opening: String) -> Form {
    let not_yet = value == Value::NotYet;
    Form {
        id: Press::EnterNote { entry: entry.clone(), card, value, opening }.into(),
        title: scene.label(if not_yet { "not-yet" } else { "stands-remark" }),
        boxes: vec![Blank {
            key: "note".to_owned(),
            label: scene.label(if not_yet { "not-yet-box" } else { "remark-box" }),
            hint: scene.label("note-hint"),
            chars_max: REMARK_CHARS_MAX,
            long: true,
            needed: true,
            ..Blank::default()
        }],
    }
}

fn roles(scene: &Scene<'_>, ask: &Ask, entry: &Entry, page: u16, mut screen: Screen) -> Screen {
    let partners = super::assign::partners(scene, ask);
    let pages = partners.chunks(MENUS_MAX - 1).len().max(1);
    let page = usize::from(page) % pages;
    let cards = on_table(scene, ask);
    for partner in partners.chunks(MENUS_MAX - 1).nth(page).unwrap_or(&[]) {
        let id = Press::EnterRole { entry: entry.clone(), about: partner.id };
        screen = screen.menu(Menu::one(id, partner.short.clone(), choices(scene, &cards)));
    }
    if pages == 1 {
        return screen;
    }
    let next = u16::try_from((page + 1) % pages).unwrap_or(0);
    let more = Press::Enter { entry: entry.clone(), page: next };
    screen.buttons(vec![Button::plain(more, scene.label("more-partners"))])
}

fn fields(scene: &Scene<'_>, ask: &Ask, entry: &Entry, screen: Screen) -> Screen {
    let id = Press::EnterField { entry: entry.clone() };
    screen.menu(Menu::one(id, scene.label("pick-field"), choices(scene, &on_table(scene, ask))))
}

/// How many figures of which pile somebody puts on a field.
#[must_use]
pub fn counts(scene: &Scene<'_>, entry: &Entry, card: CardId) -> Screen {
    let Some(ask) = scene.ask(&entry.ask) else { return Screen::default() };
    let most = |budget: u8| if ask.stack { budget } else { 1 };
    let words = scene.words().ask(&ask.key);
    let choices = ask.piles.iter().flat_map(|pile| {
        let name = words.piles.get(&pile.key).cloned().unwrap_or_else(|| pile.key.clone());
        (0..=most(pile.budget))
            .map(move |count| Choice::new(format!("{}.{count}", pile.key), format!("{count} {name}")))
    });
    let menu = Menu::one(Press::EnterPlace { entry: entry.clone(), card }, scene.label("how-many"), choices.collect());
    let field = scene.board().cards.get(&card).map(|card| scene.headline(card)).unwrap_or_default();
    let back = Button::plain(Press::Enter { entry: entry.clone(), page: 0 }, scene.label("back"));
    Screen::text(format!("**{}**", inline(&field))).menu(menu).buttons(vec![back])
}
