//! The words around the canvas: given by the caller, with an English default for each fixed one.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use crate::path::Settled;

/// The words around the canvas, given by the caller. Whatever is missing is said in plain English
/// or by its key made readable, so that a canvas can always be drawn.
#[derive(Clone, Debug, Default)]
pub struct Captions {
    /// Title and invitation of each section, by key.
    pub sections: BTreeMap<String, (String, String)>,
    /// Name of each phase, by key.
    pub phases: BTreeMap<String, String>,
    /// Labels: `ask` (its title), `sitting.key` (a sitting's title), `ask.field`, `ask.field.choice`, `ask.pile`, and the canvas's own
    /// fixed words by the keys of [`FIXED`].
    pub labels: BTreeMap<String, String>,
}

/// The canvas's own words: key and English default. A words file overrides one by the same key.
/// Gaps are written `{n}` or `{{ n }}`.
pub const FIXED: &[(&str, &str)] = &[
    ("canvas-kind", "Path canvas"),
    ("canvas-focal", "Focal issue"),
    ("canvas-as-of", "As of {day}"),
    ("canvas-since", "together since {day}"),
    ("canvas-version", "Version {n}"),
    ("canvas-unpublished", "working canvas, not published yet"),
    ("canvas-person", "{n} person"),
    ("canvas-person-many", "{n} people"),
    ("canvas-partner", "{n} partner"),
    ("canvas-partner-many", "{n} partners"),
    ("canvas-where", "Where we are"),
    ("canvas-phase-done", "done"),
    ("canvas-phase-open", "open now"),
    ("canvas-phase-to-come", "to come"),
    ("canvas-phase-left-out", "left out"),
    ("canvas-who", "On the Path together"),
    ("canvas-strategic", "strategic"),
    ("canvas-operational", "operational"),
    ("canvas-host", "host"),
    ("canvas-elements", "What we have of Collective Impact"),
    ("canvas-agenda", "Shared agenda"),
    ("canvas-measurement", "Shared measures"),
    ("canvas-activities", "Activities that fit together"),
    ("canvas-communication", "Steady communication"),
    ("canvas-backbone", "A backbone"),
    ("canvas-filled", "on the canvas"),
    ("canvas-begun", "begun"),
    ("canvas-empty", "still to come"),
    ("canvas-invitation", "Nothing here yet. Whatever you give fills it."),
    ("canvas-nobody-yet", "nobody yet"),
    ("canvas-source", "Where this comes from"),
    ("canvas-card", "card {n}"),
    ("canvas-heading", "Group"),
    ("canvas-named-by", "named by {name}"),
    ("canvas-no-heading", "In no group"),
    ("canvas-made-from-one", "made from {n} card"),
    ("canvas-made-from", "made from {n} cards"),
    ("canvas-from-start", "there from the start"),
    ("canvas-written-down", "written down by {name}"),
    ("canvas-given-by", "given by {name}"),
    ("canvas-via-live", "from a meeting"),
    ("canvas-via-phone", "by phone"),
    ("canvas-wordings", "wording {n}"),
    ("canvas-erased", "(taken back)"),
    ("canvas-added", "added later"),
    ("canvas-settled-host", "the group chose, a host entered it"),
    ("canvas-settled-consent", "everybody can live with it"),
    ("canvas-settled-poll", "by the count"),
    ("canvas-settled-fallback", "by the fallback rule, with these objections"),
    ("canvas-proposes", "Proposed instead: {text}"),
    ("canvas-unheard", "not answered yet: {partners}"),
    ("canvas-kept-on", "kept on {day}"),
    ("canvas-worded-since", "worded anew by a host since then"),
    ("canvas-agreed-since", "agreed to it on {day}"),
    ("canvas-anew-since", "worded anew on {day}"),
    ("canvas-stands", "stands"),
    ("canvas-remark", "agrees, with a remark"),
    ("canvas-not-yet", "not yet"),
    ("canvas-and-remarks", "and {n} with a remark"),
    ("canvas-and-not-yet", "and {n} not yet"),
    ("canvas-subject", "subject to approval by {day}"),
    ("canvas-subject-late", "still waits for approval, expected by {day}"),
    ("canvas-approved", "approved on {day}"),
    ("canvas-not-approved", "not approved"),
    ("canvas-not-approved-because", "not approved: {reason}"),
    ("canvas-told-by-host", "a host entered it"),
    ("canvas-remarks", "Said with it"),
    ("canvas-disputed", "some of us use this word differently"),
    ("canvas-aside", "put aside"),
    ("canvas-put-aside", "Put aside, with the reason"),
    ("canvas-confirmed", "confirmed"),
    ("canvas-confirmed-by", "confirmed by {name}"),
    ("canvas-waiting", "waits for a yes"),
    ("canvas-declined", "declined"),
    ("canvas-declined-by", "declined by {name}"),
    ("canvas-crown", "Crown: what follows from it"),
    ("canvas-trunk", "Trunk: the heart of it"),
    ("canvas-roots", "Roots: what it grows from"),
    ("canvas-crown-letter", "E"),
    ("canvas-root-letter", "C"),
    ("canvas-loose", "Not placed yet"),
    ("canvas-cross", "Loops and cross-links"),
    ("canvas-leads-to", "leads back to"),
    ("canvas-gap", "not turned around yet"),
    ("canvas-turned", "{n} of {all} turned around"),
    ("canvas-now", "today: {text}"),
    ("canvas-or", "or"),
    ("canvas-giver", "Who"),
    ("canvas-what", "What"),
    ("canvas-open-choice", "leading, not settled yet"),
    ("canvas-level", "level so far, to be settled"),
    ("canvas-no-choice", "still open"),
    ("canvas-nominated", "{people} from {organisations}"),
    ("canvas-strength", "strength"),
    ("canvas-contested", "contested"),
    ("canvas-work-needed", "work needed"),
    ("canvas-few", "few figures"),
    ("canvas-no-figures", "no figures"),
    ("canvas-too-few", "Too few of us placed figures to show them: fewer than {n} people."),
    ("canvas-behind", "{pile} from {people} of {organisations}"),
    ("canvas-talk", "To talk about first"),
    ("canvas-reasons", "Reasons given"),
    ("canvas-for", "For"),
    ("canvas-owner", "Who takes it on"),
    ("canvas-due", "By when"),
    ("canvas-nobody-owns", "nobody yet"),
    ("canvas-picture-whole", "The whole canvas"),
    ("canvas-picture-progress", "Where the Path is"),
    ("canvas-picture-elements", "The five elements of Collective Impact"),
    ("canvas-picture-map", "{section}: who works on what"),
    ("canvas-page", "page {n} of {all}"),
    ("canvas-left-out", "{section}: and {n} more, see the outline"),
    ("canvas-no-letters", "Some letters could not be drawn here ({scripts}); the outline has them all."),
    ("canvas-more", "and {n} more"),
    ("canvas-core", "core cause"),
    ("canvas-chosen", "chosen to work on"),
    ("canvas-open-one", "{n} with nobody yet"),
    ("canvas-open-many", "{n} with nobody yet"),
    ("canvas-sum-now", "now"),
    ("canvas-sum-planned", "planned"),
    ("canvas-together", "All together"),
    ("canvas-today", "Today"),
    ("canvas-solved", "As if it were solved"),
    ("canvas-own-view", "its own view"),
    ("canvas-role-settled", "settled"),
    ("canvas-role-subject", "settled, subject to approval"),
    ("canvas-supports", "supports it"),
    ("canvas-seen-by", "number: people who see this partner there"),
    ("canvas-differs", "own view and count differ"),
    ("canvas-no-number", "no number yet"),
    ("canvas-skip", "Skip to the canvas"),
    ("canvas-contents", "What is on the canvas"),
    ("canvas-updated", "The canvas has just changed."),
    ("canvas-fresh", "new"),
    ("canvas-news", "New in: {sections}."),
    ("canvas-reload", "This page shows the canvas as it was when you opened it. Reload it to see what is new."),
    ("canvas-take-away", "Take it with you"),
    ("canvas-as-pdf", "PDF to print"),
    ("canvas-as-png", "picture"),
    ("canvas-as-md", "outline (Markdown)"),
    ("canvas-as-json", "data (JSON)"),
    ("canvas-under", "under: {text}"),
    ("canvas-compare", "What has changed"),
    ("canvas-compare-from", "From {old} to {new}."),
    ("canvas-compare-nothing", "Nothing has changed."),
    ("canvas-compare-counts", "New: {came}. Changed: {changed}. Gone: {went}."),
    ("canvas-compare-came", "New: {text}"),
    ("canvas-compare-before", "Before: {text}"),
    ("canvas-compare-after", "Now: {text}"),
    ("canvas-compare-went", "Gone: {text}"),
    ("canvas-foot", "Made by the partners themselves on the Path of Joint Action (Civil Society Toolbox)."),
    ("canvas-months", "January February March April May June July August September October November December"),
];

