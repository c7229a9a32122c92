//! Which pictures there are, what they are called, and what is said for those who do not see them.

use crate::canvas::Canvas;
use crate::canvas::draw::{Fonts, Ink, Order, Paper, Picture, alt, draw};
use crate::canvas::report::{Block, Kind, Report, make};
use crate::canvas::tests::ruvani;
use crate::path::{Viewer, view};

#[test]
fn every_picture_is_found_by_its_key() {
    let canvas = ruvani::board().canvas();
    let all = Picture::all(&canvas);
    assert!(all.len() > canvas.sections.len() + 3);
    for picture in &all {
        assert_eq!(Picture::parse(&picture.key()).as_ref(), Some(picture));
        assert!(!picture.title(&canvas).trim().is_empty(), "{picture:?}");
    }
    for key in ["", "section:", "map:", "section", "other", "other:x"] {
        assert_eq!(Picture::parse(key), None, "{key}");
    }
}

#[test]
fn every_picture_is_said_in_words_that_fit() {
    for canvas in [ruvani::board().canvas(), ruvani::up_to(0).canvas()] {
        for picture in Picture::all(&canvas) {
            let said = alt(&canvas, &picture);
            assert!(
                said.starts_with(&canvas.head.name) && said.len() > canvas.head.name.len() + 5,
                "{picture:?}: {said}"
            );
            assert!(said.encode_utf16().count() <= 1024, "{picture:?}");
        }
    }
}

#[test]
fn a_map_says_first_where_nobody_is() {
    let canvas = ruvani::board().canvas();
    let maps = Picture::all(&canvas).into_iter().filter(|picture| matches!(picture, Picture::Map(_)));
    let said: Vec<String> = maps.map(|map| alt(&canvas, &map)).collect();
    assert_eq!(said.len(), 1, "only where the plan asks for a map: {said:?}");
    assert!(said[0].contains("7 with nobody yet") && said[0].contains(": nobody yet"), "{said:?}");
}

/// Where each of these stands in a text, in their order.
fn are_in_order(said: &str, wanted: &[&str]) {
    let places: Vec<usize> =
        wanted.iter().map(|words| said.find(words).unwrap_or_else(|| panic!("{words}: {said}"))).collect();
    assert!(places.is_sorted(), "{wanted:?}: {said}");
}

#[test]
fn a_tree_says_first_what_a_look_tells_first() {
    let canvas = ruvani::board().canvas();
    let said = alt(&canvas, &Picture::Section("problem-tree".to_owned()));
    let counts = ["Crown: what follows from it: ", "Roots: what it grows from: "];
    are_in_order(&said, &[counts[0], counts[1], "core cause: C1 ", "nobody yet: ", "Trunk: the heart of it: ", "E1 "]);
    assert!(said.contains("; C5 ") && said.contains("; C6 "), "every core cause, and every gap: {said}");
    let turned = alt(&canvas, &Picture::Section("solution-tree".to_owned()));
    are_in_order(&turned, &["turned around", "core cause: ", "not turned around yet: ", "Trunk: the heart of it: "]);
}

#[test]
fn a_matrix_says_gaps_and_answers_before_counts() {
    let said = alt(&ruvani::board().canvas(), &Picture::Section("roles".to_owned()));
    are_in_order(&said, &["nobody yet: ", "Backbone", "partners"]);
    let counts = said.find(" people from ").unwrap();
    assert!(said[..counts].matches(" (").count() >= 4, "the answers: {said}");
}

#[test]
fn a_page_says_which_it_is_and_fits() {
    let order = Order::picture(&ruvani::board().canvas(), &Picture::Whole, Paper::A4, Ink::Svg);
    assert_eq!(order.of_page("The river", 2, 3), "page 2 of 3: The river");
    assert_eq!(order.of_page(&"é😀".repeat(2_000), 10, 12).encode_utf16().count(), 1024);
}

