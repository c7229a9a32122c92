//! The one way in which anything is sent to Discord.
//!
//! Bodies are built by serenity's builders or as plain JSON and executed here, on our own HTTP
//! client: with time-outs (serenity has none), with rate limits read from the answers' headers
//! (serenity's limiter is off: it keeps an entry for every interaction for ever and ignores a
//! configured address), and with a log that names the route, never the address, because
//! interaction tokens stand in addresses.

mod fault;
mod pace;
mod routes;
mod scheduled;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

pub use fault::{Code, Fault};
use pace::{Headers, Pace};
pub use routes::Gateway;

use super::patience::Patience;
use super::screen::File;

/// How long a connection may take.
const CONNECT_SECONDS: u64 = 3;
/// How long a request may take as a whole.
const TOTAL_SECONDS: u64 = 10;
/// Where Discord is.
pub const DISCORD: &str = "https://discord.com";

/// Tells the time.
pub type Now = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The line to Discord. Cheap to clone.
#[derive(Clone)]
pub struct Wire {
    inner: Arc<Inner>,
    patience: Patience,
}

struct Inner {
    http: reqwest::Client,
    base: String,
    token: SecretString,
    pace: Mutex<Pace>,
    now: Now,
}

/// One request.
#[derive(Debug)]
struct Call<'a> {
    /// The route's name: what stands in the log.
    route: &'static str,
    method: Method,
    /// What comes after `/api/v10`.
    path: String,
    /// The channel, guild or webhook that rate limits are counted by (`topics/rate-limits`).
    major: u64,
    body: Option<Value>,
    files: &'a [File],
    /// Interaction endpoints are not bound to the global limit and need no token.
    interaction: bool,
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire").field("base", &self.inner.base).finish_non_exhaustive()
    }
}

impl Wire {
    /// A line to the server at this address.
    ///
    /// # Errors
    /// [`Fault::Unreachable`] if no HTTP client can be made at all.
    pub fn new(base: &str, token: SecretString, now: Now) -> Result<Self, Fault> {
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(CONNECT_SECONDS))
            .timeout(Duration::from_secs(TOTAL_SECONDS))
            .user_agent(concat!("DiscordBot (jointpath, ", env!("CARGO_PKG_VERSION"), ")"))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|_| Fault::Unreachable { route: "client" })?;
        let base = base.trim_end_matches('/').to_owned();
        let inner = Arc::new(Inner { http, base, token, pace: Mutex::new(Pace::default()), now });
        Ok(Self { inner, patience: Patience::default() })
    }

    /// The same, for people who wait longer or shorter.
    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// How long people and posts wait for an answer.
    #[must_use]
    pub fn patience(&self) -> Patience {
        self.patience
    }

    /// Sends one request, once.
    async fn send(&self, call: Call<'_>) -> Result<Value, Fault> {
        let route = call.route;
        let now = (self.inner.now)();
        let wait = self.pace(|pace| pace.take(route, call.major, call.interaction, now));
        if let Some(after) = wait {
            return Err(Fault::Limited { route, after });
        }
        let request = self.build(&call)?;
        let response = request.send().await.map_err(|error| Fault::of_transport(route, &error));
        let response = response.inspect_err(|fault| tracing::warn!(route, %fault, "no answer from Discord"))?;
        self.read(&call, response).await
    }

    fn build(&self, call: &Call<'_>) -> Result<RequestBuilder, Fault> {
        let url = format!("{}/api/v10{}", self.inner.base, call.path);
        let mut request = self.inner.http.request(call.method.clone(), url);
        if !call.interaction {
            request = request.header("Authorization", format!("Bot {}", self.inner.token.expose_secret()));
        }
        match (&call.body, call.files) {
            (None, _) => Ok(request),
            (Some(body), []) => Ok(request.json(body)),
            (Some(body), files) => Ok(request.multipart(parcel(call.route, body, files)?)),
        }
    }

    async fn read(&self, call: &Call<'_>, response: Response) -> Result<Value, Fault> {
        let (route, status) = (call.route, response.status());
        let headers = Headers::read(response.headers());
        let now = (self.inner.now)();
        // Each interaction is its own bucket, used once: nothing is kept of it.
        if !call.interaction {
            self.pace(|pace| pace.learn(route, call.major, &headers, now));
        }
        let bytes = response.bytes().await.map_err(|error| Fault::of_transport(route, &error))?;
        if status.is_success() {
            if bytes.is_empty() || status == StatusCode::NO_CONTENT {
                return Ok(Value::Null);
            }
            return serde_json::from_slice(&bytes).map_err(|_| Fault::Unreadable { route });
        }
        let body: Value = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        if status == StatusCode::TOO_MANY_REQUESTS {
            let after = headers.retry_after(&body);
            if !call.interaction {
                self.pace(|pace| pace.punish(route, call.major, &headers, after, now));
            }
            tracing::warn!(route, after_millis = after.as_millis(), global = headers.global, "asked to slow down");
            return Err(Fault::Limited { route, after });
        }
        let fault = Fault::of_answer(route, status.as_u16(), &body);
        tracing::warn!(route, %fault, "refused by Discord");
        Err(fault)
    }

    fn pace<T>(&self, with: impl FnOnce(&mut Pace) -> T) -> T {
        with(&mut self.inner.pace.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A body with files, as Discord wants it (`reference`, *Uploading Files*). Files that the body lists
/// already are files of the message that are to stay.
fn parcel(route: &'static str, body: &Value, files: &[File]) -> Result<reqwest::multipart::Form, Fault> {
    let mut body = body.clone();
    let listed = files
        .iter()
        .enumerate()
        .map(|(id, file)| json!({ "id": id.to_string(), "filename": file.name, "description": file.alt }));
    let holder = if body.get("data").is_some() { &mut body["data"] } else { &mut body };
    let kept = holder["attachments"].as_array().cloned().unwrap_or_default();
    holder["attachments"] = kept.into_iter().chain(listed).collect();
    let mut form = reqwest::multipart::Form::new();
    for (id, file) in files.iter().enumerate() {
        let part = reqwest::multipart::Part::bytes(file.bytes.clone()).file_name(file.name.clone());
        form = form.part(format!("files[{id}]"), part);
    }
    let payload = reqwest::multipart::Part::text(body.to_string())
        .mime_str("application/json")
        .map_err(|_| Fault::Unreadable { route })?;
    Ok(form.part("payload_json", payload))
}
