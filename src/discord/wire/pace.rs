//! How fast we may go: Discord's buckets as told by its headers, and our own bound below its global
//! one. Pure: the caller brings the time, which in a rehearsal is the world's.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::discord::limits::REQUESTS_PER_SECOND_OURS;

/// Buckets kept at most; the oldest ones have long been reset by then.
const BUCKETS_MAX: usize = 4096;
/// The longest wait that is believed.
const WAIT_MAX: Duration = Duration::from_hours(1);

/// What is known about the limits.
#[derive(Debug, Default)]
pub(super) struct Pace {
    buckets: HashMap<(&'static str, u64), Bucket>,
    second: Option<DateTime<Utc>>,
    spent: u32,
    everything_until: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// What one answer said about its bucket.
#[derive(Debug)]
struct Bucket {
    left: u64,
    said: DateTime<Utc>,
    resets: DateTime<Utc>,
}

/// The rate-limit headers of an answer (`topics/rate-limits`).
#[derive(Debug, Default)]
pub(super) struct Headers {
    left: Option<u64>,
    reset_after: Option<f64>,
    retry_after: Option<f64>,
    /// Whether the limit is the whole bot's.
    pub(super) global: bool,
}

impl Headers {
    pub(super) fn read(map: &HeaderMap) -> Self {
        let text = |name: &str| map.get(name).and_then(|value| value.to_str().ok());
        Self {
            left: text("x-ratelimit-remaining").and_then(|text| text.parse().ok()),
            reset_after: text("x-ratelimit-reset-after").and_then(|text| text.parse().ok()),
            retry_after: text("retry-after").and_then(|text| text.parse().ok()),
            global: text("x-ratelimit-global").is_some() || text("x-ratelimit-scope") == Some("global"),
        }
    }

    /// How long a 429 asks us to wait: its body is finer than its header.
    pub(super) fn retry_after(&self, body: &Value) -> Duration {
        let seconds = body["retry_after"].as_f64().or(self.retry_after).unwrap_or(1.0);
        span(seconds)
    }
}

fn span(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(WAIT_MAX).min(WAIT_MAX)
}

impl Pace {
    /// Takes one request's place, or says how long to wait for it.
    pub(super) fn take(&mut self, route: &'static str, major: u64, free: bool, now: DateTime<Utc>) -> Option<Duration> {
        if !free && let Some(wait) = self.whole_bot(now) {
            return Some(wait);
        }
        let Some(bucket) = self.buckets.get_mut(&(route, major)) else {
            self.spend(free);
            return None;
        };
        // A clock that was set back must not lengthen a wait.
        if bucket.resets <= now || now < bucket.said {
            self.buckets.remove(&(route, major));
        } else if bucket.left == 0 {
            return (bucket.resets - now).to_std().ok();
        } else {
            bucket.left -= 1;
        }
        self.spend(free);
        None
    }

    fn spend(&mut self, free: bool) {
        if !free {
            self.spent += 1;
        }
    }

    fn whole_bot(&mut self, now: DateTime<Utc>) -> Option<Duration> {
        if let Some((said, until)) = self.everything_until {
            if said <= now && now < until {
                return (until - now).to_std().ok();
            }
            self.everything_until = None;
        }
        let second = self.second.filter(|second| *second <= now && now - *second < TimeDelta::seconds(1));
        match second {
            Some(second) if self.spent >= REQUESTS_PER_SECOND_OURS => {
                (second + TimeDelta::seconds(1) - now).to_std().ok()
            }
            Some(_) => None,
            None => {
                self.second = Some(now);
                self.spent = 0;
                None
            }
        }
    }

    /// Learns from an answer's headers.
    pub(super) fn learn(&mut self, route: &'static str, major: u64, headers: &Headers, now: DateTime<Utc>) {
        let (Some(left), Some(after)) = (headers.left, headers.reset_after) else { return };
        if self.buckets.len() >= BUCKETS_MAX {
            self.buckets.retain(|_, bucket| bucket.resets > now);
        }
        let resets = now + TimeDelta::from_std(span(after)).unwrap_or_default();
        self.buckets.insert((route, major), Bucket { left, said: now, resets });
    }

    /// Learns from a 429.
    pub(super) fn punish(
        &mut self,
        route: &'static str,
        major: u64,
        headers: &Headers,
        after: Duration,
        now: DateTime<Utc>,
    ) {
        let until = now + TimeDelta::from_std(after).unwrap_or_default();
        if headers.global {
            self.everything_until = Some((now, until));
        } else {
            self.buckets.insert((route, major), Bucket { left: 0, said: now, resets: until });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::milliseconds(millis)
    }

    #[test]
    fn the_whole_bot_keeps_below_forty_a_second() {
        let mut pace = Pace::default();
        let free = (0..100).filter(|channel| pace.take("post", *channel, false, at(10)).is_none()).count();
        assert_eq!(free, REQUESTS_PER_SECOND_OURS as usize);
        assert_eq!(pace.take("post", 1, false, at(510)), Some(Duration::from_millis(500)));
        assert_eq!(pace.take("callback", 1, true, at(510)), None, "answers to people do not wait");
        assert_eq!(pace.take("post", 1, false, at(1010)), None);
    }

    #[test]
    fn an_empty_bucket_waits_for_its_own_channel_only() {
        let mut pace = Pace::default();
        let headers = Headers { left: Some(0), reset_after: Some(2.5), ..Headers::default() };
        pace.learn("post", 7, &headers, at(0));
        assert_eq!(pace.take("post", 7, false, at(500)), Some(Duration::from_secs(2)));
        assert_eq!(pace.take("post", 8, false, at(500)), None);
        assert_eq!(pace.take("edit", 7, false, at(500)), None);
        assert_eq!(pace.take("post", 7, false, at(2500)), None);
    }

    #[test]
    fn a_clock_set_back_lengthens_no_wait() {
        let mut pace = Pace::default();
        let headers = Headers { left: Some(0), reset_after: Some(1.0), ..Headers::default() };
        pace.learn("post", 7, &headers, at(3_600_000));
        assert_eq!(pace.take("post", 7, false, at(0)), None);
    }

    #[test]
    fn a_global_limit_stops_everything_but_answers() {
        let mut pace = Pace::default();
        let headers = Headers { global: true, ..Headers::default() };
        pace.punish("post", 7, &headers, Duration::from_secs(3), at(0));
        assert_eq!(pace.take("edit", 9, false, at(1000)), Some(Duration::from_secs(2)));
        assert_eq!(pace.take("callback", 9, true, at(1000)), None);
        assert_eq!(pace.take("edit", 9, false, at(3000)), None);
    }
}
