//! Cards that people write: what is asked, what was given, what is drafted; menus for what is
//! chosen, a form for what is typed.

use std::collections::BTreeMap;

use crate::discord::escape::{fit, inline, inline_fit};
use crate::discord::limits::{BOXES_OURS, CHOICES_MAX};
use crate::discord::press::{Press, Slip};
use crate::discord::scene::Scene;
use crate::discord::screen::{Blank, Button, Choice, Form, Look, Menu, Screen};
use crate::path::plan::{Ask, By, Field, FieldKind, Named};
use crate::path::{Card, CardId, CardState, PersonId, table};

/// Menus for chosen fields that fit beside a menu of one's own cards and two rows of buttons.
const MENUS_WITH_LIST: usize = 2;
/// Menus for chosen fields that fit beside two rows of buttons.
const MENUS_MAX: usize = 3;
/// Cards shown on one screen of other people's.
const OTHERS_A_PAGE: usize = 10;

/// The value of a choice that empties an optional field.
pub const NOTHING: &str = "~-";

/// Which page of a field's choices is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The field's key.
    pub field: String,
    /// The page, from 0.
    pub page: usize,
}

/// What stands in the fields of a slip: the card that is edited, or the draft.
#[must_use]
pub fn filled(scene: &Scene<'_>, ask: &Ask, slip: &Slip) -> BTreeMap<String, String> {
    let card = slip.card.and_then(|id| scene.board().cards.get(&id)).and_then(Card::text);
    card.map_or_else(|| scene.draft(&ask.key), |text| text.fields.clone())
}

/// Fields that must be filled and are not.
#[must_use]
pub fn missing<'a>(ask: &'a Ask, filled: &BTreeMap<String, String>) -> Vec<&'a Field> {
    let empty = |field: &&Field| filled.get(&field.key).is_none_or(|words| words.trim().is_empty());
    ask.fields.iter().filter(|field| !field.optional).filter(empty).collect()
}

/// The typed fields, page by page of a form.
#[must_use]
pub fn pages(ask: &Ask) -> Vec<Vec<&Field>> {
    let typed: Vec<&Field> = ask.fields.iter().filter(|field| field.is_typed()).collect();
    typed.chunks(BOXES_OURS).map(<[&Field]>::to_vec).collect()
}

/// The screen of an ask for cards, or of one card that is changed.
#[must_use]
pub fn screen(scene: &Scene<'_>, ask: &Ask, slip: &Slip, turn: Option<&Turn>, top: &str) -> Screen {
    let owner = slip.behalf.or_else(|| scene.person().map(|person| person.id));
    let mine = owner.map(|person| scene.cards_by(ask, person)).unwrap_or_default();
    let filled = filled(scene, ask, slip);
    let is_edit = slip.card.is_some();
    let behind = owner.map(|person| scene.behind_by(ask, person)).unwrap_or_default();
    let counting = counting(scene, ask, &mine);
    let have = counting.len() + self::counting(scene, ask, &behind).len();
    let may_add = scene.giver(ask).is_some() && have < usize::from(ask.each.max);
    // Where there is one card only and a new round has begun, to write is to word that card anew.
    let anew = counting.first().filter(|_| ask.each.max == 1 && slip.behalf.is_none() && scene.how(ask).is_none());
    let anew = anew.filter(|_| !is_edit && scene.giver(ask).is_some()).map(|card| card.id);
    let may_write = may_add || anew.is_some();
    let mut screen = super::head(scene, ask, top).and(&behalf(scene, slip.behalf));
    screen = match slip.card.and_then(|id| scene.board().cards.get(&id)) {
        Some(card) => screen.and(&scene.fill("changing", &[("card", &fit(&scene.headline(card), 200))])),
        None => screen.and(&given(scene, ask, &[mine.as_slice(), &behind].concat())).and(&drafted(scene, ask, &filled)),
    };
    let open = is_edit || may_write || slip.behalf.is_some();
    let chosen: Vec<&Field> = ask.fields.iter().filter(|field| !field.is_typed()).collect();
    if open {
        for field in chosen.iter().take(MENUS_MAX) {
            screen = screen.menu(menu(scene, ask, slip, field, turn));
        }
    }
    let mut rows = Vec::new();
    if let Some(card) = anew.filter(|_| !pages(ask).is_empty()) {
        let slip = Slip { card: Some(card), ..slip.clone() };
        rows.push(Button::main(Press::Write { slip }, scene.label("write")));
    } else if open {
        rows.extend(writing(scene, ask, slip, &filled, have));
    }
    if slip.behalf.is_none() && !is_edit {
        rows.extend(super::onward_buttons(scene, ask));
    } else {
        rows.push(Button::plain(Press::Ask { ask: ask.key.clone() }, scene.label("back")));
    }
    screen = screen.buttons(rows);
    if is_edit || slip.behalf.is_some() {
        return screen;
    }
    own(scene, ask, &[mine, behind].concat(), chosen.len(), screen)
}

