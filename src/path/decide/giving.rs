//! Giving cards: new ones, edited ones, on somebody's behalf; taking back, passing, telling.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::Outcome;
use super::adding;
use super::approving;
use super::fields;
use super::making::{Making, unknown};
use super::tree;
use crate::path::act::Giving;
use crate::path::card::{Card, CardId, CardState, Confirmed, Draft, Link, LinkId, Text};
use crate::path::change::Change;
use crate::path::giver;
use crate::path::notice::Notice;
use crate::path::people::{PartnerId, Person, PersonId, Standing, Who};
use crate::path::plan::{Ask, By, Confirm, FieldKind, Kind, LinkKind, Place};
use crate::path::refusal::Refusal;
use crate::path::said::{Next, Reply, Said};
use crate::path::spot::Spot;
use crate::path::window::{Giver, How, Window};

/// How long an ask holds back the one after it when nothing is given: twelve hours (method, 4.7).
const HOLD_BACK: TimeDelta = TimeDelta::hours(12);

/// Somebody gives a card, or edits one.
pub(super) fn give(mut making: Making, who: &Who, giving: &Giving) -> Result<Outcome, Refusal> {
    let actor = making.giving(who)?;
    let (ask, window) = match making.open(&giving.ask, &[Kind::Cards]) {
        Err(Refusal::Closed { .. }) if giving.late => return adding::add(making, who, giving),
        open => open?,
    };
    let person = on_behalf(&making, &actor, giving.behalf)?;
    let giver = making.giver(&ask, &window, &person)?;
    let group = giver::group_of(&making.board, person.id);
    in_turn(&making, &ask, &window, &person, group.is_some())?;
    let old = edited(&making, &ask, &window, giving, &actor, giver)?;
    let typed = whole(old.as_ref(), giving);
    let fields = fields::read(&making, &ask, &person, &typed, giving.despite)?;
    let text = Text { fields, by: Some(actor.id), via: giving.via, at: making.now };
    let is_new = old.is_none();
    let mut card = old.unwrap_or_else(|| new(&mut making, &ask, &window, &person));
    if card.text().is_some_and(|last| last.fields == text.fields) {
        return Ok(stay(making, &ask, "unchanged", &card));
    }
    card.texts.push(text);
    card.added = false;
    card.behalf = giving.behalf.map(|_| actor.id);
    card.group = if ask.place == Place::Group { group } else { None };
    confirm_by(&mut making, &ask, &mut card, &actor);
    let id = card.id;
    fits(&making, &ask, &card)?;
    making.record(Change::Card(card.clone()));
    join(&mut making, &ask, &card, Some(actor.id));
    super::joining::turned_away(&mut making, &ask, &card);
    super::drafting::take_volunteers(&mut making);
    let is_subject = approving::card_given(&mut making, &ask, &card, &actor);
    making.mark_given(&window, giver, How::Gave);
    if making.board.drafts.contains_key(&(actor.id, ask.key.clone())) {
        making.record(Change::DraftGone { person: actor.id, ask: ask.key.clone() });
    }
    if ask.place == Place::Group && is_new {
        making.notice(Notice::Story { card: id });
        complete(&mut making, &ask, &window, person.id);
    }
    let key = match (is_subject, is_new) {
        (true, _) => "saved-subject",
        (false, true) => "saved",
        (false, false) => "edited",
    };
    let count = standing(&making, &ask, &window, giver).count();
    let said = Said::new(key).with("ask", &ask.key).with("card", id).with("count", count).with("most", ask.each.max);
    let onward = count >= usize::from(ask.each.max) || !is_new;
    let ask = ask.key;
    Ok(making.reply(Reply { said, next: if onward { Next::Onward { ask } } else { Next::Stay { ask } } }))
}

fn stay(making: Making, ask: &Ask, key: &str, card: &Card) -> Outcome {
    let said = Said::new(key).with("ask", &ask.key).with("card", card.id);
    making.reply(Reply { said, next: Next::Stay { ask: ask.key.clone() } })
}

/// The person in whose name it is given: oneself, or whom a host writes it down for.
pub(super) fn on_behalf(making: &Making, actor: &Person, behalf: Option<PersonId>) -> Result<Person, Refusal> {
    let Some(person) = behalf.filter(|person| *person != actor.id) else { return Ok(actor.clone()) };
    if !actor.host {
        return Err(Refusal::HostsOnly);
    }
    let person = making.person(person)?;
    if person.standing == Standing::Left { Err(Refusal::HasLeft) } else { Ok(person) }
}

