//! What a person does with commands: run one, ask for suggestions, use one on a message.

use serde_json::{Map, Value, json};

use super::act::seen;
use super::{Refused, id};
use crate::sandbox::interaction::{AUTOCOMPLETE, COMMAND, Opening};
use crate::sandbox::permissions as perms;
use crate::sandbox::rules::command::{CHAT_INPUT, GROUP, MESSAGE, SUBCOMMAND, kind};
use crate::sandbox::rules::items;
use crate::sandbox::shape;
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::{Command, State};

/// A command as asked for: names down to the subcommand, and the options given there.
struct Asked {
    path: Vec<String>,
    options: Map<String, Value>,
}

/// `{path, options: {name: value}}`, or Discord's nested form `{name, options: [{name, type, options}]}`.
fn asked(body: &Value) -> Result<Asked, Refused> {
    let mut path: Vec<String> = items(&body["path"]).iter().filter_map(|p| p.as_str().map(str::to_owned)).collect();
    if let Some(name) = body["name"].as_str().filter(|_| path.is_empty()) {
        path.push(name.to_owned());
    }
    if path.is_empty() {
        return Err("a command needs \"path\" or \"name\"".into());
    }
    if let Value::Object(options) = &body["options"] {
        return Ok(Asked { path, options: options.clone() });
    }
    let mut level = items(&body["options"]);
    while let [only] = level
        && matches!(only["type"].as_u64(), Some(SUBCOMMAND | GROUP))
    {
        path.push(only["name"].as_str().unwrap_or_default().to_owned());
        level = items(&only["options"]);
    }
    let pair = |option: &Value| (option["name"].as_str().unwrap_or_default().to_owned(), option["value"].clone());
    Ok(Asked { path, options: level.iter().map(pair).collect() })
}

/// The command of this name that this person may use in this channel.
fn find<'a>(state: &'a State, user: Id, channel: Id, name: &str, wanted: u64) -> Result<&'a Command, Refused> {
    let place = state.channels.get(&channel).filter(|place| perms::sees(state, place, user));
    let place = place.ok_or_else(|| Refused(format!("{user} does not see channel {channel}")))?;
    if place.thread.as_ref().is_some_and(|thread| thread.archived) {
        return Err("this thread is archived; commands do not run in it".into());
    }
    let present = |guild: &Id| state.guilds.get(guild).is_some_and(|guild| guild.members.contains_key(&state.bot));
    if place.guild.is_some_and(|guild| !present(&guild)) {
        return Err("the bot is not in this guild any more; its commands are gone".into());
    }
    let bits = perms::in_channel(state, place, user);
    if bits & perms::USE_APPLICATION_COMMANDS == 0 {
        return Err("this person may not use commands here".into());
    }
    let fits = |c: &&Command| {
        c.json["name"] == name && kind(&c.json) == wanted && (c.guild.is_none() || c.guild == place.guild)
    };
    // A guild's own command hides a global one of the same name.
    let found = state.commands.iter().filter(fits).max_by_key(|command| command.guild.is_some());
    let command = found.ok_or_else(|| Refused(format!("there is no command {name}")))?;
    if offered(&command.json, place.guild.is_some(), bits) {
        Ok(command)
    } else {
        Err(format!("{name} is not shown to this person").into())
    }
}

/// Whether a client lists a command for somebody with these rights, in a guild or in a direct message.
fn offered(command: &Value, in_guild: bool, bits: u64) -> bool {
    let needed = command["default_member_permissions"].as_str().and_then(|bits| bits.parse().ok());
    let lacks = |needed: u64| needed == 0 || bits & needed != needed;
    if in_guild && bits != perms::ALL && needed.is_some_and(lacks) {
        return false;
    }
    let context = u8::from(!in_guild);
    if command["contexts"].is_array() {
        return items(&command["contexts"]).iter().any(|c| c == context);
    }
    in_guild || command["dm_permission"].as_bool().unwrap_or(true)
}

fn opening(kind: u8, user: Id, channel: Id, data: Value) -> Opening {
    Opening { kind, user, channel, message: None, data, answer_kind: 20, cause: None }
}

/// `POST people/{user}/command`.
pub(super) fn slash(state: &State, user: Id, body: &Value) -> Result<Opening, Refused> {
    if body["type"] == MESSAGE {
        return on_message(state, user, &json!({"message": body["target"], "name": body["name"]}));
    }
    let channel = id(body, "channel")?;
    let data = invoke(state, user, channel, body, None)?;
    Ok(opening(COMMAND, user, channel, data))
}

/// `POST people/{user}/autocomplete {channel, path, options, focused}`.
pub(super) fn autocomplete(state: &State, user: Id, body: &Value) -> Result<Opening, Refused> {
    let channel = id(body, "channel")?;
    let focused = body["focused"].as_str().ok_or("\"focused\" must name an option")?;
    let data = invoke(state, user, channel, body, Some(focused))?;
    Ok(opening(AUTOCOMPLETE, user, channel, data))
}

/// `POST people/{user}/message-command {message, name}`.
pub(super) fn on_message(state: &State, user: Id, body: &Value) -> Result<Opening, Refused> {
    let message = seen(state, user, body)?;
    let name = body["name"].as_str().ok_or("\"name\" must be a text")?;
    let command = find(state, user, message.channel, name, MESSAGE)?;
    let data = json!({
        "id": command.id, "name": name, "type": MESSAGE, "target_id": message.id,
        "resolved": {"messages": {message.id.to_string(): shape::message(state, message)}},
    });
    Ok(Opening { answer_kind: 23, ..opening(COMMAND, user, message.channel, data) })
}

