//! People walk with the real bot through the real client: setting up, joining, giving, choosing.

use serde_json::json;

use crate::discord_house::House;
use crate::sandbox_world::{AMINA, BENNO, CHANNEL, CHIKE};

#[tokio::test]
async fn a_partnership_is_set_up_and_its_board_is_pinned() {
    let house = House::founded().await;
    let posts = house.posts().await;
    let board = posts.iter().find(|post| post.pinned).expect("a pinned board");
    assert!(board.content.contains("The river carries more plastic each year"), "{}", board.content);
    let rooms = house.stage.remote.channels_of(AMINA).await.unwrap();
    let names: Vec<&str> = rooms.iter().map(|room| room.name.as_str()).collect();
    assert!(names.contains(&house.label("room-hosts").as_str()), "{names:?}");
    assert!(house.stage.remote.unknown_routes().await.unwrap().is_empty());
}

#[tokio::test]
async fn somebody_joins_by_the_board_and_greets() {
    let house = House::founded().await;
    house.person(AMINA).open("hello").await;
    let posts = house.posts().await;
    let board = posts.iter().find(|post| post.pinned).unwrap().clone();
    let mut benno = house.person(BENNO);
    benno.press_on(&board, &house.label("thats-me")).await;
    assert!(benno.text().contains("Before you join"), "{}", benno.text());
    benno.choose(&house.label("pick-name"), &["Benno"]).await;
    let form = benno.form.clone().unwrap();
    assert_eq!(form.fields[0].value, "Europe/Berlin");
    let hello = form.fields[1].label.clone();
    benno.submit(&[("zone-box", "Europe/Berlin"), (&hello, "I swim there every June.")]).await;
    assert!(benno.text().contains('✓') && benno.text().contains("Benno"), "{}", benno.text());
    house.settle().await;
    benno.command(&["me"], json!({})).await;
    benno.press("what-i-gave").await;
    assert!(benno.text().contains("I swim there every June"), "{}", benno.text());
}

/// Lets Benno and Chike in by the shortest way.
async fn joined(house: &House) {
    for (user, name, zone) in [(BENNO, "Benno", "Europe/Berlin"), (CHIKE, "Chike", "Africa/Lagos")] {
        let posts = house.posts().await;
        let board = posts.iter().find(|post| post.pinned).unwrap().clone();
        let mut person = house.person(user);
        person.press_on(&board, &house.label("thats-me")).await;
        person.choose(&house.label("pick-name"), &[name]).await;
        person.submit(&[("zone-box", zone)]).await;
        house.settle().await;
    }
}

#[tokio::test]
async fn cards_are_given_changed_and_taken_back() {
    let house = House::founded().await;
    joined(&house).await;
    house.person(AMINA).open("give").await;
    let mut benno = house.person(BENNO);
    benno.start().await;
    benno.press("stands").await;
    assert!(benno.text().contains('✓'), "{}", benno.text());
    benno.press("write").await;
    benno.write("Waste is collected once a month").await;
    assert!(benno.text().contains('✓'), "{}", benno.text());
    benno.press("write-another").await;
    benno.write("Fines are *never* asked @everyone").await;
    assert!(benno.text().contains("\\*never\\*") && !benno.text().contains("@everyone"), "{}", benno.text());
    benno.press("next").await;
    benno.press("skip").await;
    assert!(benno.text().contains("Benno"), "thanks by name: {}", benno.text());
    benno.press("what-i-gave").await;
    benno.choose(&house.label("change-one"), &["Waste is collected"]).await;
    benno.press("change").await;
    assert_eq!(benno.form.clone().unwrap().fields[0].value, "Waste is collected once a month");
    benno.write("Waste is collected twice a month").await;
    assert!(benno.text().contains('✓'), "{}", benno.text());
    benno.command(&["me"], json!({})).await;
    benno.press("what-i-gave").await;
    benno.choose(&house.label("change-one"), &["never"]).await;
    benno.press("take-back").await;
    benno.press("take-back-yes").await;
    assert!(benno.text().contains('✓'), "{}", benno.text());
}

