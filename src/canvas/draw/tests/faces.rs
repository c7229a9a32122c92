//! Letters that no face has.

use serde_json::json;

use crate::canvas::draw::{Fonts, Ink, Order, Paper, Picture, draw};
use crate::canvas::tests::ruvani;
use crate::canvas::{Body, Canvas};

#[test]
fn inter_is_built_in() {
    assert_eq!(Fonts::built_in().families(), ["Inter"]);
}

#[test]
fn scripts_without_a_face_are_named_and_nothing_else_is() {
    let fonts = Fonts::built_in();
    for (text, missing) in [
        ("Zoë Ćwikła, Нина, Αθηνά – “€ 5” → ✓", &[][..]),
        ("كيانج مشترك", &["Arabic"]),
        ("नमस्ते שלום", &["Devanagari", "Hebrew"]),
        ("道路 みち", &["Han", "Hiragana"]),
        ("👩\u{200d}👧 ❤\u{fe0f}\u{200b}\u{ad}\n\t", &["Symbols"]),
        ("\u{10ffff}", &["Unknown"]),
    ] {
        assert_eq!(fonts.missing(&json!({ "a": [{ "b": text }] })), missing, "{text}");
    }
}

#[test]
fn only_letters_of_this_picture_are_missed() {
    let mut canvas = ruvani::board().canvas();
    canvas.head.partners[0].name = "شراكة".to_owned();
    let [first, other] = &mut canvas.sections[..2] else { panic!("too few sections") };
    first.invitation = "道".to_owned();
    let keys = [first.key.clone(), other.key.clone()];
    let fonts = Fonts::built_in();
    let missing = |canvas: &Canvas, picture: &Picture| {
        draw(&Order::picture(canvas, picture, Paper::Screen, Ink::Svg), &fonts).unwrap().missing
    };
    let [first, other] = keys.map(|key| missing(&canvas, &Picture::Section(key)));
    assert_eq!((first, other), (vec!["Han".to_owned()], vec![]));
    assert_eq!(missing(&canvas, &Picture::Whole), ["Arabic", "Han"]);
    // Where a line comes from is printed with the whole canvas alone.
    let sourced = canvas.sections.iter_mut().find_map(|section| match &mut section.body {
        Body::Lines { groups } => Some((section.key.clone(), groups.first_mut()?.lines.first_mut()?)),
        _ => None,
    });
    let (key, line) = sourced.unwrap();
    line.source.summary = "हाँ".to_owned();
    assert!(!missing(&canvas, &Picture::Section(key)).contains(&"Devanagari".to_owned()));
    let printed = draw(&Order::picture(&canvas, &Picture::Whole, Paper::A4, Ink::Svg), &fonts).unwrap();
    assert!(printed.missing.contains(&"Devanagari".to_owned()));
}

#[test]
fn a_picture_says_what_it_could_not_draw() {
    let mut canvas = ruvani::board().canvas();
    canvas.head.name = "شراكة".to_owned();
    canvas.sections[0].title = "شراكة".to_owned();
    let order = Order::picture(&canvas, &Picture::Whole, Paper::Screen, Ink::Svg);
    assert_eq!(draw(&order, &Fonts::built_in()).unwrap().missing, ["Arabic"]);
    let mut data = order.data;
    crate::canvas::draw::order::note_missing(&mut data, &["Arabic".to_owned()]);
    assert_eq!(data["footnotes"], json!(["Some letters could not be drawn here (Arabic); the outline has them all."]));
}
