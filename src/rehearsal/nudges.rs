//! Nudges counted from outside, as their readers meet them, and what a rehearsal may have at most.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};

use crate::path::calendar;
use crate::path::plan::By;
use crate::sandbox::remote::{Failure, Post};

use super::hand::{Done, Hand, Stuck};
use super::script::Scene;
use super::stage::Stage;
use super::transcript::{DIRECT, Room};

/// What a rehearsal fails above.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Posts in the partnership's channel.
    pub channel_posts: usize,
    /// Nudges to one person in all.
    pub a_person: usize,
    /// Nudges to one person about one opening of a sitting.
    pub a_sitting: usize,
    /// Nudges to one person in any seven days.
    pub a_week: usize,
}

/// The promise of the Path: two nudges a sitting, three a week, 28 in all, 35 posts.
pub const LIMITS: Limits = Limits { channel_posts: 35, a_person: 28, a_sitting: 2, a_week: 3 };

/// When somebody had answered all they have for a scene.
#[derive(Clone, Debug)]
pub struct Came {
    /// The nth scene of the script.
    pub scene: usize,
    /// Whose visit, by the script's id.
    pub person: String,
    /// When it ended, in world time.
    pub at: DateTime<Utc>,
}

/// What one person was nudged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// In all.
    pub all: usize,
    /// The most about one opening of a sitting.
    pub a_sitting: usize,
    /// The most in any seven days.
    pub a_week: usize,
    /// After they had given what they have.
    pub after_giving: usize,
    /// Outside 8:00 to 20:00 on their own clock, or on a weekend.
    pub outside: usize,
}

/// One nudge as its reader met it.
struct Met {
    at: DateTime<Utc>,
    sittings: Vec<String>,
}

/// Somebody reads the nudges that came since they were here last. Whether they follow them is their own affair.
///
/// # Errors
/// If the stand-in does not answer.
pub async fn read(hand: &mut Hand<'_>, since: Option<DateTime<Utc>>) -> Done {
    let (stage, user) = (hand.stage, hand.stage.user(&hand.person.id));
    let wire = |failure: Failure| Stuck::Wire(failure.to_string());
    for place in stage.remote.channels_of(user).await.map_err(wire)? {
        let posts = stage.remote.read_channel(user, place.id.0).await.map_err(wire)?;
        let to_me = |post: &&Post| post.pinged.iter().any(|id| id.0 == user) || place.kind == DIRECT;
        for post in posts.iter().filter(to_me) {
            if met(post).is_some_and(|nudge| since.is_none_or(|since| nudge.at > since)) {
                hand.read(post);
            }
        }
    }
    Ok(())
}

/// Counts, person by person in the script's order; those who were never nudged are left out.
#[must_use]
pub fn count(stage: &Stage<'_>, rooms: &[Room], came: &[Came]) -> BTreeMap<String, Count> {
    let mut counts = BTreeMap::new();
    for person in &stage.script.people {
        let user = stage.user(&person.id);
        let posts = rooms.iter().flat_map(|room| room.posts.iter().map(move |post| (room, post)));
        let mine = posts.filter(|(room, post)| room.reader == Some(user) || post.pinged.iter().any(|id| id.0 == user));
        let met: Vec<Met> = mine.filter_map(|(_, post)| met(post)).collect();
        if met.is_empty() {
            continue;
        }
        counts.insert(person.id.clone(), of_one(stage, &person.id, &person.zone, &met, came));
    }
    counts
}

/// A post read as a nudge: it has a button to be left in peace.
fn met(post: &Post) -> Option<Met> {
    let ids: Vec<&str> = post.controls().iter().filter_map(|control| control["custom_id"].as_str()).collect();
    ids.iter().find(|id| id.starts_with("j1:nonudges"))?;
    let sitting = |id: &&str| Some(id.strip_prefix("j1:start:")?.split(':').next()?.to_owned());
    let at = DateTime::parse_from_rfc3339(&post.timestamp).ok()?.to_utc();
    Some(Met { at, sittings: ids.iter().filter_map(sitting).collect() })
}

fn of_one(stage: &Stage<'_>, person: &str, zone: &str, met: &[Met], came: &[Came]) -> Count {
    let moments: Vec<DateTime<Utc>> = met.iter().map(|nudge| nudge.at).collect();
    let in_week =
        |first: &DateTime<Utc>| moments.iter().filter(|at| (*first..*first + TimeDelta::days(7)).contains(at)).count();
    let mut openings: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    let mut after_giving = 0;
    for nudge in met {
        for sitting in &nudge.sittings {
            let Some(scene) = scene_of(stage, sitting, nudge.at) else { continue };
            *openings.entry((scene, sitting)).or_default() += 1;
            after_giving += usize::from(had_given(stage, person, scene, nudge.at, came));
        }
    }
    Count {
        all: met.len(),
        a_sitting: openings.values().copied().max().unwrap_or_default(),
        a_week: moments.iter().map(in_week).max().unwrap_or_default(),
        after_giving,
        outside: moments.iter().filter(|at| calendar::daytime(**at, zone, &calendar::DaysOff::new()) != **at).count(),
    }
}