/// What has to come first: another ask, or the making of triads.
fn in_turn(making: &Making, ask: &Ask, window: &Window, person: &Person, grouped: bool) -> Result<(), Refusal> {
    if ask.place == Place::Group && !grouped {
        let groups = making.board.plan.asks().find(|(_, _, ask)| ask.kind == Kind::Groups);
        let first = groups.map_or_else(|| ask.key.clone(), |(_, _, ask)| ask.key.clone());
        return Err(Refusal::First { ask: first });
    }
    let Some(first) = &ask.after else { return Ok(()) };
    let Some(before) = making.board.window_of(first) else { return Ok(()) };
    let done = giver::given(&making.board, before.id, Giver::Person(person.id)).is_some();
    if done || !before.is_open() || making.now >= window.opens + HOLD_BACK {
        return Ok(());
    }
    Err(Refusal::First { ask: first.clone() })
}

/// The card that is edited; none: a new one may be given.
fn edited(
    making: &Making,
    ask: &Ask,
    window: &Window,
    giving: &Giving,
    actor: &Person,
    giver: Giver,
) -> Result<Option<Card>, Refusal> {
    if let Some(id) = giving.card {
        let card = making.card(id)?;
        if card.source != ask.key {
            return Err(Refusal::NotOnTheTable);
        }
        return if may_amend(making, ask, &card, actor) { Ok(Some(card)) } else { Err(Refusal::NotYours) };
    }
    let mut own = standing(making, ask, window, giver);
    if ask.each.max == 1 {
        // One that stands behind another's is not worded anew: it would have to stand alone first.
        return match own.next() {
            Some(card) if card.state != CardState::Open => Err(Refusal::Enough { most: ask.each.max }),
            card => Ok(card.cloned()),
        };
    }
    if own.count() >= usize::from(ask.each.max) { Err(Refusal::Enough { most: ask.each.max }) } else { Ok(None) }
}

/// The giver's cards in an ask that are on the board, with those that stand behind another's: they were given, and
/// may stand alone again. Not what a host made of others' cards. Drafters share one card.
fn standing<'a>(making: &'a Making, ask: &'a Ask, window: &Window, giver: Giver) -> impl Iterator<Item = &'a Card> {
    let window = window.id;
    making.board.cards.values().filter(move |card| {
        card.source == ask.key
            && (card.state == CardState::Open || making.board.support_of(card).is_some())
            && (ask.by == By::Drafters || !making.board.is_made(card.id))
            && match (ask.by, giver) {
                (By::Drafters, _) => true,
                (_, Giver::Person(person)) => card.by == Some(person) && card.window == Some(window),
                (_, Giver::Partner(partner)) => card.partner == Some(partner),
                (_, Giver::Group(group)) => card.group == Some(group),
            }
    })
}

/// Whose card may be amended: one's own, one's partner's, one's triad's, a shared draft.
pub(super) fn may_amend(making: &Making, ask: &Ask, card: &Card, actor: &Person) -> bool {
    match ask.by {
        By::Each | By::Host | By::Owner => card.by == Some(actor.id) || card.behalf == Some(actor.id),
        By::Partner => card.partner == Some(actor.partner) || card.behalf == Some(actor.id),
        By::Drafters => making.board.window_of(&ask.key).is_some_and(|window| window.drafters.contains(&actor.id)),
        By::Group => card.group.is_some() && giver::group_of(&making.board, actor.id) == card.group,
    }
}

/// All fields: those given now over those that stood there, where only a page was given.
pub(super) fn whole(old: Option<&Card>, giving: &Giving) -> BTreeMap<String, String> {
    let mut fields = match (old, giving.partial) {
        (Some(card), true) => card.text().map(|text| text.fields.clone()).unwrap_or_default(),
        _ => BTreeMap::new(),
    };
    fields.extend(giving.fields.clone());
    fields
}

pub(super) fn new(making: &mut Making, ask: &Ask, window: &Window, person: &Person) -> Card {
    Card {
        id: CardId(making.number()),
        source: ask.key.clone(),
        window: Some(window.id),
        by: Some(person.id),
        behalf: None,
        partner: Some(person.partner),
        group: None,
        item: None,
        texts: Vec::new(),
        state: CardState::Open,
        parked: None,
        confirmed: None,
        disputed: false,
        added: false,
    }
}

