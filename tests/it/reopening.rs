//! A settled choice is opened again through the real client: two people of two partners ask for it.

use jointpath::sandbox::remote::{Post, Seen};
use serde_json::json;

use crate::town::{ANN, BEA, BEN, CID, EVE, Town};

const RULES: [&str; 2] = ["orientation", "rules"];

/// The rules stand, and their sitting has closed.
async fn settled() -> Town {
    let town = Town::founded().await;
    town.command(ANN, &["path", "open"], json!({"sitting": "round"})).await;
    for user in [ANN, BEA, BEN, CID] {
        let seen = town.command(user, &RULES, json!({})).await;
        town.press(user, &seen, "stands").await;
    }
    town.command(ANN, &["path", "close"], json!({"sitting": "round", "despite": "a test"})).await;
    town.settle().await;
    town
}

/// Asks from the screen of the closed ask.
async fn asks(town: &Town, user: u64, reason: &str) -> Seen {
    let seen = town.command(user, &RULES, json!({})).await;
    let form = town.press(user, &seen, "ask-again").await;
    let seen = town.fill(user, &form, &[reason]).await;
    town.settle().await;
    seen
}

fn is_open(town: &Town) -> bool {
    town.board().window_of("rules").unwrap().is_open()
}

async fn of_hosts(town: &Town) -> Vec<Post> {
    let rooms = town.remote.channels_of(ANN).await.unwrap();
    let room = rooms.iter().find(|room| room.name == town.label("room-hosts")).unwrap();
    town.remote.read_channel(ANN, room.id.0).await.unwrap()
}

async fn pinned(town: &Town) -> String {
    town.posts(BEN).await.into_iter().find(|post| post.pinned).unwrap().content
}

#[tokio::test]
async fn two_partners_ask_and_the_choice_opens_by_itself() {
    let town = settled().await;
    let seen = asks(&town, BEA, "   ").await;
    assert!(seen.text().contains(&town.beginning("needs-reason")), "{}", seen.text());
    let seen = asks(&town, BEA, "We *forgot* the pupils, @everyone").await;
    assert!(seen.text().contains("One more person, of another partner"), "{}", seen.text());
    assert!(!is_open(&town));

    let hosts = of_hosts(&town).await;
    let told: Vec<&Post> = hosts.iter().filter(|post| post.content.contains("Nothing opens yet")).collect();
    assert_eq!(told.len(), 1, "{hosts:?}");
    assert!(
        told[0].content.contains("**Bea** (Beta)") && told[0].content.contains("\\*forgot\\*"),
        "{}",
        told[0].content
    );
    assert!(told[0].pinged.is_empty() && !told[0].content.contains("@everyone"));
    let board = pinned(&town).await;
    assert!(board.contains("Somebody asks to open") && !board.contains("Bea"), "{board}");
    let desk = town.command(ANN, &["path", "status"], json!({})).await;
    assert!(desk.text().contains("**Bea** (Beta) asks to open"), "{}", desk.text());
    let desk = town.command(BEN, &["path", "status"], json!({})).await;
    assert!(!desk.text().contains("forgot"), "only hosts read why: {}", desk.text());

    // The same person once more, and somebody of the same partner: still one partner.
    let seen = asks(&town, BEA, "We forgot the pupils").await;
    assert!(seen.text().contains('✓') && !is_open(&town), "{}", seen.text());
    let seen = asks(&town, BEN, "Yes, the pupils").await;
    assert!(seen.text().contains("your own partner"), "{}", seen.text());
    assert!(seen.text().contains("Yes, the pupils"), "his words are given back: {}", seen.text());
    assert!(!is_open(&town));

    // From the decision log, by somebody of another partner.
    let log = town.command(CID, &["path", "log"], json!({})).await;
    let form = town.choose(CID, &log, "ules").await;
    let seen = town.fill(CID, &form, &["Rule two is too hard"]).await;
    assert!(seen.text().contains("is open again"), "{}", seen.text());
    town.settle().await;
    assert!(is_open(&town));
    let window = town.board().window_of("rules").unwrap().clone();
    assert_eq!((window.nth, window.because_of.as_str()), (2, "We forgot the pupils · Rule two is too hard"));
    let posts = town.posts(BEN).await;
    let post = posts.iter().find(|post| post.content.contains("Rule two is too hard")).expect("a post of its own");
    assert!(post.pinged.is_empty());
    assert!(!pinned(&town).await.contains("Somebody asks to open"));
    let hosts = of_hosts(&town).await;
    assert_eq!(hosts.iter().filter(|post| post.content.contains("asks too")).count(), 1);

    let log = town.command(BEN, &["path", "log"], json!({})).await;
    for says in ["Opened again on", "Bea (Beta): We forgot the pupils", "Cid (Gamma): Rule two is too hard"] {
        assert!(log.text().contains(says), "{says}: {}", log.text());
    }
}

