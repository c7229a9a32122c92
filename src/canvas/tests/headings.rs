//! Cards under headings, in every shape and every form.

use super::hand::Hand;
use super::ruvani;
use super::shapes::{plan, section};
use crate::canvas::sheet::csv;
use crate::canvas::*;
use crate::path::plan::Kind;
use crate::path::{CardId, Change, Settled, Viewer, view};

const NOTES: &str = "
[[ask]]
key = 'note'
kind = 'cards'
seal = 'none'
field = [{ key = 'text', type = 'line' }, { key = 'more', type = 'line', optional = true }]
[[ask]]
key = 'pick'
kind = 'marks'
from = ['note']
pile = [{ key = 'dot', budget = 2 }]
seal = 'close'
named = 'never'
keep = { min = 1, max = 3 }
";

/// Four notes; the second and the fourth lie under a heading of Ana's.
fn noted(shape: &str) -> (Hand, [CardId; 4]) {
    let mut hand = Hand::small(&plan(NOTES, shape));
    hand.open("note");
    let cards = ["No bins", "No trucks", "No law", "Trucks break down"]
        .map(|words| hand.give("note", "Ben", &[("text", words), ("more", "here")]));
    hand.gather("Trucks", "Ana", &[cards[1], cards[3]]);
    (hand, cards)
}

#[test]
fn lines_stand_together_under_their_heading_and_the_others_after_them() {
    let (mut hand, [bins, trucks, law, breaks]) = noted("shape = 'lines'\nfrom = ['note']");
    let Body::Lines { groups } = section(&hand).body else { panic!("lines") };
    let card = |line: &Line| line.source.cards[0].card;
    let told: Vec<(Option<String>, Vec<CardId>)> =
        groups.iter().map(|group| (group.name.clone(), group.lines.iter().map(card).collect())).collect();
    let (named, rest) = (Some("Trucks".to_owned()), Some("In no group".to_owned()));
    assert_eq!(told, [(named, vec![trucks, breaks]), (rest, vec![bins, law])]);
    let heading = groups[0].heading.clone().unwrap();
    assert_eq!((heading.text.as_str(), heading.by.as_deref()), ("Trucks", Some("Ana (City)")));
    assert_eq!(groups[0].lines[0].heading.as_ref(), Some(&heading), "each line says it too");
    let canvas = hand.canvas();
    let outline = outline(&canvas);
    let place = |what: &str| outline.find(what).unwrap_or_else(|| panic!("{what}: {outline}"));
    assert!(
        place("### Trucks (named by Ana (City))") < place("- No trucks")
            && place("- Trucks break") < place("### In no group")
    );
    let page = html(&canvas);
    assert!(page.contains("<h3><bdi>Trucks</bdi> <small>named by Ana (City)</small></h3>"), "{page}");
    let before = canvas.clone();
    // With no heading left, all is as it was before there were any.
    let mut cluster = hand.board.clusters.values().next().unwrap().clone();
    cluster.dissolved = Some(hand.at);
    hand.put(Change::Cluster(cluster));
    let Body::Lines { groups } = section(&hand).body else { panic!("lines") };
    assert_eq!(groups.iter().map(|group| group.name.clone()).collect::<Vec<_>>(), [None]);
    assert_eq!(groups[0].lines.iter().map(card).collect::<Vec<_>>(), [bins, trucks, law, breaks]);
    let different = compare(&before, &hand.canvas());
    assert_eq!((different.came, different.went, different.changed), (0, 0, 2), "what lay under it changed");
}

#[test]
fn rows_stand_together_and_a_column_says_under_which_heading() {
    let (hand, [bins, trucks, law, breaks]) = noted("shape = 'table'\nfrom = ['note']");
    let Body::Table(table) = section(&hand).body else { panic!("a table") };
    let rows: Vec<CardId> = table.rows.iter().map(|row| row.source.cards[0].card).collect();
    assert_eq!(rows, [trucks, breaks, bins, law]);
    let at = table.columns.iter().position(|column| column.label == "Group").expect("a column");
    let said: Vec<&[String]> = table.rows.iter().map(|row| row.cells[at].as_slice()).collect();
    let named: &[String] = &["Trucks".to_owned()];
    assert_eq!(said, [named, named, &[], &[]]);
    assert!(table.rows[0].heading.is_some() && table.rows[2].heading.is_none());
}

