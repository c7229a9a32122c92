//! Between two rounds of a consent: what is open and why, new words for it, and the next round.

use crate::discord::escape::{inline, inline_fit};
use crate::discord::limits::CHOICES_MAX;
use crate::discord::press::Press;
use crate::discord::scene::Scene;
use crate::discord::screen::{Blank, Button, Choice, Form, Menu, Screen};
use crate::path::decide::WORDING_CHARS_MAX;
use crate::path::plan::Ask;
use crate::path::{Card, CardId, Figure, Giver, rounds};

/// Characters of a line, of a reason and of all of them together.
const LINE_CHARS_MAX: usize = 160;
const REASON_CHARS_MAX: usize = 200;
const ALL_CHARS_MAX: usize = 1400;

/// The asks in which lines are open and another round may follow.
#[must_use]
pub fn due<'a>(scene: &'a Scene<'_>) -> Vec<&'a Ask> {
    let board = scene.board();
    let asks = board.plan.asks().map(|(_, _, ask)| ask);
    asks.filter(|ask| !rounds::open_lines(board, ask).is_empty() && rounds::may_go_on(board, ask)).collect()
}

/// The button that leads here.
#[must_use]
pub fn button(scene: &Scene<'_>, ask: &Ask, what: &str) -> Button {
    let label = scene.label("next-round");
    let label = if what.is_empty() { label } else { format!("{label}: {what}") };
    Button::main(Press::Round { ask: ask.key.clone() }, label)
}

/// The open lines, why each is open, and what is proposed.
#[must_use]
pub fn open_lines(scene: &Scene<'_>, ask: &Ask) -> String {
    let board = scene.board();
    let mut text = String::new();
    for line in rounds::open_lines(board, ask) {
        let Some(card) = board.cards.get(&line) else { continue };
        let mut lines = vec![format!("• {}", inline_fit(&scene.headline(card), LINE_CHARS_MAX))];
        if let Some(new) = today(scene, ask, line).filter(|new| new.id != line) {
            let words = scene.headline(new);
            lines.push(format!("  → {} {}", scene.label("now-reads"), inline_fit(&words, LINE_CHARS_MAX)));
        }
        lines.extend(rounds::objections(board, ask, line).into_iter().map(|said| objection(scene, said)));
        let block = lines.join("\n");
        if text.chars().count() + block.chars().count() > ALL_CHARS_MAX {
            text.push_str("\n…");
            break;
        }
        text = if text.is_empty() { block } else { format!("{text}\n{block}") };
    }
    text
}

/// One remark or objection, by name where the board names it: the reason, then the proposal.
#[must_use]
pub fn objection(scene: &Scene<'_>, said: &Figure) -> String {
    let who = match said.key.giver {
        Giver::Person(person) => scene.name(person),
        Giver::Partner(partner) => scene.partner(partner),
        Giver::Group(_) => String::new(),
    };
    let who = if who.is_empty() { String::new() } else { format!("{}: ", inline(&who)) };
    let reason = format!("> {who}{}", inline_fit(&said.note, REASON_CHARS_MAX));
    match said.proposal.as_str() {
        "" => reason,
        words => format!("{reason}\n> ↳ {} {}", scene.label("proposes"), inline_fit(words, REASON_CHARS_MAX)),
    }
}

/// The card that stands for an open line today.
fn today<'a>(scene: &'a Scene<'_>, ask: &Ask, line: CardId) -> Option<&'a Card> {
    let board = scene.board();
    let next = rounds::next_slate(board, ask).into_iter().find(|card| board.origins(*card).contains(&line))?;
    board.cards.get(&next)
}

/// The screen, for hosts: reword what is open, then ask again.
#[must_use]
pub fn screen(scene: &Scene<'_>, ask: &Ask, top: &str) -> Screen {
    let board = scene.board();
    let title = scene.words().ask(&ask.key).title;
    let page = Screen::text(top).and(&format!("**{}: {title}**", scene.label("next-round")));
    let back = Button::plain(Press::Desk, scene.label("desk"));
    let cards: Vec<&Card> =
        rounds::next_slate(board, ask).iter().filter_map(|card| board.cards.get(card)).take(CHOICES_MAX).collect();
    if cards.is_empty() {
        return page.and(&scene.label("no-open-lines")).buttons(vec![back]);
    }
    let page = page.and(&open_lines(scene, ask));
    if !rounds::may_go_on(board, ask) {
        return page.and(&scene.label("rounds-are-over")).buttons(vec![back]);
    }
    let choices = cards.into_iter().zip(1..).map(|(card, nth)| {
        let words = scene.headline(card);
        Choice::new(card.id, format!("{nth}. {words}"))
    });
    let menu = Menu::one(Press::RoundLine { ask: ask.key.clone() }, scene.label("reword-line"), choices.collect());
    let round = board.window_of(&ask.key).map_or(1, |window| rounds::round(board, window)) + 1;
    let (nth, of) = (round.to_string(), ask.rounds.to_string());
    let open = scene.fill_plain("open-round", &[("nth", &nth), ("of", &of)]);
    page.and(&scene.label("round-how"))
        .menu(menu)
        .buttons(vec![Button::main(Press::RoundOpen { ask: ask.key.clone() }, open), back])
}

/// The form for a line's new wording, with the old one in it.
#[must_use]
pub fn form(scene: &Scene<'_>, ask: &Ask, card: CardId, opening: String) -> Option<Form> {
    let words = scene.headline(scene.board().cards.get(&card)?);
    Some(Form {
        id: Press::RoundWords { ask: ask.key.clone(), card, opening }.into(),
        title: scene.label("reword-line"),
        boxes: vec![Blank {
            key: "words".to_owned(),
            label: scene.label("box-text"),
            hint: scene.label("box-text-hint"),
            value: words,
            chars_max: WORDING_CHARS_MAX,
            long: true,
            needed: true,
        }],
    })
}
