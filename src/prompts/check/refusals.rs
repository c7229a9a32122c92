//! One of each refusal, to know which gaps its words may have.

use crate::path::{Refusal, Said};

/// What is said for each refusal that has gaps.
pub(super) fn said(key: &str) -> Option<Said> {
    with_gaps().into_iter().find(|refusal| refusal.key() == key).map(|refusal| refusal.said())
}

fn with_gaps() -> Vec<Refusal> {
    let word = || "x".to_owned();
    vec![
        Refusal::Unknown { what: word() },
        Refusal::SittingOver { sitting: word() },
        Refusal::UnknownZone { zone: word() },
        Refusal::NotOpenYet { ask: word() },
        Refusal::Closed { ask: word() },
        Refusal::TheirOwn { ask: word() },
        Refusal::AlreadyOpen { what: word() },
        Refusal::WrongKind { ask: word() },
        Refusal::First { ask: word() },
        Refusal::NotForYou { ask: word() },
        Refusal::Empty { field: word(), ask: word() },
        Refusal::TooLong { field: word(), ask: word(), chars_max: 140, chars: 150 },
        Refusal::Unreadable { field: word(), ask: word(), typed: word() },
        Refusal::PastDate { date: word() },
        Refusal::TooFarOff { date: word(), days_max: 366 },
        Refusal::TooManyLinks { most: 10 },
        Refusal::Enough { most: 3 },
        Refusal::BudgetSpent { pile: word(), budget: 3 },
        Refusal::NotOneSentence { sentences: 2 },
        Refusal::OutOfBounds { min: 3, max: 5, count: 6 },
        Refusal::Missing { have: 9, of: 13, partners: word() },
        Refusal::CheckFails { ask: word(), found: word() },
        Refusal::TooFewPeople { least: 3 },
        Refusal::UnreadableLine { line: 1, text: word() },
        Refusal::NothingObjected { ask: word() },
        Refusal::DecidedSince { ask: word() },
        Refusal::PartnerAsked { ask: word() },
        Refusal::RoundsOver { ask: word(), rounds: 3 },
        Refusal::NotBetween { field: word(), min: 2, max: 25, count: 1 },
        Refusal::Twice { text: word() },
        Refusal::SpeaksFor { partner: word() },
        Refusal::UnreadableDate { typed: word() },
        Refusal::TooSoon { ends_s: 1 },
        Refusal::NotLater { ends_s: 1 },
        Refusal::Paused { until_s: 1 },
        Refusal::FarDate { date: word(), days_max: 1 },
        Refusal::TooManyDaysOff { most: 1 },
        Refusal::GroupedAlready { name: word() },
        Refusal::UnderHeading { name: word() },
        Refusal::NotThere { name: word() },
        Refusal::HeadingTaken { name: word() },
        Refusal::TooManyHeadings { most: 25 },
    ]
}

/// A file with words for each refusal.
#[cfg(test)]
pub(super) fn said_all() -> String {
    Refusal::KEYS.iter().map(|key| format!("## {key}\nNo\n\n")).collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_stands_here_once_at_most_and_is_known() {
        let keys: Vec<&str> = with_gaps().iter().map(Refusal::key).collect();
        for key in &keys {
            assert!(Refusal::KEYS.contains(key), "{key}");
            assert_eq!(keys.iter().filter(|other| other == &key).count(), 1, "{key}");
        }
    }
}
