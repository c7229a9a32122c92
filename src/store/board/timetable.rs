//! What hosts said about time: written whole, because it is small.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::path::{LeftOut, PartnershipId, Pause, Timetable};
use crate::store::cell::cells;
use crate::store::column::time;
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

statements! {
    DROP_PAUSE = "delete from pause where partnership = $1";
    PUT_PAUSE = "insert into pause (partnership, from_ms, until_ms) values ($1, $2, $3)";
    GET_PAUSE = "select from_ms, until_ms from pause where partnership = $1";
    DROP_LEFT_OUT = "delete from left_out where partnership = $1";
    PUT_LEFT_OUT = "insert into left_out (partnership, sitting, why, at_ms) values ($1, $2, $3, $4)";
    ALL_LEFT_OUT = "select sitting, why, at_ms from left_out where partnership = $1";
    DROP_DAYS_OFF = "delete from day_off where partnership = $1";
    PUT_DAY_OFF = "insert into day_off (partnership, first, last) values ($1, $2, $3)";
    ALL_DAYS_OFF = "select first, last from day_off where partnership = $1";
}

pub(super) async fn put(tx: &mut Tx, id: PartnershipId, row: &Timetable) -> Result<(), StoreError> {
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
    Ok(())
}

pub(super) async fn get(tx: &mut Tx, id: PartnershipId) -> Result<Timetable, StoreError> {
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
        days_off.insert((date(&first)?, date(&last)?));
    }
    Ok(Timetable { pause, left_out, days_off })
}

fn date(text: &str) -> Result<NaiveDate, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt { table: "day_off", why: "a date cannot be read" })
}
