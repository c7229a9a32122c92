//! The worked example: *Ruvani Without Plastic*, a whole Path on the shipped plan.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

mod later;

use super::hand::{Hand, moment};
use crate::canvas::Captions;
use crate::path::plan::{Item, LinkKind};
use crate::path::*;

/// The shipped plan, its lists filled from the example.
pub fn plan() -> Plan {
    let mut plan: Plan = toml::from_str(include_str!("../../../../prompts/path.toml")).unwrap();
    let data = data();
    let item =
        |key: &str, name: &str, line: &str| Item { key: key.to_owned(), name: name.to_owned(), line: line.to_owned() };
    let named = |list: &str| -> Vec<Item> {
        list_of(&data[list]).iter().map(|row| item(text(&row["id"]), text(&row["name"]), "")).collect()
    };
    let numbered =
        |lines: &[&str]| -> Vec<Item> { (1..).zip(lines).map(|(n, line)| item(&format!("l{n}"), line, "")).collect() };
    let rules: Vec<&str> = list_of(&data["ground_rules"]).iter().map(text).collect();
    for list in &mut plan.lists {
        list.items = match list.key.as_str() {
            "ground-rules" => numbered(&rules),
            "partnership-roles" => named("roles"),
            "assessment-fields" => named("assessment_fields"),
            "agreement-lines" => numbered(&[
                "We meet for an hour on the first Tuesday of each month, with a note within two days.",
                "The three figures and the route log go to all partners on the first Monday of the month.",
                "Leila speaks outside for all of us; each partner speaks for itself on its own work.",
            ]),
            _ => Vec::new(),
        };
    }
    plan
}

fn data() -> Json {
    serde_json::from_str(include_str!("ruvani.json")).unwrap()
}

fn text(json: &Json) -> &str {
    json.as_str().unwrap_or_default()
}

fn list_of(json: &Json) -> &[Json] {
    json.as_array().map_or(&[], Vec::as_slice)
}

fn map_of(json: &Json) -> Vec<(&str, &Json)> {
    json.as_object().map(|map| map.iter().map(|(key, value)| (key.as_str(), value)).collect()).unwrap_or_default()
}

/// The words a reader of the example would see; the real ones stand in `prompts/en`.
pub fn captions() -> Captions {
    let words = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(key, word)| ((*key).to_owned(), (*word).to_owned())).collect()
    };
    Captions {
        labels: words(&[
            ("accepts", "Answer"),
            ("own-view", "Own view"),
            ("accepts.answer.accept", "accepted"),
            ("accepts.answer.subject", "accepted, with a condition"),
            ("accepts.support", "supporting"),
            ("accepts.support-2", "supporting"),
            ("claims", "Works on it"),
            ("monitoring.answer.yes", "yes"),
            ("monitoring.answer.condition", "on a condition"),
        ]),
        ..Captions::default()
    }
}

/// The example while it is put up.
struct Story {
    hand: Hand,
    data: Json,
    names: BTreeMap<String, String>,
    cards: BTreeMap<String, CardId>,
}

/// The whole Path, to the farewell.
pub fn board() -> Hand {
    up_to(7)
}

/// The Path up to and including its n-th phase.
pub fn up_to(phases: usize) -> Hand {
    walked(phases, false)
}

/// The same, with a snapshot after each phase.
pub fn with_snapshots(phases: usize) -> Hand {
    walked(phases, true)
}

fn walked(phases: usize, snapshots: bool) -> Hand {
    let data = data();
    let name = text(&data["partnership"]["name"]);
    let mut hand = Hand::new(plan(), name, text(&data["partnership"]["focal_issue"]));
    for partner in list_of(&data["partners"]) {
        let id = hand.partner(&short(text(&partner["id"])), text(&partner["name"]));
        let mut row = hand.board.partners[&id].clone();
        row.sector = text(&partner["sector"]).to_owned();
        hand.put(Change::Partner(row));
    }
    let mut names = BTreeMap::new();
    for person in list_of(&data["people"]) {
        let level = if text(&person["level"]) == "strategic" { Level::Strategic } else { Level::Operational };
        let partner = hand.whose(&short(text(&person["partner"])));
        hand.person(text(&person["name"]), partner, level);
        names.insert(text(&person["id"]).to_owned(), text(&person["name"]).to_owned());
    }
    let mut story = Story { hand, data, names, cards: BTreeMap::new() };
    let parts: [fn(&mut Story); 7] =
        [preparation, orientation, groundwork, later::summit, later::outlook, later::action_plan, later::closing];
    for part in parts.iter().take(phases) {
        part(&mut story);
        if snapshots {
            story.hand.version("snapshot", None);
        }
    }
    story.hand
}

fn short(id: &str) -> String {
    match id {
        "rwa" | "cies" => id.to_uppercase(),
        id => format!("{}{}", id[..1].to_uppercase(), &id[1..]),
    }
}

