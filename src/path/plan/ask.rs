//! One ask: what kind of answer it takes, who gives it, and how long it stays hidden.

use serde::{Deserialize, Serialize};

use super::{ANSWERS, Bounds, Drafting, Field, FieldKind, LIST_MAX, is_false};

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
    /// Of a consent: after how many rounds with objections the fallback applies.
    #[serde(default = "rounds", skip_serializing_if = "is_usual")]
    pub rounds: u16,
    /// Of a consent: what settles a line that is still objected to in the last round.
    #[serde(default, skip_serializing_if = "Fallback::is_usual")]
    pub fallback: Fallback,
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
    /// Of an ask that drafters give: how they are found where hosts name nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafting: Option<Drafting>,
    /// Whether the ask may be answered by telling instead of writing (*Told*).
    #[serde(default, skip_serializing_if = "is_false")]
    pub told: bool,
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

/// Rounds of a consent before its fallback, where the plan says nothing else (method, 5.8).
pub const ROUNDS: u16 = 3;

fn rounds() -> u16 {
    ROUNDS
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_usual(rounds: &u16) -> bool {
    *rounds == ROUNDS
}

/// What settles a line that is still objected to in the last round of a consent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fallback {
    /// Two thirds of the people who answered, and a majority of the partners that did, by their voices.
    #[default]
    TwoThirds,
    /// More than half of the people who answered, and a majority of the partners that did.
    Majority,
    /// Nothing: it stays open until the group finds another way.
    Nothing,
}

impl Fallback {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
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

    /// Whether it settles something that binds, so that a quorum counts.
    #[must_use]
    pub fn binds(&self) -> bool {
        !self.optional && matches!(self.kind, Kind::Marks | Kind::Consent | Kind::Assign)
    }

    /// The first field that holds free words: what a card is called by in lists and on the canvas.
    #[must_use]
    pub fn headline(&self) -> Option<&Field> {
        self.fields.iter().find(|field| matches!(field.kind, FieldKind::Line | FieldKind::Text)).or(self.fields.first())
    }
}
