//! Founding a partnership, and saying what it is about.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::Outcome;
use super::making::Making;
use crate::path::act::Founding;
use crate::path::board::{Board, NAME};
use crate::path::calendar;
use crate::path::card::{CardId, Text, Via};
use crate::path::change::Change;
use crate::path::notice::Notice;
use crate::path::people::{Level, Partner, PartnerId, Partnership, PartnershipId, Person, PersonId, Standing, Who};
use crate::path::plan::{ISSUE, List, Plan};
use crate::path::refusal::Refusal;
use crate::path::said::Said;
use crate::path::spot::Spot;
use crate::path::timetable::Timetable;
use crate::path::wording;

/// The most characters of a partnership's name.
pub const NAME_CHARS_MAX: u32 = 80;
/// The most characters of a focal issue: one or two sentences.
pub const ISSUE_CHARS_MAX: u32 = 300;
/// The most characters of the host's words of welcome.
pub const WELCOME_CHARS_MAX: u32 = 600;

/// A new partnership's board and what follows from its founding.
///
/// # Errors
/// The [`Refusal`] that says why there is none.
pub fn found(
    plan: Arc<Plan>,
    id: PartnershipId,
    founding: &Founding,
    who: &Who,
    now: DateTime<Utc>,
) -> Result<(Board, Outcome), Refusal> {
    let Who::Stranger { manager: true, .. } = who else { return Err(Refusal::NotAManager) };
    let issue = line(&founding.issue, "issue", ISSUE_CHARS_MAX)?;
    let (empty, mut making) = begin(plan, id, founding, now)?;
    lay_out(&mut making, &issue);
    making.notice(Notice::Board);
    making.notice(Notice::Room(Spot::Hosts));
    let partners: Vec<PartnerId> = making.board.partners_now().map(|partner| partner.id).collect();
    for partner in partners {
        making.notice(Notice::Room(Spot::Partner(partner)));
    }
    let said = Said::new("founded").with("name", &making.board.partnership.name);
    Ok((empty, making.done(said)))
}

/// A partnership's board and its first person, without a plan's cards.
pub(super) fn begin(
    plan: Arc<Plan>,
    id: PartnershipId,
    founding: &Founding,
    now: DateTime<Utc>,
) -> Result<(Board, Making), Refusal> {
    let partnership = Partnership {
        id,
        name: line(&founding.name, "name", NAME_CHARS_MAX)?,
        language: founding.language.clone(),
        house: founding.house,
        room: founding.room,
        welcome: String::new(),
        founded: now,
    };
    let zone = calendar::zone(&founding.zone).ok_or_else(|| Refusal::UnknownZone { zone: founding.zone.clone() })?;
    let empty = Board::new(partnership.clone(), plan);
    let mut making = Making::new(&empty, now);
    making.record(Change::Partnership(partnership));
    let partner = first_partner(&mut making, founding)?;
    first_host(&mut making, founding, partner, zone)?;
    Ok((empty, making))
}

/// Whoever sets a Path up in a room that knows them already becomes its first host there; the room gets
/// the Path's name and issue.
pub(super) fn steps_in(making: &mut Making, founding: &Founding, who: &Who) -> Result<PersonId, Refusal> {
    let manages = matches!(who, Who::Stranger { manager: true, .. });
    if !manages {
        return Err(Refusal::NotAManager);
    }
    let name = line(&founding.name, "name", NAME_CHARS_MAX)?;
    let zone = calendar::zone(&founding.zone).ok_or_else(|| Refusal::UnknownZone { zone: founding.zone.clone() })?;
    let words = line(&founding.issue, "issue", ISSUE_CHARS_MAX)?;
    let short = line(&founding.partner, "partner", NAME_CHARS_MAX)?;
    let row = Partnership { name, ..making.board.partnership.clone() };
    making.record(Change::Partnership(row));
    if let Some(mut card) = making.board.issue().cloned() {
        let fields = [(making.board.headline_of(&card).to_owned(), words)].into();
        card.texts.push(Text { fields, by: None, via: Via::Plan, at: making.now });
        making.record(Change::Card(card));
    }
    let partner = match super::people::partner_called(making, &short) {
        Some(known) => known.id,
        None => first_partner(making, founding)?,
    };
    let Some(known) = making.board.person_of(founding.account).cloned() else {
        first_host(making, founding, partner, zone)?;
        return making.board.person_of(founding.account).map(|host| host.id).ok_or(Refusal::NotAMember);
    };
    let id = known.id;
    let (level, standing) = (Level::Strategic, Standing::Present);
    let name = line(&founding.host, "host", NAME_CHARS_MAX)?;
    making.record(Change::Person(Person { name, partner, level, zone, host: true, standing, ..known }));
    Ok(id)
}

