//! Limits of application commands ("Application commands").

use std::collections::HashSet;

use serde_json::Value;

use super::{given, items};
use crate::sandbox::error::{ApiError, Problems};

/// Command types.
pub(crate) const CHAT_INPUT: u64 = 1;
pub(crate) const MESSAGE: u64 = 3;
/// Option types.
pub(crate) const SUBCOMMAND: u64 = 1;
pub(crate) const GROUP: u64 = 2;

const CHARS_TOTAL_MAX: usize = 8000;

/// Checks a whole list of commands (bulk overwrite).
pub(crate) fn check_all(list: &[Value]) -> Result<(), ApiError> {
    let mut problems = Problems::default();
    let mut seen = HashSet::new();
    let mut counts = [0_usize; 4];
    for (n, command) in list.iter().enumerate() {
        check(&mut problems, &n.to_string(), command);
        let kind = kind(command);
        if let Some(count) = usize::try_from(kind).ok().and_then(|kind| counts.get_mut(kind)) {
            *count += 1;
        }
        if !seen.insert((kind, command["name"].as_str().unwrap_or_default())) {
            problems.add(
                &format!("{n}.name"),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            );
        }
    }
    if counts[1] > 100 || counts[2] > 15 || counts[3] > 15 {
        problems.add("", "BASE_TYPE_MAX_LENGTH", "At most 100 slash commands, 15 user and 15 message commands.");
    }
    problems.finish()
}

/// A command's type; slash command if not given.
pub(crate) fn kind(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(CHAT_INPUT)
}

