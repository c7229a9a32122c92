//! The floor of the disk: three rows a commit, as a contribution makes, and nothing else.

use std::time::{Duration, Instant};

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection};

/// A database beside ours, set as ours is.
pub(crate) struct Commits {
    connection: SqliteConnection,
    next: i64,
}

impl Commits {
    pub(crate) async fn open(path: &str) -> Self {
        let mut connection = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .connect()
            .await
            .unwrap();
        for table in
            ["CREATE TABLE a (id BIGINT PRIMARY KEY, words TEXT)", "CREATE TABLE b (id BIGINT PRIMARY KEY, words TEXT)"]
        {
            sqlx::query(table).execute(&mut connection).await.unwrap();
        }
        Self { connection, next: 0 }
    }

    /// One commit.
    pub(crate) async fn one(&mut self) -> Duration {
        let words = "Three hundred characters are about what a card, its receipt and its notice hold. ".repeat(4);
        let started = Instant::now();
        let mut tx = self.connection.begin().await.unwrap();
        for (table, id) in [
            ("INSERT INTO a (id, words) VALUES ($1, $2)", self.next),
            ("INSERT INTO b (id, words) VALUES ($1, $2)", self.next),
            ("INSERT INTO a (id, words) VALUES ($1, $2)", -self.next - 1),
        ] {
            sqlx::query(table).bind(id).bind(words.as_str()).execute(&mut *tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        self.next += 1;
        started.elapsed()
    }
}
