//! Partners, their people, and the people's accounts.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::FromRow;

use crate::path::{AccountId, Partner, PartnerId, PartnershipId, Person, PersonId};
use crate::store::cell::{cells, spell};
use crate::store::column::{maybe_time, small, word};
use crate::store::db::{Tx, statements};
use crate::store::error::StoreError;

statements! {
    PUT_PARTNER = "insert into partner (partnership, id, name, short, sector, lag_days, until_ms)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (partnership, id) do update set name = excluded.name, short = excluded.short,
            sector = excluded.sector, lag_days = excluded.lag_days, until_ms = excluded.until_ms";
    PARTNERS = "select id, name, short, sector, lag_days, until_ms from partner where partnership = $1";
    PUT_PERSON = "insert into person
        (partnership, id, name, partner, level, zone, handle, host, standing, from_ms, until_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (partnership, id) do update set name = excluded.name, partner = excluded.partner,
            level = excluded.level, zone = excluded.zone, handle = excluded.handle, host = excluded.host,
            standing = excluded.standing, from_ms = excluded.from_ms, until_ms = excluded.until_ms";
    PEOPLE = "select id, name, partner, level, zone, handle, host, standing, from_ms, until_ms
        from person where partnership = $1";
    DROP_ACCOUNTS = "delete from account where partnership = $1 and person = $2";
    PUT_ACCOUNT = "insert into account (partnership, account, person) values ($1, $2, $3)
        on conflict (partnership, account) do update set person = excluded.person";
    ACCOUNTS = "select person, account from account where partnership = $1";
}

#[derive(FromRow)]
struct PersonRow {
    id: i64,
    name: String,
    partner: i64,
    level: String,
    zone: String,
    handle: String,
    host: i64,
    standing: String,
    from_ms: Option<i64>,
    until_ms: Option<i64>,
}

pub(super) async fn put_partner(tx: &mut Tx, id: PartnershipId, row: &Partner) -> Result<(), StoreError> {
    let cells = cells![id, row.id, &row.name, &row.short, &row.sector, row.lag_days, row.until];
    tx.run(PUT_PARTNER, cells).await?;
    Ok(())
}

pub(super) async fn partners(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<PartnerId, Partner>, StoreError> {
    type Row = (i64, String, String, String, i64, Option<i64>);
    let rows: Vec<Row> = tx.all(PARTNERS, cells![id]).await?;
    let partner = |(id, name, short, sector, lag_days, until_ms): Row| {
        let id = PartnerId(id);
        let lag_days = small("partner", lag_days)?;
        let until = maybe_time("partner", until_ms)?;
        Ok((id, Partner { id, name, short, sector, lag_days, until }))
    };
    rows.into_iter().map(partner).collect()
}

pub(super) async fn put_person(tx: &mut Tx, id: PartnershipId, row: &Person) -> Result<(), StoreError> {
    let mut cells = cells![id, row.id, &row.name, row.partner, spell(&row.level), &row.zone, &row.handle];
    cells.extend(cells![row.host, spell(&row.standing), row.from, row.until]);
    tx.run(PUT_PERSON, cells).await?;
    tx.run(DROP_ACCOUNTS, cells![id, row.id]).await?;
    for account in &row.accounts {
        tx.run(PUT_ACCOUNT, cells![id, *account, row.id]).await?;
    }
    Ok(())
}

pub(super) async fn people(tx: &mut Tx, id: PartnershipId) -> Result<BTreeMap<PersonId, Person>, StoreError> {
    let mut accounts: BTreeMap<i64, BTreeSet<AccountId>> = BTreeMap::new();
    for (person, account) in tx.all::<(i64, i64)>(ACCOUNTS, cells![id]).await? {
        accounts.entry(person).or_default().insert(AccountId(account.cast_unsigned()));
    }
    let rows: Vec<PersonRow> = tx.all(PEOPLE, cells![id]).await?;
    let person = |row: PersonRow| {
        let person = Person {
            id: PersonId(row.id),
            name: row.name,
            partner: PartnerId(row.partner),
            level: word("person", row.level)?,
            zone: row.zone,
            handle: row.handle,
            host: row.host == 1,
            standing: word("person", row.standing)?,
            accounts: accounts.remove(&row.id).unwrap_or_default(),
            from: maybe_time("person", row.from_ms)?,
            until: maybe_time("person", row.until_ms)?,
        };
        Ok((person.id, person))
    };
    rows.into_iter().map(person).collect()
}
