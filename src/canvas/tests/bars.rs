//! Counts of figures: readings, and what may be shown.

use super::hand::Hand;
use super::ruvani;
use crate::canvas::Reading::{Contested, Strength, WorkNeeded};
use crate::canvas::bars::reading;
use crate::canvas::*;
use crate::path::Value;

#[test]
fn a_count_reads_as_the_method_says() {
    for (good, critical, expected) in [
        (0, 0, Reading::None),
        (1, 1, Reading::Few),
        (2, 0, Reading::Few),
        (2, 1, Reading::Strength),
        (4, 2, Reading::Strength),
        (5, 3, Reading::Contested),
        (1, 1 + 1, Reading::WorkNeeded),
        (3, 5, Reading::Contested),
        (1, 5, Reading::WorkNeeded),
        (0, 3, Reading::WorkNeeded),
    ] {
        assert_eq!(reading(good, critical), expected, "{good}:{critical}");
    }
}

const FIGURES: &str = "
key = 'small'
[[phase]]
key = 'one'
[[phase.sitting]]
key = 'sit'
days = 1
minutes = 1
[[phase.sitting.ask]]
key = 'place'
kind = 'figures'
from = ['area']
pile = [{ key = 'green', budget = 3 }, { key = 'red', budget = 3 }]
stack = true
seal = 'close'
named = 'never'
[[phase.sitting.ask]]
key = 'why'
kind = 'cards'
seal = 'close'
named = 'never'
each = { min = 0, max = 3 }
field = [{ key = 'of', type = 'card', from = ['area'], link = 'answers' }, { key = 'text', type = 'line' }]
[[list]]
key = 'area'
phase = 'one'
items = [{ key = 'trust', name = 'Trust', line = 'We can rely on one another.' }, { key = 'money', name = 'Money' }]
[[section]]
key = 'bars'
shape = 'bars'
from = ['place']
beside = ['why']
phase = 'one'
";

/// A board where so many people placed one green on trust, and so many of them one red on money.
fn placed(people: usize, red: usize, reasons: usize) -> Hand {
    let mut hand = Hand::small(FIGURES);
    let (city, rwa) = (hand.whose("City"), hand.whose("RWA"));
    let names = ["Ana", "Ben", "Caro", "Dan", "Eve", "Fay"];
    for (name, partner) in names[4..].iter().zip([city, rwa]) {
        hand.person(name, partner, crate::path::Level::Operational);
    }
    hand.open("place");
    hand.open("why");
    let (trust, money) = (hand.item("area", "trust"), hand.item("area", "money"));
    for (nth, name) in names.iter().take(people).enumerate() {
        hand.figure(("place", "green", 1), name, trust, (Value::Here, ""));
        if nth < red {
            hand.figure(("place", "red", 1), name, money, (Value::Here, ""));
            hand.figure(("place", "red", 2), name, money, (Value::Here, ""));
        }
    }
    for nth in 0..reasons {
        hand.give("why", "Ana", &[("of", &money.to_string()), ("text", &format!("Reason {nth}"))]);
    }
    hand
}

#[test]
fn what_to_talk_about_comes_first_in_every_form() {
    let mut hand = placed(6, 6, 0);
    hand.close("place");
    let order: Vec<String> = bars(&hand).bars.into_iter().map(|bar| bar.text).collect();
    assert_eq!(order, ["Money", "Trust"], "most red first, though the plan names trust first");
    let canvas = hand.canvas();
    for form in [html(&canvas), outline(&canvas)] {
        assert!(form.find("Money").unwrap() < form.find("Trust").unwrap());
    }
}

#[test]
fn what_is_chosen_from_bars_stands_without_the_line_on_its_field() {
    let choosing = "
[[phase.sitting.ask]]
key = 'first'
kind = 'marks'
from = ['area']
pile = [{ key = 'dot', budget = 3 }]
keep = { min = 1, max = 2 }
[[list]]";
    let chosen = "\n[[section]]\nkey = 'chosen'\nshape = 'lines'\nfrom = ['first']\nkept = true\nphase = 'one'\n";
    let mut hand = Hand::small(&(FIGURES.replacen("\n[[list]]", choosing, 1) + chosen));
    hand.open("first");
    let trust = hand.item("area", "trust");
    hand.keep("first", None, &[trust], crate::path::Settled::Host);
    let canvas = hand.canvas();
    let Body::Lines { groups } = &canvas.sections[1].body else { panic!("not lines") };
    assert_eq!((groups[0].lines[0].text.as_str(), groups[0].lines[0].parts.len()), ("Trust", 0));
}