/// Whoever has to confirm a card is asked; whoever gives it and may confirm it has done so.
pub(super) fn confirm_by(making: &mut Making, ask: &Ask, card: &mut Card, actor: &Person) {
    card.confirmed = None;
    let own = Confirmed { by: actor.id, yes: true, at: making.now };
    match ask.confirm {
        None | Some(Confirm::Teller) => {}
        Some(Confirm::Owner) => match card.text().and_then(|text| fields::owner(ask, &text.fields)) {
            Some(owner) if owner == actor.id => card.confirmed = Some(own),
            Some(owner) => making.tell(owner, Said::new("confirm-step").with("ask", &ask.key), Some(card.id)),
            None => {}
        },
        Some(Confirm::Strategic) if fields::is_strategic(actor) && card.partner == Some(actor.partner) => {
            card.confirmed = Some(own);
        }
        Some(Confirm::Strategic) => {
            let partner = card.partner;
            let chiefs = making.board.people.values().filter(|person| {
                person.takes_part() && Some(person.partner) == partner && fields::is_strategic(person)
            });
            for chief in chiefs.map(|person| person.id).collect::<Vec<_>>() {
                making.tell(chief, Said::new("release").with("ask", &ask.key), Some(card.id));
            }
        }
    }
}

/// Whether the card may lie where it says it does.
pub(super) fn fits(making: &Making, ask: &Ask, card: &Card) -> Result<(), Refusal> {
    named(ask, card)
        .iter()
        .filter(|(kind, _)| *kind == LinkKind::Under)
        .try_for_each(|(_, above)| tree::fits(&making.board, card.id, *above))
}

/// The cards that a card names, and how it is joined to them.
pub(super) fn named(ask: &Ask, card: &Card) -> Vec<(LinkKind, CardId)> {
    let fields = ask.fields.iter().filter(|field| field.kind == FieldKind::Card);
    fields.filter_map(|field| Some((field.link?, CardId(card.field(&field.key).parse().ok()?)))).collect()
}

/// Joins the card to the cards it names, and to no others of that kind.
pub(super) fn join(making: &mut Making, ask: &Ask, card: &Card, by: Option<PersonId>) {
    let kinds: Vec<LinkKind> = ask.fields.iter().filter_map(|field| field.link).collect();
    let links = making.board.links.at(card.id).filter(|link| link.from == card.id && kinds.contains(&link.kind));
    for old in links.map(|link| link.id).collect::<Vec<_>>() {
        making.record(Change::LinkGone(old));
    }
    for (kind, to) in named(ask, card) {
        let id = LinkId(making.number());
        let at = making.now;
        making.record(Change::Link(Link { id, kind, from: card.id, to, by, at }));
    }
}

/// When all of a triad have given, it is asked once for a kind of story that nobody told.
fn complete(making: &mut Making, ask: &Ask, window: &Window, person: PersonId) {
    let Some(group) = giver::group_of(&making.board, person) else { return };
    let here = |member: &PersonId| making.board.people.get(member).is_some_and(Person::counts);
    let members: Vec<PersonId> = making.board.groups[&group].members.iter().copied().filter(here).collect();
    let all = members.iter().all(|member| giver::given(&making.board, window.id, Giver::Person(*member)).is_some());
    let told = making.board.cards.values().filter(|card| card.source == ask.key && card.group == Some(group)).count();
    let Some(choice) = ask.fields.iter().find(|field| field.kind == FieldKind::Choice) else { return };
    if !all || told != members.len() || ask.by != By::Each {
        return;
    }
    for kind in &choice.choices {
        let there = making
            .board
            .cards
            .values()
            .any(|card| card.source == ask.key && card.group == Some(group) && card.field(&choice.key) == kind);
        if !there {
            let said = Said::new("missing-kind").with("ask", &ask.key).with("choice", format!("{}.{kind}", choice.key));
            making.notice(Notice::Say { spot: Spot::Group(group), said });
        }
    }
}

/// What was typed is kept for later.
pub(super) fn keep_draft(
    mut making: Making,
    who: &Who,
    key: &str,
    fields: &BTreeMap<String, String>,
) -> Result<Outcome, Refusal> {
    let Who::Person(person) = who else { return Err(Refusal::NotAMember) };
    let ask = making.ask(key)?;
    let mut kept = making.board.drafts.get(&(*person, key.to_owned())).map(|d| d.fields.clone()).unwrap_or_default();
    for field in &ask.fields {
        if let Some(words) = fields.get(&field.key) {
            kept.insert(field.key.clone(), words.chars().take(4000).filter(|c| *c != '\0').collect());
        }
    }
    let at = making.now;
    making.record(Change::Draft(Draft { person: *person, ask: key.to_owned(), fields: kept, at }));
    let next = Next::Stay { ask: key.to_owned() };
    Ok(making.reply(Reply { said: Said::new("draft-kept").with("ask", key), next }))
}

