//! What hosts do, as one list: it is the desk's menu, the subcommands of `/path`, their completions
//! and the forms behind them. Each deed is a few steps; each step adds one argument.

use std::collections::BTreeSet;

use super::press::{Deed, Entry};
use super::scene::Scene;
use super::times::{self, TIMES};
use crate::path::{Act, CardId, Joining, PartnerId, PersonId, Refusal, WordAct};

/// The argument of a step that was left open: all of them.
pub const ALL: &str = "all";
/// The last argument of a deed that is done although something is missing: its reason is asked.
pub const DESPITE: &str = "why";

/// One thing hosts do.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name: subcommand, and the key of its words (`deed-<name>` and `deed-<name>-line`).
    pub name: &'static str,
    /// What has to be known for it.
    pub steps: &'static [Step],
}

/// What one step asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A sitting that was not opened yet.
    NewSitting,
    /// A sitting for which a host wrote a word, and that was not opened yet.
    WordedSitting,
    /// A sitting that was not opened yet, or is open.
    LiveSitting,
    /// One of those whose invitation hosts have worded.
    RewordedSitting,
    /// A sitting with something open.
    OpenSitting,
    /// A sitting that was opened and is closed.
    ClosedSitting,
    /// A phase.
    Phase,
    /// An ask.
    Ask(Which),
    /// A card of the ask before.
    Card(From),
    /// Several cards of the ask before, in the order as chosen: at least so many.
    Cards(From, u8),
    /// A group of cards of the ask before that look alike, chosen whole.
    Batch,
    /// A person.
    Person(Whom),
    /// Several people.
    People,
    /// A partner, where the ask before speaks of each.
    Partner,
    /// Several partners, where the ask before speaks of each; none chosen means all.
    Partners,
    /// A partner that has not left.
    AnyPartner,
    /// What somebody becomes.
    Standing,
    /// One of the plan's paces, or the sittings' own days.
    Pace,
    /// Yes or no.
    Verdict,
    /// In a meeting, or on the phone.
    Way,
    /// Words: the key of their label, and whether they may be many.
    Words(&'static str, bool),
}

/// Which asks a step offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All.
    Any,
    /// Those that are open.
    Open,
    /// Open ones in which something is set: marks, answers, nominations, figures.
    Settable,
    /// Open ones that take cards.
    Writable,
    /// Closed ones whose outcome a host puts down.
    Keeps,
    /// Those with something kept.
    Kept,
    /// Those with cards that may be joined or put aside.
    Carded,
    /// Those with cards that look alike.
    Alike,
    /// Those with cards that could lie under headings.
    Groupable,
    /// Those given by drafters.
    Drafted,
    /// Those that make triads.
    Grouping,
}

/// Which cards a step offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// Those that lie on the table of the ask.
    Table,
    /// Those that the ask keeps.
    Kept,
    /// Those that were given to the ask.
    Given,
    /// Those of all trees.
    Tree,
    /// All that were put aside.
    Parked,
    /// All that were made by merging.
    Merged,
}

/// Which people a step offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// All who belong today.
    Counting,
    /// Those who ask to join.
    Asking,
    /// Those in a triad.
    Grouped,
    /// Those who have not given to the ask before.
    Missing,
    /// Those in no triad.
    Ungrouped,
    /// Those who have not given to the ask before by themselves.
    Silent,
}

/// Deeds that have no subcommand of their own, because a command takes only 25: the desk has them.
pub const DESK_ONLY: [&str; 15] = [
    "alike",
    "headings",
    "person",
    "issue",
    "admit",
    "foreword",
    "foreword-back",
    "invitation",
    "invitation-back",
    "partner-leaves",
    "into-triad",
    "join-triads",
    "unmerge",
    "unpark",
    "timer",
];

