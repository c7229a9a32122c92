//! Limits of buttons and selects ("Component reference").

use std::collections::HashSet;

use serde_json::{Value, json};

use super::message::without_nulls;
use super::{given, items};
use crate::sandbox::error::Problems;

const ROWS_MAX: usize = 5;
const BUTTONS_MAX: usize = 5;
const OPTIONS_MAX: usize = 25;
const CUSTOM_ID_CHARS_MAX: usize = 100;
const V2_TOTAL_MAX: usize = 40;

pub(crate) const ROW: u64 = 1;
pub(crate) const BUTTON: u64 = 2;
pub(crate) const STRING_SELECT: u64 = 3;
const LINK: u64 = 5;
const PREMIUM: u64 = 6;

/// Checks the components of a message.
pub(crate) fn check(problems: &mut Problems, list: &Value, v2: bool) {
    let mut seen = HashSet::new();
    if v2 {
        let total: usize = items(list).iter().map(count).sum();
        if total > V2_TOTAL_MAX {
            problems.add("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "Max total components is 40.");
        }
        for (n, component) in items(list).iter().enumerate() {
            nested(problems, &format!("components.{n}"), component, &mut seen);
        }
        return;
    }
    problems.count("components", items(list).len(), 0, ROWS_MAX);
    for (n, row) in items(list).iter().enumerate() {
        let at = format!("components.{n}");
        if row["type"] == ROW {
            check_row(problems, &at, row, &mut seen);
        } else {
            problems.add(&format!("{at}.type"), "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1,).");
        }
    }
}

fn count(component: &Value) -> usize {
    let inside = items(&component["components"]).iter().map(count).sum::<usize>();
    1 + inside + usize::from(given(&component["accessory"]))
}

/// Components V2: rows may stand inside containers; the rest is only counted here.
fn nested(problems: &mut Problems, at: &str, component: &Value, seen: &mut HashSet<String>) {
    if component["type"] == ROW {
        return check_row(problems, at, component, seen);
    }
    for (n, inside) in items(&component["components"]).iter().enumerate() {
        nested(problems, &format!("{at}.components.{n}"), inside, seen);
    }
    if component["accessory"]["type"] == BUTTON {
        button(problems, &format!("{at}.accessory"), &component["accessory"], seen);
    }
}

fn check_row(problems: &mut Problems, at: &str, row: &Value, seen: &mut HashSet<String>) {
    problems.only(at, row, "type id components");
    let inside = items(&row["components"]);
    problems.count(&format!("{at}.components"), inside.len(), 1, BUTTONS_MAX);
    let select = |component: &&Value| matches!(component["type"].as_u64(), Some(3 | 5..=8));
    if inside.iter().any(|component| select(&component)) && inside.len() > 1 {
        problems.add(at, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A select fills its whole row.");
    }
    for (n, component) in inside.iter().enumerate() {
        let at = format!("{at}.components.{n}");
        match component["type"].as_u64() {
            Some(BUTTON) => button(problems, &at, component, seen),
            Some(3 | 5..=8) => check_select(problems, &at, component, seen),
            _ => problems.add(&format!("{at}.type"), "UNION_TYPE_CHOICES", "Must be one of (2, 3, 5, 6, 7, 8)."),
        }
    }
}

fn custom_id(problems: &mut Problems, at: &str, component: &Value, seen: &mut HashSet<String>) {
    let id = component["custom_id"].as_str().unwrap_or_default();
    problems.length(&format!("{at}.custom_id"), id, 1, CUSTOM_ID_CHARS_MAX);
    if !id.is_empty() && !seen.insert(id.to_owned()) {
        problems.add(
            &format!("{at}.custom_id"),
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            "Component custom id cannot be duplicated",
        );
    }
}

fn button(problems: &mut Problems, at: &str, component: &Value, seen: &mut HashSet<String>) {
    problems.only(at, component, "type id custom_id style label disabled url sku_id emoji");
    let style = component["style"].as_u64().unwrap_or(0);
    if !(1..=PREMIUM).contains(&style) {
        problems.add(&format!("{at}.style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.");
    }
    if let Some(label) = component["label"].as_str() {
        problems.length(&format!("{at}.label"), label, 0, 80);
    }
    let shown = component["label"].as_str().is_some_and(|label| !label.is_empty()) || given(&component["emoji"]);
    if !shown && style != PREMIUM {
        problems.add(at, "BUTTON_COMPONENT_INVALID_LABEL", "A button must have a label or an emoji");
    }
    let (has_id, has_url) = (given(&component["custom_id"]), given(&component["url"]));
    if style == LINK {
        if has_id || !has_url {
            problems.add(at, "BUTTON_COMPONENT_URL_REQUIRED", "A link button has a url and no custom id");
        }
        problems.length(&format!("{at}.url"), component["url"].as_str().unwrap_or_default(), 1, 512);
    } else if style != PREMIUM {
        if has_url {
            problems.add(
                at,
                "BUTTON_COMPONENT_CUSTOM_ID_URL_EXCLUSIVE",
                "A custom id and url cannot both be specified",
            );
        }
        custom_id(problems, at, component, seen);
    }
}

fn check_select(problems: &mut Problems, at: &str, component: &Value, seen: &mut HashSet<String>) {
    problems.only(
        at,
        component,
        "type id custom_id placeholder min_values max_values disabled required options \
         default_values channel_types",
    );
    custom_id(problems, at, component, seen);
    if let Some(text) = component["placeholder"].as_str() {
        problems.length(&format!("{at}.placeholder"), text, 0, 150);
    }
    let (min, max) = (bound(component, "min_values"), bound(component, "max_values"));
    if min > 25 || !(1..=25).contains(&max) || min > max {
        problems.add(
            &format!("{at}.max_values"),
            "NUMBER_TYPE_MAX",
            "min_values is 0-25, max_values 1-25 and not less.",
        );
    }
    if component["type"] == STRING_SELECT {
        options(problems, at, component, max);
    }
}

fn options(problems: &mut Problems, at: &str, component: &Value, max: u64) {
    let options = items(&component["options"]);
    problems.count(&format!("{at}.options"), options.len(), 1, OPTIONS_MAX);
    if max > options.len() as u64 {
        problems.add(&format!("{at}.max_values"), "NUMBER_TYPE_MAX", "There are not that many options.");
    }
    let mut values = HashSet::new();
    for (n, option) in options.iter().enumerate() {
        let at = format!("{at}.options.{n}");
        problems.only(&at, option, "label value description default emoji");
        problems.length(&format!("{at}.label"), option["label"].as_str().unwrap_or_default(), 1, 100);
        problems.length(&format!("{at}.value"), option["value"].as_str().unwrap_or_default(), 1, 100);
        if let Some(text) = option["description"].as_str() {
            problems.length(&format!("{at}.description"), text, 0, 100);
        }
        if !values.insert(option["value"].as_str().unwrap_or_default()) {
            problems.add(
                &format!("{at}.value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            );
        }
    }
}

/// `min_values` or `max_values`; both are 1 if not given.
pub(crate) fn bound(component: &Value, name: &str) -> u64 {
    component[name].as_u64().unwrap_or(1)
}

/// Components as Discord gives them back: numbered, with their defaults written out.
pub(crate) fn settle(list: &Value) -> Vec<Value> {
    let mut next = 1;
    items(list).iter().map(|component| settle_one(&without_nulls(component), &mut next)).collect()
}

fn settle_one(component: &Value, next: &mut u64) -> Value {
    let mut out = component.clone();
    out["id"] = component["id"].as_u64().filter(|id| *id > 0).map_or_else(|| json!(*next), |id| json!(id));
    *next += 1;
    if matches!(component["type"].as_u64(), Some(3 | 5..=8)) {
        out["min_values"] = json!(bound(component, "min_values"));
        out["max_values"] = json!(bound(component, "max_values"));
    }
    if component["components"].is_array() {
        let inside: Vec<Value> = items(&component["components"]).iter().map(|c| settle_one(c, next)).collect();
        out["components"] = json!(inside);
    }
    if given(&component["accessory"]) {
        out["accessory"] = settle_one(&component["accessory"], next);
    }
    out
}

/// The component with this custom id, wherever it stands.
pub(crate) fn find<'a>(list: &'a [Value], custom_id: &str) -> Option<&'a Value> {
    list.iter().find_map(|component| {
        if component["custom_id"] == custom_id {
            return Some(component);
        }
        let accessory = Some(&component["accessory"]).filter(|accessory| accessory["custom_id"] == custom_id);
        accessory.or_else(|| find(items(&component["components"]), custom_id))
    })
}
