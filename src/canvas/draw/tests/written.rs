//! What is written on pages, and where.

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};

use crate::canvas::Canvas;
use crate::canvas::draw::{Fonts, Ink, Order, Paper, Picture, desk};
use crate::canvas::tests::ruvani;

/// Words in one look, with their place on their page, in points.
#[derive(Debug)]
struct Run {
    page: usize,
    text: String,
    left: f64,
    right: f64,
    line: f64,
}

fn runs(order: &Order) -> Vec<Run> {
    let document = desk::lay_out(&order.data, &Fonts::built_in()).unwrap();
    let mut found = Vec::new();
    for (nth, page) in document.pages().iter().enumerate() {
        gather(&page.frame, Transform::identity(), nth + 1, &mut found);
    }
    found
}

fn gather(frame: &Frame, place: Transform, page: usize, found: &mut Vec<Run>) {
    for (at, item) in frame.items() {
        let here = place.pre_concat(Transform::translate(at.x, at.y));
        match item {
            FrameItem::Group(group) => gather(&group.frame, here.pre_concat(group.transform), page, found),
            // Words that stand upright have no line.
            FrameItem::Text(run) if here.kx.is_zero() => {
                let point = |x: Abs| Point::with_x(x).transform(here);
                let (start, end) = (point(Abs::zero()), point(run.width()));
                found.push(Run {
                    page,
                    text: run.text.to_string(),
                    left: start.x.to_pt(),
                    right: end.x.to_pt(),
                    line: start.y.to_pt(),
                });
            }
            _ => {}
        }
    }
}

fn canvas() -> Canvas {
    ruvani::board().canvas_with(&ruvani::captions())
}

fn whole(paper: Paper) -> Order {
    Order::picture(&canvas(), &Picture::Whole, paper, Ink::Pdf)
}

#[test]
fn no_words_run_into_each_other() {
    for paper in [Paper::A4, Paper::A3] {
        let runs = runs(&whole(paper));
        for (at, one) in runs.iter().enumerate() {
            let over = |other: &&Run| {
                let beside = one.page == other.page && (one.line - other.line).abs() < 1.0;
                beside && one.left + 1.0 < other.right && other.left + 1.0 < one.right
            };
            let under = runs[..at].iter().find(over);
            assert!(under.is_none(), "{paper:?}: {under:?}, {one:?}");
        }
    }
}
