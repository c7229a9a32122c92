//! An oracle that is not ours: Discord's published description of its REST API (OpenAPI 3.1, MIT).
//!
//! It says of a request or a response whether it fits its operation. Where the description and Discord's
//! own pages differ, the pages are right and the description is humoured: see [`normalise`].

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// The parts of an operation that have a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Request,
    /// The same, with every property that no schema names refused.
    StrictRequest,
    Response(u16),
}

type Key = (String, String, Part);

/// The description, with validators made when they are first needed.
pub struct Schema {
    whole: Value,
    strict: Value,
    ready: BTreeMap<Key, Option<jsonschema::Validator>>,
}

impl Schema {
    /// The description that `JOINTPATH_OPENAPI` names, or the one that lies beside the checkout. It is not
    /// ours to ship: where there is none, this says what is left out.
    pub fn found() -> Option<Self> {
        let named = std::env::var_os("JOINTPATH_OPENAPI").map(PathBuf::from);
        let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/discord-openapi.json");
        if let Some(path) = named.or_else(|| beside.exists().then_some(beside)) {
            return Some(Self::of(&path));
        }
        // Past the test harness, which would keep it to itself.
        let _ = writeln!(std::io::stderr(), "left out: JOINTPATH_OPENAPI names no description of Discord's API");
        None
    }

    /// A description from a file.
    pub fn of(path: &Path) -> Self {
        let whole: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let mut strict = whole["components"].clone();
        refuse_unnamed(&mut strict);
        Self { whole, strict, ready: BTreeMap::new() }
    }

    /// The operation's path with its slots, for a path that was called; plain parts win over slots.
    pub fn template(&self, path: &str) -> Option<String> {
        let parts: Vec<&str> = path.split('/').collect();
        let fits = |template: &&String| {
            let slots: Vec<&str> = template.split('/').collect();
            slots.len() == parts.len()
                && slots.iter().zip(&parts).all(|(slot, part)| slot.starts_with('{') || slot == part)
        };
        let all = self.whole["paths"].as_object().unwrap().keys();
        all.filter(fits).min_by_key(|template| template.matches('{').count()).cloned()
    }

    /// What is wrong with the body of a request.
    pub fn request(&mut self, method: &str, template: &str, body: &Value) -> Vec<String> {
        let operation = &self.whole["paths"][template][method.to_lowercase()];
        if operation.is_null() {
            return vec![format!("Discord has no {method} here")];
        }
        let (takes, needs) = (!operation["requestBody"].is_null(), operation["requestBody"]["required"] == true);
        match (body.is_null(), takes) {
            (true, true) if needs => return vec!["a body is required".to_owned()],
            (false, false) if *body != json!({}) => return vec!["no body is taken".to_owned()],
            (true, _) | (false, false) => return Vec::new(),
            (false, true) => {}
        }
        let body = normalise(body);
        let wrong = self.validate((template.to_owned(), method.to_owned(), Part::Request), &body);
        if !wrong.is_empty() {
            return wrong;
        }
        let unnamed = self.validate((template.to_owned(), method.to_owned(), Part::StrictRequest), &body);
        unnamed.into_iter().map(|wrong| format!("a property that the schema does not name: {wrong}")).collect()
    }

    /// What is wrong with a response; nothing if the schema is silent about it.
    pub fn response(&mut self, method: &str, template: &str, status: u16, body: &Value) -> Vec<String> {
        let mut body = body.clone();
        if let Some(tree) = body.get_mut("errors") {
            number_codes(tree);
        }
        self.validate((template.to_owned(), method.to_owned(), Part::Response(status)), &body)
    }

    fn validate(&mut self, key: Key, body: &Value) -> Vec<String> {
        if !self.ready.contains_key(&key) {
            let made = self.validator(&key);
            self.ready.insert(key.clone(), made);
        }
        let Some(validator) = &self.ready[&key] else { return Vec::new() };
        let errors = validator.iter_errors(body);
        errors
            .map(|error| format!("{} at {:?}", short(&error.to_string()), error.instance_path().to_string()))
            .collect()
    }

    fn validator(&self, (template, method, part): &Key) -> Option<jsonschema::Validator> {
        let operation = &self.whole["paths"][template][method.to_lowercase()];
        let found = match part {
            Part::Request | Part::StrictRequest => &operation["requestBody"],
            Part::Response(status) => {
                let class = format!("{}XX", status / 100);
                [status.to_string(), class].iter().find_map(|key| operation["responses"].get(key))?
            }
        };
        let found = match found["$ref"].as_str() {
            Some(reference) => self.whole.pointer(reference.trim_start_matches('#')).unwrap(),
            None => found,
        };
        let mut schema = found["content"]["application/json"].get("schema")?.clone();
        let strict = *part == Part::StrictRequest;
        if strict {
            refuse_unnamed(&mut schema);
        }
        let components = if strict { &self.strict } else { &self.whole["components"] };
        let whole = json!({"allOf": [schema], "components": components});
        Some(jsonschema::draft202012::new(&whole).unwrap())
    }
}

fn short(text: &str) -> String {
    const CHARS_MAX: usize = 300;
    match text.char_indices().nth(CHARS_MAX) {
        Some((at, _)) => format!(
            "{}…{}",
            &text[..at],
            text.rsplit(" is not ").next().filter(|end| end.len() < CHARS_MAX).unwrap_or("")
        ),
        None => text.to_owned(),
    }
}

