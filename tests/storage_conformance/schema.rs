//! Opening, migrating, and what a database is refused for.

use crate::town::{SERVER, Town, new_office};
use sqlx::{Connection, PgConnection, SqliteConnection};
use storage::{Error, Options, SpeakerKeys, Store, office};
use tests::database::{Database, Fresh, fresh};

const NAMES: [&str; 34] = [
    "0001_office",
    "0002_issue",
    "0003_delivery",
    "0004_trace",
    "0005_stoppage",
    "0006_reminder",
    "0007_measure",
    "0008_disclosure",
    "0009_acceptance",
    "0010_lane",
    "0011_routing",
    "0012_history",
    "0013_category",
    "0014_session",
    "0015_matching",
    "0016_discussion",
    "0017_import",
    "0018_search",
    "0019_review",
    "0020_project",
    "0021_account",
    "0022_event",
    "0023_memo",
    "0024_target",
    "0025_review_issue",
    "0026_report",
    "0027_notice",
    "0028_feed",
    "0029_feedback",
    "0030_fund",
    "0031_front",
    "0032_bulletin",
    "0033_retention",
    "0034_belonging",
];

/// A table of the fourth migration: while one of this name is in the way, a database stays at the third.
const IN_THE_WAY: &str = "create table history_entry (id bigint)";
const OUT_OF_THE_WAY: &str = "drop table history_entry";

/// Runs statements beside the store, as somebody with a database tool would.
pub(crate) async fn by_hand(town: &Town, sql: &'static str) {
    by_hand_in(town.database, &town.fresh, sql).await;
}

/// As [`by_hand`], with what the database said of it.
pub(crate) async fn tried_by_hand(town: &Town, sql: &'static str) -> Result<(), sqlx::Error> {
    match town.database {
        Database::Sqlite => {
            let mut connection = SqliteConnection::connect(&town.fresh.url).await?;
            sqlx::raw_sql(sql).execute(&mut connection).await.map(drop)
        }
        Database::Postgres => {
            let mut connection = PgConnection::connect(&town.fresh.url).await?;
            sqlx::raw_sql(sql).execute(&mut connection).await.map(drop)
        }
    }
}

async fn by_hand_in(database: Database, fresh: &Fresh, sql: &'static str) {
    match database {
        Database::Sqlite => {
            let mut connection = SqliteConnection::connect(&fresh.url).await.expect("open");
            sqlx::raw_sql(sql)
                .execute(&mut connection)
                .await
                .expect("done by hand");
            connection.close().await.expect("closed");
        }
        Database::Postgres => {
            let mut connection = PgConnection::connect(&fresh.url).await.expect("open");
            sqlx::raw_sql(sql)
                .execute(&mut connection)
                .await
                .expect("done by hand");
            connection.close().await.expect("closed");
        }
    }
}

async fn refusal(url: &str) -> Error {
    let speaker_keys = SpeakerKeys::generate().expect("random bytes");
    Store::open(
        url,
        Options {
            speaker_keys,
            connections_max: 1,
        },
    )
    .await
    .expect_err("refused")
}

on_both! {
    async fn a_schema_is_made_once_and_is_then_up_to_date(town) {
        let fresh = fresh(town.database).await;
        let store = fresh.open().await;
        assert!(matches!(store.check_schema().await, Err(Error::SchemaOlder)));
        assert_eq!(store.migrate().await.expect("migrated"), NAMES);
        assert!(store.migrate().await.expect("nothing to do").is_empty());
        store.check_schema().await.expect("up to date");
        store.ping().await.expect("it answers");
    }

    async fn two_processes_may_migrate_one_after_the_other(town) {
        let fresh = fresh(town.database).await;
        let (one, other) = (fresh.open().await, fresh.open().await);
        assert_eq!(one.migrate().await.expect("migrated"), NAMES);
        assert!(other.migrate().await.expect("nothing to do").is_empty());
    }

    async fn a_migration_that_fails_is_undone_and_can_be_run_again(town) {
        let fresh = fresh(town.database).await;
        let store = fresh.open().await;
        by_hand_in(town.database, &fresh, IN_THE_WAY).await;
        let failed = store.migrate().await.expect_err("in the way");
        assert!(matches!(failed, Error::Migration(_)), "{failed:?}");
        assert!(matches!(store.check_schema().await, Err(Error::SchemaOlder)));
        by_hand_in(town.database, &fresh, OUT_OF_THE_WAY).await;
        assert_eq!(store.migrate().await.expect("migrated"), NAMES[3..]);
        store.check_schema().await.expect("up to date");
    }

    async fn a_newer_schema_is_refused_and_left_as_it_is(town) {
        by_hand(
            &town,
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
             select 999, '0999_future', true, checksum, 0 from _sqlx_migrations where version = 1",
        )
        .await;
        for refused in [town.store.check_schema().await.err(), town.store.migrate().await.err()] {
            let refused = refused.expect("refused");
            assert!(
                matches!(refused, Error::SchemaNewer { found: 999, known } if known == i64::try_from(NAMES.len()).expect("few")),
                "{refused:?}"
            );
        }
    }

    async fn what_was_written_is_there_after_reopening(town) {
        town.store.close().await;
        let reopened = town.fresh.open().await;
        reopened.check_schema().await.expect("up to date");
        let all = look!(reopened, |connection| office::all(connection).await);
        assert_eq!(all, [(town.office, SERVER)]);
    }

    async fn a_closed_store_says_so(town) {
        town.store.close().await;
        assert!(matches!(town.store.ping().await, Err(Error::Closed)));
        let written =
            change!(town.store, |tx| office::ensure(tx, SERVER, crate::town::morning()).await);
        assert!(matches!(written, Err(Error::Closed)));
        // Closing again does nothing.
        town.store.close().await;
    }

    async fn a_store_says_which_database_it_is(town) {
        let expected = match town.database {
            Database::Sqlite => "sqlite",
            Database::Postgres => "postgres",
        };
        assert_eq!(town.store.url_kind(), expected);
        assert_eq!(format!("{:?}", town.store), format!("Store({expected})"));
    }

    async fn an_entry_of_audit_or_history_cannot_be_changed_or_deleted(town) {
        let office = town.office;
        change!(town.store, |tx| {
            let entry = storage::audit::Entry {
                at: crate::town::morning(),
                who: crate::town::COORDINATOR,
                act: "issue.add",
                subject: None,
                details: &[],
            };
            storage::audit::append(tx, office, &entry).await?;
            let (at, who) = (entry.at, entry.who);
            let (about, state) = (crate::town::about(1), serde_json::json!({}));
            storage::history::append(tx, office, about, at, who, "issue.add", None, state).await
        })
        .expect("written");
        for sql in [
            "update audit_entry set who = 1",
            "delete from audit_entry",
            "update history_entry set who = 1",
            "delete from history_entry",
        ] {
            let error = match town.database {
                Database::Sqlite => {
                    let mut connection =
                        SqliteConnection::connect(&town.fresh.url).await.expect("open");
                    sqlx::raw_sql(sql).execute(&mut connection).await.expect_err("refused")
                }
                Database::Postgres => {
                    let mut connection = PgConnection::connect(&town.fresh.url).await.expect("open");
                    sqlx::raw_sql(sql).execute(&mut connection).await.expect_err("refused")
                }
            };
            assert!(error.to_string().contains("append-only"), "{error}");
        }
    }
}

