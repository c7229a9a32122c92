//! Registering commands ("Application commands", endpoints).

use serde_json::{Value, json};

use super::{Answer, Call, Reply, id};
use crate::sandbox::error::{ApiError, Problems, invalid};
use crate::sandbox::rules::command::{check, check_all, kind};
use crate::sandbox::rules::message::without_nulls;
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::{Command, State};

pub(super) fn route(state: &mut State, call: &Call, parts: &[&str]) -> Option<Reply> {
    let (application, guild, rest) = match parts {
        ["applications", application, "guilds", guild, "commands", rest @ ..] => (application, Some(guild), rest),
        ["applications", application, "commands", rest @ ..] => (application, None, rest),
        _ => return None,
    };
    let guild = match guild.map(|guild| id(guild)).transpose() {
        Ok(guild) => guild,
        Err(error) => return Some(Err(error)),
    };
    if Id::parse(application) != Some(state.application.id) {
        return Some(Err(ApiError::of(10002)));
    }
    if let Some(Err(error)) = guild.map(|guild| state.guild(guild).map(|_| ())) {
        return Some(Err(error));
    }
    Some(match (call.method.as_str(), rest) {
        ("GET", []) => Answer::ok(list(state, guild)),
        ("PUT", []) => overwrite(state, guild, &call.body),
        ("POST", []) => create(state, guild, &call.body),
        ("GET", [command]) => id(command).and_then(|c| Answer::ok(state.commands[find(state, guild, c)?].json.clone())),
        ("PATCH", [command]) => id(command).and_then(|c| edit(state, guild, c, &call.body)),
        ("DELETE", [command]) => id(command).and_then(|c| {
            let at = find(state, guild, c)?;
            state.commands.remove(at);
            Ok(Answer::Empty)
        }),
        _ => return None,
    })
}

fn find(state: &State, guild: Option<Id>, command: Id) -> Result<usize, ApiError> {
    let at = state.commands.iter().position(|c| c.id == command && c.guild == guild);
    at.ok_or_else(|| ApiError::of(10063))
}

fn list(state: &State, guild: Option<Id>) -> Value {
    state.commands.iter().filter(|command| command.guild == guild).map(|command| command.json.clone()).collect()
}

fn overwrite(state: &mut State, guild: Option<Id>, body: &Value) -> Reply {
    let Value::Array(wanted) = body else {
        return Err(invalid("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"));
    };
    check_all(wanted)?;
    let old: Vec<Command> = state.commands.iter().filter(|c| c.guild == guild).cloned().collect();
    state.commands.retain(|command| command.guild != guild);
    for command in wanted {
        // The same name and type keeps its id, as with Discord.
        let id = old.iter().find(|o| same(&o.json, command)).map(|o| o.id);
        store(state, guild, command, id);
    }
    Answer::ok(list(state, guild))
}

fn same(a: &Value, b: &Value) -> bool {
    a["name"] == b["name"] && kind(a) == kind(b)
}

fn create(state: &mut State, guild: Option<Id>, body: &Value) -> Reply {
    let mut problems = Problems::default();
    check(&mut problems, "", body);
    problems.finish()?;
    let old = state.commands.iter().position(|c| c.guild == guild && same(&c.json, body));
    let old = old.map(|at| state.commands.remove(at).id);
    let json = store(state, guild, body, old);
    Ok(Answer::Json(if old.is_some() { 200 } else { 201 }, json))
}

fn edit(state: &mut State, guild: Option<Id>, command: Id, body: &Value) -> Reply {
    let at = find(state, guild, command)?;
    let mut whole = state.commands[at].json.clone();
    for made in ["id", "application_id", "version", "guild_id"] {
        whole.as_object_mut().map(|fields| fields.remove(made));
    }
    crate::sandbox::shape::merge(&mut whole, body.clone());
    let mut problems = Problems::default();
    check(&mut problems, "", &whole);
    problems.finish()?;
    state.commands.remove(at);
    Answer::ok(store(state, guild, &whole, Some(command)))
}

fn store(state: &mut State, guild: Option<Id>, body: &Value, id: Option<Id>) -> Value {
    let id = id.unwrap_or_else(|| state.mint());
    let version = state.mint();
    let mut json = without_nulls(body);
    json["id"] = json!(id);
    json["application_id"] = json!(state.application.id);
    json["version"] = json!(version);
    json["type"] = json!(kind(body));
    json["description"] = json!(body["description"].as_str().unwrap_or_default());
    json["nsfw"] = json!(body["nsfw"] == true);
    json["default_member_permissions"] = match &body["default_member_permissions"] {
        Value::Number(bits) => json!(bits.to_string()),
        other => other.clone(),
    };
    if let Some(guild) = guild {
        json["guild_id"] = json!(guild);
    } else if body["contexts"].is_null() {
        json["contexts"] = Value::Null;
        json["dm_permission"] = json!(body["dm_permission"].as_bool().unwrap_or(true));
    }
    if body["integration_types"].is_null() {
        json["integration_types"] = json!([0]);
    }
    state.commands.push(Command { id, guild, json: json.clone() });
    json
}
