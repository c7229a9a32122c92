//! Why the database could not do something. Never holds a bound value, a word of people or an address.

use sqlx::error::{DatabaseError, ErrorKind};
use thiserror::Error;

/// Why the database could not do something.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoreError {
    /// Another program holds the database; nothing was saved, and trying again may help.
    #[error("the database is busy")]
    Busy,
    /// Another process writes to it.
    #[error("the database is in use by {holder}")]
    Locked {
        /// Who, as far as it can be told.
        holder: String,
    },
    /// A row would break a rule of the tables.
    #[error("the database refuses: {constraint}")]
    Conflict {
        /// The rule: `unique receipt`, `foreign key`, `revision`, …
        constraint: String,
    },
    /// A row cannot be read as what it should be.
    #[error("a row of {table} cannot be read: {why}")]
    Corrupt {
        /// In which table.
        table: &'static str,
        /// Why, without its content.
        why: &'static str,
    },
    /// The database was written by a newer program.
    #[error("the database is newer than this program (its tables are of {found})")]
    Newer {
        /// The newest migration it has.
        found: i64,
    },
    /// The database is older than this program, and was opened to read only.
    #[error("the database is older than this program; start the program once, so that it brings the tables up to date")]
    Older,
    /// This SQLite has known faults.
    #[error("SQLite {found} is too old, 3.51.3 or newer is needed")]
    OldSqlite {
        /// Its version.
        found: String,
    },
    /// Another process has taken over the writing.
    #[error("another process writes to the database now")]
    Fenced,
    /// The store was opened to read only.
    #[error("the database was opened to read only")]
    ReadOnly,
    /// There is no room left; nothing was saved.
    #[error("there is no room left for the database")]
    Full,
    /// The disk or the file failed. What is on disk is uncertain until the program starts again.
    #[error("reading or writing the database failed ({code})")]
    Io {
        /// The engine's code, or the system's word for it.
        code: String,
    },
    /// The connection to the database is gone. Whether the last commit was saved is uncertain.
    #[error("the connection to the database is lost")]
    Lost,
    /// The database cannot be opened under this address.
    #[error("the database cannot be opened: {why}")]
    Unusable {
        /// Why, without the address.
        why: &'static str,
    },
    /// Anything else.
    #[error("the database answers with error {code}")]
    Database {
        /// The engine's code, or sqlx's word for it.
        code: String,
    },
}

impl StoreError {
    /// Whether the process should end: going on could tick what is not saved, or write beside
    /// another writer.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        matches!(self, Self::Io { .. } | Self::Fenced)
    }

    /// Whether it concerns one entry of a batch alone, so that the others can still be saved.
    pub(super) fn is_of_one_entry(&self) -> bool {
        matches!(self, Self::Conflict { .. } | Self::Corrupt { .. } | Self::Database { .. })
    }

    pub(super) fn conflict(constraint: &str) -> Self {
        Self::Conflict { constraint: constraint.to_owned() }
    }

    /// Whether the database has no such table: it is new.
    pub(super) fn is_no_table(error: &sqlx::Error) -> bool {
        error.as_database_error().is_some_and(|found| {
            found.code().as_deref() == Some("42P01") || found.message().starts_with("no such table")
        })
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(found) => from_database(found.as_ref()),
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolClosed => Self::Lost,
            sqlx::Error::WorkerCrashed => Self::Io { code: "worker".to_owned() },
            sqlx::Error::Migrate(found) => from_migration(*found),
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                Self::Corrupt { table: "a table", why: "a column is of another type" }
            }
            other => Self::Database { code: word_for(&other).to_owned() },
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        from_migration(error)
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        Self::Io { code: error.kind().to_string() }
    }
}

fn from_migration(error: sqlx::migrate::MigrateError) -> StoreError {
    use sqlx::migrate::MigrateError as E;
    match error {
        E::Execute(error) | E::ExecuteMigration(error, _) => error.into(),
        E::VersionMissing(found) => StoreError::Newer { found },
        E::VersionMismatch(_) => {
            StoreError::Corrupt { table: "_sqlx_migrations", why: "a migration differs from the one that was run" }
        }
        _ => StoreError::Database { code: "migration".to_owned() },
    }
}

fn from_database(error: &dyn DatabaseError) -> StoreError {
    match error.kind() {
        ErrorKind::UniqueViolation => return StoreError::conflict(&format!("unique {}", table_of(error))),
        ErrorKind::ForeignKeyViolation => return StoreError::conflict("foreign key"),
        ErrorKind::CheckViolation | ErrorKind::NotNullViolation => return StoreError::conflict("check"),
        _ => {}
    }
    let code = error.code().unwrap_or_default().into_owned();
    match code.parse::<u32>() {
        // SQLite's codes are numbers below 2^16; the low byte is the primary one (sqlite.org/rescode.html).
        // PostgreSQL's SQLSTATEs have five characters, and those that matter begin with zeros or letters.
        Ok(number) if code.len() < 5 => from_sqlite(number & 0xff, code),
        _ => from_postgres(code),
    }
}

pub(super) fn from_sqlite(primary: u32, code: String) -> StoreError {
    match primary {
        5 | 6 => StoreError::Busy,
        8 => StoreError::ReadOnly,
        // IOERR, CORRUPT, CANTOPEN, NOTADB
        10 | 11 | 14 | 26 => StoreError::Io { code },
        13 => StoreError::Full,
        _ => StoreError::Database { code },
    }
}

/// By class (PostgreSQL manual, appendix A).
pub(super) fn from_postgres(code: String) -> StoreError {
    match code.get(..2) {
        Some("08" | "57") => StoreError::Lost,
        Some("53") if code == "53100" => StoreError::Full,
        Some("40" | "53" | "55") => StoreError::Busy,
        Some("58" | "XX") => StoreError::Io { code },
        _ if code == "25006" => StoreError::ReadOnly,
        _ => StoreError::Database { code },
    }
}

/// The table of a unique rule. SQLite tells it in its message: `UNIQUE constraint failed: receipt.key`.
fn table_of(error: &dyn DatabaseError) -> String {
    let said = error.message().rsplit_once(": ").map_or("", |(_, columns)| columns);
    let table = said.split_once('.').map_or("", |(table, _)| table);
    error.table().unwrap_or(table).to_owned()
}

fn word_for(error: &sqlx::Error) -> &'static str {
    match error {
        sqlx::Error::Configuration(_) => "configuration",
        sqlx::Error::Protocol(_) => "protocol",
        sqlx::Error::RowNotFound => "no row",
        sqlx::Error::Encode(_) => "encode",
        sqlx::Error::BeginFailed => "begin",
        _ => "other",
    }
}