#[tokio::test]
async fn a_press_without_right_is_refused_kindly_and_words_are_kept() {
    let house = House::founded().await;
    let mut chike = house.person(CHIKE);
    chike.command(&["me"], json!({})).await;
    assert!(chike.text().contains("do not know you here yet"), "{}", chike.text());
    chike.command(&["path", "open"], json!({ "sitting": "hello" })).await;
    assert!(chike.text().contains("Only a host"), "{}", chike.text());
    joined(&house).await;
    house.person(AMINA).open("give").await;
    let mut benno = house.person(BENNO);
    benno.command(&["groundwork", "causes"], json!({ "text": "Too much of it" })).await;
    assert!(benno.text().contains('✓'), "{}", benno.text());
    let seen = house.stage.remote.post_message(BENNO, CHANNEL, &"very long ".repeat(30)).await.unwrap();
    let answer = house.stage.remote.message_command(BENNO, seen.id, &house.label("give-this")).await.unwrap();
    benno.screen = answer.message;
    benno.choose(&house.label("pick-ask"), &[&house.words().ask("causes").title]).await;
    assert!(benno.text().contains("very long very long"), "{}", benno.text());
    benno.press("try-again").await;
    assert!(benno.form.clone().unwrap().fields[0].value.starts_with("very long"), "kept as a draft");
}

#[tokio::test]
async fn a_foreign_or_old_button_is_answered() {
    let house = House::founded().await;
    let board = house.posts().await.into_iter().find(|post| post.pinned).unwrap();
    for id in ["j0:start:hello", "j1:nonsense", "garbage", "j1:place:figures:x:green:1"] {
        let body = json!({ "message": board.id, "custom_id": id, "forge": true });
        let seen = house.stage.remote.deed(AMINA, "press", body).await.unwrap();
        assert!(seen.text().contains("older post"), "{id}: {}", seen.text());
    }
}

#[tokio::test]
async fn a_sitting_closes_with_a_thread_to_talk() {
    let house = House::founded().await;
    joined(&house).await;
    let mut amina = house.person(AMINA);
    amina.open("dream").await;
    amina.start().await;
    for _ in 0..5 {
        amina.press("next").await;
    }
    assert!(amina.text().contains('✓'), "{}", amina.text());
    amina.press("write").await;
    amina.write("Children swim in a clear river.").await;
    let sitting = amina.suggestion(&["path", "close"], "sitting", "").await;
    amina.command(&["path", "close"], json!({ "sitting": sitting })).await;
    assert!(amina.text().contains('✓'), "{}", amina.text());
    house.settle().await;
    let rooms = house.stage.remote.channels_of(BENNO).await.unwrap();
    let talk = house.label("talk-about");
    assert!(rooms.iter().any(|room| room.name.starts_with(&talk)), "{rooms:?}");
}

#[tokio::test]
async fn roles_and_figures_are_set_and_the_canvas_is_shown() {
    let house = House::founded().await;
    joined(&house).await;
    let mut amina = house.person(AMINA);
    amina.open("who-does-what").await;
    amina.start().await;
    amina.choose("RWA", &["Backbone"]).await;
    amina.choose("City", &["Data"]).await;
    assert!(amina.text().contains('✓'), "{}", amina.text());
    amina.open("red-and-green").await;
    let mut benno = house.person(BENNO);
    benno.start().await;
    let hint = house.label("pick-field");
    let field = benno.screen.as_ref().unwrap().controls()[0]["options"][0]["label"].as_str().unwrap().to_owned();
    benno.choose(&hint, &[&field]).await;
    benno.press_words("+ green").await;
    benno.press_words("+ green").await;
    assert!(benno.text().contains("×2"), "{}", benno.text());
    benno.press_words("− green").await;
    assert!(!benno.text().contains("×2"), "{}", benno.text());
    benno.press("done").await;
    benno.command(&["canvas"], json!({})).await;
    assert!(benno.text().contains("Canvas of Clean Rivers"), "{}", benno.text());
    benno.command(&["help"], json!({})).await;
    assert!(benno.text().contains("Start"));
    amina.command(&["path", "status"], json!({})).await;
    assert!(amina.text().contains("Clean Rivers"), "{}", amina.text());
    assert!(house.stage.remote.unknown_routes().await.unwrap().is_empty());
}

#[tokio::test]
async fn somebody_leaves_after_being_asked_once_more() {
    let house = House::founded().await;
    joined(&house).await;
    let mut chike = house.person(CHIKE);
    chike.command(&["me"], json!({})).await;
    chike.press("what-i-gave").await;
    chike.press("leave").await;
    chike.press("stay").await;
    assert!(chike.text().contains("Chike"), "{}", chike.text());
    chike.press("what-i-gave").await;
    chike.press("leave").await;
    chike.press("leave-yes").await;
    assert!(chike.text().contains('✓'), "{}", chike.text());
    chike.command(&["me"], json!({})).await;
    assert!(chike.text().contains("You have left"), "{}", chike.text());
}
