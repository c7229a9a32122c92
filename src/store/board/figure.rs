//! Figures and ballots: the same thing in two tables, because ballots are deleted at the close.

use std::collections::BTreeMap;

use sqlx::FromRow;

use crate::path::{CardId, Figure, FigureKey, PartnerId, PartnershipId, WindowId};
use crate::store::cell::{Cell, cells, spell};
use crate::store::column::{small, time, word};
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

use super::window::{giver, giver_cells};

const TABLE: &str = "figure or ballot";

macro_rules! put_into {
    ($table:literal) => {
        concat!(
            "insert into ",
            $table,
            " (partnership, window_, giver_kind, giver, pile, about, slot, card, value, note, proposal, at_ms)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            on conflict (partnership, window_, giver_kind, giver, pile, about, slot) do update set
            card = excluded.card, value = excluded.value, note = excluded.note,
            proposal = excluded.proposal, at_ms = excluded.at_ms"
        )
    };
}

macro_rules! remove_from {
    ($table:literal) => {
        concat!(
            "delete from ",
            $table,
            " where partnership = $1 and window_ = $2 and giver_kind = $3 and giver = $4
            and pile = $5 and about = $6 and slot = $7"
        )
    };
}

macro_rules! all_of {
    ($table:literal) => {
        concat!(
            "select window_, giver_kind, giver, pile, about, slot, card, value, note, proposal, at_ms from ",
            $table,
            " where partnership = $1"
        )
    };
}

statements! {
    PUT_FIGURE = put_into!("figure");
    PUT_BALLOT = put_into!("ballot");
    REMOVE_FIGURE = remove_from!("figure");
    REMOVE_BALLOT = remove_from!("ballot");
    REMOVE_BALLOTS = "delete from ballot where partnership = $1 and window_ = $2";
    ALL_FIGURES = all_of!("figure");
    ALL_BALLOTS = all_of!("ballot");
    WIDEN = "insert into budget (partnership, window_, pile, slot)
        select cast($1 as bigint), cast($2 as bigint), cast($3 as text), cast($4 as bigint)
        where exists (select 1 from window_ where partnership = $1 and id = $2)
        and not exists (
            select 1 from pile join window_ on window_.partnership = pile.partnership and window_.ask = pile.ask
            where window_.partnership = $1 and window_.id = $2)
        on conflict (partnership, window_, pile, slot) do nothing";
}

#[derive(FromRow)]
struct Row {
    window_: i64,
    giver_kind: String,
    giver: i64,
    pile: String,
    about: i64,
    slot: i64,
    card: i64,
    value: String,
    note: String,
    proposal: String,
    at_ms: i64,
}

/// Sets a figure. Its place must be in the budget of its window; where the plan gives no piles
/// (a consent round is bounded by its slate), the place comes with it.
pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Figure, secret: bool) -> Result<(), StoreError> {
    let key = &row.key;
    tx.run(WIDEN, cells![id, key.window, &key.pile, key.slot]).await?;
    let mut cells = key_cells(id, key);
    cells.extend(cells![row.card, spell(&row.value), &row.note, &row.proposal, row.at]);
    tx.run(if secret { PUT_BALLOT } else { PUT_FIGURE }, cells).await?;
    Ok(())
}

pub(super) async fn remove(tx: &mut Tx, id: PartnershipId, key: &FigureKey, secret: bool) -> Result<(), StoreError> {
    tx.run(if secret { REMOVE_BALLOT } else { REMOVE_FIGURE }, key_cells(id, key)).await?;
    Ok(())
}

pub(super) async fn remove_ballots(tx: &mut Tx, id: PartnershipId, window: WindowId) -> Result<(), StoreError> {
    tx.run(REMOVE_BALLOTS, cells![id, window]).await?;
    Ok(())
}

pub(super) async fn all(
    tx: &mut Tx,
    id: PartnershipId,
    secret: bool,
) -> Result<BTreeMap<FigureKey, Figure>, StoreError> {
    let mut figures = BTreeMap::new();
    for row in tx.all::<Row>(if secret { ALL_BALLOTS } else { ALL_FIGURES }, cells![id]).await? {
        let key = FigureKey {
            window: WindowId(row.window_),
            giver: giver(TABLE, &row.giver_kind, row.giver)?,
            pile: row.pile,
            about: (row.about != NOBODY).then_some(PartnerId(row.about)),
            slot: small(TABLE, row.slot)?,
        };
        let figure = Figure {
            key: key.clone(),
            card: CardId(row.card),
            value: word(TABLE, row.value)?,
            note: row.note,
            proposal: row.proposal,
            at: time(TABLE, row.at_ms)?,
        };
        figures.insert(key, figure);
    }
    Ok(figures)
}

/// A key has no gaps, so a figure that speaks of no partner says so by a number that none has.
const NOBODY: i64 = 0;

fn key_cells(id: PartnershipId, key: &FigureKey) -> Vec<Cell> {
    let [kind, giver] = giver_cells(key.giver);
    let about = key.about.map_or(NOBODY, |partner| partner.0);
    cells![id, key.window, kind, giver, &key.pile, about, key.slot]
}
