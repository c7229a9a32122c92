//! A section of a canvas (its JSON, by `canvas.schema.json`) told in plain lines, to be compared.

use std::collections::BTreeSet;

use serde_json::Value;

use super::expect::LineExpected;

/// What lies at a place of a value (a JSON Pointer).
fn at<'a>(value: &'a Value, place: &str) -> &'a [Value] {
    value.pointer(place).map_or(&[], list)
}

/// The lines of a section: its groups one after another.
fn each_line(body: &Value) -> Vec<(String, &Value)> {
    let groups = body["groups"].as_array().map(Vec::as_slice).unwrap_or_default();
    let lines = |group: &'_ Value| group["name"].as_str().unwrap_or_default().to_owned();
    groups.iter().flat_map(|group| list(&group["lines"]).iter().map(move |line| (lines(group), line))).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The sentence, with its remarks if they are wanted.
pub fn sentence(body: &Value, remarks: bool) -> Vec<String> {
    let line = &body["line"];
    let mut told = vec![text(&line["text"])];
    if remarks {
        told.extend(list(&line["remarks"]).iter().map(|remark| format!("  remark: {}", text(&remark["text"]))));
    }
    told
}

/// A line told: its words, the smaller words beside it, the card it was made from.
#[must_use]
pub fn line_told(words: &str, more: Option<&str>, from: Option<&str>) -> String {
    let more = more.map(|more| format!(" – {more}")).unwrap_or_default();
    let from = from.map(|from| format!("  (from: {from})")).unwrap_or_default();
    format!("{words}{more}{from}")
}

/// Lines in order, each with as much as its expectation names.
#[must_use]
pub fn lines(body: &Value, expected: &[LineExpected]) -> Vec<String> {
    let told = each_line(body).into_iter().enumerate().map(|(nth, (_, line))| {
        let more = list(&line["parts"]).first().map(|part| text(&part["text"]));
        let from = list(&line["source"]["cards"]).last().map(|origin| text(&origin["text"]));
        let wanted = expected.get(nth);
        let more = more.filter(|_| wanted.is_some_and(|line| line.more.is_some()));
        let from = from.filter(|_| wanted.is_some_and(|line| line.from.is_some()));
        line_told(&text(&line["text"]), more.as_deref(), from.as_deref())
    });
    told.collect()
}

/// Lines with the group they belong to.
pub fn grouped(body: &Value) -> Vec<(String, String)> {
    each_line(body).into_iter().map(|(group, line)| (group, text(&line["text"]))).collect()
}

/// What was put aside.
pub fn parked(section: &Value) -> Vec<String> {
    let told = list(&section["put_aside"]).iter();
    told.map(|card| format!("{} – because: {}", text(&card["line"]["text"]), text(&card["reason"]))).collect()
}

/// A row told by its keys.
pub fn row_told(keys: &BTreeSet<&str>, value: impl Fn(&str) -> Option<String>) -> String {
    let told = keys.iter().map(|key| format!("{key}: {}", value(key).unwrap_or_default()));
    told.collect::<Vec<_>>().join(" | ")
}

/// The rows of a table, in these columns. A column is named by the last part of its key; who gave a
/// row is called `partner` or `person`, and stands before the brackets that name the partner.
pub fn rows(body: &Value, keys: &BTreeSet<&str>) -> Vec<String> {
    let columns: Vec<String> = list(&body["columns"]).iter().map(|column| text(&column["key"])).collect();
    let giver = ["partner", "person"];
    let told = list(&body["rows"]).iter().map(|row| {
        row_told(keys, |key| {
            let at = columns.iter().position(|column| match column.as_str() {
                "" => giver.contains(&key),
                column => column.rsplit('.').next() == Some(key),
            })?;
            let texts: Vec<String> = list(&row["cells"][at]).iter().map(text).collect();
            let told = texts.join(", ");
            Some(if giver.contains(&key) { told.split(" (").next().unwrap_or_default().to_owned() } else { told })
        })
    });
    told.collect()
}

/// A tree: its core, then every card with the one above it, then links across.
pub fn tree(body: &Value) -> Vec<String> {
    let core = text(&body["trunk"]["line"]["text"]);
    let mut branches = Vec::new();
    for side in ["crown", "roots"] {
        grow(&body[side], &core, &mut branches);
    }
    for side in ["loose_crown", "loose_roots"] {
        grow(&body[side], "(nothing)", &mut branches);
    }
    let crosses = list(&body["crosses"]).iter();
    branches.extend(crosses.map(|link| format!("{}  leads to  {}", text(&link["from_text"]), text(&link["to_text"]))));
    branches.sort();
    std::iter::once(format!("core: {core}")).chain(branches).collect()
}

fn grow(nodes: &Value, above: &str, branches: &mut Vec<String>) {
    for node in list(nodes) {
        let words = text(&node["line"]["text"]);
        branches.push(format!("{words}  under  {above}"));
        grow(&node["children"], &words, branches);
    }
}

/// Each partner: its primary card, what it answered, and what it added.
pub fn matrix(body: &Value) -> Vec<String> {
    let told = list(&body["roles"]).iter().map(|role| {
        let chosen: Vec<String> = list(&role["chosen"]).iter().map(|line| text(&line["text"])).collect();
        // The partner's answer carries a choice; its own view beside it carries none.
        let answer = list(&role["beside"]).iter().find(|beside| !list(&beside["marks"]).is_empty());
        let marks: Vec<String> =
            answer.map(|answer| list(&answer["marks"]).iter().map(text).collect()).unwrap_or_default();
        let parts: Vec<String> = answer
            .map(|answer| list(&answer["parts"]).iter().map(|part| text(&part["text"])).collect())
            .unwrap_or_default();
        format!("{}: {} | {} | {}", text(&role["name"]), chosen.join(", "), marks.join(", "), parts.join("; "))
    });
    told.collect()
}

/// The piles in their order.
pub fn piles(body: &Value) -> Vec<String> {
    list(&body["piles"]).iter().map(|pile| text(&pile["key"])).collect()
}

/// Every card with its counts.
pub fn bars(body: &Value) -> Vec<String> {
    let told = list(&body["bars"]).iter().map(|bar| {
        let counts: Vec<String> = at(bar, "/figures").iter().map(ToString::to_string).collect();
        format!("{}: {}", text(&bar["text"]), counts.join(":"))
    });
    told.collect()
}

/// Steps.
pub fn steps(body: &Value) -> Vec<String> {
    let told = at(body, "/steps").iter().map(|step| {
        let serves: Vec<String> = list(&step["serves"]).iter().map(text).collect();
        let owner = text(&step["owner"]);
        let owner = owner.split(" (").next().unwrap_or_default();
        format!("{} | for {} | {owner} | {}", text(&step["text"]), serves.join(", "), text(&step["due"]))
    });
    told.collect()
}

/// Words with their givers.
pub fn words(body: &Value) -> Vec<String> {
    let told = list(&body["words"]).iter().map(|word| {
        let who = text(&word["who"]);
        format!("{}: {}", who.split(" (").next().unwrap_or_default(), text(&word["text"]))
    });
    told.collect()
}
