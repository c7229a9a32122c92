//! Who is asked, who has given, and whether that is enough.

use super::board::Board;
use super::people::{PartnerId, Person, PersonId};
use super::plan::{Ask, By, Kind};
use super::window::{Given, Giver, How, Window, WindowId};

/// How far a window has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Those who gave, passed, told or were let off.
    pub done: usize,
    /// Of these, those who gave: a number that says nobody's name.
    pub gave: usize,
    /// Those who were asked.
    pub of: usize,
    /// Those who are still to come.
    pub missing: Vec<Giver>,
    /// Partners of whom nobody has given.
    pub partners_missing: Vec<PartnerId>,
}

impl Progress {
    /// Two thirds of those asked, and one person of each partner (method, rule 4 of section 3).
    #[must_use]
    pub fn has_quorum(&self) -> bool {
        self.done * 3 >= self.of * 2 && self.partners_missing.is_empty()
    }
}

/// Everybody who is asked in a window.
#[must_use]
pub fn asked(board: &Board, window: &Window) -> Vec<Giver> {
    let Some(ask) = board.plan.ask(&window.ask) else { return Vec::new() };
    let elsewhere = board.plan.poll(&ask.key).is_some_and(|poll| poll.public);
    if ask.kind == Kind::Groups || ask.kind == Kind::Tree || elsewhere {
        return Vec::new();
    }
    match ask.by {
        By::Each => board.counting().map(|person| Giver::Person(person.id)).collect(),
        By::Partner => board
            .partners_now()
            .filter(|partner| window.about.is_empty() || window.about.contains(&partner.id))
            .map(|partner| Giver::Partner(partner.id))
            .collect(),
        By::Group => {
            board.groups.values().filter(|group| is_peopled(board, group)).map(|group| Giver::Group(group.id)).collect()
        }
        By::Drafters => window.drafters.iter().map(|person| Giver::Person(*person)).collect(),
        By::Host => board.counting().filter(|person| person.host).take(1).map(|p| Giver::Person(p.id)).collect(),
        By::Owner => Vec::new(),
    }
}

/// Whether anybody is left in a triad.
fn is_peopled(board: &Board, group: &super::group::Group) -> bool {
    group.members.iter().any(|member| board.people.get(member).is_some_and(Person::counts))
}

/// In whose name a person gives to an ask; none if it is not for them.
#[must_use]
pub fn giver(board: &Board, ask: &Ask, window: &Window, person: &Person) -> Option<Giver> {
    match ask.by {
        By::Each | By::Owner => Some(Giver::Person(person.id)),
        By::Partner => Some(Giver::Partner(person.partner)),
        By::Group => group_of(board, person.id).map(Giver::Group),
        By::Drafters => window.drafters.contains(&person.id).then_some(Giver::Person(person.id)),
        By::Host => person.host.then_some(Giver::Person(person.id)),
    }
}

/// Whether a person has skipped an ask for themselves. A colleague's skip leaves it open to the others.
#[must_use]
pub fn skipped(board: &Board, window: WindowId, person: PersonId) -> bool {
    board.given.contains_key(&(window, Giver::Person(person)))
}

/// The triad a person belongs to.
#[must_use]
pub fn group_of(board: &Board, person: PersonId) -> Option<super::group::GroupId> {
    board.groups.values().find(|group| group.members.contains(&person)).map(|group| group.id)
}

/// Whether a giver has given, passed, told or was let off.
#[must_use]
pub fn given(board: &Board, window: WindowId, giver: Giver) -> Option<&Given> {
    board.given.get(&(window, giver))
}

/// How far a window has come. One drafter is enough for all.
#[must_use]
pub fn progress(board: &Board, window: &Window) -> Progress {
    let asked = asked(board, window);
    let (done, missing): (Vec<Giver>, Vec<Giver>) =
        asked.iter().partition(|giver| board.given.contains_key(&(window.id, **giver)));
    let drafted = board.plan.ask(&window.ask).is_some_and(|ask| ask.by == By::Drafters) && !done.is_empty();
    let heard: Vec<PartnerId> = done.iter().filter_map(|giver| partner_of(board, *giver)).collect();
    let partners_missing = missing
        .iter()
        .filter_map(|giver| partner_of(board, *giver))
        .filter(|partner| !heard.contains(partner))
        .collect::<std::collections::BTreeSet<_>>();
    Progress {
        done: if drafted { asked.len() } else { done.len() },
        gave: board.given.values().filter(|given| given.window == window.id && given.how == How::Gave).count(),
        of: asked.len(),
        missing: if drafted { Vec::new() } else { missing },
        partners_missing: if drafted { Vec::new() } else { partners_missing.into_iter().collect() },
    }
}

fn partner_of(board: &Board, giver: Giver) -> Option<PartnerId> {
    match giver {
        Giver::Person(person) => board.people.get(&person).map(|person| person.partner),
        Giver::Partner(partner) => Some(partner),
        Giver::Group(_) => None,
    }
}
