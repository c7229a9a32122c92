//! Time passes: what is complete closes, what has ended closes or is extended once, what comes next opens.

use chrono::{DateTime, Utc};

use super::Outcome;
use super::closing::close_window;
use super::making::Making;
use super::pausing::go_on;
use crate::path::board::Board;
use crate::path::calendar::{self, Wall};
use crate::path::change::Change;
use crate::path::notice::Notice;
use crate::path::plan::{Ask, Sitting};
use crate::path::said::Said;
use crate::path::timing::{Batch, batches, wakes};
use crate::path::window::{Giver, Window};

/// One batch whose moment has come, freed from the board it was found on.
#[derive(Clone)]
struct Ripe {
    sitting: Sitting,
    alone: bool,
    windows: Vec<(Ask, Window)>,
    /// Whether it closes now; else it is extended.
    closes: bool,
    missing: Vec<Giver>,
}

/// Time passed. Whatever was overdue, however long, is caught up with in this one act.
pub(super) fn time_passed(mut making: Making) -> Outcome {
    if wakes(&making.board).is_some_and(|at| at <= making.now) {
        go_on(&mut making);
        super::polling::run_out(&mut making);
        put_right(&mut making);
        close_what_is_ripe(&mut making);
        super::drafting::pass(&mut making);
        super::advancing::go_forward(&mut making);
        super::weekly::pass(&mut making);
    }
    super::nudging::pass(&mut making);
    super::approving::pass(&mut making);
    making.done(Said::new("time-passed"))
}

/// A country has changed its clocks' rules, and the zone data with it: windows still end at the hour that was said.
fn put_right(making: &mut Making) {
    for window in making.board.windows.values().filter_map(Window::put_right).collect::<Vec<_>>() {
        making.record(Change::Window(window));
        making.notice(Notice::Board);
    }
}

fn close_what_is_ripe(making: &mut Making) {
    let ripe: Vec<Ripe> = batches(&making.board)
        .iter()
        .filter(|batch| batch.wakes(&making.board) <= making.now)
        .map(|batch| Ripe::of(batch, &making.board))
        .collect();
    for batch in &ripe {
        // What came before may have changed these windows: drafters may have been named.
        let batch = &batch.anew(&making.board);
        if batch.closes {
            close(making, batch);
        } else {
            extend(making, batch);
        }
    }
}

impl Ripe {
    fn of(batch: &Batch<'_>, board: &Board) -> Self {
        Self {
            sitting: batch.sitting.clone(),
            alone: batch.alone,
            windows: batch.windows.iter().map(|(ask, window)| ((*ask).clone(), (*window).clone())).collect(),
            closes: batch.is_extended() || batch.has_quorum(board),
            missing: batch.missing(board),
        }
    }

    /// The same with its windows as they are now.
    fn anew(&self, board: &Board) -> Self {
        let now = |(ask, window): &(Ask, Window)| {
            let window = board.windows.get(&window.id).filter(|window| window.is_open())?;
            Some((ask.clone(), window.clone()))
        };
        Self { windows: self.windows.iter().filter_map(now).collect(), ..self.clone() }
    }

    /// The gap for its name, and the key that stands in it.
    fn named(&self) -> (&'static str, &str) {
        match self.windows.first() {
            Some((ask, _)) if self.alone => ("ask", &ask.key),
            _ => ("sitting", &self.sitting.key),
        }
    }

    /// Words about it: for an ask alone under a key of their own, because its gap is another.
    fn said(&self, key: &str) -> Said {
        let (gap, what) = self.named();
        let key = if self.alone { format!("{key}-ask") } else { key.to_owned() };
        Said::new(&key).with(gap, what)
    }
}

/// Closes with what there is, and tells the hosts who is missing.
fn close(making: &mut Making, batch: &Ripe) {
    for (ask, window) in &batch.windows {
        close_window(making, ask, &Window { itself: true, ..window.clone() }, None);
    }
    let (_, what) = batch.named();
    let what = what.to_owned();
    making.notice(if batch.alone { Notice::AskCloses { ask: what } } else { Notice::Closes { sitting: what } });
    making.notice(Notice::Board);
    super::drafting::pass(making);
    if !batch.missing.is_empty() {
        let names = names(&making.board, &batch.missing);
        making.tell_hosts(batch.said("closed-without").with("names", names));
    }
    if !batch.alone {
        super::advancing::tell_what_is_lacking(making);
    }
}

/// The quorum is missing at the end: half the time again, at least one working day, once.
fn extend(making: &mut Making, batch: &Ripe) {
    let last = batch.windows.iter().map(|(_, window)| window.ends).max().unwrap_or(making.now);
    let days = making.board.days(&batch.sitting).div_ceil(2);
    let ends = ends(making, last.max(making.now), days);
    for (_, window) in &batch.windows {
        making.record(Change::Window(Window { extended: true, ..window.clone().ending(ends.clone()) }));
    }
    let names = names(&making.board, &batch.missing);
    making.tell_hosts(batch.said("extended").with("names", names).with("ends_s", ends.at().timestamp()));
    making.notice(Notice::Board);
}

/// When a window ends that stays open for so many working days from a moment on.
pub(super) fn ends(making: &Making, from: DateTime<Utc>, days: u16) -> Wall {
    let zones: Vec<&str> = making.board.counting().map(|person| person.zone.as_str()).collect();
    calendar::ends(from, days, &zones, &making.board.timetable.days_off)
}

/// Who is missing, as hosts read it: people by name, partners and triads by theirs.
fn names(board: &Board, missing: &[Giver]) -> String {
    let name = |giver: &Giver| match giver {
        Giver::Person(id) => board.people.get(id).map(|person| person.name.clone()),
        Giver::Partner(id) => board.partners.get(id).map(|partner| partner.short.clone()),
        Giver::Group(id) => board.groups.get(id).map(|group| group.name.clone()),
    };
    missing.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}
