//! Whether what we send is what Discord takes: every screen of every ask, even on a crowded board with
//! hostile words; every form.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{PROMPTS, Play, plan, words};
use crate::app::canvas_of;
use crate::canvas::compare;
use crate::canvas::draw::Picture;
use crate::discord::custom_id::CustomId;
use crate::discord::deeds::DEEDS;
use crate::discord::escape::length;
use crate::discord::limits::*;
use crate::discord::permissions;
use crate::discord::posts;
use crate::discord::press::{Deed, Slip};
use crate::discord::scene::Scene;
use crate::discord::screen::{Form, Screen};
use crate::discord::screens::canvas::Sight;
use crate::discord::screens::{self, canvas, cards, consent, desk, join, links, me, reports, setup, tree, versions};
use crate::discord::trace::traces;
use crate::path::decide::{INVITATION_CHARS_MAX, WELCOME_CHARS_MAX, WORD_CHARS_MAX};
use crate::path::plan::Kind;
use crate::path::{Act, CardId, Level, NewPartner, Notice, Said, Scope, Spot, Value as Figure, Viewer, WordAct};

/// Words as nobody should write them, and of the greatest length that an ask takes.
pub(super) fn hostile(chars: u32) -> String {
    "*_@everyone `|[x](http://a.b) <@1> ".repeat(40).chars().take(chars as usize).collect::<String>().trim().to_owned()
}

/// Fails if Discord would refuse the message.
pub(super) fn fits(name: &str, screen: &Screen) {
    let body = screen.body();
    let content = body["content"].as_str().unwrap();
    assert!(!content.trim().is_empty(), "{name}: nothing is said");
    assert!(length(content) <= MESSAGE_CHARS_MAX, "{name}: {} characters", length(content));
    assert!(
        length(&screen.text) <= MESSAGE_CHARS_MAX,
        "{name}: cut from {} characters:\n{}",
        length(&screen.text),
        screen.text
    );
    assert_eq!(body["allowed_mentions"]["parse"], serde_json::json!([]), "{name}");
    assert!(screen.rows.len() <= ROWS_MAX, "{name}: {} rows", screen.rows.len());
    let mut ids = BTreeSet::new();
    for row in body["components"].as_array().unwrap() {
        let parts = row["components"].as_array().unwrap();
        assert!((1..=BUTTONS_IN_ROW_MAX).contains(&parts.len()), "{name}: {} in a row", parts.len());
        for part in parts {
            let id = part["custom_id"].as_str().unwrap();
            assert!(id.len() <= CUSTOM_ID_CHARS_MAX && CustomId::read(id).is_ok(), "{name}: {id}");
            assert!(ids.insert(id.to_owned()), "{name}: {id} stands twice");
            match part["type"].as_u64() {
                Some(2) => {
                    assert!(
                        (1..=BUTTON_CHARS_MAX).contains(&length(part["label"].as_str().unwrap())),
                        "{name}: {part}"
                    );
                }
                _ => menu(name, part),
            }
        }
    }
}

fn menu(name: &str, menu: &Value) {
    let options = menu["options"].as_array().unwrap();
    assert!((1..=CHOICES_MAX).contains(&options.len()), "{name}: {} options", options.len());
    let (min, max) = (menu["min_values"].as_u64().unwrap(), menu["max_values"].as_u64().unwrap());
    assert!(min <= max && max >= 1 && max <= options.len() as u64, "{name}: {min} to {max} of {}", options.len());
    let chosen = options.iter().filter(|option| option["default"] == true).count() as u64;
    assert!(chosen <= max, "{name}: {chosen} chosen of at most {max}");
    let mut values = BTreeSet::new();
    for option in options {
        let value = option["value"].as_str().unwrap();
        assert!(values.insert(value) && (1..=CHOICE_CHARS_MAX).contains(&length(value)), "{name}: {value}");
        assert!((1..=CHOICE_CHARS_MAX).contains(&length(option["label"].as_str().unwrap())), "{name}: {option}");
        assert!(
            option["description"].as_str().is_none_or(|line| (1..=CHOICE_CHARS_MAX).contains(&length(line))),
            "{name}"
        );
    }
    assert!(length(menu["placeholder"].as_str().unwrap()) <= PLACEHOLDER_CHARS_MAX, "{name}");
}

