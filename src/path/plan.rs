//! A Path as data: phases, their sittings, their asks, and what becomes of the answers.
//!
//! `prompts/path.toml` is read straight into these types; the words stand beside it, one file a
//! phase. So a new phase of known kinds needs no Rust. Everything here is a closed set: there are
//! no expressions, and no key of the shipped Path is known to the code.

use serde::{Deserialize, Serialize};

/// The source of one card that every Path has: the focal issue, as it was worded at the start.
pub const ISSUE: &str = "issue";

/// The pile of answers that everybody has in a consent round, one for each line.
pub const ANSWERS: &str = "answer";

/// The most cards that can be offered at once in one menu (Discord: 25 options a select), and so
/// the most lines of a consent round and the most items of a list.
pub const LIST_MAX: u8 = 25;

/// A whole Path: what is asked, in which order, of whom, and where it lands on the canvas.
///
/// Source: the Path card "Path of Joint Action" of the Civil Society Toolbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Which plan this is, for example `joint-action`.
    pub key: String,
    /// The phases in order.
    #[serde(rename = "phase")]
    pub phases: Vec<Phase>,
    /// Cards that are there from the start: roles, assessment fields, ground rules.
    #[serde(rename = "list", default)]
    pub lists: Vec<List>,
    /// The canvas's sections in order.
    #[serde(rename = "section", default)]
    pub sections: Vec<Section>,
}

/// One phase of the Path, for example what is done in the room in two hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Its key; also the name of its words file and of its command.
    pub key: String,
    /// Minutes the phase takes in a room (Path card); 0 where the card gives none.
    #[serde(default)]
    pub room_minutes: u16,
    /// The sittings in order.
    #[serde(rename = "sitting")]
    pub sittings: Vec<Sitting>,
    /// What must hold when the phase closes; a host may overrule with a reason.
    #[serde(rename = "check", default)]
    pub checks: Vec<Check>,
}

/// What a person meets at one go: one post, one *Start*, a few asks one after another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sitting {
    /// Its key, unique in the plan.
    pub key: String,
    /// How long its windows stay open, in working days.
    pub days: u16,
    /// What it asks of one person, in minutes.
    pub minutes: u16,
    /// Whether it decides (closes with a quorum) or gathers (closes by time).
    #[serde(default)]
    pub rule: Rule,
    /// The asks in order.
    #[serde(rename = "ask")]
    pub asks: Vec<Ask>,
}

/// When a sitting may close.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// By time, with what there is.
    #[default]
    Gather,
    /// With two thirds of the people and one person of each partner.
    Decide,
}

/// One thing asked of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of its own in `path.toml`")]
pub struct Ask {
    /// Its key, unique in the plan; also its subcommand.
    pub key: String,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// Who gives.
    #[serde(default)]
    pub by: By,
    /// Where it is asked and who may read it.
    #[serde(default)]
    pub place: Place,
    /// What one card holds, page after page of at most three short boxes.
    #[serde(rename = "field", default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// The asks or lists whose cards are offered here (marked, answered, assigned, placed).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// Of those, only what the group kept.
    #[serde(default, skip_serializing_if = "is_false")]
    pub kept: bool,
    /// In a tree: the sources whose cards stand in the crown (effects); the others are roots.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crown: Vec<String>,
    /// In a tree: the ask whose kept card is the trunk; the focal issue until one is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
    /// The piles of figures each giver has.
    #[serde(rename = "pile", default, skip_serializing_if = "Vec::is_empty")]
    pub piles: Vec<Pile>,
    /// Whether several figures of one pile may stand on one card.
    #[serde(default, skip_serializing_if = "is_false")]
    pub stack: bool,
    /// How many cards one giver may give.
    #[serde(default)]
    pub each: Bounds,
    /// How many cards the group keeps in the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep: Option<Bounds>,
    /// Until when answers are hidden from others.
    #[serde(default)]
    pub seal: Seal,
    /// Whether people see who gave what.
    #[serde(default)]
    pub named: Named,
    /// Who has to confirm a card before it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm: Option<Confirm>,
    /// An ask that a person must have given or passed first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Not part of the walk after *Start*; there by command and button.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// The form that what the group adopts must have.
    #[serde(default)]
    pub form: Form,
    /// Whether the ask may be answered by telling instead of writing (*Told*).
    #[serde(default, skip_serializing_if = "is_false")]
    pub told: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// The closed set of things an ask can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Something to read; *Next* counts as given.
    Read,
    /// Cards written by people.
    Cards,
    /// A number of equal marks put on cards.
    Marks,
    /// *Stands / stands, with a remark / not yet, because…* on each card of a slate.
    Consent,
    /// One card for each partner, for example its primary role.
    Assign,
    /// Piles of figures put on cards, for example three green and three red.
    Figures,
    /// Cards put under one another.
    Tree,
    /// Mixed groups of three.
    Groups,
}