#[test]
fn what_was_chosen_keeps_the_order_of_the_choice() {
    for shape in ["lines", "table"] {
        let (mut hand, [bins, trucks, _, breaks]) = noted(&format!("shape = '{shape}'\nfrom = ['pick']\nkept = true"));
        hand.open("pick");
        hand.close("pick");
        hand.keep("pick", None, &[trucks, bins, breaks], Settled::Host);
        let told = outline(&hand.canvas());
        let place = |what: &str| told.find(what).unwrap_or_else(|| panic!("{what}: {told}"));
        assert!(place("No trucks") < place("No bins") && place("No bins") < place("Trucks break"), "{told}");
        assert_eq!(told.matches("Group: Trucks").count(), 2, "{told}");
    }
}

#[test]
fn in_a_tree_and_among_steps_a_heading_is_a_tag() {
    let mut hand = ruvani::board();
    let first = |hand: &Hand, source: &str| -> Vec<CardId> {
        hand.board.cards_of(source, false).iter().map(|card| card.id).take(2).collect()
    };
    let (causes, steps) = (first(&hand, "causes"), first(&hand, "steps"));
    let before = hand.canvas();
    hand.gather("What costs us", "Grace Wanjala", &causes);
    hand.gather("Quick ones", "Grace Wanjala", &steps);
    let after = hand.canvas();
    let told = outline(&after);
    assert!(told.contains("Group: What costs us (named by Grace Wanjala (City))"), "{told}");
    assert_eq!(told.matches("Group: Quick ones").count(), 2, "{told}");
    // The tree keeps its shape: the same cards in the same places.
    let places = |canvas: &Canvas| -> Vec<String> {
        let lines = outline(canvas);
        lines
            .lines()
            .filter(|line| line.contains("**C"))
            .map(|line| line.split("**").nth(1).unwrap().to_owned())
            .collect()
    };
    assert_eq!(places(&before), places(&after));
    // Who compares the two reads what came.
    let different = comparison_outline(&compare(&before, &after));
    assert!(different.contains("What costs us"), "{different}");
    let view = view(&hand.board, Viewer::Room, hand.at);
    let tables = csv(&view, &ruvani::captions());
    let (_, cards) = tables.iter().find(|(name, _)| name == "cards.csv").expect("a table of cards");
    let cards = String::from_utf8_lossy(cards);
    for card in causes {
        let row = cards.lines().find(|line| line.starts_with(&format!("\"{card}\","))).expect("its row");
        assert!(row.contains("\"What costs us\""), "{row}");
    }
    assert!(hand.board.plan.asks().any(|(_, _, ask)| ask.kind == Kind::Tree));
}

#[test]
fn the_json_with_headings_follows_its_schema() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for canvas in [super::hostile::covered("calm").canvas(), noted("shape = 'table'\nfrom = ['note']").0.canvas()] {
        let value: serde_json::Value = serde_json::from_str(&json(&canvas)).unwrap();
        let faults: Vec<String> =
            schema.iter_errors(&value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert_eq!(faults, Vec::<String>::new());
        assert!(json(&canvas).contains("\"cluster\""));
    }
}

#[test]
fn reports_put_lines_under_their_heading() {
    let (hand, _) = noted("shape = 'lines'\nfrom = ['note']");
    let view = view(&hand.board, Viewer::Room, hand.at);
    let report = report::markdown(&report::make(&view, &Captions::default(), report::Kind::Final).expect("a report"));
    let place = |what: &str| report.find(what).unwrap_or_else(|| panic!("{what}: {report}"));
    assert!(place("Trucks (named by Ana (City))") < place("No trucks") && place("No trucks") < place("No bins"));
}
