//! What is printed: tables in Markdown, so that they can be kept as they are.

use crate::{
    Measured,
    figure::{Durations, Figure},
    part::Part,
};
use std::{collections::BTreeMap, io::Write};
use tests::database::Database;

/// Prints a line. Whoever has closed the other end does not want to know.
pub(crate) fn say(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}

/// The disk.
pub(crate) fn disk(probe: &Durations) {
    say(&format!(
        "A page on the disk: p50 {} ms, p99 {} ms, max {} ms.",
        Figure(probe.quantile(0.5)),
        Figure(probe.quantile(0.99)),
        Figure(probe.max()),
    ));
    if let Ok(load) = std::fs::read_to_string("/proc/loadavg") {
        say(&format!("Load of the machine beforehand: {}.", load.trim()));
    }
}

/// What only calculates.
pub(crate) fn parts(parts: &[Part]) {
    say("\n| part of an answer | first call, µs | later calls, µs |");
    say("|---|---:|---:|");
    for part in parts {
        let (first, later) = (Figure(part.first), Figure(part.later));
        say(&format!("| {} | {first} | {later} |", part.name));
    }
}

/// The head of the table of measurements.
pub(crate) fn heading() {
    say(
        "\n| database | asked /s | answered /s | p50 ms | p95 ms | p99 ms | max ms | lost | deferred \
         | card p50 ms | card p99 ms | cards | load late p99 ms | bot ms/use | bot busy | stand-in busy \
         | commits /s | first ms | log complaints |",
    );
    say(&format!("|---|{}", "---:|".repeat(18)));
}

/// One measurement.
pub(crate) fn row(measured: &Measured) {
    let outcome = &measured.outcome;
    let (answers, cards) = (&outcome.answers, &outcome.cards);
    let cells = [
        name(measured.database, measured.backlog),
        measured.load.rate.to_string(),
        Figure(outcome.rate).to_string(),
        Figure(answers.quantile(0.5)).to_string(),
        Figure(answers.quantile(0.95)).to_string(),
        Figure(answers.quantile(0.99)).to_string(),
        Figure(answers.max()).to_string(),
        outcome.lost.to_string(),
        outcome.deferred.to_string(),
        Figure(cards.quantile(0.5)).to_string(),
        Figure(cards.quantile(0.99)).to_string(),
        format!("{}/{}", cards.count(), measured.load.count()),
        Figure(outcome.late.quantile(0.99)).to_string(),
        Figure(measured.processor_per_use).to_string(),
        Figure(measured.busy.0).to_string(),
        Figure(measured.busy.1).to_string(),
        Figure(measured.commits).to_string(),
        Figure(measured.first).to_string(),
        measured.complaints.len().to_string(),
    ];
    say(&format!("| {} |", cells.join(" | ")));
}

/// What the bot complained of, and how often.
pub(crate) fn complaints(all: &[Measured]) {
    let mut counted: BTreeMap<(String, u32, &str), usize> = BTreeMap::new();
    for measured in all {
        let name = name(measured.database, measured.backlog);
        for line in &measured.complaints {
            let key = (name.clone(), measured.load.rate, line.as_str());
            *counted.entry(key).or_default() += 1;
        }
    }
    say("\n| database | asked /s | times | log |");
    say("|---|---:|---:|---|");
    for ((name, rate, line), times) in counted {
        say(&format!("| {name} | {rate} | {times} | `{line}` |"));
    }
}

/// Memory of the bot.
pub(crate) fn memory(all: &[Measured]) {
    say("\n| database | asked /s | idle MiB | after MiB | peak MiB |");
    say("|---|---:|---:|---:|---:|");
    for measured in all {
        let figures = [
            measured.idle.resident,
            measured.after.resident,
            measured.after.peak,
        ];
        let figures = figures.map(|figure| Figure(figure).to_string());
        say(&format!(
            "| {} | {} | {} |",
            name(measured.database, measured.backlog),
            measured.load.rate,
            figures.join(" | ")
        ));
    }
}

/// Measurements of one run against each other: these say something on any machine.
pub(crate) fn ratios(all: &[Measured]) {
    say("\n| ratio | p50 | p99 | bot ms/use |");
    say("|---|---:|---:|---:|");
    let found = |database, rate, backlog| {
        all.iter().find(move |measured| {
            measured.database == database
                && measured.load.rate == rate
                && measured.backlog == backlog
        })
    };
    for database in Database::both() {
        let light = found(database, 50, false);
        ratio(
            &format!("{}: 200 / 50 a second", plain(database)),
            found(database, 200, false),
            light,
        );
        ratio(
            &format!("{}: cards wait / do not, 50 a second", plain(database)),
            found(database, 50, true),
            light,
        );
    }
    for rate in [50, 200, 500, 1_000] {
        ratio(
            &format!("PostgreSQL / SQLite, {rate} a second"),
            found(Database::Postgres, rate, false),
            found(Database::Sqlite, rate, false),
        );
    }
}

fn ratio(what: &str, one: Option<&Measured>, other: Option<&Measured>) {
    let (Some(one), Some(other)) = (one, other) else {
        return;
    };
    let of = |share| {
        let quantile = |measured: &Measured| measured.outcome.answers.quantile(share);
        Figure(quantile(one) / quantile(other))
    };
    let processor = Figure(one.processor_per_use / other.processor_per_use);
    say(&format!(
        "| {what} | {} | {} | {processor} |",
        of(0.5),
        of(0.99)
    ));
}

/// What a measurement is called, but for its rate.
pub(crate) fn name(database: Database, backlog: bool) -> String {
    let database = plain(database);
    if backlog {
        format!("{database}, cards wait")
    } else {
        database.to_owned()
    }
}

fn plain(database: Database) -> &'static str {
    match database {
        Database::Sqlite => "SQLite",
        Database::Postgres => "PostgreSQL",
    }
}
