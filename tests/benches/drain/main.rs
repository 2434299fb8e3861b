//! How long ten thousand cards take that all wait at once: after a long stop, a reconnect, a channel that
//! was mended. And whether people who ask something meanwhile notice.
//!
//! ```text
//! tests/postgres cargo bench --workspace --bench drain
//! ```
//!
//! The cards are put into the database beforehand, then the bot is started as a process of its own; the
//! stand-in takes whatever comes, as Discord does not. What was found: `docs/measurements.md`.

#[path = "../answers/disk.rs"]
mod disk;
#[path = "../answers/figure.rs"]
mod figure;
#[path = "../answers/process.rs"]
mod process;
mod queue;
#[path = "../answers/stage.rs"]
mod stage;

use disk::Durable;
use fake_discord::{Fault, Trouble};
use figure::{Durations, Figure};
use process::{Process, Usage};
use serde_json::json;
use stage::Stage;
use std::{
    collections::BTreeMap,
    io::Write,
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tests::database::Database;

/// Cards that wait, unless a word after `--` names another number.
const CARDS: usize = 10_000;
/// How long they may take in all.
const PATIENCE: Duration = Duration::from_secs(1_800);
/// Somebody asks something so often meanwhile.
const ASKS_EVERY: Duration = Duration::from_millis(500);
/// Threads Discord allows at once are not what is measured.
const THREADS_MAX: usize = 100_000;

/// What was sent to Discord, by method.
type Requests = Arc<Mutex<BTreeMap<String, u64>>>;

/// One measurement.
struct Measured {
    cards: usize,
    took: Duration,
    requests: BTreeMap<String, u64>,
    commits: u64,
    usage: Usage,
    answers: Durations,
    complaints: usize,
}

fn main() -> ExitCode {
    // `cargo test --all-targets` runs benches too, to see that they start.
    if !std::env::args().any(|argument| argument == "--bench") {
        say("drain: measures only under `cargo bench`");
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
    match runtime.block_on(measure_all()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("drain: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Prints a line. Whoever has closed the other end does not want to know.
fn say(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}

async fn measure_all() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let cards = words.iter().find_map(|word| word.parse().ok());
    let cards = cards.unwrap_or(CARDS);
    let probe = disk::probe(tempfile::tempdir()?.path())?;
    say(&format!(
        "A page on the disk: p50 {} ms, p99 {} ms, max {} ms of {} writes.",
        Figure(probe.quantile(0.5)),
        Figure(probe.quantile(0.99)),
        Figure(probe.max()),
        probe.count(),
    ));
    say(
        "\n| database | cards | s | cards /s | commits /card | POST /card | GET /card | bot ms/card | peak MiB | answers meanwhile | p50 ms | max ms |",
    );
    say("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for database in disk::at_hand() {
        let chosen = words.iter().all(|word| {
            let name = format!("{database:?}").to_lowercase();
            let names_a_database = ["sqlite", "postgres"].contains(&word.as_str());
            !names_a_database || name == *word
        });
        if !chosen {
            continue;
        }
        let durable = match database {
            Database::Postgres => Some(Durable::make().await?),
            Database::Sqlite => None,
        };
        row(database, &measure(database, cards).await?);
        if let Some(durable) = durable {
            durable.restore().await?;
        }
    }
    Ok(())
}

async fn measure(database: Database, cards: usize) -> anyhow::Result<Measured> {
    let mut stage = Stage::set(database).await?;
    stage
        .fake
        .set(|switches| switches.active_threads_max = THREADS_MAX);
    // The office is made by the bot, as at its first start; then it stops and cards pile up.
    let greeting = ask(&stage).await?;
    anyhow::ensure!(
        stage.answered(1, PATIENCE).await? && greeting > Duration::ZERO,
        "the office is not open"
    );
    let config = stage.folder.path().join("config.toml");
    stage.bot.halt().await?;
    queue::fill(&stage, cards).await?;

    // While nobody has a database of SQLite open nobody counts; the count begins anew with the bot.
    let commits_before = match database {
        Database::Sqlite => 0,
        Database::Postgres => disk::commits(&stage.database).await?,
    };
    let requests = count_requests(&stage);
    let started = Instant::now();
    stage.bot = Process::start(&config).await?;
    let expected = u64::try_from(cards)?;
    let (delivered, answers) =
        tokio::join!(stage.delivered(expected, PATIENCE), asks(&stage, expected));
    let took = started.elapsed();
    anyhow::ensure!(delivered?, "cards still wait after {PATIENCE:?}");
    let usage = stage.bot.usage()?;
    let commits = disk::commits(&stage.database).await? - commits_before;
    let requests = requests
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let log = stage.bot.log()?;
    let complaints = log
        .lines()
        .filter(|l| l.contains("WARN") || l.contains("ERROR"));
    let complaints = complaints.count();
    let measured = Measured {
        cards,
        took,
        requests,
        commits,
        usage,
        answers: answers?,
        complaints,
    };
    stage.strike().await?;
    Ok(measured)
}

/// Counts what reaches the stand-in, without touching it.
fn count_requests(stage: &Stage) -> Requests {
    let requests = Requests::default();
    let counted = Arc::clone(&requests);
    let looks_on = Fault::any(Trouble::Reset).when(move |line| {
        let mut counted = counted.lock().unwrap_or_else(PoisonError::into_inner);
        let known = line.route.contains("{interaction_") || line.route.contains("{webhook_");
        if !known {
            *counted.entry(line.method.to_owned()).or_default() += 1;
        }
        false
    });
    stage.fake.faults().add(looks_on.always());
    requests
}

/// Somebody asks for the list; how long the answer takes.
async fn ask(stage: &Stage) -> anyhow::Result<Duration> {
    let person = stage.city.person("コーディネーター");
    let person = stage.fake.person(stage.city.guild, person);
    let started = Instant::now();
    let place = stage.city.channel("相談窓口");
    let text = "会の集まりの持ち方について話し合いたい";
    let options = json!({"text": text, "profession": "医師会", "tier": 1});
    let answer = person.slash(place, "issue add", options).await;
    anyhow::ensure!(
        answer.message().is_some(),
        "nobody answers: {}",
        answer.text()
    );
    Ok(started.elapsed())
}

/// Somebody asks again and again while cards go out.
async fn asks(stage: &Stage, cards: u64) -> anyhow::Result<Durations> {
    let mut spans = Vec::new();
    let sent = async || {
        stage
            .bot
            .counter("renkei_deliveries_total", "\"sent\"")
            .await
    };
    while sent().await? < cards {
        spans.push(ask(stage).await?);
        tokio::time::sleep(ASKS_EVERY).await;
    }
    Ok(spans.into_iter().collect())
}

fn row(database: Database, measured: &Measured) {
    #[expect(clippy::cast_precision_loss, reason = "counts of one measurement")]
    let per_card = |count: u64| Figure(count as f64 / measured.cards as f64);
    let requests = |method: &str| per_card(measured.requests.get(method).copied().unwrap_or(0));
    #[expect(clippy::cast_precision_loss, reason = "counts of one measurement")]
    let cards = measured.cards as f64;
    let seconds = measured.took.as_secs_f64();
    let name = match database {
        Database::Sqlite => "SQLite",
        Database::Postgres => "PostgreSQL",
    };
    say(&format!(
        "| {name} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
        measured.cards,
        Figure(seconds),
        Figure(cards / seconds),
        per_card(measured.commits),
        requests("POST"),
        requests("GET"),
        Figure(measured.usage.processor * 1_000.0 / cards),
        Figure(measured.usage.peak),
        measured.answers.count(),
        Figure(measured.answers.quantile(0.5)),
        Figure(measured.answers.max()),
    ));
    if measured.complaints > 0 {
        say(&format!(
            "{name}: {} warnings or errors in the log",
            measured.complaints
        ));
    }
    say(&format!(
        "{name}: resident at the end {} MiB",
        Figure(measured.usage.resident)
    ));
}
