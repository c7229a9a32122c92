//! The first answers: which kind each is, and who sees it.

use serde_json::Value;

use crate::discord::inbound::{Inbound, Typed, What};
use crate::discord::press::Press;
use crate::discord::respond::body;
use crate::discord::screen::{Blank, Button, Choice, File, Form, Screen};
use crate::discord::visit::Answer;

/// Discord's bit for a message that one person alone sees (`resources/message`, *Message Flags*).
const EPHEMERAL: u64 = 1 << 6;

fn inbound(on_screen: bool) -> Inbound {
    Inbound {
        id: 1,
        token: "secret".to_owned(),
        application: 2,
        guild: Some(3),
        room: 4,
        above: None,
        is_placed: true,
        account: 5,
        handle: "amina".to_owned(),
        name: "Amina".to_owned(),
        manager: false,
        bot_permissions: 0,
        on_screen,
        text: String::new(),
        what: What::Command(Typed::default()),
    }
}

fn is_private(body: &Value) -> bool {
    body["data"]["flags"].as_u64().is_some_and(|flags| flags & EPHEMERAL != 0)
}

#[test]
fn each_answer_has_its_kind_and_its_readers() {
    let screen = || Box::new(Screen::text("hi").buttons(vec![Button::main(Press::Me, "Me")]));
    let form = Form { id: Press::Setup.into(), title: "T".to_owned(), boxes: vec![Blank::default()] };
    let table = [
        (Answer::Show(screen()), false, 4, true),
        (Answer::Show(screen()), true, 7, false),
        (Answer::Share(screen()), false, 4, false),
        (Answer::Open(form), true, 9, false),
        (Answer::Suggest(vec![Choice::new(1, "one")]), false, 8, false),
    ];
    for (answer, on_screen, kind, private) in table {
        let body = body(&inbound(on_screen), &answer);
        assert_eq!(body["type"], kind, "{body}");
        assert_eq!(is_private(&body), private, "{body}");
        if kind == 4 || kind == 7 {
            assert_eq!(body["data"]["allowed_mentions"]["parse"], serde_json::json!([]), "{body}");
        }
    }
}

#[test]
fn only_those_are_rung_who_are_meant() {
    let mut screen = Screen::text("<@7> and @everyone");
    screen.mentions = vec![7];
    let body = screen.body();
    assert_eq!(body["allowed_mentions"]["users"], serde_json::json!(["7"]));
    assert_eq!(body["allowed_mentions"]["parse"], serde_json::json!([]));
    assert_eq!(body["allowed_mentions"]["roles"], serde_json::json!([]));
}

#[test]
fn a_row_of_the_outbox_is_marked_in_the_first_component_alone() {
    let buttons = vec![Button::main(Press::Me, "Me"), Button::plain(Press::Drafts, "Drafts")];
    let screen =
        Screen::text("hi").buttons(buttons).file(File { name: "a".to_owned(), bytes: vec![], alt: String::new() });
    let body = screen.marked(12).body();
    let row = &body["components"][0]["components"];
    assert_eq!((row[0]["custom_id"].as_str(), row[1]["custom_id"].as_str()), (Some("j1:me:o12"), Some("j1:drafts")));
}

#[test]
fn the_real_gateway_is_known_by_its_name() {
    for (url, real) in [
        ("wss://gateway.discord.gg", true),
        ("wss://gateway-us-east1-b.discord.gg/?v=10", true),
        ("wss://discord.com:443", true),
        ("ws://127.0.0.1:4000/gateway", false),
        ("ws://discord.gg.example:80", false),
        ("ws://notdiscord.gg", false),
    ] {
        assert_eq!(crate::discord::is_real(url), real, "{url}");
    }
}
