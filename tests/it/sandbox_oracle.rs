//! Two oracles that are not ours: Discord's published REST schema, and twilight's model of the gateway.
//!
//! A tour through most routes is recorded; every response must be valid for its route and status in
//! `tests/discord/openapi.json` (Discord's own, MIT), every event must parse in twilight-model.
//! [`check_record`] takes any record, so other tests may use it on theirs.

use std::collections::BTreeMap;
use std::path::Path;

use jointpath::sandbox::Id;
use serde::de::DeserializeSeed;
use serde_json::{Value, json};

use crate::sandbox_world::CHANNEL;

/// Discord's published schema, with validators made when they are first needed.
pub struct Schema {
    whole: Value,
    ready: BTreeMap<(String, String, u16), Option<jsonschema::Validator>>,
}

impl Schema {
    pub fn load() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/discord/openapi.json");
        let whole = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        Self {
            whole,
            ready: BTreeMap::new(),
        }
    }

    /// The path template a path fits; plain parts win over placeholders.
    fn template(&self, path: &str) -> Option<String> {
        let parts: Vec<&str> = path.split('/').collect();
        let fits = |template: &&String| {
            let slots: Vec<&str> = template.split('/').collect();
            slots.len() == parts.len()
                && slots
                    .iter()
                    .zip(&parts)
                    .all(|(slot, part)| slot.starts_with('{') || slot == part)
        };
        let all = self.whole["paths"].as_object().unwrap().keys();
        all.filter(fits)
            .min_by_key(|template| template.matches('{').count())
            .cloned()
    }

    fn response(&self, template: &str, method: &str, status: u16) -> Option<jsonschema::Validator> {
        let responses = &self.whole["paths"][template][method.to_lowercase()]["responses"];
        let class = format!("{}XX", status / 100);
        let found = [status.to_string(), class]
            .iter()
            .find_map(|key| responses.get(key))?;
        let found = match found["$ref"].as_str() {
            Some(reference) => self
                .whole
                .pointer(reference.trim_start_matches('#'))
                .unwrap(),
            None => found,
        };
        let schema = found["content"]["application/json"].get("schema")?;
        let whole = json!({"allOf": [schema], "components": self.whole["components"]});
        Some(jsonschema::draft202012::new(&whole).unwrap())
    }

    /// What is wrong with a response; nothing if it is valid or the schema is silent about it.
    pub fn complain(
        &mut self,
        method: &str,
        path: &str,
        status: u16,
        body: &Value,
    ) -> Option<String> {
        let Some(template) = self.template(path) else {
            return Some(format!("{path} is no path of Discord's"));
        };
        let key = (template, method.to_owned(), status);
        if !self.ready.contains_key(&key) {
            let made = self.response(&key.0, method, status);
            self.ready.insert(key.clone(), made);
        }
        let validator = self.ready[&key].as_ref()?;
        let mut body = body.clone();
        if let Some(tree) = body.get_mut("errors") {
            number_codes(tree);
        }
        let wrong: Vec<String> = validator
            .iter_errors(&body)
            .map(|error| {
                format!(
                    "{} at {}",
                    error.to_string().chars().take(300).collect::<String>(),
                    error.instance_path()
                )
            })
            .collect();
        (!wrong.is_empty()).then(|| wrong.join("; "))
    }
}

/// The schema wants numbers as codes in the `errors` tree; Discord's own page ("Reference", error
/// messages) shows words such as `BASE_TYPE_CHOICES`. The page is right; the schema is humoured.
fn number_codes(tree: &mut Value) {
    match tree {
        Value::Object(fields) => {
            if fields.get("code").is_some_and(Value::is_string) {
                fields.insert("code".into(), json!(0));
            }
            fields.values_mut().for_each(number_codes);
        }
        Value::Array(list) => list.iter_mut().for_each(number_codes),
        _ => {}
    }
}

/// Checks every response and event of a record; returns the complaints.
pub fn check_record(path: &Path) -> Vec<String> {
    let mut schema = Schema::load();
    let mut complaints = Vec::new();
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        match line["dir"].as_str() {
            Some("response") => {
                let (method, path) = (
                    line["method"].as_str().unwrap(),
                    line["path"].as_str().unwrap(),
                );
                let status = u16::try_from(line["status"].as_u64().unwrap()).unwrap();
                let path = path.trim_start_matches("/api/v10");
                if let Some(wrong) = schema.complain(method, path, status, &line["body"]) {
                    complaints.push(format!("{method} {path} {status}: {wrong}"));
                }
            }
            Some("event") => complaints.extend(parse_event(&line["body"])),
            _ => {}
        }
    }
    complaints
}

/// What twilight has against an event.
fn parse_event(event: &Value) -> Option<String> {
    let mut frame = event.clone();
    frame["s"] = json!(1);
    let text = frame.to_string();
    let deserializer = twilight_model::gateway::event::GatewayEventDeserializer::from_json(&text)?;
    let mut json = serde_json::Deserializer::from_str(&text);
    let parsed = deserializer.deserialize(&mut json);
    parsed.err().map(|error| format!("{}: {error}", event["t"]))
}

/// Does a little of everything.
/// One interaction: who acts, how, and with what the bot answers.
#[test]
fn the_oracles_can_say_no() {
    let mut schema = Schema::load();
    let path = format!("/channels/{CHANNEL}/messages/5");
    assert!(
        schema
            .complain("GET", &path, 200, &json!({"id": "5"}))
            .is_some()
    );
    assert!(
        schema
            .complain("GET", &path, 404, &json!({"message": "no code"}))
            .is_some()
    );
    assert!(
        schema
            .complain("GET", "/teleport", 200, &json!({}))
            .is_some()
    );
    assert!(parse_event(&json!({"op": 0, "t": "MESSAGE_DELETE", "d": {"id": Id(5)}})).is_some());
}