fn bars(hand: &Hand) -> Bars {
    match hand.canvas().sections.remove(0).body {
        Body::Bars(bars) => bars,
        other => panic!("not bars: {other:?}"),
    }
}

#[test]
fn counts_are_shown_only_of_enough_people() {
    for (people, red, shown, behind) in
        [(4, 4, false, None), (5, 2, true, None), (5, 3, true, Some((3, 2))), (6, 6, true, Some((6, 2)))]
    {
        let mut hand = placed(people, red, 0);
        assert!(!bars(&hand).counted, "nothing of an open round");
        hand.close("place");
        hand.close("why");
        let bars = bars(&hand);
        assert_eq!((bars.too_few, !bars.bars.is_empty()), (!shown, shown), "{people} people");
        let money = bars.bars.iter().find(|bar| bar.text == "Money");
        let seen = money.and_then(|bar| Some((bar.critical_people?, bar.critical_partners?)));
        assert_eq!(seen, behind, "{people} people, {red} with red");
        if let Some(money) = money {
            assert_eq!(money.ratio, format!("0:{}", 2 * red));
        }
    }
}

#[test]
fn passes_do_not_make_a_few_look_like_many() {
    let mut hand = placed(2, 2, 0);
    let window = hand.board.window_of("place").unwrap().id;
    for name in ["Caro", "Dan", "Eve", "Fay"] {
        let giver = crate::path::Giver::Person(hand.who(name));
        let how = crate::path::How::Passed;
        hand.put(crate::path::Change::Given(crate::path::Given { window, giver, how, at: hand.at }));
    }
    hand.close("place");
    assert!(bars(&hand).too_few);
}

#[test]
fn reasons_are_shown_only_if_enough_exist() {
    for (reasons, shown) in [(4, 0), (5, 5)] {
        let mut hand = placed(6, 3, reasons);
        hand.close("place");
        hand.close("why");
        let found: usize = bars(&hand).bars.iter().map(|bar| bar.reasons.len()).sum();
        assert_eq!(found, shown);
        let text = json(&hand.canvas());
        assert_eq!(text.contains("Reason 0"), shown > 0);
    }
}

#[test]
fn the_example_counts_as_it_was_counted_by_hand() {
    let canvas = ruvani::board().canvas();
    let found = canvas.sections.iter().find_map(|section| match &section.body {
        Body::Bars(bars) => Some(bars),
        _ => None,
    });
    let bars = found.unwrap();
    let tell =
        |bar: &Bar| (bar.ratio.clone(), bar.share_percent, bar.reading, bar.critical_people.zip(bar.critical_partners));
    let told: Vec<_> = bars.bars.iter().map(tell).collect();
    let told: Vec<_> =
        told.iter().map(|(ratio, share, reading, behind)| (ratio.as_str(), *share, *reading, *behind)).collect();
    assert_eq!(
        told,
        [
            ("1:9", Some(10), WorkNeeded, Some((8, 3))),
            ("1:7", Some(12), WorkNeeded, Some((6, 3))),
            ("1:5", Some(16), WorkNeeded, Some((5, 4))),
            ("3:5", Some(37), Contested, Some((5, 5))),
            ("4:4", Some(50), Contested, Some((4, 3))),
            ("4:2", Some(66), Strength, None),
            ("5:2", Some(71), Strength, None),
            ("5:2", Some(71), Strength, None),
            ("6:2", Some(75), Strength, None),
            ("9:1", Some(90), Strength, None),
        ]
    );
    let talk: Vec<&str> =
        bars.talk.iter().map(|id| bars.bars.iter().find(|bar| bar.card == *id).unwrap().text.as_str()).collect();
    // Down to the last contested one; strengths are no matter for a talk.
    assert_eq!(
        talk[..4],
        ["Resources and capacity", "Decisions and power", "Measuring and learning", "Right people at the table"]
    );
    assert_eq!(talk.len(), 5);
    let kept: Vec<&str> = bars.bars.iter().filter(|bar| bar.kept).map(|bar| bar.text.as_str()).collect();
    assert_eq!(kept, ["Resources and capacity", "Decisions and power", "Measuring and learning"]);
    assert_eq!(bars.bars[0].about, "");
}
