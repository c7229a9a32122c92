//! Who comes, who is let in, who leaves.

use std::collections::BTreeSet;

use super::Outcome;
use super::changing::gone;
use super::founding::{NAME_CHARS_MAX, line};
use super::making::{Making, unknown};
use crate::path::act::{NewPartner, NewPerson};
use crate::path::calendar;
use crate::path::change::Change;
use crate::path::notice::Notice;
use crate::path::people::{AccountId, Level, Partner, PartnerId, Person, PersonId, Standing, Who};
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::spot::Spot;

/// A host enters partners and people; those already there are updated.
pub(super) fn enter(
    mut making: Making,
    who: &Who,
    partners: &[NewPartner],
    people: &[NewPerson],
) -> Result<Outcome, Refusal> {
    let host = making.host(who)?;
    for partner in partners {
        enter_partner(&mut making, partner)?;
    }
    for person in people {
        enter_person(&mut making, person, &host.zone)?;
    }
    making.notice(Notice::Board);
    Ok(making.done(Said::new("entered").with("partners", partners.len()).with("people", people.len())))
}

fn enter_partner(making: &mut Making, new: &NewPartner) -> Result<(), Refusal> {
    let short = line(&new.short, "partner", NAME_CHARS_MAX)?;
    let known = partner_called(making, &short).cloned();
    let is_new = known.is_none();
    let mut row = known.unwrap_or_else(|| Partner {
        id: PartnerId(making.number()),
        name: short.clone(),
        short,
        sector: String::new(),
        lag_days: 0,
        until: None,
    });
    if !new.name.trim().is_empty() {
        row.name = line(&new.name, "name", 120)?;
    }
    if !new.sector.trim().is_empty() {
        row.sector = line(&new.sector, "sector", NAME_CHARS_MAX)?;
    }
    row.lag_days = new.lag_days;
    let spot = Spot::Partner(row.id);
    making.record(Change::Partner(row));
    if is_new {
        making.notice(Notice::Room(spot));
    }
    Ok(())
}

fn enter_person(making: &mut Making, new: &NewPerson, zone_of_host: &str) -> Result<(), Refusal> {
    let name = line(&new.name, "name", NAME_CHARS_MAX)?;
    let partner = partner_called(making, new.partner.trim()).ok_or_else(|| unknown(&new.partner))?.id;
    let zone = match new.zone.trim() {
        "" => zone_of_host.to_owned(),
        typed => calendar::zone(typed).ok_or_else(|| Refusal::UnknownZone { zone: typed.to_owned() })?,
    };
    let known = making.board.people.values().find(|person| same(&person.name, &name)).cloned();
    let mut row = known.unwrap_or_else(|| Person {
        id: PersonId(making.number()),
        name,
        partner,
        level: new.level,
        zone: zone.clone(),
        handle: String::new(),
        host: false,
        standing: Standing::Invited,
        accounts: BTreeSet::new(),
        from: None,
        until: None,
    });
    row.partner = partner;
    row.level = new.level;
    row.zone = zone;
    row.host |= new.host;
    let handle = new.handle.trim().trim_start_matches('@').to_lowercase();
    if !handle.is_empty() {
        row.handle = handle;
    }
    making.record(Change::Person(row));
    Ok(())
}

/// *That's me*. Whoever the host expected under this account name is in at once; anyone else waits
/// for a host or a strategic colleague to say yes.
pub(super) fn join(
    making: Making,
    who: &Who,
    account: AccountId,
    handle: &str,
    person: PersonId,
    zone: &str,
) -> Result<Outcome, Refusal> {
    let mut row = making.person(person)?;
    free(&making, who, account, Some(&row))?;
    if row.standing == Standing::Observer {
        return Err(Refusal::Observer);
    }
    row.zone = calendar::zone(zone).ok_or_else(|| Refusal::UnknownZone { zone: zone.trim().to_owned() })?;
    row.accounts.insert(account);
    // Only a host's own entry says whom to expect; who asks by themselves is let in by somebody else.
    let expected = row.standing == Standing::Invited && !row.handle.is_empty() && row.handle == handle.to_lowercase();
    if expected || row.standing == Standing::Present {
        return Ok(let_in(making, row, "joined"));
    }
    row.standing = Standing::Asking;
    Ok(ask(making, row))
}

/// Somebody who is not on the list asks to join.
pub(super) fn ask_to_join(
    mut making: Making,
    who: &Who,
    account: AccountId,
    handle: &str,
    new: &NewPerson,
    partner: PartnerId,
) -> Result<Outcome, Refusal> {
    free(&making, who, account, None)?;
    if !making.board.partners_now().any(|known| known.id == partner) {
        return Err(unknown(partner));
    }
    let row = Person {
        id: PersonId(making.number()),
        name: line(&new.name, "name", NAME_CHARS_MAX)?,
        partner,
        level: new.level,
        zone: calendar::zone(&new.zone).ok_or_else(|| Refusal::UnknownZone { zone: new.zone.trim().to_owned() })?,
        handle: handle.to_lowercase(),
        host: false,
        standing: Standing::Asking,
        accounts: BTreeSet::from([account]),
        from: Some(making.now),
        until: None,
    };
    Ok(ask(making, row))
}

