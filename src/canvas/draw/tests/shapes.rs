//! The SVG of a picture as it was when somebody last looked: what stands where, in which colour.
//!
//! Letters are left out (each is an outline of a face); their places are not.

use crate::canvas::draw::{Fonts, Ink, Order, Paper, Picture, draw};
use crate::canvas::tests::ruvani;

/// An SVG without the outlines of letters, one element a line, lengths in whole points.
fn shapes(svg: &str) -> String {
    let drawn = svg.split("<defs").next().unwrap();
    let mut lines = String::new();
    for tag in drawn.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap();
        if !tag.starts_with('/') && !tag.starts_with("use") {
            lines.push_str(&in_points(tag));
            lines.push('\n');
        }
    }
    lines
}

/// A text with its numbers as whole ones.
fn in_points(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let in_a_number =
            out.ends_with(|before: char| before.is_ascii_digit()) && letters.peek().is_some_and(char::is_ascii_digit);
        if letter == '.' && in_a_number {
            while letters.next_if(char::is_ascii_digit).is_some() {}
        } else {
            out.push(letter);
        }
    }
    out
}

#[test]
fn shapes_stand_where_they_stood() {
    let canvas = ruvani::board().canvas_with(&ruvani::captions());
    let told: Vec<String> = ["section:priorities", "section:indicators"]
        .iter()
        .map(|key| {
            let order = Order::picture(&canvas, &Picture::parse(key).unwrap(), Paper::Screen, Ink::Svg);
            let drawing = draw(&order, &Fonts::built_in()).unwrap();
            format!("{key}\n{}", shapes(std::str::from_utf8(&drawing.pages[0]).unwrap()))
        })
        .collect();
    insta::assert_snapshot!("svg", told.join("\n"));
}

#[test]
fn numbers_are_made_whole_and_nothing_else_is() {
    assert_eq!(
        in_points("rect x=\"12.75\" d=\"M 0.5 10 L 3.25.\" fill=\"#0d.\""),
        "rect x=\"12\" d=\"M 0 10 L 3.\" fill=\"#0d.\""
    );
}