/// A strategic person of a partner.
fn head_of(story: &Story, partner: &str) -> String {
    let id = story.hand.whose(&short(partner));
    story.hand.board.people.values().find(|p| p.partner == id && p.level == Level::Strategic).unwrap().name.clone()
}

impl Story {
    fn day(&mut self, day: &str) {
        self.hand.at = moment(&format!("{day}T15:00:00Z"));
    }

    fn name(&self, id: &Json) -> String {
        self.names[text(id)].clone()
    }

    fn all(&self) -> Vec<String> {
        self.names.values().cloned().collect()
    }

    fn opened(&mut self, asks: &[&str]) {
        for ask in asks {
            self.hand.open(ask);
        }
    }

    fn closed(&mut self, asks: &[&str]) {
        for ask in asks {
            self.hand.close(ask);
        }
    }

    /// Everybody says that these stand, but those who say it with a remark.
    fn stands(&mut self, ask: &str, cards: &[CardId], remarks: &[(&str, &str)]) {
        for name in self.all() {
            for (slot, card) in (1..).zip(cards) {
                let remark = remarks.iter().find(|(by, _)| *by == name);
                let said = remark.map_or((Value::Stands, ""), |(_, note)| (Value::Remark, *note));
                self.hand.figure((ask, plan::ANSWERS, slot), &name, *card, said);
            }
        }
    }

    /// So many people, one after another, mark these cards.
    fn marks(&mut self, ask: &str, counts: &[(CardId, u64)]) {
        let people = self.all();
        let mut hands: Vec<Vec<CardId>> = vec![Vec::new(); people.len()];
        let mut at = 0;
        for (card, count) in counts {
            for _ in 0..*count {
                hands[at % people.len()].push(*card);
                at += 1;
            }
        }
        for (name, cards) in people.iter().zip(hands) {
            let cards: BTreeSet<CardId> = cards.into_iter().collect();
            self.hand.mark(ask, name, &cards.into_iter().collect::<Vec<_>>());
        }
    }
}

fn preparation(story: &mut Story) {
    story.day("2026-03-02");
    story.opened(&["hello-line", "interface", "stakeholders"]);
    story.day("2026-03-06");
    for (partner, sheet) in map_of(&story.data["interface_worksheets"].clone()) {
        let by = head_of(story, partner);
        let fields: Vec<(&str, &str)> = map_of(sheet).into_iter().map(|(key, value)| (key, text(value))).collect();
        let card = story.hand.give("interface", &by, &fields);
        if partner != "bahari" {
            story.hand.confirm(card, &by, true);
        }
    }
    story.closed(&["hello-line", "interface", "stakeholders"]);
}

fn orientation(story: &mut Story) {
    story.day("2026-03-09");
    story.opened(&["rules", "take-away", "reaction", "add-rule", "mixed-triads", "story", "notes"]);
    let rules: Vec<CardId> = (1..=6).map(|n| story.hand.item("ground-rules", &format!("l{n}"))).collect();
    story.stands("rules", &rules, &[]);
    let triads = story.data["triads"].clone();
    for (nth, (_, members)) in (1..).zip(map_of(&triads)) {
        let id = GroupId(story.hand.number());
        let members = list_of(members).iter().map(|id| story.hand.who(&story.name(id))).collect();
        let name = format!("Triad {nth}");
        story.hand.put(Change::Group(Group { id, ask: "mixed-triads".to_owned(), name, nth, members }));
    }
    story.day("2026-03-12");
    for row in list_of(&story.data["stories"].clone()) {
        let by = story.name(&row["teller"]);
        let who = story.hand.who(&by);
        let group = story.hand.board.groups.values().find(|group| group.members.contains(&who)).map(|group| group.id);
        let told = story.hand.give("story", &by, &[("kind", text(&row["kind"])), ("story", text(&row["story"]))]);
        story.hand.amend(told, |card| card.group = group);
        if row["challenge_note"].is_string() {
            let note = story.hand.give("notes", &by, &[("note", text(&row["challenge_note"]))]);
            story.hand.amend(note, |card| card.group = group);
        }
    }
    story.closed(&["rules", "take-away", "reaction", "add-rule", "mixed-triads", "story", "notes"]);
    story.hand.keep("rules", None, &rules, Settled::Consent);
}

