//! The shipped scripts hold: against the format, against the plan, and against their own totals.

use std::collections::BTreeMap;

use serde_json::Value;

use super::answer::Answer;
use super::fault::Fault;
use super::read::read;
use super::script::{Scene, Script};
use super::transcript;
use crate::path::Plan;

const RUVANI: &str = include_str!("../../rehearsals/ruvani.json");
const SCHOOL_MEALS: &str = include_str!("../../rehearsals/school-meals.json");
const ROUGH_WEATHER: &str = include_str!("../../rehearsals/rough-weather.json");
const SCHEMA: &str = include_str!("../../rehearsals/script.schema.json");

fn plan() -> Plan {
    toml::from_str(include_str!("../../prompts/path.toml")).unwrap()
}

fn script(text: &str) -> Script {
    read(text, &plan()).unwrap_or_else(|faults| panic!("{}", told(&faults)))
}

fn told(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The scene that opens something for the nth time.
fn scene<'a>(script: &'a Script, key: &str, nth: usize) -> &'a Scene {
    let opens = |scene: &&Scene| scene.answers.contains_key(key);
    script.scenes.iter().filter(opens).nth(nth).unwrap()
}

/// What everybody answers to an ask.
fn answers<'a>(script: &'a Script, key: &'a str, nth: usize) -> impl Iterator<Item = (&'a str, &'a Answer)> {
    let scene = scene(script, key, nth);
    script.people.iter().filter_map(move |person| Some((person.id.as_str(), scene.answer(key, &person.id)?)))
}

fn count<'a>(things: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for thing in things {
        *counts.entry(thing.to_owned()).or_insert(0) += 1;
    }
    counts
}

fn marks(script: &Script, key: &str) -> BTreeMap<String, usize> {
    count(answers(script, key, 0).flat_map(|(_, answer)| match answer {
        Answer::Marks(cards) => cards.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }))
}

fn table<const N: usize>(rows: [(&str, usize); N]) -> BTreeMap<String, usize> {
    rows.into_iter().map(|(key, count)| (key.to_owned(), count)).collect()
}

#[test]
fn the_scripts_are_of_the_format_and_fit_the_plan() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for text in [RUVANI, SCHOOL_MEALS, ROUGH_WEATHER] {
        let value: Value = serde_json::from_str(text).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
        let again = serde_json::to_value(script(text)).unwrap();
        assert_eq!(again["scenes"].as_array().unwrap().len(), value["scenes"].as_array().unwrap().len());
    }
}

#[test]
fn ruvani_sums_to_the_given_totals() {
    let script = script(RUVANI);
    let totals = [
        ("moving", table([("V1", 9), ("V2", 3), ("V3", 8), ("V4", 6), ("V5", 4)])),
        ("core-causes", table([("C1", 12), ("C2", 10), ("C4", 11), ("C5", 9), ("C3", 6), ("C4b", 4), ("C1b", 3)])),
        (
            "indicators",
            table([("I1", 11), ("I2", 12), ("I3", 9), ("I4", 2), ("I5", 5), ("I6", 4), ("I7", 8), ("I8", 6)]),
        ),
    ];
    for (ask, total) in totals {
        assert_eq!(marks(&script, ask), total, "{ask}");
    }
    for (nth, total) in [table([("stands", 10), ("remark", 2), ("not-yet", 1)]), table([("stands", 12), ("remark", 1)])]
        .into_iter()
        .enumerate()
    {
        let round = count(answers(&script, "vision", nth).map(|(_, answer)| match answer {
            Answer::Stands => "stands",
            Answer::Remark(_) => "remark",
            Answer::NotYet(_) => "not-yet",
            other => panic!("{other:?}"),
        }));
        assert_eq!(round, total, "round {nth}");
    }
}

/// How many people name each role.
type Counts = &'static [(&'static str, usize)];

#[test]
fn ruvani_nominates_as_given() {
    let script = script(RUVANI);
    let polls: [(&str, usize, &str, Counts); 6] = [
        ("RWA", 0, "backbone", &[("backbone", 8), ("voice", 3), ("communicator", 2)]),
        ("City", 0, "implementer", &[("implementer", 9), ("advocate", 2), ("resources", 2)]),
        ("Bahari", 0, "", &[("resources", 6), ("innovator", 6), ("communicator", 1)]),
        ("CIES", 0, "data", &[("data", 10), ("expert", 3)]),
        ("Umoja", 0, "voice", &[("voice", 7), ("implementer", 5), ("advocate", 1)]),
        ("Bahari", 1, "innovator", &[("innovator", 8), ("resources", 5)]),
    ];
    for (partner, nth, winner, total) in polls {
        let poll = count(answers(&script, "roles", nth).map(|(_, answer)| match answer {
            Answer::Assign(chosen) => chosen[partner].as_str(),
            other => panic!("{other:?}"),
        }));
        let total: BTreeMap<String, usize> = total.iter().map(|(role, count)| ((*role).to_owned(), *count)).collect();
        assert_eq!(poll, total, "{partner} {nth}");
        let most = poll.values().max().unwrap();
        let first: Vec<&String> = poll.iter().filter(|(_, count)| *count == most).map(|(role, _)| role).collect();
        assert_eq!(first == [winner], !winner.is_empty(), "{partner} {nth}");
    }
}

