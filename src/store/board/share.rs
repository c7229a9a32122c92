//! Links that open the canvas, and what was released to outsiders.

use std::collections::{BTreeMap, BTreeSet};

use crate::path::{PartnershipId, PersonId, Release, ReleaseId, Share, ShareId};
use crate::store::cell::{cells, spell};
use crate::store::column::{maybe_time, time, word};
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

statements! {
    PUT = "insert into share (partnership, id, scope, hash, by_person, at_ms, until_ms, revoked_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (partnership, id) do update set scope = excluded.scope, hash = excluded.hash,
            by_person = excluded.by_person, at_ms = excluded.at_ms, until_ms = excluded.until_ms,
            revoked_ms = excluded.revoked_ms";
    ALL_SHARES = "select id, scope, hash, by_person, at_ms, until_ms, revoked_ms from share where partnership = $1";
    PUT_RELEASE = "insert into released (partnership, id, nth, by_person, at_ms)
        values ($1, $2, (select coalesce(max(nth), 0) + 1 from released where partnership = $1), $3, $4)";
    PUT_SECTION = "insert into released_section (partnership, released, section) values ($1, $2, $3)";
    ALL_RELEASES = "select id, by_person, at_ms from released where partnership = $1 order by nth";
    ALL_SECTIONS = "select released, section from released_section where partnership = $1";
}

pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Share) -> Result<(), StoreError> {
    let cells = cells![id, row.id, spell(&row.scope), &row.hash, row.by, row.at, row.until, row.revoked];
    tx.run(PUT, cells).await?;
    Ok(())
}

pub(super) async fn all(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<ShareId, Share>, StoreError> {
    type Row = (i64, String, String, i64, i64, i64, Option<i64>);
    let share = |(id, scope, hash, by, at_ms, until_ms, revoked_ms): Row| {
        let share = Share {
            id: ShareId(id),
            scope: word("share", scope)?,
            hash,
            by: PersonId(by),
            at: time("share", at_ms)?,
            until: time("share", until_ms)?,
            revoked: maybe_time("share", revoked_ms)?,
        };
        Ok((share.id, share))
    };
    tx.all::<Row>(ALL_SHARES, cells![id]).await?.into_iter().map(share).collect()
}

pub(super) async fn put_release(tx: &mut Tx, id: PartnershipId, row: &Release) -> Result<(), StoreError> {
    tx.run(PUT_RELEASE, cells![id, row.id, row.by, row.at]).await?;
    for section in &row.sections {
        tx.run(PUT_SECTION, cells![id, row.id, section]).await?;
    }
    Ok(())
}

pub(super) async fn releases(tx: &mut Tx, id: PartnershipId) -> Result<Vec<Release>, StoreError> {
    let mut sections: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    for (release, section) in tx.all::<(i64, String)>(ALL_SECTIONS, cells![id]).await? {
        sections.entry(release).or_default().insert(section);
    }
    let release = |(id, by, at_ms): (i64, i64, i64)| {
        let sections = sections.remove(&id).unwrap_or_default();
        Ok(Release { id: ReleaseId(id), sections, by: PersonId(by), at: time("released", at_ms)? })
    };
    tx.all::<(i64, i64, i64)>(ALL_RELEASES, cells![id]).await?.into_iter().map(release).collect()
}