/// Fails if Discord would refuse the form.
pub(super) fn opens(name: &str, form: &Form) {
    let body = serde_json::to_value(form.build()).unwrap();
    assert!((1..=FORM_TITLE_CHARS_MAX).contains(&length(body["title"].as_str().unwrap())), "{name}: {body}");
    assert!(body["custom_id"].as_str().unwrap().len() <= CUSTOM_ID_CHARS_MAX, "{name}: {body}");
    let rows = body["components"].as_array().unwrap();
    assert!((1..=BOXES_MAX).contains(&rows.len()), "{name}: {} boxes", rows.len());
    for row in rows {
        let input = &row["components"][0];
        let most = input["max_length"].as_u64().unwrap();
        assert!((1..=BOX_LABEL_CHARS_MAX).contains(&length(input["label"].as_str().unwrap())), "{name}: {input}");
        assert!(most <= BOX_CHARS_MAX as u64, "{name}: {input}");
        assert!(input["value"].as_str().is_none_or(|value| length(value) as u64 <= most), "{name}: {input}");
        assert!(input["placeholder"].as_str().is_none_or(|hint| length(hint) <= BOX_HINT_CHARS_MAX), "{name}: {input}");
    }
}

/// Forty people of twelve partners, who give as many and as long words as they may.
pub(super) fn crowd() -> Play {
    let mut play = Play::new();
    let partners: Vec<NewPartner> = (0..10)
        .map(|nth| NewPartner { short: format!("*P_{nth}* @here"), name: hostile(100), ..NewPartner::default() })
        .collect();
    let names: Vec<(String, String)> =
        (0..36).map(|nth| (format!("[N_{nth}] `x`"), partners[nth % 10].short.clone())).collect();
    let people = names.iter().map(|(name, partner)| (name.as_str(), partner.as_str(), Level::Strategic)).collect();
    play.enter(partners.clone(), people);
    play
}

/// What a person can give to an ask, as long as it may be.
fn give_all(play: &mut Play, name: &str, key: &str) {
    let ask = plan().ask(key).unwrap().clone();
    let scene = play.scene(name);
    if scene.giver(&ask).is_none() || ask.kind != Kind::Cards {
        return;
    }
    let fields: Vec<(String, String)> = ask
        .fields
        .iter()
        .filter_map(|field| {
            let value = match field.kind {
                crate::path::plan::FieldKind::Line | crate::path::plan::FieldKind::Text => hostile(field.chars_max()),
                crate::path::plan::FieldKind::Number => "8".to_owned(),
                crate::path::plan::FieldKind::Date => "2027-01-01".to_owned(),
                _ => cards::options(&scene, &ask, field).last()?.value.clone(),
            };
            Some((field.key.clone(), value))
        })
        .collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let filled = fields.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    if cards::missing(&ask, &filled).is_empty() {
        play.give(name, key, &fields);
    }
}

fn screens_of(scene: &Scene<'_>, key: &str) {
    let ask = scene.ask(key).unwrap().clone();
    fits(key, &screens::ask(scene, key, 0, ""));
    fits(key, &screens::ask(scene, key, 1, "✓ Saved. Thank you!"));
    fits(key, &screens::onward(scene, key, ""));
    match ask.kind {
        Kind::Cards => {
            let slip = Slip { ask: key.to_owned(), ..Slip::default() };
            for page in 0..cards::pages(&ask).len() {
                let slip = Slip { page: u16::try_from(page).unwrap(), ..slip.clone() };
                opens(key, &cards::form(scene, &ask, &slip, "zzzzzzzzzzzzz".to_owned()).unwrap());
            }
            fits(key, &cards::others(scene, &ask, 0));
            if let Some(card) = scene.mine(&ask).first() {
                let slip = Slip { card: Some(card.id), ..slip };
                fits(key, &cards::screen(scene, &ask, &slip, None, ""));
                fits(key, &me::card(scene, card, ""));
                fits(key, &me::sure(scene, card));
            }
        }
        Kind::Consent => {
            fits(key, &consent::lines(scene, &ask, Figure::NotYet));
            opens(key, &consent::form(scene, &ask, CardId(9999), Figure::Remark, "zzzzzzzzzzzzz".to_owned()));
            opens(key, &consent::form(scene, &ask, CardId(9999), Figure::NotYet, "zzzzzzzzzzzzz".to_owned()));
        }
        Kind::Tree => {
            if let Some(card) = scene.board().cards.values().find(|card| ask.from.contains(&card.source)) {
                fits(key, &tree::places(scene, &ask, card.id, 0));
                fits(key, &tree::turned(scene, &ask, 1, 1, ""));
            }
        }
        Kind::Figures => {
            let card = screens::marks::offered(scene, &ask)[0];
            fits(key, &screens::figures::screen(scene, &ask, Some(card), ""));
        }
        Kind::Read | Kind::Marks | Kind::Assign | Kind::Groups => {}
    }
}

