//! The gateway: one task a socket.
//!
//! Hello, Identify, READY, `GUILD_CREATE`; heartbeats; RESUME with replay; op 7 and op 9 on request; a
//! close frame is answered with a close frame ("Gateway", connection lifecycle). Frames are plain JSON.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State as Shares;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;

use super::Shared;
use super::record;
use super::session::{Out, Session, Wire};
use super::shape;
use super::snowflake::Id;
use super::state::State;

/// How often a client must knock. Discord's own figure.
const HEARTBEAT_MS: u64 = 41_250;
/// A client that sends more than this in one frame is closed with 4002.
const FRAME_BYTES_MAX: usize = 4096;
/// Bits of all documented intents; others close with 4013.
const INTENTS_KNOWN: u64 = (1 << 26) - 1 - (1 << 17) - (1 << 18) - (1 << 19) - (1 << 22) - (1 << 23);

/// `GET /gateway`, upgraded to a socket.
pub(crate) async fn upgrade(Shares(shared): Shares<Arc<Shared>>, ws: WebSocketUpgrade) -> Response {
    ws.on_upgrade(move |socket| converse(socket, shared))
}

/// One connection, from Hello to the end.
struct Talk {
    shared: Arc<Shared>,
    socket: WebSocket,
    connection: u64,
    tx: UnboundedSender<Out>,
    rx: UnboundedReceiver<Out>,
    session: Option<String>,
    heard: Instant,
}

