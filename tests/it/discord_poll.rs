//! Quick polls through the real client: asked in a room with nothing set up and in one with a Path,
//! voted on, closed by time and by hand, and what cannot be a poll.

use chrono::{DateTime, Utc};
use jointpath::path::{Act, RoomId, Viewer, Who};
use jointpath::sandbox::remote::{Post, Seen};
use serde_json::json;

use crate::town::{ANN, BEA, BEN, CHANNEL, CID, EVE, Town, form};

/// Nothing can be told from what somebody else may read: a private reply that rings nobody and says this.
#[track_caller]
fn privately(town: &Town, user: u64, seen: &Seen, key: &str) {
    let post = seen.message.as_ref().unwrap_or_else(|| panic!("no reply: {seen:?}"));
    let says = town.beginning(key);
    assert!(post.content.contains(&says), "should say {says:?}, but: {}", post.content);
    assert_eq!(post.ephemeral_for.map(|id| id.0), Some(user), "for their eyes only");
    assert!(post.pinged.is_empty(), "rings nobody");
}

/// A post of the channel with a button or words in it, the newest first.
async fn post(town: &Town, words: &str) -> Post {
    town.settle().await;
    let posts = town.posts(ANN).await;
    let found = posts.into_iter().rev().find(|post| post.content.contains(words) || post.button(words).is_some());
    found.unwrap_or_else(|| panic!("no post with {words}"))
}

async fn on_post(town: &Town, user: u64, post: &Post, label: &str) -> Seen {
    town.remote.press(user, post.id, &crate::town::button(post, &town.label(label))).await.unwrap()
}

async fn asks(town: &Town, options: serde_json::Value, boxes: &[&str]) -> Seen {
    let form = town.command(ANN, &["poll", "ask"], options).await;
    town.fill(ANN, &form, boxes).await
}

async fn until(town: &Town, at: &str) {
    let at: DateTime<Utc> = at.parse().unwrap();
    town.remote.jump(at.timestamp_millis()).await.unwrap();
    town.settle().await;
}

#[tokio::test]
async fn a_poll_in_a_room_with_nothing_set_up() {
    let town = Town::empty().await;
    let seen = asks(&town, json!({}), &["Which *day*?", "Monday\nFriday\n\nSunday", "1 day", "Alpha"]).await;
    privately(&town, ANN, &seen, "poll-asked");
    let vote = town.label("poll-vote");
    let poll = post(&town, &vote).await;
    assert!(poll.content.contains("Which \\*day\\*?") && poll.content.contains("• Friday"), "{}", poll.content);
    assert!(poll.content.contains(&town.label("poll-self-declared")));

    // The first click: for whom one speaks.
    let seen = on_post(&town, BEA, &poll, "poll-vote").await;
    privately(&town, BEA, &seen, "poll-speak-words");
    let another = town.press(BEA, &seen, "poll-another").await;
    let ballot = town.fill(BEA, &another, &["Beta"]).await;
    let voted = town.choose(BEA, &ballot, "Monday").await;
    assert!(voted.text().contains('✓'), "{voted:?}");
    let changed = town.choose(BEA, &voted, "Friday").await;
    assert!(changed.text().contains("● Friday") && !changed.text().contains("● Monday"), "{changed:?}");
    let seen = on_post(&town, BEN, &poll, "poll-vote").await;
    let ballot = town.choose(BEN, &seen, "Beta").await;
    town.choose(BEN, &ballot, "Friday").await;
    let seen = on_post(&town, CID, &poll, "poll-vote").await;
    let ballot = town.press(CID, &seen, "poll-alone").await;
    town.choose(CID, &ballot, "Monday").await;
    let ballot = on_post(&town, ANN, &poll, "poll-vote").await;
    town.choose(ANN, &ballot, "Friday").await;

    // How many, and nothing else; the asker is sealed out like everybody.
    let seen = on_post(&town, EVE, &poll, "poll-how-many").await;
    assert!(seen.text().contains('4') && !seen.text().contains("Friday"), "{}", seen.text());
    let id = town.app.partnership_in(RoomId(CHANNEL)).unwrap();
    for viewer in [Viewer::Room, Viewer::Hosts] {
        assert!(town.app.view(id, viewer).unwrap().shown().ballots.is_empty());
    }
    // A stranger's press ends nothing.
    let seen = on_post(&town, EVE, &poll, "poll-end").await;
    privately(&town, EVE, &seen, "not-a-member");
    let seen = on_post(&town, BEA, &poll, "poll-end").await;
    privately(&town, BEA, &seen, "asker-only");

    until(&town, "2026-03-03T08:00:30Z").await;
    let result = post(&town, "▰").await;
    let lines: Vec<&str> = result.content.lines().filter(|line| line.contains("organisation")).collect();
    assert!(
        lines[0].starts_with("▰▰▰▰▰▰▰▰▰▰ Friday") && lines[0].contains("3 people from 2 organisations"),
        "{lines:?}"
    );
    assert!(lines[1].contains("Monday") && lines[1].contains("1 person from 1 organisation"), "{lines:?}");
    assert!(lines[2].starts_with("▱▱▱▱▱▱▱▱▱▱ Sunday"), "{lines:?}");
    let posts = town.posts(ANN).await.into_iter().filter(|post| post.ephemeral_for.is_none()).count();
    assert_eq!(posts, 2, "one post asks, one tells");
    let late = on_post(&town, BEA, &poll, "poll-vote").await;
    privately(&town, BEA, &late, "closed");

    // Kept for ever, and in every form of the canvas.
    let seen = town.command(CID, &["canvas"], json!({})).await;
    assert!(seen.message.is_some());
    let canvas = town.app.canvas(id, Viewer::Room).unwrap();
    let outline = jointpath::canvas::outline(&canvas);
    assert!(outline.contains("Friday") && outline.contains("3 people"), "{outline}");
    assert!(outline.contains("said for themselves"), "{outline}");
}

