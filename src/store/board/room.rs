//! Smaller rooms.

use std::collections::BTreeMap;

use crate::path::{AccountId, Entry, GroupId, PartnerId, PartnershipId, RoomId, Spot, WindowId};
use crate::store::cell::cells;
use crate::store::column::time;
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

statements! {
    PUT = "insert into room (partnership, spot, subject, room) values ($1, $2, $3, $4)
        on conflict (partnership, spot, subject) do update set room = excluded.room";
    PUT_ROUND = "insert into round (partnership, window_, message) values ($1, $2, $3)
        on conflict (partnership, window_) do update set message = excluded.message";
    PUT_OCCASION = "insert into occasion (partnership, window_, ends_ms, since_ms, entry) values ($1, $2, $3, $4, $5)
        on conflict (partnership, window_, ends_ms, since_ms) do update set entry = excluded.entry";
    ALL_OCCASIONS = "select window_, ends_ms, since_ms, entry from occasion where partnership = $1";
    PUT_OPENING = "insert into opening_post (partnership, sitting, message) values ($1, $2, $3)
        on conflict (partnership, sitting) do update set message = excluded.message";
    ALL_OPENINGS = "select sitting, message from opening_post where partnership = $1";
    ALL_ROUNDS = "select window_, message from round where partnership = $1";
    ALL_ROOMS = "select spot, subject, room from room where partnership = $1";
    PUT_DIRECT = "insert into direct_room (partnership, account, room) values ($1, $2, $3)
        on conflict (partnership, account) do update set room = excluded.room";
    DIRECT_ROOMS = "select account, room from direct_room where partnership = $1";
}

pub(super) async fn put(tx: &mut Tx, id: PartnershipId, spot: &Spot, room: RoomId) -> Result<(), StoreError> {
    let (spot, subject) = match spot {
        Spot::Hosts => ("hosts", String::new()),
        Spot::Partner(partner) => ("partner", partner.to_string()),
        Spot::Group(group) => ("group", group.to_string()),
        Spot::Talk(sitting) => ("talk", sitting.clone()),
        Spot::Board => ("board", String::new()),
        Spot::Direct(account) => return tx.run(PUT_DIRECT, cells![id, *account, room]).await.map(drop),
        Spot::Round(window) => return tx.run(PUT_ROUND, cells![id, *window, room]).await.map(drop),
        Spot::Occasion(entry) => {
            let cells = cells![id, entry.window, entry.ends, entry.since, room];
            return tx.run(PUT_OCCASION, cells).await.map(drop);
        }
        Spot::Opening(sitting) => return tx.run(PUT_OPENING, cells![id, sitting, room]).await.map(drop),
    };
    tx.run(PUT, cells![id, spot, subject, room]).await?;
    Ok(())
}

pub(super) async fn all(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<Spot, RoomId>, StoreError> {
    let mut rooms = BTreeMap::new();
    for (kind, subject, room) in tx.all::<(String, String, i64)>(ALL_ROOMS, cells![id]).await? {
        rooms.insert(spot(&kind, subject)?, RoomId(room.cast_unsigned()));
    }
    for (account, room) in tx.all::<(i64, i64)>(DIRECT_ROOMS, cells![id]).await? {
        rooms.insert(Spot::Direct(AccountId(account.cast_unsigned())), RoomId(room.cast_unsigned()));
    }
    for (window, message) in tx.all::<(i64, i64)>(ALL_ROUNDS, cells![id]).await? {
        rooms.insert(Spot::Round(WindowId(window)), RoomId(message.cast_unsigned()));
    }
    for (window, ends_ms, since_ms, entry) in tx.all::<(i64, i64, i64, i64)>(ALL_OCCASIONS, cells![id]).await? {
        let (ends, since) = (time("occasion", ends_ms)?, time("occasion", since_ms)?);
        let spot = Spot::Occasion(Entry { window: WindowId(window), ends, since });
        rooms.insert(spot, RoomId(entry.cast_unsigned()));
    }
    for (sitting, message) in tx.all::<(String, i64)>(ALL_OPENINGS, cells![id]).await? {
        rooms.insert(Spot::Opening(sitting), RoomId(message.cast_unsigned()));
    }
    Ok(rooms)
}

fn spot(kind: &str, subject: String) -> Result<Spot, StoreError> {
    let corrupt = StoreError::Corrupt { table: "room", why: "it is for nothing that is known" };
    let number = subject.parse::<i64>();
    match (kind, number) {
        ("hosts", _) => Ok(Spot::Hosts),
        ("board", _) => Ok(Spot::Board),
        ("talk", _) => Ok(Spot::Talk(subject)),
        ("partner", Ok(id)) => Ok(Spot::Partner(PartnerId(id))),
        ("group", Ok(id)) => Ok(Spot::Group(GroupId(id))),
        _ => Err(corrupt),
    }
}
