//! The one clock. In service it is the system's; in a rehearsal the stand-in owns the time.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::pulse::Pulse;

/// The longest single sleep: a system clock may be set while the program sleeps.
const NAP: Duration = Duration::from_secs(30);
/// How long one question to the world's clock may take.
const ASK: Duration = Duration::from_secs(40);
/// How long to wait before the world's clock is asked again after a failure.
const AGAIN: Duration = Duration::from_millis(100);

/// The one clock. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The system's.
    System,
    /// The world's, in a rehearsal.
    World(watch::Receiver<DateTime<Utc>>),
}

/// The world's clock cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the clock of the rehearsal cannot be read: {0}")]
pub struct ClockError(#[from] reqwest::Error);

#[derive(Deserialize)]
struct Reading {
    now_ms: i64,
}

#[derive(Serialize)]
struct Report {
    boot: String,
    finished: u64,
    quiet: bool,
    next_due_ms: Option<i64>,
    now_ms: i64,
}

impl Clock {
    /// A clock that follows the world of a rehearsal, and tells it when the program is quiet.
    ///
    /// # Errors
    /// [`ClockError`] if nothing answers there.
    pub async fn of_world(url: &str, pulse: &Pulse) -> Result<Self, ClockError> {
        let client = reqwest::Client::builder().timeout(ASK).build()?;
        let reading: Reading = client.get(format!("{url}/sandbox/clock")).send().await?.json().await?;
        let (set, now) = watch::channel(moment(reading.now_ms));
        let boot = format!("{:016x}", rand::random::<u64>());
        let hello = Report { boot: boot.clone(), finished: 0, quiet: false, next_due_ms: None, now_ms: reading.now_ms };
        report(&client, url, &hello).await?;
        drop(tokio::spawn(follow(client.clone(), url.to_owned(), set)));
        drop(tokio::spawn(tell(client, url.to_owned(), boot, pulse.clone(), now.clone())));
        Ok(Self::World(now))
    }

    /// The time, in whole milliseconds: what the database keeps is what the board in memory has.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => system(),
            Self::World(now) => *now.borrow(),
        }
    }

    /// Waits until a moment.
    pub async fn until(&self, at: DateTime<Utc>) {
        match self {
            Self::System => loop {
                let left = at - system();
                if left <= TimeDelta::zero() {
                    return;
                }
                tokio::time::sleep(left.to_std().unwrap_or(NAP).min(NAP)).await;
            },
            Self::World(now) => {
                let mut now = now.clone();
                if now.wait_for(|now| *now >= at).await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        }
    }
}

/// The system's time, in whole milliseconds: what the database keeps is what the board in memory has.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the system's clock")]
fn system() -> DateTime<Utc> {
    moment(Utc::now().timestamp_millis())
}

fn moment(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}

/// Follows the world's clock until the program ends.
async fn follow(client: reqwest::Client, url: String, set: watch::Sender<DateTime<Utc>>) {
    loop {
        let after = set.borrow().timestamp_millis();
        let asked = client.get(format!("{url}/sandbox/clock/next?after_ms={after}")).send().await;
        match read(asked).await {
            Ok(reading) => {
                let now = moment(reading.now_ms);
                set.send_if_modified(|old| std::mem::replace(old, now) != now);
            }
            Err(_) => tokio::time::sleep(AGAIN).await,
        }
        if set.is_closed() {
            return;
        }
    }
}

async fn read(asked: Result<reqwest::Response, reqwest::Error>) -> Result<Reading, reqwest::Error> {
    asked?.error_for_status()?.json().await
}

/// Tells the world whenever the program falls quiet, with what it has done until then.
async fn tell(
    client: reqwest::Client,
    url: String,
    boot: String,
    pulse: Pulse,
    mut now: watch::Receiver<DateTime<Utc>>,
) {
    let mut beats = pulse.watch();
    loop {
        let beat = *beats.borrow_and_update();
        let at = *now.borrow_and_update();
        let quiet = Report {
            boot: boot.clone(),
            finished: beat.finished,
            quiet: beat.is_quiet(at),
            next_due_ms: beat.next_due().map(|due| due.timestamp_millis()),
            now_ms: at.timestamp_millis(),
        };
        if quiet.quiet && report(&client, &url, &quiet).await.is_err() {
            tokio::time::sleep(AGAIN).await;
            continue;
        }
        tokio::select! {
            changed = beats.changed() => if changed.is_err() { return },
            changed = now.changed() => if changed.is_err() { return },
        }
    }
}

async fn report(client: &reqwest::Client, url: &str, report: &Report) -> Result<(), reqwest::Error> {
    client.post(format!("{url}/sandbox/quiet")).json(report).send().await?.error_for_status().map(drop)
}