#[tokio::test]
async fn whoever_may_not_ask_is_answered_and_what_is_taken_back_counts_no_more() {
    let town = settled().await;
    let decision = town.board().decision("rules", None).unwrap().id;
    let post = town.posts(BEA).await.last().unwrap().id;
    let again = town.forge(EVE, post, "j1:again:rules").await;
    assert!(again.text().contains(&town.beginning("not-a-member")), "{}", again.text());
    let again = town.forge(EVE, post, &format!("j1:notagain:{decision}")).await;
    assert!(!again.text().contains('✓'), "{}", again.text());
    let again = town.forge(BEA, post, "j1:notagain:999999").await;
    assert!(!again.text().contains('✓'), "{}", again.text());
    let again = town.forge(BEA, post, "j1:again:causes").await;
    assert!(!again.text().contains('✓'), "nothing is settled there: {}", again.text());

    let seen = asks(&town, BEA, "We forgot the pupils").await;
    let seen = town.press(BEA, &seen, "not-again").await;
    assert!(seen.text().contains("Taken back"), "{}", seen.text());
    town.settle().await;
    asks(&town, CID, "Rule two is too hard").await;
    assert!(!is_open(&town), "Bea took it back");

    // An observer has no button, and a form that was open before says why not.
    let seen = town.command(BEA, &RULES, json!({})).await;
    let form = town.press(BEA, &seen, "ask-again").await;
    let desk = town.command(ANN, &["path", "status"], json!({})).await;
    let seen = town.choose(ANN, &desk, &town.label("deed-person")).await;
    let seen = town.choose(ANN, &seen, "Bea").await;
    town.choose(ANN, &seen, "Observer").await;
    let seen = town.fill(BEA, &form, &["But I want it"]).await;
    assert!(seen.text().contains("here as an observer"), "{}", seen.text());
    assert!(!is_open(&town));
    let seen = town.command(BEA, &RULES, json!({})).await;
    assert!(seen.message.unwrap().button(&town.label("ask-again")).is_none());

    // While it is open nobody asks, and an older form says so.
    let seen = town.command(BEN, &RULES, json!({})).await;
    let form = town.press(BEN, &seen, "ask-again").await;
    let options = json!({"ask": "rules", "because": "We look again"});
    town.command(ANN, &["path", "ask-open"], options).await;
    let seen = town.fill(BEN, &form, &["Rule two is too hard"]).await;
    assert!(seen.text().contains("is open already"), "{}", seen.text());
}

#[tokio::test]
async fn a_reminder_names_the_one_question_that_is_asked_once_more() {
    let town = settled().await;
    asks(&town, BEA, "We forgot the pupils").await;
    asks(&town, CID, "Rule two is too hard").await;
    assert!(is_open(&town));
    for day in ["2026-03-03T09:00:00Z", "2026-03-04T09:00:00Z", "2026-03-04T16:00:00Z"] {
        let moment: chrono::DateTime<chrono::Utc> = day.parse().unwrap();
        town.remote.jump(moment.timestamp_millis()).await.unwrap();
        town.settle().await;
    }
    let mut nudges = Vec::new();
    for room in town.remote.channels_of(BEN).await.unwrap() {
        let posts = town.remote.read_channel(BEN, room.id.0).await.unwrap();
        nudges.extend(posts.into_iter().filter(|post| post.pinged.iter().any(|id| id.0 == BEN)));
    }
    let nudge = nudges.first().expect("a reminder");
    assert!(nudge.content.contains("**Ground rules**, asked once more"), "{}", nudge.content);
    let seen = town.remote.press(BEN, nudge.id, &nudge.button("Ground rules").expect("the way there")).await.unwrap();
    town.press(BEN, &seen, "stands").await;
}