/// Who gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Every person.
    #[default]
    Each,
    /// One person for each partner.
    Partner,
    /// Those who were named drafters of this ask.
    Drafters,
    /// Any member of a triad, for the triad.
    Group,
    /// A host.
    Host,
    /// The person or partner named on the card that it belongs to.
    Owner,
}

/// Where an ask lives, and so who may read its answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The partnership's room: all its people.
    #[default]
    Channel,
    /// The giver's triad alone, unless a section of the canvas shows it.
    Group,
}

/// One part of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its key, unique in the ask.
    pub key: String,
    /// What it takes.
    #[serde(rename = "type")]
    pub kind: FieldKind,
    /// The most characters a line or text may have; 0 means the kind's own bound.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub chars_max: u32,
    /// Whether it may stay empty.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// Choices, as keys; their words stand in the words file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// For a card field: the asks or lists to choose from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// For a card field: only from what was kept there.
    #[serde(default, skip_serializing_if = "is_false")]
    pub kept: bool,
    /// For a card field: how the new card is joined to the chosen one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkKind>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// One line, 140 characters unless said otherwise.
    Line,
    /// Several lines, 900 characters unless said otherwise.
    Text,
    /// One of the choices.
    Choice,
    /// A number, with a unit if wished.
    Number,
    /// A date, `2026-05-15`.
    Date,
    /// A person of the partnership.
    Person,
    /// A partner.
    Partner,
    /// A card of the sources in `from`.
    Card,
}

/// How cards are joined. A closed set (design: the materials are the model).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// Lies under: one a card, no cycle.
    Under,
    /// Says the other as if it were solved.
    Mirrors,
    /// Was made from it: merging, rewording.
    MadeFrom,
    /// Feeds back into it: a cross-link, drawn dashed.
    LeadsTo,
    /// Answers it.
    Answers,
    /// Serves it: a step serves a priority, a partner's work serves a cause.
    Serves,
}

/// Figures of one colour or meaning that each giver has in hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pile {
    /// Its key, for example `green`.
    pub key: String,
    /// How many each giver has.
    pub budget: u8,
}

/// Least and most; the default is exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// At least so many.
    pub min: u16,
    /// At most so many.
    pub max: u16,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { min: 1, max: 1 }
    }
}

impl Bounds {
    /// Whether a number lies within.
    #[must_use]
    pub fn holds(self, count: usize) -> bool {
        (usize::from(self.min)..=usize::from(self.max)).contains(&count)
    }
}

/// Until when an answer is hidden from others. Hosts are sealed out like anyone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seal {
    /// Nothing is hidden.
    None,
    /// Opens to a person who has given one; a pass does not open it.
    #[default]
    Own,
    /// Opens to all when the giving window ends.
    End,
    /// A ballot: hidden from all but its giver until the close.
    Close,
    /// Its giver's alone, for ever.
    #[serde(rename = "self")]
    Giver,
}

/// Whether people see who gave what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Named {
    /// Yes.
    #[default]
    Yes,
    /// Once this ask, and those that choose among its cards, have closed.
    AfterClose,
    /// Never.
    Never,
}

/// Who has to confirm a card before it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confirm {
    /// The person it names as owner.
    Owner,
    /// A strategic person of the giving partner.
    Strategic,
    /// The one who told the story.
    Teller,
}

/// The form of a text that the group adopts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// As written.
    #[default]
    Free,
    /// One sentence, at most 280 characters (Path card: a vision of one sentence).
    Sentence,
}

/// Something that must hold at the end of a phase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The rule.
    pub rule: CheckRule,
    /// The ask it looks at.
    pub ask: String,
    /// For `covers`: the list cards that must be held by someone, by key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<String>,
}

/// The closed set of checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckRule {
    /// Each giver of the ask has given.
    EachHas,
    /// What was kept lies within `keep`.
    Count,
    /// Each named card is chosen at least once.
    Covers,
    /// No text stands twice among the kept.
    Distinct,
}

/// Cards that are there from the start, by the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Its key, unique among asks and lists.
    pub key: String,
    /// The phase in whose words file its items are worded.
    pub phase: String,
    /// The items: key and words. Empty in `path.toml`; filled from the words at loading.
    #[serde(default)]
    pub items: Vec<Item>,
}

