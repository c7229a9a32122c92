//! Screens about headings, with as many cards, groups and letters as there can be.

use std::collections::BTreeSet;

use super::limits::{crowd, fits, hostile, opens};
use crate::discord::custom_id::CustomId;
use crate::discord::limits::CUSTOM_ID_CHARS_MAX;
use crate::discord::press::{Batch, Press};
use crate::discord::screen::{Row, Screen};
use crate::discord::screens::{self, cards, clusters};
use crate::path::cluster::{CLUSTERS_MAX, free};
use crate::path::{Act, CardId, ClusterId, Clustering, PartnershipId};

/// The choices of one menu of a screen.
fn choices(screen: &Screen, press: &Press) -> Vec<String> {
    let id = CustomId::from(press.clone());
    let menus = screen.rows.iter().filter_map(|row| match row {
        Row::Menu(menu) if menu.id == id => Some(menu.choices.iter().map(|choice| choice.value.clone()).collect()),
        Row::Menu(_) | Row::Buttons(_) => None,
    });
    menus.into_iter().next().unwrap_or_default()
}

#[test]
fn every_card_is_on_some_page_and_none_is_alone_on_one() {
    let mut play = crowd();
    play.open("give");
    let names: Vec<String> = play.board.people.values().map(|person| person.name.clone()).take(6).collect();
    for (nth, name) in names.iter().enumerate() {
        for card in 0..if nth == 0 { 3 } else { 5 } {
            play.give(name, "causes", &[("cause", &format!("Cause {nth} {card}"))]);
        }
    }
    let cards: Vec<CardId> = free(play.scene("Amina").board(), "causes").iter().map(|card| card.id).collect();
    assert_eq!(cards.len(), 28);
    let new = Press::NewHeading { ask: "causes".to_owned() };
    let scene = play.scene("Amina");
    let pages = [0, 1].map(|page| choices(&clusters::screen(&scene, "causes", page, "", None), &new));
    assert_eq!(pages.each_ref().map(Vec::len), [25, 25]);
    assert_eq!(pages.iter().flatten().collect::<BTreeSet<_>>().len(), 28);
    play.host(&Act::Clustering(Clustering::Make { cards: cards[..2].to_vec(), name: "Two".to_owned() }));
    let scene = play.scene("Amina");
    let id = *scene.board().clusters.keys().next().unwrap();
    let put = Press::PutUnder { cluster: id };
    let pages = [0, 1].map(|page| choices(&clusters::group(&scene, id, page, "", None), &put));
    assert_eq!(pages.iter().flatten().collect::<BTreeSet<_>>().len(), 26);
}

#[test]
fn headings_fit_even_in_a_crowd() {
    let mut play = crowd();
    play.open("give");
    let names: Vec<String> = play.board.people.values().map(|person| person.name.clone()).take(20).collect();
    for name in &names {
        for nth in 0..5 {
            play.give(name, "causes", &[("cause", &format!("{nth} {}", hostile(130)))]);
        }
    }
    let scene = play.scene("Amina");
    fits("headings", &clusters::screen(&scene, "causes", 0, "", None));
    let cards: Vec<CardId> = free(scene.board(), "causes").iter().map(|card| card.id).collect();
    for pair in cards.chunks(3).take(CLUSTERS_MAX) {
        let name = format!("{} {}", pair[0], hostile(50));
        play.host(&Act::Clustering(Clustering::Make { cards: pair.to_vec(), name }));
    }
    let scene = play.scene("Amina");
    assert_eq!(scene.board().clusters.len(), CLUSTERS_MAX);
    let undo = Press::Dissolve { cluster: ClusterId(9_999_999) };
    for page in 0..3 {
        fits("headings", &clusters::screen(&scene, "causes", page, "✓ Done. You can undo it.", Some(undo.clone())));
    }
    let group = scene.board().clusters.values().next().unwrap();
    let undo = Press::OutAgain { cluster: group.id, cards: Batch(cards.iter().copied().take(10).collect()) };
    fits("group", &clusters::group(&scene, group.id, 0, "✓ Done. You can undo it.", Some(undo)));
    fits("group", &clusters::group(&scene, ClusterId(1), 0, "", None));
    opens("new", &clusters::new_form(&scene, cards[..10].to_vec(), hostile(60), "zzzzzzz".to_owned()));
    opens("rename", &clusters::rename_form(&scene, group, "zzzzzzz".to_owned()));
    fits("others", &cards::others(&scene, scene.ask("causes").unwrap(), 1));
    fits("ask", &screens::ask(&scene, "causes", 0, "✓ Saved."));
    let last = (99_990..100_000).map(CardId).collect();
    let longest = [
        CustomId::from(Press::HeadingForm { cards: Batch(last), opening: "zzzzzzz".to_owned() }),
        Press::OutAgain { cluster: ClusterId(99_999), cards: Batch((99_990..100_000).map(CardId).collect()) }.into(),
    ];
    for id in longest.map(|id| id.within(PartnershipId(99_999))) {
        let text = id.to_string();
        assert!(text.len() <= CUSTOM_ID_CHARS_MAX, "{text}: {}", text.len());
        assert_eq!(CustomId::read(&text), Ok(id));
    }
}
