//! Two engines behind one face: two typed pools, one transaction, statements written once.

use sqlx::postgres::{PgPool, PgRow, Postgres};
use sqlx::sqlite::{Sqlite, SqlitePool, SqliteRow};
use sqlx::{FromRow, Transaction};

use super::cell::Cell;
use super::error::StoreError;

/// Names statements, and lists them, so that a test prepares each on both engines.
macro_rules! statements {
    ($($name:ident = $sql:expr;)*) => {
        $(const $name: &str = $sql;)*
        /// Every statement of this file, by name.
        #[cfg(test)]
        pub(in crate::store) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}
pub(super) use statements;

/// A row that both engines can give.
pub(super) trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Record for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// The pools. SQLite has one connection that writes and several beside it that only read.
#[derive(Clone)]
pub(super) enum Db {
    Sqlite { read: SqlitePool, write: SqlitePool },
    Postgres(PgPool),
}

/// A transaction; rolled back unless it is committed.
pub(super) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// A transaction that sees one state of the database throughout.
    pub(super) async fn reading(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { read, .. } => Tx::Sqlite(read.begin().await?),
            Self::Postgres(pool) => {
                Tx::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    /// A transaction that writes. On SQLite it takes the write lock at once: one that reads first
    /// and writes later can fail in a way that no waiting cures.
    pub(super) async fn writing(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Empties SQLite's log into the file and cuts it, so that what was deleted is gone from both.
    /// Readers may be in the way; then a later call does it.
    pub(super) async fn sweep(&self) {
        if let Self::Sqlite { write, .. } = self {
            let _swept_or_later = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(write).await;
        }
    }

    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

macro_rules! bound {
    ($query:expr, $cells:expr) => {
        $cells.into_iter().fold($query, |query, cell| match cell {
            Cell::Number(number) => query.bind(number),
            Cell::Text(text) => query.bind(text),
        })
    };
}

impl Tx {
    /// Runs a statement; how many rows it touched.
    pub(super) async fn run(&mut self, sql: &'static str, cells: Vec<Cell>) -> Result<u64, StoreError> {
        refuse_nul(&cells)?;
        Ok(match self {
            Self::Sqlite(tx) => bound!(sqlx::query::<Sqlite>(sql), cells).execute(&mut **tx).await?.rows_affected(),
            Self::Postgres(tx) => bound!(sqlx::query::<Postgres>(sql), cells).execute(&mut **tx).await?.rows_affected(),
        })
    }

    /// All rows.
    pub(super) async fn all<T: Record>(&mut self, sql: &'static str, cells: Vec<Cell>) -> Result<Vec<T>, StoreError> {
        refuse_nul(&cells)?;
        Ok(match self {
            Self::Sqlite(tx) => bound!(sqlx::query_as::<Sqlite, T>(sql), cells).fetch_all(&mut **tx).await?,
            Self::Postgres(tx) => bound!(sqlx::query_as::<Postgres, T>(sql), cells).fetch_all(&mut **tx).await?,
        })
    }

    /// The first row, if there is one.
    pub(super) async fn one<T: Record>(
        &mut self,
        sql: &'static str,
        cells: Vec<Cell>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.all(sql, cells).await?.into_iter().next())
    }

    /// The one number that a statement always gives.
    pub(super) async fn number(&mut self, sql: &'static str, cells: Vec<Cell>) -> Result<i64, StoreError> {
        let row: Option<(i64,)> = self.one(sql, cells).await?;
        row.map(|(number,)| number).ok_or(StoreError::Database { code: "no row".to_owned() })
    }

    /// Returns when everything is on disk.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// PostgreSQL cannot keep the character NUL; so that both engines keep the same, none does.
fn refuse_nul(cells: &[Cell]) -> Result<(), StoreError> {
    let has_nul = |cell: &Cell| matches!(cell, Cell::Text(Some(text)) if text.contains('\0'));
    if cells.iter().any(has_nul) { Err(StoreError::conflict("text without NUL")) } else { Ok(()) }
}
