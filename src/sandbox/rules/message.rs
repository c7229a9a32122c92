//! Limits of a message ("Message resource": create message, embed limits, allowed mentions object).

use serde_json::{Value, json};

use super::{components, given, items};
use crate::sandbox::error::{ApiError, Problems};
use crate::sandbox::message::COMPONENTS_V2;
use crate::sandbox::poll;

/// Which request carries the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// POST to a channel.
    Create,
    /// PATCH of a message in a channel.
    Edit,
    /// The first answer to an interaction, or a followup.
    Answer,
    /// PATCH of an answer, or type 7.
    AnswerEdit,
}

/// Fields of a message, in whichever request. Clients send all of them everywhere (discord.js puts
/// `enforce_nonce` into answers and edits) and Discord takes those that have no meaning there.
const KNOWN: &str = "content embeds allowed_mentions sticker_ids components flags attachments poll \
    message_reference nonce enforce_nonce tts";

const CONTENT_CHARS_MAX: usize = 2000;
const EMBEDS_MAX: usize = 10;
const EMBED_CHARS_TOTAL_MAX: usize = 6000;
/// Files of one message.
pub(crate) const FILES_MAX: usize = 10;
const ALT_CHARS_MAX: usize = 1024;

/// Checks a message body. `files` is the number of uploaded files.
pub(crate) fn check(body: &Value, files: usize) -> Result<(), ApiError> {
    let mut problems = Problems::default();
    problems.only("", body, KNOWN);
    if let Some(content) = body["content"].as_str() {
        problems.length("content", content, 0, CONTENT_CHARS_MAX);
    } else if given(&body["content"]) {
        problems.add("content", "BASE_TYPE_BAD_STRING", "Could not interpret as string.");
    }
    embeds(&mut problems, &body["embeds"]);
    let v2 = body["flags"].as_u64().unwrap_or(0) & COMPONENTS_V2 != 0;
    if v2 && (body["content"].as_str().is_some_and(|text| !text.is_empty()) || !items(&body["embeds"]).is_empty()) {
        problems.add(
            "flags",
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            "No content or embeds with this flag.",
        );
    }
    components::check(&mut problems, &body["components"], v2);
    if v2 && given(&body["poll"]) {
        problems.add("flags", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "No poll with this flag.");
    }
    poll::check(&mut problems, &body["poll"]);
    mentions(&mut problems, &body["allowed_mentions"]);
    attachments(&mut problems, &body["attachments"], files);
    nonce(&mut problems, body);
    problems.finish()
}

fn embeds(problems: &mut Problems, list: &Value) {
    problems.count("embeds", items(list).len(), 0, EMBEDS_MAX);
    let mut total = 0;
    for (n, embed) in items(list).iter().enumerate() {
        let at = format!("embeds.{n}");
        problems.only(
            &at,
            embed,
            "type url title color timestamp description author image thumbnail footer \
             fields provider video flags",
        );
        let mut part = |path: String, text: &Value, min: usize, max: usize| {
            if let Some(text) = text.as_str() {
                total += text.trim().chars().count();
                problems.length(&path, text.trim(), min, max);
            } else if min > 0 {
                problems.add(&path, "BASE_TYPE_REQUIRED", "This field is required");
            }
        };
        part(format!("{at}.title"), &embed["title"], 0, 256);
        part(format!("{at}.description"), &embed["description"], 0, 4096);
        if given(&embed["footer"]) {
            part(format!("{at}.footer.text"), &embed["footer"]["text"], 1, 2048);
        }
        if given(&embed["author"]) {
            part(format!("{at}.author.name"), &embed["author"]["name"], 1, 256);
        }
        for (k, field) in items(&embed["fields"]).iter().enumerate() {
            part(format!("{at}.fields.{k}.name"), &field["name"], 1, 256);
            part(format!("{at}.fields.{k}.value"), &field["value"], 1, 1024);
        }
        problems.count(&format!("{at}.fields"), items(&embed["fields"]).len(), 0, 25);
    }
    if total > EMBED_CHARS_TOTAL_MAX {
        problems.add(
            "embeds",
            "MAX_EMBED_SIZE_EXCEEDED",
            format!("Embed size exceeds maximum size of {EMBED_CHARS_TOTAL_MAX}"),
        );
    }
}

fn mentions(problems: &mut Problems, rules: &Value) {
    if !given(rules) {
        return;
    }
    problems.only("allowed_mentions", rules, "parse users roles replied_user");
    for kind in ["users", "roles"] {
        let listed = items(&rules[kind]).len();
        problems.count(&format!("allowed_mentions.{kind}"), listed, 0, 100);
        if listed > 0 && items(&rules["parse"]).iter().any(|parse| parse == kind) {
            let say = format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            problems.add("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", say);
        }
    }
    for (n, parse) in items(&rules["parse"]).iter().enumerate() {
        if !["users", "roles", "everyone"].iter().any(|kind| parse == kind) {
            let say = "Value must be one of ('users', 'roles', 'everyone').";
            problems.add(&format!("allowed_mentions.parse.{n}"), "BASE_TYPE_CHOICES", say);
        }
    }
}

fn attachments(problems: &mut Problems, list: &Value, files: usize) {
    let described = items(list).len();
    if files.max(described) > FILES_MAX {
        problems.add("attachments", "BASE_TYPE_MAX_LENGTH", format!("Must be {FILES_MAX} or fewer in length."));
    }
    for (n, attachment) in items(list).iter().enumerate() {
        let at = format!("attachments.{n}");
        if !given(&attachment["id"]) {
            problems.add(&format!("{at}.id"), "BASE_TYPE_REQUIRED", "This field is required");
        }
        if let Some(alt) = attachment["description"].as_str() {
            problems.length(&format!("{at}.description"), alt, 0, ALT_CHARS_MAX);
        }
    }
}

fn nonce(problems: &mut Problems, body: &Value) {
    match &body["nonce"] {
        Value::Null => {
            if body["enforce_nonce"] == true {
                problems.add("nonce", "BASE_TYPE_REQUIRED", "This field is required");
            }
        }
        Value::String(text) => problems.length("nonce", text, 0, 25),
        Value::Number(_) => {}
        _ => problems.add("nonce", "BASE_TYPE_BAD_STRING", "Could not interpret as string or integer."),
    }
}

/// An embed as Discord gives it back: of type `rich`, without nulls, every field with its `inline`.
pub(crate) fn settle_embed(embed: &Value) -> Value {
    let mut embed = without_nulls(embed);
    embed["type"] = json!("rich");
    if let Some(fields) = embed["fields"].as_array_mut() {
        for field in fields {
            let inline = field["inline"].as_bool().unwrap_or(false);
            field["inline"] = json!(inline);
        }
    } else {
        embed.as_object_mut().map(|fields| fields.remove("fields"));
    }
    embed
}

/// A copy without null fields, at any depth.
pub(crate) fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            fields.iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k.clone(), without_nulls(v))).collect()
        }
        Value::Array(list) => list.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}
