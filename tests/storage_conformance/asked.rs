//! How SQLite answers every statement that a test here asks: what belongs to one record is found by that
//! record, and not among what belongs to all records of the office, which nobody notices with ten of them.
//!
//! PostgreSQL counts its rows and chooses anew as they grow; SQLite chooses by the indexes there are.

use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};
use std::{
    collections::BTreeSet,
    fmt::Debug,
    path::Path,
    sync::{Arc, LazyLock, Mutex},
};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
    subscriber::DefaultGuard,
};

/// Under which storage says what it asks.
const STATEMENT: &str = "renkei::statement";
/// Tables with one row for an office: what is found by the office is one.
const OF_OFFICES: [&str; 2] = ["office", "erasure"];
/// How the answer to a question is put together of others, each of which is asked as often as it is.
const PUT_TOGETHER: [&str; 8] = [
    "CO-ROUTINE ",
    "COMPOUND QUERY",
    "UNION",
    "INTERSECT",
    "EXCEPT",
    "MERGE",
    "LEFT",
    "RIGHT",
];

/// What was looked at already, by any test of this run.
static LOOKED_AT: LazyLock<Mutex<BTreeSet<String>>> = LazyLock::new(Mutex::default);

/// The statements of one test.
pub(crate) struct Asked {
    statements: Arc<Mutex<BTreeSet<String>>>,
    listening: DefaultGuard,
}

impl Asked {
    /// Listens to what this thread asks from now on.
    pub(crate) fn listen() -> Self {
        let statements: Arc<Mutex<BTreeSet<String>>> = Arc::default();
        let listening = tracing::subscriber::set_default(Listener(Arc::clone(&statements)));
        Self {
            statements,
            listening,
        }
    }

    /// Looks at how each is answered that nobody has looked at yet.
    pub(crate) async fn look(self) {
        drop(self.listening);
        let asked = std::mem::take(&mut *self.statements.lock().expect("nobody panics in it"));
        assert!(!asked.is_empty(), "a town asks, and is heard");
        let new: Vec<String> = {
            let mut looked_at = LOOKED_AT.lock().expect("nobody panics in it");
            let new = asked
                .into_iter()
                .filter(|sql| looked_at.insert(sql.clone()));
            new.collect()
        };
        if new.is_empty() {
            return;
        }
        let mut schema = schema().await;
        for sql in new {
            let steps = explained(&mut schema, &sql).await;
            assert_eq!(
                wide(&sql, &steps),
                Vec::<&str>::new(),
                "of {sql}\n{steps:#?}"
            );
        }
    }
}

struct Listener(Arc<Mutex<BTreeSet<String>>>);

/// The text of a statement, as it stands in an event.
#[derive(Default)]
struct Words(String);

impl Visit for Words {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "sql" {
            value.clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == STATEMENT
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut words = Words::default();
        event.record(&mut words);
        self.0.lock().expect("nobody panics in it").insert(words.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// A database with all tables and nothing in them.
async fn schema() -> SqliteConnection {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../storage/migrations/sqlite");
    let listed = std::fs::read_dir(folder).expect("the migrations are there");
    let mut files: Vec<_> = listed.map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let mut schema = SqliteConnection::connect("sqlite::memory:")
        .await
        .expect("a database in memory");
    for file in files {
        let sql = std::fs::read_to_string(file).expect("a migration can be read");
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut schema)
            .await
            .expect("a migration can be run");
    }
    schema
}

/// One step of an answer: the step it is part of, and what is done.
#[derive(Debug)]
struct Step {
    id: i64,
    part_of: i64,
    what: String,
}

/// How SQLite would answer; nothing for what is no query of ours.
async fn explained(schema: &mut SqliteConnection, sql: &str) -> Vec<Step> {
    let begins = |words: &[&str]| words.iter().any(|word| sql.starts_with(word));
    if !begins(&["select", "with", "insert", "update", "delete"]) || sql.contains("_sqlx_") {
        return Vec::new();
    }
    // What was explained before does not notice that the schema is another one.
    let rows = sqlx::query(AssertSqlSafe(format!("explain query plan {sql}")))
        .persistent(false)
        .fetch_all(schema)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.iter()
        .map(|row| Step {
            id: row.get(0),
            part_of: row.get(1),
            what: row.get(3),
        })
        .collect()
}

/// The steps that are taken again for every row of another, and look at everything of an office or of all.
/// Beside the statement itself stand what its foreign keys ask, which is once for a row that is written.
fn wide<'s>(sql: &str, steps: &'s [Step]) -> Vec<&'s str> {
    let reads = sql.starts_with("select") || sql.starts_with("with");
    let looks = |step: &&Step| step.what.starts_with("SEARCH ") || step.what.starts_with("SCAN ");
    let repeated = |step: &&Step| {
        let mut beside = steps.iter().filter(|other| other.part_of == step.part_of);
        let first = beside.find(looks).is_some_and(|first| first.id == step.id);
        (reads && !first) || is_correlated(steps, step)
    };
    let everything = |step: &&Step| {
        // A left join is said behind it.
        let of_office = step.what.contains(" (office_id=?)");
        let table = step.what.split(' ').nth(1).unwrap_or_default();
        (of_office && !OF_OFFICES.contains(&table))
            || (step.what.starts_with("SCAN ") && !of_no_table(steps, &step.what))
    };
    let wide = steps.iter().filter(looks).filter(repeated);
    wide.filter(everything)
        .map(|step| step.what.as_str())
        .collect()
}