fn ask(mut making: Making, row: Person) -> Outcome {
    let said = Said::new("asked-to-join").with("name", &row.name);
    for spot in [Spot::Hosts, Spot::Partner(row.partner)] {
        making.notice(Notice::Asks { spot, person: row.id });
    }
    making.record(Change::Person(row));
    making.done(said)
}

/// The account must not be somebody else already, and the person not another account's.
fn free(making: &Making, who: &Who, account: AccountId, person: Option<&Person>) -> Result<(), Refusal> {
    let own = person.map(|person| person.id);
    if let Who::Person(id) = who
        && Some(*id) != own
    {
        return Err(Refusal::Taken);
    }
    let owner = making.board.person_of(account).filter(|owner| owner.standing != Standing::Left);
    if owner.is_some_and(|owner| Some(owner.id) != own) {
        return Err(Refusal::Taken);
    }
    let taken = |person: &Person| !person.accounts.is_empty() && !person.accounts.contains(&account);
    match person {
        Some(person) if person.standing == Standing::Left => Err(Refusal::HasLeft),
        Some(person) if taken(person) => Err(Refusal::Taken),
        _ => Ok(()),
    }
}

fn let_in(mut making: Making, mut row: Person, key: &str) -> Outcome {
    row.standing = Standing::Present;
    row.from = row.from.or(Some(making.now));
    making.notice(Notice::LetIn { spot: Spot::Partner(row.partner), person: row.id });
    if row.host {
        making.notice(Notice::LetIn { spot: Spot::Hosts, person: row.id });
    }
    making.notice(Notice::Board);
    let said = Said::new(key).with("name", &row.name).with("zone", &row.zone);
    making.record(Change::Person(row));
    making.done(said)
}

/// A host or a strategic colleague says yes or no to someone who asks.
pub(super) fn admit(mut making: Making, who: &Who, person: PersonId, yes: bool) -> Result<Outcome, Refusal> {
    let judge = making.giving(who)?;
    let mut row = making.person(person)?;
    let colleague = judge.partner == row.partner && judge.level == Level::Strategic;
    if !judge.host && !colleague {
        return Err(Refusal::HostsOnly);
    }
    if row.standing != Standing::Asking {
        return Err(unknown(&row.name));
    }
    if yes {
        let welcome = Said::new("admitted-you").with("name", &row.name);
        making.tell(row.id, welcome, None);
        return Ok(let_in(making, row, "admitted"));
    }
    row.accounts.clear();
    row.standing = if row.from.is_none() && row.until.is_none() { Standing::Invited } else { Standing::Left };
    let said = Said::new("declined-to-join").with("name", &row.name);
    making.record(Change::Person(row));
    Ok(making.done(said))
}

/// What may be changed about a person.
#[derive(Clone, Debug, Default)]
pub(super) struct Alteration<'a> {
    pub(super) level: Option<Level>,
    pub(super) zone: Option<&'a String>,
    pub(super) host: Option<bool>,
    pub(super) observer: Option<bool>,
}

/// A host changes a person; everybody may change their own zone.
pub(super) fn change(mut making: Making, who: &Who, person: PersonId, to: &Alteration<'_>) -> Result<Outcome, Refusal> {
    let actor = making.giving(who)?;
    let only_zone = to.level.is_none() && to.host.is_none() && to.observer.is_none();
    if !actor.host && !(only_zone && actor.id == person) {
        return Err(Refusal::HostsOnly);
    }
    let mut row = making.person(person)?;
    row.level = to.level.unwrap_or(row.level);
    if let Some(zone) = to.zone {
        row.zone = calendar::zone(zone).ok_or_else(|| Refusal::UnknownZone { zone: zone.trim().to_owned() })?;
    }
    if to.host == Some(false) {
        other_host(&making, person)?;
    }
    if let Some(host) = to.host {
        row.host = host;
        let person = row.id;
        let spot = Spot::Hosts;
        making.notice(if host { Notice::LetIn { spot, person } } else { Notice::LetOut { spot, person } });
    }
    if let Some(observer) = to.observer {
        row.standing = match (observer, row.accounts.is_empty()) {
            (true, _) => Standing::Observer,
            (false, true) => Standing::Invited,
            (false, false) => Standing::Present,
        };
    }
    let said = Said::new("changed").with("name", &row.name);
    making.record(Change::Person(row));
    Ok(making.done(said))
}

/// Somebody leaves. What they gave stays; hosts hear what is now in nobody's hands.
pub(super) fn leave(mut making: Making, who: &Who, person: PersonId) -> Result<Outcome, Refusal> {
    let actor = making.giving(who)?;
    if !actor.host && actor.id != person {
        return Err(Refusal::HostsOnly);
    }
    let row = making.person(person)?;
    if row.standing == Standing::Left {
        return Err(Refusal::HasLeft);
    }
    if row.host {
        other_host(&making, person)?;
    }
    let said = Said::new("left").with("name", &row.name);
    gone(&mut making, row);
    making.tell_hosts(said.clone());
    making.notice(Notice::Board);
    Ok(making.done(said))
}

fn other_host(making: &Making, person: PersonId) -> Result<(), Refusal> {
    let other = making.board.people.values().any(|other| other.host && other.id != person && other.takes_part());
    if other { Ok(()) } else { Err(Refusal::LastHost) }
}

pub(super) fn partner_called<'a>(making: &'a Making, name: &str) -> Option<&'a Partner> {
    making.board.partners_now().find(|partner| same(&partner.short, name) || same(&partner.name, name))
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
