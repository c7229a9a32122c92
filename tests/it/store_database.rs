//! Databases for tests: a new one for each test, gone when the test ends, however it ends.
//!
//! SQLite always; PostgreSQL if `JOINTPATH_TEST_POSTGRES` names a server (for example
//! `postgres://postgres@127.0.0.1:5432`). With `JOINTPATH_REQUIRE_POSTGRES=1` its absence is a failure.
//! Also read by the unit tests of `src/store`.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::FutureExt;
use sqlx::{Connection, Executor, PgConnection, SqliteConnection};

/// Runs a test on a new database of each engine.
pub(crate) fn on_each(test: &impl AsyncFn(&str)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        on_sqlite(test).await;
        on_postgres(test).await;
    });
}

async fn on_sqlite(test: &impl AsyncFn(&str)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jointpath.db");
    test(&format!("sqlite:{}", path.display())).await;
}

async fn on_postgres(test: &impl AsyncFn(&str)) {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let Ok(server) = std::env::var("JOINTPATH_TEST_POSTGRES") else {
        let required = std::env::var("JOINTPATH_REQUIRE_POSTGRES").is_ok_and(|value| value == "1");
        assert!(!required, "JOINTPATH_REQUIRE_POSTGRES is set, but JOINTPATH_TEST_POSTGRES names no server");
        eprintln!("PostgreSQL is left out: JOINTPATH_TEST_POSTGRES names no server");
        return;
    };
    let server = server.trim_end_matches('/');
    let name = format!("jointpath_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    raw(&format!("{server}/postgres"), format!("create database {name}")).await;
    let result = AssertUnwindSafe(test(&format!("{server}/{name}"))).catch_unwind().await;
    raw(&format!("{server}/postgres"), format!("drop database {name} with (force)")).await;
    if let Err(panic) = result {
        std::panic::resume_unwind(panic);
    }
}

/// Runs statements past the store, as another program would.
pub(crate) async fn raw(url: &str, sql: impl Into<String>) {
    hold(url, sql).await.close().await;
}

/// Runs statements past the store, and keeps the connection with whatever it holds.
pub(crate) async fn hold(url: &str, sql: impl Into<String>) -> Held {
    let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.into()));
    if let Some(path) = url.strip_prefix("sqlite:") {
        let mut connection = SqliteConnection::connect(&format!("sqlite:{path}")).await.unwrap();
        connection.execute(sql).await.unwrap();
        Held::Sqlite(connection)
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        connection.execute(sql).await.unwrap();
        Held::Postgres(connection)
    }
}

/// Another program's connection.
pub(crate) enum Held {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Held {
    pub(crate) async fn close(self) {
        match self {
            Self::Sqlite(connection) => connection.close().await.unwrap(),
            Self::Postgres(connection) => connection.close().await.unwrap(),
        }
    }
}