#[test]
fn every_screen_of_every_ask_fits_even_in_a_crowd() {
    let mut play = crowd();
    let names: Vec<String> = play.board.people.values().map(|person| person.name.clone()).take(14).collect();
    let sittings: Vec<(String, Vec<String>)> = plan()
        .sittings()
        .map(|(_, sitting)| (sitting.key.clone(), sitting.asks.iter().map(|ask| ask.key.clone()).collect()))
        .collect();
    for (sitting, asks) in sittings {
        fits(&sitting, &screens::sitting(&play.scene("Benno"), &sitting, ""));
        play.open(&sitting);
        fits(
            &sitting,
            &posts::screen(&play.scene_of(Viewer::Room), &Notice::Opens { sitting: sitting.clone() }).unwrap(),
        );
        for key in &asks {
            if plan().ask(key).unwrap().kind == Kind::Groups {
                play.host(&Act::MakeGroups { ask: key.clone(), seed: 1 });
            }
            screens_of(&play.scene("Benno"), key);
            for name in &names {
                give_all(&mut play, name, key);
            }
            screens_of(&play.scene("Benno"), key);
            screens_of(&play.scene("Amina"), key);
        }
        fits(&sitting, &desk::screen(&play.scene("Amina"), ""));
        fits(&sitting, &me::waits(&play.scene("Benno"), ""));
        play.host(&Act::Close { sitting: sitting.clone(), despite: Some("time".to_owned()) });
        fits(
            &sitting,
            &posts::screen(&play.scene_of(Viewer::Room), &Notice::Closes { sitting: sitting.clone() }).unwrap(),
        );
        fits(&sitting, &posts::screen(&play.scene_of(Viewer::Room), &Notice::Board).unwrap());
    }
    let scene = play.scene("Benno");
    canvas_fits(&scene);
    (0..9).for_each(|page| fits("mine", &me::gave(&scene, None, page, "✓ Saved.")));
    fits("drafts", &me::drafts(&scene, ""));
    for deed in &DEEDS {
        let deed = Deed { name: deed.name.to_owned(), ..Deed::default() };
        fits(&deed.name, &desk::step(&play.scene("Amina"), &deed, ""));
        opens(&deed.name, &desk::form(&play.scene("Amina"), &deed, "zzzzzzzzzzzzz".to_owned()));
    }
}

/// Hosts' words at their longest and worst: a word, a text of their own, and words of welcome in the first post.
#[test]
fn hosts_words_fit_into_an_opening_post() {
    let mut play = crowd();
    let sitting = plan().sittings().next().unwrap().1.key.clone();
    for fill in ["*", "a", "a\n", "@"] {
        let text = |chars: u32| fill.repeat(chars as usize).chars().take(chars as usize).collect::<String>();
        let welcome = Some(text(WELCOME_CHARS_MAX));
        play.host(&Act::Describe { name: None, issue: None, welcome });
        play.host(&Act::Word(WordAct::Above { sitting: sitting.clone(), text: text(WORD_CHARS_MAX) }));
        play.host(&Act::Word(WordAct::Instead { sitting: sitting.clone(), text: text(INVITATION_CHARS_MAX) }));
        let seen = screens::preview::screen(&play.scene("Amina"), &sitting, "");
        fits(fill, &Screen { text: seen.text.replace(words().label("preview"), ""), ..seen });
    }
    play.open(&sitting);
    let post = posts::screen(&play.scene_of(Viewer::Room), &Notice::Opens { sitting: sitting.clone() }).unwrap();
    fits("post", &post);
    assert!(post.text.contains("Open until"), "the end is cut: {}", post.text);
    fits("preview", &screens::preview::screen(&play.scene("Amina"), &sitting, ""));
}

