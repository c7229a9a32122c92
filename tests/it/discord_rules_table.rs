//! The rules beyond the schema, one bad body each: what the schema lets through, they find.

use serde_json::{Value, json};

use crate::discord_rules::{Body, complain, complain_of_house};

fn row(inside: Vec<Value>) -> Value {
    json!({"type": 1, "components": inside})
}

fn button(id: &str) -> Value {
    json!({"type": 2, "style": 1, "label": "A", "custom_id": id})
}

fn check(kind: Body, bodies: Vec<(Value, &str)>) {
    for (body, expected) in bodies {
        let wrong = complain(kind, &body, false);
        match expected {
            "" => assert!(wrong.is_empty(), "{body}: {wrong:?}"),
            _ => assert!(wrong.len() == 1 && wrong[0].contains(expected), "{expected}: {body}: {wrong:?}"),
        }
    }
}

#[test]
fn messages() {
    let rows = |count: usize| (0..count).map(|n| row(vec![button(&n.to_string())])).collect::<Vec<_>>();
    let with = |component: Value| json!({"components": [row(vec![component])]});
    let options =
        |values: &[&str]| values.iter().map(|value| json!({"label": value, "value": value})).collect::<Vec<_>>();
    check(
        Body::Message,
        vec![
            (json!({"content": "é".repeat(2000), "components": rows(5)}), ""),
            (json!({"content": "x".repeat(2001)}), "2000"),
            (json!({"content": "a", "components": rows(6)}), "5 rows"),
            (json!({"content": "a", "components": [{"type": 10, "content": "b"}]}), "rows only"),
            (
                json!({"content": "a", "flags": 1 << 15, "components": [{"type": 10, "content": "b"}]}),
                "without content",
            ),
            (json!({"components": [row(vec![button("a"), button("a")])]}), "twice"),
            (json!({"content": " "}), "empty"),
            (json!({"content": "a", "enforce_nonce": true}), "nonce"),
            (json!({"embeds": [{"description": "x".repeat(3001)}, {"description": "x".repeat(3000)}]}), "6000"),
            (json!({"content": "a", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}), "both in parse"),
            (json!({"poll": {"question": {"text": "a"}, "answers": [{"poll_media": {"text": "x".repeat(56)}}]}}), "55"),
            (with(json!({"type": 2, "style": 1, "label": "A"})), "custom id and no url"),
            (
                with(json!({"type": 2, "style": 5, "label": "A", "custom_id": "a", "url": "https://example.org"})),
                "link button",
            ),
            (with(json!({"type": 2, "style": 1, "custom_id": "a"})), "label or an emoji"),
            (with(json!({"type": 2, "style": 1, "label": "x".repeat(81), "custom_id": "a"})), "80"),
            (with(json!({"type": 3, "custom_id": "a", "options": options(&["a", "a"])})), "twice"),
            (
                with(json!({"type": 3, "custom_id": "a", "options": options(&["a"]), "max_values": 2})),
                "more than it offers",
            ),
            (with(json!({"type": 5, "custom_id": "a", "min_values": 2})), "least"),
            (json!({"components": [row(vec![button("a"), json!({"type": 5, "custom_id": "b"})])]}), "alone"),
        ],
    );
    check(Body::Edit, vec![(json!({"components": []}), ""), (json!({"content": "x".repeat(2001)}), "2000")]);
}

#[test]
fn answers_and_forms() {
    let input = |id: &str| json!({"type": 4, "custom_id": id, "style": 1, "label": "A"});
    let form = |rows: Vec<Value>| json!({"type": 9, "data": {"title": "T", "custom_id": "m", "components": rows}});
    let longer = |field: &str, value: Value| {
        let mut input = input("a");
        input["max_length"] = json!(5);
        input[field] = value;
        form(vec![row(vec![input])])
    };
    check(
        Body::Callback,
        vec![
            (json!({"type": 4, "data": {"content": "a", "flags": 64}}), ""),
            (json!({"type": 4, "data": {}}), "empty"),
            (json!({"type": 1}), "type 4 to 9"),
            (json!({"type": 5, "data": {"content": "a"}}), "deferred"),
            (json!({"type": 7, "data": {"content": "x".repeat(2001)}}), "2000"),
            (json!({"type": 8, "data": {"choices": [{"name": "a", "value": "x".repeat(101)}]}}), "value"),
            (json!({"type": 8, "data": {"choices": [{"name": "", "value": "x"}]}}), "name"),
            (form((0..5).map(|n| row(vec![input(&n.to_string())])).collect()), ""),
            (form((0..6).map(|n| row(vec![input(&n.to_string())])).collect()), "5 components"),
            (form(vec![row(vec![input("a"), input("b")])]), "one text input"),
            (form(vec![row(vec![input("a")]), row(vec![input("a")])]), "twice"),
            (form(vec![json!({"type": 2})]), "rows, labels"),
            (form(vec![json!({"type": 18, "label": "B", "component": {"type": 4, "custom_id": "b", "style": 2}})]), ""),
            (form(vec![row(vec![json!({"type": 4, "custom_id": "a", "style": 1})])]), "label"),
            (longer("min_length", json!(6)), "least"),
            (longer("value", json!("123456")), "within"),
        ],
    );
}

