//! What follows from one act, or why the Path refuses it.
//!
//! One function an act; this file only says which. Each works on an outcome in the making
//! ([`making`]): the board as it becomes, the facts to record, the things to say.

mod adding;
mod advancing;
mod approving;
mod arranging;
mod changing;
mod closing;
mod clustering;
mod consenting;
mod drafting;
mod entering;
mod fields;
mod figuring;
mod founding;
mod giving;
mod grouping;
mod joining;
mod making;
mod nudging;
mod occasions;
mod opening;
mod pacing;
mod pausing;
mod people;
mod polling;
mod public;
mod reopening;
mod sharing;
mod skipping;
mod timing;
mod tree;
mod weekly;
mod word;

use chrono::{DateTime, Utc};

use self::making::Making;
use super::act::Act;
use super::board::Board;
use super::change::Change;
use super::notice::Notice;
use super::people::Who;
use super::refusal::Refusal;
use super::said::{Reply, Said};
use super::timetable::TimeAct;
use super::window::How;

pub use self::arranging::WORDING_CHARS_MAX;
pub use self::clustering::HEADING_CHARS_MAX;
pub use self::figuring::REMARK_CHARS_MAX;
pub use self::founding::{ISSUE_CHARS_MAX, NAME_CHARS_MAX, WELCOME_CHARS_MAX, by_plan, found};
pub use self::pacing::DAYS_MAX;
pub use self::polling::{CHOICE_CHARS_MAX, QUESTION_CHARS_MAX, found_poll, grow};
pub use self::public::{GUESTS, PUBLIC_DAYS_MAX};
pub use self::sharing::{SHARE_DAYS, SHARE_DAYS_MAX, SHARES_MAX};
pub use self::tree::DEPTH_MAX;
pub use self::word::{INVITATION_CHARS_MAX, WORD_CHARS_MAX};

/// What follows from an act.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Facts to record.
    pub changes: Vec<Change>,
    /// Things to say because of it.
    pub notices: Vec<Notice>,
    /// What the one who acted is told.
    pub reply: Reply,
}

/// What follows from one act, or why the Path refuses it. Pure: the caller brings the board and
/// the moment at which the person acted.
///
/// # Errors
/// The [`Refusal`] that says why nothing follows.
pub fn decide(board: &Board, who: &Who, act: &Act, now: DateTime<Utc>) -> Result<Outcome, Refusal> {
    let making = Making::new(board, now);
    match act {
        Act::Found(_) => Err(Refusal::PartnershipExists),
        Act::Describe { .. }
        | Act::Enter { .. }
        | Act::Join { .. }
        | Act::AskToJoin { .. }
        | Act::Admit { .. }
        | Act::Change { .. }
        | Act::Leave { .. }
        | Act::PartnerLeaves { .. }
        | Act::Claim { .. }
        | Act::Account { .. } => about_people(making, who, act),
        Act::Give(giving) => giving::give(making, who, giving),
        Act::KeepDraft { ask, fields } => giving::keep_draft(making, who, ask, fields),
        Act::Withdraw { card } => giving::withdraw(making, who, *card),
        Act::Pass { ask } => giving::without_words(making, who, ask, How::Passed),
        Act::Done { ask } => giving::without_words(making, who, ask, How::Told),
        Act::Waive { ask, person, partner } => giving::waive(making, who, ask, *person, *partner),
        Act::Confirm { card, yes } => giving::confirm(making, who, *card, *yes),
        Act::For { person, via, act } => entering::enter(making, who, *person, *via, act),
        Act::Mark { ask, cards } => figuring::mark(making, who, ask, cards),
        Act::MarkAmong { ask, among, cards } => figuring::mark_among(making, who, ask, among, cards),
        Act::Answer { ask, card, value, note, proposal } => {
            let said = figuring::Spoken { value: *value, note, proposal };
            figuring::answer(making, who, ask, *card, &said)
        }
        Act::Consent(act) => consenting::consent(making, who, act),
        Act::Assign { ask, about, card } => figuring::assign(making, who, ask, *about, *card),
        Act::Place { ask, pile, card, count } => figuring::place(making, who, ask, pile, *card, *count),
        _ => about_the_path(making, who, act),
    }
}

fn about_people(making: Making, who: &Who, act: &Act) -> Result<Outcome, Refusal> {
    match act {
        Act::Describe { name, issue, welcome } => {
            founding::describe(making, who, name.as_ref(), issue.as_ref(), welcome.as_ref())
        }
        Act::Enter { partners, people } => people::enter(making, who, partners, people),
        Act::Join { account, handle, person, zone } => people::join(making, who, *account, handle, *person, zone),
        Act::AskToJoin { account, handle, name, partner, level, zone } => {
            let new = super::act::NewPerson {
                name: name.clone(),
                partner: String::new(),
                level: *level,
                zone: zone.clone(),
                handle: handle.clone(),
                host: false,
            };
            people::ask_to_join(making, who, *account, handle, &new, *partner)
        }
        Act::Admit { person, yes } => people::admit(making, who, *person, *yes),
        Act::Change { person, level, zone, host, observer } => {
            let to = people::Alteration { level: *level, zone: zone.as_ref(), host: *host, observer: *observer };
            people::change(making, who, *person, &to)
        }
        Act::Leave { person } => people::leave(making, who, *person),
        Act::PartnerLeaves { partner } => changing::partner_leaves(making, who, *partner),
        Act::Claim { account, person } => changing::claim(making, who, *account, *person),
        Act::Account { person, account, yes } => changing::account(making, who, *person, *account, *yes),
        _ => Err(Refusal::HostsOnly),
    }
}

