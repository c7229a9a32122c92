//! A bare gateway client: for what no library lets one do.

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use jointpath::sandbox::Id;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::sandbox_world::{Stage, TOKEN};

pub const GUILDS: u64 = 1;
pub const GUILD_MESSAGES: u64 = 1 << 9;
pub const MESSAGE_CONTENT: u64 = 1 << 15;

pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    aside: VecDeque<Value>,
    pub seq: u64,
    pub session: String,
}

/// What came over the socket.
#[derive(Debug)]
pub enum Heard {
    Frame(Value),
    Closed(u16),
}

impl Socket {
    /// Connects and takes the Hello.
    pub async fn connect(stage: &Stage) -> Self {
        let url = format!("{}/gateway?v=10&encoding=json", stage.sandbox.url().replace("http", "ws"));
        let (stream, _) = connect_async(url).await.unwrap();
        let mut socket = Self { stream, aside: VecDeque::new(), seq: 0, session: String::new() };
        let hello = socket.frame().await;
        assert_eq!(hello["op"], 10);
        assert!(hello["d"]["heartbeat_interval"].as_u64().unwrap() > 1000);
        socket
    }

    /// Connects and identifies; takes READY and, with the guilds intent, one `GUILD_CREATE`.
    pub async fn identified(stage: &Stage, intents: u64) -> Self {
        let mut socket = Self::connect(stage).await;
        socket.identify(TOKEN, intents).await;
        let ready = socket.event("READY").await;
        socket.session = ready["session_id"].as_str().unwrap().to_owned();
        if intents & GUILDS != 0 {
            socket.event("GUILD_CREATE").await;
        }
        socket
    }

    pub async fn send(&mut self, frame: Value) {
        self.stream.send(Message::Text(frame.to_string())).await.unwrap();
    }

    pub async fn identify(&mut self, token: &str, intents: u64) {
        let properties = json!({"os": "linux", "browser": "test", "device": "test"});
        self.send(json!({"op": 2, "d": {"token": token, "intents": intents, "properties": properties}})).await;
    }

    /// Asks to go on with a session after event `seq`.
    pub async fn resume(&mut self, session: &str, seq: u64) {
        self.send(json!({"op": 6, "d": {"token": TOKEN, "session_id": session, "seq": seq}})).await;
    }

    pub async fn hear(&mut self) -> Heard {
        if let Some(frame) = self.aside.pop_front() {
            return Heard::Frame(frame);
        }
        let next = tokio::time::timeout(Duration::from_secs(10), self.stream.next()).await.expect("silence");
        match next {
            Some(Ok(Message::Text(text))) => {
                let frame: Value = serde_json::from_str(&text).unwrap();
                if frame["op"] == 0 {
                    self.seq = frame["s"].as_u64().expect("s is a number on every dispatch");
                }
                Heard::Frame(frame)
            }
            Some(Ok(Message::Close(Some(frame)))) => Heard::Closed(frame.code.into()),
            other => panic!("heard {other:?}"),
        }
    }

    pub async fn frame(&mut self) -> Value {
        match self.hear().await {
            Heard::Frame(frame) => frame,
            Heard::Closed(code) => panic!("closed with {code}"),
        }
    }

    /// The data of the next event of this kind; others before it are dropped.
    pub async fn event(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.frame().await;
            if frame["t"] == kind {
                return frame["d"].clone();
            }
        }
    }

    pub async fn closed(&mut self) -> u16 {
        loop {
            if let Heard::Closed(code) = self.hear().await {
                return code;
            }
        }
    }

    /// Says goodbye; the server must echo the close.
    pub async fn close(mut self) {
        self.stream.close(None).await.unwrap();
        while let Some(Ok(message)) = self.stream.next().await {
            if message.is_close() {
                return;
            }
        }
    }

    /// The next interaction: its id, its token, and the whole event.
    pub async fn interaction(&mut self) -> (Id, String, Value) {
        let event = self.event("INTERACTION_CREATE").await;
        (Id::from_json(&event["id"]).unwrap(), event["token"].as_str().unwrap().to_owned(), event)
    }
}
