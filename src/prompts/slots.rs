//! Which words a plan needs: one list, read by the loader to put words in their place and by the
//! checker to say which are missing, too long, or asked for by nothing.

use super::gaps::Gaps;
use super::sheet::{Entry, Name, Sheet};
use crate::path::Plan;
use crate::path::plan::{Ask, Kind, Phase, Sitting};

/// The kind of a `##` or `#` heading.
pub(super) const TITLE: &str = "#";
pub(super) const SITTING: &str = "sitting";
pub(super) const ASK: &str = "ask";
pub(super) const LIST: &str = "list";
pub(super) const SECTION: &str = "section";
/// The kind of a `###` heading.
pub(super) const POST: &str = "post";
pub(super) const CANVAS: &str = "canvas";
pub(super) const MORE: &str = "more";
pub(super) const THANKS: &str = "thanks";
pub(super) const CLOSE: &str = "close";
pub(super) const QUESTION: &str = "question";
pub(super) const HELP: &str = "help";
pub(super) const EXAMPLE: &str = "example";
pub(super) const COMMAND: &str = "command";
pub(super) const FIELD: &str = "field";
pub(super) const CHOICE: &str = "choice";
pub(super) const PILE: &str = "pile";
pub(super) const PAGE: &str = "page";

/// What a text may be at most. Discord's own bounds are marked; the others keep it readable on a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// So many characters, over any number of lines.
    Chars(usize),
    /// One line of so many characters.
    Line(usize),
    /// One line of so many words.
    Words(usize),
    /// `label | hint`: at most 45 (Discord: label of a text input) and 100 characters (Discord: placeholder).
    LabelHint,
    /// Lines `- key: Name — line`.
    Items,
    /// A title on the first line, then a text.
    TitleAndText,
}

/// A place for words.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub head: Name,
    pub sub: Option<Name>,
    pub bound: Bound,
    /// Whether the Path cannot be run without it.
    pub needed: bool,
    /// Numbers of the plan that may stand in gaps: filled when the words are read.
    pub gaps: Gaps,
    /// Gaps that are filled only when it is said.
    pub later: &'static [&'static str],
}

impl Slot {
    fn new(head: (&str, &str), sub: (&str, &str), bound: Bound) -> Self {
        let sub = (!sub.0.is_empty()).then(|| Name::new(sub.0, sub.1));
        Self { head: Name::new(head.0, head.1), sub, bound, needed: true, gaps: Gaps::new(), later: &[] }
    }

    fn optional(mut self) -> Self {
        self.needed = false;
        self
    }

    fn later(mut self, gaps: &'static [&'static str]) -> Self {
        self.later = gaps;
        self
    }

    /// Whether a text stands in this place.
    pub fn fits(&self, entry: &Entry) -> bool {
        self.head == entry.head && self.sub == entry.sub || self.is_title() && entry.head.kind == TITLE
    }

    /// Whether it is the title of the file.
    pub fn is_title(&self) -> bool {
        self.head.kind == TITLE
    }

    /// Whether several texts may stand in it, one after another.
    pub fn repeats(&self) -> bool {
        self.sub.as_ref().is_some_and(|sub| sub.kind == PAGE)
    }

    /// The text in this place, or the heading nearest to where it should stand.
    pub fn find<'a>(&self, sheet: &'a Sheet) -> Option<&'a Entry> {
        sheet.entries.iter().find(|entry| self.fits(entry))
    }

    /// How the place is called in a fault.
    pub fn path(&self) -> String {
        match &self.sub {
            Some(sub) => format!("## {} › ### {sub}", self.head),
            None if self.is_title() => "# (the phase's name)".to_owned(),
            None => format!("## {}", self.head),
        }
    }
}

/// All places for words in the file of a phase.
pub(super) fn of_phase(plan: &Plan, phase: &Phase) -> Vec<Slot> {
    let mut slots = vec![Slot::new((TITLE, ""), ("", ""), Bound::Chars(900))];
    for sitting in &phase.sittings {
        slots.extend(of_sitting(phase, sitting));
        slots.extend(sitting.asks.iter().flat_map(of_ask));
    }
    let lists = plan.lists.iter().filter(|list| list.phase == phase.key);
    slots.extend(lists.map(|list| Slot::new((LIST, &list.key), ("", ""), Bound::Items)));
    let sections = plan.sections.iter().filter(|section| section.phase == phase.key);
    slots.extend(sections.map(|section| Slot::new((SECTION, &section.key), ("", ""), Bound::TitleAndText)));
    slots
}

fn of_sitting(phase: &Phase, sitting: &Sitting) -> Vec<Slot> {
    let head = (SITTING, sitting.key.as_str());
    let mut slots = vec![
        Slot::new(head, ("", ""), Bound::Line(40)),
        Slot::new(head, (POST, ""), Bound::Chars(600)),
        Slot::new(head, (CANVAS, ""), Bound::Chars(200)),
        Slot::new(head, (MORE, ""), Bound::Chars(1800)).optional(),
        Slot::new(head, (THANKS, ""), Bound::Chars(400)).later(&["name"]),
        Slot::new(head, (CLOSE, ""), Bound::Chars(400)),
    ];
    let gaps: Gaps = [("minutes", sitting.minutes), ("days", sitting.days), ("room_minutes", phase.room_minutes)]
        .map(|(gap, number)| (gap.to_owned(), number.to_string()))
        .into();
    for slot in slots.iter_mut().filter(|slot| slot.later.is_empty()) {
        slot.gaps.clone_from(&gaps);
    }
    slots
}

fn of_ask(ask: &Ask) -> Vec<Slot> {
    let head = (ASK, ask.key.as_str());
    let example = Slot::new(head, (EXAMPLE, ""), Bound::Chars(300));
    let page = Slot::new(head, (PAGE, ""), Bound::Chars(700));
    let mut slots = vec![
        Slot::new(head, ("", ""), Bound::Line(40)),
        Slot::new(head, (QUESTION, ""), Bound::Words(15)),
        Slot::new(head, (HELP, ""), Bound::Chars(700)).optional(),
        if ask.kind == Kind::Cards { example } else { example.optional() },
        Slot::new(head, (COMMAND, ""), Bound::Line(100)),
    ];
    if ask.kind == Kind::Read {
        slots.push(page);
    }
    for field in &ask.fields {
        slots.push(Slot::new(head, (FIELD, &field.key), Bound::LabelHint));
        let choices = field.choices.iter().map(|choice| format!("{}.{choice}", field.key));
        slots.extend(choices.map(|choice| Slot::new(head, (CHOICE, &choice), Bound::Line(80))));
    }
    slots.extend(ask.piles.iter().map(|pile| Slot::new(head, (PILE, &pile.key), Bound::Line(40))));
    let gaps = numbers(ask);
    for slot in &mut slots {
        slot.gaps.clone_from(&gaps);
    }
    slots
}

fn numbers(ask: &Ask) -> Gaps {
    let mut gaps = Gaps::new();
    let mut put = |gap: &str, number: u64| gaps.insert(gap.to_owned(), number.to_string());
    put("min", ask.each.min.into());
    put("max", ask.each.max.into());
    if let Some(keep) = ask.keep {
        put("keep_min", keep.min.into());
        put("keep_max", keep.max.into());
    }
    for pile in &ask.piles {
        put(&format!("budget_{}", pile.key.replace('-', "_")), pile.budget.into());
    }
    gaps
}
