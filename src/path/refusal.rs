//! Refusals: every reason why the Path says no. Worded in `prompts/<language>/refusals.md`.

use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

use super::said::Said;

/// Why an act is refused. Nothing was changed; the person's own words are kept as a draft.
#[derive(Clone, Debug, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case")]
#[error("refused: {}", self.said().key)]
pub enum Refusal {
    /// There is no partnership in this room.
    NoPartnership,
    /// There is one already.
    PartnershipExists,
    /// Only someone who may manage the house may found one.
    NotAManager,
    /// The account belongs to nobody here.
    NotAMember,
    /// They asked to join; nobody has said yes yet.
    NotConfirmed,
    /// They watch, they do not give.
    Observer,
    /// They have left.
    HasLeft,
    /// Only hosts do this.
    HostsOnly,
    /// The last host cannot go before there is another.
    LastHost,
    /// The person is taken by another account, or this account is somebody else already.
    Taken,
    /// There is no such person, partner, sitting, phase or ask here.
    Unknown {
        /// What was looked for, as typed.
        what: String,
    },
    /// A zone nobody knows.
    UnknownZone {
        /// As typed.
        zone: String,
    },
    /// The ask has not been opened.
    NotOpenYet {
        /// The ask's key.
        ask: String,
    },
    /// The ask is closed.
    Closed {
        /// The ask's key.
        ask: String,
    },
    /// The sitting has closed.
    SittingOver {
        /// The sitting's key.
        sitting: String,
    },
    /// It is open already.
    AlreadyOpen {
        /// The sitting's or ask's key.
        what: String,
    },
    /// Whoever it would be entered for has given by themselves.
    TheirOwn {
        /// The ask's key.
        ask: String,
    },
    /// The ask is not of the kind that takes this.
    WrongKind {
        /// The ask's key.
        ask: String,
    },
    /// Another ask comes first.
    First {
        /// The ask that comes first.
        ask: String,
    },
    /// The ask is for someone else: drafters, a triad's members, hosts.
    NotForYou {
        /// The ask's key.
        ask: String,
    },
    /// Only a strategic person of the partner may do this.
    StrategicOnly,
    /// A field is empty.
    Empty {
        /// The field's key.
        field: String,
        /// The ask's key.
        ask: String,
    },
    /// A field is too long.
    TooLong {
        /// The field's key.
        field: String,
        /// The ask's key.
        ask: String,
        /// The most characters.
        chars_max: u32,
        /// The characters given.
        chars: usize,
    },
    /// Not one of the choices, or a number, date, person or card that cannot be read.
    Unreadable {
        /// The field's key.
        field: String,
        /// The ask's key.
        ask: String,
        /// As typed.
        typed: String,
    },
    /// The date lies in the past.
    PastDate {
        /// The date.
        date: String,
    },
    /// The date lies further off than a link may last.
    TooFarOff {
        /// The date.
        date: String,
        /// How many days a link may last.
        days_max: i64,
    },
    /// There are as many links as there may be.
    TooManyLinks {
        /// How many there may be.
        most: usize,
    },
    /// The link has ended already, or was never there.
    LinkGone,
    /// The link was made before; its address is shown once only.
    ShownOnce,
    /// They have given as many as there may be.
    Enough {
        /// How many there may be.
        most: u16,
    },
    /// More marks than there are in the pile.
    BudgetSpent {
        /// The pile's key.
        pile: String,
        /// How many each has.
        budget: u8,
    },
    /// Figures of both colours on one field.
    BothColours,
    /// What is adopted has to be one sentence.
    NotOneSentence {
        /// How many it seems to be.
        sentences: usize,
    },
    /// The card is not there any more.
    CardGone,
    /// The card is not one that may be chosen here.
    NotOnTheTable,
    /// The card is another person's or partner's.
    NotYours,
    /// A card cannot lie under itself.
    UnderItself,
    /// The card that should lie above lies below already.
    Cycle,
    /// Trees are at most four levels deep.
    TooDeep,
    /// A *not yet* or a remark needs words.
    NeedsWords,
    /// Too few or too many kept.
    OutOfBounds {
        /// At least.
        min: u16,
        /// At most.
        max: u16,
        /// Given.
        count: usize,
    },
    /// Two or more cards are needed to merge.
    TooFewToMerge,
    /// Cards of this ask are not joined: they bind a partner or a person.
    NotToJoin,
    /// Nothing of theirs is in that card.
    NothingToSplit,
    /// The day in which one may split off is over.
    TooLateToSplit,
    /// People or a quorum are missing; a host may close all the same, with a reason.
    Missing {
        /// How many have given.
        have: usize,
        /// Of how many.
        of: usize,
        /// Partners of whom nobody has given, short names.
        partners: String,
    },
    /// A check at the end of the phase fails; a host may close all the same, with a reason.
    CheckFails {
        /// The ask it looks at.
        ask: String,
        /// What it found, for example how many there are.
        found: String,
    },
    /// Too few people for this.
    TooFewPeople {
        /// How many are needed.
        least: usize,
    },
    /// A reason is needed.
    NeedsReason,
    /// A line that was pasted cannot be read.
    UnreadableLine {
        /// Its number, from 1.
        line: usize,
        /// The line.
        text: String,
    },
    /// A next round of a consent, where no line is open.
    NothingObjected {
        /// The ask's key.
        ask: String,
    },
    /// A next round of a consent whose rounds are over.
    RoundsOver {
        /// The ask's key.
        ask: String,
        /// How many there are.
        rounds: u16,
    },
    // Quick polls.
    /// Too few or too many of something: options, organisations, marks, a quorum.
    NotBetween {
        /// Of what, the field's key.
        field: String,
        /// At least.
        min: usize,
        /// At most.
        max: usize,
        /// Given.
        count: usize,
    },
    /// The same stands there twice.
    Twice {
        /// What.
        text: String,
    },
    /// Only whoever asked it, or a host, ends a quick poll.
    AskerOnly,
    /// They said before that they speak for another organisation.
    SpeaksFor {
        /// Its short name.
        partner: String,
    },
    /// A nudge cannot come on that day: what waits ends before it, or it is no working day to come.
    NoSuchDay,
    /// A date, or a date with a time, that was typed cannot be read.
    UnreadableDate {
        /// What was typed.
        typed: String,
    },
    /// An end less than an hour away.
    TooSoon {
        /// The end it would have, in seconds since 1970.
        ends_s: i64,
    },
    /// More time that is not more.
    NotLater {
        /// The end it has already, in seconds since 1970.
        ends_s: i64,
    },
    /// Nothing opens while the Path pauses.
    Paused {
        /// Until when, in seconds since 1970.
        until_s: i64,
    },
    /// The choice was settled anew since.
    DecidedSince {
        /// The ask's key.
        ask: String,
    },
    /// Somebody of the same partner asks already to open it again.
    PartnerAsked {
        /// The ask's key.
        ask: String,
    },
    /// Nothing waits for approval there: it was decided anew, or nobody said so.
    NothingToApprove,
    /// A date further off than anybody plans.
    FarDate {
        /// The date.
        date: String,
        /// How many days it may lie off.
        days_max: u64,
    },
    /// A heading needs two cards or more.
    TooFewToGroup,
    /// Somebody was quicker: the cards lie together under another heading already.
    GroupedAlready {
        /// What it is called.
        name: String,
    },
    /// A card lies under a heading already.
    UnderHeading {
        /// What it is called.
        name: String,
    },
    /// The cards do not lie under this heading.
    NotThere {
        /// What it is called.
        name: String,
    },
    /// Another group on this table is called so.
    HeadingTaken {
        /// How.
        name: String,
    },
    /// There are as many headings on this table as there may be.
    TooManyHeadings {
        /// The most.
        most: usize,
    },
    /// The group was dissolved, or is not to be seen.
    HeadingGone,
    /// The group is somebody else's to change.
    NotYourHeading,
    /// The card's author took it out from under this heading.
    TakenOut,
    /// Cards of this kind lie under no heading.
    NotToGroup,
    /// The cards do not lie on one table.
    NotOneTable,
    /// More days off than are kept.
    TooManyDaysOff {
        /// The most.
        most: usize,
    },
}

