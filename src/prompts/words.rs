//! The words of one language, and how they are said.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::gaps::{self, Gaps};
use super::sheet::{Entry, Name, Sheet};
use super::slots::{self, Slot};
use super::{AskWords, FieldWords, PhaseWords, SectionWords, SittingWords};
use crate::path::Said;
use crate::path::decide::GUESTS;
use crate::path::plan::{Item, Plan, Sitting};

/// The files of short texts that every language has beside its phases.
pub(super) const PHRASES: [&str; 4] = ["refusals", "replies", "notices", "nudges"];
/// Short labels of the interface.
pub(super) const LABELS: &str = "labels";
/// Single words on the canvas.
pub(super) const CANVAS: &str = "canvas";
/// Words of reports and of the spreadsheet.
pub(super) const REPORT: &str = "report";

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub struct Words {
    phrases: BTreeMap<String, String>,
    labels: BTreeMap<String, String>,
    canvas: BTreeMap<String, String>,
    phases: BTreeMap<String, PhaseWords>,
    sittings: BTreeMap<String, SittingWords>,
    asks: BTreeMap<String, AskWords>,
    sections: BTreeMap<String, SectionWords>,
    lists: BTreeMap<String, Vec<Item>>,
}

impl Words {
    /// Something to be said, worded: a key of `replies.md`, `refusals.md` or `notices.md` with its
    /// gaps filled. People's own words in the gaps stay as they are; escaping for the place is the
    /// caller's. Gaps that hold keys of asks, fields, choices, sittings, piles or phases are turned into
    /// their names; a field that belongs to no ask is called by the words of `field-<key>`. A key
    /// without words is said as it is.
    #[must_use]
    pub fn say(&self, said: &Said) -> String {
        let Some(text) = self.phrases.get(&said.key) else { return said.key.clone() };
        let named = said.with.iter().map(|(gap, value)| (gap.clone(), self.named(gap, value, said)));
        gaps::fill_anyhow(text, &named.collect())
    }

