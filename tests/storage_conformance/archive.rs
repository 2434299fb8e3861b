//! The archive and the end of an office: every table of the schema is known, everything is handed out, and
//! nothing is left of an office that was deleted, while its neighbour keeps everything.

use crate::town::{COORDINATOR, Town, later, morning};
use domain::{id::OfficeId, speaker::Speaker};
use sqlx::{Connection, PgConnection, Row, SqliteConnection};
use std::collections::BTreeSet;
use storage::{
    archive::{self, ELSEWHERE, Fate, Holds, TABLES},
    audit, departure, erasure, issue, office,
};
use tests::database::Database;

/// Every table of the schema, as the database tells it.
async fn tables(town: &Town) -> BTreeSet<String> {
    let names: Vec<String> = match town.database {
        Database::Sqlite => {
            let mut connection = SqliteConnection::connect(&town.fresh.url)
                .await
                .expect("open");
            let sql = "select name from sqlite_master where type = 'table' \
                       and name not like 'sqlite_%' and name not like '%\\_gram\\_%' escape '\\'";
            let rows = sqlx::query(sql)
                .fetch_all(&mut connection)
                .await
                .expect("read");
            connection.close().await.expect("closed");
            rows.iter().map(|row| row.get(0)).collect()
        }
        Database::Postgres => {
            let mut connection = PgConnection::connect(&town.fresh.url).await.expect("open");
            let sql = "select cast(table_name as text) from information_schema.tables \
                       where table_schema = current_schema() and table_type = 'BASE TABLE'";
            let rows = sqlx::query(sql)
                .fetch_all(&mut connection)
                .await
                .expect("read");
            connection.close().await.expect("closed");
            rows.iter().map(|row| row.get(0)).collect()
        }
    };
    names.into_iter().collect()
}

impl Town {
    /// How many rows an office has, table by table; tables without any are left out.
    pub(crate) async fn rows(&self, office: OfficeId) -> Vec<(&'static str, i64)> {
        let mut rows = Vec::new();
        for table in TABLES {
            let count = look!(self.store, |connection| archive::count(
                connection, office, table
            )
            .await);
            if count > 0 {
                rows.push((table.name, count));
            }
        }
        rows
    }

    async fn erased(&self, office: OfficeId) -> usize {
        let mut steps = 1;
        while !change!(self.store, |tx| erasure::go_on(tx, office, later(10)).await)
            .expect("a step")
        {
            steps += 1;
            assert!(steps < 1_000, "it comes to an end");
        }
        steps
    }
}

