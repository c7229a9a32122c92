//! The Path as a calendar file (iCalendar, RFC 5545 and 7986): when what was opened ends, what was left out, the
//! days of the next steps, and those by which a partner's house is to say yes.
//!
//! Made from a [`View`], like everything that leaves a board: whoever may not see who takes a step on does not
//! learn it here. Its only clock is the day of the view, so the same view is the same file. A calendar that takes the
//! file again finds each entry by its `UID`, and takes the newer one by its `SEQUENCE`. So what was in a file once and
//! holds no more is called off under the same name; what lies behind us by itself is left out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::beside::Confirmed;
use super::captions::Captions;
use super::escape::leaf;
use super::steps::{self, Step};
use super::wall::Wall;
use crate::path::approval::{self, On};
use crate::path::plan::{FieldKind, Section, Shape};
use crate::path::{Card, CardId, CardState, View, Window};

/// The calendar's own words: key and English default; `prompts/<language>/report.md` overrides them.
pub(super) const WORDS: &[(&str, &str)] = &[
    ("report-calendar-entry", "{what} ({partnership})"),
    ("report-calendar-due", "Due: {step}"),
    ("report-calendar-approval", "{partner}: its house says yes or no by today"),
];

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
    // The name by RFC 7986, and the one that older programs know.
    file.words("NAME", &wall.board.partnership.name);
    file.words("X-WR-CALNAME", &wall.board.partnership.name);
    file.openings();
    file.left_out();
    file.steps();
    file.approvals();
    file.line("END", "VCALENDAR");
    file.text
}

