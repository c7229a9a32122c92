//! How the screens look, kept so that a change is seen.

use std::collections::BTreeMap;

use super::{Play, drawn};
use crate::app::ActError;
use crate::discord::escape::unquote;
use crate::discord::press::Slip;
use crate::discord::reply;
use crate::discord::screens::{self, cards, consent, desk, figures, me};
use crate::path::{Act, CardId, Refusal, Value, Who};

#[test]
fn cards_before_and_after() {
    let mut play = Play::new();
    play.open("give");
    insta::assert_snapshot!("cards_empty", drawn(&screens::ask(&play.scene("Benno"), "causes", 0, "")));
    play.give("Benno", "causes", &[("cause", "Waste is collected *once* a month")]);
    play.give("Chike", "causes", &[("cause", "Fines are never asked")]);
    insta::assert_snapshot!(
        "cards_given",
        drawn(&screens::ask(&play.scene("Benno"), "causes", 0, "✓ Saved. Thank you!"))
    );
    let scene = play.scene("Benno");
    insta::assert_snapshot!("cards_others", drawn(&cards::others(&scene, scene.ask("causes").unwrap(), 0)));
    assert!(cards::others_of(&play.scene("Amina"), scene.ask("causes").unwrap()).is_empty(), "sealed until one's own");
}

#[test]
fn a_card_of_menus_and_words() {
    let mut play = Play::new();
    play.open("triads");
    play.enter(vec![], vec![("Dora", "RWA", crate::path::Level::Operational)]);
    play.host(&Act::MakeGroups { ask: "mixed-triads".to_owned(), seed: 1 });
    let benno = Who::Person(play.id("Benno"));
    insta::assert_snapshot!("story_empty", drawn(&screens::ask(&play.scene("Benno"), "story", 0, "")));
    let fields = BTreeMap::from([("kind".to_owned(), "success".to_owned()), ("story".to_owned(), "A bin.".to_owned())]);
    play.act(&benno, &Act::KeepDraft { ask: "story".to_owned(), fields });
    insta::assert_snapshot!("story_drafted", drawn(&screens::ask(&play.scene("Benno"), "story", 0, "")));
    let form = cards::form(
        &play.scene("Benno"),
        play.scene("Benno").ask("story").unwrap(),
        &Slip { ask: "story".to_owned(), ..Slip::default() },
        "x".to_owned(),
    );
    assert_eq!(form.unwrap().boxes[0].value, "A bin.");
    insta::assert_snapshot!("groups", drawn(&screens::ask(&play.scene("Benno"), "mixed-triads", 0, "")));
}

#[test]
fn consent_with_a_no() {
    let mut play = Play::new();
    play.open("round");
    let scene = play.scene("Benno");
    let ask = scene.ask("rules").unwrap();
    let line: CardId = screens::marks::offered(&scene, ask)[1];
    let act = Act::Answer {
        ask: "rules".to_owned(),
        card: Some(line),
        value: Value::NotYet,
        note: "Too strict".to_owned(),
        proposal: "Say *please*".to_owned(),
    };
    play.act(&Who::Person(play.id("Benno")), &act);
    insta::assert_snapshot!("consent", drawn(&screens::ask(&play.scene("Benno"), "rules", 0, "")));
    insta::assert_snapshot!("consent_lines", drawn(&consent::lines(&scene, ask, Value::Remark)));
}

#[test]
fn figures_and_roles() {
    let mut play = Play::new();
    play.open("red-and-green");
    let scene = play.scene("Benno");
    let field = screens::marks::offered(&scene, scene.ask("figures").unwrap())[0];
    for count in [1, 2] {
        let act = Act::Place { ask: "figures".to_owned(), pile: "green".to_owned(), card: field, count };
        play.act(&Who::Person(play.id("Benno")), &act);
    }
    let scene = play.scene("Benno");
    insta::assert_snapshot!("figures", drawn(&figures::screen(&scene, scene.ask("figures").unwrap(), Some(field), "")));
    assert!(figures::placed(&play.scene("Chike"), scene.ask("figures").unwrap()).is_empty(), "a ballot is its giver's");
    play.open("who-does-what");
    insta::assert_snapshot!("assign", drawn(&screens::ask(&play.scene("Benno"), "roles", 0, "")));
}

#[test]
fn marks_keep_those_of_other_menus() {
    let mut play = Play::new();
    play.open("give");
    for nth in 0..5 {
        for name in ["Amina", "Benno", "Chike"] {
            play.give(name, "causes", &[("cause", &format!("{name} sees cause {nth}"))]);
        }
    }
    play.enter(
        vec![],
        vec![
            ("Dora", "RWA", crate::path::Level::Operational),
            ("Emil", "City", crate::path::Level::Operational),
            ("Fay", "City", crate::path::Level::Operational),
        ],
    );
    for nth in 0..5 {
        for name in ["Dora", "Emil", "Fay"] {
            play.give(name, "causes", &[("cause", &format!("{name} sees cause {nth}"))]);
        }
    }
    play.host(&Act::Close { sitting: "give".to_owned(), despite: None });
    play.open("choose");
    let benno = Who::Person(play.id("Benno"));
    let scene = play.scene("Benno");
    let ask = scene.ask("core-causes").unwrap();
    let all = screens::marks::offered(&scene, ask);
    assert_eq!(all.len(), 30);
    let mark = |scene: &crate::discord::scene::Scene<'_>, menu, cards: &[CardId]| Act::MarkAmong {
        ask: ask.key.clone(),
        among: screens::marks::among(scene, ask, menu),
        cards: cards.iter().copied().collect(),
    };
    play.act(&benno, &mark(&scene, 0, &[all[0], all[3]]));
    play.act(&benno, &mark(&scene, 1, &[all[29]]));
    let scene = play.scene("Benno");
    assert_eq!(screens::marks::marked(&scene, ask), [all[0], all[3], all[29]].into());
}

#[test]
fn the_desk_and_what_waits() {
    let mut play = Play::new();
    play.open("hello");
    insta::assert_snapshot!("desk", drawn(&desk::screen(&play.scene("Amina"), "")));
    assert!(!drawn(&desk::screen(&play.scene("Benno"), "")).contains("Close a step"), "hosts only");
    insta::assert_snapshot!("waits", drawn(&me::waits(&play.scene("Benno"), "")));
}

#[test]
fn a_refusal_gives_the_words_back() {
    let play = Play::new();
    let error = ActError::Refused(Refusal::Unknown { what: "@everyone **x**".to_owned() });
    let screen = reply::refused(&play.scene("Benno"), &error, Some("my ``` own words"), None);
    assert!(!screen.text.contains("@everyone") && !screen.text.contains("**x**"), "{}", screen.text);
    assert_eq!(screen.text.matches("```").count(), 2, "{}", screen.text);
    assert!(screen.text.contains("own words"));
}

#[test]
fn a_message_is_read_back_from_its_own_screen() {
    for words in ["plain", "two\nlines", "> quoted\n# head\n- item", "*a* _b_ @here <@1> 1. x", "  spaced  "] {
        let shown = format!("What do you want?\n\n{}", crate::discord::escape::quote(words));
        assert_eq!(unquote(&shown).trim(), words.trim(), "{shown}");
    }
}