on_both! {
    async fn every_table_of_the_schema_is_handed_out_or_left_for_a_reason(town) {
        let known: BTreeSet<String> = TABLES
            .iter()
            .map(|table| table.name.to_owned())
            .chain(ELSEWHERE.iter().map(|(name, _)| (*name).to_owned()))
            .collect();
        let mut found = tables(&town).await;
        // The indexes of wordings are tables of their own in one of the databases only.
        found.extend(["issue_gram", "notice_gram"].map(str::to_owned));
        assert_eq!(found, known, "a new table stands in storage::archive::TABLES or ELSEWHERE");
    }

    async fn every_table_can_be_read_whole(town) {
        let office = town.office;
        for table in TABLES {
            let content = look!(town.store, |connection| archive::read(connection, office, table, None).await);
            let named: BTreeSet<&str> = content.columns.iter().map(|column| column.name.as_str()).collect();
            assert_eq!(named.len(), content.columns.len());
            assert!(!content.columns.is_empty(), "{}", table.name);
            assert!(
                content.columns.iter().all(|column| column.holds != Holds::Name),
                "no name without the desk"
            );
            let counted = look!(town.store, |connection| archive::count(connection, office, table).await);
            assert_eq!(i64::try_from(content.rows.len()).expect("few"), counted, "{}", table.name);
        }
    }

    async fn a_name_under_seal_is_read_by_the_desk_only(town) {
        let office = town.office;
        let spoken = domain::issue::Issue {
            speaker: Speaker::new("見本 花子"),
            ..crate::town::draft_issue()
        };
        change!(town.store, [spoken], |tx| issue::insert(tx, office, &spoken).await).expect("kept");
        let desk = domain::audience::Destination::Desk.desk();
        let table = TABLES.iter().find(|table| table.name == "issue").expect("there are issues");
        let content = look!(town.store, |connection| archive::read(connection, office, table, desk).await);
        let at = content.columns.iter().position(|column| column.name == "speaker").expect("a column");
        assert_eq!(content.columns[at].holds, Holds::Name);
        assert_eq!(content.rows[0][at], "見本 花子");
        let content = look!(town.store, |connection| archive::read(connection, office, table, None).await);
        assert!(content.columns.iter().all(|column| !column.name.starts_with("speaker")));
    }

    async fn an_office_that_is_deleted_leaves_nothing_but_who_wanted_it(town) {
        let neighbour = crate::town::new_office(&town.store, domain::id::ServerId(77)).await;
        let office = town.office;
        for (at, home) in [office, neighbour].into_iter().enumerate() {
            let count = if at == 0 { 130 } else { 3 };
            for _ in 0..count {
                let said = crate::town::draft_issue();
                change!(town.store, [said], |tx| {
                    let kept = issue::insert(tx, home, &said).await?;
                    let entry = audit::Entry {
                        at: morning(), who: COORDINATOR, act: "issue.add",
                        subject: Some(kept.id.into()), details: &[],
                    };
                    audit::append(tx, home, &entry).await?;
                    storage::history::append(
                        tx, home, kept.id.into(), morning(), COORDINATOR, "issue.add", None,
                        serde_json::json!({"wording": "退院の連絡が前日になる"}),
                    ).await
                }).expect("kept");
            }
        }
        let before = town.rows(neighbour).await;
        let who = (COORDINATOR, COORDINATOR);
        let begun = change!(town.store, |tx| erasure::begin(tx, office, erasure::Why::Wanted, who, later(1)).await);
        assert!(begun.expect("begun"));
        let again = change!(town.store, |tx| erasure::begin(tx, office, erasure::Why::Wanted, who, later(2)).await);
        assert!(!again.expect("told"), "it begins once");
        assert!(town.store.office(crate::town::SERVER).await.expect("read").is_none(), "nobody finds it");
        let steps = town.erased(office).await;
        assert!(steps > 1, "{steps}");
        assert_eq!(town.rows(office).await, Vec::new());
        assert_eq!(town.rows(neighbour).await, before, "the neighbour keeps everything");
        let kept = look!(town.store, |connection| erasure::find(connection, office).await).expect("kept");
        assert_eq!((kept.asked_by, kept.ended_at), (COORDINATOR, Some(crate::town::kept(later(10)))));
        assert!(kept.rows >= 390, "{}", kept.rows);
        let (fresh, new) = change!(town.store, |tx| office::ensure(tx, crate::town::SERVER, later(20)).await)
            .expect("a new office begins there");
        assert!(new && fresh != office);
    }

    async fn what_was_written_stays_while_nothing_is_let_go(town) {
        let office = town.office;
        let said = crate::town::draft_issue();
        change!(town.store, [said], |tx| {
            let kept = issue::insert(tx, office, &said).await?;
            let entry = audit::Entry {
                at: morning(), who: COORDINATOR, act: "issue.add", subject: Some(kept.id.into()), details: &[],
            };
            audit::append(tx, office, &entry).await
        }).expect("kept");
        let step = change!(town.store, |tx| erasure::go_on(tx, office, later(1)).await);
        assert!(step.expect("nothing to do"), "an office nobody deletes");
        assert!(town.rows(office).await.contains(&("audit_entry", 1)));
    }

    async fn an_office_that_was_left_has_thirty_days_and_they_run_once(town) {
        let office = town.office;
        let left = crate::town::kept(morning());
        let day = chrono::TimeDelta::days(1);
        change!(town.store, |tx| office::left(tx, office, Some(left)).await).expect("noted");
        let again = change!(town.store, |tx| office::left(tx, office, Some(left + day)).await);
        assert_eq!(again.expect("noted"), Some(left), "it stays left since then");
        let end = departure::ends(left);
        assert_eq!(end, left + day * 30);
        let due = look!(town.store, |connection| departure::overdue(connection, end - day).await);
        assert!(due.is_empty());
        let next = look!(town.store, |connection| departure::next_end(connection, end - day).await);
        assert_eq!(next, Some(end));
        let due = look!(town.store, |connection| departure::overdue(connection, end).await);
        assert_eq!(due, [office]);
        let back = change!(town.store, |tx| office::left(tx, office, None).await);
        assert_eq!(back.expect("back"), Some(left));
        let due = look!(town.store, |connection| departure::overdue(connection, end + day).await);
        assert!(due.is_empty());
        let exported = TABLES.iter().filter(|table| matches!(table.fate, Fate::Exported(_))).count();
        assert!(exported > 40);
    }
}
