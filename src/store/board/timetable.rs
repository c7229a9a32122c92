//! What hosts said about time: written whole, because it is small.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::path::{LeftOut, Occasions, PartnershipId, Past, Pause, Timetable};
use crate::store::cell::cells;
use crate::store::column::{maybe_time, small, time};
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

statements! {
    PUT_RHYTHM = "insert into rhythm (partnership, by_itself, pace, first, held_up, since_ms)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (partnership) do update set by_itself = excluded.by_itself, pace = excluded.pace,
            first = excluded.first, held_up = excluded.held_up, since_ms = excluded.since_ms";
    GET_RHYTHM = "select by_itself, pace, first, held_up, since_ms from rhythm where partnership = $1";
    DROP_SITTING_DAYS = "delete from sitting_days where partnership = $1";
    PUT_SITTING_DAYS = "insert into sitting_days (partnership, sitting, days) values ($1, $2, $3)";
    ALL_SITTING_DAYS = "select sitting, days from sitting_days where partnership = $1";
    DROP_SITTING_DATES = "delete from sitting_date where partnership = $1";
    PUT_SITTING_DATE = "insert into sitting_date (partnership, sitting, first) values ($1, $2, $3)";
    ALL_SITTING_DATES = "select sitting, first from sitting_date where partnership = $1";
    DROP_PAUSE = "delete from pause where partnership = $1";
    PUT_PAUSE = "insert into pause (partnership, from_ms, until_ms) values ($1, $2, $3)";
    GET_PAUSE = "select from_ms, until_ms from pause where partnership = $1";
    DROP_LEFT_OUT = "delete from left_out where partnership = $1";
    PUT_LEFT_OUT = "insert into left_out (partnership, sitting, why, at_ms) values ($1, $2, $3, $4)";
    ALL_LEFT_OUT = "select sitting, why, at_ms from left_out where partnership = $1";
    DROP_DAYS_OFF = "delete from day_off where partnership = $1";
    PUT_DAY_OFF = "insert into day_off (partnership, first, last) values ($1, $2, $3)";
    DROP_PAUSES = "delete from past_pause where partnership = $1";
    PUT_PAST_PAUSE = "insert into past_pause (partnership, from_ms, until_ms) values ($1, $2, $3)";
    ALL_PAUSES = "select from_ms, until_ms from past_pause where partnership = $1";
    DROP_WEEKLY = "delete from weekly_line where partnership = $1";
    PUT_WEEKLY = "insert into weekly_line (partnership, after_ms) values ($1, $2)";
    GET_WEEKLY = "select after_ms from weekly_line where partnership = $1";
    DROP_OCCASIONS = "delete from occasions where partnership = $1";
    PUT_OCCASIONS = "insert into occasions (partnership, since_ms, barred) values ($1, $2, $3)";
    GET_OCCASIONS = "select since_ms, barred from occasions where partnership = $1";
    ALL_DAYS_OFF = "select first, last from day_off where partnership = $1";
}

type Rhythm = (i64, Option<String>, Option<String>, Option<String>, Option<i64>);

pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Timetable) -> Result<(), StoreError> {
    tx.run(PUT_RHYTHM, cells![id, row.by_itself, &row.pace, &row.first, &row.held_up, row.since]).await?;
    tx.run(DROP_SITTING_DAYS, cells![id]).await?;
    for (sitting, days) in &row.days {
        tx.run(PUT_SITTING_DAYS, cells![id, sitting, *days]).await?;
    }
    tx.run(DROP_SITTING_DATES, cells![id]).await?;
    for (sitting, date) in &row.dates {
        tx.run(PUT_SITTING_DATE, cells![id, sitting, date.to_string()]).await?;
    }
    tx.run(DROP_PAUSE, cells![id]).await?;
    if let Some(pause) = &row.pause {
        tx.run(PUT_PAUSE, cells![id, pause.from, pause.until]).await?;
    }
    tx.run(DROP_LEFT_OUT, cells![id]).await?;
    for (sitting, left_out) in &row.left_out {
        tx.run(PUT_LEFT_OUT, cells![id, sitting, &left_out.why, left_out.at]).await?;
    }
    tx.run(DROP_DAYS_OFF, cells![id]).await?;
    for (first, last) in &row.days_off {
        tx.run(PUT_DAY_OFF, cells![id, first.to_string(), last.to_string()]).await?;
    }
    tx.run(DROP_WEEKLY, cells![id]).await?;
    if let Some(after) = row.weekly {
        tx.run(PUT_WEEKLY, cells![id, after]).await?;
    }
    tx.run(DROP_OCCASIONS, cells![id]).await?;
    if let Some(on) = row.occasions {
        tx.run(PUT_OCCASIONS, cells![id, on.since, on.barred]).await?;
    }
    tx.run(DROP_PAUSES, cells![id]).await?;
    for pause in &row.pauses {
        tx.run(PUT_PAST_PAUSE, cells![id, pause.from, pause.until]).await?;
    }
    Ok(())
}

pub(super) async fn get(tx: &mut Tx, id: PartnershipId) -> Result<Timetable, StoreError> {
    let mut days = BTreeMap::new();
    for (sitting, working_days) in tx.all::<(String, i64)>(ALL_SITTING_DAYS, cells![id]).await? {
        days.insert(sitting, small("sitting_days", working_days)?);
    }
    let mut dates = BTreeMap::new();
    for (sitting, day) in tx.all::<(String, String)>(ALL_SITTING_DATES, cells![id]).await? {
        dates.insert(sitting, date("sitting_date", &day)?);
    }
    let pause = match tx.all::<(i64, i64)>(GET_PAUSE, cells![id]).await?.first() {
        Some((from_ms, until_ms)) => Some(Pause { from: time("pause", *from_ms)?, until: time("pause", *until_ms)? }),
        None => None,
    };
    let mut left_out = BTreeMap::new();
    for (sitting, why, at_ms) in tx.all::<(String, String, i64)>(ALL_LEFT_OUT, cells![id]).await? {
        left_out.insert(sitting, LeftOut { why, at: time("left_out", at_ms)? });
    }
    let mut days_off = BTreeSet::new();
    for (first, last) in tx.all::<(String, String)>(ALL_DAYS_OFF, cells![id]).await? {
        days_off.insert((date("day_off", &first)?, date("day_off", &last)?));
    }
    let mut pauses = BTreeSet::new();
    for (from_ms, until_ms) in tx.all::<(i64, i64)>(ALL_PAUSES, cells![id]).await? {
        pauses.insert(Past { from: time("past_pause", from_ms)?, until: time("past_pause", until_ms)? });
    }
    let weekly = match tx.all::<(i64,)>(GET_WEEKLY, cells![id]).await?.first() {
        Some((after_ms,)) => Some(time("weekly_line", *after_ms)?),
        None => None,
    };
    let occasions = match tx.all::<(i64, i64)>(GET_OCCASIONS, cells![id]).await?.first() {
        Some((since_ms, barred)) => Some(Occasions { since: time("occasions", *since_ms)?, barred: *barred == 1 }),
        None => None,
    };
    let rhythm = tx.all::<Rhythm>(GET_RHYTHM, cells![id]).await?.into_iter().next();
    let (by_itself, pace, first, held_up, since_ms) = rhythm.unwrap_or_default();
    let since = maybe_time("rhythm", since_ms)?;
    let by_itself = by_itself == 1;
    Ok(Timetable {
        by_itself,
        pace,
        days,
        dates,
        first,
        held_up,
        since,
        pause,
        left_out,
        days_off,
        pauses,
        weekly,
        occasions,
    })
}

fn date(table: &'static str, text: &str) -> Result<NaiveDate, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt { table, why: "a date cannot be read" })
}
