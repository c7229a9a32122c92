//! Quick polls: the post by which people vote, and the one that says what came of it.

use serde_json::json;

use super::canvas;
use crate::discord::escape::{fit, inline, inline_fit};
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Button, Screen};
use crate::path::decide::{GUESTS, PUBLIC_DAYS_MAX};
use crate::path::plan::{Ask, Kind, Poll};
use crate::path::{Card, CardId, Giver, PartnerId, Said, Tally, Window, tally};

/// Characters of a list in a post: what stands around it must find room in one message too.
const LIST_CHARS_MAX: usize = 1100;
/// Characters of a card on its line.
const LINE_CHARS_MAX: usize = 90;
/// Signs of the longest bar.
const BAR: u32 = 10;
/// Two counts that lie no further apart than this are worth a second look.
const NEAR_PEOPLE: u32 = 1;

/// A quick poll opens; none if the ask is none.
pub(super) fn opens(scene: &Scene<'_>, key: &str) -> Option<Screen> {
    let (ask, poll, window) = (scene.ask(key)?, scene.board().plan.poll(key)?, scene.open(key)?);
    if poll.public {
        return Some(public(scene, key, poll, window));
    }
    let cards = list(window.slate.iter().map(|id| format!("• {}", card(scene, *id))));
    let about: Vec<String> = window.about.iter().map(|partner| scene.partner(*partner)).collect();
    let about =
        if about.is_empty() { String::new() } else { scene.fill("poll-about", &[("names", &about.join(", "))]) };
    let until = scene.say(&Said::new("open-until").with("ends_s", window.ends.timestamp()));
    let mut screen = Screen::text(head(scene, key, poll)).and(&about).and(&cards).and(&rules(scene, ask, poll));
    screen = screen.and(&until);
    let end = Press::EndPoll { ask: key.to_owned(), sure: false };
    Some(screen.buttons(vec![
        Button::main(Press::Vote { ask: key.to_owned() }, scene.label("poll-vote")),
        Button::plain(Press::Turnout { ask: key.to_owned() }, scene.label("poll-how-many")),
        Button::plain(end, scene.label("poll-end")),
    ]))
}

/// A quick poll closed; none if the ask is none.
pub(super) fn closes(scene: &Scene<'_>, key: &str) -> Option<Screen> {
    let (ask, poll) = (scene.ask(key)?, scene.board().plan.poll(key)?);
    let window = scene.board().window_of(key).filter(|window| !window.is_open())?;
    let tallies: Vec<Tally> = scene.board().tallies.iter().filter(|row| row.window == window.id).cloned().collect();
    let counts = match ask.kind {
        Kind::Assign => roles(scene, window, &tallies),
        _ => marks(scene, ask, window, &tallies),
    };
    let mut screen = Screen::text(head(scene, key, poll)).and(&voted(scene, poll, window)).and(&counts);
    if !scene.board().plan.has_road() {
        screen = screen.and(&scene.label("poll-self-declared"));
    }
    Some(screen.and(&scene.label("poll-kept")).buttons(vec![canvas(scene)]))
}

/// Discord's own poll, open for as many whole hours as it has.
fn public(scene: &Scene<'_>, key: &str, poll: &Poll, window: &Window) -> Screen {
    let minutes = (window.ends - scene.view().now()).num_minutes();
    let hours = ((minutes + 59) / 60).clamp(1, PUBLIC_DAYS_MAX * 24);
    let answers = window.slate.iter().map(|id| json!({ "poll_media": { "text": name(scene, *id) } }));
    let many = scene.ask(key).and_then(|ask| ask.piles.first()).is_some_and(|pile| pile.budget > 1);
    let body = json!({
        "question": { "text": poll.question }, "answers": answers.collect::<Vec<_>>(), "duration": hours,
        "allow_multiselect": many,
    });
    let end = Press::EndPoll { ask: key.to_owned(), sure: false };
    let screen = Screen { poll: Some(body), ..Screen::default() };
    screen.buttons(vec![Button::plain(end, scene.label("poll-end"))])
}

fn head(scene: &Scene<'_>, key: &str, poll: &Poll) -> String {
    format!("**{}**\n> {}", scene.words().ask(key).title, inline(&poll.question))
}

/// What everybody should know before they vote.
fn rules(scene: &Scene<'_>, ask: &Ask, poll: &Poll) -> String {
    let budget = ask.piles.first().map_or(0, |pile| pile.budget).to_string();
    let mut lines = vec![match ask.kind {
        Kind::Assign => scene.label("poll-one-role"),
        _ if budget == "1" => scene.label("poll-one-mark"),
        _ => scene.fill("poll-marks-each", &[("budget", &budget)]),
    }];
    lines.push(scene.label(if ask.is_secret() { "poll-secret" } else { "poll-named" }));
    if let Some(quorum) = poll.quorum {
        lines.push(scene.fill("poll-quorum", &[("least", &quorum.to_string())]));
    }
    if !scene.board().plan.has_road() {
        lines.push(scene.label("poll-self-declared"));
    }
    lines.join(" ")
}

