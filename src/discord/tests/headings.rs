//! Screens about headings, with as many cards, groups and letters as there can be.

use super::limits::{crowd, fits, hostile, opens};
use crate::discord::custom_id::CustomId;
use crate::discord::limits::CUSTOM_ID_CHARS_MAX;
use crate::discord::press::{Batch, Press};
use crate::discord::screens::{self, cards, clusters};
use crate::path::cluster::{CLUSTERS_MAX, free};
use crate::path::{Act, CardId, ClusterId, Clustering, PartnershipId};

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
    fits("group", &clusters::group(&scene, group.id, "✓ Done. You can undo it.", Some(undo)));
    fits("group", &clusters::group(&scene, ClusterId(1), "", None));
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
