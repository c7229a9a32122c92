//! What came of an ask, in a few lines. Counts first; nobody is named who was not to be.

use super::consent;
use crate::discord::escape::{fit, inline_fit};
use crate::discord::scene::Scene;
use crate::path::plan::{Ask, Kind, Place, Seal};
use crate::path::{CardId, PartnerId, Said, Tally, Window};

/// How many lines a list shows.
pub(super) const LINES_MAX: usize = 8;
/// How many characters of a card a line shows.
const LINE_CHARS_MAX: usize = 90;
/// How many characters are shown of a draft that goes forward.
const FORWARD_CHARS_MAX: usize = 280;
/// From how many people on counts of figures may be shown (small groups unmask).
const PEOPLE_LEAST: u32 = 5;

/// What came of an ask; empty if there is nothing to say.
pub(super) fn of(scene: &Scene<'_>, ask: &Ask) -> String {
    let Some(window) = scene.board().window_of(&ask.key) else { return String::new() };
    let tallies: Vec<&Tally> = scene.board().tallies.iter().filter(|row| row.window == window.id).collect();
    let lines = match ask.kind {
        Kind::Cards => cards(scene, ask),
        Kind::Marks => marks(scene, &tallies),
        Kind::Consent => consent::lines(scene, ask, window, &tallies),
        Kind::Assign => assign(scene, ask, window),
        Kind::Figures => figures(scene, ask, window, &tallies),
        Kind::Read | Kind::Tree | Kind::Groups => Vec::new(),
    };
    if lines.is_empty() {
        return String::new();
    }
    let title = scene.words().ask(&ask.key).title;
    format!("__{title}__\n{}", lines.join("\n"))
}

fn cards(scene: &Scene<'_>, ask: &Ask) -> Vec<String> {
    if ask.place == Place::Group && ask.by == crate::path::plan::By::Each || ask.seal == Seal::Giver {
        return Vec::new();
    }
    let count = scene.board().cards_of(&ask.key, false).into_iter().filter(|card| !card.added).count();
    if let Some(words) = forward(scene, ask) {
        return vec![scene.say(&Said::new("outcome-forward").with("words", words))];
    }
    if count == 0 { Vec::new() } else { vec![scene.say(&Said::new("outcome-cards").with("count", count))] }
}

/// What went forward because nobody drafted: a card that nobody wrote, made from the draft with the most marks.
fn forward(scene: &Scene<'_>, ask: &Ask) -> Option<String> {
    let cards = scene.board().cards_of(&ask.key, false);
    let card = cards.into_iter().find(|card| card.by.is_none() && card.window.is_some() && ask.drafting.is_some())?;
    Some(fit(scene.headline(card).as_str(), FORWARD_CHARS_MAX))
}

pub(super) fn card(scene: &Scene<'_>, id: CardId) -> String {
    let card = scene.board().cards.get(&id);
    card.map(|card| inline_fit(&scene.headline(card), LINE_CHARS_MAX)).unwrap_or_default()
}

fn marks(scene: &Scene<'_>, tallies: &[&Tally]) -> Vec<String> {
    let mut rows: Vec<&&Tally> = tallies.iter().collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.people), row.card));
    let line = |row: &&&Tally| {
        let said = Said::new("outcome-mark").with("people", row.people).with("partners", row.partners);
        format!("• {} – {}", card(scene, row.card), scene.say(&said))
    };
    rows.iter().take(LINES_MAX).map(line).collect()
}

fn assign(scene: &Scene<'_>, ask: &Ask, window: &Window) -> Vec<String> {
    let spoken_of = |partner: &PartnerId| window.about.is_empty() || window.about.contains(partner);
    let partners = scene.board().partners_now().map(|partner| partner.id).filter(spoken_of);
    let line = |partner: PartnerId| {
        let settled = scene.board().decision(&ask.key, Some(partner)).and_then(|decision| decision.cards.first());
        let words = settled.map_or_else(|| scene.say(&Said::new("outcome-run-off")), |id| card(scene, *id));
        format!("• **{}** – {words}", inline_fit(&scene.partner(partner), LINE_CHARS_MAX))
    };
    partners.map(line).collect()
}

fn figures(scene: &Scene<'_>, ask: &Ask, window: &Window, tallies: &[&Tally]) -> Vec<String> {
    let people = scene.view().progress(window.id).gave;
    if u32::try_from(people).unwrap_or(u32::MAX) < PEOPLE_LEAST {
        return vec![scene.say(&Said::new("outcome-too-few"))];
    }
    let piles = ask.hand();
    let line = |field: &CardId| {
        let counts = piles.iter().map(|pile| {
            tallies.iter().filter(|row| row.card == *field && row.pile == pile.key).map(|row| row.figures).sum::<u32>()
        });
        let counts: Vec<String> = counts.map(|count| count.to_string()).collect();
        format!("• {} **{}**", card(scene, *field), counts.join(" : "))
    };
    window.slate.iter().map(line).collect()
}