/// Greens and reds of every field, as the answers come to.
fn bars(script: &Script) -> BTreeMap<String, (u32, u32)> {
    let mut bars: BTreeMap<String, (u32, u32)> =
        (1..=10).map(|nth| (script.table[&format!("F{nth}")].clone(), (0, 0))).collect();
    for (_, answer) in answers(script, "figures", 0) {
        let Answer::Figures(piles) = answer else { continue };
        for card in &piles["green"] {
            bars.get_mut(&script.table[card]).unwrap().0 += 1;
        }
        for card in &piles["red"] {
            bars.get_mut(&script.table[card]).unwrap().1 += 1;
        }
    }
    bars
}

#[test]
fn figures_come_to_what_the_canvas_must_show() {
    for (text, sum) in [(RUVANI, (39, 39)), (SCHOOL_MEALS, (21, 22))] {
        let script = script(text);
        let bars = bars(&script);
        assert_eq!(bars.values().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1)), sum);
        let expected = script.expect["assessment"].bars.clone().unwrap();
        let expected: BTreeMap<String, (u32, u32)> =
            expected.into_iter().map(|(field, piles)| (field, (piles["green"], piles["red"]))).collect();
        assert_eq!(bars, expected);
    }
}

#[test]
fn school_meals_sums_to_what_was_worked_out_by_hand() {
    let script = script(SCHOOL_MEALS);
    let causes = marks(&script, "core-causes");
    assert_eq!((causes["MEAL"], causes["J1"], causes["B1"], causes.values().sum::<usize>()), (8, 5, 5, 29));
    assert_eq!(marks(&script, "indicators"), table([("I1", 8), ("I3", 4), ("I2", 3), ("I4", 2)]));
    assert_eq!(marks(&script, "priorities"), table([("F8", 7), ("F6", 5), ("F10", 3)]));
    assert_eq!(answers(&script, "causes", 0).count(), 10, "Piotr never answers");
}

#[test]
fn a_bad_script_is_refused_with_line_and_reason() {
    // What stands there, what is written instead, the text on whose line the fault lies, and its words.
    let cases = [
        ("\"lag\": 3", "\"lag\": \"three\"", "", "invalid type: string \"three\", expected u16"),
        ("\"level\": \"strategic\"", "\"level\": \"chief\"", "", "unknown variant `chief`"),
        ("\"partner\": \"RWA\"", "\"partner\": \"RWB\"", "", "no partner has the short name RWB"),
        ("{\"sitting\": \"hello\"}", "{\"sitting\": \"hallo\"}", "", "the plan has no sitting hallo"),
        ("\"marks\": [\"C1\"", "\"marks\": [\"C9\"", "", "there is no card C9 yet"),
        ("\"absent\": [\"marc\"]", "\"absent\": []", "\"story\": {\n", "no answer of marc"),
        (
            "\"figures\": {\"green\": [\"F1\",",
            "\"figures\": {\"green\": [\"F1\", \"F1\",",
            "",
            "4 figures; each person has 3",
        ),
        ("\"due\": \"2026-05-15\"", "\"due\": \"15 May\"", "", "write a date as 2026-05-15"),
        ("\"pass\"", "\"skip\"", "", "unknown variant `skip`"),
        ("\"refusal\": \"cycle\"", "\"refusal\": \"circle\"", "", "there is no refusal circle"),
    ];
    for (good, bad, at, what) in cases {
        let at =
            RUVANI.find(if at.is_empty() { good } else { at }).unwrap_or_else(|| panic!("{good} stands in the script"));
        let line = 1 + RUVANI[..at].matches('\n').count();
        let faults = read(&RUVANI.replacen(good, bad, 1), &plan()).unwrap_err();
        let fault = faults.iter().find(|fault| fault.what.contains(what));
        let fault = fault.unwrap_or_else(|| panic!("{what}: {}", told(&faults)));
        assert!(fault.line.abs_diff(line) <= 2, "{what}: line {} instead of {line}", fault.line);
    }
}

#[test]
fn moments_are_told_and_whatever_else_stands_there_stays() {
    assert_eq!(
        transcript::in_utc("Open until <t:1772751600:f>, then <t:1772755200>."),
        "Open until Thu 05 Mar 23:00, then Fri 06 Mar 00:00."
    );
    for other in ["<t:soon:f>", "<t:12", "a < b"] {
        assert_eq!(transcript::in_utc(other), other);
    }
}
