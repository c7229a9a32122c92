//! The partnership's own row, with the plan it was founded on.

use std::fmt::Write;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use sqlx::FromRow;

use crate::path::{Partnership, PartnershipId, Plan, RoomId};
use crate::store::cell::{bits, cells};
use crate::store::column::{json, time};
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

const TABLE: &str = "partnership";

statements! {
    FOUND = "insert into partnership
        (id, name, language, house, room, welcome, founded_ms, plan, plan_sha256, revision, next)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 1)";
    PILE = "insert into pile (partnership, ask, pile, budget) values ($1, $2, $3, $4)
        on conflict (partnership, ask, pile) do nothing";
    REPLAN = "update partnership set plan = $2, plan_sha256 = $3 where id = $1";
    UPDATE = "update partnership set name = $2, language = $3, house = $4, room = $5, welcome = $6, founded_ms = $7
        where id = $1";
    NEXT = "update partnership set next = $2 where id = $1";
    ADVANCE = "update partnership set revision = $2 where id = $1 and ($3 = 1 or revision = $2 - 1)";
    GET = "select id, name, language, house, room, welcome, founded_ms, plan, plan_sha256, revision, next
        from partnership where id = $1";
    ROOMS = "select room, id from partnership order by id";
    FREE = "select coalesce(max(id), 0) + 1 from partnership";
}

/// What a partnership's row holds.
pub(super) struct Head {
    pub(super) revision: i64,
    pub(super) next: i64,
    pub(super) plan: Arc<Plan>,
    pub(super) partnership: Partnership,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    name: String,
    language: String,
    house: i64,
    room: i64,
    welcome: String,
    founded_ms: i64,
    plan: String,
    plan_sha256: String,
    revision: i64,
    next: i64,
}

/// With a plan it is a founding; without, it changes the row that is there.
pub(super) async fn put(tx: &mut Tx, row: &Partnership, plan: Option<&Plan>) -> Result<(), StoreError> {
    let mut cells = cells![row.id, &row.name, &row.language, bits(row.house), row.room, &row.welcome, row.founded];
    let Some(plan) = plan else {
        return match tx.run(UPDATE, cells).await? {
            1 => Ok(()),
            _ => Err(StoreError::conflict("partnership")),
        };
    };
    let text = canonical(plan);
    let hash = hash(&text);
    cells.extend(cells![text, hash]);
    tx.run(FOUND, cells).await?;
    put_piles(tx, row.id, plan).await
}

/// The plan gained something; nothing that was asked is dropped, so piles are only added.
pub(super) async fn put_plan(tx: &mut Tx, id: PartnershipId, plan: &Plan) -> Result<(), StoreError> {
    let text = canonical(plan);
    let hash = hash(&text);
    match tx.run(REPLAN, cells![id, text, hash]).await? {
        1 => put_piles(tx, id, plan).await,
        _ => Err(StoreError::conflict("partnership")),
    }
}

async fn put_piles(tx: &mut Tx, id: PartnershipId, plan: &Plan) -> Result<(), StoreError> {
    for (_, _, ask) in plan.asks() {
        for pile in &ask.piles {
            tx.run(PILE, cells![id, &ask.key, &pile.key, pile.budget]).await?;
        }
    }
    Ok(())
}

pub(super) async fn put_next(tx: &mut Tx, id: PartnershipId, next: i64) -> Result<(), StoreError> {
    match tx.run(NEXT, cells![id, next]).await? {
        1 => Ok(()),
        _ => Err(StoreError::conflict("partnership")),
    }
}

/// Counts the act. It must follow the one before it: otherwise it was decided on a board that is
/// not the one in the database. A founding begins the count.
pub(in crate::store) async fn advance(
    tx: &mut Tx,
    id: PartnershipId,
    revision: i64,
    founding: bool,
) -> Result<(), StoreError> {
    match tx.run(ADVANCE, cells![id, revision, founding]).await? {
        1 => Ok(()),
        _ => Err(StoreError::conflict("revision")),
    }
}

pub(super) async fn get(tx: &mut Tx, id: PartnershipId) -> Result<Option<Head>, StoreError> {
    let Some(row) = tx.one::<Row>(GET, cells![id]).await? else { return Ok(None) };
    if hash(&row.plan) != row.plan_sha256 {
        return Err(StoreError::Corrupt { table: TABLE, why: "the plan is not the one that was written" });
    }
    Ok(Some(Head {
        revision: row.revision,
        next: row.next,
        plan: Arc::new(json(TABLE, &row.plan)?),
        partnership: Partnership {
            id: PartnershipId(row.id),
            name: row.name,
            language: row.language,
            house: row.house.cast_unsigned(),
            room: RoomId(row.room.cast_unsigned()),
            welcome: row.welcome,
            founded: time(TABLE, row.founded_ms)?,
        },
    }))
}

pub(in crate::store) async fn rooms(tx: &mut Tx) -> Result<Vec<(RoomId, PartnershipId)>, StoreError> {
    let rows: Vec<(i64, i64)> = tx.all(ROOMS, cells![]).await?;
    Ok(rows.into_iter().map(|(room, id)| (RoomId(room.cast_unsigned()), PartnershipId(id))).collect())
}

pub(in crate::store) async fn next_id(tx: &mut Tx) -> Result<PartnershipId, StoreError> {
    Ok(PartnershipId(tx.number(FREE, cells![]).await?))
}

/// The plan's canonical form: its fields in the order of their declaration, no spaces.
fn canonical(plan: &Plan) -> String {
    serde_json::to_string(plan).expect("BUG: a plan is strings, numbers, flags and lists of them")
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("BUG: writing to a string never fails");
        hex
    })
}
