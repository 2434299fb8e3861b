//! How long the picture and the sheet of a month take together, how an office with many targets and records
//! compares with a usual one when it asks for its month and year, and whether memory stays flat over ten
//! thousand months.
//!
//! ```text
//! cargo bench --workspace --bench chart
//! cargo bench --workspace --bench chart -- 1000
//! ```
//!
//! A number after `--` says how many are drawn for the memory. Beside every month stands the ratio to the
//! emptiest one of the same run, which says more than milliseconds of one machine. What was found:
//! `docs/measurements.md`.

#[path = "../answers/figure.rs"]
mod figure;
mod office;
#[path = "../../../commands/src/progress/tests/sample.rs"]
mod sample;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use commands::{
    chart,
    progress::{month_sheet, year_sheet},
};
use domain::progress::{Month, Year};
use figure::{Durations, Figure};
use std::{
    io::Write,
    process::ExitCode,
    time::{Duration, Instant},
};

/// Times each month is drawn.
const TIMES: usize = 100;
/// Times that go before those that count.
const WARM_UP: usize = 10;
/// Months drawn while memory is looked at, unless a number after `--` names another.
const MANY: usize = 10_000;
/// How often memory is looked at on the way.
const LOOKS: usize = 10;
/// Memory may grow by so many MiB between the first look and the last.
const GROWTH_MIB_MAX: f64 = 8.0;
/// The picture and the sheet of a usual month take at most so many milliseconds together.
const TOGETHER_MS_MAX: f64 = 40.0;

fn main() -> ExitCode {
    // `cargo test --all-targets` runs benches too, to see that they start.
    if !std::env::args().any(|argument| argument == "--bench") {
        say("chart: measures only under `cargo bench`");
        return ExitCode::SUCCESS;
    }
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("chart: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Prints a line. Whoever has closed the other end does not want to know.
pub(crate) fn say(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}

fn measure() -> anyhow::Result<()> {
    let many = std::env::args().find_map(|word| word.parse().ok());
    let started = Instant::now();
    drop(both(&sample::month(Vec::new()))?);
    let first = started.elapsed().as_secs_f64() * 1_000.0;
    say(&format!(
        "The very first picture and sheet took {} ms.\n",
        Figure(first)
    ));
    say(
        "| targets | picture p50 ms | sheet p50 ms | together p50 ms | p99 ms | max ms | to the emptiest | PNG KiB | sheet KiB |",
    );
    say("|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    let emptiest = row(0, f64::NAN)?;
    let usual = row(51, emptiest)?;
    row(100, emptiest)?;
    report()?;
    office::compare()?;
    flat(many.unwrap_or(MANY))?;
    anyhow::ensure!(
        usual <= TOGETHER_MS_MAX,
        "a usual month takes {} ms, at most {TOGETHER_MS_MAX} are wanted",
        Figure(usual)
    );
    Ok(())
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_796_000_000, 0).unwrap_or_default()
}

/// A picture and a sheet, and how long each took.
fn both(month: &Month) -> anyhow::Result<[(Vec<u8>, Duration); 2]> {
    let started = Instant::now();
    let picture = chart::month(month)?.png;
    let drawn = started.elapsed();
    let started = Instant::now();
    let sheet = month_sheet::written(month, at())?;
    Ok([(picture, drawn), (sheet, started.elapsed())])
}

/// Measures months of so many targets, and gives the median of both together in milliseconds.
fn row(targets: usize, emptiest: f64) -> anyhow::Result<f64> {
    let month = sample::month(sample::rows(targets));
    let (mut drawn, mut written, mut together) = (Vec::new(), Vec::new(), Vec::new());
    let (mut png, mut xlsx) = (0, 0);
    for time in 0..WARM_UP + TIMES {
        let [picture, sheet] = both(&month)?;
        (png, xlsx) = (picture.0.len(), sheet.0.len());
        if time >= WARM_UP {
            drawn.push(picture.1);
            written.push(sheet.1);
            together.push(picture.1 + sheet.1);
        }
    }
    let of = |durations: Vec<Duration>| durations.into_iter().collect::<Durations>();
    let (drawn, written, together) = (of(drawn), of(written), of(together));
    let median = together.quantile(0.5);
    say(&format!(
        "| {targets} | {} | {} | {} | {} | {} | {} | {} | {} |",
        Figure(drawn.quantile(0.5)),
        Figure(written.quantile(0.5)),
        Figure(median),
        Figure(together.quantile(0.99)),
        Figure(together.max()),
        Figure(median / emptiest),
        png / 1_024,
        xlsx / 1_024,
    ));
    Ok(median)
}

/// The yearly report, which is made once a year and may take longer.
fn report() -> anyhow::Result<()> {
    let year: Year = sample::year(sample::rows(51));
    let durations: Durations = (0..TIMES)
        .map(|_| {
            let started = Instant::now();
            chart::year(&year)?;
            year_sheet::written(&year, at())?;
            anyhow::Ok(started.elapsed())
        })
        .collect::<anyhow::Result<Vec<_>>>()?
        .into_iter()
        .collect();
    say(&format!(
        "\nA year of 51 targets, picture and six sheets: p50 {} ms, p99 {} ms ({} times).",
        Figure(durations.quantile(0.5)),
        Figure(durations.quantile(0.99)),
        durations.count(),
    ));
    Ok(())
}

/// Draws many months and looks at memory on the way.
fn flat(many: usize) -> anyhow::Result<()> {
    let month = sample::month(sample::rows(51));
    say("\n| drawn | resident MiB |\n|---:|---:|");
    let mut looks = Vec::new();
    for drawn in 1..=many {
        drop(both(&month)?);
        if drawn.is_multiple_of((many / LOOKS).max(1)) {
            let resident = resident_mib()?;
            looks.push(resident);
            say(&format!("| {drawn} | {} |", Figure(resident)));
        }
    }
    let growth = looks
        .last()
        .zip(looks.first())
        .map(|(last, first)| last - first);
    let growth = growth.context("memory was looked at")?;
    anyhow::ensure!(
        growth <= GROWTH_MIB_MAX,
        "memory grew by {} MiB",
        Figure(growth)
    );
    Ok(())
}

/// Memory of this process, as the kernel counts it (proc_pid_status(5), `VmRSS`).
fn resident_mib() -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")
        .context("memory is read from /proc, which Linux has")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix("kB"));
    let kilobytes: f64 = kilobytes
        .context("/proc says it otherwise")?
        .trim()
        .parse()?;
    Ok(kilobytes / 1_024.0)
}
