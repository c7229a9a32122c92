//! What Discord's pages forbid and its published schema lets through, each rule with its page.
//!
//! Written apart from the stand-in's own rules (`src/sandbox/rules/`), so that one can find the other out.

use std::collections::BTreeSet;

use serde_json::Value;

/// Flag of a message laid out by components ("Message resource", message flags).
const COMPONENTS_V2: u64 = 1 << 15;

/// What a request's body is, by the operation it was sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// A new message.
    Message,
    /// A message in place of another; what is not said stays.
    Edit,
    /// An answer to an interaction.
    Callback,
    /// A list of commands.
    Commands,
    /// One command.
    Command,
    /// None of these.
    Other,
}

impl Body {
    /// What an operation takes.
    pub fn of(method: &str, template: &str) -> Self {
        let last = template.rsplit('/').next().unwrap_or_default();
        let is_webhook = template.starts_with("/webhooks/");
        match (method, last) {
            ("POST", "messages") => Self::Message,
            ("POST", "{webhook_token}") if is_webhook => Self::Message,
            ("PATCH", "{message_id}" | "@original") => Self::Edit,
            ("POST", "callback") => Self::Callback,
            ("PUT", "commands") => Self::Commands,
            ("POST", "commands") => Self::Command,
            _ => Self::Other,
        }
    }
}

/// Everything that a body does against Discord's pages. `files` tells whether files came with it.
pub fn complain(kind: Body, body: &Value, files: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    match kind {
        Body::Message => message(&mut wrong, body, !files),
        Body::Edit => message(&mut wrong, body, false),
        Body::Callback => callback(&mut wrong, body, files),
        Body::Commands => commands(&mut wrong, list(body)),
        Body::Command => command(&mut wrong, body),
        Body::Other => {}
    }
    wrong
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn chars(value: &Value) -> usize {
    text(value).chars().count()
}

fn refuse(wrong: &mut Vec<String>, is_wrong: bool, say: &str) {
    if is_wrong {
        wrong.push(say.to_owned());
    }
}

/// Things that stand twice.
fn twice<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut seen = BTreeSet::new();
    names.into_iter().find(|name| !seen.insert(*name)).map(str::to_owned)
}

/// "Receiving and responding", interaction callback type.
fn callback(wrong: &mut Vec<String>, body: &Value, files: bool) {
    let data = &body["data"];
    match body["type"].as_u64() {
        Some(4) => message(wrong, data, !files),
        Some(5 | 6) => refuse(wrong, data["content"].is_string(), "a deferred answer has no content yet"),
        Some(7) => message(wrong, data, false),
        Some(8) => {
            // "Application commands", option choice structure.
            for choice in list(&data["choices"]) {
                refuse(wrong, !(1..=100).contains(&chars(&choice["name"])), "a choice's name has 1 to 100 characters");
                refuse(wrong, chars(&choice["value"]) > 100, "a choice's value has at most 100 characters");
            }
        }
        Some(9) => modal(wrong, data),
        _ => wrong.push("an answer is of type 4 to 9".to_owned()),
    }
}

/// "Message resource", create message and its limitations.
fn message(wrong: &mut Vec<String>, body: &Value, must_say_something: bool) {
    let v2 = body["flags"].as_u64().unwrap_or(0) & COMPONENTS_V2 != 0;
    refuse(wrong, chars(&body["content"]) > 2000, "content has at most 2000 characters");
    refuse(
        wrong,
        v2 && (body["content"].is_string() || body["embeds"].is_array()),
        "components v2 go without content and embeds",
    );
    let said = !text(&body["content"]).trim().is_empty()
        || ["embeds", "components", "sticker_ids", "attachments"].iter().any(|part| !list(&body[*part]).is_empty())
        || body["poll"].is_object()
        || body["message_reference"]["type"] == 1;
    refuse(wrong, must_say_something && !said, "an empty message cannot be sent");
    refuse(wrong, body["enforce_nonce"] == true && body["nonce"].is_null(), "a nonce is enforced and not given");
    embeds(wrong, list(&body["embeds"]));
    mentions(wrong, &body["allowed_mentions"]);
    poll(wrong, &body["poll"]);
    components(wrong, list(&body["components"]), v2);
}

/// "Message resource", embed limits.
fn embeds(wrong: &mut Vec<String>, embeds: &[Value]) {
    let size = |embed: &Value| {
        let fields: usize =
            list(&embed["fields"]).iter().map(|field| chars(&field["name"]) + chars(&field["value"])).sum();
        chars(&embed["title"])
            + chars(&embed["description"])
            + chars(&embed["footer"]["text"])
            + chars(&embed["author"]["name"])
            + fields
    };
    refuse(wrong, embeds.iter().map(size).sum::<usize>() > 6000, "embeds have at most 6000 characters together");
}

