//! `renkei_under_test`: the bot's library as a process of its own, with a clock that is moved from
//! outside.
//!
//! ```text
//! renkei_under_test CONFIG "2026-11-20 10:00" [points]
//! ```
//!
//! For what needs a process: its memory and processor time (`benches/`), and ends that come without
//! warning. It is the bot that `renkei run` starts, but the clock of the office stands still until it
//! is told to move, and the environment is not looked at. It is told by lines ([`order`]) and answers
//! each with one line:
//!
//! | line | answer |
//! |---|---|
//! | | `serving 127.0.0.1:9090`, once it can serve: where health is told |
//! | `now` | `now 2026-11-20T10:00:00+09:00` |
//! | `advance 3600` | the same, an hour later |
//! | `die after-commit 3` | `set after-commit 3`, and it ends itself with SIGKILL when the point is passed the third time |
//! | `stop` | `stopped`, when everything in hand is done, and it ends |
//! | anything else | `? ` and why |
//!
//! SIGTERM and the end of its input stop it as `stop` does, so that it does not outlive whoever
//! started it. Its log goes to standard error.
//!
//! With the word `points` it listens to the named points ([`tests::point`]) and can be told to die at
//! one; without it nobody listens, and what is measured is what runs at an office.

mod fuse;
mod order;

use anyhow::Context;
use bot::{
    config::{Config, Environment, LogLevel},
    run::{self, Running},
    telemetry,
};
use chrono::SecondsFormat;
use chrono_tz::Asia::Tokyo;
use commands::clock::Clock;
use fuse::Fuse;
use order::Order;
use std::{
    io::{BufRead, Write},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};
use tests::{clock::MovableClock, point};
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::mpsc,
};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::{EnvFilter, Layer, filter::Targets, layer::SubscriberExt};

/// How long the bot may take until it serves.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long tasks that nobody waits for may still run after a stop.
const LINGER: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    match conduct() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to be told if this cannot be written.
            drop(writeln!(std::io::stderr(), "renkei_under_test: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn conduct() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let usage = "usage: renkei_under_test CONFIG \"2026-11-20 10:00\" [points]";
    let file = PathBuf::from(arguments.next().context(usage)?);
    let start = arguments.next().context(usage)?;
    let start = start.into_string().ok().context(usage)?;
    let config = Config::load(Some(&file), &Environment::default())?;
    let fuse = match arguments.next() {
        None => {
            telemetry::log(&config.log);
            None
        }
        Some(word) if word == "points" => Some(listen(config.log.level)?),
        Some(_) => anyhow::bail!(usage),
    };
    let runtime = tokio::runtime::Runtime::new()?;
    let done = runtime.block_on(serve(
        config,
        Arc::new(MovableClock::at_tokyo(&start)),
        fuse,
    ));
    runtime.shutdown_timeout(LINGER);
    done
}

/// Writes the log as text, and listens to the named points.
fn listen(level: LogLevel) -> anyhow::Result<Fuse> {
    let fuse = Fuse::default();
    let log = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(std::io::stderr)
        .with_filter(EnvFilter::new(telemetry::filter(level)));
    let points = Targets::new().with_target(point::TARGET, LevelFilter::TRACE);
    let subscriber = tracing_subscriber::registry()
        .with(log)
        .with(fuse.clone().with_filter(points));
    tracing::subscriber::set_global_default(subscriber)?;
    Ok(fuse)
}

/// Runs the bot until it is told to stop.
async fn serve(config: Config, clock: Arc<MovableClock>, fuse: Option<Fuse>) -> anyhow::Result<()> {
    let mut orders = orders();
    let mut terminate = signal(SignalKind::terminate())?;
    let shown: Arc<dyn Clock> = clock.clone();
    let running = run::start(config, shown).await?;
    anyhow::ensure!(running.until_ready(PATIENCE).await, "the bot cannot serve");
    answer(&serving(&running))?;
    loop {
        let line = tokio::select! {
            line = orders.recv() => line,
            _ = terminate.recv() => None,
            error = running.failed() => return Err(error.into()),
        };
        match line.as_deref().map(Order::read) {
            Some(Ok(Order::Now)) => answer(&now(&clock))?,
            Some(Ok(Order::Advance(by))) => {
                clock.advance(by);
                answer(&now(&clock))?;
            }
            Some(Ok(Order::Die(point, nth))) => match &fuse {
                Some(fuse) => {
                    fuse.set(point, nth);
                    answer(&format!("set {} {nth}", point.name))?;
                }
                None => answer("? it was not started with the word points")?,
            },
            Some(Err(unknown)) => answer(&format!("? {unknown}"))?,
            Some(Ok(Order::Stop)) | None => break,
        }
    }
    let finished = running.stop().await;
    // Whoever has closed the other end does not want to know.
    drop(answer("stopped"));
    anyhow::ensure!(
        finished,
        "something was still in hand when the time was over"
    );
    Ok(())
}

/// Lines of standard input. A thread reads them that nobody waits for: a read that has begun cannot be
/// ended, and would hold up the end of the program.
fn orders() -> mpsc::UnboundedReceiver<String> {
    let (sender, receiver) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            let Ok(line) = line else { break };
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

fn serving(running: &Running) -> String {
    match running.http_address() {
        Some(address) => format!("serving {address}"),
        None => "serving".to_owned(),
    }
}

fn now(clock: &MovableClock) -> String {
    let now = clock.now().with_timezone(&Tokyo);
    format!("now {}", now.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

fn answer(line: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