/// How many voted, and whether that is as many as were wished for.
fn voted(scene: &Scene<'_>, poll: &Poll, window: &Window) -> String {
    let progress = scene.view().progress(window.id);
    let (have, of) = (progress.gave.to_string(), progress.of.to_string());
    let key = if scene.board().plan.has_road() && !poll.public { "poll-voted-of" } else { "poll-voted" };
    let said = scene.fill(key, &[("have", &have), ("of", &of)]);
    let short = poll.quorum.filter(|quorum| progress.gave < usize::from(*quorum));
    let short = short.map(|least| scene.fill("poll-too-few", &[("least", &least.to_string())])).unwrap_or_default();
    format!("{said} {short}").trim_end().to_owned()
}

/// Marks: a bar for each option, most people first.
fn marks(scene: &Scene<'_>, ask: &Ask, window: &Window, tallies: &[Tally]) -> String {
    let row = |id: CardId, guests: bool| tallies.iter().find(|row| row.card == id && (row.pile == GUESTS) == guests);
    let count = |id: CardId| row(id, false).map_or((0, 0), |row| (row.people, row.partners));
    let mut rows: Vec<(CardId, (u32, u32))> = window.slate.iter().map(|id| (*id, count(*id))).collect();
    rows.sort_by_key(|(_, counts)| std::cmp::Reverse(*counts));
    let most = rows.first().map_or(0, |(_, (people, _))| *people);
    list(rows.iter().map(|(id, counts)| {
        let who = if ask.is_secret() { String::new() } else { givers(scene, window, *id) };
        let guests = row(*id, true).map(|row| scene.fill("poll-others", &[("people", &row.people.to_string())]));
        let guests = guests.map(|guests| format!(" {guests}")).unwrap_or_default();
        format!("{} {} – {}{who}{guests}", bar(counts.0, most), card(scene, *id), said(scene, *counts))
    }))
}

/// Who chose an option, where names are shown.
fn givers(scene: &Scene<'_>, window: &Window, id: CardId) -> String {
    let figures = scene.board().figures.values().filter(|figure| figure.key.window == window.id && figure.card == id);
    let names = figures.filter_map(|figure| match figure.key.giver {
        Giver::Person(person) => Some(inline(&scene.name(person))),
        Giver::Partner(_) | Giver::Group(_) => None,
    });
    let names: Vec<String> = names.collect();
    if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
}

/// Roles: for each organisation the counts, most people first; what nobody holds; what is nearly level.
fn roles(scene: &Scene<'_>, window: &Window, tallies: &[Tally]) -> String {
    let mut held: Vec<CardId> = Vec::new();
    let mut near: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for partner in &window.about {
        let rows = ranked(tallies, *partner);
        let leading = tally::leading(tallies, Some(*partner));
        held.extend(&leading.by_people);
        let level = rows.len() > 1 && rows[0].people <= rows[1].people + NEAR_PEOPLE;
        if !rows.is_empty() && (level || leading.clear().is_none()) {
            near.push(scene.partner(*partner));
        }
        let counts =
            rows.iter().map(|row| format!("{} {}", card(scene, row.card), said(scene, (row.people, row.partners))));
        let counts: Vec<String> = counts.collect();
        let counts = if counts.is_empty() { scene.label("poll-nobody") } else { counts.join(" · ") };
        lines.push(format!("• **{}** – {counts}", inline_fit(&scene.partner(*partner), LINE_CHARS_MAX)));
    }
    let free = window.slate.iter().filter(|id| !held.contains(id)).map(|id| name(scene, *id));
    let more = [("poll-free", free.collect::<Vec<_>>()), ("poll-near", near)].map(|(key, names)| {
        let names = fit(&names.join(", "), 300);
        if names.is_empty() { String::new() } else { scene.fill(key, &[("names", &names)]) }
    });
    [list(lines.into_iter()), more.join("\n")].join("\n\n")
}

/// The counts about one partner, most people first.
fn ranked(tallies: &[Tally], about: PartnerId) -> Vec<&Tally> {
    let mut rows: Vec<&Tally> = tallies.iter().filter(|row| row.about == Some(about)).collect();
    rows.sort_by_key(|row| (std::cmp::Reverse((row.people, row.voices)), row.card));
    rows
}

fn said(scene: &Scene<'_>, (people, partners): (u32, u32)) -> String {
    scene.say(&Said::new("poll-count").with("people", people).with("partners", partners))
}

/// A bar in signs: as long as its share of the longest.
fn bar(people: u32, most: u32) -> String {
    let full = if people == 0 { 0 } else { (people * BAR).div_ceil(most.max(1)) };
    let signs = |sign: &str, count: u32| sign.repeat(usize::try_from(count).unwrap_or(0));
    format!("{}{}", signs("▰", full), signs("▱", BAR.saturating_sub(full)))
}

fn name(scene: &Scene<'_>, id: CardId) -> String {
    scene.board().cards.get(&id).map(|card: &Card| scene.headline(card)).unwrap_or_default()
}

fn card(scene: &Scene<'_>, id: CardId) -> String {
    inline_fit(&name(scene, id), LINE_CHARS_MAX)
}

/// As many whole lines as find room; a last one says that there are more.
fn list(lines: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for line in lines {
        if text.chars().count() + line.chars().count() > LIST_CHARS_MAX {
            text.push_str("\n…");
            break;
        }
        text.push('\n');
        text.push_str(&line);
    }
    text.trim_start().to_owned()
}
