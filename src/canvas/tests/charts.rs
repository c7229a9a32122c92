//! Charts, and what the pictures need beside them: who works on what, scales, grids, gaps, clashes.

use super::hand::Hand;
use super::shapes::{plan, section};
use crate::canvas::*;
use crate::path::plan::LinkKind;
use crate::path::{CardId, Change, Group as Triads, GroupId, Settled};

const WORK: &str = "
[[ask]]
key = 'core'
kind = 'consent'
from = ['issue']
keep = { min = 1, max = 1 }
[[ask]]
key = 'why'
kind = 'cards'
seal = 'none'
field = [{ key = 'text', type = 'line' }]
[[ask]]
key = 'then'
kind = 'cards'
seal = 'none'
field = [{ key = 'text', type = 'line' }]
[[ask]]
key = 'grow'
kind = 'tree'
from = ['why', 'then']
crown = ['then']
under = 'core'
[[ask]]
key = 'dots'
kind = 'marks'
from = ['why']
pile = [{ key = 'dot', budget = 5 }]
keep = { min = 1, max = 5 }
[[ask]]
key = 'work'
kind = 'cards'
by = 'partner'
seal = 'none'
each = { min = 0, max = 9 }
field = [
  { key = 'on', type = 'card', from = ['why'], link = 'serves' },
  { key = 'how-far', type = 'choice', choices = ['doing', 'soon', 'once'] },
  { key = 'what', type = 'line' },
]
";
const MAPPED: &str = "shape = 'tree'\nfrom = ['grow']\nbeside = ['work']\nchart = { kind = 'map', ask = 'work', field = 'how-far', now = ['doing'], planned = ['soon'] }";

fn wood() -> (Hand, [CardId; 3]) {
    let mut hand = Hand::small(&plan(WORK, MAPPED));
    hand.open("why");
    hand.open("then");
    let issue = hand.board.issue().unwrap().id;
    let first = hand.give("why", "Ana", &[("text", "Few trucks")]);
    let below = hand.give("why", "Caro", &[("text", "No money")]);
    let aside = hand.give("why", "Dan", &[("text", "Bad luck")]);
    let effect = hand.give("then", "Ana", &[("text", "Floods")]);
    for (card, above) in [(first, issue), (below, first), (aside, issue), (effect, issue)] {
        hand.link(LinkKind::Under, card, above);
    }
    hand.amend(aside, |card| card.parked = Some("nothing to do about it".to_owned()));
    (hand, [first, below, aside])
}

fn map_of(hand: &Hand) -> Map {
    match section(hand).chart {
        Some(Chart::Map(map)) => map,
        other => panic!("not a map: {other:?}"),
    }
}

#[test]
fn a_map_says_who_works_on_what_and_where_nobody_does() {
    let (mut hand, [first, below, aside]) = wood();
    let asked = map_of(&hand);
    assert_eq!((asked.open, asked.rows[0].nobody_yet), (0, false), "nobody was asked yet");

    hand.open("work");
    let (on_first, on_below) = (first.to_string(), below.to_string());
    hand.give("work", "Ana", &[("on", &on_first), ("how-far", "once"), ("what", "A pilot")]);
    hand.give("work", "Ben", &[("on", &on_first), ("how-far", "doing"), ("what", "Weekly routes")]);
    hand.give("work", "Caro", &[("on", &on_first), ("how-far", "soon")]);
    hand.give("work", "Dan", &[("on", &on_below), ("how-far", "once")]);
    hand.give("work", "Dan", &[("on", &aside.to_string()), ("how-far", "doing")]);
    let map = map_of(&hand);
    let names: Vec<(&str, usize, usize)> =
        map.columns.iter().map(|column| (column.name.as_str(), column.now, column.planned)).collect();
    assert_eq!(names, [("City", 1, 0), ("RWA", 0, 1)]);
    let rows: Vec<(&str, usize, usize, usize, bool, bool)> = map
        .rows
        .iter()
        .map(|row| (row.text.as_str(), row.depth, row.now, row.planned, row.nobody_yet, row.aside))
        .collect();
    assert_eq!(
        rows,
        [("Few trucks", 0, 1, 1, false, false), ("No money", 1, 0, 0, true, false), ("Bad luck", 0, 0, 0, false, true)],
        "effects have no row; what was done once is done by nobody now; what was put aside is not counted"
    );
    assert!(map.rows[2].cells.iter().all(|cell| *cell == Cell::default()));
    assert!(html(&hand.canvas()).contains("put aside"));
    assert_eq!(map.rows[0].cells[0].share, Some(Share::Now), "the most counts");
    assert_eq!(map.rows[0].cells[0].what, ["A pilot", "Weekly routes"]);
    assert_eq!(map.rows[1].cells[1].share, Some(Share::Other));
    assert_eq!((map.open, map.open_said.as_str()), (1, "1 with nobody yet"));
    assert_eq!((map.now_said.as_str(), map.planned_said.as_str(), map.other_said.as_str()), ("doing", "soon", "once"));
}