/// Look-alikes as long as can be: the hint above a full screen, and the groups with their form.
#[test]
fn look_alikes_fit_even_in_a_crowd() {
    let mut play = crowd();
    play.open("give");
    let names: Vec<String> = play.board.people.values().map(|person| person.name.clone()).take(14).collect();
    for name in &names {
        for nth in 0..5 {
            play.give(name, "causes", &[("cause", &format!("{nth} {}", hostile(130)))]);
        }
    }
    let scene = play.scene("Amina");
    let ask = scene.ask("causes").unwrap();
    let mine = scene.mine(ask)[0].id;
    let hint = screens::alike::hint(&scene, &Said::new("saved").with("card", mine)).expect("a hint");
    let top = screens::alike::above("✓ Saved. Thank you!", Some(&hint));
    fits("hint", &screens::alike::with(screens::ask(&scene, "causes", 0, &top), Some(hint)));
    fits("alike", &screens::alike::screen(&scene, "causes", "✓ Joined into one card.", Some(mine)));
    for choice in screens::alike::choices(&scene, ask) {
        let args = vec!["causes".to_owned(), choice.value];
        let deed = Deed { name: screens::alike::DEED.to_owned(), args, page: 0 };
        opens("alike", &desk::form(&scene, &deed, "zzzzzzz".to_owned()));
    }
}

/// Every page of the whole, every picture with every page of its menus, every line traced back.
fn canvas_fits(scene: &Scene<'_>) {
    let drawn = canvas_of(scene.view(), &PROMPTS);
    for page in 0..6 {
        fits("canvas", &canvas::screen(scene, &drawn, &Sight { page, ..Sight::of(Picture::Whole) }, ""));
    }
    let mut traced = 0;
    for picture in Picture::all(&drawn) {
        let sight = Sight::of(picture);
        for (pictures, lines) in [(0, 0), (1, 1), (0, 9)] {
            let sight = Sight { pictures, lines, ..sight.clone() };
            fits(&sight.picture.key(), &canvas::screen(scene, &drawn, &sight, ""));
        }
        for trace in sight.section(&drawn).map(traces).unwrap_or_default() {
            let sight = Sight { line: Some(trace.key), ..sight.clone() };
            fits(&sight.picture.key(), &canvas::screen(scene, &drawn, &sight, ""));
            traced += 1;
        }
        let gone = Sight { line: Some("999999".to_owned()), ..sight };
        fits("gone", &canvas::screen(scene, &drawn, &gone, ""));
    }
    assert!(traced > 40, "only {traced} lines");
    fits("reports", &reports::screen(scene, 0, ""));
    fits("versions", &versions::screen(scene, 0, ""));
    for version in &scene.board().versions {
        fits("version", &versions::one(scene, version, &drawn, 0));
    }
    fits("compared", &versions::compared(scene, &compare(&Play::new().canvas(), &drawn)));
    for served in [true, false] {
        fits("links", &links::screen(scene, scene.view().now(), served, ""));
    }
    for scope in [Scope::Partners, Scope::Outside] {
        fits("until", &links::until(scene, scope));
    }
    fits("release", &links::release(scene, ""));
    fits("link", &links::made(scene, "✓", "https://board.example.org/b/0123456789abcdef"));
}

#[test]
fn coming_in_and_setting_up_fit() {
    let play = crowd();
    let room = play.scene_of(Viewer::Room);
    fits("stranger", &join::stranger(&room, ""));
    fits("names", &join::names(&room, "nobody", 0));
    fits("partners", &join::partners(&room));
    let benno = play.id("Benno");
    let partner = play.board.people[&benno].partner;
    fits("levels", &join::levels(&room, partner));
    fits("leave", &join::leave(&room));
    opens("join", &join::form(&room, benno, "zzzzzzzzzzzzz".to_owned()));
    opens("ask", &join::ask_form(&room, partner, Level::Strategic, &"x".repeat(90), "zzzzzzzzzzzzz".to_owned()));
    opens("zone", &me::zone(&play.scene("Benno"), "zzzzzzzzzzzzz".to_owned()));
    opens("setup", &setup::form(words(), "Amina", &[], "zzzzzzzzzzzzz".to_owned()));
    for bits in [0, permissions::needed()] {
        fits("check", &setup::check(words(), bits, u64::MAX, false));
        fits("check", &setup::check(words(), bits, u64::MAX, true));
    }
    for spot in [Spot::Hosts, Spot::Partner(partner)] {
        fits("room", &posts::first(&room, &spot).unwrap());
        let said = Said::new("closed-without").with("sitting", "hello");
        fits("say", &posts::screen(&room, &Notice::Say { spot, said }).unwrap());
    }
}