/// Checks one command.
pub(crate) fn check(problems: &mut Problems, at: &str, command: &Value) {
    problems.only(
        at,
        command,
        "id name name_localizations description description_localizations options \
         default_member_permissions dm_permission contexts integration_types handler type \
         nsfw",
    );
    let name = command["name"].as_str().unwrap_or_default();
    if kind(command) == CHAT_INPUT {
        slash_name(problems, &dot(at, "name"), name);
        localized_names(problems, at, command, true);
        description(problems, at, command);
        options(problems, at, &command["options"], 0);
    } else {
        problems.length(&dot(at, "name"), name, 1, 32);
        localized_names(problems, at, command, false);
        if command["description"].as_str().is_some_and(|text| !text.is_empty()) {
            let say = "Context menu commands cannot have description";
            problems.add(&dot(at, "description"), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED", say);
        }
        if !items(&command["options"]).is_empty() {
            let say = "Context menu commands cannot have options";
            problems.add(&dot(at, "options"), "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_ALLOWED", say);
        }
    }
    if chars(command) > CHARS_TOTAL_MAX {
        let say = format!("Command exceeds maximum size ({CHARS_TOTAL_MAX})");
        problems.add(at, "APPLICATION_COMMAND_TOO_LARGE", say);
    }
}

fn dot(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") }
}

/// `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`, lower case where there is one. The two scripts are
/// let in by their blocks, for their vowel signs are neither letters nor numbers.
fn slash_name(problems: &mut Problems, at: &str, name: &str) {
    let fits = |c: char| {
        c.is_alphanumeric()
            || "-_'".contains(c)
            || ('\u{900}'..='\u{97f}').contains(&c)
            || ('\u{e00}'..='\u{e7f}').contains(&c)
    };
    let count = name.chars().count();
    let lower = name.to_lowercase() == name;
    if !(1..=32).contains(&count) || !name.chars().all(fits) || !lower {
        problems.add(at, "STRING_TYPE_REGEX", "String value did not match validation regex.");
    }
}

fn localized_names(problems: &mut Problems, at: &str, thing: &Value, slash: bool) {
    let Value::Object(names) = &thing["name_localizations"] else {
        return;
    };
    for (locale, name) in names {
        let at = dot(at, &format!("name_localizations.{locale}"));
        match name.as_str() {
            Some(name) if slash => slash_name(problems, &at, name),
            Some(name) => problems.length(&at, name, 1, 32),
            None => {}
        }
    }
}

fn description(problems: &mut Problems, at: &str, thing: &Value) {
    problems.length(&dot(at, "description"), thing["description"].as_str().unwrap_or_default(), 1, 100);
    if let Value::Object(texts) = &thing["description_localizations"] {
        for (locale, text) in texts {
            let at = dot(at, &format!("description_localizations.{locale}"));
            problems.length(&at, text.as_str().unwrap_or_default(), 1, 100);
        }
    }
}

fn options(problems: &mut Problems, at: &str, list: &Value, depth: u8) {
    let list_at = dot(at, "options");
    problems.count(&list_at, items(list).len(), 0, 25);
    let (mut seen, mut optional) = (HashSet::new(), false);
    let nested = |option: &Value| matches!(option["type"].as_u64(), Some(SUBCOMMAND | GROUP));
    if items(list).iter().any(nested) && !items(list).iter().all(nested) {
        problems.add(
            &list_at,
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group options cannot be mixed with others",
        );
    }
    for (n, option) in items(list).iter().enumerate() {
        let at = format!("{list_at}.{n}");
        if !seen.insert(option["name"].as_str().unwrap_or_default()) {
            problems.add(&at, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option name is already used in this list");
        }
        if option["required"] == true && optional {
            problems.add(
                &at,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            );
        }
        optional |= option["required"] != true;
        check_option(problems, &at, option, depth);
    }
}

fn check_option(problems: &mut Problems, at: &str, option: &Value, depth: u8) {
    problems.only(
        at,
        option,
        "type name name_localizations description description_localizations required \
         choices options channel_types min_value max_value min_length max_length \
         autocomplete",
    );
    slash_name(problems, &dot(at, "name"), option["name"].as_str().unwrap_or_default());
    localized_names(problems, at, option, true);
    description(problems, at, option);
    match option["type"].as_u64() {
        Some(GROUP) if depth > 0 => {
            problems.add(&dot(at, "type"), "BASE_TYPE_CHOICES", "A group cannot stand in a group.");
        }
        Some(SUBCOMMAND) if depth > 1 => problems.add(&dot(at, "type"), "BASE_TYPE_CHOICES", "Nested too deep."),
        Some(SUBCOMMAND) => options(problems, at, &option["options"], 2),
        Some(GROUP) => options(problems, at, &option["options"], 1),
        Some(3..=11) => {}
        _ => problems.add(&dot(at, "type"), "BASE_TYPE_CHOICES", "Value must be one of 1 to 11."),
    }
    choices(problems, at, option);
    let lengths = [("min_length", 0), ("max_length", 1)];
    for (name, least) in lengths.iter().filter(|(name, _)| given(&option[*name])) {
        if !option[*name].as_u64().is_some_and(|value| (*least..=6000).contains(&value)) {
            let say = format!("int value should be between {least} and 6000.");
            problems.add(&dot(at, name), "NUMBER_TYPE_MAX", say);
        }
    }
}

fn choices(problems: &mut Problems, at: &str, option: &Value) {
    let choices = items(&option["choices"]);
    if option["autocomplete"] == true && !choices.is_empty() {
        problems.add(
            at,
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
            "Autocomplete and choices exclude each other",
        );
    }
    problems.count(&dot(at, "choices"), choices.len(), 0, 25);
    for (n, choice) in choices.iter().enumerate() {
        check_choice(problems, &dot(at, &format!("choices.{n}")), choice);
    }
}

/// Checks a choice, of an option or of an autocompletion: name and value 1-100.
pub(crate) fn check_choice(problems: &mut Problems, at: &str, choice: &Value) {
    problems.only(at, choice, "name name_localizations value");
    problems.length(&dot(at, "name"), choice["name"].as_str().unwrap_or_default(), 1, 100);
    match &choice["value"] {
        Value::String(text) => problems.length(&dot(at, "value"), text, 0, 100),
        Value::Number(_) => {}
        _ => problems.add(&dot(at, "value"), "BASE_TYPE_REQUIRED", "This field is required"),
    }
}

/// Characters Discord counts: names, descriptions and values of a command and all inside it, each in
/// its longest language.
fn chars(thing: &Value) -> usize {
    let longest = |name: &str, locales: &str| {
        let own = thing[name].as_str().map_or(0, |text| text.chars().count());
        let others = thing[locales].as_object().into_iter().flat_map(|map| map.values());
        others.filter_map(Value::as_str).map(|text| text.chars().count()).fold(own, usize::max)
    };
    let value = thing["value"].as_str().map_or(0, |text| text.chars().count());
    let inside = ["options", "choices"].iter().flat_map(|list| items(&thing[*list])).map(chars).sum::<usize>();
    longest("name", "name_localizations") + longest("description", "description_localizations") + value + inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_pattern() {
        let check = |name: &str, good: bool| {
            let mut problems = Problems::default();
            slash_name(&mut problems, "name", name);
            assert_eq!(problems.is_empty(), good, "{name}");
        };
        check("groundwork", true);
        check("bon-travail_2", true);
        check("नमस्ते", true);
        check("Upper", false);
        check("two words", false);
        check("", false);
    }
}
