//! Near-doubles: an author supports another's card, hosts join look-alikes in batches, authors split theirs off.

use jointpath::canvas;
use jointpath::path::{CardState, RoomId, Viewer};
use jointpath::sandbox::remote::{Post, Seen};
use serde_json::json;

use crate::town::{ANN, BEA, BEN, CHANNEL, CID, Town, button, form};

const CAUSES: [&str; 2] = ["groundwork", "causes"];
const FUEL: &str = "Fuel is too expensive for small kitchens";
const FUEL_TOO: &str = "Small kitchens find fuel too expensive";

async fn hosts(town: &Town, deed: &str, options: serde_json::Value) {
    let seen = town.command(ANN, &["path", deed], options).await;
    assert!(seen.text().contains('✓'), "{deed}: {}", seen.text());
    town.settle().await;
}

/// Both have given nearly the same cause; what the second one sees then.
async fn doubled(town: &Town) -> Seen {
    hosts(town, "open", json!({ "sitting": "give" })).await;
    let first = town.write(BEA, &CAUSES, FUEL).await;
    assert!(!first.text().contains(&town.label("double-hint")), "nothing like it is there: {}", first.text());
    town.write(CID, &CAUSES, FUEL_TOO).await
}

/// Somebody presses a button that stands on another's screen alone.
async fn forged(town: &Town, user: u64, id: &str) -> Seen {
    let own = town.command(user, &["me"], json!({})).await;
    town.forge(user, own.message.as_ref().unwrap().id, id).await
}

fn standing(town: &Town) -> Vec<String> {
    let board = town.board();
    board.cards_of("causes", false).iter().map(|card| board.words_of(card).to_owned()).collect()
}

#[tokio::test]
async fn a_near_double_is_hinted_supported_taken_back_and_seen_on_the_canvas() {
    let town = Town::founded().await;
    let seen = doubled(&town).await;
    assert!(seen.text().contains('✓') && seen.text().contains(&town.label("double-hint")), "{}", seen.text());
    assert!(seen.text().contains(FUEL), "{}", seen.text());
    let supported = town.press(CID, &seen, "support-it").await;
    assert!(supported.text().contains("stands behind") && supported.text().contains(FUEL), "{}", supported.text());
    let back = town.press(CID, &supported, "stand-alone").await;
    assert!(back.text().contains("stands alone again"), "{}", back.text());
    // Pressed on the old screen once more: nothing is undone twice.
    let post = supported.message.as_ref().unwrap();
    let id = button(post, &town.label("stand-alone"));
    let again = town.forge(CID, post.id, &id).await;
    assert!(again.text().contains("stands by itself already"), "{}", again.text());
    // Somebody else presses it.
    let support = button(seen.message.as_ref().unwrap(), &town.label("support-it"));
    let foreign = forged(&town, BEN, &support).await;
    assert!(foreign.text().contains(&town.beginning("not-yours")), "{}", foreign.text());
    // Saved once more without a change: no hint. With one: again.
    let mine = town.command(CID, &CAUSES, json!({})).await;
    let edit = town.press(CID, &mine, "change").await;
    let same = town.fill(CID, &edit, &[FUEL_TOO]).await;
    assert!(
        same.text().contains("saved already") && !same.text().contains(&town.label("double-hint")),
        "{}",
        same.text()
    );
    let edit = town.press(CID, &same, "change").await;
    let other = town.fill(CID, &edit, &["Small kitchens find fuel much too expensive"]).await;
    town.press(CID, &other, "support-it").await;
    let me = town.command(CID, &["me"], json!({})).await;
    let gave = town.press(CID, &me, "what-i-gave").await;
    assert!(gave.text().contains("→ stands behind “Fuel is too expensive"), "{}", gave.text());
    hosts(&town, "close", json!({ "sitting": "give", "despite": "time is up" })).await;
    let id = town.app.partnership_in(RoomId(CHANNEL)).unwrap();
    let canvas = town.app.canvas(id, Viewer::Room).unwrap();
    let told = canvas::outline(&canvas);
    let line = told.lines().find(|line| line.contains(FUEL)).unwrap_or_else(|| panic!("{told}"));
    let json = canvas::json(&canvas);
    assert!(json.contains("Bea") && json.contains("Cid") && json.contains("from 2 cards: Bea"), "{line}\n{json}");
    let late = town.forge(CID, post.id, &id_of_alone(&town)).await;
    assert!(late.text().contains(&town.beginning("closed")) || late.text().contains("closed"), "{}", late.text());
    assert_eq!(standing(&town), [FUEL]);
}

/// The id of the button that lets Cid's card stand alone.
fn id_of_alone(town: &Town) -> String {
    let board = town.board();
    let card = board.cards.values().find(|card| matches!(card.state, CardState::Merged(_))).expect("a joined card");
    format!("j1:standalone:{}", card.id)
}

