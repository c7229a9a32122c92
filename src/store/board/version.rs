//! Snapshots and versions of the canvas, in their order.

use std::collections::{BTreeMap, BTreeSet};

use crate::path::{CardId, ClusterId, Gathered, Joint, LinkId, PartnershipId, Version, VersionId};
use crate::store::cell::{cells, spell};
use crate::store::column::{small, time, word};
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

const TABLE: &str = "version";

statements! {
    PUT = "insert into version (partnership, id, nth, published, label, at_ms, despite)
        values ($1, $2, (select coalesce(max(nth), 0) + 1 from version where partnership = $1), $3, $4, $5, $6)";
    PUT_CARD = "insert into version_card (partnership, version, nth, card, wording) values ($1, $2, $3, $4, $5)";
    PUT_ASIDE = "insert into version_aside (partnership, version, nth, card, wording, merged_into)
        values ($1, $2, $3, $4, $5, $6)";
    PUT_JOINT = "insert into version_link (partnership, version, nth, link, kind, from_card, to_card)
        values ($1, $2, $3, $4, $5, $6, $7)";
    PUT_GATHERED = "insert into version_cluster (partnership, version, nth, cluster, heading)
        values ($1, $2, $3, $4, $5)";
    PUT_GATHERED_CARD = "insert into version_cluster_card (partnership, version, nth, card) values ($1, $2, $3, $4)";
    ALL_GATHERED = "select version, nth, cluster, heading from version_cluster where partnership = $1
        order by version, nth";
    ALL_GATHERED_CARDS = "select version, nth, card from version_cluster_card where partnership = $1";
    ALL_ASIDE = "select version, card, wording, merged_into from version_aside where partnership = $1
        order by version, nth";
    ALL_JOINTS = "select version, link, kind, from_card, to_card from version_link where partnership = $1
        order by version, nth";
    ALL_VERSIONS = "select id, published, label, at_ms, despite from version where partnership = $1 order by nth";
    ALL_CARDS = "select version, card, wording from version_card where partnership = $1 order by version, nth";
}

type Row = (i64, Option<i64>, String, i64, String);

pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Version) -> Result<(), StoreError> {
    tx.run(PUT, cells![id, row.id, row.nth, &row.label, row.at, &row.despite]).await?;
    for (nth, (card, wording)) in (1_i64..).zip(&row.cards) {
        tx.run(PUT_CARD, cells![id, row.id, nth, *card, *wording]).await?;
    }
    let aside = row.aside.iter().map(|(card, wording)| (*card, *wording, None));
    let merged = row.merged.iter().map(|(card, wording, into)| (*card, *wording, Some(*into)));
    for (nth, (card, wording, into)) in (1_i64..).zip(aside.chain(merged)) {
        tx.run(PUT_ASIDE, cells![id, row.id, nth, card, wording, into]).await?;
    }
    for (nth, joint) in (1_i64..).zip(&row.joints) {
        tx.run(PUT_JOINT, cells![id, row.id, nth, joint.link, spell(&joint.kind), joint.from, joint.to]).await?;
    }
    for (nth, gathered) in (1_i64..).zip(&row.gathered) {
        tx.run(PUT_GATHERED, cells![id, row.id, nth, gathered.cluster, gathered.heading]).await?;
        for card in &gathered.cards {
            tx.run(PUT_GATHERED_CARD, cells![id, row.id, nth, *card]).await?;
        }
    }
    Ok(())
}

/// What a version points to beside the cards that stood.
#[derive(Default)]
struct Others {
    aside: Vec<(CardId, u32)>,
    merged: Vec<(CardId, u32, CardId)>,
    joints: Vec<Joint>,
    gathered: Vec<Gathered>,
}

async fn others(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<i64, Others>, StoreError> {
    let mut others: BTreeMap<i64, Others> = BTreeMap::new();
    for (version, card, wording, into) in tx.all::<(i64, i64, i64, Option<i64>)>(ALL_ASIDE, cells![id]).await? {
        let (of, card, wording) = (others.entry(version).or_default(), CardId(card), small(TABLE, wording)?);
        match into {
            Some(into) => of.merged.push((card, wording, CardId(into))),
            None => of.aside.push((card, wording)),
        }
    }
    for (version, link, kind, from, to) in tx.all::<(i64, i64, String, i64, i64)>(ALL_JOINTS, cells![id]).await? {
        let (kind, from, to) = (word(TABLE, kind)?, CardId(from), CardId(to));
        others.entry(version).or_default().joints.push(Joint { link: LinkId(link), kind, from, to });
    }
    gathered(tx, id, &mut others).await?;
    Ok(others)
}

/// Which cards lay under which heading.
async fn gathered(tx: &mut Tx, id: PartnershipId, others: &mut BTreeMap<i64, Others>) -> Result<(), StoreError> {
    let mut cards: BTreeMap<(i64, i64), BTreeSet<CardId>> = BTreeMap::new();
    for (version, nth, card) in tx.all::<(i64, i64, i64)>(ALL_GATHERED_CARDS, cells![id]).await? {
        cards.entry((version, nth)).or_default().insert(CardId(card));
    }
    for (version, nth, cluster, heading) in tx.all::<(i64, i64, i64, i64)>(ALL_GATHERED, cells![id]).await? {
        let (cluster, heading) = (ClusterId(cluster), small(TABLE, heading)?);
        let cards = cards.remove(&(version, nth)).unwrap_or_default();
        others.entry(version).or_default().gathered.push(Gathered { cluster, heading, cards });
    }
    Ok(())
}

pub(super) async fn all(tx: &mut Tx, id: PartnershipId) -> Result<Vec<Version>, StoreError> {
    let mut cards: BTreeMap<i64, Vec<(CardId, u32)>> = BTreeMap::new();
    for (version, card, wording) in tx.all::<(i64, i64, i64)>(ALL_CARDS, cells![id]).await? {
        cards.entry(version).or_default().push((CardId(card), small(TABLE, wording)?));
    }
    let mut others = others(tx, id).await?;
    let version = |(id, published, label, at_ms, despite): Row| {
        let Others { aside, merged, joints, gathered } = others.remove(&id).unwrap_or_default();
        Ok(Version {
            id: VersionId(id),
            nth: published.map(|nth| small(TABLE, nth)).transpose()?,
            label,
            despite,
            cards: cards.remove(&id).unwrap_or_default(),
            aside,
            merged,
            joints,
            gathered,
            at: time(TABLE, at_ms)?,
        })
    };
    tx.all::<Row>(ALL_VERSIONS, cells![id]).await?.into_iter().map(version).collect()
}
