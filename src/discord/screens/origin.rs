//! Where a line of the canvas comes from: its cards, who wrote them where they are named, what was
//! counted, what settled it and when.

use chrono::{DateTime, FixedOffset};

use crate::canvas::{Adopted, Canvas, Count, Origin};
use crate::discord::escape::{inline, inline_fit, length, quote_fit};
use crate::discord::scene::Scene;
use crate::discord::trace::Trace;
use crate::path::{Value, Via};

/// Characters for what is told of one line; the rest of the message holds the line itself.
const TOLD_CHARS_MAX: usize = 1300;
/// Characters of one card.
const CARD_CHARS_MAX: usize = 160;

/// What is told of one line.
#[must_use]
pub fn told(scene: &Scene<'_>, canvas: &Canvas, trace: &Trace<'_>) -> String {
    let source = trace.source;
    let mut lines: Vec<String> = source.settled.iter().map(|settled| adopted(scene, settled)).collect();
    lines.extend(source.counts.iter().map(|count| counted(canvas, count)));
    lines.extend(source.cards.iter().map(|card| origin(scene, card)));
    lines.extend(trace.beside.iter().flat_map(|source| &source.cards).map(|card| origin(scene, card)));
    let head = format!("**{}**\n{}", scene.label("where-from"), quote_fit(&trace.text, 300));
    let mut text = head;
    let (mut shown, all) = (0, lines.len());
    for line in lines {
        if length(&text) + length(&line) > TOLD_CHARS_MAX {
            break;
        }
        text.push_str("\n• ");
        text.push_str(&line);
        shown += 1;
    }
    if shown < all {
        text.push('\n');
        text.push_str(&scene.fill("and-more", &[("count", &(all - shown).to_string())]));
    }
    text
}

fn origin(scene: &Scene<'_>, card: &Origin) -> String {
    let number = card.card.to_string();
    let mut parts = vec![format!(
        "{}: *{}*",
        scene.fill("origin-card", &[("card", &number)]),
        inline_fit(&card.text, CARD_CHARS_MAX)
    )];
    // Who wrote it comes with their partner; where nobody is named the partner may be.
    parts.extend(card.by.as_deref().or(card.partner.as_deref()).map(inline));
    parts.extend(card.group.as_deref().map(inline));
    parts.extend(card.at.map(day));
    if card.wordings > 1 {
        parts.push(scene.fill("origin-wording", &[("nth", &card.wordings.to_string())]));
    }
    parts.extend(card.written_down_by.as_deref().map(|name| scene.fill("origin-by", &[("name", name)])));
    match card.via {
        Some(Via::Live) => parts.push(scene.label("origin-live")),
        Some(Via::Phone) => parts.push(scene.label("origin-phone")),
        _ => {}
    }
    parts.join(" · ")
}

fn counted(canvas: &Canvas, count: &Count) -> String {
    let number = |one: &str, more: &str, n: u32| {
        let word = canvas.words.get(if n == 1 { one } else { more }).map_or("{n}", String::as_str);
        word.replace("{{ n }}", "{n}").replace("{n}", &n.to_string())
    };
    let people = number("person", "person_many", count.people);
    let partners = number("partner", "partner_many", count.partners);
    let said = if count.value == Value::Here { String::new() } else { format!(" · {}", inline(&count.label)) };
    format!("{}: {people}, {partners}{said}", inline(&count.title))
}

fn adopted(scene: &Scene<'_>, settled: &Adopted) -> String {
    let kept = format!("{}: {} · {}", scene.label("origin-kept"), day(settled.at), inline(&settled.said));
    if settled.reason.is_empty() { kept } else { format!("{kept}: *{}*", inline_fit(&settled.reason, CARD_CHARS_MAX)) }
}

/// A day as Discord shows it, in each reader's own language.
fn day(at: DateTime<FixedOffset>) -> String {
    format!("<t:{}:D>", at.timestamp())
}
