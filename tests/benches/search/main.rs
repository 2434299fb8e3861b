//! How long a search takes among 100,000 issues of one office, and looking for similar ones.
//!
//! ```text
//! tests/postgres cargo bench --workspace --bench search
//! ```
//!
//! The records are searched as the bot does it, without a bot: what is measured is the query and the
//! judging, not Discord. Beside it stands a plain look at every wording, which an index has to beat.
//! A number after `--` chooses how many issues there are. What was found: `docs/measurements.md`.

#[path = "../answers/figure.rs"]
mod figure;
mod office;

use domain::{
    audience::Destination,
    disclosure::Audience,
    id::{AssociationId, CircleId, OfficeId, UserId},
    merge::likeness::alike,
    profession::Vocabulary,
    search::{Asked, Query},
};
use figure::{Durations, Figure};
use sqlx::{Connection, PgConnection, SqliteConnection};
use std::{
    collections::BTreeMap,
    io::Write,
    process::ExitCode,
    time::{Duration, Instant},
};
use storage::{
    Store,
    issue::{self, Filter, RECENT_MAX, Readable},
};
use tests::database::{Database, Fresh, POSTGRES_VARIABLE, fresh};

/// Issues in the office, unless a number after `--` names another.
const ISSUES: usize = 100_000;
/// Times each query is asked.
const TIMES: usize = 40;
/// Issues a page, as `/issue search` shows them.
const PAGE: i64 = 10;
/// What is asked: rare and common words, several, a profession by one of its many names, a phrase, what
/// is not there.
const QUERIES: [&str; 10] = [
    "連携",
    "情報共有",
    "退院 連絡",
    "ケアマネ",
    "医師 夜間",
    "口腔 栄養 研修",
    "連絡 -夜間",
    "【担当者会議】",
    "当番表",
    "花火大会",
];

fn main() -> ExitCode {
    // `cargo test --all-targets` runs benches too, to see that they start.
    if !std::env::args().any(|argument| argument == "--bench") {
        say("search: measures only under `cargo bench`");
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
    match runtime.block_on(measure_all()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("search: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Prints a line. Whoever has closed the other end does not want to know.
pub(crate) fn say(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}

async fn measure_all() -> anyhow::Result<()> {
    let issues = std::env::args().find_map(|word| word.parse().ok());
    let issues = issues.unwrap_or(ISSUES);
    for database in Database::both() {
        if database == Database::Postgres && std::env::var_os(POSTGRES_VARIABLE).is_none() {
            say("PostgreSQL is not at hand: run under tests/postgres");
            continue;
        }
        measure(database, issues).await?;
    }
    Ok(())
}

async fn measure(database: Database, issues: usize) -> anyhow::Result<()> {
    let fresh = fresh(database).await;
    let store = fresh.store().await;
    let started = Instant::now();
    let id = office::fill(&store, issues).await?;
    by_hand(&fresh, "analyze").await?;
    say(&format!(
        "\n{database:?}: {issues} issues written in {:.0} s\n",
        started.elapsed().as_secs_f64()
    ));
    say("| reader | query | found | asked | p50 ms | p99 ms | max ms |");
    say("|---|---|---:|---:|---:|---:|---:|");
    for (reader, readable) in readers() {
        let mut all = Vec::new();
        for written in QUERIES {
            let (found, took) = ask(&store, id, &readable, written).await?;
            row(&format!("| {reader} | {written} | {found} |"), &took);
            all.extend(took);
        }
        row(&format!("| {reader} | all of them |  |"), &all);
    }
    plain(&fresh).await?;
    similar(&store, id).await?;
    store.close().await;
    Ok(())
}

fn row(head: &str, took: &[Duration]) {
    let took: Durations = took.iter().copied().collect();
    let (p50, p99) = (Figure(took.quantile(0.5)), Figure(took.quantile(0.99)));
    let (count, max) = (took.count(), Figure(took.max()));
    say(&format!("{head} {count} | {p50} | {p99} | {max} |"));
}

/// A coordinator, an officer who reads one association of ten and what is shared, and an observer.
fn readers() -> [(&'static str, Readable); 3] {
    let by = |associations: Vec<AssociationId>, audiences: &[Audience]| Readable::By {
        user: UserId(1),
        associations,
        destinations: vec![Destination::Tier3],
        audiences: audiences
            .iter()
            .copied()
            .zip(1..)
            .collect::<BTreeMap<_, _>>(),
    };
    let circle = Audience::Circle(CircleId(1));
    [
        ("coordinator", Readable::Everything),
        (
            "officer",
            by(vec![AssociationId(1)], &[circle, Audience::Region]),
        ),
        ("observer", by(Vec::new(), &[Audience::Region])),
    ]
}

async fn ask(
    store: &Store,
    office: OfficeId,
    readable: &Readable,
    written: &'static str,
) -> anyhow::Result<(String, Vec<Duration>)> {
    let mut took = Vec::new();
    let mut found = String::new();
    for time in 0..=TIMES {
        let started = Instant::now();
        let Ok(Asked::Words(query)) = Query::read(written, &office::professions()) else {
            anyhow::bail!("{written} is no query");
        };
        let readable = readable.clone();
        let page = store
            .read(move |connection| {
                Box::pin(async move {
                    issue::search(connection, office, &readable, &query, 0, PAGE).await
                })
            })
            .await?;
        // The first time warms up.
        if time > 0 {
            took.push(started.elapsed());
        }
        found = format!("{}{}", page.total, if page.is_cut { "+" } else { "" });
    }
    Ok((found, took))
}

/// A plain look at every original for one word: what an index has to beat.
async fn plain(fresh: &Fresh) -> anyhow::Result<()> {
    let sql = "select count(*) from issue_wording where office_id = 1 and audience = 'original' \
               and (folded like '%当番表%' or note like '%当番表%')";
    let mut took = Vec::new();
    for _ in 0..TIMES {
        let started = Instant::now();
        by_hand(fresh, sql).await?;
        took.push(started.elapsed());
    }
    row("| plain look | 当番表 |  |", &took);
    Ok(())
}

async fn by_hand(fresh: &Fresh, sql: &'static str) -> anyhow::Result<()> {
    if fresh.url.starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(&fresh.url).await?;
        sqlx::query(sql).execute(&mut connection).await?;
        connection.close().await?;
    } else {
        let mut connection = PgConnection::connect(&fresh.url).await?;
        sqlx::query(sql).execute(&mut connection).await?;
        connection.close().await?;
    }
    Ok(())
}

/// Similar issues of one that was just written down, as the answer to `/issue add` looks for them.
async fn similar(store: &Store, office: OfficeId) -> anyhow::Result<()> {
    let field = Vocabulary::standard();
    let (mut reading, mut comparing) = (Vec::new(), Vec::new());
    for number in 0..TIMES {
        let started = Instant::now();
        let recent = store
            .read(move |connection| {
                Box::pin(async move {
                    let all = Filter::of(Readable::Everything);
                    issue::recent(connection, office, &all, RECENT_MAX).await
                })
            })
            .await?;
        reading.push(started.elapsed());
        let started = Instant::now();
        let earlier: Vec<(i64, &str)> = recent
            .iter()
            .map(|recent| (recent.id.0, recent.text.as_str()))
            .collect();
        let found = alike(&office::statement(number * 7), &earlier, &field);
        comparing.push(started.elapsed());
        anyhow::ensure!(found.len() <= 3, "at most three are named");
    }
    row("| similar | the newest 2,000 read |  |", &reading);
    row("| similar | compared |  |", &comparing);
    Ok(())
}
