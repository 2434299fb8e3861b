//! The schema: the migrations of both databases, embedded, and what version a database has.
//!
//! The two folders hold twins: the same names, the same meaning. Migrations are append-only.

use crate::{
    dialect,
    error::{Error, Result},
    link::{Connection, all, one},
};
use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

/// Name and the two texts of one migration.
struct Twin {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! twins {
    ($($name:literal),+ $(,)?) => {
        &[$(Twin {
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        }),+]
    };
}

/// All migrations, in order; the name begins with the version.
const TWINS: &[Twin] = twins![
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

/// Which folder.
#[derive(Clone, Copy)]
pub(crate) enum Side {
    Sqlite,
    Postgres,
}

/// The migrations of one database.
pub(crate) fn migrator(side: Side) -> Migrator {
    let migrations = TWINS.iter().map(|twin| {
        let sql = match side {
            Side::Sqlite => twin.sqlite,
            Side::Postgres => twin.postgres,
        };
        Migration::new(
            version_of(twin.name),
            twin.name.into(),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(migrations.collect())
}

/// The newest version this program knows.
pub(crate) fn known() -> i64 {
    TWINS.last().map_or(0, |twin| version_of(twin.name))
}

/// The names of the migrations after a version.
pub(crate) fn names_after(version: i64) -> Vec<String> {
    TWINS
        .iter()
        .filter(|twin| version_of(twin.name) > version)
        .map(|twin| twin.name.to_owned())
        .collect()
}

/// The newest version applied to a database; 0 for an empty one.
pub(crate) async fn applied(connection: &mut Connection) -> Result<i64> {
    if !dialect::has_table(connection, "_sqlx_migrations").await? {
        return Ok(0);
    }
    let (version,) = one!(
        connection,
        (i64,),
        "select cast(coalesce(max(version), 0) as bigint) from _sqlx_migrations"
    )?;
    Ok(version)
}

/// Whether the version found is the one this program needs.
pub(crate) fn check(found: i64) -> Result<()> {
    let known = known();
    match found.cmp(&known) {
        std::cmp::Ordering::Greater => Err(Error::SchemaNewer { found, known }),
        std::cmp::Ordering::Less => Err(Error::SchemaOlder),
        std::cmp::Ordering::Equal => Ok(()),
    }
}

/// The ids of the keys that something in the database is sealed with.
pub(crate) async fn keys_in_use(connection: &mut Connection) -> Result<Vec<String>> {
    let rows = all!(
        connection,
        (String,),
        "select speaker_key from issue where speaker_key is not null \
         union select person_key from key_person"
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

fn version_of(name: &str) -> i64 {
    name.split('_')
        .next()
        .and_then(|digits| digits.parse().ok())
        .expect("the name of a migration begins with its version")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &str) -> Vec<String> {
        let path = format!("{}/migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
        let mut names: Vec<String> = std::fs::read_dir(path)
            .expect("the folder of migrations")
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .into_string()
                    .expect("a plain name")
            })
            .collect();
        names.sort();
        names
    }

    #[test]
    fn every_migration_has_a_twin_and_is_embedded() {
        let embedded: Vec<String> = TWINS
            .iter()
            .map(|twin| format!("{}.sql", twin.name))
            .collect();
        assert_eq!(files("sqlite"), embedded);
        assert_eq!(files("postgres"), embedded);
    }

    #[test]
    fn versions_count_from_one_without_a_gap() {
        let versions: Vec<i64> = TWINS.iter().map(|twin| version_of(twin.name)).collect();
        assert_eq!(versions, (1..=known()).collect::<Vec<_>>());
    }

    #[test]
    fn migrations_are_written_in_lower_case_and_begin_with_prose() {
        for twin in TWINS {
            for text in [twin.sqlite, twin.postgres] {
                assert!(
                    text.starts_with("-- "),
                    "{} begins with a comment",
                    twin.name
                );
                let code = text
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("--"));
                for line in code {
                    assert_eq!(line, line.to_lowercase(), "{}", twin.name);
                }
            }
        }
    }
}
