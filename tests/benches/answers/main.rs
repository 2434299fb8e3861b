//! How long a durable answer takes: `/issue add` with a text, answered after the issue is on the disk.
//!
//! ```text
//! tests/postgres cargo bench --workspace --bench answers
//! ```
//!
//! The bot is a process of its own (`renkei_under_test`), Discord is the stand-in in this one, the load
//! is open: so many uses a second, whether or not the earlier ones were answered. Without
//! `RENKEI_TEST_POSTGRES` only SQLite is measured. What was found, and how to read it:
//! `docs/measurements.md`.

mod disk;
mod figure;
mod load;
mod part;
mod process;
mod report;
mod stage;
mod statement;

use disk::Durable;
use load::{Load, Outcome};
use process::{Usage, usage_of};
use stage::Stage;
use std::{
    process::ExitCode,
    time::{Duration, Instant},
};
use tests::database::Database;

/// What is asked, from light to heavy; the climb ends where the bot no longer keeps up.
const LOADS: [Load; 4] = [
    Load {
        rate: 50,
        span: Duration::from_secs(10),
    },
    Load {
        rate: 200,
        span: Duration::from_secs(8),
    },
    Load {
        rate: 500,
        span: Duration::from_secs(5),
    },
    Load {
        rate: 1_000,
        span: Duration::from_secs(4),
    },
];
/// What is asked while Discord takes five cards of a channel in five seconds, as it does: the outbox
/// grows all the while.
const LOAD_WITH_BACKLOG: Load = Load {
    rate: 50,
    span: Duration::from_secs(15),
};
/// Uses before those that count: what is prepared once is prepared then.
const WARM_UP: usize = 50;
/// Uses a second before those that count.
const WARM_UP_RATE: u32 = 50;
/// After the last use: longer than Discord waits for an answer.
const ANSWERED_WITHIN: Duration = Duration::from_secs(5);
/// How long cards may still take after the last answer.
const DELIVERED_WITHIN: Duration = Duration::from_secs(8);
/// A bot that leaves more than one in a hundred waiting for longer does not keep up.
const KEEPS_UP_MILLISECONDS: f64 = 1_000.0;

/// One measurement.
#[derive(Debug)]
pub(crate) struct Measured {
    database: Database,
    load: Load,
    /// Whether the stand-in took cards as slowly as Discord does.
    backlog: bool,
    outcome: Outcome,
    /// The very first answer after the start, in milliseconds.
    first: f64,
    /// The bot before the first use.
    idle: Usage,
    /// The bot when the last card stood, or was no longer waited for.
    after: Usage,
    /// Processor time of the bot per use, card included, in milliseconds.
    processor_per_use: f64,
    /// Processors the bot kept busy while it was asked, and those the stand-in did.
    busy: (f64, f64),
    /// Commits a second while it was asked.
    commits: f64,
    /// What the log says of warnings and faults, line by line.
    complaints: Vec<String>,
}

impl Measured {
    fn keeps_up(&self) -> bool {
        self.outcome.lost == 0 && self.outcome.answers.quantile(0.99) < KEEPS_UP_MILLISECONDS
    }
}

