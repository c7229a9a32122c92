//! The domain: the Path of Joint Action as data and rules.
//!
//! A partnership is one board. People act on it; [`decide()`] says what follows, or why not; the
//! changes are applied in memory and written to tables; [`view()`] says what one may see of it.
//! Pure: no waiting, no reading or writing, no clock, no chance but a seed that lies in the act.
//!
//! The words are the field's own: *Act, Change, Notice, Refusal* instead of command, event,
//! message and error, because the place where people meet already owns those.

pub mod act;
pub mod addition;
pub mod alike;
pub mod approval;
pub mod became;
pub mod board;
pub mod calendar;
pub mod card;
pub mod change;
pub mod checks;
pub mod cluster;
pub mod coming;
pub mod consent;
pub mod decide;
pub mod drafting;
pub mod entered;
pub mod figure;
pub mod giver;
pub mod group;
pub mod joining;
pub mod links;
mod material;
pub mod notice;
pub mod nudge;
pub mod nudging;
pub mod occasion;
mod outside;
mod past;
pub mod people;
pub mod plan;
pub mod poll;
pub mod readiness;
pub mod refusal;
pub mod reopening;
pub mod rewording;
pub mod rounds;
pub mod said;
pub mod share;
pub mod speaking;
pub mod spot;
pub mod table;
pub mod tally;
pub mod themes;
pub mod timetable;
pub mod timing;
pub mod triads;
mod typed;
pub mod version;
pub mod view;
pub mod waiting;
pub mod weekly;
pub mod window;
pub mod word;
pub mod wording;

pub use act::{Act, Founding, Giving, NewPartner, NewPerson};
pub use approval::{Approval, ApprovalId, Approving};
pub use board::Board;
pub use card::{Card, CardId, CardState, Confirmed, Draft, Link, LinkId, Text, Via};
pub use change::Change;
pub use cluster::{Cluster, ClusterId, Clustering, Heading};
pub use consent::Consenting;
pub use decide::{Outcome, decide, found, found_poll, grow};
pub use entered::Entered;
pub use figure::{Decision, DecisionId, Figure, FigureKey, Settled, Tally, Value};
pub use group::{Group, GroupId};
pub use joining::Joining;
pub use links::Links;
pub use notice::Notice;
pub use nudge::{Nudge, Reach, Stage};
pub use occasion::{Entry, Occasion, Occasions};
pub use people::{
    AccountId, Level, Partner, PartnerId, Partnership, PartnershipId, Person, PersonId, RoomId, Standing, Who,
};
pub use plan::Plan;
pub use poll::{Arrival, PollAct, Polling};
pub use refusal::Refusal;
pub use reopening::{Plea, PleaId, Reopening};
pub use said::{Next, Reply, Said};
pub use share::{Release, ReleaseId, Scope, Share, ShareId};
pub use spot::Spot;
pub use timetable::{LeftOut, Past, Pause, TimeAct, Timetable};
pub use version::{Gathered, Joint, Version, VersionId};
pub use view::{View, Viewer, view, view_at};
pub use window::{Given, Giver, How, Window, WindowId, WindowState};
pub use word::{Word, WordAct};
