//! The smaller rooms: hosts', partners', triads'.

use super::canvas;
use crate::app::UNJOINED;
use crate::discord::escape::{inline, quote};
use crate::discord::press::{Deed, Press};
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Look, Screen};
use crate::discord::screens::rounds;
use crate::path::plan::{By, Confirm, FieldKind, Kind, Place};
use crate::path::{AccountId, Card, CardId, CardState, GroupId, PartnerId, Person, PersonId, Said, Spot, Standing};

/// What a smaller room is called.
#[must_use]
pub fn room_name(scene: &Scene<'_>, spot: &Spot) -> String {
    match spot {
        Spot::Hosts => scene.label("room-hosts"),
        Spot::Partner(partner) => scene.fill_plain("room-partner", &[("partner", &scene.partner(*partner))]),
        Spot::Group(group) => scene.fill_plain("room-triad", &[("nth", &nth(scene, *group))]),
        Spot::Talk(_) | Spot::Board | Spot::Direct(_) | Spot::Round(_) | Spot::Occasion(_) | Spot::Opening(_) => {
            String::new()
        }
    }
}

fn nth(scene: &Scene<'_>, group: GroupId) -> String {
    scene.board().groups.get(&group).map(|group| group.nth.to_string()).unwrap_or_default()
}

/// Whose accounts are let into a room.
#[must_use]
pub fn accounts(scene: &Scene<'_>, spot: &Spot) -> Vec<u64> {
    people(scene, spot).iter().flat_map(|person| person.accounts.iter().map(|account| account.0)).collect()
}

fn people<'a>(scene: &'a Scene<'_>, spot: &Spot) -> Vec<&'a Person> {
    let board = scene.board();
    let here = board.people.values().filter(|person| person.takes_part());
    match spot {
        Spot::Hosts => here.filter(|person| person.host).collect(),
        Spot::Partner(partner) => here.filter(|person| person.partner == *partner).collect(),
        Spot::Group(group) => {
            let members = board.groups.get(group).map(|group| group.members.clone()).unwrap_or_default();
            here.filter(|person| members.contains(&person.id)).collect()
        }
        Spot::Talk(_) | Spot::Board | Spot::Direct(_) | Spot::Round(_) | Spot::Occasion(_) | Spot::Opening(_) => {
            Vec::new()
        }
    }
}

/// The first message in a room: what it is for, who else can read it, what can be done here.
#[must_use]
pub fn first(scene: &Scene<'_>, spot: &Spot) -> Option<Screen> {
    match spot {
        Spot::Hosts => Some(hosts(scene)),
        Spot::Partner(partner) => Some(of_partner(scene, *partner)),
        Spot::Group(group) => of_group(scene, *group),
        Spot::Talk(_) | Spot::Board | Spot::Direct(_) | Spot::Round(_) | Spot::Occasion(_) | Spot::Opening(_) => None,
    }
}

fn hosts(scene: &Scene<'_>) -> Screen {
    let words = scene.say(&Said::new("hosts-room"));
    Screen::text(words).and(&who_reads(scene)).buttons(vec![Button::main(Press::Desk, scene.label("desk"))])
}

fn of_partner(scene: &Scene<'_>, partner: PartnerId) -> Screen {
    let words = scene.say(&Said::new("partner-room").with("partner", scene.partner(partner)));
    Screen::text(words)
        .and(&who_reads(scene))
        .buttons(vec![Button::main(Press::Me, scene.label("what-waits")), canvas(scene)])
}

fn of_group(scene: &Scene<'_>, group: GroupId) -> Option<Screen> {
    let board = scene.board();
    let members = &board.groups.get(&group)?.members;
    let names = members.iter().filter_map(|id| board.people.get(id)).map(|person| {
        let partner = scene.partner(person.partner);
        inline(&format!("{} ({partner})", person.name))
    });
    let names: Vec<String> = names.collect();
    let words = scene.say(&Said::new("triad-room").with("nth", nth(scene, group)));
    let rules = scene.say(&Said::new("triad-rule"));
    let buttons = asks_here(scene, By::Each).into_iter().chain(asks_here(scene, By::Group)).collect();
    Some(Screen::text(words).and(&names.join("\n")).and(&rules).and(&who_reads(scene)).buttons(buttons))
}

fn who_reads(scene: &Scene<'_>) -> String {
    scene.say(&Said::new("who-else-reads"))
}

