//! How long a hundred thousand reminders take that all come due in one minute, each in a channel of its
//! own, while Discord takes only so many requests a second; and whether memory stays flat meanwhile.
//!
//! ```text
//! cargo bench --workspace --bench due
//! cargo bench --workspace --bench due -- 10000 50
//! ```
//!
//! The first number is how many, the second how many requests a second the stand-in takes of the bot in
//! all. The offices are written into the database beforehand; then the bot is started as a process of its
//! own and its clock is moved over the minute. What was found: `docs/measurements.md`.

#[path = "../answers/process.rs"]
mod process;

use bot::config::REQUESTS_MAX;
use chrono::{NaiveDate, NaiveTime};
use commands::clock::Clock;
use fake_discord::{Fake, Options};
use process::{Process, Usage};
use std::{
    collections::BTreeMap,
    fs::OpenOptions,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};
use tests::{
    clock::MovableClock,
    database::{Database, Fresh, fresh},
    region::{self, ASSOCIATIONS_MAX},
};

/// Reminders, unless the first number names another.
const REMINDERS: usize = 100_000;
/// Requests a second, unless the second number names another.
const LIMIT: u32 = 1_000;
/// How long they may take in all.
const PATIENCE: Duration = Duration::from_secs(3_600);
/// Between two looks at the bot's figures.
const LOOK: Duration = Duration::from_secs(1);
/// What is kept of memory: at so many parts of the way.
const PARTS: u64 = 10;

fn main() -> ExitCode {
    // `cargo test --all-targets` runs benches too, to see that they start.
    if !std::env::args().any(|argument| argument == "--bench") {
        say("due: measures only under `cargo bench`");
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
    match runtime.block_on(measure()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("due: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// A figure with one decimal.
fn tenths(figure: f64) -> String {
    format!("{figure:.1}")
}

/// Prints a line. Whoever has closed the other end does not want to know.
fn say(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}

async fn measure() -> anyhow::Result<()> {
    let mut numbers = std::env::args()
        .skip(1)
        .filter_map(|word| word.parse().ok());
    let reminders: usize = numbers.next().unwrap_or(REMINDERS);
    let limit = numbers.next().map_or(Ok(LIMIT), u32::try_from)?;
    let fake = Fake::start(Options::default()).await?;
    let database = fresh(Database::Sqlite).await;
    let store = database.store().await;
    let offices = reminders.div_ceil(ASSOCIATIONS_MAX);
    let now = MovableClock::at_tokyo("2026-11-17 10:00").now();
    let each = ASSOCIATIONS_MAX.min(reminders);
    let mut places = region::build(&fake, &store, (offices, each), now).await?;
    places.truncate(reminders);
    let due = NaiveDate::from_ymd_opt(2026, 11, 20).zip(NaiveTime::from_hms_opt(10, 5, 0));
    let due = due.expect("a day and a time");
    region::plan(&store, &places, due, now).await?;
    store.close().await;

    let folder = tempfile::tempdir()?;
    let file = folder.path().join("config.toml");
    std::fs::write(
        &file,
        configuration(&fake, &database, folder.path(), limit)?,
    )?;
    let mut bot = Process::start(&file).await?;
    let idle = bot.usage()?;
    fake.set(|switches| switches.global_limit_per_second = Some(limit));
    say(&format!(
        "{reminders} reminders in {offices} offices, {limit} requests a second; idle {} MiB.\n",
        tenths(idle.resident)
    ));
    say("| sent | s | sent /s | resident MiB | refused by the limit |");
    say("|---:|---:|---:|---:|---:|");
    bot.advance(600).await?;
    let (took, usage) = drain(&bot, &fake, u64::try_from(reminders)?).await?;
    let mut said: BTreeMap<u64, usize> = BTreeMap::new();
    for message in fake.all_messages() {
        *said.entry(message.channel).or_default() += 1;
    }
    let stood = places
        .iter()
        .filter(|place| said.get(&place.channel) == Some(&1))
        .count();
    #[expect(clippy::cast_precision_loss, reason = "a count of one measurement")]
    let each = usage.processor * 1_000.0 / reminders as f64;
    say(&format!(
        "\nStanding once: {stood} of {reminders}, after {} s; peak {} MiB, {} ms of processor each.",
        tenths(took.as_secs_f64()),
        tenths(usage.peak),
        tenths(each),
    ));
    bot.halt().await?;
    fake.shutdown();
    anyhow::ensure!(stood == reminders, "some stand twice or not at all");
    Ok(())
}

/// Waits until all are sent, and tells how it goes on the way.
async fn drain(bot: &Process, fake: &Fake, reminders: u64) -> anyhow::Result<(Duration, Usage)> {
    let started = Instant::now();
    let mut told = 0;
    loop {
        let sent = bot.counter("renkei_deliveries_total", "\"sent\"").await?;
        let took = started.elapsed();
        let usage = bot.usage()?;
        if sent >= reminders || sent >= (told + 1) * reminders / PARTS {
            told = sent * PARTS / reminders;
            #[expect(clippy::cast_precision_loss, reason = "a count of one measurement")]
            let pace = sent as f64 / took.as_secs_f64();
            say(&format!(
                "| {sent} | {} | {} | {} | {} |",
                tenths(took.as_secs_f64()),
                tenths(pace),
                tenths(usage.resident),
                fake.limited_requests(),
            ));
        }
        if sent >= reminders {
            return Ok((took, usage));
        }
        anyhow::ensure!(
            took < PATIENCE,
            "only {sent} of {reminders} are sent after {took:?}"
        );
        tokio::time::sleep(LOOK).await;
    }
}

fn configuration(
    fake: &Fake,
    database: &Fresh,
    folder: &Path,
    limit: u32,
) -> anyhow::Result<String> {
    // As an office would configure it: a tenth is left for looks.
    let paced = (limit * 9 / 10).clamp(1, REQUESTS_MAX);
    let (ca_file, keys) = (folder.join("ca.pem"), folder.join("speaker.key"));
    fake.write_ca(&ca_file)?;
    // As the bot makes it: nobody else may read it.
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&keys)?
        .write_all(database.keys.to_file_text().as_bytes())?;
    Ok(format!(
        "[discord]\ntoken = {:?}\naddress = \"{}\"\nca_file = {ca_file:?}\nrequests_per_second = {paced}\n\n\
         [storage]\nurl = {:?}\nspeaker_key_file = {keys:?}\n\n\
         [http]\nlisten = \"127.0.0.1:0\"\n\n[log]\nlevel = \"warn\"\n",
        fake.token(),
        fake.address(),
        database.url,
    ))
}
