//! Groups of cards under headings: what is there, what may belong together, and one group with its cards. All by
//! menus and buttons, so that nobody has to drag anything.

use crate::discord::escape::{fit, inline, length};
use crate::discord::limits::{CHOICE_CHARS_MAX, CHOICES_MAX};
use crate::discord::press::{Batch, Press};
use crate::discord::scene::Scene;
use crate::discord::screen::{Blank, Button, Choice, Form, Menu, Screen};
use crate::path::cluster::{self, Cluster};
use crate::path::decide::HEADING_CHARS_MAX;
use crate::path::plan::Ask;
use crate::path::themes::{Theme, themes};
use crate::path::{Card, CardId, ClusterId, table};

/// The most cards that are chosen at once: their numbers stand in a form's id.
pub const CARDS_AT_ONCE: u8 = 10;
/// Suggestions shown at once.
const THEMES_MAX: usize = 8;
/// Characters of the groups that are listed, and of the suggestions.
const LISTED_CHARS_MAX: usize = 600;
/// Characters of one card in a list.
const CARD_CHARS_MAX: usize = 90;
/// Characters of the cards of one group on its own screen.
const GROUP_CHARS_MAX: usize = 1300;

/// Whether there is anything to see or to do: a heading, or two cards that could have one.
#[must_use]
pub fn is_there(scene: &Scene<'_>, ask: &str) -> bool {
    let board = scene.board();
    !cluster::on_table(board, ask).is_empty() || cluster::free(board, ask).len() > 1
}

/// The button to here, where there is something.
#[must_use]
pub fn button(scene: &Scene<'_>, ask: &str) -> Option<Button> {
    let press = || Press::Headings { ask: ask.to_owned(), page: 0 };
    is_there(scene, ask).then(|| Button::plain(press(), scene.label("headings")))
}

/// The headings on the table of an ask, what may belong together, and a menu to give cards a heading; after an act
/// with the way to undo it.
#[must_use]
pub fn screen(scene: &Scene<'_>, key: &str, page: u16, top: &str, undo: Option<Press>) -> Screen {
    let Some(ask) = scene.ask(key) else { return Screen::text(top) };
    let title = format!("**{}** · {}", scene.label("headings"), scene.words().ask(key).title);
    let groups = cluster::on_table(scene.board(), key);
    let (suggested, free) = (suggested(scene, key), free(scene, key));
    let takes_part = scene.person().is_some_and(crate::path::Person::takes_part);
    let mut page_of = Screen::text(top).and(&title).and(&scene.label("headings-how"));
    page_of = page_of.and(&listed(scene, groups.iter().map(|(group, cards)| group_line(scene, group, cards))));
    if groups.is_empty() && free.len() < 2 {
        page_of = page_of.and(&scene.label("no-headings"));
    }
    if takes_part && !suggested.is_empty() {
        let lines = suggested.iter().enumerate().map(|(nth, theme)| theme_line(scene, nth, theme));
        let words = format!("{}\n{}", scene.label("themes-how"), listed(scene, lines));
        let choices = suggested.iter().enumerate().map(|(nth, theme)| theme_choice(scene, nth, theme)).collect();
        page_of = page_of.and(&words).menu(Menu::one(
            Press::Theme { ask: key.to_owned() },
            scene.label("pick-theme"),
            choices,
        ));
    }
    let pages = free.chunks(CHOICES_MAX).len().max(1);
    let at = usize::from(page) % pages;
    if takes_part && free.len() > 1 {
        page_of = page_of.menu(new_menu(scene, ask, at_page(&free, at)));
    }
    let chosen = groups.iter().map(|(group, cards)| {
        Choice::new(group.id, fit(group.name(), CHOICE_CHARS_MAX))
            .line(scene.fill_plain("heading-count", &[("count", &cards.len().to_string())]))
    });
    page_of = page_of.menu(Menu::one(
        Press::Cluster { ask: key.to_owned() },
        scene.label("pick-heading"),
        chosen.take(CHOICES_MAX).collect(),
    ));
    let more = (pages > 1).then(|| Press::Headings { ask: key.to_owned(), page: next(at, pages) });
    page_of.buttons(ways(scene, key, undo, more))
}

