//! Bringing the tables up to date, and the epoch of the one who writes.

use sqlx::migrate::Migrator;

use super::cell::cells;
use super::db::{Db, Tx, statements};
use super::error::StoreError;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// The newest migration that has run; a statement of its own because the table may be missing.
const NEWEST: &str = "select coalesce(max(version), 0) from _sqlx_migrations";

statements! {
    RAISE = "update epoch set epoch = epoch + 1, commits = 0 where one = 1 returning epoch";
    COUNT = "update epoch set commits = commits + 1 where one = 1 and epoch = $1";
}

/// Fences off any earlier writer, then brings the tables up to date; our epoch.
pub(super) async fn take_over(db: &Db) -> Result<i64, StoreError> {
    let newest = ours();
    match theirs(db).await? {
        Some(found) if found > newest => Err(StoreError::Newer { found }),
        Some(_) => {
            let epoch = raise(db).await?;
            run(db).await?;
            Ok(epoch)
        }
        None => {
            run(db).await?;
            raise(db).await
        }
    }
}

/// Whether the tables are those that this program reads.
pub(super) async fn check(db: &Db) -> Result<(), StoreError> {
    match theirs(db).await? {
        Some(found) if found > ours() => Err(StoreError::Newer { found }),
        Some(found) if found == ours() => Ok(()),
        _ => Err(StoreError::Older),
    }
}

/// Counts one commit under an epoch; refuses if another process has begun a later one.
pub(super) async fn count_commit(tx: &mut Tx, epoch: i64) -> Result<(), StoreError> {
    if tx.run(COUNT, cells![epoch]).await? == 1 { Ok(()) } else { Err(StoreError::Fenced) }
}

fn ours() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// The newest migration the database has; none if it is new.
async fn theirs(db: &Db) -> Result<Option<i64>, StoreError> {
    let found = match db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(NEWEST).fetch_one(read).await,
        Db::Postgres(pool) => sqlx::query_scalar(NEWEST).fetch_one(pool).await,
    };
    match found {
        Ok(0) => Ok(None),
        Ok(version) => Ok(Some(version)),
        Err(error) if StoreError::is_no_table(&error) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn run(db: &Db) -> Result<(), StoreError> {
    match db {
        Db::Sqlite { write, .. } => MIGRATIONS.run(write).await?,
        Db::Postgres(pool) => MIGRATIONS.run(pool).await?,
    }
    Ok(())
}

async fn raise(db: &Db) -> Result<i64, StoreError> {
    let mut tx = db.writing().await?;
    let epoch = tx.number(RAISE, cells![]).await?;
    tx.commit().await?;
    Ok(epoch)
}