/// The scene in which something of a sitting was open last before a moment.
fn scene_of(stage: &Stage<'_>, sitting: &str, at: DateTime<Utc>) -> Option<usize> {
    let opens = |scene: &Scene| {
        let ask = scene.open.ask.as_ref().and_then(|ask| stage.plan.sitting_of(ask));
        scene.open.sitting.as_deref() == Some(sitting) || ask.is_some_and(|(_, found)| found.key == sitting)
    };
    let scenes = stage.script.scenes.iter().enumerate();
    let before = scenes.filter(|(_, scene)| opens(scene) && scene.from.to_utc() <= at);
    before.max_by_key(|(_, scene)| scene.from.to_utc()).map(|(nth, _)| nth)
}

/// Whether somebody had come, and nothing was left that anybody of their partner or triad still had to give.
fn had_given(stage: &Stage<'_>, person: &str, scene: usize, at: DateTime<Utc>, came: &[Came]) -> bool {
    let here: BTreeSet<&str> =
        came.iter().filter(|came| came.scene == scene && came.at <= at).map(|came| came.person.as_str()).collect();
    let (script, opened) = (stage.script, &stage.script.scenes[scene]);
    let partner = script.person(person).map(|person| person.partner.as_str());
    let asks = super::person::asks(stage, opened);
    let mut shared = asks.iter().filter(|ask| !ask.optional && ask.by != By::Each);
    here.contains(person)
        && shared.all(|ask| {
            let people = script.people.iter().filter(|other| here.contains(other.id.as_str()));
            let mut gave = people.filter(|other| opened.answer(&ask.key, &other.id).is_some());
            ask.by == By::Partner && gave.any(|other| Some(other.partner.as_str()) == partner)
        })
}

/// The counts as people read them.
pub fn told(stage: &Stage<'_>, counts: &BTreeMap<String, Count>, out: &mut String) {
    let _ = writeln!(
        out,
        "\n{:<18}{:>6}{:>12}{:>8}{:>14}{:>14}",
        "Nudges", "in all", "a sitting", "a week", "after giving", "outside 8-20"
    );
    for person in stage.script.people.iter().filter(|person| counts.contains_key(&person.id)) {
        let one = &counts[&person.id];
        let name: String = person.name.chars().take(17).collect();
        let _ = writeln!(
            out,
            "{name:<18}{:>6}{:>12}{:>8}{:>14}{:>14}",
            one.all, one.a_sitting, one.a_week, one.after_giving, one.outside
        );
    }
}

/// What is more than the promise.
#[must_use]
pub fn excess(counts: &BTreeMap<String, Count>, limits: Limits) -> Vec<String> {
    let over = |who: &str, what: &str, found: usize, most: usize| {
        (found > most).then(|| format!("{who}: {found} nudges {what}; {most} is the most"))
    };
    let of = |(who, one): (&String, &Count)| {
        [
            over(who, "in all", one.all, limits.a_person),
            over(who, "about one sitting", one.a_sitting, limits.a_sitting),
            over(who, "in seven days", one.a_week, limits.a_week),
            over(who, "after giving", one.after_giving, 0),
            over(who, "outside 8 to 20", one.outside, 0),
        ]
    };
    counts.iter().flat_map(of).flatten().collect()
}

/// Posts in the channel that are more than the promise.
#[must_use]
pub fn excess_posts(posts: usize, limits: Limits) -> Option<String> {
    let most = limits.channel_posts;
    (posts > most).then(|| format!("{posts} posts in the channel; {most} is the most"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_is_held() {
        let fine = Count { all: 28, a_sitting: 2, a_week: 3, after_giving: 0, outside: 0 };
        let counts = |count: Count| BTreeMap::from([("ann".to_owned(), count)]);
        assert_eq!(excess(&counts(fine.clone()), LIMITS), Vec::<String>::new());
        let over = [
            Count { all: 29, ..fine.clone() },
            Count { a_sitting: 3, ..fine.clone() },
            Count { a_week: 4, ..fine.clone() },
            Count { after_giving: 1, ..fine.clone() },
            Count { outside: 1, ..fine },
        ];
        for count in over {
            assert_eq!(excess(&counts(count.clone()), LIMITS).len(), 1, "{count:?}");
        }
        assert_eq!((excess_posts(35, LIMITS), excess_posts(36, LIMITS).is_some()), (None, true));
    }
}