#[tokio::test]
async fn an_address_that_is_no_database_is_refused_without_being_repeated() {
    for url in [
        "",
        "renkei.db",
        "mysql://geheim@host/db",
        "sqlite:",
        "postgres://geheim:x:y@[",
        "sqlite://",
    ] {
        let error = refusal(url).await;
        assert!(matches!(error, Error::BadUrl(_)), "{url}: {error:?}");
        assert!(!format!("{error} {error:?}").contains("geheim"));
    }
}

#[tokio::test]
async fn a_database_in_memory_is_refused() {
    for url in [
        "sqlite::memory:",
        "sqlite://:memory:",
        "sqlite://x?mode=memory",
    ] {
        assert!(matches!(refusal(url).await, Error::BadUrl(_)), "{url}");
    }
}

/// The files of SQLite: who may read them, and the copy before a migration.
#[cfg(unix)]
mod file {
    use super::*;
    use std::{fs, os::unix::fs::PermissionsExt, path::Path};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("a file").permissions().mode() & 0o777
    }

    #[tokio::test]
    async fn every_file_of_a_database_is_for_its_owner_only() {
        let town = Town::on(Database::Sqlite).await;
        let folder = town
            .fresh
            .file()
            .expect("a file")
            .parent()
            .expect("a folder")
            .to_owned();
        let files: Vec<_> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("entry").path())
            .collect();
        assert!(
            files.len() >= 2,
            "the write-ahead log is beside it: {files:?}"
        );
        for file in files {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
    }

    #[tokio::test]
    async fn a_file_others_could_read_is_restricted_when_it_is_opened() {
        let town = Town::on(Database::Sqlite).await;
        let file = town.fresh.file().expect("a file");
        town.store.close().await;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("loosened");
        let reopened = town.fresh.open().await;
        reopened.ping().await.expect("it answers");
        assert_eq!(mode(&file), 0o600);
    }

    #[tokio::test]
    async fn a_database_with_data_is_copied_before_it_is_migrated() {
        let fresh = fresh(Database::Sqlite).await;
        let store = fresh.open().await;
        let file = fresh.file().expect("a file");
        let copy = |suffix: &str| file.with_file_name(format!("renkei.db.{suffix}"));
        by_hand_in(Database::Sqlite, &fresh, IN_THE_WAY).await;
        store.migrate().await.expect_err("in the way");
        assert!(
            !copy("schema-0").exists(),
            "an empty database is not worth a copy"
        );
        let office = new_office(&store, SERVER).await;
        for (suffix, succeeds) in [("schema-3", false), ("schema-3.2", true)] {
            assert!(matches!(
                store.check_schema().await,
                Err(Error::SchemaOlder)
            ));
            if succeeds {
                by_hand_in(Database::Sqlite, &fresh, OUT_OF_THE_WAY).await;
            }
            assert_eq!(store.migrate().await.is_ok(), succeeds);
            assert_eq!(mode(&copy(suffix)), 0o600);

            let url = format!("sqlite://{}", copy(suffix).display());
            let options = Options {
                speaker_keys: fresh.keys.clone(),
                connections_max: 1,
            };
            let copied = Store::open(&url, options).await.expect("the copy opens");
            assert!(matches!(
                copied.check_schema().await,
                Err(Error::SchemaOlder)
            ));
            let all = look!(copied, |connection| office::all(connection).await);
            assert_eq!(all, [(office, SERVER)]);
        }
        assert_eq!(new_office(&store, SERVER).await, office);
    }
}
