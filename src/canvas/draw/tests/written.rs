//! What is written on pages, and where.

use serde_json::json;
use typst::foundations::{NativeElement, Selector};
use typst::introspection::Introspector;
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::model::HeadingElem;

use super::{bare, written};
use crate::canvas::Canvas;
use crate::canvas::draw::{Fonts, Ink, Order, Paper, Picture, desk, draw, ink};
use crate::canvas::tests::ruvani;

/// Words in one look, with their place on their page, in points.
#[derive(Debug)]
struct Run {
    page: usize,
    text: String,
    left: f64,
    right: f64,
    line: f64,
    size: f64,
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
                    size: run.size.to_pt() * here.sy.get(),
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

fn picture(key: &str) -> Order {
    Order::picture(&canvas(), &Picture::parse(key).unwrap(), Paper::Screen, Ink::Png)
}

#[test]
fn no_words_run_into_each_other() {
    for paper in [Paper::A4, Paper::A3] {
        let mut order = whole(paper);
        // Columns that hold little, under heads whose words are long.
        for section in order.data["canvas"]["sections"].as_array_mut().unwrap() {
            for column in section["body"]["columns"].as_array_mut().into_iter().flatten().skip(4) {
                column["label"] = "Who coordinates".into();
            }
            for row in section["body"]["rows"].as_array_mut().into_iter().flatten() {
                for cell in row["cells"].as_array_mut().into_iter().flatten().skip(4) {
                    *cell = json!(["20"]);
                }
            }
        }
        let runs = runs(&order);
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

#[test]
fn a_name_from_right_to_left_leaves_the_day_beside_it_in_its_place() {
    for name in ["فاطمة سعيد (أمواج)", "נועה לוי", "Noa (לוי) 7"] {
        let mut order = picture("section:next-steps");
        let sections = order.data["canvas"]["sections"].as_array_mut().unwrap();
        let step = &mut sections[0]["body"]["steps"][0];
        step["owner"] = name.into();
        step["due_said"] = "8 May 2026".into();
        let runs = runs(&order);
        let day = runs.iter().find(|run| run.text.contains('8') && run.text.contains("May 2026")).unwrap();
        let beside = runs.iter().filter(|run| (run.line - day.line).abs() < 1.0 && (run.left - day.left).abs() > 0.1);
        let beside: Vec<&Run> = beside.collect();
        assert!(
            !beside.is_empty() && beside.iter().all(|run| run.right <= day.left + 0.1),
            "{name}: {beside:?}, {day:?}"
        );
    }
}

#[test]
fn a_name_from_right_to_left_is_still_a_paragraph_of_its_own() {
    let mut order = picture("section:partners");
    order.data["canvas"]["sections"][0]["body"]["rows"][0]["cells"][1] = json!(["مياه نظيفة للجميع"]);
    let runs = runs(&order);
    let words = runs.iter().find(|run| run.text.contains('م')).unwrap();
    assert!(words.right > 490.0, "it begins on the right: {words:?}");
}

#[test]
fn a_map_says_what_its_sums_are_and_what_was_put_aside() {
    let order = picture("map:problem-tree");
    let aside = |row: &&serde_json::Value| row["aside"] == true;
    let rows = order.data["canvas"]["sections"][0]["chart"]["rows"].as_array().unwrap();
    // Below what was put aside nobody is looked for, and a sum of nothing is no gap.
    let is_empty = |row: &&serde_json::Value| !aside(row) && row["now"] == 0 && row["planned"] == 0;
    let is_open = |row: &&serde_json::Value| row["nobody_yet"] == true;
    let count = |of: &dyn Fn(&&serde_json::Value) -> bool| rows.iter().filter(of).count();
    let (put_aside, empty, open) = (count(&aside), count(&is_empty), count(&is_open));
    assert!(put_aside > 0);
    let runs = runs(&order);
    let many = |wanted: &str| runs.iter().filter(|run| run.text.trim() == wanted).count();
    assert_eq!((many("now"), many("+planned"), many("put aside")), (1, 1, put_aside));
    let is_planned_under = |zero: &&Run| {
        let under = |run: &&Run| (1.0..20.0).contains(&(run.line - zero.line)) && (run.left - zero.left).abs() < 10.0;
        runs.iter().filter(under).any(|run| run.text.starts_with('+'))
    };
    let bare_zeros = runs.iter().filter(|run| run.text == "0" && !is_planned_under(run)).count();
    assert_eq!(bare_zeros, empty, "as many rows with 0 as have nobody");
    assert_eq!(many("nobody yet"), open);
}

#[test]
fn where_somebody_was_once_nobody_yet_stands_in_place_of_the_sum() {
    let mut order = picture("map:problem-tree");
    let rows = order.data["canvas"]["sections"][0]["chart"]["rows"].as_array_mut().unwrap();
    let mut open: Vec<_> = rows.iter_mut().filter(|row| row["nobody_yet"] == true).collect();
    let many = open.len();
    open[0]["cells"][0]["share"] = "other".into();
    let runs = runs(&order);
    let sum = runs.iter().find(|run| run.text == "now").unwrap();
    let marks: Vec<&Run> = runs.iter().filter(|run| run.text == "nobody yet").collect();
    assert_eq!(marks.len(), many);
    assert_eq!(marks.iter().filter(|mark| mark.right > sum.left).count(), 1, "it leaves the row's marks to be seen");
}

#[test]
fn the_whole_says_what_is_not_placed_and_what_has_no_number() {
    let mut order = whole(Paper::Screen);
    for section in order.data["canvas"]["sections"].as_array_mut().unwrap() {
        let body = &mut section["body"];
        if body["shape"] == "tree" {
            let roots = body["roots"].take();
            (body["loose_roots"], body["roots"]) = (roots, json!([]));
        }
        for scale in
            section.pointer_mut("/chart/scales").and_then(|scales| scales.as_array_mut()).into_iter().flatten().take(1)
        {
            (scale["baseline"], scale["target"]) =
                (json!({ "text": "", "number": null }), json!({ "text": "", "number": null }));
        }
    }
    let text = written(&order, &Fonts::built_in());
    for (said, times) in [("Not placed yet", 1), ("no number yet", 1), ("420 kg/day (2025-10)", 1)] {
        assert_eq!(text.matches(&bare(said)).count(), times, "{said}");
    }
}

#[test]
fn the_tree_in_brief_counts_what_it_leaves_out_and_marks_what_was_chosen() {
    let order = whole(Paper::Screen);
    let sections = order.data["canvas"]["sections"].as_array().unwrap();
    let tree = &sections.iter().find(|section| section["body"]["shape"] == "tree").unwrap()["body"];
    let nodes = |key: &str| tree[key].as_array().unwrap().clone();
    let deeper = nodes("crown").iter().filter(|node| !node["children"].as_array().unwrap().is_empty()).count();
    let kept = nodes("roots").iter().filter(|node| node["kept"] == true).count();
    let crosses = tree["crosses"].as_array().unwrap().len();
    assert!(deeper > 0 && kept > 0 && crosses > 0);
    let text = written(&order, &Fonts::built_in());
    assert!(text.matches("and1more").count() >= deeper);
    assert_eq!(text.matches("corecause").count(), kept);
    assert_eq!(text.matches("leadsbackto").count(), crosses.min(2));
}

#[test]
fn a_remark_under_the_issue_says_who_made_it_and_that_they_agree() {
    for paper in [Paper::Screen, Paper::A3] {
        let mut order = whole(paper);
        order.data["canvas"]["head"]["issue"]["remarks"] =
            json!([{ "by": "Rohan Iyer (CIES)", "value": "remark", "text": "It keeps entering.", "proposal": "" }]);
        let text = written(&order, &Fonts::built_in());
        assert!(text.contains(&bare("It keeps entering. Rohan Iyer (CIES), agrees, with a remark")), "{paper:?}");
    }
}

#[test]
fn short_names_are_said_beside_full_ones() {
    let fonts = Fonts::built_in();
    let (sheets, whole, poster) = (whole(Paper::A4), whole(Paper::Screen), whole(Paper::A3));
    let pages = [written(&sheets, &fonts), written(&whole, &fonts), written(&poster, &fonts)];
    let partners = sheets.data["canvas"]["head"]["partners"].as_array().unwrap();
    for partner in partners.iter().filter(|partner| partner["short"] != partner["name"]) {
        let [name, short] = ["name", "short"].map(|key| bare(partner[key].as_str().unwrap()));
        let wanted = [format!("{name}{short}"), format!("{short}:{name}"), format!("{name}{short}")];
        for (text, wanted) in pages.iter().zip(wanted) {
            assert!(text.contains(&wanted), "{wanted}");
        }
    }
}

#[test]
fn titles_are_headings_on_every_paper() {
    for paper in [Paper::A3, Paper::A4] {
        let order = whole(paper);
        let document = desk::lay_out(&order.data, &Fonts::built_in()).unwrap();
        let found = document.introspector().query(&Selector::Elem(HeadingElem::ELEM, None));
        let titles: Vec<String> = found
            .iter()
            .map(|heading| heading.to_packed::<HeadingElem>().unwrap().body.plain_text().to_string())
            .collect();
        for section in order.data["canvas"]["sections"].as_array().unwrap() {
            // What the head says already has no place of its own on the poster.
            let title = section["title"].as_str().unwrap().to_owned();
            assert!(titles.contains(&title) || paper == Paper::A3 && section["key"] == "issue", "{title}: {titles:?}");
        }
    }
}

#[test]
fn each_page_of_a_long_picture_says_its_title_and_number_and_the_last_is_no_longer_than_it_must_be() {
    let mut order = picture("section:partners");
    let rows = order.data["canvas"]["sections"][0]["body"]["rows"].as_array_mut().unwrap();
    rows.extend_from_within(..);
    let title = order.data["title"].as_str().unwrap().to_owned();
    let mut split = order.clone();
    split.data["height"] = ink::PAGE_HEIGHT.into();
    let runs = runs(&split);
    let pages = runs.iter().map(|run| run.page).max().unwrap();
    assert!(pages > 1);
    let is_on = |page: usize, words: &str| runs.iter().any(|run| run.page == page && run.text.contains(words));
    for page in 1..=pages {
        assert!(is_on(page, &title) && is_on(page, &format!("{page} / {pages}")) && is_on(page, "As of"), "{page}");
    }
    let drawing = draw(&order, &Fonts::built_in()).unwrap();
    assert_eq!(drawing.pages.len(), pages);
    let height = |png: &Vec<u8>| u32::from_be_bytes(png[20..24].try_into().unwrap());
    assert!(height(drawing.pages.last().unwrap()) < height(&drawing.pages[0]) - 100);
}

#[test]
fn where_it_comes_from_is_large_enough_and_begins_with_more_than_a_line() {
    let runs = runs(&whole(Paper::A4));
    let starts = runs.iter().enumerate().filter(|(_, run)| run.text.contains("Where this comes from"));
    let mut many = 0;
    for (at, start) in starts {
        let is_below = |run: &&Run| run.page == start.page && run.line > start.line + 5.0 && run.line < 780.0;
        let mut lines: Vec<f64> = runs[at..].iter().filter(is_below).map(|run| run.line).collect();
        lines.dedup_by(|one, other| (*one - *other).abs() < 0.5);
        assert!(lines.len() > 1, "page {}", start.page);
        many += 1;
    }
    assert!(many > 1);
    let small = runs.iter().filter(|run| run.page == runs[0].page && run.size < 7.5).count();
    assert_eq!(small, 0);
}