#[test]
fn every_picture_is_drawn_and_the_whole_on_every_paper() {
    let fonts = Fonts::built_in();
    let canvas = ruvani::board().canvas();
    let screen = Picture::all(&canvas).into_iter().map(|picture| (picture, Paper::Screen));
    let paper = [Paper::A3, Paper::A4].map(|paper| (Picture::Whole, paper));
    for (picture, paper) in screen.chain(paper) {
        let drawing = draw(&Order::picture(&canvas, &picture, paper, Ink::Svg), &fonts);
        assert!(drawing.is_ok_and(|drawing| !drawing.pages.is_empty()), "{picture:?} on {paper:?}");
    }
}

#[test]
fn a_tree_in_a_printed_report_is_drawn_in_its_depths() {
    let hand = ruvani::board();
    let room = view(&hand.board, Viewer::Room, hand.at);
    let mut report = make(&room, &ruvani::captions(), Kind::Final).unwrap();
    let is_deep = |block: &Block| matches!(block, Block::List { depths, .. } if depths.contains(&1));
    report.parts.retain(|part| part.blocks.iter().any(is_deep));
    let drawn = |report: &Report| draw(&Order::report(report, Paper::A4, Ink::Svg), &Fonts::built_in()).unwrap().pages;
    let deep = drawn(&report);
    for block in report.parts.iter_mut().flat_map(|part| &mut part.blocks) {
        if let Block::List { depths, .. } = block {
            depths.fill(0);
        }
    }
    assert!(deep != drawn(&report), "what lies under something stands further in");
}

#[test]
fn a_long_text_is_cut_at_once() {
    let mut canvas = ruvani::board().canvas();
    canvas.head.issue.as_mut().unwrap().text = "é😀".repeat(100_000);
    let said = alt(&canvas, &Picture::Whole);
    assert!(said.ends_with('…'));
    assert!((1_023..=1_024).contains(&said.encode_utf16().count()));
}

fn orders(canvas: &Canvas) -> Vec<Order> {
    let papers = [Paper::Screen, Paper::A3, Paper::A4];
    let all = Picture::all(canvas);
    all.iter().flat_map(|picture| papers.map(|paper| Order::picture(canvas, picture, paper, Ink::Png))).collect()
}

#[test]
fn the_same_canvas_is_the_same_order_all_day_however_many_acts_there_were() {
    let mut canvas = ruvani::board().canvas();
    let first = orders(&canvas);
    canvas.head.at += chrono::TimeDelta::seconds(1);
    canvas.head.revision += 1;
    assert_eq!(orders(&canvas), first);
    canvas.head.at += chrono::TimeDelta::days(1);
    for (now, then) in orders(&canvas).iter().zip(&first) {
        assert_ne!(now, then);
    }
}

#[test]
fn what_changes_in_one_section_leaves_the_others_as_they_are() {
    let mut hand = ruvani::board();
    let before = hand.canvas();
    let person = hand.board.people.values().next().unwrap().name.clone();
    hand.give("causes", &person, &[("cause", "Nobody counts the bottles")]);
    let after = hand.canvas();
    let mut changed = 0;
    for (one, other) in before.sections.iter().zip(&after.sections) {
        let [one_order, other_order] = [(&before, one), (&after, other)].map(|(canvas, section)| {
            Order::picture(canvas, &Picture::Section(section.key.clone()), Paper::Screen, Ink::Png)
        });
        assert_eq!(one == other, one_order == other_order, "{}", one.key);
        changed += usize::from(one != other);
    }
    assert!(0 < changed && changed < before.sections.len(), "{changed}");
    let progress = |canvas| Order::picture(canvas, &Picture::Progress, Paper::Screen, Ink::Png);
    assert_eq!(progress(&before), progress(&after));
}

#[test]
fn an_order_crosses_as_one_line() {
    let order = Order::picture(&ruvani::board().canvas(), &Picture::Whole, Paper::A3, Ink::Png);
    let line = serde_json::to_string(&order).unwrap();
    assert!(!line.contains('\n'));
    assert_eq!(serde_json::from_str::<Order>(&line).unwrap(), order);
}
