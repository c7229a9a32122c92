//! Bad weather on request: lost answers, errors, slowness, gateway trouble.

use serde_json::Value;

use super::session::Out;
use super::state::State;

/// Faults waiting to strike, and a count of repeats to come.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    rest: Vec<RestFault>,
    duplicates: u64,
    /// Requests held since it was calm last.
    pub(crate) held: u64,
    /// How often it was calm; what is held waits for the next time.
    pub(crate) calms: u64,
}

/// A fault of the REST side.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RestFault {
    pub(crate) kind: RestKind,
    count: u64,
    route: Option<String>,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum RestKind {
    /// The request is carried out, then the connection is cut before any answer.
    DropAfterAccept,
    /// The request is refused with a status; 429 carries `retry_after` seconds.
    Status(u16, f64),
    /// The request waits this many milliseconds of wire time first.
    Slow(u64),
    /// The request waits until it is calm again, and is never carried out.
    HoldBefore,
    /// The request is carried out; its answer waits until it is calm again, and is never sent. One that is refused
    /// has changed nothing and is not held.
    HoldAfter,
}

impl RestKind {
    /// Whether it strikes only requests that change something.
    fn spares_reading(self) -> bool {
        matches!(self, Self::HoldBefore | Self::HoldAfter)
    }
}

impl Faults {
    /// The fault for this request, if one waits for it. `call` is `METHOD /path`.
    pub(crate) fn take_rest(&mut self, call: &str) -> Option<RestFault> {
        let strikes = |fault: &RestFault| {
            let fits = fault.route.as_deref().is_none_or(|route| fits(route, call));
            fits && !(fault.kind.spares_reading() && call.starts_with("GET "))
        };
        let at = self.rest.iter().position(strikes)?;
        let fault = &mut self.rest[at];
        let taken = fault.clone();
        fault.count -= 1;
        if fault.count == 0 {
            self.rest.remove(at);
        }
        Some(taken)
    }

    /// A fault that has not struck waits for another request.
    pub(crate) fn put_back(&mut self, fault: RestFault) {
        self.rest.push(RestFault { count: 1, ..fault });
    }

    /// Calm: no fault waits any more, and what is held ends.
    fn calm(&mut self) {
        *self = Self { calms: self.calms + 1, ..Self::default() };
    }

    /// How many times too often the next event is sent. READY and its like are left alone.
    pub(crate) fn take_duplicate(&mut self, kind: &str) -> u64 {
        if self.duplicates == 0 || kind == "GUILD_CREATE" {
            return 0;
        }
        self.duplicates -= 1;
        1
    }
}

/// A route pattern fits if its parts, split at `{}`, stand in the call in this order.
fn fits(pattern: &str, call: &str) -> bool {
    let mut rest = call;
    pattern.split("{}").all(|part| {
        let found = rest.find(part);
        rest = found.map_or("", |at| &rest[at + part.len()..]);
        found.is_some()
    })
}

/// `POST /sandbox/faults {kind, count?, route?, …}`. Kinds: `drop_after_accept`, `status` (with `status`,
/// `retry_after`), `slow_ms` (with `ms`), `hold_before` and `hold_after` (the next request that changes something
/// is held until `calm`, before or after it was carried out), `duplicate_dispatch`; at once, for all sessions:
/// `op7`, `op9` (with `resumable`), `close` (with `code`), `cut`. `calm` ends all of it. `route` is a piece of `METHOD /api/v10/path`, in
/// which `{}` stands for anything.
pub(crate) fn add(state: &mut State, body: &Value) -> Result<(), String> {
    let count = body["count"].as_u64().unwrap_or(1).max(1);
    let route = body["route"].as_str().map(str::to_owned);
    let kind = body["kind"].as_str().unwrap_or_default();
    let rest = match kind {
        "drop_after_accept" => RestKind::DropAfterAccept,
        "status" => {
            let status = body["status"].as_u64().and_then(|status| u16::try_from(status).ok());
            RestKind::Status(
                status.ok_or("a status fault needs \"status\"")?,
                body["retry_after"].as_f64().unwrap_or(1.0),
            )
        }
        "slow_ms" => RestKind::Slow(body["ms"].as_u64().ok_or("a slow_ms fault needs \"ms\"")?),
        "hold_before" => RestKind::HoldBefore,
        "hold_after" => RestKind::HoldAfter,
        "calm" => {
            state.faults.calm();
            return Ok(());
        }
        "duplicate_dispatch" => {
            state.faults.duplicates += count;
            return Ok(());
        }
        _ => return gateway(state, kind, body),
    };
    state.faults.rest.push(RestFault { kind: rest, count, route });
    Ok(())
}

fn gateway(state: &mut State, kind: &str, body: &Value) -> Result<(), String> {
    let outs: Vec<Out> = match kind {
        "op7" => vec![Out::Plain(r#"{"op":7,"d":null}"#.into())],
        "op9" => {
            let resumable = body["resumable"].as_bool().unwrap_or(false);
            vec![Out::Plain(format!(r#"{{"op":9,"d":{resumable}}}"#))]
        }
        "close" => {
            let code = body["code"].as_u64().and_then(|code| u16::try_from(code).ok()).unwrap_or(4000);
            vec![Out::Close(code, "Asked for by a test.")]
        }
        "cut" => vec![Out::Cut],
        other => return Err(format!("no such fault: {other}")),
    };
    for session in &state.sessions {
        for out in &outs {
            if let Some(wire) = &session.wire {
                let again = match out {
                    Out::Plain(text) => Out::Plain(text.clone()),
                    Out::Close(code, reason) => Out::Close(*code, reason),
                    _ => Out::Cut,
                };
                let _ = wire.tx.send(again);
            }
        }
    }
    if kind == "op9" && body["resumable"] != true {
        state.sessions.clear();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Faults, RestFault, RestKind, fits};

    #[test]
    fn only_what_changes_something_is_held() {
        let fault = RestFault { kind: RestKind::HoldBefore, count: 1, route: None };
        let mut faults = Faults { rest: vec![fault.clone()], held: 1, ..Faults::default() };
        assert_eq!(faults.take_rest("GET /api/v10/channels/1/messages"), None);
        assert_eq!(faults.take_rest("PATCH /api/v10/channels/1/messages/2"), Some(fault.clone()));
        assert_eq!(faults.take_rest("POST /api/v10/channels/1/messages"), None, "once");
        faults.put_back(fault.clone());
        assert_eq!(faults.take_rest("POST /api/v10/channels/1/messages"), Some(fault));
        faults.calm();
        assert_eq!((faults.held, faults.calms), (0, 1));
    }

    #[test]
    fn routes_fit_by_their_parts() {
        assert!(fits("POST /api/v10/channels/{}/messages", "POST /api/v10/channels/12/messages"));
        assert!(!fits("POST /api/v10/channels/{}/pins", "POST /api/v10/channels/12/messages"));
    }
}
