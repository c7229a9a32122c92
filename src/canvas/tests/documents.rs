//! The three documents as a whole.

use sha2::{Digest, Sha256};

use super::ruvani;
use crate::canvas::html::{STYLE, STYLE_HASH};
use crate::canvas::*;

fn boards() -> Vec<Canvas> {
    (0..=7).map(|phases| ruvani::up_to(phases).canvas_with(&ruvani::captions())).collect()
}

#[test]
fn the_json_follows_its_schema() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for canvas in boards() {
        let value: serde_json::Value = serde_json::from_str(&json(&canvas)).unwrap();
        let faults: Vec<String> =
            schema.iter_errors(&value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert_eq!(faults, Vec::<String>::new());
        let mut other = value.clone();
        other["sections"][0]["body"]["shape"] = "poem".into();
        assert!(!schema.is_valid(&other), "the schema refuses what no canvas is");
    }
}

/// Where a value of the schema is an object with keys of its own, and what it says of them.
fn objects<'a>(value: &'a serde_json::Value, at: &str, found: &mut Vec<(String, &'a serde_json::Value)>) {
    if value["properties"].is_object() {
        found.push((at.to_owned(), value));
    }
    match value {
        serde_json::Value::Object(of) => of.iter().for_each(|(key, of)| objects(of, &format!("{at}/{key}"), found)),
        serde_json::Value::Array(of) => of.iter().for_each(|of| objects(of, at, found)),
        _ => {}
    }
}

#[test]
fn the_schema_says_what_each_key_means() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    let silent = |of: &serde_json::Value| of["description"].as_str().is_none_or(str::is_empty);
    let mut found = Vec::new();
    objects(&schema, "", &mut found);
    assert!(found.len() > 40, "{} objects", found.len());
    let keys = found.iter().flat_map(|(at, of)| {
        of["properties"].as_object().unwrap().iter().map(move |(key, of)| (format!("{at}: {key}"), of))
    });
    let kinds = schema["$defs"].as_object().unwrap().iter().map(|(key, of)| (key.clone(), of));
    let silent: Vec<String> = keys.chain(kinds).filter(|(_, of)| silent(of)).map(|(at, _)| at).collect();
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn the_example_as_an_outline() {
    insta::assert_snapshot!("outline", outline(&ruvani::board().canvas_with(&ruvani::captions())));
}

#[test]
fn what_was_said_with_the_focal_issue_stands_under_it() {
    let mut canvas = ruvani::board().canvas_with(&ruvani::captions());
    let said = Remark {
        by: Some("Inês Carvalho (CIES)".to_owned()),
        value: crate::path::Value::Remark,
        text: "Say what happens".to_owned(),
        proposal: String::new(),
        open: true,
        at: canvas.head.at,
    };
    canvas.head.issue.as_mut().unwrap().remarks = vec![said];
    assert!(outline(&canvas).contains("\n- Said with it: Say what happens (Inês Carvalho (CIES))\n"));
    let page = html(&canvas);
    let head = page.split("<header").nth(1).unwrap().split("</header>").next().unwrap();
    assert!(head.contains("<q dir=\"auto\">Say what happens</q> <bdi>Inês Carvalho (CIES)</bdi>"), "{head}");
}

#[test]
fn outline_and_page_say_version_triads_and_elements_as_the_pictures_do() {
    let mut hand = ruvani::board();
    hand.version("closing", Some(1));
    let canvas = hand.canvas_with(&ruvani::captions());
    let (text, page) = (outline(&canvas), html(&canvas));
    assert!(text.contains(" · Version 1 · Closing · "), "a phase by its name, not by its key");
    assert!(page.contains("Version 1 · <bdi>Closing</bdi>"));
    let triad = canvas.head.groups.first().unwrap();
    for person in &triad.people {
        let partner = person.partner.as_ref().unwrap();
        assert!(
            text.split(&format!("### {}\n", triad.name)).nth(1).unwrap().lines().nth(1).unwrap().contains(&person.name)
        );
        let members = page.split(&format!("<h3>{}</h3>", triad.name)).nth(1).unwrap().split("</p>").next().unwrap();
        assert!(members.contains(&format!("<bdi>{}</bdi> (<bdi>{partner}</bdi>)", person.name)), "{members}");
    }
    let strip = page.split("<section class=\"card strip\"").nth(1).unwrap().split("</section>").next().unwrap();
    for element in &canvas.head.elements {
        let told = text.split(&format!("- {}: ", element.name)).nth(1).unwrap().lines().nth(1).unwrap();
        for key in &element.sections {
            let title = &canvas.sections.iter().find(|section| section.key == *key).unwrap().title;
            assert!(
                told.starts_with("  - ") && told.contains(title.as_str()) && strip.contains(title.as_str()),
                "{title}"
            );
        }
    }
    assert!(!text.contains("(card "), "a card's number is written in one way");
}