#[test]
fn what_the_group_chose_is_marked_in_the_tree() {
    let (mut hand, [first, below, _]) = wood();
    hand.open("dots");
    hand.keep("dots", None, &[below], Settled::Host);
    let Body::Tree(tree) = section(&hand).body else { panic!("not a tree") };
    let node = tree.roots.iter().find(|node| node.card == first).unwrap();
    assert!(!node.kept && node.children[0].kept);
    assert!(map_of(&hand).rows.iter().all(|row| row.kept == (row.card == below)));
}

const SIGNS: &str = "
[[ask]]
key = 'sign'
kind = 'cards'
seal = 'none'
each = { min = 0, max = 3 }
field = [{ key = 'text', type = 'line' }]
[[ask]]
key = 'fact'
kind = 'cards'
seal = 'none'
each = { min = 0, max = 3 }
field = [
  { key = 'of', type = 'card', from = ['sign'], link = 'answers' },
  { key = 'unit', type = 'line' },
  { key = 'first', type = 'line' },
  { key = 'goal', type = 'line' },
  { key = 'log', type = 'line' },
]
";

#[test]
fn a_scale_has_numbers_only_where_people_wrote_them() {
    let chart = "chart = { kind = 'scale', ask = 'fact', baseline = 'first', target = 'goal', unit = 'unit' }";
    let shown = format!("shape = 'table'\nfrom = ['sign']\nbeside = ['fact']\n{chart}");
    let mut hand = Hand::small(&plan(SIGNS, &shown));
    hand.open("sign");
    hand.open("fact");
    let labels = |hand: &Hand| match section(hand).chart {
        Some(Chart::Scale(scales)) => [scales.baseline_label, scales.target_label],
        _ => panic!("no scales"),
    };
    let served = hand.give("sign", "Ana", &[("text", "Homes served")]).to_string();
    assert_eq!(labels(&hand), ["First", "Goal"], "before anybody has said a number");
    let known = hand.give("sign", "Ben", &[("text", "Families who know")]).to_string();
    hand.give("sign", "Caro", &[("text", "Clean banks")]);
    let said = |hand: &mut Hand, of: &str, facts: [&str; 3]| {
        let [first, goal, log] = facts;
        hand.give("fact", "Dan", &[("of", of), ("unit", "%"), ("first", first), ("goal", goal), ("log", log)]);
    };
    said(&mut hand, &served, ["38 (2025-11)", "75 (2027-12)", "Route logs"]);
    said(&mut hand, &known, ["to be measured by 2026-12", "95", ""]);
    let Some(Chart::Scale(scales)) = section(&hand).chart else { panic!("no scales") };
    assert_eq!(labels(&hand), ["First", "Goal"]);
    let [served, known, clean] = scales.scales.as_slice() else { panic!("not three") };
    assert_eq!((served.baseline.number, served.target.number, served.unit.as_str()), (Some(38.0), Some(75.0), "%"));
    assert_eq!(served.parts, [Part { label: "Log".to_owned(), text: "Route logs".to_owned() }]);
    assert_eq!((known.baseline.number, known.baseline.text.as_str()), (None, "to be measured by 2026-12"));
    assert_eq!((clean.target.number, clean.target.text.as_str(), clean.parts.len()), (None, "", 0));
}

#[test]
fn a_grid_puts_each_card_in_its_corner_and_is_left_out_while_empty() {
    let asks = "
[[ask]]
key = 'who'
kind = 'cards'
seal = 'none'
each = { min = 0, max = 5 }
field = [
  { key = 'name', type = 'line' },
  { key = 'power', type = 'choice', choices = ['low', 'high'] },
  { key = 'stake', type = 'choice', choices = ['low', 'high'] },
  { key = 'part', type = 'choice', choices = ['invite'] },
]
";
    let grid = "chart = { kind = 'grid', ask = 'who', across = 'stake', up = 'power' }\nwhen_filled = true";
    let mut hand = Hand::small(&plan(asks, &format!("shape = 'table'\nfrom = ['who']\n{grid}")));
    assert!(hand.canvas().sections.is_empty(), "nothing in it");
    hand.open("who");
    hand.give("who", "Ana", &[("name", "Fishers"), ("power", "low"), ("stake", "high"), ("part", "invite")]);
    hand.give("who", "Ben", &[("name", "Press"), ("power", "high")]);
    let Some(Chart::Grid(grid)) = section(&hand).chart else { panic!("no grid") };
    assert_eq!(
        (grid.across.label.as_str(), grid.up.choices.as_slice()),
        ("Stake", ["low".to_owned(), "high".to_owned()].as_slice())
    );
    let [fishers] = grid.placed.as_slice() else { panic!("not one") };
    assert_eq!((fishers.text.as_str(), fishers.across, fishers.up), ("Fishers", Some(1), Some(0)));
    assert_eq!(fishers.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>(), ["invite"]);
    assert_eq!((grid.unplaced[0].text.as_str(), grid.unplaced[0].across), ("Press", None));
}

