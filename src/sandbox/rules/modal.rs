//! Limits of forms ("Interaction response object", modal; "Component reference", text input).

use std::collections::HashSet;

use serde_json::Value;

use super::{given, items};
use crate::sandbox::error::{ApiError, Problems};

const TITLE_CHARS_MAX: usize = 45;
const LABEL_CHARS_MAX: usize = 45;
const VALUE_CHARS_MAX: u64 = 4000;

const ROW: u64 = 1;
const TEXT_INPUT: u64 = 4;
const TEXT_DISPLAY: u64 = 10;
const LABEL: u64 = 18;

/// Checks the data of a modal answer.
pub(crate) fn check(data: &Value) -> Result<(), ApiError> {
    let mut problems = Problems::default();
    problems.only("data", data, "custom_id title components");
    problems.length("data.title", data["title"].as_str().unwrap_or_default(), 1, TITLE_CHARS_MAX);
    problems.length("data.custom_id", data["custom_id"].as_str().unwrap_or_default(), 1, 100);
    let rows = items(&data["components"]);
    problems.count("data.components", rows.len(), 1, 5);
    let mut seen = HashSet::new();
    for (n, row) in rows.iter().enumerate() {
        check_row(&mut problems, &format!("data.components.{n}"), row, &mut seen);
    }
    problems.finish()
}

fn check_row(problems: &mut Problems, at: &str, row: &Value, seen: &mut HashSet<String>) {
    let label = |problems: &mut Problems, at: &str, of: &Value| {
        let text = of["label"].as_str().unwrap_or_default();
        problems.length(&format!("{at}.label"), text, 1, LABEL_CHARS_MAX);
    };
    match row["type"].as_u64() {
        Some(ROW) => {
            let inside = items(&row["components"]);
            problems.only(at, row, "type id components");
            problems.count(&format!("{at}.components"), inside.len(), 1, 1);
            for (k, input) in inside.iter().enumerate() {
                let at = format!("{at}.components.{k}");
                text_input(problems, &at, input, seen);
                label(problems, &at, input);
            }
        }
        Some(LABEL) => {
            problems.only(at, row, "type id label description component");
            label(problems, at, row);
            text_input(problems, &format!("{at}.component"), &row["component"], seen);
        }
        Some(TEXT_DISPLAY) => {}
        _ => {
            let say = "Must be one of (1, 10, 18).";
            problems.add(&format!("{at}.type"), "UNION_TYPE_CHOICES", say);
        }
    }
}

fn text_input(problems: &mut Problems, at: &str, input: &Value, seen: &mut HashSet<String>) {
    if input["type"] != TEXT_INPUT {
        problems.add(&format!("{at}.type"), "BASE_TYPE_CHOICES", "The sandbox knows text inputs only (4).");
        return;
    }
    problems.only(at, input, "type id custom_id style label value placeholder required min_length max_length");
    let id = input["custom_id"].as_str().unwrap_or_default();
    problems.length(&format!("{at}.custom_id"), id, 1, 100);
    if !seen.insert(id.to_owned()) {
        problems.add(
            &format!("{at}.custom_id"),
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            "Component custom id cannot be duplicated",
        );
    }
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        problems.add(&format!("{at}.style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.");
    }
    if let Some(text) = input["placeholder"].as_str() {
        problems.length(&format!("{at}.placeholder"), text, 0, 100);
    }
    check_lengths(problems, at, input);
}

fn check_lengths(problems: &mut Problems, at: &str, input: &Value) {
    let (min, max) = lengths(input);
    if given(&input["min_length"]) && min > VALUE_CHARS_MAX {
        problems.add(&format!("{at}.min_length"), "NUMBER_TYPE_MAX", "int value should be between 0 and 4000.");
    }
    if !(1..=VALUE_CHARS_MAX).contains(&max) || min > max {
        problems.add(
            &format!("{at}.max_length"),
            "NUMBER_TYPE_MAX",
            "int value should be between 1 and 4000, and not under min_length.",
        );
    }
    if let Some(value) = input["value"].as_str() {
        let count = value.chars().count() as u64;
        if count > max || (count > 0 && count < min) {
            problems.add(
                &format!("{at}.value"),
                "BASE_TYPE_BAD_LENGTH",
                format!("Must be between {min} and {max} in length."),
            );
        }
    }
}

fn lengths(input: &Value) -> (u64, u64) {
    (input["min_length"].as_u64().unwrap_or(0), input["max_length"].as_u64().unwrap_or(VALUE_CHARS_MAX))
}

/// The text inputs of a form, each with the label a person reads.
pub(crate) fn inputs(components: &[Value]) -> Vec<(String, &Value)> {
    let read = |row: &'_ Value| -> Option<String> { row["label"].as_str().map(str::to_owned) };
    components
        .iter()
        .filter_map(|row| match row["type"].as_u64() {
            Some(ROW) => {
                let input = items(&row["components"]).first()?;
                Some((read(input).unwrap_or_default(), input))
            }
            Some(LABEL) => Some((read(row).unwrap_or_default(), &row["component"])),
            _ => None,
        })
        .collect()
}

/// What a client would say about a typed text before letting it go, or nothing if it is fine.
pub(crate) fn refuse_text(input: &Value, text: &str) -> Option<String> {
    let (min, max) = lengths(input);
    let count = text.chars().count() as u64;
    let required = input["required"].as_bool().unwrap_or(true);
    let name = input["custom_id"].as_str().unwrap_or_default();
    if count == 0 {
        return required.then(|| format!("{name}: this field is required"));
    }
    (count < min || count > max).then(|| format!("{name}: must be between {min} and {max} characters, not {count}"))
}
