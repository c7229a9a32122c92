//! Windows, with what lies on their table, and who has given in them.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use sqlx::FromRow;

use crate::path::calendar::Wall;
use crate::path::{CardId, Given, Giver, GroupId, PartnerId, PartnershipId, PersonId, Window, WindowId};
use crate::store::cell::{Cell, cells, spell};
use crate::store::column::{maybe_time, small, time, word};
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

const TABLE: &str = "window_";
const SHOWS: &str = "%Y-%m-%dT%H:%M:%S";

statements! {
    PUT = "insert into window_ (partnership, id, ask, nth, opens_ms, ends_ms, state, closed_ms, because_of, despite,
            extended, itself, shows, zone, alone)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        on conflict (partnership, id) do update set ask = excluded.ask, nth = excluded.nth,
            opens_ms = excluded.opens_ms, ends_ms = excluded.ends_ms, state = excluded.state,
            closed_ms = excluded.closed_ms, because_of = excluded.because_of, despite = excluded.despite,
            extended = excluded.extended, itself = excluded.itself, shows = excluded.shows, zone = excluded.zone,
            alone = excluded.alone";
    ALL_WINDOWS = "select id, ask, nth, opens_ms, ends_ms, state, closed_ms, because_of, despite, extended, itself,
            shows, zone, alone
        from window_ where partnership = $1";
    OPEN_BUDGET = "with recursive place (slot) as (
            select cast(1 as bigint) union all select slot + 1 from place where slot < 255)
        insert into budget (partnership, window_, pile, slot)
        select pile.partnership, cast($2 as bigint), pile.pile, place.slot
        from pile join place on place.slot <= pile.budget
        where pile.partnership = $1 and pile.ask = $3
        on conflict (partnership, window_, pile, slot) do nothing";
    DROP_ABOUT = "delete from about where partnership = $1 and window_ = $2";
    PUT_ABOUT = "insert into about (partnership, window_, nth, partner) values ($1, $2, $3, $4)";
    ALL_ABOUT = "select window_, partner from about where partnership = $1 order by window_, nth";
    DROP_DRAFTERS = "delete from drafter where partnership = $1 and window_ = $2";
    PUT_DRAFTER = "insert into drafter (partnership, window_, person) values ($1, $2, $3)";
    ALL_DRAFTERS = "select window_, person from drafter where partnership = $1";
    DROP_SLATE = "delete from slate where partnership = $1 and window_ = $2";
    PUT_SLATE = "insert into slate (partnership, window_, nth, card) values ($1, $2, $3, $4)";
    ALL_SLATES = "select window_, card from slate where partnership = $1 order by window_, nth";
    PUT_GIVEN = "insert into given (partnership, window_, giver_kind, giver, how, at_ms)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (partnership, window_, giver_kind, giver) do update set how = excluded.how, at_ms = excluded.at_ms";
    ALL_GIVEN = "select window_, giver_kind, giver, how, at_ms from given where partnership = $1";
}

#[derive(FromRow)]
struct Row {
    id: i64,
    ask: String,
    nth: i64,
    opens_ms: i64,
    ends_ms: i64,
    state: String,
    closed_ms: Option<i64>,
    because_of: String,
    despite: String,
    extended: i64,
    itself: i64,
    shows: String,
    zone: String,
    alone: i64,
}

/// Writes a window; a new one gets the rows of its givers' budget.
pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Window) -> Result<(), StoreError> {
    let mut cells = cells![id, row.id, &row.ask, row.nth, row.opens, row.ends];
    cells.extend(cells![spell(&row.state), row.closed, &row.because_of, &row.despite, row.extended, row.itself]);
    let shows = row.wall.as_ref().map_or_else(String::new, |wall| wall.shows.format(SHOWS).to_string());
    cells.extend(cells![shows, row.wall.as_ref().map_or("", |wall| wall.zone.as_str()), row.alone]);
    tx.run(PUT, cells).await?;
    tx.run(OPEN_BUDGET, cells![id, row.id, &row.ask]).await?;
    tx.run(DROP_ABOUT, cells![id, row.id]).await?;
    for (nth, partner) in (1_i64..).zip(&row.about) {
        tx.run(PUT_ABOUT, cells![id, row.id, nth, *partner]).await?;
    }
    tx.run(DROP_DRAFTERS, cells![id, row.id]).await?;
    for person in &row.drafters {
        tx.run(PUT_DRAFTER, cells![id, row.id, *person]).await?;
    }
    Ok(())
}