/// "Message resource", allowed mentions object.
fn mentions(wrong: &mut Vec<String>, rules: &Value) {
    for kind in ["users", "roles"] {
        let both = list(&rules["parse"]).iter().any(|parse| parse == kind) && !list(&rules[kind]).is_empty();
        refuse(wrong, both, "allowed_mentions names a kind both in parse and in a list");
        refuse(wrong, list(&rules[kind]).len() > 100, "allowed_mentions lists at most 100");
    }
}

/// "Poll resource", poll media object.
fn poll(wrong: &mut Vec<String>, poll: &Value) {
    refuse(wrong, chars(&poll["question"]["text"]) > 300, "a poll's question has at most 300 characters");
    let long = list(&poll["answers"]).iter().any(|answer| chars(&answer["poll_media"]["text"]) > 55);
    refuse(wrong, long, "a poll's answer has at most 55 characters");
}

/// "Component reference".
fn components(wrong: &mut Vec<String>, rows: &[Value], v2: bool) {
    refuse(wrong, !v2 && rows.len() > 5, "a message has at most 5 rows");
    refuse(wrong, !v2 && rows.iter().any(|row| row["type"] != 1), "without components v2 a message has rows only");
    let mut all = Vec::new();
    for row in rows {
        gather(row, &mut all);
    }
    refuse(wrong, v2 && all.len() > 40, "a message has at most 40 components");
    let ids = all.iter().filter_map(|component| component["custom_id"].as_str());
    if let Some(id) = twice(ids) {
        wrong.push(format!("custom id {id:?} stands twice"));
    }
    for component in all {
        match component["type"].as_u64() {
            Some(1) => {
                let inside = list(&component["components"]);
                let select = inside.iter().any(|one| matches!(one["type"].as_u64(), Some(3 | 5..=8)));
                refuse(wrong, select && inside.len() > 1, "a select stands alone in its row");
            }
            Some(2) => button(wrong, component),
            Some(3 | 5..=8) => select(wrong, component),
            _ => {}
        }
    }
}

fn gather<'a>(component: &'a Value, all: &mut Vec<&'a Value>) {
    all.push(component);
    for inner in list(&component["components"]) {
        gather(inner, all);
    }
    if component["accessory"].is_object() {
        gather(&component["accessory"], all);
    }
}

fn button(wrong: &mut Vec<String>, button: &Value) {
    let (has_id, has_url) = (button["custom_id"].is_string(), button["url"].is_string());
    match button["style"].as_u64() {
        Some(5) => refuse(wrong, has_id || !has_url, "a link button has a url and no custom id"),
        Some(6) => refuse(wrong, !button["sku_id"].is_string(), "a premium button has a sku"),
        _ => refuse(wrong, !has_id || has_url, "a button has a custom id and no url"),
    }
    let bare = chars(&button["label"]) == 0 && button["emoji"].is_null() && button["style"] != 6;
    refuse(wrong, bare, "a button has a label or an emoji");
    refuse(wrong, chars(&button["label"]) > 80, "a button's label has at most 80 characters");
}

fn select(wrong: &mut Vec<String>, select: &Value) {
    let options = list(&select["options"]);
    let (min, max) = (select["min_values"].as_u64().unwrap_or(1), select["max_values"].as_u64().unwrap_or(1));
    refuse(wrong, min > max, "a select's least is at most its most");
    if select["type"] == 3 {
        refuse(wrong, options.is_empty(), "a string select has options");
        refuse(wrong, max > options.len() as u64, "a select takes no more than it offers");
        let chosen = options.iter().filter(|option| option["default"] == true).count() as u64;
        refuse(wrong, chosen > max, "a select has no more defaults than it takes");
    }
    if let Some(value) = twice(options.iter().filter_map(|option| option["value"].as_str())) {
        wrong.push(format!("a select offers {value:?} twice"));
    }
}

/// "Receiving and responding", modal; "Component reference", text input.
fn modal(wrong: &mut Vec<String>, data: &Value) {
    let rows = list(&data["components"]);
    refuse(wrong, rows.len() > 5, "a form has at most 5 components");
    let mut inputs = Vec::new();
    for row in rows {
        let inside = list(&row["components"]);
        match row["type"].as_u64() {
            Some(1) => {
                refuse(wrong, inside.len() != 1 || inside[0]["type"] != 4, "a form's row has one text input");
                let unlabelled = inside.iter().any(|input| chars(&input["label"]) == 0);
                refuse(wrong, unlabelled, "a text input in a row has a label");
                inputs.extend(inside);
            }
            Some(18) => inputs.push(&row["component"]),
            Some(10) => {}
            _ => wrong.push("a form has rows, labels and texts only".to_owned()),
        }
    }
    if let Some(id) = twice(inputs.iter().filter_map(|input| input["custom_id"].as_str())) {
        wrong.push(format!("custom id {id:?} stands twice"));
    }
    for input in inputs.into_iter().filter(|input| input["type"] == 4) {
        let (min, max) = (input["min_length"].as_u64().unwrap_or(0), input["max_length"].as_u64().unwrap_or(4000));
        refuse(wrong, min > max, "a text input's least is at most its most");
        let given = chars(&input["value"]) as u64;
        refuse(wrong, given > max, "a text input's value is within its length");
    }
}

