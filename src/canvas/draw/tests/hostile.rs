//! Words that would like to be code, markup, paths or the end of the page.

use serde_json::json;
use typst::World;

use super::{bare, reword, written};
use crate::canvas::draw::{Fonts, Ink, Order, Paper, Picture, desk, draw};
use crate::canvas::tests::ruvani;

/// What somebody may write. Each must come out as itself.
const HOSTILE: &[&str] = &[
    "#read(\"/etc/passwd\")",
    "#eval(\"1 + 1\")",
    "#import \"main.typ\": *",
    "#include \"/etc/passwd\"",
    "#image(\"/etc/passwd\")",
    "#panic(\"no\")",
    "#set page(width: 1pt); #while true {}",
    "$ x^2 $ and `raw` and ```typ #panic()```",
    "*bold* _it_ = Heading - item + item / term: x @cite <label> \\ ~",
    "<script>alert(1)</script> <img src=x onerror=alert(1)> &lt;b&gt;",
    "]]>--></svg><svg onload=alert(1)>",
    "/../../../etc/passwd file:///etc/passwd https://evil.example",
    "%!PS-Adobe (a) Tj ET endstream endobj",
    "=cmd|'/c calc'!A1",
    "\\u{0} \\x00 %00 ${HOME} {{ 7*7 }}",
];

fn example(paper: Paper, ink: Ink) -> Order {
    let mut order = Order::picture(&ruvani::board().canvas(), &Picture::Whole, paper, ink);
    reword(&mut order.data["canvas"]["sections"], &mut HOSTILE.iter().copied().cycle());
    order
}

#[test]
fn words_come_out_as_themselves() {
    let text = written(&example(Paper::A4, Ink::Pdf), &Fonts::built_in());
    for words in HOSTILE {
        assert!(text.contains(&bare(words)), "{words} is not on the page");
    }
}

#[test]
fn words_are_drawn_in_every_ink() {
    for (ink, start) in [(Ink::Png, &b"\x89PNG"[..]), (Ink::Pdf, b"%PDF"), (Ink::Svg, b"<svg")] {
        let drawing = draw(&example(Paper::Screen, ink), &Fonts::built_in()).unwrap();
        assert!(!drawing.pages.is_empty() && drawing.pages.iter().all(|page| page.starts_with(start)), "{ink:?}");
        if ink == Ink::Svg {
            let text = String::from_utf8(drawing.pages.concat()).unwrap();
            for sign in ["<script", "onload=alert", "onerror=alert", "evil.example", "/etc/passwd"] {
                assert!(!text.contains(sign), "{sign} stands in the SVG");
            }
        }
    }
}

/// Sizes and signs that a layout could choke on.
#[test]
fn monsters_end() {
    let monsters = [
        "[".repeat(10_000),
        "(".repeat(5_000) + &")".repeat(5_000),
        "x".repeat(4_000),
        "ß\u{301}\u{302}\u{303}".repeat(1_000),
        "👩\u{200d}👩\u{200d}👧\u{200d}👦🏽🇰🇪".repeat(500),
        "\u{202e}\u{2066}live\u{2069}\u{200f}".repeat(300),
        "nul\0bell\u{7}esc\u{1b}[31m\u{feff}\u{fffe}\u{10ffff}".repeat(100),
        "\u{200b}\u{200d}\u{2060}".repeat(1_000),
        "a\n\n".repeat(300),
        String::new(),
    ];
    let canvas = ruvani::board().canvas();
    let key = canvas.sections.iter().find(|section| section.title.contains("tree")).map(|section| section.key.clone());
    let picture = Picture::Section(key.unwrap());
    for monster in monsters {
        let leaked: &'static str = Box::leak(monster.into_boxed_str());
        let mut order = Order::picture(&canvas, &picture, Paper::Screen, Ink::Pdf);
        reword(&mut order.data["canvas"]["sections"], &mut std::iter::once(leaked).chain(std::iter::repeat("short")));
        draw(&order, &Fonts::built_in()).unwrap();
    }
}

#[test]
fn there_is_nothing_to_read_but_templates_and_the_order() {
    let fonts = Fonts::built_in();
    let desk = desk::Desk::new(&json!({}), &fonts);
    assert!(desk.file(desk::file("order.json")).is_ok());
    assert!(desk.source(desk.main()).is_ok());
    for absent in ["etc/passwd", "../Cargo.toml", "Cargo.toml", "main.typ.bak", ""] {
        let Ok(path) = typst::syntax::VirtualPath::new(absent) else { continue };
        let id = typst::syntax::RootedPath::new(typst::syntax::VirtualRoot::Project, path).intern();
        assert!(desk.file(id).is_err() && desk.source(id).is_err(), "{absent}");
    }
    let package = "@preview/cetz:0.4.0".parse().unwrap();
    let path = typst::syntax::VirtualPath::new("lib.typ").unwrap();
    let id = typst::syntax::RootedPath::new(typst::syntax::VirtualRoot::Package(package), path).intern();
    assert!(desk.file(id).is_err() && desk.source(id).is_err());
    assert!(desk.today(None).is_none());
}
