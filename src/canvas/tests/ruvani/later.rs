//! The worked example from the vision on.

use serde_json::Value as Json;

use super::{Story, head_of, list_of, map_of, short, text};
use crate::path::plan::LinkKind;
use crate::path::*;

pub(super) fn summit(story: &mut Story) {
    story.day("2026-03-23");
    let first = ["collective-impact", "drafts", "help-write", "moving", "signs", "sentence"];
    story.opened(&first);
    let mut drafts = Vec::new();
    for row in list_of(&story.data["visions"].clone()) {
        let by = story.name(&row["author"]);
        drafts.push((story.hand.give("drafts", &by, &[("draft", text(&row["text"]))]), row["marks"].as_u64().unwrap()));
    }
    story.marks("moving", &drafts);
    let vision = story.hand.give("sentence", "Fatuma Said", &[("sentence", text(&story.data["vision_final"].clone()))]);
    story.hand.link(LinkKind::MadeFrom, vision, drafts[0].0);
    story.hand.link(LinkKind::MadeFrom, vision, drafts[2].0);
    let (mut signs, mut kept) = (Vec::new(), Vec::new());
    let indicators = story.data["indicators"].clone();
    for row in list_of(&indicators) {
        let card = story.hand.give("signs", "Inês Carvalho", &[("sign", text(&row["name"]))]);
        signs.push((card, row["marks"].as_u64().unwrap()));
        if row["selected"].as_bool() == Some(true) {
            kept.push((card, row));
        }
    }
    story.day("2026-03-25");
    story.closed(&first);
    story.opened(&["vision", "indicators"]);
    story.marks("indicators", &signs);
    story.stands(
        "vision",
        &[vision],
        &[("Marc Tremblay", "2030 is tight for packaging; we should review the year once the crate trial has run.")],
    );
    story.closed(&["vision", "indicators"]);
    story.hand.keep("vision", None, &[vision], Settled::Consent);
    let cards: Vec<CardId> = kept.iter().map(|(card, _)| *card).collect();
    story.hand.keep("indicators", None, &cards, Settled::Host);
    story.opened(&["monitoring", "summit-page", "sign-facts"]);
    for (card, row) in kept {
        facts(story, card, row);
    }
    for row in list_of(&story.data["monitoring_round"].clone()) {
        let by = story.name(&row["person"]);
        story.hand.give("monitoring", &by, &[("answer", text(&row["answer"])), ("how", text(&row["how"]))]);
    }
    story.day("2026-03-27");
    story.closed(&["monitoring", "summit-page", "sign-facts"]);
}

fn facts(story: &mut Story, card: CardId, row: &Json) {
    let lead = story.hand.whose(&short(text(&row["lead"]))).to_string();
    let card = card.to_string();
    let both = |one: &str, day: &str| format!("{} ({})", text(&row[one]), text(&row[day]));
    let (baseline, target) = (both("baseline", "baseline_date"), both("target", "target_date"));
    let by = head_of(story, text(&row["lead"]));
    let fields = [
        ("sign", card.as_str()),
        ("lead", &lead),
        ("unit", text(&row["unit"])),
        ("baseline", &baseline),
        ("target", &target),
        ("source", text(&row["source"])),
        ("rhythm", text(&row["frequency"])),
    ];
    story.hand.give("sign-facts", &by, &fields);
}

pub(super) fn outlook(story: &mut Story) {
    story.day("2026-03-30");
    let asks = ["roles", "own-view", "accepts", "brings", "backbone-hours"];
    story.opened(&asks);
    nominations(story, "role_nominations");
    story.day("2026-04-01");
    for (partner, row) in map_of(&story.data["mou"].clone()) {
        let by = head_of(story, partner);
        story.hand.give("brings", &by, &[("brings", text(&row["brings"])), ("data", text(&row["data"]))]);
    }
    let (amara, half) = (story.hand.who("Amara Njeri").to_string(), "20");
    story.hand.give("backbone-hours", "Amara Njeri", &[("person", &amara), ("hours", half)]);
    story.closed(&["roles"]);
    let bahari = story.hand.whose("Bahari");
    story.hand.open_about("roles", &[bahari]);
    nominations(story, "role_runoff");
    story.closed(&["roles"]);
    for (partner, row) in map_of(&story.data["final_roles"].clone()) {
        let by = head_of(story, partner);
        let about = Some(story.hand.whose(&short(partner)));
        let role = |key: &str| story.hand.item("partnership-roles", key);
        let (primary, support) = (role(text(&row["primary"])), role(text(&row["support"][0])).to_string());
        let second = row["support"].get(1).map(|key| role(text(key)).to_string()).unwrap_or_default();
        story.hand.keep("roles", about, &[primary], Settled::Poll);
        story.hand.give("own-view", &by, &[("role", &primary.to_string())]);
        let answer = if partner == "city" { "subject" } else { "accept" };
        let fields = [("answer", answer), ("support", &support), ("support-2", &second), ("note", text(&row["note"]))];
        let card = story.hand.give("accepts", &by, &fields);
        story.hand.confirm(card, &by, true);
    }
    story.closed(&["own-view", "accepts", "brings", "backbone-hours"]);
}

