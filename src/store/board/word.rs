//! Words from hosts above opening posts.

use std::collections::BTreeMap;

use crate::path::{PartnershipId, PersonId, Word};
use crate::store::cell::cells;
use crate::store::column::time;
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

statements! {
    PUT = "insert into foreword (partnership, sitting, by_person, words, at_ms) values ($1, $2, $3, $4, $5)
        on conflict (partnership, sitting) do update set by_person = excluded.by_person, words = excluded.words,
            at_ms = excluded.at_ms";
    REMOVE = "delete from foreword where partnership = $1 and sitting = $2";
    ALL_WORDS = "select sitting, by_person, words, at_ms from foreword where partnership = $1";
}

pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Word) -> Result<(), StoreError> {
    tx.run(PUT, cells![id, &row.sitting, row.by, &row.text, row.at]).await?;
    Ok(())
}

pub(super) async fn remove(tx: &mut Tx, id: PartnershipId, sitting: &str) -> Result<(), StoreError> {
    tx.run(REMOVE, cells![id, sitting]).await?;
    Ok(())
}

pub(super) async fn all(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<String, Word>, StoreError> {
    let word = |(sitting, by, text, at_ms): (String, i64, String, i64)| {
        let at = time("foreword", at_ms)?;
        Ok((sitting.clone(), Word { sitting, by: PersonId(by), text, at }))
    };
    tx.all::<(String, i64, String, i64)>(ALL_WORDS, cells![id]).await?.into_iter().map(word).collect()
}
