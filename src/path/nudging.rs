//! Nudging: who is due to be reminded of what, and when.
//!
//! A person is nudged at half and at 85 % of a sitting's time, if something there still waits for them
//! (method, rules 3 and 5 of section 3; section 7, rows 3, 5 and 17), in their own daytime, on no day
//! off, within bounds. A pause is no part of that time. What is due is worked out anew from the board at every moment, and written down when it is
//! decided; so nothing is nudged twice, whatever happens to the program or its clock.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::board::Board;
use super::calendar;
use super::giver;
use super::nudge::{Nudge, Nudging, Reach, Stage};
use super::people::{PartnerId, Person, PersonId};
use super::plan::{By, Rule, Sitting};
use super::timetable::Timetable;
use super::waiting;
use super::window::{Giver, Window};

/// Of a sitting's time, in thousandths: the first nudge, the last one, and when hosts are told.
const HALF: i32 = 500;
const LATE: i32 = 850;
const HOSTS: i32 = 925;
/// Nudges to one person about one opening of a sitting.
pub const A_SITTING_MAX: usize = 2;
/// Nudges to one person in any seven days.
pub const A_WEEK_MAX: usize = 3;
const WEEK: TimeDelta = TimeDelta::days(7);
/// So far ahead a better day may lie; windows are shorter.
const DAYS_MAX: u16 = 60;
/// Between two nudges to one person. What would come within it comes along with the first.
const APART: TimeDelta = TimeDelta::hours(12);

/// A sitting of which something is open, and for how long.
#[derive(Clone, Copy, Debug)]
struct Opening<'a> {
    sitting: &'a Sitting,
    opens: DateTime<Utc>,
    ends: DateTime<Utc>,
    timetable: &'a Timetable,
}

impl Opening<'_> {
    /// The moment at which so many thousandths of its time have passed.
    fn after(&self, thousandths: i32) -> DateTime<Utc> {
        self.timetable.after((self.opens, self.ends), thousandths)
    }
}

/// The sittings of which something is open, in the order in which they were opened. None while the Path pauses.
fn openings(board: &Board) -> Vec<Opening<'_>> {
    let mut found: Vec<Opening<'_>> = Vec::new();
    if board.timetable.pause.is_some() {
        return found;
    }
    // A quick poll nudges nobody.
    let is_asked = |window: &&Window| window.is_open() && board.plan.poll(&window.ask).is_none();
    for window in board.windows.values().filter(is_asked) {
        let Some((_, sitting)) = board.plan.sitting_of(&window.ask) else { continue };
        match found.iter_mut().find(|opening| opening.sitting.key == sitting.key) {
            Some(opening) => {
                opening.opens = opening.opens.min(window.opens);
                opening.ends = opening.ends.max(window.ends);
            }
            None => {
                found.push(Opening { sitting, opens: window.opens, ends: window.ends, timetable: &board.timetable });
            }
        }
    }
    found
}

/// The moments at which somebody was nudged, oldest first.
fn moments(nudging: &Nudging, person: PersonId) -> Vec<DateTime<Utc>> {
    let mut moments: Vec<_> = nudging.nudges.iter().filter(|nudge| nudge.person == person).map(|n| n.at).collect();
    moments.dedup();
    moments
}

/// From when on somebody may be nudged again.
fn free_from(nudging: &Nudging, person: PersonId) -> Option<DateTime<Utc>> {
    let moments = moments(nudging, person);
    let week = moments.len().checked_sub(A_WEEK_MAX).map(|nth| moments[nth] + WEEK);
    moments.last().map(|last| *last + APART).max(week)
}

/// A nudge that will be due if nothing changes.
#[derive(Clone, Debug)]
struct Coming {
    nudge: Nudge,
    /// Asked for on this day.
    wished: bool,
}

/// The nudges that somebody has had about this opening of a sitting.
fn had<'a>(board: &'a Board, person: &Person, opening: &Opening<'_>) -> Vec<&'a Nudge> {
    let mine = board.nudging.nudges.iter().filter(|nudge| nudge.person == person.id && nudge.at >= opening.opens);
    mine.filter(|nudge| nudge.sitting == opening.sitting.key).collect()
}

