//! The reports: what is in each, what is not, and that nothing typed becomes structure.

use std::collections::BTreeMap;

use super::hand::Hand;
use super::hostile::covered;
use super::{ruvani, unpacked};
use crate::canvas::report::{Block, Kind, Report, docx, json, make, markdown};
use crate::canvas::{Captions, calendar, report, sheet};
use crate::path::*;

fn made(hand: &Hand, viewer: Viewer, kind: Kind) -> Report {
    make(&view(&hand.board, viewer, hand.at), &ruvani::captions(), kind).unwrap()
}

fn person(hand: &Hand, name: &str) -> Viewer {
    Viewer::Person(hand.who(name))
}

/// All four reports: three as the room sees them, and Joel's own.
fn all(hand: &Hand) -> Vec<Report> {
    let partner = hand.board.partners.keys().next().copied().unwrap();
    vec![
        made(hand, Viewer::Room, Kind::Final),
        made(hand, Viewer::Room, Kind::Preread),
        made(hand, Viewer::Room, Kind::Memorandum(partner)),
        make(&view(&hand.board, Viewer::Person(PersonId(joel(hand))), hand.at), &ruvani::captions(), Kind::Mine)
            .unwrap(),
    ]
}

/// The number of the second person, who is no host.
fn joel(hand: &Hand) -> i64 {
    hand.board.people.values().find(|person| !person.host).unwrap().id.0
}

/// The document of a DOCX file, as a strict reader reads it.
fn document(report: &Report) -> String {
    unpacked::xml(&unpacked::files(&docx(report)), "word/document.xml")
}

/// The paragraphs of a document: style and text.
fn paragraphs(xml: &str) -> Vec<(String, String)> {
    let read = roxmltree::Document::parse(xml).unwrap();
    let named = |node: &roxmltree::Node<'_, '_>, name: &str| node.tag_name().name() == name;
    let paragraphs = read.descendants().filter(|node| named(node, "p")).map(|node| {
        let style = node.descendants().find(|node| named(node, "pStyle"));
        let style = style.and_then(|node| node.attributes().next().map(|found| found.value().to_owned()));
        let text = node.descendants().filter_map(|node| match node.tag_name().name() {
            "t" => node.text(),
            "br" => Some("\n"),
            _ => None,
        });
        (style.unwrap_or_default(), text.collect::<String>())
    });
    paragraphs.collect()
}

/// Every text of a report.
fn texts(report: &Report) -> Vec<String> {
    let mut found = vec![report.title.clone(), report.subtitle.clone(), report.day.clone()];
    for part in &report.parts {
        found.push(part.heading.clone());
        for block in &part.blocks {
            match block {
                Block::Text { text } | Block::Note { text } => found.push(text.clone()),
                Block::List { items, .. } => found.extend(items.iter().cloned()),
                Block::Table { columns, rows } => found.extend(columns.iter().chain(rows.iter().flatten()).cloned()),
                Block::Quote { text, by } => found.extend([text.clone(), by.clone()]),
                Block::Blank { label } => found.push(label.clone()),
            }
        }
    }
    found.retain(|text| !text.is_empty());
    found
}

#[test]
fn the_example_as_a_final_report() {
    insta::assert_snapshot!("report-final", markdown(&made(&ruvani::board(), Viewer::Room, Kind::Final)));
}

#[test]
fn the_example_half_way_as_a_pre_read() {
    let mut hand = ruvani::up_to(4);
    hand.open("roles");
    hand.open("own-view");
    insta::assert_snapshot!("report-preread", markdown(&made(&hand, Viewer::Room, Kind::Preread)));
}

#[test]
fn the_example_as_a_memorandum() {
    let hand = ruvani::board();
    let city = hand.whose("City");
    insta::assert_snapshot!("report-memorandum", markdown(&made(&hand, Viewer::Room, Kind::Memorandum(city))));
}

#[test]
fn the_example_as_a_persons_own_sheet() {
    let hand = ruvani::board();
    insta::assert_snapshot!("report-mine", markdown(&made(&hand, person(&hand, "Fatuma Said"), Kind::Mine)));
}

#[test]
fn an_empty_board_has_every_report() {
    for report in all(&ruvani::up_to(0)) {
        assert!(!report.parts.is_empty());
        assert!(markdown(&report).starts_with("# Ruvani Without Plastic"));
        assert!(!document(&report).is_empty());
    }
}

#[test]
fn nobody_gets_a_report_of_nobody() {
    let hand = ruvani::board();
    let room = view(&hand.board, Viewer::Room, hand.at);
    assert!(make(&room, &Captions::default(), Kind::Mine).is_none());
    assert!(make(&room, &Captions::default(), Kind::Memorandum(PartnerId(-1))).is_none());
}

