//! A month and a year of an office with many targets, asked for at a client: read from the database, drawn,
//! written and sent.

use crate::{
    figure::{Durations, Figure},
    say,
};
use serde_json::json;
use std::time::{Duration, Instant};
use tests::{database::Database, plan::fill, world::world};

/// Times each is asked for.
const TIMES: usize = 10;
/// Targets of a usual office (seed 001), and of a large one.
const USUAL: usize = 51;
const LARGE: usize = 100;
/// Records of each target: 5,000 of the large office.
const RECORDS: usize = 50;
/// What is asked for.
const PATHS: [&str; 2] = ["progress month", "progress year"];

/// What one of them took.
struct Asked {
    median: f64,
    most: f64,
    statements: u64,
}

/// Prints what a usual office and a large one take, and how the two compare.
pub(crate) fn compare() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let (usual, large) = (runtime.block_on(ask(USUAL))?, runtime.block_on(ask(LARGE))?);
    say(
        "\n| asked for | targets | records | p50 ms | max ms | to the usual | statements |\n\
         |---|---:|---:|---:|---:|---:|---:|",
    );
    for (path, (usual, large)) in PATHS.iter().zip(usual.iter().zip(&large)) {
        row(path, USUAL, usual, 1.0);
        row(path, LARGE, large, large.median / usual.median);
        anyhow::ensure!(
            large.statements <= usual.statements + 1,
            "{path} asks the database {} times for {LARGE} targets and {} for {USUAL}",
            large.statements,
            usual.statements
        );
    }
    Ok(())
}

fn row(path: &str, targets: usize, asked: &Asked, ratio: f64) {
    say(&format!(
        "| /{path} | {targets} | {} | {} | {} | {} | {} |",
        targets * RECORDS,
        Figure(asked.median),
        Figure(asked.most),
        Figure(ratio),
        asked.statements,
    ));
}

/// Asks an office of so many targets.
async fn ask(targets: usize) -> anyhow::Result<Vec<Asked>> {
    let mut found = Vec::new();
    world(Database::Sqlite, async |world| {
        fill(world, targets, RECORDS).await;
        for path in PATHS {
            let (mut took, mut statements) = (Vec::new(), u64::MAX);
            for _ in 0..TIMES {
                let person = world.person("コーディネーター");
                let (before, started) = (world.statements(), Instant::now());
                let answer = person.slash(world.channel("広場"), path, json!({})).await;
                took.push(started.elapsed());
                assert_eq!(answer.expect_message().attachments.len(), 2, "{path}");
                // What else runs asks as well now and then.
                statements = statements.min(world.statements() - before);
            }
            found.push(asked(took, statements));
        }
    })
    .await;
    Ok(found)
}

fn asked(took: Vec<Duration>, statements: u64) -> Asked {
    let took: Durations = took.into_iter().collect();
    Asked {
        median: took.quantile(0.5),
        most: took.max(),
        statements,
    }
}
