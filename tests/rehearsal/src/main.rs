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
    let mut out = std::io::stdout();
    // The port first: nobody should watch a story and then learn that the page cannot be shown.
    let listener = match arguments.story_only {
        true => None,
        false => Some(page::listen(arguments.port).await?),
    };
    let stage = Stage::set(arguments.keep).await?;
    let told = tokio::select! {
        told = story::tell(&stage, &mut out) => Some(told?),
        () = asked_to_end() => None,
    };
    let (Some(summary), Some(listener)) = (told, listener) else {
        stage.strike().await?;
        return Ok(told.is_none_or(|summary| summary.leaked == 0));
    };
    let address = listener.local_addr()?;
    writeln!(
        out,
        "\n  画面：http://{address}/　（準備に {:.1} 秒）",
        started.elapsed().as_secs_f64()
    )?;
    writeln!(
        out,
        "  ブラウザーで開くと、街のだれにでもなれます。終わるときは Ctrl-C を押してください。"
    )?;
    out.flush()?;

    let stop = CancellationToken::new();
    let stage = Arc::new(stage);
    let serving = tokio::spawn(page::serve(listener, Arc::clone(&stage), stop.clone()));
    asked_to_end().await;
    writeln!(out, "\n終わります…")?;
    stop.cancel();
    serving.await.context("the page failed")??;
    let stage = Arc::into_inner(stage).context("somebody still looks at the stage")?;
    stage.strike().await?;
    writeln!(out, "終わりました。")?;
    Ok(summary.leaked == 0)
}

/// Completes at Ctrl-C or SIGTERM.
async fn asked_to_end() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

/// Warnings only, unless `RUST_LOG` asks for more: the story is what people came for.
fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