/// The next nudge to a person about a sitting, at the earliest now; none if there is none to come.
fn coming(board: &Board, person: &Person, opening: &Opening<'_>, now: DateTime<Utc>) -> Option<Coming> {
    let (key, nudging) = (&opening.sitting.key, &board.nudging);
    if left(board, person, opening.sitting, Stage::Late).is_empty() {
        return None;
    }
    let had = had(board, person, opening);
    if had.len() >= A_SITTING_MAX {
        return None;
    }
    let wish = nudging.wishes.get(&(person.id, key.clone())).filter(|wish| wish.at >= opening.opens);
    let wish = wish.map(|wish| calendar::morning(wish.day, &person.zone));
    // A day that fell into a pause is asked for no more.
    let wish = wish.filter(|morning| !board.timetable.paused_at(*morning));
    let wish = wish.filter(|morning| had.iter().all(|nudge| nudge.at < *morning));
    let joined = person.from.unwrap_or(opening.opens);
    let at_half = !left(board, person, opening.sitting, Stage::Half).is_empty();
    let planned = match had.last().map(|nudge| nudge.stage) {
        None if at_half && joined <= opening.after(HALF) => Some(opening.after(HALF)),
        None | Some(Stage::Half) => Some(opening.after(LATE)).filter(|late| joined <= *late),
        Some(Stage::Late) => None,
    };
    let earliest = wish.or(planned)?.max(now).max(free_from(nudging, person.id).unwrap_or(now));
    let at = calendar::daytime(earliest, &person.zone, &board.timetable.days_off);
    let is_last = at >= opening.after(LATE) || !had.is_empty() || !at_half;
    let stage = if is_last { Stage::Late } else { Stage::Half };
    let nudge = Nudge { person: person.id, at, sitting: key.clone(), stage };
    (at < opening.ends).then_some(Coming { nudge, wished: wish.is_some() })
}

/// All nudges that will be due for a person if nothing changes.
fn all_coming(board: &Board, person: &Person, openings: &[Opening<'_>], now: DateTime<Utc>) -> Vec<Coming> {
    if !person.takes_part() || board.nudging.reach(person.id) == Reach::Nowhere {
        return Vec::new();
    }
    openings.iter().filter_map(|opening| coming(board, person, opening, now)).collect()
}

/// The nudges that are due now: for each person one message about one or several sittings.
#[must_use]
pub fn due(board: &Board, now: DateTime<Utc>) -> Vec<Vec<Nudge>> {
    let openings = openings(board);
    let of = |person: &Person| {
        let coming = all_coming(board, person, &openings, now);
        if !coming.iter().any(|one| one.nudge.at <= now) {
            return None;
        }
        let along = coming.into_iter().filter(|one| one.nudge.at <= now || !one.wished && one.nudge.at < now + APART);
        Some(along.map(|one| Nudge { at: now, ..one.nudge }).collect())
    };
    board.people.values().filter_map(of).collect()
}

/// When the next nudge is due, or hosts are to be told, if nothing changes; never before now.
#[must_use]
pub fn next(board: &Board, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let openings = openings(board);
    let people = board.people.values().flat_map(|person| all_coming(board, person, &openings, now));
    let hosts = openings.iter().filter(|opening| is_to_be_told(board, opening, now));
    people.map(|one| one.nudge.at).chain(hosts.map(|opening| opening.after(HOSTS).max(now))).min()
}

/// Which sittings of a nudge still wait for its reader at the moment of sending. Empty: it is moot.
#[must_use]
pub fn still(board: &Board, person: PersonId, decided: DateTime<Utc>, now: DateTime<Utc>) -> Vec<&Sitting> {
    let Some(person) = board.people.get(&person) else { return Vec::new() };
    // After an outage several may wait to be sent: the newest speaks for all.
    let is_newest = moments(&board.nudging, person.id).last().is_some_and(|last| *last == decided);
    let is_wanted = board.nudging.reach(person.id) != Reach::Nowhere;
    if !is_newest || !is_wanted || calendar::daytime(now, &person.zone, &board.timetable.days_off) != now {
        return Vec::new();
    }
    let waits = |opening: &Opening<'_>| {
        let mut nudges = board.nudging.nudges.iter();
        let nudge = nudges
            .find(|nudge| (nudge.person, nudge.at) == (person.id, decided) && nudge.sitting == opening.sitting.key);
        nudge.is_some_and(|nudge| !left(board, person, opening.sitting, nudge.stage).is_empty())
    };
    let open = openings(board).into_iter().filter(|opening| opening.ends > now && waits(opening));
    open.map(|opening| opening.sitting).collect()
}