#[test]
fn a_name_from_right_to_left_does_not_turn_what_stands_beside_it() {
    let mut hand = ruvani::board();
    let plain = |text: &str| !text.contains(['\u{2068}', '\u{2069}']);
    let canvas = hand.canvas_with(&ruvani::captions());
    assert!(plain(&outline(&canvas)) && plain(&html(&canvas)), "nothing is set apart that need not be");
    let fatuma = hand.who("Fatuma Said");
    let mut person = hand.board.people[&fatuma].clone();
    person.name = "فاطمة سعيد".to_owned();
    hand.put(crate::path::Change::Person(person));
    let canvas = hand.canvas_with(&ruvani::captions());
    let apart = "\u{2068}فاطمة سعيد (Umoja)\u{2069}";
    let page = html(&canvas);
    let summaries: Vec<&str> =
        page.split("<summary>").skip(1).map(|rest| rest.split("</summary>").next().unwrap()).collect();
    let hers: Vec<&&str> = summaries.iter().filter(|summary| summary.contains("فاطمة")).collect();
    assert!(!hers.is_empty());
    assert!(hers.iter().all(|summary| summary.contains(apart) && !summary.contains("<bdi>")), "{hers:?}");
    let room = crate::path::view(&hand.board, crate::path::Viewer::Room, hand.at);
    let report = report::make(&room, &ruvani::captions(), report::Kind::Final).unwrap();
    assert!(outline(&canvas).contains(&format!("({apart} · ")));
    assert_eq!(
        report::markdown(&report).matches('\u{2068}').count(),
        report::markdown(&report).matches('\u{2069}').count()
    );
}

#[test]
fn a_month_beside_a_number_is_not_broken() {
    let page = html(&ruvani::board().canvas_with(&ruvani::captions()));
    assert!(page.contains(">38 (2025-\u{2060}11)</dd>"));
}

#[test]
fn two_phases_as_a_page_and_as_data() {
    let canvas = ruvani::up_to(2).canvas_with(&ruvani::captions());
    let page = html(&canvas);
    insta::assert_snapshot!("page", &page[page.find("<body>").unwrap()..]);
    insta::assert_snapshot!("data", json(&canvas));
}

#[test]
fn an_empty_board_invites() {
    let canvas = ruvani::up_to(0).canvas();
    let empty = canvas.sections.iter().filter(|section| section.body.is_empty()).count();
    assert_eq!(empty, canvas.sections.len() - 1, "all but the focal issue");
    insta::assert_snapshot!("outline-empty", outline(&canvas));
    let page = html(&canvas);
    assert_eq!(page.matches("class=\"invitation\"").count(), empty);
}

/// Elements that have no end tag.
const VOID: [&str; 2] = ["meta", "br"];

#[test]
fn the_page_is_well_formed() {
    for canvas in boards() {
        let page = html(&canvas);
        let body = &page[page.find("<body>").unwrap()..page.find("</html>").unwrap()];
        let mut open: Vec<&str> = Vec::new();
        for tag in body.split('<').skip(1) {
            let name = tag.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '/').next().unwrap();
            match name.strip_prefix('/') {
                Some(end) => assert_eq!(open.pop(), Some(end), "…</{end}> after {open:?}"),
                None if VOID.contains(&name) => {}
                None => open.push(name),
            }
        }
        assert!(open.is_empty(), "never closed: {open:?}");
    }
}

