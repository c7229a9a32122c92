//! Words from hosts above opening posts, and their texts in the place of invitations.

use std::collections::BTreeMap;

use crate::path::{PartnershipId, PersonId, Word};
use crate::store::cell::cells;
use crate::store::column::time;
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

type Row = (String, i64, String, i64);

statements! {
    PUT = "insert into foreword (partnership, sitting, by_person, words, at_ms) values ($1, $2, $3, $4, $5)
        on conflict (partnership, sitting) do update set by_person = excluded.by_person, words = excluded.words,
            at_ms = excluded.at_ms";
    REMOVE = "delete from foreword where partnership = $1 and sitting = $2";
    ALL_WORDS = "select sitting, by_person, words, at_ms from foreword where partnership = $1";
    INVITE = "insert into invitation (partnership, sitting, by_person, words, at_ms) values ($1, $2, $3, $4, $5)
        on conflict (partnership, sitting) do update set by_person = excluded.by_person, words = excluded.words,
            at_ms = excluded.at_ms";
    UNINVITE = "delete from invitation where partnership = $1 and sitting = $2";
    ALL_INVITATIONS = "select sitting, by_person, words, at_ms from invitation where partnership = $1";
}

pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Word) -> Result<(), StoreError> {
    tx.run(PUT, cells![id, &row.sitting, row.by, &row.text, row.at]).await?;
    Ok(())
}

pub(super) async fn remove(tx: &mut Tx, id: PartnershipId, sitting: &str) -> Result<(), StoreError> {
    tx.run(REMOVE, cells![id, sitting]).await?;
    Ok(())
}

pub(super) async fn invite(tx: &mut Tx, id: PartnershipId, row: &Word) -> Result<(), StoreError> {
    tx.run(INVITE, cells![id, &row.sitting, row.by, &row.text, row.at]).await?;
    Ok(())
}

pub(super) async fn uninvite(tx: &mut Tx, id: PartnershipId, sitting: &str) -> Result<(), StoreError> {
    tx.run(UNINVITE, cells![id, sitting]).await?;
    Ok(())
}

pub(super) async fn all(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<String, Word>, StoreError> {
    tx.all::<Row>(ALL_WORDS, cells![id]).await?.into_iter().map(|row| word("foreword", row)).collect()
}

pub(super) async fn invitations(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<String, Word>, StoreError> {
    tx.all::<Row>(ALL_INVITATIONS, cells![id]).await?.into_iter().map(|row| word("invitation", row)).collect()
}

fn word(table: &'static str, (sitting, by, text, at_ms): Row) -> Result<(String, Word), StoreError> {
    let at = time(table, at_ms)?;
    Ok((sitting.clone(), Word { sitting, by: PersonId(by), text, at }))
}
