//! Discord's refusals: a status, a code, a sentence, and for forms a tree of problems.

use serde_json::{Map, Value, json};

/// An error answer of the REST interface.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ApiError {
    /// HTTP status.
    pub(crate) status: u16,
    /// Discord's error code ("Opcodes and status codes", JSON error codes).
    pub(crate) code: u32,
    /// The sentence that goes with it.
    pub(crate) message: String,
    /// The tree of an invalid form (50035).
    pub(crate) errors: Option<Value>,
}

impl ApiError {
    /// An error from the catalogue below.
    pub(crate) fn of(code: u32) -> Self {
        let (status, message) = sentence(code);
        Self { status, code, message: message.into(), errors: None }
    }

    /// The JSON body.
    pub(crate) fn body(&self) -> Value {
        let mut body = json!({"code": self.code, "message": self.message});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}

fn sentence(code: u32) -> (u16, &'static str) {
    match code {
        10002 => (404, "Unknown Application"),
        10003 => (404, "Unknown Channel"),
        10004 => (404, "Unknown Guild"),
        10007 => (404, "Unknown Member"),
        10008 => (404, "Unknown Message"),
        10011 => (404, "Unknown Role"),
        10013 => (404, "Unknown User"),
        10015 => (404, "Unknown Webhook"),
        10062 => (404, "Unknown interaction"),
        10063 => (404, "Unknown application command"),
        10070 => (404, "Unknown Guild Scheduled Event"),
        30003 => (400, "Maximum number of pins reached for the channel (250)"),
        30015 => (400, "Maximum number of attachments in a message reached (10)"),
        30033 => (400, "Maximum number of thread participants has been reached (1000)"),
        30038 => (400, "Maximum number of uncompleted guild scheduled events reached (100)"),
        40001 => (401, "Unauthorized"),
        40005 => (413, "Request entity too large"),
        40060 => (400, "Interaction has already been acknowledged."),
        50001 => (403, "Missing Access"),
        50003 => (403, "Cannot execute action on a DM channel"),
        50005 => (403, "Cannot edit a message authored by another user"),
        50006 => (400, "Cannot send an empty message"),
        50007 => (403, "Cannot send messages to this user"),
        50008 => (400, "Cannot send messages in a non-text channel"),
        50013 => (403, "Missing Permissions"),
        50019 => (400, "You can only pin messages in the same channel"),
        50021 => (403, "Cannot execute action on a system message"),
        50024 => (400, "Cannot execute action on this channel type"),
        50027 => (401, "Invalid Webhook Token"),
        50035 => (400, "Invalid Form Body"),
        50083 => (400, "Thread is archived"),
        50109 => (400, "The request body contains invalid JSON."),
        50278 => (403, "Cannot send messages to this user due to having no mutual guilds"),
        160_002 => (400, "You cannot reply without permission to read message history"),
        160_004 => (400, "A thread has already been created for this message"),
        160_005 => (400, "Thread is locked"),
        180_000 => (400, "Cannot update a finished event"),
        520_001 => (400, "Poll expired"),
        520_003 => (400, "Cannot edit a poll message"),
        520_006 => (400, "Cannot expire a non-poll message"),
        _ => (400, "Bad Request"),
    }
}

/// Gathers every problem of a form before refusing it, as Discord does.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    tree: Map<String, Value>,
}

impl Problems {
    /// Notes a problem at a dotted path such as `components.0.components.1.label`.
    pub(crate) fn add(&mut self, path: &str, code: &str, message: impl Into<String>) {
        let mut here = &mut self.tree;
        for part in path.split('.').filter(|part| !part.is_empty()) {
            let next = here.entry(part).or_insert_with(|| json!({}));
            let Value::Object(inside) = next else { return };
            here = inside;
        }
        let leaf = here.entry("_errors").or_insert_with(|| json!([]));
        if let Value::Array(list) = leaf {
            list.push(json!({"code": code, "message": message.into()}));
        }
    }

    /// A text must have `min..=max` characters (code points; Discord says only "characters").
    pub(crate) fn length(&mut self, path: &str, text: &str, min: usize, max: usize) {
        let count = text.chars().count();
        if count < min && min == 1 {
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
        } else if count < min || count > max {
            let (code, say) = if min == 0 {
                ("BASE_TYPE_MAX_LENGTH", format!("Must be {max} or fewer in length."))
            } else {
                ("BASE_TYPE_BAD_LENGTH", format!("Must be between {min} and {max} in length."))
            };
            self.add(path, code, say);
        }
    }

    /// A list must have `min..=max` items.
    pub(crate) fn count(&mut self, path: &str, count: usize, min: usize, max: usize) {
        if count < min || count > max {
            self.add(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {min} and {max} in length."));
        }
    }

    /// Refuses fields Discord does not know here. Discord ignores most of them; a stand-in that did
    /// the same would let a misspelt field pass every test. `known` names them, with spaces between.
    pub(crate) fn only(&mut self, path: &str, object: &Value, known: &str) {
        let Value::Object(fields) = object else {
            self.add(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
            return;
        };
        for name in fields.keys().filter(|name| !known.split(' ').any(|k| k == name.as_str())) {
            self.add(&format!("{path}.{name}"), "SANDBOX_UNKNOWN_FIELD", "Discord documents no such field here");
        }
    }

    /// Whether nothing was found so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.tree.is_empty()
    }

    /// The refusal (50035), if there was any problem.
    pub(crate) fn finish(self) -> Result<(), ApiError> {
        if self.is_empty() {
            return Ok(());
        }
        Err(ApiError { errors: Some(Value::Object(self.tree)), ..ApiError::of(50035) })
    }
}

/// A refusal with a single problem.
pub(crate) fn invalid(path: &str, code: &str, message: &str) -> ApiError {
    let mut problems = Problems::default();
    problems.add(path, code, message);
    ApiError { errors: Some(Value::Object(problems.tree)), ..ApiError::of(50035) }
}