#[tokio::test]
async fn a_poll_on_roles_needs_two_commands_and_says_what_nobody_holds() {
    let town = Town::empty().await;
    let form = town.command(ANN, &["poll", "roles"], json!({})).await;
    let seen = town.fill(ANN, &form, &["Alpha\nBeta\nGamma", "", ""]).await;
    privately(&town, ANN, &seen, "poll-asked");
    let poll = post(&town, &town.label("poll-vote")).await;
    assert!(poll.content.contains("Alpha, Beta, Gamma"), "{}", poll.content);
    let roles = town.board().plan.lists[0].items.clone();
    assert!(roles.len() >= 10, "the usual roles are there");

    for (user, partner, wishes) in [(ANN, "Alpha", [0, 1, 2]), (BEA, "Beta", [0, 1, 3]), (BEN, "Beta", [0, 2, 2])] {
        let mut seen = on_post(&town, user, &poll, "poll-vote").await;
        if user != ANN {
            seen = town.choose(user, &seen, partner).await;
        }
        for (at, role) in wishes.into_iter().enumerate() {
            let menu = seen.message.as_ref().unwrap().controls()[at]["custom_id"].as_str().unwrap().to_owned();
            let card = town.board().cards.values().find(|card| card.field("name") == roles[role].name).unwrap().id;
            let post = seen.message.as_ref().unwrap().id;
            seen = town.remote.select(user, post, &menu, &[&card.to_string()]).await.unwrap();
        }
    }
    let seen = on_post(&town, ANN, &poll, "poll-end").await;
    let seen = town.press(ANN, &seen, "poll-end").await;
    privately(&town, ANN, &seen, "closed-ask");
    let result = post(&town, &town.label("poll-kept")).await;
    let line = |name: &str| result.content.lines().find(|line| line.starts_with(&format!("• **{name}**"))).unwrap();
    assert!(line("Alpha").contains(&format!("{} 3 people from 2 organisations", roles[0].name)), "{}", line("Alpha"));
    assert!(line("Beta").contains(" · "), "{}", line("Beta"));
    let near = result.content.lines().find(|line| line.starts_with(&town.beginning("poll-near"))).unwrap();
    assert!(near.contains("Beta") && near.contains("Gamma") && !near.contains("Alpha"), "{near}");
    let free = result.content.lines().find(|line| line.starts_with(&town.beginning("poll-free"))).unwrap();
    assert!(free.contains(&roles[5].name) && !free.contains(&roles[0].name), "{free}");
    assert!(result.content.contains(&town.label("poll-self-declared")));
}