fn groundwork(story: &mut Story) {
    story.day("2026-03-13");
    story.opened(&["problem", "causes", "effects", "tree", "more-cards", "claims"]);
    let issue = story.hand.board.issue().unwrap().id;
    let tree = story.data["problem_tree"].clone();
    let core = story.hand.make("problem", "text", text(&tree["core"]["text"]), &[issue], false);
    story.cards.insert("K".to_owned(), core);
    story.stands("problem", &[core], &[]);
    for node in list_of(&tree["nodes"]) {
        let (ask, field) = if text(&node["side"]) == "cause" { ("causes", "cause") } else { ("effects", "effect") };
        let by = story.name(&node["author"]);
        let card = story.hand.give(ask, &by, &[(field, text(&node["text"]))]);
        story.hand.link(LinkKind::Under, card, story.cards[text(&node["parent"])]);
        story.cards.insert(text(&node["id"]).to_owned(), card);
    }
    for cross in list_of(&tree["cross_links"]) {
        story.hand.link(LinkKind::LeadsTo, story.cards[text(&cross["from"])], story.cards[text(&cross["to"])]);
    }
    let late = story.hand.give("more-cards", "Musa Kombo", &[("cause", "Nobody collects on market evenings")]);
    story.cards.insert("loose".to_owned(), late);
    for claim in list_of(&story.data["addressed_by"].clone()) {
        let by = head_of(story, text(&claim["partner"]));
        let cause = story.cards[text(&claim["cause"])].to_string();
        let fields = [("cause", cause.as_str()), ("status", text(&claim["status"])), ("what", text(&claim["what"]))];
        story.hand.give("claims", &by, &fields);
    }
    story.opened(&["core-causes"]);
    let marks: Vec<(CardId, u64)> =
        map_of(&story.data["cause_marks"]).into_iter().map(|(id, n)| (story.cards[id], n.as_u64().unwrap())).collect();
    story.marks("core-causes", &marks);
    story.day("2026-03-17");
    story.closed(&["problem", "causes", "effects", "tree", "more-cards", "claims", "core-causes"]);
    story.hand.keep("problem", None, &[core], Settled::Consent);
    for row in list_of(&story.data["parked"].clone()) {
        let card = story.cards[text(&row["node"])];
        story.hand.amend(card, |card| card.parked = Some(text(&row["reason"]).to_owned()));
    }
    let kept: Vec<CardId> = list_of(&story.data["core_causes"].clone())
        .iter()
        .map(|row| {
            story.hand.make("core-causes", "text", text(&row["text"]), &[story.cards[text(&row["node"])]], false)
        })
        .collect();
    story.hand.keep("core-causes", None, &kept, Settled::Host);
    solutions(story, &kept);
}

fn solutions(story: &mut Story, kept: &[CardId]) {
    story.opened(&["solved", "groundwork-page", "terms"]);
    for (node, said) in map_of(&story.data["solution_tree"].clone()) {
        let card = story.cards[node].to_string();
        story.hand.give("solved", "Grace Wanjala", &[("problem", &card), ("solved", text(said))]);
    }
    let again = story.cards["C2a"].to_string();
    story.hand.give("solved", "Joel Baraka", &[("problem", &again), ("solved", "Every market row has its own bins")]);
    story.stands("groundwork-page", kept, &[("Peter Omari", "The drains in the new estate are missing from our map.")]);
    for row in list_of(&story.data["glossary"].clone()) {
        let card = story.hand.give(
            "terms",
            "Zainab Juma",
            &[("term", text(&row["term"])), ("meaning", text(&row["meaning"]))],
        );
        story.hand.amend(card, |card| card.disputed = text(&row["term"]) == "Served");
    }
    story.day("2026-03-19");
    story.closed(&["solved", "groundwork-page", "terms"]);
    story.hand.keep("groundwork-page", None, kept, Settled::Consent);
}

/// `cargo test --lib canvas::tests::ruvani::draw -- --ignored` draws the example into `target/canvas`.
#[test]
#[ignore = "draws pictures' sources for a reader's eye; asserts nothing"]
fn draw() {
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let folder = std::path::Path::new(&target).join("canvas");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, hand) in [("full", board()), ("half", up_to(3)), ("empty", up_to(0))] {
        let canvas = hand.canvas_with(&captions());
        std::fs::write(folder.join(format!("{name}.html")), crate::canvas::html(&canvas)).unwrap();
        std::fs::write(folder.join(format!("{name}.md")), crate::canvas::outline(&canvas)).unwrap();
        std::fs::write(folder.join(format!("{name}.json")), crate::canvas::json(&canvas)).unwrap();
        papers(&folder, name, &hand);
    }
}

/// The sheets and reports of a board, as files.
fn papers(folder: &std::path::Path, name: &str, hand: &Hand) {
    use crate::canvas::report::{Kind, docx, json, make, markdown};
    let room = view(&hand.board, Viewer::Room, hand.at);
    let own = view(&hand.board, Viewer::Person(hand.who("Fatuma Said")), hand.at);
    std::fs::write(folder.join(format!("{name}.xlsx")), crate::canvas::sheet::xlsx(&room, &captions())).unwrap();
    for (file, bytes) in crate::canvas::sheet::csv(&room, &captions()) {
        std::fs::write(folder.join(format!("{name}-{file}")), bytes).unwrap();
    }
    for kind in [Kind::Final, Kind::Preread, Kind::Memorandum(hand.whose("City")), Kind::Mine] {
        let report = make(if kind == Kind::Mine { &own } else { &room }, &captions(), kind).unwrap();
        let file = |ending: &str| folder.join(format!("{name}-{}.{ending}", kind.key()));
        std::fs::write(file("md"), markdown(&report)).unwrap();
        std::fs::write(file("docx"), docx(&report)).unwrap();
        std::fs::write(file("json"), json(&report)).unwrap();
    }
}
