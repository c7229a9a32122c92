//! What tests through the real client share: the bot, the stand-in and three organisations' people.
//!
//! The bot is the real one (serenity, the writer, SQLite); people press, choose and type as Discord
//! users do, and see what such users see.

use std::path::Path;
use std::time::{Duration, Instant};

use jointpath::app::{App, Clock, Drawer, Easel, Pulse};
use jointpath::discord::{self, Patience};
use jointpath::path::{Board, Viewer};
use jointpath::prompts;
use jointpath::sandbox::remote::{Form, Post, Seen};
use jointpath::sandbox::{Id, Options, Remote, Sandbox, World, serve};
use jointpath::store::Store;
use secrecy::SecretString;
use serde_json::{Value, json};

const TOKEN: &str = "a-token-of-no-worth";
pub const GUILD: u64 = 100;
pub const CHANNEL: u64 = 200;
/// Ann hosts; Bea and Ben are of Beta, Cid is of Gamma, Eve is a stranger.
pub const ANN: u64 = 1001;
pub const BEA: u64 = 1002;
pub const BEN: u64 = 1003;
pub const CID: u64 = 1004;
pub const EVE: u64 = 1005;
/// View, send, embed, attach, history, threads of both kinds, manage threads, pin.
pub const RIGHTS: u64 =
    1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 34 | 1 << 35 | 1 << 36 | 1 << 38 | 1 << 51;
/// No test here asks how fast the bot is: on a busy machine whatever is answered may take so long.
const BUSY: Duration = Duration::from_secs(40);
pub const UNHURRIED: Patience =
    Patience { answer: Duration::from_secs(30), words: BUSY, picture: BUSY.saturating_mul(8) };
/// The stand-in keeps a question waiting no longer than this.
const LOOK: Duration = Duration::from_secs(20);

/// A running town.
pub struct Town {
    pub remote: Remote,
    pub app: App,
    words: prompts::Prompts,
    _sandbox: Sandbox,
    folder: tempfile::TempDir,
    bot: tokio::task::JoinHandle<()>,
}

impl Drop for Town {
    fn drop(&mut self) {
        self.bot.abort();
    }
}

fn world() -> World {
    let now = "2026-03-02T08:00:00Z".parse().unwrap();
    let mut world = World::new(now, TOKEN);
    for (id, name) in [(ANN, "ann"), (BEA, "bea"), (BEN, "ben"), (CID, "cid"), (EVE, "eve")] {
        world = world.person(id, name, "en-US");
    }
    let mut world = world.guild(GUILD, "School meals", RIGHTS).channel(CHANNEL, "path");
    world.guilds[0].owner_id = Id(ANN);
    world
}

/// A stand-in that waits so long too.
pub fn unhurried() -> Options {
    Options { ack_limit: BUSY, defer_limit: BUSY * 2, ..Options::default() }
}

/// A drawer whose process is the real program, since this one is a test.
pub fn drawer() -> Drawer {
    Drawer::new(Easel {
        program: Some(env!("CARGO_BIN_EXE_jointpath").into()),
        // An unoptimised build on a busy machine draws a poster in more time than a person would wait.
        wall: Duration::from_mins(5),
        ..Easel::default()
    })
}

impl Town {
    /// A town where nothing is set up yet.
    pub async fn empty() -> Self {
        Self::with(prompts::load(&prompts::built_in()).unwrap()).await
    }

    /// A town with a plan and words of its own.
    pub async fn with(words: prompts::Prompts) -> Self {
        Self::start(words, UNHURRIED, unhurried()).await
    }

    /// A town where nothing is set up yet, and where people wait for the bot so long. What passes is written down.
    #[allow(dead_code, reason = "the tests start it; the benchmark does not")]
    pub async fn waiting(patience: Patience, record: &Path) -> Self {
        let options = Options { record: Some(record.to_owned()), ..unhurried() };
        Self::start(prompts::load(&prompts::built_in()).unwrap(), patience, options).await
    }

