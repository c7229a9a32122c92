//! A plan in one fixed form, so that two plans can be compared and a partnership can keep its own.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::path::Plan;

/// The plan as JSON with its keys in order and nothing that is only layout: the same plan gives the
/// same text, however its file was written. A plan holds only texts, numbers and lists, so it can always
/// be written.
#[must_use]
pub fn canonical(plan: &Plan) -> String {
    serde_json::to_value(plan).map(in_order).unwrap_or_default().to_string()
}

/// A short name for exactly this plan: the SHA-256 of its canonical form, as 64 hexadecimal digits.
#[must_use]
pub fn fingerprint(plan: &Plan) -> String {
    let digest = Sha256::digest(canonical(plan).as_bytes());
    digest.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn in_order(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut pairs: Vec<(String, Value)> = map.into_iter().collect();
            pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
            Value::Object(pairs.into_iter().map(|(key, value)| (key, in_order(value))).collect::<Map<_, _>>())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(in_order).collect()),
        other => other,
    }
}
