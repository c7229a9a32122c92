//! A client for the human side and the clock, for rehearsals and tests.
//!
//! ```no_run
//! # async fn f() -> Result<(), jointpath::sandbox::remote::Failure> {
//! use jointpath::sandbox::Remote;
//! let remote = Remote::new("http://127.0.0.1:4000");
//! let seen = remote.command(1001, 200, &["setup"], serde_json::json!({})).await?;
//! println!("{}", seen.text());
//! # Ok(()) }
//! ```

mod seen;

use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

use super::snowflake::Id;

pub use seen::{Event, Field, Form, Place, Post, Seen, Settled};

/// Wire time after which an answer of the stand-in itself is given up.
const PATIENCE: Duration = Duration::from_secs(90);

/// Why something could not be done.
#[derive(Debug)]
pub enum Failure {
    /// A client would not let this person do that; the text says why.
    Refused(String),
    /// The stand-in could not be reached or answered oddly.
    Wire(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => write!(f, "refused: {why}"),
            Self::Wire(why) => write!(f, "the sandbox could not be reached: {why}"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Self {
        Self::Wire(error.without_url().to_string())
    }
}

/// The stand-in, seen from a chair in front of a screen.
#[derive(Clone, Debug)]
pub struct Remote {
    http: reqwest::Client,
    url: String,
}

type Result<T> = std::result::Result<T, Failure>;

#[expect(clippy::missing_errors_doc, reason = "one sentence for all stands at `deed`")]
impl Remote {
    /// A client for the stand-in at `url`, such as `http://127.0.0.1:4000`.
    pub fn new(url: impl Into<String>) -> Self {
        Self { http: reqwest::Client::new(), url: url.into().trim_end_matches('/').to_owned() }
    }

    async fn read<T: serde::de::DeserializeOwned>(request: reqwest::RequestBuilder) -> Result<T> {
        let response = request.timeout(PATIENCE).send().await?;
        let status = response.status();
        let body: Value = response.json().await?;
        if let Some(why) = body["refused"].as_str() {
            return Err(Failure::Refused(why.to_owned()));
        }
        if !status.is_success() {
            return Err(Failure::Wire(format!("status {status}: {body}")));
        }
        serde_json::from_value(body).map_err(|error| Failure::Wire(error.to_string()))
    }

    async fn get<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<T> {
        Self::read(self.http.get(format!("{}/sandbox/{path}", self.url))).await
    }

    async fn post<T: serde::de::DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T> {
        Self::read(self.http.post(format!("{}/sandbox/{path}", self.url)).json(body)).await
    }

    /// Any deed of the human side with a body of one's own (for `forge`).
    ///
    /// # Errors
    /// If a client would not allow it, or the stand-in cannot be reached. So for all below.
    pub async fn deed(&self, user: u64, deed: &str, body: Value) -> Result<Seen> {
        self.post(&format!("people/{user}/{deed}"), &body).await
    }

    /// Presses a button.
    pub async fn press(&self, user: u64, message: Id, custom_id: &str) -> Result<Seen> {
        self.deed(user, "press", json!({"message": message, "custom_id": custom_id})).await
    }

    /// Chooses in a select.
    pub async fn select(&self, user: u64, message: Id, custom_id: &str, values: &[&str]) -> Result<Seen> {
        self.deed(user, "select", json!({"message": message, "custom_id": custom_id, "values": values})).await
    }

    /// Sends a form. `values` maps custom ids to texts; fields left out keep what stood in them.
    pub async fn submit(&self, user: u64, form: Id, values: Value) -> Result<Seen> {
        self.deed(user, "submit", json!({"modal": form, "values": values})).await
    }

    /// Votes in a poll: all of this person's votes; none takes them back.
    pub async fn vote(&self, user: u64, message: Id, answers: &[u64]) -> Result<Post> {
        self.post(&format!("people/{user}/vote"), &json!({"message": message, "answers": answers})).await
    }

    /// Runs a slash command; `path` is its name and subcommands, `options` maps names to values.
    pub async fn command(&self, user: u64, channel: u64, path: &[&str], options: Value) -> Result<Seen> {
        self.deed(user, "command", json!({"channel": channel, "path": path, "options": options})).await
    }

    /// Asks for suggestions while typing into an option.
    pub async fn autocomplete(
        &self,
        user: u64,
        channel: u64,
        path: &[&str],
        options: Value,
        focused: &str,
    ) -> Result<Seen> {
        let body = json!({"channel": channel, "path": path, "options": options, "focused": focused});
        self.deed(user, "autocomplete", body).await
    }

    /// Uses *Apps → name* on a message.
    pub async fn message_command(&self, user: u64, message: Id, name: &str) -> Result<Seen> {
        self.deed(user, "message-command", json!({"message": message, "name": name})).await
    }

    /// Writes an ordinary message.
    pub async fn post_message(&self, user: u64, channel: u64, content: &str) -> Result<Post> {
        self.post(&format!("people/{user}/say"), &json!({"channel": channel, "content": content})).await
    }

    /// Reads a channel as a person, oldest first.
    pub async fn read_channel(&self, user: u64, channel: u64) -> Result<Vec<Post>> {
        self.get(&format!("people/{user}/channels/{channel}/messages")).await
    }

    /// Reads everything in a channel, whoever may see it.
    pub async fn read_all(&self, channel: u64) -> Result<Vec<Post>> {
        self.get(&format!("channels/{channel}/messages")).await
    }

    /// The channels and threads a person sees.
    pub async fn channels_of(&self, user: u64) -> Result<Vec<Place>> {
        self.get(&format!("people/{user}/channels")).await
    }

    /// The scheduled events that a person sees: those of their guilds that have not ended.
    pub async fn events_of(&self, user: u64) -> Result<Vec<Event>> {
        self.get(&format!("people/{user}/events")).await
    }

    /// Lets something happen to the bot; see the `world` routes.
    pub async fn happen(&self, act: &str, body: Value) -> Result<()> {
        self.post::<Value>(&format!("world/{act}"), &body).await.map(|_| ())
    }

    /// World time in Unix milliseconds.
    pub async fn clock(&self) -> Result<i64> {
        let now: Value = self.get("clock").await?;
        now["world_ms"].as_i64().ok_or_else(|| Failure::Wire("no world_ms".into()))
    }

    /// Moves world time forward to `now_ms`.
    pub async fn jump(&self, now_ms: i64) -> Result<()> {
        self.post::<Value>("clock", &json!({"now_ms": now_ms})).await.map(|_| ())
    }

    /// Sets the clock on the bot's machine wrong by so much; 0 puts it right.
    pub async fn wrong(&self, by_ms: i64) -> Result<()> {
        self.post::<Value>("clock/wrong", &json!({"by_ms": by_ms})).await.map(|_| ())
    }

    /// Waits up to `wait` of wire time until all is at rest or a request is held, and says how things stand.
    pub async fn settled(&self, wait: Duration) -> Result<Settled> {
        self.get(&format!("settled?wait_ms={}", wait.as_millis())).await
    }

    /// Sends a report as a bot does that follows this clock.
    pub async fn quiet(&self, report: Value) -> Result<()> {
        self.post::<Value>("quiet", &report).await.map(|_| ())
    }

    /// Orders bad weather; see the `faults` route.
    pub async fn fault(&self, fault: Value) -> Result<()> {
        self.post::<Value>("faults", &fault).await.map(|_| ())
    }

    /// Routes the bot asked for that nobody built. Must be empty at the end of every test.
    pub async fn unknown_routes(&self) -> Result<Vec<String>> {
        let body: Value = self.get("faults/unknown").await?;
        serde_json::from_value(body["unknown"].clone()).map_err(|error| Failure::Wire(error.to_string()))
    }
}