    fn named(&self, gap: &str, value: &str, said: &Said) -> String {
        let of_ask = said.with.get("ask").and_then(|key| self.asks.get(key));
        let ask = |key: &str| self.asks.get(key).map(|ask| ask.title.clone());
        let sitting = |key: &str| self.sittings.get(key).map(|sitting| sitting.title.clone());
        let phase = |key: &str| self.phases.get(key).map(|phase| phase.title.clone());
        let name = match gap {
            "ask" => ask(value),
            "sitting" => sitting(value),
            "phase" => phase(value),
            "what" => sitting(value).or_else(|| ask(value)).or_else(|| phase(value)),
            "field" => {
                let label = |ask: &AskWords| Some(ask.fields.get(value)?.label.clone());
                let own = || self.phrases.get(&format!("field-{value}")).cloned();
                of_ask.and_then(label).or_else(own).or_else(|| self.asks.values().find_map(label))
            }
            "choice" => {
                let (field, choice) = value.split_once('.').unwrap_or((value, ""));
                of_ask.and_then(|ask| ask.choices.get(&(field.to_owned(), choice.to_owned())).cloned())
            }
            "pile" => of_ask.into_iter().chain(self.asks.values()).find_map(|ask| ask.piles.get(value).cloned()),
            _ => None,
        };
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| value.to_owned())
    }

    /// A text of these words that still has gaps, for example a sitting's `thanks`, filled.
    #[must_use]
    pub fn fill(&self, text: &str, with: &BTreeMap<String, String>) -> String {
        gaps::fill_anyhow(text, with)
    }

    /// The thanks of a sitting to a person, by name.
    #[must_use]
    pub fn thanks(&self, sitting: &str, name: &str) -> String {
        let with = Gaps::from([("name".to_owned(), name.to_owned())]);
        self.sittings.get(sitting).map_or_else(String::new, |words| gaps::fill_anyhow(&words.thanks, &with))
    }

    /// Whether there are words for a key of `replies.md`, `refusals.md` or `notices.md`.
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        self.phrases.contains_key(key)
    }

    /// A label or line of the interface (`start`, `skip`, `write`), from `labels.md`; from
    /// `replies.md`, `refusals.md` or `notices.md` if it is not there. Its gaps are still open: see
    /// [`Words::fill`].
    #[must_use]
    pub fn label<'a>(&'a self, key: &'a str) -> &'a str {
        self.labels.get(key).or_else(|| self.phrases.get(key)).map_or(key, String::as_str)
    }

    /// The words of a phase; its key as its title if there are none.
    #[must_use]
    pub fn phase(&self, key: &str) -> PhaseWords {
        let none = || PhaseWords { title: key.to_owned(), ..PhaseWords::default() };
        self.phases.get(key).cloned().unwrap_or_else(none)
    }

    /// The words of a sitting; its key as its title if there are none.
    #[must_use]
    pub fn sitting(&self, key: &str) -> SittingWords {
        let none = || SittingWords { title: key.to_owned(), ..SittingWords::default() };
        self.sittings.get(key).cloned().unwrap_or_else(none)
    }

    /// The words of an ask; its key as its title and question if there are none.
    #[must_use]
    pub fn ask(&self, key: &str) -> AskWords {
        let none = || AskWords { title: key.to_owned(), question: key.to_owned(), ..AskWords::default() };
        self.asks.get(key).cloned().unwrap_or_else(none)
    }

    /// The words of a canvas section; its key as its title if there are none.
    #[must_use]
    pub fn section(&self, key: &str) -> SectionWords {
        let none = || SectionWords { title: key.to_owned(), ..SectionWords::default() };
        self.sections.get(key).cloned().unwrap_or_else(none)
    }

    /// The items of a list in this language.
    #[must_use]
    pub fn items(&self, list: &str) -> &[Item] {
        self.lists.get(list).map_or(&[], Vec::as_slice)
    }

    /// Labels for the canvas: `ask` (its title), `ask.field`, `ask.field.choice`, `ask.pile`, and the
    /// single words of `canvas.md` and `report.md`.
    #[must_use]
    pub fn canvas_labels(&self) -> BTreeMap<String, String> {
        let mut labels = self.canvas.clone();
        for (key, ask) in &self.asks {
            labels.insert(key.clone(), ask.title.clone());
            let told = |words: &FieldWords| if words.told.is_empty() { &words.label } else { &words.told }.clone();
            labels.extend(ask.fields.iter().map(|(field, words)| (format!("{key}.{field}"), told(words))));
            labels.extend(ask.piles.iter().map(|(pile, words)| (format!("{key}.{pile}"), words.clone())));
            let choices = ask.choices.iter();
            labels.extend(choices.map(|((field, choice), words)| (format!("{key}.{field}.{choice}"), words.clone())));
        }
        labels
    }

    /// These words with those of a plan's quick polls, which no file has: people wrote them, and `shown`
    /// makes them fit for the place where they stand.
    #[must_use]
    pub fn within(&self, plan: &Plan, shown: fn(&str) -> String) -> Cow<'_, Self> {
        if plan.beside.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut words = self.clone();
        for phase in &plan.beside {
            let title = self.label("polls-title").to_owned();
            words.phases.insert(phase.key.clone(), PhaseWords { title, about: String::new() });
            for (nth, sitting) in (1..).zip(&phase.sittings) {
                words.take_poll(nth, sitting, shown);
            }
        }
        Cow::Owned(words)
    }

    fn take_poll(&mut self, nth: usize, sitting: &Sitting, shown: fn(&str) -> String) {
        let Some(poll) = &sitting.poll else { return };
        let text = |key: &str| self.label(key).to_owned();
        let title = self.fill(&text("poll-title"), &Gaps::from([("nth".to_owned(), nth.to_string())]));
        let thanks = text("poll-thanks");
        let asked = AskWords { question: shown(&poll.question), help: text("poll-help"), ..AskWords::default() };
        let (pile, empty) = (text("poll-pile"), text("poll-empty"));
        self.sittings
            .insert(sitting.key.clone(), SittingWords { title: title.clone(), thanks, ..SittingWords::default() });
        self.sections.insert(sitting.key.clone(), SectionWords { title: poll.question.clone(), empty });
        for ask in &sitting.asks {
            let guests = (GUESTS.to_owned(), self.label("poll-guests").to_owned());
            let piles = ask.piles.iter().map(|known| (known.key.clone(), pile.clone())).chain([guests]).collect();
            self.asks.insert(ask.key.clone(), AskWords { title: title.clone(), piles, ..asked.clone() });
        }
    }

    /// Puts a sheet's words where the plan wants them.
    pub(super) fn take(&mut self, plan: &Plan, name: &str, sheet: &Sheet) {
        if let Some(phase) = plan.phase(name) {
            for slot in slots::of_phase(plan, phase) {
                for entry in sheet.entries.iter().filter(|entry| slot.fits(entry)) {
                    self.put(&phase.key, &slot, entry);
                }
            }
            return;
        }
        let texts = match name {
            LABELS => &mut self.labels,
            CANVAS | REPORT => &mut self.canvas,
            _ if PHRASES.contains(&name) => &mut self.phrases,
            _ => return,
        };
        let keyed = sheet.entries.iter().filter(|entry| entry.head.kind != slots::TITLE && entry.sub.is_none());
        texts.extend(keyed.map(|entry| (entry.head.to_string(), entry.text())));
    }

    fn put(&mut self, phase: &str, slot: &Slot, entry: &Entry) {
        let text = entry.text();
        let text = if slot.later.is_empty() { gaps::fill(&text, &slot.gaps).unwrap_or(text) } else { text };
        let key = slot.head.key.clone();
        match slot.head.kind.as_str() {
            slots::SITTING => put_sitting(self.sittings.entry(key).or_default(), slot.sub.as_ref(), text),
            slots::ASK => put_ask(self.asks.entry(key).or_default(), slot.sub.as_ref(), text),
            slots::LIST => {
                self.lists.insert(key, entry.lines.iter().filter_map(|line| item(line)).collect());
            }
            slots::SECTION => {
                let (title, empty) = entry.first_and_rest();
                self.sections.insert(key, SectionWords { title, empty });
            }
            _ => {
                self.phases.insert(phase.to_owned(), PhaseWords { title: entry.head.key.clone(), about: text });
            }
        }
    }

    /// What is missing here stands as in the other words.
    pub(super) fn fall_back_on(&mut self, other: &Self) {
        fn fill<T: Clone>(own: &mut BTreeMap<String, T>, other: &BTreeMap<String, T>) {
            for (key, value) in other {
                own.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        fill(&mut self.phrases, &other.phrases);
        fill(&mut self.labels, &other.labels);
        fill(&mut self.canvas, &other.canvas);
        fill(&mut self.phases, &other.phases);
        fill(&mut self.sittings, &other.sittings);
        fill(&mut self.asks, &other.asks);
        fill(&mut self.sections, &other.sections);
        fill(&mut self.lists, &other.lists);
    }
}

fn put_sitting(words: &mut SittingWords, sub: Option<&Name>, text: String) {
    let place = match sub.map_or("", |sub| sub.kind.as_str()) {
        slots::POST => &mut words.post,
        slots::CANVAS => &mut words.canvas,
        slots::MORE => &mut words.more,
        slots::THANKS => &mut words.thanks,
        slots::CLOSE => &mut words.close,
        _ => &mut words.title,
    };
    *place = text;
}

fn put_ask(words: &mut AskWords, sub: Option<&Name>, text: String) {
    let Some(sub) = sub else {
        words.title = text;
        return;
    };
    match sub.kind.as_str() {
        slots::QUESTION => words.question = text,
        slots::HELP => words.help = text,
        slots::EXAMPLE => words.example = text,
        slots::COMMAND => words.command = text,
        slots::PAGE => words.pages.push(text),
        slots::PILE => {
            words.piles.insert(sub.key.clone(), text);
        }
        slots::CHOICE => {
            if let Some((field, choice)) = sub.key.split_once('.') {
                words.choices.insert((field.to_owned(), choice.to_owned()), text);
            }
        }
        _ => {
            words.fields.insert(sub.key.clone(), field(&text));
        }
    }
}

/// `label | hint | how the canvas says the label`, each without space around it.
pub(super) fn field(text: &str) -> FieldWords {
    let mut parts = text.splitn(3, '|').map(|part| part.trim().to_owned());
    let [label, hint, told] = [(); 3].map(|()| parts.next().unwrap_or_default());
    FieldWords { label, hint, told }
}

/// `- key: Name — line`; the line may be left out.
pub(super) fn item(line: &str) -> Option<Item> {
    let (key, words) = line.trim().strip_prefix("- ")?.split_once(": ")?;
    let (name, line) = words.split_once(" — ").unwrap_or((words, ""));
    let [key, name, line] = [key, name, line].map(|part| part.trim().to_owned());
    (!key.is_empty() && !name.is_empty()).then_some(Item { key, name, line })
}