/// Two groups of look-alikes lie on the table, and the step is closed.
async fn two_groups(town: &Town) {
    hosts(town, "open", json!({ "sitting": "give" })).await;
    for (user, words) in [
        (BEA, FUEL),
        (CID, FUEL_TOO),
        (BEN, "Small kitchens find fuel far too expensive"),
        (BEA, "Nobody plans the meals"),
        (CID, "The meals nobody plans"),
        (BEN, "Roads are bad"),
    ] {
        let options = json!({ "text": words });
        let seen = town.command(user, &CAUSES, options).await;
        assert!(seen.text().contains('✓'), "{}", seen.text());
    }
    hosts(town, "close", json!({ "sitting": "give", "despite": "time is up" })).await;
}

/// The list of look-alikes among the causes, as Ann comes to it from the desk.
async fn look_alikes(town: &Town) -> Seen {
    let desk = town.command(ANN, &["path", "status"], json!({})).await;
    let asks = town.choose(ANN, &desk, &town.label("deed-alike")).await;
    town.choose(ANN, &asks, "Causes").await
}

/// What somebody was told in their partner's room.
async fn told(town: &Town, user: u64, words: &str) -> (Post, usize) {
    let mut found = Vec::new();
    for room in town.remote.channels_of(user).await.unwrap() {
        let posts = town.remote.read_channel(user, room.id.0).await.unwrap();
        found.extend(posts.into_iter().filter(|post| post.content.contains(words)));
    }
    let count = found.len();
    (found.pop().unwrap_or_else(|| panic!("nobody was told {words:?}")), count)
}

#[tokio::test]
async fn a_host_joins_two_groups_in_one_go_and_undoes_one() {
    let town = Town::founded().await;
    two_groups(&town).await;
    let list = look_alikes(&town).await;
    assert!(list.text().contains("**1** · 3 cards") && list.text().contains("**2** · 2 cards"), "{}", list.text());
    let first = town.choose(ANN, &list, "fuel").await;
    assert_eq!(form(&first).fields[0].value, "Small kitchens find fuel far too expensive", "the longest wording");
    let next = town.fill(ANN, &first, &["Fuel costs small kitchens too much"]).await;
    assert!(next.text().contains('✓') && next.text().contains("**1** · 2 cards"), "{}", next.text());
    let second = town.choose(ANN, &next, "meals").await;
    let done = town.fill(ANN, &second, &["Nobody plans what is cooked"]).await;
    assert!(done.text().contains(&town.label("no-look-alikes")), "{}", done.text());
    assert_eq!(standing(&town), ["Roads are bad", "Fuel costs small kitchens too much", "Nobody plans what is cooked"]);
    // The same form once more: the cards are joined already.
    let twice = town.resend(ANN, form(&second), "Once more").await;
    assert!(
        twice.text().contains(&town.beginning("card-gone")) && twice.text().contains("Once more"),
        "{}",
        twice.text()
    );
    let undone = town.press(ANN, &done, "undo-joining").await;
    assert!(undone.text().contains("**1** · 2 cards"), "it is offered again: {}", undone.text());
    let post = done.message.as_ref().unwrap();
    let again = town.forge(ANN, post.id, &button(post, &town.label("undo-joining"))).await;
    assert!(again.text().contains(&town.beginning("card-gone")), "{}", again.text());
    let foreign = forged(&town, BEA, &button(post, &town.label("undo-joining"))).await;
    assert!(foreign.text().contains(&town.beginning("hosts-only")), "{}", foreign.text());
    assert_eq!(standing(&town).len(), 4);
    town.settle().await;
    let (_, count) = told(&town, BEN, "joined a card of yours").await;
    assert!(count >= 1);
}

#[tokio::test]
async fn an_author_splits_theirs_off_and_only_for_a_day() {
    let town = Town::founded().await;
    two_groups(&town).await;
    let form = town.choose(ANN, &look_alikes(&town).await, "fuel").await;
    town.fill(ANN, &form, &["Fuel costs small kitchens too much"]).await;
    town.settle().await;
    let (post, count) = told(&town, CID, "joined a card of yours").await;
    assert_eq!(count, 1, "told once");
    let split = button(&post, &town.label("split-mine-off"));
    let foreign = forged(&town, ANN, &split).await;
    assert!(foreign.text().contains(&town.beginning("nothing-to-split")), "{}", foreign.text());
    let off = town.remote.press(CID, post.id, &split).await.unwrap();
    assert!(off.text().contains("Split off") && off.text().contains(FUEL_TOO), "{}", off.text());
    let again = town.remote.press(CID, post.id, &split).await.unwrap();
    assert!(again.text().contains(&town.beginning("nothing-to-split")), "{}", again.text());
    assert!(standing(&town).contains(&FUEL_TOO.to_owned()));
    town.settle().await;
    let (_, count) = told(&town, ANN, "has split a card off").await;
    assert_eq!(count, 1, "hosts hear of it");
    let now = town.remote.settled(std::time::Duration::from_secs(10)).await.unwrap().now_ms;
    town.remote.jump(now + 25 * 3_600_000).await.unwrap();
    town.settle().await;
    let (post, _) = told(&town, BEN, "joined a card of yours").await;
    let posts = [post];
    let late = town.remote.press(BEN, posts[0].id, &button(&posts[0], &town.label("split-mine-off"))).await.unwrap();
    assert!(late.text().contains("24 hours"), "{}", late.text());
    assert!(standing(&town).contains(&"Fuel costs small kitchens too much".to_owned()));
}