/// Somebody takes a card back, while its window is open.
pub(super) fn withdraw(mut making: Making, who: &Who, id: CardId) -> Result<Outcome, Refusal> {
    let actor = making.giving(who)?;
    let mut card = making.card(id)?;
    let added_to = making.board.plan.ask(&card.source).filter(|ask| adding::is_own(&card, ask, &actor));
    if added_to.is_some_and(|ask| !making.board.window_of(&ask.key).is_some_and(Window::is_open)) {
        return Ok(adding::withdraw(making, card));
    }
    let (ask, window) = making.open(&card.source.clone(), &[Kind::Cards])?;
    if !may_amend(&making, &ask, &card, &actor) {
        return Err(Refusal::NotYours);
    }
    super::joining::release(&mut making, card.id);
    card.state = CardState::Withdrawn;
    making.record(Change::Card(card));
    let giver = making.giver(&ask, &window, &actor)?;
    if standing(&making, &ask, &window, giver).next().is_none() {
        making.mark_given(&window, giver, How::Passed);
    }
    let said = Said::new("withdrawn").with("ask", &ask.key);
    Ok(making.reply(Reply { said, next: Next::Stay { ask: ask.key } }))
}

/// *Skip*, *Told* or *read*: done without writing.
pub(super) fn without_words(mut making: Making, who: &Who, key: &str, how: How) -> Result<Outcome, Refusal> {
    let person = making.giving(who)?;
    let ask = making.ask(key)?;
    if ask.kind == Kind::Groups {
        return super::grouping::stand(making, who, &ask);
    }
    let (ask, window) = making.open(key, &[ask.kind])?;
    let allowed = how == How::Passed || ask.told || ask.kind == Kind::Read;
    if !allowed {
        return Err(Refusal::WrongKind { ask: ask.key });
    }
    let giver = match how {
        // A skip speaks for oneself: it does not close a partner's or a triad's ask to the others.
        How::Passed => making.giver(&ask, &window, &person).map(|_| Giver::Person(person.id))?,
        How::Gave | How::Told | How::Waived => making.giver(&ask, &window, &person)?,
    };
    if giver::given(&making.board, window.id, giver).is_none() {
        making.mark_given(&window, giver, if ask.kind == Kind::Read { How::Gave } else { how });
    }
    let said = Said::new(if how == How::Passed { "passed" } else { "noted" }).with("ask", &ask.key);
    Ok(making.reply(Reply { said, next: Next::Onward { ask: ask.key } }))
}

/// A host lets a giver off.
pub(super) fn waive(
    mut making: Making,
    who: &Who,
    key: &str,
    person: Option<PersonId>,
    partner: Option<PartnerId>,
) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let ask = making.ask(key)?;
    let (ask, window) = making.open(key, &[ask.kind])?;
    let giver = match (ask.by, person, partner) {
        (By::Partner, _, Some(partner)) => Giver::Partner(partner),
        (By::Partner, Some(person), None) => Giver::Partner(making.person(person)?.partner),
        (_, Some(person), _) => making.giver(&ask, &window, &making.person(person)?)?,
        _ => return Err(unknown(key)),
    };
    if !giver::asked(&making.board, &window).contains(&giver) {
        return Err(unknown(key));
    }
    if giver::given(&making.board, window.id, giver).is_none() {
        making.mark_given(&window, giver, How::Waived);
    }
    Ok(making.done(Said::new("waived").with("ask", key)))
}

/// Whoever has to confirm a card says yes or no.
pub(super) fn confirm(mut making: Making, who: &Who, id: CardId, yes: bool) -> Result<Outcome, Refusal> {
    let actor = making.giving(who)?;
    let mut card = making.card(id)?;
    let ask = making.ask(&card.source.clone())?;
    let owner = card.text().and_then(|text| fields::owner(&ask, &text.fields));
    match ask.confirm {
        Some(Confirm::Owner) if owner != Some(actor.id) => return Err(Refusal::NotYours),
        Some(Confirm::Teller) if card.by != Some(actor.id) => return Err(Refusal::NotYours),
        Some(Confirm::Strategic) if card.partner != Some(actor.partner) => return Err(Refusal::NotYours),
        Some(Confirm::Strategic) if !fields::is_strategic(&actor) => return Err(Refusal::StrategicOnly),
        None => return Err(Refusal::WrongKind { ask: ask.key }),
        Some(_) => {}
    }
    card.confirmed = Some(Confirmed { by: actor.id, yes, at: making.now });
    let author = card.by.filter(|by| *by != actor.id);
    making.record(Change::Card(card));
    let key = if yes { "confirmed" } else { "not-confirmed-card" };
    if let (Some(author), false) = (author, yes) {
        making.tell(author, Said::new("declined-yours").with("name", &actor.name), Some(id));
    }
    Ok(making.done(Said::new(key).with("ask", &ask.key)))
}