#[test]
fn headings_step_down_one_at_a_time() {
    for canvas in boards() {
        let page = html(&canvas);
        let levels: Vec<u32> =
            page.match_indices("<h").filter_map(|(at, _)| page[at + 2..].chars().next()?.to_digit(10)).collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    }
}

#[test]
fn the_page_asks_for_nothing_and_runs_nothing() {
    let page = html(&ruvani::board().canvas());
    assert!(page.starts_with("<!doctype html>"));
    for what in
        ["<script", "<link", "<img", "<iframe", "<form", " src=", "url(", "@import", "style=\"", "http://", "https://"]
    {
        assert!(!page.contains(what), "{what}");
    }
    assert!(page.split(" href=\"").skip(1).all(|link| link.starts_with('#')), "links lead to places on the page only");
    assert!(page.contains("default-src 'none'; style-src 'sha256-"));
}

#[test]
fn the_policy_names_exactly_this_style() {
    let hash = format!("sha256-{}", base64(&Sha256::digest(STYLE.as_bytes())));
    assert_eq!(STYLE_HASH, hash, "canvas.css has changed: put this hash into html.rs");
    let page = html(&ruvani::up_to(0).canvas());
    let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    assert_eq!(style, STYLE, "the page carries the style byte by byte");
}

#[test]
fn a_served_page_differs_in_what_serves_it() {
    let canvas = ruvani::board().canvas();
    let around = Around {
        script: "../board.js".into(),
        mark: "0123".into(),
        files: vec![("t/canvas.md".into(), "as an outline".into()), ("\"><b>".into(), "<i>".into())],
    };
    let (page, file) = (live(&canvas, &around).replace("&#x2f;", "/"), html(&canvas).replace("&#x2f;", "/"));
    let main = |page: &str| {
        let at = page.find("<main").unwrap();
        page[at..page.find("</main>").unwrap()].to_owned()
    };
    assert_eq!(main(&page), main(&file), "the same canvas");
    assert!(page.contains("<script src=\"../board.js\" defer></script>") && page.contains(" data-mark=\"0123\""));
    assert!(page.contains("role=\"status\"") && page.contains("<noscript>") && page.contains("href=\"t/canvas.md\""));
    assert!(!page.contains("href=\"\"><b>\"") && page.contains("&lt;i&gt;"), "an address and a word are no markup");
    assert!(!file.contains("role=\"status\"") && !file.contains("data-mark"));
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |three: &[u8]| {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        (0..4)
            .map(move |n| (n, (bits >> (18 - 6 * n)) & 63))
            .map(move |(n, at)| (n, at, three.len()))
            .collect::<Vec<_>>()
    };
    let letters = bytes.chunks(3).flat_map(group);
    letters.map(|(n, at, len)| if n > len { '=' } else { char::from(LETTERS[at as usize]) }).collect()
}

#[test]
fn every_line_names_its_sources() {
    fn walk(json: &serde_json::Value, lines: &mut usize) {
        match json {
            serde_json::Value::Object(map) => {
                if let Some(source) = map.get("source").filter(|source| source.is_object()) {
                    *lines += 1;
                    assert!(!source["cards"].as_array().unwrap().is_empty(), "{json}");
                }
                map.values().for_each(|value| walk(value, lines));
            }
            serde_json::Value::Array(list) => list.iter().for_each(|value| walk(value, lines)),
            _ => {}
        }
    }
    let mut lines = 0;
    walk(&serde_json::to_value(ruvani::board().canvas()).unwrap(), &mut lines);
    assert!(lines > 150, "{lines}");
}

/// Colours of text on what they stand on.
const PAIRS: &[(&str, &[&str])] = &[
    ("ink", &["paper", "card", "t0", "t1", "t2", "t3", "t4", "root", "crown", "good", "mark"]),
    ("soft", &["paper", "card", "t0", "t1", "t2", "t3", "t4", "root", "crown", "good"]),
    ("clay", &["card", "paper", "t0", "t3", "root", "crown"]),
    ("accent", &["card", "paper"]),
    ("leaf", &["good", "paper"]),
    ("red", &["card"]),
    ("on-fig", &["green"]),
    ("deep-ink", &["deep"]),
    ("deep-soft", &["deep"]),
    ("sun-ink", &["sun"]),
    ("card", &["accent", "leaf"]),
];

