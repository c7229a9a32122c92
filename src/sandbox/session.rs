//! A gateway session: what was asked for, what was sent, what can be replayed.

use std::collections::VecDeque;

use tokio::sync::mpsc::UnboundedSender;

/// Dispatches kept for RESUME.
const LOG_LEN_MAX: usize = 20_000;

/// Something for a socket.
#[derive(Debug)]
pub(crate) enum Out {
    /// An event, with its number.
    Dispatch(u64, String),
    /// Any other frame.
    Plain(String),
    /// A close frame with its code.
    Close(u16, &'static str),
    /// End the connection without a word.
    Cut,
}

/// One event of the log.
#[derive(Debug)]
pub(crate) struct Logged {
    pub(crate) seq: u64,
    pub(crate) frame: String,
    /// Whether a socket has taken it.
    pub(crate) sent: bool,
}

/// The socket a session speaks through at the moment.
#[derive(Debug)]
pub(crate) struct Wire {
    /// Number of the connection, so that the end of an old one does not cut off a newer one.
    pub(crate) connection: u64,
    pub(crate) tx: UnboundedSender<Out>,
}

/// A session.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) intents: u64,
    pub(crate) shard: [u64; 2],
    pub(crate) seq: u64,
    pub(crate) log: VecDeque<Logged>,
    pub(crate) wire: Option<Wire>,
}

impl Session {
    /// A fresh session on a socket.
    pub(crate) fn new(id: String, intents: u64, shard: [u64; 2], wire: Wire) -> Self {
        Self { id, intents, shard, seq: 0, log: VecDeque::new(), wire: Some(wire) }
    }

    /// Numbers an event, keeps it for replay, hands it to the socket if there is one.
    pub(crate) fn push(&mut self, kind: &str, data: &serde_json::Value) {
        self.seq += 1;
        let frame = serde_json::json!({"op": 0, "s": self.seq, "t": kind, "d": data}).to_string();
        if let Some(wire) = &self.wire {
            // A closed socket is noticed by its own task; the log keeps the event for a RESUME.
            let _ = wire.tx.send(Out::Dispatch(self.seq, frame.clone()));
        }
        self.log.push_back(Logged { seq: self.seq, frame, sent: false });
        if self.log.len() > LOG_LEN_MAX {
            self.log.pop_front();
        }
    }

    /// Marks an event as written to a socket.
    pub(crate) fn mark(&mut self, seq: u64) {
        if let Some(logged) = self.log.iter_mut().rev().find(|logged| logged.seq == seq) {
            logged.sent = true;
        }
    }

    /// Events that no socket has taken yet.
    pub(crate) fn waiting(&self) -> bool {
        self.log.back().is_some_and(|last| !last.sent)
    }

    /// Goes on over a new socket after event `seq`: whatever came later is sent again. Returns how many
    /// of those had been written to the old socket and were lost on the way, or nothing if `seq` is not
    /// a number this session can go on from.
    pub(crate) fn resume(&mut self, seq: u64, wire: Wire) -> Option<u64> {
        let oldest = self.log.front().map_or(self.seq + 1, |logged| logged.seq);
        if seq > self.seq || seq + 1 < oldest {
            return None;
        }
        let mut lost = 0;
        for logged in self.log.iter_mut().filter(|logged| logged.seq > seq) {
            lost += u64::from(std::mem::take(&mut logged.sent));
            let _ = wire.tx.send(Out::Dispatch(logged.seq, logged.frame.clone()));
        }
        self.wire = Some(wire);
        Some(lost)
    }
}