#[test]
fn a_matrix_tells_what_nobody_has_and_where_views_differ() {
    let asks = "
[[ask]]
key = 'assign'
kind = 'assign'
from = ['role']
pile = [{ key = 'main', budget = 1 }]
seal = 'close'
named = 'never'
[[ask]]
key = 'own'
kind = 'cards'
by = 'partner'
seal = 'none'
field = [{ key = 'role', type = 'card', from = ['role'], link = 'answers' }]
[[ask]]
key = 'accept'
kind = 'cards'
by = 'partner'
seal = 'none'
field = [{ key = 'also', type = 'card', from = ['role'], link = 'serves' }]
";
    let list = "[[list]]\nkey = 'role'\nphase = 'one'\nitems = [{ key = 'a', name = 'Backbone' }, { key = 'b', name = 'Funder' }, { key = 'c', name = 'Voice' }, { key = 'd', name = 'Data' }]\n";
    let shown = format!("shape = 'matrix'\nfrom = ['assign']\nbeside = ['own', 'accept']\n{list}");
    let mut hand = Hand::small(&plan(asks, &shown));
    let [a, b, c] = ["a", "b", "c"].map(|key| hand.item("role", key));
    let (city, rwa) = (hand.whose("City"), hand.whose("RWA"));
    for ask in ["assign", "own", "accept"] {
        hand.open(ask);
    }
    hand.give("own", "Ana", &[("role", &b.to_string())]);
    hand.give("accept", "Ben", &[("also", &c.to_string())]);
    let matrix = |hand: &Hand| match section(hand).body {
        Body::Matrix(matrix) => matrix,
        other => panic!("not a matrix: {other:?}"),
    };
    assert!(matrix(&hand).offers.iter().all(|offer| !offer.nobody_yet), "while the count is open, nothing is a gap");

    hand.nominate(("assign", "main", 1), Some(city), "Ana", a);
    hand.nominate(("assign", "main", 1), Some(rwa), "Ana", a);
    hand.nominate(("assign", "main", 1), Some(rwa), "Caro", b);
    hand.close("assign");
    let counted = matrix(&hand);
    let state = |role: &Role| (role.differs, role.level, role.own.clone(), role.supports.clone());
    assert_eq!(state(&counted.roles[0]), (true, false, vec![b], vec![c]));
    assert_eq!(state(&counted.roles[1]), (false, true, vec![], vec![]));
    let offers: Vec<(&str, usize, usize, bool)> = counted
        .offers
        .iter()
        .map(|offer| (offer.text.as_str(), offer.held, offer.supported, offer.nobody_yet))
        .collect();
    let expected = [("Backbone", 1, 0, false), ("Funder", 0, 0, true), ("Voice", 0, 1, false), ("Data", 0, 0, true)];
    assert_eq!(offers, expected, "what two lead level for is nobody's yet");

    hand.keep("assign", Some(rwa), &[b], Settled::Host);
    let settled = matrix(&hand);
    assert!(!settled.roles[1].level && settled.offers[1].held == 1 && !settled.offers[1].nobody_yet);
}

#[test]
fn the_head_names_the_triads_and_their_people() {
    let mut hand =
        Hand::small(&plan("[[ask]]\nkey = 'threes'\nkind = 'groups'\n", "shape = 'lines'\nfrom = ['threes']"));
    for (nth, people) in [(2, ["Ben", "Dan"]), (1, ["Ana", "Caro"])] {
        let id = GroupId(hand.number());
        let members = people.iter().map(|name| hand.who(name)).collect();
        hand.put(Change::Group(Triads { id, ask: "threes".to_owned(), name: format!("T{nth}"), nth, members }));
    }
    let head = hand.canvas().head;
    let said: Vec<String> = head
        .groups
        .iter()
        .map(|triad| {
            let people = triad.people.iter().map(|one| format!("{} {}", one.name, one.partner.as_deref().unwrap()));
            format!("{}: {}", triad.name, people.collect::<Vec<_>>().join(", "))
        })
        .collect();
    assert_eq!(said, ["T1: Ana City, Caro RWA", "T2: Ben City, Dan RWA"]);
}