/// Buttons for the open asks of triads that are given like this.
fn asks_here(scene: &Scene<'_>, by: By) -> Vec<Button> {
    let asks = scene.board().plan.asks().map(|(_, _, ask)| ask);
    let here = asks.filter(|ask| ask.kind == Kind::Cards && ask.place == Place::Group && ask.by == by);
    let open = here.filter(|ask| scene.open(&ask.key).is_some());
    open.map(|ask| Button::plain(Press::Ask { ask: ask.key.clone() }, scene.words().ask(&ask.key).title)).collect()
}

/// A story or note, as its triad reads it.
pub(super) fn story(scene: &Scene<'_>, id: CardId) -> Option<Screen> {
    let card = scene.board().cards.get(&id).filter(|card| card.stands())?;
    let ask = scene.ask(&card.source)?;
    let name = card.by.map(|person| scene.name(person)).unwrap_or_default();
    let kinds = ask.fields.iter().filter(|field| field.kind == FieldKind::Choice);
    let kinds: Vec<String> = kinds.map(|field| scene.choice(&ask.key, &field.key, card.field(&field.key))).collect();
    let head = Said::new("post-card").with("name", name).with("ask", &ask.key).with("kind", kinds.join(", "));
    let words = ask.headline().map(|field| card.field(&field.key)).unwrap_or_default();
    Some(Screen::text(scene.say(&head)).and(&quote(words)).buttons(asks_here(scene, By::Group)))
}

/// Words to one person, mentioning them alone; moot once a card they were to confirm is confirmed.
pub(super) fn tell(scene: &Scene<'_>, person: PersonId, said: &Said, card: Option<CardId>) -> Option<Screen> {
    let person = scene.board().people.get(&person).filter(|person| person.standing != Standing::Left)?;
    let card = card.and_then(|id| scene.board().cards.get(&id));
    let to_confirm = card.filter(|card| may_confirm(scene, card, person));
    let asked_to = ["confirm-step", "release"].contains(&said.key.as_str());
    if asked_to && to_confirm.is_none() {
        return None;
    }
    // A joining that was undone before it was told is no news.
    let joined = said.key == "merged-yours";
    if joined && card.is_none_or(|card| card.state == CardState::Withdrawn) {
        return None;
    }
    let account = person.accounts.iter().next_back().map(|account| account.0);
    let hello = account.map_or_else(|| inline(&person.name), |account| format!("<@{account}>"));
    let mut screen = Screen::text(format!("{hello} {}", scene.say(said)));
    screen.mentions = account.into_iter().collect();
    let is_gone = said.key == UNJOINED;
    if let Some(card) = card.filter(|_| !is_gone) {
        screen = screen.and(&quote(&in_full(scene, card)));
    }
    let mut buttons = Vec::new();
    if let Some(card) = to_confirm {
        buttons.push(Button::plain(Press::Confirm { card: card.id, yes: true }, scene.label("yes")).look(Look::Yes));
        buttons.push(Button::plain(Press::Confirm { card: card.id, yes: false }, scene.label("no")).look(Look::No));
    } else if let Some(ask) = said.with.get("ask").filter(|ask| scene.open(ask).is_some()) {
        buttons.push(Button::main(Press::Ask { ask: ask.clone() }, scene.words().ask(ask).title));
    }
    let behind = card.filter(|_| said.key == "supported-anew").map(|card| scene.board().behind(card.id));
    if let Some(mine) = behind.unwrap_or_default().into_iter().find(|mine| mine.by == Some(person.id)) {
        buttons.push(Button::plain(Press::StandAlone { card: mine.id }, scene.label("stand-alone")));
    }
    if let Some(card) = card.filter(|_| joined) {
        buttons.push(Button::plain(Press::SplitOff { card: card.id }, scene.label("split-mine-off")));
    }
    if buttons.is_empty() {
        buttons.push(Button::plain(Press::Me, scene.label("what-waits")));
    }
    Some(screen.buttons(buttons))
}

/// Whether a card waits for this person's yes.
fn may_confirm(scene: &Scene<'_>, card: &Card, person: &Person) -> bool {
    let Some(ask) = scene.ask(&card.source) else { return false };
    if card.confirmed.is_some() || !card.stands() {
        return false;
    }
    match ask.confirm {
        Some(Confirm::Strategic) => card.partner == Some(person.partner),
        Some(Confirm::Owner) => {
            let owner = ask.fields.iter().find(|field| field.kind == FieldKind::Person);
            owner.is_some_and(|field| card.field(&field.key) == person.id.to_string())
        }
        Some(Confirm::Teller) => card.by == Some(person.id),
        None => false,
    }
}

