//! Tests of the statements and of what errors say.

use sqlx::{Connection, Executor, PgConnection, SqlSafeStr, SqliteConnection};

use super::{Store, StoreError, board, commit, migrate, outbox, receipt};

#[path = "../../tests/it/store_database.rs"]
mod database;

fn statements() -> Vec<(&'static str, &'static str)> {
    [board::statements(), commit::ALL.to_vec(), migrate::ALL.to_vec(), outbox::ALL.to_vec(), receipt::ALL.to_vec()]
        .concat()
}

#[test]
fn every_statement_prepares_on_both_engines() {
    database::on_each(&async |url| {
        Store::open(url).await.unwrap().close().await;
        let mut wrong = Vec::new();
        if url.starts_with("sqlite") {
            let mut connection = SqliteConnection::connect(url).await.unwrap();
            for (name, sql) in statements() {
                wrong.extend(connection.prepare(sql.into_sql_str()).await.err().map(|error| (name, error.to_string())));
            }
        } else {
            let mut connection = PgConnection::connect(url).await.unwrap();
            for (name, sql) in statements() {
                wrong.extend(connection.prepare(sql.into_sql_str()).await.err().map(|error| (name, error.to_string())));
            }
        }
        assert_eq!(wrong, [], "on {}", &url[..6]);
    });
    assert!(statements().len() > 60, "the lists of statements are not whole");
}

#[test]
fn every_connection_waits_for_the_disk() {
    database::on_each(&async |url| {
        if url.starts_with("postgres") {
            let name = url.rsplit('/').next().unwrap_or_default();
            database::raw(url, format!("alter database {name} set synchronous_commit = off")).await;
        }
        let store = Store::open(url).await.unwrap();
        let reading = store.inner.db.reading().await.unwrap();
        for mut tx in [store.writing().await.unwrap(), reading] {
            if url.starts_with("postgres") {
                let sql = "select count(*) from pg_settings where (name, setting) in
                    (('synchronous_commit', 'on'), ('lock_timeout', '1000'))";
                assert_eq!(tx.number(sql, Vec::new()).await, Ok(2));
                continue;
            }
            for (sql, expected) in [
                ("pragma synchronous", 2),
                ("pragma foreign_keys", 1),
                ("pragma trusted_schema", 0),
                ("pragma secure_delete", 1),
                ("pragma busy_timeout", 1_000),
            ] {
                assert_eq!(tx.number(sql, Vec::new()).await, Ok(expected), "{sql}");
            }
            let mode: Option<(String,)> = tx.one("pragma journal_mode", Vec::new()).await.unwrap();
            assert_eq!(mode, Some(("wal".to_owned(),)));
        }
    });
}

#[test]
fn a_migration_says_only_what_both_engines_read_alike() {
    let unportable = ["AUTOINCREMENT", "SERIAL", "JSONB", "STRICT", "BOOLEAN", "TIMESTAMP", "INTEGER", "NOW("];
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations")).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap().to_uppercase();
        for word in unportable.iter().filter(|_| path.extension().is_some_and(|end| end == "sql")) {
            assert!(!text.contains(word), "{word} in {}", path.display());
        }
    }
}

#[test]
fn an_error_never_tells_what_was_bound() {
    database::on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        let mut tx = store.writing().await.unwrap();
        let secret = || super::cell::cells!["a secret", "a secret", 77_i64];
        let sql = "insert into draft_text (partnership, person, ask, field, words) values ($3, $3, $1, $2, $1)";
        let error = tx.run(sql, secret()).await.unwrap_err();
        assert_eq!(error, StoreError::conflict("foreign key"));
        for said in [format!("{error}"), format!("{error:?}"), format!("{store:?}")] {
            assert!(!said.contains("secret") && !said.contains("77"), "{said}");
        }
    });
}

#[test]
fn text_with_nul_is_refused_alike() {
    database::on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        let mut tx = store.writing().await.unwrap();
        let error = tx.run("delete from receipt where key = $1", super::cell::cells!["a\0b"]).await.unwrap_err();
        assert_eq!(error, StoreError::conflict("text without NUL"));
    });
}

#[test]
fn a_code_of_either_engine_is_told_apart() {
    let io = |code: &str| StoreError::Io { code: code.to_owned() };
    for (code, expected) in [("1034", io("1034")), ("11", io("11")), ("13", StoreError::Full), ("5", StoreError::Busy)]
    {
        let number: u32 = code.parse().unwrap();
        assert_eq!(super::error::from_sqlite(number & 0xff, code.to_owned()), expected);
    }
    for (code, expected) in [
        ("58030", io("58030")),
        ("XX001", io("XX001")),
        ("53100", StoreError::Full),
        ("40001", StoreError::Busy),
        ("55P03", StoreError::Busy),
        ("57P01", StoreError::Lost),
        ("25006", StoreError::ReadOnly),
        ("22003", StoreError::Database { code: "22003".to_owned() }),
    ] {
        assert_eq!(super::error::from_postgres(code.to_owned()), expected);
    }
    assert!(io("1034").is_fatal() && StoreError::Fenced.is_fatal());
    assert!(!StoreError::Full.is_fatal() && !StoreError::Busy.is_fatal() && !StoreError::Lost.is_fatal());
}
