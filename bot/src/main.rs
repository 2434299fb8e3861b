//! `renkei`: the program.

use bot::{Config, Error, SystemClock, check, config::Environment, run, telemetry};
use clap::{Parser, Subcommand};
use commands::clock::Clock;
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// The program ended well.
const WELL: u8 = 0;
/// Something failed.
const FAILED: u8 = 1;
/// Bad usage or configuration; clap uses the same.
const MISUSED: u8 = 2;
/// How long tasks that nobody waits for may still run after a stop.
const LINGER: Duration = Duration::from_secs(1);

/// 医療・介護連携拠点のための Discord ボット（Discord bot for liaison offices）
#[derive(Debug, Parser)]
#[command(name = "renkei", version, propagate_version = true)]
struct Arguments {
    /// 設定ファイル（既定は config.toml）/ configuration file (default config.toml)
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Clone, Debug, Subcommand)]
enum Command {
    /// ボットを動かす（省略時）/ run the bot (default)
    Run,
    /// 設定、トークン、データベース、チャンネルを確かめる / check configuration, token, database, channels
    Check,
    /// データベースの形式を新しくする / bring the database up to date
    Migrate,
    /// すべての拠点の記録を書き出す（氏名は入りません）/ write out what every office has (without names)
    Export {
        /// 書き出すフォルダー / the folder to write to
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// 版を表示する / show the version
    Version,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let command = arguments.command.unwrap_or(Command::Run);
    if let Command::Version = command {
        say(&format!("renkei {}\n", env!("CARGO_PKG_VERSION")));
        return ExitCode::from(WELL);
    }
    let environment = Environment::of_process();
    let config = match Config::load(arguments.config.as_deref(), &environment) {
        Ok(config) => config,
        Err(fault) => return ExitCode::from(complain(&Error::Config(fault))),
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return ExitCode::from(complain(&Error::System(error.to_string()))),
    };
    let code = runtime.block_on(async {
        let done = match command {
            Command::Check => return look(&config).await,
            Command::Migrate => migrate(&config).await,
            Command::Export { folder } => export(&config, &folder).await,
            Command::Run | Command::Version => run(config).await,
        };
        done.map_or_else(|error| complain(&error), |()| WELL)
    });
    runtime.shutdown_timeout(LINGER);
    ExitCode::from(code)
}

/// Runs the bot until a signal comes or there is no way to go on.
async fn run(config: Config) -> Result<(), Error> {
    telemetry::log(&config.log);
    let system = |error: std::io::Error| Error::System(error.to_string());
    let mut terminate = signal(SignalKind::terminate()).map_err(system)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(system)?;
    let running = tokio::select! {
        running = run::start(config, Arc::new(SystemClock)) => running?,
        () = told(&mut terminate, &mut interrupt) => return Ok(()),
    };
    let failed = tokio::select! {
        () = told(&mut terminate, &mut interrupt) => None,
        error = running.failed() => Some(error),
    };
    // A second signal does not wait.
    tokio::select! {
        _ = running.stop() => {}
        () = told(&mut terminate, &mut interrupt) => {}
    }
    failed.map_or(Ok(()), Err)
}

async fn told(terminate: &mut Signal, interrupt: &mut Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

async fn look(config: &Config) -> u8 {
    let report = check::check(config).await;
    say(&report.to_string());
    if report.is_well() { WELL } else { FAILED }
}

async fn migrate(config: &Config) -> Result<(), Error> {
    let steps = run::migrate(config).await?;
    if steps.is_empty() {
        say("データベースは最新です。\nthe database is up to date\n");
    } else {
        let steps = steps.join(", ");
        say(&format!(
            "データベースを新しくしました: {steps}\nthe database was brought up to date: {steps}\n"
        ));
    }
    Ok(())
}

async fn export(config: &Config, folder: &Path) -> Result<(), Error> {
    let files = bot::export::export(config, folder, SystemClock.now()).await?;
    if files.is_empty() {
        say("書き出す拠点がありません。\nthere is no office to write out\n");
    }
    for file in files {
        say(&format!("{}\n", file.display()));
    }
    Ok(())
}

/// Writes to standard output; a reader that has gone is no fault of ours.
fn say(text: &str) {
    drop(std::io::stdout().write_all(text.as_bytes()));
}

/// Writes to standard error and gives the exit code.
fn complain(error: &Error) -> u8 {
    drop(writeln!(std::io::stderr(), "renkei: {error}"));
    if error.is_configuration() {
        MISUSED
    } else {
        FAILED
    }
}
