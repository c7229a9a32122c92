//! Discord's limits, checked as Discord checks them: everything wrong is named at once (50035).
//!
//! The published REST schema misses many documented limits (2000 characters of content, embeds of
//! 6000 together, doubled custom ids, …); these files hold them, each with the page it stands on.

pub(crate) mod command;
pub(crate) mod components;
pub(crate) mod message;
pub(crate) mod modal;
pub(crate) mod scheduled;
pub(crate) mod thread;

use serde_json::Value;

/// A field's items; a missing or null list has none.
pub(crate) fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Whether a field is there and not null.
pub(crate) fn given(value: &Value) -> bool {
    !value.is_null()
}
