//! Who comes when: chance picks a moment of each person's own working hours.
//!
//! Whoever gives for a partner comes before their colleagues, and whoever writes for a triad after
//! its members: so it happens among people who talk with one another.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng;
use rand::rngs::StdRng;

use crate::path::plan::{Ask, By};

use super::answer::Answer;
use super::hours::working;
use super::script::{PersonScript, Scene, Script};

/// Where in their time a person comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    First,
    Any,
    Last,
}

/// Everybody who answers in a scene, with the moment at which they come, in order.
#[must_use]
pub fn visits<'a>(
    script: &'a Script,
    scene: &Scene,
    asks: &[&Ask],
    gone: &[String],
    chance: &mut StdRng,
) -> Vec<(DateTime<Utc>, &'a PersonScript)> {
    let comes = |person: &&PersonScript| {
        !person.silent
            && !gone.contains(&person.id)
            && asks.iter().any(|ask| scene.answer(&ask.key, &person.id).is_some())
    };
    let people: Vec<&PersonScript> = script.people.iter().filter(comes).collect();
    let mut times: BTreeMap<&str, DateTime<Utc>> = BTreeMap::new();
    for person in &people {
        times.insert(&person.id, moment(scene, person, turn(scene, asks, &person.id), chance));
    }
    let mut visits: Vec<(DateTime<Utc>, &PersonScript)> =
        people.into_iter().filter_map(|person| Some((*times.get(person.id.as_str())?, person))).collect();
    givers_first(scene, asks, &mut visits);
    visits.sort_by_key(|(at, _)| *at);
    visits
}

fn turn(scene: &Scene, asks: &[&Ask], person: &str) -> Turn {
    let gives = |by: By| asks.iter().any(|ask| ask.by == by && speaks(scene, ask, person));
    if gives(By::Partner) {
        Turn::First
    } else if gives(By::Group) || gives(By::Drafters) {
        Turn::Last
    } else {
        Turn::Any
    }
}

/// Whether a person has words or figures for an ask, not only *skip*.
fn speaks(scene: &Scene, ask: &Ask, person: &str) -> bool {
    scene.answer(&ask.key, person).is_some_and(|answer| *answer != Answer::Pass)
}

fn moment(scene: &Scene, person: &PersonScript, turn: Turn, chance: &mut StdRng) -> DateTime<Utc> {
    // Chance is asked in any case, so that a time given by hand does not move everybody else's.
    let (share, seconds) = (chance.random_range(0..1000_usize), chance.random_range(0..600));
    if let Some(when) = scene.when.get(&person.id) {
        return when.to_utc();
    }
    let (from, until) = (scene.from.to_utc(), scene.until.to_utc());
    let moments = working(from, until, &person.zone);
    // Thousandths of their own working time in the window.
    let (low, high) = match turn {
        Turn::First => (0, 300),
        Turn::Any => (50, 850),
        Turn::Last => (850, 1000),
    };
    let at = moments.len() * (low * 1000 + share * (high - low)) / 1_000_000;
    let middle = from + (until - from) / 2;
    let picked = moments.get(at.min(moments.len().saturating_sub(1))).copied().unwrap_or(middle);
    picked + TimeDelta::seconds(seconds)
}

/// Colleagues of somebody who gives for the partner come after them; a triad's writer after its members.
fn givers_first(scene: &Scene, asks: &[&Ask], visits: &mut [(DateTime<Utc>, &PersonScript)]) {
    let gives = |person: &str| asks.iter().any(|ask| ask.by == By::Partner && speaks(scene, ask, person));
    let writes = |person: &str| asks.iter().any(|ask| ask.by == By::Group && speaks(scene, ask, person));
    let speakers: Vec<(DateTime<Utc>, String)> = visits
        .iter()
        .filter(|(_, person)| gives(&person.id))
        .map(|(at, person)| (*at, person.partner.clone()))
        .collect();
    for (at, person) in visits.iter_mut() {
        let speaker = speakers.iter().filter(|(_, partner)| *partner == person.partner).map(|(at, _)| *at).max();
        let waits =
            speaker.filter(|speaker| *speaker > *at && !gives(&person.id) && !scene.when.contains_key(&person.id));
        if let Some(speaker) = waits {
            let moments = working(speaker, scene.until.to_utc(), &person.zone);
            *at = moments.first().copied().unwrap_or(speaker + TimeDelta::minutes(5));
        }
    }
    let last = visits.iter().filter(|(_, person)| !writes(&person.id)).map(|(at, _)| *at).max();
    for (at, person) in visits.iter_mut() {
        if let Some(last) = last.filter(|last| writes(&person.id) && *at <= *last) {
            let moments = working(last, scene.until.to_utc(), &person.zone);
            *at = moments.first().copied().unwrap_or(last + TimeDelta::minutes(5));
        }
    }
}