/// What to do after a frame.
type Next = Result<(), (u16, &'static str)>;

async fn converse(socket: WebSocket, shared: Arc<Shared>) {
    let (tx, rx) = unbounded_channel();
    let connection = shared.with(|state| {
        state.connections += 1;
        state.connections
    });
    let mut talk = Talk { shared, socket, connection, tx, rx, session: None, heard: Instant::now() };
    let hello = json!({"op": 10, "d": {"heartbeat_interval": HEARTBEAT_MS, "_trace": []}});
    if talk.tell(hello.to_string()).await {
        talk.run().await;
    }
    talk.shared.with(|state| {
        for session in &mut state.sessions {
            if session.wire.as_ref().is_some_and(|wire| wire.connection == connection) {
                session.wire = None;
            }
        }
    });
}

impl Talk {
    async fn run(&mut self) {
        loop {
            let patience = self.heard + Duration::from_millis(HEARTBEAT_MS * 2);
            tokio::select! {
                out = self.rx.recv() => match out {
                    Some(out) => if !self.send(out).await { return },
                    None => return,
                },
                frame = self.socket.recv() => match frame {
                    Some(Ok(frame)) => if !self.receive(frame).await { return },
                    _ => return,
                },
                () = tokio::time::sleep_until(patience) => {
                    self.close(4009, "Session timed out.").await;
                    return;
                }
            }
        }
    }

    /// Sends a frame that is no event, and writes it to the record.
    async fn tell(&mut self, text: String) -> bool {
        let frame: Value = serde_json::from_str(&text).unwrap_or_default();
        self.shared.with(|state| state.lines.push(record::frame(state.now_ms, "frame_out", &frame)));
        self.write(text).await
    }

    async fn write(&mut self, text: String) -> bool {
        self.socket.send(Message::Text(text.into())).await.is_ok()
    }

    async fn close(&mut self, code: u16, reason: &'static str) {
        let _ = self.socket.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await;
    }

    async fn send(&mut self, out: Out) -> bool {
        match out {
            Out::Dispatch(seq, text) => {
                let written = self.write(text).await;
                if written {
                    let id = self.session.clone();
                    self.shared.with(|state| {
                        let session = state.sessions.iter_mut().find(|s| Some(&s.id) == id.as_ref());
                        if let Some(session) = session {
                            session.mark(seq);
                            state.quiet.sent += 1;
                        }
                    });
                }
                written
            }
            Out::Plain(text) => self.tell(text).await,
            Out::Close(code, reason) => {
                self.close(code, reason).await;
                false
            }
            Out::Cut => false,
        }
    }

    async fn receive(&mut self, frame: Message) -> bool {
        let text = match frame {
            Message::Text(text) => text.to_string(),
            Message::Close(frame) => {
                let _ = self.socket.send(Message::Close(frame)).await;
                return false;
            }
            Message::Binary(_) => {
                self.close(4002, "Error while decoding payload.").await;
                return false;
            }
            Message::Ping(_) | Message::Pong(_) => return true,
        };
        self.heard = Instant::now();
        let verdict =
            if text.len() > FRAME_BYTES_MAX { Err((4002, "Payload too large.")) } else { self.obey(&text).await };
        match verdict {
            Ok(()) => true,
            Err((code, reason)) => {
                self.close(code, reason).await;
                false
            }
        }
    }

    async fn obey(&mut self, text: &str) -> Next {
        let frame = serde_json::from_str::<Value>(text).ok().filter(Value::is_object);
        let Some(frame) = frame else {
            return Err((4002, "Error while decoding payload."));
        };
        self.shared.with(|state| note(state, &frame));
        match frame["op"].as_u64() {
            Some(1) => {
                self.tell(json!({"op": 11}).to_string()).await;
                Ok(())
            }
            Some(2) if self.known() => Err((4005, "Already authenticated.")),
            Some(2) => self.identify(&frame["d"]),
            Some(6) => {
                self.resume(&frame["d"]);
                Ok(())
            }
            Some(3 | 4 | 8) if self.session.is_none() => Err((4003, "Not authenticated.")),
            // Presence, voice state and member requests: nothing in this world depends on them.
            Some(3 | 4 | 8) => Ok(()),
            _ => Err((4001, "Unknown opcode.")),
        }
    }

    /// Whether this socket already speaks for a session that still exists.
    fn known(&self) -> bool {
        self.session.as_ref().is_some_and(|id| self.shared.peek(|state| state.sessions.iter().any(|s| s.id == *id)))
    }

    fn wire(&self) -> Wire {
        Wire { connection: self.connection, tx: self.tx.clone() }
    }

    fn identify(&mut self, d: &Value) -> Next {
        let wire = self.wire();
        let id = self.shared.with(|state| {
            let (intents, shard) = admit(state, d)?;
            // A session left behind by an earlier process is gone for good once a new one begins.
            state.sessions.retain(|session| session.wire.is_some() || session.shard != shard);
            let id = format!("{:016x}", state.mint().0);
            state.sessions.push(Session::new(id.clone(), intents, shard, wire));
            greet(state, &id);
            Ok::<_, (u16, &str)>(id)
        })?;
        self.session = Some(id);
        Ok(())
    }

    fn resume(&mut self, d: &Value) {
        let wire = self.wire();
        let (id, seq) = (d["session_id"].as_str().unwrap_or_default(), d["seq"].as_u64());
        let resumed = self.shared.with(|state| {
            let granted = bearer(d) == state.token;
            let session = state.sessions.iter_mut().find(|session| granted && session.id == id)?;
            let lost = session.resume(seq?, wire)?;
            state.quiet.sent = state.quiet.sent.saturating_sub(lost);
            session.push("RESUMED", &json!({"_trace": []}));
            state.lines.push(json!({"at": state.now_ms, "dir": "event", "op": 0, "t": "RESUMED", "d": {"_trace": []}}));
            Some(())
        });
        if resumed.is_some() {
            self.session = Some(id.to_owned());
        } else {
            let _ = self.tx.send(Out::Plain(json!({"op": 9, "d": false}).to_string()));
        }
    }
}

fn bearer(d: &Value) -> &str {
    let token = d["token"].as_str().unwrap_or_default();
    token.strip_prefix("Bot ").unwrap_or(token)
}

/// Checks an Identify: token, intents, shard.
fn admit(state: &State, d: &Value) -> Result<(u64, [u64; 2]), (u16, &'static str)> {
    if bearer(d) != state.token {
        return Err((4004, "Authentication failed."));
    }
    let intents = d["intents"].as_u64().ok_or((4013, "Invalid intent(s)."))?;
    if intents & !INTENTS_KNOWN != 0 {
        return Err((4013, "Invalid intent(s)."));
    }
    let privileged = [(1_u64, "GUILD_MEMBERS"), (8, "GUILD_PRESENCES"), (15, "MESSAGE_CONTENT")];
    let granted = |name: &str| state.application.privileged_intents.iter().any(|have| have == name);
    if privileged.iter().any(|(bit, name)| intents & (1 << bit) != 0 && !granted(name)) {
        return Err((4014, "Disallowed intent(s)."));
    }
    let shard = match &d["shard"] {
        Value::Null => [0, 1],
        pair => match (pair[0].as_u64(), pair[1].as_u64()) {
            (Some(n), Some(of)) if n < of => [n, of],
            _ => return Err((4010, "Invalid shard.")),
        },
    };
    Ok((intents, shard))
}

/// READY and a `GUILD_CREATE` for each guild of the shard.
fn greet(state: &mut State, id: &str) {
    let Some(at) = state.sessions.iter().position(|session| session.id == id) else {
        return;
    };
    let (shard, intents) = (state.sessions[at].shard, state.sessions[at].intents);
    let mine: Vec<Id> = state
        .guilds
        .values()
        .filter(|guild| guild.members.contains_key(&state.bot) && (guild.id.0 >> 22) % shard[1] == shard[0])
        .map(|guild| guild.id)
        .collect();
    let mut me = state.users.get(&state.bot).map_or(Value::Null, shape::user);
    shape::merge(&mut me, json!({"verified": true, "mfa_enabled": false, "email": null}));
    let ready = json!({
        "v": 10, "user": me, "session_id": id, "resume_gateway_url": state.gateway_url, "shard": shard,
        "guilds": mine.iter().map(|id| json!({"id": id, "unavailable": true})).collect::<Vec<_>>(),
        "application": {"id": state.application.id, "flags": 0}, "private_channels": [], "user_settings": {},
        "relationships": [], "presences": [], "_trace": [], "session_type": "normal",
    });
    let mut events = vec![("READY", ready)];
    if intents & 1 != 0 {
        let guilds = mine.iter().filter_map(|id| state.guilds.get(id));
        events.extend(guilds.map(|guild| ("GUILD_CREATE", shape::guild_create(state, guild))));
    }
    for (kind, data) in events {
        state.lines.push(json!({"at": state.now_ms, "dir": "event", "op": 0, "t": kind, "d": data}));
        state.sessions[at].push(kind, &data);
    }
}

/// Writes a client's frame to the record, without its token.
fn note(state: &mut State, frame: &Value) {
    let mut body = frame.clone();
    if body["d"].get("token").is_some() {
        body["d"]["token"] = json!("REDACTED");
    }
    state.lines.push(record::frame(state.now_ms, "frame_in", &body));
}
