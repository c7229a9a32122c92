//! What the tests of the face in Discord share: the real bot in a sandbox, and people who act on what
//! they see.

use jointpath::app::{App, Clock, Pulse};
use jointpath::discord::{Settings, serve};
use jointpath::prompts::{Words, built_in, load};
use jointpath::sandbox::Options;
use jointpath::sandbox::remote::{Form, Post, Seen};
use jointpath::store::Store;
use serde_json::{Value, json};

use crate::sandbox_world::{AMINA, APPLICATION, CHANNEL, Stage, TOKEN, stage, world};
use crate::town::{UNHURRIED, unhurried};

/// A sandbox with the bot in it.
pub struct House {
    pub stage: Stage,
    pub app: App,
    _folder: tempfile::TempDir,
    bot: tokio::task::JoinHandle<()>,
}

impl Drop for House {
    fn drop(&mut self) {
        self.bot.abort();
    }
}

impl House {
    pub async fn new() -> Self {
        Self::with(unhurried()).await
    }

    /// A house in a stand-in that runs like this.
    pub async fn with(options: Options) -> Self {
        let stage = stage(world(), options).await;
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("path.db").display());
        let store = Store::open(&url).await.unwrap();
        let pulse = Pulse::default();
        let clock = Clock::of_world(&stage.sandbox.url(), &pulse).await.unwrap();
        let app = App::start(store, load(&built_in()).unwrap(), clock, pulse).await.unwrap();
        let app = app.with_drawer(crate::town::drawer());
        let settings = Settings { token: TOKEN.to_owned().into(), api: Some(stage.sandbox.url()), patience: UNHURRIED };
        let served = app.clone();
        let bot = tokio::spawn(async move {
            if let Err(error) = serve(served, settings).await {
                panic!("the bot ended: {error}");
            }
        });
        let house = Self { stage, app, _folder: folder, bot };
        house.registered().await;
        house.settle().await;
        house
    }

    /// Waits until the bot has registered its commands.
    async fn registered(&self) {
        for _ in 0..1200 {
            assert!(!self.bot.is_finished(), "the bot ended");
            let (status, commands) =
                self.stage.call("GET", &format!("/applications/{APPLICATION}/commands"), &Value::Null).await;
            if status == 200 && commands.as_array().is_some_and(|commands| !commands.is_empty()) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("the bot registered no commands");
    }

    pub fn words(&self) -> &Words {
        self.app.words("en")
    }

    pub fn label(&self, key: &str) -> String {
        self.words().label(key).split("{{").next().unwrap().trim().trim_end_matches('·').trim().to_owned()
    }

    /// Waits until the bot is quiet, and lets the world's clock go on to what is due soon.
    pub async fn settle(&self) {
        for _ in 0..200 {
            let seen = self.stage.remote.settled(std::time::Duration::from_secs(10)).await.unwrap();
            let Some(due) = seen.bot_next_due_ms.filter(|due| seen.settled && *due < seen.now_ms + 60_000) else {
                if seen.settled {
                    return;
                }
                continue;
            };
            self.stage.remote.jump(due.max(seen.now_ms)).await.unwrap();
        }
        panic!("the bot never falls quiet");
    }

    /// Somebody who acts.
    pub fn person(&self, user: u64) -> Person<'_> {
        Person { house: self, user, screen: None, form: None, menu_of: None }
    }

    /// The posts of the channel, oldest first.
    pub async fn posts(&self) -> Vec<Post> {
        self.stage.remote.read_all(CHANNEL).await.unwrap()
    }

    /// A partnership with two partners and three people, set up by Amina.
    pub async fn founded() -> Self {
        Self::new().await.set_up().await
    }

    /// Sets up that partnership.
    pub async fn set_up(self) -> Self {
        let house = self;
        let mut amina = house.person(AMINA);
        amina.command(&["setup"], json!({})).await;
        amina.press("set-up").await;
        let boxes = [
            ("setup-name", "Clean Rivers"),
            ("setup-issue", "The river carries more plastic each year."),
            ("setup-host", "Amina"),
            ("setup-partner", "RWA"),
            ("setup-zone", "Africa/Nairobi"),
        ];
        amina.submit(&boxes).await;
        let list = "Partner: RWA | Ruvani Waters | civil society\nPartner: City | City Council | public | 3\n\
                    Amina | RWA | strategic | Africa/Nairobi | @amina | host\n\
                    Benno | City | strategic | Europe/Berlin | @benno\nChike | City | operational | Africa/Lagos | @chike";
        amina.command(&["path", "people"], json!({})).await;
        amina.submit(&[("box-list", list)]).await;
        house.settle().await;
        house
    }
}

/// Somebody before their screen.
pub struct Person<'a> {
    pub house: &'a House,
    pub user: u64,
    pub screen: Option<Post>,
    pub form: Option<Form>,
    menu_of: Option<Value>,
}

