//! Who asked to open a settled choice again, and what was opened because of it.

use std::collections::BTreeMap;

use crate::path::{DecisionId, PartnershipId, PersonId, Plea, PleaId, WindowId};
use crate::store::cell::cells;
use crate::store::column::time;
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

statements! {
    PUT = "insert into plea (partnership, id, decision, by_person, reason, at_ms, opened)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (partnership, id) do update set decision = excluded.decision, by_person = excluded.by_person,
            reason = excluded.reason, at_ms = excluded.at_ms, opened = excluded.opened";
    REMOVE = "delete from plea where partnership = $1 and id = $2";
    ALL_PLEAS = "select id, decision, by_person, reason, at_ms, opened from plea where partnership = $1";
}

pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Plea) -> Result<(), StoreError> {
    tx.run(PUT, cells![id, row.id, row.decision, row.by, &row.reason, row.at, row.opened]).await?;
    Ok(())
}

pub(super) async fn remove(tx: &mut Tx, id: PartnershipId, plea: PleaId) -> Result<(), StoreError> {
    tx.run(REMOVE, cells![id, plea]).await?;
    Ok(())
}

pub(super) async fn all(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<PleaId, Plea>, StoreError> {
    type Row = (i64, i64, Option<i64>, String, i64, Option<i64>);
    let plea = |(id, decision, by, reason, at_ms, opened): Row| {
        let (id, at) = (PleaId(id), time("plea", at_ms)?);
        let (by, opened) = (by.map(PersonId), opened.map(WindowId));
        Ok((id, Plea { id, decision: DecisionId(decision), by, reason, at, opened }))
    };
    tx.all::<Row>(ALL_PLEAS, cells![id]).await?.into_iter().map(plea).collect()
}
