//! What the sandbox tests share: a small world, and plain requests with the bot's token.

use jointpath::sandbox::{Id, Options, Remote, Sandbox, World, serve};
use serde_json::{Value, json};

pub const TOKEN: &str = "sandbox-token-of-no-worth";
pub const AMINA: u64 = 1001;
pub const BENNO: u64 = 1002;
pub const CHIKE: u64 = 1003;
pub const GUILD: u64 = 100;
pub const CHANNEL: u64 = 200;
pub const HIDDEN: u64 = 201;
pub const APPLICATION: u64 = 900;

/// View, send, embed, attach, history, threads of both kinds, manage threads, pin.
pub const BOT_RIGHTS: u64 =
    1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 34 | 1 << 35 | 1 << 36 | 1 << 38 | 1 << 51;

/// Three people, one guild, an open channel and one the bot does not see.
pub fn world() -> World {
    let now = "2026-03-02T08:00:00Z".parse().unwrap();
    let mut world = World::new(now, TOKEN)
        .person(AMINA, "Amina", "en-US")
        .person(BENNO, "Benno", "de")
        .person(CHIKE, "Chike", "en-GB")
        .guild(GUILD, "Delta Partnership", BOT_RIGHTS)
        .channel(CHANNEL, "path")
        .channel(HIDDEN, "hidden");
    let hidden = world.guilds[0].channels.last_mut().unwrap();
    hidden.permission_overwrites =
        serde_json::from_value(json!([{"id": GUILD.to_string(), "type": 0, "allow": "0", "deny": "1024"}])).unwrap();
    world
}

/// A running sandbox with its two faces.
pub struct Stage {
    pub sandbox: Sandbox,
    pub remote: Remote,
    pub http: reqwest::Client,
}

pub async fn stage(world: World, options: Options) -> Stage {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let sandbox = serve(world, listener, options).await.unwrap();
    let remote = Remote::new(sandbox.url());
    Stage { sandbox, remote, http: reqwest::Client::new() }
}

impl Stage {
    pub async fn new() -> Self {
        stage(world(), Options::default()).await
    }

    /// A REST call as the bot: status and body.
    pub async fn call(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let url = format!("{}/api/v10{path}", self.sandbox.url());
        let mut request =
            self.http.request(method.parse().unwrap(), url).header("authorization", format!("Bot {TOKEN}"));
        if !body.is_null() {
            request = request.json(body);
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        (status, if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() })
    }

    /// A call that must succeed.
    pub async fn good(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, answer) = self.call(method, path, &body).await;
        assert!((200..300).contains(&status), "{method} {path}: {status} {answer}");
        answer
    }

    /// Posts a text and returns the message id.
    pub async fn say(&self, content: &str) -> Id {
        let message = self.good("POST", &format!("/channels/{CHANNEL}/messages"), json!({"content": content})).await;
        Id::from_json(&message["id"]).unwrap()
    }
}