fn about_the_path(making: Making, who: &Who, act: &Act) -> Result<Outcome, Refusal> {
    match act {
        Act::Open { sitting } => opening::open(making, who, sitting),
        Act::OpenAsk { ask, because, slate, about } => {
            opening::open_ask(making, who, ask, &opening::Again { alone: true, because, slate, about })
        }
        Act::Close { sitting, despite } => closing::close(making, who, sitting, despite.as_deref()),
        Act::CloseAsk { ask, despite } => closing::close_ask(making, who, ask, despite.as_deref()),
        Act::ClosePhase { phase, despite } => closing::close_phase(making, who, phase, despite.as_deref()),
        Act::Publish { label } => closing::publish(making, who, label),
        Act::Share { scope, hash, until } => sharing::share(making, who, *scope, hash, *until),
        Act::Unshare { share } => sharing::unshare(making, who, *share),
        Act::Release { sections } => sharing::release(making, who, sections),
        Act::Under { card, parent } => tree::under(making, who, *card, *parent),
        Act::Cross { from, to } => tree::cross(making, who, *from, *to),
        Act::Split { link } => tree::split(making, who, *link),
        Act::Joining(act) => joining::decide(making, who, act),
        Act::Clustering(act) => clustering::decide(making, who, act),
        Act::Keep { ask, about, cards, despite } => {
            arranging::keep(making, who, ask, *about, cards, despite.as_deref())
        }
        Act::Reword { ask, card, text } => arranging::reword(making, who, ask, *card, text),
        Act::Park { card, reason } => arranging::park(making, who, *card, reason.as_deref()),
        Act::Dispute { card } => arranging::dispute(making, who, *card),
        Act::Drafters { ask, people } => drafting::drafters(making, who, ask, people),
        Act::MakeGroups { ask, seed } => grouping::make(making, who, ask, *seed),
        Act::Timer { minutes } => opening::timer(making, who, *minutes),
        Act::Swap { one, other } => grouping::swap(making, who, *one, *other),
        Act::Poll(act) => polling::decide(making, who, act),
        Act::IntoGroup { person, beside } => grouping::into(making, who, *person, *beside),
        Act::JoinGroups { one, other } => grouping::join(making, who, *one, *other),
        Act::Word(act) => word::decide(making, who, act),
        Act::Time(act) => about_time(making, who, act),
        _ => by_the_clock(making, who, act),
    }
}

fn about_time(making: Making, who: &Who, act: &TimeAct) -> Result<Outcome, Refusal> {
    match act {
        TimeAct::Extend { sitting, until } => pausing::extend(making, who, sitting, until),
        TimeAct::Pause { until } => pausing::pause(making, who, until),
        TimeAct::Resume => pausing::resume(making, who),
        TimeAct::Weekly => weekly::switch(making, who),
        TimeAct::Occasions { barred } => occasions::switch(making, who, *barred),
        TimeAct::Barred(barred) => occasions::bar(making, who, *barred),
        TimeAct::DaysOff { days } => pausing::days_off(making, who, days),
        TimeAct::LeaveOut { sitting, because } => skipping::leave_out(making, who, sitting, because),
        TimeAct::ByItself(yes) => pacing::by_itself(making, who, *yes),
        TimeAct::Pace { pace } => pacing::pace(making, who, pace.as_deref()),
        TimeAct::Days { sitting, days } => pacing::days(making, who, sitting, days),
        TimeAct::Date { sitting, date } => pacing::opens(making, who, sitting, date),
        TimeAct::First { sitting } => pacing::first(making, who, sitting),
        TimeAct::Reopen { sitting, because } => skipping::reopen(making, who, sitting, because),
    }
}

/// What nobody may do but the program itself.
fn by_the_clock(mut making: Making, who: &Who, act: &Act) -> Result<Outcome, Refusal> {
    match (who, act) {
        (Who::Clock, Act::TimePassed) => Ok(timing::time_passed(making)),
        (_, Act::Nudging(request)) => nudging::request(making, who, request),
        (Who::Clock, Act::Room { place, room }) => {
            making.record(Change::Room { spot: place.clone(), room: *room });
            Ok(making.done(Said::new("room")))
        }
        _ => Err(Refusal::HostsOnly),
    }
}

#[cfg(test)]
mod tests;
