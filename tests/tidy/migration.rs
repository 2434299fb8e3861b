//! Migrations: twins for both databases, numbered without gaps, written as prose in lower case.

use crate::{
    Complaint, finds, hold,
    house::{HOUSE, Written},
};
use std::{collections::BTreeMap, sync::LazyLock};

const SQLITE: &str = "storage/migrations/sqlite/";
const POSTGRES: &str = "storage/migrations/postgres/";

/// What a migration makes.
static MADE: LazyLock<regex::Regex> = LazyLock::new(|| {
    let pattern = r"(?m)^\s*create\s+(?:unique\s+)?(table|index)\s+(?:if not exists\s+)?(\w+)";
    regex::Regex::new(pattern).expect("a good pattern")
});
/// A word of SQL in capitals.
static CAPITALS: LazyLock<regex::Regex> = LazyLock::new(|| {
    let pattern =
        r"\b(CREATE|TABLE|INSERT|UPDATE|DELETE|PRIMARY|FOREIGN|REFERENCES|NOT NULL|INDEX)\b";
    regex::Regex::new(pattern).expect("a good pattern")
});

fn check(files: &[Written]) -> Vec<Complaint> {
    let of = |folder: &'static str| -> BTreeMap<&str, &Written> {
        files
            .iter()
            .filter_map(|file| Some((file.path.strip_prefix(folder)?, file)))
            .collect()
    };
    let (sqlite, postgres) = (of(SQLITE), of(POSTGRES));
    let mut complaints = Vec::new();
    for (mine, others, other) in [(&sqlite, &postgres, POSTGRES), (&postgres, &sqlite, SQLITE)] {
        for (index, (name, file)) in mine.iter().enumerate() {
            let mut complain = |line, what| complaints.push(Complaint::new(&file.path, line, what));
            if !name.starts_with(&format!("{:04}_", index + 1)) {
                complain(0, format!("the number should be {:04}", index + 1));
            }
            if !file.text.trim_start().starts_with("--") {
                complain(1, "a migration begins by saying what it is for".to_owned());
            }
            for (line, text) in file.text.lines().enumerate() {
                if let Some(found) = CAPITALS.find(text.split("--").next().unwrap_or_default()) {
                    complain(
                        line + 1,
                        format!("{}: SQL is written in lower case", found.as_str()),
                    );
                }
            }
            match others.get(name) {
                None => complain(0, format!("its twin in {other} is missing")),
                Some(twin) if made(file) != made(twin) => {
                    complain(0, format!("it makes other tables than its twin in {other}"));
                }
                Some(_) => {}
            }
        }
    }
    complaints
}

/// The tables a migration makes, in order; indexes may differ where the databases do.
fn made(file: &Written) -> Vec<&str> {
    MADE.captures_iter(&file.text)
        .filter(|found| &found[1] == "table")
        .filter_map(|found| found.get(2).map(|name| name.as_str()))
        .collect()
}

#[test]
fn both_databases_have_the_same_migrations() {
    assert!(
        HOUSE.files.iter().any(|file| file.path.starts_with(SQLITE)),
        "migrations are found"
    );
    hold(check(&HOUSE.files));
}

#[test]
fn a_migration_without_its_twin_is_found() {
    let file = |path: &str, text: &str| Written {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let good = "-- Offices.\ncreate table office (id bigint);\n";
    let files = [
        file("storage/migrations/sqlite/0001_office.sql", good),
        file(
            "storage/migrations/postgres/0001_office.sql",
            "-- Offices.\ncreate table bureau ();",
        ),
        file(
            "storage/migrations/sqlite/0003_issue.sql",
            "CREATE TABLE issue (id bigint);",
        ),
    ];
    finds(
        &check(&files),
        &[
            "other tables",
            "should be 0002",
            "what it is for",
            "lower case",
            "is missing",
            "other tables",
        ],
    );
}
