//! The Path as a calendar file (iCalendar, RFC 5545): when what was opened ends, what was left out, and the
//! days of the next steps.
//!
//! Made from a [`View`], like everything that leaves a board: whoever may not see who takes a step on does not
//! learn it here. Nothing in it comes from a clock, so the same view is the same file. A calendar that takes the
//! file again finds each entry by its `UID`, and takes the newer one by its `SEQUENCE`.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::captions::Captions;
use super::escape::leaf;
use super::steps;
use super::wall::Wall;
use crate::path::plan::Shape;
use crate::path::{View, Window};

/// Octets of a line, without its end (RFC 5545, 3.1).
const LINE_OCTETS_MAX: usize = 75;
/// Who made it (RFC 5545, 3.7.3).
const MAKER: &str = "-//Joint Path//Path of Joint Action//EN";

/// The calendar file of what a view shows.
#[must_use]
pub fn ics(view: &View, captions: &Captions) -> String {
    let wall = Wall::new(view, captions);
    let mut file = File { wall: &wall, text: String::new() };
    file.line("BEGIN", "VCALENDAR");
    file.line("VERSION", "2.0");
    file.line("PRODID", MAKER);
    file.line("CALSCALE", "GREGORIAN");
    file.line("METHOD", "PUBLISH");
    file.words("X-WR-CALNAME", &wall.board.partnership.name);
    file.openings();
    file.left_out();
    file.steps();
    file.line("END", "VCALENDAR");
    file.text
}

/// A file being written.
struct File<'a> {
    wall: &'a Wall<'a>,
    text: String,
}

impl File<'_> {
    /// One opening after the other: those of a sitting together, and asks that were opened by themselves.
    fn openings(&mut self) {
        let board = self.wall.board;
        let mut openings: BTreeMap<(DateTime<Utc>, &str), Vec<&Window>> = BTreeMap::new();
        for window in board.windows.values().filter(|window| board.plan.poll(&window.ask).is_none()) {
            let Some((_, sitting)) = board.plan.sitting_of(&window.ask) else { continue };
            openings.entry((window.opens, &sitting.key)).or_default().push(window);
        }
        for ((opens, sitting), windows) in openings {
            self.opening(opens, sitting, &windows);
        }
    }

    fn opening(&mut self, opens: DateTime<Utc>, sitting: &str, windows: &[&Window]) {
        let board = self.wall.board;
        let Some(first) = windows.first() else { return };
        let planned = windows.iter().map(|window| window.ends).max().unwrap_or(opens);
        let is_open = windows.iter().any(|window| window.is_open());
        let closed = windows.iter().filter_map(|window| window.closed).max().filter(|_| !is_open);
        let ends = closed.map_or(planned, |closed| closed.min(planned));
        let alone = first.alone.then_some(&first.ask);
        let title = alone.map_or_else(|| self.title(sitting), |ask| self.wall.captions.label(&[ask]));
        let minutes = board.plan.sitting(sitting).map_or(0, |(_, sitting)| sitting.minutes);
        // Ends move both ways, so no end can be its own number; the board's revision only grows (RFC 5545, 3.8.7.4).
        self.begin(&format!("w{}", first.id), board.revision);
        self.moment("DTSTART", ends - TimeDelta::minutes(minutes.into()));
        self.moment("DTEND", ends);
        self.words("SUMMARY", &self.wall.captions.tell("report-calendar-ends", &[("sitting", &title)]));
        let n = minutes.to_string();
        self.words("DESCRIPTION", &self.wall.captions.tell("report-calendar-minutes", &[("n", &n)]));
        self.line("STATUS", "CONFIRMED");
        self.end();
    }

    /// What was left out is told as called off.
    fn left_out(&mut self) {
        for (sitting, left_out) in &self.wall.board.timetable.left_out {
            self.begin(&format!("s-{sitting}"), 0);
            self.moment("DTSTART", left_out.at);
            self.words("SUMMARY", &self.title(sitting));
            self.words("DESCRIPTION", &self.wall.captions.tell("report-calendar-left-out", &[("why", &left_out.why)]));
            self.line("STATUS", "CANCELLED");
            self.end();
        }
    }

    /// The days of the next steps, with whoever takes them on where the view tells.
    fn steps(&mut self) {
        let sections = self.wall.board.plan.sections.iter().filter(|section| section.shape == Shape::Steps);
        for step in sections.flat_map(|section| steps::compile(self.wall, section)).collect::<Vec<_>>() {
            let (Ok(day), Some(origin)) = (step.due.parse::<NaiveDate>(), step.source.cards.first()) else { continue };
            self.begin(&format!("c{}", origin.card), i64::try_from(origin.wordings).unwrap_or(1) - 1);
            self.line("DTSTART;VALUE=DATE", &day.format("%Y%m%d").to_string());
            self.words("SUMMARY", &step.text);
            let owner = step.owner.unwrap_or_else(|| self.wall.captions.word("nobody-owns").to_owned());
            self.words("DESCRIPTION", &format!("{}: {owner}", self.wall.captions.word("owner")));
            self.end();
        }
    }

    fn title(&self, sitting: &str) -> String {
        self.wall.captions.label(&["sitting", sitting])
    }

    /// The beginning of an entry; its name is its own among all partnerships.
    fn begin(&mut self, name: &str, sequence: i64) {
        let partnership = &self.wall.board.partnership;
        self.line("BEGIN", "VEVENT");
        let founded = partnership.founded.timestamp_millis();
        self.words("UID", &format!("{name}.p{}.{founded}@jointpath", partnership.id));
        self.moment("DTSTAMP", self.wall.board.changed_at());
        self.line("SEQUENCE", &sequence.to_string());
    }

    fn end(&mut self) {
        // Nobody is busy for days because of it.
        self.line("TRANSP", "TRANSPARENT");
        self.line("END", "VEVENT");
    }

    fn moment(&mut self, name: &str, at: DateTime<Utc>) {
        self.line(name, &at.format("%Y%m%dT%H%M%SZ").to_string());
    }

    /// People's words, or ours with theirs in them: a value that stays a value (RFC 5545, 3.3.11).
    fn words(&mut self, name: &str, text: &str) {
        let mut value = String::with_capacity(text.len());
        for letter in leaf(text).chars() {
            match letter {
                '\\' | ';' | ',' => value.extend(['\\', letter]),
                '\n' => value.push_str("\\n"),
                _ => value.push(letter),
            }
        }
        self.line(name, &value);
    }

    /// A line, folded so that none has more octets than there may be; no letter is cut.
    fn line(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if octets + letter.len_utf8() > LINE_OCTETS_MAX {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            self.text.push(letter);
            octets += letter.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}
