//! What hosts do about time: a list of its own beside [`super::deeds`], because a menu and a command take only 25.
//! The desk has a menu for it, and there is `/time`.

use super::deeds::{Args, Does, Kind, Step, Typed};
use super::press::Deed;
use crate::path::{Act, Refusal, TimeAct};

/// What hosts do about time.
pub const TIMES: [Kind; 13] = [
    Kind { name: "by-itself", steps: &[Step::Verdict] },
    Kind { name: "pace", steps: &[Step::Pace] },
    Kind { name: "days", steps: &[Step::NewSitting, Step::Words("days", false)] },
    Kind { name: "opens", steps: &[Step::NewSitting, Step::Words("opens", false)] },
    Kind { name: "first", steps: &[Step::NewSitting] },
    Kind { name: "extend", steps: &[Step::OpenSitting, Step::Words("until", false)] },
    Kind { name: "pause", steps: &[Step::Words("until", false)] },
    Kind { name: "resume", steps: &[] },
    Kind { name: "skip", steps: &[Step::NewSitting, Step::Words("why-skip", true)] },
    Kind { name: "reopen", steps: &[Step::ClosedSitting, Step::Words("why-again", true)] },
    Kind { name: "days-off", steps: &[Step::Words("days-off", true)] },
    Kind { name: "weekly", steps: &[] },
    Kind { name: "events", steps: &[] },
];

/// The sittings' own days, among paces.
pub const OWN_PACE: &str = "standard";

/// What a deed about time comes to.
pub(super) fn does(deed: &Deed, typed: Typed<'_>) -> Result<Does, Refusal> {
    let args = Args { deed };
    let words = || typed.words.trim().to_owned();
    let act = match deed.name.as_str() {
        "by-itself" => TimeAct::ByItself(args.key(0)? == "yes"),
        "pace" => TimeAct::Pace { pace: Some(args.key(0)?).filter(|pace| pace != OWN_PACE) },
        "days" => TimeAct::Days { sitting: args.key(0)?, days: words() },
        "opens" => TimeAct::Date { sitting: args.key(0)?, date: words() },
        "first" => TimeAct::First { sitting: args.key(0)? },
        "extend" => TimeAct::Extend { sitting: args.key(0)?, until: words() },
        "pause" => TimeAct::Pause { until: words() },
        "resume" => TimeAct::Resume,
        "weekly" => TimeAct::Weekly,
        // Whether it is allowed there is looked up before it is done.
        "events" => TimeAct::Occasions { barred: false },
        "skip" => TimeAct::LeaveOut { sitting: args.key(0)?, because: words() },
        "reopen" => TimeAct::Reopen { sitting: args.key(0)?, because: words() },
        "days-off" => TimeAct::DaysOff { days: words() },
        other => return Err(Refusal::Unknown { what: other.to_owned() }),
    };
    Ok(Does::Act(Act::Time(act)))
}
