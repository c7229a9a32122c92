//! Drafts.

use std::collections::BTreeMap;

use crate::path::{Draft, PartnershipId, PersonId};
use crate::store::cell::cells;
use crate::store::column::time;
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

statements! {
    PUT = "insert into draft (partnership, person, ask, at_ms) values ($1, $2, $3, $4)";
    PUT_TEXT = "insert into draft_text (partnership, person, ask, field, words) values ($1, $2, $3, $4, $5)";
    REMOVE = "delete from draft where partnership = $1 and person = $2 and ask = $3";
    ALL_DRAFTS = "select person, ask, at_ms from draft where partnership = $1";
    ALL_TEXTS = "select person, ask, field, words from draft_text where partnership = $1";
}

pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Draft) -> Result<(), StoreError> {
    remove(tx, id, row.person, &row.ask).await?;
    tx.run(PUT, cells![id, row.person, &row.ask, row.at]).await?;
    for (field, words) in &row.fields {
        tx.run(PUT_TEXT, cells![id, row.person, &row.ask, field, words]).await?;
    }
    Ok(())
}

/// Removes a draft; its words go with it by the tables' own rule.
pub(super) async fn remove(tx: &mut Tx, id: PartnershipId, person: PersonId, ask: &str) -> Result<(), StoreError> {
    tx.run(REMOVE, cells![id, person, ask]).await?;
    Ok(())
}

pub(super) async fn all(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<(PersonId, String), Draft>, StoreError> {
    let mut texts: BTreeMap<(i64, String), BTreeMap<String, String>> = BTreeMap::new();
    for (person, ask, field, words) in tx.all::<(i64, String, String, String)>(ALL_TEXTS, cells![id]).await? {
        texts.entry((person, ask)).or_default().insert(field, words);
    }
    let draft = |(person, ask, at_ms): (i64, String, i64)| {
        let fields = texts.remove(&(person, ask.clone())).unwrap_or_default();
        let person = PersonId(person);
        Ok(((person, ask.clone()), Draft { person, ask, fields, at: time("draft", at_ms)? }))
    };
    tx.all(ALL_DRAFTS, cells![id]).await?.into_iter().map(draft).collect()
}
