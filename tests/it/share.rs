//! A link opens the canvas to whoever has its token, and to nobody else; and pages hear of what changes.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use jointpath::app::{ActError, App, Clock, Pulse, Receipt};
use jointpath::path::{Act, PartnershipId, Refusal, Scope, ShareId, Viewer, Who};
use jointpath::prompts;
use jointpath::store::Store;

use crate::founded::{founder, founding, receipt};

/// A partnership that Ann hosts, in a database of its own.
struct House {
    app: App,
    id: PartnershipId,
    ann: Who,
    folder: tempfile::TempDir,
}

async fn start(folder: &tempfile::TempDir) -> App {
    let store = Store::open(folder.path().join("house.db").to_str().unwrap()).await.unwrap();
    let words = prompts::load(&prompts::built_in()).unwrap();
    App::start(store, words, Clock::System, Pulse::default()).await.unwrap()
}

impl House {
    async fn founded() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = start(&folder).await;
        let (id, _) = app.found(receipt("found"), founder(), founding("School Meals")).await.unwrap();
        let view = app.view(id, Viewer::Hosts).unwrap();
        let ann = Who::Person(view.shown().people.values().next().unwrap().id);
        Self { app, id, ann, folder }
    }

    async fn share(&self, key: &str, scope: Scope) -> Result<String, ActError> {
        self.share_at(key, scope, None).await
    }

    async fn share_at(&self, key: &str, scope: Scope, at: Option<DateTime<Utc>>) -> Result<String, ActError> {
        let receipt = Receipt { at, ..receipt(key) };
        self.app.share(self.id, self.ann.clone(), receipt, scope, None).await.map(|(token, _)| token)
    }

    fn shares(&self) -> Vec<ShareId> {
        self.app.view(self.id, Viewer::Hosts).unwrap().shown().shares.keys().copied().collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_what_it_was_made_for_until_it_is_taken_back() {
    let house = House::founded().await;
    let inside = house.share("one", Scope::Partners).await.unwrap();
    let outside = house.share("two", Scope::Outside).await.unwrap();
    assert_eq!(house.app.shared(&inside), Some((house.id, Viewer::Room)));
    assert_eq!(house.app.shared(&outside), Some((house.id, Viewer::Outside)));
    let wrong = [inside.to_uppercase(), format!("{inside}0"), inside[1..].to_owned(), "0".repeat(32), String::new()];
    for token in wrong.iter().filter(|token| **token != inside) {
        assert_eq!(house.app.shared(token), None, "{token}");
    }
    let first = house.shares()[0];
    house.app.unshare(house.id, house.ann.clone(), receipt("back"), first).await.unwrap();
    assert_eq!(house.app.shared(&inside), None);
    assert_eq!(house.app.shared(&outside), Some((house.id, Viewer::Outside)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_has_ended_opens_nothing() {
    let house = House::founded().await;
    let long_ago = house.app.now() - TimeDelta::days(91);
    let token = house.share_at("one", Scope::Partners, Some(long_ago)).await.unwrap();
    assert_eq!(house.app.shared(&token), None);
    let lately = house.share_at("two", Scope::Partners, Some(long_ago + TimeDelta::days(2))).await.unwrap();
    assert!(house.app.shared(&lately).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_is_shown_once_and_kept_nowhere() {
    let house = House::founded().await;
    let token = house.share("one", Scope::Partners).await.unwrap();
    let again = house.share("one", Scope::Partners).await;
    assert_eq!(again, Err(ActError::Refused(Refusal::ShownOnce)));
    assert_eq!(house.shares().len(), 1, "the second press made no second link");
    for file in std::fs::read_dir(house.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(token.len()).any(|window| window == token.as_bytes()), "the token lies on disk");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_hold_after_a_restart() {
    let House { app, id, ann, folder } = House::founded().await;
    let (token, _) = app.share(id, ann, receipt("one"), Scope::Outside, None).await.unwrap();
    drop(app);
    let copy = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        std::fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
    }
    assert_eq!(start(&copy).await.shared(&token), Some((id, Viewer::Outside)));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_hears_of_the_last_revision() {
    let house = House::founded().await;
    assert!(house.app.subscribe(PartnershipId(99)).is_none());
    let mut waiting = house.app.subscribe(house.id).unwrap();
    let before = *waiting.borrow_and_update();
    for nth in 0..5 {
        let act = Act::Describe { name: Some(format!("Name {nth}")), issue: None, welcome: None };
        house.app.act(house.id, receipt(nth), house.ann.clone(), act).await.unwrap();
    }
    tokio::time::timeout(Duration::from_secs(5), waiting.changed()).await.unwrap().unwrap();
    assert_eq!(*waiting.borrow_and_update(), before + 5, "five acts, heard of at once");
    assert!(!waiting.has_changed().unwrap());
    let refused = Act::Unshare { share: ShareId(99) };
    assert!(house.app.act(house.id, receipt("no"), house.ann.clone(), refused).await.is_err());
    assert!(!waiting.has_changed().unwrap(), "what is refused changes nothing");
}
