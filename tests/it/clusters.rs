//! Groups of cards through the real client: named by select and form, mended by their authors, undone, and drawn.

use jointpath::canvas::{self, sheet};
use jointpath::path::{CardId, RoomId, Viewer};
use jointpath::sandbox::remote::Seen;
use serde_json::json;

use crate::town::{ANN, BEA, BEN, CHANNEL, CID, Town, button, form};

const CAUSES: [&str; 2] = ["groundwork", "causes"];
const MEALS: &str = "Nobody plans the meals";
const LATE: &str = "Meals are planned too late";
const ROADS: &str = "Roads are bad in the rainy season";
const NORTH: &str = "The road to the north is closed when it rains";

async fn hosts(town: &Town, deed: &str, options: serde_json::Value) {
    let seen = town.command(ANN, &["path", deed], options).await;
    assert!(seen.text().contains('✓'), "{deed}: {}", seen.text());
    town.settle().await;
}

async fn gives(town: &Town, user: u64, words: &str) {
    let seen = town.command(user, &CAUSES, json!({ "text": words })).await;
    assert!(seen.text().contains('✓'), "{}", seen.text());
}

/// Bea, Cid and Ben have given causes; the step is open still.
async fn given(town: &Town) {
    hosts(town, "open", json!({ "sitting": "give" })).await;
    for (user, words) in [(BEA, MEALS), (CID, LATE), (BEN, ROADS), (CID, NORTH)] {
        gives(town, user, words).await;
    }
}

/// The groups, as somebody comes to them from *What others wrote*.
async fn groups(town: &Town, user: u64) -> Seen {
    let mine = town.command(user, &CAUSES, json!({})).await;
    let others = town.press(user, &mine, "others").await;
    town.press(user, &others, "headings").await
}

/// Chooses these cards in the first menu that offers all of them.
async fn chooses(town: &Town, user: u64, seen: &Seen, cards: &[&str]) -> Seen {
    let post = seen.message.as_ref().unwrap();
    let found = post.controls().into_iter().find_map(|control| {
        let options = control["options"].as_array()?.clone();
        let value = |words: &&str| {
            let option = options.iter().find(|option| option["label"].as_str() == Some(words))?;
            Some(option["value"].as_str()?.to_owned())
        };
        let values = cards.iter().map(value).collect::<Option<Vec<String>>>()?;
        Some((control["custom_id"].as_str()?.to_owned(), values))
    });
    let (id, values) = found.unwrap_or_else(|| panic!("no menu with {cards:?}: {post:?}"));
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    town.remote.select(user, post.id, &id, &values).await.unwrap()
}

fn card(town: &Town, words: &str) -> CardId {
    let board = town.app.view(town.app.partnership_in(RoomId(CHANNEL)).unwrap(), Viewer::Room).unwrap();
    let board = board.shown();
    board.cards.values().find(|card| board.words_of(card) == words).unwrap_or_else(|| panic!("no {words}")).id
}

fn heading(town: &Town, words: &str) -> Option<String> {
    town.board().cluster_of(card(town, words)).map(|cluster| cluster.name().to_owned())
}

#[tokio::test]
async fn people_name_a_suggestion_and_each_takes_out_their_own() {
    let town = Town::founded().await;
    given(&town).await;
    let list = groups(&town, BEA).await;
    assert!(list.text().contains(&town.label("themes-how")), "{}", list.text());
    let named = town.choose(BEA, &list, "Rainy").await;
    assert_eq!(form(&named).fields[0].value, "Rainy", "a word that they share stands there to begin from");
    let done = town.fill(BEA, &named, &["Roads *and* rain"]).await;
    assert!(done.text().contains("now") && done.text().contains("Roads \\*and\\* rain"), "{}", done.text());
    // The same form once more, and somebody else who names the same cards at the same moment.
    let again = town.resend(BEA, form(&named), "Roads *and* rain").await;
    assert!(again.text().contains("already"), "{}", again.text());
    let late = town.resend(CID, form(&named), "Ways").await;
    assert!(late.text().contains("quicker") && late.text().contains("Ways"), "{}", late.text());
    town.settle().await;
    // Before the step closes the room sees no heading, because it sees no card.
    assert!(town.board().clusters.is_empty());
    hosts(&town, "close", json!({ "sitting": "give", "despite": "time is up" })).await;
    assert_eq!(heading(&town, ROADS).as_deref(), Some("Roads *and* rain"));
    let me = town.command(BEN, &["me"], json!({})).await;
    let mine = town.press(BEN, &me, "what-i-gave").await;
    assert!(mine.text().contains("in the group “Roads"), "{}", mine.text());
    let card = town.choose(BEN, &mine, ROADS).await;
    let its = town.press(BEN, &card, "its-group").await;
    assert!(its.text().contains("named by Bea"), "{}", its.text());
    // Ben's card belongs elsewhere; he may rename, take out what is his, and undo it.
    let group = town.choose(BEN, &groups(&town, BEN).await, "Roads *and* rain").await;
    assert!(group.text().contains("named by Bea") && group.text().contains(NORTH), "{}", group.text());
    let out = chooses(&town, BEN, &group, &[ROADS]).await;
    assert!(out.text().contains("Taken out"), "{}", out.text());
    assert_eq!(heading(&town, ROADS), None);
    let back = town.press(BEN, &out, "undo-joining").await;
    assert!(back.text().contains("Put into"), "{}", back.text());
    assert_eq!(heading(&town, ROADS).as_deref(), Some("Roads *and* rain"));
    let rename = town.press(BEN, &back, "rename-heading").await;
    let renamed = town.fill(BEN, &rename, &["Rain"]).await;
    assert!(renamed.text().contains("before: Roads \\*and\\* rain"), "{}", renamed.text());
    let undone = town.press(BEN, &renamed, "undo-joining").await;
    assert!(undone.text().contains("It is called “Roads"), "{}", undone.text());
}