/// Whether a step answers what is asked for every row, or a part of it.
fn is_correlated(steps: &[Step], step: &Step) -> bool {
    let within = steps.iter().find(|outer| outer.id == step.part_of);
    within.is_some_and(|outer| {
        let is_part = PUT_TOGETHER.iter().any(|how| outer.what.starts_with(how));
        outer.what.starts_with("CORRELATED") || (is_part && is_correlated(steps, outer))
    })
}

/// Whether a scan is of what a statement brings with it or has just found.
fn of_no_table(steps: &[Step], what: &str) -> bool {
    let name = what.split(' ').nth(1).unwrap_or_default();
    let found = |step: &Step| {
        let made = step.what.split_once(' ');
        made.is_some_and(|(how, of)| ["CO-ROUTINE", "MATERIALIZE"].contains(&how) && of == name)
    };
    what.contains("VIRTUAL TABLE") || what.contains("CONSTANT ROW") || steps.iter().any(found)
}

/// What belongs to records, by the other end: as SQLite answers without an index of its own.
#[tokio::test]
async fn what_looks_at_everything_of_an_office_again_and_again_is_found() {
    let mut schema = schema().await;
    let asked = [
        "select count(*) from project where office_id = $1 and exists (select 1 \
         from project_association where project_association.office_id = $1 \
         and project_association.project_id = project.id \
         and $2 like '%,' || project_association.association_id || ',%')",
        "select project.id, project_association.association_id from project \
         left join project_association on project_association.office_id = project.office_id \
         and project_association.project_id = project.id where project.office_id = $1",
    ];
    for sql in asked {
        let steps = explained(&mut schema, sql).await;
        assert_eq!(wide(sql, &steps), Vec::<&str>::new(), "{sql}");
    }
    sqlx::query("drop index project_association_of")
        .execute(&mut schema)
        .await
        .expect("the index is there");
    for sql in asked {
        let steps = explained(&mut schema, sql).await;
        assert_eq!(wide(sql, &steps).len(), 1, "{sql}\n{steps:#?}");
    }
}

/// As SQLite tells of `exists (select … union select …)`.
#[test]
fn half_of_what_is_asked_for_every_row_is_asked_for_every_row() {
    let step = |id, part_of, what: &str| Step {
        id,
        part_of,
        what: what.to_owned(),
    };
    let everything = "SEARCH review USING INDEX review_by_day (office_id=?)";
    let steps = [
        step(2, 0, "SEARCH issue USING INDEX issue_by_day (office_id=?)"),
        step(7, 0, "CORRELATED SCALAR SUBQUERY 2"),
        step(9, 7, "COMPOUND QUERY"),
        step(10, 9, "LEFT-MOST SUBQUERY"),
        step(14, 10, everything),
        step(26, 9, "UNION USING TEMP B-TREE"),
        step(
            29,
            26,
            "SEARCH session USING INDEX session_of (office_id=? AND id=?)",
        ),
    ];
    assert_eq!(wide("select", &steps), [everything]);
}