/// The list.
pub const DEEDS: [Kind; 38] = [
    Kind { name: "open", steps: &[Step::NewSitting] },
    Kind { name: "close", steps: &[Step::OpenSitting] },
    Kind { name: "close-phase", steps: &[Step::Phase] },
    Kind {
        name: "ask-open",
        steps: &[Step::Ask(Which::Any), Step::Cards(From::Table, 0), Step::Partners, Step::Words("because", false)],
    },
    Kind { name: "ask-close", steps: &[Step::Ask(Which::Open)] },
    Kind { name: "keep", steps: &[Step::Ask(Which::Keeps), Step::Partner, Step::Cards(From::Table, 1)] },
    Kind { name: "reword", steps: &[Step::Ask(Which::Kept), Step::Card(From::Kept), Step::Words("text", true)] },
    Kind { name: "merge", steps: &[Step::Ask(Which::Carded), Step::Cards(From::Given, 2), Step::Words("text", true)] },
    Kind { name: "alike", steps: &[Step::Ask(Which::Alike), Step::Batch, Step::Words("text", true)] },
    Kind { name: "headings", steps: &[Step::Ask(Which::Groupable)] },
    Kind { name: "unmerge", steps: &[Step::Card(From::Merged)] },
    Kind { name: "cross", steps: &[Step::Card(From::Tree), Step::Card(From::Tree)] },
    Kind { name: "park", steps: &[Step::Ask(Which::Carded), Step::Card(From::Given), Step::Words("reason", true)] },
    Kind { name: "unpark", steps: &[Step::Card(From::Parked)] },
    Kind { name: "drafters", steps: &[Step::Ask(Which::Drafted), Step::People] },
    Kind { name: "triads", steps: &[Step::Ask(Which::Grouping)] },
    Kind { name: "swap", steps: &[Step::Person(Whom::Grouped), Step::Person(Whom::Grouped)] },
    Kind { name: "triads-stand", steps: &[Step::Ask(Which::Grouping)] },
    Kind { name: "people", steps: &[Step::Words("list", true)] },
    Kind { name: "admit", steps: &[Step::Person(Whom::Asking), Step::Verdict] },
    Kind { name: "person", steps: &[Step::Person(Whom::Counting), Step::Standing] },
    Kind { name: "leave", steps: &[Step::Person(Whom::Counting)] },
    Kind { name: "waive", steps: &[Step::Ask(Which::Open), Step::Person(Whom::Missing)] },
    Kind { name: "behalf", steps: &[Step::Ask(Which::Writable), Step::Person(Whom::Counting)] },
    Kind { name: "welcome", steps: &[Step::Words("welcome", true)] },
    Kind { name: "issue", steps: &[Step::Words("issue", true)] },
    Kind { name: "publish", steps: &[Step::Words("label", false)] },
    Kind { name: "preview", steps: &[Step::LiveSitting] },
    Kind { name: "invitation", steps: &[Step::LiveSitting, Step::Words("invitation", true)] },
    Kind { name: "invitation-back", steps: &[Step::RewordedSitting] },
    Kind { name: "foreword", steps: &[Step::NewSitting, Step::Words("foreword", true)] },
    Kind { name: "foreword-back", steps: &[Step::WordedSitting] },
    Kind { name: "meeting", steps: &[] },
    Kind { name: "enter", steps: &[Step::Ask(Which::Settable), Step::Person(Whom::Silent), Step::Way] },
    Kind { name: "timer", steps: &[Step::Words("minutes", false)] },
    Kind { name: "partner-leaves", steps: &[Step::AnyPartner, Step::Verdict] },
    Kind { name: "into-triad", steps: &[Step::Person(Whom::Ungrouped), Step::Person(Whom::Grouped)] },
    Kind { name: "join-triads", steps: &[Step::Person(Whom::Grouped), Step::Person(Whom::Grouped)] },
];

/// What a complete deed comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    /// An act.
    Act(Act),
    /// The screen of an ask, for somebody else.
    Behalf(String, PersonId),
    /// The opening post of a sitting, for the host alone.
    Preview(String),
    /// The headings on the table of an ask.
    Headings(String),
    /// What is to be decided in the open sittings.
    Meeting,
    /// What a host enters for somebody.
    Enter(Entry),
    /// Nothing: the host said no.
    Nothing,
}