impl Person<'_> {
    pub fn text(&self) -> &str {
        self.screen.as_ref().map_or("", |post| &post.content)
    }

    fn take(&mut self, seen: Seen) {
        assert_ne!(seen.outcome, "failed", "{:?}", seen.why);
        match seen.outcome.as_str() {
            "modal" => self.form = seen.modal,
            _ => {
                self.form = None;
                if let Some(post) = seen.message {
                    self.screen = Some(post);
                }
            }
        }
    }

    pub async fn command(&mut self, path: &[&str], options: Value) {
        let seen = self.house.stage.remote.command(self.user, CHANNEL, path, options).await;
        self.take(seen.unwrap_or_else(|error| panic!("/{path:?}: {error:?}")));
    }

    /// Presses the button with this label's words.
    pub async fn press(&mut self, label: &str) {
        self.press_words(&self.house.label(label)).await;
    }

    pub async fn press_words(&mut self, words: &str) {
        let post = self.screen.clone().expect("a screen");
        self.press_on(&post, words).await;
    }

    pub async fn press_on(&mut self, post: &Post, words: &str) {
        let id = post.button(words).unwrap_or_else(|| panic!("no button {words:?} on:\n{post:#?}"));
        let seen = self.house.stage.remote.press(self.user, post.id, &id).await;
        self.take(seen.unwrap_or_else(|error| panic!("pressing {words:?}: {error:?}")));
    }

    /// Chooses in the menu whose hint begins like this, by the words of the choices.
    pub async fn choose(&mut self, hint: &str, wanted: &[&str]) {
        let post = self.screen.clone().expect("a screen");
        let menus = post.controls();
        let found =
            menus.into_iter().find(|menu| menu["placeholder"].as_str().is_some_and(|text| text.starts_with(hint)));
        let menu = found.unwrap_or_else(|| panic!("no menu {hint:?} on:\n{post:#?}")).clone();
        let options = menu["options"].as_array().unwrap().clone();
        let value = |words: &&str| {
            let found =
                options.iter().find(|option| option["label"].as_str().is_some_and(|label| label.contains(words)));
            found.and_then(|option| option["value"].as_str()).unwrap_or_else(|| panic!("no {words:?} in {options:#?}"))
        };
        let values: Vec<&str> = wanted.iter().map(value).collect();
        let id = menu["custom_id"].as_str().unwrap().to_owned();
        self.menu_of = Some(menu.clone());
        let seen = self.house.stage.remote.select(self.user, post.id, &id, &values).await;
        self.take(seen.unwrap_or_else(|error| panic!("choosing {wanted:?}: {error:?}")));
    }

    /// Fills in the form by the labels above its boxes: keys of our own labels, or the words themselves.
    pub async fn submit(&mut self, values: &[(&str, &str)]) {
        let form = self.form.take().unwrap_or_else(|| panic!("no form; on the screen: {}", self.text()));
        let typed = values.iter().map(|(label, value)| {
            let words = self.house.label(label);
            let field = form.fields.iter().find(|field| field.label == words || field.label == *label);
            let field = field.unwrap_or_else(|| panic!("no box {label:?} in {form:?}"));
            (field.custom_id.clone(), json!(value))
        });
        let typed: Value = typed.collect::<serde_json::Map<_, _>>().into();
        let seen = self.house.stage.remote.submit(self.user, form.id, typed).await;
        self.take(seen.unwrap_or_else(|error| panic!("sending {values:?}: {error:?}")));
    }

    /// Fills in the only box of the form.
    pub async fn write(&mut self, words: &str) {
        let form = self.form.clone().unwrap_or_else(|| panic!("no form; on the screen: {}", self.text()));
        let label = form.fields[0].label.clone();
        self.submit(&[(&label, words)]).await;
    }

    /// Opens a sitting as a host.
    pub async fn open(&mut self, sitting: &str) {
        let option = self.suggestion(&["path", "open"], "sitting", &self.house.words().sitting(sitting).title).await;
        self.command(&["path", "open"], json!({ "sitting": option })).await;
        self.house.settle().await;
    }

    pub async fn suggestion(&mut self, path: &[&str], option: &str, words: &str) -> String {
        let seen = self
            .house
            .stage
            .remote
            .autocomplete(self.user, CHANNEL, path, json!({ option: words }), option)
            .await
            .unwrap();
        let choices = seen.choices.unwrap_or_default();
        let found = choices.iter().find(|choice| choice["name"].as_str().is_some_and(|name| name.contains(words)));
        found
            .and_then(|choice| choice["value"].as_str())
            .unwrap_or_else(|| panic!("no {words:?} in {choices:?}"))
            .to_owned()
    }

    /// Presses *Start* on the newest post that has it.
    pub async fn start(&mut self) {
        let posts = self.house.posts().await;
        let start = self.house.label("start-minutes");
        let post = posts.iter().rev().find(|post| post.button(&start).is_some()).expect("a post with Start").clone();
        self.press_on(&post, &start).await;
    }
}