#[test]
fn a_memorandum_holds_what_is_this_partners() {
    let hand = ruvani::board();
    for partner in hand.board.partners_now() {
        let report = made(&hand, Viewer::Room, Kind::Memorandum(partner.id));
        let all = texts(&report).join("\n");
        for card in hand.board.cards.values().filter(|card| card.source == "brings") {
            let said = card.field("brings");
            assert_eq!(all.contains(said), card.partner == Some(partner.id), "{}: {said}", partner.short);
        }
        let headings: Vec<&str> = report.parts.iter().map(|part| part.heading.as_str()).collect();
        assert!(headings.iter().any(|heading| heading.ends_with("Liability")));
        let law = report.parts.iter().find(|part| part.heading.ends_with("Liability")).unwrap();
        assert!(law.blocks.iter().all(|block| matches!(block, Block::Note { .. } | Block::Blank { .. })), "left empty");
    }
}

#[test]
fn a_memorandum_holds_all_that_this_partner_works_on() {
    let hand = ruvani::board();
    for partner in hand.board.partners_now() {
        let report = made(&hand, Viewer::Room, Kind::Memorandum(partner.id));
        let covers = report.parts.iter().find(|part| part.heading.contains("What this covers")).unwrap();
        let lists = covers.blocks.iter().filter_map(|block| match block {
            Block::List { items, .. } => Some(items),
            _ => None,
        });
        let told: Vec<&String> = lists.flatten().collect();
        for card in hand.board.cards_of("claims", false) {
            let theirs = card.by.map(|id| hand.board.people[&id].partner).or(card.partner) == Some(partner.id);
            let times = told.iter().filter(|item| item.contains(card.field("what"))).count();
            assert_eq!(times, usize::from(theirs), "{}: {:?} in {told:?}", partner.short, card.field("what"));
        }
    }
    let bahari = texts(&made(&hand, Viewer::Room, Kind::Memorandum(hand.whose("Bahari"))));
    let at = |start: &str| bahari.iter().position(|text| text.starts_with(start)).unwrap();
    assert!(
        at("You work on:") < at("C4b") && at("C4b") < at("You work on this too") && at("C3a") < at("What we put aside")
    );
}

#[test]
fn what_was_left_out_stands_in_the_report_with_its_reason() {
    let mut hand = ruvani::board();
    let left_out = LeftOut { why: "We did *that* in January".to_owned(), at: hand.at };
    let timetable = Timetable { left_out: [("dream".to_owned(), left_out)].into(), ..Timetable::default() };
    hand.put(Change::Timetable(timetable));
    let report = made(&hand, Viewer::Room, Kind::Final);
    let said = texts(&report).into_iter().find(|text| text.starts_with("Left out:"));
    let said = said.unwrap_or_default();
    assert!(said.starts_with("Left out: Dream. The reason: We did ") && said.ends_with("in January"), "{said}");
}

#[test]
fn a_pre_read_is_short() {
    for phases in 1..=7 {
        let report = made(&ruvani::up_to(phases), Viewer::Room, Kind::Preread);
        let letters: usize = texts(&report).iter().map(|text| text.chars().count()).sum();
        assert!(letters < 6_500, "two pages hold less than {letters} letters, after {phases} phases");
    }
}

#[test]
fn a_pre_read_says_what_nobody_has_and_how_many_steps_it_leaves_out() {
    let mut hand = ruvani::board();
    for step in ["Tell the schools", "Ask the harbour"] {
        hand.give("steps", "Joel Baraka", &[("step", step), ("due", "2026-07-01")]);
    }
    let report = made(&hand, Viewer::Room, Kind::Preread);
    let missing = report.parts.iter().find(|part| part.heading == "What is missing").expect("roles have nobody yet");
    let said = format!("{:?}", missing.blocks);
    assert!(said.contains("Communicator") && !said.contains("Capacity builder"), "{said}");
    let steps = report.parts.iter().find(|part| part.heading == "Next steps, by their day").unwrap();
    let Some(Block::Table { rows, .. }) = steps.blocks.first() else { panic!("no table: {steps:?}") };
    let more = hand.board.cards_of("steps", false).len() - rows.len();
    assert!(more > 0, "the example has more steps than a pre-read tells");
    assert_eq!(steps.blocks.last(), Some(&Block::Text { text: format!("… and {more} more on the canvas") }));
}

#[test]
fn what_is_sealed_or_unnamed_is_in_no_report() {
    let mut hand = ruvani::board();
    hand.open("causes");
    hand.give("causes", "Joel Baraka", &[("cause", "Lids are missing everywhere")]);
    for name in ["Amara Njeri", "Grace Wanjala"] {
        for viewer in [Viewer::Room, Viewer::Hosts, person(&hand, name)] {
            for kind in [Kind::Final, Kind::Preread, Kind::Memorandum(hand.whose("RWA"))] {
                let all = texts(&made(&hand, viewer, kind)).join("\n");
                assert!(!all.contains("Lids are missing"), "sealed until one has given: {kind:?} {viewer:?}");
                assert!(!all.contains("call my sister") && !all.contains("street captains"), "{kind:?}");
            }
        }
        let own = texts(&made(&hand, person(&hand, name), Kind::Mine)).join("\n");
        assert!(own.contains("call my sister") && !own.contains("Lids are missing"));
    }
    let own = texts(&made(&hand, person(&hand, "Joel Baraka"), Kind::Mine)).join("\n");
    assert!(own.contains("Lids are missing"), "what one gave is one's own");
}

