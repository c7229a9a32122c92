//! The board as a version saw it: made from what stands today, by what the version points to and by time.
//!
//! Texts are never copied, so a wording that was erased since is a gap in every version that showed it.
//! Numbers only grow, so whatever has a greater number than a version came after it.

use std::collections::BTreeMap;

use super::board::Board;
use super::card::{Card, CardId, CardState, Link, Text};
use super::cluster::{Cluster, ClusterId};
use super::links::Links;
use super::version::Version;
use super::window::WindowState;

/// The board as a version saw it; nothing on it is hidden from anybody yet.
pub(super) fn past(board: &Board, version: &Version) -> Board {
    let mut past = board.clone();
    past.cards = cards(board, version);
    past.links = links(board, version);
    past.links.retain(|link| past.cards.contains_key(&link.from) && past.cards.contains_key(&link.to));
    past.clusters = clusters(board, version);
    windows(&mut past, version);
    timetable(&mut past, version);
    let at = version.at;
    past.decisions.retain(|decision| decision.at <= at);
    let windows = &past.windows;
    past.tallies.retain(|tally| windows.get(&tally.window).is_some_and(|window| !window.is_open()));
    past.figures.retain(|_, figure| figure.at <= at);
    past.given.retain(|_, given| given.at <= at);
    past.groups.retain(|id, _| id.0 < version.id.0);
    past.versions.retain(|other| other.id <= version.id);
    people(&mut past, version);
    past.ballots.clear();
    past.drafts.clear();
    past.shares.clear();
    past.entered.retain(|_, entered| entered.at <= at);
    past.approvals.retain(|_, one| one.at <= at);
    for one in past.approvals.values_mut() {
        one.told = one.told.filter(|told| *told <= at);
        one.verdict = one.verdict.take().filter(|verdict| verdict.at <= at);
    }
    past.pleas.retain(|_, plea| plea.at <= at);
    for plea in past.pleas.values_mut() {
        plea.opened = plea.opened.filter(|window| past.windows.contains_key(window));
    }
    past.words.retain(|_, word| word.at <= at);
    past.invitations.retain(|_, word| word.at <= at);
    past
}

/// The cards that stood, had been put aside or joined, in the wording they had.
fn cards(board: &Board, version: &Version) -> BTreeMap<CardId, Card> {
    let standing = version.cards.iter().map(|(card, nth)| (card, nth, CardState::Open, false));
    let aside = version.aside.iter().map(|(card, nth)| (card, nth, CardState::Open, true));
    let merged = version.merged.iter().map(|(card, nth, into)| (card, nth, CardState::Merged(*into), false));
    let all = standing.chain(aside).chain(merged);
    let cards = all.filter_map(|(id, nth, state, is_aside)| {
        let mut card = worded(board.cards.get(id)?, *nth, version);
        card.state = state;
        card.parked = is_aside.then(|| card.parked.take().unwrap_or_default());
        card.confirmed = card.confirmed.filter(|confirmed| confirmed.at <= version.at);
        Some((*id, card))
    });
    cards.collect()
}

/// A card up to its n-th wording. What was erased since, or taken back, is a gap: a wording without words.
fn worded(card: &Card, nth: u32, version: &Version) -> Card {
    let mut card = card.clone();
    let nth = usize::try_from(nth).unwrap_or(usize::MAX);
    let erased = card.texts.len() < nth || card.state == CardState::Withdrawn;
    card.texts.truncate(nth);
    if erased {
        let last = card.texts.last();
        let via = last.map(|text| text.via).unwrap_or_default();
        let at = last.map_or(version.at, |text| text.at);
        card.texts = vec![Text { fields: BTreeMap::new(), by: None, via, at }];
        (card.by, card.behalf, card.partner, card.confirmed) = (None, None, None, None);
    }
    card
}

/// The links of then. A version from before links were kept with it has those that are there still.
fn links(board: &Board, version: &Version) -> Links {
    if version.joints.is_empty() {
        let there = board.links.iter().filter(|link| link.at <= version.at);
        return there.cloned().collect();
    }
    let link = |joint: &super::version::Joint| {
        let known = board.links.get(joint.link);
        let (by, at) = known.map_or((None, version.at), |link| (link.by, link.at));
        Link { id: joint.link, kind: joint.kind, from: joint.from, to: joint.to, by, at }
    };
    version.joints.iter().map(link).collect()
}

/// Which cards lay under which heading. A heading that was erased since is none.
fn clusters(board: &Board, version: &Version) -> BTreeMap<ClusterId, Cluster> {
    let then = version.gathered.iter().filter_map(|gathered| {
        let mut cluster = board.clusters.get(&gathered.cluster)?.clone();
        let nth = usize::try_from(gathered.heading).unwrap_or(usize::MAX);
        if cluster.headings.len() < nth {
            return None;
        }
        cluster.headings.truncate(nth);
        cluster.cards.clone_from(&gathered.cards);
        cluster.out.clear();
        cluster.dissolved = None;
        Some((cluster.id, cluster))
    });
    then.collect()
}

/// What hosts had said about time; a pause is of today.
fn timetable(past: &mut Board, version: &Version) {
    past.timetable.left_out.retain(|_, left_out| left_out.at <= version.at);
    past.timetable.pause = None;
    past.timetable.pauses.retain(|pause| pause.until <= version.at);
}

/// Windows that had opened; those that closed later are open.
fn windows(past: &mut Board, version: &Version) {
    past.windows.retain(|_, window| window.opens <= version.at);
    for window in past.windows.values_mut() {
        let closed = window.closed.is_some_and(|at| at <= version.at);
        if !window.is_open() && !closed {
            window.state = WindowState::Open;
            window.closed = None;
            window.despite.clear();
            window.itself = false;
        }
        window.slate.retain(|card| past.cards.contains_key(card));
    }
}

/// Partners and people who were there; those who left later are there still.
fn people(past: &mut Board, version: &Version) {
    past.partners.retain(|id, _| id.0 < version.id.0);
    past.people.retain(|id, _| id.0 < version.id.0);
    for partner in past.partners.values_mut() {
        partner.until = partner.until.filter(|until| *until <= version.at);
    }
    for person in past.people.values_mut() {
        if person.until.is_some_and(|until| until > version.at) {
            person.until = None;
            person.standing = super::people::Standing::Present;
        }
    }
}
