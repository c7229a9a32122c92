//! A plan in one fixed form, so that two plans can be compared and a partnership can keep its own.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::path::Plan;

/// The plan as JSON with its keys in order and nothing that is only layout: the same plan gives the
/// same text, however its file was written.
#[must_use]
pub fn canonical(plan: &Plan) -> String {
    let value = serde_json::to_value(plan).expect("BUG: a plan holds only texts, numbers and lists");
    in_order(value).to_string()
}

/// A short name for exactly this plan: the SHA-256 of its canonical form, as 64 hexadecimal digits.
#[must_use]
pub fn fingerprint(plan: &Plan) -> String {
    Sha256::digest(canonical(plan).as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
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