/// The cards that count in this round: one's own of an earlier one do not.
fn counting<'a>(scene: &Scene<'_>, ask: &Ask, cards: &[&'a Card]) -> Vec<&'a Card> {
    let window = scene.open(&ask.key).map(|window| window.id);
    let is_own = matches!(ask.by, By::Each | By::Host | By::Owner);
    cards.iter().copied().filter(|card| !is_own || card.window == window).collect()
}

fn behalf(scene: &Scene<'_>, person: Option<PersonId>) -> String {
    person.map_or_else(String::new, |person| scene.fill("on-behalf", &[("name", &scene.name(person))]))
}

/// *Write*, *Go on*, *Give*, *Told*.
fn writing(scene: &Scene<'_>, ask: &Ask, slip: &Slip, filled: &BTreeMap<String, String>, have: usize) -> Vec<Button> {
    let mut buttons = Vec::new();
    let missing = missing(ask, filled);
    let is_edit = slip.card.is_some();
    let any = filled.values().any(|words| !words.trim().is_empty());
    let bare = ask.fields.iter().all(|field| field.optional) && ask.optional;
    let ready = !is_edit && missing.is_empty() && (any || bare || ask.fields.is_empty());
    let pages = pages(ask);
    if ready {
        buttons.push(Button::main(Press::Send { slip: slip.clone(), despite: false }, scene.label("give")));
    }
    // A longer form goes on where a page is still empty.
    let next = pages.iter().position(|page| page.iter().any(|field| missing.iter().any(|miss| miss.key == field.key)));
    let started = any && !is_edit;
    for (nth, _) in pages.iter().enumerate().filter(|(nth, _)| is_edit || started && pages.len() > 1 || *nth == 0) {
        let page = u16::try_from(nth).unwrap_or(0);
        let key = match (nth, started && next == Some(nth), have) {
            (nth, true, _) if nth > 0 => "go-on",
            (0, _, 0) => "write",
            (0, _, _) if is_edit => "write",
            (0, _, _) => "write-another",
            _ => "page-of-form",
        };
        let number = (nth + 1).to_string();
        let label = scene.fill_plain(key, &[("nth", &number)]);
        let look = if !ready && (next == Some(nth) || next.is_none() && nth == 0 && have == 0) {
            Look::Main
        } else {
            Look::Plain
        };
        buttons.push(Button::plain(Press::Write { slip: Slip { page, ..slip.clone() } }, label).look(look));
    }
    if ask.told && !is_edit && slip.behalf.is_none() && scene.how(ask).is_none() {
        buttons.push(Button::plain(Press::Done { ask: ask.key.clone() }, scene.label("told")));
    }
    buttons
}

/// One's own cards, to be changed or taken back; and what others wrote.
fn own(scene: &Scene<'_>, ask: &Ask, mine: &[&Card], menus: usize, screen: Screen) -> Screen {
    let mut buttons = Vec::new();
    let mut screen = screen;
    match mine {
        [] => {}
        [one] if one.state != CardState::Open => {
            buttons.push(Button::plain(Press::StandAlone { card: one.id }, scene.label("stand-alone")));
        }
        [one] => {
            buttons.push(Button::plain(Press::Edit { card: one.id }, scene.label("change")));
            buttons.push(Button::plain(Press::Withdraw { card: one.id, sure: false }, scene.label("take-back")));
        }
        several if menus <= MENUS_WITH_LIST => {
            let choices = several.iter().rev().take(CHOICES_MAX).map(|card| Choice::new(card.id, scene.headline(card)));
            screen = screen.menu(Menu::one(Press::Card, scene.label("change-one"), choices.collect()));
        }
        _ => buttons.push(Button::plain(Press::Mine { page: 0 }, scene.label("what-i-gave"))),
    }
    if !others_of(scene, ask).is_empty() {
        buttons.push(Button::plain(Press::Others { ask: ask.key.clone(), page: 0 }, scene.label("others")));
    }
    screen.buttons(buttons)
}

/// The menu of a chosen field; where it offers more than fits, its last choice turns the page.
fn menu(scene: &Scene<'_>, ask: &Ask, slip: &Slip, field: &Field, turn: Option<&Turn>) -> Menu {
    let filled = filled(scene, ask, slip);
    let current = filled.get(&field.key).map_or("", String::as_str);
    let all = options(scene, ask, field);
    let label = scene.words().ask(&ask.key).fields.get(&field.key).map(|words| words.label.clone());
    let hint = label.filter(|label| !label.is_empty()).unwrap_or_else(|| field.key.clone());
    let page = turn.filter(|turn| turn.field == field.key).map_or(0, |turn| turn.page);
    let mut choices = super::paged::page(scene, all, page);
    for choice in &mut choices {
        choice.chosen = choice.value == current;
    }
    let none = Choice::new(NOTHING, scene.label("nothing-chosen"));
    if field.optional && choices.len() < CHOICES_MAX {
        choices.push(none);
    }
    Menu::one(Press::Pick { slip: slip.clone(), field: field.key.clone() }, hint, choices)
}

/// What a field offers: value and words.
#[must_use]
pub fn options(scene: &Scene<'_>, ask: &Ask, field: &Field) -> Vec<Choice> {
    match field.kind {
        FieldKind::Choice => {
            field.choices.iter().map(|key| Choice::new(key, scene.choice(&ask.key, &field.key, key))).collect()
        }
        FieldKind::Person => {
            let people = scene.board().counting();
            people
                .map(|person| Choice::new(person.id, person.name.clone()).line(scene.partner(person.partner)))
                .collect()
        }
        FieldKind::Partner => {
            let partners = scene.board().partners_now();
            partners.map(|partner| Choice::new(partner.id, partner.short.clone()).line(partner.name.clone())).collect()
        }
        FieldKind::Card => {
            let cards = table::offered(scene.board(), field);
            cards.into_iter().map(|card| Choice::new(card.id, scene.name_of(card))).collect()
        }
        FieldKind::Line | FieldKind::Text | FieldKind::Number | FieldKind::Date => Vec::new(),
    }
}

/// What was given so far.
#[must_use]
pub fn given(scene: &Scene<'_>, ask: &Ask, cards: &[&Card]) -> String {
    if cards.is_empty() {
        return String::new();
    }
    let (have, most) = (cards.len().to_string(), ask.each.max.to_string());
    let head = scene.fill("you-gave", &[("have", &have), ("most", &most)]);
    let room = (900 / cards.len()).clamp(60, 300);
    let lines = cards.iter().map(|card| format!("✓ {}{}", scene.line(card, room), waits(scene, ask, card)));
    format!("{head}\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// Behind which card it stands; or *(waits for a yes)*, where a card needs one.
fn waits(scene: &Scene<'_>, ask: &Ask, card: &Card) -> String {
    if let Some(link) = scene.board().support_of(card) {
        let other = scene.board().cards.get(&link.to).map(|card| scene.headline(card)).unwrap_or_default();
        return format!(" {}", scene.fill("stands-behind", &[("card", &fit(&other, 80))]));
    }
    match (&ask.confirm, &card.confirmed) {
        (Some(_), None) => format!(" {}", scene.label("waits-for-yes")),
        (Some(_), Some(said)) if !said.yes => format!(" {}", scene.label("got-a-no")),
        _ => String::new(),
    }
}

fn drafted(scene: &Scene<'_>, ask: &Ask, filled: &BTreeMap<String, String>) -> String {
    let words = scene.words().ask(&ask.key);
    let lines = ask.fields.iter().filter_map(|field| {
        let shown = scene.shown(&ask.key, field, filled.get(&field.key)?);
        let label = words.fields.get(&field.key).map(|words| words.label.clone()).unwrap_or_default();
        (!shown.trim().is_empty()).then(|| format!("> {label}: {}", inline_fit(&shown, 160)))
    });
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { String::new() } else { format!("{}\n{}", scene.label("your-draft"), lines.join("\n")) }
}

/// A card on one line with the smaller line of a list card.
#[must_use]
pub fn full_line(scene: &Scene<'_>, card: &Card, chars_max: usize) -> String {
    let line = card.field("line");
    let head = scene.line(card, chars_max);
    if card.item.is_none() || line.is_empty() {
        return head;
    }
    format!("**{head}** – {}", inline_fit(line, chars_max))
}

/// One page of a card's form.
#[must_use]
pub fn form(scene: &Scene<'_>, ask: &Ask, slip: &Slip, opening: String) -> Option<Form> {
    let filled = filled(scene, ask, slip);
    let pages = pages(ask);
    let fields = pages.get(usize::from(slip.page))?;
    let words = scene.words().ask(&ask.key);
    let boxes = fields.iter().map(|field| {
        let named = words.fields.get(&field.key).cloned().unwrap_or_default();
        Blank {
            key: field.key.clone(),
            label: if named.label.is_empty() { field.key.clone() } else { named.label },
            hint: named.hint,
            value: filled.get(&field.key).cloned().unwrap_or_default(),
            chars_max: field.chars_max(),
            long: field.kind == FieldKind::Text,
            needed: !field.optional,
        }
    });
    let number = match pages.len() {
        0 | 1 => String::new(),
        of => format!(" · {}/{of}", slip.page + 1),
    };
    let title = format!("{}{number}", fit(&words.title, 40));
    Some(Form { id: Press::Give { slip: slip.clone(), opening }.into(), title, boxes: boxes.collect() })
}

/// What others wrote, as far as the reader may see it.
#[must_use]
pub fn others_of<'a>(scene: &'a Scene<'_>, ask: &Ask) -> Vec<&'a Card> {
    let mine: Vec<CardId> = scene.mine(ask).iter().map(|card| card.id).collect();
    let others = scene.board().cards_of(&ask.key, false);
    let others = others.into_iter().filter(|card| !mine.contains(&card.id)).collect();
    scene.person().map_or_else(|| Vec::clone(&others), |me| table::turned(scene.board(), me.id, others.clone()))
}

/// One page of what others wrote.
#[must_use]
pub fn others(scene: &Scene<'_>, ask: &Ask, page: u16) -> Screen {
    let cards = others_of(scene, ask);
    let pages = cards.chunks(OTHERS_A_PAGE).len().max(1);
    let page = usize::from(page) % pages;
    let placed = super::clusters::under_headings(scene, cards);
    let any = placed.iter().any(|(over, _)| over.is_some());
    let mut last = None;
    let lines = placed.chunks(OTHERS_A_PAGE).nth(page).unwrap_or(&[]).iter().map(|(over, card)| {
        let by = if ask.named == Named::Never { None } else { card.by };
        let by = by.map(|by| format!(" – {}", inline(&scene.name(by)))).unwrap_or_default();
        let here = Some(over.map(|over| over.id)).filter(|_| any);
        let head = if here == last { String::new() } else { super::clusters::head(scene, *over) };
        last = here;
        format!("{head}• {}{by}", scene.line(card, 140))
    });
    let mut buttons = vec![Button::main(Press::Ask { ask: ask.key.clone() }, scene.label("back"))];
    if pages > 1 {
        let next = u16::try_from((page + 1) % pages).unwrap_or(0);
        buttons.push(Button::plain(Press::Others { ask: ask.key.clone(), page: next }, scene.label("more")));
    }
    buttons.extend(super::clusters::button(scene, &ask.key));
    let head = format!("**{}**\n{}", scene.words().ask(&ask.key).title, scene.label("others-wrote"));
    Screen::text(head).and(&lines.collect::<Vec<_>>().join("\n")).buttons(buttons)
}