/// How an entry stands (RFC 5545, 3.8.1.11).
#[derive(Clone, Copy)]
enum Status {
    Confirmed,
    Tentative,
    Cancelled,
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
        let left_out = board.timetable.left_out.get(sitting);
        // One that closed early stays until its planned end, where a calendar may still have it.
        let is_past = self.wall.local(planned).date_naive() < self.today();
        if is_past && closed.is_some() && left_out.is_none() {
            return;
        }
        let ends = closed.map_or(planned, |closed| closed.min(planned));
        let alone = first.alone.then_some(&first.ask);
        let title = alone.map_or_else(|| self.title(sitting), |ask| self.wall.captions.label(&[ask]));
        let minutes = board.plan.sitting(sitting).map_or(0, |(_, sitting)| sitting.minutes);
        self.begin(&format!("w{}", first.id));
        self.moment("DTSTART", ends - TimeDelta::minutes(minutes.into()));
        self.moment("DTEND", ends);
        self.summary("report-calendar-ends", "sitting", &title);
        let n = minutes.to_string();
        let about = self.wall.captions.tell("report-calendar-minutes", &[("n", &n)]);
        self.words("DESCRIPTION", &left_out.map_or(about, |left_out| self.why(&left_out.why)));
        self.end(if left_out.is_some() { Status::Cancelled } else { Status::Confirmed });
    }

    /// What was left out before it was ever opened is told as called off.
    fn left_out(&mut self) {
        let board = self.wall.board;
        for (sitting, left_out) in &board.timetable.left_out {
            let asks = board.plan.sitting(sitting).map(|(_, sitting)| sitting.asks.as_slice()).unwrap_or_default();
            if asks.iter().any(|ask| board.window_of(&ask.key).is_some()) {
                continue;
            }
            self.begin(&format!("s-{sitting}"));
            self.moment("DTSTART", left_out.at);
            self.named(&self.title(sitting));
            self.words("DESCRIPTION", &self.why(&left_out.why));
            self.end(Status::Cancelled);
        }
    }

    /// The days of the next steps, with whoever takes them on where the view tells; and those that are none any more.
    fn steps(&mut self) {
        let plan = &self.wall.board.plan;
        let sections = || plan.sections.iter().filter(|section| section.shape == Shape::Steps);
        let mut told: BTreeSet<CardId> = BTreeSet::new();
        for step in sections().flat_map(|section| steps::compile(self.wall, section)) {
            let (Ok(day), Some(origin)) = (step.due.parse::<NaiveDate>(), step.source.cards.first()) else { continue };
            if told.insert(origin.card) {
                self.step(&step, origin.card, day);
            }
        }
        for card in self.wall.board.cards.values() {
            if let Some(day) = self.last_day(card)
                && sections().any(|section| self.once_had(section, card))
                && told.insert(card.id)
            {
                self.step_gone(card, day);
            }
        }
    }

    fn step(&mut self, step: &Step, card: CardId, day: NaiveDate) {
        let words = self.wall.captions;
        let said = step.confirmation.as_ref();
        let state = said.map(|said| said.state);
        let said = said.map(|said| said.said.as_str()).unwrap_or_default();
        let owner = step.owner.as_deref().unwrap_or(words.word("nobody-owns"));
        let takes_on = match state {
            None | Some(Confirmed::Yes) => format!("{}: {owner}", words.word("owner")),
            Some(Confirmed::Waiting) => format!("{}: {owner} · {said}", words.word("owner")),
            // Whose no it is stands with it, as far as the view tells.
            Some(Confirmed::No) => format!("{}: {} · {said}", words.word("owner"), words.word("nobody-owns")),
        };
        self.begin(&format!("c{card}"));
        self.day(day);
        self.summary("report-calendar-due", "step", &step.text);
        self.words("DESCRIPTION", &takes_on);
        self.end(match state {
            None | Some(Confirmed::Yes) => Status::Confirmed,
            Some(Confirmed::Waiting) => Status::Tentative,
            Some(Confirmed::No) => Status::Cancelled,
        });
    }

    /// A step that may stand in somebody's calendar, and is none any more.
    fn step_gone(&mut self, card: &Card, day: NaiveDate) {
        let words = self.wall.captions;
        let why = match (&card.parked, card.state) {
            (_, CardState::Merged(into)) => {
                let into = self.wall.title_of(into).unwrap_or_default();
                words.tell("report-taken-up", &[("card", &into)])
            }
            (_, CardState::Withdrawn) => words.word("erased").to_owned(),
            (Some(why), CardState::Open) => words.tell("report-aside", &[("why", &leaf(why))]),
            (None, CardState::Open) => String::new(),
        };
        self.begin(&format!("c{}", card.id));
        self.day(day);
        self.summary("report-calendar-due", "step", &self.wall.title(card));
        self.words("DESCRIPTION", &why);
        self.end(Status::Cancelled);
    }

    /// Whether a card is, or once was, one of a section's lines.
    fn once_had(&self, section: &Section, card: &Card) -> bool {
        let chosen = || {
            let mut decisions = self.wall.board.decisions.iter();
            decisions.any(|decision| section.from.contains(&decision.ask) && decision.cards.contains(&card.id))
        };
        !section.kept && section.from.contains(&card.source) || chosen()
    }

    /// The day that a card names, or named last.
    fn last_day(&self, card: &Card) -> Option<NaiveDate> {
        let ask = self.wall.board.plan.ask(&card.source)?;
        let is_day = |key: &str| ask.fields.iter().any(|field| field.key == key && field.kind == FieldKind::Date);
        let mut days = card.texts.iter().rev().flat_map(|text| text.fields.iter().filter(|(key, _)| is_day(key)));
        days.find_map(|(_, day)| day.parse().ok())
    }

    /// The days by which a partner's house is to say whether it approves; once it has, there is no such day any more.
    fn approvals(&mut self) {
        let board = self.wall.board;
        for one in approval::leading(board) {
            let (on, is_sealed) = match one.on {
                On::Answers(id) => (format!("w{id}"), board.windows.get(&id).is_none_or(Window::is_open)),
                On::Card(id) => (format!("c{id}"), false),
            };
            let (Some(ask), Some(partner)) = (approval::ask(board, one), self.wall.partner(one.partner)) else {
                continue;
            };
            if is_sealed {
                continue;
            }
            self.begin(&format!("a-{on}-p{}", one.partner));
            self.day(one.until);
            self.summary("report-calendar-approval", "partner", &partner);
            let what = self.wall.captions.label(&[&ask.key]);
            self.words("DESCRIPTION", &format!("{what}: {}", self.wall.condition(one).text));
            self.end(if approval::waits(board, one) { Status::Confirmed } else { Status::Cancelled });
        }
    }

    fn title(&self, sitting: &str) -> String {
        self.wall.captions.label(&["sitting", sitting])
    }

    fn why(&self, why: &str) -> String {
        self.wall.captions.tell("report-calendar-left-out", &[("why", why)])
    }

    /// The day of the file.
    fn today(&self) -> NaiveDate {
        self.wall.local(self.wall.view.now()).date_naive()
    }

    /// The beginning of an entry; its name is its own among all partnerships.
    fn begin(&mut self, name: &str) {
        let partnership = &self.wall.board.partnership;
        self.line("BEGIN", "VEVENT");
        let founded = partnership.founded.timestamp_millis();
        self.words("UID", &format!("{name}.p{}.{founded}@jointpath", partnership.id));
        self.moment("DTSTAMP", self.wall.board.changed_at());
        // Ends move both ways, and a yes becomes a no and a yes again: neither can be its own number. The board's
        // revision only grows (RFC 5545, 3.8.7.4).
        self.line("SEQUENCE", &self.wall.board.revision.to_string());
    }

    /// What an entry is: with whose it is, for in a calendar it stands among all else of its reader.
    fn named(&mut self, what: &str) {
        let gaps = [("what", what), ("partnership", &self.wall.board.partnership.name)];
        self.words("SUMMARY", &self.wall.captions.tell("report-calendar-entry", &gaps));
    }

    fn summary(&mut self, key: &str, gap: &str, value: &str) {
        self.named(&self.wall.captions.tell(key, &[(gap, value)]));
    }

    fn end(&mut self, status: Status) {
        self.line(
            "STATUS",
            match status {
                Status::Confirmed => "CONFIRMED",
                Status::Tentative => "TENTATIVE",
                Status::Cancelled => "CANCELLED",
            },
        );
        // Nobody is busy for days because of it.
        self.line("TRANSP", "TRANSPARENT");
        self.line("END", "VEVENT");
    }

    fn day(&mut self, day: NaiveDate) {
        self.line("DTSTART;VALUE=DATE", &day.format("%Y%m%d").to_string());
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
