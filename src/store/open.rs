//! Opening and closing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::db::Db;
use super::error::StoreError;
use super::lock::{self, Lock};
use super::{Inner, Store, Writer, migrate};

/// The oldest SQLite we trust: 3.51.3 mends a rare fault of the log that could damage a database.
const SQLITE_MIN: [u32; 3] = [3, 51, 3];

/// How long to wait for a database that another program holds.
const BUSY: Duration = Duration::from_secs(1);

/// How long to wait for a connection of a pool.
const ACQUIRE: Duration = Duration::from_secs(5);

enum Address {
    Sqlite(PathBuf),
    Postgres(Box<PgConnectOptions>),
}

impl Store {
    /// Opens the database to write: `sqlite:path`, a bare path, or `postgres://…`. Takes the lock
    /// of the one writer first; makes a new SQLite file if there is none; brings the tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Locked`] if another process writes, [`StoreError::Newer`] if the database is
    /// newer than this program, or what the engine says.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let (db, lock) = match address(url)? {
            Address::Sqlite(path) => {
                let lock = Lock::file(&path)?;
                make_private(&path)?;
                (sqlite(&path, true).await?, lock)
            }
            Address::Postgres(options) => {
                let lock = Lock::session(&options).await?;
                (postgres(*options).await?, lock)
            }
        };
        let epoch = migrate::take_over(&db).await?;
        Ok(Self { inner: Arc::new(Inner { db, writer: Some(Writer { epoch, _lock: lock }) }) })
    }

    /// Opens an existing database to read only, beside the process that writes.
    ///
    /// # Errors
    /// [`StoreError::Newer`] or [`StoreError::Older`] if its tables are not those this program
    /// reads, or what the engine says.
    pub async fn open_read_only(url: &str) -> Result<Self, StoreError> {
        let db = match address(url)? {
            Address::Sqlite(path) => sqlite(&path, false).await?,
            Address::Postgres(options) => postgres(options.options([("default_transaction_read_only", "on")])).await?,
        };
        migrate::check(&db).await?;
        Ok(Self { inner: Arc::new(Inner { db, writer: None }) })
    }

    /// Closes all connections, waiting for what is under way; other clones find the database closed.
    pub async fn close(self) {
        self.inner.db.close().await;
    }

    /// A transaction that writes, counted under our epoch.
    pub(super) async fn writing(&self) -> Result<super::db::Tx, StoreError> {
        let epoch = self.inner.writer.as_ref().ok_or(StoreError::ReadOnly)?.epoch;
        let mut tx = self.inner.db.writing().await?;
        migrate::count_commit(&mut tx, epoch).await?;
        Ok(tx)
    }
}

fn address(url: &str) -> Result<Address, StoreError> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        let options: PgConnectOptions =
            url.parse().map_err(|_| StoreError::Unusable { why: "the address cannot be read" })?;
        let application = lock::name();
        let options = options.application_name(&application).options([
            ("synchronous_commit", "on"),
            ("lock_timeout", "1000"),
            ("client_min_messages", "warning"),
        ]);
        return Ok(Address::Postgres(Box::new(options)));
    }
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
    if path.is_empty() || path.contains(":memory:") || path.contains("://") {
        return Err(StoreError::Unusable { why: "it takes a file's path or a postgres:// address" });
    }
    Ok(Address::Sqlite(PathBuf::from(path)))
}

/// Makes the file so that only its owner reads it; SQLite gives its log the same rights.
fn make_private(path: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    Ok(())
}

async fn sqlite(path: &Path, writes: bool) -> Result<Db, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .synchronous(SqliteSynchronous::Full)
        .pragma("trusted_schema", "OFF")
        .pragma("secure_delete", "ON");
    let pool = SqlitePoolOptions::new().acquire_timeout(ACQUIRE);
    let write = if writes {
        let options = options.clone().journal_mode(SqliteJournalMode::Wal).optimize_on_close(true, None);
        Some(pool.clone().max_connections(1).connect_with(options).await?)
    } else {
        None
    };
    let read = pool.max_connections(4).connect_with(options.read_only(true)).await?;
    let found: String = sqlx::query_scalar("select sqlite_version()").fetch_one(&read).await?;
    let parts: Vec<u32> = found.split('.').map_while(|part| part.parse().ok()).collect();
    if parts.as_slice() < SQLITE_MIN.as_slice() {
        return Err(StoreError::OldSqlite { found });
    }
    let write = write.unwrap_or_else(|| read.clone());
    Ok(Db::Sqlite { read, write })
}

async fn postgres(options: PgConnectOptions) -> Result<Db, StoreError> {
    let pool = PgPoolOptions::new().max_connections(5).acquire_timeout(ACQUIRE);
    Ok(Db::Postgres(pool.connect_with(options).await?))
}