fn main() -> ExitCode {
    // `cargo test --all-targets` runs benches too, to see that they start.
    if !std::env::args().any(|argument| argument == "--bench") {
        report::say("answers: measures only under `cargo bench`");
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
    match runtime.block_on(measure_all()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::say(&format!("answers: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

async fn measure_all() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    report::disk(&disk::probe(folder.path())?);
    report::parts(&part::measure());
    let mut all = Vec::new();
    report::heading();
    for database in disk::at_hand() {
        let plan = plan(database);
        if plan.is_empty() {
            continue;
        }
        let durable = match database {
            Database::Postgres => Some(Durable::make().await?),
            Database::Sqlite => None,
        };
        let mut keeps_up = true;
        for (load, backlog) in plan {
            if !keeps_up && !backlog {
                continue;
            }
            let measured = measure(database, load, backlog).await?;
            report::row(&measured);
            keeps_up &= measured.keeps_up();
            all.push(measured);
        }
        if let Some(durable) = durable {
            durable.restore().await?;
        }
    }
    report::complaints(&all);
    report::memory(&all);
    report::ratios(&all);
    Ok(())
}

/// What is measured on a database: everything, or what the words after `--` name, such as `SQLite` or
/// `200`.
fn plan(database: Database) -> Vec<(Load, bool)> {
    let is_option = |argument: &String| argument.starts_with('-');
    let words: Vec<String> = std::env::args().skip(1).filter(|a| !is_option(a)).collect();
    let all = LOADS.into_iter().map(|load| (load, false));
    all.chain([(LOAD_WITH_BACKLOG, true)])
        .filter(|(load, backlog)| {
            let name = format!("{} {}", report::name(database, *backlog), load.rate);
            let said: Vec<&str> = name.split([' ', ',']).collect();
            words.iter().all(|word| said.contains(&word.as_str()))
        })
        .collect()
}

async fn measure(database: Database, load: Load, backlog: bool) -> anyhow::Result<Measured> {
    let stage = Stage::set(database).await?;
    if backlog {
        let span = Duration::from_secs(5);
        stage
            .fake
            .limit_route("POST", "/channels/{channel_id}/messages", 5, span);
    }
    let idle = stage.bot.usage()?;
    let first = first_answer(&stage).await?;
    load::ask(&stage, 1..WARM_UP, WARM_UP_RATE).await?;
    let warm = u64::try_from(WARM_UP)?;
    let ready = stage.answered(warm, ANSWERED_WITHIN).await?
        && (backlog || stage.delivered(warm, DELIVERED_WITHIN).await?);
    anyhow::ensure!(ready, "the bot is not ready\n{}", stage.bot.log()?);

    let own = std::process::id();
    let before = (stage.bot.usage()?, usage_of(own)?);
    let commits = disk::commits(&stage.database).await?;
    let started = Instant::now();
    let asked = load::ask(&stage, WARM_UP..WARM_UP + load.count(), load.rate).await?;
    let total = warm + u64::try_from(load.count())?;
    stage.answered(total, ANSWERED_WITHIN).await?;
    let elapsed = started.elapsed().as_secs_f64();
    let (busy, busy_own) = (stage.bot.usage()?, usage_of(own)?);
    let commits = disk::commits(&stage.database).await? - commits;
    if !backlog {
        stage.delivered(total, DELIVERED_WITHIN).await?;
    }
    let after = stage.bot.usage()?;
    let log = stage.bot.log()?;
    let measured = Measured {
        database,
        load,
        backlog,
        outcome: load::outcome(&stage, &asked),
        first,
        idle,
        after,
        processor_per_use: (after.processor - before.0.processor) * 1_000.0
            / f64::from(u32::try_from(load.count())?),
        busy: (
            (busy.processor - before.0.processor) / elapsed,
            (busy_own.processor - before.1.processor) / elapsed,
        ),
        commits: f64::from(u32::try_from(commits)?) / elapsed,
        complaints: log.lines().filter_map(complaint).collect(),
    };
    stage.strike().await?;
    Ok(measured)
}

/// What a line of the log says, if it warns or names a fault; the log is in JSON, as it is by default.
fn complaint(line: &str) -> Option<String> {
    let line: serde_json::Value = serde_json::from_str(line).ok()?;
    let level = line["level"].as_str()?;
    let complains = matches!(level, "WARN" | "ERROR");
    complains.then(|| format!("{level} {}", line["message"].as_str().unwrap_or_default()))
}

/// The very first use after the start, waited for; in milliseconds.
async fn first_answer(stage: &Stage) -> anyhow::Result<f64> {
    let said = statement::said(&stage.city, 0);
    let person = stage.fake.person(stage.city.guild, said.person);
    let options = serde_json::json!({"text": said.text});
    let started = Instant::now();
    let answer = person.slash(said.channel, "issue add", options).await;
    let took = started.elapsed();
    anyhow::ensure!(
        statement::number_in(&answer.text()) == Some(0),
        "the first answer is another: {}",
        answer.text()
    );
    Ok(took.as_secs_f64() * 1_000.0)
}
