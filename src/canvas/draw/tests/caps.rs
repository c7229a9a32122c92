//! More than a picture can carry.

use serde_json::{Value, json};

use super::{bare, written};
use crate::canvas::draw::cap::cap;
use crate::canvas::draw::{Fonts, Ink, Order, Paper, Picture, draw};
use crate::canvas::tests::ruvani;

/// A canvas of one section of so many lines, of so many letters each.
fn lines(count: usize, letters: usize) -> Value {
    let line = json!({ "text": "x".repeat(letters), "source": { "cards": vec![1; 30], "counts": [] } });
    json!({
        "words": { "left_out": "{section}: and {n} more, see the outline" },
        "head": { "partners": [] },
        "sections": [{ "title": "Signs", "body": { "groups": [{ "name": null, "lines": vec![line; count] }] } }],
    })
}

fn kept(canvas: &Value) -> usize {
    canvas["sections"][0]["body"]["groups"][0]["lines"].as_array().unwrap().len()
}

#[test]
fn what_fits_is_whole() {
    let mut canvas = lines(60, 300);
    assert!(cap(&mut canvas, None).is_empty());
    assert_eq!((kept(&canvas), &canvas["sections"][0]["left_out"]), (60, &json!(0)));
    assert_eq!(canvas["sections"][0]["body"]["groups"][0]["lines"][0]["source"]["cards"].as_array().unwrap().len(), 24);
}

#[test]
fn what_is_left_out_is_said() {
    let mut canvas = lines(94, 30);
    assert_eq!(cap(&mut canvas, None), ["Signs: and 34 more, see the outline"]);
    assert_eq!((kept(&canvas), &canvas["sections"][0]["left_out"]), (60, &json!(34)));
    let mut long = lines(4_000, 4_000);
    assert_eq!(cap(&mut long, None).len(), 1);
    assert_eq!(kept(&long), 60, "one section alone may be long");
    let mut wide = lines(60, 4_000);
    let copy = wide["sections"][0].clone();
    wide["sections"] = vec![copy; 40].into();
    assert_eq!(cap(&mut wide, None).len(), 40);
    assert!(kept(&wide) < 10, "forty such sections share what a picture can carry");
}

#[test]
fn a_cut_tree_counts_what_grew_on_it() {
    let leaf = json!({ "text": "a", "children": [] });
    let branch = json!({ "text": "b", "children": vec![leaf; 3] });
    let mut canvas = json!({ "words": {}, "sections": [{ "title": "T", "body": { "roots": vec![branch; 62] } }] });
    cap(&mut canvas, None);
    assert_eq!(canvas["sections"][0]["left_out"], json!(8));
}

#[test]
fn words_that_nobody_could_type_are_shortened() {
    let mut canvas = lines(1, 5_000);
    cap(&mut canvas, None);
    let text = canvas["sections"][0]["body"]["groups"][0]["lines"][0]["text"].as_str().unwrap().to_owned();
    assert_eq!((text.chars().count(), text.ends_with('…')), (4_001, true));
}

/// Thousands of cards come to a few pages, quickly; no word is lost between two of them.
#[test]
fn a_crowd_is_drawn_on_pages() {
    let mut canvas = ruvani::board().canvas();
    let mut crowded = None;
    for section in &mut canvas.sections {
        if let crate::canvas::Body::Lines { groups } = &mut section.body {
            let lines: Vec<_> = groups.iter().flat_map(|group| group.lines.clone()).collect();
            groups[0].lines = lines.iter().cycle().take(2_000).cloned().collect();
            crowded = Some(section.key.clone());
        }
    }
    let picture = Picture::Section(crowded.unwrap());
    let mut order = Order::picture(&canvas, &picture, Paper::Screen, Ink::Png);
    order.scale = 0.5;
    assert!(!order.data["footnotes"].as_array().unwrap().is_empty());
    let drawing = draw(&order, &Fonts::built_in()).unwrap();
    assert!((1..=10).contains(&drawing.pages.len()), "{} pages", drawing.pages.len());
    for page in &drawing.pages {
        assert!(height(page) <= 1_000, "{} pixels for each half point", height(page));
    }
    let whole = Order { ink: Ink::Svg, ..Order::picture(&canvas, &Picture::Whole, Paper::Screen, Ink::Png) };
    assert_eq!(draw(&whole, &Fonts::built_in()).unwrap().pages.len(), 1);
}

/// What flows is split where a page ends, and every word of it is still there.
#[test]
fn a_picture_on_low_pages_says_the_same() {
    let canvas = ruvani::board().canvas();
    let flows = canvas.sections.iter().find(|section| matches!(section.body, crate::canvas::Body::Steps { .. }));
    let order = Order::picture(&canvas, &Picture::Section(flows.unwrap().key.clone()), Paper::Screen, Ink::Svg);
    let mut low = order.clone();
    low.data["height"] = json!(400);
    let fonts = Fonts::built_in();
    assert!(draw(&order, &fonts).unwrap().pages.len() == 1 && draw(&low, &fonts).unwrap().pages.len() > 1);
    // At the edges of each page stand its title, its number, and the foot.
    let (all, mut said) = (written(&order, &fonts), written(&low, &fonts));
    let edges = (1..99).map(|page| format!("{page}/")).take_while(|page| said.contains(page.as_str())).count();
    let title = bare(order.data["title"].as_str().unwrap());
    let foot = &all[all.rfind(&bare(&canvas.head.name)).unwrap()..];
    for page in 1..=edges {
        let before = if page == 1 { String::new() } else { format!("{foot}{title}") };
        said = said.replacen(&format!("{before}{page}/{edges}"), "", 1);
    }
    assert_eq!(said, all);
}

#[test]
fn too_many_pixels_are_too_few_points() {
    let canvas = ruvani::up_to(0).canvas();
    let mut order = Order::picture(&canvas, &Picture::Progress, Paper::A4, Ink::Png);
    order.scale = 1_000.0;
    let page = &draw(&order, &Fonts::built_in()).unwrap().pages[0];
    assert!((4_000..6_000).contains(&height(page)), "{}", height(page));
}

/// How tall a PNG is.
fn height(png: &[u8]) -> u32 {
    u32::from_be_bytes(png[20..24].try_into().unwrap())
}
