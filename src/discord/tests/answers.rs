//! The first answers: which kind each is, and who sees it.

use serde_json::{Value, json};

use super::{PROMPTS, Play, words};
use crate::app::{Undrawn, canvas_of};
use crate::canvas::Canvas;
use crate::canvas::draw::Picture;
use crate::discord::inbound::{Inbound, Typed, What};
use crate::discord::press::Press;
use crate::discord::respond::body;
use crate::discord::screen::{Blank, Button, Choice, File, Form, Screen};
use crate::discord::sketch::{Sketch, sendable, why};
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
        pictures: vec![77, 78],
        offered: Vec::new(),
        file_bytes_max: 10,
        what: What::Command(Typed::default()),
    }
}

fn canvas() -> Canvas {
    canvas_of(Play::new().scene("Benno").view(), &PROMPTS)
}

/// A picture that is still to be drawn.
fn sketch(shared: bool) -> Answer {
    let sketch = Sketch::picture(Screen::text("hi"), &canvas(), &Picture::Whole);
    Answer::Draw(Box::new(Sketch { shared, ..sketch }))
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
        (sketch(false), false, 5, true),
        (sketch(true), false, 5, false),
        (sketch(false), true, 6, false),
        (sketch(true), true, 5, false),
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

/// An edit that lists no files takes away all: so each says which stay.
#[test]
fn a_screen_that_is_replaced_says_which_files_stay() {
    let mut screen = Screen::text("hi");
    let listed = |on_screen, screen: &Screen| {
        body(&inbound(on_screen), &Answer::Show(Box::new(screen.clone())))["data"]["attachments"].clone()
    };
    assert_eq!(listed(true, &screen), json!([]));
    screen.keeps_pictures = true;
    assert_eq!(listed(true, &screen), json!([{ "id": "77" }, { "id": "78" }]));
    assert!(!listed(false, &screen).to_string().contains("77"), "a new message has none to keep");
}

#[test]
fn what_is_too_heavy_or_too_much_is_left_out_and_said() {
    let file = |bytes: usize| File { name: "a.png".to_owned(), bytes: vec![0; bytes], alt: String::new() };
    let screen = (0..12).fold(Screen::text("hi"), |screen, nth| screen.file(file(if nth == 3 { 11 } else { 5 })));
    let sent = sendable(screen, words(), 10);
    assert_eq!(sent.files.len(), 10);
    assert!(sent.files.iter().all(|file| file.bytes.len() == 5));
    assert!(sent.text.contains(words().label("file-too-large")), "{}", sent.text);
    let light = sendable(Screen::text("hi").file(file(5)), words(), 10);
    assert_eq!((light.text.as_str(), light.files.len()), ("hi", 1));
}

#[test]
fn without_a_picture_the_words_say_why() {
    let large = why(words(), &Undrawn::TooLarge);
    assert_eq!(large, why(words(), &Undrawn::TooLong));
    let failed = why(words(), &Undrawn::Failed { reference: "ab12".to_owned() });
    assert!(failed.contains("ab12") && !failed.contains("{{"), "{failed}");
    assert_ne!(why(words(), &Undrawn::Busy), large);
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
