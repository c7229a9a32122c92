//! The lock of the one process that writes. Taken before anything else, held until the end.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};

use super::error::StoreError;

/// Under this number PostgreSQL keeps our lock, one a database. Any fixed number would do.
const KEY: i64 = 1_784_573_540;

/// The lock. Dropping it, or the end of the process, gives it back.
pub(super) enum Lock {
    /// A locked file beside the SQLite file.
    File { _file: File },
    /// A session of its own that holds PostgreSQL's advisory lock.
    Session { _session: Mutex<PgConnection> },
}

impl Lock {
    /// Locks a SQLite file by a file beside it, and leaves our process number there.
    pub(super) fn file(database: &Path) -> Result<Self, StoreError> {
        let path = beside(database);
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::Locked { holder: holder(&mut file) }),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(name().as_bytes())?;
        Ok(Self::File { _file: file })
    }

    /// Locks a PostgreSQL database by a session.
    pub(super) async fn session(options: &PgConnectOptions) -> Result<Self, StoreError> {
        let mut session = options.connect().await?;
        let (taken,): (bool,) = sqlx::query_as(TAKE).bind(KEY).fetch_one(&mut session).await?;
        if taken {
            return Ok(Self::Session { _session: Mutex::new(session) });
        }
        let holder: Option<(String,)> = sqlx::query_as(HOLDER).bind(KEY).fetch_optional(&mut session).await?;
        session.close().await?;
        Err(StoreError::Locked { holder: holder.map_or_else(|| "another process".to_owned(), |(holder,)| holder) })
    }
}

const TAKE: &str = "select pg_try_advisory_lock($1)";

const HOLDER: &str = "select a.application_name || ', session ' || a.pid
    from pg_locks l join pg_stat_activity a on a.pid = l.pid join pg_database d on d.oid = l.database
    where l.locktype = 'advisory' and l.classid = 0 and l.objid::bigint = $1 and l.granted
      and d.datname = current_database()";

/// By what name this process is known to another that finds it holding the lock.
pub(super) fn name() -> String {
    format!("jointpath, process {}", std::process::id())
}

fn beside(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

fn holder(file: &mut File) -> String {
    let mut found = String::new();
    match file.read_to_string(&mut found) {
        Ok(_) if !found.is_empty() => found,
        _ => "another process".to_owned(),
    }
}