#[tokio::test]
async fn beside_a_path_a_poll_is_for_its_people_and_roles_are_its_own() {
    let town = Town::founded().await;
    let seen = town.command(EVE, &["poll", "ask"], json!({})).await;
    privately(&town, EVE, &seen, "not-a-member");
    let form = town.command(BEN, &["poll", "ask"], json!({"named": true, "marks": 2, "quorum": 4})).await;
    let seen = town.fill(BEN, &form, &["Which days?", "Monday\nTuesday\nFriday", "2 working days"]).await;
    privately(&town, BEN, &seen, "poll-asked");
    let poll = post(&town, &town.label("poll-vote")).await;
    let seen = on_post(&town, EVE, &poll, "poll-vote").await;
    privately(&town, EVE, &seen, "not-a-member");
    for (user, day) in [(BEA, "Tuesday"), (CID, "Friday")] {
        let ballot = on_post(&town, user, &poll, "poll-vote").await;
        town.choose(user, &ballot, day).await;
    }
    until(&town, "2026-03-03T18:00:30Z").await;
    let result = post(&town, &town.label("poll-kept")).await;
    assert!(result.content.contains("(Bea)") && result.content.contains("(Cid)"), "{}", result.content);
    assert!(result.content.contains("fewer than the 4"), "{}", result.content);
    assert!(!result.content.contains(&town.label("poll-self-declared")));

    // The Path's own ask on roles is opened alone, by a host.
    let seen = town.command(BEN, &["poll", "roles"], json!({})).await;
    privately(&town, BEN, &seen, "hosts-only");
    let seen = town.command(ANN, &["poll", "roles"], json!({})).await;
    privately(&town, ANN, &seen, "ask-opened");
    let ask = town
        .board()
        .plan
        .asks()
        .find(|(_, _, ask)| ask.kind == jointpath::path::plan::Kind::Assign)
        .unwrap()
        .2
        .key
        .clone();
    assert!(town.board().window_of(&ask).unwrap().is_open());
}

#[tokio::test]
async fn what_cannot_be_a_poll_is_said_and_nothing_is_made() {
    let town = Town::empty().await;
    let many = (1..=26).map(|nth| format!("Option {nth}")).collect::<Vec<_>>().join("\n");
    let table = [
        ["Which day?", "Monday", "", "", "not-between"],
        ["Which day?", &many, "", "", "not-between"],
        ["Which day?", "Monday\nmonday", "", "", "twice"],
        ["Which day?", "Monday\nFriday", "2020-01-01", "", "past-date"],
        ["Which day?", "Monday\nFriday", "10 minutes", "", "too-soon"],
        ["Which day?", "Monday\nFriday", "60 weeks", "", "far-date"],
        ["Which day?", "Monday\nFriday", "soonish", "", "unreadable-date"],
    ];
    for [question, options, until, own, key] in table {
        let seen = asks(&town, json!({}), &[question, options, until, own]).await;
        privately(&town, ANN, &seen, key);
        assert!(
            seen.text().contains("Monday") || seen.text().contains("Option 1"),
            "own words come back: {}",
            seen.text()
        );
    }
    assert_eq!(town.app.partnership_in(RoomId(CHANNEL)), None, "nothing was made");
    assert!(town.posts(ANN).await.iter().all(|post| post.ephemeral_for.is_some()));
    let wrong = town.command(ANN, &["poll", "ask"], json!({"marks": 3})).await;
    let seen = town.fill(ANN, &wrong, &["Which day?", "Monday\nFriday", "", ""]).await;
    privately(&town, ANN, &seen, "not-between");
    // Where the bot may not write.
    let deny = json!({"id": "100", "type": 0, "allow": "0", "deny": (1_u64 << 11).to_string()});
    town.remote.happen("overwrite", json!({"channel": CHANNEL, "overwrite": deny})).await.unwrap();
    let seen = town.command(ANN, &["poll", "ask"], json!({})).await;
    privately(&town, ANN, &seen, "poll-cannot-post");
}

