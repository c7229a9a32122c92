//! What hosts entered for others.

use std::collections::BTreeMap;

use crate::path::{Entered, Giver, PartnershipId, PersonId, WindowId};
use crate::store::cell::{cells, spell};
use crate::store::column::{time, word};
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

use super::window::{giver, giver_cells};

statements! {
    PUT = "insert into entered (partnership, window_, giver_kind, giver, by_person, via, at_ms)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (partnership, window_, giver_kind, giver) do update set by_person = excluded.by_person,
            via = excluded.via, at_ms = excluded.at_ms";
    REMOVE = "delete from entered where partnership = $1 and window_ = $2 and giver_kind = $3 and giver = $4";
    ALL_ENTERED = "select window_, giver_kind, giver, by_person, via, at_ms from entered where partnership = $1";
}

pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Entered) -> Result<(), StoreError> {
    let [kind, giver] = giver_cells(row.giver);
    tx.run(PUT, cells![id, row.window, kind, giver, row.by, spell(&row.via), row.at]).await?;
    Ok(())
}

pub(super) async fn remove(tx: &mut Tx, id: PartnershipId, window: WindowId, whose: Giver) -> Result<(), StoreError> {
    let [kind, giver] = giver_cells(whose);
    tx.run(REMOVE, cells![id, window, kind, giver]).await?;
    Ok(())
}

pub(super) async fn all(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<(WindowId, Giver), Entered>, StoreError> {
    type Row = (i64, String, i64, i64, String, i64);
    let entered = |(window, kind, whose, by, via, at_ms): Row| {
        let (window, giver) = (WindowId(window), giver("entered", &kind, whose)?);
        let (via, at) = (word("entered", via)?, time("entered", at_ms)?);
        Ok(((window, giver), Entered { window, giver, by: PersonId(by), via, at }))
    };
    tx.all::<Row>(ALL_ENTERED, cells![id]).await?.into_iter().map(entered).collect()
}