#[tokio::test]
async fn hosts_come_from_the_desk_and_dissolve_and_bring_back() {
    let town = Town::founded().await;
    given(&town).await;
    hosts(&town, "close", json!({ "sitting": "give", "despite": "time is up" })).await;
    let desk = town.command(ANN, &["path", "status"], json!({})).await;
    let asks = town.choose(ANN, &desk, &town.label("deed-headings")).await;
    let list = town.choose(ANN, &asks, "Causes").await;
    let named = chooses(&town, ANN, &list, &[MEALS, ROADS]).await;
    assert_eq!(form(&named).fields[0].value, "", "no suggestion, no word");
    let empty = town.resend(ANN, form(&named), "  ").await;
    assert!(empty.text().contains("is empty"), "{}", empty.text());
    let done = town.fill(ANN, &named, &["Odd ones"]).await;
    assert!(done.text().contains('✓'), "{}", done.text());
    // Undo at once; and undo that.
    let gone = town.press(ANN, &done, "undo-joining").await;
    assert!(gone.text().contains("is gone") && heading(&town, MEALS).is_none(), "{}", gone.text());
    let there = town.press(ANN, &gone, "undo-joining").await;
    assert!(there.text().contains("there again"), "{}", there.text());
    assert_eq!(heading(&town, MEALS).as_deref(), Some("Odd ones"));
    // A foreign press on the host's button, and one on a button of before.
    let post = there.message.as_ref().unwrap();
    let dissolve = button(post, &town.label("dissolve-heading"));
    let own = town.command(CID, &["me"], json!({})).await;
    let foreign = town.forge(CID, own.message.as_ref().unwrap().id, &dissolve).await;
    assert!(foreign.text().contains(&town.beginning("not-your-heading")), "{}", foreign.text());
    assert_eq!(heading(&town, MEALS).as_deref(), Some("Odd ones"));
    town.press(ANN, &there, "dissolve-heading").await;
    let late = town.forge(ANN, post.id, &dissolve).await;
    assert!(late.text().contains(&town.beginning("heading-gone")), "{}", late.text());
    // Forged: one card, a card that is none, a heading of nothing.
    for (id, key) in [("j1:headform:1,999999:x", "card-gone"), ("j1:acluster:999999:0", "heading-gone")] {
        let seen = if id.contains("headform") {
            let body = json!({"channel": CHANNEL, "custom_id": id, "values": {"words": "X"}, "forge": true});
            town.remote.deed(ANN, "submit", body).await.unwrap()
        } else {
            town.forge(ANN, post.id, id).await
        };
        assert!(seen.text().contains(&town.beginning(key)), "{id}: {}", seen.text());
    }
}

#[tokio::test]
async fn a_heading_goes_through_every_form_as_itself_and_rings_nobody() {
    let hostile = "=cmd() @everyone <b>#1</b> | `x` [a](http://b.c)";
    let town = Town::founded().await;
    given(&town).await;
    let named = chooses(&town, CID, &groups(&town, CID).await, &[MEALS, LATE]).await;
    let done = town.fill(CID, &named, &[hostile]).await;
    assert!(done.text().contains('✓'), "{}", done.text());
    hosts(&town, "close", json!({ "sitting": "give", "despite": "time is up" })).await;
    let id = town.app.partnership_in(RoomId(CHANNEL)).unwrap();
    let drawn = town.app.canvas(id, Viewer::Room).unwrap();
    let json = canvas::json(&drawn);
    assert!(json.contains("\"cluster\"") && json.contains("named by Cid"), "{json}");
    let html = canvas::html(&drawn);
    assert!(html.contains("&lt;b&gt;#1&lt;") && !html.contains("<b>#1"), "{html}");
    let told = canvas::outline(&drawn);
    assert!(told.contains("Group: ") && !told.contains("[a](http"), "{told}");
    let view = town.app.view(id, Viewer::Room).unwrap();
    let words = jointpath::app::captions_of(&view, &jointpath::prompts::load(&jointpath::prompts::built_in()).unwrap());
    let files = sheet::csv(&view, &words);
    let text: String = files.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect();
    assert!(text.contains("'=cmd()"), "no formula: {text}");
    // The tables of who chooses: the cards of one heading stand next to each other, whoever looks.
    hosts(&town, "open", json!({ "sitting": "choose" })).await;
    for user in [BEA, BEN, CID] {
        let seen = town.command(user, &["groundwork", "core-causes"], json!({})).await;
        assert!(!seen.text().contains("@everyone"), "{}", seen.text());
        let controls = seen.message.as_ref().unwrap().controls();
        let options = controls.iter().find_map(|control| control["options"].as_array()).expect("a menu").clone();
        let under: Vec<bool> = options.iter().map(|option| option["description"].as_str() == Some(hostile)).collect();
        assert_eq!(under.iter().filter(|there| **there).count(), 2, "{under:?}");
        let ring: Vec<bool> = under.iter().chain(&under).copied().collect();
        assert!(ring.windows(2).any(|pair| pair == [true, true]), "next to each other, in the round: {under:?}");
    }
}
