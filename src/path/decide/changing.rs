//! People change: a partner leaves, somebody comes back with a new account.

use super::Outcome;
use super::making::{Making, unknown};
use crate::path::change::Change;
use crate::path::giver;
use crate::path::notice::Notice;
use crate::path::people::{AccountId, Partner, PartnerId, Person, PersonId, Standing, Who};
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::spot::Spot;

/// A partner leaves with all its people. Quorum and triads go on without them; their cards stay.
pub(super) fn partner_leaves(mut making: Making, who: &Who, id: PartnerId) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let now = |partner: &&Partner| partner.until.is_none();
    let partner = making.board.partners.get(&id).filter(now).cloned().ok_or_else(|| unknown(id))?;
    let here = |person: &&Person| person.partner == id && person.standing != Standing::Left;
    let people: Vec<Person> = making.board.people.values().filter(here).cloned().collect();
    let stays = |person: &Person| person.host && person.takes_part() && person.partner != id;
    if !making.board.people.values().any(stays) {
        return Err(Refusal::LastHost);
    }
    let said = Said::new("partner-left").with("partner", &partner.short);
    for person in people {
        gone(&mut making, person);
    }
    making.record(Change::Partner(Partner { until: Some(making.now), ..partner }));
    making.tell_hosts(said.clone());
    making.notice(Notice::Board);
    Ok(making.done(said))
}

/// Somebody is out: of the list, of every room.
pub(super) fn gone(making: &mut Making, row: Person) {
    let person = row.id;
    let mut rooms = vec![Spot::Partner(row.partner)];
    rooms.extend(row.host.then_some(Spot::Hosts));
    rooms.extend(giver::group_of(&making.board, person).map(Spot::Group));
    let until = Some(making.now);
    making.record(Change::Person(Person { standing: Standing::Left, until, host: false, ..row }));
    for spot in rooms {
        making.notice(Notice::LetOut { spot, person });
    }
}

/// Somebody says from a new account that they are a person who is in already: the hosts are asked.
pub(super) fn claim(mut making: Making, who: &Who, account: AccountId, person: PersonId) -> Result<Outcome, Refusal> {
    let Who::Stranger { .. } = who else { return Err(Refusal::Taken) };
    let row = making.person(person)?;
    if !row.takes_part() || making.board.person_of(account).is_some() {
        return Err(Refusal::Taken);
    }
    making.notice(Notice::Claims { person, account });
    Ok(making.done(Said::new("claimed").with("name", &row.name)))
}

/// A host says whether a new account is that person's. The old one stays theirs too.
pub(super) fn account(
    mut making: Making,
    who: &Who,
    person: PersonId,
    account: AccountId,
    yes: bool,
) -> Result<Outcome, Refusal> {
    making.host(who)?;
    let mut row = making.person(person)?;
    if !yes {
        return Ok(making.done(Said::new("claim-declined").with("name", &row.name)));
    }
    if !row.takes_part() || making.board.person_of(account).is_some_and(|owner| owner.id != person) {
        return Err(Refusal::Taken);
    }
    row.accounts.insert(account);
    let mut rooms = vec![Spot::Partner(row.partner)];
    rooms.extend(row.host.then_some(Spot::Hosts));
    rooms.extend(giver::group_of(&making.board, person).map(Spot::Group));
    for spot in rooms {
        making.notice(Notice::LetIn { spot, person });
    }
    let said = Said::new("claim-granted").with("name", &row.name);
    making.record(Change::Person(row));
    Ok(making.done(said))
}