impl Refusal {
    /// The words for it.
    #[must_use]
    pub fn said(&self) -> Said {
        let said = Said::new(self.key());
        match self {
            Self::Unknown { what } | Self::AlreadyOpen { what } => said.with("what", what),
            Self::SittingOver { sitting } => said.with("sitting", sitting),
            Self::UnknownZone { zone } => said.with("zone", zone),
            Self::NotOpenYet { ask }
            | Self::Closed { ask }
            | Self::TheirOwn { ask }
            | Self::WrongKind { ask }
            | Self::First { ask }
            | Self::NotForYou { ask }
            | Self::DecidedSince { ask }
            | Self::PartnerAsked { ask }
            | Self::NothingObjected { ask } => said.with("ask", ask),
            Self::Empty { field, ask } => said.with("field", field).with("ask", ask),
            Self::TooLong { field, ask, chars_max, chars } => {
                said.with("field", field).with("ask", ask).with("chars_max", chars_max).with("chars", chars)
            }
            Self::Unreadable { field, ask, typed } => said.with("field", field).with("ask", ask).with("typed", typed),
            Self::PastDate { date } => said.with("date", date),
            Self::TooFarOff { date, days_max } => said.with("date", date).with("days_max", days_max),
            Self::TooManyLinks { most } | Self::TooManyDaysOff { most } | Self::TooManyHeadings { most } => {
                said.with("most", most)
            }
            Self::GroupedAlready { name }
            | Self::UnderHeading { name }
            | Self::NotThere { name }
            | Self::HeadingTaken { name } => said.with("name", name),
            Self::Enough { most } => said.with("most", most),
            Self::BudgetSpent { pile, budget } => said.with("pile", pile).with("budget", budget),
            Self::NotOneSentence { sentences } => said.with("sentences", sentences),
            Self::OutOfBounds { min, max, count } => said.with("min", min).with("max", max).with("count", count),
            Self::Missing { have, of, partners } => said.with("have", have).with("of", of).with("partners", partners),
            Self::CheckFails { ask, found } => said.with("ask", ask).with("found", found),
            Self::TooFewPeople { least } => said.with("least", least),
            Self::RoundsOver { ask, rounds } => said.with("ask", ask).with("rounds", rounds),
            Self::UnreadableLine { line, text } => said.with("line", line).with("text", text),
            Self::UnreadableDate { typed } => said.with("typed", typed),
            Self::NotBetween { field, min, max, count } => {
                said.with("field", field).with("min", min).with("max", max).with("count", count)
            }
            Self::Twice { text } => said.with("text", text),
            Self::SpeaksFor { partner } => said.with("partner", partner),
            Self::TooSoon { ends_s } | Self::NotLater { ends_s } => said.with("ends_s", ends_s),
            Self::FarDate { date, days_max } => said.with("date", date).with("days_max", days_max),
            Self::Paused { until_s } => said.with("until_s", until_s),
            _ => said,
        }
    }

    /// Its key in the words file: its name, in small letters.
    #[must_use]
    pub fn key(&self) -> &'static str {
        self.into()
    }

    /// All keys, for the check that each has words.
    pub const KEYS: &'static [&'static str] = <Self as VariantNames>::VARIANTS;
}
