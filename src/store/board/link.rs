//! Links between cards.

use crate::path::{CardId, Link, LinkId, Links, PartnershipId, PersonId};
use crate::store::cell::{cells, spell};
use crate::store::column::{time, word};
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

statements! {
    PUT = "insert into link (partnership, id, kind, from_card, to_card, by_person, at_ms)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (partnership, id) do update set kind = excluded.kind, from_card = excluded.from_card,
            to_card = excluded.to_card, by_person = excluded.by_person, at_ms = excluded.at_ms";
    REMOVE = "delete from link where partnership = $1 and id = $2";
    ALL_LINKS = "select id, kind, from_card, to_card, by_person, at_ms from link where partnership = $1";
}

pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Link) -> Result<(), StoreError> {
    tx.run(PUT, cells![id, row.id, spell(&row.kind), row.from, row.to, row.by, row.at]).await?;
    Ok(())
}

pub(super) async fn remove(tx: &mut Tx, id: PartnershipId, link: LinkId) -> Result<(), StoreError> {
    tx.run(REMOVE, cells![id, link]).await?;
    Ok(())
}

pub(super) async fn all(tx: &mut Tx, id: PartnershipId) -> Result<Links, StoreError> {
    type Row = (i64, String, i64, i64, Option<i64>, i64);
    let rows: Vec<Row> = tx.all(ALL_LINKS, cells![id]).await?;
    let link = |(id, kind, from, to, by, at_ms): Row| {
        let (id, kind, at) = (LinkId(id), word("link", kind)?, time("link", at_ms)?);
        Ok(Link { id, kind, from: CardId(from), to: CardId(to), by: by.map(PersonId), at })
    };
    rows.into_iter().map(link).collect()
}
