//! Snapshots and versions of the canvas, in their order.

use std::collections::BTreeMap;

use crate::path::{CardId, PartnershipId, Version, VersionId};
use crate::store::cell::cells;
use crate::store::column::{small, time};
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

const TABLE: &str = "version";

statements! {
    PUT = "insert into version (partnership, id, nth, published, label, at_ms, despite)
        values ($1, $2, (select coalesce(max(nth), 0) + 1 from version where partnership = $1), $3, $4, $5, $6)";
    PUT_CARD = "insert into version_card (partnership, version, nth, card, wording) values ($1, $2, $3, $4, $5)";
    ALL_VERSIONS = "select id, published, label, at_ms, despite from version where partnership = $1 order by nth";
    ALL_CARDS = "select version, card, wording from version_card where partnership = $1 order by version, nth";
}

type Row = (i64, Option<i64>, String, i64, String);

pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Version) -> Result<(), StoreError> {
    tx.run(PUT, cells![id, row.id, row.nth, &row.label, row.at, &row.despite]).await?;
    for (nth, (card, wording)) in (1_i64..).zip(&row.cards) {
        tx.run(PUT_CARD, cells![id, row.id, nth, *card, *wording]).await?;
    }
    Ok(())
}

pub(super) async fn all(tx: &mut Tx, id: PartnershipId) -> Result<Vec<Version>, StoreError> {
    let mut cards: BTreeMap<i64, Vec<(CardId, u32)>> = BTreeMap::new();
    for (version, card, wording) in tx.all::<(i64, i64, i64)>(ALL_CARDS, cells![id]).await? {
        cards.entry(version).or_default().push((CardId(card), small(TABLE, wording)?));
    }
    let version = |(id, published, label, at_ms, despite): Row| {
        Ok(Version {
            id: VersionId(id),
            nth: published.map(|nth| small(TABLE, nth)).transpose()?,
            label,
            despite,
            cards: cards.remove(&id).unwrap_or_default(),
            at: time(TABLE, at_ms)?,
        })
    };
    tx.all::<Row>(ALL_VERSIONS, cells![id]).await?.into_iter().map(version).collect()
}
