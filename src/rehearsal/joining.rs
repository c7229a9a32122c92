//! The beginning: the partnership is set up, people are entered, each says *That's me*.

use serde_json::json;

use crate::path::plan::{Ask, FieldKind, Kind};

use super::hand::{Done, Hand, button};
use super::host;
use super::labels::key;
use super::memory::Memory;
use super::script::Scene;
use super::stage::Stage;

/// Sets the partnership up: the check of the permissions, then the form.
pub async fn set_up(hand: &mut Hand<'_>) -> Done {
    let stage = hand.stage;
    hand.command(&["setup"], json!({})).await?;
    hand.press(&stage.label(key::SET_UP)).await?;
    let person = hand.person;
    let partnership = &stage.script.partnership;
    let values = [
        ("setup-name", &partnership.name),
        ("setup-issue", &partnership.issue),
        ("setup-host", &person.name),
        ("setup-partner", &person.partner),
        ("setup-zone", &person.zone),
    ];
    let values: Vec<(String, String)> = values.map(|(key, value)| (stage.label(key), value.clone())).to_vec();
    hand.submit(&values).await?;
    host::said(hand, "founded")
}

/// Enters partners and people in one paste, the words of welcome, and whether sittings open by hand.
pub async fn enter(hand: &mut Hand<'_>) -> Done {
    let list = roster(hand.stage);
    host::deed(hand, "people", &[], Some(&list)).await?;
    host::said(hand, "entered")?;
    let welcome = hand.stage.script.partnership.welcome.clone();
    if !welcome.is_empty() {
        host::deed(hand, "welcome", &[], Some(&welcome)).await?;
        host::said(hand, "described")?;
    }
    if hand.stage.script.partnership.by_hand {
        let no = host::Pick::One(hand.stage.label("no"));
        host::deed(hand, "by-itself", &[no], None).await?;
        host::said(hand, "goes-by-hand")?;
    }
    Ok(())
}

/// The lines a host pastes.
#[must_use]
pub fn roster(stage: &Stage<'_>) -> String {
    let script = stage.script;
    let partners = script
        .partners
        .iter()
        .map(|partner| format!("Partner: {} | {} | {} | {}", partner.short, partner.name, partner.sector, partner.lag));
    let people = script.people.iter().filter(|person| !person.late).map(|person| {
        let host = if person.host { " | host" } else { "" };
        let level = person.level.word();
        format!("{} | {} | {level} | {} | @{}{host}", person.name, person.partner, person.zone, person.handle)
    });
    partners.chain(people).collect::<Vec<_>>().join("\n")
}

/// The ask whose one line stands in the form of *That's me*: the first of the Path, if it takes one line.
#[must_use]
pub fn hello<'a>(stage: &Stage<'a>) -> Option<&'a Ask> {
    let (_, sitting) = stage.plan.sittings().next()?;
    let ask = sitting.asks.iter().find(|ask| ask.kind == Kind::Cards)?;
    matches!(ask.fields.as_slice(), [only] if matches!(only.kind, FieldKind::Line | FieldKind::Text)).then_some(ask)
}

/// *That's me* on the pinned board: choose the name, say the zone, write one line.
pub async fn join(hand: &mut Hand<'_>, memory: &mut Memory, scene: &Scene) -> Done {
    let stage = hand.stage;
    let label = stage.label(key::THATS_ME);
    let posts = hand.room(stage.channel).await?;
    let Some(board) = posts.into_iter().find(|post| post.pinned && button(post, &label).is_some()) else {
        return Err(hand.lost("the pinned board with “That's me”"));
    };
    hand.press_on(&board, &label).await?;
    let hint = stage.label(key::PICK_NAME);
    if hand.menu(&hint).is_none() {
        // The board knows this account already.
        return Ok(());
    }
    let person = hand.person;
    hand.choose(&hint, &person.name).await?;
    let mut values = vec![(stage.label(key::ZONE_BOX), person.zone.clone())];
    let hello = hello(stage);
    let card = hello.and_then(|ask| scene.answer(&ask.key, &person.id)).and_then(|answer| answer.cards().first());
    if let (Some(ask), Some(card), Some(field)) = (hello, card, hello.and_then(|ask| ask.fields.first())) {
        let line = card.fields.get(&field.key).cloned().unwrap_or_default();
        values.push((stage.field_label(ask, field), line));
        memory.given(stage, &ask.key, card);
    }
    hand.submit(&values).await?;
    host::said(hand, "joined")
}
