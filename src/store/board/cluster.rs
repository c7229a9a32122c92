//! Groups of cards: their headings, and which cards lie there.

use std::collections::{BTreeMap, BTreeSet};

use crate::path::{CardId, Cluster, ClusterId, Heading, PartnershipId, PersonId};
use crate::store::cell::cells;
use crate::store::column::{maybe_time, time};
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

const TABLE: &str = "cluster";

statements! {
    PUT = "insert into cluster (partnership, id, source, by_person, at_ms, dissolved_ms)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (partnership, id) do update set source = excluded.source, by_person = excluded.by_person,
            at_ms = excluded.at_ms, dissolved_ms = excluded.dissolved_ms";
    DROP_HEADINGS = "delete from heading where partnership = $1 and cluster = $2";
    PUT_HEADING = "insert into heading (partnership, cluster, nth, name, by_person, at_ms)
        values ($1, $2, $3, $4, $5, $6)";
    DROP_CARDS = "delete from cluster_card where partnership = $1 and cluster = $2";
    PUT_CARD = "insert into cluster_card (partnership, cluster, card, state) values ($1, $2, $3, $4)";
    ALL_CLUSTERS = "select id, source, by_person, at_ms, dissolved_ms from cluster where partnership = $1";
    ALL_HEADINGS = "select cluster, name, by_person, at_ms from heading where partnership = $1 order by cluster, nth";
    ALL_CARDS = "select cluster, card, state from cluster_card where partnership = $1";
}

type Row = (i64, String, Option<i64>, i64, Option<i64>);

pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Cluster) -> Result<(), StoreError> {
    tx.run(PUT, cells![id, row.id, &row.source, row.by, row.at, row.dissolved]).await?;
    tx.run(DROP_HEADINGS, cells![id, row.id]).await?;
    for (nth, heading) in (1_i64..).zip(&row.headings) {
        tx.run(PUT_HEADING, cells![id, row.id, nth, &heading.name, heading.by, heading.at]).await?;
    }
    tx.run(DROP_CARDS, cells![id, row.id]).await?;
    let there = if row.dissolved.is_some() { "was" } else { "in" };
    let cards = row.cards.iter().map(|card| (*card, there));
    for (card, state) in cards.chain(row.out.iter().map(|card| (*card, "out"))) {
        tx.run(PUT_CARD, cells![id, row.id, card, state]).await?;
    }
    Ok(())
}

/// The cards of a group: those that lie there, and those that their authors took out.
type Cards = (BTreeSet<CardId>, BTreeSet<CardId>);

pub(super) async fn all(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<ClusterId, Cluster>, StoreError> {
    let mut headings: BTreeMap<i64, Vec<Heading>> = BTreeMap::new();
    for (cluster, name, by, at_ms) in tx.all::<(i64, String, Option<i64>, i64)>(ALL_HEADINGS, cells![id]).await? {
        let heading = Heading { name, by: by.map(PersonId), at: time(TABLE, at_ms)? };
        headings.entry(cluster).or_default().push(heading);
    }
    let mut cards: BTreeMap<i64, Cards> = BTreeMap::new();
    for (cluster, card, state) in tx.all::<(i64, i64, String)>(ALL_CARDS, cells![id]).await? {
        let (there, out) = cards.entry(cluster).or_default();
        if state == "out" { out } else { there }.insert(CardId(card));
    }
    let cluster = |(id, source, by, at_ms, dissolved_ms): Row| {
        let (cards, out) = cards.remove(&id).unwrap_or_default();
        let cluster = Cluster {
            id: ClusterId(id),
            source,
            headings: headings.remove(&id).unwrap_or_default(),
            cards,
            out,
            by: by.map(PersonId),
            at: time(TABLE, at_ms)?,
            dissolved: maybe_time(TABLE, dissolved_ms)?,
        };
        Ok((cluster.id, cluster))
    };
    tx.all::<Row>(ALL_CLUSTERS, cells![id]).await?.into_iter().map(cluster).collect()
}
