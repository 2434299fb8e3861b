//! `cargo run --bin rehearsal`: the story on the terminal, then the page, until Ctrl-C.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use clap::Parser;
use rehearsal::{page, stage::Stage, story};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// 連携の予行演習：本物のボットを、架空の街と代わりの Discord で動かします。
#[derive(Debug, Parser)]
#[command(name = "rehearsal")]
struct Arguments {
    /// 画面のポート（0 は空いているもの）
    #[arg(long, value_name = "番号", default_value_t = 4646)]
    port: u16,
    /// 手引きのことばだけを演じて終わります
    #[arg(long)]
    story_only: bool,
    /// ボットのファイル（データベースなど）をこのフォルダーに残します
    #[arg(long, value_name = "フォルダー")]
    keep: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    log_to_stderr();
    match run(arguments).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            // Standard error is all that is left to tell; if that is gone too, the code tells.
            let _told = writeln!(std::io::stderr(), "予行演習を続けられません：{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all went well.
async fn run(arguments: Arguments) -> anyhow::Result<bool> {
    let started = Instant::now();
    let end = asked_to_end()?;
    let mut out = std::io::stdout();
    // The port first: nobody should watch a story and then learn that the page cannot be shown.
    let listener = match arguments.story_only {
        true => None,
        false => Some(page::listen(arguments.port).await?),
    };
    // Whatever is dropped on the way removes its own files.
    let Some(stage) = end.run_until_cancelled(Stage::set(arguments.keep)).await else {
        return Ok(true);
    };
    let stage = stage?;
    let told = end.run_until_cancelled(story::tell(&stage, &mut out)).await;
    let summary = match (told, &listener) {
        (Some(summary), Some(_)) => summary?,
        (told, _) => {
            stage.strike().await?;
            return told
                .transpose()
                .map(|summary| summary.is_none_or(|told| told.leaked == 0));
        }
    };
    if let Some(listener) = listener {
        let address = listener.local_addr()?;
        let seconds = started.elapsed().as_secs_f64();
        writeln!(
            out,
            "\n  画面：http://{address}/　（準備に {seconds:.1} 秒）"
        )?;
        writeln!(
            out,
            "  ブラウザーで開くと、街のだれにでもなれます。終わるときは Ctrl-C を押してください。"
        )?;
        out.flush()?;
        let stage = Arc::new(stage);
        // Serves until it is told to end.
        page::serve(listener, Arc::clone(&stage), end).await?;
        writeln!(out, "\n終わります…")?;
        let stage = Arc::into_inner(stage).context("somebody still looks at the stage")?;
        stage.strike().await?;
        writeln!(out, "終わりました。")?;
    }
    Ok(summary.leaked == 0)
}

/// Cancelled at Ctrl-C or SIGTERM.
fn asked_to_end() -> anyhow::Result<CancellationToken> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let end = CancellationToken::new();
    let asked = end.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        asked.cancel();
    });
    Ok(end)
}

/// Warnings that mean something here, unless `RUST_LOG` asks for more: the story is what people came for.
fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| {
        tracing_subscriber::EnvFilter::new("warn,serenity=error,bot::key=error")
    });
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
