//! A stage with commands and a bare socket: for playing the bot by hand.

use jointpath::sandbox::remote::{Failure, Seen};
use jointpath::sandbox::{Id, Options};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::sandbox_socket::{GUILD_MESSAGES, GUILDS, Socket};
use crate::sandbox_world::{AMINA, APPLICATION, CHANNEL, Stage, stage, world};

pub const EPHEMERAL: u64 = 64;

/// A stage with commands and a socket that hears interactions.
pub struct Desk {
    pub stage: Stage,
    pub socket: Socket,
}

pub type Acting = JoinHandle<Result<Seen, Failure>>;

impl Desk {
    pub async fn new() -> Self {
        Self::with(Options::default()).await
    }

    pub async fn with(options: Options) -> Self {
        let stage = stage(world(), options).await;
        let commands = json!([
            {"name": "ask", "description": "Ask", "options": [
                {"type": 3, "name": "who", "description": "Who", "required": true, "autocomplete": true},
                {"type": 4, "name": "count", "description": "Count", "min_value": 1, "max_value": 9},
                {"type": 6, "name": "person", "description": "Person"}]},
            {"name": "host", "description": "Host", "default_member_permissions": "32"},
            {"name": "Give this", "type": 3}]);
        stage.good("PUT", &format!("/applications/{APPLICATION}/commands"), commands).await;
        let socket = Socket::identified(&stage, GUILDS | GUILD_MESSAGES).await;
        Self { stage, socket }
    }

    pub fn act(&self, user: u64, deed: &'static str, body: Value) -> Acting {
        let remote = self.stage.remote.clone();
        tokio::spawn(async move { remote.deed(user, deed, body).await })
    }

    pub fn ask(&self) -> Acting {
        self.act(AMINA, "command", json!({"channel": CHANNEL, "path": ["ask"], "options": {"who": "x"}}))
    }

    pub async fn callback(&self, id: Id, token: &str, body: Value) -> (u16, u64) {
        let (status, answer) = self.stage.call("POST", &format!("/interactions/{id}/{token}/callback"), &body).await;
        (status, answer["code"].as_u64().unwrap_or(0))
    }

    pub async fn webhook(&self, method: &str, rest: &str, body: Value) -> (u16, Value) {
        self.stage.call(method, &format!("/webhooks/{APPLICATION}/{rest}"), &body).await
    }

    /// A posted message with a button, a disabled button, a select.
    pub async fn board(&self) -> Id {
        let body = json!({"content": "board", "components": [
            {"type": 1, "components": [
                {"type": 2, "style": 1, "label": "Start", "custom_id": "start"},
                {"type": 2, "style": 2, "label": "Old", "custom_id": "old", "disabled": true}]},
            {"type": 1, "components": [{"type": 3, "custom_id": "pick", "min_values": 1, "max_values": 2, "options": [
                {"label": "A", "value": "a"}, {"label": "B", "value": "b"}, {"label": "C", "value": "c"}]}]},
            {"type": 1, "components": [{"type": 5, "custom_id": "who"}]}]});
        let message = self.stage.good("POST", &format!("/channels/{CHANNEL}/messages"), body).await;
        Id::from_json(&message["id"]).unwrap()
    }
}

pub fn modal(custom_id: &str) -> Value {
    let input = |id: &str, required: bool| {
        json!({"type": 1, "components": [{"type": 4, "style": 2, "custom_id": id, "label": id, "required": required,
            "max_length": 10, "value": if required { "old" } else { "" }}]})
    };
    json!({"type": 9, "data": {"title": "T", "custom_id": custom_id, "components": [input("a", true), input("b", false)]}})
}
