//! Changes: one fact to record each. The same change drives the board in memory and the tables.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::approval::{Approval, ApprovalId};
use super::card::{Card, Draft, Link, LinkId};
use super::cluster::Cluster;
use super::entered::Entered;
use super::figure::{Decision, Figure, FigureKey, Tally};
use super::group::Group;
use super::people::{Partner, Partnership, Person, PersonId, RoomId};
use super::plan::Plan;
use super::reopening::{Plea, PleaId};
use super::share::{Release, Share};
use super::spot::Spot;
use super::timetable::Timetable;
use super::version::Version;
use super::window::{Given, Giver, Window, WindowId};
use super::word::Word;

/// One fact to record. Those that carry a whole thing put it in place of the one with its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// The partnership's own row; the first one carries the plan with it.
    Partnership(Partnership),
    /// A partner.
    Partner(Partner),
    /// A person, with their accounts.
    Person(Person),
    /// A window; its slate and drafters with it.
    Window(Window),
    /// A card, with all its wordings (they only ever grow, except by erasure).
    Card(Card),
    /// All cards given in a window are gone, with their links: an unnamed ask has closed, and they
    /// come back without author and time.
    CardsGone(WindowId),
    /// A link.
    Link(Link),
    /// A link is gone.
    LinkGone(LinkId),
    /// A group of cards, with all its headings.
    Cluster(Cluster),
    /// A figure stands. `secret` ones are ballots: they lie in a table of their own.
    Figure {
        /// The figure.
        figure: Figure,
        /// Whether it is a ballot.
        secret: bool,
    },
    /// A figure is taken back.
    FigureGone {
        /// Which.
        key: FigureKey,
        /// Whether it was a ballot.
        secret: bool,
    },
    /// All ballots of a window are gone: it has closed, and only counts remain.
    BallotsGone(WindowId),
    /// A count.
    Tally(Tally),
    /// That somebody has given.
    Given(Given),
    /// A triad, with its members.
    Group(Group),
    /// A triad is gone: the host had them made again.
    GroupGone(super::group::GroupId),
    /// Something was settled.
    Decision(Decision),
    /// A draft is kept.
    Draft(Draft),
    /// A draft is gone: it was given, or dropped.
    DraftGone {
        /// Whose.
        person: PersonId,
        /// For which ask.
        ask: String,
    },
    /// A room came to be.
    Room {
        /// For what.
        spot: Spot,
        /// Which.
        room: RoomId,
    },
    /// A snapshot of the canvas, or a published version.
    Version(Version),
    /// A link under which the canvas can be read, new or taken back.
    Share(Share),
    /// Which sections outsiders may see from now on.
    Release(Release),
    /// The plan, which gained something: a quick poll, or a whole road.
    Plan(Arc<Plan>),
    /// A word from a host, for a sitting that has not opened.
    Word(Word),
    /// A host took their word for this sitting back.
    WordGone(String),
    /// A host's text in the place of a sitting's invitation.
    Invitation(Word),
    /// The invitation of this sitting is that of the words files again.
    InvitationGone(String),
    /// What hosts say about time, whole.
    Timetable(Timetable),
    /// A host entered something for somebody.
    Entered(Entered),
    /// Whoever it was entered for has given by themselves.
    EnteredGone {
        /// In which window.
        window: WindowId,
        /// In whose name.
        giver: Giver,
    },
    /// Somebody asks to open a settled choice again, or it was opened because of that.
    Plea(Plea),
    /// They took that back.
    PleaGone(PleaId),
    /// Something stands subject to a partner's approval, or its house said what it thinks.
    Approval(Approval),
    /// It needs no approval after all.
    ApprovalGone(ApprovalId),
    /// The next number to be given; the last change of every outcome that took one.
    Next(i64),
    /// About nudges.
    Nudging(super::nudge::Fact),
}
