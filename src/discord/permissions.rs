//! What the bot may do in a channel, from Discord's raw permission bits: serenity drops the newest
//! of them (`PIN_MESSAGES` among these), so they are read here as they come.

use serde_json::Value;

/// One permission that the bot needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Its bit (`topics/permissions`).
    pub bit: u8,
    /// How Discord's English settings call it.
    pub name: &'static str,
    /// The label that says what for.
    pub why: &'static str,
}

/// All that the bot needs, and nothing else: the invite link asks for exactly these.
pub const NEEDS: [Need; 8] = [
    Need { bit: 10, name: "View Channel", why: "need-view" },
    Need { bit: 11, name: "Send Messages", why: "need-send" },
    Need { bit: 38, name: "Send Messages in Threads", why: "need-send-threads" },
    Need { bit: 35, name: "Create Public Threads", why: "need-public" },
    Need { bit: 36, name: "Create Private Threads", why: "need-private" },
    Need { bit: 51, name: "Pin Messages", why: "need-pin" },
    Need { bit: 16, name: "Read Message History", why: "need-history" },
    Need { bit: 15, name: "Attach Files", why: "need-files" },
];

/// `CREATE_EVENTS`: needed only where hosts want what is open to stand among the server's events. No invite asks for it;
/// whoever switches that on gives it then.
pub const CREATE_EVENTS: u64 = 1 << 44;

/// Administrators may do everything (`topics/permissions`).
const ADMINISTRATOR: u64 = 1 << 3;

/// The bits that the bot needs, together.
#[must_use]
pub fn needed() -> u64 {
    NEEDS.iter().fold(0, |bits, need| bits | 1 << need.bit)
}

/// What is missing of what the bot needs.
#[must_use]
pub fn missing(bits: u64) -> Vec<Need> {
    NEEDS.into_iter().filter(|need| bits & (1 << need.bit) == 0).collect()
}

/// The link that invites the bot with exactly the permissions that it needs.
#[must_use]
pub fn invite(application: impl std::fmt::Display) -> String {
    let bits = needed();
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot%20applications.commands&permissions={bits}"
    )
}

/// What a member may do in the guild, before any channel is looked at: by this Discord judges events that take place
/// elsewhere (`resources/guild-scheduled-event`, *Permissions*).
#[must_use]
pub fn in_guild(guild: u64, member: &Value, roles: &Value) -> u64 {
    in_channel(guild, member, roles, &Value::Null)
}

/// What a member may do in a channel, by Discord's own order of rules (`topics/permissions`,
/// *Permission Overwrites*). The values are Discord's objects as they came.
#[must_use]
pub fn in_channel(guild: u64, member: &Value, roles: &Value, channel: &Value) -> u64 {
    let own: Vec<u64> = member["roles"].as_array().into_iter().flatten().filter_map(number).collect();
    let me = number(&member["user"]["id"]);
    let role_bits = |id: u64| {
        let role = roles.as_array().into_iter().flatten().find(|role| number(&role["id"]) == Some(id));
        role.and_then(|role| number(&role["permissions"])).unwrap_or(0)
    };
    let base = own.iter().fold(role_bits(guild), |bits, role| bits | role_bits(*role));
    if base & ADMINISTRATOR != 0 {
        return u64::MAX;
    }
    let overwrites: Vec<&Value> = channel["permission_overwrites"].as_array().into_iter().flatten().collect();
    let of = |id: Option<u64>| overwrites.iter().filter(move |one| number(&one["id"]) == id && id.is_some());
    let set = |bits: u64, deny: u64, allow: u64| bits & !deny | allow;
    let sum = |ids: &[u64], key: &str| {
        ids.iter().flat_map(|id| of(Some(*id))).filter_map(|one| number(&one[key])).fold(0, |bits, more| bits | more)
    };
    let bits = set(base, sum(&[guild], "deny"), sum(&[guild], "allow"));
    let bits = set(bits, sum(&own, "deny"), sum(&own, "allow"));
    let person: Vec<u64> = me.into_iter().collect();
    set(bits, sum(&person, "deny"), sum(&person, "allow"))
}

/// Ids and permission bits come as text.
fn number(value: &Value) -> Option<u64> {
    value.as_str().and_then(|text| text.parse().ok()).or_else(|| value.as_u64())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_bits_are_those_of_the_documentation() {
        assert_eq!(needed(), 1 << 10 | 1 << 11 | 1 << 15 | 1 << 16 | 1 << 35 | 1 << 36 | 1 << 38 | 1 << 51);
        assert!(
            invite(5).ends_with(&format!("client_id=5&scope=bot%20applications.commands&permissions={}", needed()))
        );
    }

    #[test]
    fn overwrites_go_from_everyone_to_roles_to_the_member() {
        let roles = json!([
            { "id": "1", "permissions": needed().to_string() },
            { "id": "2", "permissions": "0" },
        ]);
        let member = json!({ "user": { "id": "9" }, "roles": ["2"] });
        let pin = 1_u64 << 51;
        let deny = |id: &str| json!({ "id": id, "deny": pin.to_string(), "allow": "0" });
        let allow = |id: &str| json!({ "id": id, "deny": "0", "allow": pin.to_string() });
        let table = [
            (vec![], true),
            (vec![deny("1")], false),
            (vec![deny("1"), allow("2")], true),
            (vec![deny("1"), allow("2"), deny("9")], false),
            (vec![deny("2"), allow("9")], true),
            (vec![deny("7")], true),
        ];
        for (overwrites, may_pin) in table {
            let channel = json!({ "permission_overwrites": overwrites });
            let bits = in_channel(1, &member, &roles, &channel);
            assert_eq!(missing(bits).is_empty(), may_pin, "{channel}");
        }
    }

    #[test]
    fn events_are_judged_by_roles_alone_and_no_invite_asks_for_them() {
        let role =
            |bits: u64| json!([{ "id": "1", "permissions": "0" }, { "id": "2", "permissions": bits.to_string() }]);
        let member = json!({ "user": { "id": "9" }, "roles": ["2"] });
        for (bits, may) in [(0, false), (needed(), false), (1 << 44, true), (8, true)] {
            assert_eq!(in_guild(1, &member, &role(bits)) & CREATE_EVENTS != 0, may, "{bits}");
        }
        assert_eq!(needed() & CREATE_EVENTS, 0);
    }

    #[test]
    fn an_administrator_lacks_nothing() {
        let roles = json!([{ "id": "1", "permissions": "8" }]);
        let member = json!({ "user": { "id": "9" }, "roles": [] });
        let channel = json!({ "permission_overwrites": [{ "id": "9", "deny": needed().to_string(), "allow": "0" }] });
        assert!(missing(in_channel(1, &member, &roles, &channel)).is_empty());
    }
}