/// The deed of this name.
#[must_use]
pub fn kind(name: &str) -> Option<&'static Kind> {
    DEEDS.iter().chain(&TIMES).find(|kind| kind.name == name)
}

impl Kind {
    /// The step after the arguments that are there; none: nothing more is to be chosen.
    #[must_use]
    pub fn next(&self, deed: &Deed) -> Option<Step> {
        self.steps.get(deed.args.len()).copied()
    }
}

/// Fills the steps that have nothing to offer here.
#[must_use]
pub fn settle(scene: &Scene<'_>, mut deed: Deed) -> Deed {
    while let Some(step) = kind(&deed.name).and_then(|kind| kind.next(&deed)) {
        let may_be_left = matches!(step, Step::Partner | Step::Partners | Step::Cards(_, 0));
        if !may_be_left || !super::offers::offered(scene, &deed, step).is_empty() {
            break;
        }
        deed.args.push(ALL.to_owned());
    }
    deed
}

/// The words of a deed, and the number that chance may use.
#[derive(Clone, Copy, Debug, Default)]
pub struct Typed<'a> {
    /// What was typed in its form.
    pub words: &'a str,
    /// Why it is done although something is missing.
    pub despite: Option<&'a str>,
    /// What chance decides.
    pub seed: u64,
}

/// What a deed comes to once all its steps are there.
///
/// # Errors
/// [`Refusal::Unknown`] if an argument cannot be read, [`Refusal::UnreadableLine`] for a bad list.
pub fn does(deed: &Deed, typed: Typed<'_>) -> Result<Does, Refusal> {
    let args = Args { deed };
    let despite = typed.despite.map(str::to_owned);
    let words = || typed.words.trim().to_owned();
    let act = match deed.name.as_str() {
        "open" => Act::Open { sitting: args.key(0)? },
        "close" => Act::Close { sitting: args.key(0)?, despite },
        "close-phase" => Act::ClosePhase { phase: args.key(0)?, despite },
        "ask-open" => {
            Act::OpenAsk { ask: args.key(0)?, because: words(), slate: args.cards(1), about: args.partners(2) }
        }
        "ask-close" => Act::CloseAsk { ask: args.key(0)?, despite },
        "keep" => {
            Act::Keep { ask: args.key(0)?, about: args.partners(1).first().copied(), cards: args.cards(2), despite }
        }
        "reword" => Act::Reword { ask: args.key(0)?, card: args.card(1)?, text: words() },
        "merge" | "alike" => Act::Joining(Joining::Merge { cards: args.cards(1), text: words() }),
        "cross" => Act::Cross { from: args.card(0)?, to: args.card(1)? },
        "unmerge" => Act::Joining(Joining::Unmerge { card: args.card(0)? }),
        "park" => Act::Park { card: args.card(1)?, reason: Some(words()) },
        "unpark" => Act::Park { card: args.card(0)?, reason: None },
        "drafters" => Act::Drafters { ask: args.key(0)?, people: args.people(1) },
        "triads" => Act::MakeGroups { ask: args.key(0)?, seed: typed.seed },
        "triads-stand" => Act::Done { ask: args.key(0)? },
        "swap" => Act::Swap { one: args.person(0)?, other: args.person(1)? },
        _ => return about_people(deed, typed),
    };
    Ok(Does::Act(act))
}