#[test]
fn commands() {
    let with = |options: Value| json!({"name": "go", "description": "Go", "options": options});
    let option = |name: &str| json!({"type": 3, "name": name, "description": "A"});
    let needed = |name: &str| json!({"type": 3, "name": name, "description": "A", "required": true});
    let filled = |field: &str, value: Value| {
        let mut option = option("a");
        option["autocomplete"] = json!(true);
        option[field] = value;
        with(json!([option]))
    };
    let wide = (0..25).map(|n| json!({"type": 3, "name": format!("n{n}"), "description": "x".repeat(100)}));
    let group = |n: usize| json!({"type": 1, "name": format!("s{n}"), "description": "A", "options": wide.clone().collect::<Vec<_>>()});
    check(
        Body::Command,
        vec![
            (with(json!([needed("a"), option("b")])), ""),
            (json!({"type": 3, "name": "Give this"}), ""),
            (json!({"name": "Go", "description": "Go"}), "small letters"),
            (json!({"name": "go"}), "description"),
            (json!({"type": 3, "name": "Give this", "description": "A"}), "only slash"),
            (json!({"type": 3, "name": "Give this", "options": [option("a")]}), "only slash"),
            (with(json!([option("a"), option("a")])), "two options"),
            (with(json!([option("a"), needed("b")])), "come first"),
            (with(json!([option("A")])), "small letters"),
            (with(json!([{"type": 3, "name": "a"}])), "description"),
            (with(json!([option("a"), {"type": 1, "name": "b", "description": "B"}])), "mix"),
            (filled("choices", json!([{"name": "a", "value": "a"}])), "mix"),
            (
                with(
                    json!([{"type": 3, "name": "a", "description": "A", "choices": [{"name": "a", "value": "x".repeat(101)}]}]),
                ),
                "100",
            ),
            (with((0..4).map(group).collect()), "8000"),
        ],
    );
    let many: Vec<Value> = (0..101).map(|n| json!({"name": format!("c{n}"), "description": "A"})).collect();
    let two = json!([{"name": "go", "description": "A"}, {"name": "go", "description": "B"}]);
    check(Body::Commands, vec![(json!(many[..100]), ""), (json!(many), "too many"), (two, "two commands")]);
}

#[test]
fn the_house() {
    let post = "/channels/{channel_id}/messages";
    let quiet = json!({"parse": []});
    for (kind, template, body, expected) in [
        (
            Body::Message,
            post,
            json!({"content": "a", "allowed_mentions": quiet, "nonce": "1", "enforce_nonce": true}),
            0,
        ),
        (Body::Message, post, json!({"content": "a", "allowed_mentions": quiet}), 1),
        (Body::Message, post, json!({"content": "a", "nonce": "1", "enforce_nonce": true}), 1),
        (Body::Edit, post, json!({"content": "a", "allowed_mentions": {"parse": ["users"]}}), 1),
        (Body::Callback, "", json!({"type": 4, "data": {"content": "a"}}), 1),
        (Body::Callback, "", json!({"type": 6}), 0),
        (Body::Callback, "", json!({"type": 9, "data": {}}), 0),
    ] {
        let wrong = complain_of_house(kind, template, &body);
        assert_eq!(wrong.len(), expected, "{body}: {wrong:?}");
    }
}

#[test]
fn operations_are_told_apart() {
    for (method, template, expected) in [
        ("POST", "/channels/{channel_id}/messages", Body::Message),
        ("PATCH", "/channels/{channel_id}/messages/{message_id}", Body::Edit),
        ("POST", "/webhooks/{webhook_id}/{webhook_token}", Body::Message),
        ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original", Body::Edit),
        ("POST", "/interactions/{interaction_id}/{interaction_token}/callback", Body::Callback),
        ("PUT", "/applications/{application_id}/commands", Body::Commands),
        ("POST", "/applications/{application_id}/guilds/{guild_id}/commands", Body::Command),
        ("PATCH", "/channels/{channel_id}", Body::Other),
        ("DELETE", "/channels/{channel_id}/messages/{message_id}", Body::Other),
    ] {
        assert_eq!(Body::of(method, template), expected, "{method} {template}");
    }
}
