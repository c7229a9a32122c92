//! Nudges counted from outside, as their readers meet them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};

use crate::path::calendar;
use crate::path::plan::By;
use crate::sandbox::remote::{Failure, Post};

use super::hand::{Done, Hand, Stuck};
use super::limits::LIMITS;
use super::script::Scene;
use super::stage::Stage;
use super::transcript::{DIRECT, Room};

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
    /// The most in any hour.
    pub an_hour: usize,
    /// After they had given what they have.
    pub after_giving: usize,
    /// Outside 8:00 to 20:00 on their own clock, or on a weekend.
    pub outside: usize,
}

/// One nudge as its reader met it.
struct Met {
    at: DateTime<Utc>,
    /// The sittings it names, or asks that are asked once more.
    about: Vec<String>,
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

/// Whether a post is a nudge: it has a button to be left in peace.
#[must_use]
pub fn is_nudge(post: &Post) -> bool {
    met(post).is_some()
}

/// A post read as a nudge.
fn met(post: &Post) -> Option<Met> {
    let ids: Vec<&str> = post.controls().iter().filter_map(|control| control["custom_id"].as_str()).collect();
    ids.iter().find(|id| id.starts_with("j1:nonudges"))?;
    let about = |id: &&str| {
        let named = id.strip_prefix("j1:start:").or_else(|| id.strip_prefix("j1:ask:"))?;
        Some(named.split(':').next()?.to_owned())
    };
    let at = DateTime::parse_from_rfc3339(&post.timestamp).ok()?.to_utc();
    Some(Met { at, about: ids.iter().filter_map(about).collect() })
}

fn of_one(stage: &Stage<'_>, person: &str, zone: &str, met: &[Met], came: &[Came]) -> Count {
    let moments: Vec<DateTime<Utc>> = met.iter().map(|nudge| nudge.at).collect();
    let most = |span: TimeDelta| {
        let within = |first: &DateTime<Utc>| moments.iter().filter(|at| (*first..*first + span).contains(at)).count();
        moments.iter().map(within).max().unwrap_or_default()
    };
    let mut openings: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    let mut after_giving = 0;
    for nudge in met {
        for about in &nudge.about {
            let Some(scene) = scene_of(stage, about, nudge.at) else { continue };
            *openings.entry((scene, about)).or_default() += 1;
            after_giving += usize::from(had_given(stage, person, scene, nudge.at, came));
        }
    }
    Count {
        all: met.len(),
        a_sitting: openings.values().copied().max().unwrap_or_default(),
        a_week: most(TimeDelta::days(7)),
        an_hour: most(TimeDelta::hours(1)),
        after_giving,
        outside: moments.iter().filter(|at| calendar::daytime(**at, zone, &calendar::DaysOff::new()) != **at).count(),
    }
}

/// The scene in which something of a sitting, or an ask, was open last before a moment.
fn scene_of(stage: &Stage<'_>, about: &str, at: DateTime<Utc>) -> Option<usize> {
    let opens = |scene: &Scene| {
        let ask = scene.open.ask.as_ref().and_then(|ask| stage.plan.sitting_of(ask));
        scene.key() == about || ask.is_some_and(|(_, found)| found.key == about)
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
        "\n{:<18}{:>6}{:>12}{:>8}{:>9}{:>14}{:>14}",
        "Nudges", "in all", "a sitting", "a week", "an hour", "after giving", "outside 8-20"
    );
    let most = LIMITS;
    let _ = writeln!(
        out,
        "{:<18}{:>6}{:>12}{:>8}{:>9}{:>14}{:>14}",
        "  at most", most.a_person, most.a_sitting, most.a_week, most.an_hour, 0, 0
    );
    for person in stage.script.people.iter().filter(|person| counts.contains_key(&person.id)) {
        let one = &counts[&person.id];
        let name: String = person.name.chars().take(17).collect();
        let _ = writeln!(
            out,
            "{name:<18}{:>6}{:>12}{:>8}{:>9}{:>14}{:>14}",
            one.all, one.a_sitting, one.a_week, one.an_hour, one.after_giving, one.outside
        );
    }
}