fn about_people(deed: &Deed, typed: Typed<'_>) -> Result<Does, Refusal> {
    let args = Args { deed };
    let words = || Some(typed.words.trim().to_owned());
    let describe = |name, issue, welcome| Act::Describe { name, issue, welcome };
    let act = match deed.name.as_str() {
        "people" => super::roster::read(typed.words)?,
        "admit" => Act::Admit { person: args.person(0)?, yes: args.key(1)? == "yes" },
        "person" => change(args.person(0)?, &args.key(1)?)?,
        "partner-leaves" if args.key(1)? == "yes" => Act::PartnerLeaves { partner: PartnerId(args.number(0)?) },
        "partner-leaves" => return Ok(Does::Nothing),
        "into-triad" => Act::IntoGroup { person: args.person(0)?, beside: args.person(1)? },
        "join-triads" => Act::JoinGroups { one: args.person(0)?, other: args.person(1)? },
        "leave" => Act::Leave { person: args.person(0)? },
        "waive" => Act::Waive { ask: args.key(0)?, person: Some(args.person(1)?), partner: None },
        "behalf" => return Ok(Does::Behalf(args.key(0)?, args.person(1)?)),
        "welcome" => describe(None, None, words()),
        "issue" => describe(None, words(), None),
        "publish" => Act::Publish { label: typed.words.trim().to_owned() },
        "meeting" => return Ok(Does::Meeting),
        "headings" => return Ok(Does::Headings(args.key(0)?)),
        "enter" => {
            let live = args.key(2)? == WAYS[0];
            return Ok(Does::Enter(Entry { ask: args.key(0)?, person: args.person(1)?, live }));
        }
        "timer" => Act::Timer { minutes: minutes(typed.words)? },
        "preview" => return Ok(Does::Preview(args.key(0)?)),
        "foreword" => Act::Word(WordAct::Above { sitting: args.key(0)?, text: typed.words.to_owned() }),
        "foreword-back" => Act::Word(WordAct::Above { sitting: args.key(0)?, text: String::new() }),
        "invitation" => Act::Word(WordAct::Instead { sitting: args.key(0)?, text: typed.words.to_owned() }),
        "invitation-back" => Act::Word(WordAct::Instead { sitting: args.key(0)?, text: String::new() }),
        _ => return times::does(deed, typed),
    };
    Ok(Does::Act(act))
}

/// How something reached the host, by key.
pub const WAYS: [&str; 2] = ["live", "phone"];

fn minutes(words: &str) -> Result<u16, Refusal> {
    words.trim().parse().map_err(|_| Refusal::Unknown { what: words.trim().to_owned() })
}

/// What somebody may become, by key.
pub const STANDINGS: [&str; 6] = ["strategic", "operational", "host", "not-host", "observer", "takes-part"];

fn change(person: PersonId, to: &str) -> Result<Act, Refusal> {
    let (mut level, mut host, mut observer) = (None, None, None);
    match to {
        "strategic" | "operational" => level = super::screens::join::level(to),
        "host" | "not-host" => host = Some(to == "host"),
        "observer" | "takes-part" => observer = Some(to == "observer"),
        other => return Err(Refusal::Unknown { what: other.to_owned() }),
    }
    Ok(Act::Change { person, level, zone: None, host, observer })
}

/// The arguments of a deed, read.
pub(super) struct Args<'a> {
    pub(super) deed: &'a Deed,
}

impl Args<'_> {
    pub(super) fn key(&self, at: usize) -> Result<String, Refusal> {
        self.deed.args.get(at).cloned().ok_or_else(|| Refusal::Unknown { what: String::new() })
    }

    fn number(&self, at: usize) -> Result<i64, Refusal> {
        let text = self.key(at)?;
        text.parse().map_err(|_| Refusal::Unknown { what: text })
    }

    fn numbers(&self, at: usize) -> Vec<i64> {
        let arg = self.deed.args.get(at).map_or("", String::as_str);
        arg.split(',').filter_map(|part| part.parse().ok()).collect()
    }

    fn card(&self, at: usize) -> Result<CardId, Refusal> {
        self.number(at).map(CardId)
    }

    fn person(&self, at: usize) -> Result<PersonId, Refusal> {
        self.number(at).map(PersonId)
    }

    fn cards(&self, at: usize) -> Vec<CardId> {
        self.numbers(at).into_iter().map(CardId).collect()
    }

    fn people(&self, at: usize) -> BTreeSet<PersonId> {
        self.numbers(at).into_iter().map(PersonId).collect()
    }

    fn partners(&self, at: usize) -> Vec<PartnerId> {
        self.numbers(at).into_iter().map(PartnerId).collect()
    }
}