/// How often somebody was told this, in all rooms they read.
async fn times_told(town: &Town, user: u64, words: &str) -> usize {
    let mut count = 0;
    for room in town.remote.channels_of(user).await.unwrap() {
        let posts = town.remote.read_channel(user, room.id.0).await.unwrap();
        count += posts.iter().filter(|post| post.content.contains(words)).count();
    }
    count
}

#[tokio::test]
async fn authors_hear_once_that_a_joining_they_heard_of_is_undone() {
    let town = Town::founded().await;
    two_groups(&town).await;
    let form = town.choose(ANN, &look_alikes(&town).await, "fuel").await;
    let done = town.fill(ANN, &form, &["Fuel costs small kitchens too much"]).await;
    town.settle().await;
    assert_eq!(times_told(&town, CID, "joined a card of yours").await, 1);
    town.press(ANN, &done, "undo-joining").await;
    town.settle().await;
    let post = done.message.as_ref().unwrap();
    town.forge(ANN, post.id, &button(post, &town.label("undo-joining"))).await;
    town.settle().await;
    for user in [CID, BEN] {
        assert_eq!(
            times_told(&town, user, "apart again").await,
            times_told(&town, user, "joined a card of yours").await
        );
    }
    let (post, count) = told(&town, CID, "apart again").await;
    assert_eq!(count, 1, "once");
    assert_eq!(post.pinged.iter().map(|id| id.0).collect::<Vec<_>>(), [CID], "{post:?}");
}

#[tokio::test]
async fn a_joining_undone_before_anybody_was_told_is_told_to_nobody() {
    let town = Town::founded().await;
    two_groups(&town).await;
    town.settle().await;
    let rooms = town.remote.channels_of(CID).await.unwrap();
    let room = rooms.iter().find(|room| room.name.contains("Gamma")).expect("Gamma's own room").id;
    let route = format!("POST /api/v10/channels/{room}/messages");
    let fault = json!({ "kind": "status", "status": 500, "route": route, "count": 1 });
    town.remote.fault(fault).await.unwrap();
    let form = town.choose(ANN, &look_alikes(&town).await, "fuel").await;
    let done = town.fill(ANN, &form, &["Fuel costs small kitchens too much"]).await;
    town.remote.settled(std::time::Duration::from_secs(10)).await.unwrap();
    assert_eq!(times_told(&town, CID, "joined a card of yours").await, 0, "its room cannot be reached now");
    town.press(ANN, &done, "undo-joining").await;
    town.settle().await;
    for words in ["joined a card of yours", "apart again"] {
        assert_eq!(times_told(&town, CID, words).await, 0, "{words}");
    }
    assert!(standing(&town).contains(&FUEL_TOO.to_owned()));
}

#[tokio::test]
async fn where_is_mine_says_what_became_of_each_card() {
    let town = Town::founded().await;
    two_groups(&town).await;
    let form = town.choose(ANN, &look_alikes(&town).await, "fuel").await;
    town.fill(ANN, &form, &["Fuel costs small kitchens too much"]).await;
    hosts(&town, "open", json!({ "sitting": "choose" })).await;
    // The same cards for all, and each begins with another.
    let mut firsts = Vec::new();
    for user in [BEA, BEN, CID] {
        let seen = town.command(user, &["groundwork", "core-causes"], json!({})).await;
        let menu = seen.message.as_ref().unwrap().controls();
        let options = menu.iter().find_map(|control| control["options"].as_array()).expect("a menu").clone();
        assert_eq!(options.len(), 4);
        firsts.push(options[0]["label"].as_str().unwrap().to_owned());
        let marked = town.choose(user, &seen, "Roads are bad").await;
        assert!(marked.text().contains('✓') || marked.text().contains("1 of"), "{}", marked.text());
    }
    firsts.sort();
    firsts.dedup();
    assert_eq!(firsts.len(), 3, "{firsts:?}");
    let mine = town.press(BEN, &town.command(BEN, &["me"], json!({})).await, "what-i-gave").await;
    assert!(!mine.text().contains("marks in"), "never a running tally: {}", mine.text());
    hosts(&town, "close", json!({ "sitting": "choose", "despite": "time is up" })).await;
    let posts = town.posts(BEN).await;
    let post = posts.iter().find(|post| post.button(&town.label("where-is-mine")).is_some()).expect("a close");
    let seen = town.remote.press(BEN, post.id, &button(post, &town.label("where-is-mine"))).await.unwrap();
    for fate in ["→ 3 marks in", "→ joined with 2 others into “Fuel costs small kitchens too much”"] {
        assert!(seen.text().contains(fate), "{fate}: {}", seen.text());
    }
    assert!(seen.text().contains("stands on the canvas in"), "{}", seen.text());
}