fn nominations(story: &mut Story, key: &str) {
    for (partner, roles) in map_of(&story.data[key].clone()) {
        let about = Some(story.hand.whose(&short(partner)));
        for (role, people) in map_of(roles) {
            let card = story.hand.item("partnership-roles", role);
            for person in list_of(people) {
                let by = story.name(person);
                story.hand.nominate(("roles", "primary", 1), about, &by, card);
            }
        }
    }
}

pub(super) fn action_plan(story: &mut Story) {
    story.day("2026-04-02");
    story.opened(&["figures", "reasons"]);
    for (person, tokens) in map_of(&story.data["tokens"].clone()) {
        let by = story.names[person].clone();
        for pile in ["green", "red"] {
            for (slot, field) in (1..).zip(list_of(&tokens[pile])) {
                let card = story.hand.item("assessment-fields", text(field));
                story.hand.figure(("figures", pile, slot), &by, card, (Value::Here, ""));
            }
        }
    }
    for row in list_of(&story.data["red_reasons"].clone()) {
        let field = story.hand.item("assessment-fields", text(&row["field"])).to_string();
        let card = story.hand.give("reasons", "Leila Hassan", &[("field", &field), ("reason", text(&row["text"]))]);
        story.hand.amend(card, |card| {
            card.by = None;
            card.partner = None;
        });
    }
    story.closed(&["figures", "reasons"]);
    story.day("2026-04-06");
    story.opened(&["priorities", "steps", "agreements"]);
    let fields: Vec<CardId> = ["F8", "F6", "F10"].map(|key| story.hand.item("assessment-fields", key)).into();
    let counts: Vec<(CardId, u64)> = fields.iter().copied().zip([12, 11, 9]).collect();
    story.marks("priorities", &counts);
    let lines: Vec<CardId> = (1..=3).map(|n| story.hand.item("agreement-lines", &format!("l{n}"))).collect();
    story.stands("agreements", &lines, &[]);
    steps(story);
    story.day("2026-04-08");
    story.closed(&["priorities", "steps", "agreements"]);
    story.hand.keep("priorities", None, &fields, Settled::Host);
    story.hand.keep("agreements", None, &lines, Settled::Consent);
}

fn steps(story: &mut Story) {
    let field_of = |key: &str| match key {
        "A1" => "F8".to_owned(),
        "A2" => "F6".to_owned(),
        "A3" => "F10".to_owned(),
        key => key.to_owned(),
    };
    for (nth, row) in list_of(&story.data["next_steps"].clone()).iter().enumerate() {
        let serves = story.hand.item("assessment-fields", &field_of(text(&row["for"]))).to_string();
        let by = story.name(&row["owner"]);
        let owner = story.hand.who(&by).to_string();
        let fields = [("step", text(&row["text"])), ("for", &serves), ("owner", &owner), ("due", text(&row["due"]))];
        let card = story.hand.give("steps", &by, &fields);
        match nth {
            2 => {}
            4 => story.hand.confirm(card, &by, false),
            _ => story.hand.confirm(card, &by, true),
        }
    }
}

pub(super) fn closing(story: &mut Story) {
    story.day("2026-04-09");
    story.opened(&["quiet", "word"]);
    for (person, word) in map_of(&story.data["checkout"].clone()) {
        let by = story.names[person].clone();
        story.hand.give("quiet", &by, &[("note", "For me alone: call my sister.")]);
        story.hand.give("word", &by, &[("word", text(word))]);
    }
    story.day("2026-04-10");
    story.closed(&["quiet", "word"]);
    story.hand.version("The end of the Path", Some(1));
}