/// *Undo*, *more cards*, and the ways on.
fn ways(scene: &Scene<'_>, key: &str, undo: Option<Press>, more: Option<Press>) -> Vec<Button> {
    let undo = undo.map(|press| Button::main(press, scene.label("undo-joining")));
    let more = more.map(|press| Button::plain(press, scene.label("further-cards")));
    let back = match scene.open(key) {
        Some(_) => Button::plain(Press::Ask { ask: key.to_owned() }, scene.label("back")),
        None => Button::plain(Press::Others { ask: key.to_owned(), page: 0 }, scene.label("others")),
    };
    let desk = scene.is_host().then(|| Button::plain(Press::Desk, scene.label("desk")));
    undo.into_iter().chain(more).chain([back]).chain(desk).collect()
}

/// A page of what is chosen from. The last one reaches back, so that it is as full as the others and no card is alone on it.
fn at_page<T>(all: &[T], page: usize) -> &[T] {
    let from = (page * CHOICES_MAX).min(all.len().saturating_sub(CHOICES_MAX));
    &all[from..all.len().min(from + CHOICES_MAX)]
}

fn next(page: usize, pages: usize) -> u16 {
    u16::try_from((page + 1) % pages).unwrap_or(0)
}

/// The cards that lie under no heading, as this reader sees them: each reader begins at another place.
fn free<'a>(scene: &'a Scene<'_>, key: &str) -> Vec<&'a Card> {
    let cards = cluster::free(scene.board(), key);
    scene.person().map_or_else(|| cards.clone(), |me| table::turned(scene.board(), me.id, cards.clone()))
}

/// What may belong together, as many as are shown, each with as many cards as are chosen at once.
fn suggested(scene: &Scene<'_>, key: &str) -> Vec<Theme> {
    let mut found = themes(scene.view(), key);
    found.truncate(THEMES_MAX);
    for theme in &mut found {
        theme.cards.truncate(usize::from(CARDS_AT_ONCE));
    }
    found
}

/// The word from which a heading for these cards may begin: of the suggestion that they are.
#[must_use]
pub fn word(scene: &Scene<'_>, key: &str, cards: &[CardId]) -> String {
    let theme = suggested(scene, key).into_iter().find(|theme| theme.cards == cards);
    theme.and_then(|theme| theme.word).unwrap_or_default()
}

fn new_menu(scene: &Scene<'_>, ask: &Ask, cards: &[&Card]) -> Menu {
    let choices = cards.iter().map(|card| choice(scene, ask, card)).collect();
    let id = Press::NewHeading { ask: ask.key.clone() }.into();
    Menu { id, hint: scene.label("pick-for-heading"), choices, min: 2, max: CARDS_AT_ONCE }
}

/// A card to choose; from another ask of the same table with that ask's name.
fn choice(scene: &Scene<'_>, ask: &Ask, card: &Card) -> Choice {
    let from = if card.source == ask.key { String::new() } else { scene.words().ask(&card.source).title };
    Choice::new(card.id, scene.name_of(card)).line(from)
}

/// As many of these lines as fit, and how many more there are.
fn listed(scene: &Scene<'_>, lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.collect();
    let mut chars = 0;
    let fits = lines.iter().enumerate().take_while(|(nth, line)| {
        chars += length(line) + 1;
        *nth == 0 || chars <= LISTED_CHARS_MAX
    });
    let shown = fits.count();
    let mut text = lines.get(..shown).unwrap_or_default().join("\n");
    if shown < lines.len() {
        text.push('\n');
        text.push_str(&scene.fill("and-more", &[("count", &(lines.len() - shown).to_string())]));
    }
    text
}

/// A heading with how many cards lie there, and the first of them.
fn group_line(scene: &Scene<'_>, group: &Cluster, cards: &[&Card]) -> String {
    let count = cards.len().to_string();
    let first = cards.first().map(|card| scene.line(card, 60)).unwrap_or_default();
    format!("{}\n• {first}", scene.fill("heading-line", &[("name", group.name()), ("count", &count)]))
}

/// What may belong together, in two lines.
fn theme_line(scene: &Scene<'_>, nth: usize, theme: &Theme) -> String {
    let (nth, count) = ((nth + 1).to_string(), theme.cards.len().to_string());
    let head = scene.fill("alike-group", &[("nth", &nth), ("count", &count)]);
    let cards = theme.cards.iter().filter_map(|id| scene.board().cards.get(id));
    let lines: Vec<String> = cards.take(2).map(|card| format!("• {}", scene.line(card, 60))).collect();
    let rest = theme.cards.len().saturating_sub(2);
    let more = if rest == 0 {
        String::new()
    } else {
        format!("\n{}", scene.fill("and-more", &[("count", &rest.to_string())]))
    };
    format!("{head}\n{}{more}", lines.join("\n"))
}