/// The working days on which somebody's next nudge may come: after today, within the bounds, before the end.
#[must_use]
pub fn days(board: &Board, person: PersonId, now: DateTime<Utc>) -> Vec<NaiveDate> {
    let Some(person) = board.people.get(&person) else { return Vec::new() };
    let after = (1..=DAYS_MAX).map(|days| calendar::in_days(now, days, &person.zone));
    after
        .filter(|day| {
            calendar::is_working_day(*day, &board.timetable.days_off) && !movable(board, person, *day).is_empty()
        })
        .collect()
}

/// The sittings about which a nudge may come to somebody on the morning of that day.
#[must_use]
pub fn movable(board: &Board, person: &Person, day: NaiveDate) -> Vec<String> {
    let morning = calendar::morning(day, &person.zone);
    let is_free = free_from(&board.nudging, person.id).is_none_or(|free| free <= morning);
    let open = openings(board).into_iter().filter(|opening| is_free && morning < opening.ends);
    let open = open.filter(|opening| had(board, person, opening).len() < A_SITTING_MAX);
    let open = open.filter(|opening| !left(board, person, opening.sitting, Stage::Late).is_empty());
    open.map(|opening| opening.sitting.key.clone()).collect()
}

/// What somebody is nudged for in a sitting. At half, whoever has given their own there is left in peace
/// about what any one of their partner or triad may give.
fn left<'a>(board: &'a Board, person: &Person, sitting: &Sitting, stage: Stage) -> Vec<&'a Window> {
    let mut left = waiting::waits_in(board, person.id, sitting);
    let windows = sitting.asks.iter().filter_map(|ask| board.window_of(&ask.key)).filter(|window| window.is_open());
    let gave = windows.map(|window| window.id).any(|window| giver::skipped(board, window, person.id));
    if stage == Stage::Half && gave {
        let shared = |by: By| matches!(by, By::Partner | By::Group);
        left.retain(|window| board.plan.ask(&window.ask).is_some_and(|ask| !shared(ask.by)));
    }
    left
}

/// The sittings of which hosts are to be told now that partners are missing.
#[must_use]
pub fn hosts_due(board: &Board, now: DateTime<Utc>) -> Vec<String> {
    let due = openings(board).into_iter();
    let due = due.filter(|opening| opening.after(HOSTS) <= now && is_to_be_told(board, opening, now));
    due.map(|opening| opening.sitting.key.clone()).collect()
}

fn is_to_be_told(board: &Board, opening: &Opening<'_>, now: DateTime<Utc>) -> bool {
    let key = &opening.sitting.key;
    let told = board.nudging.told.iter().any(|(sitting, at)| sitting == key && *at >= opening.opens);
    !told && now < opening.ends && !missing(board, opening.sitting).is_empty()
}

/// The partners of whom nobody has given in a sitting that decides. None where it only gathers.
#[must_use]
pub fn missing(board: &Board, sitting: &Sitting) -> BTreeSet<PartnerId> {
    if sitting.rule != Rule::Decide {
        return BTreeSet::new();
    }
    let asks = sitting.asks.iter().filter(|ask| !ask.optional);
    let windows = asks.filter_map(|ask| board.window_of(&ask.key)).filter(|window| window.is_open());
    windows.flat_map(|window| giver::progress(board, window).partners_missing).collect()
}

/// When a sitting ends, as long as something of it is open.
#[must_use]
pub fn end(board: &Board, sitting: &str) -> Option<DateTime<Utc>> {
    openings(board).into_iter().find(|opening| opening.sitting.key == sitting).map(|opening| opening.ends)
}

/// When somebody gave, passed or wrote last, or joined.
#[must_use]
pub fn heard_last(board: &Board, person: PersonId) -> Option<DateTime<Utc>> {
    let gave = board.given.values().filter(|given| given.giver == Giver::Person(person)).map(|given| given.at);
    let texts = board.cards.values().flat_map(|card| &card.texts);
    let wrote = texts.filter(|text| text.by == Some(person)).map(|text| text.at);
    gave.chain(wrote).chain(board.people.get(&person)?.from).max()
}