/// One card of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its key, unique in the list.
    pub key: String,
    /// Its short name.
    pub name: String,
    /// One line on it; may be empty.
    #[serde(default)]
    pub line: String,
}

/// One section of the canvas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its key.
    pub key: String,
    /// How it is drawn.
    pub shape: Shape,
    /// The asks or lists whose cards it shows.
    pub from: Vec<String>,
    /// Only what was kept.
    #[serde(default, skip_serializing_if = "is_false")]
    pub kept: bool,
    /// Show, beside what was kept, what was parked and why.
    #[serde(default, skip_serializing_if = "is_false")]
    pub parked: bool,
    /// Asks whose linked cards stand under each line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<String>,
    /// The phase that fills it.
    pub phase: String,
    /// Which of the five conditions of Collective Impact it shows, if one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<Element>,
}

/// How a section is drawn. A closed set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A line a card.
    Lines,
    /// One sentence, large.
    Sentence,
    /// A tree of cards with one core.
    Tree,
    /// A row a card, a column a field.
    Table,
    /// Partner by card, for example roles.
    Matrix,
    /// Counts of figures for every card.
    Bars,
    /// Steps with owner and date.
    Steps,
    /// Single words, each with its giver.
    Words,
}

/// The five conditions of Collective Impact (background paper 31, in our words).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Element {
    /// One understanding and one joint approach.
    Agenda,
    /// The same few measures.
    Measurement,
    /// Activities that fit together.
    Activities,
    /// Steady exchange inside and outside.
    Communication,
    /// Somebody who holds it together.
    Backbone,
}

impl Plan {
    /// All sittings in order, each with its phase.
    pub fn sittings(&self) -> impl Iterator<Item = (&Phase, &Sitting)> {
        self.phases.iter().flat_map(|phase| phase.sittings.iter().map(move |sitting| (phase, sitting)))
    }

    /// All asks in order, each with its phase and sitting.
    pub fn asks(&self) -> impl Iterator<Item = (&Phase, &Sitting, &Ask)> {
        self.sittings().flat_map(|(phase, sitting)| sitting.asks.iter().map(move |ask| (phase, sitting, ask)))
    }

    /// The ask with this key.
    #[must_use]
    pub fn ask(&self, key: &str) -> Option<&Ask> {
        self.asks().find(|(_, _, ask)| ask.key == key).map(|(_, _, ask)| ask)
    }

    /// The sitting with this key, and its phase.
    #[must_use]
    pub fn sitting(&self, key: &str) -> Option<(&Phase, &Sitting)> {
        self.sittings().find(|(_, sitting)| sitting.key == key)
    }

    /// The sitting that holds an ask, and its phase.
    #[must_use]
    pub fn sitting_of(&self, ask: &str) -> Option<(&Phase, &Sitting)> {
        self.asks().find(|(_, _, found)| found.key == ask).map(|(phase, sitting, _)| (phase, sitting))
    }

    /// The phase with this key.
    #[must_use]
    pub fn phase(&self, key: &str) -> Option<&Phase> {
        self.phases.iter().find(|phase| phase.key == key)
    }

    /// The list with this key.
    #[must_use]
    pub fn list(&self, key: &str) -> Option<&List> {
        self.lists.iter().find(|list| list.key == key)
    }
}

impl Ask {
    /// The field with this key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The piles each giver has in hand: the plan's own, or one of answers in a consent round.
    #[must_use]
    pub fn hand(&self) -> Vec<Pile> {
        match self.kind {
            Kind::Consent => vec![Pile { key: ANSWERS.to_owned(), budget: LIST_MAX }],
            _ => self.piles.clone(),
        }
    }

    /// Whether what is set here are ballots: unnamed for ever, so kept apart and gone at the close.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.named == Named::Never
    }

    /// The first field that holds free words: what a card is called by in lists and on the canvas.
    #[must_use]
    pub fn headline(&self) -> Option<&Field> {
        self.fields.iter().find(|field| matches!(field.kind, FieldKind::Line | FieldKind::Text)).or(self.fields.first())
    }
}

impl Field {
    /// The most characters it takes.
    #[must_use]
    pub fn chars_max(&self) -> u32 {
        match (self.chars_max, self.kind) {
            (0, FieldKind::Text) => 900,
            (0, FieldKind::Line) => 140,
            (0, _) => 60,
            (bound, _) => bound,
        }
    }

    /// Whether it is typed by hand (and so stands in a form) rather than chosen.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        matches!(self.kind, FieldKind::Line | FieldKind::Text | FieldKind::Number | FieldKind::Date)
    }
}
