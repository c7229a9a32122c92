//! One process writes; a later one fences an earlier one off; the tables tell their age.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use jointpath::path::PartnershipId;
use jointpath::store::{OutboxState, Store, StoreError};

use crate::store_database::{on_each, raw};
use crate::store_make::{at, entry, founding};

const ID: PartnershipId = PartnershipId(1);

#[test]
fn a_second_process_is_told_who_writes() {
    on_each(&async |url| {
        let mut other = Holder::start(url);
        let started = Instant::now();
        let refused = Store::open(url).await.unwrap_err();
        assert!(started.elapsed() < Duration::from_secs(1), "after {:?}", started.elapsed());
        let StoreError::Locked { holder } = refused else { panic!("{refused:?}") };
        assert!(holder.contains(&format!("process {}", other.0.id())), "{holder}");

        other.0.kill().unwrap();
        other.0.wait().unwrap();
        let mut opened = Store::open(url).await;
        // PostgreSQL's server takes a moment to see that the other's session is dead.
        while opened.is_err() && started.elapsed() < Duration::from_secs(5) {
            tokio::time::sleep(Duration::from_millis(20)).await;
            opened = Store::open(url).await;
        }
        opened.unwrap();
    });
}

#[test]
fn the_lock_is_given_back_with_the_last_clone() {
    on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        let clone = store.clone();
        drop(store);
        assert!(matches!(Store::open(url).await, Err(StoreError::Locked { .. })));
        drop(clone);
        let mut opened = Store::open(url).await;
        for _ in 0..100 {
            if opened.is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
            opened = Store::open(url).await;
        }
        opened.unwrap();
    });
}

#[test]
fn whoever_was_overtaken_writes_no_more() {
    on_each(&async |url| {
        let store = Store::open(url).await.unwrap();
        store.commit(&[founding(ID)]).await.unwrap();
        raw(url, "update epoch set epoch = epoch + 1").await;
        let late = store.commit(&[entry(ID, 2, Vec::new())]).await.unwrap_err();
        assert_eq!(late, StoreError::Fenced);
        assert!(late.is_fatal());
        assert_eq!(store.mark(1, OutboxState::Moot, at(0)).await, Err(StoreError::Fenced));
        assert_eq!(store.forget_receipts(at(0)).await, Err(StoreError::Fenced));
        assert_eq!(store.load(ID).await.unwrap().unwrap().revision, 1);
    });
}

#[test]
fn a_newer_database_is_left_alone() {
    on_each(&async |url| {
        Store::open(url).await.unwrap().close().await;
        let later = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
            select 99990101000000, description, success, checksum, execution_time from _sqlx_migrations
            where version = (select max(version) from _sqlx_migrations)";
        raw(url, later).await;
        let newer = StoreError::Newer { found: 99_990_101_000_000 };
        assert_eq!(open_anew(url).await.unwrap_err(), newer);
        assert_eq!(Store::open_read_only(url).await.unwrap_err(), newer);
    });
}

#[test]
fn an_older_or_changed_database_is_told_apart() {
    on_each(&async |url| {
        Store::open(url).await.unwrap().close().await;
        let newest = "(select max(version) from (select version from _sqlx_migrations) as all_of_them)";
        raw(url, format!("delete from _sqlx_migrations where version = {newest}")).await;
        assert_eq!(Store::open_read_only(url).await.unwrap_err(), StoreError::Older);
        raw(
            url,
            "update _sqlx_migrations set checksum = (select checksum from _sqlx_migrations order by version limit 1)",
        )
        .await;
        let refused = open_anew(url).await.unwrap_err();
        assert!(matches!(refused, StoreError::Corrupt { table: "_sqlx_migrations", .. }), "{refused:?}");
    });
}

#[test]
fn what_is_no_database_is_not_opened() {
    on_each(&async |url| {
        let Some(path) = url.strip_prefix("sqlite:") else { return };
        assert!(matches!(Store::open_read_only(url).await, Err(StoreError::Io { .. })));
        assert!(matches!(Store::open(&format!("{path}/nowhere/it")).await, Err(StoreError::Io { .. })));
        std::fs::write(path, b"this is a shopping list, and it is long enough to be taken for a page").unwrap();
        let refused = Store::open(url).await.unwrap_err();
        assert!(refused.is_fatal(), "{refused:?}");
        for wrong in ["", "sqlite::memory:", "mysql://a@b/c", "postgres://a@b:notaport/c"] {
            assert!(matches!(Store::open(wrong).await, Err(StoreError::Unusable { .. })), "{wrong}");
        }
    });
}

/// Opens, waiting a moment for the lock that was just given back.
async fn open_anew(url: &str) -> Result<Store, StoreError> {
    for _ in 0..100 {
        match Store::open(url).await {
            Err(StoreError::Locked { .. }) => tokio::time::sleep(Duration::from_millis(20)).await,
            opened => return opened,
        }
    }
    Store::open(url).await
}

/// Another process that holds the lock; killed when the test ends.
struct Holder(Child);

impl Holder {
    fn start(url: &str) -> Self {
        let ready = tempfile::NamedTempFile::new().unwrap();
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "store_lock::another_process", "--ignored"])
            .env("JOINTPATH_TEST_HOLD", url)
            .env("JOINTPATH_TEST_READY", ready.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let holder = Self(child);
        let started = Instant::now();
        while std::fs::read(ready.path()).unwrap().is_empty() {
            assert!(started.elapsed() < Duration::from_secs(30), "the other process does not start");
            std::thread::sleep(Duration::from_millis(5));
        }
        holder
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        let _already_gone = self.0.kill();
        let _already_gone = self.0.wait();
    }
}

#[test]
#[ignore = "it is the other process of a_second_process_is_told_who_writes"]
fn another_process() {
    let url = std::env::var("JOINTPATH_TEST_HOLD").unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let _store = runtime.block_on(Store::open(&url)).unwrap();
    std::fs::write(std::env::var("JOINTPATH_TEST_READY").unwrap(), "ready").unwrap();
    std::thread::sleep(Duration::from_mins(1));
}