/// Writes what lies on a window's table.
pub(super) async fn put_slate(tx: &mut Tx, id: PartnershipId, row: &Window) -> Result<(), StoreError> {
    tx.run(DROP_SLATE, cells![id, row.id]).await?;
    for (nth, card) in (1_i64..).zip(&row.slate) {
        tx.run(PUT_SLATE, cells![id, row.id, nth, *card]).await?;
    }
    Ok(())
}

pub(super) async fn all(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<WindowId, Window>, StoreError> {
    let mut windows = BTreeMap::new();
    for row in tx.all::<Row>(ALL_WINDOWS, cells![id]).await? {
        let window = Window {
            id: WindowId(row.id),
            ask: row.ask,
            nth: small(TABLE, row.nth)?,
            opens: time(TABLE, row.opens_ms)?,
            ends: time(TABLE, row.ends_ms)?,
            wall: wall(&row.shows, row.zone)?,
            state: word(TABLE, row.state)?,
            closed: maybe_time(TABLE, row.closed_ms)?,
            because_of: row.because_of,
            despite: row.despite,
            slate: Vec::new(),
            about: Vec::new(),
            drafters: std::collections::BTreeSet::new(),
            alone: row.alone == 1,
            extended: row.extended == 1,
            itself: row.itself == 1,
        };
        windows.insert(window.id, window);
    }
    for (window, card) in tx.all::<(i64, i64)>(ALL_SLATES, cells![id]).await? {
        of(&mut windows, window)?.slate.push(CardId(card));
    }
    for (window, partner) in tx.all::<(i64, i64)>(ALL_ABOUT, cells![id]).await? {
        of(&mut windows, window)?.about.push(PartnerId(partner));
    }
    for (window, person) in tx.all::<(i64, i64)>(ALL_DRAFTERS, cells![id]).await? {
        of(&mut windows, window)?.drafters.insert(PersonId(person));
    }
    Ok(windows)
}

/// What the clocks show at an end, and where.
fn wall(shows: &str, zone: String) -> Result<Option<Wall>, StoreError> {
    if zone.is_empty() {
        return Ok(None);
    }
    let why = "what the clocks show cannot be read";
    let shows = NaiveDateTime::parse_from_str(shows, SHOWS).map_err(|_| StoreError::Corrupt { table: TABLE, why })?;
    Ok(Some(Wall { shows, zone }))
}

fn of(windows: &mut BTreeMap<WindowId, Window>, id: i64) -> Result<&mut Window, StoreError> {
    windows.get_mut(&WindowId(id)).ok_or(StoreError::Corrupt { table: TABLE, why: "a row has no window" })
}

pub(super) async fn put_given(tx: &mut Tx, id: PartnershipId, row: &Given) -> Result<(), StoreError> {
    let [kind, giver] = giver_cells(row.giver);
    tx.run(PUT_GIVEN, cells![id, row.window, kind, giver, spell(&row.how), row.at]).await?;
    Ok(())
}

pub(super) async fn given(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<(WindowId, Giver), Given>, StoreError> {
    type Row = (i64, String, i64, String, i64);
    let rows: Vec<Row> = tx.all(ALL_GIVEN, cells![id]).await?;
    let given = |(window, kind, id, how, at_ms): Row| {
        let window = WindowId(window);
        let giver = giver("given", &kind, id)?;
        Ok(((window, giver), Given { window, giver, how: word("given", how)?, at: time("given", at_ms)? }))
    };
    rows.into_iter().map(given).collect()
}

/// A giver in two columns: of which kind, and which.
pub(super) fn giver_cells(giver: Giver) -> [Cell; 2] {
    let (kind, id) = match giver {
        Giver::Person(id) => ("person", id.0),
        Giver::Partner(id) => ("partner", id.0),
        Giver::Group(id) => ("group", id.0),
    };
    [Cell::from(kind), Cell::from(id)]
}

/// A giver from its two columns.
pub(super) fn giver(table: &'static str, kind: &str, id: i64) -> Result<Giver, StoreError> {
    match kind {
        "person" => Ok(Giver::Person(PersonId(id))),
        "partner" => Ok(Giver::Partner(PartnerId(id))),
        "group" => Ok(Giver::Group(GroupId(id))),
        _ => Err(StoreError::Corrupt { table, why: "a giver is of no known kind" }),
    }
}
