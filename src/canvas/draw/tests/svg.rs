//! An SVG says of itself what it is.

use crate::canvas::draw::{Fonts, Ink, Order, Paper, Picture, alt, draw};
use crate::canvas::tests::ruvani;

/// What the pages of an order say of themselves: role, title, description.
fn said(order: &Order) -> Vec<[String; 3]> {
    let drawing = draw(order, &Fonts::built_in()).unwrap();
    let one = |page: &Vec<u8>| {
        let text = std::str::from_utf8(page).unwrap();
        let document = roxmltree::Document::parse(text).unwrap();
        let root = document.root_element();
        let mut first = root.children().map(|child| {
            assert!(matches!(child.tag_name().name(), "title" | "desc" | "g" | "path" | "defs" | "rect"), "{child:?}");
            child.text().unwrap_or_default().to_owned()
        });
        [root.attribute("role").unwrap().to_owned(), first.next().unwrap(), first.next().unwrap()]
    };
    drawing.pages.iter().map(one).collect()
}

#[test]
fn a_picture_is_named_and_described() {
    let canvas = ruvani::board().canvas();
    for picture in [Picture::Progress, Picture::Section("roles".to_owned())] {
        let told = said(&Order::picture(&canvas, &picture, Paper::Screen, Ink::Svg));
        assert_eq!(told, [["img".to_owned(), picture.title(&canvas), alt(&canvas, &picture)]]);
    }
}

#[test]
fn each_of_several_pages_says_which_it_is() {
    let told = said(&Order::picture(&ruvani::board().canvas(), &Picture::Whole, Paper::A4, Ink::Svg));
    assert!(told.len() > 2);
    for (nth, [_, title, desc]) in told.iter().enumerate() {
        let page = format!("page {} of ", nth + 1);
        assert!(title.starts_with(&page) && desc.starts_with(&page), "{title}");
    }
}

#[test]
fn words_end_neither_title_nor_description() {
    let hostile = "</title></desc></svg><svg onload=alert(1)> ]]>--> &lt;b&gt; \" ' \u{0}\u{7}\u{202e}\u{fffe} &#0; <!-- <![CDATA[";
    let kept = "</title></desc></svg><svg onload=alert(1)> ]]>--> &lt;b&gt; \" '  &#0; <!-- <![CDATA[";
    let mut order = Order::picture(&ruvani::board().canvas(), &Picture::Elements, Paper::Screen, Ink::Svg);
    for key in ["title", "alt"] {
        order.data[key] = hostile.into();
    }
    assert_eq!(said(&order), [["img".to_owned(), kept.to_owned(), kept.to_owned()]]);
}
