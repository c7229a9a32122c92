//! The stream beside the page: it speaks when something can be seen to have changed, and only then.

use std::time::Duration;

use jointpath::path::{Act, Scope};
use reqwest::{Response, StatusCode};

use crate::web_house::House;

/// Longer than any page waits for a word; shorter than the sign of life of a stream.
const SILENCE: Duration = Duration::from_millis(1500);

/// A reader of a stream.
struct Ear {
    answer: Response,
    heard: String,
}

impl Ear {
    async fn at(house: &House, link: &str) -> Self {
        let answer = house.get(&format!("{link}/live")).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self { answer, heard: String::new() }
    }

    /// The next event: its name and what it carries.
    async fn hears(&mut self) -> Option<(String, String)> {
        loop {
            if let Some(end) = self.heard.find("\n\n") {
                let event: String = self.heard.drain(..end + 2).collect();
                let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name).map(str::to_owned));
                match (field("event: "), field("data: ")) {
                    (Some(name), Some(data)) => return Some((name, data)),
                    _ => continue,
                }
            }
            let more = tokio::time::timeout(SILENCE, self.answer.chunk()).await.ok()?.unwrap()?;
            self.heard.push_str(std::str::from_utf8(&more).unwrap());
        }
    }

    async fn hears_state(&mut self) -> String {
        let (name, mark) = self.hears().await.expect("a word of what is there");
        assert_eq!(name, "state");
        mark
    }
}

fn mark_of(page: &str) -> String {
    page.split("data-mark=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_card_that_is_given_is_told() {
    let house = House::open().await;
    let link = house.share(Scope::Partners).await;
    let mut ear = Ear::at(&house, &link).await;
    assert_eq!(ear.hears_state().await, mark_of(&house.text(&link).await), "first of all, what is there");
    house
        .act(&house.ann, Act::OpenAsk { ask: "terms".into(), because: String::new(), slate: vec![], about: vec![] })
        .await;
    let open = ear.hears_state().await;
    house.give(&house.bea, "terms", &[("term", "Served"), ("meaning", "Collected once a week")]).await;
    let given = ear.hears_state().await;
    assert_ne!(open, given);
    assert_eq!(given, mark_of(&house.text(&link).await), "the page has what the stream speaks of");
}

#[tokio::test]
async fn what_nobody_may_see_is_not_told() {
    let house = House::open().await;
    let link = house.share(Scope::Partners).await;
    house.act(&house.ann, Act::Open { sitting: "hello".into() }).await;
    let mut ear = Ear::at(&house, &link).await;
    ear.hears_state().await;
    house.give_sealed("A secret intent").await;
    assert_eq!(ear.hears().await, None, "a sealed card changes nothing that can be seen");
}

#[tokio::test]
async fn a_link_that_is_taken_back_ends_the_stream() {
    let house = House::open().await;
    let link = house.share(Scope::Partners).await;
    let mut ear = Ear::at(&house, &link).await;
    ear.hears_state().await;
    house.unshare().await;
    assert_eq!(ear.hears().await, Some(("gone".into(), "gone".into())));
    assert_eq!(ear.hears().await, None);
    assert_eq!(house.get(&format!("{link}/live")).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn outsiders_take_no_seat_from_partners() {
    let house = House::open().await;
    let [inside, outside] = [house.share(Scope::Partners).await, house.share(Scope::Outside).await];
    let mut ears = Vec::new();
    for _ in 0..64 {
        ears.push(Ear::at(&house, &outside).await);
    }
    assert_eq!(house.get(&format!("{outside}/live")).await.status(), StatusCode::SERVICE_UNAVAILABLE);
    Ear::at(&house, &inside).await.hears_state().await;
}

#[tokio::test]
async fn a_stream_keeps_its_seat_until_it_is_left() {
    let house = House::open().await;
    let link = house.share(Scope::Partners).await;
    let mut ears = Vec::new();
    for _ in 0..64 {
        ears.push(Ear::at(&house, &link).await);
    }
    assert_eq!(house.get(&format!("{link}/live")).await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(house.text(&link).await.contains("School Meals"), "the page is read all the same");
    drop(ears);
    for _ in 0..50 {
        // A seat is free once the server has seen that nobody listens: at the next word it says.
        house.act(&house.ann, Act::Describe { name: None, issue: Some(uuid()), welcome: None }).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        if house.get(&format!("{link}/live")).await.status() == StatusCode::OK {
            return;
        }
    }
    panic!("no seat became free");
}

fn uuid() -> String {
    format!("Children learn hungry, {:?}", std::time::Instant::now())
}