/// The partnership's plan becomes another that holds what was there; the new lists' cards are laid out.
pub(super) fn set_out(making: &mut Making, plan: Plan, lists: &[List]) {
    making.record(Change::Plan(Arc::new(plan)));
    lay_lists(making, lists);
    goes_by_itself(making);
}

fn first_partner(making: &mut Making, founding: &Founding) -> Result<PartnerId, Refusal> {
    let short = line(&founding.partner, "partner", NAME_CHARS_MAX)?;
    let id = PartnerId(making.number());
    making.record(Change::Partner(Partner {
        id,
        name: short.clone(),
        short,
        sector: String::new(),
        lag_days: 0,
        until: None,
    }));
    Ok(id)
}

fn first_host(making: &mut Making, founding: &Founding, partner: PartnerId, zone: String) -> Result<(), Refusal> {
    let host = Person {
        id: PersonId(making.number()),
        name: line(&founding.host, "host", NAME_CHARS_MAX)?,
        partner,
        level: Level::Strategic,
        zone,
        handle: founding.handle.clone(),
        host: true,
        standing: Standing::Present,
        accounts: BTreeSet::from([founding.account]),
        from: Some(making.now),
        until: None,
    };
    making.record(Change::Person(host));
    Ok(())
}

/// The cards that are there from the start: the focal issue and the plan's lists.
fn lay_out(making: &mut Making, issue: &str) {
    let card = making.new_card(ISSUE, ISSUE, issue, None);
    making.record(Change::Card(card));
    let plan = making.board.plan.clone();
    lay_lists(making, &plan.lists);
    goes_by_itself(making);
}

/// A road goes on by itself, unless hosts say otherwise.
fn goes_by_itself(making: &mut Making) {
    let timetable = Timetable { by_itself: true, ..making.board.timetable.clone() };
    making.record(Change::Timetable(timetable));
}

/// The cards of lists.
pub(super) fn lay_lists(making: &mut Making, lists: &[List]) {
    for list in lists {
        for item in &list.items {
            let mut card = making.new_card(&list.key, NAME, &item.name, None);
            card.item = Some(item.key.clone());
            if !item.line.is_empty() {
                card.texts[0].fields.insert("line".to_owned(), item.line.clone());
            }
            making.record(Change::Card(card));
        }
    }
}

/// A host changes the partnership's name, focal issue or words of welcome.
pub(super) fn describe(
    mut making: Making,
    who: &Who,
    name: Option<&String>,
    issue: Option<&String>,
    welcome: Option<&String>,
) -> Result<Outcome, Refusal> {
    let host = making.host(who)?;
    let mut row = making.board.partnership.clone();
    if let Some(name) = name {
        row.name = line(name, "name", NAME_CHARS_MAX)?;
    }
    if let Some(welcome) = welcome {
        row.welcome = within(wording::clean(welcome), "welcome", WELCOME_CHARS_MAX)?;
    }
    making.record(Change::Partnership(row));
    if let Some(issue) = issue {
        let words = line(issue, "issue", ISSUE_CHARS_MAX)?;
        let mut card = making.board.issue().cloned().ok_or(Refusal::CardGone)?;
        let fields = [(making.board.headline_of(&card).to_owned(), words)].into();
        card.texts.push(Text { fields, by: Some(host.id), via: Via::Button, at: making.now });
        making.record(Change::Card(card));
    }
    making.notice(Notice::Board);
    Ok(making.done(Said::new("described")))
}

/// One cleaned line that is not empty and not too long.
pub(super) fn line(text: &str, field: &str, chars_max: u32) -> Result<String, Refusal> {
    let clean = wording::clean(text).replace('\n', " ");
    if clean.is_empty() {
        return Err(Refusal::Empty { field: field.to_owned(), ask: String::new() });
    }
    within(clean, field, chars_max)
}

pub(super) fn within(text: String, field: &str, chars_max: u32) -> Result<String, Refusal> {
    let chars = wording::chars(&text);
    if chars > chars_max as usize {
        return Err(Refusal::TooLong { field: field.to_owned(), ask: String::new(), chars_max, chars });
    }
    Ok(text)
}

/// The focal issue's card and those of lists, for tests and the desk.
#[must_use]
pub fn by_plan(board: &Board, source: &str, item: &str) -> Option<CardId> {
    board.cards.values().find(|card| card.source == source && card.item.as_deref() == Some(item)).map(|card| card.id)
}
