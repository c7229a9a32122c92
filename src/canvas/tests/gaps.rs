//! What the final report says is missing, on the worked example and on plans of a few lines.

use super::hand::Hand;
use super::ruvani;
use crate::canvas::report::{Block, Kind, Part, Report, make, markdown};
use crate::path::*;

fn made(hand: &Hand, kind: Kind) -> Report {
    make(&view(&hand.board, Viewer::Room, hand.at), &ruvani::captions(), kind).unwrap()
}

fn part<'a>(report: &'a Report, heading: &str) -> &'a Part {
    report.parts.iter().find(|part| part.heading.ends_with(heading)).unwrap_or_else(|| panic!("no part {heading}"))
}

fn items(part: &Part) -> Vec<&str> {
    let lists = part.blocks.iter().filter_map(|block| match block {
        Block::List { items, .. } => Some(items),
        _ => None,
    });
    lists.flatten().map(String::as_str).collect()
}

#[test]
fn causes_and_roles_that_nobody_has_are_missing() {
    let report = made(&ruvani::board(), Kind::Final);
    let missing = items(part(&report, "What is missing"));
    let has =
        |start: &str| missing.iter().find(|item| item.starts_with(start)).unwrap_or_else(|| panic!("{missing:?}"));
    assert_eq!(*has("Problem tree"), "Problem tree: 7 with nobody yet (C1b, C1c, C2a, C4a, C4c, C5b, C6)");
    assert!(has("Roles").contains("with nobody yet"), "{missing:?}");
}

#[test]
fn a_yes_on_a_condition_waits() {
    let report = made(&ruvani::board(), Kind::Final);
    let waits = items(part(&report, "Conditions, and answers that we wait for"));
    assert!(waits.iter().any(|item| item.contains("accepted, with a condition")), "{waits:?}");
    assert!(waits.iter().any(|item| item.contains("on a condition")), "{waits:?}");
}

#[test]
fn what_was_closed_all_the_same_is_missing_by_its_name_and_reason() {
    let mut hand = ruvani::board();
    hand.version("groundwork", None);
    hand.board.versions.last_mut().unwrap().despite = "Two were ill".to_owned();
    let report = made(&hand, Kind::Final);
    let said = "Closed although something was missing: Groundwork. The reason: Two were ill";
    assert!(items(part(&report, "What is missing")).contains(&said));
}

#[test]
fn the_first_page_says_in_short_what_is_still_to_come() {
    let report = made(&ruvani::board(), Kind::Final);
    let table = part(&report, "In short").blocks.iter().find_map(|block| match block {
        Block::Table { rows, .. } => Some(rows),
        _ => None,
    });
    let missing: Vec<&str> = table.unwrap().iter().map(|row| row[2].as_str()).collect();
    assert!(missing[0].contains("Problem tree: 7 with nobody yet") && !missing[0].contains("C1b"), "{missing:?}");
    assert!(missing[2].contains("Roles: ") && missing[2].contains("with nobody yet"), "{missing:?}");
}

#[test]
fn a_tree_keeps_its_depth_and_its_marks() {
    let hand = ruvani::board();
    let report = made(&hand, Kind::Final);
    let list = part(&report, "Problem tree").blocks.iter().find_map(|block| match block {
        Block::List { items, depths } => Some((items, depths)),
        _ => None,
    });
    let (items, depths) = list.unwrap();
    let at = |place: &str| items.iter().position(|item| item.starts_with(place)).unwrap();
    assert_eq!((items.len(), depths[at("C1 ")], depths[at("C1a ")]), (depths.len(), 0, 1));
    assert!(items[at("C1 ")].contains("core cause") && items[at("C1 ")].contains("City (active)"), "{items:?}");
    assert!(items[at("C1b ")].contains("nobody yet"), "{items:?}");
    assert!(items[at("C3 ")].contains("put aside") && !items[at("C3 ")].contains("nobody yet"), "{items:?}");
    assert!(markdown(&report).contains("\n  - C1a "), "Markdown steps in");
}

#[test]
fn a_memorandum_lists_its_role_and_parts_partners_clearly() {
    let mut hand = ruvani::board();
    let report = made(&hand, Kind::Memorandum(hand.whose("Umoja")));
    let role = items(part(&report, "Your role and your steps"));
    assert!(role.iter().any(|item| item.starts_with("Answer: accepted")), "{role:?}");
    assert!(!role.iter().any(|item| item.contains("accepted") && item.contains("supporting")), "{role:?}");
    let id = hand.whose("RWA");
    let mut partner = hand.board.partners[&id].clone();
    partner.name = "River, Waste and Air".to_owned();
    hand.put(Change::Partner(partner));
    let report = made(&hand, Kind::Memorandum(hand.whose("Umoja")));
    assert!(markdown(&report).contains("River, Waste and Air; "), "names hold commas");
}

#[test]
fn a_pre_read_lists_the_steps_that_come_next_by_their_day() {
    let hand = ruvani::board();
    let report = made(&hand, Kind::Preread);
    let due = part(&report, "Next steps, by their day");
    let Block::Table { rows, .. } = &due.blocks[0] else { panic!("no table: {due:?}") };
    assert!((8..=9).contains(&rows.len()), "never one step left out alone: {}", rows.len());
}

#[test]
fn a_role_whose_house_has_yet_to_approve_says_so_until_it_has() {
    let mut hand = ruvani::board();
    let city = hand.whose("City");
    let card =
        hand.board.cards.values().find(|card| card.source == "accepts" && card.partner == Some(city)).unwrap().id;
    let (id, until, at) = (ApprovalId(hand.number()), "2026-04-24".parse().unwrap(), hand.at);
    let on = approval::On::Card(card);
    let mut one = Approval { id, on, partner: city, by: None, until, at, told: None, verdict: None };
    let told = |hand: &Hand| {
        let canvas = hand.canvas_with(&ruvani::captions());
        let role = canvas.sections.iter().find_map(|section| match &section.body {
            crate::canvas::Body::Matrix(matrix) => matrix.roles.iter().find(|role| role.partner == city).cloned(),
            _ => None,
        });
        let report = made(hand, Kind::Final);
        let waits = items(part(&report, "Conditions, and answers that we wait for"));
        let page = crate::canvas::html(&canvas);
        let marked = page.contains("cell subject\"></i><span");
        let waits = waits.iter().any(|item| item.contains("by 24 April 2026") || item.contains("approved on"));
        (role.unwrap().conditions, waits, marked)
    };
    assert_eq!(told(&hand), (vec![], false, false));
    hand.put(Change::Approval(one.clone()));
    assert_eq!(told(&hand), (vec!["subject to approval by 24 April 2026".to_owned()], true, true));
    one.verdict = Some(approval::Verdict { yes: true, reason: String::new(), by: None, behalf: false, at });
    hand.put(Change::Approval(one));
    assert_eq!(told(&hand), (vec![], false, false));
}
