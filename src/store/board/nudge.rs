//! Nudges: who was nudged, when hosts were told, better days, and where people want to be nudged.

use std::collections::{BTreeMap, BTreeSet};

use crate::path::nudge::{Fact, Nudge, Nudging, Wish};
use crate::path::{PartnershipId, PersonId, Reach};
use crate::store::cell::{cells, spell};
use crate::store::column::{time, word};
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

statements! {
    PUT_NUDGE = "insert into nudge (partnership, person, at_ms, sitting, stage) values ($1, $2, $3, $4, $5)
        on conflict (partnership, person, at_ms, sitting) do update set stage = excluded.stage";
    DROP_NUDGE = "delete from nudge where partnership = $1 and person = $2 and at_ms = $3";
    NUDGES = "select person, at_ms, sitting, stage from nudge where partnership = $1";
    PUT_TOLD = "insert into hosts_told (partnership, sitting, at_ms) values ($1, $2, $3)
        on conflict (partnership, sitting, at_ms) do nothing";
    ALL_TOLD = "select sitting, at_ms from hosts_told where partnership = $1";
    PUT_WISH = "insert into better_day (partnership, person, sitting, day, at_ms) values ($1, $2, $3, $4, $5)
        on conflict (partnership, person, sitting) do update set day = excluded.day, at_ms = excluded.at_ms";
    WISHES = "select person, sitting, day, at_ms from better_day where partnership = $1";
    PUT_REACH = "insert into reach (partnership, person, reach) values ($1, $2, $3)
        on conflict (partnership, person) do update set reach = excluded.reach";
    REACHES = "select person, reach from reach where partnership = $1";
}

pub(super) async fn put(tx: &mut Tx, id: PartnershipId, fact: &Fact) -> Result<(), StoreError> {
    match fact {
        Fact::Nudged(row) => {
            let cells = cells![id, row.person, row.at, &row.sitting, spell(&row.stage)];
            tx.run(PUT_NUDGE, cells).await?;
        }
        Fact::Unsaid { person, at } => {
            tx.run(DROP_NUDGE, cells![id, *person, *at]).await?;
        }
        Fact::Told { sitting, at } => {
            tx.run(PUT_TOLD, cells![id, sitting, *at]).await?;
        }
        Fact::Wish(row) => {
            tx.run(PUT_WISH, cells![id, row.person, &row.sitting, row.day.to_string(), row.at]).await?;
        }
        Fact::Reach { person, reach } => {
            tx.run(PUT_REACH, cells![id, *person, spell(reach)]).await?;
        }
    }
    Ok(())
}

pub(super) async fn all(tx: &mut Tx, id: PartnershipId) -> Result<Nudging, StoreError> {
    let mut nudges = BTreeSet::new();
    for (person, at_ms, sitting, stage) in tx.all::<(i64, i64, String, String)>(NUDGES, cells![id]).await? {
        let (person, at, stage) = (PersonId(person), time("nudge", at_ms)?, word("nudge", stage)?);
        nudges.insert(Nudge { person, at, sitting, stage });
    }
    let mut told = BTreeSet::new();
    for (sitting, at_ms) in tx.all::<(String, i64)>(ALL_TOLD, cells![id]).await? {
        told.insert((sitting, time("hosts_told", at_ms)?));
    }
    let mut wishes = BTreeMap::new();
    for (person, sitting, day, at_ms) in tx.all::<(i64, String, String, i64)>(WISHES, cells![id]).await? {
        let corrupt = StoreError::Corrupt { table: "better_day", why: "a day is no date" };
        let (person, day, at) = (PersonId(person), day.parse().map_err(|_| corrupt)?, time("better_day", at_ms)?);
        wishes.insert((person, sitting.clone()), Wish { person, sitting, day, at });
    }
    let mut reaches = BTreeMap::new();
    for (person, reach) in tx.all::<(i64, String)>(REACHES, cells![id]).await? {
        reaches.insert(PersonId(person), word::<Reach>("reach", reach)?);
    }
    Ok(Nudging { nudges, told, wishes, reaches })
}
