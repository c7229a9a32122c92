//! What tests of the board page share: a partnership, the page's door on this machine, and a reader.

use std::time::Duration;

use chrono::{DateTime, Utc};
use jointpath::app::{App, Clock, Pulse, Receipt};
use jointpath::path::{
    AccountId, Act, Giving, Level, NewPartner, NewPerson, PartnershipId, Scope, ShareId, Viewer, Who,
};
use jointpath::store::Store;
use jointpath::{prompts, web};
use reqwest::{Client, Response};

use crate::founded::{founder, founding, receipt};

/// A partnership that Ann of Alpha hosts, with Bea of Beta, and a board page.
pub struct House {
    pub app: App,
    pub id: PartnershipId,
    pub ann: Who,
    pub bea: Who,
    /// Where the page is served, without a path.
    pub base: String,
    pub client: Client,
    receipts: std::sync::atomic::AtomicU32,
    served: tokio::task::JoinHandle<()>,
    _folder: tempfile::TempDir,
}

impl Drop for House {
    fn drop(&mut self) {
        self.served.abort();
    }
}

impl House {
    pub async fn open() -> Self {
        Self::with_base(None).await
    }

    /// The same, with links that begin like this.
    pub async fn with_base(base: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut house = Self::on(folder, base).await;
        house.enter_bea().await;
        house
    }

    /// A house on somebody else's database, whose first host is taken for Ann and Bea.
    pub async fn of(database: &std::path::Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let beside = |ending: &str| std::path::PathBuf::from(format!("{}{ending}", database.display()));
        for ending in ["", "-wal"].into_iter().filter(|ending| beside(ending).exists()) {
            std::fs::copy(beside(ending), folder.path().join(format!("house.db{ending}"))).unwrap();
        }
        Self::on(folder, None).await
    }

    async fn on(folder: tempfile::TempDir, base: Option<&str>) -> Self {
        let store = Store::open(folder.path().join("house.db").to_str().unwrap()).await.unwrap();
        let known = store.rooms().await.unwrap().first().map(|(_, id)| *id);
        let words = prompts::load(&prompts::built_in()).unwrap();
        let app = App::start(store, words, Clock::System, Pulse::default()).await.unwrap();
        let app = app.with_drawer(crate::town::drawer());
        let id = match known {
            Some(id) => id,
            None => app.found(receipt(0), founder(), founding("School Meals")).await.unwrap().0,
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = format!("http://{}", listener.local_addr().unwrap());
        let settings = web::Settings { base: Some(base.unwrap_or(&here).to_owned()), within: Duration::from_mins(5) };
        let page = web::serve(app.clone(), listener, settings);
        let served = tokio::spawn(async move { panic!("the page ended: {:?}", page.await) });
        let view = app.view(id, Viewer::Hosts).unwrap();
        let ann = Who::Person(view.shown().people.values().find(|person| person.host).unwrap().id);
        Self {
            bea: ann.clone(),
            app,
            id,
            ann,
            base: here,
            client: Client::builder().timeout(Duration::from_mins(5)).build().unwrap(),
            receipts: 1.into(),
            served,
            _folder: folder,
        }
    }

    async fn enter_bea(&mut self) {
        let partner =
            NewPartner { short: "Beta".into(), name: "Beta School".into(), sector: "public".into(), lag_days: 3 };
        let person = NewPerson {
            name: "Bea".into(),
            partner: "Beta".into(),
            level: Level::Strategic,
            zone: "UTC".into(),
            handle: "bea".into(),
            host: false,
        };
        self.act(&self.ann, Act::Enter { partners: vec![partner], people: vec![person] }).await;
        let view = self.app.view(self.id, Viewer::Hosts).unwrap();
        let bea = view.shown().people.values().find(|person| person.name == "Bea").unwrap().id;
        let stranger = Who::Stranger { account: AccountId(2), handle: "bea".to_owned(), manager: false };
        let join = Act::Join { account: AccountId(2), handle: "bea".into(), person: bea, zone: "UTC".into() };
        self.act(&stranger, join).await;
        self.bea = Who::Person(bea);
    }

    pub async fn act(&self, who: &Who, act: Act) {
        let receipt = self.receipt();
        self.app.act(self.id, receipt, who.clone(), act).await.unwrap();
    }

    pub async fn give(&self, who: &Who, ask: &str, fields: &[(&str, &str)]) {
        let fields = fields.iter().map(|(field, words)| ((*field).to_owned(), (*words).to_owned())).collect();
        self.act(who, Act::Give(Giving { ask: ask.into(), fields, ..Giving::default() })).await;
    }

    /// A card whose every field says the same; it is sealed until its sitting ends.
    pub async fn give_sealed(&self, words: &str) {
        let fields = ["intent", "capabilities", "resources", "constraints", "offers", "needs"];
        self.give(&self.bea, "interface", &fields.map(|field| (field, words))).await;
    }

    /// A link's path, without the server.
    pub async fn share(&self, scope: Scope) -> String {
        self.share_until(scope, None).await
    }

    pub async fn share_until(&self, scope: Scope, until: Option<DateTime<Utc>>) -> String {
        let (token, _) = self.app.share(self.id, self.ann.clone(), self.receipt(), scope, until).await.unwrap();
        format!("/b/{token}")
    }

    /// Takes the newest link back.
    pub async fn unshare(&self) {
        let view = self.app.view(self.id, Viewer::Hosts).unwrap();
        let share: ShareId = *view.shown().shares.keys().last().unwrap();
        self.act(&self.ann, Act::Unshare { share }).await;
    }

    /// Shows a section to outsiders.
    pub async fn release(&self, section: &str) {
        self.act(&self.ann, Act::Release { sections: [section.to_owned()].into() }).await;
    }

    pub async fn get(&self, path: &str) -> Response {
        self.client.get(format!("{}{path}", self.base)).send().await.unwrap()
    }

    pub async fn text(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.text().await.unwrap()
    }

    fn receipt(&self) -> Receipt {
        receipt(self.receipts.fetch_add(1, std::sync::atomic::Ordering::SeqCst))
    }
}
