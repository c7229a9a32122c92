//! What stands subject to a partner's approval, and what its house said.

use std::collections::BTreeMap;

use sqlx::FromRow;

use crate::path::approval::{On, Verdict};
use crate::path::{Approval, ApprovalId, CardId, PartnerId, PartnershipId, PersonId, WindowId};
use crate::store::cell::cells;
use crate::store::column::{maybe_time, time};
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

const TABLE: &str = "approval";

statements! {
    PUT = "insert into approval (partnership, id, window_, card, partner, by_person, until, at_ms, told_ms,
            yes, reason, said_by, behalf, said_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (partnership, id) do update set window_ = excluded.window_, card = excluded.card,
            partner = excluded.partner, by_person = excluded.by_person, until = excluded.until,
            at_ms = excluded.at_ms, told_ms = excluded.told_ms, yes = excluded.yes, reason = excluded.reason,
            said_by = excluded.said_by, behalf = excluded.behalf, said_ms = excluded.said_ms";
    REMOVE = "delete from approval where partnership = $1 and id = $2";
    ALL_APPROVALS = "select id, window_, card, partner, by_person, until, at_ms, told_ms, yes, reason, said_by,
            behalf, said_ms
        from approval where partnership = $1";
}

#[derive(FromRow)]
struct Row {
    id: i64,
    window_: Option<i64>,
    card: Option<i64>,
    partner: i64,
    by_person: Option<i64>,
    until: String,
    at_ms: i64,
    told_ms: Option<i64>,
    yes: Option<i64>,
    reason: String,
    said_by: Option<i64>,
    behalf: i64,
    said_ms: Option<i64>,
}

pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Approval) -> Result<(), StoreError> {
    let (window, card) = match row.on {
        On::Answers(window) => (Some(window), None),
        On::Card(card) => (None, Some(card)),
    };
    let said = row.verdict.as_ref();
    let reason = said.map_or("", |said| said.reason.as_str());
    let mut cells = cells![id, row.id, window, card, row.partner, row.by, &row.until.to_string(), row.at, row.told];
    cells.extend(cells![said.map(|said| said.yes), reason, said.and_then(|said| said.by)]);
    cells.extend(cells![said.is_some_and(|said| said.behalf), said.map(|said| said.at)]);
    tx.run(PUT, cells).await?;
    Ok(())
}

pub(super) async fn remove(tx: &mut Tx, id: PartnershipId, approval: ApprovalId) -> Result<(), StoreError> {
    tx.run(REMOVE, cells![id, approval]).await?;
    Ok(())
}

pub(super) async fn all(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<ApprovalId, Approval>, StoreError> {
    let rows = tx.all::<Row>(ALL_APPROVALS, cells![id]).await?;
    rows.into_iter().map(|row| approval(row).map(|row| (row.id, row))).collect()
}

fn approval(row: Row) -> Result<Approval, StoreError> {
    let corrupt = |why| StoreError::Corrupt { table: TABLE, why };
    let on = match (row.window_, row.card) {
        (Some(window), None) => On::Answers(WindowId(window)),
        (None, Some(card)) => On::Card(CardId(card)),
        _ => return Err(corrupt("it is about one thing")),
    };
    let verdict = match (row.yes, row.said_ms) {
        (Some(yes), Some(said_ms)) => Some(Verdict {
            yes: yes == 1,
            reason: row.reason,
            by: row.said_by.map(PersonId),
            behalf: row.behalf == 1,
            at: time(TABLE, said_ms)?,
        }),
        _ => None,
    };
    Ok(Approval {
        id: ApprovalId(row.id),
        on,
        partner: PartnerId(row.partner),
        by: row.by_person.map(PersonId),
        until: row.until.parse().map_err(|_| corrupt("a day cannot be read"))?,
        at: time(TABLE, row.at_ms)?,
        told: maybe_time(TABLE, row.told_ms)?,
        verdict,
    })
}
