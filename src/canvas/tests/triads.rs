//! What a triad gave is nobody's alone: no form of the canvas tells who of it, of which partner, when or how.

use super::hand::Hand;
use super::ruvani;
use crate::canvas::{Canvas, compile, html, json, outline, sheet};
use crate::path::plan::By;
use crate::path::*;

fn triad_cards(hand: &Hand) -> Vec<CardId> {
    let by_group = |card: &&Card| hand.board.plan.ask(&card.source).is_some_and(|ask| ask.by == By::Group);
    let cards: Vec<CardId> = hand.board.cards.values().filter(by_group).map(|card| card.id).collect();
    assert!(!cards.is_empty(), "the example has cards of triads");
    cards
}

/// The example, in which a host brought what a triad said from a phone call.
fn told() -> (Hand, Canvas) {
    let mut hand = ruvani::board();
    for id in triad_cards(&hand) {
        hand.amend(id, |card| card.texts.iter_mut().for_each(|text| text.via = Via::Phone));
    }
    let canvas = compile(&view(&hand.board, Viewer::Room, hand.at), &ruvani::captions());
    (hand, canvas)
}

/// Every name of a person or a partner.
fn names(hand: &Hand) -> Vec<String> {
    let people = hand.board.people.values().map(|person| person.name.clone());
    people.chain(hand.board.partners.values().map(|partner| partner.name.clone())).collect()
}

fn names_nobody(hand: &Hand, text: &str) {
    for name in names(hand) {
        assert!(!text.contains(&name), "{name} in {text}");
    }
}

/// Everything in a JSON value that tells of this card as an origin.
fn origins<'a>(json: &'a serde_json::Value, card: CardId, found: &mut Vec<&'a serde_json::Value>) {
    match json {
        serde_json::Value::Object(map) => {
            if map.contains_key("via") && map["card"] == card.0 {
                found.push(json);
            }
            map.values().for_each(|value| origins(value, card, found));
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| origins(value, card, found)),
        _ => {}
    }
}

#[test]
fn in_the_json_a_triads_card_has_a_triad_and_nothing_else() {
    let (hand, canvas) = told();
    let json: serde_json::Value = serde_json::from_str(&json(&canvas)).unwrap();
    let mut seen = 0;
    for card in triad_cards(&hand) {
        let mut found = Vec::new();
        origins(&json, card, &mut found);
        seen += found.len();
        for origin in found {
            assert!(origin["group"].is_string());
            for told in ["by", "partner", "at", "via"] {
                assert!(origin[told].is_null(), "{told} of {origin}");
            }
        }
    }
    assert!(seen > 0, "they stand on the canvas");
}

#[test]
fn in_the_page_and_the_outline_it_has_the_same() {
    let (hand, canvas) = told();
    let (page, text) = (html(&canvas), outline(&canvas));
    for card in triad_cards(&hand) {
        let mark = format!("card {card}</span>");
        for told in page.split(&mark).skip(1).map(|rest| rest.split("</li>").next().unwrap()) {
            names_nobody(&hand, told);
            assert!(!told.contains("by phone") && !told.contains("<time"), "{told}");
        }
        let number = |line: &&str| line.contains(&format!("\\#{card})")) || line.contains(&format!("\\#{card},"));
        let lines: Vec<&str> = text.lines().filter(number).collect();
        assert!(!lines.is_empty());
        for line in lines {
            names_nobody(&hand, line);
        }
    }
}

#[test]
fn in_the_tables_it_has_the_same() {
    let (hand, _) = told();
    // Their rows have no number: they are known by their words.
    let ids = triad_cards(&hand);
    let said = |id: &crate::path::CardId| hand.board.words_of(&hand.board.cards[id]).to_owned();
    let texts: Vec<String> = ids.iter().map(said).collect();
    let files = sheet::csv(&view(&hand.board, Viewer::Room, hand.at), &ruvani::captions());
    let mut seen = 0;
    for (file, bytes) in files.iter().filter(|(file, _)| ["cards.csv", "wordings.csv"].contains(&file.as_str())) {
        let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
        let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        for row in reader
            .records()
            .map(Result::unwrap)
            .filter(|row| row.iter().any(|cell| texts.iter().any(|text| text == cell)))
        {
            assert_eq!(&row[0], "", "no number: {row:?}");
            seen += 1;
            let cell = |head: &str| heads.iter().position(|found| found == head).map_or("", |at| &row[at]);
            for head in
                ["Who", "Partner", "Given (UTC)", "Last worded (UTC)", "How it came", "Worded by", "Worded (UTC)"]
            {
                assert_eq!(cell(head), "", "{head} in {file}: {row:?}");
            }
        }
    }
    assert!(seen > ids.len());
}

#[test]
fn how_a_card_came_is_not_told_where_its_author_is_hidden() {
    use super::shapes::{plan, section};
    use crate::canvas::Body;
    for (named, told) in [("yes", Some(Via::Phone)), ("never", None)] {
        let ask = format!(
            "[[ask]]\nkey = 'word'\nkind = 'cards'\nseal = 'none'\nnamed = '{named}'\nfield = [{{ key = 'w', type = 'line' }}]"
        );
        let mut hand = Hand::small(&plan(&ask, "shape = 'words'\nfrom = ['word']"));
        hand.open("word");
        let card = hand.give("word", "Ana", &[("w", "hopeful")]);
        hand.amend(card, |card| card.texts[0].via = Via::Phone);
        let Body::Words { words } = section(&hand).body else { panic!("not words") };
        assert_eq!(words[0].source.cards[0].via, told);
    }
}