/// Before every key of [`FIXED`].
const PREFIX: &str = "canvas-";

impl Captions {
    /// One of the words of reports and sheets, by its whole key; the key itself if there is none.
    pub(super) fn say<'a>(&'a self, key: &'a str) -> &'a str {
        let words = || super::report::WORDS.iter().chain(super::sheet::WORDS).chain(super::calendar::WORDS);
        let default = || words().find(|(known, _)| *known == key);
        self.labels.get(key).map(String::as_str).or_else(|| default().map(|(_, word)| *word)).unwrap_or(key)
    }

    /// One of them with its gaps filled.
    pub(super) fn tell(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        fill_all(self.say(key), gaps)
    }

    /// One of the canvas's own words, by its key without the prefix.
    pub(super) fn word(&self, key: &str) -> &str {
        let full = FIXED.iter().find(|(known, _)| known.strip_prefix(PREFIX) == Some(key));
        let Some((full, default)) = full else { return "" };
        self.labels.get(*full).map_or(*default, String::as_str)
    }

    /// How something was settled, in words.
    pub(super) fn settled(&self, how: Settled) -> &str {
        self.word(match how {
            Settled::Host => "settled-host",
            Settled::Consent => "settled-consent",
            Settled::Poll => "settled-poll",
            Settled::Fallback => "settled-fallback",
        })
    }