    async fn start(words: prompts::Prompts, patience: Patience, options: Options) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let sandbox = serve(world(), listener, options).await.unwrap();
        let remote = Remote::new(sandbox.url());
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("town.db");
        let pulse = Pulse::default();
        let clock = Clock::of_world(&sandbox.url(), &pulse).await.unwrap();
        let store = Store::open(database.to_str().unwrap()).await.unwrap();
        let app = App::start(store, words.clone(), clock, pulse).await.unwrap().with_drawer(drawer());
        let settings = discord::Settings { token: SecretString::from(TOKEN), api: Some(sandbox.url()), patience };
        let served = app.clone();
        let bot = tokio::spawn(async move {
            let ended = discord::serve(served, settings).await;
            panic!("the bot ended: {ended:?}");
        });
        let town = Self { remote, app, words, _sandbox: sandbox, folder, bot };
        town.settle().await;
        town
    }

    /// A town whose partnership is set up; Bea, Ben and Cid have joined.
    pub async fn founded() -> Self {
        Self::empty().await.set_up().await
    }

    /// Sets up the partnership, in which hosts open everything by hand, and lets Bea, Ben and Cid join.
    pub async fn set_up(self) -> Self {
        let town = self;
        let seen = town.command(ANN, &["setup"], json!({})).await;
        let form = town.press(ANN, &seen, "set-up").await;
        let values = ["School Meals", "Children learn hungry", "Ann", "Alpha", "UTC"];
        town.fill(ANN, &form, &values).await;
        let list = "Partner: Beta | Beta School | public | 3\nPartner: Gamma | Gamma Farm | business | 5\n\
                    Bea | Beta | strategic | UTC | @bea\nBen | Beta | operational | UTC | @ben\n\
                    Cid | Gamma | strategic | UTC | @cid";
        let form = town.command(ANN, &["path", "people"], json!({})).await;
        town.fill(ANN, &form, &[list]).await;
        for (user, name) in [(BEA, "Bea"), (BEN, "Ben"), (CID, "Cid")] {
            town.joins(user, name).await;
        }
        town.command(ANN, &["time", "by-itself"], json!({"answer": "no"})).await;
        town.settle().await;
        town
    }

    async fn joins(&self, user: u64, name: &str) {
        self.settle().await;
        let board = self.posts(user).await.into_iter().find(|post| post.pinned).expect("a pinned board");
        let seen = self.remote.press(user, board.id, &button(&board, &self.label("thats-me"))).await.unwrap();
        let form = self.choose(user, &seen, name).await;
        self.fill(user, &form, &["UTC", "Hello"]).await;
    }

    /// Waits until nobody has anything in hand, and lets due posts go out.
    pub async fn settle(&self) {
        let began = Instant::now();
        loop {
            assert!(began.elapsed() < BUSY * 10, "the bot does not come to rest");
            let settled = self.remote.settled(LOOK).await.unwrap();
            if !settled.settled {
                continue;
            }
            if settled.sent == 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue; // not connected yet
            }
            let due = settled.bot_next_due_ms.filter(|due| *due <= settled.now_ms + 60_000);
            match due {
                Some(due) => self.remote.jump(due).await.unwrap(),
                None => break,
            }
        }
        assert_eq!(self.remote.unknown_routes().await.unwrap(), Vec::<String>::new());
    }

    /// A label or sentence of the interface.
    pub fn label(&self, key: &str) -> String {
        self.words.words["en"].label(key).to_owned()
    }

    /// What a section of the canvas is called.
    #[allow(dead_code, reason = "the tests read it; the benchmark does not")]
    pub fn section(&self, key: &str) -> String {
        self.words.words["en"].section(key).title
    }

    /// What stands in the words before the first gap of a refusal.
    pub fn beginning(&self, key: &str) -> String {
        self.label(key).split("{{").next().unwrap().trim_end().to_owned()
    }

    pub async fn command(&self, user: u64, path: &[&str], options: Value) -> Seen {
        let seen = self.remote.command(user, CHANNEL, path, options).await.unwrap();
        assert_ne!(seen.outcome, "failed", "{path:?}: {:?}", seen.why);
        seen
    }

    /// Presses the button with this label on what is seen.
    pub async fn press(&self, user: u64, seen: &Seen, label: &str) -> Seen {
        let post = seen.message.as_ref().unwrap_or_else(|| panic!("nothing to press on: {seen:?}"));
        let label = self.label(label);
        self.remote.press(user, post.id, &button(post, label.split(" {{").next().unwrap())).await.unwrap()
    }

    /// Presses exactly this custom id, whether or not it stands there.
    pub async fn forge(&self, user: u64, message: Id, custom_id: &str) -> Seen {
        let body = json!({"message": message, "custom_id": custom_id, "forge": true});
        self.remote.deed(user, "press", body).await.unwrap()
    }

    /// Chooses by label in the first menu that has it.
    pub async fn choose(&self, user: u64, seen: &Seen, label: &str) -> Seen {
        let post = seen.message.as_ref().unwrap_or_else(|| panic!("no menu: {seen:?}"));
        let found = post.controls().into_iter().find_map(|control| {
            let options = control["options"].as_array()?;
            let option =
                options.iter().find(|option| option["label"].as_str().is_some_and(|text| text.contains(label)))?;
            Some((control["custom_id"].as_str()?.to_owned(), option["value"].as_str()?.to_owned()))
        });
        let (id, value) = found.unwrap_or_else(|| panic!("no choice {label}: {post:?}"));
        self.remote.select(user, post.id, &id, &[&value]).await.unwrap()
    }

    /// Fills a form's boxes in order and sends it.
    pub async fn fill(&self, user: u64, seen: &Seen, values: &[&str]) -> Seen {
        let form = form(seen);
        let pairs = form.fields.iter().zip(values).map(|(field, value)| (field.custom_id.clone(), json!(value)));
        self.remote.submit(user, form.id, Value::Object(pairs.collect())).await.unwrap()
    }

    /// Sends a form's answer past the client: a second time, or longer than its boxes take.
    pub async fn resend(&self, user: u64, form: &Form, words: &str) -> Seen {
        let values = json!({form.fields[0].custom_id.clone(): words});
        let body = json!({"channel": CHANNEL, "custom_id": form.custom_id, "values": values, "forge": true});
        self.remote.deed(user, "submit", body).await.unwrap()
    }

    /// Writes one card by the ask's command, button and form; what is seen then.
    pub async fn write(&self, user: u64, ask: &[&str], words: &str) -> Seen {
        let seen = self.command(user, ask, json!({})).await;
        let form = self.press(user, &seen, "write").await;
        self.fill(user, &form, &[words]).await
    }

    pub async fn posts(&self, user: u64) -> Vec<Post> {
        self.remote.read_channel(user, CHANNEL).await.unwrap()
    }

    /// Where the database lies.
    #[allow(dead_code, reason = "the benchmark reads it; the tests do not")]
    pub fn database(&self) -> String {
        self.folder.path().join("town.db").to_string_lossy().into_owned()
    }

    /// The board as it is on disk and in memory, as hosts may see it.
    pub fn board(&self) -> Board {
        let id = self.app.partnership_in(jointpath::path::RoomId(CHANNEL)).expect("a partnership");
        self.app.view(id, Viewer::Hosts).unwrap().shown().clone()
    }
}

pub fn button(post: &Post, label: &str) -> String {
    post.button(label).unwrap_or_else(|| panic!("no button {label:?} on {post:?}"))
}

pub fn form(seen: &Seen) -> &Form {
    seen.modal.as_ref().unwrap_or_else(|| panic!("no form: {seen:?}"))
}
