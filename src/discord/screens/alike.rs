//! Look-alikes: the one hint after a tick, and for hosts the groups of cards that say nearly the same.

use crate::discord::escape::{fit, inline_fit, length, quote_fit};
use crate::discord::limits::{BUTTONS_IN_ROW_MAX, CHOICE_CHARS_MAX, CHOICES_MAX, ROWS_MAX};
use crate::discord::press::{Deed, Press};
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Choice, Menu, Row, Screen};
use crate::path::plan::Ask;
use crate::path::{Card, CardId, CardState, Said, alike};

/// The deed by which a host joins look-alikes.
pub const DEED: &str = "alike";
/// The most cards of a group that are joined at once: their numbers stand in a form's id.
const CARDS_AT_ONCE: usize = 10;
/// Characters of the groups that are listed on one screen.
const LISTED_CHARS_MAX: usize = 1300;
/// Characters of one card in the list.
const CARD_CHARS_MAX: usize = 110;
/// Characters of the other card's words in the hint.
const HINT_CHARS_MAX: usize = 400;
/// What was told, after which there may be a hint: not after an edit that changes nothing.
const GIVEN: [&str; 2] = ["saved", "edited"];

/// An offer beside a tick: words and one button.
#[derive(Clone, Debug, PartialEq)]
pub struct Hint {
    words: String,
    button: Button,
}

/// The one hint after a card was given: another one that its author may see says nearly the same.
#[must_use]
pub fn hint(scene: &Scene<'_>, said: &Said) -> Option<Hint> {
    offer(scene, said.with.get("card").filter(|_| GIVEN.contains(&said.key.as_str()))?.parse().ok().map(CardId)?)
}

/// The same on the page of one's own card: who passed the hint by, or was cut off after the tick, finds it there.
#[must_use]
pub fn late(scene: &Scene<'_>, card: &Card) -> Option<Hint> {
    if card.state == CardState::Open { offer(scene, card.id) } else { None }
}

fn offer(scene: &Scene<'_>, card: CardId) -> Option<Hint> {
    let other = alike::double(scene.view(), card)?;
    let words = format!("{}\n{}", scene.label("double-hint"), quote_fit(&scene.headline(other), HINT_CHARS_MAX));
    let button = Button::plain(Press::Support { card, other: other.id }, scene.label("support-it"));
    Some(Hint { words, button })
}

/// What stands above a screen after a tick, with the hint's words.
#[must_use]
pub fn above(tick: &str, hint: Option<&Hint>) -> String {
    match hint {
        Some(hint) if tick.is_empty() => hint.words.clone(),
        Some(hint) => format!("{tick}\n\n{}", hint.words),
        None => tick.to_owned(),
    }
}

/// The screen with the hint's button first.
#[must_use]
pub fn with(screen: Screen, hint: Option<Hint>) -> Screen {
    match hint {
        Some(hint) => first(screen, hint.button),
        None => screen,
    }
}

/// The screen with a button before all others, in a row of its own if there is room; unchanged if it has it.
#[must_use]
pub fn first(mut screen: Screen, button: Button) -> Screen {
    let has = |row: &Row| matches!(row, Row::Buttons(buttons) if buttons.iter().any(|known| known.id == button.id));
    if screen.rows.iter().any(has) {
        return screen;
    }
    if screen.rows.len() < ROWS_MAX {
        screen.rows.insert(0, Row::Buttons(vec![button]));
        return screen;
    }
    let room = screen.rows.iter_mut().find_map(|row| match row {
        Row::Buttons(buttons) if buttons.len() < BUTTONS_IN_ROW_MAX => Some(buttons),
        Row::Buttons(_) | Row::Menu(_) => None,
    });
    if let Some(buttons) = room {
        buttons.insert(0, button);
    }
    screen
}

/// The groups of an ask that are shown, as many as fit: at least one.
fn shown<'a>(scene: &'a Scene<'_>, ask: &Ask) -> (Vec<Vec<&'a Card>>, usize) {
    let mut groups = alike::groups(scene.board(), ask);
    let all = groups.len();
    for group in &mut groups {
        group.truncate(CARDS_AT_ONCE);
    }
    let mut chars = 0;
    let fits = groups.iter().enumerate().take_while(|(nth, group)| {
        chars += length(&listed(scene, *nth, group));
        *nth == 0 || chars <= LISTED_CHARS_MAX
    });
    let count = fits.count();
    groups.truncate(count.min(CHOICES_MAX));
    (groups, all)
}

fn listed(scene: &Scene<'_>, nth: usize, group: &[&Card]) -> String {
    let head = scene.fill("alike-group", &[("nth", &(nth + 1).to_string()), ("count", &group.len().to_string())]);
    let lines = group.iter().map(|card| format!("• {}", scene.line(card, CARD_CHARS_MAX)));
    std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n")
}

/// One choice for each group: its cards' numbers, the longest wording first.
#[must_use]
pub fn choices(scene: &Scene<'_>, ask: &Ask) -> Vec<Choice> {
    let (groups, _) = shown(scene, ask);
    let choices = groups.iter().enumerate().map(|(nth, group)| {
        let cards: Vec<String> = group.iter().map(|card| card.id.to_string()).collect();
        let words = group.first().map(|card| scene.headline(card)).unwrap_or_default();
        let label = fit(&format!("{}. {}", nth + 1, words.replace('\n', " ")), CHOICE_CHARS_MAX);
        Choice::new(cards.join(","), label)
            .line(scene.fill_plain("alike-count", &[("count", &group.len().to_string())]))
    });
    choices.collect()
}

/// The groups of an ask, for hosts; after a joining with the way to undo it.
#[must_use]
pub fn screen(scene: &Scene<'_>, key: &str, top: &str, joined: Option<CardId>) -> Screen {
    let undo = joined.map(|card| Button::plain(Press::Unjoin { card }, scene.label("undo-joining")));
    let back = Button::plain(Press::Desk, scene.label("desk"));
    let buttons: Vec<Button> = undo.into_iter().chain([back]).collect();
    let page = Screen::text(top);
    let Some(ask) = scene.ask(key) else { return page.buttons(buttons) };
    let title = format!("**{}** · {}", scene.label("deed-alike"), scene.words().ask(key).title);
    let (groups, all) = shown(scene, ask);
    if groups.is_empty() {
        return page.and(&title).and(&scene.label("no-look-alikes")).buttons(buttons);
    }
    let list = groups.iter().enumerate().map(|(nth, group)| listed(scene, nth, group)).collect::<Vec<_>>();
    let more = match all - groups.len() {
        0 => String::new(),
        more => scene.fill("alike-more", &[("count", &more.to_string())]),
    };
    let deed = Deed { name: DEED.to_owned(), args: vec![key.to_owned()], page: 0 };
    let menu = Menu::one(Press::Deed { deed }, scene.label("pick-batch"), choices(scene, ask));
    let words = scene.label("alike-how");
    page.and(&title).and(&words).and(&list.join("\n\n")).and(&more).menu(menu).buttons(buttons)
}

/// A card's words for a line about another one.
#[must_use]
pub fn named(scene: &Scene<'_>, card: &Card) -> String {
    inline_fit(&scene.headline(card), 60)
}
