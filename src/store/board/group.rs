//! Triads and their members.

use std::collections::{BTreeMap, BTreeSet};

use crate::path::{Group, GroupId, PartnershipId, PersonId};
use crate::store::cell::cells;
use crate::store::column::small;
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

statements! {
    PUT = "insert into grouping (partnership, id, ask, name, nth) values ($1, $2, $3, $4, $5)
        on conflict (partnership, id) do update set ask = excluded.ask, name = excluded.name, nth = excluded.nth";
    REMOVE = "delete from grouping where partnership = $1 and id = $2";
    ALL_GROUPS = "select id, ask, name, nth from grouping where partnership = $1";
    DROP_MEMBERS = "delete from member where partnership = $1 and grouping_ = $2";
    PUT_MEMBER = "insert into member (partnership, grouping_, person) values ($1, $2, $3)";
    ALL_MEMBERS = "select grouping_, person from member where partnership = $1";
}

type Row = (i64, String, String, i64);

pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Group) -> Result<(), StoreError> {
    tx.run(PUT, cells![id, row.id, &row.ask, &row.name, row.nth]).await?;
    tx.run(DROP_MEMBERS, cells![id, row.id]).await?;
    for person in &row.members {
        tx.run(PUT_MEMBER, cells![id, row.id, *person]).await?;
    }
    Ok(())
}

/// Removes a triad; its members go with it by the tables' own rule.
pub(super) async fn remove(tx: &mut Tx, id: PartnershipId, group: GroupId) -> Result<(), StoreError> {
    tx.run(REMOVE, cells![id, group]).await?;
    Ok(())
}

pub(super) async fn all(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<GroupId, Group>, StoreError> {
    let mut members: BTreeMap<i64, BTreeSet<PersonId>> = BTreeMap::new();
    for (group, person) in tx.all::<(i64, i64)>(ALL_MEMBERS, cells![id]).await? {
        members.entry(group).or_default().insert(PersonId(person));
    }
    let group = |(id, ask, name, nth): Row| {
        let members = members.remove(&id).unwrap_or_default();
        let group = Group { id: GroupId(id), ask, name, nth: small("grouping", nth)?, members };
        Ok((group.id, group))
    };
    tx.all::<Row>(ALL_GROUPS, cells![id]).await?.into_iter().map(group).collect()
}