#[tokio::test]
async fn not_in_a_thread_not_twice_and_not_after_the_end() {
    let town = Town::founded().await;
    let thread = town.board().rooms.values().copied().find(|room| room.0 > 100_000).expect("a thread");
    let seen = town.remote.command(ANN, thread.0, &["poll", "ask"], json!({})).await.unwrap();
    privately(&town, ANN, &seen, "poll-in-thread");
    let typed = town.command(ANN, &["poll", "ask"], json!({})).await;
    town.fill(ANN, &typed, &["Which day?", "Monday\nFriday", ""]).await;
    let poll = post(&town, &town.label("poll-vote")).await;
    let ballot = on_post(&town, BEA, &poll, "poll-vote").await;
    let id = town.app.partnership_in(RoomId(CHANNEL)).unwrap();
    let sure = on_post(&town, ANN, &poll, "poll-end").await;
    let again = on_post(&town, ANN, &poll, "poll-end").await;
    let (one, other) = tokio::join!(town.press(ANN, &sure, "poll-end"), town.press(ANN, &again, "poll-end"));
    let (closed, refused) = (town.beginning("closed-ask"), town.beginning("closed"));
    assert!(one.text().contains(&closed) || other.text().contains(&closed));
    assert!(one.text().contains(&refused) || other.text().contains(&refused));
    let seen = town.choose(BEA, &ballot, "Monday").await;
    privately(&town, BEA, &seen, "closed");
    town.settle().await;
    let kept = town.label("poll-kept");
    let results = town.posts(ANN).await.into_iter().filter(|post| post.content.contains(&kept)).count();
    assert_eq!(results, 1);
    let late = jointpath::app::Receipt { key: "late".to_owned(), ..Default::default() };
    town.app.act(id, late, Who::Clock, Act::TimePassed).await.unwrap();
    assert!(form(&typed).fields.len() == 3);
}

#[tokio::test]
async fn a_path_can_be_set_up_where_a_poll_was() {
    let town = Town::empty().await;
    asks(&town, json!({}), &["Which day?", "Monday\nFriday", "", "Alpha"]).await;
    let poll = post(&town, &town.label("poll-vote")).await;
    let seen = on_post(&town, BEA, &poll, "poll-vote").await;
    let ballot = town.press(BEA, &seen, "poll-alone").await;
    town.choose(BEA, &ballot, "Monday").await;
    let seen = town.command(ANN, &["setup"], json!({})).await;
    let set_up = town.press(ANN, &seen, "set-up").await;
    let seen = town.fill(ANN, &set_up, &["School Meals", "Children learn hungry", "Ann", "Alpha", "UTC"]).await;
    privately(&town, ANN, &seen, "founded");
    town.settle().await;
    let board = town.board();
    assert!(board.plan.has_road() && board.plan.beside[0].sittings.len() == 1);
    let standing = |name: &str| board.people.values().find(|person| person.name == name).map(|person| person.standing);
    assert_eq!(standing("bea"), Some(jointpath::path::Standing::Asking), "her own word lets nobody in");
    assert_eq!(standing("Ann"), Some(jointpath::path::Standing::Present));
    assert!(town.posts(ANN).await.iter().any(|post| post.pinned));
}

#[tokio::test]
async fn where_polls_are_alone_there_is_nobody_to_be_yet_and_what_one_can_do_is_said() {
    let town = Town::empty().await;
    asks(&town, json!({}), &["Which day?", "Monday\nFriday", "15 March 12:00", "Alpha"]).await;
    let seen = town.command(EVE, &["me"], json!({})).await;
    privately(&town, EVE, &seen, "nobody-to-be-yet");
    let said = seen.message.as_ref().unwrap();
    assert!(said.content.contains("/poll ask") && said.content.contains("/setup"), "{}", said.content);
    assert!(said.button(&town.label("thats-me")).is_none(), "it leads nowhere here");
    // An old button is answered with the same words, and what is offered works.
    let old = town.forge(EVE, said.id, "j1:join:0").await;
    privately(&town, EVE, &old, "nobody-to-be-yet");
    let speak = town.press(EVE, &seen, "poll-vote").await;
    privately(&town, EVE, &speak, "poll-speak-words");
    // Whoever voted is somebody here.
    let ballot = town.press(EVE, &speak, "poll-alone").await;
    town.choose(EVE, &ballot, "Monday").await;
    let seen = town.command(EVE, &["me"], json!({})).await;
    privately(&town, EVE, &seen, "nothing-waits");
}