#[test]
fn words_can_be_read_in_light_and_dark_and_on_paper() {
    let blocks: Vec<&str> = STYLE.split(":root {").skip(1).map(|block| block.split('}').next().unwrap()).collect();
    for (scheme, block) in [("light", blocks[0]), ("dark", blocks[1]), ("paper", blocks[2])] {
        let light = |name: &str| {
            let mark = format!("--{name}: #");
            let hex = &block[block.find(&mark).unwrap() + mark.len()..][..6];
            let part = |at: usize| {
                let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
                if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
        };
        for (text, grounds) in PAIRS {
            for ground in *grounds {
                let (one, other) = (light(text), light(ground));
                let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
                assert!(contrast >= 4.5, "{scheme}: {text} on {ground} is {contrast:.2}");
            }
        }
    }
}

#[test]
fn the_page_shows_who_has_which_role_and_which_role_nobody_has() {
    let page = html(&ruvani::board().canvas_with(&ruvani::captions()));
    let start = page.find("id=\"at-roles\"").unwrap();
    let section = page[start..].split("</section>").next().unwrap();
    let head = section.split("<thead").nth(1).unwrap().split("</thead>").next().unwrap();
    for partner in ["City", "RWA", "Bahari", "CIES", "Umoja"] {
        assert!(head.contains(&format!("scope=\"col\"><bdi>{partner}</bdi>")), "{head}");
    }
    let row = section.split("<tr").find(|row| row.contains("scope=\"row\"") && row.contains("Implementer")).unwrap();
    let cell = row.split("<td").find(|cell| cell.contains("<bdi>City</bdi>")).unwrap();
    assert!(cell.contains("settled") && cell.contains("its own view"), "said in words, not by colour alone: {cell}");
    let open = section.split("<p class=\"vacancy\"").nth(1).unwrap().split("</p>").next().unwrap();
    assert!(open.contains("Communicator"), "{open}");
    for role in ["Convener and host", "Capacity builder"] {
        assert!(!open.contains(role), "the plan does not want it covered: {open}");
    }
}

#[test]
fn the_page_begins_with_what_is_wanted_and_says_where_it_comes_from_once() {
    let first = |page: &str, words: &str| page.find(words).unwrap_or(usize::MAX);
    let page = html(&ruvani::board().canvas_with(&ruvani::captions()));
    let wanted = page.split("class=\"card vision\"").nth(1).unwrap().split("</div>").next().unwrap();
    assert!(
        wanted.contains("href=\"#at-vision\"") && wanted.contains("By 2030 the Ruvani reaches the sea"),
        "{wanted}"
    );
    assert!(!wanted.contains("<details") && !wanted.contains("data-line") && !wanted.contains("id="), "{wanted}");
    assert!(first(&page, "class=\"card vision\"") < first(&page, "id=\"elements\""));
    let early = html(&ruvani::up_to(2).canvas_with(&ruvani::captions()));
    assert!(!early.contains("class=\"card vision\""), "not before it is kept");
}

#[test]
fn a_maps_cells_say_whose_they_are_where_its_head_is_gone() {
    let page = html(&ruvani::board().canvas_with(&ruvani::captions()));
    let map = page.split("chart map").nth(1).unwrap().split("</table>").next().unwrap();
    let row = map.split("<tr").find(|row| row.contains("Trucks do not fit")).unwrap();
    let told: Vec<&str> = row.split("<td").skip(1).filter(|cell| !cell.contains("class=\"blank\"")).collect();
    assert_eq!(told.len(), 1, "cells without a part are marked, so that they can be left out on a phone");
    assert!(told[0].contains("<bdi>Umoja</bdi>") && told[0].contains("planned"));
    assert!(map.contains("role=\"rowheader\""), "it stays a table where it is drawn as cards");
}
