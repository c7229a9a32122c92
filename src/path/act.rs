//! Acts: everything that somebody, or time, can do to a board.
//!
//! The words are Act, Change, Notice and Refusal because the place where people meet already owns
//! *command*, *event*, *message* and *role*.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::card::{CardId, LinkId, Via};
use super::cluster::Clustering;
use super::consent::Consenting;
use super::figure::Value;
use super::joining::Joining;
use super::people::{AccountId, Level, PartnerId, PersonId, RoomId};
use super::poll::PollAct;
use super::share::{Scope, ShareId};
use super::spot::Spot;
use super::timetable::TimeAct;
pub use super::typed::{Founding, Giving, NewPartner, NewPerson};
use super::word::WordAct;

/// One thing somebody does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// A new partnership, bound to a room. Only by someone who may manage the house.
    Found(Founding),
    /// A host changes the partnership's name, focal issue or words of welcome.
    Describe {
        /// The new name, if given.
        name: Option<String>,
        /// The new focal issue, if given.
        issue: Option<String>,
        /// The new words of welcome, if given.
        welcome: Option<String>,
    },
    /// A host enters partners and people; those already there are updated.
    Enter {
        /// Partners, found again by short name.
        partners: Vec<NewPartner>,
        /// People, found again by name.
        people: Vec<NewPerson>,
    },
    /// *That's me*: somebody says which of the invited people they are.
    Join {
        /// The account that says so.
        account: AccountId,
        /// Its unique name.
        handle: String,
        /// Whom they say they are.
        person: PersonId,
        /// Their zone, as typed.
        zone: String,
    },
    /// Somebody who is not on the list asks to join.
    AskToJoin {
        /// The account that asks.
        account: AccountId,
        /// Its unique name.
        handle: String,
        /// Their name as people say it.
        name: String,
        /// For which partner.
        partner: PartnerId,
        /// On which level.
        level: Level,
        /// Their zone, as typed.
        zone: String,
    },
    /// A host or a strategic colleague says yes or no to someone who asks to join.
    Admit {
        /// Who asks.
        person: PersonId,
        /// Yes or no.
        yes: bool,
    },
    /// A host (or the person) changes a person's level, zone or standing.
    Change {
        /// Whom.
        person: PersonId,
        /// New level.
        level: Option<Level>,
        /// New zone, as typed.
        zone: Option<String>,
        /// Becomes, or stops being, a host.
        host: Option<bool>,
        /// Becomes an observer, or takes part again.
        observer: Option<bool>,
    },
    /// Somebody leaves: by themselves, or a host says so.
    Leave {
        /// Who.
        person: PersonId,
    },
    /// A host opens a sitting: one window for each of its asks.
    Open {
        /// The sitting's key.
        sitting: String,
    },
    /// A host opens one ask alone, or once more (a further round, a run-off).
    OpenAsk {
        /// The ask's key.
        ask: String,
        /// Why; needed when it is opened again.
        because: String,
        /// Only these cards are on the table; empty: what the plan says.
        slate: Vec<CardId>,
        /// Only these partners are spoken of; empty: all.
        about: Vec<PartnerId>,
    },
    /// A host closes a sitting.
    Close {
        /// The sitting's key.
        sitting: String,
        /// Close although people or a quorum are missing; why.
        despite: Option<String>,
    },
    /// A host closes one ask alone.
    CloseAsk {
        /// The ask's key.
        ask: String,
        /// Close although people or a quorum are missing; why.
        despite: Option<String>,
    },
    /// A host closes a phase: everything in it, then its checks.
    ClosePhase {
        /// The phase's key.
        phase: String,
        /// Close although a check fails; why.
        despite: Option<String>,
    },
    /// Time passed. Nothing else tells the board so.
    TimePassed,
    /// Somebody gives a card, or edits one (their own, or one they may amend).
    Give(Giving),
    /// What was typed is kept for later, not given.
    KeepDraft {
        /// For which ask.
        ask: String,
        /// What stands in each field.
        fields: BTreeMap<String, String>,
    },
    /// Somebody takes a card back.
    Withdraw {
        /// Which.
        card: CardId,
    },
    /// *Skip*: it counts as given, no reason asked.
    Pass {
        /// The ask's key.
        ask: String,
    },
    /// *Told* or *read*: done without writing. For triads: a host says that they stand.
    Done {
        /// The ask's key.
        ask: String,
    },
    /// A host lets a giver off.
    Waive {
        /// The ask's key.
        ask: String,
        /// A person, if by person.
        person: Option<PersonId>,
        /// A partner, if by partner.
        partner: Option<PartnerId>,
    },
    /// Somebody's marks, all of them: the set replaces what was there.
    Mark {
        /// The ask's key.
        ask: String,
        /// The marked cards.
        cards: BTreeSet<CardId>,
    },
    /// An answer in a consent round.
    Answer {
        /// The ask's key.
        ask: String,
        /// Which card of the slate; none: all of them alike.
        card: Option<CardId>,
        /// Stands, with a remark, or not yet.
        value: Value,
        /// The remark or reason; needed for both.
        note: String,
        /// How a *not yet* could stand; may be empty.
        proposal: String,
    },
    /// What is done around a choice, beside answering.
    Consent(Consenting),
    /// A nomination: this card for this partner.
    Assign {
        /// The ask's key.
        ask: String,
        /// About whom.
        about: PartnerId,
        /// The card, for example a role.
        card: CardId,
    },
    /// So many figures of a pile on a card. Set, not added.
    Place {
        /// The ask's key.
        ask: String,
        /// From which pile.
        pile: String,
        /// On which card.
        card: CardId,
        /// How many there should be.
        count: u8,
    },
    /// A card is put under another, or taken from there.
    Under {
        /// The card.
        card: CardId,
        /// The other; none: taken out of its place.
        parent: Option<CardId>,
    },
    /// Two cards are joined across the tree.
    Cross {
        /// The card that leads.
        from: CardId,
        /// The card it leads to.
        to: CardId,
    },
    /// A link is taken away: a cross-link, or a split after merging.
    Split {
        /// Which link.
        link: LinkId,
    },
    /// Cards that say nearly the same are joined, or stand apart again.
    Joining(Joining),
    /// Cards come under a heading, or out from under it.
    Clustering(Clustering),
    /// A host puts down what the group chose: the kept cards, in order.
    Keep {
        /// The ask's key.
        ask: String,
        /// About which partner; none for the whole group.
        about: Option<PartnerId>,
        /// The kept cards.
        cards: Vec<CardId>,
        /// Why the bounds are left, where they are.
        despite: Option<String>,
    },
    /// A host words a kept card anew; the old card stays as its source.
    Reword {
        /// The ask that keeps it.
        ask: String,
        /// The card.
        card: CardId,
        /// Its new wording.
        text: String,
    },
    /// A host puts a card aside with a reason, or brings it back.
    Park {
        /// Which.
        card: CardId,
        /// Why; none: it is brought back.
        reason: Option<String>,
    },
    /// The one who has to confirm a card says yes or no.
    Confirm {
        /// Which.
        card: CardId,
        /// Yes or no.
        yes: bool,
    },
    /// Somebody marks that a card's words are used differently by others.
    Dispute {
        /// Which.
        card: CardId,
    },
    /// A host names who drafts.
    Drafters {
        /// The ask's key.
        ask: String,
        /// The drafters.
        people: BTreeSet<PersonId>,
    },
    /// A host has the triads made.
    MakeGroups {
        /// The ask's key.
        ask: String,
        /// What chance decides.
        seed: u64,
    },
    /// A host lets two people change places.
    Swap {
        /// One.
        one: PersonId,
        /// The other.
        other: PersonId,
    },
    /// A room came to be: written down by the outlet once it exists.
    Room {
        /// For what.
        place: Spot,
        /// Which room.
        room: RoomId,
    },
    /// A host publishes the canvas as a version.
    Publish {
        /// What it is for, in a few words.
        label: String,
    },
    /// A host makes a link under which the canvas can be read.
    Share {
        /// How much it shows.
        scope: Scope,
        /// The SHA-256 of the link's token, in hex; the token itself never comes here.
        hash: String,
        /// Until when; none: as long as is usual.
        until: Option<DateTime<Utc>>,
    },
    /// A host takes a link back.
    Unshare {
        /// Which.
        share: ShareId,
    },
    /// A host says which sections of the canvas outsiders may see; the set replaces what was there.
    Release {
        /// The sections' keys.
        sections: Vec<String>,
    },
    /// Somebody does something about a quick poll.
    Poll(PollAct),
    /// What somebody asks for with a nudge in hand.
    Nudging(super::nudge::Request),
    /// Somebody's marks among these cards; marks on others stay. For menus that hold a part of the table.
    MarkAmong {
        /// The ask's key.
        ask: String,
        /// The cards that were looked at.
        among: BTreeSet<CardId>,
        /// Those of them that are marked.
        cards: BTreeSet<CardId>,
    },
    /// A host enters what somebody said: marks, figures, answers, subject to approval or not, nominations, or a pass.
    For {
        /// Whose it is.
        person: PersonId,
        /// In a meeting or on the phone.
        via: Via,
        /// What they would have done themselves.
        act: Box<Act>,
    },
    /// A host sets a timer for a meeting: one post that counts down.
    Timer {
        /// How many minutes.
        minutes: u16,
    },
    /// A host says that a partner has left, with all its people. What they gave stays.
    PartnerLeaves {
        /// Which.
        partner: PartnerId,
    },
    /// Somebody says from a new account that they are a person who is in already.
    Claim {
        /// The account.
        account: AccountId,
        /// Whom they say they are.
        person: PersonId,
    },
    /// A host says whether a new account is that person's.
    Account {
        /// Whose it is said to be.
        person: PersonId,
        /// The account.
        account: AccountId,
        /// Yes or no.
        yes: bool,
    },
    /// A host lets somebody into a triad: from another one, or one who came late.
    IntoGroup {
        /// Whom.
        person: PersonId,
        /// Somebody who is in that triad.
        beside: PersonId,
    },
    /// A host joins two triads into one: for example two in which too few answer.
    JoinGroups {
        /// Somebody in the triad that stays.
        one: PersonId,
        /// Somebody in the other.
        other: PersonId,
    },
    /// A host words a sitting's opening post.
    Word(WordAct),
    /// A host has a hand on time.
    Time(TimeAct),
}
