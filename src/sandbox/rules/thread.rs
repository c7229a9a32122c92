//! Limits of threads and channels ("Channel resource").

use serde_json::Value;

use super::given;
use crate::sandbox::error::Problems;

/// Minutes after which a thread may fall asleep; no others are taken.
pub(crate) const ARCHIVE_MIN: [i64; 4] = [60, 1440, 4320, 10080];

/// Checks name, archive duration and slow mode of a thread, as far as they are given.
pub(crate) fn check(problems: &mut Problems, body: &Value, name_needed: bool) {
    match body["name"].as_str() {
        Some(name) => problems.length("name", name, 1, 100),
        None if name_needed => problems.add("name", "BASE_TYPE_REQUIRED", "This field is required"),
        None => {}
    }
    let minutes = &body["auto_archive_duration"];
    if given(minutes) && !minutes.as_i64().is_some_and(|minutes| ARCHIVE_MIN.contains(&minutes)) {
        let say = "Value must be one of (60, 1440, 4320, 10080).";
        problems.add("auto_archive_duration", "BASE_TYPE_CHOICES", say);
    }
    if body["rate_limit_per_user"].as_u64().is_some_and(|seconds| seconds > 21_600) {
        problems.add("rate_limit_per_user", "NUMBER_TYPE_MAX", "int value should be less than or equal to 21600.");
    }
}