#[test]
fn the_room_does_not_learn_who_is_awaited() {
    let mut hand = ruvani::up_to(3);
    hand.open("drafts");
    let awaited = |viewer| texts(&made(&hand, viewer, Kind::Preread)).contains(&"We wait for".to_owned());
    assert!(!awaited(Viewer::Room) && awaited(Viewer::Hosts));
}

const EVIL: &[&str] = &[
    "x\n# head\n- item\n> q\n| a | b |\n---\n@everyone <@1> [l](https://e.example) `c`",
    "</w:t></w:r></w:p><w:p/>]]><!-- & &amp; \" ' &#0; <?xml?>",
    "=1+1\u{0}\u{202e}live\u{ffff}\u{fffe}\u{1b}",
    "مرحبا 你好 👩‍👩‍👧 {{ 7*7 }} #eval(1) $x$ {n} {name}",
];

#[test]
fn nothing_that_is_typed_becomes_structure() {
    let calm: Vec<Report> = all(&covered("calm"));
    for evil in EVIL {
        let kept = crate::canvas::escape::leaf(evil);
        for (report, calm) in all(&covered(evil)).iter().zip(&calm) {
            let marks = |text: &str| {
                let start =
                    |line: &str| line.chars().take_while(|letter| " #->|*".contains(*letter)).collect::<String>();
                text.lines().map(start).collect::<Vec<_>>()
            };
            assert_eq!(marks(&markdown(report)), marks(&markdown(calm)), "{} of {evil:?}", report.kind);
            let (paragraphs, expected) = (paragraphs(&document(report)), paragraphs(&document(calm)));
            let styles = |of: &[(String, String)]| of.iter().map(|(style, _)| style.clone()).collect::<Vec<_>>();
            assert_eq!(styles(&paragraphs), styles(&expected), "{} of {evil:?}", report.kind);
            assert!(paragraphs.iter().any(|(_, text)| text.contains(&kept)), "{evil:?} stands there as itself");
            assert!(!markdown(report).contains("@everyone") && !markdown(report).contains("https://"));
        }
    }
}

#[test]
fn a_word_of_four_thousand_letters_and_many_brackets_do_no_harm() {
    for word in ["x".repeat(4_000), "[".repeat(10_000)] {
        let hand = covered(&word);
        for report in all(&hand) {
            assert!(!markdown(&report).is_empty() && !document(&report).is_empty() && !json(&report).is_empty());
        }
    }
}

#[test]
fn the_document_says_what_the_report_says() {
    for report in all(&ruvani::board()) {
        let paragraphs = paragraphs(&document(&report));
        let said: Vec<&str> = paragraphs.iter().map(|(_, text)| text.as_str()).collect();
        for text in texts(&report) {
            assert!(said.iter().any(|found| found.contains(text.as_str())), "{}: {text:?}", report.kind);
        }
        let headings = paragraphs.iter().filter(|(style, _)| style.starts_with("Heading")).count();
        assert_eq!(headings, report.parts.len());
        let core = unpacked::xml(&unpacked::files(&docx(&report)), "docProps/core.xml");
        assert!(core.contains("<dc:title>Ruvani Without Plastic</dc:title>") && core.contains(&report.at));
    }
}

#[test]
fn the_same_view_gives_the_same_document() {
    for report in all(&ruvani::board()) {
        let first = docx(&report);
        std::thread::spawn(move || assert!(first == docx(&report))).join().unwrap();
    }
}

#[test]
fn an_older_plan_without_promises_is_ordered_by_its_elements() {
    let mut hand = ruvani::board();
    let mut plan = (*hand.board.plan).clone();
    plan.sections.iter_mut().for_each(|section| section.promise = None);
    hand.board.plan = std::sync::Arc::new(plan);
    let report = made(&hand, Viewer::Room, Kind::Final);
    let at = |heading: &str| report.parts.iter().position(|part| part.heading == heading).unwrap();
    assert!(
        at("We see the issue in the same way") < at("Vision") && at("Vision") < at("We can see whether we get there")
    );
    assert!(at("Everybody knows who does what") < at("Roles"));
}

#[test]
fn the_words_file_and_the_defaults_say_the_same() {
    let file = include_str!("../../../prompts/en/report.md");
    let entries = file.split("\n## ").skip(1).filter_map(|entry| entry.split_once('\n'));
    let file: BTreeMap<&str, String> =
        entries.map(|(key, text)| (key, text.split_whitespace().collect::<Vec<_>>().join(" "))).collect();
    let words = report::WORDS.iter().chain(sheet::WORDS).chain(calendar::WORDS);
    let ours: BTreeMap<&str, String> = words.map(|(key, text)| (*key, (*text).to_owned())).collect();
    assert_eq!(file, ours);
}