/// "Application commands", limits.
fn commands(wrong: &mut Vec<String>, commands: &[Value]) {
    for one in commands {
        command(wrong, one);
    }
    let of = |kind: u64| commands.iter().filter(move |one| one["type"].as_u64().unwrap_or(1) == kind);
    for (kind, most) in [(1, 100), (2, 15), (3, 15)] {
        refuse(wrong, of(kind).count() > most, "too many commands of one kind");
        if let Some(name) = twice(of(kind).map(|one| text(&one["name"]))) {
            wrong.push(format!("two commands are named {name:?}"));
        }
    }
}

/// "Application commands", naming, structure.
fn command(wrong: &mut Vec<String>, command: &Value) {
    if command["type"].as_u64().unwrap_or(1) == 1 {
        refuse(wrong, !is_name(text(&command["name"])), "a slash command's name is small letters, digits, - and _");
        refuse(wrong, !(1..=100).contains(&chars(&command["description"])), "a slash command has a description");
        options(wrong, list(&command["options"]));
        refuse(wrong, size(command) > 8000, "a command has at most 8000 characters in all");
    } else {
        refuse(wrong, chars(&command["description"]) > 0, "only slash commands have a description");
        refuse(wrong, !list(&command["options"]).is_empty(), "only slash commands have options");
    }
}

fn is_name(name: &str) -> bool {
    let fits = |letter: char| matches!(letter, '-' | '_' | '\'') || letter.is_alphanumeric();
    (1..=32).contains(&name.chars().count()) && name.chars().all(fits) && name.to_lowercase() == name
}

fn size(part: &Value) -> usize {
    let choices: usize =
        list(&part["choices"]).iter().map(|choice| chars(&choice["name"]) + chars(&choice["value"])).sum();
    chars(&part["name"])
        + chars(&part["description"])
        + choices
        + list(&part["options"]).iter().map(size).sum::<usize>()
}

fn options(wrong: &mut Vec<String>, all: &[Value]) {
    if let Some(name) = twice(all.iter().map(|option| text(&option["name"]))) {
        wrong.push(format!("two options are named {name:?}"));
    }
    let nested = all.iter().filter(|option| matches!(option["type"].as_u64(), Some(1 | 2))).count();
    refuse(wrong, nested > 0 && nested < all.len(), "subcommands and plain options do not mix");
    let optional = all.iter().position(|option| option["required"] != true);
    let late = optional.is_some_and(|at| all[at..].iter().any(|option| option["required"] == true));
    refuse(wrong, late, "required options come first");
    for option in all {
        refuse(wrong, !is_name(text(&option["name"])), "an option's name is small letters, digits, - and _");
        refuse(wrong, !(1..=100).contains(&chars(&option["description"])), "an option has a description");
        let choices = list(&option["choices"]);
        refuse(wrong, option["autocomplete"] == true && !choices.is_empty(), "choices and autocomplete do not mix");
        refuse(
            wrong,
            choices.iter().any(|choice| chars(&choice["value"]) > 100),
            "a choice's value has at most 100 characters",
        );
        options(wrong, list(&option["options"]));
    }
}

/// Our own rules on top: nobody is mentioned by accident, and a post that is sent twice arrives once.
pub fn complain_of_house(kind: Body, template: &str, body: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let data = if kind == Body::Callback { &body["data"] } else { body };
    let shows = match kind {
        Body::Message | Body::Edit => ["content", "embeds", "components"].iter().any(|part| !data[*part].is_null()),
        Body::Callback => matches!(body["type"].as_u64(), Some(4 | 7)) && !data.is_null(),
        _ => false,
    };
    let quiet = data["allowed_mentions"]["parse"].as_array().is_some_and(Vec::is_empty);
    refuse(&mut wrong, shows && !quiet, "house: allowed_mentions.parse is empty in every message");
    let is_post = kind == Body::Message && template.starts_with("/channels/");
    refuse(
        &mut wrong,
        is_post && (body["nonce"].is_null() || body["enforce_nonce"] != true),
        "house: every post has an enforced nonce",
    );
    wrong
}