fn theme_choice(scene: &Scene<'_>, nth: usize, theme: &Theme) -> Choice {
    let cards: Vec<String> = theme.cards.iter().map(ToString::to_string).collect();
    let first = theme.cards.first().and_then(|id| scene.board().cards.get(id));
    let words = theme.word.clone().or_else(|| first.map(|card| scene.headline(card))).unwrap_or_default();
    let label = fit(&format!("{}. {}", nth + 1, words.replace('\n', " ")), CHOICE_CHARS_MAX);
    Choice::new(cards.join(","), label)
        .line(scene.fill_plain("alike-count", &[("count", &theme.cards.len().to_string())]))
}

/// One group: who named it, its cards, and what its reader may do with it.
#[must_use]
pub fn group(scene: &Scene<'_>, id: ClusterId, page: u16, top: &str, undo: Option<Press>) -> Screen {
    let board = scene.board();
    let Some(group) = board.clusters.get(&id) else {
        let desk = scene.is_host().then(|| Button::plain(Press::Desk, scene.label("desk")));
        let ways =
            [Button::main(Press::Mine { page: 0 }, scene.label("what-i-gave"))].into_iter().chain(desk).collect();
        return Screen::text(top).and(&scene.say(&crate::path::Refusal::HeadingGone.said())).buttons(ways);
    };
    let cards = cluster::standing(board, id);
    let title = scene.fill("heading-line", &[("name", group.name()), ("count", &cards.len().to_string())]);
    let mut chars = 0;
    let lines = cards.iter().map(|card| {
        let by = card.by.map(|by| format!(" – {}", inline(&scene.name(by)))).unwrap_or_default();
        format!("• {}{by}", scene.line(card, CARD_CHARS_MAX))
    });
    let lines: Vec<String> = lines
        .take_while(|line| {
            chars += length(line) + 1;
            chars <= GROUP_CHARS_MAX
        })
        .collect();
    let rest = match cards.len() - lines.len() {
        0 => String::new(),
        more => scene.fill("and-more", &[("count", &more.to_string())]),
    };
    let shown = Screen::text(top)
        .and(&format!("{title}{}", named(scene, group)))
        .and(&lines.join("\n"))
        .and(&rest)
        .and(&scene.label("heading-how"));
    let (puts, outs) = movable(scene, group, &cards);
    let pages = puts.len().max(outs.len()).div_ceil(CHOICES_MAX).max(1);
    let at = usize::from(page) % pages;
    let more = (pages > 1).then(|| Press::ShowCluster { cluster: id, page: next(at, pages) });
    let menu = |press: Press, hint: &str, choices: &[Choice]| Menu {
        id: press.into(),
        hint: scene.label(hint),
        choices: at_page(choices, at).to_vec(),
        min: 1,
        max: CARDS_AT_ONCE,
    };
    let shown = shown.menu(menu(Press::PutUnder { cluster: id }, "pick-put-under", &puts));
    shown.menu(menu(Press::TakeOut { cluster: id }, "pick-take-out", &outs)).buttons(deeds(scene, group, undo, more))
}

/// Who gave the heading, and what it was before.
fn named(scene: &Scene<'_>, group: &Cluster) -> String {
    let by = group.named_by().map(|by| scene.fill("named-by", &[("name", &scene.name(by))])).unwrap_or_default();
    let before = group.name_before().map(|name| scene.fill("named-before", &[("name", name)])).unwrap_or_default();
    let said: Vec<String> = [by, before].into_iter().filter(|words| !words.is_empty()).collect();
    if said.is_empty() { String::new() } else { format!("\n{}", said.join(" · ")) }
}

