//! Killed at every boundary: one run for each thing that may befall the bot, all compared with one undisturbed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use chrono::DateTime;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::aloud::say;
use super::boundary::Blow;
use super::nudges;
use super::run::{Options, once, posts_differ};
use super::stage::Stage;
use super::summary::Summary;
use super::transcript::Room;

/// Runs at one time: each keeps a bot and a stand-in busy.
const AT_ONCE: usize = 2;

/// One run with one thing befalling the bot at each boundary.
struct Tried {
    blow: Blow,
    fallen: usize,
    differences: Vec<String>,
}

/// Rehearses undisturbed, then once for each [`Blow`]; prints how often each fell and what differs.
///
/// # Errors
/// As [`once`]; every difference between what was posted with and without.
pub async fn every(options: &Options) -> Result<Summary> {
    say("First undisturbed, to have something to compare with.");
    let undisturbed = once(&Options { kill: None, ..options.clone() }).await?;
    let met = undisturbed.boundaries.len();
    say(&format!("\nNow again, {} times: at each of the {met} boundaries the bot is hit.", Blow::ALL.len()));
    let gate = Arc::new(Semaphore::new(AT_ONCE));
    let mut runs = JoinSet::new();
    for blow in Blow::ALL {
        let (gate, options) = (gate.clone(), beside(options, blow));
        runs.spawn(async move {
            let _turn = gate.acquire().await;
            (blow, once(&options).await)
        });
    }
    let mut tried = Vec::new();
    while let Some(run) = runs.join_next().await {
        let (blow, run) = run.context("a run ended")?;
        let run = run.with_context(|| format!("the bot was {}", blow.told()))?;
        let differences = posts_differ(&undisturbed.posts, &run.posts);
        say(&format!("  {}: {} times, {} differences", blow.told(), run.fallen, differences.len()));
        tried.push(Tried { blow, fallen: run.fallen, differences });
    }
    tried.sort_by_key(|one| Blow::ALL.iter().position(|blow| *blow == one.blow));
    let table = told(&undisturbed, &tried);
    say(&table);
    std::fs::write(options.out.join("boundaries.txt"), &table)?;
    let differing: Vec<String> = tried
        .iter()
        .filter(|one| !one.differences.is_empty())
        .map(|one| format!("{}:\n{}", one.blow.told(), one.differences.join("\n")))
        .collect();
    if !differing.is_empty() {
        bail!("what was posted is not the same (- missing, + too many):\n{}", differing.join("\n"));
    }
    if let Some(none) = tried.iter().find(|one| one.fallen == 0) {
        bail!("never tried: {}", none.blow.told());
    }
    Ok(undisturbed)
}

/// The same rehearsal in a folder beside it, saying nothing.
fn beside(options: &Options, blow: Blow) -> Options {
    Options {
        out: options.out.join(blow.name()),
        blow: Some(blow),
        is_quiet: true,
        pictures: false,
        record: None,
        database: None,
        kill: None,
        ..options.clone()
    }
}

fn told(undisturbed: &Summary, tried: &[Tried]) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "\n{:<56}{:>8}{:>13}", "At every boundary the bot was", "times", "differences");
    for one in tried {
        let _ = writeln!(out, "{:<56}{:>8}{:>13}", one.blow.told(), one.fallen, one.differences.len());
    }
    let kinds = undisturbed.kinds.iter().map(|(kind, count)| format!("{count} {}", kind.told()));
    let _ = writeln!(
        out,
        "{} boundaries in {} days: {}.\nCompared: {} posts, each with its room, moment, words and buttons.",
        undisturbed.boundaries.len(),
        undisturbed.world_days,
        kinds.collect::<Vec<_>>().join(", "),
        undisturbed.posts.len()
    );
    out
}

/// What is seen to happen at a boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A post in the channel: something opens, closes or is told to all.
    Channel,
    /// Somebody is nudged.
    Nudge,
    /// A post in a smaller room.
    Room,
    /// Nothing new is posted: something is edited, extended or forgotten.
    Nothing,
}

impl Kind {
    fn told(self) -> &'static str {
        match self {
            Self::Channel => "with a post in the channel",
            Self::Nudge => "with nudges alone",
            Self::Room => "with a post in a smaller room",
            Self::Nothing => "without a new post",
        }
    }
}

/// What was seen to happen at each boundary, counted.
#[must_use]
pub fn kinds(stage: &Stage<'_>, rooms: &[Room], met: &[i64]) -> BTreeMap<Kind, usize> {
    let mut seen: BTreeMap<i64, Kind> = met.iter().map(|at| (*at, Kind::Nothing)).collect();
    for room in rooms {
        for post in room.posts.iter().filter(|post| post.author["bot"] == true) {
            let kind = match nudges::is_nudge(post) {
                _ if room.place.id.0 == stage.channel => Kind::Channel,
                true => Kind::Nudge,
                false => Kind::Room,
            };
            let at = DateTime::parse_from_rfc3339(&post.timestamp).map(|at| at.timestamp_millis()).unwrap_or_default();
            if let Some(known) = seen.get_mut(&at) {
                *known = kind.min(*known);
            }
        }
    }
    let mut counts = BTreeMap::new();
    for kind in seen.into_values() {
        *counts.entry(kind).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::posts_differ;

    #[test]
    fn a_post_that_is_missing_twice_or_at_another_moment_is_a_difference() {
        let posts = |list: &[&str]| list.iter().map(|post| (*post).to_owned()).collect::<Vec<_>>();
        let undisturbed = posts(&["room | 9:00 | opens", "room | 18:00 | closes"]);
        assert_eq!(posts_differ(&undisturbed, &undisturbed), Vec::<String>::new());
        for (disturbed, found) in [
            (posts(&["room | 9:00 | opens"]), posts(&["- room | 18:00 | closes"])),
            (
                posts(&["room | 9:00 | opens", "room | 9:00 | opens", "room | 18:00 | closes"]),
                posts(&["+ room | 9:00 | opens"]),
            ),
            (
                posts(&["room | 9:00 | opens", "room | 18:01 | closes"]),
                posts(&["- room | 18:00 | closes", "+ room | 18:01 | closes"]),
            ),
        ] {
            assert_eq!(posts_differ(&undisturbed, &disturbed), found);
        }
    }
}
