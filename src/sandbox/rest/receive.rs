//! The HTTP side of REST: reading a request, faults, rate-limit headers, the record.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, FromRequest, Multipart, Path, Request, State as Shares};
use axum::http::{HeaderMap, Response, StatusCode, header};
use serde_json::{Value, json};

use super::{Answer, Call, Upload, route};
use crate::sandbox::Shared;
use crate::sandbox::error::ApiError;
use crate::sandbox::faults::RestKind;
use crate::sandbox::listener::Scissors;
use crate::sandbox::snowflake::Id;
use crate::sandbox::state::State;

/// Discord refuses bodies over 25 MiB.
pub(crate) const BODY_BYTES_MAX: usize = 25 * 1024 * 1024;

/// The longest a request is held, in wire time.
const HOLD_MAX: Duration = Duration::from_mins(1);

/// Counts a request as under way for as long as it lives, also when the client hangs up.
struct InFlight(Arc<Shared>);

impl InFlight {
    fn begin(shared: &Arc<Shared>) -> Self {
        shared.with(|state| state.in_flight += 1);
        Self(Arc::clone(shared))
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.with(|state| state.in_flight = state.in_flight.saturating_sub(1));
    }
}

/// Everything under `/api`.
pub(crate) async fn api(
    Shares(shared): Shares<Arc<Shared>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response<Body> {
    let _under_way = InFlight::begin(&shared);
    let name = format!("{} {}", request.method(), request.uri().path());
    let taken = shared.with(|state| state.faults.take_rest(&name));
    let fault = taken.as_ref().map(|fault| fault.kind);
    if let Some(RestKind::Slow(ms)) = fault {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
    let call = match read(request).await {
        Ok(call) => call,
        Err(error) => return write(Err(error)),
    };
    if fault == Some(RestKind::HoldBefore) {
        hold(&shared).await;
        return write(Err(weather(503)));
    }
    let reply = shared.with(|state| perform(state, call, fault, shared.options.ack_limit));
    match (fault, taken) {
        (Some(RestKind::DropAfterAccept), _) => scissors.cut(),
        (Some(RestKind::HoldAfter), _) if reply.status().is_success() => {
            hold(&shared).await;
            scissors.cut();
        }
        (Some(RestKind::HoldAfter), Some(fault)) => shared.with(|state| state.faults.put_back(fault)),
        _ => {}
    }
    reply
}

/// Holds a request until it is calm again.
async fn hold(shared: &Shared) {
    let calms = shared.with(|state| {
        state.faults.held += 1;
        state.faults.calms
    });
    shared.until(HOLD_MAX, |state| (state.faults.calms > calms).then_some(())).await;
}

fn perform(state: &mut State, mut call: Call, fault: Option<RestKind>, ack_limit: Duration) -> Response<Body> {
    call.authorized = call.authorization.take().is_some_and(|token| token == format!("Bot {}", state.token));
    let at = state.now_ms;
    let mut line = json!({"at": at, "dir": "request", "method": call.method, "path": call.path, "body": call.body});
    if !call.files.is_empty() {
        line["files"] = call.files.iter().map(|f| json!({"filename": f.filename, "size": f.bytes.len()})).collect();
    }
    state.lines.push(line);
    state.expire_interactions(ack_limit);
    let reply = match fault {
        Some(RestKind::Status(status, _)) => Err(weather(status)),
        _ => route(state, &call),
    };
    let (status, mut body) = match &reply {
        Ok(Answer::Json(status, body)) => (*status, body.clone()),
        Ok(Answer::Empty) => (204, Value::Null),
        Err(error) => (error.status, error.body()),
    };
    if let Some(RestKind::Status(429, retry_after)) = fault {
        body = json!({"message": "You are being rate limited.", "retry_after": retry_after, "global": false});
    }
    let line = json!({
        "at": at, "dir": "response", "method": call.method, "path": call.path, "status": status, "body": body,
    });
    state.lines.push(line);
    let mut response = write(reply);
    if let Some(RestKind::Status(429, retry_after)) = fault {
        *response.body_mut() = Body::from(body.to_string());
        rate_limited(response.headers_mut(), retry_after);
    }
    response
}

fn weather(status: u16) -> ApiError {
    let message = match status {
        429 => "You are being rate limited.",
        502 => "502: Bad Gateway",
        503 => "503: Service Unavailable",
        _ => "500: Internal Server Error",
    };
    ApiError { status, message: message.into(), ..ApiError::of(0) }
}

fn rate_limited(headers: &mut HeaderMap, retry_after: f64) {
    for (name, text) in [
        ("retry-after", retry_after.to_string()),
        ("x-ratelimit-remaining", "0".into()),
        ("x-ratelimit-reset-after", retry_after.to_string()),
        ("x-ratelimit-scope", "user".into()),
    ] {
        if let Ok(value) = text.parse() {
            headers.insert(name, value);
        }
    }
}

fn write(reply: Result<Answer, ApiError>) -> Response<Body> {
    let (status, body) = match reply {
        Ok(Answer::Json(status, body)) => (status, Some(body)),
        Ok(Answer::Empty) => (204, None),
        Err(error) => (error.status, Some(error.body())),
    };
    let mut response = Response::new(body.as_ref().map_or_else(Body::empty, |body| Body::from(body.to_string())));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    let mut set = |name: &'static str, text: &'static str| {
        headers.insert(name, header::HeaderValue::from_static(text));
    };
    if body.is_some() {
        set("content-type", "application/json");
    }
    // Generous figures: the stand-in never runs out by itself, see the `status` fault for 429.
    set("x-ratelimit-limit", "50");
    set("x-ratelimit-remaining", "49");
    set("x-ratelimit-reset-after", "1.000");
    set("x-ratelimit-bucket", "sandbox");
    response
}

/// Reads a request whole: JSON, or a form with `payload_json` and `files[n]`.
async fn read(request: Request) -> Result<Call, ApiError> {
    let mut call = Call {
        method: request.method().to_string(),
        path: unescape(request.uri().path(), false),
        query: query(request.uri().query().unwrap_or_default()),
        authorization: authorization(request.headers()),
        ..Call::default()
    };
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        let form = Multipart::from_request(request, &()).await.map_err(|_| ApiError::of(50109))?;
        return read_form(call, form).await;
    }
    let bytes = axum::body::to_bytes(request.into_body(), BODY_BYTES_MAX).await;
    let bytes = bytes.map_err(|_| ApiError::of(40005))?;
    if !bytes.is_empty() {
        call.body = serde_json::from_slice(&bytes).map_err(|_| ApiError::of(50109))?;
    }
    Ok(call)
}

async fn read_form(mut call: Call, mut form: Multipart) -> Result<Call, ApiError> {
    let broken = |_| ApiError::of(50109);
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "payload_json" {
            let bytes = field.bytes().await.map_err(broken)?;
            call.body = serde_json::from_slice(&bytes).map_err(|_| ApiError::of(50109))?;
            continue;
        }
        let number = name.trim_start_matches("files[").trim_end_matches(']').parse().unwrap_or(call.files.len() as u64);
        let filename = field.file_name().unwrap_or("file").to_owned();
        let content_type = field.content_type().unwrap_or("application/octet-stream").to_owned();
        let bytes = field.bytes().await.map_err(broken)?.to_vec();
        call.files.push(Upload { number, filename, content_type, bytes });
    }
    if call.body.is_null() {
        call.body = json!({});
    }
    Ok(call)
}