/// The cards that the reader may put there, and those that they may take out.
fn movable(scene: &Scene<'_>, group: &Cluster, there: &[&Card]) -> (Vec<Choice>, Vec<Choice>) {
    let board = scene.board();
    let Some(person) = scene.person().filter(|person| person.takes_part()) else { return Default::default() };
    let Some(ask) = scene.ask(&group.source) else { return Default::default() };
    let may = cluster::may_change(board, group, person, false);
    let headings = cluster::Headings::of(board);
    let on_table = cluster::table_of(board, &group.source).into_iter().flat_map(|ask| board.cards_of(&ask.key, false));
    let puts = on_table.filter(|card| {
        let over = headings.over(card.id);
        let own = cluster::is_own(board, card, person);
        let was_taken = board.origins(card.id).iter().any(|id| group.out.contains(id));
        over.is_none_or(|over| over.id != group.id && (own || person.host)) && (own || may && !was_taken)
    });
    let line = |card: &Card| headings.over(card.id).map(|over| over.name().to_owned());
    let puts = puts.map(|card| {
        let choice = choice(scene, ask, card);
        line(card)
            .map_or_else(|| choice.clone(), |name| choice.clone().line(scene.fill_plain("lies-in", &[("name", &name)])))
    });
    let outs = there.iter().filter(|card| may || cluster::is_own(board, card, person));
    (puts.collect(), outs.map(|card| choice(scene, ask, card)).collect())
}

/// Undo, rename, dissolve, more cards, and back.
fn deeds(scene: &Scene<'_>, group: &Cluster, undo: Option<Press>, more: Option<Press>) -> Vec<Button> {
    let board = scene.board();
    let may = |naming| {
        let person = scene.person().filter(|person| person.takes_part());
        person.is_some_and(|person| cluster::may_change(board, group, person, naming))
    };
    let undo = undo.map(|press| Button::main(press, scene.label("undo-joining")));
    let rename = may(true).then(|| Button::plain(Press::Rename { cluster: group.id }, scene.label("rename-heading")));
    let dissolve =
        may(false).then(|| Button::plain(Press::Dissolve { cluster: group.id }, scene.label("dissolve-heading")));
    let more = more.map(|press| Button::plain(press, scene.label("further-cards")));
    let back = Button::plain(Press::Headings { ask: group.source.clone(), page: 0 }, scene.label("headings"));
    undo.into_iter().chain(rename).chain(dissolve).chain(more).chain([back]).collect()
}

/// The form for a new heading over these cards.
#[must_use]
pub fn new_form(scene: &Scene<'_>, cards: Vec<CardId>, value: String, opening: String) -> Form {
    let id = Press::HeadingForm { cards: Batch(cards), opening }.into();
    Form { id, title: scene.label("new-heading"), boxes: vec![blank(scene, value)] }
}

/// The form for another heading.
#[must_use]
pub fn rename_form(scene: &Scene<'_>, group: &Cluster, opening: String) -> Form {
    let id = Press::RenameForm { cluster: group.id, opening }.into();
    Form { id, title: scene.label("rename-heading"), boxes: vec![blank(scene, group.name().to_owned())] }
}

fn blank(scene: &Scene<'_>, value: String) -> Blank {
    Blank {
        key: "words".to_owned(),
        label: scene.label("box-heading"),
        hint: scene.label("box-heading-hint"),
        value,
        chars_max: HEADING_CHARS_MAX,
        long: false,
        needed: true,
    }
}

/// The line above the first card under a heading, or above those that lie under none.
#[must_use]
pub fn head(scene: &Scene<'_>, over: Option<&Cluster>) -> String {
    let name = over.map_or_else(|| scene.label("no-heading"), |over| inline(over.name()));
    format!("**{name}**\n")
}

/// Cards with their headings: those of one together, in the order of the first of each, and those under none last.
#[must_use]
pub fn under_headings<'a>(scene: &'a Scene<'_>, cards: Vec<&'a Card>) -> Vec<(Option<&'a Cluster>, &'a Card)> {
    let headings = cluster::Headings::of(scene.board());
    let mut order: Vec<ClusterId> = Vec::new();
    let mut found: Vec<(usize, Option<&Cluster>, &Card)> = Vec::new();
    for card in cards {
        let over = headings.over(card.id);
        let place = over.map_or(usize::MAX, |over| {
            order.iter().position(|id| *id == over.id).unwrap_or_else(|| {
                order.push(over.id);
                order.len() - 1
            })
        });
        found.push((place, over, card));
    }
    found.sort_by_key(|(place, ..)| *place);
    found.into_iter().map(|(_, over, card)| (over, card)).collect()
}
