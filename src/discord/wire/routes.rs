//! The routes that we use, one function each.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Call, Fault, Wire};
use crate::discord::limits::ARCHIVE_MINUTES;
use crate::discord::screen::File;

/// Discord's type number of a private thread (`resources/channel`, *Channel Types*).
const PRIVATE_THREAD: u8 = 12;

/// Voters of one page, the most there may be (`resources/poll`, *Get Answer Voters*).
const VOTERS_PAGE: usize = 100;

/// Where the gateway is (`events/gateway`, *Get Gateway Bot*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gateway {
    /// Its address.
    pub url: String,
    /// How many shards Discord recommends.
    pub shards: u32,
    /// How many more sessions may be started before the token is reset.
    pub starts_left: u64,
}

impl Wire {
    /// Where the gateway is. The first thing to be asked: it also says whether the token is good.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn gateway(&self) -> Result<Gateway, Fault> {
        let route = "gateway";
        let answer = self.get(route, 0, "/gateway/bot".to_owned()).await?;
        let url = answer["url"].as_str().ok_or(Fault::Unreadable { route })?.to_owned();
        let shards = answer["shards"].as_u64().and_then(|shards| u32::try_from(shards).ok()).unwrap_or(1).max(1);
        let starts_left = answer["session_start_limit"]["remaining"].as_u64().unwrap_or(1);
        Ok(Gateway { url, shards, starts_left })
    }

    /// Registers the list of commands in place of the one before.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn register(&self, application: u64, commands: &Value) -> Result<(), Fault> {
        let path = format!("/applications/{application}/commands");
        self.put("register commands", application, path, Some(lean(commands))).await.map(drop)
    }

    /// The first answer to an interaction. *Already answered* means that an earlier try arrived.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn answer(&self, interaction: (u64, &str), body: &Value, files: &[File]) -> Result<(), Fault> {
        let call = Call {
            route: "answer",
            method: Method::POST,
            path: format!("/interactions/{}/{}/callback", interaction.0, interaction.1),
            major: interaction.0,
            body: Some(body.clone()),
            files,
            interaction: true,
        };
        match self.send(call).await {
            Err(fault) if fault.is(super::Code::AlreadyAnswered) => Ok(()),
            other => other.map(drop),
        }
    }

    /// Edits the first answer, within fifteen minutes.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn amend(&self, webhook: (u64, &str), body: &Value, files: &[File]) -> Result<(), Fault> {
        let call = Call {
            route: "amend",
            method: Method::PATCH,
            path: format!("/webhooks/{}/{}/messages/@original", webhook.0, webhook.1),
            major: webhook.0,
            body: Some(body.clone()),
            files,
            interaction: true,
        };
        self.send(call).await.map(drop)
    }

    /// Posts a message; its id.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn post(&self, channel: u64, body: &Value, files: &[File]) -> Result<u64, Fault> {
        let route = "post";
        let call = Call {
            route,
            method: Method::POST,
            path: format!("/channels/{channel}/messages"),
            major: channel,
            body: Some(body.clone()),
            files,
            interaction: false,
        };
        id_of(route, &self.send(call).await?)
    }

    /// Edits a message of ours; files, if any, take the place of those that stood there.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn edit(&self, channel: u64, message: u64, body: &Value, files: &[File]) -> Result<(), Fault> {
        let call = Call {
            route: "edit",
            method: Method::PATCH,
            path: format!("/channels/{channel}/messages/{message}"),
            major: channel,
            body: Some(body.clone()),
            files,
            interaction: false,
        };
        self.send(call).await.map(drop)
    }

    /// The newest messages of a channel, newest first.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn recent(&self, channel: u64) -> Result<Vec<Value>, Fault> {
        let answer = self.get("recent", channel, format!("/channels/{channel}/messages?limit=50")).await?;
        Ok(answer.as_array().cloned().unwrap_or_default())
    }

    /// A message, raw.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn message(&self, channel: u64, message: u64) -> Result<Value, Fault> {
        self.get("message", channel, format!("/channels/{channel}/messages/{message}")).await
    }

    /// Ends a poll of ours.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn expire(&self, channel: u64, message: u64) -> Result<(), Fault> {
        let path = format!("/channels/{channel}/polls/{message}/expire");
        self.plain("end poll", Method::POST, channel, path, None).await.map(drop)
    }

    /// Everybody who voted for an answer of a poll, page after page.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn voters(&self, channel: u64, message: u64, answer: u64) -> Result<Vec<u64>, Fault> {
        let mut all: Vec<u64> = Vec::new();
        loop {
            let after = all.last().copied().unwrap_or(0);
            let path =
                format!("/channels/{channel}/polls/{message}/answers/{answer}?after={after}&limit={VOTERS_PAGE}");
            let page = self.get("voters", channel, path).await?;
            let users = page["users"].as_array().map(Vec::as_slice).unwrap_or_default();
            all.extend(users.iter().filter_map(|user| user["id"].as_str()?.parse::<u64>().ok()));
            if users.len() < VOTERS_PAGE {
                return Ok(all);
            }
        }
    }

    /// Pins a message (needs `PIN_MESSAGES`).
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn pin(&self, channel: u64, message: u64) -> Result<(), Fault> {
        self.put("pin", channel, format!("/channels/{channel}/messages/pins/{message}"), None).await.map(drop)
    }

    /// Opens a public thread on a message; its id, also if it is there already.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn thread_on(&self, channel: u64, message: u64, name: &str) -> Result<u64, Fault> {
        let route = "thread on message";
        let path = format!("/channels/{channel}/messages/{message}/threads");
        let body = json!({ "name": name, "auto_archive_duration": ARCHIVE_MINUTES });
        match self.plain(route, Method::POST, channel, path, Some(body)).await {
            // A thread on a message has the message's own id (`resources/channel`).
            Err(fault) if fault.is(super::Code::ThreadExists) => Ok(message),
            answer => id_of(route, &answer?),
        }
    }

    /// Opens a private thread into which only we let people; its id.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn thread_private(&self, channel: u64, name: &str) -> Result<u64, Fault> {
        let route = "private thread";
        let body = json!({
            "name": name,
            "type": PRIVATE_THREAD,
            "invitable": false,
            "auto_archive_duration": ARCHIVE_MINUTES,
        });
        id_of(
            route,
            &self.plain(route, Method::POST, channel, format!("/channels/{channel}/threads"), Some(body)).await?,
        )
    }

    /// Opens the channel in which one account alone is written to; its id, also if it is open already.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn direct(&self, account: u64) -> Result<u64, Fault> {
        let route = "open direct";
        let body = json!({ "recipient_id": account.to_string() });
        id_of(route, &self.plain(route, Method::POST, 0, "/users/@me/channels".to_owned(), Some(body)).await?)
    }

    /// Wakes an archived thread.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn wake(&self, thread: u64) -> Result<(), Fault> {
        let body = json!({ "archived": false });
        self.plain("wake thread", Method::PATCH, thread, format!("/channels/{thread}"), Some(body)).await.map(drop)
    }

    /// Lets an account into a thread.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn let_in(&self, thread: u64, account: u64) -> Result<(), Fault> {
        self.put("let in", thread, format!("/channels/{thread}/thread-members/{account}"), None).await.map(drop)
    }

    /// Takes an account out of a thread.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn let_out(&self, thread: u64, account: u64) -> Result<(), Fault> {
        let path = format!("/channels/{thread}/thread-members/{account}");
        self.plain("let out", Method::DELETE, thread, path, None).await.map(drop)
    }

    /// The threads of a guild that are not archived.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn threads(&self, guild: u64) -> Result<Vec<Value>, Fault> {
        let answer = self.get("threads", guild, format!("/guilds/{guild}/threads/active")).await?;
        Ok(answer["threads"].as_array().cloned().unwrap_or_default())
    }

    /// A channel as Discord tells it, unread by serenity: it holds permission bits that serenity drops.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn channel(&self, channel: u64) -> Result<Value, Fault> {
        self.get("channel", channel, format!("/channels/{channel}")).await
    }

    /// A guild's roles, raw.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn roles(&self, guild: u64) -> Result<Value, Fault> {
        self.get("roles", guild, format!("/guilds/{guild}/roles")).await
    }

    /// The bot's own account.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn me(&self) -> Result<u64, Fault> {
        id_of("me", &self.get("me", 0, "/users/@me".to_owned()).await?)
    }

    /// A guild's member, raw.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn member(&self, guild: u64, account: u64) -> Result<Value, Fault> {
        self.get("member", guild, format!("/guilds/{guild}/members/{account}")).await
    }

    async fn get(&self, route: &'static str, major: u64, path: String) -> Result<Value, Fault> {
        self.plain(route, Method::GET, major, path, None).await
    }

    async fn put(&self, route: &'static str, major: u64, path: String, body: Option<Value>) -> Result<Value, Fault> {
        self.plain(route, Method::PUT, major, path, body).await
    }

    pub(super) async fn plain(
        &self,
        route: &'static str,
        method: Method,
        major: u64,
        path: String,
        body: Option<Value>,
    ) -> Result<Value, Fault> {
        self.send(Call { route, method, path, major, body, files: &[], interaction: false }).await
    }
}

pub(super) fn id_of(route: &'static str, answer: &Value) -> Result<u64, Fault> {
    answer["id"].as_str().and_then(|id| id.parse().ok()).ok_or(Fault::Unreadable { route })
}

/// Commands without what says nothing: serenity writes down every field of every kind of option, and an
/// `nsfw` that Discord's published schema does not know.
fn lean(part: &Value) -> Value {
    let says_nothing = |name: &str, value: &Value| match value {
        Value::Null => true,
        Value::Bool(said) => !said && matches!(name, "autocomplete" | "nsfw" | "required"),
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    match part {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(name, value)| !says_nothing(name, value));
            kept.map(|(name, value)| (name.clone(), lean(value))).collect()
        }
        Value::Array(list) => list.iter().map(lean).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::lean;

    #[test]
    fn what_says_nothing_is_left_out() {
        let option = json!({"name": "b", "required": false, "choices": [], "max_length": null, "autocomplete": true});
        let full = json!([{"name": "a", "nsfw": false, "name_localizations": {}, "options": [option]}]);
        assert_eq!(lean(&full), json!([{"name": "a", "options": [{"name": "b", "autocomplete": true}]}]));
    }
}