/// Has every object that names its properties refuse all others.
fn refuse_unnamed(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            let names = fields.get("properties").is_some_and(Value::is_object) && fields.get("type").is_some();
            fields.values_mut().for_each(refuse_unnamed);
            if names && !fields.contains_key("additionalProperties") {
                fields.insert("unevaluatedProperties".into(), json!(false));
            }
        }
        Value::Array(list) => list.iter_mut().for_each(refuse_unnamed),
        _ => {}
    }
}

/// Fields of one structure on Discord's page ("Application commands", option structure), which the schema
/// parts by type. serenity sends all of them; those that hold nothing say nothing.
const OPTION_FIELDS: [&str; 9] = [
    "autocomplete",
    "channel_types",
    "choices",
    "max_length",
    "max_value",
    "min_length",
    "min_value",
    "options",
    "required",
];

/// Three things that Discord takes and its schema does not: an attachment's id as a number ("Message",
/// attachment structure: "snowflake or number"), `default_member_permissions` as a string ("Application
/// Commands": "bit set"), and a command's option with the empty fields of other types.
fn normalise(body: &Value) -> Value {
    match body {
        Value::Object(fields) => {
            let renew = |(name, value): (&String, &Value)| {
                let value = match (name.as_str(), value) {
                    ("attachments", Value::Array(list)) => list.iter().map(attachment).collect(),
                    ("options", Value::Array(list)) => list.iter().map(|one| normalise(&option(one))).collect(),
                    ("default_member_permissions", Value::String(bits)) => {
                        bits.parse::<u64>().map_or(value.clone(), Value::from)
                    }
                    _ => normalise(value),
                };
                (name.clone(), value)
            };
            fields.iter().map(renew).collect()
        }
        Value::Array(list) => list.iter().map(normalise).collect(),
        other => other.clone(),
    }
}

fn option(option: &Value) -> Value {
    let holds_nothing = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(list) => list.is_empty(),
        _ => false,
    };
    let Some(fields) = option.as_object() else { return option.clone() };
    let kept = fields.iter().filter(|(name, value)| !(OPTION_FIELDS.contains(&name.as_str()) && holds_nothing(value)));
    kept.map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn attachment(described: &Value) -> Value {
    let mut described = described.clone();
    if described["id"].is_u64() {
        described["id"] = json!(described["id"].to_string());
    }
    described
}

/// The schema wants numbers as codes in the `errors` tree; Discord's own page ("Reference", error
/// messages) shows words such as `BASE_TYPE_CHOICES`.
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Schema;

    const MESSAGES: &str = "/channels/{channel_id}/messages";
    const COMMANDS: &str = "/applications/{application_id}/commands";
    const CALLBACK: &str = "/interactions/{interaction_id}/{interaction_token}/callback";

    #[test]
    fn paths_find_their_operation() {
        let Some(schema) = Schema::found() else { return };
        for (path, expected) in [
            ("/channels/5/messages", Some(MESSAGES)),
            ("/webhooks/5/t/messages/@original", Some("/webhooks/{webhook_id}/{webhook_token}/messages/@original")),
            ("/teleport", None),
        ] {
            assert_eq!(schema.template(path).as_deref(), expected);
        }
    }

    #[test]
    fn requests_are_judged() {
        let Some(mut schema) = Schema::found() else { return };
        let button = json!({"type": 2, "style": 1, "label": "A", "custom_id": "a"});
        let row = |inside: Vec<Value>| json!({"components": [{"type": 1, "components": inside}]});
        let option = |more: Value| {
            let mut option = json!({"type": 1, "name": "b", "description": "B"});
            option.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            json!([{"name": "a", "description": "A", "options": [option]}])
        };
        for (method, template, body, expected) in [
            ("POST", MESSAGES, json!({"content": "hello"}), 0),
            ("POST", MESSAGES, row(vec![button.clone()]), 0),
            ("POST", MESSAGES, row(vec![button; 6]), 1),
            ("POST", MESSAGES, json!({"content": "hello", "contents": "x"}), 1),
            ("POST", MESSAGES, json!({"content": "a", "attachments": [{"id": 0, "filename": "a.png"}]}), 0),
            ("POST", MESSAGES, Value::Null, 1),
            ("POST", MESSAGES, json!({"content": "a", "nonce": "x".repeat(26)}), 1),
            ("PUT", COMMANDS, json!([{"name": "a", "description": "b", "default_member_permissions": "32"}]), 0),
            ("PUT", COMMANDS, json!([{"name": "a", "descripton": "b"}]), 1),
            ("PUT", COMMANDS, option(json!({"choices": [], "max_length": null})), 0),
            ("PUT", COMMANDS, option(json!({"max_length": 5})), 1),
            ("PUT", COMMANDS, option(json!({"maxlength": null})), 1),
            ("POST", CALLBACK, json!({"type": 4, "data": {"content": "a", "flags": 64}}), 0),
            (
                "POST",
                CALLBACK,
                json!({"type": 9, "data": {"title": "x".repeat(46), "custom_id": "a", "components": []}}),
                1,
            ),
            ("GET", MESSAGES, json!({"content": "a"}), 1),
            ("PATCH", MESSAGES, json!({}), 1),
        ] {
            let wrong = schema.request(method, template, &body);
            assert_eq!(wrong.len(), expected, "{method} {template} {body}: {wrong:?}");
        }
    }

    #[test]
    fn responses_are_judged() {
        let Some(mut schema) = Schema::found() else { return };
        let message = "/channels/{channel_id}/messages/{message_id}";
        for (status, body, fits) in [
            (200, json!({"id": "5"}), false),
            (404, json!({"message": "no code"}), false),
            (404, json!({"message": "Unknown Message", "code": 10008}), true),
        ] {
            assert_eq!(schema.response("GET", message, status, &body).is_empty(), fits, "{body}");
        }
    }
}
