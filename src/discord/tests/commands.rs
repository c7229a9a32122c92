//! Commands: within Discord's limits, found again as they were registered, and all of them in words.

use std::collections::BTreeSet;

use serde_json::Value;

use super::limits::fits;
use super::{plan, words};
use crate::discord::commands::{self, Command, Shape};
use crate::discord::deeds::DEEDS;
use crate::discord::escape::length;
use crate::discord::limits::{COMMAND_CHARS_MAX, COMMANDS_MAX};
use crate::discord::screens::help;

#[test]
fn every_command_is_within_discords_limits() {
    let list = commands::list(plan(), words());
    assert!(list.len() <= COMMANDS_MAX);
    let mut names = BTreeSet::new();
    for command in &list {
        assert!(names.insert(command.name.clone()), "/{} stands twice", command.name);
        let mut json = serde_json::to_value(command.build()).unwrap();
        json["version"] = "1".into();
        if command.shape == Shape::OnMessage {
            json["description"] = "".into();
        }
        let known: twilight_model::application::command::Command =
            serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("/{}: {error}\n{json}", command.name));
        twilight_validate::command::command(&known).unwrap_or_else(|error| panic!("/{}: {error}", command.name));
        assert!(characters(&json) <= COMMAND_CHARS_MAX, "/{}: {}", command.name, characters(&json));
        for part in &command.parts {
            let options: BTreeSet<&str> = part.options.iter().map(|option| option.name.as_str()).collect();
            assert_eq!(options.len(), part.options.len(), "/{} {}: two options of one name", command.name, part.name);
        }
    }
    for page in 0..9 {
        fits("help", &help::screen(words(), &list, page));
    }
    assert_ne!(commands::fingerprint(&Value::Null), commands::fingerprint(&serde_json::json!([])));
}

/// Names, descriptions and values of a command and all that is in it.
fn characters(json: &Value) -> usize {
    let own = ["name", "description", "value"].iter().filter_map(|key| json[*key].as_str()).map(length).sum::<usize>();
    let inner =
        ["options", "choices"].iter().filter_map(|key| json[*key].as_array()).flatten().map(characters).sum::<usize>();
    own + inner
}

#[test]
fn what_is_registered_is_what_is_found() {
    let list = commands::list(plan(), words());
    for (phase, _, ask) in plan().asks() {
        let path = [phase.key.clone(), ask.key.clone()];
        assert!(Command::find(&list, &path).is_some(), "{path:?}");
    }
    assert!(Command::find(&list, &["nothing".to_owned()]).is_none());
    assert!(Command::find(&list, &["path".to_owned(), "nothing".to_owned()]).is_none());
}

#[test]
fn every_deed_and_every_command_has_words() {
    for deed in &DEEDS {
        for key in [format!("deed-{}", deed.name), format!("deed-{}-line", deed.name)] {
            assert_ne!(words().label(&key), key);
        }
    }
    for command in commands::list(plan(), words()) {
        for part in &command.parts {
            assert!(!part.about.starts_with("command-"), "{}", part.about);
            for option in &part.options {
                assert!(!option.about.starts_with("option-"), "/{} {}: {}", command.name, part.name, option.about);
            }
        }
    }
}