fn authorization(headers: &HeaderMap) -> Option<String> {
    headers.get(header::AUTHORIZATION)?.to_str().ok().map(str::to_owned)
}

/// Reads a query; a leading `&` (serenity sends one) does no harm.
fn query(text: &str) -> std::collections::HashMap<String, String> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), unescape(value, true))).collect()
}

/// Undoes percent encoding; in a query a plus is a space too.
fn unescape(text: &str, query: bool) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let decoded = match byte {
            b'+' if query => b' ',
            b'%' => {
                let hex: String = rest.by_ref().take(2).map(char::from).collect();
                u8::from_str_radix(&hex, 16).unwrap_or(b'?')
            }
            other => other,
        };
        bytes.push(decoded);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `GET /attachments/{channel}/{id}/{filename}`: the bytes of an attachment.
pub(crate) async fn attachment(
    Shares(shared): Shares<Arc<Shared>>,
    Path((_, file, _)): Path<(String, String, String)>,
) -> Response<Body> {
    let found = shared.peek(|state| Id::parse(&file).and_then(|id| state.files.get(&id).cloned()));
    let Some(file) = found else {
        let mut missing = Response::new(Body::from("This content is no longer available."));
        *missing.status_mut() = StatusCode::NOT_FOUND;
        return missing;
    };
    let mut response = Response::new(Body::from(file.bytes));
    if let Ok(kind) = file.content_type.parse() {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}