fn invoke(state: &State, user: Id, channel: Id, body: &Value, focused: Option<&str>) -> Result<Value, Refused> {
    let asked = asked(body)?;
    let command = find(state, user, channel, &asked.path[0], CHAT_INPUT)?;
    let mut schema = &command.json["options"];
    let mut kinds = Vec::new();
    for name in &asked.path[1..] {
        let next = items(schema).iter().find(|o| o["name"] == **name && matches!(o["type"].as_u64(), Some(1 | 2)));
        let next = next.ok_or_else(|| Refused(format!("{} has no subcommand {name}", asked.path[0])))?;
        kinds.push((next["type"].clone(), name));
        schema = &next["options"];
    }
    if items(schema).iter().any(|option| matches!(option["type"].as_u64(), Some(SUBCOMMAND | GROUP))) {
        return Err(format!("{} has subcommands; choose one", asked.path.join(" ")).into());
    }
    let (mut options, ids) = fill(items(schema), &asked.options, focused)?;
    for (kind, name) in kinds.into_iter().rev() {
        options = vec![json!({"name": name, "type": kind, "options": options})];
    }
    let guild = state.channels.get(&channel).and_then(|channel| channel.guild);
    let mut data = json!({"id": command.id, "name": asked.path[0], "type": CHAT_INPUT, "options": options});
    if !ids.is_empty() {
        data["resolved"] = resolve(state, guild, &ids);
    }
    if command.guild.is_some() {
        data["guild_id"] = json!(guild);
    }
    Ok(data)
}

/// Options in the command's order, checked as a client checks them; with `focused`, one is being typed
/// and others may be missing. Also the ids among the values.
fn fill(schema: &[Value], given: &Map<String, Value>, focused: Option<&str>) -> Result<(Vec<Value>, Vec<Id>), Refused> {
    if let Some(odd) = given.keys().find(|name| !schema.iter().any(|option| option["name"] == **name)) {
        return Err(format!("the command has no option {odd}").into());
    }
    let (mut out, mut ids) = (Vec::new(), Vec::new());
    for option in schema {
        let name = option["name"].as_str().unwrap_or_default();
        let Some(value) = given.get(name).filter(|value| !value.is_null()) else {
            if option["required"] == true && focused.is_none() {
                return Err(format!("the option {name} is required").into());
            }
            if focused == Some(name) {
                out.push(json!({"name": name, "type": option["type"], "value": "", "focused": true}));
            }
            continue;
        };
        if focused == Some(name) {
            if option["autocomplete"] != true {
                return Err(format!("the option {name} has no suggestions").into());
            }
            out.push(json!({"name": name, "type": option["type"], "value": value, "focused": true}));
            continue;
        }
        let value = checked(option, value).map_err(|why| Refused(format!("{name}: {why}")))?;
        if matches!(option["type"].as_u64(), Some(6..=9)) {
            ids.extend(Id::from_json(&value));
        }
        out.push(json!({"name": name, "type": option["type"], "value": value}));
    }
    Ok((out, ids))
}

fn checked(option: &Value, value: &Value) -> Result<Value, String> {
    let choices = items(&option["choices"]);
    if !choices.is_empty() && !choices.iter().any(|choice| choice["value"] == *value) {
        return Err("not among the choices".into());
    }
    let within = |number: f64| {
        option["min_value"].as_f64().is_none_or(|min| number >= min)
            && option["max_value"].as_f64().is_none_or(|max| number <= max)
    };
    match option["type"].as_u64() {
        Some(3) => {
            let count = value.as_str().ok_or("must be a text")?.chars().count() as u64;
            let (min, max) =
                (option["min_length"].as_u64().unwrap_or(0), option["max_length"].as_u64().unwrap_or(6000));
            if (min..=max).contains(&count) {
                Ok(value.clone())
            } else {
                Err(format!("must have {min} to {max} characters"))
            }
        }
        Some(4) => value
            .as_i64()
            .and(value.as_f64())
            .filter(|n| within(*n))
            .map(|_| value.clone())
            .ok_or("no such whole number".into()),
        Some(5) => value.as_bool().map(|_| value.clone()).ok_or("must be true or false".into()),
        Some(6..=9) => Id::from_json(value).map(|id| json!(id)).ok_or("must be an id".into()),
        Some(10) => value.as_f64().filter(|n| within(*n)).map(|_| value.clone()).ok_or("no such number".into()),
        _ => Err("the sandbox has no options of this type".into()),
    }
}

/// Discord's `resolved` data for ids: users with memberships, roles, channels.
pub(super) fn resolve(state: &State, guild: Option<Id>, ids: &[Id]) -> Value {
    let guild = guild.and_then(|guild| state.guilds.get(&guild));
    let mut out: Map<String, Value> = Map::new();
    let mut put = |kind: &str, id: Id, json: Value| out.entry(kind).or_insert_with(|| json!({}))[id.to_string()] = json;
    for id in ids {
        if let Some(user) = state.users.get(id) {
            put("users", *id, shape::user(user));
            if let Some((guild, member)) = guild.and_then(|guild| Some((guild, guild.members.get(id)?))) {
                let mut json = shape::member_bare(member);
                json["permissions"] = json!(perms::in_guild(state, guild.id, *id).to_string());
                put("members", *id, json);
            }
        }
        if let Some(role) = guild.and_then(|guild| guild.roles.iter().find(|role| role.id == *id)) {
            put("roles", *id, shape::role(role, 1));
        }
        if let Some(channel) = state.channels.get(id) {
            let mut json = shape::channel(state, channel);
            json["permissions"] = json!(perms::in_channel(state, channel, state.bot).to_string());
            put("channels", *id, json);
        }
    }
    Value::Object(out)
}