    /// A word with one gap filled.
    pub(super) fn fill(&self, key: &str, gap: &str, value: &str) -> String {
        fill(self.word(key), gap, value)
    }

    /// *1 person, 3 people*: a word that has a form for one and a form for more.
    pub(super) fn number(&self, one: &str, more: &str, n: usize) -> String {
        self.fill(if n == 1 { one } else { more }, "n", &n.to_string())
    }

    /// *3 people*.
    pub(super) fn people(&self, n: u32) -> String {
        self.number("person", "person-many", n as usize)
    }

    /// *2 partners*.
    pub(super) fn partners(&self, n: u32) -> String {
        self.number("partner", "partner-many", n as usize)
    }

    /// A day in words, *7 May 2026*; as digits if the month names are not twelve.
    pub(super) fn day(&self, day: NaiveDate) -> String {
        let months: Vec<&str> = self.word("months").split_whitespace().collect();
        match months.get(day.month0() as usize).filter(|_| months.len() == 12) {
            Some(month) => format!("{} {month} {}", day.day(), day.year()),
            None => day.to_string(),
        }
    }

    /// The day of a moment, in words: on the clock by which the moment is told.
    pub(super) fn day_of(&self, at: DateTime<FixedOffset>) -> String {
        self.day(at.date_naive())
    }

    /// All fixed words as they are said here, by key without prefix and with `_` for `-`.
    pub(super) fn fixed(&self) -> BTreeMap<String, String> {
        let short = |key: &str| key.strip_prefix(PREFIX).unwrap_or(key).to_owned();
        FIXED.iter().map(|(key, _)| (short(key).replace('-', "_"), self.word(&short(key)).to_owned())).collect()
    }

    /// A label the caller gave, or its last part made readable: `ask.due-day` is *Due day*.
    pub(super) fn label(&self, parts: &[&str]) -> String {
        let key = parts.join(".");
        let given = self.labels.get(&key).filter(|label| !label.trim().is_empty());
        given.cloned().unwrap_or_else(|| readable(parts.last().copied().unwrap_or_default()))
    }

    /// A choice's label; made readable in small letters, since it stands within a line.
    pub(super) fn choice(&self, parts: &[&str]) -> String {
        let given = self.labels.get(&parts.join(".")).filter(|label| !label.trim().is_empty());
        given.cloned().unwrap_or_else(|| parts.last().copied().unwrap_or_default().replace('-', " "))
    }

    /// A phase's name.
    pub(super) fn phase(&self, key: &str) -> String {
        self.phases.get(key).filter(|name| !name.trim().is_empty()).cloned().unwrap_or_else(|| readable(key))
    }

    /// A section's title and invitation.
    pub(super) fn section(&self, key: &str) -> (String, String) {
        let (title, invitation) = self.sections.get(key).cloned().unwrap_or_default();
        (
            if title.trim().is_empty() { readable(key) } else { title },
            if invitation.trim().is_empty() { self.word("invitation").to_owned() } else { invitation },
        )
    }
}

/// A word with one gap filled, written `{gap}` or as in the other words files `{{ gap }}`.
pub(super) fn fill(word: &str, gap: &str, value: &str) -> String {
    word.replace(&format!("{{{{ {gap} }}}}"), value).replace(&format!("{{{gap}}}"), value)
}

/// A word with several gaps filled. What was filled in is not looked through again: somebody's words may hold what
/// looks like a gap.
fn fill_all(word: &str, gaps: &[(&str, &str)]) -> String {
    let nearest = |(gap, value)| {
        let ways = [format!("{{{{ {gap} }}}}"), format!("{{{gap}}}")];
        ways.into_iter().filter_map(move |way| Some((word.find(&way)?, way.len(), value))).min()
    };
    let first = gaps.iter().copied().filter_map(nearest).min_by_key(|(at, ..)| *at);
    let Some((at, length, value)) = first else { return word.to_owned() };
    format!("{}{value}{}", &word[..at], fill_all(&word[at + length..], gaps))
}

/// A key as words: `next-steps` is *Next steps*.
fn readable(key: &str) -> String {
    let words = key.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
