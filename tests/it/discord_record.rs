//! A record judged line by line: requests and responses by Discord's schema and pages, events by
//! twilight's model of the gateway, a second reader that shares nothing with ours.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::de::DeserializeSeed;
use serde_json::{Value, json};

use crate::discord_rules::{Body, complain, complain_of_house};
use crate::discord_schema::Schema;

/// Which requests are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// Those that were taken; a test may ask for the impossible.
    Taken,
    /// All, by the rules of the house as well.
    All,
}

/// What was found in a record.
#[derive(Debug, Default)]
pub struct Verdict {
    pub requests: usize,
    pub responses: usize,
    pub events: usize,
    /// What is wrong, and how often.
    pub complaints: BTreeMap<String, usize>,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let violations: usize = self.complaints.values().sum();
        write!(
            f,
            "{} requests, {} responses, {} events: {violations} violations",
            self.requests, self.responses, self.events
        )?;
        self.complaints.iter().try_for_each(|(complaint, times)| write!(f, "\n{times} × {complaint}"))
    }
}

/// Judges every line of a record.
pub fn judge(record: &Path, schema: &mut Schema, strictness: Strictness) -> Verdict {
    let mut verdict = Verdict::default();
    let mut asked: Option<Value> = None;
    for (n, line) in std::fs::read_to_string(record).unwrap().lines().enumerate() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("line {}: {error}", n + 1));
        let complaints = match line["dir"].as_str().unwrap_or_default() {
            "request" => {
                asked = Some(line);
                continue;
            }
            "response" => {
                let (method, path) =
                    (line["method"].as_str().unwrap_or_default(), line["path"].as_str().unwrap_or_default());
                let path = path.trim_start_matches("/api/v10").replace("%40", "@");
                let status = u16::try_from(line["status"].as_u64().unwrap_or(0)).unwrap_or(0);
                let request = asked
                    .take()
                    .filter(|request| request["method"] == line["method"] && request["path"] == line["path"]);
                let mut found = exchange(schema, method, &path, status, &line["body"]);
                verdict.responses += 1;
                match request {
                    None => found.push("answers no request".to_owned()),
                    Some(request) if strictness == Strictness::All || (200..300).contains(&status) => {
                        verdict.requests += 1;
                        found.extend(asking(schema, method, &path, &request, strictness));
                    }
                    Some(_) => {}
                }
                let route = schema.template(&path).unwrap_or(path);
                found.into_iter().map(|complaint| format!("{method} {route} ({status}): {complaint}")).collect()
            }
            "event" => {
                verdict.events += 1;
                event(&line).into_iter().collect()
            }
            "frame_in" | "frame_out" => Vec::new(),
            other => vec![format!("a line of the direction {other:?}")],
        };
        for complaint in complaints {
            *verdict.complaints.entry(complaint).or_default() += 1;
        }
    }
    verdict
}

fn exchange(schema: &mut Schema, method: &str, path: &str, status: u16, body: &Value) -> Vec<String> {
    match schema.template(path) {
        None => vec!["is no path of Discord's".to_owned()],
        Some(template) => schema.response(method, &template, status, body),
    }
}

fn asking(schema: &mut Schema, method: &str, path: &str, request: &Value, strictness: Strictness) -> Vec<String> {
    let Some(template) = schema.template(path) else { return Vec::new() };
    let body = &request["body"];
    let files = request["files"].as_array().is_some_and(|files| !files.is_empty());
    let kind = Body::of(method, &template);
    let mut found = schema.request(method, &template, body);
    found.extend(complain(kind, body, files));
    if strictness == Strictness::All {
        found.extend(complain_of_house(kind, &template, body));
    }
    found
}

/// What twilight has against an event.
fn event(line: &Value) -> Option<String> {
    let frame = json!({"op": line["op"], "t": line["t"], "d": line["d"], "s": 1}).to_string();
    let kind = line["t"].as_str().unwrap_or("an event without a name");
    let Some(deserializer) = twilight_model::gateway::event::GatewayEventDeserializer::from_json(&frame) else {
        return Some(format!("{kind}: is no frame of the gateway"));
    };
    let mut json = serde_json::Deserializer::from_str(&frame);
    deserializer.deserialize(&mut json).err().map(|error| format!("{kind}: {error}"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Strictness, judge};
    use crate::discord_schema::Schema;

    fn complaints(lines: &[Value], strictness: Strictness, schema: &mut Schema) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.jsonl");
        let text: Vec<String> = lines.iter().map(Value::to_string).collect();
        std::fs::write(&path, text.join("\n")).unwrap();
        judge(&path, schema, strictness).complaints.into_keys().collect()
    }

    #[test]
    fn a_record_can_be_found_wanting() {
        let Some(mut schema) = Schema::found() else { return };
        let request = |method: &str, path: &str, body: Value| json!({"dir": "request", "method": method, "path": format!("/api/v10{path}"), "body": body});
        let response = |method: &str, path: &str, status: u16, body: Value| json!({"dir": "response", "method": method, "path": format!("/api/v10{path}"), "status": status, "body": body});
        let message = "/channels/5/messages/6";
        let unknown = json!({"message": "Unknown Message", "code": 10008});
        let answer = "/interactions/5/t/callback";
        let shout = json!({"type": 4, "data": {"content": "@everyone"}});
        for (lines, strictness, expected) in [
            (
                vec![request("GET", message, Value::Null), response("GET", message, 404, unknown.clone())],
                Strictness::All,
                "",
            ),
            (vec![response("GET", message, 404, unknown.clone())], Strictness::All, "answers no request"),
            (
                vec![request("GET", message, Value::Null), response("GET", message, 404, json!({"code": 1}))],
                Strictness::All,
                "required",
            ),
            (
                vec![request("GET", "/x", Value::Null), response("GET", "/x", 404, unknown.clone())],
                Strictness::All,
                "no path",
            ),
            (
                vec![
                    request("PATCH", message, json!({"content": "x".repeat(2001)})),
                    response("PATCH", message, 404, unknown.clone()),
                ],
                Strictness::Taken,
                "",
            ),
            (
                vec![request("POST", answer, shout.clone()), response("POST", answer, 204, Value::Null)],
                Strictness::Taken,
                "",
            ),
            (
                vec![request("POST", answer, shout), response("POST", answer, 204, Value::Null)],
                Strictness::All,
                "house",
            ),
            (
                vec![json!({"dir": "event", "op": 0, "t": "MESSAGE_DELETE", "d": {"id": "5"}})],
                Strictness::All,
                "MESSAGE_DELETE",
            ),
            (
                vec![json!({"dir": "event", "op": 0, "t": "MESSAGE_DELETE", "d": {"id": "5", "channel_id": "6"}})],
                Strictness::All,
                "",
            ),
            (vec![json!({"dir": "sideways"})], Strictness::All, "sideways"),
        ] {
            let found = complaints(&lines, strictness, &mut schema);
            match expected {
                "" => assert!(found.is_empty(), "{lines:?}: {found:?}"),
                _ => assert!(found.len() == 1 && found[0].contains(expected), "{expected}: {found:?}"),
            }
        }
    }
}