fn in_full(scene: &Scene<'_>, card: &Card) -> String {
    let Some(ask) = scene.ask(&card.source) else { return scene.headline(card) };
    let words = scene.words().ask(&ask.key);
    let line = |field: &crate::path::plan::Field| {
        let shown = scene.shown(&ask.key, field, card.field(&field.key));
        let label = words.fields.get(&field.key).map(|field| field.label.clone()).unwrap_or_default();
        (!shown.is_empty()).then(|| if ask.fields.len() > 1 { format!("{label}: {shown}") } else { shown })
    };
    let lines: Vec<String> = ask.fields.iter().filter_map(line).collect();
    if lines.is_empty() { scene.headline(card) } else { lines.join("\n") }
}

/// Words in a room, mentioning nobody.
pub(super) fn say(scene: &Scene<'_>, spot: &Spot, said: &Said) -> Screen {
    let button = match spot {
        Spot::Hosts => return to_hosts(scene, said),
        Spot::Partner(_)
        | Spot::Group(_)
        | Spot::Talk(_)
        | Spot::Board
        | Spot::Direct(_)
        | Spot::Round(_)
        | Spot::Occasion(_)
        | Spot::Opening(_) => match said.with.get("ask").filter(|ask| scene.open(ask).is_some()) {
            Some(ask) => Button::main(Press::Ask { ask: ask.clone() }, scene.words().ask(ask).title),
            None => Button::plain(Press::Me, scene.label("what-waits")),
        },
    };
    Screen::text(scene.say(said)).buttons(vec![button])
}

/// What hosts are told; open lines of a consent come with the reasons, and with the next round.
fn to_hosts(scene: &Scene<'_>, said: &Said) -> Screen {
    let screen = Screen::text(scene.say(said));
    let in_rounds = ["next-round", "no-more-rounds"].contains(&said.key.as_str());
    let ask = said.with.get("ask").and_then(|key| scene.ask(key)).filter(|_| in_rounds);
    let Some(ask) = ask else { return screen.buttons(for_hosts(scene, said)) };
    let screen = screen.and(&rounds::open_lines(scene, ask));
    if said.key == "no-more-rounds" {
        return screen.buttons(for_hosts(scene, said));
    }
    screen.buttons(vec![rounds::button(scene, ask, ""), Button::plain(Press::Desk, scene.label("desk"))])
}

/// What hosts are told comes with the deed that answers it.
fn for_hosts(scene: &Scene<'_>, said: &Said) -> Vec<Button> {
    let deed = |name: &str, arg: &String| Deed { name: name.to_owned(), args: vec![arg.clone()], page: 0 };
    let plan = &scene.board().plan;
    let sitting = said.with.get("sitting").filter(|key| plan.sitting(key).is_some());
    let ask = said.with.get("ask").filter(|key| plan.ask(key).is_some());
    let deed = match (sitting, ask) {
        (Some(sitting), _) => Some(deed("close", sitting)),
        (None, Some(ask)) => Some(deed("ask-open", ask)),
        (None, None) => None,
    };
    let act = deed.map(|deed| {
        let label = scene.label(&format!("deed-{}", deed.name));
        Button::main(Press::Deed { deed }, label)
    });
    act.into_iter().chain([Button::plain(Press::Desk, scene.label("desk"))]).collect()
}

/// Somebody asks to join; moot once answered.
pub(super) fn asks(scene: &Scene<'_>, person: PersonId) -> Option<Screen> {
    let person = scene.board().people.get(&person).filter(|person| person.standing == Standing::Asking)?;
    let said = Said::new("asks-to-join").with("name", &person.name).with("partner", scene.partner(person.partner));
    let account = person.accounts.iter().next_back().map(|account| format!("<@{}>", account.0)).unwrap_or_default();
    Some(Screen::text(scene.say(&said)).and(&account).buttons(vec![
        Button::plain(Press::Admit { person: person.id, yes: true }, scene.label("admit")).look(Look::Yes),
        Button::plain(Press::Admit { person: person.id, yes: false }, scene.label("decline")).look(Look::No),
    ]))
}

/// Somebody says from a new account that they are in already; moot once that is so.
pub(super) fn claims(scene: &Scene<'_>, id: PersonId, account: AccountId) -> Option<Screen> {
    let person = scene.board().people.get(&id).filter(|person| !person.accounts.contains(&account))?;
    let said = Said::new("claims-to-be").with("name", &person.name);
    let answer = |yes| Press::Account { person: id, account, yes };
    Some(Screen::text(scene.say(&said)).and(&format!("<@{}>", account.0)).buttons(vec![
        Button::plain(answer(true), scene.label("yes")).look(Look::Yes),
        Button::plain(answer(false), scene.label("no")).look(Look::No),
    ]))
}
